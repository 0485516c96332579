/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal, the loop and the shared pieces, seen from outside: a screen of
 * this test, with one editor of one line and one of several, runs in a child
 * of this program under vt.h.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "ui/term.h"
#include "ui/ui.h"
#include "vt.h"

/* ---- The screen under test ---- */

struct fields {
        struct editor line, text;
        bool on_text; /* which has the focus */
        char saved[256]; /* file that idle() writes to */
};

static struct editor *focused(struct fields *fields)
{
        return fields->on_text ? &fields->text : &fields->line;
}

static struct rect text_area(struct rect area)
{
        return (struct rect){area.row + 3, 2, area.rows - 3, area.cols - 4};
}

static void fields_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct fields *fields = screen->state;
        canvas_text(canvas, area.row, 2, 20, STYLE_HEADING, "Nombre:");
        editor_draw(&fields->line, canvas, (struct rect){area.row + 1, 2, 1, area.cols - 4},
                    !fields->on_text);
        editor_draw(&fields->text, canvas, text_area(area), fields->on_text);
}

static enum handled fields_key(struct screen *screen, const struct key *key, int action)
{
        struct fields *fields = screen->state;
        if (action == ACT_ACCEPT && !fields->on_text) {
                ui_say(screen->ui, STYLE_MESSAGE, "Aceptado: %s", fields->line.text.text);
                return HANDLED;
        }
        if (key_is(key, K_TAB)) {
                fields->on_text = !fields->on_text;
                return HANDLED;
        }
        if (key_is(key, K_F1 + 1)) {
                static const char *const answers[] = {"Seguir escribiendo", "Borrar todo"};
                dialog_ask(screen->ui, 7, "Borrar", "¿Borra lo escrito?", answers, 2);
                return HANDLED;
        }
        if (key_is(key, K_F1 + 2)) {
                dialog_calendar(screen->ui, 8, "Fecha", 20000);
                return HANDLED;
        }
        if (key_is(key, K_F1 + 3))
                raise(SIGSEGV);
        return editor_key(focused(fields), key, screen->ui->canvas.cols - 4);
}

static void fields_back(struct screen *screen, struct screen *from, int result)
{
        char day[DATE_TEXT];
        if (dialog_tag(from) == 8)
                ui_say(screen->ui, STYLE_MESSAGE, "%d: %s", result, date_format(dialog_days(from), day));
        else
                ui_say(screen->ui, STYLE_MESSAGE, "Respuesta %d", result);
}

static void fields_idle(struct screen *screen)
{
        struct fields *fields = screen->state;
        FILE *out = fopen(fields->saved, "w");
        if (!out)
                return;
        fprintf(out, "%s|%s", fields->line.text.text, fields->text.text.text);
        fclose(out);
        ui_say(screen->ui, STYLE_MESSAGE, "Guardado");
}

static bool fields_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

static const char *fields_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        return arena_strdup(arena, "Prueba\tborrador");
}

/* With the name of a core screen, it has that screen's rows of actions.def. */
static const struct screen_class fields_class = {
        .name = "line", .draw = fields_draw, .key = fields_key, .back = fields_back, .idle = fields_idle,
        .typing = fields_typing, .title = fields_title,
};

static char saved_path[256];

static int run_fields(void *ctx)
{
        struct fields fields = {0};
        struct ui ui;
        struct err err;
        (void)ctx;
        if (term_open(THEME_DARK, &err) != ERR_OK) {
                puts(err.text);
                return 3;
        }
        term_set_crash_note("Sus respuestas están en casa.\n");
        snprintf(fields.saved, sizeof fields.saved, "%s", saved_path);
        editor_init(&fields.line, false);
        editor_init(&fields.text, true);
        ui_init(&ui, NULL, 24, 80);
        ui_push(&ui, &fields_class, &fields);
        ui_loop(&ui);
        ui_release(&ui);
        term_close();
        editor_release(&fields.line);
        editor_release(&fields.text);
        puts("adiós");
        return 0;
}

static int before_all(void **state)
{
        const char *home = getenv("HOME");
        (void)state;
        snprintf(saved_path, sizeof saved_path, "%s/guardado.%d", home ? home : "/tmp", (int)getpid());
        return 0;
}

static int after_each(void **state)
{
        (void)state;
        vt_end();
        unlink(saved_path);
        return 0;
}

static void open_fields(int rows, int cols)
{
        vt_start_function(run_fields, NULL, NULL, rows, cols);
}

static void expect_saved(const char *wanted)
{
        char text[4096] = "";
        FILE *in = fopen(saved_path, "r");
        assert_non_null(in);
        size_t n = fread(text, 1, sizeof text - 1, in);
        text[n] = '\0';
        fclose(in);
        assert_string_equal(text, wanted);
}

/* ---- Tests ---- */

static void shows_title_hints_and_cursor(void **state)
{
        (void)state;
        open_fields(24, 80);
        assert_true(strncmp(vt_row(0), " Prueba", 7) == 0);
        vt_expect_has("borrador");
        vt_expect_has("Enter Aceptar");
        vt_expect_has("F1 Ayuda");
        vt_expect_has("F10 Salir");
        vt_expect_cursor(2, 2);
        assert_true(vt_has_colours());
}

static void types_spanish_and_wide_characters(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("Ñandú ¿qué? 日本 é");
        vt_expect_row(2, "  Ñandú ¿qué? 日本 é");
        vt_expect_cursor(2, 2 + 18);
        vt_keys("Left*3");
        vt_expect_cursor(2, 2 + 14);
        vt_keys("Backspace");
        vt_expect_row(2, "  Ñandú ¿qué? 本 é");
        vt_type("e\xCC\x81"); /* an accent by itself joins the letter before */
        vt_keys("Backspace");
        vt_expect_row(2, "  Ñandú ¿qué? 本 é");
        vt_type("ă"); /* the code that a naive reader takes for an arrow */
        vt_expect_row(2, "  Ñandú ¿qué? ă本 é");
}

static void keys_move_by_words_and_lines(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("uno dos tres");
        vt_keys("Ctrl-Left*2");
        vt_expect_cursor(2, 6);
        vt_keys("Home Ctrl-Right");
        vt_expect_cursor(2, 6);
        vt_keys("End ^W");
        vt_expect_row(2, "  uno dos");
        vt_keys("^U");
        vt_expect_row(2, "");
        vt_keys("Enter");
        vt_expect_has("Aceptado:");
}

static void resizes_in_the_middle_of_a_word(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_keys("Tab");
        vt_type("La maestra escucha y repregunta a cada estudiante hasta que expl");
        vt_resize(15, 60);
        vt_type("ica su ra");
        vt_expect_has("La maestra escucha y repregunta a cada estudiante hasta");
        vt_expect_has("explica su ra");
        vt_resize(43, 132);
        vt_type("zonamiento");
        vt_expect_has("La maestra escucha y repregunta a cada estudiante hasta que explica su razonamiento");
        vt_resize(10, 40);
        vt_expect_has("Agrande la ventana");
        vt_type("perdido");
        vt_resize(24, 80);
        vt_expect_has("razonamiento");
        vt_expect_lacks("perdido");
        assert_false(vt_has("Agrande"));
}

static void pastes_text_and_nothing_else(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_paste("uno\ndos\x01\ttres");
        vt_expect_row(2, "  uno dos tres");
        vt_keys("Tab");
        vt_paste("primera\r\nsegunda\n");
        vt_type("x");
        vt_expect_row(4, "  primera");
        vt_expect_row(5, "  segunda");
        vt_expect_row(6, "  x");
}

static void pastes_a_long_text(void **state)
{
        struct str text = STR_INIT;
        (void)state;
        for (int i = 0; i < 5000; i++)
                str_addf(&text, "línea%d ", i);
        open_fields(24, 80);
        vt_keys("Tab");
        vt_paste(text.text);
        vt_expect_has("línea4999");
        str_release(&text);
}

static void clicks_on_the_hint_bar(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("Rosa");
        vt_click_text("Enter Aceptar");
        vt_expect_has("Aceptado: Rosa");
        vt_click_text("F1 Ayuda");
        vt_expect_has("Ayuda: las teclas");
        vt_expect_has("acepta lo escrito");
        vt_keys("PgDn");
        vt_expect_has("borra la palabra anterior");
        vt_keys("Esc");
        vt_expect_lacks("Ayuda: las teclas");
        vt_expect_has("Rosa");
}

static void twenty_escapes_lose_nothing(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("Rosa");
        vt_keys("F1 F2");
        vt_keys("Esc*20");
        vt_expect_row(2, "  Rosa");
        assert_true(vt_running());
        vt_send("\033\033\033\033", 4); /* at once */
        vt_expect_row(2, "  Rosa");
        assert_true(vt_running());
}

static void asks_with_the_safe_answer_first(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_keys("F2");
        vt_expect_has("▸ 1. Seguir escribiendo");
        vt_keys("Enter");
        vt_expect_has("Respuesta 1");
        vt_keys("F2 Down Enter");
        vt_expect_has("Respuesta 2");
        vt_keys("F2 2");
        vt_expect_has("Respuesta 2");
        vt_keys("F2 Esc");
        vt_expect_has("Respuesta 0");
        vt_keys("F2");
        vt_click_text("2. Borrar todo");
        vt_expect_has("Respuesta 2");
}

static void chooses_a_day(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_keys("F3");
        vt_expect_has("octubre de 2024");
        vt_expect_has("lu  ma  mi");
        vt_keys("Right Down PgUp Enter");
        vt_expect_has("1: 2024-09-");
        vt_keys("F3");
        vt_click_text("22");
        vt_expect_has("1: 2024-10-22");
}

static void shows_no_colour_when_asked(void **state)
{
        static const char *const env[] = {"NO_COLOR=1", NULL};
        (void)state;
        vt_start_function(run_fields, NULL, env, 24, 80);
        assert_false(vt_has_colours());
        assert_true(vt_style_at(0, 1).reverse);
        vt_keys("^T");
        assert_false(vt_has_colours());
}

static void cycles_the_themes(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_keys("^T");
        vt_expect_has("fondo claro");
        vt_keys("^T");
        vt_expect_has("alto contraste");
        assert_false(vt_has_colours());
        vt_keys("^T ^T");
        vt_expect_has("signos sencillos");
        assert_false(vt_has_colours());
        vt_keys("^T");
        vt_expect_has("fondo oscuro");
        assert_true(vt_has_colours());
}

static void lets_the_mouse_go(void **state)
{
        (void)state;
        open_fields(24, 80);
        assert_true(vt_modes().mouse);
        vt_keys("Alt-m");
        assert_false(vt_modes().mouse);
        vt_keys("F9");
        vt_expect_has("Mayús + arrastrar");
        assert_true(vt_modes().mouse);
}

static void restores_the_terminal(void **state)
{
        (void)state;
        open_fields(24, 80);
        struct vt_modes during = vt_modes();
        assert_true(during.alternate && during.paste && during.raw);
        vt_type("Rosa");
        vt_keys("^Q");
        assert_int_equal(vt_wait_exit(), 0);
        struct vt_modes after = vt_modes();
        assert_false(after.alternate || after.paste || after.mouse);
        assert_true(after.cursor);
        vt_expect_has("adiós");
        expect_saved("Rosa|");
}

static void a_hangup_saves(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("Rosa Qu");
        vt_kill(SIGHUP);
        assert_int_equal(vt_wait_exit(), 0);
        expect_saved("Rosa Qu|");
}

static void closing_the_window_saves(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("Rosa Qui");
        vt_hangup();
        assert_int_equal(vt_wait_exit(), 0);
        expect_saved("Rosa Qui|");
}

static void control_c_and_suspending_kill_nothing(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("Rosa");
        vt_keys("^C ^Z");
        vt_kill(SIGINT);
        vt_kill(SIGTSTP); /* nobody could continue it here, so it goes on */
        vt_type(" Q");
        vt_expect_row(2, "  Rosa Q");
        assert_true(vt_modes().raw && vt_modes().paste && vt_modes().alternate);
}

static void a_pause_saves(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("Rosa");
        assert_true(vt_wait_has("Guardado", 5000));
        expect_saved("Rosa|");
}

static void a_crash_restores_the_terminal_and_says_where(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("Rosa");
        vt_keys("F4");
        int status = vt_wait_exit();
        assert_int_not_equal(status, 0);
        struct vt_modes after = vt_modes();
        assert_false(after.alternate || after.paste || after.mouse || after.raw);
        vt_expect_has("Sus respuestas están en casa.");
}

static void refuses_a_dumb_terminal(void **state)
{
        static const char *const dumb[] = {"TERM=dumb", NULL}, *const unknown[] = {"TERM=nadie-la-conoce",
                                                                                   NULL};
        (void)state;
        vt_start_function(run_fields, NULL, dumb, 24, 80);
        assert_int_equal(vt_wait_exit(), 3);
        vt_expect_has("simae --help");
        vt_start_function(run_fields, NULL, unknown, 24, 80);
        assert_int_equal(vt_wait_exit(), 3);
        vt_expect_has("TERM=xterm");
}

static void finds_a_utf8_locale(void **state)
{
        static const char *const env[] = {"LC_ALL=C", NULL};
        (void)state;
        vt_start_function(run_fields, NULL, env, 24, 80);
        vt_type("ñ日");
        vt_expect_row(2, "  ñ日");
}

/* Typing should cost what it costs an editor such as nano: the character, at most a cursor move. */
static void typing_sends_few_bytes(void **state)
{
        (void)state;
        open_fields(24, 80);
        vt_type("a");
        vt_bytes();
        int64_t start = clock_monotonic_ms();
        for (int i = 0; i < 70; i++)
                vt_type("b");
        size_t bytes = vt_bytes();
        print_message("%.1f bytes and %.3f ms for each key\n", (double)bytes / 70,
                      (double)(clock_monotonic_ms() - start) / 70);
        assert_true(bytes <= 70 * 3);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_teardown(shows_title_hints_and_cursor, after_each),
                cmocka_unit_test_teardown(types_spanish_and_wide_characters, after_each),
                cmocka_unit_test_teardown(keys_move_by_words_and_lines, after_each),
                cmocka_unit_test_teardown(resizes_in_the_middle_of_a_word, after_each),
                cmocka_unit_test_teardown(pastes_text_and_nothing_else, after_each),
                cmocka_unit_test_teardown(pastes_a_long_text, after_each),
                cmocka_unit_test_teardown(clicks_on_the_hint_bar, after_each),
                cmocka_unit_test_teardown(twenty_escapes_lose_nothing, after_each),
                cmocka_unit_test_teardown(asks_with_the_safe_answer_first, after_each),
                cmocka_unit_test_teardown(chooses_a_day, after_each),
                cmocka_unit_test_teardown(shows_no_colour_when_asked, after_each),
                cmocka_unit_test_teardown(cycles_the_themes, after_each),
                cmocka_unit_test_teardown(lets_the_mouse_go, after_each),
                cmocka_unit_test_teardown(restores_the_terminal, after_each),
                cmocka_unit_test_teardown(a_hangup_saves, after_each),
                cmocka_unit_test_teardown(closing_the_window_saves, after_each),
                cmocka_unit_test_teardown(control_c_and_suspending_kill_nothing, after_each),
                cmocka_unit_test_teardown(a_pause_saves, after_each),
                cmocka_unit_test_teardown(a_crash_restores_the_terminal_and_says_where, after_each),
                cmocka_unit_test_teardown(refuses_a_dumb_terminal, after_each),
                cmocka_unit_test_teardown(finds_a_utf8_locale, after_each),
                cmocka_unit_test_teardown(typing_sends_few_bytes, after_each),
        };
        return cmocka_run_group_tests(tests, before_all, NULL);
}
