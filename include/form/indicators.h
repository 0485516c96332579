/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Indicators as data: forms/indicadores.yaml, what the Balance counts and how.
 *
 * An indicator says in words what is counted, and in sources how a record of a
 * form contributes.  A source is a handful of expressions over the answers of
 * one record: it may not look at other records or at the clock, so that what a
 * record contributes is kept once and a rebuild gives the same.
 *
 *      indicadores.yaml ── indicators_load() ──► struct indicators
 *      one version of a form ── indicators_bind() ──► struct indicator_binding, expressions ready
 *      the answers of a record ── contributions() (fill/contributions.h) ──► numbers
 *
 * How contributions become a figure of a period (whoever keeps the facts does it):
 *
 *   1. A contribution belongs to the period that holds its day; one without a
 *      day (stock) tells how things are now and counts whatever the period.  A
 *      day after today does not count yet.
 *   2. With `last`, of those of the same indicator, side, `who` and `by` only
 *      that of the latest day counts (then the latest revision); different
 *      sources share `who`, so that a school seen by two forms counts once.  An
 *      empty `who` stands for the record (or its row) itself.
 *   3. ratio units: sum of num / sum of den (× 100 for percentages); others:
 *      sum of num.  n is how many contributions counted.
 *   4. n below `minimum` shows no value.  `reserved`: only totals by UGEL and
 *      period are kept and shown, never with a school, a person or a record.
 */
#ifndef SIMAE_FORM_INDICATORS_H
#define SIMAE_FORM_INDICATORS_H

#include "form/form.h"

enum indicator_unit {
#define UNIT(symbol, name, sign, ratio) INDICATOR_##symbol,
#include "form/indicator_words.def"
        INDICATOR_UNITS
};
enum indicator_counted {
#define COUNTED(symbol, name, plural, people) COUNTED_##symbol,
#include "form/indicator_words.def"
        COUNTED_N
};
enum indicator_computed {
        COMPUTED_NOT,
#define COMPUTED(symbol, name, about) COMPUTED_##symbol,
#include "form/indicator_words.def"
        COMPUTED_N
};
enum indicator_direction { DIRECTION_NONE, DIRECTION_UP, DIRECTION_DOWN, DIRECTION_CONTEXT };
enum indicator_side { SIDE_BOTH, SIDE_NUM, SIDE_DEN };

/* The expressions of a source. */
enum source_part { PART_WHEN, PART_WHO, PART_DATE, PART_NUM, PART_PARTIAL, PART_DEN, PART_BY, SOURCE_PARTS };

struct indicator_source {
        const char *form;
        const char *each;                /* a repeat: one contribution for each of its rows; NULL */
        enum indicator_side side;
        bool last;                       /* the last of each `who` in the period counts; else all */
        bool stock;                      /* as things are now; has no day */
        const char *texts[SOURCE_PARTS]; /* as written; NULL: not there */
        const struct ynode *places[SOURCE_PARTS], *form_at, *each_at; /* for messages */
};

/* A figure of the documents that the program did not compute. */
struct indicator_baseline {
        double value;
        enum indicator_unit unit; /* that of the indicator unless the file says another: then no gap can be told */
        int year;             /* 0: not said */
        const char *source;   /* lines of the documents, never NULL */
        const char *by, *note; /* "" : not said. by: of which breakdown */
};
/* The same figure told the other way round: shown, never counted again. */
struct indicator_complement { double value; const char *label, *source; };

struct indicator {
        const char *key, *label, *numerator, *denominator; /* in words; "" if there is none */
        const char *source;         /* where it comes from; "" */
        enum indicator_unit unit;
        enum indicator_counted counted;
        enum indicator_computed computed;
        enum indicator_direction direction;
        char mark;                  /* N C P T */
        bool context;               /* only its baseline: nothing is computed */
        bool reserved;
        int minimum;                /* of n */
        int objective;              /* of the Programa SER, 1 to 4; 0 */
        const char *result;         /* corto, mediano, largo: its place in the chain of results; "" */
        const char *section;        /* the heading of the Balance that it stands under; "" */
        const char *breakdown;      /* what `by` tells apart, in words; "" */
        const char *population;     /* all that could be counted, in the directory: "institucion", "persona", or
                                       "persona docente …" for those with one of these posts; "" : not said */
        int part_of;                /* the indicator of which it is a part, or -1 */
        double catalogue;           /* of `programas_dif`: the sum and from how many */
        int catalogue_n;
        const char *unfed;          /* why no question feeds it; "" */
        const struct indicator_source *sources;
        int sources_n;
        const struct indicator_baseline *baselines;
        int baselines_n;
        const struct indicator_complement *complements;
        int complements_n;
        const char *const *warnings;
        int warnings_n;
        const char *file;
        int line;
};

/* A number that expressions name without ${}: `>= logra`. */
struct indicator_parameter { const char *name, *label, *text; double value; };

struct indicators {
        const char *title, *note;
        const struct indicator *items; /* in the order of the file */
        int n;
        struct indicator_parameter *parameters;
        int parameters_n;
        struct arena *arena;
};

/*
 * The indicators of the folder of forms `dir`; no file: none, and no mistake.
 * Mistakes are told with their places; an indicator with one is left out.
 */
struct indicators *indicators_load(const char *dir, struct err_list *mistakes);
/*
 * The same with another file besides (`own`, the UGEL's; it need not be there):
 * its indicators stand in the place of those with their keys, or after all, and
 * its parameters likewise.
 */
struct indicators *indicators_load_with(const char *dir, const char *own, struct err_list *mistakes);
void indicators_free(struct indicators *indicators);
/* Index by key, or -1. */
int indicators_find(const struct indicators *indicators, const char *key);
const struct indicator_parameter *indicators_parameter(const struct indicators *indicators, const char *name);
/* Another value for a parameter, from the next contributions() on; false if there is none of that name. */
bool indicators_set(struct indicators *indicators, const char *name, double value);

/* Words of the enums. */
const char *indicator_unit_name(enum indicator_unit unit);
const char *indicator_unit_sign(enum indicator_unit unit);
bool indicator_is_ratio(const struct indicator *indicator);
const char *indicator_counted_words(enum indicator_counted counted);
const char *indicator_computed_name(enum indicator_computed computed);
const char *indicator_computed_about(enum indicator_computed computed);
const char *indicator_direction_name(enum indicator_direction direction);
const char *source_part_name(enum source_part part);

/* One source, ready for the records of one version of a form. */
struct indicator_rule {
        int indicator, source;
        int each;                         /* the repeat's node, or -1 */
        const struct expr *exprs[SOURCE_PARTS];
};

struct indicator_binding {
        const struct indicators *indicators;
        const struct form *form;
        struct indicator_rule *rules; /* in order of indicator and source */
        int n;
        struct arena arena;
};

/*
 * The sources of `form`'s id over this version of it.  A source that it cannot
 * serve (a question that an older version lacks) is left out, and told in
 * `mistakes` (may be NULL).  Both must outlive the binding.
 */
void indicators_bind(const struct indicators *indicators, const struct form *form, struct indicator_binding *ret,
                     struct err_list *mistakes);
void indicator_binding_release(struct indicator_binding *binding);

#endif
