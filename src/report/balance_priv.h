/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Balance inside: everything there is about the indicators asked for, before
 * what was asked for is taken out of it.
 *
 *      balance.c          what was asked for: from the grid to the cells of the answer
 *      balance_grid.c     totals into a grid with all UGEL and all values, and their sums
 *      balance_computed.c indicators of which totals are only the parts
 *      balance_hide.c     which cells may not be told
 *      balance_tiles.c    periods that are the sum of others
 *      balance_targets.c  targets of indicators, from the totals of the form `meta`
 *      balance_cover.c    how much of the directory a figure is about
 *      balance_compare.c  what a figure is set against
 *      balance_period.c   codes of periods
 *
 * The grid has one more UGEL than there are (all of them together) and one more
 * value (the whole), and more periods than were asked for (those they are
 * compared with), so that what is hidden does not depend on the question.
 */
#ifndef SIMAE_REPORT_BALANCE_PRIV_H
#define SIMAE_REPORT_BALANCE_PRIV_H

#include "report/balance.h"

/* Whose targets are the region's. */
#define REGION_UGEL "060000"

struct span {
        const char *code;
        int64_t first, last;
        int before, year_before, year; /* positions among the spans, or -1 */
        bool in_year;                  /* within one year, of which all periods are there (grid_needs_tiles()) */
};

/* Spans that follow one another, from the first day of `sum` to its last. */
enum { TILE_PARTS = 12 };
struct tiling { int sum, n, parts[TILE_PARTS]; };

struct sum_cell { double num, den, partial; int64_t n; unsigned flags; };

struct target { int indicator; const char *ugel, *by; double value; };

/* Schools, or people with a post, that the directory has today; value NULL: whatever the dimension. */
struct directory { const char *form, *by, *ugel, *value; int64_t n; };

struct names { const char **items; int n, room; };
const char *names_keep(struct names *names, const char *name, struct arena *arena);

struct grid {
        const struct indicators *of;
        const struct balance_query *query;
        int *indicators, *position, indicators_n; /* those asked for and those they need; position: of each of `of`, or -1 */
        struct span *spans;
        int spans_n, spans_room;
        int *by_code;                /* the spans in that order */
        struct tiling *tilings;
        int tilings_n;
        const char **ugels, **values;
        int ugels_n, values_n; /* without the sums, which stand at these positions */
        struct sum_cell *cells;
        struct target *targets;
        int targets_n, targets_room;
        struct directory *directory;
        int directory_n, directory_room;
        int64_t today;
        struct arena *arena;
};

static inline struct sum_cell *grid_at(const struct grid *grid, int indicator, int ugel, int span, int value)
{
        return &grid->cells[((indicator * grid->spans_n + span) * (grid->ugels_n + 1) + ugel) * (grid->values_n + 1) + value];
}

/* Reads and sums; grid_release() afterwards also when it fails. */
enum err_code grid_read(struct grid *grid, struct store *store, struct err *err);
void grid_release(struct grid *grid);
void grid_compute(struct grid *grid);
void grid_judge(struct grid *grid);
void grid_hide(struct grid *grid);
/* Is the figure of a period the sum of those of its parts? */
bool indicator_adds_up(const struct indicator *indicator);
/* Is any that is asked for so, and hidden when few? */
bool grid_needs_tiles(const struct grid *grid);
/* The order of the spans, and which are the sum of others. */
void grid_tile(struct grid *grid);

/* The periods asked for, and those that they are compared with. */
enum err_code grid_spans(struct grid *grid, struct store *store, struct err *err);
/* Those of `by` become periods: the id of a record of `periodo`, the code of the period with its days. */
enum err_code targets_settle(struct grid *grid, struct store *store, struct err *err);
/* NAN if there is none. `*flags` gets whose it is. */
double target_of(const struct grid *grid, int indicator, const char *ugel, int span, unsigned *flags);

/* A total of the store whose indicator begins with FACT_DIRECTORY; `whole`: of the UGEL as a whole. */
void directory_take(struct grid *grid, const struct total *total, bool whole);
/* n in percent of the population of the indicator in that UGEL and value (positions of the grid); NAN if it is not known. */
double coverage_of(const struct grid *grid, int indicator, int ugel, int value, int64_t n);

/* The figure of a cell; NAN if there is none to be told. */
double sum_value(const struct indicator *indicator, const struct sum_cell *cell);

#endif
