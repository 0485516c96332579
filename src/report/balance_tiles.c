/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Periods that are the sum of others, for what may not be told
 * (report/balance_priv.h): the quarters of a year, and what a UGEL's own periods
 * add up to, if they leave no day out.
 *
 *      2026   = T1 + T2 + T3 + T4          2026_s1 = T1 + T2          2026_t2 = T2
 *
 * Only of what is counted record by record: where the last of each person
 * counts, nobody can subtract.  All periods within a year are there, whichever
 * was asked for, and in order of code, so that the same are hidden always.
 * Those that reach over two years are left alone.
 */
#include <stdlib.h>
#include <string.h>

#include "balance_priv.h"
#include "report/balance_view.h"

enum { TILINGS_MAX = 128 };

bool indicator_adds_up(const struct indicator *indicator)
{
        bool adds = indicator->computed == COMPUTED_NOT || indicator->computed == COMPUTED_REGISTERED ||
                    indicator->computed == COMPUTED_AS_PLANNED;
        for (int i = 0; i < indicator->sources_n; i++)
                adds &= !indicator->sources[i].last && !indicator->sources[i].stock;
        return adds && indicator->sources_n > 0 && !indicator->context;
}

bool grid_needs_tiles(const struct grid *grid)
{
        for (int i = 0; i < grid->indicators_n; i++) {
                const struct indicator *one = &grid->of->items[grid->indicators[i]];
                if (one->minimum > 1 && indicator_adds_up(one))
                        return true;
        }
        return false;
}

struct tiling_search { struct grid *grid; int sum, path[TILE_PARTS]; };

static void keep(struct tiling_search *search, int n)
{
        struct grid *grid = search->grid;
        struct tiling *tiling = &grid->tilings[grid->tilings_n++];
        *tiling = (struct tiling){.sum = search->sum, .n = n};
        memcpy(tiling->parts, search->path, (size_t)n * sizeof *search->path);
}

/* Every way to go on from that day to the end of the sum, with `n` parts so far. */
static void tile(struct tiling_search *search, int64_t from, int n)
{
        struct grid *grid = search->grid;
        const struct span *sum = &grid->spans[search->sum];
        for (int i = 0; i < grid->spans_n && n < TILE_PARTS && grid->tilings_n < TILINGS_MAX; i++) {
                int at = grid->by_code[i];
                const struct span *part = &grid->spans[at];
                if (at == search->sum || part->first != from || part->last > sum->last || part->last < part->first)
                        continue;
                search->path[n] = at;
                if (part->last == sum->last)
                        keep(search, n + 1);
                else
                        tile(search, part->last + 1, n + 1);
        }
}

static int by_code(const void *a, const void *b, void *ctx)
{
        const struct span *spans = ctx;
        return strcmp(spans[*(const int *)a].code, spans[*(const int *)b].code);
}

void grid_tile(struct grid *grid)
{
        grid->by_code = ARENA_ARRAY(grid->arena, int, grid->spans_n);
        for (int i = 0; i < grid->spans_n; i++)
                grid->by_code[i] = i;
        if (grid->spans_n > 1)
                qsort_r(grid->by_code, (size_t)grid->spans_n, sizeof *grid->by_code, by_code, grid->spans);
        if (!grid_needs_tiles(grid))
                return;
        grid->tilings = ARENA_ARRAY(grid->arena, struct tiling, TILINGS_MAX);
        for (int i = 0; i < grid->spans_n; i++) {
                struct tiling_search search = {.grid = grid, .sum = grid->by_code[i]};
                if (grid->spans[search.sum].in_year)
                        tile(&search, grid->spans[search.sum].first, 0);
        }
}
