/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Targets («metas») of the cells (report/balance_priv.h).
 *
 * A target is of an indicator, a UGEL (or the region) and a year or a period of
 * the directory; one of a period serves every code with the same days.  Of a
 * ratio, the year's stands in for a quarter or a block that has none, and the
 * region's for a UGEL that has none; counts do not, since a quarter is not
 * expected to reach the year's, nor a UGEL the region's.
 */
#include <math.h>
#include <string.h>

#include "balance_priv.h"
#include "base/id.h"

/* A period of the directory: its targets are of every span with the same days. */
static enum err_code take_period(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct grid *grid = ctx;
        char id[ID_TEXT];
        int64_t first, last;
        const char *code = NULL;
        (void)err;
        if (!date_parse(answers[0], &first) || !date_parse(answers[1], &last))
                return ERR_OK;
        for (int s = 0; s < grid->spans_n && !code; s++)
                if (grid->spans[s].first == first && grid->spans[s].last == last)
                        code = grid->spans[s].code;
        id_format(&record->id, id);
        for (int i = 0; i < grid->targets_n; i++)
                if (strcmp(grid->targets[i].by, id) == 0)
                        grid->targets[i].by = code ? code : "";
        return ERR_OK;
}

enum err_code targets_settle(struct grid *grid, struct store *store, struct err *err)
{
        static const char *const names[] = {"inicio", "fin"};
        struct store_query query = {.form = "periodo", .entities = true};
        bool needed = false;
        for (int i = 0; i < grid->targets_n; i++)
                needed |= strlen(grid->targets[i].by) == ID_TEXT - 1;
        return needed ? store_walk(store, &query, names, 2, take_period, grid, err) : ERR_OK;
}

static const struct target *find(const struct grid *grid, int indicator, const char *ugel, const char *code)
{
        for (int i = 0; i < grid->targets_n; i++) {
                const struct target *target = &grid->targets[i];
                if (target->indicator == indicator && strcmp(target->by, code) == 0 && strcmp(target->ugel, ugel) == 0)
                        return target;
        }
        return NULL;
}

double target_of(const struct grid *grid, int indicator, const char *ugel, int span, unsigned *flags)
{
        bool ratio = indicator_is_ratio(&grid->of->items[grid->indicators[indicator]]), whole = !*ugel;
        const char *own = whole ? REGION_UGEL : ugel, *code = grid->spans[span].code;
        int year = grid->spans[span].year;
        const char *year_code = year >= 0 ? grid->spans[year].code : "";
        const struct { const char *ugel, *code; unsigned flags; } order[] = {
                {own, code, 0},
                {own, year_code, BALANCE_TARGET_YEAR},
                {REGION_UGEL, code, BALANCE_TARGET_REGION},
                {REGION_UGEL, year_code, BALANCE_TARGET_YEAR | BALANCE_TARGET_REGION},
        };
        for (size_t i = 0; i < (ratio ? ARRAY_LEN(order) : 1); i++) {
                const struct target *target = *order[i].code ? find(grid, indicator, order[i].ugel, order[i].code) : NULL;
                if (target) {
                        *flags |= order[i].flags;
                        return target->value;
                }
        }
        return NAN;
}
