/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and their conversions (contract in expr/value.h), and text that grows in an arena. */
#include "expr/value.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "expr_priv.h"

enum { MS_DAY = 86400000 };

struct value value_string(const char *text)
{
        if (!text || !*text)
                return VALUE_NONE;
        return (struct value){.kind = VALUE_STRING, .string = text};
}

struct value value_number(double number)
{
        return (struct value){.kind = VALUE_NUMBER, .number = number};
}

struct value value_boolean(bool boolean)
{
        return (struct value){.kind = VALUE_BOOLEAN, .boolean = boolean};
}

struct value value_date(int64_t days)
{
        return (struct value){.kind = VALUE_DATE, .days = days};
}

bool value_is_empty(const struct value *value)
{
        switch (value->kind) {
        case VALUE_EMPTY: return true;
        case VALUE_STRING:
        case VALUE_SET: return str_blank(value->string);
        case VALUE_SEQUENCE:
                for (int i = 0; i < value->count; i++)
                        if (!value_is_empty(&value->items[i]))
                                return false;
                return true;
        default: return false;
        }
}

static bool same_items(const struct value *a, const struct value *b)
{
        if (a->count != b->count)
                return false;
        for (int i = 0; i < a->count; i++)
                if (!value_same(&a->items[i], &b->items[i]))
                        return false;
        return true;
}

bool value_same(const struct value *a, const struct value *b)
{
        if (a->kind != b->kind)
                return false;
        switch (a->kind) {
        case VALUE_STRING:
        case VALUE_SET: return str_equal(a->string, b->string);
        case VALUE_NUMBER: return a->number == b->number || (isnan(a->number) && isnan(b->number));
        case VALUE_BOOLEAN: return a->boolean == b->boolean;
        case VALUE_DATE: return a->days == b->days;
        case VALUE_DATETIME:
                return a->datetime.days == b->datetime.days && a->datetime.ms == b->datetime.ms &&
                       a->datetime.offset == b->datetime.offset;
        case VALUE_TIME: return a->ms == b->ms;
        case VALUE_SEQUENCE: return same_items(a, b);
        default: return true;
        }
}

struct value value_copy(const struct value *value, struct arena *arena)
{
        struct value copy = *value;
        if (value->kind == VALUE_STRING || value->kind == VALUE_SET) {
                copy.string = arena_strdup(arena, value->string);
        } else if (value->kind == VALUE_SEQUENCE) {
                struct value *items = ARENA_ARRAY(arena, struct value, value->count);
                for (int i = 0; i < value->count; i++)
                        items[i] = value_copy(&value->items[i], arena);
                copy.items = items;
        }
        return copy;
}

bool value_is_temporal(const struct value *value)
{
        return value->kind == VALUE_DATE || value->kind == VALUE_DATETIME || value->kind == VALUE_TIME;
}

bool value_parse_temporal(const char *text, struct value *ret)
{
        int64_t days;
        struct datetime when;
        if (text[0] < '0' || text[0] > '9')
                return false;
        if (date_parse(text, &days)) {
                *ret = value_date(days);
                return true;
        }
        if (!datetime_parse(text, OFFSET_PERU, &when))
                return false;
        *ret = (struct value){.kind = VALUE_DATETIME, .datetime = when};
        return true;
}

struct value value_from_days(double days)
{
        static const double first = -719162, last = 2932896; /* 0001-01-01, 9999-12-31 */
        if (isnan(days))
                return value_number(days);
        days = floor(days);
        return days < first || days > last ? VALUE_NONE : value_date((int64_t)days);
}

static double string_to_number(const char *text)
{
        struct value when;
        double number = value_parse_number(text);
        if (isnan(number) && value_parse_temporal(text, &when))
                return value_to_number(&when);
        return number;
}

double value_to_number(const struct value *value)
{
        switch (value->kind) {
        case VALUE_STRING:
        case VALUE_SET: return string_to_number(value->string);
        case VALUE_NUMBER: return value->number;
        case VALUE_BOOLEAN: return value->boolean;
        case VALUE_DATE: return (double)value->days;
        case VALUE_DATETIME: return (double)datetime_utc_ms(&value->datetime) / MS_DAY;
        case VALUE_TIME: return (double)value->ms / MS_DAY;
        case VALUE_SEQUENCE: return value->count ? value_to_number(&value->items[0]) : NAN;
        default: return NAN;
        }
}

bool value_to_boolean(const struct value *value)
{
        switch (value->kind) {
        case VALUE_EMPTY: return false;
        case VALUE_STRING:
        case VALUE_SET: return value->string[0] != '\0';
        case VALUE_NUMBER: return value->number != 0 && !isnan(value->number);
        case VALUE_BOOLEAN: return value->boolean;
        case VALUE_SEQUENCE: return value->count && value_to_boolean(&value->items[0]);
        default: return true;
        }
}

const char *value_to_string(const struct value *value, struct arena *arena)
{
        switch (value->kind) {
        case VALUE_STRING:
        case VALUE_SET: return value->string;
        case VALUE_NUMBER: return value_number_text(value->number, arena);
        case VALUE_BOOLEAN: return value->boolean ? "true" : "false";
        case VALUE_DATE: return date_format(value->days, arena_alloc(arena, DATE_TEXT));
        case VALUE_DATETIME: return datetime_format(&value->datetime, arena_alloc(arena, DATETIME_TEXT));
        case VALUE_TIME: return time_format(value->ms, arena_alloc(arena, TIME_TEXT));
        case VALUE_SEQUENCE: return value->count ? value_to_string(&value->items[0], arena) : "";
        default: return "";
        }
}

const char *value_kind_word(enum value_kind kind)
{
        static const char *const words[] = {
                [VALUE_EMPTY] = "empty", [VALUE_STRING] = "string", [VALUE_NUMBER] = "number",
                [VALUE_BOOLEAN] = "boolean", [VALUE_DATE] = "date", [VALUE_DATETIME] = "datetime",
                [VALUE_TIME] = "time", [VALUE_SET] = "set", [VALUE_SEQUENCE] = "sequence",
        };
        return words[kind];
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t len)
{
        if (buffer->len + len + 1 > buffer->room) {
                size_t room = 2 * (buffer->len + len) + 16;
                char *text = arena_alloc(buffer->arena, room);
                if (buffer->len)
                        memcpy(text, buffer->text, buffer->len);
                buffer->text = text;
                buffer->room = room;
        }
        memcpy(buffer->text + buffer->len, bytes, len);
        buffer->len += len;
        buffer->text[buffer->len] = '\0';
}

struct value buffer_value(struct buffer *buffer)
{
        return value_string(buffer->text);
}
