/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boards of what is planned: the agenda, the plan, one school, and beginning a planned visit. */
#include "test_boards.h"

/* A visit planned for `person` at `school`; `more` are other answers. */
static const char *plan(struct town *t, const char *person, const char *school, const char *day,
                        const char *more)
{
        return ADD("plan_visitas",
                   "{'ugel':'%s','monitor':'%s','tipo_ficha':'simae_docente','ie':'%s','persona':'%s','"
                   "visita_numero':2,"
                   "'fecha_programada':'%s'%s}",
                   school == t->beta ? "060002" : "060001", t->me, school, person, day, more);
}

static const char *visit(struct town *t, const char *person, const char *school, const char *day,
                         const char *more)
{
        return ADD("simae_docente",
                   "{'ugel':'060001','ie':'%s','docente':'%s','monitor':'%s','fecha_visita':'%s','visita_"
                   "lograda':'si'%s}",
                   school, person, t->me, day, more);
}

/* ---- The agenda ---- */

static void agenda_day_by_day(void **state)
{
        struct town *t = *state;
        plan(t, t->ivan, t->sur, "2026-11-26", ",'ruta':'B'");
        plan(t, t->rosa, t->norte, "2026-11-26", ",'ruta':'A'");
        plan(t, t->luz, t->norte, "2026-12-01", "");
        plan(t, t->luz, t->norte, "2026-11-25", "");                                /* left undone */
        plan(t, t->luz, t->norte, "2026-11-27", ",'estado_visita':'no_realizada'"); /* it is over */
        plan(t, t->eva, t->beta, "2026-12-21", "");                                 /* after four weeks */
        ADD("compromiso",
            "{'ugel':'060001','ie':'%s','responsable':'%s','texto':'entregar','fecha_limite':'2026-11-27'}",
            t->sur, t->ivan);
        ADD("compromiso",
            "{'ugel':'060001','ie':'%s','responsable':'%s','texto':'vencido','fecha_limite':'2026-11-20'}",
            t->sur, t->ivan);
        ADD("alerta",
            "{'ugel':'060001','ie':'%s','rama':'operativa','responsable':'%s','plazo':'2026-11-27'}", t->sur,
            t->me);
        struct board board = make_board(t, "agenda", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "que"), "Visita|Visita|Alerta|Compromiso|Visita");
        assert_string_equal(cells_of(t, &board, "dia"), "jue 26/11|jue 26/11|vie 27/11|vie 27/11|mar 01/12");
        assert_string_equal(cells_of(t, &board, "ruta"), "A|B|||");
        assert_string_equal(cell_of(&board, 0, "detalle"), "A: Quispe, Rosa · Monitoreo a docente, visita 2");
        assert_string_equal(cell_of(&board, 4, "semana"), "30 de nov al 6 de diciembre");
        assert_string_equal(marks_of(t, &board), "••   ");
        assert_string_equal(board.summary,
                            "Hoy: 2 visitas, 0 plazos. Al dom 20/12: 3 visitas, 2 plazos. Atrasado: 2.");
        board_release(&board);
}

static void agenda_says_which_days_have_no_classes(void **state)
{
        struct town *t = *state;
        fix_clock("2026-05-14T08:00:00.000-05:00");
        plan(t, t->rosa, t->norte, "2026-05-15", "");
        plan(t, t->rosa, t->norte, "2026-05-16", ""); /* Saturday */
        plan(t, t->rosa, t->norte, "2026-05-18", "");
        plan(t, t->luz, t->norte, "2026-05-18", "");
        expect_cells(t, "agenda", (struct board_options){0}, "que",
                     "Visita|Aviso|Visita|Aviso|Visita|Visita");
        struct board board = make_board(t, "agenda", (struct board_options){0});
        assert_string_equal(cell_of(&board, 1, "detalle"), "Sin clases: fin de semana");
        assert_string_equal(cell_of(&board, 3, "detalle"), "Sin clases: semana de gestión");
        board_release(&board);
        /* Nothing is said of a year that the calendar does not know. */
        plan(t, t->rosa, t->norte, "2027-02-01", "");
        expect_cells(t, "agenda", (struct board_options){.from = "2027-02-01", .to = "2027-02-02"}, "que",
                     "Visita");
}

/* Suggestions are of the last visit to each person, and only until it is planned. */
static void agenda_suggests_next_visits(void **state)
{
        struct town *t = *state;
        visit(t, t->rosa, t->norte, "2026-09-01", ",'proxima_visita':'2026-11-27'");
        visit(t, t->rosa, t->norte, "2026-10-01", ",'proxima_visita':'2026-11-30'");
        visit(t, t->luz, t->norte, "2026-10-01", ",'proxima_visita':'2026-11-30'");
        visit(t, t->ivan, t->sur, "2026-10-01", "");
        visit(t, t->ivan, t->sur, "2026-01-15", ",'proxima_visita':'2026-12-01'"); /* there was a later one */
        struct board board = make_board(t, "agenda", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "que"), "Sugerida|Sugerida");
        assert_string_equal(cells_of(t, &board, "fecha"), "2026-11-30|2026-11-30");
        assert_true(row_with(&board, "detalle", "Quispe, Rosa · sin programar") >= 0);
        board_release(&board);
        plan(t, t->rosa, t->norte, "2026-12-04", "");
        expect_cells(t, "agenda", (struct board_options){0}, "que", "Sugerida|Visita");
}

static void agenda_has_sessions_of_communities(void **state)
{
        struct town *t = *state;
        const char *cap = ADD("cap", "{'nombre':'CAP Norte'}");
        ADD("cap_sesion", "{'ie':'%s','cap':'%s','fecha':'2026-10-01','proxima_fecha':'2026-11-28'}",
            t->norte, cap);
        ADD("cap_sesion", "{'ie':'%s','cap':'%s','fecha':'2026-11-02','proxima_fecha':'2026-12-02'}",
            t->norte, cap);
        struct board board = make_board(t, "agenda", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "que"), "Sesión CAP");
        assert_string_equal(cell_of(&board, 0, "fecha"), "2026-12-02");
        assert_string_equal(cell_of(&board, 0, "detalle"), "CAP Norte");
        board_release(&board);
}

static void agenda_goes_over_the_new_year(void **state)
{
        struct town *t = *state;
        fix_clock("2026-12-30T08:00:00.000-05:00");
        plan(t, t->rosa, t->norte, "2027-01-05", "");
        struct board board = make_board(t, "agenda", (struct board_options){0});
        assert_string_equal(cell_of(&board, 0, "dia"), "mar 05/01/27");
        assert_string_equal(cell_of(&board, 0, "semana"), "4 al 10 de enero");
        board_release(&board);
}

static void agenda_of_one_person(void **state)
{
        struct town *t = *state;
        plan(t, t->rosa, t->norte, "2026-11-27", "");
        plan(t, t->eva, t->beta, "2026-11-27", "");
        ADD("plan_visitas", "{'monitor':'%s','ie':'%s','persona':'%s','fecha_programada':'2026-11-27'}",
            t->other, t->sur, t->ivan);
        expect_cells(t, "agenda", (struct board_options){.persona = t->other}, "escuela", "IE Sur");
        expect_cells(t, "agenda", (struct board_options){.ugel = "060002"}, "escuela", "IE Beta");
}

/* ---- The plan ---- */

static void plan_with_what_was_done(void **state)
{
        struct town *t = *state;
        plan(t, t->rosa, t->norte, "2026-11-24", ",'estado_visita':'realizada'");
        plan(t, t->luz, t->norte, "2026-11-25", "");
        plan(t, t->ivan, t->sur, "2026-11-26", "");
        plan(t, t->ivan, t->sur, "2026-11-27", ",'estado_visita':'no_realizada'");
        plan(t, t->ivan, t->sur, "2026-12-01", ",'ventana_fin':'2026-12-02'");
        plan(t, t->ivan, t->sur, "2026-12-20", ",'ventana_fin':'2026-12-21'");
        plan(t, t->ivan, t->sur, "2026-05-04", "");                             /* long ago, undone */
        plan(t, t->ivan, t->sur, "2026-05-05", ",'estado_visita':'realizada'"); /* long ago, done */
        struct board board = make_board(t, "plan", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "dia"),
                            "lun 04/05|mar 24/11|mié 25/11|jue 26/11|vie 27/11|mar 01/12|dom 20/12");
        assert_string_equal(cells_of(t, &board, "estado"),
                            "Sin hacer|Realizada|Sin hacer|Programada|No realizada|Programada|Programada");
        assert_string_equal(marks_of(t, &board), "!✓!• ~ ");
        assert_string_equal(board.summary,
                            "5 por hacer, 2 de ellas atrasadas; 1 hechas; 1 no se pudieron hacer.");
        assert_false(id_is_none(&board.rows[0].planned));
        assert_true(id_is_none(&board.rows[1].planned));
        board_release(&board);
        expect_cells(t, "plan", (struct board_options){.from = "2026-05-01", .to = "2026-05-31"}, "estado",
                     "Sin hacer|Realizada");
}

static void plan_by_route_within_a_day(void **state)
{
        struct town *t = *state;
        plan(t, t->rosa, t->norte, "2026-11-30", ",'ruta':'Zulia'");
        plan(t, t->ivan, t->sur, "2026-11-30", ",'ruta':'Andes'");
        plan(t, t->luz, t->norte, "2026-11-30", ",'ruta':'Zulia'");
        expect_cells(t, "plan", (struct board_options){0}, "ruta", "Andes|Zulia|Zulia");
}

static void a_planned_visit_begins_with_what_it_knows(void **state)
{
        struct town *t = *state;
        struct world *w = t->w;
        struct id planned = id_of(plan(t, t->rosa, t->norte, "2026-11-26", ""));
        struct draft *draft;
        char form[64];
        json_t *initial;
        OK(app_planned(w->app, &planned, form, &initial, &w->err));
        assert_string_equal(form, "simae_docente");
        assert_string_equal(json_string_value(json_object_get(initial, "ie")), t->norte);
        assert_string_equal(json_string_value(json_object_get(initial, "docente")), t->rosa);
        assert_string_equal(json_string_value(json_object_get(initial, "plan")), id_text(w, &planned));
        OK(draft_begin(w->app, form, initial, &draft, &w->err));
        json_decref(initial);
        OK(draft_discard(draft, &w->err));
        struct id nothing = id_of("00000000000000000000000000000001");
        REFUSES(ERR_NOT_FOUND, "Revise el plan", app_planned(w->app, &nothing, form, &initial, &w->err));
}

/* ---- One school ---- */

static void a_school_from_what_comes_to_what_was(void **state)
{
        struct town *t = *state;
        visit(t, t->rosa, t->norte, "2026-10-01", ",'proxima_visita':'2026-12-09'");
        visit(t, t->luz, t->norte, "2026-11-02", "");
        visit(t, t->luz, t->norte, "2025-11-03", ",'visita_lograda':'no'");
        visit(t, t->ivan, t->sur, "2026-11-03", "");
        /* Neither comes: of one there was a later visit, and the other's next is planned. */
        visit(t, t->rosa, t->norte, "2026-06-01", ",'proxima_visita':'2026-12-05'");
        visit(t, t->luz, t->norte, "2026-06-01", ",'proxima_visita':'2026-12-05'");
        plan(t, t->luz, t->norte, "2026-12-01", "");
        ADD("compromiso", "{'ie':'%s','responsable':'%s','texto':'entregar','fecha_limite':'2026-11-20'}",
            t->norte, t->rosa);
        ADD("alerta", "{'ie':'%s','rama':'violencia','plazo':'2026-11-27'}", t->norte);
        ADD("alerta", "{'ie':'%s','rama':'operativa','plazo':'2026-11-27'}", t->norte);
        struct board board = make_board(t, "escuela", (struct board_options){.argument = t->norte});
        assert_string_equal(cells_of(t, &board, "parte"),
                            "Viene|Viene|Compromisos|Alertas|Hecho|Hecho|Hecho|Hecho|Hecho");
        assert_string_equal(
                cells_of(t, &board, "fecha"),
                "2026-12-01|2026-12-09|2026-11-20||2026-11-02|2026-10-01|2026-06-01|2026-06-01|2025-11-03");
        assert_string_equal(cell_of(&board, 3, "detalle"), "2 abiertas; 1 de ellas reservadas");
        assert_string_equal(board.rows[3].board, "alertas");
        assert_string_equal(cell_of(&board, 8, "situacion"), "no se pudo");
        assert_string_equal(board.summary,
                            "4 hechas este año; 1 compromiso abierto, 1 vencido; 2 alertas abiertas.");
        board_release(&board);
}

/* ---- What is refused ---- */

static void refusals(void **state)
{
        struct town *t = *state;
        struct world *w = t->w;
        struct board board;
        struct board_options none = {0}, about = {.argument = t->rosa}, day = {.from = "26/11/2026"},
                             who = {.persona = t->norte};
        REFUSES(ERR_NOT_FOUND, "¿quiso decir «agenda»?", app_board(w->app, "ajenda", &none, &board, &w->err));
        REFUSES(ERR_USAGE, "que se le diga de cuál", app_board(w->app, "escuela", &none, &board, &w->err));
        REFUSES(ERR_INVALID, "aquí va uno de: institucion",
                app_board(w->app, "escuela", &about, &board, &w->err));
        REFUSES(ERR_USAGE, "sobra", app_board(w->app, "agenda", &about, &board, &w->err));
        REFUSES(ERR_INVALID, "2026-03-31", app_board(w->app, "agenda", &day, &board, &w->err));
        REFUSES(ERR_INVALID, "persona", app_board(w->app, "agenda", &who, &board, &w->err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, town_new, town_free)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(agenda_day_by_day),
                TEST(agenda_says_which_days_have_no_classes),
                TEST(agenda_suggests_next_visits),
                TEST(agenda_has_sessions_of_communities),
                TEST(agenda_goes_over_the_new_year),
                TEST(agenda_of_one_person),
                TEST(plan_with_what_was_done),
                TEST(plan_by_route_within_a_day),
                TEST(a_planned_visit_begins_with_what_it_knows),
                TEST(a_school_from_what_comes_to_what_was),
                TEST(refusals),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
