/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a condition says, for people: «“Nivel / ciclo” es Primaria o Secundaria».
 *
 * Only the plain shapes of forms are told: comparisons of an answer with a
 * constant, selected(), not(), and chains of them with one kind of and/or.
 * What is more than that is not simplified: the caller says so in its own words.
 */
#ifndef SIMAE_EXPR_WORDS_H
#define SIMAE_EXPR_WORDS_H

#include "expr/expr.h"

struct expr_speaker {
        void *ctx;
        /* The label of ${name}. In `arena` or longer. */
        const char *(*label)(void *ctx, int ref, struct arena *arena);
        /* The label of one of its choices; NULL: it has none of that name. */
        const char *(*choice)(void *ctx, int ref, const char *name, struct arena *arena);
};

/* A clause without a capital or a full stop, in `arena`; NULL if the expression is not of those shapes. */
const char *expr_words(const struct expr *expr, const struct expr_speaker *speaker, struct arena *arena);

/* The bounds that `. >= 0 and . <= 60` puts on an answer, wherever they stand in the chain of `and`; NaN: none. */
void expr_bounds(const struct expr *expr, double *ret_min, double *ret_max);
/* How many digits `regex(., '[0-9]{7}')` asks for; 0: no such pattern. */
int expr_digits(const struct expr *expr);

#endif
