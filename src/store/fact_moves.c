/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Totals moved by one record.  Where the last of a who counts, the others about
 * the same who in the periods touched are read too, counted out with the record
 * as it was and counted in with the record as it is: what does not change
 * cancels out.
 */
#include "facts_priv.h"

static void widen(struct period *span, const struct period *by)
{
        span->first = by->first < span->first ? by->first : span->first;
        span->last = by->last > span->last ? by->last : span->last;
}

/* The days of every period that entries of `who` touch. */
static enum err_code span_of(struct periods *periods, const struct entries *entries, int64_t who, struct period *span,
                             struct err *err)
{
        struct period found[PERIODS_MAX];
        enum err_code rc = ERR_OK;
        int n;
        for (int i = 0; rc == ERR_OK && i < entries->n; i++) {
                if (entries->items[i].who != who || entries->items[i].waits)
                        continue;
                rc = periods_of(periods, &entries->items[i], found, &n, err);
                if (entry_reaches_far(&entries->items[i]))
                        widen(span, &(struct period){.first = INT64_MIN, .last = INT64_MAX});
                for (int p = 0; rc == ERR_OK && p < n; p++)
                        widen(span, &found[p]);
        }
        return rc;
}

static void take_counted(const struct entries *from, int64_t who, struct entries *to)
{
        for (int i = 0; i < from->n; i++)
                if (from->items[i].who == who && !from->items[i].waits)
                        entries_add(to, &from->items[i]);
}

/* Those about `who` of other records, and those of this one: counted. */
static enum err_code count_with(struct sums *sums, struct periods *periods, const struct entries *others,
                                const struct entries *own, int64_t who, int sign, struct err *err)
{
        struct entries all = {0};
        take_counted(others, who, &all);
        take_counted(own, who, &all);
        enum err_code rc = sums_count(sums, periods, all.items, all.n, sign, err);
        entries_release(&all);
        return rc;
}

static enum err_code move_who(struct sums *sums, struct periods *periods, int64_t pk, int64_t who,
                              const struct entries *before, const struct entries *after, struct err *err)
{
        struct entries others = {0};
        struct period span = {.first = INT64_MAX, .last = INT64_MIN};
        enum err_code rc = span_of(periods, before, who, &span, err);
        if (rc == ERR_OK)
                rc = span_of(periods, after, who, &span, err);
        if (rc == ERR_OK && who != 0 && span.first <= span.last) {
                struct sql q = sql_use(periods->store, SQL_FACT_ABOUT);
                sql_int(&q, who);
                sql_int(&q, span.first);
                sql_int(&q, span.last);
                sql_int(&q, pk);
                while (sql_next(&q))
                        entries_row(&others, &q);
                rc = sql_end(&q, err);
        }
        if (rc == ERR_OK)
                rc = count_with(sums, periods, &others, before, who, -1, err);
        if (rc == ERR_OK)
                rc = count_with(sums, periods, &others, after, who, 1, err);
        entries_release(&others);
        return rc;
}

/* Is it the first of its who in both lists? `at` counts through the first and then the second. */
static bool is_first(const struct entries *before, const struct entries *after, int at)
{
        const struct entry *entry = at < before->n ? &before->items[at] : &after->items[at - before->n];
        for (int i = 0; i < at; i++)
                if ((i < before->n ? &before->items[i] : &after->items[i - before->n])->who == entry->who)
                        return false;
        return true;
}

enum err_code totals_move(struct store *store, int64_t pk, struct entries *before, struct entries *after, struct err *err)
{
        struct periods periods = {0};
        struct sums sums = {0};
        enum err_code rc = periods_init(&periods, store, err);
        for (int i = 0; rc == ERR_OK && i < before->n + after->n; i++) {
                const struct entry *entry = i < before->n ? &before->items[i] : &after->items[i - before->n];
                if (is_first(before, after, i))
                        rc = move_who(&sums, &periods, pk, entry->who, before, after, err);
        }
        if (rc == ERR_OK)
                rc = sums_write(&sums, store, false, err);
        sums_release(&sums);
        periods_release(&periods);
        return rc;
}
