/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list that filters: paging over many rows, filtering, clicks, and what it says when empty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ui/ui.h"

enum { ROWS = 14, COLS = 60 };

/* A source of `all` schools named by number; a filter matches those whose number contains it. */
static int all, asked, counted;
static struct list list;
static struct canvas canvas;

static bool matches(int number, const char *words)
{
        char text[16];
        snprintf(text, sizeof text, "%d", number);
        return strstr(text, words) != NULL;
}

static int source_rows(void *ctx, const char *words, int from, int n, struct list_row *rows,
                       struct arena *arena)
{
        int found = 0, given = 0;
        (void)ctx;
        asked++;
        for (int i = 0; i < all && given < n; i++) {
                if (!matches(i, words) || found++ < from)
                        continue;
                rows[given++] = (struct list_row){
                        .cells = {arena_printf(arena, "%d", i), arena_printf(arena, "Escuela %d", i)}};
        }
        return given;
}

static void source_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        (void)ctx;
        counted++;
        *ret_found = 0;
        for (int i = 0; i < all; i++)
                *ret_found += matches(i, words);
        *ret_all = all;
}

static int open_list(void **state)
{
        static const struct list_source source = {
                .columns_n = 2,
                .columns = {{"Código", 8}, {"Nombre", 0}},
                .rows = source_rows,
                .count = source_count,
                .empty = "No hay escuelas. Impórtelas con F2.",
        };
        (void)state;
        all = 1000;
        asked = counted = 0;
        list_init(&list, &source);
        canvas_init(&canvas, ROWS, COLS);
        return 0;
}

static int close_list(void **state)
{
        (void)state;
        list_release(&list);
        canvas_release(&canvas);
        return 0;
}

static void draw(void)
{
        canvas_clear(&canvas);
        list_draw(&list, &canvas, (struct rect){0, 0, ROWS, COLS}, true);
}

static void expect_on_screen(const char *text)
{
        struct str dump = STR_INIT;
        draw();
        canvas_dump(&canvas, &dump);
        if (!strstr(dump.text, text))
                fail_msg("«%s» is not in:\n%s", text, dump.text);
        str_release(&dump);
}

static enum handled press(uint32_t code)
{
        struct key key = {.kind = code > ' ' && code < 0x7F ? KEY_KIND_CHAR : KEY_KIND_CODE, .code = code};
        enum handled handled = list_key(&list, &key);
        draw();
        return handled;
}

static void expect_selected(const char *code)
{
        const struct list_row *row = list_selected(&list);
        assert_non_null(row);
        assert_string_equal(row->cells[0], code);
}

static void shows_and_pages(void **state)
{
        (void)state;
        expect_on_screen("  Código    Nombre");
        expect_on_screen("▸ 0         Escuela 0");
        expect_on_screen("1000\n");
        expect_on_screen("▼");
        press(K_PGDN);
        expect_selected("12");
        press(K_END);
        expect_selected("999");
        expect_on_screen("▲");
        press(K_DOWN);
        expect_selected("999");
        press(K_PGUP);
        expect_selected("987");
        press(K_HOME);
        press(K_UP);
        expect_selected("0");
        assert_int_equal(canvas.cursor_row, 2);
}

static void asks_for_a_page_at_a_time(void **state)
{
        (void)state;
        draw();
        asked = counted = 0;
        for (int i = 0; i < 60; i++)
                press(K_DOWN);
        assert_true(asked <= 1);
        assert_int_equal(counted, 0);
        list_refresh(&list);
        draw();
        expect_selected("60");
        assert_int_equal(counted, 1);
}

static void filters_as_one_types(void **state)
{
        (void)state;
        draw();
        press(K_DOWN);
        press('9');
        press('9');
        expect_on_screen("Buscar: 99");
        expect_on_screen("19 de 1000");
        expect_selected("99");
        press(K_BACKSPACE);
        expect_on_screen("Buscar: 9 ");
        assert_int_equal(press(K_ESC), HANDLED);
        expect_on_screen("Escriba para buscar");
        assert_int_equal(press(K_ESC), IGNORED);
        assert_int_equal(press(K_BACKSPACE), IGNORED);
        assert_int_equal(press(K_ENTER), IGNORED);
}

static void says_when_nothing_is_found(void **state)
{
        (void)state;
        press('x');
        expect_on_screen("Nada coincide");
        expect_on_screen("0 de 1000");
        assert_null(list_selected(&list));
        press(K_DOWN);
        press(K_END);
        press(K_ESC);
        all = 0;
        list_refresh(&list);
        expect_on_screen("No hay escuelas.");
        assert_null(list_selected(&list));
}

static void shrinks_with_its_data(void **state)
{
        (void)state;
        draw();
        press(K_END);
        all = 5;
        list_refresh(&list);
        draw();
        expect_selected("4");
        expect_on_screen("  0         Escuela 0");
}

static void selects_by_clicking(void **state)
{
        struct key click = {.kind = KEY_KIND_MOUSE, .code = K_CLICK, .row = 5, .col = 10};
        (void)state;
        draw();
        assert_int_equal(list_key(&list, &click), HANDLED);
        expect_selected("3");
        assert_int_equal(list_key(&list, &click), IGNORED); /* again: the screen opens it */
        click.code = K_WHEEL_DOWN;
        list_key(&list, &click);
        expect_selected("6");
        click.code = K_CLICK;
        click.row = 0;
        assert_int_equal(list_key(&list, &click), IGNORED);
}

static void fits_narrow_windows(void **state)
{
        (void)state;
        canvas_resize(&canvas, 4, 12);
        list_draw(&list, &canvas, (struct rect){0, 0, 4, 12}, true);
        canvas_resize(&canvas, 1, 3);
        list_draw(&list, &canvas, (struct rect){0, 0, 1, 3}, true);
        expect_selected("0");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(shows_and_pages, open_list, close_list),
                cmocka_unit_test_setup_teardown(asks_for_a_page_at_a_time, open_list, close_list),
                cmocka_unit_test_setup_teardown(filters_as_one_types, open_list, close_list),
                cmocka_unit_test_setup_teardown(says_when_nothing_is_found, open_list, close_list),
                cmocka_unit_test_setup_teardown(shrinks_with_its_data, open_list, close_list),
                cmocka_unit_test_setup_teardown(selects_by_clicking, open_list, close_list),
                cmocka_unit_test_setup_teardown(fits_narrow_windows, open_list, close_list),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
