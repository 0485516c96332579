/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A session of a learning community, from a laptop with a directory to the
 * bundle on a stick: a list of twelve people typed by the beginning of their
 * names, corrected and put in order, and an agreement that is a record of its
 * own.  What is typed (tests/vectors/flows/cap_sesion.txt) is what tar, b2sum,
 * zstd and jq find there, and what the program shows afterwards.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/clock.h"
#include "flow.h"

static const char cap_form[] = "cap_sesion";
enum { PEOPLE = 12 };

/* ---- The directory (tests/vectors/flows/cap_directorio.txt) ---- */

static const char *tree(void)
{
        const char *named = getenv("SIMAE_TREE");
        return named ? named : ".";
}

static const char *text_of(const json_t *answers, const char *name)
{
        const char *text = json_string_value(json_object_get(answers, name));
        return text ? text : "";
}

/* "@words" becomes the id of the name that begins with them. */
static void put_ids(json_t *answers, json_t *ids)
{
        const char *question, *name;
        json_t *answer, *id;
        json_object_foreach(answers, question, answer) {
                const char *words = json_string_value(answer);
                if (!words || *words != '@')
                        continue;
                json_t *found = NULL;
                json_object_foreach(ids, name, id)
                        if (strncmp(name, words + 1, strlen(words + 1)) == 0)
                                found = id;
                if (!found)
                        fail_msg("nobody begins with «%s»", words + 1);
                json_object_set(answers, question, found);
        }
}

static void adopt_first_person(struct app *app, const struct id *person)
{
        struct err err;
        if (id_is_none(&app_profile(app)->persona) && app_profile_adopt(app, person, &err) != ERR_OK)
                fail_msg("%s", err.text);
}

static void add_entity(struct app *app, const char *form, json_t *answers, json_t *ids)
{
        struct err_list problems = {0};
        struct err err = {0};
        struct id id;
        char text[ID_TEXT], name[256];
        bool person = strcmp(form, "persona") == 0;
        put_ids(answers, ids);
        if (record_create(app, form, answers, true, &problems, &id, &err) != ERR_OK)
                fail_msg("%s: %s: %s", form, err.text, problems.n ? problems.items[0].text : "");
        err_list_release(&problems);
        snprintf(name, sizeof name, "%s%s%s", text_of(answers, person ? "apellidos" : "nombre"), person ? ", " : "",
                 text_of(answers, "nombres"));
        json_object_set_new(ids, name, json_string(id_format(&id, text)));
        if (person)
                adopt_first_person(app, &id);
}

static void add_entities(struct app *app, FILE *file)
{
        char *line = NULL;
        size_t room = 0;
        json_t *ids = json_object();
        while (getline(&line, &room, file) >= 0) {
                json_error_t error;
                char form[32];
                int at = 0;
                if (sscanf(line, "%31[a-z] | %n", form, &at) != 1)
                        continue;
                json_t *answers = json_loads(line + at, 0, &error);
                if (!answers)
                        fail_msg("%s: %s", error.text, line);
                add_entity(app, form, answers, ids);
                json_decref(answers);
        }
        json_decref(ids);
        free(line);
}

static void fill_directory(const struct place_of_test *at)
{
        char forms[512], path[512];
        struct app_options options = {.dir = at->data, .forms_dir = forms, .create = true};
        struct app *app;
        struct datetime now;
        struct err err;
        snprintf(forms, sizeof forms, "%s/forms", tree());
        snprintf(path, sizeof path, "%s/tests/vectors/flows/cap_directorio.txt", tree());
        datetime_parse("2026-04-12T08:00:00.000-05:00", -300, &now);
        clock_test_set(&now);
        random_seed("directory");
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        if (app_open(&options, &app, &err) != ERR_OK)
                fail_msg("%s", err.text);
        add_entities(app, file);
        app_close(app);
        fclose(file);
        clock_test_set(NULL);
}

/* ---- Steps ---- */

static void begin_session(void)
{
        flow_expect_home();
        vt_keys("F2");
        vt_type("bitacora");
        vt_expect_has("1 de ");
        vt_keys("Enter");
        vt_expect_has("Sesión de CAP › CAP sin indicar");
}

/* An hour that cannot be is said, lets go back, and is still said when coming forward again. */
static void answer_wrongly(struct flow *flow)
{
        static const char message[] = "La hora de término debe ser posterior";
        flow_expect_on(flow, cap_form, "hora_fin");
        vt_type("14:30");
        vt_keys("Enter");
        flow_expect_on(flow, cap_form, "hora_fin");
        vt_expect_has(message);
        vt_keys("Backtab");
        flow_expect_on(flow, cap_form, "hora_inicio");
        vt_keys("Up");
        flow_expect_on(flow, cap_form, "fecha");
        vt_expect_has("1 por corregir");
        vt_keys("Enter Enter");
        flow_expect_on(flow, cap_form, "hora_fin");
        vt_expect_has(message);
}

/* The words searched for, and what they find, stay in any window. */
static void resize_in_mid_search(struct flow *flow)
{
        static const struct { int rows, cols; } sizes[] = {{15, 60}, {43, 132}, {15, 132}, {43, 60}, {24, 80}};
        static const char question[] = "participantes/part_persona", words[] = "Buscar: quispe hu";
        flow_expect_on(flow, cap_form, question);
        vt_type("quispe hu");
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
                int row, col;
                vt_resize(sizes[i].rows, sizes[i].cols);
                flow_expect_on(flow, cap_form, question);
                vt_expect_has("Huamán Quispe, Elio");
                vt_expect_has("Quispe Huamán, Rosa");
                vt_expect_lacks("Rosaura");
                assert_true(vt_find(words, &row, &col));
                vt_expect_cursor(row, col + (int)strlen(words));
        }
}

/* Out of the program in the middle of a row; then it asks, and opens that row again. */
static void leave_and_come_back(struct flow *flow, const struct place_of_test *at)
{
        static const char question[] = "participantes/part_rol";
        flow_expect_on(flow, cap_form, question);
        vt_expect_has("Participantes › 8 de 8");
        flow_quit();
        flow_start(at, 24, 80);
        vt_expect_has("Quedó una ficha sin concluir");
        vt_expect_has("Bitácora de sesión");
        vt_expect_has("CAP Los Ñandúes · sesión 1 · 13/04/2026");
        vt_keys("Enter");
        flow_expect_on(flow, cap_form, question);
        vt_expect_has("Participantes › 8 de 8");
        vt_keys("Esc"); /* the list, with that row in it; and back into the row */
        flow_expect_on(flow, cap_form, "participantes");
        vt_expect_has("✓ Tafur Sánchez");
        vt_keys("Up Enter Enter Enter");
}

/* ---- The list of participants ---- */

/* The cursor to a row of the list, from 1; to the line that adds, past the last one. */
static void go_to_row(struct flow *flow, int number)
{
        vt_keys("Tab");
        flow_expect_on(flow, cap_form, "convocados");
        vt_keys("Backtab");
        flow_expect_on(flow, cap_form, "participantes");
        for (int i = 0; i < number; i++)
                vt_keys("Down");
        flow_expect_on(flow, cap_form, "participantes");
}

static void move_in_array(json_t *array, size_t from, size_t to)
{
        json_t *item = json_incref(json_array_get(array, from));
        json_array_remove(array, from);
        json_array_insert_new(array, to, item);
}

/* The fifth is taken out, another goes two places up, and the fifth comes in again as the last. */
static void correct_the_list(struct flow *flow)
{
        json_t *people = json_object_get(flow_record(flow, "sesion"), "participantes");
        assert_int_equal(json_array_size(people), PEOPLE);
        vt_keys("Backtab");
        flow_expect_on(flow, cap_form, "participantes");
        go_to_row(flow, 5);
        vt_keys("Delete");
        vt_expect_has("¿Quitar la fila?");
        vt_expect_has("Fila 5: Alva Chugden, Élmer");
        vt_type("2");
        vt_expect_lacks("Alva Chugden");
        json_array_remove(people, 4);
        go_to_row(flow, 8);
        vt_type("<<");
        move_in_array(people, 7, 5);
        go_to_row(flow, PEOPLE);
        vt_keys("Enter");
        flow_run(flow, "sesion.de_nuevo");
        assert_int_equal(json_array_size(people), PEOPLE);
}

/* ---- From the first question to the bundle ---- */

static void fill_session(struct flow *flow, const struct place_of_test *at)
{
        flow_run_part(flow, "sesion.datos", NULL, "hora_inicio");
        answer_wrongly(flow);
        flow_run_part(flow, "sesion.datos", "hora_fin", NULL);
        flow_run(flow, "sesion.agenda");
        flow_run(flow, "sesion.gente");
        resize_in_mid_search(flow);
        flow_run(flow, "sesion.tercero");
        flow_run(flow, "sesion.mas");
        leave_and_come_back(flow, at);
        flow_run(flow, "sesion.octavo");
        correct_the_list(flow);
        flow_run(flow, "sesion.total");
        flow_run(flow, "sesion.dialogo");
        flow_expect_on(flow, cap_form, "acuerdos");
        vt_type("+");
        flow_run(flow, "compromiso");
        vt_expect_has("✓ completo");
        flow_run(flow, "sesion.cierre");
}

static void conclude(void)
{
        vt_expect_has("Revisar: Sesión de CAP");
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

/* The text of the record, from the list of records; malloc'ed. */
static char *read_again(struct flow *flow, json_t *revisions)
{
        vt_keys("F4");
        vt_type("nandues");
        vt_expect_has("1 de 2"); /* the other is the agreement */
        vt_keys("Enter");
        vt_expect_has("concluido");
        char *read = flow_read_record();
        flow_check_read(flow, cap_form, flow_record(flow, "sesion"), revisions, read);
        flow_go_home(3);
        return read;
}

/* The people of the list, one after the other, in the order in which they were left. */
static void check_people_read(struct flow *flow, const char *read)
{
        size_t i;
        json_t *row;
        json_array_foreach(json_object_get(flow_record(flow, "sesion"), "participantes"), i, row) {
                char surname[64];
                const char *name = text_of(row, "part_persona");
                name += *name == '@';
                snprintf(surname, sizeof surname, "%.*s", (int)strcspn(name, " "), name);
                const char *found = strstr(read, surname);
                if (!found)
                        fail_msg("row %zu: %s is not where it should be", i + 1, name);
                read = found + strlen(surname);
        }
}

static void a_session_of_twelve_people(void **state)
{
        struct place_of_test *at = *state;
        struct flow *flow = flow_open("cap_sesion");
        fill_directory(at);
        flow_start(at, 24, 80);
        begin_session();
        fill_session(flow, at);
        conclude();
        flow_accept_office(at);
        export_to(at->out);
        json_t *revisions = flow_unpack(at);
        flow_check_record(revisions, cap_form, flow_record(flow, "sesion"));
        flow_check_record(revisions, "compromiso", flow_record(flow, "compromiso"));
        char *before = read_again(flow, revisions);
        flow_quit();
        flow_start(at, 24, 80);
        vt_expect_has("Práctica educativa transformadora"); /* the session had a candidate: that record is begun */
        vt_keys("Down Enter");
        flow_expect_home();
        char *after = read_again(flow, revisions);
        assert_string_equal(before, after);
        check_people_read(flow, strstr(after, "Participantes"));
        flow_quit();
        free(before);
        free(after);
        json_decref(revisions);
        flow_free(flow);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_session_of_twelve_people, flow_place, flow_leave),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
