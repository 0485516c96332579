/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain JSON into jansson's values (contract in json_quick.h): half the time of a reader that must tell where it fails. */
#include "json_quick.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

enum { DEPTH = 6, DIGITS = 15, ESCAPED_MAX = 4096 };

struct quick { const char *at, *end; };

static json_t *quick_value(struct quick *q, int depth);

static bool take(struct quick *q, char c)
{
        if (q->at == q->end || *q->at != c)
                return false;
        q->at++;
        return true;
}

/* Eight at a time: what is zero in a word, or below 0x20, borrows its highest bit. */
size_t json_plain_run(const char *text, size_t len)
{
        static const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
        size_t at = 0;
        for (uint64_t eight, quote, slash; at + sizeof eight <= len; at += sizeof eight) {
                memcpy(&eight, text + at, sizeof eight);
                quote = eight ^ ones * '"';
                slash = eight ^ ones * '\\';
                if ((((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((eight - ones * 0x20) & ~eight)) & high)
                        break;
        }
        while (at < len && text[at] != '"' && text[at] != '\\' && (unsigned char)text[at] >= 0x20)
                at++;
        return at;
}

/* To the closing quote; false for a control character or no end. */
static bool find_end(struct quick *q, const char **ret, size_t *ret_len, bool *ret_escaped)
{
        const char *begin = q->at;
        *ret_escaped = false;
        for (;;) {
                q->at += json_plain_run(q->at, (size_t)(q->end - q->at));
                if (q->at == q->end || *q->at != '\\')
                        break;
                *ret_escaped = true;
                if (q->end - q->at < 2)
                        return false;
                q->at += 2;
        }
        *ret = begin;
        *ret_len = (size_t)(q->at - begin);
        return take(q, '"');
}

static json_t *unescaped(const char *text, size_t len)
{
        static const char signs[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
        char out[ESCAPED_MAX];
        size_t n = 0;
        if (len > sizeof out)
                return NULL;
        for (size_t i = 0; i < len; i++) {
                if (text[i] != '\\') {
                        out[n++] = text[i];
                        continue;
                }
                const char *sign = memchr(signs, text[++i], sizeof signs - 1);
                if (!sign)
                        return NULL;
                out[n++] = meant[sign - signs];
        }
        return json_stringn_nocheck(out, n);
}

static json_t *quick_string(struct quick *q)
{
        const char *text;
        size_t len;
        bool escaped;
        q->at++;
        if (!find_end(q, &text, &len, &escaped))
                return NULL;
        return escaped ? unescaped(text, len) : json_stringn_nocheck(text, len);
}

/* After `before` digits of the same number: what has more than DIGITS is left anyway, and must not overflow. */
static int digits(struct quick *q, int before, int64_t *value)
{
        int n = 0;
        for (; q->at < q->end && *q->at >= '0' && *q->at <= '9'; q->at++, n++)
                *value = before + n < DIGITS ? *value * 10 + (*q->at - '0') : *value;
        return n;
}

/* Both parts of the quotient are exact, so it is rounded once, as strtod() rounds. */
static json_t *quick_number(struct quick *q)
{
        static const double powers[DIGITS + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
        int64_t value = 0;
        bool minus = take(q, '-'), zero = q->at < q->end && *q->at == '0';
        int whole = digits(q, 0, &value), part = 0;
        if (whole == 0 || (zero && whole > 1) || whole > DIGITS)
                return NULL;
        bool real = take(q, '.');
        if (real && (part = digits(q, whole, &value)) == 0)
                return NULL;
        if (whole + part > DIGITS || (q->at < q->end && (*q->at == 'e' || *q->at == 'E')))
                return NULL;
        if (real)
                return json_real((minus ? -(double)value : (double)value) / powers[part]);
        return json_integer(minus ? -value : value);
}

static json_t *quick_word(struct quick *q, const char *word, json_t *value)
{
        size_t len = strlen(word);
        if ((size_t)(q->end - q->at) < len || memcmp(q->at, word, len) != 0)
                return NULL;
        q->at += len;
        return value;
}

static bool add_member(struct quick *q, json_t *object, int depth)
{
        const char *key;
        size_t len, before = json_object_size(object);
        bool escaped;
        if (!take(q, '"') || !find_end(q, &key, &len, &escaped) || escaped || !take(q, ':'))
                return false;
        json_t *value = quick_value(q, depth + 1);
        return value && json_object_setn_new_nocheck(object, key, len, value) == 0 && json_object_size(object) == before + 1;
}

static json_t *quick_object(struct quick *q, int depth)
{
        json_t *object = json_object();
        bool good = true;
        q->at++;
        if (take(q, '}'))
                return object;
        do
                good = add_member(q, object, depth);
        while (good && take(q, ','));
        if (good && take(q, '}'))
                return object;
        json_decref(object);
        return NULL;
}

static json_t *quick_array(struct quick *q, int depth)
{
        json_t *array = json_array(), *value;
        bool good = true;
        q->at++;
        if (take(q, ']'))
                return array;
        do
                good = (value = quick_value(q, depth + 1)) && json_array_append_new(array, value) == 0;
        while (good && take(q, ','));
        if (good && take(q, ']'))
                return array;
        json_decref(array);
        return NULL;
}

static json_t *quick_value(struct quick *q, int depth)
{
        if (q->at == q->end || depth >= DEPTH)
                return NULL;
        switch (*q->at) {
        case '{': return quick_object(q, depth);
        case '[': return quick_array(q, depth);
        case '"': return quick_string(q);
        case 't': return quick_word(q, "true", json_true());
        case 'f': return quick_word(q, "false", json_false());
        case 'n': return quick_word(q, "null", json_null());
        default: return quick_number(q);
        }
}

json_t *json_quick(const char *text, size_t len)
{
        struct quick q = {text, text + len};
        if (len == 0 || *text != '{' || !utf8_valid(text, len, NULL))
                return NULL;
        json_t *value = quick_object(&q, 0);
        if (!value || q.at == q.end)
                return value;
        json_decref(value);
        return NULL;
}
