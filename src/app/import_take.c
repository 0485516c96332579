/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One bundle, revision by revision, inside its transaction.
 *
 * Whether a revision goes in depends on itself and on the forms that are here,
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

static void note_first(const char **first, const char *reason, struct arena *arena)
{
        if (!**first)
                *first = arena_strdup(arena, reason);
}

static void count_waiting(struct taking *taking, enum store_why why, const char *reason)
{
        struct import_bundle *bundle = taking->bundle;
        if (why == WAITS_BAD)
                bundle->counts.rejected++;
        else
                bundle->counts.waiting++;
        note_first(why == WAITS_BAD ? &bundle->wrong : &bundle->waits, reason, taking->texts);
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

static const char *missing_form(struct taking *taking, const struct store_revision *revision)
{
        json_t *body;
        const char *version = "";
        if (json_read(revision->body, strlen(revision->body), "", &body, NULL) == ERR_OK) {
                version = arena_strdup(&taking->one, json_string_value(json_object_get(body, "version")));
                json_decref(body);
        }
        const char *words = arena_printf(&taking->one, _("falta la ficha %s %s"), revision->form, version);
        return taking->form_problem ? arena_printf(&taking->one, _("%s (la que trae el paquete no se entiende: %.200s)"), words,
                                                   taking->form_problem) : words;
}

/* ---- Revisions ---- */

static bool is_of_form(struct app *app, const struct store_revision *revision)
{
        const struct form *form;
        return app_form_version(app, &revision->form_hash, &form, NULL) == ERR_OK && strcmp(form->id, revision->form) == 0;
}

static enum err_code take_new(struct taking *taking, const struct hash *id, const char *body, size_t len, struct err *err)
{
        struct store_revision revision = {.device = ""};
        struct err why = {0};
        if (revision_read(body, len, &taking->one, &revision, &why) != ERR_OK) {
                revision.id = *id;
                revision.body = body;
                return keep_waiting(taking, &revision, WAITS_BAD, why.text, err);
        }
        revision.id = *id;
        enum err_code rc = know_form(taking, &revision.form_hash, err);
        if (rc != ERR_OK)
                return rc;
        if (!taking->form_known)
                return keep_waiting(taking, &revision, WAITS_FORM, missing_form(taking, &revision), err);
        if (!is_of_form(taking->app, &revision))
                return keep_waiting(taking, &revision, WAITS_BAD, _("dice ser de una ficha y su versión es de otra"), err);
        return store_revision_add(taking->app->store, &revision, NULL, NULL, 0, err);
}

static bool tell_progress(struct taking *taking)
{
        return !taking->progress || taking->progress(taking->ctx, taking->bundle->file, taking->index, taking->bundles_n,
                                                     taking->revisions, taking->info.revisions);
}

enum err_code take_revision(void *ctx, const struct hash *id, const char *body, size_t len, struct err *err)
{
        enum { OFTEN = 256 };
        struct taking *taking = ctx;
        struct store *store = taking->app->store;
        struct id record;
        struct store_waiting waiting;
        bool known;
        arena_clear(&taking->one);
        enum err_code rc = store_revision_record(store, id, &record, &known, err);
        if (rc != ERR_OK)
                return rc;
        if (known)
                id_set_add(&taking->known, &record);
        else if (store_waiting_get(store, id, &taking->one, &waiting, NULL) == ERR_OK)
                count_waiting(taking, waiting.why, waiting.reason);
        else
                rc = take_new(taking, id, body, len, err);
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

static enum err_code release_waiting(struct app *app, struct err *err)
{
        struct arena arena = {0};
        struct store_waiting *ready;
        int n = 0;
        enum err_code rc = store_waiting_ready(app->store, &arena, &ready, &n, err);
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                struct store_revision revision;
                rc = revision_read(ready[i].body, strlen(ready[i].body), &arena, &revision, err);
                revision.id = ready[i].id;
                /* One that turns out to be of another form goes on waiting, and shows why. */
                if (rc != ERR_OK || !is_of_form(app, &revision))
                        continue;
                rc = store_revision_add(app->store, &revision, NULL, NULL, 0, err);
                if (rc == ERR_OK)
                        rc = store_waiting_forget(app->store, &ready[i].id, err);
        }
        arena_release(&arena);
        return rc;
}

static enum err_code count_touched(void *ctx, const struct id *record, bool is_new, struct err *err)
{
        struct taking *taking = ctx;
        (void)err;
        if (is_new)
                taking->bundle->counts.added++;
        else
                taking->bundle->counts.updated++;
        taking->bundle->counts.known -= id_set_has(&taking->known, record);
        return ERR_OK;
}

enum err_code take_end(struct taking *taking, struct err *err)
{
        struct store *store = taking->app->store;
        int64_t n;
        enum err_code rc = release_waiting(taking->app, err);
        if (rc == ERR_OK)
                rc = views_derive(taking->app, taking->mark, &n, err);
        taking->bundle->counts.known = (int64_t)taking->known.n;
        for (int entities = 0; rc == ERR_OK && entities < 2; entities++)
                rc = store_touched(store, taking->mark, entities, count_touched, taking, err);
        return rc;
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

static enum err_code take_and_derive(struct app *app, struct err *err)
{
        int64_t mark, n;
        enum err_code rc = store_last_arrival(app->store, &mark, err);
        if (rc == ERR_OK)
                rc = release_waiting(app, err);
        return rc == ERR_OK ? views_derive(app, mark, &n, err) : rc;
}

enum err_code take_waiting(struct app *app, struct err *err)
{
        enum err_code rc = store_begin(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = take_and_derive(app, err);
        if (rc == ERR_OK)
                rc = store_commit(app->store, err);
        if (rc != ERR_OK)
                store_rollback(app->store);
        return rc;
}
