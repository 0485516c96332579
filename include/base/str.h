/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * struct str: a growing string.
 *
 * Invariants: `text` is never NULL after str_init() and always ends in a NUL
 * at text[len]; `len` counts bytes before it.  STR_INIT and str_init() give an
 * empty one that owns nothing.  Arguments are copied.
 */
#ifndef SIMAE_BASE_STR_H
#define SIMAE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

struct str {
        char *text;
        size_t len, room; /* room 0: `text` is the shared empty string */
};

extern char str_empty[1];
#define STR_INIT {.text = str_empty}

void str_init(struct str *s);
void str_release(struct str *s);
/* Empty again, memory kept. */
void str_clear(struct str *s);
void str_add(struct str *s, const char *text);
void str_addn(struct str *s, const char *bytes, size_t len);
void str_addc(struct str *s, char c);
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Replace `remove` bytes at `at` by `len` bytes of `bytes`. `at + remove` <= len. */
void str_splice(struct str *s, size_t at, size_t remove, const char *bytes, size_t len);
/* The text, now the caller's to free(); `s` is empty again. Never NULL. */
char *str_detach(struct str *s);

/* `a` and `b` may be NULL; two NULLs are equal. */
bool str_equal(const char *a, const char *b);
bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);
/* True if `text` is NULL or holds only blanks, tabs and line ends. */
bool str_blank(const char *text);

/*
 * The candidate nearest to `word` (Damerau-Levenshtein distance of at most a
 * third of its length, at least 1), or NULL: for "¿quiso decir …?".
 */
const char *str_nearest(const char *word, const char *const *candidates, size_t n);

#endif
