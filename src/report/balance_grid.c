/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Totals of the store into a grid, with the sums over UGEL and over values (report/balance_priv.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "balance_priv.h"
#include "base/str.h"

/* A total by positions; value and UGEL as words until all are known. */
struct raw { int indicator, span; const char *ugel, *value; int64_t num, den, partial, n; };

struct reading {
        struct grid *grid;
        struct raw *raws;
        int n, room;
        bool whole;                 /* what comes is of the UGEL as a whole */
        struct names ugels, values;
        const char *last, *period;  /* words of the store, compared by address */
        int last_position, last_span;
        const char *last_ugel, *kept_ugel, *last_value, *kept_value;
};

const char *names_keep(struct names *names, const char *name, struct arena *arena)
{
        for (int i = 0; i < names->n; i++)
                if (strcmp(names->items[i], name) == 0)
                        return names->items[i];
        if (names->n == names->room) {
                names->room = names->room ? 2 * names->room : 16;
                names->items = xrealloc(names->items, (size_t)names->room * sizeof *names->items);
        }
        return names->items[names->n++] = arena_strdup(arena, name);
}

/* Rows come in order of period and indicator, so the last answer mostly serves again. */
static int position_of(struct reading *reading, const char *key)
{
        if (reading->last != key) {
                int found = indicators_find(reading->grid->of, key);
                reading->last = key;
                reading->last_position = found < 0 ? -1 : reading->grid->position[found];
        }
        return reading->last_position;
}

static int span_of(struct reading *reading, const char *period)
{
        if (reading->period != period) {
                reading->period = period;
                reading->last_span = -1; /* stock: every one */
                for (int i = 0; i < reading->grid->spans_n; i++)
                        if (strcmp(reading->grid->spans[i].code, period) == 0)
                                reading->last_span = i;
        }
        return reading->last_span;
}

static const char *ugel_of(struct reading *reading, const char *ugel)
{
        if (reading->last_ugel != ugel) {
                reading->last_ugel = ugel;
                reading->kept_ugel = names_keep(&reading->ugels, ugel, reading->grid->arena);
        }
        return reading->kept_ugel;
}

static const char *value_of(struct reading *reading, const char *value)
{
        if (reading->last_value != value) {
                reading->last_value = value;
                reading->kept_value = names_keep(&reading->values, value, reading->grid->arena);
        }
        return reading->kept_value;
}

static void take_target(struct grid *grid, const struct total *total)
{
        int found = indicators_find(grid->of, total->indicator + strlen(FACT_TARGET));
        if (found < 0 || grid->position[found] < 0 || total->n == 0)
                return;
        if (grid->targets_n == grid->targets_room) {
                grid->targets_room = grid->targets_room ? 2 * grid->targets_room : 64;
                grid->targets = xrealloc(grid->targets, (size_t)grid->targets_room * sizeof *grid->targets);
        }
        grid->targets[grid->targets_n++] =
                (struct target){grid->position[found], arena_strdup(grid->arena, total->ugel),
                                arena_strdup(grid->arena, total->by), (double)total->num / FACT_UNIT / (double)total->n};
}

static void take(void *ctx, const struct total *total)
{
        struct reading *reading = ctx;
        const struct balance_query *query = reading->grid->query;
        int position = position_of(reading, total->indicator);
        if (position < 0) {
                if (query->compare && reading->whole && str_starts(total->indicator, FACT_TARGET))
                        take_target(reading->grid, total);
                if (query->compare && str_starts(total->indicator, FACT_DIRECTORY))
                        directory_take(reading->grid, total, reading->whole);
                return;
        }
        if (query->by && strcmp(query->by, total->by) != 0)
                return;
        if (reading->n == reading->room) {
                reading->room = reading->room ? 2 * reading->room : 1024;
                reading->raws = xrealloc(reading->raws, (size_t)reading->room * sizeof *reading->raws);
        }
        const char *value = query->each_part ? value_of(reading, total->by) : reading->whole ? NULL : value_of(reading, total->value);
        reading->raws[reading->n++] = (struct raw){position, span_of(reading, total->period), ugel_of(reading, total->ugel), value,
                                                   total->num, total->den, total->partial, total->n};
}

/* ---- Reading ---- */

static enum err_code read_one(struct store *store, struct reading *reading, enum dimension dimension, struct err *err)
{
        struct grid *grid = reading->grid;
        const char **periods = ARENA_ARRAY(grid->arena, const char *, grid->spans_n + 1);
        bool alone = grid->indicators_n == 1 && !grid->query->compare;
        reading->whole = dimension == DIMENSION_NONE;
        for (int i = 0; i < grid->spans_n; i++)
                periods[i] = grid->spans[i].code;
        periods[grid->spans_n] = "";
        reading->last = reading->period = reading->last_ugel = reading->last_value = NULL;
        return store_totals(store, dimension, periods, grid->spans_n + 1, alone ? grid->of->items[grid->indicators[0]].key : NULL,
                            take, reading, err);
}

static int by_name(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int name_at(const char **names, int n, const char *name)
{
        const char **found = bsearch(&name, names, (size_t)n, sizeof *names, by_name);
        return found ? (int)(found - names) : -1;
}

static const char **names_settle(struct names *names, struct arena *arena, int *ret_n)
{
        const char **kept = ARENA_ARRAY(arena, const char *, names->n);
        for (int i = 0; i < names->n; i++)
                kept[i] = names->items[i];
        if (names->n > 1)
                qsort(kept, (size_t)names->n, sizeof *kept, by_name);
        *ret_n = names->n;
        free(names->items);
        return kept;
}

static void add(struct sum_cell *cell, const struct raw *raw)
{
        cell->num += (double)raw->num;
        cell->den += (double)raw->den;
        cell->partial += (double)raw->partial;
        cell->n += raw->n;
}

/* Into its UGEL and the sum of them, its value and (of a part) the whole. */
static void add_raw(struct grid *grid, const struct raw *raw, int ugel, int span)
{
        int value = raw->value ? name_at(grid->values, grid->values_n, raw->value) : grid->values_n;
        add(grid_at(grid, raw->indicator, ugel, span, value), raw);
        add(grid_at(grid, raw->indicator, grid->ugels_n, span, value), raw);
        if (grid->query->each_part) {
                add(grid_at(grid, raw->indicator, ugel, span, grid->values_n), raw);
                add(grid_at(grid, raw->indicator, grid->ugels_n, span, grid->values_n), raw);
        }
}

static void fill(struct grid *grid, const struct reading *reading)
{
        size_t all = (size_t)grid->indicators_n * (size_t)grid->spans_n * ((size_t)grid->ugels_n + 1) * ((size_t)grid->values_n + 1);
        grid->cells = xcalloc(all ? all : 1, sizeof *grid->cells);
        for (int i = 0; i < reading->n; i++) {
                const struct raw *raw = &reading->raws[i];
                int ugel = name_at(grid->ugels, grid->ugels_n, raw->ugel);
                for (int s = 0; s < grid->spans_n; s++)
                        if (raw->span < 0 || raw->span == s)
                                add_raw(grid, raw, ugel, s);
        }
        for (size_t i = 0; i < all; i++) {
                grid->cells[i].num /= FACT_UNIT;
                grid->cells[i].den /= FACT_UNIT;
                grid->cells[i].partial /= FACT_UNIT;
        }
}

enum err_code grid_read(struct grid *grid, struct store *store, struct err *err)
{
        struct reading reading = {.grid = grid};
        enum err_code rc = read_one(store, &reading, DIMENSION_NONE, err);
        if (rc == ERR_OK && grid->query->dimension != DIMENSION_NONE)
                rc = read_one(store, &reading, grid->query->dimension, err);
        for (int i = 0; grid->query->ugels && i < grid->query->ugels_n; i++)
                names_keep(&reading.ugels, grid->query->ugels[i], grid->arena);
        if (grid->query->value)
                names_keep(&reading.values, grid->query->value, grid->arena);
        grid->ugels = names_settle(&reading.ugels, grid->arena, &grid->ugels_n);
        grid->values = names_settle(&reading.values, grid->arena, &grid->values_n);
        if (rc == ERR_OK)
                fill(grid, &reading);
        free(reading.raws);
        return rc;
}

void grid_release(struct grid *grid)
{
        free(grid->cells);
        free(grid->targets);
        free(grid->directory);
        free(grid->spans);
}

/* ---- Figures ---- */

double sum_value(const struct indicator *indicator, const struct sum_cell *cell)
{
        bool percent = indicator->unit == INDICATOR_PERCENT || indicator->unit == INDICATOR_COUNT_PERCENT;
        if (cell->flags & ~(unsigned)BALANCE_FEW)
                return NAN;
        return indicator_is_ratio(indicator) ? (percent ? 100 : 1) * cell->num / cell->den : cell->num;
}

static void judge(struct sum_cell *cell, const struct indicator *indicator, const struct indicator_parameter *few)
{
        bool told = cell->n > 0 || cell->num != 0;
        if (indicator->context)
                cell->flags = BALANCE_COMPUTED;
        else if (!told || (indicator_is_ratio(indicator) && cell->den == 0))
                cell->flags = BALANCE_NOTHING;
        else if (cell->n < indicator->minimum)
                cell->flags = BALANCE_BELOW;
        else if (indicator->minimum > 1 && few && (double)cell->n < few->value)
                cell->flags = BALANCE_FEW;
}

void grid_judge(struct grid *grid)
{
        const struct indicator_parameter *few = indicators_parameter(grid->of, "aviso_personas");
        for (int i = 0; i < grid->indicators_n; i++)
                for (int s = 0; s < grid->spans_n; s++)
                        for (int u = 0; u <= grid->ugels_n; u++)
                                for (int v = 0; v <= grid->values_n; v++)
                                        judge(grid_at(grid, i, u, s, v), &grid->of->items[grid->indicators[i]], few);
}
