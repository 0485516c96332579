/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the office says of a record: on one store, across two laptops, and with the keys that a person presses. */
#include "test_app.h"

#include "app/conflict.h"
#include "app/incoming.h"
#include "app/review.h"
#include "app/revision.h"
#include "ui/screens.h"

static const char comment[] = "Falta el dato de asistencia.\nRevise también el plazo.";

static void become(struct world *w, const char *persona)
{
        struct id id = id_of(persona);
        OK(app_profile_adopt(w->app, &id, &w->err));
}

/* A visit by the teacher's hand; then somebody else uses the laptop. */
static struct id visit_of_another(struct world *w)
{
        become(w, w->teacher);
        struct id visit = make_visit(w, NULL);
        struct id chief = make(w, "persona", answers_of(w, "{'apellidos':'Soto','nombres':'Ana','ie':'%s','ugel':'bagua',"
                                                           "'dni':'87654321'}", w->school));
        become(w, id_text(w, &chief));
        return visit;
}

static struct store_record view_in(struct world *w, struct app *app, const struct id *id)
{
        struct store_record view;
        OK(store_record_get(app_store(app), id, &w->arena, &view, &w->err));
        return view;
}

static struct store_record view_of(struct world *w, const struct id *id)
{
        return view_in(w, w->app, id);
}

static const char *words_in(struct world *w, struct app *app, const struct id *id)
{
        struct reviews reviews;
        OK(record_reviews(app, id, &w->arena, &reviews, &w->err));
        return reviews_words(&reviews, &w->arena);
}

static void correct(struct world *w, struct app *app, const struct id *id, const char *present)
{
        struct draft *draft;
        struct id same;
        OK(draft_edit(app, id, &draft, &w->err));
        answer(w, draft, "asistentes", present);
        OK(draft_finalise(draft, &same, &w->err));
}

/* ---- The screen without a terminal ---- */

static struct ui ui;

static const char *picture(void)
{
        static struct str text = STR_INIT;
        str_clear(&text);
        ui_draw(&ui);
        canvas_dump(&ui.canvas, &text);
        return text.text;
}

static void press(uint32_t code)
{
        struct key key = code < 0x7F && code >= ' ' ? (struct key){.kind = KEY_KIND_CHAR, .code = code} : key_of_code(code);
        ui_key(&ui, &key);
        picture();
}

/* ---- One store ---- */

static void an_observation_changes_the_state_and_nothing_else(void **state)
{
        struct world *w = *state;
        struct id visit = visit_of_another(w);
        struct store_record before = view_of(w, &visit);
        OK(record_review(w->app, &visit, RECORD_OBSERVADO, comment, &w->err));
        struct store_record after = view_of(w, &visit);
        assert_int_equal(after.state, RECORD_OBSERVADO);
        assert_true(hash_equal(&after.revision, &before.revision));
        assert_string_equal(after.author, w->teacher);
        assert_int_equal(after.heads, 1);
        assert_has(words_in(w, w->app, &visit), comment);
        assert_has(words_in(w, w->app, &visit), "Observada por Soto, Ana el 14/04/2026 09:30");
        struct store_query query = {.observed_only = true, .author = w->teacher};
        int64_t n;
        OK(store_record_count(app_store(w->app), &query, &n, &w->err));
        assert_int_equal(n, 1);
}

static void it_is_corrected_then_validated_and_a_correction_takes_that_away(void **state)
{
        struct world *w = *state;
        struct id visit = visit_of_another(w);
        const char *chief = arena_strdup(&w->arena, app_persona(w->app));
        OK(record_review(w->app, &visit, RECORD_OBSERVADO, comment, &w->err));
        become(w, w->teacher);
        correct(w, w->app, &visit, "21");
        become(w, chief);
        assert_int_equal(view_of(w, &visit).state, RECORD_CORREGIDO);
        assert_has(words_in(w, w->app, &visit), "Se corrigió después");
        OK(record_review(w->app, &visit, RECORD_VALIDADO, " ", &w->err));
        assert_int_equal(view_of(w, &visit).state, RECORD_VALIDADO);
        REFUSES(ERR_REFUSED, "ya está validada", record_review(w->app, &visit, RECORD_VALIDADO, NULL, &w->err));
        correct(w, w->app, &visit, "22");
        assert_int_equal(view_of(w, &visit).state, RECORD_CONCLUIDO);
        assert_has(words_in(w, w->app, &visit), "Cambió después");
        assert_string_equal(view_of(w, &visit).author, w->teacher); /* whoever corrects it did not make it */
        int64_t n;
        OK(app_rebuild(w->app, &n, &w->err));
        assert_int_equal(view_of(w, &visit).state, RECORD_CONCLUIDO);
        assert_string_equal(view_of(w, &visit).author, w->teacher);
        OK(record_review(w->app, &visit, RECORD_VALIDADO, NULL, &w->err));
}

static void what_cannot_be_said_is_refused_with_its_reason(void **state)
{
        struct world *w = *state;
        struct id visit = visit_of_another(w);
        char *long_one = xcalloc(REVIEW_COMMENT_MAX + 2, 1);
        memset(long_one, 'a', REVIEW_COMMENT_MAX + 1);
        REFUSES(ERR_REFUSED, "Escriba qué debe revisar", record_review(w->app, &visit, RECORD_OBSERVADO, " \n", &w->err));
        REFUSES(ERR_REFUSED, "demasiado largo", record_review(w->app, &visit, RECORD_OBSERVADO, long_one, &w->err));
        free(long_one);
        become(w, w->teacher);
        REFUSES(ERR_REFUSED, "no la valida", record_review(w->app, &visit, RECORD_VALIDADO, NULL, &w->err));
        assert_false(record_reviewable(w->app, &(struct store_record){.author = w->teacher}));
        OK(record_annul(w->app, &visit, "Repetida", &w->err));
        REFUSES(ERR_REFUSED, "anulada", record_review(w->app, &visit, RECORD_OBSERVADO, comment, &w->err));
        int n;
        struct store_revision *history;
        OK(store_history(app_store(w->app), &visit, &w->arena, &history, &n, &w->err));
        assert_int_equal(n, 2);
}

/* ---- Bodies from elsewhere ---- */

static void a_word_that_writes_or_follows_nothing_is_no_revision(void **state)
{
        struct world *w = *state;
        struct id visit = visit_of_another(w);
        struct store_revision *history, read;
        int n;
        OK(record_review(w->app, &visit, RECORD_OBSERVADO, comment, &w->err));
        OK(store_history(app_store(w->app), &visit, &w->arena, &history, &n, &w->err));
        json_t *body = json_of(history[1].body);
        OK(revision_read(history[1].body, strlen(history[1].body), &w->arena, &read, &w->err));
        json_array_append_new(json_object_get(body, "w"), json_string("asistentes"));
        char *text = json_dumps(body, 0);
        REFUSES(ERR_INVALID, "«w»", revision_read(text, strlen(text), &w->arena, &read, &w->err));
        free(text);
        json_array_clear(json_object_get(body, "w"));
        json_array_clear(json_object_get(body, "par"));
        json_object_set_new(body, "gen", json_integer(1));
        text = json_dumps(body, 0);
        REFUSES(ERR_INVALID, "«par»", revision_read(text, strlen(text), &w->arena, &read, &w->err));
        free(text);
        json_decref(body);
}

/* ---- Two laptops ---- */

static struct app *open_other(struct world *w)
{
        struct app *other;
        struct app_options options = {.dir = arena_printf(&w->arena, "%s/otra", w->dir), .forms_dir = w->forms, .create = true};
        OK(app_open(&options, &other, &w->err));
        return other;
}

static void carry(struct world *w, struct app *from, struct app *to)
{
        struct export_result sent;
        struct import_result got;
        struct age_keys *keys = office_keys();
        OK(export_from(w, from, w->out, true, &sent));
        OK(app_import(to, sent.path, keys, NULL, NULL, &got, &w->err));
        assert_int_equal(got.total.rejected + got.total.waiting, 0);
        import_release(&got);
        age_keys_free(keys);
}

/* The laptop corrects while the office observes: both stay, nothing disagrees, and the comment still waits. */
static void a_correction_beside_an_observation_is_no_conflict(void **state)
{
        struct world *w = *state;
        struct app *office = open_other(w);
        struct id visit = make_visit(w, NULL);
        carry(w, w->app, office);
        correct(w, w->app, &visit, "19");
        OK(record_review(office, &visit, RECORD_OBSERVADO, comment, &w->err));
        carry(w, w->app, office);
        carry(w, office, w->app);
        struct app *const both[] = {w->app, office};
        for (int i = 0; i < 2; i++) {
                struct store_record view = view_in(w, both[i], &visit);
                assert_int_equal(view.state, RECORD_OBSERVADO);
                assert_int_equal(view.conflict, 0);
                assert_int_equal(view.heads, 1);
                assert_has(words_in(w, both[i], &visit), "Falta corregirla");
        }
        correct(w, w->app, &visit, "18");
        carry(w, w->app, office);
        assert_int_equal(view_in(w, office, &visit).state, RECORD_CORREGIDO);
        struct record_view open;
        OK(record_open(office, &visit, &open, &w->err));
        assert_int_equal(json_integer_value(json_object_get(open.answers, "asistentes")), 18);
        record_view_release(&open);
        app_close(office);
}

static void a_conflict_may_be_observed_and_not_validated(void **state)
{
        struct world *w = *state;
        struct app *office = open_other(w), *third;
        struct app_options options = {.dir = arena_printf(&w->arena, "%s/mas", w->dir), .forms_dir = w->forms, .create = true};
        struct id visit = make_visit(w, NULL);
        OK(app_open(&options, &third, &w->err));
        carry(w, w->app, office);
        carry(w, w->app, third);
        correct(w, w->app, &visit, "19");
        correct(w, third, &visit, "17");
        carry(w, w->app, office);
        carry(w, third, office);
        REFUSES(ERR_REFUSED, "conflicto", record_review(office, &visit, RECORD_VALIDADO, NULL, &w->err));
        OK(record_review(office, &visit, RECORD_OBSERVADO, comment, &w->err));
        assert_true(view_in(w, office, &visit).conflict > 0);
        ui_init(&ui, office, 24, 80);
        screen_home_open(&ui); /* it is counted there, and a key away */
        press(K_ESC); /* who uses it: later */
        assert_has(picture(), "! 1 ficha en conflicto: falta decidir (x)");
        press('x');
        assert_has(picture(), "1 ficha en conflicto.");
        press(K_ENTER);
        assert_has(picture(), "EN CONFLICTO (F4)");
        press(K_F4);
        assert_has(picture(), "2 por decidir");
        press(K_PGDN); /* all of it is shown: there is nowhere to go */
        assert_has(picture(), "17\n");
        ui_release(&ui);
        struct conflict conflict;
        OK(conflict_open(office, &visit, &conflict, &w->err));
        for (int i = 0; i < conflict.n; i++)
                conflict_choose(&conflict, i, 0);
        OK(conflict_resolve(office, &conflict, &w->err));
        conflict_release(&conflict);
        assert_int_equal(view_in(w, office, &visit).conflict, 0);
        assert_int_equal(view_in(w, office, &visit).state, RECORD_CORREGIDO);
        app_close(third);
        app_close(office);
}

/* ---- The screens ---- */

static void type(const char *text)
{
        for (; *text; text++)
                press((unsigned char)*text);
}

static void it_is_observed_read_and_validated_with_keys(void **state)
{
        struct world *w = *state;
        struct id visit = visit_of_another(w);
        ui_init(&ui, w->app, 24, 80);
        screen_home_open(&ui);
        screen_record_open(&ui, &visit);
        picture();
        press(K_F1 + 6);
        type("Falta el acta.");
        press(K_ENTER);
        type("Y la firma.");
        assert_has(picture(), "Y la firma.");
        press(K_F1 + 1);
        assert_has(picture(), "observado");
        assert_has(picture(), "Falta el acta.");
        assert_int_equal(view_of(w, &visit).state, RECORD_OBSERVADO);
        press(K_ESC);
        press('o');
        assert_has(picture(), "Observadas: 1; corregidas, por revisar de nuevo: 0.");
        press(K_ENTER);
        press('v');
        press('2');
        assert_has(picture(), "La ficha quedó validada.");
        press(K_ESC);
        assert_has(picture(), "No hay fichas observadas.");
        ui_release(&ui);
}

static void whoever_made_it_reads_the_comment_at_home_and_has_no_such_keys(void **state)
{
        struct world *w = *state;
        struct id visit = visit_of_another(w);
        OK(record_review(w->app, &visit, RECORD_OBSERVADO, comment, &w->err));
        become(w, w->teacher);
        ui_init(&ui, w->app, 24, 80);
        screen_home_open(&ui);
        assert_has(picture(), "1 ficha observada: falta corregirla");
        press(K_F7); /* her profile, looked at and left: she has one */
        assert_has(picture(), "Datos");
        press(K_ESC);
        assert_null(strstr(picture(), "Sin perfil"));
        press('o');
        press(K_ENTER);
        assert_has(picture(), "Revise también el plazo.");
        assert_null(strstr(picture(), "Validar"));
        press(K_F1 + 5);
        assert_int_equal(view_of(w, &visit).state, RECORD_OBSERVADO);
        ui_release(&ui);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(an_observation_changes_the_state_and_nothing_else),
                CASE(it_is_corrected_then_validated_and_a_correction_takes_that_away),
                CASE(what_cannot_be_said_is_refused_with_its_reason),
                CASE(a_word_that_writes_or_follows_nothing_is_no_revision),
                CASE(a_correction_beside_an_observation_is_no_conflict),
                CASE(a_conflict_may_be_observed_and_not_validated),
                CASE(it_is_observed_read_and_validated_with_keys),
                CASE(whoever_made_it_reads_the_comment_at_home_and_has_no_such_keys),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
