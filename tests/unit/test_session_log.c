/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log, the snapshot, and answers as JSON in and out. */
#include "test_session.h"

static struct form *rules, *rows;
static struct session_host host;

static int open_forms(void **state)
{
        (void)state;
        fix_clock("2026-03-15T08:05:30.000-05:00");
        random_seed("log");
        rules = form_of("reglas");
        rows = form_of("filas");
        host = host_full();
        return 0;
}

static int close_forms(void **state)
{
        (void)state;
        form_free(rules);
        form_free(rows);
        return 0;
}

/* A file that has been taken in. */
#define ACTA "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865/acta de cierre.pdf"

#define TEST(name) static void name(void **state)

static void check_log(struct session *s, int n, const char *const *expected)
{
        int found;
        const char *const *log = session_log(s, &found);
        for (int i = 0; i < n && i < found; i++)
                assert_string_equal(log[i], expected[i]);
        assert_int_equal(found, n);
        session_log_taken(s);
}

TEST(lines_of_each_kind)
{
        (void)state;
        struct session *s = session_new(rows, NULL);
        const char *const ids[] = {"c1"};
        session_log_taken(s);
        answer(s, "cuantos", "1");
        answer(s, "cuantos", "x1");
        int row = session_row_add(s, at(s, "participantes"));
        session_row_add(s, at(s, "participantes"));
        session_row_move(s, row, 1);
        session_row_remove(s, row);
        session_undo(s);
        session_redo(s);
        session_go(s, at(s, "hay"));
        session_back(s);
        assert_false(session_set_children(s, at(s, "hay"), ids, 1));
        check_log(s, 10, (const char *const[]){
                "{\"op\":\"set\",\"at\":\"cuantos\",\"from\":null,\"to\":1,\"also\":[{\"op\":\"add\","
                "\"at\":\"contadas\","
                "\"row\":1,\"pos\":0,\"with\":{\"dato\":\"x\"}}]}",
                "{\"op\":\"set\",\"at\":\"cuantos\",\"from\":1,\"to\":{\"raw\":\"x1\"}}",
                "{\"op\":\"add\",\"at\":\"participantes\",\"row\":2,\"pos\":0,\"with\":{\"monto\":1},"
                "\"also\":["
                "{\"op\":\"set\",\"at\":\"ultimo\",\"from\":null,\"to\":1}]}",
                "{\"op\":\"add\",\"at\":\"participantes\",\"row\":3,\"pos\":1,\"with\":{\"monto\":1}}",
                "{\"op\":\"move\",\"at\":\"participantes\",\"row\":2,\"step\":1}",
                "{\"op\":\"remove\",\"at\":\"participantes\",\"row\":2,\"pos\":1,\"with\":{\"monto\":1}}",
                "{\"op\":\"undo\"}",
                "{\"op\":\"redo\"}",
                "{\"op\":\"go\",\"at\":\"hay\"}",
                "{\"op\":\"back\"}",
        });
        session_free(s);
}

TEST(a_resumed_session_keeps_what_chance_gave)
{
        (void)state;
        struct session *s = session_new(rules, &host);
        int n;
        const char *const *log = session_log(s, &n);
        fix_clock("2026-04-01T10:00:00.000-05:00");
        struct session *again = session_new(rules, NULL);
        assert_string_not_equal(session_typed(again, at(again, "azar")), session_typed(s, at(s, "azar")));
        for (int i = 0; i < n; i++)
                assert_int_equal(session_replay(again, log[i], NULL), ERR_OK);
        assert_string_equal(session_typed(again, at(again, "azar")), session_typed(s, at(s, "azar")));
        assert_string_equal(session_typed(again, at(again, "inicio_hora")), "15/03/2026 08:05:30");
        assert_string_equal(session_typed(again, at(again, "dia")), "15/03/2026");
        assert_string_equal(session_typed(again, at(again, "equipo")), "laptop-7");
        session_log(again, &n);
        assert_int_equal(n, 0); /* its own beginning is forgotten */
        fix_clock("2026-03-15T08:05:30.000-05:00");
        session_free(s);
        session_free(again);
}

TEST(a_snapshot_carries_undo_place_and_path)
{
        (void)state;
        struct session *s = session_new(rules, &host), *again = session_new(rules, &host);
        answer(s, "edad", "20");
        answer(s, "motivo", "si");
        session_undo(s);
        session_go(s, at(s, "fecha"));
        session_go(s, at(s, "hora"));
        char *snapshot = session_snapshot(s);
        assert_int_equal(session_replay(again, snapshot, NULL), ERR_OK);
        assert_int_equal(session_here(again).node, at(s, "hora").node);
        assert_true(session_back(again));
        assert_int_equal(session_here(again).node, at(s, "fecha").node);
        assert_int_equal(session_redo(again).node, at(s, "motivo").node);
        assert_string_equal(session_typed(again, at(again, "explica")), "por si a los 20");
        session_undo(again);
        session_undo(again);
        assert_string_equal(session_typed(again, at(again, "edad")), "");
        free(snapshot);
        session_free(s);
        session_free(again);
}

TEST(lines_that_do_not_fit)
{
        (void)state;
        struct session *s = session_new(rows, NULL);
        struct err err = {0};
        static const char *const bad[] = {
                "", "hola", "[]", "{}", "{\"op\":3}", "{\"op\":\"volar\"}", "{\"op\":\"set\"}",
                "{\"op\":\"set\",\"at\":\"tema\"}",
                "{\"op\":\"set\",\"at\":\"tema\",\"from\":null,\"to\":[]}",
                "{\"op\":\"set\",\"at\":\"nada\",\"from\":null,\"to\":1}",
                "{\"op\":\"set\",\"at\":\"persona@1\",\"from\":null,\"to\":\"x\"}",
                "{\"op\":\"set\",\"at\":\"total\",\"from\":null,\"to\":1}",
                "{\"op\":\"set\",\"at\":\"participantes\",\"from\":null,\"to\":1}",
                "{\"op\":\"set\",\"at\":\"tema\",\"from\":null,\"to\":{\"day\":\"2026-02-31\"}}",
                "{\"op\":\"set\",\"at\":\"tema\",\"from\":null,\"to\":{\"kept\":{\"kept\":\"a\"}}}",
                "{\"op\":\"set\",\"at\":\"tema\",\"from\":null,\"to\":\"a\",\"also\":[{\"op\":\"set\","
                "\"at\":\"x\"}]}",
                "{\"op\":\"add\",\"at\":\"participantes\",\"row\":0,\"pos\":0,\"with\":{}}",
                "{\"op\":\"add\",\"at\":\"participantes\",\"row\":1,\"pos\":5,\"with\":{}}",
                "{\"op\":\"add\",\"at\":\"participantes\",\"row\":99999999,\"pos\":0,\"with\":{}}",
                "{\"op\":\"add\",\"at\":\"participantes\",\"row\":1,\"pos\":0,\"with\":{\"tema\":\"x\"}}",
                ("{\"op\":\"add\",\"at\":\"participantes\",\"row\":1,\"pos\":0,\"with\":{\"faltas\":["
                 "{\"row\":3,\"with\":{}},{\"row\":3,\"with\":{}}]}}"),
                "{\"op\":\"remove\",\"at\":\"participantes\",\"row\":1}",
                "{\"op\":\"move\",\"at\":\"participantes\",\"row\":1,\"step\":1}",
                "{\"op\":\"go\",\"at\":\"nada\"}", "{\"op\":\"back\"}", "{\"op\":\"undo\"}",
                        "{\"op\":\"redo\"}",
                "{\"op\":\"new\",\"form\":\"otra\",\"version\":\"1\",\"next\":1,\"with\":{}}",
                "{\"op\":\"new\",\"form\":\"filas\",\"version\":\"1\",\"next\":0,\"with\":{}}",
                "{\"op\":\"snapshot\",\"form\":\"filas\",\"next\":1,\"with\":{},\"undo\":[1]}",
        };
        char *before = session_snapshot(s);
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                if (session_replay(s, bad[i], &err) != ERR_INVALID)
                        fail_msg("accepted: %s", bad[i]);
                char *after = session_snapshot(s);
                assert_string_equal(before, after);
                free(after);
        }
        assert_int_equal(session_replay(s, "{\"op\":\"undo\"}", &err), ERR_INVALID);
        assert_string_equal(err.text, "Una línea del borrador no corresponde a la ficha «Filas» (filas).");
        assert_string_equal(session_typed(s, at(s, "tema")), "");
        free(before);
        session_free(s);
}

TEST(a_confirmed_answer_survives)
{
        (void)state;
        struct session *s = session_new(rules, NULL), *again = session_new(rules, NULL);
        answer(s, "nivel", "pri");
        answer(s, "grado", "p1");
        answer(s, "nivel", "sec");
        session_confirm(s, at(s, "grado"));
        char *snapshot = session_snapshot(s);
        session_replay(again, snapshot, NULL);
        assert_status(again, "grado", DONE);
        session_undo(again);
        assert_status(again, "grado", UNAVAILABLE);
        free(snapshot);
        session_free(s);
        session_free(again);
}

/* ---- Answers ---- */

static struct session *filled(void)
{
        struct session *s = session_new(rules, &host);
        const char *const ids[] = {"c1", "c2"};
        static const char *const pairs[][2] = {
                {"ie", "ie1"}, {"nombre", "Ana"}, {"edad", "20"}, {"talla", "1,5"}, {"nota", "14"},
                {"fecha", "1/3/2026"}, {"hora", "8:05"}, {"momento", "1/3/2026 9:30"}, {"conforme", "OK"},
                {"dni", "123"}, {"nivel", "pri"}, {"grado", "p1"}, {"grados", "p2 p1"}, {"orden", "sec ini"},
                {"logro", "2"}, {"bitacora", "08:05 llego"}, {"acta", ACTA}, {"hijos", "dos"},
        };
        json_t *nothing = json_object();
        session_load_record(s, nothing, NULL);
        json_decref(nothing);
        for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
                assert_true(answer(s, pairs[i][0], pairs[i][1]));
        session_set_children(s, at(s, "acuerdos"), ids, 2);
        return s;
}

TEST(answers_are_typed)
{
        (void)state;
        struct session *s = filled();
        json_t *answers = session_answers(s);
        json_object_del(answers, "azar");
        struct str text = STR_INIT;
        json_write(&text, answers);
        assert_string_equal(text.text,
                "{\"ie\":\"ie1\",\"nombre\":\"Ana\",\"edad\":20,\"talla\":1.5,\"nota\":14,"
                "\"fecha\":\"2026-03-01\","
                "\"hora\":\"08:05\",\"momento\":\"2026-03-01T09:30:00.000-05:00\",\"conforme\":\"OK\","
                "\"dni\":\"123\","
                "\"doble\":40,\"cuadruple\":80,\"mayor\":true,\"largo_dni\":3,\"sugerido\":21,\"fijo\":200,"
                "\"nivel\":\"pri\",\"grado\":\"p1\",\"grados\":[\"p1\",\"p2\"],\"orden\":[\"sec\",\"ini\"],"
                "\"logro\":\"2\",\"visita\":5,\"distrito\":\"distrito de ie1\","
                "\"inicio_hora\":\"2026-03-15T08:05:30.000-05:00\",\"hoy\":\"2026-03-15\","
                "\"equipo\":\"laptop-7\","
                "\"autor\":\"ieana\",\"acuerdos\":[\"c1\",\"c2\"],\"bitacora\":\"08:05 llego\","
                "\"acta\":\"" ACTA "\"}");
        json_decref(answers);
        str_release(&text);
        session_free(s);
}

TEST(answers_go_round)
{
        (void)state;
        struct session *s = filled(), *again = session_new(rules, NULL);
        struct err_list mistakes = {0};
        json_t *answers = session_answers(s);
        session_load_record(again, answers, &mistakes);
        assert_int_equal(mistakes.n, 0);
        json_t *back = session_answers(again);
        json_object_del(answers, "distrito"); /* derived: the other session has no directory */
        json_object_del(back, "visita");
        json_object_del(answers, "visita");
        assert_true(json_equal(answers, back));
        assert_true(session_undo(again).node < 0);
        json_decref(answers);
        json_decref(back);
        session_free(s);
        session_free(again);
}

static json_t *json_of(const char *text)
{
        json_t *json;
        struct err err = {0};
        if (json_read(text, strlen(text), "test", &json, &err) != ERR_OK)
                fail_msg("%s", err.text);
        return json;
}

static void load(struct session *s, const char *text, struct err_list *mistakes)
{
        json_t *answers = json_of(text);
        session_load_answers(s, answers, mistakes);
        json_decref(answers);
}

TEST(rows_load)
{
        (void)state;
        struct session *s = session_new(rows, NULL), *again = session_new(rows, NULL);
        struct err_list mistakes = {0};
        answer(s, "cuantos", "2");
        load(s, "{\"tema\":\"T\",\"hay\":\"si\",\"participantes\":[{\"persona\":\"Ana\",\"monto\":6,"
                "\"faltas_grupo\":{\"faltas\":[{\"dias\":2},{\"dias\":3}]}},{\"persona\":\"Bea\"}],"
                "\"contadas\":[{\"dato\":\"a\"}]}", &mistakes);
        assert_int_equal(mistakes.n, 0);
        check_answers(s,
                "{\"tema\":\"T\",\"cuantos\":2,\"hay\":\"si\",\"participantes\":["
                "{\"persona\":\"Ana\",\"monto\":6,\"numero\":1,\"parte\":0.8571428571428571,\"siguiente\":1,"
                "\"faltas\":[{\"dias\":2,\"quien\":\"Ana1.1\"},{\"dias\":3,\"quien\":\"Ana1.2\"}],"
                "\"dias_persona\":5},"
                "{\"persona\":\"Bea\",\"monto\":1,\"numero\":2,\"parte\":0.14285714285714285,"
                "\"anterior\":6}],"
                "\"contadas\":[{\"dato\":\"a\"},{\"dato\":\"x\"}],\"base\":1,\"tope\":9,\"total\":7,"
                "\"cuenta\":2,"
                "\"juntas\":\"Ana-Bea\",\"dias_total\":5,\"contadas_n\":2,\"ultimo\":6}");
        json_t *answers = session_answers(s);
        session_load_answers(again, answers, &mistakes);
        json_t *back = session_answers(again);
        assert_true(json_equal(answers, back));
        assert_int_equal(mistakes.n, 0);
        json_decref(answers);
        json_decref(back);
        session_free(s);
        session_free(again);
}

TEST(a_load_can_be_replayed)
{
        (void)state;
        struct session *s = session_new(rows, NULL), *again = session_new(rows, NULL);
        int n;
        load(s, "{\"tema\":\"T\",\"participantes\":[{\"persona\":\"Ana\",\"monto\":6,"
        "\"faltas\":[{\"dias\":2}]}]}", NULL);
        answer(s, "tema", "U");
        const char *const *log = session_log(s, &n);
        for (int i = 0; i < n; i++)
                assert_int_equal(session_replay(again, log[i], NULL), ERR_OK);
        char *a = session_snapshot(s), *b = session_snapshot(again);
        assert_string_equal(a, b);
        free(a);
        free(b);
        session_free(s);
        session_free(again);
}

/* Of the first row of `piso`. */
static json_t *first_floor(struct session *s)
{
        json_t *answers = session_answers(s);
        json_t *row = json_incref(json_array_get(json_object_get(answers, "piso"), 0));
        json_decref(answers);
        return row;
}

TEST(what_a_row_triggers)
{
        (void)state;
        struct form *tangled = form_of("enredo");
        struct session *s = session_new(tangled, NULL);
        load(s, "{\"pisos\":2,\"piso\":[{\"aulas\":7}]}", NULL);
        json_t *row = first_floor(s);
        assert_non_null(strstr(json_string_value(json_object_get(row, "rastro")), "/7/"));
        json_decref(row);
        session_free(s);
        form_free(tangled);
}

/* `aulas` has a default, and would trigger `rastro`: in a record, a row without them was left so. */
TEST(what_a_record_left_empty)
{
        (void)state;
        struct form *tangled = form_of("enredo");
        struct session *s = session_new(tangled, NULL);
        json_t *kept = json_of("{\"pisos\":2,\"piso\":[{\"aulas\":7},{}]}");
        session_load_record(s, kept, NULL);
        json_t *answers = session_answers(s), *floors = json_object_get(answers, "piso");
        assert_int_equal(json_array_size(floors), 2);
        assert_null(json_object_get(json_array_get(floors, 0), "rastro"));
        assert_null(json_object_get(json_array_get(floors, 1), "aulas"));
        json_decref(answers);
        json_decref(kept);
        session_free(s);
        form_free(tangled);
}

TEST(rows_given_twice)
{
        (void)state;
        struct form *tangled = form_of("enredo");
        struct session *s = session_new(tangled, NULL), *again = session_new(tangled, NULL);
        int n;
        load(s, "{\"pisos\":2,\"piso\":[{\"aulas\":7}],\"alto\":{\"piso\":[{\"aulas\":5},"
        "{\"aulas\":6}]}}", NULL);
        const char *const *log = session_log(s, &n);
        for (int i = 0; i < n; i++)
                assert_int_equal(session_replay(again, log[i], NULL), ERR_OK);
        assert_int_equal(session_row_position(again, 3), 2);
        assert_int_equal(session_row_position(again, 1), 0);
        session_free(s);
        session_free(again);
        form_free(tangled);
}

TEST(mistakes_of_a_load)
{
        (void)state;
        struct session *s = session_new(rules, NULL);
        struct err_list mistakes = {0};
        load(s, "{\"nombre\":5,\"edad\":\"20\",\"hijos\":2.5,\"fecha\":\"1/3/2026\",\"hora\":\"tarde\","
        "\"nada\":1,"
                "\"grados\":\"p1\",\"acuerdos\":[1],\"aviso\":\"x\",\"conforme\":\"ya\",\"datos\":[],"
                "\"talla\":1.7,"
                "\"doble\":7,\"grado\":\"z9\",\"nota\":null}", &mistakes);
        static const char *const expected[] = {
                "nombre: se esperaba un texto",
                "edad: se esperaba un número entero",
                "hijos: se esperaba un número entero de 15 cifras como máximo",
                "fecha: se esperaba una fecha AAAA-MM-DD",
                "hora: se esperaba una hora HH:MM",
                "nada: no hay una pregunta con ese nombre en la ficha",
                "grados: se esperaba una lista, como [\"a\", \"b\"]",
                "acuerdos: se esperaba una lista de identificadores de fichas",
                "aviso: no es una pregunta: no guarda respuesta",
                "conforme: se esperaba \"OK\"",
                "reglas: se esperaba un objeto {pregunta: respuesta}",
        };
        for (int i = 0; i < mistakes.n && i < (int)ARRAY_LEN(expected); i++)
                assert_string_equal(mistakes.items[i].text, expected[i]);
        assert_int_equal(mistakes.n, (int)ARRAY_LEN(expected));
        assert_string_equal(session_typed(s, at(s, "talla")), "1.7"); /* the rest goes in */
        assert_status(s, "grado", UNAVAILABLE);
        check_message(s, "grado", "«z9» ya no disponible: elija otra opción o confírmela.");
        assert_string_equal(session_typed(s, at(s, "doble")), "");
        err_list_release(&mistakes);
        session_free(s);
}

TEST(given_answers_win_over_triggers)
{
        (void)state;
        struct session *s = session_new(rules, NULL);
        load(s, "{\"explica\":\"mío\",\"sugerido\":99,\"edad\":20,\"motivo\":\"si\"}", NULL);
        assert_string_equal(session_typed(s, at(s, "explica")), "mío");
        assert_string_equal(session_typed(s, at(s, "sugerido")), "99");
        assert_string_equal(session_typed(s, at(s, "fijo")), "200"); /* not given: computed */
        answer(s, "edad", "21");
        assert_string_equal(session_typed(s, at(s, "sugerido")), "22");
        session_free(s);
}

TEST(finishing_is_logged)
{
        (void)state;
        struct session *s = session_new(rules, NULL), *again = session_new(rules, NULL);
        int n;
        session_finish(s);
        const char *const *log = session_log(s, &n);
        assert_int_equal(n, 2);
        assert_string_equal(log[1], "{\"op\":\"finish\",\"also\":[{\"op\":\"set\",\"at\":\"fin_hora\","
        "\"from\":null,"
                                    "\"to\":{\"at\":\"2026-03-15T08:05:30.000-05:00\"}}]}");
        for (int i = 0; i < n; i++)
                session_replay(again, log[i], NULL);
        assert_string_equal(session_typed(again, at(again, "fin_hora")), "15/03/2026 08:05:30");
        assert_true(session_undo(again).node < 0);
        session_free(s);
        session_free(again);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(lines_of_each_kind),
                cmocka_unit_test(a_resumed_session_keeps_what_chance_gave),
                cmocka_unit_test(a_snapshot_carries_undo_place_and_path),
                cmocka_unit_test(lines_that_do_not_fit),
                cmocka_unit_test(a_confirmed_answer_survives),
                cmocka_unit_test(answers_are_typed),
                cmocka_unit_test(answers_go_round),
                cmocka_unit_test(rows_load),
                cmocka_unit_test(a_load_can_be_replayed),
                cmocka_unit_test(what_a_row_triggers),
                cmocka_unit_test(what_a_record_left_empty),
                cmocka_unit_test(rows_given_twice),
                cmocka_unit_test(mistakes_of_a_load),
                cmocka_unit_test(given_answers_win_over_triggers),
                cmocka_unit_test(finishing_is_logged),
        };
        return cmocka_run_group_tests(tests, open_forms, close_forms);
}
