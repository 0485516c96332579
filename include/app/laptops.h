/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which laptops this store believes, and what waits for those that it does not.
 *
 * Whoever signs a bundle answers for all that it carries: a laptop that was
 * accepted may bring what a colleague wrote, and a UGEL what all its laptops
 * did.  So a bundle is judged whole, by the key that signed it and the device
 * that its header names, in this order:
 *
 *   own        the key of this store, the device's or the office's: believed
 *   revoked    a person said that the laptop was lost: held, everywhere
 *   unknown    held where this store is an office (office_exists()) or app_hold_set() was turned on; elsewhere
 *              believed, and the key noted as the one of that device
 *   rival      the device is confirmed with another key, whoever this one is accepted as: held, everywhere
 *   accepted   believed, and confirmed as the key of that device
 *
 * MUST: of a held bundle nothing takes effect: its revisions wait (WAITS_DEVICE)
 * under its key and device, and it is not noted as taken in, so the next bundle
 * brings all of it again.  What does not depend on who sent it (the forms, by
 * their hash) is kept.  So is what an unknown one says of itself (its UGEL, what it
 * holds), which is believed once its key is accepted and not before, so that the
 * first bundle back already brings what it is for.
 * Accepting the key releases what waits for it, in the same transaction as its
 * views; a revision held for one laptop that another, believed one brings too
 * takes effect then.  Revoking changes nothing that is here already.
 *
 * A laptop without an office holds nobody by itself: two colleagues exchange
 * bundles without a ceremony, and still see when a laptop they know comes with
 * another key.  A bundle without a signature (simae 0.1) is refused where unknown
 * laptops are held, since nobody could ever be accepted for it.
 */
#ifndef SIMAE_APP_LAPTOPS_H
#define SIMAE_APP_LAPTOPS_H

#include "app/keys.h"

enum laptop_state {
        LAPTOP_PENDING,  /* held: somebody has to compare words */
        LAPTOP_ACCEPTED,
        LAPTOP_REVOKED,
        LAPTOP_NOTED,    /* believed without anybody having compared words: this store holds nobody */
        LAPTOP_ISSUER,   /* an office, by its signing key */
        LAPTOP_OFFICE,   /* an office, by the key that bundles are sealed for (age1…) */
};

struct laptop {
        enum laptop_state state;
        const char *key;     /* RW…, or age1… of LAPTOP_OFFICE */
        const char *words;   /* of the key */
        const char *name;    /* the one it was accepted by, else how it calls its owner; may be "" */
        const char *device;  /* in hexadecimal; "" if no bundle of it came */
        const char *since;   /* accepted, revoked, or else when its first bundle came: ISO; "" */
        const char *last;    /* when its last bundle came; "" */
        const char *rival;   /* pending although its device has another key: that key; else NULL */
        int64_t waiting;     /* its revisions that wait */
};

/* Everyone known here: pending first, then by the last bundle; offices last. Texts in `arena`. */
enum err_code app_laptops(struct app *app, struct arena *arena, struct laptop **ret, int *ret_n, struct err *err);
/* How many are pending; 0 too if it cannot be read. */
int app_laptops_pending(struct app *app);
/* The one whose key, whose name, or whose device's first letters (at least four) are `text`. ERR_NOT_FOUND: none, or several. */
enum err_code app_laptop_find(struct app *app, const char *text, struct arena *arena, struct laptop *ret, struct err *err);
/*
 * Whoever works on a device (in hexadecimal), as people here call them: the name that its confirmed key was accepted by,
 * else «la oficina» if it is an office's, else how it calls its owner; "" if nobody knows. In `arena`.
 */
const char *app_device_name(struct app *app, const char *device, struct arena *arena);
/* The same to read in a sentence, also of this one: «UGEL Ejemplo», «esta laptop», «laptop 1a2b3c4d». */
const char *app_device_words(struct app *app, const char *device, struct arena *arena);
/* «pendiente», «aceptada» … */
const char *laptop_state_word(enum laptop_state state);
/* What a person is to compare, and what follows from accepting or revoking it, to be asked with. In `arena`. */
const char *laptop_accept_words(const struct laptop *laptop, struct arena *arena);
const char *laptop_revoke_words(const struct laptop *laptop, struct arena *arena);

/*
 * A person compared the words of `key` (RW… or age1…): accept it, by `name` (NULL: as it calls itself).
 * *ret_released: revisions that waited for it and count from now on (may be NULL).
 * ERR_INVALID: it is no key, or this store's own.  ERR_LIMIT as keyring_accept().
 */
enum err_code app_laptop_accept(struct app *app, const char *key, const char *name, int64_t *ret_released, struct err *err);
/* Revoke a signing key, or seal no longer for an office's. ERR_NOT_FOUND. */
enum err_code app_laptop_revoke(struct app *app, const char *key, struct err *err);

/* Are bundles of unknown laptops held here? */
bool app_holds(struct app *app);
/* Hold them although this is no office, or no longer; what waits for a reason that is gone is released. */
enum err_code app_hold_set(struct app *app, bool hold, struct err *err);

/* As a table: state, name, words, since, last bundle, waiting, device, key. */
enum err_code app_laptops_table(struct app *app, struct table *ret, struct err *err);

#endif
