/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From what a person types to an FTS5 expression: every word a quoted prefix,
 * all of them wanted.  Quoting takes their meaning from AND, NEAR, *, - and the
 * rest, and only letters and digits are let through, so no text is an error.
 * Bytes over 0x7F are passed on: the tokenizer knows which are letters.
 */
#include <ctype.h>

#include "store_priv.h"

enum { WORDS_MAX = 32 };

static bool is_word(char c)
{
        return (unsigned char)c >= 0x80 || isalnum((unsigned char)c);
}

size_t search_word_gap(const char *text)
{
        size_t n = 0;
        while (text[n] && !is_word(text[n]))
                n++;
        return n;
}

size_t search_word_len(const char *text)
{
        size_t n = 0;
        while (text[n] && is_word(text[n]))
                n++;
        return n;
}

bool search_expression(const char *text, struct str *out)
{
        int words = 0;
        while (words < WORDS_MAX) {
                text += search_word_gap(text);
                size_t len = search_word_len(text);
                if (len == 0)
                        break;
                str_addf(out, "%s\"%.*s\"*", words ? " " : "", (int)len, text);
                text += len;
                words++;
        }
        return words > 0;
}
