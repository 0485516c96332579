/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A person's decision about a conflict, as one revision (contract in
 * app/conflict.h).  It has all the heads as parents and writes every answer
 * that disagreed, whatever was chosen, so that a change that comes later from
 * one of the branches does not bring the conflict back.
 */
#include "app/conflict.h"
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

void conflict_choose(struct conflict *conflict, int at, int choice)
{
        struct conflict_field *field = &conflict->fields[at];
        free(field->typed);
        field->typed = NULL;
        field->choice = choice >= 0 && choice < field->n ? choice : CHOICE_NONE;
}

int conflict_undecided(const struct conflict *conflict)
{
        int n = conflict->annulled && conflict->annul == ANNUL_UNDECIDED;
        for (int i = 0; i < conflict->n; i++)
                n += conflict->fields[i].choice == CHOICE_NONE;
        return n;
}

/* ---- The answers that it comes to ---- */

static json_t *chosen_answers(const struct conflict *conflict)
{
        json_t *answers = json_copy(conflict->lineage->merged.answers);
        for (int i = 0; i < conflict->n; i++) {
                const struct conflict_field *field = &conflict->fields[i];
                int option = field->choice >= 0 ? field->choice : 0;
                const json_t *body = conflict->lineage->bodies[field->options[option].revision];
                json_t *value = json_object_get(json_object_get(body, "f"), field->name);
                if (value)
                        json_object_set(answers, field->name, value);
                else
                        json_object_del(answers, field->name);
        }
        return answers;
}

static struct session *chosen_session(struct app *app, const struct conflict *conflict, struct app_host *host_state)
{
        struct err_list mistakes = {0};
        json_t *answers = chosen_answers(conflict);
        struct session_host host = app_session_host(app, &conflict->record, host_state);
        struct session *session = session_new(conflict->form, &host);
        session_load_record(session, answers, &mistakes);
        json_decref(answers);
        err_list_release(&mistakes);
        return session;
}

/* As the form itself would take it. */
static enum err_code type_in(struct session *session, const struct conflict_field *field, const char *text, struct err *err)
{
        struct arena arena = {0};
        struct place place = place_parse(session, field->name);
        enum err_code rc = ERR_OK;
        session_answer(session, place, text);
        if (session_status(session, place) == STATUS_INVALID)
                rc = err_set(err, ERR_INVALID, "%s: %s", field->label, session_message(session, place, &arena));
        arena_release(&arena);
        return rc;
}

enum err_code conflict_type(struct app *app, struct conflict *conflict, int at, const char *text, struct err *err)
{
        struct conflict_field *field = &conflict->fields[at];
        struct app_host host;
        if (!field->can_type)
                return err_set(err, ERR_REFUSED, _("«%s» no se escribe aquí: elija una de las dos, y corrija después la ficha."),
                               field->label);
        struct session *session = chosen_session(app, conflict, &host);
        enum err_code rc = type_in(session, field, text, err);
        session_free(session);
        if (rc != ERR_OK)
                return rc;
        char *kept = xstrdup(text);
        free(field->typed);
        field->typed = kept;
        field->choice = CHOICE_TYPED;
        return ERR_OK;
}

/* ---- The revision ---- */

static enum err_code write_decision(struct app *app, struct conflict *conflict, struct session *session, struct err *err)
{
        struct lineage *lineage = conflict->lineage;
        struct arena arena = {0};
        struct store_record view;
        bool annul = conflict->annulled && conflict->annul == ANNUL_YES;
        const char **names = ARENA_ARRAY(&arena, const char *, conflict->n);
        enum err_code rc = store_record_get(app->store, &conflict->record, &arena, &view, err);
        for (int i = 0; i < conflict->n; i++)
                names[i] = conflict->fields[i].name;
        if (rc == ERR_OK) {
                struct revise revise = {.session = session, .record = conflict->record,
                                        .form_hash = lineage->revisions[lineage->head].form_hash,
                                        .gen = lineage_next_gen(lineage), .before = lineage->merged.answers,
                                        .state = annul ? RECORD_ANULADO : RECORD_CONCLUIDO, .op = annul ? "annul" : "put",
                                        .reason = annul ? conflict->annul_reason : NULL, .also = names,
                                        .also_n = conflict->n, .parent_record = view.parent,
                                        .parent_question = view.parent_question};
                revise.parents = lineage_heads(lineage, &revise.parents_n);
                rc = app_revise(app, &revise, err);
        }
        arena_release(&arena);
        return rc;
}

static enum err_code check_decided(const struct conflict *conflict, struct err *err)
{
        int n = conflict_undecided(conflict);
        if (n == 0 || (conflict->annulled && conflict->annul == ANNUL_YES))
                return ERR_OK;
        for (int i = 0; i < conflict->n; i++)
                if (conflict->fields[i].choice == CHOICE_NONE)
                        return err_set(err, ERR_REFUSED, _("Falta decidir «%s»%s"), conflict->fields[i].label,
                                       n > 1 ? _(" y algo más.") : ".");
        return err_set(err, ERR_REFUSED, _("Falta decidir si la ficha queda anulada."));
}

enum err_code conflict_resolve(struct app *app, struct conflict *conflict, struct err *err)
{
        struct app_host host;
        enum err_code rc = check_decided(conflict, err);
        if (rc != ERR_OK)
                return rc;
        struct session *session = chosen_session(app, conflict, &host);
        for (int i = 0; rc == ERR_OK && i < conflict->n; i++)
                if (conflict->fields[i].choice == CHOICE_TYPED)
                        rc = type_in(session, &conflict->fields[i], conflict->fields[i].typed, err);
        if (rc == ERR_OK)
                rc = write_decision(app, conflict, session, err);
        session_free(session);
        return rc;
}
