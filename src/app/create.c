/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A record from a file of answers, for `registro crear`.
 *
 * The answers are first put in the session's own shape: groups opened, codes
 * of records turned into their ids, the objects of children set apart.  Then
 * everything goes through drafts, as if a person had typed it, inside one
 * transaction that is undone if there is any problem.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app/attach.h"

static void add_mistake(struct err_list *problems, const char *label, const char *text)
{
        struct err err;
        err_set(&err, ERR_INVALID, "%s: %s", label, text);
        err_list_add(problems, &err);
}

/* ---- The session's own shape ---- */

static bool holds_objects(const json_t *value)
{
        return json_is_array(value) && json_is_object(json_array_get(value, 0));
}

/* The id of the record that a code names; unknown ones stay as they are, to be listed with the rest. */
static json_t *resolve(struct app *app, const json_t *answer)
{
        struct id id;
        char text[ID_TEXT];
        const char *named = json_string_value(answer);
        if (!named || id_parse(named, &id) || store_record_find(app->store, named, &id, NULL) != ERR_OK)
                return json_incref((json_t *)(uintptr_t)answer);
        return json_string(id_format(&id, text));
}

/* The file that a path names, taken in; a path that names none stays as it is, to be listed with the rest. */
static json_t *attach(struct app *app, const json_t *answer)
{
        struct arena arena = {0};
        const char *path = json_string_value(answer), *value;
        json_t *taken = NULL;
        if (path && *path && app_attach(app, path, &arena, &value, NULL) == ERR_OK)
                taken = json_string(value);
        arena_release(&arena);
        return taken ? taken : json_incref((json_t *)(uintptr_t)answer);
}

static void shape(struct app *app, const struct form *form, const json_t *answers, json_t *out);

static json_t *shape_rows(struct app *app, const struct form *form, const json_t *rows)
{
        json_t *out = json_array();
        for (size_t i = 0; i < json_array_size(rows); i++) {
                json_t *row = json_object();
                shape(app, form, json_array_get(rows, i), row);
                json_array_append_new(out, row);
        }
        return out;
}

/* `form` NULL (a child of a form that is not installed): as it stands. */
static void shape(struct app *app, const struct form *form, const json_t *answers, json_t *out)
{
        const char *name;
        json_t *value;
        json_object_foreach((json_t *)(uintptr_t)answers, name, value) {
                int index = form ? form_find(form, name) : -1;
                const struct node *node = index >= 0 ? &form->nodes[index] : NULL;
                const struct form *child = NULL;
                if (node && node->type == NODE_GROUP && json_is_object(value))
                        shape(app, form, value, out);
                else if (node && node->type == NODE_REFERENCE)
                        json_object_set_new(out, name, resolve(app, value));
                else if (node && (node->type == NODE_FILE || node->type == NODE_IMAGE))
                        json_object_set_new(out, name, attach(app, value));
                else if (node && node->type == NODE_REPEAT && holds_objects(value))
                        json_object_set_new(out, name, shape_rows(app, form, value));
                else if (node && node->type == NODE_CHILDREN && holds_objects(value) && app_form(app, node->to, &child, NULL) == ERR_OK)
                        json_object_set_new(out, name, shape_rows(app, child, value));
                else
                        json_object_set(out, name, value);
        }
}

/* ---- Into drafts ---- */

static void list_mistakes(const char *name, size_t position, struct err_list *mistakes, struct err_list *problems)
{
        for (int i = 0; i < mistakes->n; i++) {
                char label[128];
                snprintf(label, sizeof label, "%.80s %zu", name, position);
                add_mistake(problems, label, mistakes->items[i].text);
        }
        err_list_release(mistakes);
}

/* Objects inside a children question become drafts of that form. */
static enum err_code create_children(struct draft *draft, const char *name, const json_t *items,
                                     struct err_list *problems, struct err *err)
{
        struct place place = {form_find(draft->form, name), 0};
        enum err_code rc = ERR_OK;
        for (size_t i = 0; rc == ERR_OK && i < json_array_size(items); i++) {
                struct draft *child;
                struct err_list mistakes = {0};
                rc = draft_begin_child(draft, place, &child, err);
                if (rc != ERR_OK)
                        break;
                session_load_answers(child->session, json_array_get(items, i), &mistakes);
                list_mistakes(name, i + 1, &mistakes, problems);
                rc = draft_force_save(child, err);
                draft_free(child);
        }
        return rc;
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

/* ---- Problems ---- */

/* What a reference names must be in the directory. */
static void check_references(struct draft *draft, struct err_list *problems)
{
        struct arena arena = {0};
        struct store_revision head = {.author = ""};
        json_t *answers = session_answers(draft->session);
        struct record_derived derived = record_derive(draft->app, draft->form, answers, &draft->info.record, &head, &arena);
        for (int i = 0; i < derived.links_n; i++) {
                struct store_record found;
                char text[ID_TEXT];
                int node = form_find(draft->form, derived.links[i].question);
                if (draft->form->nodes[node].type != NODE_REFERENCE ||
                    store_record_get(draft->app->store, &derived.links[i].to, &arena, &found, NULL) == ERR_OK)
                        continue;
                add_mistake(problems, derived.links[i].question,
                            arena_printf(&arena, _("no hay un registro %s en el directorio"),
                                         id_format(&derived.links[i].to, text)));
        }
        json_decref(answers);
        arena_release(&arena);
}

/* A reference that is not even an id never became a link. `scope`: whose nodes, in this row and those inside it. */
static void check_unread_references(struct draft *draft, int scope, int row, struct err_list *problems)
{
        const struct scope *inside = &draft->form->scopes[scope];
        struct id id;
        for (int i = 0; i < inside->slots_n; i++) {
                const struct node *node = &draft->form->nodes[inside->slots[i]];
                struct place place = {node->index, row};
                int n = 0;
                const int *rows = node->type == NODE_REPEAT ? session_rows(draft->session, place, &n) : NULL;
                for (int r = 0; r < n; r++)
                        check_unread_references(draft, node->opens_scope, rows[r], problems);
                if (node->type != NODE_REFERENCE)
                        continue;
                const char *typed = session_typed(draft->session, place);
                if (*typed && !id_parse(typed, &id))
                        add_mistake(problems, node->name, _("no se encuentra ese registro; use su código o su identificador"));
        }
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

static enum err_code finish(struct draft *draft, bool finalise, struct id *ret, struct err *err)
{
        struct id record = draft->info.record;
        if (finalise) {
                enum err_code rc = draft_finalise(draft, ret, err);
                if (rc != ERR_OK)
                        draft_free(draft);
                return rc;
        }
        enum err_code rc = draft_force_save(draft, err);
        draft_free(draft);
        if (rc == ERR_OK)
                *ret = record;
        return rc;
}

static enum err_code create_in(struct app *app, const char *form, const json_t *answers, bool finalise,
                               struct err_list *problems, struct id *ret, struct err *err)
{
        struct draft *draft;
        enum err_code rc = draft_begin(app, form, NULL, &draft, err);
        if (rc != ERR_OK)
                return rc;
        json_t *shaped = json_object();
        shape(app, draft->form, answers, shaped);
        rc = fill_from(draft, shaped, problems, err);
        json_decref(shaped);
        if (rc == ERR_OK) {
                check_references(draft, problems);
                check_unread_references(draft, 0, 0, problems);
                if (finalise)
                        list_problems(draft, problems);
                if (problems->n > 0)
                        rc = err_set(err, ERR_REFUSED, problems->n == 1 ? _("la ficha tiene %d problema; no se guardó nada")
                                                                     : _("la ficha tiene %d problemas; no se guardó nada"), problems->n);
        }
        if (rc == ERR_OK)
                return finish(draft, finalise, ret, err);
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
