/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything that can be wrong with a tree, found before it is ever evaluated:
 * names, and the number of arguments, here; what each argument may be, in
 * check_args.c.  On the way names get their refs, literal regular expressions
 * are compiled, and what the expression reads is noted.
 *
 * Sequences and repeats are the only kinds known for sure before evaluation;
 * a scalar's kind is known only when it is a literal.
 */
#include <stdlib.h>
#include <string.h>

#include "expr_priv.h"

#define FAIL(c, at, ...) expr_fail((c)->err, ERR_INVALID, (c)->text, (at), __VA_ARGS__)
#define BRIEF(c, text) brief_text((text), strlen(text), (c)->arena)

/* Names */

bool check_find_answer(struct checker *c, const char *name, int *ret_ref, enum expr_name_kind *ret_kind)
{
        return c->names->answer && c->names->answer(c->names->ctx, name, ret_ref, ret_kind);
}

enum err_code check_unknown_answer(struct checker *c, size_t at, const char *name)
{
        const char *near = c->names->nearest ? c->names->nearest(c->names->ctx, name) : NULL;
        if (near)
                return FAIL(c, at, _("no existe la pregunta ${%s}; ¿quiso decir ${%s}?"), BRIEF(c, name),
                            near);
        return FAIL(c, at, _("no existe la pregunta ${%s}"), BRIEF(c, name));
}

static void note_ref(struct checker *c, int ref)
{
        c->expr->refs[c->expr->refs_n++] = ref;
}

enum err_code check_answer(struct checker *c, struct node *node)
{
        if (!check_find_answer(c, node->name, &node->ref, &node->name_kind))
                return check_unknown_answer(c, node->at, node->name);
        note_ref(c, node->ref);
        return ERR_OK;
}

static enum err_code check_bare_name(struct checker *c, struct node *node)
{
        int ref;
        enum expr_name_kind kind;
        const char *name = node->name;
        if (c->names->column && c->names->column(c->names->ctx, name)) {
                node->kind = NODE_COLUMN;
                return ERR_OK;
        }
        if (check_find_answer(c, name, &ref, &kind))
                return FAIL(c, node->at, _("una pregunta se nombra entre llaves: escriba ${%s}"),
                            BRIEF(c, name));
        if (function_find(name, strlen(name)))
                return FAIL(c, node->at, _("faltan los paréntesis: escriba %s()"), name);
        name = BRIEF(c, name);
        return FAIL(c, node->at, _("«%s» no significa nada aquí; si es una pregunta escriba ${%s}, "
                                   "si es un texto póngalo entre comillas"), name, name);
}

static enum err_code check_current(struct checker *c, const struct node *node)
{
        if (!c->names->current)
                return FAIL(c, node->at,
                            _("el punto (la respuesta actual) no tiene sentido aquí; escriba ${nombre}"));
        c->expr->reads_current = true;
        return ERR_OK;
}

/* Calls */

static enum err_code wrong_count(struct checker *c, const struct node *call)
{
        const struct function *f = call->function;
        if (f->max == 0)
                return FAIL(c, call->at, _("%s() no lleva argumentos"), f->name);
        if (f->min == f->max)
                return FAIL(c, call->at, _("%s() lleva %d argumento%s y tiene %d"), f->name, f->min,
                            f->min == 1 ? "" : "s", call->n);
        if (f->max < 0)
                return FAIL(c, call->at, _("%s() lleva al menos %d argumento%s y tiene %d"), f->name, f->min,
                            f->min == 1 ? "" : "s", call->n);
        return FAIL(c, call->at, _("%s() lleva de %d a %d argumentos y tiene %d"), f->name, f->min, f->max,
                    call->n);
}

/* What a table row cannot say: arguments that come in pairs. */
static enum err_code check_pairs(struct checker *c, const struct node *call)
{
        if (call->function->body == fn_weighted_checklist && call->n % 2 != 0)
                return FAIL(c, call->at, _("weighted-checklist() lleva un peso después de cada condición"));
        if (call->function->body == fn_count_records && call->n % 2 == 0)
                return FAIL(c, call->at, _("count-records() lleva una ficha y luego pares de pregunta y respuesta"));
        if (call->function->body == fn_indexed_repeat && call->n % 2 == 0)
                return FAIL(c, call->at,
                            _("indexed-repeat() lleva una pregunta y luego pares de repetición y fila"));
        return ERR_OK;
}

static void note_flags(struct expr *expr, const struct function *function)
{
        expr->is_volatile |= function_has_flag(function, '!');
        expr->reads_position |= function_has_flag(function, '#');
        expr->reads_current |= function_has_flag(function, '.');
        expr->reads_previous |= function_has_flag(function, '<');
        expr->reads_records |= function_has_flag(function, '@');
        expr->looks_around |= function_has_flag(function, '?');
}

static enum err_code check_call(struct checker *c, struct node *call)
{
        const struct function *f = call->function;
        if (call->n < f->min || (f->max >= 0 && call->n > f->max))
                return wrong_count(c, call);
        enum err_code code = check_pairs(c, call);
        for (int i = 0; i < call->n && code == ERR_OK; i++)
                code = check_argument(c, call, i);
        note_flags(c->expr, f);
        if (f->body == fn_true || f->body == fn_false) {
                call->kind = NODE_LITERAL;
                call->literal = value_boolean(f->body == fn_true);
        }
        return code;
}

static enum err_code check_chain(struct checker *c, struct node *chain)
{
        enum level level = op_level((enum op)chain->ops[1]);
        enum err_code code = ERR_OK;
        for (int i = 0; i < chain->n && code == ERR_OK; i++) {
                if (level >= LEVEL_SUM)
                        code = check_number(c, chain->args[i]);
                else if (level >= LEVEL_EQUALITY)
                        code = check_values(c, chain->args[i]);
                else
                        code = check_value(c, chain->args[i]);
        }
        return code;
}

enum err_code check_node(struct checker *c, struct node *node)
{
        switch (node->kind) {
        case NODE_ANSWER: return check_answer(c, node);
        case NODE_CURRENT: return check_current(c, node);
        case NODE_PARENT: return FAIL(c, node->at, _("los dos puntos seguidos solo van en position(..)"));
        case NODE_NAME: return check_bare_name(c, node);
        case NODE_NEGATE: return check_number(c, node->args[0]);
        case NODE_CHAIN: return check_chain(c, node);
        case NODE_CALL: return check_call(c, node);
        default: return ERR_OK;
        }
}

static int compare_ints(const void *a, const void *b)
{
        int x = *(const int *)a, y = *(const int *)b;
        return (x > y) - (x < y);
}

static void sort_refs(struct expr *expr)
{
        int kept = 0;
        if (expr->refs_n < 2)
                return;
        qsort(expr->refs, (size_t)expr->refs_n, sizeof *expr->refs, compare_ints);
        for (int i = 0; i < expr->refs_n; i++)
                if (i == 0 || expr->refs[i] != expr->refs[kept - 1])
                        expr->refs[kept++] = expr->refs[i];
        expr->refs_n = kept;
}

enum err_code check_expression(struct checker *c)
{
        enum err_code code = check_node(c, c->expr->root);
        if (code == ERR_OK)
                code = check_not_repeat(c, c->expr->root);
        if (code == ERR_OK)
                sort_refs(c->expr);
        return code;
}
