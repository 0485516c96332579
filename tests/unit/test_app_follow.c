/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What comes back and what concluding also does: follow-ups, agreeing again,
 * drafts begun, duplicates, reserved and anonymous records, and walks over
 * answers.  The forms are those of tests/vectors/flows/fichas.
 */
#include "test_app.h"

#include "sync/bundle.h"

/* ---- Helpers ---- */

static struct id make_alert(struct world *w, const char *branch, const char *date, const char *more)
{
        return make(w, "alerta", answers_of(w, "{'ie':'%s','fecha':'%s','rama':'%s','hechos':'Hechos secretos'%s}",
                                            w->school, date, branch, more));
}

static struct store_record view_of(struct world *w, const struct id *id)
{
        struct store_record view;
        OK(store_record_get(app_store(w->app), id, &w->arena, &view, &w->err));
        return view;
}

static const char *answer_of(struct world *w, const struct id *id, const char *name)
{
        struct record_view view;
        OK(record_open(w->app, id, &view, &w->err));
        const char *text = json_string_value(json_object_get(view.answers, name));
        text = text ? arena_strdup(&w->arena, text) : "";
        record_view_release(&view);
        return text;
}

static int open_before(struct world *w, struct draft *draft)
{
        int n;
        draft_open_before(draft, at(draft, "compromisos"), &w->arena, &n);
        return n;
}

/* ---- Following up ---- */

static void a_follow_up_sets_answers_and_adds_a_row(void **state)
{
        struct world *w = *state;
        struct id commitment, same;
        struct draft *draft;
        int n;
        make_visit(w, &commitment);
        OK(draft_follow_up(w->app, &commitment, 0, &draft, &w->err));
        const int *rows = session_rows(draft_session(draft), at(draft, "vistas"), &n);
        assert_int_equal(n, 1);
        assert_int_equal(session_here(draft_session(draft)).row, rows[0]); /* the cursor waits in the new row */
        OK(draft_finalise(draft, &same, &w->err));
        assert_string_equal(answer_of(w, &commitment, "estado"), "cumplido");
        assert_false(view_of(w, &commitment).open);
        draft = begin_visit(w);
        assert_int_equal(open_before(w, draft), 0);
        OK(draft_discard(draft, &w->err));
}

static void a_moved_deadline_is_the_one_that_counts(void **state)
{
        struct world *w = *state;
        struct id commitment, same;
        struct draft *draft;
        make_visit(w, &commitment);
        assert_string_equal(view_of(w, &commitment).due, "2026-04-30");
        OK(draft_follow_up(w->app, &commitment, 1, &draft, &w->err));
        OK(draft_finalise(draft, &same, &w->err));
        assert_string_equal(view_of(w, &commitment).due, "2026-05-30");
        assert_true(view_of(w, &commitment).open);
        REFUSES(ERR_NOT_FOUND, "seguimiento", draft_follow_up(w->app, &commitment, 2, &draft, &w->err));
}

static void agreeing_again_closes_the_earlier_one_with_the_visit(void **state)
{
        struct world *w = *state;
        struct id commitment, visit;
        struct draft *child;
        make_visit(w, &commitment);
        struct draft *draft = begin_visit(w);
        OK(draft_agree_again(draft, at(draft, "compromisos"), &commitment, &child, &w->err));
        check_typed(child, "texto", "Revisar las unidades");
        check_typed(child, "viene_de", id_text(w, &commitment));
        struct id again = *draft_record(child);
        answer(w, child, "plazo", "30/06/2026");
        OK(draft_close(child, &w->err));
        assert_string_equal(answer_of(w, &commitment, "estado"), "pendiente"); /* not before the visit concludes */
        OK(draft_finalise(draft, &visit, &w->err));
        assert_string_equal(answer_of(w, &commitment, "estado"), "otra_vez");
        assert_false(view_of(w, &commitment).open);
        assert_true(view_of(w, &again).open);
        struct store_record old = view_of(w, &commitment);
        assert_false(id_equal(&old.parent, &visit)); /* it stays of the visit it came from */
}

static void what_is_open_comes_back_for_the_person_too(void **state)
{
        struct world *w = *state;
        struct id other = make(w, "institucion", answers_of(w, "{'nombre':'Otra','cod_mod':'0000002'}"));
        make(w, "compromiso", answers_of(w, "{'ie':'%s','texto':'En otra escuela','plazo':'2026-05-01','responsable':'%s'}",
                                         id_text(w, &other), w->teacher));
        make(w, "compromiso", answers_of(w, "{'ie':'%s','texto':'De nadie aquí','plazo':'2026-05-01'}", id_text(w, &other)));
        struct draft *draft = begin_visit(w);
        assert_int_equal(open_before(w, draft), 1);
        OK(draft_discard(draft, &w->err));
}

static void a_meeting_meets_its_own_agreements_and_the_alerts_of_the_ugel(void **state)
{
        struct world *w = *state;
        struct draft *draft;
        int n;
        make(w, "compromiso", answers_of(w, "{'ie':'%s','texto':'De una visita','plazo':'2026-05-01','responsable':'%s'}",
                                         w->school, w->teacher));
        make_alert(w, "tic", "2026-04-10", "");
        make(w, "reunion", answers_of(w, "{'fecha':'2026-04-07','compromisos':[{'texto':'Acordado aquí','plazo':'2026-05-01',"
                                         "'responsable':'%s'}]}", w->teacher));
        OK(draft_begin(w->app, "reunion", NULL, &draft, &w->err));
        const struct store_record *open = draft_open_before(draft, at(draft, "compromisos"), &w->arena, &n);
        assert_int_equal(n, 1);
        assert_has(open[0].title, "Acordado aquí");
        draft_open_before(draft, at(draft, "alertas"), &w->arena, &n);
        assert_int_equal(n, 1);
        OK(draft_discard(draft, &w->err));
}

/* ---- What concluding also does ---- */

static int drafts_of(struct world *w, const char *form, struct store_draft *ret)
{
        struct store_draft *drafts;
        int n, found = 0;
        OK(store_draft_list(app_store(w->app), NULL, &w->arena, &drafts, &n, &w->err));
        for (int i = 0; i < n; i++)
                if (strcmp(drafts[i].form, form) == 0) {
                        *ret = drafts[i];
                        found++;
                }
        return found;
}

static void concluding_begins_a_draft_once(void **state)
{
        struct world *w = *state;
        struct store_draft begun;
        struct draft *draft;
        struct id same, alert = make_alert(w, "tic", "2026-04-10", "");
        assert_int_equal(drafts_of(w, "practica", &begun), 0);
        OK(draft_edit(w->app, &alert, &draft, &w->err));
        answer(w, draft, "iluminar", "si");
        assert_int_equal(draft_begins(draft), 1);
        OK(draft_finalise(draft, &same, &w->err));
        assert_int_equal(drafts_of(w, "practica", &begun), 1);
        OK(draft_resume(w->app, &begun.id, &draft, &w->err));
        check_typed(draft, "titulo", "De la alerta: tic");
        check_typed(draft, "origen_registro", id_text(w, &alert));
        OK(draft_close(draft, &w->err));
        OK(draft_edit(w->app, &alert, &draft, &w->err)); /* another correction begins nothing */
        answer(w, draft, "hechos", "Otros hechos");
        assert_int_equal(draft_begins(draft), 0);
        OK(draft_finalise(draft, &same, &w->err));
        assert_int_equal(drafts_of(w, "practica", &begun), 1);
}

static void a_refused_finalising_begins_nothing(void **state)
{
        struct world *w = *state;
        struct store_draft begun;
        struct err_list problems = {0};
        struct id id;
        json_t *answers = answers_of(w, "{'rama':'tic','iluminar':'si'}"); /* no facts */
        REFUSES(ERR_REFUSED, "problema", record_create(w->app, "alerta", answers, true, &problems, &id, &w->err));
        assert_int_equal(drafts_of(w, "practica", &begun), 0);
        err_list_release(&problems);
        json_decref(answers);
}

/* ---- Only one ---- */

static void a_second_one_with_the_same_key_is_refused_naming_the_first(void **state)
{
        struct world *w = *state;
        struct err_list problems = {0};
        struct id id, same, alert = make_alert(w, "tic", "2026-04-10", "");
        char code[CODE_TEXT];
        json_t *answers = answers_of(w, "{'ie':'%s','fecha':'2026-04-10','rama':'tic','hechos':'Los mismos'}", w->school);
        REFUSES(ERR_REFUSED, "problema", record_create(w->app, "alerta", answers, true, &problems, &id, &w->err));
        assert_int_equal(problems.n, 1);
        assert_has(problems.items[0].text, id_code(&alert, code));
        struct draft *draft; /* the first itself may be corrected */
        OK(draft_edit(w->app, &alert, &draft, &w->err));
        answer(w, draft, "hechos", "Mejor contados");
        OK(draft_finalise(draft, &same, &w->err));
        OK(record_annul(w->app, &alert, "Repetida", &w->err)); /* annulled, it makes room */
        OK(record_create(w->app, "alerta", answers, true, &(struct err_list){0}, &id, &w->err));
        err_list_release(&problems);
        json_decref(answers);
}

/* ---- Reserved ---- */

static int alerts_told(struct world *w, bool sensitive)
{
        struct records_wish wish = {.form = "alerta", .state = -1, .sensitive = sensitive};
        struct records_tables *tables;
        const struct table *table;
        bool more;
        OK(records_tables_open(w->app, &wish, &tables, &w->err));
        OK(records_tables_next(tables, &table, &w->err));
        OK(records_tables_rows(tables, &more, &w->err));
        int n = table->rows_n;
        records_tables_close(tables);
        return n;
}

static void check_absent(struct world *w, bool reserved, const char *words)
{
        assert_int_equal(alerts_told(w, false), reserved ? 0 : 1);
        struct store_query query = {.text = words, .order = ORDER_TITLE};
        int64_t n;
        OK(store_record_count(app_store(w->app), &query, &n, &w->err));
        assert_int_equal(n, 0);
}

static void a_reserved_record_is_in_no_list_search_or_bundle(void **state)
{
        struct world *w = *state;
        struct export_result all, some;
        struct id alert = make_alert(w, "violencia", "2026-04-10", "");
        assert_true(view_of(w, &alert).sensitive);
        assert_string_equal(view_of(w, &alert).title, "Alerta reservada");
        assert_string_equal(view_of(w, &alert).search, "");
        check_absent(w, true, "secretos");
        OK(export_to(w, w->out, false, &some));
        assert_int_equal(some.reserved, 1);
        OK(export_to(w, w->out, true, &all));
        assert_int_equal(all.reserved, 0);
        assert_int_equal(all.revisions, some.revisions + 1);
        assert_int_equal(alerts_told(w, true), 1);
}

static void no_word_of_it(void *ctx, const char *body)
{
        (void)ctx;
        assert_null(strstr(body, "secretos"));
}

static enum err_code take(void *ctx, const struct hash *id, const char *body, size_t len, struct err *err)
{
        (void)id;
        (void)len;
        (void)err;
        no_word_of_it(ctx, body);
        return ERR_OK;
}

/* What was reserved when it was written stays out, even if the record no longer is. */
static void an_earlier_reserved_revision_stays_out_of_bundles(void **state)
{
        struct world *w = *state;
        struct export_result result;
        struct bundle_sink sink = {.revision = take};
        struct bundle_info info;
        struct draft *draft;
        struct id same, alert = make_alert(w, "violencia", "2026-04-10", "");
        OK(draft_edit(w->app, &alert, &draft, &w->err));
        answer(w, draft, "rama", "tic");
        answer(w, draft, "hechos", "Se cayó la red");
        OK(draft_finalise(draft, &same, &w->err));
        assert_false(view_of(w, &alert).sensitive);
        OK(export_to(w, w->out, false, &result));
        assert_int_equal(result.reserved, 1);
        OK(read_exported(w, result.path, &sink, &info));
}

/* ---- Anonymous ---- */

static void an_anonymous_record_says_neither_who_nor_when(void **state)
{
        struct world *w = *state;
        const char *body;
        struct id teacher = id_of(w->teacher), device = store_device(app_store(w->app));
        OK(app_profile_adopt(w->app, &teacher, &w->err));
        struct id opinion = make(w, "opinion", json_pack("{s:i}", "nota", 4));
        struct store_record view = view_of(w, &opinion);
        OK(store_revision_body(app_store(w->app), &view.revision, &w->arena, &body, &w->err));
        assert_has(body, "\"author\":\"\"");
        assert_has(body, "\"when\":\"2026-04-14T00:00:00.000-05:00\"");
        assert_null(strstr(body, id_text(w, &device)));
        assert_null(strstr(body, w->teacher));
}

/* ---- Walks ---- */

struct walked { struct str text; int stop_after; };

static enum err_code note_row(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct walked *walked = ctx;
        (void)err;
        str_addf(&walked->text, "%s|%s|%s\n", record->due, answers[0], answers[1]);
        return walked->stop_after-- == 1 ? ERR_REFUSED : ERR_OK;
}

static void a_walk_gives_answers_in_the_order_of_what_is_due(void **state)
{
        struct world *w = *state;
        static const char *const names[] = {"rama", "no_hay"};
        struct walked walked = {.text = STR_INIT};
        make_alert(w, "tic", "2026-04-12", "");
        make_alert(w, "red", "2026-04-10", "");
        make_alert(w, "luz", "2026-04-11", ",'cerrada':'si'");
        make_alert(w, "violencia", "2026-04-09", "");
        struct store_query query = {.form = "alerta", .open_only = true, .order = ORDER_DUE};
        OK(store_walk(app_store(w->app), &query, names, 2, note_row, &walked, &w->err));
        assert_string_equal(walked.text.text, "2026-04-11|red|\n2026-04-13|tic|\n");
        str_clear(&walked.text);
        query = (struct store_query){.form = "alerta", .date_from = "2026-04-11", .date_to = "2026-04-11", .ugel = "060001"};
        OK(store_walk(app_store(w->app), &query, names, 2, note_row, &walked, &w->err));
        assert_string_equal(walked.text.text, "2026-04-12|luz|\n");
        walked.stop_after = 1;
        query = (struct store_query){.form = "alerta", .sensitive = true};
        assert_int_equal(store_walk(app_store(w->app), &query, names, 2, note_row, &walked, &w->err), ERR_REFUSED);
        int64_t n;
        query = (struct store_query){.form = "alerta", .open_only = true, .due_to = "2026-04-11", .sensitive = true};
        OK(store_record_count(app_store(w->app), &query, &n, &w->err));
        assert_int_equal(n, 2);
        str_release(&walked.text);
}

static void deriving_again_gives_what_comes_back(void **state)
{
        struct world *w = *state;
        int64_t records;
        struct id alert = make_alert(w, "violencia", "2026-04-10", "");
        struct store_record before = view_of(w, &alert);
        OK(app_rebuild(w->app, &records, &w->err));
        struct store_record after = view_of(w, &alert);
        assert_string_equal(after.due, before.due);
        assert_string_equal(after.unique_key, before.unique_key);
        assert_string_equal(after.ugel, "060001");
        assert_true(after.open && after.sensitive && after.done);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(a_follow_up_sets_answers_and_adds_a_row),
                CASE(a_moved_deadline_is_the_one_that_counts),
                CASE(agreeing_again_closes_the_earlier_one_with_the_visit),
                CASE(what_is_open_comes_back_for_the_person_too),
                CASE(a_meeting_meets_its_own_agreements_and_the_alerts_of_the_ugel),
                CASE(concluding_begins_a_draft_once),
                CASE(a_refused_finalising_begins_nothing),
                CASE(a_second_one_with_the_same_key_is_refused_naming_the_first),
                CASE(a_reserved_record_is_in_no_list_search_or_bundle),
                CASE(an_earlier_reserved_revision_stays_out_of_bundles),
                CASE(an_anonymous_record_says_neither_who_nor_when),
                CASE(a_walk_gives_answers_in_the_order_of_what_is_due),
                CASE(deriving_again_gives_what_comes_back),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
