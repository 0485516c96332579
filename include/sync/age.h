/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * age v1 files (https://c2sp.org/age): sealed for X25519 keys or with a
 * passphrase, written and read as streams in about 130 KiB of memory.
 *
 *   age-encryption.org/v1                   header: text, at most 64 KiB here
 *   -> X25519 <share>                       one stanza for each recipient, or
 *   <the file key, wrapped>                 one alone of "-> scrypt <salt> <log N>"
 *   --- <MAC of the above>                  HMAC-SHA-256 under the file key
 *   nonce 16 | chunk | chunk | … | last     ChaCha20-Poly1305, 64 KiB each, the last marked
 *
 * Not done: armor, plugins, hybrid keys, ssh keys.  A stanza of a kind not
 * known is skipped, so a file sealed for several kinds of keys opens with ours.
 *
 * Keys come from the system's randomness, never from the seed that tests may
 * give (base/clock.h): a seed left in the environment would make them known.
 * Everything secret lives in memory that is wiped and, where the system lets,
 * never written to swap.
 */
#ifndef SIMAE_SYNC_AGE_H
#define SIMAE_SYNC_AGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "sync/bytes.h"

/* ---- Keys ---- */

enum {
        AGE_KEY = 32,            /* bytes of either half */
        AGE_RECIPIENT_TEXT = 63, /* "age1…" and its NUL */
        AGE_IDENTITY_TEXT = 75,  /* "AGE-SECRET-KEY-1…" and its NUL */
        AGE_PASSPHRASE_MAX = 1024,
        AGE_WORK_FACTOR = 16,     /* log2 of scrypt's cost when writing: 64 MiB, a fifth of a second */
        AGE_WORK_FACTOR_MAX = 20, /* when reading: 1 GiB */
};

/* Whom a file is sealed for: the public half. */
struct age_recipient {
        unsigned char point[AGE_KEY];
};

/* Who opens it: secret; its owner calls age_identity_wipe(). */
struct age_identity {
        unsigned char scalar[AGE_KEY];
        struct age_recipient recipient;
};

void age_identity_make(struct age_identity *ret);
void age_identity_wipe(struct age_identity *identity);
/* As `age-keygen` prints them, and as it reads them: ERR_INVALID, with the reason. */
void age_recipient_text(const struct age_recipient *recipient, char out[AGE_RECIPIENT_TEXT]);
enum err_code age_recipient_parse(const char *text, struct age_recipient *ret, struct err *err);
void age_identity_text(const struct age_identity *identity, char out[AGE_IDENTITY_TEXT]);
enum err_code age_identity_parse(const char *text, struct age_identity *ret, struct err *err);

/*
 * The text of an identity file: creation date and public key as comments, then the secret.
 * The caller wipes it.
 */
enum { AGE_IDENTITY_FILE_TEXT = 320 };
void age_identity_file_text(const struct age_identity *identity, const struct datetime *when,
                            char out[AGE_IDENTITY_FILE_TEXT]);
/* Write one, mode 0600, on disk when it returns; ERR_EXISTS if there is a file of that name. */
enum err_code age_identity_save(const char *path, const struct age_identity *identity,
                                const struct datetime *when, struct err *err);

/* What a reader tries: any number of identities and passphrases. */
struct age_keys;

struct age_keys *age_keys_new(void);
/* Wipes what it holds. */
void age_keys_free(struct age_keys *keys);
void age_keys_add_identity(struct age_keys *keys, const struct age_identity *identity);
/* ERR_INVALID if it is empty or too long. */
enum err_code age_keys_add_passphrase(struct age_keys *keys, const char *passphrase, struct err *err);
/*
 * All identities of a file: one a line; blank lines and those that begin with # count for nothing.
 * ERR_INVALID names the line; a file without any is refused too, and nothing is added then.
 */
enum err_code age_keys_add_file(struct age_keys *keys, const char *path, struct err *err);
/* The first line of a file as a passphrase, without its line end. */
enum err_code age_keys_add_passphrase_file(struct age_keys *keys, const char *path, struct err *err);
/* The same line by itself; the caller wipes it. */
enum err_code age_passphrase_read(const char *path, char ret[AGE_PASSPHRASE_MAX + 2], struct err *err);
int age_keys_identities(const struct age_keys *keys);
/* The i-th identity, kept until the next change of `keys`. */
const struct age_identity *age_keys_identity(const struct age_keys *keys, int i);

/* ---- Writing ---- */

/* Recipients or a passphrase, not both: the format forbids it. */
struct age_seal {
        const struct age_recipient *recipients;
        int recipients_n;
        const char *passphrase; /* NULL: for the recipients */
        int work_factor;        /* 0: AGE_WORK_FACTOR */
};

struct age_writer;

/*
 * The header goes to `out` at once. `out` is borrowed until age_writer_free().
 * ERR_INVALID: nobody to seal for, an empty passphrase, or a recipient that is no key.
 * ERR_REFUSED: not enough memory for the passphrase.
 */
enum err_code age_writer_new(struct byte_sink *out, const struct age_seal *seal, struct age_writer **ret,
                             struct err *err);
/* Where the plain bytes go; the writer owns it. */
struct byte_sink *age_writer_sink(struct age_writer *writer);
/* The last chunk. Without it nobody can take the file for whole. Once. */
enum err_code age_writer_finish(struct age_writer *writer, struct err *err);
void age_writer_free(struct age_writer *writer);

/* ---- Reading ---- */

enum age_failure {
        AGE_OK,
        AGE_BAD_HEADER,  /* not age, another version, or its text breaks the grammar */
        AGE_NO_MATCH,    /* a good header that none of the keys opens */
        AGE_BAD_MAC,     /* a key opens it, but somebody changed the header */
        AGE_BAD_PAYLOAD, /* cut, altered or continued after its end */
        AGE_UNREADABLE,  /* the source failed: nothing is known of the file */
};

struct age_reader;

/* `from` is borrowed until age_reader_free(). */
struct age_reader *age_reader_new(struct byte_source *from);
void age_reader_free(struct age_reader *reader);
/*
 * The header; `keys` is not needed afterwards.  The sentence says what to do; the code is
 * ERR_INVALID or ERR_CORRUPT (header), ERR_NEWER (version), ERR_LIMIT (a header or a work factor
 * too large), ERR_REFUSED (no match), ERR_CORRUPT (MAC), or the source's.
 */
enum err_code age_reader_open(struct age_reader *reader, const struct age_keys *keys, struct err *err);
/* The same for a file that `writer` has just written, whomever it is sealed for. */
enum err_code age_reader_open_own(struct age_reader *reader, const struct age_writer *writer, struct err *err);
/* Whose key opened it, after either; NULL: a passphrase, or the writer's own. */
const struct age_recipient *age_reader_recipient(const struct age_reader *reader);
/*
 * The next authenticated bytes, at most 64 KiB, kept until the next call; *ret_len 0 at the end, and
 * only at the true end.  ERR_CORRUPT otherwise: then the file is not whole, whatever came before.
 */
enum err_code age_reader_next(struct age_reader *reader, const unsigned char **ret, size_t *ret_len,
                              struct err *err);
/* The same bytes as a source, rewindable if `from` is; after age_reader_open(). The reader owns it. */
struct byte_source *age_reader_source(struct age_reader *reader);
/* What the last failure was about. */
enum age_failure age_reader_failure(const struct age_reader *reader);

/* True if a file that begins with these bytes is meant to be one of age's, of whatever version. */
bool age_begins(const void *bytes, size_t len);
/* The same of a file. ERR_NOT_FOUND, or ERR_INVALID if it is not a regular one. */
enum err_code age_is_sealed(const char *path, bool *ret, struct err *err);
/* Is it sealed with a passphrase, and not for keys? False if it cannot be read. */
bool age_asks_passphrase(const char *path);
/*
 * All of a file's plain bytes into `out`, chunk by chunk as each is known to be authentic.  With
 * an error what was written is authentic and not the whole; *ret_failure says which kind, also
 * then, and is AGE_OK if it was `out` that failed.  The sentence begins with the file's name,
 * unless it is the sentence of `out`.
 */
enum err_code age_open_file(const char *path, const struct age_keys *keys, struct byte_sink *out,
                            enum age_failure *ret_failure, struct err *err);

#endif
