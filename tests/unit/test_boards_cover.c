/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coverage, the school calendar, and what every board must be: on an empty store, and on the demo. */
#include "test_boards.h"

#include "base/utf8.h"

static void visit(struct town *t, const char *form, const char *person, const char *school, const char *day,
                  const char *done)
{
        ADD(form,
            "{'ugel':'%s','ie':'%s','%s':'%s','monitor':'%s','fecha_visita':'%s','visita_lograda':'%s'}",
            school == t->beta ? "060002" : "060001", school, form + strlen("simae_"), person, t->me, day,
            done);
}
#define OBSERVE(person, school, day) visit(t, "simae_docente", person, school, day, "si")

/* A cell of the row of a teacher. */
static void expect_teacher(struct town *t, const struct board *board, const char *teacher, const char *column,
                           const char *cell)
{
        int row = row_with(board, "docente", teacher);
        (void)t;
        if (row < 0)
                fail_msg("%s is not there", teacher);
        assert_string_equal(cell_of(board, row, column), cell);
}

/* ---- Coverage ---- */

static void visits_are_days_with_one_done(void **state)
{
        struct town *t = *state;
        OBSERVE(t->rosa, t->norte, "2026-04-10");
        OBSERVE(t->rosa, t->norte, "2026-10-10");
        OBSERVE(t->luz, t->norte, "2026-05-05");
        OBSERVE(t->luz, t->norte, "2026-05-05");                         /* the same day */
        visit(t, "simae_docente", t->luz, t->norte, "2026-06-05", "no"); /* could not be made */
        OBSERVE(t->luz, t->norte, "2025-12-01");                         /* last year */
        struct board board = make_board(t, "cobertura", (struct board_options){.ugel = "060001"});
        assert_string_equal(cells_of(t, &board, "docente"), "Zárate, Iván|Alva, Luz|Quispe, Rosa");
        expect_teacher(t, &board, "Quispe, Rosa", "visitas", "2");
        expect_teacher(t, &board, "Alva, Luz", "visitas", "1");
        expect_teacher(t, &board, "Alva, Luz", "falta", "la 2.ª");
        expect_teacher(t, &board, "Zárate, Iván", "visitas", "0");
        expect_teacher(t, &board, "Quispe, Rosa", "ultima_visita", "2026-10-10");
        assert_string_equal(board.rows[0].board, "escuela");
        assert_string_equal(board.rows[0].argument, t->sur);
        board_release(&board);
        board = make_board(t, "cobertura", (struct board_options){.ugel = "060001", .from = "2025-03-01"});
        expect_teacher(t, &board, "Alva, Luz", "visitas", "1");
        expect_teacher(t, &board, "Quispe, Rosa", "visitas", "0");
        board_release(&board);
}

/* Without a plan, the calendar says: the first by the middle of the teaching blocks, the second by their end.
 */
static void who_is_late_by_the_calendar(void **state)
{
        struct town *t = *state;
        OBSERVE(t->luz, t->norte, "2026-05-05");
        struct board board = make_board(t, "cobertura", (struct board_options){.ugel = "060001"});
        expect_teacher(t, &board, "Zárate, Iván", "hasta", "2026-07-24");
        expect_teacher(t, &board, "Alva, Luz", "hasta", "2026-12-18");
        assert_int_equal(board.rows[row_with(&board, "docente", "Zárate, Iván")].tone, TONE_OVERDUE);
        assert_int_equal(board.rows[row_with(&board, "docente", "Alva, Luz")].tone, TONE_NORMAL);
        assert_has(board.summary, "3 docentes, 0 con 2 visitas (0 %), 1 con 1, 2 sin visita; 2 atrasados.");
        board_release(&board);
        fix_clock("2026-12-12T08:00:00.000-05:00"); /* six days left */
        board = make_board(t, "cobertura", (struct board_options){.ugel = "060001"});
        assert_int_equal(board.rows[row_with(&board, "docente", "Alva, Luz")].tone, TONE_SOON);
        board_release(&board);
}

static void who_is_late_by_the_plan(void **state)
{
        struct town *t = *state;
        ADD("plan_visitas",
            "{'tipo_ficha':'simae_docente','ugel':'060001','ie':'%s','persona':'%s','fecha_programada':'2026-"
            "11-20',"
            "'ventana_fin':'2026-12-05'}",
            t->norte, t->rosa);
        ADD("plan_visitas",
            "{'tipo_ficha':'simae_docente','ugel':'060001','ie':'%s','persona':'%s','fecha_programada':'2026-"
            "11-20'}",
            t->norte, t->luz);
        struct board board = make_board(t, "cobertura", (struct board_options){.ugel = "060001"});
        expect_teacher(t, &board, "Quispe, Rosa", "hasta", "2026-12-05");
        assert_int_equal(board.rows[row_with(&board, "docente", "Quispe, Rosa")].tone, TONE_NORMAL);
        expect_teacher(t, &board, "Alva, Luz", "hasta", "2026-11-20");
        assert_int_equal(board.rows[row_with(&board, "docente", "Alva, Luz")].tone, TONE_OVERDUE);
        board_release(&board);
}

/* Whoever is observed counts, also the director who teaches; whoever left does not. */
static void who_is_a_teacher(void **state)
{
        struct town *t = *state;
        const char *director =
                ADD("persona",
                    "{'apellidos':'Directora','nombres':'Sol','cargo':'director','ie':'%s','ugel':'060001'}",
                    t->norte);
        ADD("persona",
            "{'apellidos':'Ida','nombres':'Flor','cargo':'docente','activo':'no','ie':'%s','ugel':'060001'}",
            t->norte);
        expect_cells(t, "cobertura", (struct board_options){.ugel = "060001"}, "docente",
                     "Alva, Luz|Quispe, Rosa|Zárate, Iván");
        OBSERVE(director, t->norte, "2026-05-05");
        struct board board = make_board(t, "cobertura", (struct board_options){.ugel = "060001"});
        expect_teacher(t, &board, "Directora, Sol", "visitas", "1");
        board_release(&board);
}

static void only_visits_of_a_specialist(void **state)
{
        struct town *t = *state;
        struct world *w = t->w;
        struct id other = id_of(t->other);
        OBSERVE(t->rosa, t->norte, "2026-05-05");
        OK(app_profile_adopt(w->app, &other, &w->err));
        ADD("simae_docente",
            "{'ugel':'060001','ie':'%s','docente':'%s','monitor':'%s','fecha_visita':'2026-06-05','visita_"
            "lograda':'si'}",
            t->sur, t->ivan, t->other);
        expect_cells(t, "cobertura", (struct board_options){.persona = t->me}, "docente", "Quispe, Rosa");
        expect_cells(t, "cobertura", (struct board_options){.persona = t->other}, "docente", "Zárate, Iván");
}

/* The laptop's UGEL unless another is asked for. */
static void coverage_by_ugel(void **state)
{
        struct town *t = *state;
        OBSERVE(t->rosa, t->norte, "2026-04-10");
        OBSERVE(t->rosa, t->norte, "2026-10-10");
        visit(t, "simae_directivo", t->eva, t->beta, "2026-05-05", "no");
        expect_cells(t, "cobertura", (struct board_options){0}, "docente",
                     "Alva, Luz|Zárate, Iván|Quispe, Rosa");
        expect_cells(t, "cobertura", (struct board_options){.argument = "060002"}, "docente", "Beta, Eva");
        struct board board = make_board(t, "cobertura-ugel", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "ugel"), "Alfa|Beta");
        assert_string_equal(cells_of(t, &board, "docentes"), "3|1");
        assert_string_equal(cells_of(t, &board, "con_dos_pct"), "33.3|0.0");
        assert_string_equal(cells_of(t, &board, "unidocente_multigrado_pct"), "100.0|0.0");
        assert_string_equal(board.rows[1].argument, "060002");
        assert_has(board.summary, "Unidocente y multigrado: 1 de 2 (50 %; meta 30 %).");
        board_release(&board);
}

static void coverage_by_school(void **state)
{
        struct town *t = *state;
        OBSERVE(t->rosa, t->norte, "2026-04-10");
        OBSERVE(t->rosa, t->norte, "2026-10-10");
        visit(t, "simae_directivo", t->ivan, t->sur, "2026-05-05", "si");
        struct board board = make_board(t, "cobertura-escuela", (struct board_options){.ugel = "060001"});
        assert_string_equal(cells_of(t, &board, "escuela"), "IE Sur|IE Norte");
        assert_string_equal(cells_of(t, &board, "docentes"), "1|2");
        assert_string_equal(cells_of(t, &board, "sin_visita"), "1|1");
        assert_string_equal(cells_of(t, &board, "con_dos"), "0|1");
        assert_string_equal(cells_of(t, &board, "ultima_visita"), "2026-05-05|2026-10-10");
        board_release(&board);
}

/* ---- The calendar ---- */

static void the_week_we_are_in(void **state)
{
        struct town *t = *state;
        struct board board = make_board(t, "calendario", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "semanas"), "9|1|9|9");
        assert_string_equal(cells_of(t, &board, "situacion"), "terminó|terminó|terminó|hoy: semana 6 de 9");
        assert_string_equal(board.summary, "Hoy, jueves 26 de noviembre de 2026: Lectivo 4, semana 6 de 9.");
        board_release(&board);
        expect_cells(t, "calendario", (struct board_options){.argument = "2025"}, "bloque", "Lectivo 4");
        board = make_board(t, "calendario", (struct board_options){.argument = "2030"});
        assert_int_equal(board.table.rows_n, 0);
        assert_has(board.empty, "2030");
        board_release(&board);
        fix_clock("2026-12-25T08:00:00.000-05:00");
        board = make_board(t, "calendario", (struct board_options){0});
        assert_has(board.summary, "fuera de los bloques del calendario");
        board_release(&board);
}

/* ---- What every board must be ---- */

static void check_columns(const struct board *board)
{
        int rests = 0;
        assert_true(board->table.columns_n <= BOARD_COLUMNS);
        for (int i = 0; i < board->table.columns_n; i++) {
                const struct table_column *column = &board->table.columns[i];
                rests += board->columns[i].width == 0;
                assert_int_equal(strspn(column->name, "abcdefghijklmnopqrstuvwxyz_0123456789"),
                                 strlen(column->name));
                assert_true(*column->title);
        }
        assert_int_equal(rests, 1);
}

/* At every width the columns fit, and the one that takes the rest can be read. */
static void check_fits(const struct board *board)
{
        static const int widths[] = {54, 74, 94, 126, 240};
        for (size_t w = 0; w < ARRAY_LEN(widths); w++) {
                int shown[BOARD_COLUMNS], total = -2;
                board_fit(board, widths[w], 2, 12, shown);
                for (int i = 0; i < board->table.columns_n; i++) {
                        total += shown[i] ? shown[i] + 2 : 0;
                        if (!board->columns[i].width && shown[i] < 12)
                                fail_msg("%s: %d columns at %d", board->class->name, shown[i], widths[w]);
                }
                if (total > widths[w])
                        fail_msg("%s takes %d of %d columns", board->class->name, total, widths[w]);
        }
}

static void check_rows(struct world *w, const struct board *board)
{
        for (int i = 0; i < board->table.rows_n; i++) {
                const struct board_row *row = &board->rows[i];
                struct store_record record;
                if (!id_is_none(&row->record))
                        OK(store_record_get(app_store(w->app), &row->record, &w->arena, &record, &w->err));
                if (!id_is_none(&row->planned))
                        OK(store_record_get(app_store(w->app), &row->planned, &w->arena, &record, &w->err));
                assert_true(!row->board || board_find(row->board));
                for (int c = 0; c < board->table.columns_n; c++)
                        for (const char *p = table_cell(&board->table, i, c); *p; p++)
                                assert_true((unsigned char)*p >= ' ' || *p == '\n');
        }
}

/* Down to the board of the first row that has one. */
static void check_below(struct world *w, const struct board *board)
{
        for (int i = 0; i < board->table.rows_n; i++) {
                struct board below;
                struct board_options options = {.argument = board->rows[i].argument};
                if (!board->rows[i].board)
                        continue;
                OK(app_board(w->app, board->rows[i].board, &options, &below, &w->err));
                /* A figure that too few make has no records to show, and says so. */
                if (below.table.rows_n == 0 && !strstr(below.empty, "pocos"))
                        fail_msg("nothing below row %d of %s: %s %s", i, board->class->name, board->rows[i].board, options.argument);
                board_release(&below);
                return;
        }
}

/* A record that the board may be about: `school`, or the first of the form that it wants. NULL: there is none. */
static const char *an_argument(struct world *w, const struct board_class *class, const char *school)
{
        struct store_record *found;
        int n = 0;
        if (class->argument != BOARD_REQUIRED || !school)
                return NULL;
        if (!*class->forms)
                return "indicador=doc_caracteriza";
        if (strstr(class->forms, "institucion"))
                return school;
        const char *form = arena_strndup(&w->arena, class->forms, strcspn(class->forms, " "));
        struct store_query query = {.form = form, .entities = true, .order = ORDER_TITLE, .limit = 1};
        OK(store_record_list(app_store(w->app), &query, &w->arena, &found, &n, &w->err));
        return n ? id_text(w, &found[0].id) : NULL;
}

/* It says how it stands, or that there is nothing, and no sentence twice. */
static void check_words(const struct board *board)
{
        bool any = board->table.rows_n > 0;
        if ((any && !*board->summary) || utf8_width(board->summary) > 2 * 78)
                fail_msg("%s: «%s»", board->class->name, board->summary);
        if (!any && (!*board->empty || strstr(board->summary, board->empty)))
                fail_msg("%s: «%s», «%s»", board->class->name, board->empty, board->summary);
}

static void check_all(struct world *w, const char *school)
{
        int n;
        const struct board_class *classes = board_classes(&n);
        for (int i = 0; i < n; i++) {
                struct board board;
                struct board_options options = {.argument = an_argument(w, &classes[i], school)};
                if (classes[i].argument == BOARD_REQUIRED && !options.argument)
                        continue;
                print_message("%s\n", classes[i].name);
                OK(app_board(w->app, classes[i].name, &options, &board, &w->err));
                check_words(&board);
                check_columns(&board);
                check_fits(&board);
                check_rows(w, &board);
                check_below(w, &board);
                board_release(&board);
        }
}

static bool is_equal(const struct table *a, const struct table *b)
{
        if (a->rows_n != b->rows_n || a->columns_n != b->columns_n)
                return false;
        for (int i = 0; i < a->rows_n * a->columns_n; i++)
                if (strcmp(a->cells[i], b->cells[i]) != 0)
                        return false;
        return true;
}

/* A board is the same for whoever has done nothing if, and only if, boards.def says that it is for everybody. */
static void check_whose(struct world *w, const char *school)
{
        int n;
        const struct board_class *classes = board_classes(&n);
        struct id nobody = make(w, "persona", answers_of(w, "{'apellidos':'Nadie','nombres':'Aún','cargo':'mae'}"));
        for (int i = 0; i < n; i++) {
                struct board all, own;
                struct board_options options = {.argument = an_argument(w, &classes[i], school)};
                OK(app_board(w->app, classes[i].name, &options, &all, &w->err));
                options.persona = id_text(w, &nobody);
                OK(app_board(w->app, classes[i].name, &options, &own, &w->err));
                bool same = is_equal(&all.table, &own.table);
                if (all.table.rows_n > 0 && same != (classes[i].whose == WHOSE_SAME))
                        fail_msg("%s is %s for whoever has done nothing", classes[i].name, same ? "the same" : "another");
                board_release(&own);
                board_release(&all);
        }
}

static void names_are_short_and_different(void **state)
{
        int n;
        const struct board_class *classes = board_classes(&n);
        (void)state;
        for (int i = 0; i < n; i++) {
                assert_ptr_equal(board_find(classes[i].name), &classes[i]);
                assert_int_equal(strspn(classes[i].name, "abcdefghijklmnopqrstuvwxyz-"),
                                 strlen(classes[i].name));
                assert_true(utf8_width(classes[i].title) <= 24);
                assert_true(utf8_width(classes[i].about) <= 50);
        }
        assert_null(board_find("nada"));
}

/* No record and no form installed: a board says that there is nothing. */
static void on_an_empty_store(void **state)
{
        struct world *w = *state;
        shell("rm -rf '%s' && mkdir '%s'", w->forms, w->forms);
        OK(open_app(w));
        check_all(w, NULL);
}

static void on_the_demo(void **state)
{
        struct world *w = *state;
        struct store_query query = {
                .form = "institucion", .entities = true, .order = ORDER_TITLE, .limit = 1};
        struct store_record *schools;
        char id[ID_TEXT];
        int n;
        fix_clock("2026-10-14T09:30:00.000-05:00");
        assert_int_equal(demo_copy(w, "2026-10-14T09:30:00-05:00"), 0);
        OK(open_app(w));
        OK(store_record_list(app_store(w->app), &query, &w->arena, &schools, &n, &w->err));
        check_all(w, id_format(&schools[0].id, id));
        check_whose(w, id);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, town_new, town_free)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(visits_are_days_with_one_done),
                TEST(who_is_late_by_the_calendar),
                TEST(who_is_late_by_the_plan),
                TEST(who_is_a_teacher),
                TEST(only_visits_of_a_specialist),
                TEST(coverage_by_ugel),
                TEST(coverage_by_school),
                TEST(the_week_we_are_in),
                cmocka_unit_test(names_are_short_and_different),
                cmocka_unit_test_setup_teardown(on_an_empty_store, world_new, world_free),
                cmocka_unit_test_setup_teardown(on_the_demo, world_new, world_free),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
