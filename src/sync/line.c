/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of records/ (contract in line.h).  What is written is checked as reading will. */
#include "line.h"

#include <string.h>

#include "base/hash_many.h"
#include "base/json.h"
#include "json_scan.h"

#define HEAD "{\"id\":\""
#define NECK "\","
enum { HEAD_LEN = sizeof HEAD - 1, HASH_LEN = HASH_TEXT - 1, PREFIX = HEAD_LEN + HASH_LEN + 2 };

/* A strict JSON object in UTF-8, as json_read() has it; a second "id" in it would be a duplicate key. */
static bool is_object(const char *line, size_t len)
{
        json_t *value;
        if (json_scan_object(line, len))
                return true;
        if (json_read(line, len, "", &value, NULL) != ERR_OK)
                return false;
        bool object = json_is_object(value);
        json_decref(value);
        return object;
}

size_t line_length(const char *body)
{
        return body[0] == '{' ? PREFIX + strlen(body) : 0;
}

void line_write(struct str *out, const struct hash *id, const char *body, size_t len)
{
        char head[PREFIX + 1] = HEAD;
        hash_format(id, head + HEAD_LEN);
        memcpy(head + HEAD_LEN + HASH_LEN, NECK, sizeof NECK);
        str_addn(out, head, PREFIX);
        str_addn(out, body + 1, len - PREFIX - 1);
        str_addc(out, '\n');
}

/* The id, written exactly as we write it: lower case. */
static bool take_id(const char *line, struct hash *ret)
{
        char hex[HASH_TEXT], again[HASH_TEXT];
        memcpy(hex, line + HEAD_LEN, HASH_LEN);
        hex[HASH_LEN] = '\0';
        return memcmp(line, HEAD, HEAD_LEN) == 0 && memcmp(line + PREFIX - 2, NECK, 2) == 0 &&
               hash_parse(hex, ret) && strcmp(hash_format(ret, again), hex) == 0;
}

bool line_read(char *line, size_t len, bool check, struct hash *ret_id, const char **ret_body,
               size_t *ret_len)
{
        struct hash id;
        if (len <= PREFIX || !take_id(line, &id) || (check && !is_object(line, len)))
                return false;
        char *body = line + PREFIX - 1;
        size_t body_len = len - PREFIX + 1;
        body[0] = '{';
        line[len] = '\0';
        struct hash really = check ? hash_of(body, body_len) : id;
        if (!hash_equal(&really, &id))
                return false;
        *ret_id = id;
        *ret_body = body;
        *ret_len = body_len;
        return true;
}

size_t lines_check(char *text, size_t len)
{
        struct hash id;
        const char *body;
        size_t at = 0, body_len;
        while (at < len) {
                char *line = text + at, *end = memchr(line, '\n', len - at);
                if (!end || !line_read(line, (size_t)(end - line), true, &id, &body, &body_len))
                        return at;
                line[PREFIX - 1] = NECK[1]; /* what line_read() made of it */
                *end = '\n';
                at = (size_t)(end - text) + 1;
        }
        return len;
}

/* ---- By their hashes alone ---- */

/* Some lines and their bodies, which have their brace as long as they are looked at. */
struct few {
        char *lines[HASH_LANES];
        const void *bodies[HASH_LANES];
        size_t lens[HASH_LANES];
        int n;
};

/* Up to four whole lines from `at` on, as line_write() makes them: an id where it must be. Where they end. */
static char *take_few(struct few *few, char *at, const char *end)
{
        few->n = 0;
        while (few->n < HASH_LANES && at < end) {
                char *stop = memchr(at, '\n', (size_t)(end - at)), *body = at + PREFIX - 1;
                if (!stop || stop <= body)
                        break;
                body[0] = '{';
                few->lines[few->n] = at;
                few->bodies[few->n] = body;
                few->lens[few->n++] = (size_t)(stop - body);
                at = stop + 1;
        }
        return at;
}

static bool has_hash(const char *line, const struct hash *really)
{
        char hex[HASH_TEXT];
        return memcmp(hash_format(really, hex), line + HEAD_LEN, HASH_LEN) == 0;
}

/* Which of them is the first whose body does not hash to its id, or how many there are. */
static int check_few(const struct few *few)
{
        struct hash many[HASH_LANES];
        bool quick = few->n == HASH_LANES && hash_many(few->bodies, few->lens, many);
        for (int i = 0; i < few->n; i++) {
                if (quick && has_hash(few->lines[i], &many[i]))
                        continue;
                struct hash really = hash_of(few->bodies[i], few->lens[i]);
                if (!has_hash(few->lines[i], &really))
                        return i;
        }
        return few->n;
}

size_t lines_check_hashes(char *text, size_t len)
{
        struct few few;
        for (char *at = text, *end = text + len; at < end;) {
                char *next = take_few(&few, at, end);
                int good = check_few(&few);
                for (int i = 0; i < few.n; i++)
                        few.lines[i][PREFIX - 1] = NECK[1];
                if (good < few.n || few.n == 0)
                        return (size_t)((few.n ? few.lines[good] : at) - text);
                at = next;
        }
        return len;
}

void line_short_id(const char *line, char ret[LINE_SHORT_ID + 1])
{
        memcpy(ret, line + HEAD_LEN, LINE_SHORT_ID);
        ret[LINE_SHORT_ID] = '\0';
}
