/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canvas: columns, wide characters and their halves, cutting, wrapping, boxes and bars. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "ui/canvas.h"

static struct canvas canvas;
static struct str dump;

static int open_canvas(void **state)
{
        (void)state;
        canvas_init(&canvas, 6, 20);
        str_init(&dump);
        return 0;
}

static int close_canvas(void **state)
{
        (void)state;
        canvas_release(&canvas);
        str_release(&dump);
        return 0;
}

static void expect(const char *wanted)
{
        str_clear(&dump);
        canvas_dump(&canvas, &dump);
        assert_string_equal(dump.text, wanted);
}

static void puts_text_by_columns(void **state)
{
        (void)state;
        assert_int_equal(canvas_text(&canvas, 0, 1, 20, STYLE_NORMAL, "Ñandú 日本"), 10);
        assert_string_equal(canvas_cell(&canvas, 0, 7)->text, "日");
        assert_int_equal(canvas_cell(&canvas, 0, 7)->width, 2);
        assert_int_equal(canvas_cell(&canvas, 0, 8)->width, 0);
        assert_int_equal(canvas_text(&canvas, 1, 0, 20, STYLE_NORMAL, "cafe\xCC\x81!"), 5);
        assert_string_equal(canvas_cell(&canvas, 1, 3)->text, "e\xCC\x81");
        expect(" Ñandú 日本\ncafe\xCC\x81!\n\n\n\n\n");
}

static void shows_controls_and_bad_bytes_harmlessly(void **state)
{
        (void)state;
        assert_int_equal(canvas_text(&canvas, 0, 0, 20, STYLE_NORMAL, "a\tb\x1b[c\r\nd\xFF" "e"), 10);
        expect("a b [c d\xEF\xBF\xBD" "e\n\n\n\n\n\n");
}

static void cuts_at_its_columns_and_at_the_edges(void **state)
{
        (void)state;
        assert_int_equal(canvas_text(&canvas, 0, 0, 3, STYLE_NORMAL, "abcdef"), 3);
        assert_int_equal(canvas_text(&canvas, 1, 0, 4, STYLE_NORMAL, "abc日"),
                         4); /* half does not fit: a space */
        canvas_text(&canvas, 2, 18, 20, STYLE_NORMAL, "xyzzy");
        canvas_text(&canvas, 3, -2, 20, STYLE_NORMAL, "abcd");
        canvas_text(&canvas, -1, 0, 20, STYLE_NORMAL, "fuera");
        canvas_text(&canvas, 6, 0, 20, STYLE_NORMAL, "fuera");
        canvas_text(&canvas, 4, -1, 20, STYLE_NORMAL, "日x");
        canvas_text(&canvas, 5, 19, 20, STYLE_NORMAL, "日");
        expect("abc\nabc\n                  xy\ncd\n x\n\n");
}

static void covers_half_of_a_wide_character(void **state)
{
        (void)state;
        canvas_text(&canvas, 0, 0, 20, STYLE_NORMAL, "日本語");
        canvas_text(&canvas, 0, 1, 1, STYLE_NORMAL, "x");
        canvas_text(&canvas, 0, 4, 1, STYLE_NORMAL, "y");
        expect(" x本y\n\n\n\n\n\n");
        for (int col = 0; col < canvas.cols; col++)
                if (canvas_cell(&canvas, 0, col)->width == 0)
                        assert_int_equal(canvas_cell(&canvas, 0, col - 1)->width, 2);
}

static void says_when_a_text_is_cut(void **state)
{
        (void)state;
        assert_int_equal(canvas_text_cut(&canvas, 0, 0, 10, STYLE_NORMAL, "Institución"), 10);
        assert_int_equal(canvas_text_cut(&canvas, 1, 0, 11, STYLE_NORMAL, "Institución"), 11);
        assert_int_equal(canvas_text_cut(&canvas, 2, 0, 0, STYLE_NORMAL, "x"), 0);
        expect("Instituci…\nInstitución\n\n\n\n\n");
}

static void draws_boxes_with_titles(void **state)
{
        (void)state;
        canvas_box(&canvas, (struct rect){0, 0, 3, 14}, STYLE_NORMAL, "Título");
        canvas_box(&canvas, (struct rect){3, 0, 3, 4}, STYLE_NORMAL, "Título");
        expect("┌─ Título ───┐\n│            │\n└────────────┘\n┌──┐\n│  │\n└──┘\n");
}

static void wraps_words(void **state)
{
        struct rect rect = {0, 0, 6, 10};
        (void)state;
        assert_int_equal(canvas_wrap(NULL, rect, STYLE_NORMAL, "", 0), 0);
        assert_int_equal(canvas_wrap(NULL, rect, STYLE_NORMAL, "a\n\nb\n", 0), 3);
        assert_int_equal(canvas_wrap(&canvas, rect, STYLE_NORMAL,
                                     "La maestra escucha\r\na todos superextraordinario", 0), 5);
        expect("La maestra\nescucha\na todos\nsuperextra\nordinario\n\n");
        canvas_clear(&canvas);
        rect.rows = 2;
        assert_int_equal(canvas_wrap(&canvas, rect, STYLE_NORMAL, "uno dos tres cuatro cinco seis", 1), 4);
        expect("tres\ncuatro\n\n\n\n\n");
        rect.cols = 0;
        assert_true(canvas_wrap(&canvas, rect, STYLE_NORMAL, "sin lugar", 0) > 0);
        rect.cols = 1;
        assert_int_equal(canvas_wrap(NULL, rect, STYLE_NORMAL, "日本", 0), 2);
}

static void draws_proportions(void **state)
{
        (void)state;
        canvas_bar(&canvas, 0, 0, 8, STYLE_NORMAL, 0.5625);
        canvas_bar(&canvas, 1, 0, 4, STYLE_NORMAL, -1);
        canvas_bar(&canvas, 2, 0, 4, STYLE_NORMAL, 7);
        canvas_bar(&canvas, 3, 0, 4, STYLE_NORMAL, 0.0 / (double)(canvas.rows - 6)); /* not a number */
        expect("████▌···\n····\n████\n····\n\n\n");
}

static void starts_again_blank(void **state)
{
        (void)state;
        canvas_text(&canvas, 0, 0, 20, STYLE_ERROR, "algo");
        canvas.cursor_row = 1;
        canvas_resize(&canvas, 2, 3);
        expect("\n\n");
        assert_int_equal(canvas.cursor_row, -1);
        assert_int_equal(canvas_cell(&canvas, 0, 0)->style, STYLE_NORMAL);
        canvas_resize(&canvas, 0, 0);
        canvas_text(&canvas, 0, 0, 20, STYLE_NORMAL, "nada");
        expect("");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(puts_text_by_columns, open_canvas, close_canvas),
                cmocka_unit_test_setup_teardown(shows_controls_and_bad_bytes_harmlessly, open_canvas,
                                                close_canvas),
                cmocka_unit_test_setup_teardown(cuts_at_its_columns_and_at_the_edges, open_canvas,
                                                close_canvas),
                cmocka_unit_test_setup_teardown(covers_half_of_a_wide_character, open_canvas, close_canvas),
                cmocka_unit_test_setup_teardown(says_when_a_text_is_cut, open_canvas, close_canvas),
                cmocka_unit_test_setup_teardown(draws_boxes_with_titles, open_canvas, close_canvas),
                cmocka_unit_test_setup_teardown(wraps_words, open_canvas, close_canvas),
                cmocka_unit_test_setup_teardown(draws_proportions, open_canvas, close_canvas),
                cmocka_unit_test_setup_teardown(starts_again_blank, open_canvas, close_canvas),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
