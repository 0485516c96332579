/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to the form layer: mistakes with their places, told once each.
 *
 * A fragment included twenty times has its mistake told once, with the first
 * place that includes it.  Everything counts in `all`, also what was told.
 */
#ifndef SIMAE_FORM_MISTAKES_H
#define SIMAE_FORM_MISTAKES_H

#include "base/err.h"
#include "names.h"
#include "yaml.h"

enum { MISTAKES_MAX = 500 };

struct mistake {
        struct err err;
        const char *file;
        int root_line, root_column; /* its place in the form file, or that of the include */
        bool elsewhere;             /* in another file, and not through an include */
        int order;
};

struct mistakes {
        struct mistake *items;
        int n, room;
        int all;                 /* also those told before and those past MISTAKES_MAX */
        struct name_table *told; /* shared by the files of a catalog */
        const char *home;        /* the form's file: the mistakes of others stand after its own */
};

void mistakes_release(struct mistakes *mistakes);
/* At the beginning of a node. */
void mistake_at(struct mistakes *mistakes, const struct ynode *node, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
/* At a byte of a scalar's text. */
void mistake_in(struct mistakes *mistakes, const struct ynode *scalar, size_t at, const char *format, ...)
        __attribute__((format(printf, 4, 5)));
/* At a place of a file; line 0: the whole file. */
void mistake_in_file(struct mistakes *mistakes, enum err_code code, const char *file, int line, int column,
                     const char *format, ...) __attribute__((format(printf, 6, 7)));
/* " (incluido desde forms/x.yaml:12)" if the origin is an include, else "". */
const char *mistake_includes(struct arena *arena, const struct origin *origin);
/* In order of place, into `list`. */
void mistakes_tell(struct mistakes *mistakes, struct err_list *list);

/* "; ¿quiso decir «x»?" for the nearest of the candidates, or "". In `arena`. */
const char *did_you_mean(struct arena *arena, const char *word, const char *const *candidates, size_t n);

#endif
