/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comparison and arithmetic on two values.
 *
 * Equality compares as booleans if either side is one, else as numbers if
 * either is a number, else as strings; order always compares numbers.  Dates
 * are numbers (days), and text beside a date is read as one.  Nothing is equal
 * to, different from, less or greater than NaN.  A sequence stands for any of
 * its members.
 */
#include <math.h>
#include <string.h>

#include "expr_priv.h"

static bool order(enum op op, double a, double b)
{
        switch (op) {
        case OP_EQ: return a == b;
        case OP_NE: return a != b && !isnan(a) && !isnan(b);
        case OP_LT: return a < b;
        case OP_LE: return a <= b;
        case OP_GT: return a > b;
        default: return a >= b;
        }
}

/* Text beside a date or time, as one of these if it can be read so. */
static struct value as_temporal(const struct value *value, const struct value *beside)
{
        struct value when;
        if (value->kind != VALUE_STRING || !value_is_temporal(beside))
                return *value;
        if (value_parse_temporal(value->string, &when))
                return when;
        if (beside->kind == VALUE_TIME && time_parse(value->string, &when.ms)) {
                when.kind = VALUE_TIME;
                return when;
        }
        return *value;
}

/* Beside a civil day, a datetime counts by its own calendar: nothing shifts a date. */
static double number_beside(const struct value *value, const struct value *beside)
{
        if (value->kind == VALUE_DATETIME && beside->kind == VALUE_DATE)
                return (double)value->datetime.days + value->datetime.ms / 86400000.0;
        return value_to_number(value);
}

static bool equal_text(const struct value *a, const struct value *b, struct arena *arena)
{
        return strcmp(value_to_string(a, arena), value_to_string(b, arena)) == 0;
}

static bool compare_one(enum op op, const struct value *left, const struct value *right, struct arena *arena)
{
        struct value a = as_temporal(left, right), b = as_temporal(right, left);
        if (op != OP_EQ && op != OP_NE)
                return order(op, number_beside(&a, &b), number_beside(&b, &a));
        if (a.kind == VALUE_BOOLEAN || b.kind == VALUE_BOOLEAN)
                return (value_to_boolean(&a) == value_to_boolean(&b)) == (op == OP_EQ);
        bool both_temporal = value_is_temporal(&a) && value_is_temporal(&b);
        if (a.kind == VALUE_NUMBER || b.kind == VALUE_NUMBER || both_temporal)
                return order(op, number_beside(&a, &b), number_beside(&b, &a));
        return equal_text(&a, &b, arena) == (op == OP_EQ);
}

static bool compare_any(enum op op, const struct value *a, const struct value *b, struct arena *arena)
{
        if (a->kind == VALUE_SEQUENCE) {
                for (int i = 0; i < a->count; i++)
                        if (compare_any(op, &a->items[i], b, arena))
                                return true;
                return false;
        }
        if (b->kind == VALUE_SEQUENCE) {
                for (int i = 0; i < b->count; i++)
                        if (compare_one(op, a, &b->items[i], arena))
                                return true;
                return false;
        }
        return compare_one(op, a, b, arena);
}

/* A date or datetime some days later; empty outside years 1 to 9999. */
static struct value shift(const struct value *when, double days)
{
        if (when->kind == VALUE_DATE || isnan(days))
                return value_from_days((double)when->days + days);
        double ms = (double)datetime_utc_ms(&when->datetime) + round(days * 86400000.0);
        if (fabs(ms) > 4e14)
                return VALUE_NONE;
        struct datetime moved = datetime_from_utc_ms((int64_t)ms, when->datetime.offset);
        if (value_from_days((double)moved.days).kind == VALUE_EMPTY)
                return VALUE_NONE;
        return (struct value){.kind = VALUE_DATETIME, .datetime = moved};
}

static bool is_day(const struct value *value)
{
        return value->kind == VALUE_DATE || value->kind == VALUE_DATETIME;
}

static struct value add(const struct value *a, const struct value *b)
{
        if (is_day(a) && !is_day(b))
                return shift(a, value_to_number(b));
        if (is_day(b) && !is_day(a))
                return shift(b, value_to_number(a));
        return value_number(value_to_number(a) + value_to_number(b));
}

/* Exact, since both are whole milliseconds. */
static double days_between(const struct datetime *a, const struct datetime *b)
{
        return (double)(datetime_utc_ms(a) - datetime_utc_ms(b)) / 86400000.0;
}

static struct value subtract(const struct value *left, const struct value *right)
{
        struct value a = as_temporal(left, right), b = as_temporal(right, left);
        if (is_day(&a) && !is_day(&b))
                return shift(&a, -value_to_number(&b));
        if (a.kind == VALUE_DATETIME && b.kind == VALUE_DATETIME)
                return value_number(days_between(&a.datetime, &b.datetime));
        return value_number(number_beside(&a, &b) - number_beside(&b, &a));
}

struct value apply_op(enum op op, const struct value *a, const struct value *b, struct arena *arena)
{
        switch (op) {
        case OP_ADD: return add(a, b);
        case OP_SUB: return subtract(a, b);
        case OP_MUL: return value_number(value_to_number(a) * value_to_number(b));
        case OP_DIV: return value_number(value_to_number(a) / value_to_number(b));
        case OP_MOD: return value_number(fmod(value_to_number(a), value_to_number(b)));
        default: return value_boolean(compare_any(op, a, b, arena));
        }
}
