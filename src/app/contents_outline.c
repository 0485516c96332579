/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Choosing without reading the revisions (contracts in contents.h): a table of
 * a million is two gigabytes, and what has to be known of most of them first
 * is only their form.
 *
 *   form version of each arrival    runs, kept by the store
 *   purged ones                     the list of them
 *   which each receiver has         the index by id
 *   how long they are               some of them, read
 *
 * The two indexes are trusted only as far as they name every arrival once.
 */
#include "contents.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"

/* ---- Every arrival once ---- */

void seen_begin(struct seen *seen, int64_t last)
{
        *seen = (struct seen){.bits = xcalloc(1, (size_t)(last >> 3) + 1), .last = last};
}

bool seen_once(struct seen *seen, int64_t arrival)
{
        if (arrival < 1 || arrival > seen->last || bit_get(seen->bits, arrival))
                return false;
        bit_set(seen->bits, arrival);
        seen->n++;
        return true;
}

enum err_code seen_end(struct seen *seen, struct store *store, enum err_code rc, struct err *err)
{
        free(seen->bits);
        return rc == ERR_OK && seen->n != seen->last ? store_damaged(store, err) : rc;
}

/* ---- What receivers have ---- */

struct having { struct contents *contents; struct seen seen; };

static enum err_code note_id(void *ctx, const struct hash *id, int64_t arrival, struct err *err)
{
        struct having *having = ctx;
        struct contents *contents = having->contents;
        if (!seen_once(&having->seen, arrival))
                return store_damaged(contents->app->store, err);
        for (int i = 0; i < contents->receivers_n; i++) {
                struct receiver *receiver = &contents->receivers[i];
                if (receiver->has && have_has(receiver->peer->have, receiver->peer->have_n, id))
                        bit_set(receiver->has, arrival);
        }
        return ERR_OK;
}

enum err_code outline_have(struct contents *contents, struct err *err)
{
        struct having having = {.contents = contents};
        bool any = false;
        for (int i = 0; i < contents->receivers_n; i++) {
                struct receiver *receiver = &contents->receivers[i];
                if (!receiver->peer || receiver->peer->have_n == 0)
                        continue;
                receiver->has = xcalloc(1, (size_t)(contents->last_arrival >> 3) + 1);
                any = true;
        }
        if (!any)
                return ERR_OK;
        seen_begin(&having.seen, contents->last_arrival);
        enum err_code rc = store_revision_ids(contents->app->store, note_id, &having, err);
        return seen_end(&having.seen, contents->app->store, rc, err);
}

/* ---- How long ---- */

static enum err_code add_bytes(void *ctx, const struct store_body *body, struct err *err)
{
        (void)err;
        *(int64_t *)ctx += (int64_t)strlen(body->text);
        return ERR_OK;
}

enum err_code outline_bytes(const struct contents *contents, int64_t *ret, struct err *err)
{
        enum { LOOKS = 256 };
        int64_t sum = 0, last = contents->last_arrival, n = last < LOOKS ? last : LOOKS;
        enum err_code rc = ERR_OK;
        for (int64_t i = 0; rc == ERR_OK && i < n; i++) {
                int64_t arrival = 1 + i * last / n;
                rc = store_bodies(contents->app->store, arrival, arrival, add_bytes, &sum, err);
        }
        *ret = n ? sum / n + 1 : 0;
        return rc;
}

/* ---- The walk ---- */

struct outline {
        struct contents *contents;
        struct store_sketch sketch; /* of the run */
        bool begun;                 /* there is one */
        int64_t *purged;
        int64_t purged_n, purged_at;
        store_each_sketch *each;
};

static enum err_code add_purged(void *ctx, int64_t arrival, struct err *err)
{
        struct outline *o = ctx;
        (void)err;
        if ((o->purged_n & (o->purged_n - 1)) == 0) /* full, at every power of two */
                o->purged = xrealloc(o->purged, (size_t)(o->purged_n ? 2 * o->purged_n : 1) * sizeof *o->purged);
        o->purged[o->purged_n++] = arrival;
        return ERR_OK;
}

/* The arrivals that the run has, up to `last`. */
static enum err_code each_of_run(struct outline *o, int64_t last, struct err *err)
{
        enum err_code rc = ERR_OK;
        while (rc == ERR_OK && o->sketch.arrival < last) {
                o->sketch.arrival++;
                o->sketch.purged = o->purged_at < o->purged_n && o->purged[o->purged_at] == o->sketch.arrival;
                o->purged_at += o->sketch.purged;
                rc = o->each(o->contents, &o->sketch, err);
        }
        return rc;
}

static enum err_code next_run(void *ctx, int64_t first, const struct hash *form_hash, struct err *err)
{
        struct outline *o = ctx;
        if (!o->begun && first != 1)
                return store_damaged(o->contents->app->store, err);
        enum err_code rc = each_of_run(o, first - 1, err);
        o->sketch.form_hash = *form_hash;
        o->begun = true;
        return rc;
}

enum err_code outline_walk(struct contents *contents, int64_t bytes, store_each_sketch *each, struct err *err)
{
        struct outline o = {.contents = contents, .each = each, .sketch = {.bytes = bytes, .ugel = ""}};
        struct store *store = contents->app->store;
        enum err_code rc = store_purged_arrivals(store, add_purged, &o, err);
        if (rc == ERR_OK)
                rc = store_form_runs(store, next_run, &o, err);
        if (rc == ERR_OK && !o.begun && contents->last_arrival > 0)
                rc = store_damaged(store, err);
        if (rc == ERR_OK)
                rc = each_of_run(&o, contents->last_arrival, err);
        free(o.purged);
        return rc;
}
