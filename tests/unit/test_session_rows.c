/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows: repeats in repeats, what reads them, undo of every kind, and walking, on the form `filas`. */
#include "test_session.h"

#include "../../src/fill/session_priv.h"

static struct form *form;

static int open_form(void **state)
{
        (void)state;
        fix_clock("2026-03-15T08:05:30.000-05:00");
        form = form_of("filas");
        return 0;
}

static int close_form(void **state)
{
        (void)state;
        form_free(form);
        return 0;
}

#define TEST(name) static void name(void **state)
#define START (void)state; struct session *s = session_new(form, NULL)

static struct place in_row(const struct session *s, const char *name, int row)
{
        struct place place = {form_find(session_form(s), name), row};
        return place;
}

static const char *typed(const struct session *s, const char *name, int row)
{
        return session_typed(s, in_row(s, name, row));
}

static int add(struct session *s, const char *name, const char *amount)
{
        int row = session_row_add(s, at(s, "participantes"));
        assert_true(row > 0);
        session_answer(s, in_row(s, "persona", row), name);
        session_answer(s, in_row(s, "monto", row), amount);
        return row;
}

static int row_at(const struct session *s, const char *repeat, int i)
{
        int n;
        const int *rows = session_rows(s, at(s, repeat), &n);
        assert_true(i < n);
        return rows[i];
}

static int rows_n(const struct session *s, const char *repeat)
{
        int n;
        session_rows(s, at(s, repeat), &n);
        return n;
}

TEST(rows_and_sums)
{
        START;
        int a = add(s, "Ana", "2,5"), b = add(s, "Bea", "7.5");
        assert_string_equal(typed(s, "total", 0), "10");
        assert_string_equal(typed(s, "cuenta", 0), "2");
        assert_string_equal(typed(s, "parte", a), "0.25");
        assert_string_equal(typed(s, "parte", b), "0.75");
        assert_string_equal(typed(s, "numero", b), "2");
        assert_string_equal(typed(s, "anterior", a), "");
        assert_string_equal(typed(s, "anterior", b), "2.5");
        assert_string_equal(typed(s, "siguiente", a), "7.5");
        assert_string_equal(typed(s, "siguiente", b), "");
        int c = session_row_add(s, at(s, "participantes")); /* seen by the row before it */
        assert_string_equal(typed(s, "siguiente", b), "1");
        session_row_remove(s, c);
        assert_string_equal(typed(s, "siguiente", b), "");
        session_answer(s, in_row(s, "monto", a), "2");
        assert_string_equal(typed(s, "anterior", b), "2");
        assert_string_equal(typed(s, "ultimo", 0), "7.5");
        assert_true(session_row_remove(s, a));
        assert_string_equal(typed(s, "total", 0), "7.5");
        assert_string_equal(typed(s, "numero", b), "1");
        assert_string_equal(typed(s, "parte", b), "1");
        assert_string_equal(typed(s, "anterior", b), "");
        assert_false(session_row_remove(s, a));
        assert_false(session_row_remove(s, 0));
        session_free(s);
}

TEST(defaults_run_in_each_row)
{
        START;
        int a = session_row_add(s, at(s, "participantes"));
        answer(s, "base", "8");
        int b = session_row_add(s, at(s, "participantes"));
        assert_string_equal(typed(s, "monto", a), "1");
        assert_string_equal(typed(s, "monto", b), "8");
        assert_string_equal(typed(s, "total", 0), "9");
        session_free(s);
}

TEST(rows_move)
{
        START;
        struct arena arena = {0};
        int a = add(s, "Ana", "1"), b = add(s, "Bea", "2"), c = add(s, "Cira", "3");
        assert_true(session_row_move(s, c, -1));
        assert_int_equal(row_at(s, "participantes", 1), c);
        assert_int_equal(session_row_position(s, b), 3);
        assert_string_equal(typed(s, "anterior", b), "3");
        assert_string_equal(typed(s, "anterior", c), "1");
        assert_false(session_row_move(s, a, -1));
        assert_false(session_row_move(s, b, +1));
        assert_false(session_row_move(s, b, 2));
        assert_string_equal(session_undo_words(s, &arena), "Participantes: devolver la fila a su lugar");
        session_undo(s);
        assert_int_equal(row_at(s, "participantes", 2), c);
        assert_string_equal(typed(s, "anterior", c), "2");
        session_redo(s);
        assert_int_equal(row_at(s, "participantes", 1), c);
        arena_release(&arena);
        session_free(s);
}

TEST(removed_rows_come_back_whole)
{
        START;
        int a = add(s, "Ana", "6"), b = add(s, "Bea", "2");
        int f = session_row_add(s, in_row(s, "faltas", a));
        session_answer(s, in_row(s, "dias", f), "4");
        assert_string_equal(typed(s, "quien", f), "Ana1.1");
        assert_string_equal(typed(s, "dias_total", 0), "4");
        assert_string_equal(typed(s, "dias_persona", a), "4");
        char *before = session_snapshot(s);
        session_row_remove(s, a);
        assert_string_equal(typed(s, "dias_total", 0), "");
        assert_int_equal(session_status(s, in_row(s, "dias", f)), STATUS_HIDDEN);
        assert_int_equal(session_undo(s).node, at(s, "participantes").node);
        assert_int_equal(row_at(s, "participantes", 0), a);
        assert_string_equal(typed(s, "quien", f), "Ana1.1");
        assert_string_equal(typed(s, "dias_total", 0), "4");
        assert_string_equal(typed(s, "numero", b), "2");
        session_redo(s);
        session_undo(s);
        char *after = session_snapshot(s);
        assert_true(strncmp(before, after, strlen("{\"op\":\"snapshot\"") + 200) == 0);
        free(before);
        free(after);
        session_free(s);
}

TEST(numbers_are_never_used_again)
{
        START;
        int a = add(s, "Ana", "1");
        session_row_remove(s, a);
        int b = add(s, "Bea", "1");
        assert_true(b > a);
        while (session_undo(s).node >= 0)
                ;
        assert_true(add(s, "Cira", "1") > b);
        session_free(s);
}

TEST(relevance_inside_rows)
{
        START;
        int a = add(s, "Ana", "6"), f = session_row_add(s, in_row(s, "faltas", a));
        session_answer(s, in_row(s, "dias", f), "12");
        assert_int_equal(session_status(s, in_row(s, "dias", f)), STATUS_INVALID);
        assert_int_equal(session_counts(s, 0).invalid, 1);
        answer(s, "tope", "15"); /* an outer answer, an inner constraint */
        assert_int_equal(session_status(s, in_row(s, "dias", f)), STATUS_DONE);
        session_answer(s, in_row(s, "monto", a), "1");
        assert_int_equal(session_status(s, in_row(s, "dias", f)), STATUS_HIDDEN);
        assert_string_equal(typed(s, "dias_total", 0), "");
        assert_int_equal(session_row_add(s, in_row(s, "faltas", a)), -1);
        session_answer(s, in_row(s, "monto", a), "6");
        assert_string_equal(typed(s, "dias_total", 0), "12");
        answer(s, "hay", "no");
        assert_string_equal(typed(s, "total", 0), "");
        assert_string_equal(typed(s, "cuenta", 0), "0");
        assert_int_equal(session_status(s, in_row(s, "persona", a)), STATUS_HIDDEN);
        assert_int_equal(session_row_add(s, at(s, "participantes")), -1);
        answer(s, "hay", "si");
        assert_string_equal(typed(s, "total", 0), "6");
        assert_int_equal(session_counts(s, at(s, "participantes").node).questions, 3);
        session_free(s);
}

TEST(a_hidden_repeat_has_no_rows_to_read)
{
        START;
        session_row_add(s, at(s, "participantes"));
        session_row_add(s, at(s, "participantes"));
        assert_string_equal(typed(s, "juntas", 0), "-");
        answer(s, "hay", "no");
        assert_string_equal(typed(s, "juntas", 0), "");
        answer(s, "hay", "si");
        assert_string_equal(typed(s, "juntas", 0), "-");
        session_free(s);
}

TEST(a_required_repeat)
{
        START;
        assert_status(s, "participantes", PLAIN);
        answer(s, "hay", "si");
        assert_status(s, "participantes", MISSING);
        check_message(s, "participantes", "Falta agregar al menos una fila.");
        int a = add(s, "Ana", "1");
        assert_status(s, "participantes", PLAIN);
        session_row_remove(s, a);
        assert_status(s, "participantes", MISSING);
        session_free(s);
}

TEST(repeat_count_adds_and_never_deletes)
{
        START;
        answer(s, "cuantos", "3");
        assert_int_equal(rows_n(s, "contadas"), 3);
        assert_string_equal(typed(s, "dato", row_at(s, "contadas", 2)), "x");
        answer(s, "cuantos", "1");
        assert_int_equal(rows_n(s, "contadas"), 3);
        answer(s, "cuantos", "4");
        assert_int_equal(rows_n(s, "contadas"), 4);
        assert_string_equal(typed(s, "contadas_n", 0), "4");
        session_undo(s); /* the row belongs to the same step */
        assert_int_equal(rows_n(s, "contadas"), 3);
        assert_string_equal(typed(s, "cuantos", 0), "1");
        session_redo(s);
        assert_int_equal(rows_n(s, "contadas"), 4);
        answer(s, "cuantos", "no sé");
        assert_int_equal(rows_n(s, "contadas"), 4);
        session_free(s);
}

TEST(rows_in_rows_are_counted_when_shown)
{
        (void)state;
        struct form *tangled = form_of("enredo");
        struct session *s = session_new(tangled, NULL);
        int n;
        answer(s, "pisos", "2");
        int second = row_at(s, "piso", 1);
        assert_string_equal(typed(s, "aulas", second), "2");
        assert_string_equal(typed(s, "fijada", second), "f2");
        assert_string_equal(typed(s, "rastro", second), ""); /* a default fires no trigger */
        session_rows(s, in_row(s, "aula", second), &n);
        assert_int_equal(n, 0);
        session_answer(s, in_row(s, "lado", second), "n");
        session_rows(s, in_row(s, "aula", second), &n);
        assert_int_equal(n, 2);
        session_answer(s, in_row(s, "aulas", second), "3");
        assert_string_equal(typed(s, "rastro", second), "2 de 2/3/");
        assert_string_equal(typed(s, "fijada", second), "f2");
        session_rows(s, in_row(s, "aula", second), &n);
        assert_int_equal(n, 3);
        session_undo(s);
        session_undo(s);
        session_rows(s, in_row(s, "aula", second), &n);
        assert_int_equal(n, 0);
        session_free(s);
        form_free(tangled);
}

TEST(many_rows_can_be_foreseen_and_are_capped)
{
        START;
        assert_int_equal(session_rows_wanted(s, at(s, "cuantos"), "60"), 60);
        assert_int_equal(rows_n(s, "contadas"), 0);
        assert_int_equal(session_rows_wanted(s, at(s, "cuantos"), "999999"), 10000);
        answer(s, "cuantos", "999999");
        assert_int_equal(rows_n(s, "contadas"), 10000);
        assert_int_equal(session_row_add(s, at(s, "contadas")), -1);
        session_undo(s);
        assert_int_equal(rows_n(s, "contadas"), 0);
        session_free(s);
}

TEST(undo_words)
{
        START;
        struct arena arena = {0};
        assert_null(session_undo_words(s, &arena));
        answer(s, "hay", "si");
        assert_string_equal(session_undo_words(s, &arena), "¿Hay?: Sí → (vacío)");
        answer(s, "cuantos", "1");
        answer(s, "cuantos", "0");
        assert_string_equal(session_undo_words(s, &arena), "Cuántos: 0 → 1");
        int a = add(s, "Ana", "1");
        session_undo(s);
        assert_string_equal(session_undo_words(s, &arena), "Participantes: quitar la fila 1");
        session_redo(s);
        session_row_remove(s, a);
        assert_string_equal(session_undo_words(s, &arena), "Participantes: recuperar la fila 1");
        assert_true(session_redo(s).node < 0);
        arena_release(&arena);
        session_free(s);
}

TEST(undo_is_bounded)
{
        START;
        char text[16];
        for (int i = 0; i < 1100; i++) {
                snprintf(text, sizeof text, "t%d", i);
                answer(s, "tema", text);
        }
        int steps = 0;
        while (session_undo(s).node >= 0)
                steps++;
        assert_int_equal(steps, 1000);
        assert_string_equal(typed(s, "tema", 0), "t99");
        session_free(s);
}

TEST(words_for_a_row)
{
        START;
        struct arena arena = {0};
        int a = add(s, "Ana", "2,5"), b = session_row_add(s, at(s, "participantes"));
        session_answer(s, in_row(s, "monto", b), "");
        assert_string_equal(session_row_words(s, a, &arena), "Ana · 2.5");
        assert_string_equal(session_row_words(s, b, &arena), "Fila 2");
        check_shown(s, "participantes", "2 filas");
        assert_int_equal(session_row_parent(s, a).node, at(s, "participantes").node);
        assert_int_equal(session_row_parent(s, 0).node, -1);
        arena_release(&arena);
        session_free(s);
}

TEST(places_as_text)
{
        START;
        struct arena arena = {0};
        int a = add(s, "Ana", "1");
        assert_string_equal(place_text(s, in_row(s, "persona", a), &arena), "persona@1");
        assert_int_equal(place_parse(s, "persona@1").row, a);
        assert_int_equal(place_parse(s, "persona").node, -1);
        assert_int_equal(place_parse(s, "persona@2").node, -1);
        assert_int_equal(place_parse(s, "tema@1").node, -1);
        assert_int_equal(place_parse(s, "persona@01").node, -1);
        assert_int_equal(place_parse(s, "persona@99999999999999999999").node, -1);
        assert_int_equal(place_parse(s, "@").node, -1);
        assert_int_equal(place_parse(s, "").node, -1);
        arena_release(&arena);
        session_free(s);
}

/* ---- Walking ---- */

static void check_place(struct place place, const struct session *s, const char *name, int row)
{
        assert_int_equal(place.node, form_find(session_form(s), name));
        assert_int_equal(place.row, row);
}

TEST(steps_in_the_order_of_the_form)
{
        START;
        check_place(session_here(s), s, "tema", 0);
        check_place(session_step(s, at(s, "hay"), +1), s, "participantes", 0);
        check_place(session_step(s, at(s, "participantes"), +1), s, "contadas", 0);
        check_place(session_step(s, at(s, "base"), -1), s, "contadas", 0);
        answer(s, "hay", "no");
        check_place(session_step(s, at(s, "hay"), +1), s, "contadas", 0);
        check_place(session_step(s, at(s, "contadas"), -1), s, "hay", 0);
        answer(s, "hay", "");
        assert_int_equal(session_step(s, at(s, "tema"), -1).node, -1);
        assert_int_equal(session_step(s, at(s, "ultimo"), +1).node, -1);
        int a = add(s, "Ana", "6");
        check_place(session_first(s, 0, a), s, "persona", a);
        check_place(session_step(s, in_row(s, "monto", a), +1), s, "faltas", a);
        assert_int_equal(session_step(s, in_row(s, "faltas", a), +1).node, -1);
        check_place(session_step(s, in_row(s, "faltas", a), -1), s, "monto", a);
        session_free(s);
}

TEST(back_along_the_path)
{
        START;
        int a = add(s, "Ana", "6");
        assert_true(session_go(s, at(s, "hay")));
        assert_true(session_go(s, in_row(s, "persona", a)));
        assert_true(session_go(s, in_row(s, "faltas", a)));
        assert_true(session_go(s, at(s, "tope")));
        session_answer(s, in_row(s, "monto", a), "1"); /* hides the group of faltas */
        assert_true(session_back(s));
        check_place(session_here(s), s, "persona", a);
        assert_true(session_back(s));
        check_place(session_here(s), s, "hay", 0);
        assert_true(session_back(s));
        check_place(session_here(s), s, "tema", 0);
        assert_false(session_back(s));
        assert_false(session_go(s, in_row(s, "faltas", a)));
        assert_false(session_go(s, at(s, "total")));
        assert_false(session_go(s, PLACE_NONE));
        session_free(s);
}

TEST(here_is_always_shown)
{
        START;
        int a = add(s, "Ana", "6"), f = session_row_add(s, in_row(s, "faltas", a));
        session_go(s, in_row(s, "dias", f));
        answer(s, "hay", "no");
        check_place(session_here(s), s, "contadas", 0);
        answer(s, "hay", "si");
        check_place(session_here(s), s, "dias", f);
        session_row_remove(s, a);
        check_place(session_here(s), s, "participantes", 0);
        session_undo(s);
        check_place(session_here(s), s, "participantes", 0);
        session_free(s);
}

TEST(next_problem_goes_round)
{
        START;
        assert_int_equal(session_next_problem(s, at(s, "tema")).node, -1);
        int a = add(s, "Ana", "6"), b = add(s, "", "1");
        answer(s, "cuantos", "x");
        struct place place = session_next_problem(s, session_here(s));
        check_place(place, s, "cuantos", 0);
        place = session_next_problem(s, place);
        check_place(place, s, "persona", b);
        check_place(session_next_problem(s, place), s, "cuantos", 0);
        check_place(session_next_problem(s, in_row(s, "persona", a)), s, "persona", b);
        answer(s, "cuantos", "1");
        check_place(session_next_problem(s, place), s, "persona", b); /* the only one */
        check_place(session_next_problem(s, PLACE_NONE), s, "persona", b);
        session_free(s);
}

/* Each row reads the sum of all, so one more makes work in each: always as much, whatever their number. */
TEST(the_work_for_a_row_grows_evenly)
{
        START;
        long work = 0, step = 0;
        for (int i = 1; i <= 500; i++) {
                long before = s->evaluated, last = work;
                session_row_add(s, at(s, "participantes"));
                work = s->evaluated - before;
                if (i == 4)
                        step = work - last;
                else if (i > 4)
                        assert_int_equal(work - last, step);
        }
        assert_in_range(step, 1, 4); /* `parte`, its two neighbours, and one to spare */
        assert_string_equal(typed(s, "total", 0), "500");
        session_free(s);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(rows_and_sums),
                cmocka_unit_test(defaults_run_in_each_row),
                cmocka_unit_test(rows_move),
                cmocka_unit_test(removed_rows_come_back_whole),
                cmocka_unit_test(numbers_are_never_used_again),
                cmocka_unit_test(relevance_inside_rows),
                cmocka_unit_test(a_hidden_repeat_has_no_rows_to_read),
                cmocka_unit_test(a_required_repeat),
                cmocka_unit_test(rows_in_rows_are_counted_when_shown),
                cmocka_unit_test(repeat_count_adds_and_never_deletes),
                cmocka_unit_test(many_rows_can_be_foreseen_and_are_capped),
                cmocka_unit_test(undo_words),
                cmocka_unit_test(undo_is_bounded),
                cmocka_unit_test(words_for_a_row),
                cmocka_unit_test(places_as_text),
                cmocka_unit_test(steps_in_the_order_of_the_form),
                cmocka_unit_test(back_along_the_path),
                cmocka_unit_test(here_is_always_shown),
                cmocka_unit_test(next_problem_goes_round),
                cmocka_unit_test(the_work_for_a_row_grows_evenly),
        };
        return cmocka_run_group_tests(tests, open_form, close_form);
}
