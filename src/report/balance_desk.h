/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the boards of the Balance share: the view that their argument says, made
 * whole, and figures in words.
 */
#ifndef SIMAE_REPORT_BALANCE_DESK_H
#define SIMAE_REPORT_BALANCE_DESK_H

#include "report/balance_view.h"
#include "report_priv.h"

enum { DESK_PERIODS = 8 };

struct desk {
        struct board *board;
        const struct indicators *of;
        struct balance_view view;           /* with its period; texts of the board */
        const char *periods[DESK_PERIODS];  /* up to that of the view, oldest first */
        int periods_n;
        const char *ugel;                   /* code of the view's; "" with `limited`: of no UGEL */
        bool limited;                       /* to `ugel` */
};

/*
 * ERR_USAGE: the argument is not understood, or names what there is not.  With
 * `one` it must name an indicator.  Where no UGEL is said it is the one asked for
 * with the board, else, with `home`, that of whoever uses the laptop if it has
 * figures, else all.  The whole view becomes the argument of the board.  Without indicators the board stays empty,
 * and of->n is 0.
 */
enum err_code desk_open(struct board *board, bool one, bool home, struct desk *ret, struct err *err);
/* A query limited to the UGEL of the view, if it is. */
struct balance_query desk_query(const struct desk *desk);
/* The place of the view's indicator; it has one. */
int desk_indicator(const struct desk *desk);

/* «61.5», «pocos», «—»; with `sign`, «61.5 %». */
const char *desk_value(struct desk *desk, const struct indicator *indicator, const struct balance_cell *cell, bool sign);
/* «26», «7*» when they are few; "" when they are not told. */
const char *desk_n(struct desk *desk, const struct balance_cell *cell);
/* A number of the indicator, or "" for none. */
const char *desk_number(struct desk *desk, const struct indicator *indicator, double value);
/* The same with its sign: «+3.5». */
const char *desk_gap(struct desk *desk, const struct indicator *indicator, double gap);
/* ↑ ↓ = , from the period before; "". */
const char *desk_arrow(const struct indicator *indicator, const struct balance_cell *cell);
/* A sparkline of the figure over the periods of the desk: position 0 in everything else. */
const char *desk_spark(struct desk *desk, const struct balance *balance, int indicator);
/* Reached its goal, or fell: what the mark before a row says. */
enum board_tone desk_tone(const struct indicator *indicator, const struct balance_cell *cell);

/* Where a board shows a figure, in the newest row: its columns, none of them the first; 0: it does not show that. */
struct desk_columns {
        int value, arrow, n, coverage, base, target, gap, bar;
        bool sign; /* the value with its unit */
};
/* `part`: of the breakdown, or "". */
void desk_put(struct desk *desk, const struct desk_columns *columns, const struct indicator *indicator, const struct balance_cell *cell,
              const char *part);

/* balance_period_words() of the view's. */
const char *desk_period_words(struct desk *desk);
/* «UGEL Cajamarca», «todas las UGEL». */
const char *desk_ugel_words(struct desk *desk, const char *ugel);
/* How people call a value that figures are told apart by. */
const char *desk_value_words(struct desk *desk, int split, const char *value);
/* The argument of a board one step down. */
const char *desk_argument(struct desk *desk, struct balance_view view);

#endif
