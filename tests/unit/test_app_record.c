/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finalised records: corrected, annulled, made from a file, derived again, and exported. */
#include "test_app.h"

#include "base/date.h"
#include "sync/bundle.h"

/* ---- Correcting ---- */

static void a_correction_is_a_second_revision(void **state)
{
        struct world *w = *state;
        struct id record = make_visit(w, NULL), same;
        struct store_revision *history;
        struct store_record view;
        struct draft *draft;
        struct table table;
        const struct form *form;
        int n;
        fix_clock("2026-04-15T10:00:00.000-05:00");
        OK(draft_edit(w->app, &record, &draft, &w->err));
        check_typed(draft, "asistentes", "20");
        check_typed(draft, "fecha", "14/04/2026");
        answer(w, draft, "asistentes", "21");
        answer(w, draft, "notas", "Se contó mal");
        OK(draft_finalise(draft, &same, &w->err));
        assert_true(id_equal(&record, &same));
        OK(store_history(app_store(w->app), &record, &w->arena, &history, &n, &w->err));
        assert_int_equal(n, 2);
        assert_int_equal(history[0].gen, 1);
        assert_int_equal(history[1].gen, 2);
        assert_int_equal(history[1].parents_n, 1);
        assert_true(hash_equal(&history[1].parents[0], &history[0].id));
        assert_has(history[1].date, "2026-04-15T10:00");
        OK(store_record_get(app_store(w->app), &record, &w->arena, &view, &w->err));
        assert_true(hash_equal(&view.revision, &history[1].id));
        OK(app_form_version(w->app, &history[1].form_hash, &form, &w->err));
        OK(record_changes(w->app, form, &history[0].id, &history[1].id, &table, &w->err));
        assert_int_equal(table.rows_n, 3); /* the calculation follows */
        assert_string_equal(table_cell(&table, 0, 0), "Asistentes");
        assert_string_equal(table_cell(&table, 0, 1), "20");
        assert_string_equal(table_cell(&table, 0, 2), "21");
        assert_string_equal(table_cell(&table, 1, 0), "Faltaron");
        assert_string_equal(table_cell(&table, 2, 2), "Se contó mal");
        table_release(&table);
        assert_int_equal(counts(w).drafts, 0);
}

static void an_unfinished_correction_changes_nothing(void **state)
{
        struct world *w = *state;
        struct id record = make_visit(w, NULL), id, same;
        struct draft *draft;
        struct record_view view;
        OK(draft_edit(w->app, &record, &draft, &w->err));
        OK(draft_close(draft, &w->err));
        assert_int_equal(counts(w).drafts, 0); /* opened and left: no trace */
        OK(draft_edit(w->app, &record, &draft, &w->err));
        answer(w, draft, "asistentes", "5");
        id = *draft_id(draft);
        OK(draft_close(draft, &w->err));
        reopen(w);
        OK(record_open(w->app, &record, &view, &w->err));
        assert_int_equal(json_integer_value(json_object_get(view.answers, "asistentes")), 20);
        record_view_release(&view);
        OK(draft_resume(w->app, &id, &draft, &w->err));
        check_typed(draft, "asistentes", "5");
        assert_true(id_equal(draft_record(draft), &record));
        OK(draft_finalise(draft, &same, &w->err));
        assert_true(id_equal(&record, &same));
        assert_int_equal(counts(w).records, 2);
}

/* What was cleared stays cleared: a default must not come back into a record opened again. */
static void a_default_does_not_return_by_correcting(void **state)
{
        struct world *w = *state;
        struct id commitment, same;
        struct draft *draft;
        struct record_view view;
        make_visit(w, &commitment);
        for (int i = 0; i < 2; i++) {
                OK(draft_edit(w->app, &commitment, &draft, &w->err));
                if (i == 0)
                        answer(w, draft, "estado", "");
                else
                        answer(w, draft, "texto", "Revisar y firmar");
                OK(draft_finalise(draft, &same, &w->err));
        }
        OK(record_open(w->app, &commitment, &view, &w->err));
        assert_null(json_object_get(view.answers, "estado"));
        record_view_release(&view);
}

static void a_child_stays_its_parents_through_corrections(void **state)
{
        struct world *w = *state;
        struct id commitment, record = make_visit(w, &commitment), same;
        struct draft *draft, *child;
        struct store_record view;
        int n;
        OK(draft_edit(w->app, &commitment, &draft, &w->err));
        answer(w, draft, "texto", "Revisar las unidades de mayo");
        OK(draft_finalise(draft, &same, &w->err));
        OK(store_record_get(app_store(w->app), &commitment, &w->arena, &view, &w->err));
        assert_true(id_equal(&view.parent, &record));
        /* And through a correction of the parent, opened from it. */
        OK(draft_edit(w->app, &record, &draft, &w->err));
        struct place place = at(draft, "compromisos");
        const struct draft_child *children = draft_children(draft, place, &w->arena, &n);
        assert_int_equal(n, 1);
        assert_false(children[0].is_draft);
        assert_has(children[0].title, "Revisar las unidades de mayo");
        OK(draft_open_child(draft, &children[0], &child, &w->err));
        answer(w, child, "estado", "cumplido");
        OK(draft_close(child, &w->err));
        answer(w, draft, "notas", "Se cumplió");
        OK(draft_finalise(draft, &same, &w->err));
        struct store_revision *history;
        OK(store_history(app_store(w->app), &commitment, &w->arena, &history, &n, &w->err));
        assert_int_equal(n, 3);
        OK(store_record_get(app_store(w->app), &commitment, &w->arena, &view, &w->err));
        assert_true(id_equal(&view.parent, &record));
        assert_string_equal(view.parent_question, "compromisos");
}

/* ---- Annulling ---- */

static void annulling_keeps_everything_and_says_why(void **state)
{
        struct world *w = *state;
        struct id record = make_visit(w, NULL);
        struct store_revision *history;
        struct record_view view;
        struct store_query query = {.form = "visita", .limit = 10};
        int n;
        int64_t found;
        REFUSES(ERR_REFUSED, "motivo", record_annul(w->app, &record, "  \n", &w->err));
        OK(record_annul(w->app, &record, "Se registró dos veces", &w->err));
        REFUSES(ERR_REFUSED, "ya estaba anulada", record_annul(w->app, &record, "otra vez", &w->err));
        OK(store_history(app_store(w->app), &record, &w->arena, &history, &n, &w->err));
        assert_int_equal(n, 2);
        assert_int_equal(history[1].state, RECORD_ANULADO);
        assert_has(history[1].body, "\"op\":\"annul\"");
        assert_has(history[1].body, "Se registró dos veces");
        OK(record_open(w->app, &record, &view, &w->err));
        assert_int_equal(view.record.state, RECORD_ANULADO);
        assert_int_equal(json_integer_value(json_object_get(view.answers, "asistentes")), 20);
        record_view_release(&view);
        OK(store_record_count(app_store(w->app), &query, &found, &w->err));
        assert_int_equal(found, 0);
        query.annulled = true;
        OK(store_record_count(app_store(w->app), &query, &found, &w->err));
        assert_int_equal(found, 1);
}

/* ---- From a file of answers ---- */

static enum err_code create(struct world *w, const char *form, json_t *answers, bool finalise, struct err_list *problems,
                            struct id *ret)
{
        enum err_code rc = record_create(w->app, form, answers, finalise, problems, ret, &w->err);
        json_decref(answers);
        return rc;
}

static json_t *visit_answers(struct world *w, const char *commitments)
{
        return answers_of(w, "{'ie':'%s','docente':'%s','fecha':'2026-04-10','lograda':'si','matriculados':24,"
                             "'asistentes':20,'areas':['mat','com'],'presentes':[{'nombre_presente':'Ana','edad':40},"
                             "{'nombre_presente':'Luis'}],'compromisos':%s}", w->school, w->teacher, commitments);
}

static void a_complete_file_makes_a_record_and_its_children(void **state)
{
        struct world *w = *state;
        struct err_list problems = {0};
        struct id id;
        struct record_view view;
        struct store_counts before = counts(w);
        OK(create(w, "visita", visit_answers(w, "[{'texto':'Revisar','plazo':'2026-04-30'}]"), true, &problems, &id));
        assert_int_equal(problems.n, 0);
        assert_int_equal(counts(w).records, before.records + 2);
        assert_int_equal(counts(w).drafts, 0);
        OK(record_open(w->app, &id, &view, &w->err));
        assert_int_equal(json_array_size(json_object_get(view.answers, "presentes")), 2);
        assert_int_equal(json_integer_value(json_object_get(view.answers, "faltaron")), 4);
        const char *child = json_string_value(json_array_get(json_object_get(view.answers, "compromisos"), 0));
        struct id child_id = id_of(child);
        record_view_release(&view);
        OK(record_open(w->app, &child_id, &view, &w->err));
        assert_true(id_equal(&view.record.parent, &id));
        assert_string_equal(json_string_value(json_object_get(view.answers, "origen_registro")), id_text(w, &id));
        assert_string_equal(json_string_value(json_object_get(view.answers, "ie")), w->school);
        record_view_release(&view);
        err_list_release(&problems);
}

/* Every refusal leaves the store as it was, and names every problem. */
static void what_is_refused_stores_nothing(void **state)
{
        static const struct { const char *answers, *problems[3]; } cases[] = {
                {"{'lograda':'no'}", {"ie (Institución)", "motivo (Motivo)"}},
                {"{'no_existe':1,'lograda':'no','motivo':'Huelga'}", {"no_existe", "ie (Institución)"}},
                {"{'lograda':'quizas'}", {"lograda", "ie (Institución)"}},
                {"{'fecha':'2027-01-01','lograda':'no','motivo':'x'}", {"fecha (Fecha): La fecha no puede ser futura"}},
                {"{'lograda':'si','matriculados':'veinte','asistentes':3}", {"matriculados"}},
                {"{'lograda':'si','matriculados':2,'asistentes':3,'compromisos':[{'texto':'Sin plazo'}]}",
                 {"asistentes (Asistentes): No pueden", "Plazo"}},
                {"{'lograda':'si','matriculados':2,'asistentes':1,'compromisos':[{'plaso':'x'}]}", {"plaso"}},
                {"{'presentes':[{'edad':3}],'lograda':'no','motivo':'x'}", {"Nombre"}},
        };
        struct world *w = *state;
        struct store_counts before = counts(w);
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                struct err_list problems = {0};
                struct str all = STR_INIT;
                struct id id;
                REFUSES(ERR_REFUSED, "no se guardó nada",
                        create(w, "visita", answers_of(w, "%s", cases[i].answers), true, &problems, &id));
                for (int k = 0; k < problems.n; k++)
                        str_addf(&all, "%s\n", problems.items[k].text);
                for (int k = 0; k < 3 && cases[i].problems[k]; k++)
                        assert_has(all.text, cases[i].problems[k]);
                struct store_counts after = counts(w);
                check_counts_equal(&before, &after);
                str_release(&all);
                err_list_release(&problems);
        }
}

static void without_finalising_it_is_a_draft_to_go_on_with(void **state)
{
        struct world *w = *state;
        struct err_list problems = {0};
        struct store_draft *list;
        struct draft *draft;
        struct id id;
        int n;
        OK(create(w, "visita", answers_of(w, "{'lograda':'si','asistentes':3}"), false, &problems, &id));
        assert_int_equal(problems.n, 0);
        reopen(w);
        OK(store_draft_list(app_store(w->app), NULL, &w->arena, &list, &n, &w->err));
        assert_int_equal(n, 1);
        assert_true(id_equal(&list[0].record, &id));
        OK(draft_resume(w->app, &list[0].id, &draft, &w->err));
        check_typed(draft, "asistentes", "3");
        OK(draft_close(draft, &w->err));
}

static void strange_files_are_refused_with_a_sentence(void **state)
{
        struct world *w = *state;
        struct err_list problems = {0};
        struct store_counts before = counts(w);
        struct id id;
        REFUSES(ERR_INVALID, "objeto JSON", create(w, "visita", json_of("[1,2]"), true, &problems, &id));
        REFUSES(ERR_NOT_FOUND, "visita", create(w, "vista", json_object(), true, &problems, &id));
        struct store_counts after = counts(w);
        check_counts_equal(&before, &after);
        err_list_release(&problems);
}

/* ---- Deriving again ---- */

/* Every field of every view, one line each. */
static char *dump_views(struct world *w)
{
        struct str out = STR_INIT;
        for (int entities = 0; entities < 2; entities++) {
                struct store_query query = {.entities = entities, .annulled = true, .sensitive = true,
                                            .order = ORDER_TITLE, .limit = 1000};
                struct store_record *list;
                int n;
                OK(store_record_list(app_store(w->app), &query, &w->arena, &list, &n, &w->err));
                for (int i = 0; i < n; i++) {
                        char id[ID_TEXT], parent[ID_TEXT], form[HASH_TEXT], revision[HASH_TEXT];
                        const struct store_record *r = &list[i];
                        struct store_link *links;
                        int links_n;
                        str_addf(&out, "%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%d|%d|%d|%s|%s|%s", id_format(&r->id, id), r->form,
                                 hash_format(&r->form_hash, form), hash_format(&r->revision, revision), r->title,
                                 r->school, r->subject, r->school_title, r->date, r->author, r->state, r->conflict,
                                 r->sensitive, id_format(&r->parent, parent), r->parent_question, r->search);
                        OK(store_links_to(app_store(w->app), &r->id, &w->arena, &links, &links_n, &w->err));
                        for (int k = 0; k < links_n; k++)
                                str_addf(&out, "|%s>%s", links[k].question, id_format(&links[k].to, id));
                        str_addc(&out, '\n');
                }
        }
        return str_detach(&out);
}

static void deriving_again_gives_the_same_views(void **state)
{
        struct world *w = *state;
        struct id teacher = id_of(w->teacher), same, commitment;
        struct draft *draft;
        int64_t n;
        OK(app_profile_adopt(w->app, &teacher, &w->err));
        struct id record = make_visit(w, &commitment), annulled = make_visit(w, NULL);
        make(w, "visita", visit_answers(w, "[{'texto':'Uno','plazo':'2026-04-30'},{'texto':'Dos','plazo':'2026-05-30'}]"));
        OK(record_annul(w->app, &annulled, "Repetida", &w->err));
        OK(draft_edit(w->app, &record, &draft, &w->err));
        answer(w, draft, "notas", "Corregida");
        OK(draft_finalise(draft, &same, &w->err));
        OK(draft_edit(w->app, &commitment, &draft, &w->err));
        answer(w, draft, "estado", "cumplido");
        OK(draft_finalise(draft, &same, &w->err));
        char *before = dump_views(w);
        OK(app_rebuild(w->app, &n, &w->err));
        assert_int_equal(n, counts(w).records + counts(w).entities + 1); /* and the annulled one */
        char *after = dump_views(w);
        assert_string_equal(before, after);
        struct store_query query = {.text = "penon"};
        int64_t found;
        OK(store_record_count(app_store(w->app), &query, &found, &w->err));
        assert_true(found > 0);
        free(before);
        free(after);
}

/* ---- Exporting ---- */

struct unpacked { struct str bodies; int revisions, forms; };

static enum err_code take_form(void *ctx, const struct hash *hash, const char *yaml, size_t len, struct err *err)
{
        struct hash really = hash_of(yaml, len);
        (void)err;
        assert_true(hash_equal(hash, &really));
        ((struct unpacked *)ctx)->forms++;
        return ERR_OK;
}

static enum err_code take_revision(void *ctx, const struct hash *id, const char *body, size_t len, struct err *err)
{
        struct unpacked *unpacked = ctx;
        (void)id;
        (void)err;
        str_addn(&unpacked->bodies, body, len);
        str_addc(&unpacked->bodies, '\n');
        unpacked->revisions++;
        return ERR_OK;
}

/* All bodies as the store has them, in order of arrival. */
static char *stored_bodies(struct world *w)
{
        struct str out = STR_INIT;
        struct store_revision *list;
        int n;
        OK(store_revisions_after(app_store(w->app), 0, 1000, &w->arena, &list, &n, &w->err));
        for (int i = 0; i < n; i++)
                str_addf(&out, "%s\n", list[i].body);
        return str_detach(&out);
}

static void an_export_holds_exactly_what_was_finalised(void **state)
{
        struct world *w = *state;
        struct id record = make_visit(w, NULL), same;
        struct draft *draft = begin_visit(w); /* a draft does not travel */
        struct unpacked unpacked = {.bodies = STR_INIT};
        struct bundle_sink sink = {.ctx = &unpacked, .form = take_form, .revision = take_revision};
        struct bundle_info info;
        struct export_result result;
        struct draft *edit;
        OK(draft_edit(w->app, &record, &edit, &w->err));
        answer(w, edit, "notas", "Corregida");
        OK(draft_finalise(edit, &same, &w->err));
        OK(export_to(w, w->out, false, &result));
        assert_int_equal(result.revisions, 5);
        assert_int_equal(result.records, 4);
        OK(read_exported(w, result.path, &sink, &info));
        assert_int_equal(unpacked.revisions, 5);
        assert_int_equal(unpacked.forms, 4);
        assert_int_equal(info.number, 1);
        assert_true(info.clock_ok);
        assert_has(info.when, "2026-04-14T09:30");
        char *stored = stored_bodies(w);
        assert_string_equal(unpacked.bodies.text, stored);
        assert_null(strstr(stored, id_text(w, draft_record(draft))));
        assert_int_equal(counts(w).unexported, 0);
        free(stored);
        str_release(&unpacked.bodies);
        OK(draft_close(draft, &w->err));
}

/* A lost stick costs nothing: the next bundle carries everything again, with another number and name. */
static void every_export_carries_everything(void **state)
{
        struct world *w = *state;
        struct export_result first, second, third;
        struct bundle_info info;
        make_visit(w, NULL);
        OK(export_to(w, w->out, false, &first));
        OK(export_to(w, w->out, false, &second));
        assert_string_not_equal(first.path, second.path);
        assert_int_equal(first.revisions, second.revisions);
        OK(read_exported(w, second.path, NULL, &info));
        assert_int_equal(info.number, 2);
        OK(export_to(w, NULL, false, &third)); /* its own folder */
        assert_has(third.path, "/datos/salida/SIMAE-");
        assert_int_equal(shell("test -z \"$(ls -A '%s/spool')\"", w->data), 0);
}

static void an_export_that_cannot_be_says_why_and_leaves_nothing(void **state)
{
        struct world *w = *state;
        struct export_result result;
        char path[128];
        make_visit(w, NULL);
        int64_t unexported = counts(w).unexported;
        snprintf(path, sizeof path, "%s/no/existe", w->dir);
        REFUSES(ERR_NOT_FOUND, "/no»: no existe", export_to(w, path, false, &result));
        assert_int_equal(counts(w).unexported, unexported);
        snprintf(path, sizeof path, "%s/ocupado", w->out);
        assert_int_equal(shell("echo x > '%s'", path), 0);
        REFUSES(ERR_EXISTS, "ocupado", export_to(w, path, false, &result));
        assert_int_equal(shell("test \"$(cat '%s')\" = x && test \"$(ls -A '%s')\" = ocupado", path, w->out), 0);
        assert_int_equal(shell("test -z \"$(ls -A '%s/spool' 2>/dev/null)\"", w->data), 0);
}

static void there_may_be_nothing_to_export(void **state)
{
        struct world *w = *state;
        struct export_result result;
        OK(open_app(w));
        REFUSES(ERR_NOT_FOUND, "que exportar", export_to(w, w->out, false, &result));
        assert_int_equal(shell("test -z \"$(ls -A '%s')\"", w->out), 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(a_correction_is_a_second_revision),
                CASE(an_unfinished_correction_changes_nothing),
                CASE(a_default_does_not_return_by_correcting),
                CASE(a_child_stays_its_parents_through_corrections),
                CASE(annulling_keeps_everything_and_says_why),
                CASE(a_complete_file_makes_a_record_and_its_children),
                CASE(what_is_refused_stores_nothing),
                CASE(without_finalising_it_is_a_draft_to_go_on_with),
                CASE(strange_files_are_refused_with_a_sentence),
                CASE(deriving_again_gives_the_same_views),
                CASE(an_export_holds_exactly_what_was_finalised),
                CASE(every_export_carries_everything),
                CASE(an_export_that_cannot_be_says_why_and_leaves_nothing),
                cmocka_unit_test_setup_teardown(there_may_be_nothing_to_export, world_new, world_free),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
