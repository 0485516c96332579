/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One revision into the store: body, hash, view and links together; and all of them out again. */
#include "app_priv.h"

#include <stdlib.h>

#include "base/clock.h"

static enum err_code note_clock(struct app *app, const char *when, struct err *err)
{
        return app->clock_ok ? store_meta_set(app->store, "clock_seen", when, err) : ERR_OK;
}

/* The view comes from what was kept, as it would after travelling, and not from the session at hand. */
static enum err_code derive(struct app *app, const struct id *record, struct err *err)
{
        app_cache_clear(app);
        enum err_code rc = view_derive(app, record, NULL, err);
        return rc == ERR_OK ? view_refresh_readers(app, record, err) : rc;
}

static enum err_code add(struct app *app, const struct revise *what, const struct revision_draft *draft,
                         struct err *err)
{
        char when[DATETIME_TEXT], device[ID_TEXT];
        struct hash id;
        char *body = revision_body(draft, &id, when);
        struct store_revision revision = {
                .id = id, .record = what->record, .body = body, .form = draft->form->id,
                .form_hash = what->form_hash, .state = what->state, .gen = draft->gen, .parents = what->parents,
                .parents_n = what->parents_n, .author = draft->author, .date = when,
                .device = id_format(&draft->device, device)};
        enum err_code rc = store_revision_add(app->store, &revision, NULL, NULL, 0, err);
        if (rc == ERR_OK)
                rc = derive(app, &what->record, err);
        if (rc == ERR_OK && !draft->published)
                rc = note_clock(app, when, err);
        free(body);
        return rc;
}

enum err_code app_revise(struct app *app, const struct revise *what, struct err *err)
{
        static const struct id nobody;
        char author[ID_TEXT] = "";
        const struct form *form = what->session ? session_form(what->session) : what->form;
        bool anonymous = form->anonymous && what->session, nameless = anonymous || what->published;
        if (!id_is_none(&app->profile.persona) && !nameless)
                id_format(&app->profile.persona, author);
        json_t *answers = what->session ? session_answers(what->session) : json_deep_copy(what->answers);
        struct revision_draft draft = {
                .record = what->record, .op = what->op, .form = form, .anonymous = anonymous,
                .form_hash = what->form_hash, .state = what->state, .gen = what->gen,
                .parents = what->parents, .parents_n = what->parents_n, .author = author,
                .device = nameless ? nobody : store_device(app->store), .clock_ok = app->clock_ok || what->published,
                .published = what->published,
                .parent_record = what->parent_record, .parent_question = what->parent_question,
                .reason = what->reason, .answers = answers, .before = what->before,
                .also = what->also, .also_n = what->also_n};
        enum err_code rc = store_begin(app->store, err);
        if (rc == ERR_OK) {
                rc = add(app, what, &draft, err);
                if (rc == ERR_OK)
                        rc = store_commit(app->store, err);
                if (rc != ERR_OK)
                        store_rollback(app->store);
        }
        json_decref(answers);
        app->revisions++;
        app_cache_clear(app);
        return rc;
}
