/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Between what people type and values.
 *
 * Each type has a reader; what a reader refuses is kept as malformed text, so
 * nothing typed is lost.  fill_typed_text() is the way back: reading its text
 * gives the same value (datetimes lose their seconds' fraction, which is why
 * session_answer() takes an unchanged text as no change).
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "base/attached.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "session_priv.h"

enum { INTEGER_DIGITS = 15, DECIMAL_DIGITS = 15 };

static const char *trimmed(const char *text, struct arena *arena)
{
        while (isspace((unsigned char)*text))
                text++;
        size_t len = strlen(text);
        while (len && isspace((unsigned char)text[len - 1]))
                len--;
        return arena_strndup(arena, text, len);
}

const char *fill_clean_text(const char *text, struct arena *arena)
{
        if (utf8_valid(text, strlen(text), NULL))
                return text;
        char *clean = arena_alloc(arena, 3 * strlen(text) + 1);
        size_t len = 0;
        uint32_t code;
        for (size_t n; (n = utf8_decode(text, &code)) > 0; text += n)
                len += utf8_encode(code, clean + len);
        return clean;
}

static int digits(const char *text)
{
        int n = 0;
        while (text[n] >= '0' && text[n] <= '9')
                n++;
        return n;
}

static bool read_integer(const struct node *node, const char *text, struct value *ret, struct arena *arena)
{
        const char *first = text + (text[0] == '-' || text[0] == '+');
        int n = digits(first);
        (void)node, (void)arena;
        if (n < 1 || n > INTEGER_DIGITS || first[n])
                return false;
        long long number = strtoll(text, NULL, 10);
        *ret = value_number((double)number);
        return true;
}

/* One point or one comma is the decimal mark; nothing separates thousands. */
static bool read_decimal(const struct node *node, const char *text, struct value *ret, struct arena *arena)
{
        bool minus = text[0] == '-';
        const char *whole = text + (text[0] == '-' || text[0] == '+');
        int n = digits(whole), m = 0;
        const char *rest = whole + n;
        (void)node;
        if (*rest == '.' || *rest == ',') {
                m = digits(rest + 1);
                if (m < 1 || rest[1 + m])
                        return false;
        } else if (*rest || n < 1) {
                return false;
        }
        if (n > DECIMAL_DIGITS || m > DECIMAL_DIGITS)
                return false;
        const char *plain = arena_printf(arena, "%s%s%.*s%s%.*s", minus ? "-" : "", n ? "" : "0", n, whole,
                                         m ? "." : "", m, m ? rest + 1 : "");
        *ret = value_number(value_parse_number(plain));
        return !isnan(ret->number);
}

static bool read_date(const struct node *node, const char *text, struct value *ret, struct arena *arena)
{
        (void)node, (void)arena;
        ret->kind = VALUE_DATE;
        return date_parse_typed(text, &ret->days);
}

static bool read_time(const struct node *node, const char *text, struct value *ret, struct arena *arena)
{
        (void)node, (void)arena;
        ret->kind = VALUE_TIME;
        return time_parse_typed(text, &ret->ms) || time_parse(text, &ret->ms);
}

static bool read_datetime(const struct node *node, const char *text, struct value *ret, struct arena *arena)
{
        const char *blank = strrchr(text, ' ');
        int64_t days;
        int32_t ms;
        int16_t offset = clock_now().offset;
        (void)node;
        ret->kind = VALUE_DATETIME;
        if (datetime_parse(text, offset, &ret->datetime))
                return true;
        if (!blank || !(time_parse_typed(blank + 1, &ms) || time_parse(blank + 1, &ms)))
                return false;
        if (!date_parse_typed(trimmed(arena_strndup(arena, text, (size_t)(blank - text)), arena), &days))
                return false;
        ret->datetime = (struct datetime){.days = days, .ms = ms, .offset = offset};
        return true;
}

static bool read_choice(const struct node *node, const char *text, struct value *ret, struct arena *arena)
{
        (void)arena;
        *ret = value_string(text);
        return node->list && choice_list_find(node->list, text);
}

static bool has_word(char *const *words, int n, const char *word)
{
        for (int i = 0; i < n; i++)
                if (str_equal(words[i], word))
                        return true;
        return false;
}

static const char *joined(char *const *words, int n, struct arena *arena)
{
        const char *text = "";
        for (int i = 0; i < n; i++)
                text = i ? arena_printf(arena, "%s %s", text, words[i]) : words[i];
        return text;
}

/* Chosen names in the order of the list. */
static const char *in_list_order(const struct choice_list *list, char *const *words, int n,
                                 struct arena *arena)
{
        char **sorted = ARENA_ARRAY(arena, char *, n);
        int m = 0;
        for (int i = 0; i < list->n && m < n; i++)
                if (has_word(words, n, list->choices[i].name))
                        sorted[m++] = (char *)list->choices[i].name;
        return joined(sorted, m, arena);
}

static bool read_choices(const struct node *node, const char *text, struct value *ret, struct arena *arena)
{
        char *copy = arena_strdup(arena, text), *rest = NULL;
        char **words = ARENA_ARRAY(arena, char *, strlen(text) / 2 + 1);
        int n = 0;
        for (char *word = strtok_r(copy, " \t\n", &rest); word; word = strtok_r(NULL, " \t\n", &rest)) {
                if (!node->list || !choice_list_find(node->list, word))
                        return false;
                if (!has_word(words, n, word))
                        words[n++] = word;
        }
        ret->kind = VALUE_SET;
        ret->string = node->type == NODE_RANK ? joined(words, n, arena)
                                              : in_list_order(node->list, words, n, arena);
        return n > 0;
}

static bool read_acknowledge(const struct node *node, const char *text, struct value *ret,
                             struct arena *arena)
{
        (void)node, (void)arena;
        *ret = value_string("OK");
        return strcasecmp(text, "ok") == 0;
}

static bool read_word(const struct node *node, const char *text, struct value *ret, struct arena *arena)
{
        (void)node, (void)arena;
        *ret = value_string(text);
        return true;
}

/* Files are taken in by the application; here only their names are known. */
static bool read_file(const struct node *node, const char *text, struct value *ret, struct arena *arena)
{
        struct hash hash;
        (void)node, (void)arena;
        *ret = value_string(text);
        return attached_parse(text, &hash, NULL);
}

typedef bool reader(const struct node *node, const char *text, struct value *ret, struct arena *arena);

/* NULL: free text, kept to the letter. */
static reader *reader_of(enum node_type type)
{
        switch (type) {
        case NODE_INTEGER:
                return read_integer;
        case NODE_DECIMAL:
        case NODE_RANGE:
                return read_decimal;
        case NODE_DATE:
        case NODE_TODAY:
                return read_date;
        case NODE_TIME:
                return read_time;
        case NODE_DATETIME:
        case NODE_START:
        case NODE_END:
                return read_datetime;
        case NODE_SELECT_ONE:
        case NODE_RATING:
                return read_choice;
        case NODE_SELECT_MULTIPLE:
        case NODE_RANK:
                return read_choices;
        case NODE_ACKNOWLEDGE:
                return read_acknowledge;
        case NODE_REFERENCE:
                return read_word;
        case NODE_FILE:
        case NODE_IMAGE:
                return read_file;
        default:
                return NULL;
        }
}

struct state fill_parse(const struct node *node, const char *typed, struct arena *arena)
{
        reader *read = reader_of(node->type);
        struct state state = {.value = VALUE_NONE};
        if (!read)
                return (struct state){.value = value_string(typed)};
        const char *text = trimmed(typed, arena);
        if (text[0] && !read(node, text, &state.value, arena))
                state = (struct state){.value = VALUE_NONE, .raw = typed};
        return state;
}

/* A calculation that is not a number has no result: kept as empty. */
static struct value plain_result(struct value value, struct arena *arena)
{
        if (value.kind == VALUE_SEQUENCE)
                value = value.count ? plain_result(value.items[0], arena) : VALUE_NONE;
        if (value.kind == VALUE_STRING || value.kind == VALUE_SET)
                value.string = fill_clean_text(value.string, arena);
        if (value.kind == VALUE_NUMBER && isnan(value.number))
                return VALUE_NONE;
        return value;
}

struct state fill_coerce(const struct node *node, struct value value, struct arena *arena)
{
        value = plain_result(value, arena);
        if (value.kind == VALUE_EMPTY || node->type == NODE_CALCULATE || node->type == NODE_HIDDEN)
                return (struct state){.value = value};
        if (value.kind == VALUE_DATETIME && node->type == NODE_DATE)
                return (struct state){.value = value_date(value.datetime.days)};
        if (value.kind == VALUE_DATETIME && node->type == NODE_TIME)
                return (struct state){.value = {.kind = VALUE_TIME, .ms = value.datetime.ms}};
        bool same = value.kind == node_type_info(node->type)->kind;
        if (same && (value.kind == VALUE_DATE || value.kind == VALUE_TIME || value.kind == VALUE_DATETIME))
                return (struct state){.value = value};
        if (value.kind == VALUE_NUMBER && (node->type == NODE_DECIMAL || node->type == NODE_RANGE))
                return (struct state){.value = value};
        return fill_parse(node, value_to_string(&value, arena), arena);
}

static char *datetime_typed(const struct datetime *when)
{
        char day[DATE_TEXT], time[TIME_TEXT];
        return xasprintf("%s %s", date_format_person(when->days, day), time_format(when->ms, time));
}

char *fill_typed_text(const struct value *value, struct arena *arena)
{
        char text[DATETIME_TEXT];
        switch (value->kind) {
        case VALUE_STRING:
        case VALUE_SET:
                return xstrdup(value->string);
        case VALUE_NUMBER:
                return xstrdup(value_number_text(value->number, arena));
        case VALUE_BOOLEAN:
                return xstrdup(value->boolean ? "true" : "false");
        case VALUE_DATE:
                return xstrdup(date_format_person(value->days, text));
        case VALUE_DATETIME:
                return datetime_typed(&value->datetime);
        case VALUE_TIME:
                return xstrdup(time_format(value->ms, text));
        case VALUE_EMPTY:
        case VALUE_SEQUENCE:
                break;
        }
        return NULL;
}
