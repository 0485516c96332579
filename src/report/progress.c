/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels of rubrics in words and small bars (contract in progress.h). */
#include "progress.h"

#include <stdlib.h>
#include <string.h>

#include "base/chart.h"

const char *const progress_forms[PROGRESS_FORMS] = {"simae_docente", "simae_directivo", "pser_formador"};

void rubrics_read(struct board *board, const char *id, struct rubrics *ret)
{
        const struct form *form = board->host->form(board->host->ctx, id);
        *ret = (struct rubrics){.form = form};
        for (int i = 0; form && i < form->nodes_n && ret->n < PROGRESS_RUBRICS; i++) {
                const struct node *node = &form->nodes[i];
                if (node->type != NODE_RATING || node->scope != 0 || node->flags & NODE_SENSITIVE)
                        continue;
                ret->names[ret->n] = node->name;
                ret->nodes[ret->n++] = i;
        }
}

const char *rubric_section(const struct rubrics *rubrics, int at)
{
        const struct node *nodes = rubrics->form->nodes;
        int node = nodes[rubrics->nodes[at]].parent;
        while (node > 0 && nodes[node].parent > 0)
                node = nodes[node].parent;
        return node > 0 ? nodes[node].label.plain : "";
}

int level_of(const char *answer)
{
        bool digit = answer[0] >= '1' && answer[0] <= '0' + LEVELS && answer[1] == '\0';
        return digit ? answer[0] - '0' : 0;
}

const char *level_words(int level)
{
        static const char *const words[LEVELS + 1] = {"", "▂ I", "▄ II", "▆ III", "█ IV"};
        return words[level];
}

const char *achieved_words(struct board *board, int achieved, int rated)
{
        struct str text = STR_INIT;
        double share = rated ? (double)achieved / rated : 0;
        if (rated) {
                str_addf(&text, "%d/%d ", achieved, rated);
                chart_spark(&text, &share, 1, 0, 1);
        }
        const char *kept = arena_strdup(&board->arena, text.text);
        str_release(&text);
        return kept;
}

const char *change_words(int before, int now)
{
        if (!before || !now)
                return "";
        return now > before ? _("↑ sube") : now < before ? _("↓ baja") : _("= igual");
}
