/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Balance: figures of indicators by UGEL, period and dimension, read from
 * the totals that the store keeps (store/facts.h), never from records.
 *
 *      query ── balance_make() ──► cells[indicator][ugel][period][value] ── balance_cell()
 *
 * What counts as things are now (stock) is added to every period asked for.
 * Parts of a breakdown are summed, unless one (`by`) or each (`each_part`) is
 * asked for.
 *
 * Small counts of people stay hidden, and so does what would give them away by
 * subtraction from a sum (BALANCE_COMPLEMENT).  What is hidden depends on the
 * indicator and the period alone, never on which UGEL or value was asked for.
 */
#ifndef SIMAE_REPORT_BALANCE_H
#define SIMAE_REPORT_BALANCE_H

#include "form/indicators.h"
#include "store/facts.h"

enum balance_flags {
        BALANCE_NOTHING = 1 << 0,    /* nothing counted, or the denominator is 0: no value */
        BALANCE_BELOW = 1 << 1,      /* n below the minimum: value, num, den and n are not given */
        BALANCE_FEW = 1 << 2,        /* people, and fewer than the parameter aviso_personas: shown with a warning */
        BALANCE_COMPUTED = 1 << 3,   /* of context: totals do not give it, it has only its baseline */
        BALANCE_COMPLEMENT = 1 << 4, /* as BELOW, since another that is hidden could be had by subtracting this one */
        /* with `compare` */
        BALANCE_TARGET_YEAR = 1 << 5,   /* the target is that of the year: the period has none of its own */
        BALANCE_TARGET_REGION = 1 << 6, /* the target is that of the region: the UGEL has none of its own */
};
/* The figure exists and is not told. */
#define BALANCE_SECRET (BALANCE_BELOW | BALANCE_COMPLEMENT)

enum balance_trend { TREND_UNKNOWN, TREND_DOWN, TREND_SAME, TREND_UP };
enum balance_goal { GOAL_NONE, GOAL_MISSED, GOAL_REACHED };

struct balance_cell {
        double value; /* in the indicator's unit (percentages from 0 to 100); NAN if there is none */
        double num, den, partial;
        int64_t n;
        unsigned flags;
        /* With `compare`; NAN where there is none, or it is hidden. */
        double before, year_before; /* in the period before, and in the same period of the year before */
        double target;
        double coverage;            /* n in percent of the schools or people of the directory of today, where the indicator says which (`population`) */
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
        const char *value;          /* with a dimension: this one of its values only; NULL: all that there are */
        const char *by;             /* this part of the breakdown only; NULL: all, summed */
        bool each_part;             /* with dimension NONE: values are the parts of the breakdown */
        bool compare;               /* with the periods before, targets and coverage */
        int64_t today;              /* days since 1970; 0: of the clock */
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

/* Where a value goes from another one, as people read them (one decimal of a ratio). */
enum balance_trend balance_trend(const struct indicator *indicator, double from, double to);
/* Is that for the better (1), for the worse (-1), neither or not said (0)? */
int balance_better(const struct indicator *indicator, enum balance_trend trend);
/* The value against its target; GOAL_NONE without either, or when the indicator does not say what is better. */
enum balance_goal balance_goal(const struct indicator *indicator, const struct balance_cell *cell);
/* value - target; NAN. */
double balance_target_gap(const struct balance_cell *cell);
/* The baseline of the whole (`part` "") or of a part of the breakdown; NULL. */
const struct indicator_baseline *balance_baseline(const struct indicator *indicator, const char *part);
/* value - baseline; NAN when there is none or its unit is another. Never a test: what was measured differs. */
double balance_baseline_gap(const struct indicator *indicator, const char *part, const struct balance_cell *cell);

/* The quarter of a day, "2026-T1". In `arena`. */
const char *balance_quarter(int64_t day, struct arena *arena);
/* The period of its kind before this one; NULL: there is none, or it is no period. In `arena`. */
enum err_code balance_before(struct store *store, const char *period, struct arena *arena, const char **ret,
                             struct err *err);
/* Its days; false in `*ret` if it is no period. */
enum err_code balance_days(struct store *store, const char *period, int64_t *ret_first, int64_t *ret_last, bool *ret,
                           struct err *err);
/* Is it the code of a quarter, a year or a block? */
enum err_code balance_is_period(struct store *store, const char *period, bool *ret, struct err *err);

#endif
