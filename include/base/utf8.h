/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8: checking, stepping by what a person calls a character, columns on a
 * terminal, and folding for search.  Built on utf8proc (Unicode 14).
 */
#ifndef SIMAE_BASE_UTF8_H
#define SIMAE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the code point at `text` (NUL-terminated) put in *ret_code; 1 and
 * U+FFFD for a malformed byte; 0 at the NUL. */
size_t utf8_decode(const char *text, uint32_t *ret_code);
/* Writes at most 4 bytes and no NUL; returns how many. Invalid codes give U+FFFD. */
size_t utf8_encode(uint32_t code, char bytes[4]);

/* True if the `len` bytes are well-formed UTF-8 without NUL; else *ret_bad
 * (may be NULL) is the offset of the first bad byte. */
bool utf8_valid(const char *bytes, size_t len, size_t *ret_bad);

/* Bytes of the next grapheme cluster (letter with its accents, an emoji with
 * its joiners); 0 at the end. */
size_t utf8_next(const char *text);
/* Offset where the cluster before `at` begins; 0 when `at` is 0. */
size_t utf8_prev(const char *text, size_t at);

/* Columns that a terminal uses: 0, 1 or 2. Control characters count 0. */
int utf8_code_width(uint32_t code);
/* Columns of a whole text, or of its first `len` bytes. */
int utf8_width(const char *text);
int utf8_width_n(const char *text, size_t len);
/* Longest prefix, in bytes and whole clusters, of at most `columns` columns. */
size_t utf8_fit(const char *text, int columns);
/* Number of code points. */
size_t utf8_length(const char *text);

/*
 * Folded for search: lower case, without accents, ñ as n, runs of blanks as
 * one space: "Peñón  ALTO" gives "penon alto". The caller frees it.
 */
char *utf8_fold(const char *text);

/*
 * Order of Spanish word lists: folded letters first, with ñ after n; accents
 * and case decide only between equals. Returns <0, 0 or >0.
 */
int utf8_collate(const char *a, const char *b);

#endif
