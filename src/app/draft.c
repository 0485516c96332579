/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A record being filled.  The session writes a log of changes; draft_save()
 * appends what is new to the store in one commit and only then tells the
 * session to forget it, so a failed save is simply tried again.
 *
 * A draft that holds nothing but what its beginning made (defaults) is not in
 * the store: opening a form and leaving it makes no trace.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { COMPACT_LINES = 400 }; /* a longer log is folded into one line when the draft is opened */

static const char *now_text(struct arena *arena)
{
        char text[DATETIME_TEXT];
        struct datetime now = clock_now();
        return arena_strdup(arena, datetime_format(&now, text));
}

struct draft *draft_alloc(struct app *app, const struct form *form, const struct hash *form_hash,
                          const struct id *record)
{
        struct draft *draft = xcalloc(1, sizeof *draft);
        draft->app = app;
        draft->form = form;
        draft->info = (struct store_draft){.id = id_new(), .record = *record, .parent_question = "",
                                           .form_hash = *form_hash, .form = form->id, .title = "",
                                           .school_title = "", .bases = ""};
        draft->info.started = now_text(&draft->arena);
        draft->info.saved = draft->info.started;
        draft->pending_place = PLACE_NONE;
        return draft;
}

void draft_free(struct draft *draft)
{
        if (!draft)
                return;
        session_free(draft->session);
        json_decref(draft->before);
        free(draft->pending_text);
        arena_release(&draft->arena);
        free(draft);
}

void draft_start_session(struct draft *draft)
{
        struct session_host host = app_session_host(draft->app, &draft->info.record, &draft->host);
        draft->session = session_new(draft->form, &host);
}

void draft_mark_begun(struct draft *draft)
{
        session_log(draft->session, &draft->initial_lines);
}

/* ---- Taking up again ---- */

static enum err_code replay_log(struct draft *draft, struct err *err)
{
        struct arena arena = {0};
        const char *const *lines;
        int n;
        enum err_code rc = store_draft_log(draft->app->store, &draft->info.id, &arena, &lines, &n, err);
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                rc = session_replay(draft->session, lines[i], err);
                if (rc != ERR_OK)
                        rc = err_wrap(err, _("el borrador «%.100s», cambio %d"), draft->info.title, i + 1);
        }
        draft->lines = n;
        arena_release(&arena);
        return rc;
}

static enum err_code load_pending(struct draft *draft, struct err *err)
{
        const char *place, *text;
        enum err_code rc = store_draft_pending(draft->app->store, &draft->info.id, &draft->arena, &place, &text, err);
        if (rc == ERR_OK && place) {
                draft->pending_place = place_parse(draft->session, place);
                if (draft->pending_place.node >= 0)
                        draft->pending_text = xstrdup(text);
        }
        return rc;
}

/* What it began from: of what has arrived since, nothing. */
static enum err_code load_base(struct draft *draft, struct err *err)
{
        struct lineage lineage;
        if (!*draft->info.bases)
                return ERR_OK;
        enum err_code rc = lineage_read(draft->app, &draft->info.record, draft->info.bases, &lineage, err);
        if (rc != ERR_OK)
                return rc;
        draft->before = json_deep_copy(lineage.merged.answers);
        lineage_release(&lineage);
        return ERR_OK;
}

static enum err_code compact(struct draft *draft, struct err *err)
{
        if (draft->lines <= COMPACT_LINES)
                return ERR_OK;
        char *line = session_snapshot(draft->session);
        enum err_code rc = store_draft_compact(draft->app->store, &draft->info.id, line, err);
        free(line);
        if (rc == ERR_OK)
                draft->lines = 1;
        return rc;
}

enum err_code draft_resume(struct app *app, const struct id *id, struct draft **ret, struct err *err)
{
        struct arena arena = {0};
        struct store_draft info;
        const struct form *form;
        enum err_code rc = store_draft_get(app->store, id, &arena, &info, err);
        if (rc == ERR_OK)
                rc = app_form_version(app, &info.form_hash, &form, err);
        if (rc != ERR_OK) {
                arena_release(&arena);
                return rc;
        }
        struct draft *draft = draft_alloc(app, form, &info.form_hash, &info.record);
        arena_release(&draft->arena);
        draft->arena = arena; /* the strings of info live there */
        draft->info = info;
        draft->stored = true;
        draft_start_session(draft);
        session_log_taken(draft->session);
        rc = replay_log(draft, err);
        if (rc == ERR_OK)
                rc = load_base(draft, err);
        if (rc == ERR_OK)
                rc = load_pending(draft, err);
        if (rc == ERR_OK)
                rc = compact(draft, err);
        if (rc != ERR_OK) {
                draft_free(draft);
                return rc;
        }
        *ret = draft;
        return ERR_OK;
}

const char *draft_pending(const struct draft *draft, struct place *ret_place)
{
        if (draft->pending_text)
                *ret_place = draft->pending_place;
        return draft->pending_text;
}

struct session *draft_session(struct draft *draft)
{
        return draft->session;
}

const struct id *draft_id(const struct draft *draft)
{
        return &draft->info.id;
}

const struct id *draft_record(const struct draft *draft)
{
        return &draft->info.record;
}

/* ---- Saving ---- */

/* What the list of drafts shows. */
static void describe(struct draft *draft, struct store_draft *info, struct arena *arena)
{
        struct session_counts counts = session_counts(draft->session, 0);
        *info = draft->info;
        info->title = record_session_title(draft->session, arena);
        info->answered = counts.answered;
        info->missing = counts.missing;
        info->saved = now_text(arena);
        if (draft->form->school >= 0) {
                const char *school = session_typed(draft->session, (struct place){draft->form->school, 0});
                info->school_title = *school ? record_title(draft->app, school, arena) : "";
        }
}

/* What the session logged, into the store; the session keeps it until settle(). */
static enum err_code put_lines(struct draft *draft, struct err *err)
{
        struct store *store = draft->app->store;
        struct arena arena = {0};
        struct store_draft info;
        int n;
        const char *const *lines = session_log(draft->session, &n);
        enum err_code rc = ERR_OK;
        describe(draft, &info, &arena);
        if (!draft->stored)
                rc = store_draft_create(store, &info, err);
        if (rc == ERR_OK)
                rc = store_draft_append(store, &info, lines, n, err);
        arena_release(&arena);
        return rc;
}

/* It is on disk: forget it here. */
static void settle(struct draft *draft)
{
        int n;
        session_log(draft->session, &n);
        draft->stored = true;
        draft->lines += n;
        session_log_taken(draft->session);
        free(draft->pending_text);
        draft->pending_text = NULL;
}

static bool is_saved(const struct draft *draft)
{
        int n;
        session_log(draft->session, &n);
        return draft->stored && n == 0;
}

/* The first save of a child makes it one of its parent's list, in the same transaction; a child that was
 * finalised before is in it already. */
static enum err_code put_with_parent(struct draft *draft, bool enlisted, struct err *err)
{
        enum err_code rc = ERR_OK;
        if (enlisted)
                draft_enlist(draft->parent, draft->parent_place, &draft->info.record);
        if (draft->parent && !draft->stored)
                rc = put_lines(draft->parent, err);
        return rc == ERR_OK ? put_lines(draft, err) : rc;
}

enum err_code draft_force_save(struct draft *draft, struct err *err)
{
        struct store *store = draft->app->store;
        bool first = draft->parent && !draft->stored, enlisted = first && !*draft->info.bases;
        if (is_saved(draft))
                return ERR_OK;
        enum err_code rc = store_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = put_with_parent(draft, enlisted, err);
        if (rc == ERR_OK)
                rc = store_commit(store, err);
        if (rc != ERR_OK) {
                store_rollback(store);
                if (enlisted)
                        draft_delist(draft->parent, draft->parent_place, &draft->info.record);
                return rc;
        }
        if (first)
                settle(draft->parent);
        settle(draft);
        return ERR_OK;
}

/* Moving about is no reason to keep a draft. */
static bool has_changes(const struct draft *draft)
{
        int n;
        const char *const *lines = session_log(draft->session, &n);
        for (int i = draft->initial_lines; i < n; i++)
                if (!str_starts(lines[i], "{\"op\":\"go\""))
                        return true;
        return false;
}

enum err_code draft_save(struct draft *draft, struct err *err)
{
        if (!draft->stored && !has_changes(draft))
                return ERR_OK;
        return draft_force_save(draft, err);
}

enum err_code draft_save_pending(struct draft *draft, struct place place, const char *text, struct err *err)
{
        struct arena arena = {0};
        enum err_code rc = draft_force_save(draft, err);
        if (rc == ERR_OK)
                rc = store_draft_pending_set(draft->app->store, &draft->info.id,
                                             place_text(draft->session, place, &arena), text, err);
        arena_release(&arena);
        return rc;
}

enum err_code draft_close(struct draft *draft, struct err *err)
{
        enum err_code rc = draft_save(draft, err);
        draft_free(draft);
        return rc;
}

enum err_code draft_discard(struct draft *draft, struct err *err)
{
        enum err_code rc = ERR_OK;
        if (draft->stored)
                rc = store_draft_delete(draft->app->store, &draft->info.id, err);
        draft_free(draft);
        return rc;
}
