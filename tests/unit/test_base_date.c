/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil dates, times and instants. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/mem.h"

/* Every day of years 1 to 9999, in order, counted by hand. */
static void every_day_round_trips(void **state)
{
        static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        int64_t expected, days;
        (void)state;
        assert_true(date_from_civil((struct civil){1, 1, 1}, &expected));
        assert_int_equal(expected, -719162);
        assert_int_equal(date_weekday(expected), 0); /* 0001-01-01 was a Monday */
        int weekday = 0;
        for (int year = 1; year <= 9999; year++) {
                bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
                for (int month = 1; month <= 12; month++) {
                        int length = lengths[month - 1] + (month == 2 && leap);
                        if (date_days_in_month(year, month) != length)
                                fail_msg("%d-%d", year, month);
                        for (int day = 1; day <= length; day++) {
                                struct civil c = {year, month, day}, back;
                                if (!date_from_civil(c, &days) || days != expected)
                                        fail_msg("%d-%d-%d", year, month, day);
                                back = date_to_civil(days);
                                if (back.year != year || back.month != month || back.day != day)
                                        fail_msg("%d-%d-%d", year, month, day);
                                if (date_weekday(days) != weekday)
                                        fail_msg("%d-%d-%d", year, month, day);
                                expected++;
                                weekday = (weekday + 1) % 7;
                        }
                }
        }
        assert_true(date_from_civil((struct civil){1970, 1, 1}, &days));
        assert_int_equal(days, 0);
}

static void days_that_do_not_exist_are_refused(void **state)
{
        static const struct civil bad[] = {
                {1983, 9, 31}, {2023, 2, 29}, {1900, 2, 29}, {2100, 2, 29}, {2024, 2, 30}, {2024, 0, 1}, {2024, 13, 1},
                {2024, 1, 0}, {2024, 1, 32}, {0, 1, 1}, {10000, 1, 1}, {2024, -1, 1}, {-5, 1, 1}, {2024, 4, 31},
        };
        int64_t days = 7;
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                assert_false(date_from_civil(bad[i], &days));
        assert_int_equal(days, 7);
}

static void iso_dates_are_exact(void **state)
{
        static const char *const bad[] = {
                "", "2026-3-01", "2026-03-1", "2026-03-01 ", " 2026-03-01", "2026/03/01", "26-03-01", "2026-03-01T00:00",
                "2026-02-30", "0000-01-01", "20260301", "2026-03-012", "+026-03-01", "2026-03-", "٢٠٢٦-٠٣-٠١",
        };
        int64_t days = 7;
        char text[DATE_TEXT];
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                assert_false(date_parse(bad[i], &days));
        assert_int_equal(days, 7);
        assert_true(date_parse("2026-03-01", &days));
        assert_int_equal(days, 20513);
        assert_string_equal(date_format(days, text), "2026-03-01");
        assert_string_equal(date_format_person(days, text), "01/03/2026");
        assert_true(date_parse("0001-01-01", &days));
        assert_string_equal(date_format(days, text), "0001-01-01");
        assert_true(date_parse("9999-12-31", &days));
        assert_string_equal(date_format(days, text), "9999-12-31");
        assert_true(date_parse("2024-02-29", &days));
}

static void dates_are_taken_as_people_type_them(void **state)
{
        static const struct { const char *typed, *iso; } cases[] = {
                {"1/3/2026", "2026-03-01"}, {"01/03/2026", "2026-03-01"}, {"1-3-26", "2026-03-01"},
                {"1.3.26", "2026-03-01"}, {"1 3 2026", "2026-03-01"}, {"01032026", "2026-03-01"},
                {"010326", "2026-03-01"}, {"2026-03-01", "2026-03-01"}, {" 2026-03-01 ", "2026-03-01"},
                {"  1/3/26  ", "2026-03-01"}, {"29/2/2024", "2024-02-29"}, {"31/12/99", "2099-12-31"},
                {"29/2/2023", NULL}, {"31/4/2026", NULL}, {"1/13/2026", NULL}, {"0/1/2026", NULL}, {"1/3", NULL},
                {"1/3/", NULL}, {"1/3/202", NULL}, {"1/3/20266", NULL}, {"1//3/26", NULL}, {"abc", NULL}, {"", NULL},
                {"32", NULL}, {"0103202", NULL}, {"010320266", NULL}, {"1/3/26x", NULL}, {"-1/3/26", NULL},
                {"1/3/0000", NULL}, {"2026-03-01T10:00", NULL},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                int64_t days = 7;
                char text[DATE_TEXT];
                bool good = date_parse_typed(cases[i].typed, &days);
                if (good != (cases[i].iso != NULL))
                        fail_msg("«%s»", cases[i].typed);
                if (good)
                        assert_string_equal(date_format(days, text), cases[i].iso);
                else
                        assert_int_equal(days, 7);
        }
}

static void times_are_read_and_written(void **state)
{
        static const struct { const char *text; int32_t ms; const char *written; } cases[] = {
                {"00:00", 0, "00:00"}, {"08:05", 29100000, "08:05"}, {"23:59:59.999", 86399999, "23:59:59.999"},
                {"08:05:30", 29130000, "08:05:30"}, {"08:05:30.25", 29130250, "08:05:30.250"},
                {"08:05-05:00", 29100000, "08:05"}, {"08:05:00Z", 29100000, "08:05"},
                {"08:05:30.123456", 29130123, "08:05:30.123"},
        };
        static const char *const bad[] = {"", "8:05", "24:00", "08:60", "08:05:60", "08:5", "08.05", "08:05x", "0805",
                                          "08:05:", "08:05:30.", "-8:05", "08:05+1"};
        char text[TIME_TEXT];
        int32_t ms;
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                assert_true(time_parse(cases[i].text, &ms));
                assert_int_equal(ms, cases[i].ms);
                assert_string_equal(time_format(ms, text), cases[i].written);
        }
        ms = 7;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                assert_false(time_parse(bad[i], &ms));
        assert_int_equal(ms, 7);
}

static void times_are_taken_as_people_type_them(void **state)
{
        static const struct { const char *typed, *time; } cases[] = {
                {"8:05", "08:05"}, {"8.05", "08:05"}, {"805", "08:05"}, {"0805", "08:05"}, {"8", "08:00"},
                {"08:05", "08:05"}, {"14h30", "14:30"}, {"8h", "08:00"}, {" 8:05 ", "08:05"}, {"23:59", "23:59"},
                {"0", "00:00"}, {"08:05:30", "08:05:30"}, {"24", NULL}, {"2400", NULL}, {"860", NULL}, {"8:5", NULL},
                {"8:055", NULL}, {"", NULL}, {"mañana", NULL}, {"80555", NULL}, {":30", NULL}, {"-1", NULL},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                int32_t ms = 7;
                char text[TIME_TEXT];
                bool good = time_parse_typed(cases[i].typed, &ms);
                if (good != (cases[i].time != NULL))
                        fail_msg("«%s»", cases[i].typed);
                if (good)
                        assert_string_equal(time_format(ms, text), cases[i].time);
        }
}

static void instants_keep_their_offset(void **state)
{
        static const struct { const char *text, *written; } cases[] = {
                {"2026-03-01T08:05:00.000-05:00", "2026-03-01T08:05:00.000-05:00"},
                {"2026-03-01T08:05", "2026-03-01T08:05:00.000-05:00"},
                {"2026-03-01T08:05:30Z", "2026-03-01T08:05:30.000+00:00"},
                {"2026-03-01 08:05:30.5+0530", "2026-03-01T08:05:30.500+05:30"},
                {"2026-03-01", "2026-03-01T00:00:00.000-05:00"},
                {"2026-03-01T23:59:59.999-12", "2026-03-01T23:59:59.999-12:00"},
                {"2026-02-30T08:05", NULL}, {"2026-03-01T8:05", NULL}, {"2026-03-01T08:05-15:00", NULL}, {"x", NULL},
                {"2026-03-01T", NULL}, {"2026-03-01T08:05 ", NULL},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                struct datetime when, back;
                char text[DATETIME_TEXT];
                bool good = datetime_parse(cases[i].text, -300, &when);
                if (good != (cases[i].written != NULL))
                        fail_msg("«%s»", cases[i].text);
                if (!good)
                        continue;
                assert_string_equal(datetime_format(&when, text), cases[i].written);
                back = datetime_from_utc_ms(datetime_utc_ms(&when), when.offset);
                assert_int_equal(back.days, when.days);
                assert_int_equal(back.ms, when.ms);
                assert_int_equal(back.offset, when.offset);
        }
}

static void instants_cross_midnight_with_their_offset(void **state)
{
        struct datetime when;
        char text[DATETIME_TEXT];
        (void)state;
        assert_true(datetime_parse("2026-03-01T02:00:00Z", 0, &when));
        when = datetime_from_utc_ms(datetime_utc_ms(&when), -300);
        assert_string_equal(datetime_format(&when, text), "2026-02-28T21:00:00.000-05:00");
        when = datetime_from_utc_ms(-1, 0);
        assert_string_equal(datetime_format(&when, text), "1969-12-31T23:59:59.999+00:00");
        when = datetime_from_utc_ms(0, 840);
        assert_string_equal(datetime_format(&when, text), "1970-01-01T14:00:00.000+14:00");
}

static void months_and_days_are_named_as_in_peru(void **state)
{
        (void)state;
        assert_string_equal(date_month_name(1), "enero");
        assert_string_equal(date_month_name(9), "setiembre");
        assert_string_equal(date_month_name(12), "diciembre");
        assert_string_equal(date_weekday_name(0), "lunes");
        assert_string_equal(date_weekday_name(6), "domingo");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_day_round_trips),
                cmocka_unit_test(days_that_do_not_exist_are_refused),
                cmocka_unit_test(iso_dates_are_exact),
                cmocka_unit_test(dates_are_taken_as_people_type_them),
                cmocka_unit_test(times_are_read_and_written),
                cmocka_unit_test(times_are_taken_as_people_type_them),
                cmocka_unit_test(instants_keep_their_offset),
                cmocka_unit_test(instants_cross_midnight_with_their_offset),
                cmocka_unit_test(months_and_days_are_named_as_in_peru),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
