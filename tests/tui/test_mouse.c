/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mouse does what the keys do, and lets go when asked; every screen is
 * usable without colours, in the smallest window and in a large one, and says
 * in characters where the focus is.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "flow.h"

/* ---- Mouse ---- */

static void home_by_mouse(void **state)
{
        struct place_of_test *at = *state;
        flow_seed(at);
        flow_start(at, 24, 80);
        assert_true(vt_modes().mouse);
        vt_click_text("2. Más tarde");
        flow_expect_home();
        vt_click_text("Registros");
        vt_expect_has("Registros: todas");
        vt_click_text("Esc Volver");
        flow_expect_home();
        vt_click_text("F5 Directorio");
        vt_expect_has("[Institución educativa]");
        vt_click_text("F4 Otra lista");
        vt_expect_has("[Persona]");
        vt_click_text("Chávez");
        vt_expect_has("▸");
        vt_click_text("Chávez");
        vt_expect_has("Chávez Vásquez, Luz");
        vt_expect_has("concluido");
        vt_click_text("F1 Ayuda");
        vt_expect_has("Ayuda");
        flow_go_home(4);
        vt_click_text("Salir");
        assert_int_equal(vt_wait_exit(), 0);
}

static void form_by_mouse(void **state)
{
        struct place_of_test *at = *state;
        flow_seed(at);
        flow_start(at, 24, 80);
        vt_click_text("1. Continuar");
        vt_expect_has("Monitoreo a docente › Peñón Añejo");
        vt_click_text("E. Cierre");
        vt_expect_has("▸· E. Cierre");
        vt_click_text("¿Se realizó el diálogo");
        assert_true(flow_on("¿Se realizó el diálogo de retroalimentación?"));
        vt_click_text("( ) 2 No");
        vt_expect_has("(•) 2 No");
        vt_expect_has("Motivo por el que no se realizó");
        vt_click_text("Fortalezas observadas");
        assert_true(flow_on("Fortalezas observadas"));
        vt_type("Escribe");
        vt_click_text("Aspectos por mejorar");
        assert_true(flow_on("Aspectos por mejorar"));
        vt_expect_has("Escribe"); /* left, not lost */
        for (int i = 0; i < 5; i++)
                vt_wheel(false, 10, 50);
        for (int i = 0; i < 9; i++)
                vt_wheel(true, 10, 50);
        vt_expect_has("¿Se realizó el diálogo");
        vt_click_text("F7 Revisar");
        vt_expect_has("Revisar: ");
        flow_go_home(3);
        flow_quit();
}

/* Let go, so that the terminal can mark and copy; and taken again. */
static void the_mouse_lets_go(void **state)
{
        struct place_of_test *at = *state;
        flow_seed(at);
        flow_start(at, 24, 80);
        vt_keys("F9");
        assert_false(vt_modes().mouse);
        vt_expect_has("Ratón suelto");
        vt_keys("F9");
        assert_true(vt_modes().mouse);
        vt_expect_has("Mayús + arrastrar");
        flow_go_home(1);
        flow_quit();
}

/* Clicks and wheels anywhere on every screen: nothing breaks, and home can be reached. */
static void clicks_anywhere_do_no_harm(void **state)
{
        struct place_of_test *at = *state;
        flow_seed(at);
        flow_start_with(at, 24, 80, "ESCDELAY=1");
        random_seed("clicks");
        vt_keys("Esc");
        for (int i = 0; i < 1500; i++) {
                int row = (int)(random_unit() * 23), col = (int)(random_unit() * 80);
                if (strstr(vt_row(row), "Salir") && row < 22)
                        continue; /* it would, and rightly */
                if (random_unit() < 0.8)
                        vt_click(row, col);
                else
                        vt_wheel(random_unit() < 0.5, row, col);
                if (!vt_running())
                        fail_msg("it ended at a click on %d,%d", row, col);
        }
        vt_keys("Esc*20");
        flow_expect_home();
        flow_quit();
}

/* ---- Without colours, small and large ---- */

static void check_focus(const struct flow_spot *spot, const char *where)
{
        bool marked = vt_has("▸") || vt_has("▌");
        if (marked || flow_cursor_shown())
                return;
        fail_msg("[%s] %s: nothing shows where the focus is:\n%s", spot->keys, where, vt_screen_text());
}

static void look_at(const struct place_of_test *at, const struct flow_spot *spot)
{
        assert_int_equal(flow_shell(NULL, "rm -rf '%s' && cp -R '%s/semilla' '%s'", at->data, at->dir, at->data), 0);
        const char *argv[] = {vt_simae(), NULL};
        char *home = NULL, *data = NULL;
        assert_true(asprintf(&home, "HOME=%s", at->dir) > 0 && asprintf(&data, "SIMAE_HOME=%s", at->data) > 0);
        const char *env[] = {home, data, "SIMAE_TEST_NOW=2026-04-14T09:30:00-05:00", "SIMAE_TEST_SEED=ver", "NO_COLOR=1",
                             "ESCDELAY=1", NULL};
        vt_start(argv, env, 15, 60);
        flow_keys(spot->keys);
        check_focus(spot, "15 x 60");
        assert_false(vt_has_colours());
        vt_resize(43, 132);
        check_focus(spot, "43 x 132");
        vt_resize(6, 30);
        vt_expect_has("Agrande la ventana");
        vt_resize(24, 80);
        check_focus(spot, "24 x 80");
        if (!vt_has(spot->seen)) {
                print_error("%s\n", spot->keys);
                vt_expect_has(spot->seen);
        }
        assert_false(vt_has_colours());
        free(home);
        free(data);
        vt_end();
}

static void every_screen_without_colours(void **state)
{
        struct place_of_test *at = *state;
        flow_seed(at);
        flow_start(at, 24, 80); /* its own forms, installed once */
        vt_keys("Esc");
        flow_quit();
        assert_int_equal(flow_shell(NULL, "mv '%s' '%s/semilla'", at->data, at->dir), 0);
        for (int i = 0; i < flow_spots_n; i++)
                look_at(at, &flow_spots[i]);
}

/* The themes go round; one of them has no colour, and says the same. */
static void a_theme_without_colour(void **state)
{
        struct place_of_test *at = *state;
        flow_seed(at);
        flow_start(at, 24, 80);
        vt_keys("Enter");
        assert_true(vt_has_colours());
        for (int i = 0; i < 4 && !vt_has("sin color"); i++)
                vt_keys("^T");
        vt_expect_has("sin color");
        vt_keys("Down");
        assert_false(vt_has_colours());
        assert_true(vt_has("▌"));
        flow_quit();
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, flow_place, flow_leave)
        const struct CMUnitTest tests[] = {
                CASE(home_by_mouse),
                CASE(form_by_mouse),
                CASE(the_mouse_lets_go),
                CASE(clicks_anywhere_do_no_harm),
                CASE(every_screen_without_colours),
                CASE(a_theme_without_colour),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
