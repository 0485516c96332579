/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boards of what must be met: commitments, alerts, and the numbers of today. */
#include "test_boards.h"

static const char *commit(struct town *t, const char *school, const char *who, const char *text,
                          const char *due, const char *more)
{
        return ADD("compromiso",
                   "{'ugel':'%s','ie':'%s','responsable':'%s','texto':'%s','fecha_compromiso':'2026-10-01','"
                   "fecha_limite':'%s'%s}",
                   strcmp(school, t->beta) == 0 ? "060002" : "060001", school, who, text, due, more);
}

static void annul(struct town *t, const char *record)
{
        struct world *w = t->w;
        struct id id = id_of(record);
        OK(record_annul(w->app, &id, "duplicado", &w->err));
}

static void some_commitments(struct town *t)
{
        commit(t, t->norte, t->rosa, "hoy", "2026-11-26", "");
        commit(t, t->norte, t->rosa, "ayer", "2026-11-25", "");
        commit(t, t->norte, t->luz, "lejos", "2027-01-15", "");
        commit(t, t->sur, t->ivan, "hace mucho", "2025-12-31", "");
        commit(t, t->sur, t->ivan, "pronto", "2026-12-03", "");
        commit(t, t->sur, t->ivan, "cumplido", "2026-11-01", ",'estado':'cumplido'");
        commit(t, t->norte, t->luz, "movido", "2026-11-10",
               ",'estado':'reprogramado','nueva_fecha':'2026-12-20'");
        commit(t, t->beta, t->eva, "de la otra", "2026-11-20", "");
        annul(t, commit(t, t->norte, t->rosa, "anulado", "2026-11-20", ""));
}

/* ---- Commitments ---- */

static void commitments_by_due_date(void **state)
{
        struct town *t = *state;
        some_commitments(t);
        struct board board = make_board(t, "compromisos", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "compromiso"),
                            "hace mucho|de la otra|ayer|hoy|pronto|movido|lejos");
        assert_string_equal(marks_of(t, &board), "!!!~~  ");
        assert_string_equal(cells_of(t, &board, "vence"),
                            "hace 330 días|hace 6 días|ayer|hoy|en 7 días|en 24 días|en 50 días");
        assert_string_equal(cells_of(t, &board, "dias"), "-330|-6|-1|0|7|24|50");
        assert_string_equal(board.summary, "7 compromisos abiertos: 3 vencidos, 2 vencen en 7 días.");
        board_release(&board);
}

static void commitments_say_who_and_where(void **state)
{
        struct town *t = *state;
        const char *id = commit(t, t->norte, t->rosa, "uno", "2026-11-30", "");
        struct board board = make_board(t, "compromisos", (struct board_options){0});
        assert_string_equal(cell_of(&board, 0, "escuela"), "IE Norte");
        assert_string_equal(cell_of(&board, 0, "responsable"), "Quispe, Rosa");
        assert_string_equal(cell_of(&board, 0, "estado"), "Pendiente");
        assert_string_equal(cell_of(&board, 0, "ugel"), "Alfa");
        assert_string_equal(id_text(t->w, &board.rows[0].record), id);
        board_release(&board);
}

static void commitments_of_somebody(void **state)
{
        struct town *t = *state;
        some_commitments(t);
        expect_cells(t, "compromisos", (struct board_options){.argument = t->norte}, "compromiso",
                     "ayer|hoy|movido|lejos");
        expect_cells(t, "compromisos", (struct board_options){.argument = t->luz}, "compromiso",
                     "movido|lejos");
        expect_cells(t, "compromisos", (struct board_options){.ugel = "060002"}, "compromiso", "de la otra");
        expect_cells(t, "compromisos", (struct board_options){.persona = t->ivan}, "compromiso",
                     "hace mucho|pronto");
        expect_cells(t, "compromisos", (struct board_options){.from = "2026-11-25", .to = "2026-12-03"},
                     "compromiso", "ayer|hoy|pronto");
        expect_cells(t, "compromisos", (struct board_options){.argument = t->beta, .ugel = "060001"},
                     "compromiso", "");
}

/* Whoever wrote it follows it up: it is hers too. */
static void commitments_of_their_author(void **state)
{
        struct town *t = *state;
        struct world *w = t->w;
        struct id other = id_of(t->other);
        commit(t, t->norte, t->rosa, "mío", "2026-11-30", "");
        OK(app_profile_adopt(w->app, &other, &w->err));
        commit(t, t->norte, t->rosa, "de Inés", "2026-11-30", "");
        expect_cells(t, "compromisos", (struct board_options){.persona = t->me}, "compromiso", "mío");
        expect_cells(t, "compromisos", (struct board_options){.persona = t->other}, "compromiso", "de Inés");
}

static void commitments_grouped(void **state)
{
        struct town *t = *state;
        some_commitments(t);
        ADD("compromiso", "{'responsable':'%s','texto':'sin escuela','fecha_limite':'2026-12-30'}", t->me);
        struct board board = make_board(t, "compromisos-escuela", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "escuela"), "IE Sur|IE Beta|IE Norte|(sin escuela)");
        assert_string_equal(cells_of(t, &board, "abiertos"), "2|1|4|1");
        assert_string_equal(cells_of(t, &board, "vencidos"), "1|1|1|0");
        assert_string_equal(cells_of(t, &board, "primer_plazo"),
                            "2025-12-31|2026-11-20|2026-11-25|2026-12-30");
        assert_string_equal(board.rows[2].board, "compromisos");
        assert_string_equal(board.rows[2].argument, t->norte);
        assert_null(board.rows[3].board);
        board_release(&board);
        expect_cells(t, "compromisos-persona", (struct board_options){0}, "persona",
                     "Zárate, Iván|Beta, Eva|Quispe, Rosa|Alva, Luz|Ejemplo, Ana");
}

/* ---- Alerts ---- */

static const char *alert(struct town *t, const char *kind, const char *due, const char *more)
{
        return ADD("alerta",
                   "{'ugel':'060001','ie':'%s','rama':'%s','nivel_severidad':'alta','descripcion':'lo que "
                   "pasó, secreto',"
                   "'responsable':'%s','fecha_conocimiento':'2026-11-20','plazo':'%s'%s}",
                   t->norte, kind, t->me, due, more);
}

static void alerts_by_deadline(void **state)
{
        struct town *t = *state;
        alert(t, "operativa", "2026-11-27", "");
        alert(t, "operativa", "2026-11-25", "");
        alert(t, "operativa", "2026-12-30", "");
        alert(t, "operativa", "2026-11-01", ",'estado':'resuelta'");
        struct board board = make_board(t, "alertas", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "plazo"), "2026-11-25|2026-11-27|2026-12-30");
        assert_string_equal(marks_of(t, &board), "!~ ");
        assert_string_equal(cell_of(&board, 0, "tipo"), "Operativa");
        assert_string_equal(board.summary, "3 alertas abiertas: 1 vencidas, 1 vencen hoy o mañana.");
        board_release(&board);
}

static void reserved_alerts_are_only_counted(void **state)
{
        struct town *t = *state;
        alert(t, "operativa", "2026-12-30", "");
        alert(t, "violencia", "2026-11-26", "");
        alert(t, "violencia", "2026-11-27", ",'estado':'cerrada'");
        struct board board = make_board(t, "alertas", (struct board_options){0});
        assert_string_equal(cells_of(t, &board, "tipo"), "Operativa");
        assert_has(board.summary, "Hay además 1 reservada, que no se muestra.");
        board_release(&board);
        board = make_board(t, "alertas", (struct board_options){.sensitive = true});
        assert_string_equal(cells_of(t, &board, "tipo"), "Violencia|Operativa");
        assert_has(board.summary, "Se muestran 1 reservadas.");
        board_release(&board);
}

/* Whatever is asked for, what happened is no cell of any board. */
static void what_happened_is_in_no_board(void **state)
{
        struct town *t = *state;
        int n;
        const struct board_class *classes = board_classes(&n);
        alert(t, "violencia", "2026-11-26", "");
        alert(t, "operativa", "2026-11-26", "");
        for (int i = 0; i < n; i++) {
                if (classes[i].argument == BOARD_REQUIRED && !strstr(classes[i].forms, "institucion"))
                        continue;
                struct board board = make_board(
                        t, classes[i].name,
                        (struct board_options){.argument = classes[i].argument == BOARD_REQUIRED ? t->norte
                                                                                                 : NULL,
                                               .sensitive = true});
                for (int c = 0; c < board.table.rows_n * board.table.columns_n; c++)
                        assert_null(strstr(board.table.cells[c], "secreto"));
                board_release(&board);
        }
}

/* ---- Today ---- */

static void today_in_numbers(void **state)
{
        struct town *t = *state;
        struct world *w = t->w;
        struct today today;
        some_commitments(t);
        alert(t, "violencia", "2026-11-26", "");
        alert(t, "operativa", "2026-11-25", "");
        ADD("plan_visitas", "{'monitor':'%s','ie':'%s','fecha_programada':'2026-11-26'}", t->me, t->norte);
        ADD("plan_visitas", "{'monitor':'%s','ie':'%s','fecha_programada':'2026-11-24'}", t->me, t->norte);
        ADD("plan_visitas",
            "{'monitor':'%s','ie':'%s','fecha_programada':'2026-11-24','estado_visita':'realizada'}", t->me,
            t->norte);
        OK(app_today(w->app, &today, &w->err));
        assert_int_equal(today.visits, 1);
        assert_int_equal(today.visits_late, 1);
        assert_int_equal(today.commitments, 1); /* until Sunday 29 */
        assert_int_equal(today.commitments_late, 3);
        assert_int_equal(today.alerts, 1); /* a reserved one is a number too */
        assert_int_equal(today.alerts_late, 1);
        /* Written by somebody else: hers only if she must do it. */
        struct id other = id_of(t->other), me = id_of(t->me);
        OK(app_profile_adopt(w->app, &other, &w->err));
        commit(t, t->norte, t->me, "me toca", "2026-11-27", "");
        commit(t, t->norte, t->rosa, "no me toca", "2026-11-27", "");
        OK(app_profile_adopt(w->app, &me, &w->err));
        OK(app_today(w->app, &today, &w->err));
        assert_int_equal(today.commitments, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, town_new, town_free)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(commitments_by_due_date),
                TEST(commitments_say_who_and_where),
                TEST(commitments_of_somebody),
                TEST(commitments_of_their_author),
                TEST(commitments_grouped),
                TEST(alerts_by_deadline),
                TEST(reserved_alerts_are_only_counted),
                TEST(what_happened_is_in_no_board),
                TEST(today_in_numbers),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
