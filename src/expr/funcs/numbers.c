/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number functions: those of <math.h>, rounding in decimal, and sums over sequences. */
#include <math.h>
#include <stdlib.h>

#include "../expr_priv.h"
#include "base/clock.h"

/* exp10(2) must be 100, not 100.00000000000001. */
static double power_of_ten(double x)
{
        return pow(10, x);
}

#define MATH(name, function) \
        struct value fn_##name(const struct eval *ev, const struct node *call) \
        { \
                return value_number(function(arg_number(ev, call, 0))); \
        }
MATH(int, trunc)
MATH(floor, floor)
MATH(ceiling, ceil)
MATH(sqrt, sqrt)
MATH(exp, exp)
MATH(exp10, power_of_ten)
MATH(log, log)
MATH(log10, log10)
MATH(abs, fabs)
MATH(sin, sin)
MATH(cos, cos)
MATH(tan, tan)
MATH(asin, asin)
MATH(acos, acos)
MATH(atan, atan)
MATH(number, )
#undef MATH

struct value fn_pow(const struct eval *ev, const struct node *call)
{
        return value_number(pow(arg_number(ev, call, 0), arg_number(ev, call, 1)));
}

struct value fn_atan2(const struct eval *ev, const struct node *call)
{
        return value_number(atan2(arg_number(ev, call, 0), arg_number(ev, call, 1)));
}

struct value fn_pi(const struct eval *ev, const struct node *call)
{
        (void)ev;
        (void)call;
        return value_number(M_PI);
}

struct value fn_random(const struct eval *ev, const struct node *call)
{
        (void)ev;
        (void)call;
        return value_number(random_unit());
}

static double round_half_up(double x)
{
        double whole = floor(x);
        return x - whole >= 0.5 ? whole + 1 : whole;
}

/* `number` × 10^places as its decimal digits say, not its binary ones: 1.005 with 2 places is 100.5. */
static double scale(double number, int places, struct arena *arena)
{
        const char *digits = value_number_text(number, arena);
        return number_scaled(digits, places);
}

struct value fn_round(const struct eval *ev, const struct node *call)
{
        double x = arg_number(ev, call, 0);
        double places = call->n > 1 ? trunc(arg_number(ev, call, 1)) : 0;
        if (isnan(places))
                return value_number(NAN);
        if (!isfinite(x) || places > 17)
                return value_number(x);
        if (places < -308)
                return value_number(0);
        if (places == 0)
                return value_number(round_half_up(x));
        double whole = round_half_up(scale(x, (int)places, ev->arena));
        return value_number(scale(whole, -(int)places, ev->arena));
}

struct value fn_sum(const struct eval *ev, const struct node *call)
{
        struct walk walk = walk_from(ev, call, 0);
        struct value item;
        double total = 0;
        int n = 0;
        while (walk_next(&walk, &item)) {
                if (value_is_empty(&item))
                        continue;
                total += value_to_number(&item);
                n++;
        }
        return n ? value_number(total) : VALUE_NONE;
}

/* The least (sign 1) or greatest (sign -1).  Among dates, or among times, it is one of them. */
static struct value extreme(const struct eval *ev, const struct node *call, int sign)
{
        struct walk walk = walk_from(ev, call, 0);
        struct value item, best = VALUE_NONE;
        bool same_kind = true, any_nan = false;
        double least = 0;
        while (walk_next(&walk, &item)) {
                if (value_is_empty(&item))
                        continue;
                double number = sign * value_to_number(&item);
                any_nan |= isnan(number);
                same_kind = same_kind && (best.kind == VALUE_EMPTY || best.kind == item.kind);
                if (best.kind == VALUE_EMPTY || number < least) {
                        best = item;
                        least = number;
                }
        }
        if (best.kind == VALUE_EMPTY || (same_kind && value_is_temporal(&best)))
                return best;
        return value_number(any_nan ? NAN : sign * least);
}

struct value fn_min(const struct eval *ev, const struct node *call)
{
        return extreme(ev, call, 1);
}

struct value fn_max(const struct eval *ev, const struct node *call)
{
        return extreme(ev, call, -1);
}

struct value fn_count(const struct eval *ev, const struct node *call)
{
        struct value rows = arg_value(ev, call, 0);
        return value_number(rows.kind == VALUE_SEQUENCE ? rows.count : rows.kind != VALUE_EMPTY);
}

struct value fn_count_non_empty(const struct eval *ev, const struct node *call)
{
        struct walk walk = walk_from(ev, call, 0);
        struct value item;
        int n = 0;
        while (walk_next(&walk, &item))
                n += !value_is_empty(&item);
        return value_number(n);
}
