/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a revision is of those that do not travel to everybody (contract in contents.h). */
#include "app_priv.h"
#include "contents.h"

/* What its own answers say. */
static bool was_reserved(struct app *app, const struct form *form, const struct id *record, const char *body)
{
        struct err_list mistakes = {0};
        struct app_host host_state;
        json_t *answers;
        if (!form->reserved || revision_answers(body, &answers, NULL) != ERR_OK)
                return form->sensitive;
        struct arena arena = {0};
        struct session_host host = app_session_host(app, record, &host_state);
        struct session *session = session_new(form, &host);
        session_load_record(session, answers, &mistakes);
        bool yes = session_test(session, form->reserved, &arena);
        session_free(session);
        err_list_release(&mistakes);
        json_decref(answers);
        arena_release(&arena);
        return yes;
}

enum err_code revision_is_reserved(struct app *app, const struct form *form, const struct id *record, const struct hash *id,
                                   bool *ret, struct err *err)
{
        struct arena arena = {0};
        struct store_record view;
        const char *body;
        bool yes = store_record_get(app->store, record, &arena, &view, NULL) == ERR_OK && view.sensitive;
        enum err_code rc = yes ? ERR_OK : store_revision_body(app->store, id, &arena, &body, err);
        if (rc == ERR_OK)
                *ret = yes || was_reserved(app, form, record, body);
        arena_release(&arena);
        return rc;
}
