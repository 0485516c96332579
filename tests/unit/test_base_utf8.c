/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: validity, clusters, columns, folding for search and Spanish order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utf8.h"

static void every_code_point_round_trips(void **state)
{
        (void)state;
        for (uint32_t code = 1; code <= 0x10FFFF; code++) {
                char bytes[5] = {0};
                uint32_t back;
                size_t n;
                if (code >= 0xD800 && code <= 0xDFFF)
                        continue;
                n = utf8_encode(code, bytes);
                if (utf8_decode(bytes, &back) != n || back != code || !utf8_valid(bytes, n, NULL))
                        fail_msg("U+%04X", code);
        }
}

static void impossible_codes_become_the_replacement(void **state)
{
        static const uint32_t bad[] = {0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF};
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                char bytes[5] = {0};
                assert_int_equal(utf8_encode(bad[i], bytes), 3);
                assert_string_equal(bytes, "\xEF\xBF\xBD");
        }
}

static void malformed_bytes_are_refused_where_they_are(void **state)
{
        static const struct { const char *bytes; size_t len, bad; } cases[] = {
                {"ab\xFF", 3, 2},         {"\xC0\x80", 2, 0},         {"a\xC3", 2, 1},
                {"\xE0\x80\x80", 3, 0},   {"\xED\xA0\x80", 3, 0},     {"\xF4\x90\x80\x80", 4, 0},
                {"\xF8\x88\x80\x80\x80", 5, 0}, {"ok\x80", 3, 2},     {"a\0b", 3, 1},
                {"\xE2\x82", 2, 0},       {"\xC3\xB1\xC3(", 4, 2},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                size_t bad = 99;
                assert_false(utf8_valid(cases[i].bytes, cases[i].len, &bad));
                assert_int_equal(bad, cases[i].bad);
        }
        assert_true(utf8_valid("", 0, NULL));
        assert_true(utf8_valid("Peñón 漢字 😀", strlen("Peñón 漢字 😀"), NULL));
        uint32_t code;
        assert_int_equal(utf8_decode("\xFFxyz", &code), 1);
        assert_int_equal(code, 0xFFFD);
        assert_int_equal(utf8_decode("", &code), 0);
}

static void clusters_are_what_a_person_calls_a_character(void **state)
{
        static const char *const clusters[] = {
                "a", "ñ", "n\u0303", "é", "e\u0301\u0323", "漢", "😀", "👨\u200D👩\u200D👧", "🇵🇪",
                "👍\U0001F3FD", " ", "\r\n", "ü", "각", "z",
        };
        char text[256] = "";
        size_t at = 0;
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(clusters); i++)
                strcat(text, clusters[i]);
        for (size_t i = 0; i < ARRAY_LEN(clusters); i++) {
                assert_int_equal(utf8_next(text + at), strlen(clusters[i]));
                at += strlen(clusters[i]);
        }
        assert_int_equal(utf8_next(text + at), 0);
        for (size_t i = ARRAY_LEN(clusters); i-- > 0;) {
                size_t before = utf8_prev(text, at);
                assert_int_equal(at - before, strlen(clusters[i]));
                at = before;
        }
        assert_int_equal(utf8_prev(text, 0), 0);
}

static void flags_side_by_side_are_two_clusters(void **state)
{
        const char *flags = "🇵🇪🇧🇴";
        (void)state;
        assert_int_equal(utf8_next(flags), 8);
        assert_int_equal(utf8_prev(flags, 16), 8);
        assert_int_equal(utf8_prev(flags, 8), 0);
}

static void columns_are_counted(void **state)
{
        (void)state;
        assert_int_equal(utf8_width(""), 0);
        assert_int_equal(utf8_width("Peñón"), 5);
        assert_int_equal(utf8_width("n\u0303"), 1);
        assert_int_equal(utf8_width("漢字"), 4);
        assert_int_equal(utf8_width("😀"), 2);
        assert_int_equal(utf8_width("a\tb\x1b"), 2);
        assert_int_equal(utf8_width("░█…—·✓"), 6);
        assert_int_equal(utf8_width_n("漢字", 3), 2);
        assert_int_equal(utf8_code_width('\n'), 0);
        assert_int_equal(utf8_code_width(0x7F), 0);
        assert_int_equal(utf8_length("Peñón"), 5);
        assert_int_equal(utf8_length("n\u0303"), 2);
}

static void text_is_fitted_by_whole_clusters(void **state)
{
        (void)state;
        assert_int_equal(utf8_fit("Peñón", 3), strlen("Peñ"));
        assert_int_equal(utf8_fit("Peñón", 99), strlen("Peñón"));
        assert_int_equal(utf8_fit("漢字", 3), 3);
        assert_int_equal(utf8_fit("漢字", 1), 0);
        assert_int_equal(utf8_fit("pen\u0303a", 3), strlen("pen\u0303"));
        assert_int_equal(utf8_fit("abc", 0), 0);
}

static void folding_ignores_accents_case_and_blanks(void **state)
{
        static const char *const cases[][2] = {
                {"Peñón", "penon"}, {"Pen\u0303o\u0301n", "penon"}, {"  Peñón   ALTO ", "penon alto"},
                {"ÁÉÍÓÚÜÑ", "aeiouun"}, {"MARÍA\tJOSÉ\n", "maria jose"}, {"IE N.° 0032", "ie n.° 0032"},
                {"Straße", "strasse"}, {"ﬁn", "fin"}, {"", ""}, {"   ", ""}, {"abc", "abc"}, {"漢字", "漢字"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                char *folded = utf8_fold(cases[i][0]);
                assert_string_equal(folded, cases[i][1]);
                char *again = utf8_fold(folded);
                assert_string_equal(again, folded);
                free(folded);
                free(again);
        }
        char *bad = utf8_fold("a\xFF b");
        assert_non_null(bad);
        free(bad);
}

static void words_sort_as_in_spanish(void **state)
{
        static const char *const words[] = {
                "abeja", "Ábrego", "canal", "canto", "canzo", "caña", "cañada", "cao", "N.", "nube", "nzeta", "ñandú",
                "Ñaupa", "Ópera", "oso", "zapallo",
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
                for (size_t k = 0; k < ARRAY_LEN(words); k++) {
                        int order = utf8_collate(words[i], words[k]);
                        bool good = i < k ? order < 0 : i > k ? order > 0 : order == 0;
                        if (!good)
                                fail_msg("«%s» y «%s»: %d", words[i], words[k], order);
                }
        assert_true(utf8_collate("can\u0303a", "canzo") > 0);
        assert_true(utf8_collate("maria", "María") != 0);
        assert_true(utf8_collate("maria b", "María c") < 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_code_point_round_trips),
                cmocka_unit_test(impossible_codes_become_the_replacement),
                cmocka_unit_test(malformed_bytes_are_refused_where_they_are),
                cmocka_unit_test(clusters_are_what_a_person_calls_a_character),
                cmocka_unit_test(flags_side_by_side_are_two_clusters),
                cmocka_unit_test(columns_are_counted),
                cmocka_unit_test(text_is_fitted_by_whole_clusters),
                cmocka_unit_test(folding_ignores_accents_case_and_blanks),
                cmocka_unit_test(words_sort_as_in_spanish),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
