/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to the form layer: the file of indicators inside a catalog.
 *
 *      indicators.c        the object, its parameters, the words of its enums
 *      indicators_read.c   YAML → struct indicator, and the rules between its keys
 *      indicators_lists.c  its sources, baselines…     indicators_values.c  numbers, flags, words
 *      indicators_catalogue.c  the list that one of them sums
 *      indicators_bind.c   expressions over one version of a form
 *      indicators_check.c  against all forms of a catalog: sources, and who feeds whom
 */
#ifndef SIMAE_FORM_INDICATORS_PRIV_H
#define SIMAE_FORM_INDICATORS_PRIV_H

#include "form/indicators.h"
#include "mistakes.h"

#define INDICATORS_FILE "indicadores.yaml"

/* What only this layer needs. `indicators` comes first: one is the other. */
struct indicators_private {
        struct indicators indicators;
        struct name_table keys;       /* of the sound ones → index */
        struct name_table written;    /* every key of the file, for `feeds` → line */
        struct name_table parameters; /* → index */
        const struct ynode **at;      /* where each indicator's key stands */
        bool read;                    /* the file is there */
};

/* As indicators_load_with(), telling into `mistakes`. */
struct indicators *indicators_read(const char *dir, const char *own, struct mistakes *mistakes);
void indicators_bind_told(const struct indicators *indicators, const struct form *form, struct indicator_binding *ret,
                          struct mistakes *mistakes);
/* Of the list programa_dif below `dir`: what its programmes reached in all, and how many say it. */
void indicators_sum_catalogue(const char *dir, double *ret, int *ret_n);
/* Sources over the forms of a catalog; `ids` are all its forms, also those with mistakes, which are not looked into. */
void indicators_check(const struct indicators *indicators, struct form *const *forms, int forms_n, const char *const *ids,
                      int ids_n, struct mistakes *mistakes);

/* The words of the enums. */
struct indicator_word { const char *name, *words; int flag; };
extern const struct indicator_word indicator_units[], indicator_counted[], indicator_computed[];
extern const char *const indicator_directions[];

#endif
