/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to the expression layer: tokens, the tree, and what functions use.
 *
 * An expression is a tree of `struct node`.  Every binary operator of XPath is
 * left-associative, so `a + b - c + …` is one NODE_CHAIN with n operands and
 * the operator before each: long sums are wide, not deep.
 *
 *   lex.c    text → tokens          parse.c  tokens → tree
 *   check.c  names, arguments, literals; collects what the expression reads
 *   eval.c   the tree walk          ops.c    comparison and arithmetic
 *
 * A function gets its unevaluated call, and asks for the arguments it wants:
 * that is all there is to the laziness of if() and coalesce().
 */
#ifndef SIMAE_EXPR_PRIV_H
#define SIMAE_EXPR_PRIV_H

#include "expr/expr.h"

enum op {
        OP_NONE, OP_OR, OP_AND, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE,
        OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MOD,
};

/* Binding strength of operators, weakest first. */
enum level { LEVEL_OR, LEVEL_AND, LEVEL_EQUALITY, LEVEL_RELATION, LEVEL_SUM, LEVEL_PRODUCT, LEVEL_UNARY };
enum level op_level(enum op op);

enum token_kind {
        TOKEN_BAD, /* lex.error says why */
        TOKEN_END, TOKEN_NUMBER, TOKEN_STRING, TOKEN_NAME, TOKEN_ANSWER,
        TOKEN_DOT, TOKEN_DOT_DOT, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_COMMA, TOKEN_OP,
};

struct token {
        enum token_kind kind;
        enum op op;
        size_t at;        /* byte offset of the token */
        size_t text, len; /* bytes inside the quotes or braces, or the whole token */
};

struct lex {
        const char *text;
        size_t len, at;
        bool after_operand; /* `and`, `or`, `div`, `mod` are operators only here */
        const char *error;  /* the sentence of a TOKEN_BAD */
};

struct token lex_next(struct lex *lex);

enum node_kind {
        NODE_LITERAL, NODE_ANSWER, NODE_CURRENT, NODE_PARENT, NODE_COLUMN,
        NODE_NAME, /* a bare name; after checking only as the name argument of a function */
        NODE_NEGATE, NODE_CHAIN, NODE_CALL,
};

struct node {
        enum node_kind kind;
        enum expr_name_kind name_kind; /* ANSWER */
        int ref;                       /* ANSWER; CALL of a function that takes a name of a question */
        int n;
        size_t at;         /* byte offset of the first token, for messages */
        struct node *next; /* the next operand, while parsing */
        struct node **args;
        const void *compiled; /* CALL of regex() with a literal pattern */
        union {
                struct value literal;
                const char *name; /* ANSWER, COLUMN, NAME */
                const struct function *function;
                const unsigned char *ops; /* CHAIN: ops[i] stands before args[i] */
        };
};

struct expr {
        struct node *root;
        int *refs;
        int refs_n;
        bool reads_current, is_volatile, reads_position, reads_previous, reads_records, looks_around;
};

struct parser {
        struct lex lex;
        struct token token; /* the one under consideration */
        struct arena *arena;
        struct err *err;
        enum err_code code; /* of the first failure */
        int depth, refs_n;
};

/* The tree, or NULL with `parser->err` and `parser->code` set. */
struct node *parse_expression(struct parser *parser);
/* Sets err with the line and column of byte `at` of `text`. */
enum err_code expr_fail(struct err *err, enum err_code code, const char *text, size_t at,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A text as a sentence shows it: cut after some letters if it is long. */
const char *brief_text(const char *text, size_t len, struct arena *arena);

struct checker {
        const char *text;
        const struct expr_names *names;
        struct arena *arena;
        struct expr *expr;
        struct err *err;
};

enum err_code check_expression(struct checker *checker);
enum err_code check_node(struct checker *checker, struct node *node);
/* One value; values or a sequence; a number; anything but a repeat. */
enum err_code check_value(struct checker *checker, struct node *node);
enum err_code check_values(struct checker *checker, struct node *node);
enum err_code check_number(struct checker *checker, struct node *node);
enum err_code check_not_repeat(struct checker *checker, const struct node *node);
/* Argument `i` of a call, by its kind letter. */
enum err_code check_argument(struct checker *checker, struct node *call, int i);
/* An answer node: finds its ref and notes it. */
enum err_code check_answer(struct checker *checker, struct node *node);
bool check_find_answer(struct checker *checker, const char *name, int *ret_ref,
                       enum expr_name_kind *ret_kind);
enum err_code check_unknown_answer(struct checker *checker, size_t at, const char *name);

/* Evaluation. */
struct eval {
        const struct expr_env *env;
        struct arena *arena;
};

typedef struct value function_body(const struct eval *ev, const struct node *call);

struct function {
        const char *name;
        function_body *body;
        int min, max; /* arguments; max -1: any number */
        const char *kinds, *about;
};

/* NULL if there is none of that name (`len` bytes). */
const struct function *function_find(const char *name, size_t len);
const char *function_nearest(const char *name);
/* The kind letter of argument `i` (see functions.def). */
char function_kind(const struct function *function, int i);
bool function_has_flag(const struct function *function, char flag);

#define FN(c_name, name, min, max, kinds, about) function_body fn_##c_name;
#include "expr/functions.def"
#undef FN

struct value eval_node(const struct eval *ev, const struct node *node);
static inline struct value arg_value(const struct eval *ev, const struct node *call, int i)
{
        return eval_node(ev, call->args[i]);
}
double arg_number(const struct eval *ev, const struct node *call, int i);
bool arg_boolean(const struct eval *ev, const struct node *call, int i);
const char *arg_string(const struct eval *ev, const struct node *call, int i);

/* Goes through the values of arguments first, first+1, …, opening sequences. */
struct walk {
        const struct eval *ev;
        const struct node *call;
        int arg, item; /* the next ones */
        struct value open;
};

struct walk walk_from(const struct eval *ev, const struct node *call, int first);
bool walk_next(struct walk *walk, struct value *ret);

struct value apply_op(enum op op, const struct value *a, const struct value *b, struct arena *arena);
bool value_is_temporal(const struct value *value);
/* Text that is an ISO date or datetime, as a DATE or DATETIME. */
bool value_parse_temporal(const char *text, struct value *ret);
/* A DATE for a day number within years 1 to 9999, else empty; NaN stays NaN. */
struct value value_from_days(double days);

/* Plain decimal digits × 10^places, rounded once. */
double number_scaled(const char *digits, int places);

/* Growing text in an arena. */
struct buffer {
        struct arena *arena;
        char *text;
        size_t len, room;
};

void buffer_add(struct buffer *buffer, const char *bytes, size_t len);
struct value buffer_value(struct buffer *buffer);

/* Regular expressions that must match a whole text. */
struct regex;
/* NULL and *ret_at (characters from 1) where the pattern is wrong. */
const struct regex *regex_compile(const char *pattern, struct arena *arena, int *ret_at);
bool regex_matches(const struct regex *regex, const char *text, struct arena *arena);

/* Format letters of format-date(); the first unknown one, or NULL. */
const char *date_format_bad_letter(const char *format);
bool digest_is_known(const char *algorithm);

enum { OFFSET_PERU = -300 }; /* of a datetime that does not say its own */

#endif
