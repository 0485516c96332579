/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finalised records: opening, annulling, making one from a file of answers. */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/id.h"

enum err_code record_open(struct app *app, const struct id *id, struct record_view *ret, struct err *err)
{
        struct record_view view = {0};
        struct err_list mistakes = {0};
        view.arena = xcalloc(1, sizeof *view.arena);
        enum err_code rc = store_record_get(app->store, id, view.arena, &view.record, err);
        if (rc == ERR_OK)
                rc = app_form_version(app, &view.record.form_hash, &view.form, err);
        const char *body;
        if (rc == ERR_OK)
                rc = store_revision_body(app->store, &view.record.revision, view.arena, &body, err);
        if (rc == ERR_OK)
                rc = revision_answers(body, &view.answers, err);
        if (rc != ERR_OK) {
                record_view_release(&view);
                return rc;
        }
        view.host = xcalloc(1, sizeof *view.host);
        struct session_host host = app_session_host(app, id, view.host);
        view.session = session_new(view.form, &host);
        session_clear_answers(view.session);
        session_load_answers(view.session, view.answers, &mistakes);
        session_log_taken(view.session);
        err_list_release(&mistakes);
        *ret = view;
        return ERR_OK;
}

void record_view_release(struct record_view *view)
{
        session_free(view->session);
        json_decref(view->answers);
        free(view->host);
        if (view->arena)
                arena_release(view->arena);
        free(view->arena);
        *view = (struct record_view){0};
}

static enum err_code annul_revision(struct app *app, struct record_view *view, const char *reason, struct err *err)
{
        struct arena arena = {0};
        struct store_revision *history;
        int n;
        struct hash head = view->record.revision;
        enum err_code rc = store_history(app->store, &view->record.id, &arena, &history, &n, err);
        struct revise revise = {.session = view->session, .record = view->record.id, .form_hash = view->record.form_hash,
                                .parents = &head, .parents_n = 1, .gen = 1, .state = RECORD_ANULADO, .op = "annul",
                                .reason = reason, .before = view->answers, .parent_record = view->record.parent,
                                .parent_question = view->record.parent_question};
        for (int i = 0; rc == ERR_OK && i < n; i++)
                if (hash_equal(&history[i].id, &head))
                        revise.gen = history[i].gen + 1;
        if (rc == ERR_OK)
                rc = app_revise(app, &revise, err);
        arena_release(&arena);
        return rc;
}

enum err_code record_annul(struct app *app, const struct id *id, const char *reason, struct err *err)
{
        struct record_view view;
        if (str_blank(reason))
                return err_set(err, ERR_REFUSED, _("Escriba el motivo por el que se anula la ficha."));
        enum err_code rc = record_open(app, id, &view, err);
        if (rc != ERR_OK)
                return rc;
        if (view.record.state == RECORD_ANULADO)
                rc = err_set(err, ERR_REFUSED, _("La ficha ya estaba anulada."));
        else
                rc = annul_revision(app, &view, reason, err);
        record_view_release(&view);
        return rc;
}

/* ---- From a file of answers ---- */

static void add_mistake(struct err_list *problems, const char *label, const char *text)
{
        struct err err;
        err_set(&err, ERR_INVALID, "%s: %s", label, text);
        err_list_add(problems, &err);
}

/* Objects inside a children question become drafts of that form. */
static enum err_code create_children(struct draft *draft, const char *name, const json_t *items,
                                     struct err_list *problems, struct err *err)
{
        int node = form_find(draft->form, name);
        enum err_code rc = ERR_OK;
        for (size_t i = 0; rc == ERR_OK && i < json_array_size(items); i++) {
                struct draft *child;
                struct err_list mistakes = {0};
                rc = draft_begin_child(draft, (struct place){node, 0}, &child, err);
                if (rc != ERR_OK)
                        break;
                session_load_answers(child->session, json_array_get(items, i), &mistakes);
                for (int m = 0; m < mistakes.n; m++) {
                        char label[128];
                        snprintf(label, sizeof label, "%.80s %zu", name, i + 1);
                        add_mistake(problems, label, mistakes.items[m].text);
                }
                err_list_release(&mistakes);
                rc = draft_force_save(child, err);
                draft_free(child);
        }
        return rc;
}

static bool holds_objects(const json_t *value)
{
        return json_is_array(value) && json_is_object(json_array_get(value, 0));
}

static bool is_children(const struct form *form, const char *name, const json_t *value)
{
        int node = form_find(form, name);
        return node >= 0 && form->nodes[node].type == NODE_CHILDREN && holds_objects(value);
}

/* Plain answers first: the children begin with values taken from them. */
static enum err_code fill_from(struct draft *draft, const json_t *answers, struct err_list *problems, struct err *err)
{
        json_t *plain = json_copy((json_t *)(uintptr_t)answers), *value;
        const char *name;
        enum err_code rc = ERR_OK;
        json_object_foreach((json_t *)(uintptr_t)answers, name, value)
                if (is_children(draft->form, name, value))
                        json_object_del(plain, name);
        session_load_answers(draft->session, plain, problems);
        json_decref(plain);
        json_object_foreach((json_t *)(uintptr_t)answers, name, value)
                if (rc == ERR_OK && is_children(draft->form, name, value))
                        rc = create_children(draft, name, value, problems, err);
        return rc;
}

static void list_problems(struct draft *draft, struct err_list *problems)
{
        struct arena arena = {0};
        int n;
        const struct draft_problem *found = draft_problems(draft, false, &arena, &n);
        for (int i = 0; i < n; i++) {
                const char *name = found[i].place.node >= 0 ? place_text(draft->session, found[i].place, &arena) : "";
                char label[256];
                snprintf(label, sizeof label, "%.60s (%.150s)", name, found[i].label);
                add_mistake(problems, label, found[i].text);
        }
        arena_release(&arena);
}

static enum err_code create_in(struct app *app, const char *form, const json_t *answers, bool finalise,
                               struct err_list *problems, struct id *ret, struct err *err)
{
        struct draft *draft;
        enum err_code rc = draft_begin(app, form, NULL, &draft, err);
        if (rc != ERR_OK)
                return rc;
        rc = fill_from(draft, answers, problems, err);
        if (rc == ERR_OK && finalise)
                list_problems(draft, problems);
        if (rc == ERR_OK && problems->n > 0)
                rc = err_set(err, ERR_REFUSED, _("la ficha tiene %d problemas; no se guardó nada"), problems->n);
        if (rc == ERR_OK && finalise)
                return draft_finalise(draft, ret, err);
        if (rc == ERR_OK) {
                *ret = draft->info.record;
                rc = draft_force_save(draft, err);
        }
        draft_free(draft);
        return rc;
}

enum err_code record_create(struct app *app, const char *form, const json_t *answers, bool finalise,
                            struct err_list *problems, struct id *ret, struct err *err)
{
        if (!json_is_object(answers))
                return err_set(err, ERR_INVALID, _("las respuestas deben ser un objeto JSON {\"pregunta\": respuesta, …}"));
        enum err_code rc = store_begin(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = create_in(app, form, answers, finalise, problems, ret, err);
        if (rc == ERR_OK)
                rc = store_commit(app->store, err);
        if (rc != ERR_OK)
                store_rollback(app->store);
        return rc;
}
