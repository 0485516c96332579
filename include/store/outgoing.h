/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Walks over every revision, for whoever decides what others lack: without
 * their bodies first, then the bodies of those that go, a row at a time and
 * nothing kept.  A callback may read the store; a failure of it ends the walk
 * and is returned.
 */
#ifndef SIMAE_STORE_OUTGOING_H
#define SIMAE_STORE_OUTGOING_H

#include "store/store.h"

/* A revision without what it says. */
struct store_sketch {
        int64_t arrival;
        bool purged;              /* told as held, never sent */
        struct hash id, form_hash;
        struct id record, device; /* device: none if it tells none */
        int64_t bytes;            /* of its body */
        /* Of its record as it is now, if the walk asked for it: */
        bool entity, sensitive;
        const char *ugel;         /* until the next one; "" without a view */
};

typedef enum err_code store_each_sketch(void *ctx, const struct store_sketch *sketch, struct err *err);
/* In order of arrival. `viewed`: with what is said of their records, which costs a look-up for each. */
enum err_code store_sketches(struct store *store, bool viewed, store_each_sketch *each, void *ctx, struct err *err);

/* Without reading any of them: the form version of every arrival, by runs, each up to the next; and which were purged. */
typedef enum err_code store_each_run(void *ctx, int64_t first, const struct hash *form_hash, struct err *err);
enum err_code store_form_runs(struct store *store, store_each_run *each, void *ctx, struct err *err);
typedef enum err_code store_each_arrival(void *ctx, int64_t arrival, struct err *err);
enum err_code store_purged_arrivals(struct store *store, store_each_arrival *each, void *ctx, struct err *err);

/* ERR_CORRUPT if there is none: of arrivals up to the last, that is. */
enum err_code store_revision_at(struct store *store, int64_t arrival, struct hash *ret_id, struct id *ret_record, struct err *err);

struct store_body {
        struct hash id, form_hash;
        const char *text; /* until the callback returns; "" if purged */
};

typedef enum err_code store_each_body(void *ctx, const struct store_body *body, struct err *err);
/*
 * Of the arrivals from `first` to `last`, both included, in their order.  ERR_CORRUPT if there is not exactly one row
 * for each: what was lost in a damaged table must not be taken for what never was.
 */
enum err_code store_bodies(struct store *store, int64_t first, int64_t last, store_each_body *each, void *ctx,
                           struct err *err);

/* The ids and arrivals of all revisions, in order of id: an index alone is read. */
typedef enum err_code store_each_id(void *ctx, const struct hash *id, int64_t arrival, struct err *err);
enum err_code store_revision_ids(struct store *store, store_each_id *each, void *ctx, struct err *err);
/* The ids of what waits or was set aside (store/incoming.h), but for its device, in order; arrival 0. */
enum err_code store_waiting_ids(struct store *store, store_each_id *each, void *ctx, struct err *err);
/* The record and arrival of all revisions, those of a record together. */
typedef enum err_code store_each_record(void *ctx, const struct id *record, int64_t arrival, struct err *err);
enum err_code store_revision_records(struct store *store, store_each_record *each, void *ctx, struct err *err);

#endif
