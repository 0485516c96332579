/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors as values.
 *
 * A function that can fail returns an `enum err_code` and takes a `struct err *`
 * as its last parameter, owned by the caller.  On success the struct is left
 * untouched; on failure it holds one Spanish sentence for the person: what is
 * wrong, with the file, line, field or code concerned, and what to do.  No
 * `ret_` output is touched on failure.  Nothing below the `app` layer prints.
 *
 * Out of memory is not an error of this kind: see base/mem.h.
 */
#ifndef SIMAE_BASE_ERR_H
#define SIMAE_BASE_ERR_H

enum err_code {
#define ERR(name, words, when) ERR_##name,
#include "base/err.def"
#undef ERR
};

enum { ERR_TEXT_MAX = 512 };

struct err {
        enum err_code code;
        int line, column;        /* from 1; 0 where there is no position */
        char text[ERR_TEXT_MAX]; /* the sentence, cut at a whole character */
};

/* Fill `err` (may be NULL) and return `code`, so that callers write
 * `return err_set(err, ERR_INVALID, _("…"), …);` */
enum err_code err_set(struct err *err, enum err_code code, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* The same with a position in a text. */
enum err_code err_set_at(struct err *err, enum err_code code, int line, int column,
                         const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Put "context: " before the sentence already in `err`; returns err->code. */
enum err_code err_wrap(struct err *err, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* ERR_NO_SPACE for ENOSPC/EDQUOT, else ERR_IO, with the reason of `errnum` after the words. */
enum err_code err_set_errno(struct err *err, int errnum, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* The words of a code ("no se encontró"); static. */
const char *err_code_words(enum err_code code);

/* A list of mistakes, as the form loader gives them: grows, keeps order. */
struct err_list {
        struct err *items;
        int n, room;
};

void err_list_release(struct err_list *list);
/* Add a copy of `err`. */
void err_list_add(struct err_list *list, const struct err *err);

/* Marks every sentence that a person can see; a place for catalogues. */
#ifndef _
#define _(text) (text)
#endif

#endif
