/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A visit to a teacher, from an empty laptop to a bundle on a stick, as a
 * person would do it: what is typed (tests/vectors/flows/visita.txt) is what
 * tar, b2sum, zstd and jq find there, and what the program shows afterwards.
 */
#include <stdlib.h>
#include <string.h>

#include "flow.h"

static const char visit_form[] = "simae_docente";

/* ---- Steps ---- */

static void welcome(struct flow *flow)
{
        vt_expect_has("Bienvenida, bienvenido");
        vt_keys("Enter");
        flow_run(flow, "perfil");
        vt_expect_has("Listo, Rojas Díaz, Ana María.");
        flow_expect_home();
}

static void conclude(const char *review)
{
        vt_expect_has(review);
        vt_keys("F2");
        vt_expect_has("¿Concluir la ficha?");
        vt_type("2");
        vt_expect_has("Ficha concluida. Su código es ");
}

static void fill_directory(struct flow *flow)
{
        vt_keys("F5");
        vt_expect_has("[Institución educativa]");
        vt_keys("F2");
        flow_run(flow, "colegio");
        vt_expect_has("Nueva ficha: Persona"); /* the director is not in the directory yet */
        flow_run(flow, "director");
        vt_expect_has("Agregado al directorio.");
        flow_run(flow, "colegio.resto");
        conclude("Revisar: IE › Peñón Añejo");
        vt_keys("F4");
        vt_expect_has("[Persona]");
        vt_keys("^N");
        flow_run(flow, "docente");
        conclude("Revisar: Persona › Quispe Ñahui, Rosa");
        vt_expect_has("Rojas Díaz, Ana María");
        vt_expect_has("Tarrillo Gil, José");
        flow_go_home(1);
}

static void begin_visit(void)
{
        vt_keys("F2");
        vt_expect_has("Nueva ficha: elija cuál");
        vt_type("monitoreo a doc");
        vt_expect_has("1 de ");
        vt_keys("Enter");
        vt_expect_has("Monitoreo a docente › IE sin indicar");
}

/* The word stays whole, and the cursor behind it, in any window. */
static void resize_in_mid_word(struct flow *flow)
{
        static const struct { int rows, cols; } sizes[] = {{15, 60}, {43, 132}, {15, 132}, {43, 60}, {24, 80}};
        flow_expect_on(flow, visit_form, "titulo_sesion");
        vt_type("¿Por qué fl");
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
                int row, col;
                vt_resize(sizes[i].rows, sizes[i].cols);
                flow_expect_on(flow, visit_form, "titulo_sesion");
                vt_expect_has("¿Por qué fl");
                assert_true(vt_find("¿Por qué fl", &row, &col));
                vt_expect_cursor(row, col + 11);
        }
        vt_resize(5, 20);
        vt_expect_has("Agrande la");
        vt_type("zzz"); /* what nobody can see changes nothing */
        vt_resize(24, 80);
        vt_expect_has("¿Por qué fl");
        vt_expect_lacks("zzz");
        vt_type("ota el huevo?");
        vt_keys("Enter");
        vt_expect_has("¿Por qué flota el huevo?");
        json_object_set_new(flow_record(flow, "visita"), "titulo_sesion", json_string("¿Por qué flota el huevo?"));
}

/* A mistake is said, is shown from then on, and never stands in the way, forward or back. */
static void answer_wrongly(struct flow *flow)
{
        static const char message[] = "No pueden asistir más estudiantes";
        flow_expect_on(flow, visit_form, "asistentes");
        vt_type("30");
        vt_keys("Enter");
        flow_expect_on(flow, visit_form, "asistentes");
        vt_expect_has(message);
        vt_keys("Enter");
        flow_expect_on(flow, visit_form, "est_nee");
        vt_expect_has("1 por corregir");
        vt_keys("Backtab");
        flow_expect_on(flow, visit_form, "asistentes");
        vt_expect_has(message);
        vt_keys("Backtab");
        flow_expect_on(flow, visit_form, "matriculados");
        vt_keys("Enter Enter");
        flow_expect_on(flow, visit_form, "est_nee");
        vt_keys("F7 F2");
        vt_expect_has("Todavía no se puede concluir");
        vt_expect_has(message);
        vt_keys("Esc F6"); /* the next that is missing or wrong, round the end */
        vt_keys("F5");
        vt_type("asistentes");
        vt_keys("Enter");
        flow_expect_on(flow, visit_form, "asistentes");
        vt_keys("^U");
}

/* Out to home and out of the program; then it asks, and goes on where it was. */
static void leave_and_come_back(struct flow *flow, const struct place_of_test *at)
{
        flow_expect_on(flow, visit_form, "deja_pensar");
        flow_go_home(3);
        vt_expect_has("Peñón Añejo");
        vt_expect_has("(1)");
        flow_quit();
        flow_start(at, 24, 80);
        vt_expect_has("Quedó una ficha sin concluir");
        vt_expect_has("Ficha de monitoreo a docente");
        vt_expect_has("Peñón Añejo");
        vt_expect_has("hoy a las 09:30");
        vt_keys("Enter");
        flow_expect_on(flow, visit_form, "deja_pensar");
}

/* The same in mid-sentence, with ^Q, and taken up later from «Continuar». */
static void leave_in_mid_sentence(struct flow *flow, const struct place_of_test *at)
{
        flow_expect_on(flow, visit_form, "ef_error_evidencia");
        vt_type("Borra y corr");
        flow_quit();
        flow_start(at, 24, 80);
        vt_expect_has("Quedó una ficha sin concluir");
        vt_keys("Down Enter"); /* later */
        flow_expect_home();
        vt_keys("F3");
        vt_expect_has("Fichas sin concluir");
        vt_keys("Enter");
        flow_expect_on(flow, visit_form, "ef_error_evidencia");
        vt_expect_has("Borra y corr");
        vt_keys("End ^U"); /* the table types it whole */
}

static void fill_visit(struct flow *flow, const struct place_of_test *at)
{
        flow_run(flow, "visita.institucion");
        flow_run(flow, "visita.visita");
        flow_run_part(flow, "visita.aula", NULL, "area_curricular");
        resize_in_mid_word(flow);
        flow_run_part(flow, "visita.aula", "proposito", "matriculados");
        answer_wrongly(flow);
        flow_run_part(flow, "visita.aula", "asistentes", NULL);
        flow_run(flow, "visita.planificacion");
        flow_run(flow, "visita.mediacion");
        flow_run_part(flow, "visita.retos", NULL, "reto_situaciones");
        leave_and_come_back(flow, at);
        flow_run_part(flow, "visita.retos", "deja_pensar", NULL);
        flow_run_part(flow, "visita.evaluacion", NULL, "ef_error");
        leave_in_mid_sentence(flow, at);
        flow_run_part(flow, "visita.evaluacion", "ef_error_evidencia", NULL);
        flow_run(flow, "visita.tecnologia");
        flow_run(flow, "visita.entorno");
        flow_run(flow, "visita.etica");
        flow_run(flow, "visita.rubricas");
        flow_run(flow, "visita.cierre");
        flow_expect_on(flow, visit_form, "compromisos");
        vt_type("+");
        flow_run(flow, "compromiso");
        vt_expect_has("Elaborar fichas diferenciadas");
        vt_expect_has("✓ completo");
        flow_run(flow, "visita.fin");
}

static void export_to(const char *folder)
{
        vt_keys("F6");
        vt_expect_has("¿A qué memoria o carpeta?");
        vt_keys("^U");
        vt_type(folder);
        vt_keys("Enter");
        vt_expect_has("copiado y comprobado");
        flow_go_home(1);
        vt_expect_has("Todo lo concluido está exportado.");
}

static void check_answers(struct flow *flow, json_t *revisions)
{
        static const char *const parts[][2] = {
                {"simae_docente", "visita"}, {"compromiso", "compromiso"}, {"institucion", "colegio"}};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                flow_check_record(revisions, parts[i][0], flow_record(flow, parts[i][1]));
        assert_int_equal(json_array_size(revisions), 6); /* and three people */
}

/* The record as people read it: every answer, from the list of records. */
static void read_again(struct flow *flow, json_t *revisions)
{
        vt_keys("F4");
        vt_type("rosa anejo"); /* neither accents nor the order of the words matter */
        vt_expect_has("1 de 2");
        vt_keys("Enter");
        vt_expect_has("concluido");
        char *read = flow_read_record();
        flow_check_read(flow, visit_form, flow_record(flow, "visita"), revisions, read);
        free(read);
        vt_keys("F3 Enter");
        vt_expect_has("Primera versión");
        flow_go_home(5);
}

/* ---- Journeys ---- */

static void a_visit_from_an_empty_laptop_to_the_bundle(void **state)
{
        struct place_of_test *at = *state;
        struct flow *flow = flow_open("visita");
        flow_start(at, 24, 80);
        welcome(flow);
        fill_directory(flow);
        begin_visit();
        fill_visit(flow, at);
        assert_true(flow_answers(flow) >= 60);
        vt_expect_has("Completo");
        conclude("Revisar: Monitoreo a docente");
        flow_go_home(1); /* from the list of those begun, where it was taken up */
        flow_accept_office(at);
        export_to(at->out);
        json_t *revisions = flow_unpack(at);
        check_answers(flow, revisions);
        read_again(flow, revisions);
        flow_quit();
        flow_start(at, 24, 80);
        flow_expect_home(); /* nothing is left to go on with */
        read_again(flow, revisions);
        flow_quit();
        json_decref(revisions);
        flow_free(flow);
}

static void cursor_is_on_the_open_question(void *ctx, const char *question)
{
        (void)ctx;
        if (!flow_cursor_shown())
                fail_msg("%s: the cursor is not on the screen", question);
        if (!strstr(vt_row(vt_cursor().row), "▌"))
                fail_msg("%s: the cursor is not on the open question", question);
}

/* Every line of the table in one go. */
static void the_same_visit(struct flow *flow)
{
        static const char *const sections[] = {
                "visita.institucion", "visita.visita", "visita.aula", "visita.planificacion", "visita.mediacion",
                "visita.retos", "visita.evaluacion", "visita.tecnologia", "visita.entorno", "visita.etica",
                "visita.rubricas", "visita.cierre"};
        welcome(flow);
        fill_directory(flow);
        begin_visit();
        for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
                flow_run(flow, sections[i]);
        vt_keys("Insert");
        flow_run(flow, "compromiso");
        flow_run(flow, "visita.fin");
        conclude("Revisar: Monitoreo a docente");
}

static void in_a_window(const struct place_of_test *at, int rows, int cols)
{
        struct flow *flow = flow_open("visita");
        flow_watch(flow, cursor_is_on_the_open_question, NULL);
        flow_start(at, rows, cols);
        the_same_visit(flow);
        flow_accept_office(at);
        vt_keys("F6");
        vt_type(at->out);
        vt_keys("Enter");
        json_t *revisions = flow_unpack(at);
        check_answers(flow, revisions);
        flow_go_home(1);
        read_again(flow, revisions);
        json_decref(revisions);
        flow_quit();
        flow_free(flow);
}

static void the_same_visit_in_the_smallest_window(void **state)
{
        in_a_window(*state, 15, 60);
}

static void the_same_visit_in_a_large_window(void **state)
{
        in_a_window(*state, 43, 132);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, flow_place, flow_leave)
        const struct CMUnitTest tests[] = {
                CASE(a_visit_from_an_empty_laptop_to_the_bundle),
                CASE(the_same_visit_in_the_smallest_window),
                CASE(the_same_visit_in_a_large_window),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
