/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The expression language: parse and check once, evaluate often.
 *
 * Everything that can be wrong with an expression (syntax, unknown functions
 * and names, number and kind of arguments, a bad regular expression or date
 * literal) is found by expr_parse(); expr_eval() cannot fail.  The semantics
 * are XPath 1.0 operators with the ODK functions; the list of functions, their
 * argument kinds and one-line help are the rows of expr/functions.def.
 */
#ifndef SIMAE_EXPR_EXPR_H
#define SIMAE_EXPR_EXPR_H

#include "expr/value.h"

struct expr; /* immutable; lives in the arena given to expr_parse() */

/* What a name stands for, seen from the place where the expression is. */
enum expr_name_kind {
        EXPR_NAME_VALUE,    /* one answer: same scope, or one that encloses it */
        EXPR_NAME_SEQUENCE, /* an answer inside a repeat that does not enclose the expression */
        EXPR_NAME_REPEAT,   /* a repeat or a children list: only count() and position() take it */
};

/*
 * Resolves names while parsing.  Every member may be NULL: then there are no
 * such names.  `ref` is any number ≥ 0 that the environment understands.
 */
struct expr_names {
        void *ctx;
        /* ${name}; false if there is none. */
        bool (*answer)(void *ctx, const char *name, int *ret_ref, enum expr_name_kind *ret_kind);
        /* A bare name, only in choice filters: a column of the list. */
        bool (*column)(void *ctx, const char *name);
        /* A choice list by name, for instance-lookup(). */
        bool (*list)(void *ctx, const char *name);
        /* The nearest known ${name}, for the sentence of an unknown one, or NULL. */
        const char *(*nearest)(void *ctx, const char *name);
        /* False if '.' means nothing here (a relevant, a title). */
        bool current;
};

/*
 * Parse and check `text`.  `len` may hold any bytes.  On failure err->column is
 * the column in characters from 1, and err->line the line from 1 (columns start
 * again on each line of an expression of several), and err->text says what is
 * wrong and what was expected, without a position in front.
 * Limits: EXPR_TEXT_MAX bytes of text, and parentheses, calls and signs nested
 * EXPR_DEPTH_MAX deep; more is refused with ERR_LIMIT.
 */
enum { EXPR_TEXT_MAX = 1 << 20, EXPR_DEPTH_MAX = 100 };
enum err_code expr_parse(const char *text, size_t len, const struct expr_names *names,
                         struct arena *arena, const struct expr **ret, struct err *err);

/* What an expression reads. */
/* Each ref once, ascending. The question named in jr:choice-name() is not read, so not here. */
const int *expr_refs(const struct expr *expr, int *ret_n);
/* Has a '.', or once(). */
bool expr_reads_current(const struct expr *expr);
/* Calls now(), today(), age-in-days(), random() or uuid(): may change with nothing else changing. */
bool expr_is_volatile(const struct expr *expr);
/* Calls position() or indexed-repeat(): depends on the rows of a repeat. */
bool expr_reads_position(const struct expr *expr);
/* Calls previous(): depends on the form's subject.  The name asked of previous() itself is NOT among
 * expr_refs(): it is read from another record, so `previous(visita_numero)` in the calculation of
 * visita_numero is no cycle. */
bool expr_reads_previous(const struct expr *expr);
/* Calls previous(), attribute() or count-records(): depends on other records than its own. */
bool expr_reads_records(const struct expr *expr);
/* Calls previous() or count-records(): depends on records that nothing in its own names. */
bool expr_looks_around(const struct expr *expr);
/* If the expression is a constant boolean ("true()", "false()"), 1 or 0; else -1. */
int expr_constant_boolean(const struct expr *expr);

/*
 * The world during one evaluation.  Members may be NULL (then empty).  What the
 * callbacks return must live until the evaluation's arena is cleared.
 */
struct expr_env {
        void *ctx;
        struct value current; /* '.' */
        /* ${name}: a value, or VALUE_SEQUENCE. For a repeat: a sequence with one non-empty item a row. */
        struct value (*answer)(void *ctx, int ref, struct arena *arena);
        /* position(..) or position(${repeat}): row number from 1; ref -1 for (..); 0 outside. */
        int (*position)(void *ctx, int repeat_ref);
        /* indexed-repeat(): the answer `ref` in the row chosen by n pairs (repeat, row from 1). */
        struct value (*indexed)(void *ctx, int ref, const int *repeat_refs, const int *rows, int n,
                                struct arena *arena);
        /* jr:choice-name(value, '${name}'): the label, or NULL. */
        const char *(*choice_label)(void *ctx, int ref, const char *choice, struct arena *arena);
        /* A column of the choice under test (choice filters); NULL if it has none. */
        const char *(*column)(void *ctx, const char *name);
        /* instance-lookup(list, column, key column, key); NULL if no row matches. */
        const char *(*lookup)(void *ctx, const char *list, const char *column, const char *key_column,
                              const char *key);
        /* range-lookup(): a column of row `row` (from 0) of a list; NULL past the last row, or without that column. */
        const char *(*cell)(void *ctx, const char *list, int row, const char *column);
        /* count-records(): current records of `form` whose n answers `names` are `values`. */
        int64_t (*count_records)(void *ctx, const char *form, const char *const *names, const char *const *values, int n);
        const char *record_id; /* of the record that is being filled; NULL: none */
        /* previous(name): the answer in the latest earlier record of the form about the same subject. */
        struct value (*previous)(void *ctx, int ref, struct arena *arena);
        /* attribute(reference, name): an answer of the directory entity with that id. */
        struct value (*attribute)(void *ctx, const char *reference, const char *name, struct arena *arena);
};

/* Never fails; what cannot be computed is NaN or empty. Temporary and result strings live in `arena`. */
struct value expr_eval(const struct expr *expr, const struct expr_env *env, struct arena *arena);
bool expr_eval_boolean(const struct expr *expr, const struct expr_env *env, struct arena *arena);

/* The functions, for the manual, completion and the test that each has vectors. */
struct expr_function_info { const char *name, *signature, *about; int min_args, max_args; /* -1: any */ };
const struct expr_function_info *expr_functions(int *ret_n);

#endif
