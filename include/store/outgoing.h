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

typedef enum err_code store_each_body(void *ctx, const struct hash *id, const char *body, struct err *err);
/* Of the arrivals from `first` to `last`, both included, in their order. `body` lives until the callback returns. */
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
