/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tree walk.  A checked tree cannot fail: what has no value is empty, what
 * cannot be computed is NaN.  Its depth is bounded by the parser, its breadth
 * is walked in loops.
 */
#include <math.h>

#include "expr_priv.h"

static struct value eval_answer(const struct eval *ev, const struct node *node)
{
        return ev->env->answer ? ev->env->answer(ev->env->ctx, node->ref, ev->arena) : VALUE_NONE;
}

static struct value eval_column(const struct eval *ev, const struct node *node)
{
        return value_string(ev->env->column ? ev->env->column(ev->env->ctx, node->name) : NULL);
}

/* `and` stops at the first false, `or` at the first true. */
static struct value eval_logic(const struct eval *ev, const struct node *chain, bool stop)
{
        for (int i = 0; i < chain->n; i++) {
                struct value operand = eval_node(ev, chain->args[i]);
                if (value_to_boolean(&operand) == stop)
                        return value_boolean(stop);
        }
        return value_boolean(!stop);
}

static struct value eval_chain(const struct eval *ev, const struct node *chain)
{
        if (chain->ops[1] == OP_OR || chain->ops[1] == OP_AND)
                return eval_logic(ev, chain, chain->ops[1] == OP_OR);
        struct value left = eval_node(ev, chain->args[0]);
        for (int i = 1; i < chain->n; i++) {
                struct value right = eval_node(ev, chain->args[i]);
                left = apply_op((enum op)chain->ops[i], &left, &right, ev->arena);
        }
        return left;
}

struct value eval_node(const struct eval *ev, const struct node *node)
{
        switch (node->kind) {
        case NODE_LITERAL: return node->literal;
        case NODE_ANSWER: return eval_answer(ev, node);
        case NODE_CURRENT: return ev->env->current;
        case NODE_COLUMN: return eval_column(ev, node);
        case NODE_NEGATE: return value_number(-arg_number(ev, node, 0));
        case NODE_CHAIN: return eval_chain(ev, node);
        case NODE_CALL: return node->function->body(ev, node);
        default: return VALUE_NONE;
        }
}

double arg_number(const struct eval *ev, const struct node *call, int i)
{
        struct value value = arg_value(ev, call, i);
        return value_to_number(&value);
}

bool arg_boolean(const struct eval *ev, const struct node *call, int i)
{
        struct value value = arg_value(ev, call, i);
        return value_to_boolean(&value);
}

const char *arg_string(const struct eval *ev, const struct node *call, int i)
{
        struct value value = arg_value(ev, call, i);
        return value_to_string(&value, ev->arena);
}

struct walk walk_from(const struct eval *ev, const struct node *call, int first)
{
        return (struct walk){.ev = ev, .call = call, .arg = first};
}

bool walk_next(struct walk *walk, struct value *ret)
{
        for (;;) {
                if (walk->item < walk->open.count) {
                        *ret = walk->open.items[walk->item++];
                        return true;
                }
                if (walk->arg >= walk->call->n)
                        return false;
                struct value value = arg_value(walk->ev, walk->call, walk->arg++);
                if (value.kind != VALUE_SEQUENCE) {
                        *ret = value;
                        return true;
                }
                walk->open = value;
                walk->item = 0;
        }
}

struct value expr_eval(const struct expr *expr, const struct expr_env *env, struct arena *arena)
{
        static const struct expr_env nothing;
        struct eval ev = {.env = env ? env : &nothing, .arena = arena};
        return eval_node(&ev, expr->root);
}

bool expr_eval_boolean(const struct expr *expr, const struct expr_env *env, struct arena *arena)
{
        struct value value = expr_eval(expr, env, arena);
        return value_to_boolean(&value);
}

const int *expr_refs(const struct expr *expr, int *ret_n)
{
        *ret_n = expr->refs_n;
        return expr->refs;
}

bool expr_reads_current(const struct expr *expr)
{
        return expr->reads_current;
}

bool expr_is_volatile(const struct expr *expr)
{
        return expr->is_volatile;
}

bool expr_reads_position(const struct expr *expr)
{
        return expr->reads_position;
}

bool expr_reads_previous(const struct expr *expr)
{
        return expr->reads_previous;
}

bool expr_looks_around(const struct expr *expr)
{
        return expr->looks_around;
}

bool expr_reads_records(const struct expr *expr)
{
        return expr->reads_records;
}

int expr_constant_boolean(const struct expr *expr)
{
        const struct node *root = expr->root;
        if (root->kind != NODE_LITERAL || root->literal.kind != VALUE_BOOLEAN)
                return -1;
        return root->literal.boolean;
}
