/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The board screens without a terminal: what is shown at each width, and what each key does. */
#include "test_desk.h"

static int desk_new(void **state)
{
        if (town_new(state) != 0)
                return -1;
        struct town *t = *state;
        ADD("compromiso",
            "{'ugel':'060001','ie':'%s','responsable':'%s','texto':'planificar','fecha_limite':'2026-11-20'}",
            t->norte, t->rosa);
        ADD("compromiso",
            "{'ugel':'060001','ie':'%s','responsable':'%s','texto':'evaluar','fecha_limite':'2026-12-20'}",
            t->sur, t->ivan);
        ADD("compromiso",
            "{'ugel':'060001','ie':'%s','responsable':'%s','texto':'Ñandú','fecha_limite':'2026-11-26'}",
            t->norte, t->luz);
        ADD("plan_visitas",
            "{'ugel':'060001','monitor':'%s','tipo_ficha':'simae_docente','ie':'%s','persona':'%s','visita_"
            "numero':2,"
            "'fecha_programada':'2026-11-26'}",
            t->me, t->norte, t->rosa);
        struct world *w = t->w;
        struct id me = id_of(t->me), other = id_of(t->other);
        OK(app_profile_adopt(w->app, &other, &w->err));
        ADD("plan_visitas",
            "{'ugel':'060001','monitor':'%s','tipo_ficha':'simae_docente','ie':'%s','persona':'%s','visita_"
            "numero':1,"
            "'fecha_programada':'2026-11-27'}",
            t->other, t->sur, t->ivan);
        OK(app_profile_adopt(w->app, &me, &w->err));
        ADD("alerta", "{'ugel':'060001','ie':'%s','rama':'violencia','plazo':'2026-11-26'}", t->norte);
        desk_open(w->app);
        return 0;
}

static int desk_free(void **state)
{
        desk_close();
        return town_free(state);
}

static void home_shows_today(void **state)
{
        (void)state;
        assert_has(screen(), "· Visitas: hoy 1");
        assert_has(screen(), "! Compromisos: esta semana 1; vencidos 1");
        assert_has(screen(), "· Alertas: hoy 1");
        canvas_resize(&ui.canvas, 15, 60);
        assert_has(screen(), "Mi perfil       ↓");
        assert_has(screen(), "Empezar una visita");
        press("Up"); /* round to the last, which did not fit */
        assert_has(screen(), "▸ Salir");
}

static void the_list_of_boards_opens_one(void **state)
{
        (void)state;
        press("t");
        assert_has(screen(), "Cobertura por UGEL");
        type("calend");
        press("Enter");
        assert_has(screen(), "Hoy, jueves 26 de noviembre de 2026: Lectivo 4");
        press("Esc");
        assert_has(screen(), "Buscar: calend");
}

static void letters_filter_and_enter_opens(void **state)
{
        (void)state;
        screen_board_open(&ui, "compromisos", NULL);
        expect_order("planificar", "evaluar");
        type("nandu");
        assert_has(screen(), "1 de 3");
        expect_absent("planificar");
        press("Enter");
        assert_has(screen(), "código");
        press("Esc");
        assert_has(screen(), "Buscar: nandu"); /* where it was left */
}

static void a_column_orders(void **state)
{
        (void)state;
        screen_board_open(&ui, "compromisos", NULL);
        screen();
        for (int i = 0; i < 4; i++)
                press("F4"); /* due, when, school, text */
        assert_has(screen(), "▲Compromiso");
        expect_order("evaluar", "Ñandú");
        expect_order("Ñandú", "planificar");
        press("F5");
        assert_has(screen(), "▼Compromiso");
        expect_order("planificar", "Ñandú");
}

static void the_width_decides_the_columns(void **state)
{
        (void)state;
        screen_board_open(&ui, "compromisos", NULL);
        assert_has(screen(), "Responsable");
        expect_absent("Estado");
        canvas_resize(&ui.canvas, 24, 132);
        assert_has(screen(), "Estado");
        assert_has(screen(), "UGEL");
        canvas_resize(&ui.canvas, 15, 60);
        expect_absent("Responsable");
        assert_has(screen(), "planificar");
        assert_has(screen(), "▸ !"); /* overdue, without colour */
}

static void groups_go_down_and_come_back(void **state)
{
        (void)state;
        screen_board_open(&ui, "compromisos-escuela", NULL);
        press("Enter");
        assert_has(screen(), "Compromisos › IE Norte");
        expect_absent("evaluar");
        assert_has(screen(), "Responsable"); /* the school is known, so there is room */
        press("Esc");
        assert_has(screen(), "Compromisos por escuela");
}

static void the_agenda_is_hers_first(void **state)
{
        (void)state;
        press("a");
        assert_has(screen(), "Solo lo suyo");
        expect_absent("Zárate, Iván · Monitoreo");
        press("F3");
        assert_has(screen(), "Zárate, Iván · Monitoreo");
}

/* The key is there where it changes something, and nowhere else. */
static void a_board_for_everybody_has_no_own(void **state)
{
        (void)state;
        screen_board_open(&ui, "compromisos", NULL);
        assert_has(screen(), "F3 Mío/Todo");
        press("F3");
        assert_has(screen(), "Solo lo suyo");
        press("Esc");
        screen_board_open(&ui, "calendario", NULL);
        screen();
        expect_absent("Mío/Todo");
        press("F3");
        screen();
        expect_absent("Solo lo suyo");
}

static void a_planned_visit_begins(void **state)
{
        (void)state;
        press("a");
        assert_has(screen(), "F2 Empezar");
        press("F2");
        assert_ptr_equal(ui.top->class, &screen_form);
        assert_has(screen(), "Quispe, Rosa");
        press("Esc");
        assert_has(screen(), "Agenda");
}

static void nothing_is_said_once(void **state)
{
        struct town *t = *state;
        screen_board_open(&ui, "progreso", t->rosa);
        const char *words = "Esta persona no tiene visitas con niveles.", *first = strstr(screen(), words);
        assert_non_null(first);
        assert_null(strstr(first + 1, words));
}

static void reserved_only_after_asking(void **state)
{
        (void)state;
        screen_board_open(&ui, "alertas", NULL);
        assert_has(screen(), "Hay además 1 reservada");
        press("F7");
        assert_has(screen(), "¿Mostrar los registros reservados?");
        press("Enter"); /* the safe answer */
        expect_absent("Violencia");
        press("F7");
        type("2");
        if (ui.top->class != &screen_board)
                press("Enter");
        assert_has(screen(), "Violencia");
        assert_has(screen(), "Con reservados");
        press("F7");
        expect_absent("Violencia");
}

static void what_is_shown_can_be_saved(void **state)
{
        struct town *t = *state;
        char *path = xasprintf("%s/tablero.csv", t->w->out),
             *command = xasprintf("grep -c planificar '%s' >/dev/null", path);
        screen_board_open(&ui, "compromisos", NULL);
        screen();
        type("planif");
        press("F6");
        assert_has(screen(), "compromisos-2026-11-26.csv");
        press("^U");
        type(path);
        press("Enter");
        assert_has(screen(), "(1 filas)");
        assert_int_equal(system(command), 0);
        press("F6");
        press("^U");
        type("/nada.pdf");
        press("Enter");
        assert_has(screen(), "termine el nombre en .csv");
        free(command);
        free(path);
}

static void a_school_is_chosen_first(void **state)
{
        (void)state;
        screen_board_open(&ui, "escuela", NULL);
        assert_has(screen(), "Escuela: elija cuál");
        assert_has(screen(), "  Institución educativa\n"); /* what the column lists */
        type("norte");
        press("Enter");
        assert_has(screen(), "Escuela › IE Norte");
        assert_has(screen(), "planificar");
        press("Esc");
        assert_has(screen(), "Buscar: norte");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_new, desk_free)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(home_shows_today),
                TEST(the_list_of_boards_opens_one),
                TEST(letters_filter_and_enter_opens),
                TEST(a_column_orders),
                TEST(the_width_decides_the_columns),
                TEST(groups_go_down_and_come_back),
                TEST(the_agenda_is_hers_first),
                TEST(a_board_for_everybody_has_no_own),
                TEST(a_planned_visit_begins),
                TEST(nothing_is_said_once),
                TEST(reserved_only_after_asking),
                TEST(what_is_shown_can_be_saved),
                TEST(a_school_is_chosen_first),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
