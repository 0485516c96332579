/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of keys, and the contract that every row of ui/actions.def keeps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "ui/ui.h"

static void names_go_both_ways(void **state)
{
        static const struct { const char *name, *shown; uint32_t code; } pairs[] = {
                {"F1", "F1", K_F1},           {"F12", "F12", K_F12},
                {"^S", "^S", K_CTRL + 's'},   {"^Q", "^Q", K_CTRL + 'q'},
                {"Alt-m", "Alt-m", K_ALT + 'm'}, {"Enter", "Enter", K_ENTER},
                {"Delete", "Supr", K_DELETE}, {"PgDn", "AvPág", K_PGDN},
                {"Ctrl-Home", "Ctrl-Inicio", K_CTRL_HOME}, {"Backtab", "Mayús-Tab", K_BACKTAB},
                {"?", "?", '?'},              {"h", "h", 'h'},
                {"Space", "Espacio", ' '},
        };
        char out[16];
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
                assert_int_equal(key_code_of(pairs[i].name), pairs[i].code);
                assert_string_equal(key_name(pairs[i].code, out), pairs[i].shown);
                assert_int_equal(key_code_of(pairs[i].shown), pairs[i].code);
        }
        static const char *const wrong[] = {"", "F0", "F13", "Alt-", "Nada", "ñ"};
        for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
                assert_int_equal(key_code_of(wrong[i]), K_NONE);
}

static void a_letter_is_not_the_function_key_of_its_number(void **state)
{
        struct key breve = {.kind = KEY_KIND_CHAR, .code = K_F1 + 3}; /* ă */
        struct key f4 = key_of_code(K_F1 + 3);
        (void)state;
        assert_false(key_matches(&breve, K_F1 + 3));
        assert_true(key_matches(&f4, K_F1 + 3));
        assert_false(key_is(&breve, K_F1 + 3));
}

static const struct action *rows;
static int rows_n;

static int take_rows(void **state)
{
        (void)state;
        rows = ui_actions(&rows_n);
        return 0;
}

static bool is_function_key(const char *name)
{
        uint32_t code = key_code_of(name);
        return code >= K_F1 && code <= K_F12;
}

static void every_row_is_well_made(void **state)
{
        (void)state;
        assert_true(rows_n > 0);
        for (int i = 0; i < rows_n; i++) {
                const struct action *row = &rows[i];
                const char *why = NULL;
                if (key_code_of(row->key) == K_NONE || (*row->second && key_code_of(row->second) == K_NONE))
                        why = "a key has no such name";
                else if (is_function_key(row->key) && (!*row->second || is_function_key(row->second)))
                        why = "an F-key needs a second key that is none";
                else if (utf8_width(row->label) > 10)
                        why = "the label is longer than 10 columns";
                else if (str_blank(row->help) || str_ends(row->help, "."))
                        why = "the help should be a sentence without its full stop";
                else if (row->id <= ACT_NONE || row->id >= ACT_N)
                        why = "no such action";
                if (why)
                        fail_msg("%s, %s «%s»: %s", row->screen, row->key, row->label, why);
        }
}

static bool share_a_key(const struct action *a, const struct action *b)
{
        const uint32_t of_a[] = {key_code_of(a->key), key_code_of(a->second)};
        const uint32_t of_b[] = {key_code_of(b->key), key_code_of(b->second)};
        for (int i = 0; i < 4; i++)
                if (of_a[i / 2] != K_NONE && of_a[i / 2] == of_b[i % 2])
                        return true;
        return false;
}

static void no_key_means_two_things_on_a_screen(void **state)
{
        (void)state;
        for (int i = 0; i < rows_n; i++)
                for (int j = i + 1; j < rows_n; j++) {
                        const struct action *a = &rows[i], *b = &rows[j];
                        bool together = strcmp(a->screen, b->screen) == 0 || strcmp(a->screen, "*") == 0 ||
                                        strcmp(b->screen, "*") == 0;
                        if (together && share_a_key(a, b))
                                fail_msg("%s and %s: «%s» and «%s» share a key", a->screen, b->screen,
                                         a->help, b->help);
                }
}

/* Every action of action_ids.def has a key somewhere. */
static void every_action_has_a_row(void **state)
{
        static const char *const names[] = {
                "",
#define ACT(name) #name,
#include "ui/action_ids.def"
#undef ACT
        };
        (void)state;
        for (int id = 1; id < ACT_N; id++) {
                bool found = false;
                for (int i = 0; i < rows_n; i++)
                        found |= rows[i].id == id;
                if (!found)
                        fail_msg("ACT_%s has no row in actions.def", names[id]);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(names_go_both_ways),
                cmocka_unit_test(a_letter_is_not_the_function_key_of_its_number),
                cmocka_unit_test(every_row_is_well_made),
                cmocka_unit_test(no_key_means_two_things_on_a_screen),
                cmocka_unit_test(every_action_has_a_row),
        };
        return cmocka_run_group_tests(tests, take_rows, NULL);
}
