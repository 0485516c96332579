/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two records of one person made one, or told apart (contract in app/people.h). */
#include "app/people.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/json.h"

/* A person's record in the form of today, to be revised. */
struct opened {
        struct store_record record;
        const struct form *form;
        struct hash form_hash;
        int64_t gen;
        json_t *body; /* parsed; holds `answers` */
        const json_t *answers;
        struct session *session;
        struct app_host host;
        struct arena arena;
};

static void opened_release(struct opened *opened)
{
        session_free(opened->session);
        json_decref(opened->body);
        arena_release(&opened->arena);
}

/* Answers into a session of today's form. ERR_REFUSED if one has no place there. */
static enum err_code fill(struct opened *opened, const json_t *answers, struct err *err)
{
        struct err_list mistakes = {0};
        enum err_code rc = ERR_OK;
        session_load_record(opened->session, answers, &mistakes);
        if (mistakes.n)
                rc = err_set(err, ERR_REFUSED,
                             _("%s se guardó con otra versión de la ficha y perdería una respuesta: ábrala y "
                               "conclúyala primero"),
                             opened->record.title);
        err_list_release(&mistakes);
        return rc;
}

static enum err_code open_person(struct app *app, const struct id *id, struct opened *ret, struct err *err)
{
        const char *body;
        *ret = (struct opened){0};
        enum err_code rc = store_record_get(app->store, id, &ret->arena, &ret->record, err);
        if (rc == ERR_OK && strcmp(ret->record.form, "persona") != 0)
                rc = err_set(err, ERR_REFUSED, _("%s no es una persona"), ret->record.title);
        if (rc == ERR_OK && ret->record.state == RECORD_ANULADO)
                rc = err_set(err, ERR_REFUSED, _("%s ya está anulada"), ret->record.title);
        if (rc == ERR_OK)
                rc = store_revision_body(app->store, &ret->record.revision, &ret->arena, &body, err);
        if (rc == ERR_OK)
                rc = json_read(body, strlen(body), ret->record.title, &ret->body, err);
        if (rc == ERR_OK)
                rc = app_form(app, "persona", &ret->form, err);
        if (rc == ERR_OK)
                rc = app_form_hash(app, "persona", &ret->form_hash, err);
        if (rc == ERR_OK) {
                struct session_host host = app_session_host(app, id, &ret->host);
                ret->gen = json_integer_value(json_object_get(ret->body, "gen"));
                ret->answers = json_object_get(ret->body, "f");
                ret->session = session_new(ret->form, &host);
                session_log_off(ret->session);
                rc = fill(ret, ret->answers, err);
        }
        if (rc != ERR_OK)
                opened_release(ret);
        return rc;
}

static enum err_code open_both(struct app *app, const struct id *a, const struct id *b, struct opened *first,
                               struct opened *second, struct err *err)
{
        if (id_equal(a, b))
                return err_set(err, ERR_REFUSED, _("son el mismo registro"));
        enum err_code rc = open_person(app, a, first, err);
        if (rc != ERR_OK)
                return rc;
        rc = open_person(app, b, second, err);
        if (rc != ERR_OK)
                opened_release(first);
        return rc;
}

/* A revision of a person with these answers; `reason` annuls it. */
static enum err_code revise(struct app *app, struct opened *opened, const json_t *answers, const char *reason,
                            struct err *err)
{
        struct revise revise = {.session = opened->session,
                                .record = opened->record.id,
                                .form_hash = opened->form_hash,
                                .parents = &opened->record.revision,
                                .parents_n = 1,
                                .gen = opened->gen + 1,
                                .state = reason ? RECORD_ANULADO : RECORD_CONCLUIDO,
                                .op = reason ? "annul" : "put",
                                .reason = reason,
                                .before = opened->answers,
                                .parent_record = opened->record.parent,
                                .parent_question = opened->record.parent_question};
        enum err_code rc = fill(opened, answers, err);
        return rc == ERR_OK ? app_revise(app, &revise, err) : rc;
}

/* ---- Joining ---- */

/* What the form keeps for itself and is not the person's. */
static bool is_personal(const struct form *form, const char *question)
{
        int node = form_find(form, question);
        return node >= 0 && form->nodes[node].type != NODE_USERNAME && strcmp(question, "unida_con") != 0 &&
               strcmp(question, "distinta_de") != 0;
}

static enum err_code complete(struct app *app, struct opened *keep, const struct opened *drop,
                              struct err *err)
{
        json_t *answers = json_copy((json_t *)(uintptr_t)keep->answers), *value;
        const char *question;
        bool any = false;
        json_object_foreach((json_t *)(uintptr_t)drop->answers, question,
                            value) if (is_personal(keep->form, question) &&
                                       !json_object_get(answers, question))
        {
                json_object_set(answers, question, value);
                any = true;
        }
        /* A number without its kind would be another document. */
        if (!json_object_get(keep->answers, "dni") && json_object_get(drop->answers, "dni"))
                json_object_set(answers, "tipo_doc", json_object_get(drop->answers, "tipo_doc"));
        enum err_code rc = any ? revise(app, keep, answers, NULL, err) : ERR_OK;
        json_decref(answers);
        return rc;
}

static enum err_code annul(struct app *app, struct opened *drop, const struct opened *keep, struct err *err)
{
        char id[ID_TEXT], code[CODE_TEXT], reason[64];
        json_t *answers = json_copy((json_t *)(uintptr_t)drop->answers);
        snprintf(reason, sizeof reason, _("unida con %s"), id_code(&keep->record.id, code));
        json_object_set_new(answers, "unida_con", json_string(id_format(&keep->record.id, id)));
        enum err_code rc = revise(app, drop, answers, reason, err);
        json_decref(answers);
        return rc;
}

/* Whom that record itself says; "" : nobody. */
static const char *joined_with(struct app *app, const struct id *record)
{
        struct cached_name *name = app_name(app, record);
        if (!name->joined) {
                const json_t *answers = app_answers(app, record, NULL);
                const char *next = answers ? json_string_value(json_object_get(answers, "unida_con")) : NULL;
                name->joined = xstrdup(next ? next : "");
        }
        return name->joined;
}

const char *app_joined(struct app *app, const char *id, struct arena *arena)
{
        enum { LONGEST = 8 }; /* of a chain of joins; also what ends a circle that a merge could make */
        struct id record;
        for (int i = 0; i < LONGEST && id_parse(id, &record); i++) {
                const char *next = joined_with(app, &record);
                if (!*next)
                        break;
                id = arena_strdup(arena, next);
        }
        return id;
}

/* Those who name the record, now that it is somebody else. */
static enum err_code refresh_views(struct app *app, const struct id *drop, struct err *err)
{
        struct arena arena = {0};
        struct store_link *links;
        int n = 0;
        enum err_code rc = store_links_to(app->store, drop, &arena, &links, &n, err);
        for (int i = 0; rc == ERR_OK && i < n; i++)
                rc = view_derive(app, &links[i].to, NULL, err);
        arena_release(&arena);
        return rc;
}

static enum err_code join_all(struct app *app, struct opened *keep, struct opened *drop, struct err *err)
{
        enum err_code rc = store_begin(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = complete(app, keep, drop, err);
        if (rc == ERR_OK)
                rc = annul(app, drop, keep, err);
        if (rc == ERR_OK)
                rc = refresh_views(app, &drop->record.id, err);
        if (rc == ERR_OK)
                rc = store_commit(app->store, err);
        if (rc != ERR_OK)
                store_rollback(app->store);
        app_cache_clear(app);
        return rc;
}

enum err_code people_join(struct app *app, const struct id *keep, const struct id *drop, struct err *err)
{
        struct opened kept, dropped;
        if (id_equal(drop, &app->profile.persona))
                return err_set(
                        err, ERR_REFUSED,
                        _("esa persona es quien usa esta laptop: deje ese registro y una el otro con él"));
        enum err_code rc = open_both(app, keep, drop, &kept, &dropped, err);
        if (rc != ERR_OK)
                return rc;
        rc = join_all(app, &kept, &dropped, err);
        opened_release(&kept);
        opened_release(&dropped);
        return rc;
}

/* ---- Telling apart ---- */

enum err_code people_tell_apart(struct app *app, const struct id *a, const struct id *b, struct err *err)
{
        struct opened first, second;
        char id[ID_TEXT];
        enum err_code rc = open_both(app, a, b, &first, &second, err);
        if (rc != ERR_OK)
                return rc;
        const char *before = json_string_value(json_object_get(first.answers, "distinta_de"));
        json_t *answers = json_copy((json_t *)(uintptr_t)first.answers);
        id_format(b, id);
        json_object_set_new(
                answers, "distinta_de",
                json_string(before && *before ? arena_printf(&first.arena, "%s %s", before, id) : id));
        rc = revise(app, &first, answers, NULL, err);
        json_decref(answers);
        opened_release(&first);
        opened_release(&second);
        return rc;
}

/* ---- Side by side ---- */

enum err_code people_compare(struct app *app, const struct id *a, const struct id *b, bool sensitive,
                             struct table *ret, struct err *err)
{
        struct opened first, second;
        enum err_code rc = open_both(app, a, b, &first, &second, err);
        if (rc != ERR_OK)
                return rc;
        table_init(ret, _("Comparación"));
        table_add_column(ret, "pregunta", _("Pregunta"), CELL_TEXT);
        table_add_column(ret, "a", first.record.title, CELL_TEXT);
        table_add_column(ret, "b", second.record.title, CELL_TEXT);
        for (int i = 1; i < first.form->nodes_n; i++) {
                const struct node *node = &first.form->nodes[i];
                bool hidden = node->type == NODE_HIDDEN || node->type == NODE_USERNAME ||
                              (node->flags & NODE_SENSITIVE && !sensitive);
                const char *x = node->scope == 0 && node_has_answer(node)
                                        ? session_display(first.session, (struct place){i, 0}, &ret->arena)
                                        : "";
                const char *y = node->scope == 0 && node_has_answer(node)
                                        ? session_display(second.session, (struct place){i, 0}, &ret->arena)
                                        : "";
                if (hidden || (!*x && !*y))
                        continue;
                int row = table_add_row(ret);
                table_set(ret, row, 0, *node->label.plain ? node->label.plain : node->name);
                table_set(ret, row, 1, x);
                table_set(ret, row, 2, y);
        }
        opened_release(&first);
        opened_release(&second);
        return ERR_OK;
}
