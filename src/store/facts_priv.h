/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts and totals inside the store.
 *
 *      facts.c       what a record contributes: rows written, read, compared
 *      fact_items.c  the numbers of a row, packed
 *      fact_sums.c   entries → changes of totals, period by period
 *      fact_rules.c  which entries count in a period
 *      fact_moves.c  what one record changes of the sums
 *      facts_all.c   everything again
 *      totals.c      changes into the table `total`; reading it
 *      memo.c        what all of them read again and again
 *      fact_parts.c  back from a total to the records that make it
 */
#ifndef SIMAE_STORE_FACTS_PRIV_H
#define SIMAE_STORE_FACTS_PRIV_H

#include "store/facts.h"
#include "store_priv.h"

enum { STOCK_DAY = -1000000 }; /* before any civil day */

/* One contribution, unpacked; words are numbers of fact_word. */
struct entry {
        int64_t who, day, stamp, tie, record, seq; /* of its row */
        int64_t place;
        int64_t indicator, by;
        unsigned flags;
        int at;                                    /* within the row */
        bool waits;
        int64_t num, den, partial;
};
struct entries { struct entry *items; int n, room; };

void entries_add(struct entries *entries, const struct entry *entry);
void entries_release(struct entries *entries);
/* The rows of a statement of FACT_COLUMNS. */
void entries_row(struct entries *entries, struct sql *q);
/* The items of a row, whose day is that of the first, and back: each entry added is `row` with them. */
void items_pack(const struct entry *entries, int n, struct str *out);
void items_unpack(const struct entry *row, const unsigned char *bytes, size_t len, struct entries *out);

struct memo_word { const char *text; int64_t number; };
struct memo_place { int64_t words[DIMENSIONS], pk; };
enum { MEMO_PLACES = 1024 };
struct memo {
        struct memo_word *words;
        size_t words_n, room;
        struct memo_place places[MEMO_PLACES];
        struct arena arena;
        bool settings;        /* the next two were read */
        int64_t today;
        bool pending;
};
struct memo *memo_of(struct store *store);
int64_t memo_word(const struct memo *memo, const char *text); /* 0: not remembered */
void memo_add_word(struct memo *memo, const char *text, int64_t number);
/* Where a place is or will be remembered: pk 0 or other words are not it. */
struct memo_place *memo_place(struct memo *memo, const int64_t words[DIMENSIONS]);

/* Sums by six numbers: totals before they are written. */
struct sum { int64_t key[6], num, den, partial, n; bool used; };
struct sums { struct sum *slots; size_t n, room; };
struct sum *sums_at(struct sums *sums, const int64_t key[6]);
void sums_release(struct sums *sums);

struct period { int64_t word, first, last; };
/* The periods that hold a day, as long as one transaction lasts. */
struct periods {
        struct store *store;
        struct period *blocks;
        int blocks_n;
        struct period quarter, year; /* the last asked for */
        int64_t stock;               /* word of "" */
};
enum { PERIODS_MAX = 24 }; /* of one day */
enum err_code periods_init(struct periods *periods, struct store *store, struct err *err);
void periods_release(struct periods *periods);
/* Those in which an entry may count: of its day, or the only one of stock. */
enum err_code periods_of(struct periods *periods, const struct entry *entry, struct period ret[PERIODS_MAX], int *ret_n,
                         struct err *err);
static inline bool period_holds(const struct period *period, int64_t day)
{
        return period->first <= day && day <= period->last;
}

/* ---- fact_rules.c ---- */

/* In groups of who and indicator; within them by side, by and time. */
void entries_order(struct entry *entries, int n);
/* How many from `entries` on, in that order, are of its who and indicator. */
int entries_group(const struct entry *entries, int n);
/*
 * Does entry `at` of a whole group count in the period?  `ret` gets what it
 * counts with. `nothing`: the word of "".
 */
bool entry_counts(const struct entry *group, int n, int at, const struct period *period, int64_t nothing, struct entry *ret);
/* Whether others of its who may count otherwise because of it, in any period. */
bool entry_reaches_far(const struct entry *entry);

/* Adds (sign 1) or takes out (-1) what counts of entries: all those about a who that a period holds must be there (and,
 * of one that reaches far, all those about it). */
enum err_code sums_count(struct sums *sums, struct periods *periods, struct entry *entries, int n, int sign, struct err *err);
/* `fresh`: the table is empty. */
enum err_code sums_write(const struct sums *sums, struct store *store, bool fresh, struct err *err);
enum err_code word_number(struct store *store, const char *text, int64_t *ret, struct err *err);
/* The day up to which facts count. */
enum err_code facts_day(struct store *store, int64_t *ret, struct err *err);
enum err_code facts_day_set(struct store *store, int64_t day, struct err *err);
/* The rows of a record, unpacked. */
enum err_code facts_read(struct store *store, int64_t pk, struct entries *ret, struct err *err);
/* The record `pk` contributed `before` and contributes `after`; both may be reordered. */
enum err_code totals_move(struct store *store, int64_t pk, struct entries *before, struct entries *after, struct err *err);

#endif
