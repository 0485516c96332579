/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers to text and back, the same in every locale.
 *
 * Reading and printing must not depend on LC_NUMERIC, and both are on the path
 * of every answer: the common cases (integers, a few decimals) are exact in
 * double arithmetic and take no library call.
 */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expr_priv.h"

/* Powers of ten that a double holds exactly. */
static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
static const double exact_limit = 9007199254740992.0; /* 2^53 */

static bool is_digit(char c)
{
        return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static double parse_slow(const char *text)
{
        static locale_t plain;
        if (!plain)
                plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
        return plain ? strtod_l(text, NULL, plain) : strtod(text, NULL);
}

double value_parse_number(const char *text)
{
        while (is_blank(*text))
                text++;
        const char *start = text;
        uint64_t digits = 0;
        int count = 0, decimals = 0;
        bool negative = *text == '-';
        text += negative;
        for (; is_digit(*text); text++, count++)
                digits = count < 18 ? digits * 10 + (uint64_t)(*text - '0') : digits;
        if (*text == '.') {
                for (text++; is_digit(*text); text++, count++, decimals++)
                        digits = count < 18 ? digits * 10 + (uint64_t)(*text - '0') : digits;
        }
        while (is_blank(*text))
                text++;
        if (*text || count == 0)
                return NAN;
        if (count > 18 || digits > (uint64_t)exact_limit || decimals >= (int)ARRAY_LEN(powers))
                return parse_slow(start);
        double number = (double)digits / powers[decimals];
        return negative ? -number : number;
}

/* "-1234" and how many of its last digits are decimals, as plain text. */
static const char *print_digits(int64_t digits, int decimals, struct arena *arena)
{
        char text[48], *end = text + sizeof text, *p = end;
        bool negative = digits < 0;
        uint64_t rest = negative ? (uint64_t)-digits : (uint64_t)digits;
        for (int i = 0; rest || i <= decimals; i++, rest /= 10) {
                if (i == decimals && i > 0)
                        *--p = '.';
                *--p = (char)('0' + rest % 10);
        }
        if (negative)
                *--p = '-';
        return arena_strndup(arena, p, (size_t)(end - p));
}

/* The shortest digits that read back as `number`: d.ddd × 10^exponent, without the point. */
static int shortest_digits(double number, char digits[32])
{
        char text[64];
        int precision = 15;
        do
                snprintf(text, sizeof text, "%.*e", precision - 1, number);
        while (precision++ < 17 && strtod(text, NULL) != number);
        int n = 0;
        const char *p = text;
        for (; *p != 'e'; p++)
                if (is_digit(*p)) /* whatever the locale's point is */
                        digits[n++] = *p;
        while (n > 1 && digits[n - 1] == '0')
                n--;
        digits[n] = '\0';
        return atoi(p + 1);
}

static const char *print_slow(double number, struct arena *arena)
{
        char digits[32];
        struct buffer out = {.arena = arena};
        int exponent = shortest_digits(fabs(number), digits);
        int n = (int)strlen(digits), point = exponent + 1;
        if (number < 0)
                buffer_add(&out, "-", 1);
        if (point <= 0)
                buffer_add(&out, "0.", 2);
        for (int i = point; i < 0; i++)
                buffer_add(&out, "0", 1);
        for (int i = 0; i < n || i < point; i++) {
                if (i == point && i > 0)
                        buffer_add(&out, ".", 1);
                buffer_add(&out, i < n ? digits + i : "0", 1);
        }
        return out.text;
}

const char *value_number_text(double number, struct arena *arena)
{
        if (isnan(number))
                return "NaN";
        if (isinf(number))
                return number > 0 ? "Infinity" : "-Infinity";
        /* number × 10^k is a whole number below 2^53 that divides back to
         * `number`: then it is its shortest decimal form. */
        for (int k = 0; k <= 6; k++) {
                double scaled = number * powers[k];
                if (fabs(scaled) >= exact_limit)
                        break;
                double whole = rint(scaled);
                if (whole / powers[k] == number)
                        return print_digits((int64_t)whole, k, arena);
        }
        return print_slow(number, arena);
}

double number_scaled(const char *digits, int places)
{
        char text[400];
        snprintf(text, sizeof text, "%.380se%d", digits, places);
        return parse_slow(text);
}
