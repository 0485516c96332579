/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finalised records: opening and annulling. */
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
        if (rc == ERR_OK)
                rc = record_answers(app, &view.record, &view.answers, err);
        if (rc != ERR_OK) {
                record_view_release(&view);
                return rc;
        }
        view.host = xcalloc(1, sizeof *view.host);
        struct session_host host = app_session_host(app, id, view.host);
        view.session = session_new(view.form, &host);
        session_load_record(view.session, view.answers, &mistakes);
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

/* After all that is known of it, conflicts included: nobody needs to settle what does not count. */
static enum err_code annul_revision(struct app *app, struct record_view *view, const char *reason, struct err *err)
{
        struct lineage lineage;
        enum err_code rc = lineage_read(app, &view->record.id, NULL, &lineage, err);
        if (rc != ERR_OK)
                return rc;
        struct revise revise = {.session = view->session, .record = view->record.id, .form_hash = view->record.form_hash,
                                .gen = lineage_next_gen(&lineage), .state = RECORD_ANULADO, .op = "annul",
                                .reason = reason, .before = view->answers, .parent_record = view->record.parent,
                                .parent_question = view->record.parent_question};
        revise.parents = lineage_heads(&lineage, &revise.parents_n);
        rc = app_revise(app, &revise, err);
        lineage_release(&lineage);
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
