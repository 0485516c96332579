/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signatures as minisign makes and checks them, always of the prehashed kind:
 * Ed25519 over the BLAKE2b-512 of a file.
 *
 *   untrusted comment: <text>                 says nothing; ours is compared byte for byte all the same
 *   <base64 of "ED", key id 8, signature 64>
 *   trusted comment: <text>                   signed together with the signature
 *   <base64 of the second signature, 64>
 *
 * The id of a key of ours follows from the key, so that a key is its 32 bytes
 * and nothing else; one made by minisign keeps the id that it has there.
 * A signing key is also somebody to seal for: its X25519 form is an age key.
 */
#ifndef SIMAE_SYNC_MINISIGN_H
#define SIMAE_SYNC_MINISIGN_H

#include <stdbool.h>

#include "base/str.h"
#include "sync/age.h"

enum {
        SIGN_ID = 8,
        SIGN_POINT = 32,
        SIGN_SEED = 32,
        SIGN_SECRET = 64,
        SIGN_SUM = 64,         /* BLAKE2b-512 */
        SIGN_PUBLIC_TEXT = 57, /* "RW…" and its NUL */
        MINISIG_MAX = 4096,    /* a signature's text, with its comments */
};

struct sign_public {
        unsigned char id[SIGN_ID], point[SIGN_POINT];
};

/* Secret: its owner calls sign_key_wipe(). */
struct sign_key {
        struct sign_public public;
        unsigned char secret[SIGN_SECRET];
};

/* The same seed gives the same key. */
void sign_key_from_seed(const unsigned char seed[SIGN_SEED], struct sign_key *ret);
void sign_key_make(struct sign_key *ret);
void sign_key_wipe(struct sign_key *key);
bool sign_public_equal(const struct sign_public *a, const struct sign_public *b);
void sign_public_text(const struct sign_public *key, char out[SIGN_PUBLIC_TEXT]);
/* The line of a minisign .pub file that begins with RW. ERR_INVALID. */
enum err_code sign_public_parse(const char *text, struct sign_public *ret, struct err *err);
/* Whom to seal for so that its owner can open it; false if the key is no point of the curve. */
bool sign_public_recipient(const struct sign_public *key, struct age_recipient *ret);
void sign_key_identity(const struct sign_key *key, struct age_identity *ret);

/* A file as `minisign -G -W` leaves it (without a password), mode 0600; ERR_EXISTS if there is one. */
enum err_code sign_key_save(const char *path, const struct sign_key *key, struct err *err);
/* ERR_INVALID: no such file, protected with a password, or of another kind. */
enum err_code sign_key_load(const char *path, struct sign_key *ret, struct err *err);

/* Append the text of a signature over `sum`. The comments are of one line each. */
void minisig_write(const struct sign_key *key, const unsigned char sum[SIGN_SUM], const char *untrusted,
                   const char *trusted, struct str *out);
/* Is this, byte for byte, a signature by `key` over `sum` with these comments? */
bool minisig_check(const char *text, size_t len, const struct sign_public *key,
                   const unsigned char sum[SIGN_SUM], const char *untrusted, const char *trusted);

#endif
