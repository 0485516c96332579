/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 over utf8proc (contract in base/utf8.h). ASCII takes short paths: most text is ASCII. */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/str.h"

size_t utf8_decode(const char *text, uint32_t *ret_code)
{
        const unsigned char *p = (const unsigned char *)text;
        if (*p < 0x80) {
                *ret_code = *p;
                return *p != 0;
        }
        utf8proc_ssize_t room = (utf8proc_ssize_t)strnlen(text, 4);
        utf8proc_int32_t code;
        utf8proc_ssize_t n = utf8proc_iterate(p, room, &code);
        if (n <= 0) {
                *ret_code = 0xFFFD;
                return 1;
        }
        *ret_code = (uint32_t)code;
        return (size_t)n;
}

size_t utf8_encode(uint32_t code, char bytes[4])
{
        if (!utf8proc_codepoint_valid((utf8proc_int32_t)code))
                code = 0xFFFD;
        return (size_t)utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)bytes);
}

/* How many of the first bytes are ASCII and no NUL, eight at a time; a byte of another kind is left to the caller. */
static size_t plain_run(const char *bytes, size_t len)
{
        static const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
        size_t at = 0;
        for (uint64_t eight; at + sizeof eight <= len; at += sizeof eight) {
                memcpy(&eight, bytes + at, sizeof eight);
                if ((eight | (eight - ones)) & high) /* from 128 on, or zero */
                        break;
        }
        return at;
}

bool utf8_valid(const char *bytes, size_t len, size_t *ret_bad)
{
        size_t at = 0;
        while (at < len) {
                at += plain_run(bytes + at, len - at);
                if (at == len)
                        break;
                unsigned char c = (unsigned char)bytes[at];
                utf8proc_int32_t code;
                utf8proc_ssize_t n = 1;
                if (c >= 0x80)
                        n = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
                                             (utf8proc_ssize_t)(len - at), &code);
                if (n <= 0 || c == 0) {
                        if (ret_bad)
                                *ret_bad = at;
                        return false;
                }
                at += (size_t)n;
        }
        return true;
}

size_t utf8_next(const char *text)
{
        uint32_t code, next;
        size_t at = utf8_decode(text, &code);
        utf8proc_int32_t state = 0;
        while (at > 0) {
                size_t n = utf8_decode(text + at, &next);
                if (n == 0)
                        break;
                if (code < 0x80 && next < 0x80 && code != '\r')
                        break;
                if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)code, (utf8proc_int32_t)next, &state))
                        break;
                code = next;
                at += n;
        }
        return at;
}

size_t utf8_prev(const char *text, size_t at)
{
        /* A cluster cannot be split from its left, so step from a safe start: the
         * ASCII character before, or the beginning. */
        size_t start = at;
        while (start > 0) {
                start--;
                if ((unsigned char)text[start] < 0x80 && start + 1 < at)
                        break;
        }
        size_t last = start;
        while (start < at) {
                size_t n = utf8_next(text + start);
                if (n == 0)
                        break;
                last = start;
                start += n;
        }
        return at == 0 ? 0 : last;
}

int utf8_code_width(uint32_t code)
{
        if (code < 0x20 || code == 0x7F)
                return 0;
        if (code < 0x7F)
                return 1;
        return utf8proc_charwidth((utf8proc_int32_t)code);
}

int utf8_width_n(const char *text, size_t len)
{
        int columns = 0;
        for (size_t at = 0; at < len;) {
                uint32_t code;
                if (text[at] >= 0x20 && text[at] < 0x7F) {
                        columns++;
                        at++;
                        continue;
                }
                size_t n = utf8_decode(text + at, &code);
                if (n == 0)
                        break;
                columns += utf8_code_width(code);
                at += n;
        }
        return columns;
}

int utf8_width(const char *text)
{
        return utf8_width_n(text, strlen(text));
}

size_t utf8_fit(const char *text, int columns)
{
        size_t at = 0;
        for (;;) {
                size_t n = utf8_next(text + at);
                if (n == 0)
                        return at;
                int wide = utf8_width_n(text + at, n);
                if (wide > columns)
                        return at;
                columns -= wide;
                at += n;
        }
}

size_t utf8_length(const char *text)
{
        size_t n = 0;
        for (; *text; text++)
                n += ((unsigned char)*text & 0xC0) != 0x80;
        return n;
}

/* One space for each run of blanks, none at the ends; in place. */
static void squeeze_blanks(char *text)
{
        char *out = text;
        for (const char *in = text; *in; in++) {
                bool blank = *in == ' ' || *in == '\t' || *in == '\n' || *in == '\r';
                if (!blank)
                        *out++ = *in;
                else if (out > text && out[-1] != ' ')
                        *out++ = ' ';
        }
        if (out > text && out[-1] == ' ')
                out--;
        *out = '\0';
}

/* What Spanish texts and our titles are made of, folded; as long as it was, or shorter. */
static const struct { const char *text, *folded; } spanish[] = {
        {"á", "a"}, {"é", "e"}, {"í", "i"}, {"ó", "o"}, {"ú", "u"}, {"ü", "u"}, {"ñ", "n"}, {"Á", "a"}, {"É", "e"}, {"Í", "i"},
        {"Ó", "o"}, {"Ú", "u"}, {"Ü", "u"}, {"Ñ", "n"}, {"·", "·"}, {"«", "«"}, {"»", "»"}, {"¿", "¿"}, {"…", "..."},
};

/* Bytes of the letter at `text` that the table folds, put at `*out`; 0: it does not know it. */
static size_t fold_spanish(const char *text, char **out)
{
        for (size_t i = 0; i < ARRAY_LEN(spanish); i++) {
                size_t len = strlen(spanish[i].text);
                if (strncmp(text, spanish[i].text, len) != 0)
                        continue;
                *out = stpcpy(*out, spanish[i].folded);
                return len;
        }
        return 0;
}

/* NULL if there is anything that only tables of Unicode fold. */
static char *fold_quickly(const char *text)
{
        char *folded = xmalloc(strlen(text) + 1), *out = folded;
        while (*text) {
                unsigned char c = (unsigned char)*text;
                size_t len = c < 0x80 ? 1 : fold_spanish(text, &out);
                if (len == 0) {
                        free(folded);
                        return NULL;
                }
                if (c < 0x80)
                        *out++ = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
                text += len;
        }
        *out = '\0';
        return folded;
}

char *utf8_fold(const char *text)
{
        char *folded = fold_quickly(text);
        if (!folded) {
                utf8proc_uint8_t *out = NULL;
                utf8proc_map((const utf8proc_uint8_t *)text, 0, &out,
                             UTF8PROC_NULLTERM | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                             UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
                folded = out ? (char *)out : xstrdup(text); /* malformed text is compared as it is */
        }
        squeeze_blanks(folded);
        return folded;
}

/* Bytes of an ñ of any case at `text`, in one code point or as n and its tilde; 0 if there is none. */
static size_t enye_len(const char *text)
{
        static const char *const forms[] = {"\u00f1", "\u00d1", "n\u0303", "N\u0303"};
        for (size_t i = 0; i < ARRAY_LEN(forms); i++)
                if (str_starts(text, forms[i]))
                        return strlen(forms[i]);
        return 0;
}

/* The folded text with ñ as "n" followed by a byte after every letter. */
static char *collation_key(const char *text)
{
        struct str marked = STR_INIT;
        while (*text) {
                size_t enye = enye_len(text);
                if (enye)
                        str_add(&marked, "n~");
                else
                        str_addc(&marked, *text);
                text += enye ? enye : 1;
        }
        char *key = utf8_fold(marked.text);
        str_release(&marked);
        return key;
}

int utf8_collate(const char *a, const char *b)
{
        char *key_a = collation_key(a), *key_b = collation_key(b);
        int order = strcmp(key_a, key_b);
        free(key_a);
        free(key_b);
        return order ? order : strcmp(a, b);
}
