/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What others said they hold (store/incoming.h), and which of it may be
 * believed: only what was signed with a key that this laptop has accepted.
 * Somebody to seal for, age1…, is the peer that last said it opens that key
 * (sync/bundle.h, Exchange).
 */
#ifndef SIMAE_APP_PEERS_H
#define SIMAE_APP_PEERS_H

#include "app/back.h"
#include "store/incoming.h"
#include "sync/bundle.h"

struct peers {
        struct arena arena;
        struct keyring ring;
        struct store_peer *items; /* the last to be taken in at the end; lists not loaded */
        int n;
};

enum err_code peers_load(struct app *app, struct peers *ret, struct err *err);
void peers_release(struct peers *peers);
/* Signed by somebody accepted. */
bool peer_is_known(const struct peers *peers, const struct store_peer *peer);
/* The known peer that opens `recipient`, or that signs with `key`; NULL. */
const struct store_peer *peer_opening(const struct peers *peers, const char *recipient);
const struct store_peer *peer_signing(const struct peers *peers, const char *key);

/* An office is a DRE (or GRE) by its name, the one thing that its owner and those below it agree on. */
bool office_is_dre(const char *name);

/* back.c: those that `who` names (BACK_ALL: all). ERR_NOT_FOUND, ERR_REFUSED, ERR_INVALID: several, ERR_LIMIT. Texts in `peers`. */
enum err_code back_targets(const struct peers *peers, const char *who, struct back_target targets[BUNDLE_RECIPIENTS_MAX], int *ret_n,
                           struct err *err);

/* Is the revision in a have-list? */
bool have_has(const void *have, int64_t have_n, const struct hash *id);

/* Keep what a bundle that was just taken in says; `have` in order, HAVE_BYTES each. */
enum err_code peer_note(struct app *app, const struct bundle_info *info, const char *at, const void *have, int64_t have_n,
                        struct err *err);

#endif
