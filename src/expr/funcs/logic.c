/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logic functions.  Arguments are evaluated when asked for: if() and coalesce() are lazy by nature. */
#include "../expr_priv.h"
#include "base/str.h"

struct value fn_if(const struct eval *ev, const struct node *call)
{
        return arg_value(ev, call, arg_boolean(ev, call, 0) ? 1 : 2);
}

static bool has_content(const struct value *value)
{
        return value->kind != VALUE_EMPTY && (value->kind != VALUE_SET || value->string[0]);
}

struct value fn_coalesce(const struct eval *ev, const struct node *call)
{
        struct value first = arg_value(ev, call, 0);
        return has_content(&first) ? first : arg_value(ev, call, 1);
}

struct value fn_once(const struct eval *ev, const struct node *call)
{
        return has_content(&ev->env->current) ? ev->env->current : arg_value(ev, call, 0);
}

struct value fn_true(const struct eval *ev, const struct node *call)
{
        (void)ev;
        (void)call;
        return value_boolean(true);
}

struct value fn_false(const struct eval *ev, const struct node *call)
{
        (void)ev;
        (void)call;
        return value_boolean(false);
}

struct value fn_boolean(const struct eval *ev, const struct node *call)
{
        return value_boolean(arg_boolean(ev, call, 0));
}

struct value fn_not(const struct eval *ev, const struct node *call)
{
        return value_boolean(!arg_boolean(ev, call, 0));
}

struct value fn_boolean_from_string(const struct eval *ev, const struct node *call)
{
        const char *text = arg_string(ev, call, 0);
        return value_boolean(str_equal(text, "true") || str_equal(text, "1"));
}

struct value fn_regex(const struct eval *ev, const struct node *call)
{
        int bad;
        const char *text = arg_string(ev, call, 0);
        const struct regex *regex = call->compiled;
        if (!regex)
                regex = regex_compile(arg_string(ev, call, 1), ev->arena, &bad);
        return value_boolean(regex && regex_matches(regex, text, ev->arena));
}

/* -1 in either bound means that there is none. */
static struct value within(const struct eval *ev, const struct node *call, double total)
{
        double min = arg_number(ev, call, 0), max = arg_number(ev, call, 1);
        return value_boolean((min == -1 || total >= min) && (max == -1 || total <= max));
}

struct value fn_checklist(const struct eval *ev, const struct node *call)
{
        int met = 0;
        for (int i = 2; i < call->n; i++)
                met += arg_boolean(ev, call, i);
        return within(ev, call, met);
}

struct value fn_weighted_checklist(const struct eval *ev, const struct node *call)
{
        double total = 0;
        for (int i = 2; i + 1 < call->n; i += 2)
                if (arg_boolean(ev, call, i))
                        total += arg_number(ev, call, i + 1);
        return within(ev, call, total);
}
