/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was asked for, out of the grid of everything (contract in report/balance.h). */
#include "report/balance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "balance_priv.h"
#include "base/clock.h"

static void choose_indicators(struct grid *grid)
{
        const struct balance_query *query = grid->query;
        int asked = query->indicators ? query->indicators_n : grid->of->n;
        grid->indicators = ARENA_ARRAY(grid->arena, int, asked + grid->of->n);
        grid->position = ARENA_ARRAY(grid->arena, int, grid->of->n);
        for (int i = 0; i < grid->of->n; i++)
                grid->position[i] = -1;
        for (int i = 0; i < asked; i++) {
                grid->indicators[i] = query->indicators ? query->indicators[i] : i;
                grid->position[grid->indicators[i]] = i;
        }
        grid->indicators_n = asked;
}

/* ---- From the grid to cells ---- */

/* Positions in the grid, of each UGEL, period and value of the answer. */
struct picked { int *ugels, *spans, *values; };

static int place_of(const char *const *names, int n, const char *name)
{
        for (int i = 0; i < n; i++)
                if (strcmp(names[i], name) == 0)
                        return i;
        return n;
}

static int *all_of(const char **names, int n, struct arena *arena, const char ***ret)
{
        int *at = ARENA_ARRAY(arena, int, n + 1);
        *ret = names;
        for (int i = 0; i < n; i++)
                at[i] = i;
        return at;
}

static int *one_of(int position, const char *name, struct arena *arena, const char ***ret)
{
        int *at = ARENA_ARRAY(arena, int, 1);
        *ret = ARENA_ARRAY(arena, const char *, 1);
        (*ret)[0] = arena_strdup(arena, name);
        at[0] = position;
        return at;
}

static void choose_ugels(const struct grid *grid, struct balance *b, struct picked *picked)
{
        const struct balance_query *query = grid->query;
        if (!query->ugels && query->each_ugel) {
                picked->ugels = all_of(grid->ugels, grid->ugels_n, &b->arena, &b->ugels);
                b->ugels_n = grid->ugels_n;
        } else if (!query->ugels) {
                picked->ugels = one_of(grid->ugels_n, "", &b->arena, &b->ugels);
                b->ugels_n = 1;
        } else {
                b->ugels_n = query->ugels_n;
                b->ugels = ARENA_ARRAY(&b->arena, const char *, query->ugels_n);
                picked->ugels = ARENA_ARRAY(&b->arena, int, query->ugels_n);
                for (int i = 0; i < query->ugels_n; i++) {
                        picked->ugels[i] = place_of((const char *const *)grid->ugels, grid->ugels_n, query->ugels[i]);
                        b->ugels[i] = grid->ugels[picked->ugels[i]];
                }
        }
}

static void choose_values(const struct grid *grid, struct balance *b, struct picked *picked)
{
        const struct balance_query *query = grid->query;
        bool split = query->dimension != DIMENSION_NONE || query->each_part;
        if (split && !query->value) {
                picked->values = all_of(grid->values, grid->values_n, &b->arena, &b->values);
                b->values_n = grid->values_n;
        } else {
                int at = split ? place_of((const char *const *)grid->values, grid->values_n, query->value) : grid->values_n;
                picked->values = one_of(at, split ? query->value : "", &b->arena, &b->values);
                b->values_n = 1;
        }
}

static void choose_periods(const struct grid *grid, struct balance *b, struct picked *picked)
{
        b->periods_n = grid->query->periods_n;
        b->periods = ARENA_ARRAY(&b->arena, const char *, b->periods_n);
        picked->spans = ARENA_ARRAY(&b->arena, int, b->periods_n);
        for (int p = 0; p < b->periods_n; p++) {
                for (int s = 0; s < grid->spans_n; s++)
                        if (strcmp(grid->spans[s].code, grid->query->periods[p]) == 0)
                                picked->spans[p] = s;
                b->periods[p] = grid->spans[picked->spans[p]].code;
        }
}

static double value_in(const struct grid *grid, int indicator, int ugel, int span, int value)
{
        return span < 0 ? (double)NAN : sum_value(&grid->of->items[grid->indicators[indicator]], grid_at(grid, indicator, ugel, span, value));
}

static void compare(const struct grid *grid, int indicator, int ugel, int span, int value, const char *code, struct balance_cell *cell)
{
        const struct span *at = &grid->spans[span];
        cell->before = value_in(grid, indicator, ugel, at->before, value);
        cell->year_before = value_in(grid, indicator, ugel, at->year_before, value);
        if (!grid->query->each_part && !grid->query->by)
                cell->target = target_of(grid, indicator, code, span, &cell->flags);
        cell->coverage = coverage_of(grid, indicator, ugel, value, cell->n);
}

static struct balance_cell cell_of(const struct grid *grid, int indicator, int ugel, int span, int value, const char *code)
{
        const struct sum_cell *sum = grid_at(grid, indicator, ugel, span, value);
        struct balance_cell cell = {.value = value_in(grid, indicator, ugel, span, value), .flags = sum->flags,
                                    .before = NAN, .year_before = NAN, .target = NAN, .coverage = NAN};
        if (!(sum->flags & BALANCE_SECRET)) {
                cell.num = sum->num;
                cell.den = sum->den;
                cell.partial = sum->partial;
                cell.n = sum->n;
        }
        if (grid->query->compare)
                compare(grid, indicator, ugel, span, value, code, &cell);
        return cell;
}

static struct balance_cell *cell_at(const struct balance *b, int indicator, int ugel, int period, int value)
{
        return &b->cells[((indicator * b->ugels_n + ugel) * b->periods_n + period) * b->values_n + value];
}

const struct balance_cell *balance_cell(const struct balance *balance, int indicator, int ugel, int period, int value)
{
        return cell_at(balance, indicator, ugel, period, value);
}

static void fill_cells(const struct grid *grid, const struct picked *picked, struct balance *b)
{
        size_t all = (size_t)b->indicators_n * (size_t)b->ugels_n * (size_t)b->periods_n * (size_t)b->values_n;
        b->cells = xcalloc(all ? all : 1, sizeof *b->cells);
        for (int i = 0; i < b->indicators_n; i++)
                for (int u = 0; u < b->ugels_n; u++)
                        for (int p = 0; p < b->periods_n; p++)
                                for (int v = 0; v < b->values_n; v++)
                                        *cell_at(b, i, u, p, v) = cell_of(grid, i, picked->ugels[u], picked->spans[p],
                                                                          picked->values[v], b->ugels[u]);
}

enum err_code balance_make(struct store *store, const struct indicators *indicators, const struct balance_query *query,
                           struct balance *ret, struct err *err)
{
        struct balance *b = ret;
        *b = (struct balance){.of = indicators};
        struct grid grid = {.of = indicators, .query = query, .arena = &b->arena, .today = query->today ? query->today : clock_now().days};
        struct picked picked = {0};
        choose_indicators(&grid);
        b->indicators = grid.indicators;
        b->indicators_n = grid.indicators_n;
        enum err_code rc = grid_spans(&grid, store, err);
        if (rc == ERR_OK)
                rc = grid_read(&grid, store, err);
        if (rc == ERR_OK && query->compare)
                rc = targets_settle(&grid, store, err);
        if (rc == ERR_OK) {
                grid_compute(&grid);
                grid_judge(&grid);
                grid_tile(&grid);
                grid_hide(&grid);
                choose_ugels(&grid, b, &picked);
                choose_values(&grid, b, &picked);
                choose_periods(&grid, b, &picked);
                fill_cells(&grid, &picked, b);
        }
        grid_release(&grid);
        if (rc != ERR_OK)
                balance_release(b);
        return rc;
}

void balance_release(struct balance *balance)
{
        free(balance->cells);
        arena_release(&balance->arena);
        *balance = (struct balance){0};
}
