/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

char *page_text(const struct doc *doc, const char *name)
{
        const struct doc_format *format;
        struct err err;
        char *text = NULL;
        size_t len;
        FILE *out = open_memstream(&text, &len);
        assert_non_null(out);
        if (doc_format_find(name, &format, &err) != ERR_OK || doc_write(doc, format, out, &err) != ERR_OK)
                fail_msg("%s", err.text);
        fclose(out);
        return text;
}

enum { DEEP = 64 };

/* The element at `at` opens, closes or stands alone; where it ends. */
static const char *take_element(const char *at, const char **stack, int *n)
{
        const char *end = strchr(at, '>');
        if (!end || (strchr(at + 1, '<') && strchr(at + 1, '<') < end))
                fail_msg("an element is not closed: %.60s", at);
        size_t len = strcspn(at + 1, " >/");
        if (at[1] == '!' || end[-1] == '/')
                return end;
        if (at[1] != '/') {
                assert_true(*n < DEEP);
                stack[(*n)++] = at + 1;
                return end;
        }
        len = strcspn(at + 2, " >");
        if (*n == 0 || strncmp(stack[*n - 1], at + 2, len) != 0 || !strchr(" >", stack[*n - 1][len]))
                fail_msg("does not close what is open: %.40s", at);
        (*n)--;
        return end;
}

void page_is_well_formed(const char *html)
{
        const char *stack[DEEP];
        int n = 0;
        for (const char *at = html; *at; at++) {
                if (*at == '<')
                        at = take_element(at, stack, &n);
                else if (*at == '&' && at[1] != '#' && strncmp(at, "&lt;", 4) != 0 && strncmp(at, "&gt;", 4) != 0 &&
                         strncmp(at, "&amp;", 5) != 0 && strncmp(at, "&quot;", 6) != 0)
                        fail_msg("a bare &: %.40s", at);
        }
        assert_int_equal(n, 0);
}

void page_is_clean(const char *text, int most)
{
        assert_true(utf8_valid(text, strlen(text), NULL));
        for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
                size_t len = strcspn(line, "\n");
                uint32_t code;
                if (most && utf8_width_n(line, len) > most)
                        fail_msg("%d columns: %.*s", utf8_width_n(line, len), (int)len, line);
                for (size_t at = 0; at < len; at += utf8_decode(line + at, &code)) {
                        utf8_decode(line + at, &code);
                        assert_false(code < 0x20 || (code >= 0x7F && code < 0xA0));
                }
        }
}
