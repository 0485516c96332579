/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A checklist of the 25 practices of a school, filled as a person would: not
 * in its order, with changes of mind, and with what was passed over found at
 * the end.  What is typed (tests/vectors/flows/mgea_practicas.txt) is what
 * tar, b2sum, zstd and jq find in the bundle, and what the program shows
 * afterwards.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow.h"

static const char mgea_form[] = "mgea_checklist";

/* Each principle and how many practices it has. */
static const struct { const char *key; int practices; } principles[] = {
        {"aut", 2}, {"col", 6}, {"inn", 3}, {"cda", 3}, {"exi", 5}, {"mej", 2}, {"ter", 4}};
enum { PRINCIPLES = sizeof principles / sizeof *principles, PRACTICES = 25 };

/* ---- Moving ---- */

/* With «Ir a…», by the words of its label. */
static void go_to(struct flow *flow, const char *question, const char *words)
{
        vt_keys("F5");
        vt_expect_has("Ir a…");
        vt_type(words);
        vt_expect_has("1 de ");
        vt_keys("Enter");
        flow_expect_on(flow, mgea_form, question);
}

/* ---- Steps ---- */

static void begin_checklist(void)
{
        vt_expect_has("Quedó una ficha sin concluir"); /* another one, of yesterday */
        vt_keys("Down Enter");
        flow_expect_home();
        vt_keys("F2");
        vt_type("mgea");
        vt_expect_has("1 de ");
        vt_keys("Enter");
        vt_expect_has("MGEA › IE sin indicar");
}

/* The director is not in the directory yet. */
static void answer_school(struct flow *flow)
{
        flow_run(flow, "mgea.ie");
        vt_expect_has("Nueva ficha: Persona");
        flow_run(flow, "director");
        vt_expect_has("Agregado al directorio.");
        flow_run_part(flow, "mgea.corte", NULL, "fecha_corte");
        vt_type("s");
        vt_keys("Enter");
        flow_expect_on(flow, mgea_form, "fase_actual");
        vt_expect_has("La fase no corresponde al mes");
        flow_run_part(flow, "mgea.corte", "fase_actual", NULL);
}

/* What is marked stays marked in any window. */
static void resize_over_marks(struct flow *flow)
{
        static const struct { int rows, cols; } sizes[] = {{15, 60}, {43, 132}, {43, 60}, {15, 132}, {24, 80}};
        flow_expect_on(flow, mgea_form, "aut_1_evidencia_tipo");
        vt_type("15");
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
                vt_resize(sizes[i].rows, sizes[i].cols);
                flow_expect_on(flow, mgea_form, "aut_1_evidencia_tipo");
                vt_expect_has("[x] 5 Fotografía");
                vt_expect_has("2 marcadas");
                assert_true(flow_cursor_shown());
        }
        vt_type("15"); /* the table marks them */
        vt_expect_has("ninguna marcada");
}

/* A text that is too short is said, lets go back, and is still said when coming forward again. */
static void answer_wrongly(struct flow *flow)
{
        static const char message[] = "Escriba al menos 10 caracteres";
        flow_expect_on(flow, mgea_form, "aut_1_evidencia");
        vt_type("Un acta");
        vt_keys("Enter");
        flow_expect_on(flow, mgea_form, "aut_1_evidencia");
        vt_expect_has(message);
        vt_keys("Backtab");
        flow_expect_on(flow, mgea_form, "aut_1_evidencia_tipo");
        vt_expect_has("1 por corregir");
        vt_keys("Enter");
        flow_expect_on(flow, mgea_form, "aut_1_evidencia");
        vt_expect_has(message);
        vt_keys("^U");
}

/* A practice that stops applying takes its questions with it; undone, they come back with their answers. */
static void undo_and_redo(struct flow *flow)
{
        static const char phase[] = "Fase de la práctica (aut_1)";
        flow_expect_on(flow, mgea_form, "aut_2_estado");
        go_to(flow, "aut_1_estado", "estado de la practica (aut_1");
        vt_expect_has(phase);
        vt_type("4");
        vt_expect_lacks(phase);
        vt_keys("F8");
        vt_expect_has("Deshecho. Estado de la práctica (aut_1)");
        flow_expect_on(flow, mgea_form, "aut_1_estado");
        vt_expect_has(phase);
        vt_keys("^Y");
        vt_expect_has("Rehecho.");
        flow_expect_on(flow, mgea_form, "aut_1_estado");
        vt_expect_lacks(phase);
        vt_keys("F8");
        vt_expect_has(phase);
        go_to(flow, "aut_2_estado", "estado de la practica (aut_2");
}

/* Out of the program in mid-sentence; of two begun it offers this one, with what was typed. */
static void leave_and_come_back(struct flow *flow, const struct place_of_test *at)
{
        flow_expect_on(flow, mgea_form, "cda_2_evidencia");
        vt_type("Taller de las dos do");
        flow_quit();
        flow_start(at, 24, 80);
        vt_expect_has("Quedó una ficha sin concluir");
        vt_expect_has("Modelo de Gestión Escolar Autónoma");
        vt_expect_has("Peñón Añejo");
        vt_keys("Enter");
        flow_expect_on(flow, mgea_form, "cda_2_evidencia");
        vt_expect_has("Taller de las dos do");
        vt_keys("End ^U");
}

/* Over a whole section with «Ir a…», which «Falta» finds at the end, and so does the list of what is missing. */
static void fill_practices(struct flow *flow, const struct place_of_test *at)
{
        flow_run_part(flow, "mgea.aut", NULL, "aut_1_fase");
        resize_over_marks(flow);
        flow_run_part(flow, "mgea.aut", "aut_1_evidencia_tipo", "aut_1_evidencia_tipo");
        answer_wrongly(flow);
        flow_run_part(flow, "mgea.aut", "aut_1_evidencia", "aut_1_observacion");
        undo_and_redo(flow);
        flow_run_part(flow, "mgea.aut", "aut_2_estado", NULL);
        flow_expect_on(flow, mgea_form, "col_1_estado");
        go_to(flow, "inn_1_estado", "estado de la practica (inn_1");
        flow_run(flow, "mgea.inn");
        flow_run_part(flow, "mgea.cda", NULL, "cda_2_evidencia_tipo");
        leave_and_come_back(flow, at);
        flow_run_part(flow, "mgea.cda", "cda_2_evidencia", NULL);
        flow_run(flow, "mgea.exi");
        flow_run(flow, "mgea.mej");
        flow_run(flow, "mgea.ter");
        flow_run(flow, "mgea.cierre");
        flow_expect_on(flow, mgea_form, "compromisos");
        vt_type("+");
        flow_run(flow, "compromiso");
        vt_expect_has("✓ completo");
        flow_run(flow, "mgea.fin");
        vt_expect_has("Faltan 7 respuestas.");
        flow_run(flow, "mgea.col");
        vt_keys("^P");
        vt_expect_has("Lo que falta");
        vt_expect_has("Actores que participan (exi_4)");
        vt_expect_has("Falta 1 respuesta");
        vt_keys("Enter");
        flow_run(flow, "mgea.falta");
}

static void conclude(void)
{
        vt_keys("F7");
        vt_expect_has("Revisar: MGEA");
        vt_expect_has("No falta nada.");
        vt_keys("F2");
        vt_expect_has("¿Concluir la ficha?");
        vt_type("2");
        vt_expect_has("Ficha concluida. Su código es ");
        flow_go_home(1);
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

/* ---- What came out ---- */

static const char *state_of(const json_t *answers, const char *principle, int practice)
{
        char question[32];
        snprintf(question, sizeof question, "%s_%d_estado", principle, practice);
        const char *state = json_string_value(json_object_get(answers, question));
        if (!state)
                fail_msg("%s has no answer", question);
        return state;
}

/* The percentage of a principle, counted anew from its practices; -1 if none of them applies. */
static int percentage(const json_t *answers, const char *principle, int practices)
{
        int reached = 0, apply = 0;
        for (int i = 1; i <= practices; i++) {
                const char *state = state_of(answers, principle, i);
                reached += strcmp(state, "logrado") == 0;
                apply += strcmp(state, "na") != 0;
        }
        return apply ? (200 * reached + apply) / (2 * apply) : -1;
}

/* The table, already found equal to the record, says what the practices add up to. */
static void check_percentages(struct flow *flow, const json_t *answers, const char *read)
{
        int practices = 0;
        for (size_t i = 0; i < PRINCIPLES; i++) {
                char question[32], shown[256];
                int wanted = percentage(answers, principles[i].key, principles[i].practices);
                snprintf(question, sizeof question, "pct_principio_%s", principles[i].key);
                json_t *found = json_object_get(answers, question);
                assert_int_equal(wanted, found ? json_integer_value(found) : -1);
                practices += principles[i].practices;
                if (wanted < 0)
                        continue;
                const char *label = flow_label(flow, mgea_form, question);
                size_t n = 0;
                for (; *label; label++)
                        if (*label != ' ')
                                shown[n++] = *label;
                snprintf(shown + n, sizeof shown - n, ":%d", wanted);
                if (!strstr(read, shown))
                        fail_msg("«%s» is not on the screen of the record: %s", shown, read);
        }
        assert_int_equal(practices, PRACTICES);
}

/* The text of the record, from the list of records; malloc'ed. */
static char *read_again(struct flow *flow, json_t *revisions)
{
        vt_keys("F4");
        vt_type("mgea penon"); /* neither accents nor the order of the words matter */
        vt_expect_has("1 de 3"); /* the others are the commitment and an earlier visit */
        vt_keys("Enter");
        vt_expect_has("concluido");
        char *read = flow_read_record();
        flow_check_read(flow, mgea_form, flow_record(flow, "mgea"), revisions, read);
        flow_go_home(3);
        return read;
}

static void a_checklist_of_25_practices(void **state)
{
        struct place_of_test *at = *state;
        struct flow *flow = flow_open("mgea_practicas");
        flow_seed(at);
        flow_start(at, 24, 80);
        begin_checklist();
        answer_school(flow);
        fill_practices(flow, at);
        conclude();
        flow_accept_office(at);
        export_to(at->out);
        json_t *revisions = flow_unpack(at), *answers = flow_record(flow, "mgea");
        flow_check_record(revisions, mgea_form, answers);
        flow_check_record(revisions, "compromiso", flow_record(flow, "compromiso"));
        char *before = read_again(flow, revisions);
        check_percentages(flow, answers, before);
        flow_quit();
        flow_start(at, 24, 80);
        vt_keys("Down Enter"); /* the one of yesterday can wait */
        char *after = read_again(flow, revisions);
        assert_string_equal(before, after);
        flow_quit();
        free(before);
        free(after);
        json_decref(revisions);
        flow_free(flow);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_checklist_of_25_practices, flow_place, flow_leave),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
