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

bool search_expression(const char *text, struct str *out)
{
        int words = 0;
        while (words < WORDS_MAX) {
                while (*text && !is_word(*text))
                        text++;
                const char *start = text;
                while (*text && is_word(*text))
                        text++;
                if (text == start)
                        break;
                str_addf(out, "%s\"%.*s\"*", words ? " " : "", (int)(text - start), start);
                words++;
        }
        return words > 0;
}
