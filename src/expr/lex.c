/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text of an expression into tokens.
 *
 * As in XPath, a name that follows an operand can only be an operator word, and
 * one anywhere else cannot: lex.after_operand is all the context there is.
 * What other languages write for the same idea (==, &&, “ ”) is recognised so
 * that the sentence can say what to write instead.
 */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "expr_priv.h"

static bool is_digit(char c)
{
        return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Accented and other letters; not the typographic signs around U+2000. */
static bool is_wide_letter(uint32_t code)
{
        if (code < 0xC0)
                return code == 0xAA || code == 0xBA;
        return code != 0xD7 && code != 0xF7 && (code < 0x2000 || code > 0x2BFF) && code < 0xFE00;
}

static char peek(const struct lex *lex, size_t ahead)
{
        return lex->at + ahead < lex->len ? lex->text[lex->at + ahead] : '\0';
}

/* Bytes of the letter at `at`, 0 if there is none. */
static size_t letter_at(const struct lex *lex, size_t at)
{
        uint32_t code;
        if (at >= lex->len)
                return 0;
        if ((unsigned char)lex->text[at] < 0x80)
                return is_letter(lex->text[at]);
        size_t n = utf8_decode(lex->text + at, &code);
        return is_wide_letter(code) ? n : 0;
}

static size_t name_end(const struct lex *lex, size_t at)
{
        for (;;) {
                size_t n = letter_at(lex, at);
                char c = at < lex->len ? lex->text[at] : '\0';
                if (n == 0 && (is_digit(c) || c == '-' || c == '.'))
                        n = 1;
                if (n == 0 && c == ':' && letter_at(lex, at + 1))
                        n = 1; /* jr:choice-name */
                if (n == 0)
                        return at;
                at += n;
        }
}

static struct token make(struct lex *lex, enum token_kind kind, size_t len)
{
        struct token token = {.kind = kind, .at = lex->at, .text = lex->at, .len = len};
        lex->at += len;
        return token;
}

static struct token bad(struct lex *lex, const char *error)
{
        lex->error = error;
        return make(lex, TOKEN_BAD, 0);
}

static struct token number(struct lex *lex)
{
        size_t n = 0;
        while (is_digit(peek(lex, n)))
                n++;
        if (peek(lex, n) == '.') {
                n++;
                while (is_digit(peek(lex, n)))
                        n++;
        }
        return make(lex, TOKEN_NUMBER, n);
}

static struct token string(struct lex *lex)
{
        const char *start = lex->text + lex->at;
        const char *end = memchr(start + 1, *start, lex->len - lex->at - 1);
        if (!end)
                return bad(lex, _("falta cerrar las comillas de este texto"));
        struct token token = make(lex, TOKEN_STRING, (size_t)(end - start) + 1);
        token.text++;
        token.len -= 2;
        return token;
}

static struct token answer(struct lex *lex)
{
        if (peek(lex, 1) != '{')
                return bad(lex, _("después de $ va el nombre de una pregunta entre llaves: ${nombre}"));
        size_t end = name_end(lex, lex->at + 2);
        if (end >= lex->len || lex->text[end] != '}')
                return bad(lex, _("un nombre de pregunta se escribe ${nombre}, sin espacios y con su llave"));
        if (end == lex->at + 2)
                return bad(lex, _("falta el nombre de la pregunta entre las llaves de ${}"));
        struct token token = make(lex, TOKEN_ANSWER, end + 1 - lex->at);
        token.text += 2;
        token.len -= 3;
        return token;
}

static const struct { const char *text; enum op op; } words[] = {
        {"and", OP_AND}, {"or", OP_OR}, {"div", OP_DIV}, {"mod", OP_MOD},
};

static struct token name(struct lex *lex)
{
        struct token token = make(lex, TOKEN_NAME, name_end(lex, lex->at) - lex->at);
        if (!lex->after_operand)
                return token;
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
                if (strlen(words[i].text) == token.len &&
                    memcmp(words[i].text, lex->text + token.text, token.len) == 0) {
                        token.kind = TOKEN_OP;
                        token.op = words[i].op;
                }
        return token;
}

/* Signs in the order in which they are tried: longer ones before their beginnings. */
static const struct { const char *text; enum op op; const char *error; } signs[] = {
        {"==", OP_NONE, _("para comparar se escribe =, no ==")},
        {"=<", OP_NONE, _("menor o igual se escribe <=, no =<")},
        {"=>", OP_NONE, _("mayor o igual se escribe >=, no =>")},
        {"=", OP_EQ, NULL},
        {"!=", OP_NE, NULL},
        {"!", OP_NONE, _("para negar se escribe not(…), no !")},
        {"<>", OP_NONE, _("distinto se escribe !=, no <>")},
        {"<=", OP_LE, NULL},
        {"<", OP_LT, NULL},
        {">=", OP_GE, NULL},
        {">", OP_GT, NULL},
        {"+", OP_ADD, NULL},
        {"-", OP_SUB, NULL},
        {"**", OP_NONE, _("una potencia se escribe pow(base, exponente), no **")},
        {"*", OP_MUL, NULL},
        {"^", OP_NONE, _("una potencia se escribe pow(base, exponente), no ^")},
        {"%", OP_NONE, _("el resto de una división se escribe mod, no %")},
        {"&&", OP_NONE, _("«y» se escribe and, no &&")},
        {"&", OP_NONE, _("«y» se escribe and; para unir textos use concat(a, b)")},
        {"||", OP_NONE, _("«o» se escribe or, no ||")},
        {"|", OP_NONE, _("aquí no hay uniones con |; «o» se escribe or")},
        {";", OP_NONE, _("los argumentos se separan con coma, no con punto y coma")},
        {"[", OP_NONE, _("aquí no hay filtros entre corchetes; use indexed-repeat() o instance-lookup()")},
        {"]", OP_NONE, _("sobra un corchete")},
        {"{", OP_NONE, _("el nombre de una pregunta se escribe ${nombre}")},
        {"}", OP_NONE, _("sobra una llave; el nombre de una pregunta se escribe ${nombre}")},
        {"@", OP_NONE, _("aquí no hay atributos con @; se escribe ${nombre}")},
        {"“", OP_NONE, _("use comillas rectas: ' o \", no “ ”")},
        {"”", OP_NONE, _("use comillas rectas: ' o \", no “ ”")},
        {"‘", OP_NONE, _("use comillas rectas: ' o \", no ‘ ’")},
        {"’", OP_NONE, _("use comillas rectas: ' o \", no ‘ ’")},
        {"«", OP_NONE, _("use comillas rectas: ' o \", no « »")},
        {"»", OP_NONE, _("use comillas rectas: ' o \", no « »")},
        {"≤", OP_NONE, _("menor o igual se escribe <=")},
        {"≥", OP_NONE, _("mayor o igual se escribe >=")},
        {"≠", OP_NONE, _("distinto se escribe !=")},
        {"×", OP_NONE, _("para multiplicar se escribe *")},
        {"÷", OP_NONE, _("para dividir se escribe div")},
        {"−", OP_NONE, _("el signo menos se escribe con el guion del teclado: -")},
        {"–", OP_NONE, _("el signo menos se escribe con el guion del teclado: -")},
        {"\\", OP_NONE, _("la barra inversa no significa nada fuera de las comillas")},
};

static struct token sign(struct lex *lex)
{
        const char *at = lex->text + lex->at;
        if (*at == '/' && lex->after_operand)
                return bad(lex, _("para dividir se escribe div, no /"));
        if (*at == '/')
                return bad(lex, _("aquí no hay rutas con /; una pregunta se nombra ${nombre}"));
        for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
                size_t n = strlen(signs[i].text);
                if (lex->len - lex->at < n || memcmp(at, signs[i].text, n) != 0)
                        continue;
                if (signs[i].op == OP_NONE)
                        return bad(lex, signs[i].error);
                struct token token = make(lex, TOKEN_OP, n);
                token.op = signs[i].op;
                return token;
        }
        return bad(lex, _("este signo no significa nada en una expresión"));
}

static struct token dots(struct lex *lex)
{
        if (is_digit(peek(lex, 1)))
                return number(lex);
        if (peek(lex, 1) == '.')
                return make(lex, TOKEN_DOT_DOT, 2);
        return make(lex, TOKEN_DOT, 1);
}

/* U+00A0 comes with text pasted from a word processor. */
static void skip_blanks(struct lex *lex)
{
        for (;;) {
                char c = peek(lex, 0);
                if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
                        lex->at++;
                else if (c == '\xC2' && peek(lex, 1) == '\xA0')
                        lex->at += 2;
                else
                        return;
        }
}

static struct token scan(struct lex *lex)
{
        skip_blanks(lex);
        if (lex->at >= lex->len)
                return make(lex, TOKEN_END, 0);
        switch (peek(lex, 0)) {
        case '(': return make(lex, TOKEN_OPEN, 1);
        case ')': return make(lex, TOKEN_CLOSE, 1);
        case ',': return make(lex, TOKEN_COMMA, 1);
        case '$': return answer(lex);
        case '.': return dots(lex);
        case '\'':
        case '"': return string(lex);
        default: break;
        }
        if (is_digit(peek(lex, 0)))
                return number(lex);
        if (letter_at(lex, lex->at))
                return name(lex);
        return sign(lex);
}

struct token lex_next(struct lex *lex)
{
        struct token token = scan(lex);
        lex->after_operand = token.kind != TOKEN_OP && token.kind != TOKEN_OPEN && token.kind != TOKEN_COMMA;
        return token;
}
