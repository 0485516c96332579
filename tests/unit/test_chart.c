/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars and sparklines, and that the plain form says the same column for column. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chart.h"
#include "base/utf8.h"

static const char *bar(double share, int cols)
{
        static struct str out = STR_INIT;
        str_clear(&out);
        chart_bar(&out, share, cols);
        return out.text;
}

static const char *spark(const double *values, int n, double low, double high)
{
        static struct str out = STR_INIT;
        str_clear(&out);
        chart_spark(&out, values, n, low, high);
        return out.text;
}

static const char *plain(const char *text)
{
        static struct str out = STR_INIT;
        str_clear(&out);
        for (size_t at = 0, n; (n = utf8_next(text + at)) > 0; at += n) {
                char *cluster = strndup(text + at, n);
                str_add(&out, chart_ascii(cluster));
                free(cluster);
        }
        return out.text;
}

static void bars_are_as_long_as_their_share(void **state)
{
        (void)state;
        assert_string_equal(bar(0, 4), "····");
        assert_string_equal(bar(0.5, 4), "██··");
        assert_string_equal(bar(0.5625, 8), "████▌···");
        assert_string_equal(bar(1, 4), "████");
        assert_string_equal(bar(7, 4), "████");
        assert_string_equal(bar(-1, 4), "····");
        assert_string_equal(bar(NAN, 4), "····");
        assert_string_equal(bar(INFINITY, 2), "██");
        assert_string_equal(bar(0.5, 0), "");
}

static void sparklines_rise_and_fall(void **state)
{
        const double rising[] = {0, 15, 30, 45, 55, 70, 80, 100}, holes[] = {NAN, 10, NAN, 30};
        (void)state;
        assert_string_equal(spark(rising, 8, 0, 100), "▁▂▃▄▅▆▇█");
        assert_string_equal(spark(holes, 4, 0, 0), "·▁·█"); /* its own extremes */
        assert_string_equal(spark(&rising[2], 1, 0, 0), "▄");
        assert_string_equal(spark(holes, 1, 0, 0), "·");
        assert_string_equal(spark(NULL, 0, 0, 0), "");
        assert_string_equal(spark((double[]){-5, 500}, 2, 0, 100), "▁█");
}

static void plain_signs_take_the_same_columns(void **state)
{
        (void)state;
        assert_string_equal(plain("████▌···"), "####+...");
        assert_string_equal(plain("▁▂▃▄▅▆▇█"), "_,:-=+*#");
        assert_string_equal(plain("¿Cuánto? ¡Ya!"), "¿Cuánto? ¡Ya!"); /* who has á has them */
        assert_string_equal(plain("▸ Peñón ↑ 3 «así»…"), "> Peñón ^ 3 \"así\"~");
        assert_string_equal(plain("✓ 漢"), "* ??");
        assert_string_equal(plain(""), "");
}

/* What rises in one form rises in the other: no two heights share a sign, and a period without figures has its own. */
static void plain_heights_are_told_apart(void **state)
{
        const double values[] = {0, 15, 30, 45, 55, 70, 80, 100, NAN};
        (void)state;
        const char *text = plain(spark(values, 9, 0, 100));
        for (size_t i = 0; text[i]; i++)
                assert_null(strchr(text + i + 1, text[i]));
}

static void plain_signs_are_asked_for(void **state)
{
        (void)state;
        unsetenv("SIMAE_ASCII");
        assert_false(chart_ascii_wanted());
        setenv("SIMAE_ASCII", "0", 1);
        assert_false(chart_ascii_wanted());
        setenv("SIMAE_ASCII", "1", 1);
        assert_true(chart_ascii_wanted());
        unsetenv("SIMAE_ASCII");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(bars_are_as_long_as_their_share),
                cmocka_unit_test(sparklines_rise_and_fall),
                cmocka_unit_test(plain_signs_take_the_same_columns),
                cmocka_unit_test(plain_heights_are_told_apart),
                cmocka_unit_test(plain_signs_are_asked_for),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
