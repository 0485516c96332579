/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts begun: of a new record, or to correct one (contracts in app/app.h and app_priv.h). */
#include "app_priv.h"

/* Nobody can type in a hidden or read-only question; it is loaded. */
static void load_hidden(struct session *session, const char *name, json_t *value)
{
        struct err_list mistakes = {0};
        json_t *answers = json_pack("{s:O}", name, value);
        session_load_answers(session, answers, &mistakes);
        json_decref(answers);
        err_list_release(&mistakes);
}

/* Answers are typed in, so that what they trigger happens. */
void draft_answer_all(struct draft *draft, const json_t *answers)
{
        struct session *session = draft->session;
        const char *name;
        json_t *value;
        json_object_foreach((json_t *)(uintptr_t)answers, name, value) {
                struct place place = place_parse(session, name);
                if (place.node < 0 || !json_is_string(value))
                        continue;
                const struct node *node = &session_form(session)->nodes[place.node];
                if (node->type == NODE_HIDDEN || node->flags & NODE_READ_ONLY_ALWAYS)
                        load_hidden(session, name, value);
                else
                        session_answer(session, place, json_string_value(value));
        }
}

enum err_code draft_begin(struct app *app, const char *form_id, const json_t *initial, struct draft **ret,
                          struct err *err)
{
        const struct form *form;
        struct hash hash;
        struct id record = id_new();
        enum err_code rc = app_form_hash(app, form_id, &hash, err);
        if (rc == ERR_OK)
                rc = app_form_version(app, &hash, &form, err);
        if (rc != ERR_OK)
                return rc;
        struct draft *draft = draft_alloc(app, form, &hash, &record);
        draft_start_session(draft);
        if (initial)
                draft_answer_all(draft, initial);
        draft_mark_begun(draft);
        *ret = draft;
        return ERR_OK;
}

static struct draft *edit_from(struct app *app, const struct form *form, const struct lineage *lineage,
                               const struct hash *bases, int n, const json_t *answers)
{
        const struct store_revision *head = &lineage->revisions[lineage->head];
        struct draft *draft = draft_alloc(app, form, &head->form_hash, &head->record);
        struct err_list mistakes = {0};
        char text[HASH_TEXT];
        for (int i = 0; i < n; i++)
                draft->info.bases = arena_printf(&draft->arena, "%s%s%s", draft->info.bases, i ? " " : "",
                                                 hash_format(&bases[i], text));
        draft->before = json_deep_copy(answers);
        draft_start_session(draft);
        session_load_record(draft->session, draft->before, &mistakes);
        err_list_release(&mistakes);
        draft_mark_begun(draft);
        return draft;
}

/* All the heads together where they agree, or one branch. */
static struct draft *edit_all(struct app *app, const struct form *form, struct lineage *lineage)
{
        int n;
        const struct hash *heads = lineage_heads(lineage, &n);
        return edit_from(app, form, lineage, heads, n, lineage->merged.answers);
}

static struct draft *edit_branch(struct app *app, const struct form *form, struct lineage *lineage)
{
        return edit_from(app, form, lineage, &lineage->revisions[lineage->head].id, 1,
                         json_object_get(lineage->bodies[lineage->head], "f"));
}

static enum err_code edit(struct app *app, const struct id *record, bool anyway, struct draft **ret, struct err *err)
{
        struct lineage lineage;
        const struct form *form;
        enum err_code rc = lineage_read(app, record, NULL, &lineage, err);
        if (rc != ERR_OK)
                return rc;
        bool conflict = lineage_conflicts(&lineage) > 0;
        rc = app_form_version(app, &lineage.revisions[lineage.head].form_hash, &form, err);
        if (rc == ERR_OK && conflict && !anyway)
                rc = err_set(err, ERR_REFUSED, _("La ficha está en conflicto: dos personas la cambiaron a la vez. Elija primero "
                                                 "qué queda (Conflicto, en la ficha) y después corríjala."));
        if (rc == ERR_OK)
                *ret = conflict ? edit_branch(app, form, &lineage) : edit_all(app, form, &lineage);
        lineage_release(&lineage);
        return rc;
}

enum err_code draft_edit(struct app *app, const struct id *record, struct draft **ret, struct err *err)
{
        return edit(app, record, false, ret, err);
}

enum err_code draft_edit_anyway(struct app *app, const struct id *record, struct draft **ret, struct err *err)
{
        return edit(app, record, true, ret, err);
}
