/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One bundle, revision by revision, inside its transaction.
 *
 * Whether a revision goes in depends on itself, on who signed the bundle and on the forms that are here,
 * never on what came before it: the order of bundles changes nothing.
 */
#include "import_priv.h"

#include <string.h>

#include "app/attach.h"
#include "base/json.h"

/* ---- Forms ---- */

enum err_code take_form(void *ctx, const struct hash *hash, const char *yaml, size_t len, struct err *err)
{
        struct taking *taking = ctx;
        struct err_list mistakes = {0};
        bool known;
        enum err_code rc = store_form_known(taking->app->store, hash, &known, err);
        if (rc != ERR_OK || known)
                return rc;
        struct form *form = form_load_text(yaml, len, _("ficha recibida"), &(struct form_library){0}, &mistakes);
        if (form) {
                struct store_form row = {.hash = *hash, .id = form->id, .version = form->version, .title = form->title,
                                         .short_title = form->short_title ? form->short_title : "",
                                         .is_entity = form->kind == FORM_ENTITY, .sensitive = form->sensitive};
                rc = store_form_keep(taking->app->store, &row, yaml, err);
        } else if (mistakes.n > 0 && !taking->form_problem) {
                taking->form_problem = arena_strdup(taking->texts, mistakes.items[0].text);
        }
        form_free(form);
        err_list_release(&mistakes);
        return rc;
}

static enum err_code know_form(struct taking *taking, const struct hash *hash, struct err *err)
{
        if (taking->form_known && hash_equal(hash, &taking->form))
                return ERR_OK;
        taking->form = *hash;
        return store_form_known(taking->app->store, hash, &taking->form_known, err);
}

/* ---- Waiting and set aside ---- */

static void count_waiting(struct taking *taking, enum store_why why, const char *reason)
{
        struct import_bundle *bundle = taking->bundle;
        taking->some_wait = true;
        if (why == WAITS_BAD)
                bundle->counts.rejected++;
        else
                bundle->counts.waiting++;
        import_note_reason(why == WAITS_BAD ? &bundle->wrong : &bundle->waits, reason, taking->texts);
}

static enum err_code keep_waiting(struct taking *taking, const struct store_revision *revision, enum store_why why,
                                  const char *reason, struct err *err)
{
        struct store_waiting waiting = {.id = revision->id, .why = why, .form_hash = revision->form_hash,
                                        .device = revision->device, .reason = reason, .bundle = taking->info.bundle,
                                        .at = taking->at, .body = revision->body};
        count_waiting(taking, why, reason);
        return store_waiting_add(taking->app->store, &waiting, err);
}

static const char *version_of(const char *text, struct arena *arena)
{
        json_t *body = NULL;
        const char *version = json_read(text, strlen(text), "", &body, NULL) == ERR_OK ? json_string_value(json_object_get(body, "version"))
                                                                                       : NULL;
        const char *kept = arena_strdup(arena, version ? version : "");
        json_decref(body);
        return kept;
}

static const char *missing_form(struct taking *taking, const struct store_revision *revision)
{
        const char *words = arena_printf(&taking->one, _("falta la ficha %s %s"), revision->form,
                                         version_of(revision->body, &taking->one));
        return taking->form_problem ? arena_printf(&taking->one, _("%s (la que trae el paquete no se entiende: %.200s)"), words,
                                                   taking->form_problem) : words;
}

/* ---- Revisions ---- */

static bool is_of_form(struct app *app, const struct store_revision *revision)
{
        const struct form *form;
        return app_form_version(app, &revision->form_hash, &form, NULL) == ERR_OK && strcmp(form->id, revision->form) == 0;
}

static enum err_code take_revision_of(struct taking *taking, const struct store_revision *revision, struct err *err)
{
        if (*revision->author && str_equal(revision->device, taking->info.from))
                snprintf(taking->author, sizeof taking->author, "%s", revision->author);
        enum err_code rc = know_form(taking, &revision->form_hash, err);
        if (rc != ERR_OK)
                return rc;
        if (!taking->form_known)
                return keep_waiting(taking, revision, WAITS_FORM, missing_form(taking, revision), err);
        if (!is_of_form(taking->app, revision))
                return keep_waiting(taking, revision, WAITS_BAD, _("dice ser de una ficha y su versión es de otra"), err);
        return intake_add(taking->intake, revision, err);
}

enum err_code take_body(struct taking *taking, const struct hash *id, const char *text, size_t len, struct err *err)
{
        struct store_revision revision = {.device = ""};
        struct err why = {0};
        bool good = revision_quick(text, len, &taking->one, &revision) ||
                    revision_read(text, len, &taking->one, &revision, &why) == ERR_OK;
        revision.id = *id;
        revision.body = text;
        return good ? take_revision_of(taking, &revision, err) : keep_waiting(taking, &revision, WAITS_BAD, why.text, err);
}

/* Not even looked into: whether it is a revision at all is for when it counts. */
static enum err_code keep_held(struct taking *taking, const struct hash *id, const char *body, struct err *err)
{
        struct store_waiting waiting = {.id = *id, .why = WAITS_DEVICE, .device = taking->info.from, .key = taking->info.key,
                                        .reason = taking->hold, .bundle = taking->info.bundle, .at = taking->at, .body = body};
        count_waiting(taking, WAITS_DEVICE, taking->hold);
        return store_waiting_add(taking->app->store, &waiting, err);
}

static enum err_code take_unknown(struct taking *taking, const struct hash *id, const char *body, size_t len, struct err *err)
{
        struct store *store = taking->app->store;
        struct store_waiting waiting;
        bool waits = taking->some_wait && store_waiting_get(store, id, &taking->one, &waiting, NULL) == ERR_OK;
        enum err_code rc = ERR_OK;
        if (waits && (waiting.why != WAITS_DEVICE || taking->hold)) {
                count_waiting(taking, waiting.why, waiting.reason);
                return ERR_OK;
        }
        if (taking->hold)
                return keep_held(taking, id, body, err);
        if (waits) /* for a laptop that is not believed, and one that is brings it too */
                rc = store_waiting_forget(store, id, err);
        return rc == ERR_OK ? take_body(taking, id, body, len, err) : rc;
}

/* ---- Each of them ---- */

static bool tell_progress(struct taking *taking)
{
        return !taking->progress || taking->progress(taking->ctx, taking->bundle->file, taking->index, taking->bundles_n,
                                                     taking->revisions, taking->info.revisions);
}

enum err_code take_revision(void *ctx, const struct hash *id, const char *body, size_t len, struct err *err)
{
        enum { OFTEN = 256 };
        struct taking *taking = ctx;
        bool here;
        arena_clear(&taking->one);
        enum err_code rc = here_look(&taking->here, id, &here, err);
        if (rc != ERR_OK)
                return rc;
        if (!here)
                rc = take_unknown(taking, id, body, len, err);
        if (++taking->revisions % OFTEN == 0)
                tell_progress(taking);
        return rc;
}

/* ---- Attached files ---- */

/* Named by what they hold, so that one too many does no harm: the transaction is of revisions alone. */
enum err_code take_attached(void *ctx, const char *name, const void *bytes, size_t len, struct err *err)
{
        struct taking *taking = ctx;
        return app_attach_bytes(taking->app, name, bytes, len, err);
}

/* ---- The end ---- */

static enum err_code release_one(struct intake *intake, const struct store_waiting *ready, struct err *err)
{
        struct arena arena = {0};
        struct store_revision revision;
        enum err_code rc = revision_read(ready->body, strlen(ready->body), &arena, &revision, err);
        revision.id = ready->id;
        /* One that turns out to be of another form goes on waiting, and shows why. */
        if (rc == ERR_OK && is_of_form(intake->app, &revision)) {
                rc = intake_add(intake, &revision, err);
                if (rc == ERR_OK)
                        rc = store_waiting_forget(intake->app->store, &ready->id, err);
        }
        arena_release(&arena);
        return rc;
}

static enum err_code release_waiting(struct intake *intake, struct err *err)
{
        struct arena arena = {0};
        struct store_waiting *ready;
        int n = 0;
        enum err_code rc = hold_release(intake, err);
        if (rc == ERR_OK)
                rc = store_waiting_ready(intake->app->store, &arena, &ready, &n, err);
        for (int i = 0; rc == ERR_OK && i < n; i++)
                rc = release_one(intake, &ready[i], err);
        arena_release(&arena);
        return rc;
}

enum err_code take_end(struct taking *taking, struct err *err)
{
        enum err_code rc = ERR_OK;
        if (taking->some_wait)
                rc = release_waiting(taking->intake, err);
        if (rc == ERR_OK)
                rc = intake_count(taking->intake, &taking->here, &taking->bundle->counts, err);
        return rc == ERR_OK ? intake_end(taking->intake, taking->before, err) : rc;
}

enum err_code take_have(void *ctx, const struct hash *id, struct err *err)
{
        struct have_list *have = &((struct taking *)ctx)->have;
        (void)err;
        if (have->n == have->room) {
                have->room = have->room ? 2 * have->room : 1024;
                have->items = xrealloc(have->items, (size_t)have->room * sizeof *have->items);
        }
        memcpy(have->items[have->n++], id->bytes, HAVE_BYTES);
        return ERR_OK;
}

static enum err_code take_ready(struct app *app, struct err *err)
{
        struct intake intake;
        struct import_counts counts;
        enum err_code rc = intake_begin(&intake, app, err);
        if (rc == ERR_OK)
                rc = release_waiting(&intake, err);
        if (rc == ERR_OK)
                rc = intake_count(&intake, &(struct here){0}, &counts, err);
        if (rc == ERR_OK)
                rc = intake_end(&intake, 0, err);
        intake_release(&intake);
        return rc;
}

enum err_code take_waiting(struct app *app, struct err *err)
{
        enum err_code rc = store_begin_bulk(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = take_ready(app, err);
        if (rc == ERR_OK)
                rc = store_commit(app->store, err);
        if (rc != ERR_OK) {
                store_rollback(app->store);
                return rc;
        }
        return app->leaves ? ERR_OK : app_catch_up(app, NULL, NULL, err);
}
