/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Balance: figures of indicators by UGEL, period and dimension, read from
 * the totals that the store keeps (store/facts.h), never from records.
 *
 *      query ── balance_make() ──► cells[indicator][ugel][period][value] ── balance_cell()
 *
 * What counts as things are now (stock) is added to every period asked for.
 * Parts of a breakdown are summed.
 */
#ifndef SIMAE_REPORT_BALANCE_H
#define SIMAE_REPORT_BALANCE_H

#include "form/indicators.h"
#include "store/facts.h"

enum balance_flags {
        BALANCE_NOTHING = 1 << 0,  /* nothing counted, or the denominator is 0: no value */
        BALANCE_BELOW = 1 << 1,    /* n below the minimum: value, num, den and n are not given */
        BALANCE_FEW = 1 << 2,      /* people, and fewer than the parameter aviso_personas: shown with a warning */
        BALANCE_COMPUTED = 1 << 3, /* `computed` or `context`: totals do not give it; no value */
};

struct balance_cell {
        double value; /* in the indicator's unit (percentages from 0 to 100); NAN if there is none */
        double num, den, partial;
        int64_t n;
        unsigned flags;
};

struct balance_query {
        const int *indicators;      /* indexes; NULL: all */
        int indicators_n;
        const char *const *ugels;   /* codes; NULL: all of them together, as one called "" */
        int ugels_n;
        bool each_ugel;             /* with `ugels` NULL: each of those that there are, in order of code */
        const char *const *periods; /* codes of store/facts.h */
        int periods_n;
        enum dimension dimension;   /* NONE: as a whole, one value called "" */
};

struct balance {
        const struct indicators *of;
        const int *indicators;
        const char **ugels, **periods, **values; /* values: those that there are, in order */
        int indicators_n, ugels_n, periods_n, values_n;
        struct balance_cell *cells;
        struct arena arena;
};

/* `indicators` must outlive it; the query may go. balance_release() is the caller's. */
enum err_code balance_make(struct store *store, const struct indicators *indicators, const struct balance_query *query,
                           struct balance *ret, struct err *err);
void balance_release(struct balance *balance);
/* By positions in the lists of `balance`. */
const struct balance_cell *balance_cell(const struct balance *balance, int indicator, int ugel, int period, int value);

/* The quarter of a day, "2026-T1". In `arena`. */
const char *balance_quarter(int64_t day, struct arena *arena);
/* The period of its kind before this one; NULL: there is none, or it is no period. In `arena`. */
enum err_code balance_before(struct store *store, const char *period, struct arena *arena, const char **ret,
                             struct err *err);
/* Is it the code of a quarter, a year or a block? */
enum err_code balance_is_period(struct store *store, const char *period, bool *ret, struct err *err);

#endif
