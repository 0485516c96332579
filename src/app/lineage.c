/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The revisions of one record and what they amount to (sync/merge.h): what the
 * view is derived from, what a correction begins from, what a conflict shows.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

int bases_parse(const char *text, struct arena *arena, struct hash **ret)
{
        struct hash *bases = ARENA_ARRAY(arena, struct hash, strlen(text) / (HASH_TEXT - 1) + 1);
        char hex[HASH_TEXT];
        int n = 0;
        for (const char *at = text; strlen(at) >= HASH_TEXT - 1; at += HASH_TEXT) {
                snprintf(hex, sizeof hex, "%.*s", HASH_TEXT - 1, at);
                if (!hash_parse(hex, &bases[n++]))
                        return 0;
                if (at[HASH_TEXT - 1] == '\0')
                        break;
        }
        *ret = bases;
        return n;
}

int lineage_find(const struct lineage *lineage, const struct hash *id)
{
        for (int i = 0; i < lineage->n; i++)
                if (hash_equal(&lineage->revisions[i].id, id))
                        return i;
        return -1;
}

/* To what is marked, add all that it comes from: revisions are in order of generation. */
static void mark_above(const struct lineage *lineage, bool *marks)
{
        for (int i = lineage->n - 1; i >= 0; i--)
                for (int p = 0; marks[i] && p < lineage->revisions[i].parents_n; p++) {
                        int parent = lineage_find(lineage, &lineage->revisions[i].parents[p]);
                        if (parent >= 0)
                                marks[parent] = true;
                }
}

bool *lineage_above(struct lineage *lineage, int at)
{
        bool *marks = ARENA_ARRAY(&lineage->arena, bool, lineage->n);
        marks[at] = true;
        mark_above(lineage, marks);
        return marks;
}

/* Only what the bases come from: as whoever began there saw it. */
static void keep_bases(struct lineage *lineage, const char *text)
{
        struct hash *bases = NULL;
        bool *marks = ARENA_ARRAY(&lineage->arena, bool, lineage->n);
        int kept = 0, n = bases_parse(text, &lineage->arena, &bases);
        for (int i = 0; i < n; i++) {
                int base = lineage_find(lineage, &bases[i]);
                if (base >= 0)
                        marks[base] = true;
        }
        mark_above(lineage, marks);
        for (int i = 0; i < lineage->n; i++)
                if (marks[i])
                        lineage->revisions[kept++] = lineage->revisions[i];
        lineage->n = kept;
}

static enum merge_word word_of(enum record_state state)
{
        switch (state) {
        case RECORD_VALIDADO: return MERGE_VALIDATES;
        case RECORD_OBSERVADO: return MERGE_OBSERVES;
        case RECORD_PURGADO: return MERGE_GONE;
        default: return MERGE_ANSWERS;
        }
}

static enum err_code read_part(const struct store_revision *revision, json_t **ret_body, struct merge_revision *ret,
                               struct err *err)
{
        bool gone = revision->state == RECORD_PURGADO;
        const char *body = gone ? "{\"w\":[],\"f\":{}}" : revision->body;
        enum err_code rc = json_read(body, strlen(body), _("la ficha guardada"), ret_body, err);
        if (rc != ERR_OK)
                return rc;
        *ret = (struct merge_revision){.id = revision->id, .parents = revision->parents, .parents_n = revision->parents_n,
                                       .gen = revision->gen, .annulled = revision->state == RECORD_ANULADO, .word = word_of(revision->state),
                                       .answers = json_object_get(*ret_body, "f"), .writes = json_object_get(*ret_body, "w")};
        if (json_is_object(ret->answers))
                return ERR_OK;
        return err_set(err, ERR_CORRUPT, _("una ficha guardada no tiene respuestas; use una copia de seguridad"));
}

/* The tip that speaks for the record: the latest, of those that do not annul it if only some do. */
static int speaking_tip(const struct lineage *lineage)
{
        const struct merge_result *merged = &lineage->merged;
        for (int i = 0; merged->annul_conflict && i < merged->tips_n; i++)
                if (lineage->revisions[merged->tips[i]].state != RECORD_ANULADO)
                        return merged->tips[i];
        return merged->tips[0];
}

static enum err_code merge_all(struct lineage *lineage, struct err *err)
{
        enum err_code rc = ERR_OK;
        struct merge_revision *parts = ARENA_ARRAY(&lineage->arena, struct merge_revision, lineage->n);
        lineage->bodies = ARENA_ARRAY(&lineage->arena, json_t *, lineage->n);
        for (int i = 0; rc == ERR_OK && i < lineage->n; i++)
                rc = read_part(&lineage->revisions[i], &lineage->bodies[i], &parts[i], err);
        if (rc == ERR_OK) {
                merge_record(parts, lineage->n, &lineage->arena, &lineage->merged);
                lineage->head = speaking_tip(lineage);
        }
        return rc;
}

static bool is_all_gone(const struct lineage *lineage)
{
        for (int i = 0; i < lineage->n; i++)
                if (lineage->revisions[i].state != RECORD_PURGADO)
                        return false;
        return true;
}

enum err_code lineage_read(struct app *app, const struct id *record, const char *bases, struct lineage *ret,
                           struct err *err)
{
        struct lineage lineage = {0};
        char code[CODE_TEXT];
        enum err_code rc = store_history(app->store, record, &lineage.arena, &lineage.revisions, &lineage.n, err);
        if (rc == ERR_OK && bases)
                keep_bases(&lineage, bases);
        if (rc == ERR_OK && is_all_gone(&lineage))
                rc = err_set(err, ERR_NOT_FOUND, _("El registro %s no está en estos datos; puede llegar en un próximo paquete."),
                             id_code(record, code));
        if (rc == ERR_OK)
                rc = merge_all(&lineage, err);
        if (rc == ERR_OK)
                *ret = lineage;
        else
                lineage_release(&lineage);
        return rc;
}

void lineage_release(struct lineage *lineage)
{
        for (int i = 0; lineage->bodies && i < lineage->n; i++)
                json_decref(lineage->bodies[i]);
        json_decref(lineage->merged.answers);
        arena_release(&lineage->arena);
        *lineage = (struct lineage){0};
}

enum record_state lineage_state(const struct lineage *lineage)
{
        static const enum record_state states[] = {
                [STANDS_UNSEEN] = RECORD_CONCLUIDO, [STANDS_CHANGED] = RECORD_CONCLUIDO, [STANDS_VALIDATED] = RECORD_VALIDADO,
                [STANDS_OBSERVED] = RECORD_OBSERVADO, [STANDS_CORRECTED] = RECORD_CORREGIDO};
        return lineage->merged.annulled ? RECORD_ANULADO : states[lineage->merged.standing];
}

int lineage_conflicts(const struct lineage *lineage)
{
        return lineage->merged.conflicts_n + lineage->merged.annul_conflict;
}

const struct hash *lineage_heads(struct lineage *lineage, int *ret_n)
{
        const struct merge_result *merged = &lineage->merged;
        struct hash *heads = ARENA_ARRAY(&lineage->arena, struct hash, merged->heads_n);
        for (int i = 0; i < merged->heads_n; i++)
                heads[i] = lineage->revisions[merged->heads[i]].id;
        *ret_n = merged->heads_n;
        return heads;
}

int64_t lineage_next_gen(const struct lineage *lineage)
{
        int64_t gen = 0;
        for (int i = 0; i < lineage->merged.heads_n; i++)
                if (lineage->revisions[lineage->merged.heads[i]].gen > gen)
                        gen = lineage->revisions[lineage->merged.heads[i]].gen;
        return gen + 1;
}
