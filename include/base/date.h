/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Civil time: days without a zone, times of day, and instants that carry the
 * offset at which they were written down.  Nothing here converts a civil day
 * from one zone to another.  Proleptic Gregorian calendar, years 1 to 9999.
 */
#ifndef SIMAE_BASE_DATE_H
#define SIMAE_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct civil { int year, month, day; };          /* month and day from 1 */

/* A civil date and time of day, and its offset from UTC in minutes (-300 in Peru). */
struct datetime {
        int64_t days;     /* since 1970-01-01 */
        int32_t ms;       /* of the day, 0 to 86,399,999 */
        int16_t offset;   /* minutes east of UTC */
};

/* False for a day that does not exist (1983-09-31) or a year out of range. */
bool date_from_civil(struct civil civil, int64_t *ret_days);
struct civil date_to_civil(int64_t days);
/* 0 Monday … 6 Sunday. */
int date_weekday(int64_t days);
int date_days_in_month(int year, int month);

/* "2026-03-01", exactly; nothing may follow. */
bool date_parse(const char *text, int64_t *ret_days);
/* As people type it: dd/mm/aaaa, d-m-aa, ddmmaaaa, and ISO. Two-digit years are 20xx. */
bool date_parse_typed(const char *text, int64_t *ret_days);
/* "HH:MM", "HH:MM:SS", "HH:MM:SS.mmm", with an optional offset, which is ignored. */
bool time_parse(const char *text, int32_t *ret_ms);
/* As typed: 8:05, 8.05, 805, 0805, 8 (an hour). */
bool time_parse_typed(const char *text, int32_t *ret_ms);
/* "2026-03-01T08:05:00.000-05:00"; seconds, milliseconds and offset (Z or ±HH:MM) optional; without one, `offset` is used. */
bool datetime_parse(const char *text, int16_t offset, struct datetime *ret);

enum { DATE_TEXT = 11, TIME_TEXT = 13, DATETIME_TEXT = 32 };
/* "2026-03-01"; `out` holds DATE_TEXT bytes. Returns `out`. */
char *date_format(int64_t days, char out[DATE_TEXT]);
/* "01/03/2026", as people read it. */
char *date_format_person(int64_t days, char out[DATE_TEXT]);
/* "08:05", or with seconds "08:05:30" when they are not 0, and ".250" likewise. */
char *time_format(int32_t ms, char out[TIME_TEXT]);
/* "2026-03-01T08:05:00.000-05:00" */
char *datetime_format(const struct datetime *when, char out[DATETIME_TEXT]);
/* Milliseconds since 1970-01-01T00:00Z. */
int64_t datetime_utc_ms(const struct datetime *when);
struct datetime datetime_from_utc_ms(int64_t ms, int16_t offset);

/* Spanish names as Peru writes them (setiembre): month 1..12, weekday 0..6. */
const char *date_month_name(int month);
const char *date_weekday_name(int weekday);

#endif
