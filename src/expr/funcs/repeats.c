/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions that look beyond the answer at hand: rows, lists, other records, the directory. */
#include <string.h>

#include "../expr_priv.h"

enum { INDEX_PAIRS_MAX = 3 };

struct value fn_position(const struct eval *ev, const struct node *call)
{
        const struct node *repeat = call->args[0];
        if (!ev->env->position)
                return VALUE_NONE;
        return value_number(ev->env->position(ev->env->ctx, repeat->kind == NODE_PARENT ? -1 : repeat->ref));
}

struct value fn_indexed_repeat(const struct eval *ev, const struct node *call)
{
        int repeats[INDEX_PAIRS_MAX], rows[INDEX_PAIRS_MAX], n = (call->n - 1) / 2;
        for (int i = 0; i < n; i++) {
                double row = arg_number(ev, call, 2 + 2 * i);
                if (!(row >= 1 && row <= 1e9))
                        return VALUE_NONE;
                repeats[i] = call->args[1 + 2 * i]->ref;
                rows[i] = (int)row;
        }
        if (!ev->env->indexed)
                return VALUE_NONE;
        return ev->env->indexed(ev->env->ctx, call->args[0]->ref, repeats, rows, n, ev->arena);
}

struct value fn_instance_lookup(const struct eval *ev, const struct node *call)
{
        const struct expr_env *env = ev->env;
        const char *arg[4];
        for (int i = 0; i < 4; i++)
                arg[i] = arg_string(ev, call, i);
        return value_string(env->lookup ? env->lookup(env->ctx, arg[0], arg[1], arg[2], arg[3]) : NULL);
}

/* Texts by their order, which ISO dates share; numbers as numbers when all three are. */
static bool is_between(const char *value, const char *from, const char *to)
{
        double number = value_parse_number(value), low = value_parse_number(from), high = value_parse_number(to);
        if (number == number && low == low && high == high)
                return low <= number && number <= high;
        return strcmp(from, value) <= 0 && strcmp(value, to) <= 0;
}

struct value fn_range_lookup(const struct eval *ev, const struct node *call)
{
        const struct expr_env *env = ev->env;
        const char *list = arg_string(ev, call, 0), *column = arg_string(ev, call, 1);
        const char *from = arg_string(ev, call, 2), *to = arg_string(ev, call, 3), *value = arg_string(ev, call, 4);
        for (int row = 0; env->cell && *value; row++) {
                const char *low = env->cell(env->ctx, list, row, from), *high = env->cell(env->ctx, list, row, to);
                if (!low && !env->cell(env->ctx, list, row, "name"))
                        break;
                if (low && high && is_between(value, low, high))
                        return value_string(env->cell(env->ctx, list, row, column));
        }
        return VALUE_NONE;
}

/* A bare name, or a literal text. */
static const char *name_argument(const struct node *node)
{
        return node->kind == NODE_NAME ? node->name : node->literal.string;
}

struct value fn_count_records(const struct eval *ev, const struct node *call)
{
        const struct expr_env *env = ev->env;
        int pairs = (call->n - 1) / 2;
        const char **names = ARENA_ARRAY(ev->arena, const char *, pairs), **values = ARENA_ARRAY(ev->arena, const char *, pairs);
        for (int i = 0; i < pairs; i++) {
                names[i] = name_argument(call->args[1 + 2 * i]);
                values[i] = arg_string(ev, call, 2 + 2 * i);
        }
        return value_number(env->count_records ? (double)env->count_records(env->ctx, name_argument(call->args[0]), names,
                                                                           values, pairs) : 0);
}

struct value fn_record_id(const struct eval *ev, const struct node *call)
{
        (void)call;
        return value_string(ev->env->record_id);
}

struct value fn_previous(const struct eval *ev, const struct node *call)
{
        return ev->env->previous ? ev->env->previous(ev->env->ctx, call->ref, ev->arena) : VALUE_NONE;
}

struct value fn_attribute(const struct eval *ev, const struct node *call)
{
        const struct node *field = call->args[1];
        const char *name = name_argument(field);
        const char *reference = arg_string(ev, call, 0);
        if (!ev->env->attribute || !*reference)
                return VALUE_NONE;
        return ev->env->attribute(ev->env->ctx, reference, name, ev->arena);
}
