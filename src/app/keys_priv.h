/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of keys share (public part in app/keys.h). */
#ifndef SIMAE_APP_KEYS_PRIV_H
#define SIMAE_APP_KEYS_PRIV_H

#include "app/keys.h"

/* Make keys/ of the data folder `dir` if there is none. */
enum err_code keys_folder(const char *dir, struct err *err);

/* The office's signing key, to be wiped. */
enum err_code office_signing_key(const char *dir, struct sign_key *ret, struct err *err);
/* A name that may stand in a line of a file and be shown: no control characters, cut between letters. */
void keys_clean_name(const char *name, char out[KNOWN_NAME]);
/* Several changes at once: what keyring_accept() and keyring_accept_issuer() do to a ring in memory, and the file. */
enum err_code keyring_add(struct keyring *ring, const char *text, const char *name, bool issuer, struct err *err);
enum err_code keyring_save(const char *dir, const struct keyring *ring, struct err *err);

#endif
