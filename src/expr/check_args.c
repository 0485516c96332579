/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may stand as an operand or as an argument, by the kind letters of
 * functions.def: one value or many, literals that make sense in their place,
 * names of questions, repeats, lists and fields.
 */
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "expr_priv.h"

#define FAIL(c, at, ...) expr_fail((c)->err, ERR_INVALID, (c)->text, (at), __VA_ARGS__)
#define BRIEF(c, text) brief_text((text), strlen(text), (c)->arena)

static bool is_repeat(const struct node *node)
{
        return node->kind == NODE_ANSWER && node->name_kind == EXPR_NAME_REPEAT;
}

static bool is_text(const struct node *node)
{
        if (node->kind != NODE_LITERAL)
                return false;
        return node->literal.kind == VALUE_STRING || node->literal.kind == VALUE_EMPTY;
}

static const char *literal_text(const struct node *node)
{
        return node->literal.kind == VALUE_STRING ? node->literal.string : "";
}

/* Operands and arguments that are one value */

enum err_code check_not_repeat(struct checker *c, const struct node *node)
{
        if (!is_repeat(node))
                return ERR_OK;
        const char *name = BRIEF(c, node->name);
        return FAIL(c, node->at, _("${%s} es una repetición, no una respuesta; use count(${%s}) "
                                   "o una pregunta de dentro"), name, name);
}

enum err_code check_value(struct checker *c, struct node *node)
{
        enum err_code code = check_node(c, node);
        if (code != ERR_OK || node->kind != NODE_ANSWER)
                return code;
        if (node->name_kind == EXPR_NAME_SEQUENCE)
                return FAIL(c, node->at, _("${%s} tiene una respuesta por fila y aquí va una sola; "
                                           "use sum(), join(), count() o indexed-repeat()"),
                            BRIEF(c, node->name));
        return check_not_repeat(c, node);
}

enum err_code check_values(struct checker *c, struct node *node)
{
        enum err_code code = check_node(c, node);
        return code != ERR_OK ? code : check_not_repeat(c, node);
}

enum err_code check_number(struct checker *c, struct node *node)
{
        enum err_code code = check_value(c, node);
        if (code != ERR_OK || node->kind != NODE_LITERAL)
                return code;
        if (node->literal.kind == VALUE_BOOLEAN)
                return FAIL(c, node->at, _("aquí va un número, no verdadero o falso"));
        if (node->literal.kind == VALUE_STRING && isnan(value_to_number(&node->literal)))
                return FAIL(c, node->at, _("aquí va un número y «%s» no lo es"),
                            BRIEF(c, node->literal.string));
        return ERR_OK;
}

/* "1983-09-31": well written, so it is no mistake of the form; the day does not exist, so its value is empty. */
static bool looks_like_date(const char *text)
{
        static const char shape[] = "dddd-dd-dd";
        for (size_t i = 0; shape[i]; i++)
                if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
                        return false;
        return text[sizeof shape - 1] == '\0';
}

static enum err_code check_date(struct checker *c, struct node *node)
{
        struct value when;
        enum err_code code = check_value(c, node);
        if (code != ERR_OK || node->kind != NODE_LITERAL)
                return code;
        if (node->literal.kind == VALUE_BOOLEAN)
                return FAIL(c, node->at, _("aquí va una fecha, no verdadero o falso"));
        if (node->literal.kind == VALUE_STRING && !value_parse_temporal(node->literal.string, &when) &&
            !looks_like_date(node->literal.string) && isnan(value_parse_number(node->literal.string)))
                return FAIL(c, node->at, _("«%s» no es una fecha que exista; se escribe 'aaaa-mm-dd'"),
                            BRIEF(c, node->literal.string));
        return ERR_OK;
}

static enum err_code check_time(struct checker *c, struct node *node)
{
        int32_t ms;
        struct value when;
        enum err_code code = check_value(c, node);
        if (code != ERR_OK || node->kind != NODE_LITERAL || node->literal.kind != VALUE_STRING)
                return code;
        if (time_parse(node->literal.string, &ms) || value_parse_temporal(node->literal.string, &when))
                return ERR_OK;
        return FAIL(c, node->at, _("«%s» no es una hora; se escribe 'HH:MM'"),
                    BRIEF(c, node->literal.string));
}

/* Arguments that are names */

static enum err_code check_repeat(struct checker *c, struct node *node)
{
        if (node->kind != NODE_ANSWER)
                return FAIL(c, node->at, _("aquí va el nombre de una repetición: ${nombre}"));
        enum err_code code = check_answer(c, node);
        if (code == ERR_OK && !is_repeat(node))
                return FAIL(c, node->at, _("${%s} no es una repetición"), BRIEF(c, node->name));
        return code;
}

static enum err_code check_position(struct checker *c, struct node *node)
{
        if (node->kind == NODE_PARENT)
                return ERR_OK;
        if (node->kind != NODE_ANSWER)
                return FAIL(c, node->at, _("aquí va .. o el nombre de una repetición: position(..)"));
        return check_repeat(c, node);
}

static enum err_code check_field(struct checker *c, struct node *node)
{
        if (node->kind != NODE_ANSWER)
                return FAIL(c, node->at, _("aquí va el nombre de una pregunta: ${nombre}"));
        enum err_code code = check_answer(c, node);
        return code != ERR_OK ? code : check_not_repeat(c, node);
}

static enum err_code check_countable(struct checker *c, struct node *node)
{
        enum err_code code = check_node(c, node);
        if (code == ERR_OK && (node->kind != NODE_ANSWER || node->name_kind == EXPR_NAME_VALUE))
                return FAIL(c, node->at,
                            _("count() cuenta las filas de una repetición: count(${repeticion})"));
        return code;
}

/* x, ${x} or 'x' (and '${x}', as ODK writes it); NULL if it is none of them. */
static const char *name_in(struct checker *c, const struct node *node)
{
        if (node->kind == NODE_NAME || node->kind == NODE_ANSWER)
                return node->name;
        if (!is_text(node) || node->literal.kind == VALUE_EMPTY)
                return NULL;
        const char *text = node->literal.string;
        if (str_starts(text, "${") && str_ends(text, "}"))
                return arena_strndup(c->arena, text + 2, strlen(text) - 3);
        return text;
}

/* A question whose answer here is not read: the call keeps the ref. */
static enum err_code check_question(struct checker *c, struct node *call, struct node *node)
{
        enum expr_name_kind kind;
        const char *name = name_in(c, node);
        if (!name)
                return FAIL(c, node->at, _("aquí va el nombre de una pregunta"));
        if (!check_find_answer(c, name, &call->ref, &kind))
                return check_unknown_answer(c, node->at, name);
        return ERR_OK;
}

static enum err_code check_attribute(struct checker *c, struct node *node)
{
        if (node->kind == NODE_NAME || (is_text(node) && *literal_text(node)))
                return ERR_OK;
        return FAIL(c, node->at, _("aquí va un nombre, sin ${}: attribute(${ie}, nivel), count-records(alerta, ie, ${ie})"));
}

static enum err_code check_list(struct checker *c, const struct node *node)
{
        if (!is_text(node))
                return FAIL(c, node->at, _("aquí va el nombre de una lista entre comillas"));
        if (!c->names->list || !c->names->list(c->names->ctx, literal_text(node)))
                return FAIL(c, node->at, _("no existe la lista «%s»"), BRIEF(c, literal_text(node)));
        return ERR_OK;
}

/* Arguments that are checked when they are literals */

static enum err_code check_pattern(struct checker *c, struct node *call, struct node *node)
{
        int bad;
        enum err_code code = check_value(c, node);
        if (code != ERR_OK || !is_text(node))
                return code;
        call->compiled = regex_compile(literal_text(node), c->arena, &bad);
        if (!call->compiled)
                return FAIL(c, node->at, _("la expresión regular no es válida cerca de su carácter %d; "
                                           "revise sus paréntesis, corchetes y repeticiones"), bad);
        return ERR_OK;
}

static enum err_code check_format(struct checker *c, struct node *node)
{
        enum err_code code = check_value(c, node);
        if (code != ERR_OK || !is_text(node))
                return code;
        const char *bad = date_format_bad_letter(literal_text(node));
        if (!bad)
                return ERR_OK;
        uint32_t letter;
        size_t len = 1 + utf8_decode(bad + 1, &letter);
        return FAIL(c, node->at, _("el formato de fecha no conoce «%s»; use %%d, %%m, %%Y, %%H, %%M…"),
                    brief_text(bad, len, c->arena));
}

static enum err_code check_algorithm(struct checker *c, struct node *node)
{
        enum err_code code = check_value(c, node);
        if (code != ERR_OK || !is_text(node) || digest_is_known(literal_text(node)))
                return code;
        return FAIL(c, node->at, _("digest() no tiene el algoritmo «%s»; use 'SHA-256' o 'SHA-512'"),
                    BRIEF(c, literal_text(node)));
}

static enum err_code check_encoding(struct checker *c, struct node *node)
{
        enum err_code code = check_value(c, node);
        if (code != ERR_OK || !is_text(node) || str_equal(literal_text(node), "hex") ||
            str_equal(literal_text(node), "base64"))
                return code;
        return FAIL(c, node->at, _("digest() escribe en 'hex' o 'base64', no en «%s»"),
                    BRIEF(c, literal_text(node)));
}

enum err_code check_argument(struct checker *c, struct node *call, int i)
{
        struct node *arg = call->args[i];
        switch (function_kind(call->function, i)) {
        case 'n': return check_number(c, arg);
        case 'd': return check_date(c, arg);
        case 't': return check_time(c, arg);
        case 'q': return check_values(c, arg);
        case 'Q': return check_countable(c, arg);
        case 'r': return check_repeat(c, arg);
        case 'p': return check_position(c, arg);
        case 'f': return check_field(c, arg);
        case 'm':
        case 'c': return check_question(c, call, arg);
        case 'a': return check_attribute(c, arg);
        case 'l': return check_list(c, arg);
        case 'x': return check_pattern(c, call, arg);
        case 'F': return check_format(c, arg);
        case 'g': return check_algorithm(c, arg);
        case 'e': return check_encoding(c, arg);
        default: return check_value(c, arg);
        }
}

