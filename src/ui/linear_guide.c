/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guide, read line by line. */
#include "linear_priv.h"

static int rows(void *ctx, const char *words, int from, int n, struct linear_row *ret, struct arena *arena,
                int64_t *ret_all)
{
        const struct guide *guide = ctx;
        int found, kept = 0;
        const struct guide_article **articles = guide_search(guide, words, arena, &found);
        for (int i = from; i < found && kept < n; i++)
                ret[kept++] = (struct linear_row){.text = articles[i]->title, .data = articles[i],
                                                  .where = articles[i]->topic};
        *ret_all = found;
        return kept;
}

static void read_article(struct linear *l, const struct guide_article *article)
{
        struct str text = STR_INIT;
        guide_write(article, 0, &text);
        linear_page(l, text.text);
        str_release(&text);
}

void linear_guide(struct linear *l)
{
        struct linear_list list = {.title = _("Ayuda y glosario: escriba palabras para buscar"),
                                   .empty = _("No hay artículos: falta la carpeta «ayuda» entre las fichas."),
                                   .ctx = (void *)app_guide(l->app), .rows = rows};
        enum linear_pick pick = PICK_ROW;
        while (pick == PICK_ROW && !linear_stops(l)) {
                struct arena arena = {0};
                const void *article;
                pick = linear_choose(l, &list, &arena, &article);
                if (pick == PICK_ROW && article)
                        read_article(l, article);
                arena_release(&arena);
        }
}
