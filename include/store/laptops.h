/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The laptops that this store has heard of: a signing key, and the device that
 * it signs for.  Whether a key is accepted or revoked is not here but in the
 * keyring (app/keys.h); what is here is what came under it, and which key a
 * device was confirmed with.
 *
 * At most one key of a device should be confirmed: a second one that says to be
 * the same device is a rival, and somebody has to look (app/laptops.h).
 */
#ifndef SIMAE_STORE_LAPTOPS_H
#define SIMAE_STORE_LAPTOPS_H

#include "store/incoming.h"

struct store_laptop {
        const char *key;         /* RW…, as minisign prints it */
        const char *device;      /* in hexadecimal; "" until a bundle of it comes */
        const char *name;        /* as its bundles call their owner; may be "" */
        const char *first, *last; /* ISO datetimes: when its first and its last bundle came; "" */
        const char *bundle;      /* the last one; "" */
        const char *since;       /* when it was accepted or revoked; "" if neither */
        bool confirmed;          /* this key is the one of this device */
        int64_t waiting;         /* its revisions that wait (store_laptop_list() only) */
};

/*
 * A bundle of it came, at laptop->last: key, device, name, last, bundle and confirmed are taken; what was
 * confirmed stays so, and `since` stays.  The same bundle again changes nothing but `confirmed`.
 */
enum err_code store_laptop_seen(struct store *store, const struct store_laptop *laptop, struct err *err);
/* The key was accepted (`confirmed`) or revoked, with all its devices; it need not be known. */
enum err_code store_laptop_mark(struct store *store, const char *key, const char *at, bool confirmed, struct err *err);
/* *ret_found false: that key never came for that device. */
enum err_code store_laptop_get(struct store *store, const char *key, const char *device, struct arena *arena,
                               struct store_laptop *ret, bool *ret_found, struct err *err);
/* The key, other than `key`, that the device is confirmed with; *ret NULL if there is none. */
enum err_code store_laptop_rival(struct store *store, const char *key, const char *device, struct arena *arena,
                                 const char **ret, struct err *err);
/* All, the one that came last first. */
enum err_code store_laptop_list(struct store *store, struct arena *arena, struct store_laptop **ret, int *ret_n,
                                struct err *err);

/* ---- What waits for them ---- */

/* Each key and device that revisions wait for (only those two, and how many). */
enum err_code store_waiting_laptops(struct store *store, struct arena *arena, struct store_laptop **ret, int *ret_n,
                                    struct err *err);
/* The first `limit` revisions that wait for it, in the order in which they came. */
enum err_code store_waiting_of(struct store *store, const char *key, const char *device, int limit, struct arena *arena,
                               struct store_waiting **ret, int *ret_n, struct err *err);

#endif
