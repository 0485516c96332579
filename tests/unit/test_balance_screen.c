/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Balance without a terminal: from home to a record, and what each key changes; at several sizes. */
#include <stdlib.h>

#include "test_desk.h"

static struct world *w;

static int demo_new(void **state)
{
        if (world_new(state) != 0)
                return -1;
        w = *state;
        fix_clock("2026-10-14T09:30:00.000-05:00");
        if (demo_copy(w, "2026-10-14T09:30:00-05:00") != 0 || open_app(w) != ERR_OK)
                return -1;
        /* The demo ends with its totals; what they were computed from is forgotten. */
        OK(store_meta_set(app_store(w->app), "facts_seen", NULL, &w->err));
        OK(store_meta_set(app_store(w->app), "facts_stamp", NULL, &w->err));
        reopen(w);
        return 0;
}

static int desk_new(void **state)
{
        (void)state;
        desk_open(w->app);
        return 0;
}

static int desk_free(void **state)
{
        (void)state;
        desk_close();
        return 0;
}

/* The file of indicators is another at the next start, so every figure is to be computed again. */
static void indicators_change(void)
{
        desk_close();
        close_app(w);
        assert_int_equal(shell("echo '# otra edición' >>'%s/indicadores.yaml'", w->forms), 0);
        OK(open_app(w));
        desk_open(w->app);
}

/* What changed since figures were computed is computed first, a step at a time; Esc leaves it for later. */
static void figures_are_computed_first(void **state)
{
        (void)state;
        indicators_change();
        screen_balance_open(&ui, "balance", NULL);
        assert_has(screen(), "se calcula otra vez");
        assert_int_equal(ui_patience(&ui), 0);
        press("F4"); /* there is nothing to put in order yet */
        assert_true(ui.top->class->work(ui.top));
        assert_has(screen(), "200 de ");
        press("Esc");
        assert_ptr_equal(ui.top->class, &screen_home);
        screen_balance_open(&ui, "balance", NULL);
        while (ui.top->class->work(ui.top))
                ;
        assert_has(screen(), "Docentes: planificación");
}

static void from_home_to_a_record(void **state)
{
        (void)state;
        press("Esc"); /* the draft that is offered */
        press("b");
        assert_has(screen(), "IV trimestre de 2026");
        assert_has(screen(), "Docentes: planificación");
        type("caracterizan");
        assert_has(screen(), "1 de ");
        press("Enter");
        assert_has(screen(), "por UGEL. Línea base: 46 %");
        press("Left");
        assert_has(screen(), "III trimestre de 2026");
        press("Enter");
        assert_has(screen(), "Registros de una cifra");
        assert_has(screen(), "no: 0 de 1"); /* it counts, among all */
        assert_has(screen(), "entra solo su último registro");
        press("Enter");
        assert_ptr_equal(ui.top->class, &screen_record);
        for (int i = 0; i < 3; i++)
                press("Esc");
        assert_has(screen(), "Buscar: caracterizan"); /* where it was left */
}

static void periods_go_and_come_back(void **state)
{
        (void)state;
        screen_balance_open(&ui, "balance", NULL);
        press("Right");
        assert_has(screen(), "No hay un periodo posterior.");
        press("Left");
        press("Left");
        assert_has(screen(), "II trimestre de 2026");
        press("Right");
        assert_has(screen(), "III trimestre de 2026");
        press("F5");
        assert_has(screen(), "año 2026");
        press("Left");
        assert_has(screen(), "año 2025");
        press("F5");
        assert_has(screen(), "bloque lectivo ");
        assert_has(screen(), "(2025_l");
        press("F5");
        assert_has(screen(), "trimestre de 2025");
}

static void figures_are_told_apart(void **state)
{
        (void)state;
        screen_balance_open(&ui, "balance-indicador", "indicador=doc_caracteriza;periodo=2026");
        assert_has(screen(), "Cajamarca");
        press("F2");
        assert_has(screen(), "por nivel");
        assert_has(screen(), "Primaria");
        press("Enter");
        assert_has(screen(), "UGEL Cajamarca");
        press("Esc");
        static const char *const others[] = {"por área", "por característica", "por condición", "por red"};
        for (int i = 0; i < 4; i++) {
                press("F2");
                assert_has(screen(), others[i]);
        }
        press("F2");
        assert_has(screen(), "por UGEL");
}

static void a_ugel_has_its_page(void **state)
{
        (void)state;
        screen_balance_open(&ui, "balance", "periodo=2026-T3");
        press("F8");
        assert_has(screen(), "Balance de una UGEL");
        assert_has(screen(), "Logros");
        type("evaluacion formativa");
        press("Enter");
        assert_has(screen(), "Registros de una cifra");
        press("Esc");
        press("Esc");
        press("F3");
        assert_has(screen(), "todas las UGEL");
        press("F3");
        assert_has(screen(), "UGEL Cajamarca");
}

static void an_indicator_explains_itself(void **state)
{
        (void)state;
        screen_balance_open(&ui, "balance", NULL);
        type("47.3");
        press("F7");
        assert_has(screen(), "Numerador:");
        assert_has(screen(), "S2:15");
        assert_has(screen(), "Advertencia:");
        press("Esc");
        assert_has(screen(), "Buscar: 47.3");
}

static void few_people_stay_hidden(void **state)
{
        (void)state;
        screen_balance_open(&ui, "balance-registros", "indicador=cob_docente_2visitas;periodo=2010");
        assert_has(screen(), "Ningún registro");
        press("Esc");
        screen_balance_open(&ui, "balance-registros", "indicador=ale_violencia;periodo=2026");
        expect_absent("Alerta ·");
}

static void headings_are_passed_over(void **state)
{
        (void)state;
        screen_balance_open(&ui, "balance", NULL);
        screen();
        for (int i = 0; i < 12; i++) {
                press(i < 8 ? "Down" : "Up");
                if (strstr(screen(), "▸   Docentes:"))
                        fail_msg("on a heading:\n%s", shown.text);
        }
        press("Home");
        assert_has(screen(), "Docentes: planificación");
        press("F4"); /* in another order there are none */
        expect_absent("Docentes: planificación");
}

/* Nothing breaks, and the figure under the cursor is always seen. */
static void every_size_shows_the_selected_one(void **state)
{
        static const int sizes[][2] = {{24, 80}, {15, 60}, {43, 132}, {40, 120}};
        static const char *const boards[] = {"balance", "balance-ugel", "balance-indicador", "balance-registros"};
        (void)state;
        for (size_t b = 0; b < ARRAY_LEN(boards); b++) {
                screen_balance_open(&ui, boards[b], "indicador=doc_caracteriza;periodo=2026-T3");
                for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
                        canvas_resize(&ui.canvas, sizes[i][0], sizes[i][1]);
                        press("End");
                        assert_has(screen(), "▸");
                        press("Home");
                        assert_has(screen(), "▸");
                }
                press("Esc");
        }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_new, desk_free)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(figures_are_computed_first),
                TEST(from_home_to_a_record),
                TEST(periods_go_and_come_back),
                TEST(figures_are_told_apart),
                TEST(a_ugel_has_its_page),
                TEST(an_indicator_explains_itself),
                TEST(few_people_stay_hidden),
                TEST(headings_are_passed_over),
                TEST(every_size_shows_the_selected_one),
        };
        return cmocka_run_group_tests(tests, demo_new, world_free);
}
