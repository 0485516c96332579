/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conditions in words (contract in expr/words.h).
 *
 * A condition is taken as a list of atoms («“A” es X») under one operator.  An
 * atom about the same answer as the one before it, and said alike, adds its
 * object only: «“Nivel” es Primaria o Secundaria».
 */
#include "expr/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "expr_priv.h"

struct atom {
        int ref;
        const char *verb;   /* between the label and the object */
        const char *object; /* NULL: the verb says it all */
        bool denied;        /* «no es»: the next object follows with «ni» */
        bool within;        /* «en “A” se marcó X» */
};

struct teller {
        const struct expr_speaker *speaker;
        struct arena *arena;
};

static bool is_call(const struct node *node, const char *name, int n)
{
        return node->kind == NODE_CALL && node->n == n && strcmp(node->function->name, name) == 0;
}

static bool is_value(const struct node *node)
{
        return node->kind == NODE_ANSWER && node->name_kind == EXPR_NAME_VALUE;
}

/* A constant: a literal, or a literal with a sign before it. */
static bool constant_of(const struct node *node, struct value *ret)
{
        if (node->kind == NODE_LITERAL) {
                *ret = node->literal;
                return true;
        }
        if (node->kind != NODE_NEGATE || node->args[0]->kind != NODE_LITERAL)
                return false;
        *ret = value_number(-value_to_number(&node->args[0]->literal));
        return true;
}

static const char *object_words(struct teller *t, int ref, const struct value *constant)
{
        const char *text = value_to_string(constant, t->arena);
        const char *label = t->speaker->choice(t->speaker->ctx, ref, text, t->arena);
        return label ? label : text;
}

static const char *verb_of(enum op op, bool denied)
{
        switch (op) {
        case OP_EQ: return denied ? _("no es") : _("es");
        case OP_NE: return denied ? _("es") : _("no es");
        case OP_LT: return denied ? NULL : _("es menor que");
        case OP_LE: return denied ? _("es mayor que") : _("no pasa de");
        case OP_GT: return denied ? _("no pasa de") : _("es mayor que");
        case OP_GE: return denied ? _("es menor que") : _("es por lo menos");
        default: return NULL;
        }
}

static bool comparison_atom(struct teller *t, const struct node *node, bool denied, struct atom *ret)
{
        struct value constant;
        if (node->kind != NODE_CHAIN || node->n != 2 || !is_value(node->args[0]) ||
            !constant_of(node->args[1], &constant))
                return false;
        enum op op = (enum op)node->ops[1];
        bool different = (op == OP_NE) != denied;
        *ret = (struct atom){.ref = node->args[0]->ref, .verb = verb_of(op, denied)};
        if (value_is_empty(&constant)) {
                ret->verb = op != OP_EQ && op != OP_NE ? NULL : different ? _("tiene respuesta") : _("está sin responder");
                return ret->verb != NULL;
        }
        ret->object = object_words(t, ret->ref, &constant);
        ret->denied = (op == OP_EQ || op == OP_NE) && different;
        return ret->verb != NULL;
}

static bool selected_atom(struct teller *t, const struct node *node, bool denied, struct atom *ret)
{
        struct value constant;
        if (!is_call(node, "selected", 2) || !is_value(node->args[0]) || !constant_of(node->args[1], &constant))
                return false;
        *ret = (struct atom){.ref = node->args[0]->ref, .verb = denied ? _("no se marcó") : _("se marcó"),
                             .object = object_words(t, node->args[0]->ref, &constant), .denied = denied,
                             .within = true};
        return true;
}

static bool atom_of(struct teller *t, const struct node *node, struct atom *ret)
{
        bool denied = is_call(node, "not", 1);
        if (denied)
                node = node->args[0];
        return comparison_atom(t, node, denied, ret) || selected_atom(t, node, denied, ret);
}

static bool goes_on(const struct atom *atom, const struct atom *before)
{
        return before && atom->object && before->object && atom->ref == before->ref && atom->verb == before->verb;
}

static const char *say(struct teller *t, const char *said, const struct atom *atom, const struct atom *before,
                       const char *joint)
{
        if (goes_on(atom, before))
                return arena_printf(t->arena, "%s %s %s", said, atom->denied ? _("ni") : joint, atom->object);
        return arena_printf(t->arena, "%s%s%s%s%s“%s” %s%s%s", said, *said ? " " : "", *said ? joint : "",
                            *said ? " " : "", atom->within ? _("en ") : "",
                            t->speaker->label(t->speaker->ctx, atom->ref, t->arena), atom->verb,
                            atom->object ? " " : "", atom->object ? atom->object : "");
}

static bool is_logic(const struct node *node)
{
        return node->kind == NODE_CHAIN && (node->ops[1] == OP_OR || node->ops[1] == OP_AND);
}

const char *expr_words(const struct expr *expr, const struct expr_speaker *speaker, struct arena *arena)
{
        struct teller t = {.speaker = speaker, .arena = arena};
        const struct node *root = expr->root;
        struct atom *atoms = ARENA_ARRAY(arena, struct atom, is_logic(root) ? root->n : 1);
        const char *said = "";
        int n = is_logic(root) ? root->n : 1;
        const char *joint = is_logic(root) && root->ops[1] == OP_OR ? _("o") : _("y");
        for (int i = 0; i < n; i++) {
                if (!atom_of(&t, is_logic(root) ? root->args[i] : root, &atoms[i]))
                        return NULL;
                said = say(&t, said, &atoms[i], i ? &atoms[i - 1] : NULL, joint);
        }
        return said;
}

/* ---- Bounds ---- */

static void bound_of(const struct node *node, double *min, double *max)
{
        struct value constant;
        if (node->kind != NODE_CHAIN || node->n != 2 || node->args[0]->kind != NODE_CURRENT ||
            !constant_of(node->args[1], &constant) || constant.kind != VALUE_NUMBER)
                return;
        if (node->ops[1] == OP_GE)
                *min = constant.number;
        else if (node->ops[1] == OP_GT)
                *min = constant.number + 1;
        else if (node->ops[1] == OP_LE)
                *max = constant.number;
        else if (node->ops[1] == OP_LT)
                *max = constant.number - 1;
}

void expr_bounds(const struct expr *expr, double *ret_min, double *ret_max)
{
        const struct node *root = expr->root;
        *ret_min = *ret_max = NAN;
        bound_of(root, ret_min, ret_max);
        for (int i = 0; root->kind == NODE_CHAIN && root->ops[1] == OP_AND && i < root->n; i++)
                bound_of(root->args[i], ret_min, ret_max);
}

int expr_digits(const struct expr *expr)
{
        const struct node *root = expr->root;
        int digits = 0, end = 0;
        if (!is_call(root, "regex", 2) || root->args[0]->kind != NODE_CURRENT || root->args[1]->kind != NODE_LITERAL)
                return 0;
        const char *pattern = root->args[1]->literal.kind == VALUE_STRING ? root->args[1]->literal.string : "";
        if (strcmp(pattern, "[0-9]") == 0)
                return 1;
        if (sscanf(pattern, "[0-9]{%2d}%n", &digits, &end) != 1 || pattern[end] != '\0')
                return 0;
        return digits;
}
