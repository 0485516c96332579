/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What disagrees in a record, in words (contract in app/conflict.h). */
#include "app/conflict.h"
#include "app/laptops.h"
#include "app/padron.h"
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* ---- Words ---- */

static const char *rows_words(struct session *session, struct place place, struct arena *arena)
{
        int n;
        const int *rows = session_rows(session, place, &n);
        const char *text = "";
        for (int i = 0; i < n; i++)
                text = arena_printf(arena, "%s%s%d. %s", text, i ? "\n" : "", i + 1, session_row_words(session, rows[i], arena));
        return text;
}

static const char *children_words(struct app *app, struct session *session, struct place place, struct arena *arena)
{
        int n;
        const char *const *ids = session_children(session, place, &n);
        const char *text = "";
        for (int i = 0; i < n; i++)
                text = arena_printf(arena, "%s%s%d. %s", text, i ? "\n" : "", i + 1, record_title(app, ids[i], arena));
        return text;
}

static const char *place_words(struct app *app, struct session *session, int node, struct arena *arena)
{
        struct place place = {node, 0};
        switch (session_form(session)->nodes[node].type) {
        case NODE_REPEAT: return rows_words(session, place, arena);
        case NODE_CHILDREN: return children_words(app, session, place, arena);
        default: return session_display(session, place, arena);
        }
}

/* One answer of a snapshot, as the form shows it; JSON if the form does not know it any more. */
static const char *answer_words(struct app *app, const struct conflict *conflict, int revision, const char *name,
                                struct arena *arena)
{
        json_t *answers = json_object_get(conflict->lineage->bodies[revision], "f");
        const json_t *value = json_object_get(answers, name);
        int node = form_find(conflict->form, name);
        struct err_list mistakes = {0};
        struct app_host host_state;
        const char *words = "";
        if (!value)
                return "";
        struct session_host host = app_session_host(app, &conflict->record, &host_state);
        struct session *session = session_new(conflict->form, &host);
        session_load_record(session, answers, &mistakes);
        if (node > 0)
                words = arena_strdup(arena, place_words(app, session, node, arena));
        if (!*words) {
                struct str text = STR_INIT;
                json_write(&text, value);
                words = arena_strdup(arena, json_is_string(value) ? json_string_value(value) : text.text);
                str_release(&text);
        }
        session_free(session);
        err_list_release(&mistakes);
        return words;
}

const char *revision_who(struct app *app, const struct store_revision *revision, struct arena *arena)
{
        if (*revision->author)
                return arena_strdup(arena, record_title(app, revision->author, arena));
        return padron_wrote(revision) ? _("el padrón del Ministerio") : app_device_words(app, revision->device, arena);
}

const char *answer_label(const struct form *form, const char *name)
{
        int node = form_find(form, name);
        return node > 0 && *form->nodes[node].label.plain ? form->nodes[node].label.plain : name;
}

/* ---- Fields ---- */

static bool is_later(const struct store_revision *a, const struct store_revision *b)
{
        return a->gen != b->gen ? a->gen > b->gen : memcmp(a->id.bytes, b->id.bytes, HASH_BYTES) > 0;
}

/* The latest revision that all the candidates come from, or -1. */
static int common_ancestor(struct lineage *lineage, const struct merge_conflict *found)
{
        bool *common = lineage_above(lineage, found->candidates[0].revision);
        int latest = -1;
        for (int i = 1; i < found->n; i++) {
                const bool *above = lineage_above(lineage, found->candidates[i].revision);
                for (int k = 0; k < lineage->n; k++)
                        common[k] = common[k] && above[k];
        }
        for (int k = 0; k < lineage->n; k++)
                if (common[k] && (latest < 0 || is_later(&lineage->revisions[k], &lineage->revisions[latest])))
                        latest = k;
        return latest;
}

static bool can_type(const struct form *form, const char *name)
{
        int node = form_find(form, name);
        if (node <= 0)
                return false;
        switch (form->nodes[node].type) {
        case NODE_TEXT: case NODE_INTEGER: case NODE_DECIMAL: case NODE_DATE: case NODE_TIME: return true;
        default: return false;
        }
}

static void read_field(struct app *app, struct conflict *conflict, const struct merge_conflict *found,
                       struct conflict_field *field)
{
        struct arena *arena = &conflict->arena;
        struct conflict_option *options = ARENA_ARRAY(arena, struct conflict_option, found->n);
        int before = common_ancestor(conflict->lineage, found);
        for (int i = 0; i < found->n; i++) {
                int at = found->candidates[i].revision;
                const struct store_revision *revision = &conflict->lineage->revisions[at];
                options[i] = (struct conflict_option){.revision = at, .when = revision->date, .who = revision_who(app, revision, arena),
                                                      .words = answer_words(app, conflict, at, found->name, arena)};
        }
        *field = (struct conflict_field){
                .name = found->name, .label = answer_label(conflict->form, found->name), .options = options, .n = found->n,
                .before = before >= 0 ? answer_words(app, conflict, before, found->name, arena) : "",
                .can_type = can_type(conflict->form, found->name), .choice = CHOICE_NONE};
}

static void read_annulment(struct app *app, struct conflict *conflict)
{
        const struct lineage *lineage = conflict->lineage;
        for (int i = 0; i < lineage->merged.tips_n; i++) {
                int at = lineage->merged.tips[i];
                const char *reason = json_string_value(json_object_get(lineage->bodies[at], "reason"));
                if (lineage->revisions[at].state != RECORD_ANULADO || conflict->annulled)
                        continue;
                conflict->annulled = true;
                conflict->annul_who = revision_who(app, &lineage->revisions[at], &conflict->arena);
                conflict->annul_when = lineage->revisions[at].date;
                conflict->annul_reason = reason ? reason : "";
        }
}

static void read_all(struct app *app, struct conflict *conflict)
{
        const struct merge_result *merged = &conflict->lineage->merged;
        struct arena arena = {0};
        char id[ID_TEXT];
        conflict->title = arena_strdup(&conflict->arena, record_title(app, id_format(&conflict->record, id), &arena));
        conflict->fields = ARENA_ARRAY(&conflict->arena, struct conflict_field, merged->conflicts_n);
        conflict->n = merged->conflicts_n;
        for (int i = 0; i < merged->conflicts_n; i++)
                read_field(app, conflict, &merged->conflicts[i], &conflict->fields[i]);
        if (merged->annul_conflict)
                read_annulment(app, conflict);
        arena_release(&arena);
}

enum err_code conflict_open(struct app *app, const struct id *record, struct conflict *ret, struct err *err)
{
        struct conflict conflict = {.record = *record};
        struct lineage *lineage = xcalloc(1, sizeof *lineage);
        enum err_code rc = lineage_read(app, record, NULL, lineage, err);
        conflict.lineage = lineage;
        if (rc == ERR_OK)
                rc = app_form_version(app, &lineage->revisions[lineage->head].form_hash, &conflict.form, err);
        if (rc == ERR_OK && lineage_conflicts(lineage) == 0)
                rc = err_set(err, ERR_REFUSED, _("La ficha no está en conflicto."));
        if (rc == ERR_OK) {
                read_all(app, &conflict);
                *ret = conflict;
        } else {
                conflict_release(&conflict);
        }
        return rc;
}

void conflict_release(struct conflict *conflict)
{
        for (int i = 0; i < conflict->n; i++)
                free(conflict->fields[i].typed);
        if (conflict->lineage)
                lineage_release(conflict->lineage);
        free(conflict->lineage);
        arena_release(&conflict->arena);
        *conflict = (struct conflict){0};
}
