/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From entries to sums, in each of the periods in which they count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "facts_priv.h"

/* ---- Sums by key: a table with open addresses ---- */

static size_t key_hash(const int64_t key[6])
{
        uint64_t hash = 0x9E3779B97F4A7C15u;
        for (int i = 0; i < 6; i++) {
                hash ^= (uint64_t)key[i];
                hash *= 0xBF58476D1CE4E5B9u;
                hash ^= hash >> 29;
        }
        return (size_t)hash;
}

static struct sum *slot_of(struct sum *slots, size_t room, const int64_t key[6])
{
        size_t at = key_hash(key) & (room - 1);
        while (slots[at].used && memcmp(slots[at].key, key, sizeof slots[at].key) != 0)
                at = (at + 1) & (room - 1);
        return &slots[at];
}

static void grow(struct sums *sums)
{
        size_t room = sums->room ? 2 * sums->room : 256;
        struct sum *slots = xcalloc(room, sizeof *slots);
        for (size_t i = 0; i < sums->room; i++)
                if (sums->slots[i].used)
                        *slot_of(slots, room, sums->slots[i].key) = sums->slots[i];
        free(sums->slots);
        sums->slots = slots;
        sums->room = room;
}

struct sum *sums_at(struct sums *sums, const int64_t key[6])
{
        if (2 * sums->n >= sums->room)
                grow(sums);
        struct sum *slot = slot_of(sums->slots, sums->room, key);
        if (!slot->used) {
                memcpy(slot->key, key, sizeof slot->key);
                slot->used = true;
                sums->n++;
        }
        return slot;
}

void sums_release(struct sums *sums)
{
        free(sums->slots);
        *sums = (struct sums){0};
}

/* ---- Periods ---- */

enum err_code periods_init(struct periods *periods, struct store *store, struct err *err)
{
        int room = 0;
        *periods = (struct periods){.store = store, .quarter = {.first = 1}, .year = {.first = 1}};
        struct sql q = sql_use(store, SQL_FACT_BLOCKS);
        while (sql_next(&q)) {
                if (periods->blocks_n == room) {
                        room = room ? 2 * room : 32;
                        periods->blocks = xrealloc(periods->blocks, (size_t)room * sizeof *periods->blocks);
                }
                periods->blocks[periods->blocks_n++] =
                        (struct period){sql_read_int(&q, 0), sql_read_int(&q, 1), sql_read_int(&q, 2)};
        }
        enum err_code rc = sql_end(&q, err);
        return rc == ERR_OK ? word_number(store, "", &periods->stock, err) : rc;
}

void periods_release(struct periods *periods)
{
        free(periods->blocks);
        periods->blocks = NULL;
}

/* The months from `month` on of a year, as a period. */
static enum err_code span(struct periods *periods, struct period *ret, int year, int month, int months, struct err *err)
{
        char code[32];
        int64_t first = 0, next = 0;
        struct civil from = {.year = year, .month = month, .day = 1};
        struct civil to = {.year = month + months > 12 ? year + 1 : year, .month = (month + months - 1) % 12 + 1, .day = 1};
        if (months == 12)
                snprintf(code, sizeof code, "%04d", year);
        else
                snprintf(code, sizeof code, "%04d-T%d", year, (month + 2) / 3);
        if (!date_from_civil(from, &first) || !date_from_civil(to, &next))
                next = first;
        ret->first = first;
        ret->last = next - 1;
        return word_number(periods->store, code, &ret->word, err);
}

enum err_code periods_of(struct periods *periods, const struct entry *entry, struct period ret[PERIODS_MAX], int *ret_n,
                         struct err *err)
{
        enum err_code rc = ERR_OK;
        int64_t day = entry->day;
        *ret_n = 0;
        if (entry->flags & FACT_STOCK) {
                bool dated = day != STOCK_DAY;
                ret[(*ret_n)++] = (struct period){periods->stock, dated ? INT64_MIN : STOCK_DAY, dated ? INT64_MAX : STOCK_DAY};
                return ERR_OK;
        }
        struct civil civil = date_to_civil(day);
        if (!period_holds(&periods->quarter, day))
                rc = span(periods, &periods->quarter, civil.year, (civil.month - 1) / 3 * 3 + 1, 3, err);
        if (rc == ERR_OK && !period_holds(&periods->year, day))
                rc = span(periods, &periods->year, civil.year, 1, 12, err);
        ret[(*ret_n)++] = periods->quarter;
        ret[(*ret_n)++] = periods->year;
        for (int i = 0; i < periods->blocks_n && *ret_n < PERIODS_MAX; i++)
                if (period_holds(&periods->blocks[i], day))
                        ret[(*ret_n)++] = periods->blocks[i];
        return rc;
}

/* ---- Summing ---- */

static void count(struct sums *sums, const struct entry *entry, const struct period *period, int sign)
{
        struct sum *sum = sums_at(sums, (int64_t[6]){entry->flags & FACT_UGEL_ONLY, period->word, entry->indicator, entry->place, 0,
                                                  entry->by});
        sum->num += sign * entry->num;
        sum->den += sign * entry->den;
        sum->partial += sign * entry->partial;
        sum->n += entry->flags & FACT_COUNTS ? sign : 0;
}

static enum err_code count_group(struct sums *sums, struct periods *periods, const struct entry *group, int n, int sign,
                                 struct err *err)
{
        struct period found[PERIODS_MAX];
        struct entry counted;
        int found_n;
        for (int i = 0; i < n; i++) {
                enum err_code rc = periods_of(periods, &group[i], found, &found_n, err);
                if (rc != ERR_OK)
                        return rc;
                for (int p = 0; p < found_n; p++)
                        if (entry_counts(group, n, i, &found[p], periods->stock, &counted))
                                count(sums, &counted, &found[p], sign);
        }
        return ERR_OK;
}

enum err_code sums_count(struct sums *sums, struct periods *periods, struct entry *entries, int n, int sign, struct err *err)
{
        enum err_code rc = ERR_OK;
        entries_order(entries, n);
        for (int i = 0, more; rc == ERR_OK && i < n; i += more) {
                more = entries_group(&entries[i], n - i);
                rc = count_group(sums, periods, &entries[i], more, sign, err);
        }
        return rc;
}
