/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of the expression language and their conversions.
 *
 * A value is small and passed by copy.  Strings and items are borrowed: from
 * the session, the form, or the arena of the evaluation; whoever keeps a value
 * copies it with value_copy().
 */
#ifndef SIMAE_EXPR_VALUE_H
#define SIMAE_EXPR_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"

enum value_kind {
        VALUE_EMPTY,    /* unanswered or not relevant; the empty string everywhere */
        VALUE_STRING,   /* never "": that is VALUE_EMPTY */
        VALUE_NUMBER,
        VALUE_BOOLEAN,
        VALUE_DATE,     /* a civil day */
        VALUE_DATETIME,
        VALUE_TIME,
        VALUE_SET,      /* choices: names with one space between them, in `string` */
        VALUE_SEQUENCE, /* one value for each row of a repeat */
};

struct value {
        enum value_kind kind;
        int count; /* SEQUENCE: number of items */
        union {
                const char *string; /* STRING, SET */
                double number;
                bool boolean;
                int64_t days;            /* DATE */
                struct datetime datetime;
                int32_t ms;              /* TIME, of the day */
                const struct value *items; /* SEQUENCE */
        };
};

/* "" and NULL give VALUE_EMPTY. */
struct value value_string(const char *text);
struct value value_number(double number);
struct value value_boolean(bool boolean);
struct value value_date(int64_t days);
#define VALUE_NONE ((struct value){.kind = VALUE_EMPTY})

/* Empty, blank text, an empty set or a sequence of nothing but empties. */
bool value_is_empty(const struct value *value);
/* Same kind and same content (NaN equals NaN): "did the answer change?" */
bool value_same(const struct value *a, const struct value *b);
/* A copy that lives in `arena`. */
struct value value_copy(const struct value *value, struct arena *arena);

/*
 * Conversions of form-language: number() of text takes digits, one point and a
 * leading minus; ISO dates count days since 1970-01-01 (datetimes with a
 * fraction, times as a fraction of a day); a sequence converts its first item.
 */
double value_to_number(const struct value *value);
bool value_to_boolean(const struct value *value);
/* Text as an expression prints it; in `arena` or borrowed from the value. */
const char *value_to_string(const struct value *value, struct arena *arena);
/* A number as text: no exponent, no trailing .0, "NaN", "Infinity"; `-0` is "0". */
const char *value_number_text(double number, struct arena *arena);
/* number() of a text: NaN unless it is a plain decimal number. */
double value_parse_number(const char *text);

/* The word for a kind as `simae expresion` prints it: "number", "date", "empty"… */
const char *value_kind_word(enum value_kind kind);

#endif
