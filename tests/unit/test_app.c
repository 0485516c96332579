/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: what is kept, what is not, taking up again, children, and finalising. */
#include "test_app.h"

/* ---- What is kept ---- */

static void an_untouched_draft_leaves_nothing(void **state)
{
        struct world *w = *state;
        struct store_counts before = counts(w), after;
        struct draft *draft;
        OK(draft_begin(w->app, "visita", NULL, &draft, &w->err));
        OK(draft_save(draft, &w->err));
        walk(draft, "notas");
        walk(draft, "compromisos");
        OK(draft_save(draft, &w->err));
        OK(draft_close(draft, &w->err));
        after = counts(w);
        check_counts_equal(&before, &after);
}

static void discarding_leaves_nothing(void **state)
{
        struct world *w = *state;
        struct store_counts before = counts(w), after;
        struct draft *draft = begin_visit(w);
        add_commitment(w, draft, "Revisar las unidades", "30/04/2026");
        assert_true(counts(w).drafts > before.drafts);
        OK(draft_discard(draft, &w->err));
        after = counts(w);
        check_counts_equal(&before, &after);
}

static void every_save_is_on_disk(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w), *again;
        struct id id = *draft_id(draft);
        char *before = answers_text(draft);
        /* A second reader sees it without the first having closed anything. */
        OK(draft_resume(w->app, &id, &again, &w->err));
        char *after = answers_text(again);
        assert_string_equal(before, after);
        free(before);
        free(after);
        OK(draft_close(again, &w->err));
        OK(draft_close(draft, &w->err));
}

/* ---- Taking up again ---- */

static void resuming_brings_back_answers_place_and_undo(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id id = *draft_id(draft);
        answer(w, draft, "notas", "Niño «Ñ»\nsegunda línea 日本 🙂");
        answer(w, draft, "areas", "mat com");
        answer(w, draft, "asistentes", "18");
        walk(draft, "areas");
        char *before = answers_text(draft);
        OK(draft_close(draft, &w->err));
        reopen(w);
        OK(draft_resume(w->app, &id, &draft, &w->err));
        char *after = answers_text(draft);
        assert_string_equal(before, after);
        struct place here = session_here(draft_session(draft));
        assert_int_equal(here.node, at(draft, "areas").node);
        assert_has(session_undo_words(draft_session(draft), &w->arena), "18 → 20");
        session_undo(draft_session(draft));
        check_typed(draft, "asistentes", "20");
        session_undo(draft_session(draft));
        check_typed(draft, "areas", "");
        session_redo(draft_session(draft));
        check_typed(draft, "areas", "com mat"); /* in the order of the list */
        free(before);
        free(after);
        OK(draft_close(draft, &w->err));
}

static void an_undo_is_kept_too(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id id = *draft_id(draft);
        session_undo(draft_session(draft));
        OK(draft_save(draft, &w->err));
        OK(draft_close(draft, &w->err));
        reopen(w);
        OK(draft_resume(w->app, &id, &draft, &w->err));
        check_typed(draft, "asistentes", "");
        check_typed(draft, "matriculados", "24");
        session_redo(draft_session(draft));
        check_typed(draft, "asistentes", "20");
        OK(draft_close(draft, &w->err));
}

/* Longer than the log is allowed to grow: it is folded, and folding loses nothing. */
static void a_long_log_is_folded_without_loss(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id id = *draft_id(draft);
        int row = session_row_add(draft_session(draft), at(draft, "presentes"));
        char name[64], typed[32];
        snprintf(name, sizeof name, "nombre_presente@%d", row);
        for (int i = 0; i < 600; i++) {
                snprintf(typed, sizeof typed, "Persona %d", i);
                answer(w, draft, name, typed);
        }
        answer(w, draft, "asistentes", "30"); /* wrong, and kept */
        char *before = answers_text(draft);
        OK(draft_close(draft, &w->err));
        for (int turn = 0; turn < 3; turn++) {
                const char *const *lines;
                int n;
                reopen(w);
                OK(draft_resume(w->app, &id, &draft, &w->err));
                char *after = answers_text(draft);
                assert_string_equal(before, after);
                free(after);
                assert_int_equal(session_status(draft_session(draft), at(draft, "asistentes")), STATUS_INVALID);
                assert_has(session_undo_words(draft_session(draft), &w->arena), "30 → 20");
                OK(store_draft_log(app_store(w->app), &id, &w->arena, &lines, &n, &w->err));
                assert_true(n < 20);
                OK(draft_close(draft, &w->err));
        }
        free(before);
}

static void what_was_being_typed_comes_back_once(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id id = *draft_id(draft);
        struct place place;
        OK(draft_save_pending(draft, at(draft, "notas"), "a medio escrib", &w->err));
        OK(draft_close(draft, &w->err));
        reopen(w);
        OK(draft_resume(w->app, &id, &draft, &w->err));
        assert_string_equal(draft_pending(draft, &place), "a medio escrib");
        assert_int_equal(place.node, at(draft, "notas").node);
        check_typed(draft, "notas", "");
        answer(w, draft, "notas", "a medio escribir");
        assert_null(draft_pending(draft, &place));
        OK(draft_close(draft, &w->err));
        reopen(w);
        OK(draft_resume(w->app, &id, &draft, &w->err));
        assert_null(draft_pending(draft, &place));
        OK(draft_close(draft, &w->err));
}

/* The first letters of a new record are worth keeping even though nothing was answered yet. */
static void what_is_typed_first_is_kept_as_well(void **state)
{
        struct world *w = *state;
        struct draft *lost, *draft;
        struct place place;
        OK(draft_begin(w->app, "visita", NULL, &lost, &w->err));
        struct id id = *draft_id(lost);
        OK(draft_save_pending(lost, at(lost, "notas"), "pri", &w->err));
        /* As if the power went: it is taken up while the first is still open. */
        OK(draft_resume(w->app, &id, &draft, &w->err));
        assert_string_equal(draft_pending(draft, &place), "pri");
        OK(draft_close(draft, &w->err));
        OK(draft_close(lost, &w->err));
}

static void the_list_of_drafts_says_what_they_are(void **state)
{
        struct world *w = *state;
        struct store_draft *list;
        int n;
        struct draft *draft = begin_visit(w);
        OK(store_draft_list(app_store(w->app), NULL, &w->arena, &list, &n, &w->err));
        assert_int_equal(n, 1);
        assert_string_equal(list[0].title, "Peñón Añejo · 2026-04-14");
        assert_string_equal(list[0].school_title, "Peñón Añejo");
        assert_string_equal(list[0].form, "visita");
        assert_int_equal(list[0].missing, 1);
        assert_has(list[0].saved, "2026-04-14T09:30");
        OK(draft_close(draft, &w->err));
}

/* ---- Children ---- */

static int children_n(struct world *w, struct draft *draft)
{
        int n;
        draft_children(draft, at(draft, "compromisos"), &w->arena, &n);
        return n;
}

static void a_child_joins_with_its_first_answer(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w), *child;
        struct id id = *draft_id(draft);
        OK(draft_begin_child(draft, at(draft, "compromisos"), &child, &w->err));
        check_typed(child, "ie", w->school);
        check_typed(child, "tipo", "docente");
        check_typed(child, "origen_registro", id_text(w, draft_record(draft)));
        assert_int_equal(children_n(w, draft), 0);
        answer(w, child, "texto", "Revisar las unidades");
        assert_int_equal(children_n(w, draft), 1);
        OK(draft_close(child, &w->err));
        OK(draft_begin_child(draft, at(draft, "compromisos"), &child, &w->err));
        OK(draft_close(child, &w->err)); /* left untouched: it never was */
        assert_int_equal(children_n(w, draft), 1);
        OK(draft_close(draft, &w->err));
        reopen(w);
        OK(draft_resume(w->app, &id, &draft, &w->err));
        assert_int_equal(children_n(w, draft), 1);
        OK(draft_close(draft, &w->err));
}

/* Children are not offered to be taken up on their own: they belong to their parent's draft. */
static void children_are_not_in_the_list_of_drafts(void **state)
{
        struct world *w = *state;
        struct store_draft *list;
        int n;
        struct draft *draft = begin_visit(w);
        add_commitment(w, draft, "Revisar", "30/04/2026");
        OK(store_draft_list(app_store(w->app), NULL, &w->arena, &list, &n, &w->err));
        assert_int_equal(n, 1);
        OK(store_draft_list(app_store(w->app), draft_id(draft), &w->arena, &list, &n, &w->err));
        assert_int_equal(n, 1);
        OK(draft_close(draft, &w->err));
}

static void a_child_with_problems_blocks_its_parent(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w), *child;
        struct id record;
        int n;
        add_commitment(w, draft, "Revisar", "30/04/2026");
        struct id second = add_commitment(w, draft, "Escribir", "");
        const struct draft_problem *problems = draft_problems(draft, false, &w->arena, &n);
        assert_int_equal(n, 1);
        assert_int_equal(problems[0].place.node, at(draft, "compromisos").node);
        assert_string_equal(problems[0].label, "Compromiso 2: Plazo");
        assert_true(id_equal(&problems[0].child, &second));
        struct store_counts before = counts(w);
        REFUSES(ERR_REFUSED, "Compromiso 2: Plazo", draft_finalise(draft, &record, &w->err));
        struct store_counts after = counts(w);
        check_counts_equal(&before, &after);
        const struct draft_child *children = draft_children(draft, at(draft, "compromisos"), &w->arena, &n);
        assert_int_equal(n, 2);
        assert_int_equal(children[0].missing, 0);
        assert_int_equal(children[1].missing, 1);
        OK(draft_open_child(draft, &children[1], &child, &w->err));
        answer(w, child, "plazo", "15/05/2026");
        OK(draft_close(child, &w->err));
        OK(draft_finalise(draft, &record, &w->err));
}

static void finalising_makes_parent_and_children_at_once(void **state)
{
        struct world *w = *state;
        struct id commitment, record = make_visit(w, &commitment);
        struct store_record view;
        OK(store_record_get(app_store(w->app), &commitment, &w->arena, &view, &w->err));
        assert_true(id_equal(&view.parent, &record));
        assert_string_equal(view.parent_question, "compromisos");
        assert_string_equal(view.title, "Revisar las unidades · 2026-04-30");
        assert_string_equal(view.school, w->school);
        OK(store_record_get(app_store(w->app), &record, &w->arena, &view, &w->err));
        assert_true(id_is_none(&view.parent));
        assert_string_equal(view.title, "Peñón Añejo · 2026-04-14");
        assert_string_equal(view.subject, w->teacher);
        assert_string_equal(view.school_title, "Peñón Añejo");
        assert_string_equal(view.date, "2026-04-14");
        assert_int_equal(counts(w).drafts, 0);
        struct store_query query = {.parent = &record, .limit = 10};
        struct store_record *list;
        int n;
        OK(store_record_list(app_store(w->app), &query, &w->arena, &list, &n, &w->err));
        assert_int_equal(n, 1);
}

static void a_child_can_be_taken_out(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id id = *draft_id(draft), record;
        int n;
        add_commitment(w, draft, "Primero", "30/04/2026");
        add_commitment(w, draft, "Segundo", "30/04/2026");
        add_commitment(w, draft, "Tercero", "30/04/2026");
        struct place place = at(draft, "compromisos");
        OK(draft_remove_child(draft, place, 1, &w->err));
        REFUSES(ERR_NOT_FOUND, "lista", draft_remove_child(draft, place, 5, &w->err));
        OK(draft_close(draft, &w->err));
        reopen(w);
        OK(draft_resume(w->app, &id, &draft, &w->err));
        const struct draft_child *children = draft_children(draft, at(draft, "compromisos"), &w->arena, &n);
        assert_int_equal(n, 2);
        assert_has(children[0].title, "Primero");
        assert_has(children[1].title, "Tercero");
        OK(draft_finalise(draft, &record, &w->err));
        assert_int_equal(counts(w).records, 3);
        assert_int_equal(counts(w).drafts, 0);
}

/* Taking out what was put back by undo, or undoing a removal, must not leave a hole that finalising trips on. */
static void undoing_a_removal_leaves_a_record_that_can_be_finalised(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id record;
        int n;
        add_commitment(w, draft, "Primero", "30/04/2026");
        add_commitment(w, draft, "Segundo", "30/04/2026");
        OK(draft_remove_child(draft, at(draft, "compromisos"), 1, &w->err));
        session_undo(draft_session(draft));
        OK(draft_save(draft, &w->err));
        const struct draft_child *children = draft_children(draft, at(draft, "compromisos"), &w->arena, &n);
        assert_int_equal(n, 2);
        assert_has(children[1].title, "Segundo");
        OK(draft_finalise(draft, &record, &w->err));
        struct record_view view;
        OK(record_open(w->app, &record, &view, &w->err));
        const json_t *list = json_object_get(view.answers, "compromisos");
        size_t i;
        json_t *child;
        json_array_foreach(list, i, child) {
                struct store_record found;
                struct id id = id_of(json_string_value(child));
                OK(store_record_get(app_store(w->app), &id, &w->arena, &found, &w->err));
        }
        record_view_release(&view);
}

static void open_commitments_of_the_school_are_met_again(void **state)
{
        struct world *w = *state;
        struct id done;
        int n;
        make_visit(w, &done);
        struct draft *draft = begin_visit(w), *edit;
        const struct store_record *open = draft_open_before(draft, at(draft, "compromisos"), &w->arena, &n);
        assert_int_equal(n, 1);
        assert_true(id_equal(&open[0].id, &done));
        OK(draft_edit(w->app, &done, &edit, &w->err));
        answer(w, edit, "estado", "cumplido");
        OK(draft_finalise(edit, &done, &w->err));
        draft_open_before(draft, at(draft, "compromisos"), &w->arena, &n);
        assert_int_equal(n, 0);
        OK(draft_close(draft, &w->err));
}

/* ---- Finalising ---- */

static void finalising_keeps_exactly_what_is_shown(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id record;
        struct record_view view;
        answer(w, draft, "lograda", "no");
        answer(w, draft, "motivo", "Huelga");
        OK(draft_finalise(draft, &record, &w->err));
        OK(record_open(w->app, &record, &view, &w->err));
        assert_null(json_object_get(view.answers, "matriculados"));
        assert_null(json_object_get(view.answers, "asistentes"));
        assert_null(json_object_get(view.answers, "compromisos"));
        assert_string_equal(json_string_value(json_object_get(view.answers, "motivo")), "Huelga");
        assert_string_equal(json_string_value(json_object_get(view.answers, "fecha")), "2026-04-14");
        record_view_release(&view);
}

static void a_wrong_answer_is_kept_and_blocks_only_the_end(void **state)
{
        struct world *w = *state;
        struct draft *draft = begin_visit(w);
        struct id id = *draft_id(draft), record;
        int n;
        add_commitment(w, draft, "Revisar", "30/04/2026");
        answer(w, draft, "asistentes", "veinte");
        answer(w, draft, "notas", "se sigue");
        OK(draft_close(draft, &w->err));
        reopen(w);
        OK(draft_resume(w->app, &id, &draft, &w->err));
        check_typed(draft, "asistentes", "veinte");
        const struct draft_problem *problems = draft_problems(draft, false, &w->arena, &n);
        assert_int_equal(n, 1);
        assert_int_equal(problems[0].status, STATUS_INVALID);
        REFUSES(ERR_REFUSED, "Asistentes", draft_finalise(draft, &record, &w->err));
        answer(w, draft, "asistentes", "20");
        OK(draft_finalise(draft, &record, &w->err));
}

static void the_profile_signs_new_records(void **state)
{
        struct world *w = *state;
        struct id teacher = id_of(w->teacher), record;
        struct store_record view;
        assert_true(id_is_none(&app_profile(w->app)->persona));
        OK(app_profile_adopt(w->app, &teacher, &w->err));
        reopen(w);
        assert_string_equal(app_profile(w->app)->name, "Quispe, Rosa");
        assert_string_equal(app_profile(w->app)->ugel, "bagua");
        record = make_visit(w, NULL);
        OK(store_record_get(app_store(w->app), &record, &w->arena, &view, &w->err));
        assert_string_equal(view.author, w->teacher);
        struct id nobody = id_new();
        REFUSES(ERR_NOT_FOUND, "directorio", app_profile_adopt(w->app, &nobody, &w->err));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(an_untouched_draft_leaves_nothing),
                CASE(discarding_leaves_nothing),
                CASE(every_save_is_on_disk),
                CASE(resuming_brings_back_answers_place_and_undo),
                CASE(an_undo_is_kept_too),
                CASE(a_long_log_is_folded_without_loss),
                CASE(what_was_being_typed_comes_back_once),
                CASE(what_is_typed_first_is_kept_as_well),
                CASE(the_list_of_drafts_says_what_they_are),
                CASE(a_child_joins_with_its_first_answer),
                CASE(children_are_not_in_the_list_of_drafts),
                CASE(a_child_with_problems_blocks_its_parent),
                CASE(finalising_makes_parent_and_children_at_once),
                CASE(a_child_can_be_taken_out),
                CASE(undoing_a_removal_leaves_a_record_that_can_be_finalised),
                CASE(open_commitments_of_the_school_are_met_again),
                CASE(finalising_keeps_exactly_what_is_shown),
                CASE(a_wrong_answer_is_kept_and_blocks_only_the_end),
                CASE(the_profile_signs_new_records),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
