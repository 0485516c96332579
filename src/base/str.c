/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing strings and small string questions (contract in base/str.h). */
#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

char str_empty[1];

void str_init(struct str *s)
{
        *s = (struct str)STR_INIT;
}

void str_release(struct str *s)
{
        if (s->room)
                free(s->text);
        str_init(s);
}

void str_clear(struct str *s)
{
        s->len = 0;
        if (s->room)
                s->text[0] = '\0';
}

static void reserve(struct str *s, size_t extra)
{
        size_t need = s->len + extra + 1;
        if (need <= s->room)
                return;
        size_t room = s->room ? s->room : 32;
        while (room < need)
                room *= 2;
        s->text = s->room ? xrealloc(s->text, room) : xmalloc(room);
        if (!s->room)
                s->text[0] = '\0';
        s->room = room;
}

void str_addn(struct str *s, const char *bytes, size_t len)
{
        reserve(s, len);
        memcpy(s->text + s->len, bytes, len);
        s->len += len;
        s->text[s->len] = '\0';
}

void str_add(struct str *s, const char *text)
{
        str_addn(s, text, strlen(text));
}

void str_addc(struct str *s, char c)
{
        str_addn(s, &c, 1);
}

void str_addf(struct str *s, const char *format, ...)
{
        va_list args, again;
        va_start(args, format);
        va_copy(again, args);
        int len = vsnprintf(NULL, 0, format, args);
        va_end(args);
        if (len < 0)
                abort();
        reserve(s, (size_t)len);
        vsnprintf(s->text + s->len, (size_t)len + 1, format, again);
        va_end(again);
        s->len += (size_t)len;
}

void str_splice(struct str *s, size_t at, size_t removed, const char *bytes, size_t len)
{
        reserve(s, len);
        memmove(s->text + at + len, s->text + at + removed, s->len - at - removed + 1);
        memcpy(s->text + at, bytes, len);
        s->len = s->len - removed + len;
}

char *str_detach(struct str *s)
{
        char *text = s->room ? s->text : xstrdup("");
        str_init(s);
        return text;
}

bool str_equal(const char *a, const char *b)
{
        return a == b || (a && b && strcmp(a, b) == 0);
}

bool str_starts(const char *text, const char *prefix)
{
        return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
        size_t len = strlen(text), tail = strlen(suffix);
        return len >= tail && strcmp(text + len - tail, suffix) == 0;
}

bool str_blank(const char *text)
{
        return !text || text[strspn(text, " \t\r\n")] == '\0';
}

enum { NEAREST_MAX = 64 };

static int least(int a, int b, int c)
{
        int ab = a < b ? a : b;
        return ab < c ? ab : c;
}

/* Optimal string alignment distance; both words shorter than NEAREST_MAX. */
static int distance(const char *a, const char *b)
{
        int rows[3][NEAREST_MAX + 1];
        int la = (int)strlen(a), lb = (int)strlen(b);
        for (int j = 0; j <= lb; j++)
                rows[0][j] = j;
        for (int i = 1; i <= la; i++) {
                int *row = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];
                row[0] = i;
                for (int j = 1; j <= lb; j++) {
                        int cost = a[i - 1] != b[j - 1];
                        row[j] = least(row[j - 1] + 1, up[j] + 1, up[j - 1] + cost);
                        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && up2[j - 2] + 1 < row[j])
                                row[j] = up2[j - 2] + 1;
                }
        }
        return rows[la % 3][lb];
}

const char *str_nearest(const char *word, const char *const *candidates, size_t n)
{
        const char *best = NULL;
        size_t len = strlen(word);
        int best_distance = (int)(len / 3 > 1 ? len / 3 : 1) + 1;
        if (len >= NEAREST_MAX)
                return NULL;
        for (size_t i = 0; i < n; i++) {
                size_t other = strlen(candidates[i]);
                size_t apart = other > len ? other - len : len - other;
                if (other >= NEAREST_MAX || (int)apart >= best_distance)
                        continue;
                int d = distance(word, candidates[i]);
                if (d < best_distance) {
                        best_distance = d;
                        best = candidates[i];
                }
        }
        return best;
}
