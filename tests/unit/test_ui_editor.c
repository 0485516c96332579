/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text editor: whole characters, words, wrapped lines, pasting, scrolling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "ui/ui.h"

enum { COLS = 21 }; /* lines wrap at 20 */

static struct editor editor;

static int open_line(void **state)
{
        (void)state;
        editor_init(&editor, false);
        return 0;
}

static int open_lines(void **state)
{
        (void)state;
        editor_init(&editor, true);
        return 0;
}

static int close_editor(void **state)
{
        (void)state;
        editor_release(&editor);
        return 0;
}

static enum handled press(uint32_t code)
{
        struct key key = {.kind = KEY_KIND_CODE, .code = code};
        return editor_key(&editor, &key, COLS);
}

static void type(const char *text)
{
        struct key key = {.kind = KEY_KIND_CHAR};
        size_t n;
        for (; (n = utf8_decode(text, &key.code)) > 0; text += n)
                assert_int_equal(editor_key(&editor, &key, COLS), HANDLED);
}

static enum handled paste(const char *text)
{
        struct key key = {.kind = KEY_KIND_PASTE, .text = text};
        return editor_key(&editor, &key, COLS);
}

/* The text with | at the cursor. */
static void expect(const char *wanted)
{
        struct str shown = STR_INIT;
        str_add(&shown, editor.text.text);
        str_splice(&shown, editor.at, 0, "|", 1);
        assert_string_equal(shown.text, wanted);
        str_release(&shown);
}

static void types_and_deletes_whole_characters(void **state)
{
        (void)state;
        type("Ñu 日本");
        expect("Ñu 日本|");
        press(K_LEFT);
        press(K_BACKSPACE);
        expect("Ñu |本");
        press(K_HOME);
        press(K_DELETE);
        expect("|u 本");
        press(K_BACKSPACE);
        press(K_LEFT);
        expect("|u 本");
        press(K_END);
        press(K_RIGHT);
        press(K_DELETE);
        expect("u 本|");
        assert_true(editor.changed);
        editor_set(&editor, "fin");
        expect("fin|");
        assert_false(editor.changed);
}

static void joins_accents_to_their_letter(void **state)
{
        (void)state;
        type("e\xCC\x81" "a");
        press(K_LEFT);
        press(K_LEFT);
        expect("|e\xCC\x81" "a");
        press(K_RIGHT);
        press(K_BACKSPACE);
        expect("|a");
        editor_set(&editor, "\xCC\x81"); /* an accent with no letter yet */
        editor.at = 0;
        type("e");
        expect("e\xCC\x81|");
        editor_set(&editor, "👩‍👩‍👧x");
        press(K_LEFT);
        press(K_LEFT);
        expect("|👩‍👩‍👧x");
}

static void moves_and_deletes_by_words(void **state)
{
        (void)state;
        type("uno, dos  tres");
        press(K_CTRL_LEFT);
        expect("uno, dos  |tres");
        press(K_CTRL_LEFT);
        expect("uno, |dos  tres");
        press(K_CTRL_RIGHT);
        expect("uno, dos  |tres");
        press(K_CTRL + 'w');
        expect("uno, |tres");
        press(K_CTRL + 'k');
        expect("uno, |");
        type("más");
        press(K_CTRL + 'a');
        expect("|uno, más");
        press(K_CTRL + 'e');
        press(K_CTRL + 'u');
        expect("|");
}

static void leaves_the_other_keys_of_one_line(void **state)
{
        (void)state;
        const uint32_t ignored[] = {K_ENTER,      K_TAB,        K_UP, K_DOWN, K_ESC,
                                    K_CTRL + 'z', K_CTRL + 's', K_F1, K_PGDN};
        type("a");
        for (size_t i = 0; i < ARRAY_LEN(ignored); i++)
                assert_int_equal(press(ignored[i]), IGNORED);
        expect("a|");
}

static void pastes_on_one_line(void **state)
{
        (void)state;
        assert_int_equal(paste("uno\ndos\n\n"), HANDLED);
        expect("uno dos|");
        editor.limit = 9;
        paste("ñandú");
        expect("uno dosñ|"); /* whole characters up to the limit */
        type("x");
        expect("uno dosñ|");
}

static void moves_up_and_down_wrapped_lines(void **state)
{
        (void)state;
        type("La maestra escucha y repregunta a todos");
        /*    La maestra escucha y | repregunta a todos */
        assert_int_equal(editor_lines(&editor, COLS), 2);
        assert_int_equal(press(K_DOWN), IGNORED);
        assert_int_equal(press(K_UP), HANDLED);
        expect("La maestra escucha| y repregunta a todos");
        assert_int_equal(press(K_UP), IGNORED);
        press(K_END);
        expect("La maestra escucha y| repregunta a todos");
        press(K_DOWN);
        expect("La maestra escucha y repregunta a todos|");
        press(K_HOME);
        expect("La maestra escucha y |repregunta a todos");
        press(K_LEFT);
        expect("La maestra escucha y| repregunta a todos");
}

static void keeps_the_column_it_aims_for(void **state)
{
        (void)state;
        type("日本語のテ\nab\n1234567890");
        press(K_LEFT); /* column 9 */
        press(K_UP);
        expect("日本語のテ\nab|\n1234567890");
        press(K_UP);
        expect("日本語の|テ\nab\n1234567890"); /* not in the middle of a wide one */
        press(K_DOWN);
        press(K_DOWN);
        expect("日本語のテ\nab\n123456789|0");
        press(K_CTRL_HOME);
        expect("|日本語のテ\nab\n1234567890");
        press(K_CTRL_END);
        press(K_ENTER);
        expect("日本語のテ\nab\n1234567890\n|");
        assert_int_equal(editor_lines(&editor, COLS), 4);
}

static void the_cursor_is_always_inside(void **state)
{
        struct canvas canvas;
        struct rect area = {1, 2, 3, 10};
        (void)state;
        canvas_init(&canvas, 6, 14);
        type("uno dos tres cuatro 日本語日本語 cincuentaycinco seis     ");
        for (size_t guard = 0; guard < 100 && editor.at > 0; guard++) {
                editor_draw(&editor, &canvas, area, true);
                assert_in_range(canvas.cursor_row, area.row, area.row + area.rows - 1);
                assert_in_range(canvas.cursor_col, area.col, area.col + area.cols - 1);
                press(K_LEFT);
        }
        assert_int_equal(editor.at, 0);
        canvas_release(&canvas);
}

static void scrolls_one_line(void **state)
{
        struct canvas canvas;
        struct str dump = STR_INIT;
        (void)state;
        canvas_init(&canvas, 1, 10);
        type("abcdefghijklm日");
        editor_draw(&editor, &canvas, (struct rect){0, 0, 1, 10}, true);
        canvas_dump(&canvas, &dump);
        assert_string_equal(dump.text, "ghijklm日\n");
        assert_int_equal(canvas.cursor_col, 9);
        press(K_HOME);
        editor_draw(&editor, &canvas, (struct rect){0, 0, 1, 10}, true);
        assert_int_equal(canvas.cursor_col, 0);
        assert_string_equal(canvas_cell(&canvas, 0, 0)->text, "a");
        canvas_release(&canvas);
        str_release(&dump);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(types_and_deletes_whole_characters, open_line, close_editor),
                cmocka_unit_test_setup_teardown(joins_accents_to_their_letter, open_line, close_editor),
                cmocka_unit_test_setup_teardown(moves_and_deletes_by_words, open_line, close_editor),
                cmocka_unit_test_setup_teardown(leaves_the_other_keys_of_one_line, open_line, close_editor),
                cmocka_unit_test_setup_teardown(pastes_on_one_line, open_line, close_editor),
                cmocka_unit_test_setup_teardown(scrolls_one_line, open_line, close_editor),
                cmocka_unit_test_setup_teardown(moves_up_and_down_wrapped_lines, open_lines, close_editor),
                cmocka_unit_test_setup_teardown(keeps_the_column_it_aims_for, open_lines, close_editor),
                cmocka_unit_test_setup_teardown(the_cursor_is_always_inside, open_lines, close_editor),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
