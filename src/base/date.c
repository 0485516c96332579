/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Civil dates.  Day numbers follow the era arithmetic of the proleptic Gregorian
 * calendar: years counted from 1 March, 400-year eras of 146,097 days.
 */
#include "base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

enum { MS_DAY = 86400000, MS_MINUTE = 60000 };

static bool is_leap(int year)
{
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in_month(int year, int month)
{
        static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_from_civil(struct civil c, int64_t *ret_days)
{
        if (c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12)
                return false;
        if (c.day < 1 || c.day > date_days_in_month(c.year, c.month))
                return false;
        int64_t y = c.year - (c.month <= 2);
        int64_t era = y / 400, yoe = y - era * 400;
        int64_t doy = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
        *ret_days = era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
        return true;
}

struct civil date_to_civil(int64_t days)
{
        int64_t z = days + 719468;
        int64_t era = (z >= 0 ? z : z - 146096) / 146097;
        int64_t doe = z - era * 146097;
        int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
        int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        int64_t mp = (5 * doy + 2) / 153;
        int month = (int)(mp < 10 ? mp + 3 : mp - 9);
        return (struct civil){.year = (int)(yoe + era * 400 + (month <= 2)),
                              .month = month, .day = (int)(doy - (153 * mp + 2) / 5 + 1)};
}

int date_weekday(int64_t days)
{
        int64_t w = (days + 3) % 7; /* 1970-01-01 was a Thursday */
        return (int)(w < 0 ? w + 7 : w);
}

/* Up to `max` digits, at least `min`; moves *p past them. */
static bool take_number(const char **p, int min, int max, int *ret)
{
        int n = 0, value = 0;
        while (n < max && isdigit((unsigned char)**p)) {
                value = value * 10 + (**p - '0');
                (*p)++;
                n++;
        }
        *ret = value;
        return n >= min;
}

static bool take_char(const char **p, char c)
{
        if (**p != c)
                return false;
        (*p)++;
        return true;
}

static bool take_iso_date(const char **p, int64_t *ret_days)
{
        struct civil c;
        return take_number(p, 4, 4, &c.year) && take_char(p, '-') && take_number(p, 2, 2, &c.month) &&
               take_char(p, '-') && take_number(p, 2, 2, &c.day) && date_from_civil(c, ret_days);
}

bool date_parse(const char *text, int64_t *ret_days)
{
        int64_t days;
        if (!take_iso_date(&text, &days) || *text)
                return false;
        *ret_days = days;
        return true;
}

static bool typed_separator(const char **p)
{
        if (**p != '/' && **p != '-' && **p != '.' && **p != ' ')
                return false;
        (*p)++;
        return true;
}

bool date_parse_typed(const char *text, int64_t *ret_days)
{
        struct civil c;
        int64_t iso;
        const char *p = text + strspn(text, " "), *after = p;
        if (take_iso_date(&after, &iso) && after[strspn(after, " ")] == '\0') {
                *ret_days = iso;
                return true;
        }
        size_t digits = strspn(p, "0123456789");
        bool packed = digits == 8 || digits == 6;
        if (!take_number(&p, packed ? 2 : 1, 2, &c.day) || (!packed && !typed_separator(&p)))
                return false;
        if (!take_number(&p, packed ? 2 : 1, 2, &c.month) || (!packed && !typed_separator(&p)))
                return false;
        const char *year = p;
        if (!take_number(&p, 2, 4, &c.year) || p - year == 3)
                return false;
        if (p - year == 2)
                c.year += 2000;
        return p[strspn(p, " ")] == '\0' && date_from_civil(c, ret_days);
}

static bool take_time(const char **p, int32_t *ret_ms)
{
        int h, m, s = 0, ms = 0;
        if (!take_number(p, 2, 2, &h) || !take_char(p, ':') || !take_number(p, 2, 2, &m))
                return false;
        if (**p == ':') {
                (*p)++;
                if (!take_number(p, 2, 2, &s))
                        return false;
                if (**p == '.') {
                        (*p)++;
                        const char *start = *p;
                        if (!take_number(p, 1, 3, &ms))
                                return false;
                        for (long n = *p - start; n < 3; n++)
                                ms *= 10;
                        while (isdigit((unsigned char)**p))
                                (*p)++;
                }
        }
        if (h > 23 || m > 59 || s > 59)
                return false;
        *ret_ms = ((h * 60 + m) * 60 + s) * 1000 + ms;
        return true;
}

/* Nothing, "Z", "+05:30", "-0500", "-05". */
static bool take_offset(const char **p, int16_t *offset)
{
        int h, m = 0;
        if (take_char(p, 'Z')) {
                *offset = 0;
                return true;
        }
        if (**p != '+' && **p != '-')
                return true;
        int sign = *(*p)++ == '-' ? -1 : 1;
        if (!take_number(p, 2, 2, &h))
                return false;
        if (**p == ':')
                (*p)++;
        if (isdigit((unsigned char)**p) && !take_number(p, 2, 2, &m))
                return false;
        if (h > 14 || m > 59)
                return false;
        *offset = (int16_t)(sign * (h * 60 + m));
        return true;
}

bool time_parse(const char *text, int32_t *ret_ms)
{
        int32_t ms;
        int16_t offset;
        if (!take_time(&text, &ms) || !take_offset(&text, &offset) || *text)
                return false;
        *ret_ms = ms;
        return true;
}

bool time_parse_typed(const char *text, int32_t *ret_ms)
{
        const char *p = text + strspn(text, " ");
        size_t digits = strspn(p, "0123456789");
        int h = 0, m = 0;
        if (time_parse(p, ret_ms))
                return true;
        if (digits == 3 || digits == 4) {
                if (!take_number(&p, 1, digits == 3 ? 1 : 2, &h) || !take_number(&p, 2, 2, &m))
                        return false;
        } else {
                if (!take_number(&p, 1, 2, &h))
                        return false;
                if (*p == ':' || *p == '.' || *p == 'h') {
                        p++;
                        if (*p && !take_number(&p, 2, 2, &m))
                                return false;
                }
        }
        if (p[strspn(p, " ")] || h > 23 || m > 59)
                return false;
        *ret_ms = (h * 60 + m) * MS_MINUTE;
        return true;
}

bool datetime_parse(const char *text, int16_t offset, struct datetime *ret)
{
        struct datetime when = {.offset = offset};
        if (!take_iso_date(&text, &when.days))
                return false;
        if (*text == 'T' || *text == ' ') {
                text++;
                if (!take_time(&text, &when.ms) || !take_offset(&text, &when.offset))
                        return false;
        }
        if (*text)
                return false;
        *ret = when;
        return true;
}

char *date_format(int64_t days, char out[DATE_TEXT])
{
        struct civil c = date_to_civil(days);
        snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100, (unsigned)c.day % 100);
        return out;
}

char *date_format_person(int64_t days, char out[DATE_TEXT])
{
        struct civil c = date_to_civil(days);
        snprintf(out, DATE_TEXT, "%02u/%02u/%04u", (unsigned)c.day % 100, (unsigned)c.month % 100, (unsigned)c.year % 10000);
        return out;
}

char *time_format(int32_t ms, char out[TIME_TEXT])
{
        unsigned u = (unsigned)ms % MS_DAY;
        unsigned h = u / 3600000, m = u / 60000 % 60, s = u / 1000 % 60, rest = u % 1000;
        if (rest)
                snprintf(out, TIME_TEXT, "%02u:%02u:%02u.%03u", h, m, s, rest);
        else if (s)
                snprintf(out, TIME_TEXT, "%02u:%02u:%02u", h, m, s);
        else
                snprintf(out, TIME_TEXT, "%02u:%02u", h, m);
        return out;
}

char *datetime_format(const struct datetime *when, char out[DATETIME_TEXT])
{
        char date[DATE_TEXT];
        unsigned u = (unsigned)when->ms % MS_DAY;
        unsigned away = (unsigned)(when->offset < 0 ? -when->offset : when->offset);
        snprintf(out, DATETIME_TEXT, "%sT%02u:%02u:%02u.%03u%c%02u:%02u", date_format(when->days, date),
                 u / 3600000, u / 60000 % 60, u / 1000 % 60, u % 1000,
                 when->offset < 0 ? '-' : '+', away / 60 % 100, away % 60);
        return out;
}

int64_t datetime_utc_ms(const struct datetime *when)
{
        return when->days * MS_DAY + when->ms - (int64_t)when->offset * MS_MINUTE;
}

struct datetime datetime_from_utc_ms(int64_t utc, int16_t offset)
{
        int64_t local = utc + (int64_t)offset * MS_MINUTE;
        int64_t days = local / MS_DAY, ms = local % MS_DAY;
        if (ms < 0) {
                ms += MS_DAY;
                days--;
        }
        return (struct datetime){.days = days, .ms = (int32_t)ms, .offset = offset};
}

const char *date_month_name(int month)
{
        static const char *const names[] = {
                _("enero"), _("febrero"), _("marzo"), _("abril"), _("mayo"), _("junio"), _("julio"),
                _("agosto"), _("setiembre"), _("octubre"), _("noviembre"), _("diciembre")};
        return names[month - 1];
}

const char *date_weekday_name(int weekday)
{
        static const char *const names[] = {_("lunes"), _("martes"), _("miércoles"), _("jueves"),
                                            _("viernes"), _("sábado"), _("domingo")};
        return names[weekday];
}
