/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What goes into a bundle (contract in contents.h).
 *
 *   what each receiver has                                      a walk over an index, if any has said so
 *   back only: what each receiver holds or wrote, by record     a walk over the rows
 *   which go, which are told, where parts end, which forms      contents_outline.c; a walk over the rows if it has to be
 *                                                               known of each of which UGEL or how long it is
 *   attached files                                              the bodies that go, if their form takes any
 *   how many records                                            a walk over an index
 *   bodies of runs that go                                      once, while writing
 *
 * So a first export reads the table of revisions once.  What was chosen without
 * reading is looked at then: bodies against their ids, rows against their
 * number, and each one's form against those that the bundle brings.
 */
#include "contents.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/str.h"
#include "store/outgoing.h"

/* ---- Bits ---- */

bool contents_goes(const struct contents *contents, int64_t arrival)
{
        return bit_get(contents->send, arrival);
}

/* ---- Receivers ---- */

static bool holds(const struct receiver *receiver, int64_t arrival)
{
        return receiver->has && bit_get(receiver->has, arrival);
}

static enum err_code note_records(void *ctx, const struct store_sketch *sketch, struct err *err)
{
        struct contents *contents = ctx;
        (void)err;
        for (int i = 0; i < contents->receivers_n; i++) {
                struct receiver *receiver = &contents->receivers[i];
                bool wrote = !id_is_none(&receiver->device) && id_equal(&receiver->device, &sketch->device);
                if (wrote || holds(receiver, sketch->arrival))
                        id_set_add(&receiver->records, &sketch->record);
        }
        return ERR_OK;
}

static bool has_part(const struct receiver *receiver, const struct id *record)
{
        return receiver->records.n > 0 && id_set_has(&receiver->records, record);
}

static bool in_scope(const struct contents *contents, const struct receiver *receiver, const struct store_sketch *sketch)
{
        const char *ugel = receiver->peer ? receiver->peer->ugel : "";
        if (!contents->back || has_part(receiver, &sketch->record))
                return true;
        return !sketch->sensitive && (!*sketch->ugel || (*ugel ? str_equal(sketch->ugel, ugel) : sketch->entity));
}

/* ---- Reserved ones ---- */

/* Only the form's word makes it worth while to look into an answer. */
static const struct form *form_that_reserves(struct app *app, const struct hash *hash)
{
        const struct form *form;
        if (app_form_version(app, hash, &form, NULL) != ERR_OK || (!form->sensitive && !form->reserved))
                return NULL;
        return form;
}

static bool may_go(const struct contents *contents, const struct store_sketch *sketch)
{
        bool alone = contents->back && contents->receivers_n == 1;
        return contents->reserved || (alone && has_part(&contents->receivers[0], &sketch->record));
}

static enum err_code is_reserved(struct contents *contents, int64_t arrival, bool *ret, struct err *err)
{
        struct id record;
        struct hash id;
        enum err_code rc = store_revision_at(contents->app->store, arrival, &id, &record, err);
        return rc == ERR_OK ? revision_is_reserved(contents->app, contents->form_reserves, &record, &id, ret, err) : rc;
}

static enum err_code stays(struct contents *contents, const struct store_sketch *sketch, bool *ret, struct err *err)
{
        *ret = false;
        if (may_go(contents, sketch))
                return ERR_OK;
        if (!contents->form_seen || !hash_equal(&contents->form_before, &sketch->form_hash))
                contents->form_reserves = form_that_reserves(contents->app, &sketch->form_hash);
        contents->form_before = sketch->form_hash;
        contents->form_seen = true;
        return contents->form_reserves ? is_reserved(contents, sketch->arrival, ret, err) : ERR_OK;
}

/* ---- Choosing ---- */

static enum err_code choose(void *ctx, const struct store_sketch *sketch, struct err *err)
{
        struct contents *contents = ctx;
        bool go = false, tell = false, kept = false;
        enum err_code rc = ERR_OK;
        for (int i = 0; i < contents->receivers_n && !go; i++) {
                const struct receiver *receiver = &contents->receivers[i];
                bool scope = in_scope(contents, receiver, sketch), has = holds(receiver, sketch->arrival);
                go = scope && !sketch->purged && !receiver->served && (contents->all || !has);
                tell = tell || scope || has;
        }
        if (go)
                rc = stays(contents, sketch, &kept, err);
        contents->held++;
        contents->left_out += kept;
        if (go && !kept) {
                bit_set(contents->send, sketch->arrival);
                contents->revisions++;
                rc = parts_add(contents, sketch, err);
        } else if (tell || kept) {
                bit_set(contents->tell, sketch->arrival);
                contents->told++;
        }
        return rc;
}

static enum err_code count_waiting(void *ctx, const struct hash *id, int64_t arrival, struct err *err)
{
        (void)id;
        (void)arrival;
        (void)err;
        ((struct contents *)ctx)->told++;
        return ERR_OK;
}

static enum err_code choose_each(struct contents *contents, struct err *err)
{
        struct store *store = contents->app->store;
        int64_t bytes = 0;
        enum err_code rc = contents->back ? store_sketches(store, false, note_records, contents, err)
                                          : outline_bytes(contents, &bytes, err);
        if (rc != ERR_OK)
                return rc;
        return contents->back || parts_need_weights(contents, bytes) ? store_sketches(store, contents->back, choose, contents, err)
                                                                      : outline_walk(contents, bytes, choose, err);
}

enum err_code contents_choose(struct contents *contents, struct err *err)
{
        struct store *store = contents->app->store;
        enum err_code rc = store_last_arrival(store, &contents->last_arrival, err);
        if (rc != ERR_OK)
                return rc;
        contents->send = xcalloc(1, (size_t)(contents->last_arrival >> 3) + 1);
        contents->tell = xcalloc(1, (size_t)(contents->last_arrival >> 3) + 1);
        rc = parts_begin(contents, err);
        if (rc == ERR_OK)
                rc = outline_have(contents, err);
        if (rc == ERR_OK)
                rc = choose_each(contents, err);
        if (rc == ERR_OK && contents->held != contents->last_arrival)
                rc = store_damaged(store, err);
        parts_end(contents);
        if (rc == ERR_OK && contents->revisions > 0)
                rc = parts_count_records(contents, err);
        return rc == ERR_OK ? store_waiting_ids(store, count_waiting, contents, err) : rc;
}

/*
 * A receiver whose last bundle carried nothing knew all that was here then, for
 * it sends whatever it does not know to be here; if nothing came since, it
 * knows all of it.
 */
bool contents_are_news_to_nobody(const struct contents *contents)
{
        for (int i = 0; i < contents->receivers_n; i++) {
                const struct store_peer *peer = contents->receivers[i].peer;
                if (contents->receivers[i].served)
                        continue;
                if (!peer || peer->sent > 0 || peer->arrival != contents->last_arrival)
                        return false;
        }
        return contents->revisions == 0;
}

void contents_release(struct contents *contents)
{
        for (int i = 0; i < contents->receivers_n; i++) {
                id_set_release(&contents->receivers[i].records);
                free(contents->receivers[i].has);
        }
        free(contents->send);
        free(contents->tell);
        for (int i = 0; i < contents->parts_n; i++) {
                free(contents->parts[i].forms);
                free(contents->parts[i].files);
        }
        free(contents->parts);
        free(contents->files);
        id_set_release(&contents->files_in);
        *contents = (struct contents){0};
}

/* ---- Writing ---- */

struct writing_out { const struct contents *contents; struct bundle_writer *writer; };

static enum err_code write_forms(const struct contents *contents, struct bundle_writer *writer, struct err *err)
{
        const struct export_part *part = contents_part(contents);
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < part->forms_n; i++) {
                struct arena arena = {0};
                const char *yaml;
                rc = store_form_text(contents->app->store, &part->forms[i], &arena, &yaml, err);
                if (rc == ERR_OK)
                        rc = bundle_add_form(writer, &part->forms[i], yaml, err);
                arena_release(&arena);
        }
        return rc;
}

static enum err_code write_body(void *ctx, const struct store_body *body, struct err *err)
{
        struct writing_out *out = ctx;
        if (!part_has_form(contents_part(out->contents), &body->form_hash))
                return store_damaged(out->contents->app->store, err);
        return bundle_add_revision(out->writer, &body->id, body->text, err);
}

/* By runs of arrivals: one when all goes, and no row is read for nothing when little does. */
static enum err_code write_bodies(const struct contents *contents, struct writing_out *out, struct err *err)
{
        enum err_code rc = ERR_OK;
        int64_t last = contents_part(contents)->last;
        for (int64_t at = contents_first(contents); rc == ERR_OK && at <= last; at++) {
                int64_t first = at;
                while (at <= last && contents_goes(contents, at))
                        at++;
                if (at > first)
                        rc = store_bodies(contents->app->store, first, at - 1, write_body, out, err);
        }
        return rc;
}

/* What goes in other parts is told as well: it is held. */
static bool is_told(const struct contents *contents, int64_t arrival)
{
        bool here = arrival >= contents_first(contents) && arrival <= contents_part(contents)->last;
        return bit_get(contents->tell, arrival) || (!here && contents_goes(contents, arrival));
}

static enum err_code write_have(void *ctx, const struct hash *id, int64_t arrival, struct err *err)
{
        struct writing_out *out = ctx;
        if (arrival > out->contents->last_arrival || (arrival > 0 && !is_told(out->contents, arrival)))
                return ERR_OK;
        return bundle_add_have(out->writer, id, err);
}

enum err_code contents_write(const struct contents *contents, struct bundle_writer *writer, struct err *err)
{
        struct writing_out out = {.contents = contents, .writer = writer};
        struct store *store = contents->app->store;
        enum err_code rc = write_forms(contents, writer, err);
        if (rc == ERR_OK)
                rc = write_bodies(contents, &out, err);
        if (rc == ERR_OK && contents_have(contents) > 0)
                rc = store_revision_ids(store, write_have, &out, err);
        if (rc == ERR_OK && contents_have(contents) > 0)
                rc = store_waiting_ids(store, write_have, &out, err);
        return rc == ERR_OK ? contents_write_files(contents, writer, err) : rc;
}
