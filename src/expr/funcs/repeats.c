/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions that look beyond the answer at hand: rows, lists, other records, the directory. */
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

struct value fn_previous(const struct eval *ev, const struct node *call)
{
        return ev->env->previous ? ev->env->previous(ev->env->ctx, call->ref, ev->arena) : VALUE_NONE;
}

struct value fn_attribute(const struct eval *ev, const struct node *call)
{
        const struct node *field = call->args[1];
        const char *name = field->kind == NODE_NAME ? field->name : field->literal.string;
        const char *reference = arg_string(ev, call, 0);
        if (!ev->env->attribute || !*reference)
                return VALUE_NONE;
        return ev->env->attribute(ev->env->ctx, reference, name, ev->arena);
}
