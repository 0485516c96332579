/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Identities: 128 random bits for records, devices and drafts; 256-bit BLAKE2b
 * hashes for contents; and short codes that people can read out and check.
 */
#ifndef SIMAE_BASE_ID_H
#define SIMAE_BASE_ID_H

#include <stdbool.h>
#include <stddef.h>

enum { ID_BYTES = 16, ID_TEXT = 33, HASH_BYTES = 32, HASH_TEXT = 65, CODE_TEXT = 9 };

/* All zero is "none". */
struct id { unsigned char bytes[ID_BYTES]; };
struct hash { unsigned char bytes[HASH_BYTES]; };

struct id id_new(void);
bool id_equal(const struct id *a, const struct id *b);
bool id_is_none(const struct id *id);
/* 32 lower-case hexadecimal digits and a NUL. Returns `out`. */
char *id_format(const struct id *id, char out[ID_TEXT]);
/* Exactly 32 hexadecimal digits. */
bool id_parse(const char *text, struct id *ret);

/* BLAKE2b-128 of `len` bytes: the id of a record that everybody who knows its key must name alike. */
struct id id_from(const void *bytes, size_t len);

/* BLAKE2b-256 of `len` bytes. */
struct hash hash_of(const void *bytes, size_t len);
bool hash_equal(const struct hash *a, const struct hash *b);
/* 64 lower-case hexadecimal digits and a NUL. Returns `out`. */
char *hash_format(const struct hash *hash, char out[HASH_TEXT]);
bool hash_parse(const char *text, struct hash *ret);

/*
 * The record's code for people: seven Crockford base32 letters of the id's
 * first 35 bits and a check letter (their sum in GF(32), weighted by place, so
 * that one wrong letter or two swapped ones are always noticed): "7K2M9QXA".
 */
char *id_code(const struct id *id, char out[CODE_TEXT]);
/* True if `text` (any case; I, L as 1, O as 0; spaces and hyphens ignored) is a
 * well-formed code; `ret` (may be NULL) gets it in its normal form. */
bool id_code_check(const char *text, char ret[CODE_TEXT]);

#endif
