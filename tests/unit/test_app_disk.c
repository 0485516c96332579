/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What surrounds the records: versions of forms, forms with mistakes, the data folder, full disks, the clock. */
#include "test_full_disk.h"

#include <errno.h>
#include <sys/stat.h>

#include "faults.h"

/* ---- Versions of a form ---- */

/* A second version of the visit: another number, and one question more. */
static void install_second_version(struct world *w)
{
        assert_int_equal(shell("sed -i -e 's/^version: .*/version: \"2\"/' "
                               "-e 's/^      - {type: text, name: dni.*/&\\n      - {type: text, name: clima, label: Clima, "
                               "required: true}/' '%s/visita.yaml' && grep -q clima '%s/visita.yaml'", w->forms, w->forms), 0);
}

static void a_draft_goes_on_with_the_version_it_was_begun_with(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w), *other;
        struct id id = *draft_id(draft), record;
        struct record_view view;
        add_commitment(w, draft, "Revisar", "30/04/2026");
        OK(draft_close(draft, &w->err));
        install_second_version(w);
        reopen(w);
        assert_null(app_warning(w->app));
        OK(draft_begin(w->app, "visita", NULL, &other, &w->err));
        assert_string_equal(session_form(draft_session(other))->version, "2");
        assert_true(place_parse(draft_session(other), "clima").node >= 0);
        OK(draft_close(other, &w->err));
        OK(draft_resume(w->app, &id, &draft, &w->err));
        assert_string_equal(session_form(draft_session(draft))->version, "1");
        assert_int_equal(place_parse(draft_session(draft), "clima").node, -1);
        check_typed(draft, "asistentes", "20");
        OK(draft_finalise(draft, &record, &w->err));
        OK(record_open(w->app, &record, &view, &w->err));
        assert_string_equal(view.form->version, "1");
        record_view_release(&view);
        OK(draft_edit(w->app, &record, &draft, &w->err)); /* and so does its correction */
        assert_string_equal(session_form(draft_session(draft))->version, "1");
        answer(w, draft, "notas", "Corregida");
        OK(draft_finalise(draft, &record, &w->err));
}

/* The folder of forms is gone: what was installed is still there. */
static void forms_once_installed_stay(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id id = *draft_id(draft);
        OK(draft_close(draft, &w->err));
        assert_int_equal(shell("rm -rf '%s'", w->forms), 0);
        reopen(w);
        assert_has(app_warning(w->app), "fichas");
        OK(draft_resume(w->app, &id, &draft, &w->err));
        OK(draft_close(draft, &w->err));
        OK(draft_begin(w->app, "visita", NULL, &draft, &w->err));
        OK(draft_close(draft, &w->err));
}

static void forms_with_mistakes_are_left_out_with_a_warning(void **state)
{
        struct world *w = *state;
        const struct form *form;
        assert_int_equal(shell("cp '%s/visita.yaml' '%s/buena.yaml' && sed -i 's/\\${matriculados} - /${matriculadoz} - /' "
                               "'%s/visita.yaml'", w->forms, w->dir, w->forms), 0);
        OK(open_app(w));
        assert_has(app_warning(w->app), "(1)");
        assert_has(app_warning(w->app), "visita.yaml:");
        assert_has(app_warning(w->app), "matriculadoz");
        OK(app_form(w->app, "compromiso", &form, &w->err));
        OK(app_form(w->app, "persona", &form, &w->err));
        assert_int_equal(app_form(w->app, "visita", &form, &w->err), ERR_NOT_FOUND);
        reopen(w);
        assert_non_null(app_warning(w->app)); /* until it is mended */
        assert_int_equal(shell("cp '%s/buena.yaml' '%s/visita.yaml'", w->dir, w->forms), 0);
        reopen(w);
        assert_null(app_warning(w->app));
        OK(app_form(w->app, "visita", &form, &w->err));
}

/* A new version with mistakes does not take the old one away. */
static void a_broken_new_version_leaves_the_old_one(void **state)
{
        struct world *w = *state;
        struct draft *draft;
        install_second_version(w);
        assert_int_equal(shell("sed -i 's/select_one sn/select_one snn/' '%s/visita.yaml'", w->forms), 0);
        reopen(w);
        assert_has(app_warning(w->app), "snn");
        OK(draft_begin(w->app, "visita", NULL, &draft, &w->err));
        assert_string_equal(session_form(draft_session(draft))->version, "1");
        OK(draft_close(draft, &w->err));
}

static void installing_by_hand_is_all_or_nothing(void **state)
{
        struct world *w = *state;
        struct err_list mistakes = {0};
        const struct form *form;
        int n = -1;
        install_second_version(w);
        assert_int_equal(shell("cp -R '%s' '%s/nuevas' && sed -i 's/type: integer/type: entero/' '%s/nuevas/visita.yaml'",
                               w->forms, w->dir, w->dir), 0);
        char path[128];
        snprintf(path, sizeof path, "%s/nuevas", w->dir);
        REFUSES(ERR_INVALID, "No se instaló nada", app_forms_install(w->app, path, &mistakes, &n, &w->err));
        assert_true(mistakes.n >= 1);
        assert_has(mistakes.items[0].text, "entero");
        OK(app_form(w->app, "visita", &form, &w->err));
        assert_string_equal(form->version, "1");
        err_list_release(&mistakes);
        OK(app_forms_install(w->app, w->forms, &mistakes, &n, &w->err));
        assert_int_equal(n, 8);
        OK(app_form(w->app, "visita", &form, &w->err));
        assert_string_equal(form->version, "2");
        /* What the UGEL installed is not replaced by the folder's own. */
        assert_int_equal(shell("sed -i 's/^version: .*/version: \"3\"/' '%s/visita.yaml'", w->forms), 0);
        reopen(w);
        OK(app_form(w->app, "visita", &form, &w->err));
        assert_string_equal(form->version, "2");
}

static void an_unknown_form_names_the_nearest(void **state)
{
        struct world *w = *state;
        struct draft *draft;
        REFUSES(ERR_NOT_FOUND, "visita", draft_begin(w->app, "vicita", NULL, &draft, &w->err));
}

/* ---- The data folder ---- */

static void a_missing_folder_is_not_made_unasked(void **state)
{
        struct world *w = *state;
        struct stat st;
        struct app_options options = {.dir = w->data, .forms_dir = w->forms};
        REFUSES(ERR_NOT_FOUND, w->data, app_open(&options, &w->app, &w->err));
        assert_int_equal(stat(w->data, &st), -1);
}

/* A stick not mounted, a file deleted by hand: never an empty store in its place. */
static void a_lost_database_is_not_replaced_by_an_empty_one(void **state)
{
        struct world *w = *state;
        struct stat st;
        close_app(w);
        assert_int_equal(shell("mv '%s/simae.db' '%s/guardada.db'", w->data, w->dir), 0);
        REFUSES(ERR_REFUSED, w->data, open_app(w));
        char *path = xasprintf("%s/simae.db", w->data);
        assert_int_equal(stat(path, &st), -1);
        free(path);
        assert_int_equal(shell("mv '%s/guardada.db' '%s/simae.db'", w->dir, w->data), 0);
        OK(open_app(w));
        assert_int_equal(counts(w).entities, 2);
}

static void only_one_program_at_a_time(void **state)
{
        struct world *w = *state;
        struct app *second;
        struct app_options options = {.dir = w->data, .forms_dir = w->forms, .create = true};
        REFUSES(ERR_BUSY, "ya está abierto", app_open(&options, &second, &w->err));
}

static void a_damaged_database_says_what_to_do(void **state)
{
        struct world *w = *state;
        close_app(w);
        assert_int_equal(shell("printf 'esto no es una base de datos, y nunca lo fue' > '%s/simae.db'", w->data), 0);
        REFUSES(ERR_CORRUPT, "simae.db", open_app(w));
        assert_true(strlen(w->err.text) > 40);
}

/* ---- A disk that fills up ---- */

static void a_full_disk_loses_no_answer(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id id = *draft_id(draft);
        crash_vfs_arm(CRASH_FULL_ON, 1);
        const char *typed[] = {"primera", "segunda", "tercera"};
        for (int i = 0; i < 3; i++) {
                assert_true(session_answer(draft_session(draft), at(draft, "notas"), typed[i]));
                REFUSES(ERR_NO_SPACE, "espacio", draft_save(draft, &w->err));
        }
        REFUSES(ERR_NO_SPACE, "espacio", draft_save_pending(draft, at(draft, "motivo"), "x", &w->err));
        crash_vfs_arm(CRASH_NONE, 0); /* somebody made room */
        OK(draft_save(draft, &w->err));
        OK(draft_close(draft, &w->err));
        reopen(w);
        OK(draft_resume(w->app, &id, &draft, &w->err));
        check_typed(draft, "notas", "tercera");
        session_undo(draft_session(draft));
        check_typed(draft, "notas", "segunda");
        OK(draft_close(draft, &w->err));
}

/* Finalising is one transaction: refused by the disk at any of its writes, everything is as before and it can be
 * tried again. */
static void a_full_disk_stops_finalising_without_harm(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id record;
        int refused = 0;
        add_commitment(w, draft, "Revisar", "30/04/2026");
        struct store_counts before = counts(w);
        for (int n = 1;; n++) {
                assert_true(n < 200);
                crash_vfs_arm(CRASH_FULL, n);
                enum err_code rc = draft_finalise(draft, &record, &w->err);
                crash_vfs_arm(CRASH_NONE, 0);
                if (rc == ERR_OK)
                        break;
                assert_int_equal(rc, ERR_NO_SPACE);
                struct store_counts after = counts(w);
                check_counts_equal(&before, &after);
                refused++;
        }
        assert_true(refused > 0);
        assert_int_equal(counts(w).records, before.records + 2);
        assert_int_equal(counts(w).drafts, 0);
        assert_int_equal(counts(w).revisions, before.revisions + 2);
}

/* The first answer of a child writes to its parent too: both, or neither, and it can be tried again. */
static void a_full_disk_leaves_no_half_child(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w), *child;
        int n;
        OK(draft_begin_child(draft, at(draft, "compromisos"), &child, &w->err));
        crash_vfs_arm(CRASH_FULL_ON, 1);
        assert_true(session_answer(draft_session(child), at(child, "texto"), "Revisar"));
        REFUSES(ERR_NO_SPACE, "espacio", draft_save(child, &w->err));
        session_children(draft_session(draft), at(draft, "compromisos"), &n);
        assert_int_equal(n, 0);
        crash_vfs_arm(CRASH_NONE, 0);
        OK(draft_save(child, &w->err));
        session_children(draft_session(draft), at(draft, "compromisos"), &n);
        assert_int_equal(n, 1);
        OK(draft_close(child, &w->err));
        OK(draft_close(draft, &w->err));
}

/* ---- A stick that fills up ---- */

static void a_full_stick_leaves_nothing_on_it(void **state)
{
        struct world *w = *state;
        struct export_result result;
        make_visit(w, NULL);
        int64_t unexported = counts(w).unexported;
        faults_install();
        faults_pretend_room(1000);
        enum err_code rc = export_to(w, w->out, false, &result);
        faults_remove();
        assert_int_equal(rc, ERR_NO_SPACE);
        assert_has(w->err.text, "espacio");
        assert_int_equal(shell("test -z \"$(ls -A '%s')\" && test -z \"$(ls -A '%s/spool')\"", w->out, w->data), 0);
        assert_int_equal(counts(w).unexported, unexported);
        OK(export_to(w, w->out, false, &result));
}

/* Whatever call fails, no file with the final name is left, nothing is noted as exported, and the next attempt works. */
static void a_failing_stick_never_leaves_a_bundle(void **state)
{
        struct world *w = *state;
        struct export_result result;
        make_visit(w, NULL);
        int64_t unexported = counts(w).unexported;
        int refused = 0;
        for (int n = 1; refused < 500; n++) {
                faults_install();
                faults_fail_at(n, EIO);
                enum err_code rc = export_to(w, w->out, false, &result);
                bool hit = *faults_hit();
                faults_remove();
                if (!hit)
                        break;
                if (rc == ERR_OK) { /* a call whose failure does no harm */
                        assert_int_equal(shell("rm '%s'", result.path), 0);
                        unexported = counts(w).unexported;
                        continue;
                }
                refused++;
                assert_true(strlen(w->err.text) > 20);
                assert_int_equal(counts(w).unexported, unexported);
                assert_int_equal(shell("! ls '%s' | grep -q simae$", w->out), 0);
        }
        assert_true(refused > 5);
        OK(export_to(w, w->out, false, &result));
}

/* ---- The clock ---- */

static void a_clock_set_back_is_told_and_noted(void **state)
{
        struct world *w = *state;
        struct store_revision *history;
        struct draft *draft;
        struct id record = make_visit(w, NULL);
        int n;
        fix_clock("2020-01-01T08:00:00.000-05:00");
        reopen(w);
        assert_has(app_warning(w->app), "reloj");
        assert_has(app_warning(w->app), "01/01/2020");
        OK(draft_edit(w->app, &record, &draft, &w->err));
        answer(w, draft, "notas", "Con la fecha mal");
        struct str all = STR_INIT;
        int problems;
        const struct draft_problem *found = draft_problems(draft, false, &w->arena, &problems);
        for (int i = 0; i < problems; i++)
                str_addf(&all, "%s ", found[i].text);
        assert_has(all.text, "futura"); /* the date of the visit is after this clock's today */
        str_release(&all);
        answer(w, draft, "fecha", "01/01/2020");
        OK(draft_finalise(draft, &record, &w->err));
        OK(store_history(app_store(w->app), &record, &w->arena, &history, &n, &w->err));
        assert_int_equal(n, 2);
        assert_has(history[1].body, "\"clock\":\"dudosa\"");
        assert_has(history[0].body, "\"clock\":\"ok\"");
}

static void diagnosing_tells_the_state(void **state)
{
        struct world *w = *state;
        json_t *report;
        make_visit(w, NULL);
        OK(app_diagnose(w->app, &report, &w->err));
        assert_int_equal(json_integer_value(json_object_get(report, "registros")), 2);
        assert_int_equal(json_integer_value(json_object_get(report, "directorio")), 2);
        assert_int_equal(json_integer_value(json_object_get(report, "revisiones")), 4);
        assert_int_equal(json_integer_value(json_object_get(report, "sin_exportar")), 4);
        assert_string_equal(json_string_value(json_object_get(report, "integridad")), "ok");
        assert_string_equal(json_string_value(json_object_get(report, "carpeta")), w->data);
        assert_true(json_is_null(json_object_get(report, "ultima_exportacion")));
        json_decref(report);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
#define EMPTY(name) cmocka_unit_test_setup_teardown(name, world_new, world_free)
#define DISK(name) cmocka_unit_test_setup_teardown(name, full_world, full_free)
        const struct CMUnitTest tests[] = {
                CASE(a_draft_goes_on_with_the_version_it_was_begun_with),
                CASE(forms_once_installed_stay),
                EMPTY(forms_with_mistakes_are_left_out_with_a_warning),
                CASE(a_broken_new_version_leaves_the_old_one),
                CASE(installing_by_hand_is_all_or_nothing),
                CASE(an_unknown_form_names_the_nearest),
                EMPTY(a_missing_folder_is_not_made_unasked),
                CASE(a_lost_database_is_not_replaced_by_an_empty_one),
                CASE(only_one_program_at_a_time),
                CASE(a_damaged_database_says_what_to_do),
                DISK(a_full_disk_loses_no_answer),
                DISK(a_full_disk_stops_finalising_without_harm),
                DISK(a_full_disk_leaves_no_half_child),
                CASE(a_full_stick_leaves_nothing_on_it),
                CASE(a_failing_stick_never_leaves_a_bundle),
                CASE(a_clock_set_back_is_told_and_noted),
                CASE(diagnosing_tells_the_state),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
