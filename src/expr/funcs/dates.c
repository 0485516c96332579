/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Date functions.  A date is a civil day without a zone; a datetime keeps the
 * offset it was written with, and shows its own calendar day and hour.
 */
#include <math.h>
#include <string.h>

#include "../expr_priv.h"
#include "base/clock.h"
#include "base/utf8.h"

enum { MS_DAY = 86400000, SHORT_LETTERS = 3 };

struct value fn_today(const struct eval *ev, const struct node *call)
{
        (void)ev;
        (void)call;
        return value_date(clock_now().days);
}

static struct value from_datetime(struct datetime when)
{
        return (struct value){.kind = VALUE_DATETIME, .datetime = when};
}

struct value fn_now(const struct eval *ev, const struct node *call)
{
        (void)ev;
        (void)call;
        return from_datetime(clock_now());
}

static struct value from_decimal_days(double days)
{
        if (isnan(days) || value_from_days(days).kind == VALUE_EMPTY)
                return VALUE_NONE;
        return from_datetime(datetime_from_utc_ms((int64_t)round(days * MS_DAY), OFFSET_PERU));
}

/* The argument as DATE or DATETIME; numbers count days; empty if it is none of these. */
static struct value arg_when(const struct eval *ev, const struct node *call, int i)
{
        struct value value = arg_value(ev, call, i), when;
        if (value.kind == VALUE_DATE || value.kind == VALUE_DATETIME)
                return value;
        if (value.kind == VALUE_TIME || value.kind == VALUE_BOOLEAN)
                return VALUE_NONE;
        if (value.kind == VALUE_STRING && value_parse_temporal(value.string, &when))
                return when;
        double days = value_to_number(&value);
        if (isnan(days) || days == floor(days))
                return isnan(days) ? VALUE_NONE : value_from_days(days);
        return from_decimal_days(days);
}

static int64_t day_of(const struct value *when)
{
        return when->kind == VALUE_DATE ? when->days : when->datetime.days;
}

struct value fn_date(const struct eval *ev, const struct node *call)
{
        struct value when = arg_when(ev, call, 0);
        return when.kind == VALUE_EMPTY ? when : value_date(day_of(&when));
}

struct value fn_date_time(const struct eval *ev, const struct node *call)
{
        struct value when = arg_when(ev, call, 0);
        if (when.kind != VALUE_DATE)
                return when;
        return from_datetime((struct datetime){.days = when.days, .offset = OFFSET_PERU});
}

struct value fn_decimal_date_time(const struct eval *ev, const struct node *call)
{
        struct value when = arg_when(ev, call, 0);
        return value_number(value_to_number(&when));
}

struct value fn_decimal_time(const struct eval *ev, const struct node *call)
{
        struct value value = arg_value(ev, call, 0), when;
        int32_t ms;
        if (value.kind == VALUE_STRING && time_parse(value.string, &ms))
                return value_number((double)ms / MS_DAY);
        if (value.kind == VALUE_STRING && value_parse_temporal(value.string, &when))
                value = when;
        if (value.kind == VALUE_DATETIME)
                return value_number((double)value.datetime.ms / MS_DAY);
        return value_number(value.kind == VALUE_TIME ? value_to_number(&value) : NAN);
}

struct value fn_age_in_days(const struct eval *ev, const struct node *call)
{
        struct value when = arg_when(ev, call, 0);
        if (when.kind == VALUE_EMPTY)
                return value_number(NAN);
        return value_number((double)(clock_now().days - day_of(&when)));
}

/* ISO 8601 week: week 1 holds the year's first Thursday. */
static int iso_week(int64_t day)
{
        int64_t thursday = day - date_weekday(day) + 3, first;
        date_from_civil((struct civil){.year = date_to_civil(thursday).year, .month = 1, .day = 1}, &first);
        return (int)((thursday - first) / 7) + 1;
}

static int day_of_year(int64_t day)
{
        int64_t first;
        date_from_civil((struct civil){.year = date_to_civil(day).year, .month = 1, .day = 1}, &first);
        return (int)(day - first) + 1;
}

static void add_number(struct buffer *out, int width, int number)
{
        const char *text = arena_printf(out->arena, "%0*d", width, number);
        buffer_add(out, text, strlen(text));
}

static void add_name(struct buffer *out, const char *name, bool whole)
{
        size_t len = strlen(name);
        if (!whole) {
                uint32_t code;
                len = 0;
                for (int i = 0; i < SHORT_LETTERS; i++)
                        len += utf8_decode(name + len, &code);
        }
        buffer_add(out, name, len);
}

/* One letter after %; false if it means nothing. */
static bool add_field(struct buffer *out, char letter, int64_t day, int ms)
{
        struct civil c = date_to_civil(day);
        switch (letter) {
        case 'Y': add_number(out, 4, c.year); return true;
        case 'y': add_number(out, 2, c.year % 100); return true;
        case 'm': add_number(out, 2, c.month); return true;
        case 'n': add_number(out, 1, c.month); return true;
        case 'b': add_name(out, date_month_name(c.month), false); return true;
        case 'B': add_name(out, date_month_name(c.month), true); return true;
        case 'd': add_number(out, 2, c.day); return true;
        case 'e': add_number(out, 1, c.day); return true;
        case 'a': add_name(out, date_weekday_name(date_weekday(day)), false); return true;
        case 'A': add_name(out, date_weekday_name(date_weekday(day)), true); return true;
        case 'H': add_number(out, 2, ms / 3600000); return true;
        case 'h': add_number(out, 1, ms / 3600000); return true;
        case 'M': add_number(out, 2, ms / 60000 % 60); return true;
        case 'S': add_number(out, 2, ms / 1000 % 60); return true;
        case '3': add_number(out, 3, ms % 1000); return true;
        case 'j': add_number(out, 3, day_of_year(day)); return true;
        case 'W': add_number(out, 2, iso_week(day)); return true;
        case '%': buffer_add(out, "%", 1); return true;
        default: return false;
        }
}

const char *date_format_bad_letter(const char *format)
{
        for (; *format; format++) {
                if (*format != '%')
                        continue;
                if (!strchr("YymnbBdeaAHhMS3jW%", format[1]) || !format[1])
                        return format;
                format++;
        }
        return NULL;
}

struct value fn_format_date(const struct eval *ev, const struct node *call)
{
        struct value when = arg_when(ev, call, 0);
        if (when.kind == VALUE_EMPTY)
                return VALUE_NONE;
        struct buffer out = {.arena = ev->arena};
        int ms = when.kind == VALUE_DATETIME ? when.datetime.ms : 0;
        for (const char *p = arg_string(ev, call, 1); *p; p++) {
                if (*p == '%' && add_field(&out, p[1], day_of(&when), ms))
                        p++;
                else
                        buffer_add(&out, p, 1); /* a computed format may hold letters nobody knows */
        }
        return buffer_value(&out);
}
