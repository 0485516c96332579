/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two visits to one teacher, five months apart, with the keys a person presses
 * (tests/vectors/flows/dos_visitas.txt).  Three agreements of the first are met
 * on the first page of the second: one was kept, one is agreed again, one is
 * left, and is overdue on the board.  And a conduct that obliges to an alert.
 */
#include <stdlib.h>
#include <string.h>

#include "flow.h"

static const char visit_form[] = "simae_docente";
static const char september[] = "SIMAE_TEST_NOW=2026-09-08T09:30:00-05:00";

/* ---- Steps ---- */

static void begin_visit(void)
{
        vt_keys("F2");
        vt_type("monitoreo a doc");
        vt_expect_has("1 de ");
        vt_keys("Enter");
        vt_expect_has("Monitoreo a docente › IE sin indicar");
}

/* From the review. */
static void accept(const char *review)
{
        vt_expect_has(review);
        vt_keys("F2");
        vt_expect_has("¿Concluir la ficha?");
        vt_type("2");
        vt_expect_has("Ficha concluida. Su código es ");
}

static void conclude(const char *review)
{
        vt_keys("F7");
        accept(review);
}

static void agree(struct flow *flow, const char *section)
{
        flow_expect_on(flow, visit_form, "compromisos");
        vt_type("+");
        flow_run(flow, section);
        vt_expect_has("✓ completo");
}

static void first_visit(struct flow *flow, const struct place_of_test *at)
{
        flow_start(at, 24, 80);
        begin_visit();
        flow_run(flow, "primera.institucion");
        flow_run(flow, "primera.visita");
        flow_run(flow, "primera.clase");
        flow_run(flow, "primera.cierre");
        agree(flow, "acuerdo.fichas");
        agree(flow, "acuerdo.registro");
        agree(flow, "acuerdo.huerto");
        flow_run(flow, "primera.fin");
        conclude("Revisar: Monitoreo a docente");
        flow_quit();
}

/* ---- The second visit ---- */

/* All three on the first page, late, with the day they were due. */
static void meet_them(struct flow *flow)
{
        flow_run(flow, "segunda.institucion");
        flow_expect_on(flow, visit_form, "compromisos_abiertos");
        vt_expect_has("Elaborar fichas");
        vt_expect_has("Completar el registro");
        vt_expect_has("Aplicar una actividad");
        vt_expect_has("venció 15/05");
}

/* Moves down the list to the line that has these words. */
static void choose_line(const char *words)
{
        for (int i = 0; i < 6; i++) {
                char *line = strdup(vt_row(vt_cursor().row));
                bool found = strstr(line, words) != NULL;
                free(line);
                if (found)
                        return;
                vt_keys("Down");
        }
        vt_expect_has(words);
        fail_msg("the cursor never came to «%s»:\n%s", words, vt_screen_text());
}

static void one_was_kept(struct flow *flow)
{
        choose_line("Elaborar fichas");
        vt_keys("Enter");
        vt_expect_has("¿Qué pasó con esto?");
        vt_expect_has("Se cumplió");
        vt_type("1");
        flow_run(flow, "cumplido.fila");
        accept("Revisar: Compromiso"); /* the row was all that was asked: Enter on its last question comes here */
        flow_expect_on(flow, visit_form, "compromisos_abiertos");
        vt_expect_lacks("Elaborar fichas");
        vt_expect_has("Completar el registro");
}

/* The level of the first visit stands beside this one's. */
static void compare_levels(void *ctx, const char *question)
{
        (void)ctx;
        if (strcmp(question, "caracteriza") == 0)
                vt_expect_has("La vez anterior: Nivel II");
        if (strcmp(question, "deja_pensar") == 0)
                vt_expect_has("La vez anterior: Nivel I");
}

static void fill_second(struct flow *flow)
{
        vt_keys("Tab");
        flow_watch(flow, compare_levels, NULL);
        flow_run(flow, "segunda.visita");
        flow_run(flow, "segunda.clase");
        flow_run(flow, "segunda.cierre");
        flow_watch(flow, NULL, NULL);
}

static void one_is_agreed_again(struct flow *flow)
{
        flow_expect_on(flow, visit_form, "compromisos");
        vt_expect_has("De visitas anteriores, sin cerrar");
        choose_line("Completar el registro");
        vt_keys("Enter");
        vt_expect_has("¿Qué pasó con esto?");
        vt_expect_has("7. Volver a acordarlo en esta visita");
        vt_type("7");
        flow_run(flow, "otra_vez.acuerdo");
        vt_expect_has("✓ completo");
}

static void second_visit(struct flow *flow, const struct place_of_test *at)
{
        flow_start_with(at, 24, 80, september);
        begin_visit();
        meet_them(flow);
        one_was_kept(flow);
        fill_second(flow);
        one_is_agreed_again(flow);
        flow_run(flow, "segunda.fin");
        conclude("Revisar: Monitoreo a docente");
}

/* ---- Afterwards ---- */

/* Down, until the marked line has the words. */
static void choose_marked(const char *words)
{
        char *wanted;
        assert_true(asprintf(&wanted, "▸ %s", words) > 0);
        for (int i = 0; i < 15 && !vt_has(wanted); i++)
                vt_keys("Down");
        vt_expect_has(wanted);
        free(wanted);
}

/* On the board: what was left is late, what was agreed again is not, and what was kept is gone. */
static void look_at_the_board(void)
{
        flow_go_home(4);
        choose_marked("Tableros");
        vt_keys("Enter");
        choose_marked("Compromisos");
        vt_keys("Enter");
        vt_expect_has("Aplicar una actividad");
        vt_expect_has("Completar el registro");
        vt_expect_has("hace 116 días");
        vt_expect_has("2 compromisos abiertos");
        vt_expect_has("1 vencido");
        vt_expect_lacks("Elaborar fichas");
        flow_go_home(4);
}

/* The answers of the records whose text begins with `words`, by jq. */
static void expect_in_records(const struct place_of_test *at, const char *words, const char *state, const char *test)
{
        int status = flow_shell(NULL,
                                "export SIMAE_HOME='%s'; "
                                "for c in $('%s' registro listar --formulario compromiso --formato ndjson | jq -r .codigo); do "
                                "'%s' registro ver $c --json; done | jq -se '[.[] | .f | "
                                "select((.texto | startswith(\"%s\")) and .estado == \"%s\") | %s] | length == 1 and all' >/dev/null",
                                at->data, vt_simae(), vt_simae(), words, state, test);
        if (status != 0)
                fail_msg("%s %s: %s", words, state, test);
}

static void check_records(const struct place_of_test *at)
{
        expect_in_records(at, "Elaborar", "cumplido", ".seguimientos[0].seg_evidencia == [\"documento\"] and (.seguimientos | length) == 1");
        expect_in_records(at, "Aplicar", "pendiente", ".fecha_limite == \"2026-05-15\"");
        expect_in_records(at, "Completar", "no_cumplido", ".motivo_no_cumplido == \"Se volvió a acordar el 08/09/2026\"");
        expect_in_records(at, "Completar", "pendiente", "(.viene_de | length) > 0 and .fecha_limite == \"2026-10-30\"");
}

static void two_visits_to_one_teacher(void **state)
{
        struct place_of_test *at = *state;
        struct flow *flow = flow_open("dos_visitas");
        flow_seed_directory(at);
        first_visit(flow, at);
        second_visit(flow, at);
        look_at_the_board();
        flow_quit();
        check_records(at);
        flow_free(flow);
}

/* ---- A marked conduct ---- */

static void fill_marked_visit(struct flow *flow)
{
        begin_visit();
        flow_run(flow, "primera.institucion");
        flow_run(flow, "primera.visita");
        flow_run_part(flow, "primera.clase", NULL, "practica_predominante");
        flow_run(flow, "marca.rubricas");
        flow_run(flow, "primera.cierre");
        agree(flow, "acuerdo.fichas");
        flow_run(flow, "primera.fin");
}

/* The review says what is wrong, and so does the attempt. */
static void it_cannot_be_concluded(struct flow *flow)
{
        vt_keys("F7");
        vt_expect_has("conducta marca");
        vt_keys("F2");
        vt_expect_has("Todavía no se puede concluir");
        vt_keys("Esc");
        vt_keys("F5");
        vt_type("exige alerta");
        vt_keys("Enter");
        flow_expect_on(flow, visit_form, "hay_alerta");
        vt_expect_has("Hay una conducta marca en las rúbricas");
}

/* Yes alone is not enough: the alert itself must be there, and whole. */
static void open_the_alert(struct flow *flow)
{
        vt_type("1");
        vt_keys("Enter");
        flow_expect_on(flow, visit_form, "alerta_registro");
        vt_keys("F7 F2");
        vt_expect_has("Todavía no se puede concluir");
        vt_expect_has("Abra la alerta antes de concluir la visita");
        vt_keys("Esc F5");
        vt_type("alerta");
        vt_keys("Enter");
        while (!flow_on(flow_label(flow, visit_form, "alerta_registro")))
                vt_keys("Tab");
        vt_type("+");
        flow_run(flow, "alerta");
        vt_expect_has("✓ completo");
}

static void a_marked_conduct_needs_its_alert(void **state)
{
        struct place_of_test *at = *state;
        struct flow *flow = flow_open("dos_visitas");
        flow_seed_directory(at);
        flow_start(at, 24, 80);
        fill_marked_visit(flow);
        it_cannot_be_concluded(flow);
        open_the_alert(flow);
        conclude("Revisar: Monitoreo a docente");
        flow_go_home(3);
        vt_keys("F4");
        vt_expect_lacks("Se burl");
        flow_quit();
        flow_free(flow);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, flow_place, flow_leave)
        const struct CMUnitTest tests[] = {
                CASE(two_visits_to_one_teacher),
                CASE(a_marked_conduct_needs_its_alert),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
