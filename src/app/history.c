/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The revisions of a record and how they stand to each other (contract in app/conflict.h). */
#include "app/conflict.h"
#include "app_priv.h"

#include <string.h>

/* The office's: beside a change it is no change. */
static bool is_word(const struct store_revision *revision)
{
        return revision->state == RECORD_VALIDADO || revision->state == RECORD_OBSERVADO;
}

static void mark_parallel(struct lineage *lineage, struct history_row *rows)
{
        for (int i = 0; i < lineage->n; i++) {
                const bool *above = lineage_above(lineage, i);
                for (int k = 0; k < i; k++)
                        if (!above[k] && !is_word(&lineage->revisions[i]) && !is_word(&lineage->revisions[k]))
                                rows[i].parallel = rows[k].parallel = true;
        }
}

static void add_label(struct history_row *row, const char *label, struct arena *arena)
{
        row->conflicts = arena_printf(arena, "%s%s%s", row->conflicts, *row->conflicts ? ", " : "", label);
}

static void mark_conflicts(const struct lineage *lineage, const struct form *form, struct history_row *rows,
                           struct arena *arena)
{
        const struct merge_result *merged = &lineage->merged;
        for (int i = 0; i < merged->conflicts_n; i++)
                for (int c = 0; c < merged->conflicts[i].n; c++)
                        add_label(&rows[merged->conflicts[i].candidates[c].revision],
                                  form ? answer_label(form, merged->conflicts[i].name) : merged->conflicts[i].name, arena);
        for (int i = 0; merged->annul_conflict && i < merged->tips_n; i++)
                add_label(&rows[merged->tips[i]], _("si queda anulada"), arena);
}

static void mark_heads(struct lineage *lineage, struct history_row *rows)
{
        for (int i = 0; i < lineage->merged.heads_n; i++)
                rows[lineage->merged.heads[i]].head = true;
        for (int i = 0; i < lineage->n; i++)
                for (int p = 0; p < lineage->revisions[i].parents_n; p++)
                        rows[i].missing += lineage_find(lineage, &lineage->revisions[i].parents[p]) < 0;
}

/* Out of the lineage's arena, into the caller's. */
static struct store_revision kept(const struct store_revision *revision, struct arena *arena)
{
        struct store_revision copy = *revision;
        struct hash *parents = ARENA_ARRAY(arena, struct hash, revision->parents_n);
        if (revision->parents_n)
                memcpy(parents, revision->parents, (size_t)revision->parents_n * sizeof *parents);
        copy.parents = parents;
        copy.body = arena_strdup(arena, revision->body);
        copy.form = arena_strdup(arena, revision->form);
        copy.author = arena_strdup(arena, revision->author);
        copy.device = arena_strdup(arena, revision->device);
        copy.date = arena_strdup(arena, revision->date);
        return copy;
}

enum err_code record_history(struct app *app, const struct id *record, struct arena *arena, struct history_row **ret,
                             int *ret_n, struct err *err)
{
        struct lineage lineage;
        const struct form *form = NULL;
        enum err_code rc = lineage_read(app, record, NULL, &lineage, err);
        if (rc != ERR_OK)
                return rc;
        struct history_row *rows = ARENA_ARRAY(arena, struct history_row, lineage.n);
        for (int i = 0; i < lineage.n; i++)
                rows[i] = (struct history_row){.revision = kept(&lineage.revisions[i], arena), .conflicts = ""};
        app_form_version(app, &lineage.revisions[lineage.head].form_hash, &form, NULL);
        mark_heads(&lineage, rows);
        mark_parallel(&lineage, rows);
        mark_conflicts(&lineage, form, rows, arena);
        *ret = rows;
        *ret_n = lineage.n;
        lineage_release(&lineage);
        return ERR_OK;
}

static const char *joined(const char *words, const char *more, struct arena *arena)
{
        return *words ? arena_printf(arena, "%s · %s", words, more) : more;
}

const char *history_words(const struct history_row *row, bool alone, struct arena *arena)
{
        const char *words = row->head && !alone ? _("vigente") : "";
        if (row->parallel)
                words = joined(words, _("cambios paralelos"), arena);
        if (*row->conflicts)
                words = joined(words, arena_printf(arena, _("en conflicto: %s"), row->conflicts), arena);
        if (row->missing)
                words = joined(words, row->missing == 1 ? _("falta la anterior") : _("faltan anteriores"), arena);
        return words;
}
