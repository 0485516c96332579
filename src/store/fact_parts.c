/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a total back to the records that make it (contract in store/facts.h):
 * the facts of the indicator are judged by the rules that summed them
 * (fact_rules.c), and those of other places left out afterwards, since whoever
 * moved counts where she was seen last.
 */
#include <stdlib.h>
#include <string.h>

#include "facts_priv.h"

struct search {
        struct store *store;
        const struct total_asked *asked;
        struct period period;
        int64_t indicator, by, nothing; /* words; by: with asked->by */
        bool *places;                   /* by number: is it of the UGEL and the value asked for */
        int64_t places_n;
        struct sums sums;               /* by record */
};

/* The number of a text; 0: no fact has it. */
static enum err_code word_find(struct store *store, const char *text, int64_t *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_FACT_WORD);
        sql_text(&q, text);
        *ret = sql_next(&q) ? sql_read_int(&q, 0) : 0;
        return sql_end(&q, err);
}

/* ---- Places ---- */

static bool is_asked_for(const struct search *search, const int64_t *ugels, int64_t value, struct sql *place)
{
        const struct total_asked *asked = search->asked;
        bool here = !asked->ugels;
        for (int i = 0; i < asked->ugels_n && !here; i++)
                here = ugels[i] != 0 && sql_read_int(place, 1) == ugels[i];
        return here && (asked->dimension == DIMENSION_NONE || sql_read_int(place, 1 + (int)asked->dimension) == value);
}

static void place_add(struct search *search, int64_t pk)
{
        if (pk >= search->places_n) {
                int64_t n = pk + 256;
                search->places = xrealloc(search->places, (size_t)n * sizeof *search->places);
                memset(search->places + search->places_n, 0, (size_t)(n - search->places_n) * sizeof *search->places);
                search->places_n = n;
        }
        search->places[pk] = true;
}

static enum err_code places_read(struct search *search, struct err *err)
{
        const struct total_asked *asked = search->asked;
        int64_t *ugels = xcalloc((size_t)asked->ugels_n + 1, sizeof *ugels), value = 0;
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < asked->ugels_n; i++)
                rc = word_find(search->store, asked->ugels[i], &ugels[i], err);
        if (rc == ERR_OK && asked->dimension != DIMENSION_NONE)
                rc = word_find(search->store, asked->value, &value, err);
        if (rc == ERR_OK) {
                struct sql q = sql_use(search->store, SQL_FACT_PLACES);
                while (sql_next(&q))
                        if (is_asked_for(search, ugels, value, &q))
                                place_add(search, sql_read_int(&q, 0));
                rc = sql_end(&q, err);
        }
        free(ugels);
        return rc;
}

/* ---- What counts ---- */

/* The entries that count in the period or decide whether others do. */
static enum err_code entries_read(const struct search *search, struct entries *ret, struct err *err)
{
        struct entries row = {0};
        struct sql q = sql_use(search->store, SQL_FACT_ALL);
        while (sql_next(&q)) {
                row.n = 0;
                entries_row(&row, &q);
                for (int i = 0; i < row.n; i++) {
                        const struct entry *entry = &row.items[i];
                        bool near = entry->flags & FACT_STOCK || entry_reaches_far(entry) || period_holds(&search->period, entry->day);
                        if (entry->indicator == search->indicator && near)
                                entries_add(ret, entry);
                }
        }
        entries_release(&row);
        return sql_end(&q, err);
}

static bool is_here(const struct search *search, const struct entry *entry)
{
        bool other_part = search->asked->by && entry->by != search->by;
        bool told_apart = search->asked->dimension != DIMENSION_NONE && entry->flags & FACT_UGEL_ONLY;
        return entry->place > 0 && entry->place < search->places_n && search->places[entry->place] && !told_apart && !other_part;
}

static void count(struct search *search, const struct entry *entry)
{
        struct sum *sum = sums_at(&search->sums, (int64_t[6]){entry->record});
        sum->num += entry->num;
        sum->den += entry->den;
        sum->partial += entry->partial;
        sum->n += entry->flags & FACT_COUNTS ? 1 : 0;
}

static void count_group(struct search *search, const struct entry *group, int n)
{
        const struct period stock = {search->nothing, STOCK_DAY, STOCK_DAY}, dated_stock = {search->nothing, INT64_MIN, INT64_MAX};
        for (int i = 0; i < n; i++) {
                bool now = group[i].flags & FACT_STOCK;
                const struct period *period = !now ? &search->period : group[i].day == STOCK_DAY ? &stock : &dated_stock;
                struct entry counted;
                if (period_holds(period, group[i].day) && entry_counts(group, n, i, period, search->nothing, &counted) &&
                    is_here(search, &counted))
                        count(search, &counted);
        }
}

static enum err_code count_all(struct search *search, struct err *err)
{
        struct entries entries = {0};
        enum err_code rc = entries_read(search, &entries, err);
        entries_order(entries.items, entries.n);
        for (int i = 0, more; rc == ERR_OK && i < entries.n; i += more) {
                more = entries_group(&entries.items[i], entries.n - i);
                count_group(search, &entries.items[i], more);
        }
        entries_release(&entries);
        return rc;
}

static enum err_code parts_of(struct store *store, const struct sums *sums, struct rows *rows, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (size_t i = 0; rc == ERR_OK && i < sums->room; i++) {
                const struct sum *sum = &sums->slots[i];
                if (!sum->used)
                        continue;
                struct sql q = sql_use(store, SQL_FACT_ID);
                sql_int(&q, sum->key[0]);
                while (sql_next(&q)) {
                        struct total_part *part = rows_add(rows);
                        *part = (struct total_part){sql_read_id(&q, 0), sum->num, sum->den, sum->partial, sum->n};
                }
                rc = sql_end(&q, err);
        }
        return rc;
}

enum err_code store_total_parts(struct store *store, const struct total_asked *asked, struct arena *arena,
                                struct total_part **ret, int *ret_n, struct err *err)
{
        struct search search = {.store = store, .asked = asked, .period = {.first = asked->first, .last = asked->last}};
        struct rows rows = {.arena = arena, .size = sizeof(struct total_part)};
        enum err_code rc = word_find(store, asked->indicator, &search.indicator, err);
        if (rc == ERR_OK)
                rc = word_find(store, "", &search.nothing, err);
        if (rc == ERR_OK && asked->by)
                rc = word_find(store, asked->by, &search.by, err);
        if (rc == ERR_OK)
                rc = places_read(&search, err);
        if (rc == ERR_OK && search.indicator)
                rc = count_all(&search, err);
        if (rc == ERR_OK)
                rc = parts_of(store, &search.sums, &rows, err);
        *ret = rows.items;
        *ret_n = rows.n;
        sums_release(&search.sums);
        free(search.places);
        return rc;
}
