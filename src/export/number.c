/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognising numbers (contract in number.h). */
#include "number.h"

#include <string.h>

static bool is_digit(char c)
{
        return c >= '0' && c <= '9';
}

/* Skip digits; false if there are none. */
static bool skip_digits(const char **at)
{
        const char *start = *at;
        while (is_digit(**at))
                (*at)++;
        return *at > start;
}

/* Skip a mark, one of `signs` if it is there, and digits. */
static bool skip_after(const char **at, const char *signs)
{
        (*at)++;
        if (**at && strchr(signs, **at))
                (*at)++;
        return skip_digits(at);
}

bool number_is_plain(const char *text)
{
        if (*text == '-' || *text == '+')
                text++;
        if (!skip_digits(&text))
                return false;
        if (*text == '.' && !skip_after(&text, ""))
                return false;
        if ((*text == 'e' || *text == 'E') && !skip_after(&text, "+-"))
                return false;
        return *text == '\0';
}

bool number_is_json(const char *text)
{
        const char *digits = text + (*text == '-');
        return *text != '+' && !(digits[0] == '0' && is_digit(digits[1])) && number_is_plain(text);
}
