/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of the form language, one test each, on the form `reglas`. */
#include "test_session.h"

static struct form *form;
static struct session_host host;

static struct session *fresh(void)
{
        return session_new(form, &host);
}

static int open_form(void **state)
{
        (void)state;
        fix_clock("2026-03-15T08:05:30.000-05:00");
        random_seed("reglas");
        form = form_of("reglas");
        host = host_full();
        return 0;
}

static int close_form(void **state)
{
        (void)state;
        form_free(form);
        return 0;
}

#define TEST(name) static void name(void **state)
#define START (void)state; struct session *s = fresh()

/* ---- Creation ---- */

TEST(defaults_and_metadata)
{
        START;
        assert_string_equal(session_typed(s, at(s, "dia")), "15/03/2026");
        assert_string_equal(session_typed(s, at(s, "siguiente")), "4");
        assert_string_equal(session_typed(s, at(s, "inicio_hora")), "15/03/2026 08:05:30");
        assert_string_equal(session_typed(s, at(s, "hoy")), "15/03/2026");
        assert_string_equal(session_typed(s, at(s, "equipo")), "laptop-7");
        check_shown(s, "autor", "IE n.º ana");
        assert_string_equal(session_typed(s, at(s, "fin_hora")), "");
        answer(s, "base", "10");
        assert_string_equal(session_typed(s, at(s, "siguiente")), "4"); /* a default runs once */
        session_free(s);
}

TEST(no_host_at_all)
{
        (void)state;
        struct session *s = session_new(form, NULL);
        answer(s, "ie", "ie1");
        check_shown(s, "ie", "ie1");
        check_shown(s, "distrito", "");
        assert_string_equal(session_typed(s, at(s, "autor")), "");
        session_free(s);
        session_free(NULL);
}

/* ---- Typing ---- */

static void check_typed(struct session *s, const char *where, const char *typed, const char *back,
                        enum answer_status expected)
{
        answer(s, where, "");
        answer(s, where, typed);
        assert_string_equal(session_typed(s, at(s, where)), back);
        assert_int_equal(status(s, where), expected);
}

TEST(integers)
{
        START;
        check_typed(s, "hijos", " 012 ", "12", STATUS_DONE);
        check_typed(s, "hijos", "-3", "-3", STATUS_DONE);
        check_typed(s, "hijos", "3.0", "3.0", STATUS_INVALID);
        check_typed(s, "hijos", "1,000", "1,000", STATUS_INVALID);
        check_typed(s, "hijos", "doce", "doce", STATUS_INVALID);
        check_message(s, "hijos", "No es un número entero: escriba solo cifras.");
        assert_int_equal(session_value(s, at(s, "hijos")).kind, VALUE_EMPTY);
        check_typed(s, "siguiente", "123456789012345", "123456789012345", STATUS_DONE);
        check_typed(s, "siguiente", "1234567890123456", "1234567890123456", STATUS_INVALID);
        check_message(s, "siguiente", "El número es demasiado largo: escriba 15 cifras como máximo.");
        session_free(s);
}

TEST(decimals)
{
        START;
        check_typed(s, "talla", "1,75", "1.75", STATUS_DONE);
        check_typed(s, "talla", "1.75", "1.75", STATUS_DONE);
        check_typed(s, "talla", ",5", "0.5", STATUS_DONE);
        check_typed(s, "talla", "1.000,5", "1.000,5", STATUS_INVALID);
        check_typed(s, "talla", "1e3", "1e3", STATUS_INVALID);
        check_typed(s, "talla", "1 5", "1 5", STATUS_INVALID);
        check_typed(s, "talla", "2.5", "2.5", STATUS_WARNING);
        check_message(s, "talla", "Muy alta.");
        session_free(s);
}

TEST(ranges)
{
        START;
        check_typed(s, "nota", "14.5", "14.5", STATUS_DONE);
        check_typed(s, "nota", "14.3", "14.3", STATUS_INVALID);
        check_typed(s, "nota", "20.5", "20.5", STATUS_INVALID);
        check_message(s, "nota", "Escriba un número de 0 a 20, de 0.5 en 0.5.");
        check_typed(s, "nota", "0", "0", STATUS_DONE);
        session_free(s);
}

TEST(dates_and_times)
{
        START;
        check_typed(s, "fecha", "1/3/26", "01/03/2026", STATUS_DONE);
        check_typed(s, "fecha", "2026-03-16", "16/03/2026", STATUS_INVALID);
        check_message(s, "fecha", "El valor no cumple la condición de la ficha.");
        check_typed(s, "fecha", "31/02/2026", "31/02/2026", STATUS_INVALID);
        check_message(s, "fecha", "No es una fecha: escriba día/mes/año, por ejemplo 15/03/2026.");
        check_typed(s, "hora", "805", "08:05", STATUS_DONE);
        check_typed(s, "hora", "25:00", "25:00", STATUS_INVALID);
        check_typed(s, "momento", "01/03/2026 8:05", "01/03/2026 08:05", STATUS_DONE);
        check_typed(s, "momento", "mañana", "mañana", STATUS_INVALID);
        assert_int_equal(session_value(s, at(s, "hora")).kind, VALUE_EMPTY);
        session_free(s);
}

TEST(choices_typed)
{
        START;
        check_typed(s, "nivel", "pri", "pri", STATUS_DONE);
        check_typed(s, "nivel", "Primaria", "Primaria", STATUS_INVALID);
        check_message(s, "nivel", "No es una de las opciones: elija una de la lista.");
        check_typed(s, "nivel", "pri", "pri", STATUS_DONE);
        check_typed(s, "grados", "p2  p1 p2", "p1 p2", STATUS_DONE);
        check_typed(s, "grados", "p1 zz", "p1 zz", STATUS_INVALID);
        check_typed(s, "orden", "sec ini", "sec ini", STATUS_DONE);
        check_typed(s, "conforme", "ok", "OK", STATUS_DONE);
        check_typed(s, "conforme", "ya", "ya", STATUS_INVALID);
        session_free(s);
}

TEST(malformed_bytes_become_text)
{
        START;
        assert_true(answer(s, "nombre", "a\xff" "b"));
        assert_string_equal(session_typed(s, at(s, "nombre")), "a\xef\xbf\xbd" "b");
        char *snapshot = session_snapshot(s);
        assert_non_null(strstr(snapshot, "a\xef\xbf\xbd" "b"));
        free(snapshot);
        session_free(s);
}

TEST(an_unchanged_answer_is_no_change)
{
        START;
        assert_true(answer(s, "edad", "20"));
        session_log_taken(s);
        assert_false(answer(s, "edad", "20"));
        assert_false(answer(s, "edad", " 20"));
        assert_false(session_answer(s, PLACE_NONE, "x"));
        assert_false(session_answer(s, (struct place){at(s, "edad").node, 7}, "x"));
        assert_false(answer(s, "doble", "5")); /* nobody answers a calculation */
        int n;
        session_log(s, &n);
        assert_int_equal(n, 0);
        session_free(s);
}

/* ---- Relevance ---- */

TEST(relevance_hides_and_keeps)
{
        START;
        assert_status(s, "dni", HIDDEN);
        assert_false(answer(s, "dni", "x"));
        answer(s, "edad", "20");
        assert_status(s, "dni", MISSING);
        assert_true(answer(s, "dni", "12345678"));
        assert_string_equal(session_typed(s, at(s, "largo_dni")), "8");
        answer(s, "edad", "10");
        assert_status(s, "dni", HIDDEN);
        assert_int_equal(session_value(s, at(s, "dni")).kind, VALUE_EMPTY);
        assert_string_equal(session_typed(s, at(s, "dni")), "12345678");
        assert_string_equal(session_typed(s, at(s, "largo_dni")), "0");
        answer(s, "edad", "30");
        assert_status(s, "dni", DONE);
        assert_string_equal(session_typed(s, at(s, "largo_dni")), "8");
        session_free(s);
}

TEST(relevance_of_groups_in_groups)
{
        START;
        answer(s, "edad", "20");
        answer(s, "estado", "si");
        assert_status(s, "conyuge", EMPTY);
        answer(s, "edad", "21");
        assert_status(s, "conyuge", MISSING);
        answer(s, "edad", "");
        assert_status(s, "conyuge", HIDDEN);
        assert_status(s, "casados", HIDDEN);
        assert_false(session_is_relevant(s, at(s, "conyuge")));
        answer(s, "edad", "40");
        assert_status(s, "conyuge", MISSING);
        answer(s, "estado", "no");
        assert_status(s, "conyuge", HIDDEN);
        session_free(s);
}

/* ---- Validity ---- */

TEST(constraint_and_required)
{
        START;
        assert_status(s, "edad", EMPTY); /* no constraint on an empty answer */
        answer(s, "edad", "130");
        assert_status(s, "edad", INVALID);
        check_message(s, "edad", "De 0 a 119.");
        assert_status(s, "nombre", MISSING);
        check_message(s, "nombre", "Escriba el nombre.");
        answer(s, "nombre", "  \n ");
        assert_status(s, "nombre", MISSING); /* blanks are no answer */
        assert_true(session_is_required(s, at(s, "nombre")));
        check_message(s, "ie", "Falta responder.");
        session_free(s);
}

TEST(evidence_warns)
{
        START;
        answer(s, "logro", "2");
        struct place evidence = session_step(s, at(s, "logro"), +1);
        bool shown = session_form(s)->nodes[evidence.node].flags & NODE_EVIDENCE;
        assert_false(shown);
        answer(s, "logro", "4");
        evidence = session_step(s, at(s, "logro"), +1);
        assert_true(session_form(s)->nodes[evidence.node].flags & NODE_EVIDENCE);
        assert_int_equal(session_status(s, evidence), STATUS_WARNING);
        struct arena arena = {0};
        assert_string_equal(session_message(s, evidence, &arena), "Falta anotar la evidencia.");
        struct session_counts counts = session_counts(s, 0);
        assert_int_equal(counts.warnings, 1);
        session_answer(s, evidence, "Vi el acta.");
        assert_int_equal(session_status(s, evidence), STATUS_DONE);
        arena_release(&arena);
        session_free(s);
}

TEST(choices_that_drop_out)
{
        START;
        struct arena arena = {0};
        int n;
        answer(s, "nivel", "pri");
        session_choices(s, at(s, "grado"), &arena, &n);
        assert_int_equal(n, 2);
        answer(s, "grado", "p1");
        answer(s, "grados", "p1 p2");
        answer(s, "nivel", "sec");
        assert_status(s, "grado", UNAVAILABLE);
        assert_status(s, "grados", UNAVAILABLE);
        assert_string_equal(session_typed(s, at(s, "grado")), "p1");
        check_message(s, "grado", "«1.º» ya no disponible: elija otra opción o confírmela.");
        assert_int_equal(session_counts(s, 0).unavailable, 2);
        session_confirm(s, at(s, "grado"));
        assert_status(s, "grado", DONE);
        answer(s, "nivel", "ini");
        assert_status(s, "grado", DONE);
        answer(s, "grado", "p2"); /* a new answer is confirmed anew */
        assert_status(s, "grado", UNAVAILABLE);
        answer(s, "grado", "");
        assert_status(s, "grado", EMPTY);
        arena_release(&arena);
        session_free(s);
}

/* ---- Calculations ---- */

TEST(calculations_follow)
{
        START;
        answer(s, "edad", "20");
        assert_string_equal(session_typed(s, at(s, "cuadruple")), "80");
        assert_int_equal(session_value(s, at(s, "mayor")).kind, VALUE_BOOLEAN);
        check_shown(s, "mayor", "Sí");
        assert_status(s, "mayor", PLAIN);
        answer(s, "edad", "");
        assert_string_equal(session_typed(s, at(s, "cuadruple")), "");
        check_shown(s, "mayor", "No");
        session_free(s);
}

TEST(calculation_on_a_question)
{
        START;
        answer(s, "edad", "20");
        assert_string_equal(session_typed(s, at(s, "sugerido")), "21");
        answer(s, "sugerido", "50");
        answer(s, "nombre", "Ana"); /* not what it depends on */
        assert_string_equal(session_typed(s, at(s, "sugerido")), "50");
        answer(s, "edad", "30");
        assert_string_equal(session_typed(s, at(s, "sugerido")), "31");
        session_undo(s);
        assert_string_equal(session_typed(s, at(s, "sugerido")), "50");
        session_free(s);
}

TEST(trigger_runs_only_on_its_question)
{
        START;
        answer(s, "edad", "20");
        assert_string_equal(session_typed(s, at(s, "explica")), "");
        answer(s, "motivo", "si");
        assert_string_equal(session_typed(s, at(s, "explica")), "por si a los 20");
        answer(s, "edad", "21");
        assert_string_equal(session_typed(s, at(s, "explica")), "por si a los 20");
        answer(s, "explica", "a mi manera");
        answer(s, "motivo", "no");
        assert_string_equal(session_typed(s, at(s, "explica")), "por no a los 21");
        session_undo(s);
        assert_string_equal(session_typed(s, at(s, "explica")), "a mi manera");
        session_redo(s);
        assert_string_equal(session_typed(s, at(s, "explica")), "por no a los 21");
        session_free(s);
}

TEST(read_only_binds_people_only)
{
        START;
        answer(s, "edad", "20");
        assert_string_equal(session_typed(s, at(s, "fijo")), "200");
        assert_true(session_is_read_only(s, at(s, "fijo")));
        assert_false(answer(s, "fijo", "5"));
        assert_true(answer(s, "dentro", "x"));
        answer(s, "motivo", "no");
        assert_false(answer(s, "dentro", "y"));
        session_free(s);
}

TEST(once_and_chance_stay)
{
        START;
        char *azar = xstrdup(session_typed(s, at(s, "azar")));
        answer(s, "edad", "5");
        session_finish(s);
        assert_string_equal(session_typed(s, at(s, "azar")), azar);
        assert_string_equal(session_typed(s, at(s, "fin_hora")), "15/03/2026 08:05:30");
        free(azar);
        session_free(s);
}

TEST(the_directory_and_the_past)
{
        START;
        assert_string_equal(session_typed(s, at(s, "visita")), "1");
        answer(s, "ie", "ie1");
        assert_string_equal(session_typed(s, at(s, "visita")), "5");
        assert_string_equal(session_typed(s, at(s, "distrito")), "distrito de ie1");
        answer(s, "ie", "ie2");
        assert_string_equal(session_typed(s, at(s, "visita")), "1");
        assert_string_equal(session_typed(s, at(s, "distrito")), "");
        session_free(s);
}

/* ---- Texts ---- */

TEST(texts_for_people)
{
        START;
        struct arena arena = {0};
        answer(s, "nombre", "Ana");
        answer(s, "ie", "ie1");
        answer(s, "fecha", "1/3/2026");
        answer(s, "nivel", "pri");
        answer(s, "grados", "p1 p2");
        answer(s, "conforme", "OK");
        answer(s, "bitacora", "08:05 uno\n08:10 dos");
        assert_string_equal(session_label(s, at(s, "hijos"), &arena), "Hijos de Ana");
        assert_string_equal(session_label(s, at(s, "aviso"), &arena), "Hola Ana, el 01/03/2026");
        assert_string_equal(session_title(s, &arena), "Ana · IE n.º 1");
        assert_string_equal(session_hint(s, at(s, "hijos"), &arena), "");
        check_shown(s, "ie", "IE n.º 1");
        check_shown(s, "grados", "1.º, 2.º");
        check_shown(s, "conforme", "Sí");
        check_shown(s, "bitacora", "08:05 uno 08:10 dos");
        check_shown(s, "fecha", "01/03/2026");
        arena_release(&arena);
        session_free(s);
}

TEST(lists_and_the_directory_in_texts)
{
        (void)state;
        static const char text[] =
                "form: t\nversion: \"1\"\ntitle: T\nkind: record\n"
                "instance_name: concat(${ie}, ', ', attribute(${ie}, 'ugel'), ' ', jr:choice-name(${z}, '${z}'))\n"
                "choices:\n  zona:\n    - {name: \"n\", label: Norte, km: \"7\"}\n"
                "survey:\n"
                "  - {type: reference, name: ie, to: institucion, label: IE}\n"
                "  - {type: select_one zona, name: z, label: Z}\n"
                "  - {type: calculate, name: km, calculation: \"instance-lookup('zona', 'km', 'name', ${z})\"}\n"
                "  - {type: note, name: n, label: \"A ${km} km, ${z}, ${ok}\"}\n"
                "  - {type: calculate, name: ok, calculation: \"${km} > 5\"}\n"
                "  - {type: date, name: d, label: D, default: now()}\n"
                "  - {type: time, name: h, label: H, default: now()}\n"
                "  - {type: decimal, name: inf, label: I, calculation: \"1 div 0\"}\n";
        struct form *small = form_of_text(text, "t");
        struct session *s = session_new(small, &host);
        struct arena arena = {0};
        answer(s, "ie", "ie1");
        answer(s, "z", "n");
        assert_string_equal(session_title(s, &arena), "IE n.º 1, ugel de ie1 Norte");
        assert_string_equal(session_label(s, at(s, "n"), &arena), "A 7 km, Norte, Sí");
        assert_string_equal(session_typed(s, at(s, "d")), "15/03/2026");
        assert_string_equal(session_typed(s, at(s, "h")), "08:05:30");
        assert_string_equal(session_typed(s, at(s, "inf")), "Infinity");
        char *snapshot = session_snapshot(s);
        struct session *again = session_new(small, &host);
        assert_int_equal(session_replay(again, snapshot, NULL), ERR_OK);
        assert_string_equal(session_typed(again, at(again, "inf")), "Infinity");
        json_t *answers = session_answers(s);
        assert_null(json_object_get(answers, "inf"));
        json_decref(answers);
        free(snapshot);
        arena_release(&arena);
        session_free(again);
        session_free(s);
        form_free(small);
}

TEST(children)
{
        START;
        const char *const two[] = {"ie8", "ie9"};
        int n;
        answer(s, "motivo", "si");
        assert_status(s, "acuerdos", MISSING);
        assert_true(session_set_children(s, at(s, "acuerdos"), two, 2));
        assert_false(session_set_children(s, at(s, "acuerdos"), two, 2));
        assert_false(session_set_children(s, at(s, "nombre"), two, 2));
        assert_status(s, "acuerdos", DONE);
        assert_string_equal(session_children(s, at(s, "acuerdos"), &n)[1], "ie9");
        check_shown(s, "acuerdos", "IE n.º 8, IE n.º 9");
        answer(s, "nombre", "Ana");
        json_t *first = session_child_answers(s, at(s, "acuerdos"));
        assert_int_equal(json_object_size(first), 1); /* the age is not known */
        assert_string_equal(json_string_value(json_object_get(first, "responsable")), "Ana");
        json_decref(first);
        session_undo(s);
        session_undo(s);
        session_children(s, at(s, "acuerdos"), &n);
        assert_int_equal(n, 0);
        session_redo(s);
        session_children(s, at(s, "acuerdos"), &n);
        assert_int_equal(n, 2);
        session_free(s);
}

TEST(counts_by_section)
{
        START;
        struct session_counts all = session_counts(s, 0), data = session_counts(s, at(s, "datos").node);
        assert_int_equal(data.questions, 10);
        assert_int_equal(data.missing, 2);
        assert_int_equal(session_counts(s, at(s, "adultos").node).questions, 0);
        answer(s, "edad", "20");
        assert_int_equal(session_counts(s, at(s, "adultos").node).questions, 2);
        assert_int_equal(session_counts(s, at(s, "adultos").node).missing, 1);
        assert_int_equal(session_counts(s, 0).missing, all.missing + 1);
        answer(s, "edad", "200");
        assert_int_equal(session_counts(s, at(s, "datos").node).invalid, 1);
        assert_int_equal(session_counts(s, at(s, "datos").node).answered, 1);
        session_free(s);
}

TEST(problems_in_order)
{
        START;
        struct arena arena = {0};
        int n;
        answer(s, "talla", "3");
        const struct session_problem *problems = session_problems(s, true, &arena, &n);
        assert_int_equal(n, 3);
        assert_int_equal(problems[0].place.node, at(s, "ie").node);
        assert_int_equal(problems[1].place.node, at(s, "nombre").node);
        assert_string_equal(problems[1].text, "Escriba el nombre.");
        assert_int_equal(problems[2].status, STATUS_WARNING);
        session_problems(s, false, &arena, &n);
        assert_int_equal(n, 2);
        fix_clock("2026-03-20T08:00:00.000-05:00");
        answer(s, "fecha", "20/03/2026");
        fix_clock("2026-03-15T08:05:30.000-05:00");
        assert_status(s, "fecha", DONE);
        session_problems(s, false, &arena, &n); /* looks at the clock again */
        assert_status(s, "fecha", INVALID);
        arena_release(&arena);
        session_free(s);
}

TEST(version_grows)
{
        START;
        unsigned before = session_version(s);
        answer(s, "edad", "20");
        assert_true(session_version(s) > before);
        before = session_version(s);
        assert_int_equal(session_rows_wanted(s, at(s, "edad"), "5"), 0);
        assert_false(answer(s, "edad", "20"));
        assert_int_equal(session_version(s), before);
        session_free(s);
}

static void a_calculation_can_warn_and_forbid(void **state)
{
        static const char text[] =
                "form: f\nversion: \"1\"\ntitle: T\ninstance_name: \"'x'\"\nsurvey:\n"
                "  - {type: integer, name: a, label: A}\n"
                "  - {type: calculate, name: doble, label: Doble, calculation: '${a} * 2', warning: '. < 10',\n"
                "     warning_message: Es mucho, constraint: '. < 100', constraint_message: Es demasiado}\n";
        struct form *own = form_of_text(text, "calculo");
        struct session *s = session_new(own, NULL);
        struct place a = {form_find(own, "a"), 0}, twice = {form_find(own, "doble"), 0};
        struct arena arena = {0};
        int n;
        (void)state;
        assert_int_equal(session_status(s, twice), STATUS_PLAIN);
        session_answer(s, a, "3");
        assert_int_equal(session_status(s, twice), STATUS_PLAIN);
        session_answer(s, a, "6");
        assert_int_equal(session_status(s, twice), STATUS_WARNING);
        assert_string_equal(session_message(s, twice, &arena), "Es mucho");
        session_answer(s, a, "60");
        assert_int_equal(session_status(s, twice), STATUS_INVALID);
        session_problems(s, false, &arena, &n);
        assert_int_equal(n, 1);
        assert_int_equal(session_counts(s, 0).questions, 1);
        arena_release(&arena);
        session_free(s);
        form_free(own);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(defaults_and_metadata),
                cmocka_unit_test(no_host_at_all),
                cmocka_unit_test(integers),
                cmocka_unit_test(decimals),
                cmocka_unit_test(ranges),
                cmocka_unit_test(dates_and_times),
                cmocka_unit_test(choices_typed),
                cmocka_unit_test(malformed_bytes_become_text),
                cmocka_unit_test(an_unchanged_answer_is_no_change),
                cmocka_unit_test(relevance_hides_and_keeps),
                cmocka_unit_test(relevance_of_groups_in_groups),
                cmocka_unit_test(constraint_and_required),
                cmocka_unit_test(evidence_warns),
                cmocka_unit_test(choices_that_drop_out),
                cmocka_unit_test(calculations_follow),
                cmocka_unit_test(calculation_on_a_question),
                cmocka_unit_test(trigger_runs_only_on_its_question),
                cmocka_unit_test(read_only_binds_people_only),
                cmocka_unit_test(once_and_chance_stay),
                cmocka_unit_test(the_directory_and_the_past),
                cmocka_unit_test(texts_for_people),
                cmocka_unit_test(lists_and_the_directory_in_texts),
                cmocka_unit_test(children),
                cmocka_unit_test(counts_by_section),
                cmocka_unit_test(problems_in_order),
                cmocka_unit_test(version_grows),
                cmocka_unit_test(a_calculation_can_warn_and_forbid),
        };
        return cmocka_run_group_tests(tests, open_form, close_form);
}
