/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What concluding a record also does (on_finalise of its form): drafts begun,
 * and revisions of the records that it names.  All of it stands in the
 * transaction of the record's own revision.
 *
 * A draft is begun when its condition becomes true: a correction that leaves
 * it true does not begin another.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

/* ---- Conditions ---- */

static bool holds(struct session *session, const struct form_action *action)
{
        struct arena arena = {0};
        bool yes = !action->when || session_test(session, action->when, &arena);
        arena_release(&arena);
        return yes;
}

/* Whether the revision that this one corrects had already done it. */
static bool held_before(struct draft *draft, const struct form_action *action)
{
        struct err_list mistakes = {0};
        struct app_host host_state;
        if (!draft->before)
                return false;
        struct session_host host = app_session_host(draft->app, &draft->info.record, &host_state);
        struct session *session = session_new(draft->form, &host);
        session_load_record(session, draft->before, &mistakes);
        bool yes = holds(session, action);
        session_free(session);
        err_list_release(&mistakes);
        return yes;
}

/* ---- Answers ---- */

json_t *parameter_answers(struct session *session, const struct form_parameter *with, int n)
{
        json_t *answers = json_object();
        struct arena arena = {0};
        for (int i = 0; i < n; i++) {
                struct value value = session_eval(session, with[i].expr, &arena);
                json_object_set_new(answers, with[i].name,
                                    json_string(value_is_empty(&value) ? "" : value_to_string(&value, &arena)));
        }
        arena_release(&arena);
        return answers;
}

/* ---- create ---- */

static enum err_code begin(struct draft *draft, const struct form_action *action, struct err *err)
{
        struct draft *begun;
        char text[ID_TEXT];
        json_t *initial = parameter_answers(draft->session, action->with, action->with_n);
        /* A form that keeps where it came from is told; one that does not ignores it. */
        json_object_set_new(initial, "origen_registro", json_string(id_format(&draft->info.record, text)));
        enum err_code rc = draft_begin(draft->app, action->create, initial, &begun, err);
        json_decref(initial);
        if (rc != ERR_OK)
                return rc;
        rc = draft_force_save(begun, err);
        draft_free(begun);
        return rc;
}

/* ---- update ---- */

static enum err_code revise(struct draft *draft, const struct form_action *action, const struct id *record,
                            struct err *err)
{
        struct draft *other;
        struct store_record view;
        struct arena arena = {0};
        enum err_code rc = store_record_get(draft->app->store, record, &arena, &view, NULL);
        /* One that has not arrived, or is annulled, has nothing to be told. */
        if (rc != ERR_OK || view.state == RECORD_ANULADO) {
                arena_release(&arena);
                return ERR_OK;
        }
        rc = draft_edit_anyway(draft->app, record, &other, err);
        if (rc == ERR_OK) {
                json_t *answers = parameter_answers(draft->session, action->with, action->with_n);
                draft_answer_all(other, answers);
                json_decref(answers);
                json_t *after = session_answers(other->session);
                if (!json_equal(after, other->before))
                        rc = draft_write_revision(other, NULL, err);
                json_decref(after);
                draft_free(other);
        }
        arena_release(&arena);
        return rc;
}

static enum err_code update(struct draft *draft, const struct form_action *action, struct err *err)
{
        struct id record;
        const char *named = session_typed(draft->session, (struct place){action->update, 0});
        return id_parse(named, &record) ? revise(draft, action, &record, err) : ERR_OK;
}

enum err_code draft_run_actions(struct draft *draft, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < draft->form->actions_n; i++) {
                const struct form_action *action = &draft->form->actions[i];
                if (!holds(draft->session, action))
                        continue;
                if (!action->create)
                        rc = update(draft, action, err);
                else if (!held_before(draft, action))
                        rc = begin(draft, action, err);
        }
        return rc;
}

int draft_begins(struct draft *draft)
{
        int n = 0;
        for (int i = 0; i < draft->form->actions_n; i++) {
                const struct form_action *action = &draft->form->actions[i];
                n += action->create && holds(draft->session, action) && !held_before(draft, action);
        }
        return n;
}
