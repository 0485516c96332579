/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a store remembers of other laptops: the bundles it took in, what each
 * laptop last said that it holds, and the revisions that came and wait.
 *
 * A revision waits for its form, for its laptop to be accepted, or because it
 * is no revision at all; the last kind is kept raw, so that somebody can look
 * at it.  Nothing here is ever in force: revisions are (store/store.h).
 */
#ifndef SIMAE_STORE_INCOMING_H
#define SIMAE_STORE_INCOMING_H

#include "store/store.h"

/* ---- Bundles taken in ---- */

struct store_import {
        const char *bundle, *device; /* ids in hexadecimal */
        const char *made, *at;       /* ISO datetimes: the bundle's own, and when it was taken in */
        const char *file;            /* its name, without folders */
        int64_t added, updated, known, waiting, rejected;
        int64_t number;              /* the sender's own */
        const char *author;          /* record id of whoever made the newest revision of that laptop in it, or "" */
};

/* A bundle that is known changes nothing. */
enum err_code store_import_add(struct store *store, const struct store_import *done, struct err *err);
enum err_code store_import_known(struct store *store, const char *bundle, bool *ret, struct err *err);
/* The newest first, at most `limit`. */
enum err_code store_import_list(struct store *store, int limit, struct arena *arena, struct store_import **ret,
                                int *ret_n, struct err *err);

/* A laptop, or an office, from which something came. */
struct store_sender {
        const char *device;
        const char *made, *at;       /* of the bundle that was taken in last */
        int64_t bundles, added, updated;
        int64_t waiting;             /* revisions of its bundles that still wait or were set aside */
        const char *author;          /* the last that its bundles told, or "" */
};
/* Each once, by when its last bundle came, the oldest first. */
enum err_code store_sender_list(struct store *store, struct arena *arena, struct store_sender **ret, int *ret_n,
                                struct err *err);

/* ---- Peers ---- */

enum { HAVE_BYTES = 16 }; /* of each id in a have-list */

/* What a device said, signed with a key; strings may be "". */
struct store_peer {
        const char *device, *key;    /* the key as minisign prints it */
        const char *opens;           /* the age key that it opens bundles with */
        bool office;                 /* that key is an office's own */
        const char *ugel;            /* the code of its UGEL */
        const char *bundle;          /* the one that said it */
        const char *made, *at;       /* ISO datetimes: the bundle's own, and when it was taken in */
        int64_t sent;                /* revisions that it carried */
        int64_t arrival;             /* the newest revision here when it had been taken in */
        int64_t common;              /* of an office: how many of the revisions here it held then */
        const void *have;            /* have_n × HAVE_BYTES, in order */
        int64_t have_n;
};

/* In place of what that device said before with that key. */
enum err_code store_peer_set(struct store *store, const struct store_peer *peer, struct err *err);
/* What a device said last, with whatever key. ERR_NOT_FOUND: nothing was ever taken in from it. */
enum err_code store_peer_get(struct store *store, const char *device, struct arena *arena, struct store_peer *ret,
                             struct err *err);
/* Every peer, the one taken in last at the end; without their lists (have NULL, have_n told). */
enum err_code store_peer_list(struct store *store, struct arena *arena, struct store_peer **ret, int *ret_n,
                              struct err *err);
/* The list of one of those, into peer->have. */
enum err_code store_peer_have(struct store *store, struct store_peer *peer, struct arena *arena, struct err *err);

/* ---- Waiting ---- */

enum store_why {
        WAITS_FORM,   /* the version of its form is not here, or this program does not understand it */
        WAITS_DEVICE, /* its laptop has not been accepted */
        WAITS_BAD,    /* it is not a revision: set aside */
};

struct store_waiting {
        struct hash id;
        enum store_why why;
        struct hash form_hash;   /* WAITS_FORM */
        const char *device;      /* who made it, in hexadecimal, or ""; WAITS_DEVICE: who sent the bundle */
        const char *key;         /* WAITS_DEVICE: who signed the bundle, RW…; else NULL or "" */
        const char *reason;      /* for a person: «falta la ficha visita 2027.1» */
        const char *bundle, *at; /* the one that brought it, and when */
        const char *body;        /* as it came */
};

/* A known id changes nothing. */
enum err_code store_waiting_add(struct store *store, const struct store_waiting *waiting, struct err *err);
/* ERR_NOT_FOUND: it does not wait. */
enum err_code store_waiting_get(struct store *store, const struct hash *id, struct arena *arena,
                                struct store_waiting *ret, struct err *err);
enum err_code store_waiting_forget(struct store *store, const struct hash *id, struct err *err);
/* All, in the order in which they came. */
enum err_code store_waiting_list(struct store *store, struct arena *arena, struct store_waiting **ret, int *ret_n,
                                 struct err *err);
/* Those whose form is here now. */
enum err_code store_waiting_ready(struct store *store, struct arena *arena, struct store_waiting **ret, int *ret_n,
                                  struct err *err);
enum err_code store_waiting_count(struct store *store, int64_t *ret, struct err *err);

/* ---- What came ---- */

/* The record of a known revision and when it arrived; `ret_arrival` 0: the store does not have it. */
enum err_code store_revision_record(struct store *store, const struct hash *id, struct id *ret, int64_t *ret_arrival,
                                    struct err *err);
/* Whether a record has a revision that arrived after `after`. */
enum err_code store_record_touched(struct store *store, const struct id *record, int64_t after, bool *ret, struct err *err);
/* Whether a record has a view, or a revision besides the one of that arrival. */
enum err_code store_record_past(struct store *store, const struct id *record, int64_t arrival, bool *ret, struct err *err);
/* Whether some record was given its view after that arrival had come. */
enum err_code store_viewed_after(struct store *store, int64_t arrival, bool *ret, struct err *err);
/* Whether some other record refers to it. */
enum err_code store_record_named(struct store *store, const struct id *record, bool *ret, struct err *err);
typedef void store_each_record_id(void *ctx, const struct id *record);
/* Every record that another refers to, once for each that does. */
enum err_code store_records_named(struct store *store, store_each_record_id *each, void *ctx, struct err *err);
/* Every record with more than one revision, at least one of which arrived after `after`. */
enum err_code store_records_revised(struct store *store, int64_t after, store_each_record_id *each, void *ctx, struct err *err);
/* How many records have revisions after `mark` and none before; and those that have both. A walk over all records. */
enum err_code store_records_touched(struct store *store, int64_t mark, int64_t *ret_new, store_each_record_id *each, void *ctx,
                                    struct err *err);
/* Whether all revisions of a record arrived after `mark`. */
enum err_code store_record_new(struct store *store, const struct id *record, int64_t mark, bool *ret, struct err *err);
/* The arrival number of the newest revision; 0 without any. */
enum err_code store_last_arrival(struct store *store, int64_t *ret, struct err *err);
#endif
