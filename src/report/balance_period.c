/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of periods: which there are, their days, and which comes before (contract in report/balance.h). */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "balance_priv.h"
#include "base/date.h"
#include "report/balance_view.h"

const char *balance_quarter(int64_t day, struct arena *arena)
{
        struct civil civil = date_to_civil(day);
        return arena_printf(arena, "%04d-T%d", civil.year, (civil.month + 2) / 3);
}

/* "2026" and "2026-T1"; quarter 0: a year. */
static bool read_code(const char *code, int *ret_year, int *ret_quarter)
{
        size_t len = strlen(code);
        if (len < 4 || strspn(code, "0123456789") != 4)
                return false;
        *ret_year = (code[0] - '0') * 1000 + (code[1] - '0') * 100 + (code[2] - '0') * 10 + code[3] - '0';
        *ret_quarter = len == 7 && code[4] == '-' && code[5] == 'T' ? code[6] - '0' : 0;
        return *ret_year > 0 && (len == 4 || (*ret_quarter >= 1 && *ret_quarter <= 4));
}

static int64_t first_of(int year, int month)
{
        int64_t day = 0;
        date_from_civil((struct civil){.year = year, .month = month, .day = 1}, &day);
        return day;
}

/* Of the same kind: alike but for their digits ("2026_l1" and "2025_l4"). */
static bool is_alike(const char *a, const char *b)
{
        for (; *a && *b; a++, b++)
                if (*a != *b && !(isdigit((unsigned char)*a) && isdigit((unsigned char)*b)))
                        return false;
        return *a == *b;
}

static const struct fact_block *block_named(const struct fact_block *blocks, int n, const char *code)
{
        for (int i = 0; i < n; i++)
                if (strcmp(blocks[i].code, code) == 0)
                        return &blocks[i];
        return NULL;
}

/* The last of its kind that ended before it began. */
static const struct fact_block *block_before(const struct fact_block *blocks, int n, const struct fact_block *block)
{
        const struct fact_block *found = NULL;
        for (int i = 0; i < n; i++)
                if (blocks[i].last < block->first && is_alike(blocks[i].code, block->code) && (!found || blocks[i].last > found->last))
                        found = &blocks[i];
        return found;
}

struct codes { struct fact_block *blocks; int n; struct arena *arena; };

static bool days_of(const struct codes *codes, const char *code, int64_t *ret_first, int64_t *ret_last)
{
        int year, quarter;
        const struct fact_block *block = block_named(codes->blocks, codes->n, code);
        if (block) {
                *ret_first = block->first;
                *ret_last = block->last;
        } else if (read_code(code, &year, &quarter)) {
                *ret_first = first_of(year, quarter ? 3 * quarter - 2 : 1);
                *ret_last = (quarter == 0 || quarter == 4 ? first_of(year + 1, 1) : first_of(year, 3 * quarter + 1)) - 1;
        } else {
                return false;
        }
        return true;
}

static const char *code_before(const struct codes *codes, const char *code)
{
        int year, quarter;
        const struct fact_block *block = block_named(codes->blocks, codes->n, code);
        if (block) {
                const struct fact_block *before = block_before(codes->blocks, codes->n, block);
                return before ? before->code : NULL;
        }
        if (!read_code(code, &year, &quarter))
                return NULL;
        if (quarter == 0)
                return arena_printf(codes->arena, "%04d", year - 1);
        return arena_printf(codes->arena, "%04d-T%d", quarter > 1 ? year : year - 1, quarter > 1 ? quarter - 1 : 4);
}

static const char *code_year_before(const struct codes *codes, const char *code)
{
        int year, quarter;
        const struct fact_block *block = block_named(codes->blocks, codes->n, code);
        if (!block && !read_code(code, &year, &quarter))
                return NULL;
        if (strspn(code, "0123456789") < 4)
                return NULL;
        const char *before = arena_printf(codes->arena, "%04d%s", atoi(arena_strndup(codes->arena, code, 4)) - 1, code + 4);
        return block && !block_named(codes->blocks, codes->n, before) ? NULL : before;
}

static enum err_code codes_read(struct codes *codes, struct store *store, struct arena *arena, struct err *err)
{
        *codes = (struct codes){.arena = arena};
        return store_facts_blocks(store, arena, &codes->blocks, &codes->n, err);
}

enum err_code balance_before(struct store *store, const char *period, struct arena *arena, const char **ret,
                             struct err *err)
{
        struct codes codes;
        enum err_code rc = codes_read(&codes, store, arena, err);
        *ret = rc == ERR_OK ? code_before(&codes, period) : NULL;
        return rc;
}

enum err_code balance_days(struct store *store, const char *period, int64_t *ret_first, int64_t *ret_last, bool *ret,
                           struct err *err)
{
        struct arena arena = {0};
        struct codes codes;
        enum err_code rc = codes_read(&codes, store, &arena, err);
        *ret = rc == ERR_OK && days_of(&codes, period, ret_first, ret_last);
        arena_release(&arena);
        return rc;
}

enum err_code balance_is_period(struct store *store, const char *period, bool *ret, struct err *err)
{
        int64_t first, last;
        return balance_days(store, period, &first, &last, ret, err);
}

/* ---- The periods of a grid ---- */

static int add_span(struct grid *grid, const struct codes *codes, const char *code)
{
        struct span span = {.code = arena_strdup(grid->arena, code), .before = -1, .year_before = -1, .year = -1};
        for (int i = 0; i < grid->spans_n; i++)
                if (strcmp(grid->spans[i].code, code) == 0)
                        return i;
        if (!days_of(codes, code, &span.first, &span.last))
                span.last = span.first - 1;
        if (grid->spans_n == grid->spans_room) {
                grid->spans_room = grid->spans_room ? 2 * grid->spans_room : 16;
                grid->spans = xrealloc(grid->spans, (size_t)grid->spans_room * sizeof *grid->spans);
        }
        grid->spans[grid->spans_n] = span;
        return grid->spans_n++;
}

/* Those asked for stay first, each at its place also when one is asked for twice. */
static void add_asked(struct grid *grid, const struct codes *codes)
{
        for (int i = 0; i < grid->query->periods_n; i++)
                add_span(grid, codes, grid->query->periods[i]);
}

/* A period within one of the years of the grid, and the year. */
static void add_within(struct grid *grid, const struct codes *codes, int year, const char *code)
{
        int at = add_span(grid, codes, code);
        struct span *span = &grid->spans[at];
        span->in_year = grid->spans[year].first <= span->first && span->last <= grid->spans[year].last;
        if (at != year && span->in_year)
                span->year = year;
}

/* All periods of each year, so that what is hidden of one does not depend on which of them was asked for. */
static void add_years(struct grid *grid, const struct codes *codes)
{
        for (int i = 0, all = grid->spans_n; i < all; i++) {
                if (balance_period_kind(grid->spans[i].code) != 1)
                        continue;
                int64_t first = grid->spans[i].first, last = grid->spans[i].last;
                add_within(grid, codes, i, grid->spans[i].code);
                for (int quarter = 1; quarter <= 4; quarter++)
                        add_within(grid, codes, i, arena_printf(grid->arena, "%s-T%d", grid->spans[i].code, quarter));
                for (int b = 0; b < codes->n; b++)
                        if (first <= codes->blocks[b].first && codes->blocks[b].last <= last)
                                add_within(grid, codes, i, codes->blocks[b].code);
        }
}

enum err_code grid_spans(struct grid *grid, struct store *store, struct err *err)
{
        struct codes codes;
        enum err_code rc = codes_read(&codes, store, grid->arena, err);
        if (rc != ERR_OK)
                return rc;
        add_asked(grid, &codes);
        for (int i = 0, asked = grid->spans_n; grid->query->compare && i < asked; i++) {
                const char *before = code_before(&codes, grid->spans[i].code);
                const char *year_before = code_year_before(&codes, grid->spans[i].code);
                int at = before ? add_span(grid, &codes, before) : -1;
                grid->spans[i].before = at;
                at = year_before ? add_span(grid, &codes, year_before) : -1;
                grid->spans[i].year_before = at;
        }
        for (int i = 0, all = grid->spans_n; i < all; i++) {
                if (grid->spans[i].first > grid->spans[i].last)
                        continue;
                struct civil civil = date_to_civil(grid->spans[i].first);
                int at = add_span(grid, &codes, arena_printf(grid->arena, "%04d", civil.year));
                grid->spans[i].year = at;
        }
        if (grid_needs_tiles(grid))
                add_years(grid, &codes);
        return ERR_OK;
}
