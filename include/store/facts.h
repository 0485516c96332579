/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts: the numbers that each record contributes to the indicators, and the
 * totals that they sum to.
 *
 *      records ── contributions ──► fact   one row for each record and who, its numbers packed
 *                                    │ moved by what changes, in the same transaction
 *                                    ▼
 *                                   total  indicator × period × UGEL × dimension value × by → num, den, n
 *
 * Totals are read without looking at facts, however many there are.  A record
 * that arrives, changes or is annulled takes out what it counted before and
 * puts in what it counts now; where the last of a `who` in a period counts, its
 * going or coming makes another count.  Numbers are whole millionths, so that
 * adding and subtracting leaves no rest.  store_facts_finish() sums everything
 * again and gives exactly the same totals.
 *
 * Periods have codes: "2026-T1" (calendar quarter), "2026" (year), those of the
 * blocks given ("2026_l1"), and "" for stock,
 * which is counted as things are now (from its day on, if it has one).
 *
 * While facts are being computed again (store_facts_begin() to finish()) totals
 * are empty; nothing is lost if the program ends in between.
 */
#ifndef SIMAE_STORE_FACTS_H
#define SIMAE_STORE_FACTS_H

#include "store/store.h"

enum dimension {
        DIMENSION_NONE, /* the UGEL as a whole */
#define DIMENSION(symbol, name, heading, questions) DIMENSION_##symbol,
#include "store/dimensions.def"
#undef DIMENSION
        DIMENSIONS
};

enum { FACT_UNIT = 1000000 };          /* numbers are in millionths */
#define FACT_MOST ((double)1000000000) /* beyond it, in either direction, numbers are cut */

enum fact_flags {
        FACT_COUNTS = 1 << 0, /* adds one to n */
        FACT_LAST = 1 << 1,   /* of those with the same indicator, side, who and by, only the last of a period counts */
        FACT_STOCK = 1 << 2,  /* has no day */
        FACT_NUM = 1 << 3,    /* of the numerator's side only */
        FACT_DEN = 1 << 4,
        FACT_UGEL_ONLY = 1 << 5, /* in no total of a dimension */
        /* Rules for those with the same indicator and who. */
        FACT_TWICE = 1 << 6,     /* NUM: the last of a period counts if the period has one of a day before, and one of DEN */
        FACT_BOTH = 1 << 7,      /* NUM and DEN count only while the last of DEN has a den above 0 */
        FACT_AFTER = 1 << 8,     /* counts after another whose partial is a day: num 1 up to that day, else 0; den 1 */
        FACT_TEAM = 1 << 9,      /* see `team_role` */
};

/*
 * FACT_TEAM: somebody (partial: a number of the person) in a role (num) of a
 * team (by), from the fact's day on (den 1), or no longer from that day on (den
 * -1).  The who counts 1 while some team of it is complete: a
 * coordinator, two monitors and a trainer.
 */
enum team_role { TEAM_COORDINATOR, TEAM_MONITOR, TEAM_TRAINER, TEAM_ROLES };

struct fact {
        const char *indicator, *by; /* by: "" for none */
        const char *who;            /* "": the record itself, or its row; only a hash of it is kept */
        unsigned flags;
        int64_t day;                /* days since 1970; of stock, from when on it is so, or 0 */
        int64_t num, den, partial;  /* in FACT_UNIT */
};
/* What the indicator of a target begins with; its `by` is a year, or the id of a record of `periodo`. */
#define FACT_TARGET "meta:"
/* What is in the directory, as things are now: this and the form; the `by` of a person is the post. */
#define FACT_DIRECTORY "directorio:"
/* A number as facts have it. */
int64_t fact_number(double value);

/* Where a record stands; [0] is the UGEL, the rest by enum dimension; "" or NULL: not known. */
struct fact_place { const char *values[DIMENSIONS]; };

/*
 * What a record that the store has contributes from now on (n 0: nothing), with
 * the totals that it moves.  A day later than the one up to which facts count
 * waits for store_facts_today().
 */
enum err_code store_facts_set(struct store *store, const struct id *record, const struct fact_place *place,
                              const struct fact *facts, int n, struct err *err);
/*
 * The same of a record that contributed nothing before, while facts are
 * computed again, in the caller's transaction: no totals are moved.
 */
struct fact_origin {
        int64_t pk;           /* the record's row */
        struct hash revision; /* that speaks for it, and its date */
        const char *date;
        bool only;            /* the record has no other */
};
enum err_code store_facts_gather(struct store *store, const struct fact_origin *origin, const struct fact_place *place,
                                 const struct fact *facts, int n, struct err *err);
/* From here to store_facts_finish() facts are gathered on top of those there are, and no totals are moved. */
enum err_code store_facts_pause(struct store *store, struct err *err);
/* Count the facts that waited for their day, up to `today`. An earlier day than before changes nothing. */
enum err_code store_facts_today(struct store *store, int64_t today, struct err *err);

struct fact_block { const char *code; int64_t first, last; };
/* Those in use, in order of their first day. */
enum err_code store_facts_blocks(struct store *store, struct arena *arena, struct fact_block **ret, int *ret_n,
                                 struct err *err);
/* Forget facts and totals, to compute them again with these blocks and under this stamp (what they depend on). */
enum err_code store_facts_begin(struct store *store, const struct fact_block *blocks, int n, const char *stamp,
                                int64_t today, struct err *err);
/* Of how many records facts are still to be computed: at most so many, and 0 if none. */
enum err_code store_facts_left(struct store *store, int64_t *ret, struct err *err);
/*
 * Compute the next ones, at most `most`, in the caller's transaction: `each`
 * gives the facts of one, with store_facts_gather(); what it had is forgotten
 * before.  `body`: of the revision that speaks for it, or its merged answers.
 */
struct fact_record { struct fact_origin origin; struct id id; struct hash form_hash; enum record_state state; bool sensitive; };
typedef enum err_code store_facts_each(void *ctx, const struct fact_record *record, const char *body, struct err *err);
enum err_code store_facts_next(struct store *store, int most, store_facts_each *each, void *ctx, struct err *err);
/* All facts are there: sum them, and keep the totals from now on. */
enum err_code store_facts_finish(struct store *store, struct err *err);
/* Between begin and finish. */
enum err_code store_facts_pending(struct store *store, bool *ret, struct err *err);
/* The stamp of the last begin, NULL if there was none. */
enum err_code store_facts_stamp(struct store *store, struct arena *arena, const char **ret, struct err *err);

struct total {
        const char *indicator, *period, *ugel, *value, *by; /* value: of the dimension asked for; "" */
        int64_t num, den, partial, n;
};
/*
 * The totals of some periods; `indicator` NULL: of all. Those of the same
 * period come together. What is passed lives until the store is used again.
 */
typedef void store_total_each(void *ctx, const struct total *total);
enum err_code store_totals(struct store *store, enum dimension dimension, const char *const *periods, int periods_n,
                           const char *indicator, store_total_each *each, void *ctx, struct err *err);

/* ---- Which records make a total ---- */

struct total_asked {
        const char *indicator;
        int64_t first, last;          /* days of the period, both included; stock counts besides */
        const char *const *ugels;     /* NULL: of any */
        int ugels_n;
        enum dimension dimension;     /* with `value`; NONE: the UGEL as a whole */
        const char *value;
        const char *by;               /* this part of the breakdown; NULL: all */
};
/* What one record adds to it: the sums of all of these are the total's. */
struct total_part { struct id record; int64_t num, den, partial, n; };
/* One for each record that counts, in no particular order; in `arena`. Reads every fact of the period. */
enum err_code store_total_parts(struct store *store, const struct total_asked *asked, struct arena *arena,
                                struct total_part **ret, int *ret_n, struct err *err);

#endif
