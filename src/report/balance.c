/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From totals to the cells of the Balance (contract in report/balance.h). */
#include "report/balance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* A total by positions; value and UGEL as words until all are known. */
struct raw { int indicator, period; const char *ugel, *value; int64_t num, den, partial, n; };

struct names { const char **items; int n, room; };

struct reading {
        struct balance *balance;
        const struct balance_query *query;
        struct raw *raws;
        int n, room, *position; /* of each indicator in the query, or -1 */
        struct names ugels, values;
        const char *last, *period;  /* words of the store, compared by address */
        int last_position, last_period;
        const char *last_ugel, *kept_ugel, *last_value, *kept_value;
};

static const char *names_keep(struct names *names, const char *name, struct arena *arena)
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

static bool is_wanted_ugel(const struct reading *reading, const char *ugel)
{
        const struct balance_query *query = reading->query;
        for (int i = 0; query->ugels && i < query->ugels_n; i++)
                if (strcmp(query->ugels[i], ugel) == 0)
                        return true;
        return !query->ugels;
}

/* Rows come in order of period and indicator, so the last answer mostly serves again. */
static int position_of(struct reading *reading, const char *key)
{
        if (reading->last != key) {
                int found = indicators_find(reading->balance->of, key);
                reading->last = key;
                reading->last_position = found < 0 ? -1 : reading->position[found];
        }
        return reading->last_position;
}

static int period_of(struct reading *reading, const char *period)
{
        if (reading->period != period) {
                reading->period = period;
                reading->last_period = -1; /* stock: every one */
                for (int i = 0; i < reading->balance->periods_n; i++)
                        if (strcmp(reading->balance->periods[i], period) == 0)
                                reading->last_period = i;
        }
        return reading->last_period;
}

static const char *ugel_of(struct reading *reading, const char *ugel)
{
        if (!reading->query->ugels && !reading->query->each_ugel)
                ugel = "";
        if (reading->last_ugel != ugel) {
                reading->last_ugel = ugel;
                reading->kept_ugel = is_wanted_ugel(reading, ugel)
                                             ? names_keep(&reading->ugels, ugel, &reading->balance->arena) : NULL;
        }
        return reading->kept_ugel;
}

static void take(void *ctx, const struct total *total)
{
        struct reading *reading = ctx;
        int position = position_of(reading, total->indicator);
        const char *ugel = ugel_of(reading, total->ugel);
        if (position < 0 || !ugel)
                return;
        if (reading->last_value != total->value) {
                reading->last_value = total->value;
                reading->kept_value = names_keep(&reading->values, total->value, &reading->balance->arena);
        }
        if (reading->n == reading->room) {
                reading->room = reading->room ? 2 * reading->room : 1024;
                reading->raws = xrealloc(reading->raws, (size_t)reading->room * sizeof *reading->raws);
        }
        reading->raws[reading->n++] =
                (struct raw){position, period_of(reading, total->period), ugel, reading->kept_value, total->num,
                             total->den, total->partial, total->n};
}

/* ---- Cells ---- */

static struct balance_cell *cell_at(const struct balance *b, int indicator, int ugel, int period, int value)
{
        return &b->cells[((indicator * b->ugels_n + ugel) * b->periods_n + period) * b->values_n + value];
}

const struct balance_cell *balance_cell(const struct balance *balance, int indicator, int ugel, int period, int value)
{
        return cell_at(balance, indicator, ugel, period, value);
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

static void add(struct balance_cell *cell, const struct raw *raw)
{
        cell->num += (double)raw->num;
        cell->den += (double)raw->den;
        cell->partial += (double)raw->partial;
        cell->n += raw->n;
}

static void fill_cells(struct balance *b, const struct reading *reading)
{
        for (int i = 0; i < reading->n; i++) {
                const struct raw *raw = &reading->raws[i];
                int ugel = name_at(b->ugels, b->ugels_n, raw->ugel), value = name_at(b->values, b->values_n, raw->value);
                for (int p = 0; p < b->periods_n; p++)
                        if (raw->period < 0 || raw->period == p)
                                add(cell_at(b, raw->indicator, ugel, p, value), raw);
        }
}

/* Sums become a figure, or the reason why there is none. */
static void judge(const struct indicators *of, const struct indicator *indicator, struct balance_cell *cell)
{
        const struct indicator_parameter *few = indicators_parameter(of, "aviso_personas");
        bool percent = indicator->unit == INDICATOR_PERCENT || indicator->unit == INDICATOR_COUNT_PERCENT;
        bool people = indicator->minimum > 1, ratio = indicator_is_ratio(indicator), told = cell->n > 0 || cell->num != 0;
        cell->num /= FACT_UNIT;
        cell->den /= FACT_UNIT;
        cell->partial /= FACT_UNIT;
        if (indicator->computed != COMPUTED_NOT || indicator->context)
                cell->flags = BALANCE_COMPUTED;
        else if (!told || (ratio && cell->den == 0))
                cell->flags = BALANCE_NOTHING;
        else if (cell->n < indicator->minimum)
                cell->flags = BALANCE_BELOW;
        else if (people && few && (double)cell->n < few->value)
                cell->flags = BALANCE_FEW;
        cell->value = ratio ? (percent ? 100 : 1) * cell->num / cell->den : cell->num;
        if (cell->flags & BALANCE_BELOW)
                *cell = (struct balance_cell){.flags = BALANCE_BELOW};
        if (cell->flags & ~(unsigned)BALANCE_FEW)
                cell->value = NAN;
}

static void choose(struct balance *b, const struct balance_query *query, struct reading *reading)
{
        int *kept = ARENA_ARRAY(&b->arena, int, query->indicators ? query->indicators_n : b->of->n);
        b->indicators_n = query->indicators ? query->indicators_n : b->of->n;
        reading->position = ARENA_ARRAY(&b->arena, int, b->of->n);
        for (int i = 0; i < b->of->n; i++)
                reading->position[i] = -1;
        for (int i = 0; i < b->indicators_n; i++) {
                kept[i] = query->indicators ? query->indicators[i] : i;
                reading->position[kept[i]] = i;
        }
        b->indicators = kept;
        b->periods = ARENA_ARRAY(&b->arena, const char *, query->periods_n);
        b->periods_n = query->periods_n;
        for (int i = 0; i < query->periods_n; i++)
                b->periods[i] = arena_strdup(&b->arena, query->periods[i]);
        for (int i = 0; i < query->ugels_n && query->ugels; i++)
                names_keep(&reading->ugels, query->ugels[i], &b->arena);
        if (!query->ugels && !query->each_ugel)
                names_keep(&reading->ugels, "", &b->arena);
        if (query->dimension == DIMENSION_NONE)
                names_keep(&reading->values, "", &b->arena);
}

static enum err_code read_totals(struct store *store, struct reading *reading, struct err *err)
{
        struct balance *b = reading->balance;
        const char *one = b->indicators_n == 1 ? b->of->items[b->indicators[0]].key : NULL, *stock = "";
        enum err_code rc = store_totals(store, reading->query->dimension, b->periods, b->periods_n, one, take, reading, err);
        /* the words of another reading stand elsewhere */
        reading->last = reading->period = reading->last_ugel = reading->last_value = NULL;
        return rc == ERR_OK ? store_totals(store, reading->query->dimension, &stock, 1, one, take, reading, err) : rc;
}

enum err_code balance_make(struct store *store, const struct indicators *indicators, const struct balance_query *query,
                           struct balance *ret, struct err *err)
{
        struct balance *b = ret;
        struct reading reading = {.balance = b, .query = query};
        *b = (struct balance){.of = indicators};
        choose(b, query, &reading);
        enum err_code rc = read_totals(store, &reading, err);
        b->ugels = names_settle(&reading.ugels, &b->arena, &b->ugels_n);
        b->values = names_settle(&reading.values, &b->arena, &b->values_n);
        size_t all = (size_t)b->indicators_n * (size_t)b->ugels_n * (size_t)b->periods_n * (size_t)b->values_n;
        b->cells = xcalloc(all ? all : 1, sizeof *b->cells);
        fill_cells(b, &reading);
        for (size_t i = 0; i < all; i++)
                judge(indicators, &indicators->items[b->indicators[i / (all / (size_t)b->indicators_n)]], &b->cells[i]);
        free(reading.raws);
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
