/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of age share (public part in sync/age.h):
 *
 *   age_crypto.c   HKDF, the header's MAC, chunks, memory for secrets
 *   age_header.c   the grammar of the header, and nothing else
 *   age_stanza.c   the file key wrapped and unwrapped: X25519 and scrypt
 *   age_key.c      keys as text and as lists;  age_keyfile.c  and as files
 *   age_write.c  age_read.c  age_file.c
 */
#ifndef SIMAE_SYNC_AGE_PRIV_H
#define SIMAE_SYNC_AGE_PRIV_H

#include <sodium.h>
#include <stdint.h>

#include "base/str.h"
#include "sync/age.h"

#define AGE_MAGIC "age-encryption.org/"
#define AGE_VERSION_LINE AGE_MAGIC "v1\n"

enum {
        AGE_FILE_KEY = 16,
        AGE_NONCE = 16,
        AGE_TAG = crypto_aead_chacha20poly1305_ietf_ABYTES,
        AGE_WRAPPED = AGE_FILE_KEY + AGE_TAG, /* the body of both our kinds of stanza */
        AGE_SALT = 16,
        AGE_CHUNK = 64 << 10,
        AGE_SEALED_CHUNK = AGE_CHUNK + AGE_TAG,
        AGE_HEADER_MAX = 64 << 10,
};

/* ---- age_crypto.c ---- */

/* Locked, guarded, wiped by sodium_free(); ends the program rather than return NULL. */
void *age_secret_alloc(size_t size);
/* HKDF-SHA-256 of 32 bytes. */
void age_hkdf(const void *secret, size_t secret_len, const void *salt, size_t salt_len, const char *info,
              unsigned char ret[32]);
/* The MAC of a header: all of it up to and with "---". */
void age_header_mac(const unsigned char file_key[AGE_FILE_KEY], const char *header, size_t len,
                    unsigned char ret[32]);
void age_payload_key(const unsigned char file_key[AGE_FILE_KEY], const unsigned char nonce[AGE_NONCE],
                     unsigned char ret[32]);
/* `sealed` gets len + AGE_TAG bytes. */
void age_chunk_seal(const unsigned char key[32], uint64_t number, bool last, const unsigned char *plain,
                    size_t len, unsigned char *sealed);
/* `len` counts the tag, and is at least that; `plain` is untouched or zeros unless it returns true. */
bool age_chunk_open(const unsigned char key[32], uint64_t number, bool last, const unsigned char *sealed,
                    size_t len, unsigned char *plain);

/* ---- age_header.c ---- */

struct age_span {
        const char *text; /* inside the header */
        size_t len;
};

struct age_stanza {
        struct age_span args[3];
        int args_n; /* all of them, even beyond three */
        unsigned char body[AGE_WRAPPED];
        size_t body_len; /* all of it, even beyond that */
};

struct age_header {
        const char *text; /* borrowed */
        size_t len;       /* up to where the payload begins */
        size_t maced;     /* the part under the MAC */
        size_t stanzas;   /* where the first begins; there is at least one */
        int stanzas_n;
        unsigned char mac[32];
};

/*
 * The header at the beginning of `text`, by the grammar alone.  ERR_INVALID: not age; ERR_NEWER;
 * ERR_LIMIT: no end in the first AGE_HEADER_MAX bytes; ERR_CORRUPT: anything else.
 */
enum err_code age_header_read(const char *text, size_t len, struct age_header *ret, struct err *err);
/* The stanza at *at, which moves to the next; false at the end. *at begins at header->stanzas. */
bool age_header_next(const struct age_header *header, size_t *at, struct age_stanza *ret);
bool age_span_is(const struct age_span *span, const char *text);
/* Canonical base64 of exactly `len` bytes. */
bool age_span_bytes(const struct age_span *span, unsigned char *ret, size_t len);
/* ERR_CORRUPT and the one sentence for headers that do not hold; `what` names the part. */
enum err_code age_header_damaged(struct err *err, const char *what);

/* ---- age_stanza.c ---- */

/* Add the stanzas that wrap `file_key`. */
enum err_code age_wrap(const struct age_seal *seal, const unsigned char file_key[AGE_FILE_KEY],
                       struct str *header, struct err *err);
/* *ret_own: the identity that opened it, borrowed from `keys`, or NULL for a passphrase. *ret_failure
 * tells AGE_BAD_HEADER from AGE_NO_MATCH. */
enum err_code age_unwrap(const struct age_header *header, const struct age_keys *keys,
                         unsigned char ret_file_key[AGE_FILE_KEY], const struct age_identity **ret_own,
                         enum age_failure *ret_failure, struct err *err);

/* ---- age_write.c ---- */

void age_writer_file_key(const struct age_writer *writer, unsigned char ret[AGE_FILE_KEY]);

/* ---- age_key.c ---- */

int age_keys_passphrases(const struct age_keys *keys);
const char *age_keys_passphrase(const struct age_keys *keys, int i);

#endif
