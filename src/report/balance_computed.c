/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of which the totals of a period are only a part (report/balance_priv.h). */
#include "balance_priv.h"

/* Thursdays from one day to another: a week is of the period that has its Thursday, as 1970-01-01 was. */
static double weeks_between(int64_t first, int64_t last)
{
        int64_t from = (first + 6) / 7, to = last / 7;
        return to >= from ? (double)(to - from + 1) : 0;
}

/* The denominator is how many meet, in the year; each is expected to every week that has passed. */
static void put_weeks(struct grid *grid, int indicator, int span)
{
        const struct span *at = &grid->spans[span];
        double weeks = weeks_between(at->first, at->last < grid->today ? at->last : grid->today);
        for (int u = 0; u <= grid->ugels_n; u++)
                for (int v = 0; v <= grid->values_n; v++) {
                        struct sum_cell *cell = grid_at(grid, indicator, u, span, v);
                        cell->den = weeks * (at->year >= 0 ? grid_at(grid, indicator, u, at->year, v)->den : 0);
                        cell->n = (int64_t)cell->den;
                }
}

static void put_year(struct grid *grid, int indicator, int span)
{
        for (int u = 0; grid->spans[span].year >= 0 && u <= grid->ugels_n; u++)
                for (int v = 0; v <= grid->values_n; v++)
                        *grid_at(grid, indicator, u, span, v) = *grid_at(grid, indicator, u, grid->spans[span].year, v);
}

/* A catalogue is of nobody's UGEL. */
static void put_catalogue(struct grid *grid, int indicator, int span)
{
        const struct indicator *one = &grid->of->items[grid->indicators[indicator]];
        struct sum_cell *cell = grid_at(grid, indicator, grid->ugels_n, span, grid->values_n);
        cell->num = one->catalogue;
        cell->n = one->catalogue_n;
}

static void compute(struct grid *grid, int indicator, int span)
{
        switch (grid->of->items[grid->indicators[indicator]].computed) {
        case COMPUTED_TWO_VISITS:
                put_year(grid, indicator, span);
                break;
        case COMPUTED_WEEKS:
                put_weeks(grid, indicator, span);
                break;
        case COMPUTED_CATALOGUE:
                put_catalogue(grid, indicator, span);
                break;
        default:
                break;
        }
}

/* Years come after the periods of theirs, which read what the store has of them. */
void grid_compute(struct grid *grid)
{
        for (int i = 0; i < grid->indicators_n; i++)
                for (int pass = 0; pass < 2; pass++)
                        for (int s = 0; s < grid->spans_n; s++)
                                if ((grid->spans[s].year == s) == (pass == 1))
                                        compute(grid, i, s);
}
