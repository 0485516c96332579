/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tokens into a tree, by recursive descent.
 *
 * One function serves the six levels of binary operators: it reads operands of
 * the next stronger level and, while operators of its own level follow, keeps
 * them in one NODE_CHAIN.  Recursion is therefore bounded by the nesting of
 * parentheses, calls and unary minus, which EXPR_DEPTH_MAX bounds in turn.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "expr_priv.h"

enum level op_level(enum op op)
{
        static const unsigned char levels[] = {
                [OP_OR] = LEVEL_OR, [OP_AND] = LEVEL_AND,
                [OP_EQ] = LEVEL_EQUALITY, [OP_NE] = LEVEL_EQUALITY,
                [OP_LT] = LEVEL_RELATION, [OP_LE] = LEVEL_RELATION,
                [OP_GT] = LEVEL_RELATION, [OP_GE] = LEVEL_RELATION,
                [OP_ADD] = LEVEL_SUM, [OP_SUB] = LEVEL_SUM,
                [OP_MUL] = LEVEL_PRODUCT, [OP_DIV] = LEVEL_PRODUCT, [OP_MOD] = LEVEL_PRODUCT,
        };
        return levels[op];
}

enum err_code expr_fail(struct err *err, enum err_code code, const char *text, size_t at,
                        const char *format, ...)
{
        int line = 1, column = 1;
        for (size_t i = 0; i < at; i++) {
                if (text[i] == '\n') {
                        line++;
                        column = 1;
                } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
                        column++;
                }
        }
        char sentence[2 * ERR_TEXT_MAX]; /* err_set_at() cuts at a whole character */
        va_list args;
        va_start(args, format);
        vsnprintf(sentence, sizeof sentence, format, args);
        va_end(args);
        return err_set_at(err, code, line, column, "%s", sentence);
}

#define FAIL(parser, code_, at, ...) \
        ((parser)->code = expr_fail((parser)->err, (code_), (parser)->lex.text, (at), __VA_ARGS__), \
         (struct node *)NULL)

static void advance(struct parser *p)
{
        p->token = lex_next(&p->lex);
}

static struct node *new_node(struct parser *p, enum node_kind kind, size_t at)
{
        struct node *node = ARENA_NEW(p->arena, struct node);
        node->kind = kind;
        node->at = at;
        node->ref = -1;
        return node;
}

static const char *token_text(const struct parser *p, const struct token *token)
{
        return arena_strndup(p->arena, p->lex.text + token->text, token->len);
}

const char *brief_text(const char *text, size_t len, struct arena *arena)
{
        enum { BRIEF_MAX = 60 };
        if (len <= BRIEF_MAX)
                return arena_strndup(arena, text, len);
        len = BRIEF_MAX;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
                len--;
        return arena_printf(arena, "%.*s…", (int)len, text);
}

/* The token as a person would recognise it in a sentence. */
static const char *shown(const struct parser *p)
{
        return brief_text(p->lex.text + p->token.at, p->lex.at - p->token.at, p->arena);
}

/* The operator that a misplaced word stands for, or NULL. */
static const char *operator_for(const char *word)
{
        static const struct { const char *word, *op; } others[] = {
                {"y", "and"}, {"e", "and"}, {"o", "or"}, {"u", "or"}, {"entre", "div"}, {"por", "*"},
                {"AND", "and"}, {"OR", "or"}, {"DIV", "div"}, {"MOD", "mod"}, {"Y", "and"}, {"O", "or"},
                {"And", "and"}, {"Or", "or"}, {"Div", "div"}, {"Mod", "mod"}, {"mas", "+"}, {"más", "+"},
                {"menos", "-"}, {"igual", "="}, {"is", "="}, {"es", "="}, {"eq", "="}, {"ne", "!="},
                {"lt", "<"}, {"le", "<="}, {"gt", ">"}, {"ge", ">="}, {"x", "*"},
        };
        for (size_t i = 0; i < ARRAY_LEN(others); i++)
                if (str_equal(word, others[i].word))
                        return others[i].op;
        return NULL;
}

/* The current token cannot stand where it is, after an operand. */
static struct node *unexpected(struct parser *p)
{
        const struct token *t = &p->token;
        if (t->kind == TOKEN_BAD)
                return FAIL(p, ERR_INVALID, t->at, "%s", p->lex.error);
        if (t->kind == TOKEN_CLOSE)
                return FAIL(p, ERR_INVALID, t->at, _("sobra este paréntesis: ninguno está abierto"));
        if (t->kind == TOKEN_COMMA)
                return FAIL(p, ERR_INVALID, t->at,
                            _("la coma solo separa argumentos; los decimales llevan punto: 3.5"));
        const char *op = t->kind == TOKEN_NAME ? operator_for(token_text(p, t)) : NULL;
        if (op)
                return FAIL(p, ERR_INVALID, t->at, _("se encontró «%s»; se escribe %s"), shown(p), op);
        bool after_digit = t->at > 0 && p->lex.text[t->at - 1] >= '0' && p->lex.text[t->at - 1] <= '9';
        if (after_digit && t->kind == TOKEN_NAME)
                return FAIL(p, ERR_INVALID, t->at,
                            _("un número no lleva letras ni exponente; se encontró «%s»"), shown(p));
        return FAIL(p, ERR_INVALID, t->at, _("falta un operador (and, or, =, +…) antes de «%s»"), shown(p));
}

static struct node *parse_level(struct parser *p, enum level level);

static struct node *parse_nested(struct parser *p, size_t at)
{
        if (p->depth >= EXPR_DEPTH_MAX)
                return FAIL(p, ERR_LIMIT, at, _("hay más de %d paréntesis, funciones o signos anidados"),
                            EXPR_DEPTH_MAX);
        p->depth++;
        struct node *node = parse_level(p, LEVEL_OR);
        p->depth--;
        return node;
}

static void take_args(struct parser *p, struct node *node, struct node *first, int n)
{
        node->n = n;
        node->args = ARENA_ARRAY(p->arena, struct node *, n);
        for (int i = 0; i < n; i++, first = first->next)
                node->args[i] = first;
}

static struct node *parse_args(struct parser *p, struct node *call)
{
        struct node *first = NULL, **tail = &first;
        int n = 0;
        if (p->token.kind == TOKEN_CLOSE) {
                advance(p);
                return call;
        }
        for (;;) {
                struct node *arg = parse_nested(p, p->token.at);
                if (!arg)
                        return NULL;
                *tail = arg;
                tail = &arg->next;
                n++;
                if (p->token.kind != TOKEN_COMMA)
                        break;
                advance(p);
        }
        if (p->token.kind == TOKEN_END)
                return FAIL(p, ERR_INVALID, p->token.at, _("falta cerrar el paréntesis de %s()"),
                            call->function->name);
        if (p->token.kind != TOKEN_CLOSE)
                return unexpected(p);
        advance(p);
        take_args(p, call, first, n);
        return call;
}

static struct node *unknown_function(struct parser *p, const struct token *token)
{
        const char *near = function_nearest(token_text(p, token));
        const char *name = brief_text(p->lex.text + token->text, token->len, p->arena);
        if (near)
                return FAIL(p, ERR_INVALID, token->at, _("no existe la función %s(); ¿quiso decir %s()?"),
                            name, near);
        return FAIL(p, ERR_INVALID, token->at, _("no existe la función %s()"), name);
}

/* `and 1`: an operator word where a value should be, and a value after it. */
static bool is_stray_operator(const struct parser *p, const char *name)
{
        enum token_kind next = p->token.kind;
        if (next == TOKEN_OP || next == TOKEN_END || next == TOKEN_CLOSE || next == TOKEN_COMMA)
                return false;
        return str_equal(name, "and") || str_equal(name, "or") || str_equal(name, "div") ||
               str_equal(name, "mod");
}

static struct node *parse_name(struct parser *p)
{
        struct token token = p->token;
        advance(p);
        if (token.len <= 3 && is_stray_operator(p, token_text(p, &token)))
                return FAIL(p, ERR_INVALID, token.at, _("falta un valor antes de «%s»"),
                            token_text(p, &token));
        if (p->token.kind != TOKEN_OPEN) {
                struct node *node = new_node(p, NODE_NAME, token.at);
                node->name = token_text(p, &token);
                return node;
        }
        const struct function *function = function_find(p->lex.text + token.text, token.len);
        if (!function)
                return unknown_function(p, &token);
        struct node *call = new_node(p, NODE_CALL, token.at);
        call->function = function;
        advance(p);
        return parse_args(p, call);
}

static struct node *parse_literal(struct parser *p)
{
        struct node *node = new_node(p, NODE_LITERAL, p->token.at);
        const char *text = token_text(p, &p->token);
        node->literal = p->token.kind == TOKEN_NUMBER ? value_number(value_parse_number(text))
                                                      : value_string(text);
        advance(p);
        return node;
}

static struct node *parse_answer(struct parser *p)
{
        struct node *node = new_node(p, NODE_ANSWER, p->token.at);
        node->name = token_text(p, &p->token);
        p->refs_n++;
        advance(p);
        return node;
}

static struct node *parse_dots(struct parser *p)
{
        struct node *node = new_node(p, p->token.kind == TOKEN_DOT ? NODE_CURRENT : NODE_PARENT, p->token.at);
        advance(p);
        return node;
}

static struct node *parse_parens(struct parser *p)
{
        size_t open = p->token.at;
        advance(p);
        struct node *node = parse_nested(p, open);
        if (!node)
                return NULL;
        if (p->token.kind == TOKEN_END)
                return FAIL(p, ERR_INVALID, p->token.at, _("falta cerrar un paréntesis"));
        if (p->token.kind != TOKEN_CLOSE)
                return unexpected(p);
        advance(p);
        return node;
}

/* What stands where a value should. */
static struct node *missing_operand(struct parser *p)
{
        const struct token *t = &p->token;
        if (t->kind == TOKEN_BAD)
                return FAIL(p, ERR_INVALID, t->at, "%s", p->lex.error);
        if (str_blank(p->lex.text))
                return FAIL(p, ERR_INVALID, t->at, _("falta la expresión"));
        if (t->kind == TOKEN_END)
                return FAIL(p, ERR_INVALID, t->at, _("la expresión termina antes de tiempo: falta un valor"));
        return FAIL(p, ERR_INVALID, t->at, _("falta un valor antes de «%s»"), shown(p));
}

static struct node *parse_primary(struct parser *p)
{
        switch (p->token.kind) {
        case TOKEN_NUMBER:
        case TOKEN_STRING: return parse_literal(p);
        case TOKEN_ANSWER: return parse_answer(p);
        case TOKEN_NAME: return parse_name(p);
        case TOKEN_DOT:
        case TOKEN_DOT_DOT: return parse_dots(p);
        case TOKEN_OPEN: return parse_parens(p);
        default: return missing_operand(p);
        }
}

static struct node *parse_unary(struct parser *p)
{
        if (p->token.kind != TOKEN_OP || p->token.op != OP_SUB)
                return parse_primary(p);
        struct node *node = new_node(p, NODE_NEGATE, p->token.at);
        if (p->depth >= EXPR_DEPTH_MAX)
                return FAIL(p, ERR_LIMIT, p->token.at,
                            _("hay más de %d paréntesis, funciones o signos anidados"), EXPR_DEPTH_MAX);
        p->depth++;
        advance(p);
        struct node *operand = parse_unary(p);
        p->depth--;
        if (!operand)
                return NULL;
        take_args(p, node, operand, 1);
        return node;
}

static bool at_level(const struct parser *p, enum level level)
{
        return p->token.kind == TOKEN_OP && op_level(p->token.op) == level;
}

static struct node *parse_chain(struct parser *p, enum level level, struct node *first)
{
        struct buffer ops = {.arena = p->arena};
        struct node **tail = &first->next;
        int n = 1;
        buffer_add(&ops, "", 1);
        while (at_level(p, level)) {
                buffer_add(&ops, &(char){(char)p->token.op}, 1);
                advance(p);
                struct node *operand = parse_level(p, level + 1);
                if (!operand)
                        return NULL;
                *tail = operand;
                tail = &operand->next;
                n++;
        }
        struct node *chain = new_node(p, NODE_CHAIN, first->at);
        chain->ops = (const unsigned char *)ops.text;
        take_args(p, chain, first, n);
        return chain;
}

static struct node *parse_level(struct parser *p, enum level level)
{
        if (level == LEVEL_UNARY)
                return parse_unary(p);
        struct node *first = parse_level(p, level + 1);
        if (!first || !at_level(p, level))
                return first;
        first->next = NULL;
        return parse_chain(p, level, first);
}

struct node *parse_expression(struct parser *p)
{
        advance(p);
        struct node *root = parse_level(p, LEVEL_OR);
        if (!root)
                return NULL;
        return p->token.kind == TOKEN_END ? root : unexpected(p);
}

static enum err_code check_text(const char *text, size_t len, struct err *err)
{
        size_t bad;
        if (len > EXPR_TEXT_MAX)
                return err_set_at(err, ERR_LIMIT, 1, 1, _("la expresión tiene %zu bytes; el máximo es %d"),
                                  len, EXPR_TEXT_MAX);
        if (!utf8_valid(text, len, &bad))
                return expr_fail(err, ERR_INVALID, text, bad, _("aquí hay un byte que no es texto UTF-8"));
        return ERR_OK;
}

enum err_code expr_parse(const char *text, size_t len, const struct expr_names *names,
                         struct arena *arena, const struct expr **ret, struct err *err)
{
        static const struct expr_names no_names;
        struct expr *expr = ARENA_NEW(arena, struct expr);
        enum err_code code = check_text(text, len, err);
        if (code != ERR_OK)
                return code;
        text = arena_strndup(arena, text, len); /* the lexer looks ahead as far as a NUL */
        struct parser parser = {.lex = {.text = text, .len = len}, .arena = arena, .err = err};
        expr->root = parse_expression(&parser);
        if (!expr->root)
                return parser.code;
        expr->refs = ARENA_ARRAY(arena, int, parser.refs_n);
        struct checker checker = {.text = text, .names = names ? names : &no_names, .arena = arena,
                                  .expr = expr, .err = err};
        code = check_expression(&checker);
        if (code == ERR_OK)
                *ret = expr;
        return code;
}
