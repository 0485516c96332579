/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack of screens without a terminal: dialogs and their results, shared keys, hints, messages, too small
 * a window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "ui/ui.h"

/* A screen that notes what happens to it. */
static struct {
        int keys, last_action, idles, ticks, pace, frees, from_tag, result;
        bool typing, refuses;
        char text[64];
} seen;
static struct ui ui;

static void note_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        (void)screen;
        canvas_text(canvas, area.row, area.col, area.cols, STYLE_NORMAL, "primera");
        canvas_text(canvas, area.row + area.rows - 1, area.col, area.cols, STYLE_NORMAL, "última");
}

static enum handled note_key(struct screen *screen, const struct key *key, int action)
{
        (void)screen;
        seen.keys++;
        seen.last_action = action;
        return key->kind == KEY_KIND_CHAR && key->code == 'q' ? QUIT : IGNORED;
}

static void note_back(struct screen *screen, struct screen *from, int result)
{
        seen.from_tag = dialog_tag(from);
        seen.result = result;
        strncpy(seen.text, dialog_text(from), sizeof seen.text - 1);
        if (result == 2)
                ui_close(screen);
}

static void note_idle(struct screen *screen)
{
        (void)screen;
        seen.idles++;
}

/* The third look is the last. */
static void note_tick(struct screen *screen)
{
        (void)screen;
        if (++seen.ticks == 3)
                seen.pace = -1;
}

static int note_pace(struct screen *screen)
{
        (void)screen;
        return seen.pace;
}

static void note_free(struct screen *screen)
{
        (void)screen;
        seen.frees++;
}

static bool note_typing(struct screen *screen)
{
        (void)screen;
        return seen.typing;
}

static bool note_allows(struct screen *screen, int action)
{
        (void)screen;
        return !(seen.refuses && action == ACT_TODAY);
}

static const char *note_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        return arena_strdup(arena, "Una pantalla\tal borde");
}

static const struct screen_class note_class = {
        .name = "calendar", .draw = note_draw, .key = note_key, .back = note_back, .idle = note_idle,
        .free = note_free, .typing = note_typing, .allows = note_allows, .title = note_title, .tick = note_tick, .pace = note_pace,
};

static int open_ui(void **state)
{
        (void)state;
        memset(&seen, 0, sizeof seen);
        seen.pace = -1;
        ui_init(&ui, NULL, 24, 80);
        ui_push(&ui, &note_class, NULL);
        return 0;
}

static int close_ui(void **state)
{
        (void)state;
        ui_release(&ui);
        return 0;
}

static bool press(uint32_t code)
{
        struct key key = key_of_code(code);
        bool on = ui_key(&ui, &key);
        ui_draw(&ui);
        return on;
}

static void type(const char *text)
{
        for (; *text; text++)
                press((unsigned char)*text);
}

static bool on_screen(const char *text)
{
        struct str dump = STR_INIT;
        ui_draw(&ui);
        canvas_dump(&ui.canvas, &dump);
        bool found = strstr(dump.text, text) != NULL;
        str_release(&dump);
        return found;
}

static void lays_out_the_screen(void **state)
{
        (void)state;
        assert_true(on_screen(" Una pantalla"));
        assert_true(on_screen("al borde\nprimera"));
        assert_true(on_screen("última\n\n Enter Elegir"));
        assert_false(on_screen("Esc Volver")); /* the first screen has nowhere to go */
        ui_push(&ui, &note_class, NULL);
        assert_true(on_screen("Esc Volver"));
}

static void escape_closes_all_but_the_first(void **state)
{
        (void)state;
        ui_push(&ui, &note_class, NULL);
        ui_push(&ui, &note_class, NULL);
        for (int i = 0; i < 20; i++)
                assert_true(press(K_ESC));
        assert_non_null(ui.top);
        assert_null(ui.top->below);
        assert_int_equal(seen.frees, 2);
        assert_int_equal(seen.keys, 20);
}

static void letters_act_only_while_not_typing(void **state)
{
        (void)state;
        press('h');
        assert_int_equal(seen.last_action, ACT_TODAY);
        assert_true(on_screen("h Hoy"));
        seen.typing = true;
        press('h');
        assert_int_equal(seen.last_action, ACT_NONE);
        assert_false(on_screen("h Hoy"));
        press('?');
        assert_false(on_screen("Ayuda: las teclas"));
        press(K_CTRL + 'g');
        assert_true(on_screen("Ayuda: las teclas"));
}

static void a_forbidden_action_does_nothing(void **state)
{
        (void)state;
        seen.refuses = true;
        assert_false(on_screen("h Hoy"));
        press('h');
        assert_int_equal(seen.keys, 0);
}

static void quits_after_saving(void **state)
{
        (void)state;
        assert_false(press('q'));
        assert_int_equal(seen.idles, 1);
}

static void ends_and_idles_save_on_every_screen(void **state)
{
        struct key end = {.kind = KEY_KIND_END}, idle = {.kind = KEY_KIND_IDLE};
        (void)state;
        ui_push(&ui, &note_class, NULL);
        assert_true(ui_key(&ui, &idle));
        assert_int_equal(seen.idles, 2);
        assert_false(ui_key(&ui, &end));
        assert_int_equal(seen.idles, 4);
}

static void looks_between_keys_also_under_a_dialog(void **state)
{
        struct key idle = {.kind = KEY_KIND_IDLE};
        (void)state;
        assert_int_equal(ui_patience(&ui), -1);
        press('x');
        assert_int_equal(ui_patience(&ui), 1000); /* what was typed is to be saved */
        seen.pace = 300;
        assert_int_equal(ui_patience(&ui), 300);
        assert_true(ui_key(&ui, &idle));
        assert_int_equal(seen.idles, 1);
        dialog_text_view(&ui, "Ayuda", "Texto");
        for (int i = 0; i < 9 && ui_patience(&ui) == 300; i++)
                assert_true(ui_key(&ui, &idle));
        assert_int_equal(seen.ticks, 3);
        assert_int_equal(seen.idles, 1); /* nothing new to save */
        seen.pace = 5000;
        assert_int_equal(ui_patience(&ui), 5000);
        press('x');
        assert_int_equal(ui_patience(&ui), 1000);
}

static void answers_reach_the_screen_below(void **state)
{
        static const char *const answers[] = {"No, seguir", "Sí, borrar", "Otra"};
        (void)state;
        ui_push(&ui, &note_class, NULL);
        dialog_ask(&ui, 42, "Pregunta", "¿Borra el borrador?", answers, 3);
        assert_true(on_screen("▸ 1. No, seguir"));
        press(K_UP);
        assert_true(on_screen("▸ 3. Otra"));
        press(K_ENTER);
        assert_int_equal(seen.result, 3);
        assert_int_equal(seen.from_tag, 42);
        dialog_ask(&ui, 43, "Pregunta", "¿Borra el borrador?", answers, 3);
        press('2'); /* the screen closes itself from back() */
        assert_int_equal(seen.frees, 1);
        assert_null(ui.top->below);
        assert_int_equal(seen.result, 0); /* as seen by the first one */
}

static void asks_for_a_line(void **state)
{
        (void)state;
        dialog_line(&ui, 5, "Motivo", "¿Por qué se anula?", "error");
        assert_true(on_screen("¿Por qué se anula?"));
        type("? q");
        press(K_ENTER);
        assert_int_equal(seen.result, 1);
        assert_string_equal(seen.text, "error? q");
        dialog_line(&ui, 5, "Motivo", "¿Por qué?", NULL);
        press(K_ESC);
        assert_int_equal(seen.result, 0);
}

static void reads_a_long_text(void **state)
{
        struct str text = STR_INIT;
        (void)state;
        for (int i = 1; i <= 50; i++)
                str_addf(&text, "renglón %d\n", i);
        dialog_text_view(&ui, "Historia", text.text);
        assert_true(on_screen("renglón 1 "));
        assert_true(on_screen("▼"));
        press(K_END);
        assert_true(on_screen("renglón 50 "));
        assert_true(on_screen("▲"));
        assert_false(on_screen("▼"));
        press(K_ENTER);
        assert_null(ui.top->below);
        str_release(&text);
}

static int64_t day(int year, int month, int number)
{
        int64_t days = 0;
        assert_true(date_from_civil((struct civil){year, month, number}, &days));
        return days;
}

static void expect_day(int year, int month, int number)
{
        struct civil civil = date_to_civil(dialog_days(ui.top));
        assert_int_equal(civil.year, year);
        assert_int_equal(civil.month, month);
        assert_int_equal(civil.day, number);
}

static void the_calendar_moves(void **state)
{
        struct datetime now = {.days = day(2026, 10, 7)};
        (void)state;
        clock_test_set(&now);
        dialog_calendar(&ui, 9, "Fecha de la visita", day(2026, 10, 31));
        assert_true(on_screen("octubre de 2026"));
        assert_true(on_screen(" lu  ma  mi  ju  vi  s"));
        assert_true(on_screen("               1   2   3   4 ")); /* a Thursday: fourth column */
        assert_true(on_screen("·  7") || on_screen("· 7"));
        press(K_PGDN);
        expect_day(2026, 11, 30);
        press(K_PGUP);
        press(K_LEFT);
        expect_day(2026, 10, 29);
        press(K_UP);
        press(K_RIGHT);
        expect_day(2026, 10, 23);
        press(K_HOME);
        press(K_UP);
        expect_day(2026, 9, 24);
        press(K_END);
        expect_day(2026, 9, 30);
        press('h');
        expect_day(2026, 10, 7);
        press(K_ENTER);
        assert_int_equal(seen.result, 1);
        clock_test_set(NULL);
}

static void the_calendar_stays_within_its_years(void **state)
{
        (void)state;
        dialog_calendar(&ui, 9, "", day(1, 1, 1));
        press(K_LEFT);
        press(K_PGUP);
        press(K_UP);
        expect_day(1, 1, 1);
        press(K_ESC);
        dialog_calendar(&ui, 9, "", day(9999, 12, 31));
        press(K_RIGHT);
        press(K_PGDN);
        expect_day(9999, 12, 31);
}

static void a_click_chooses_a_day(void **state)
{
        struct key click = {.kind = KEY_KIND_MOUSE, .code = K_CLICK};
        (void)state;
        dialog_calendar(&ui, 9, "", day(2026, 10, 1));
        ui_draw(&ui);
        click.row = ui.canvas.cursor_row + 1;
        click.col = ui.canvas.cursor_col;
        ui_key(&ui, &click);
        assert_int_equal(seen.result, 1);
        assert_int_equal(seen.from_tag, 9);
}

static void a_click_on_a_hint_is_its_key(void **state)
{
        struct key click = {.kind = KEY_KIND_MOUSE, .code = K_CLICK, .row = 23, .col = 3};
        (void)state;
        ui_key(&ui, &click);
        assert_int_equal(seen.last_action, ACT_ACCEPT);
        click.col = 78; /* nothing there */
        ui_key(&ui, &click);
        assert_int_equal(seen.keys, 2);
        assert_int_equal(seen.last_action, ACT_NONE);
}

static void messages_last_until_the_next_key(void **state)
{
        (void)state;
        ui_say(&ui, STYLE_MESSAGE, "Guardado %d", 3);
        assert_true(on_screen("\n Guardado 3\n"));
        ui_say(&ui, STYLE_ERROR, "%s",
               "Una oración tan larga que no cabe en un solo renglón y por eso crece hacia "
               "arriba hasta tres renglones, sin perder el final");
        assert_true(on_screen("sin perder el final"));
        press(K_UP);
        assert_false(on_screen("sin perder el final"));
}

static void says_that_the_window_is_too_small(void **state)
{
        (void)state;
        canvas_resize(&ui.canvas, 14, 60);
        assert_true(on_screen("Agrande la ventana"));
        press('q');
        assert_int_equal(seen.keys, 0);
        canvas_resize(&ui.canvas, 1, 1);
        ui_draw(&ui);
        canvas_resize(&ui.canvas, 15, 60);
        assert_true(on_screen("primera"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(lays_out_the_screen, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(escape_closes_all_but_the_first, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(letters_act_only_while_not_typing, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(a_forbidden_action_does_nothing, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(quits_after_saving, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(ends_and_idles_save_on_every_screen, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(looks_between_keys_also_under_a_dialog, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(answers_reach_the_screen_below, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(asks_for_a_line, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(reads_a_long_text, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(the_calendar_moves, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(the_calendar_stays_within_its_years, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(a_click_chooses_a_day, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(a_click_on_a_hint_is_its_key, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(messages_last_until_the_next_key, open_ui, close_ui),
                cmocka_unit_test_setup_teardown(says_that_the_window_is_too_small, open_ui, close_ui),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
