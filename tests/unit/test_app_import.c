/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking in bundles: what waits, what is set aside, and conflicts from both sides to their end. */
#include "test_app.h"

#include "app/conflict.h"
#include "app/incoming.h"
#include "sync/bundle.h"
#include "ui/screens.h"

/* A second laptop beside w->app: what a bundle of it brings. */
static struct app *open_other(struct world *w)
{
        struct app *other;
        struct app_options options = {.dir = arena_printf(&w->arena, "%s/otra", w->dir), .forms_dir = w->forms, .create = true};
        OK(app_open(&options, &other, &w->err));
        return other;
}

static enum err_code import_into(struct world *w, struct app *app, const char *path, struct import_result *ret)
{
        struct age_keys *keys = office_keys();
        enum err_code rc = app_import(app, path, keys, NULL, NULL, ret, &w->err);
        age_keys_free(keys);
        return rc;
}

static void carry(struct world *w, struct app *from, struct app *to, struct import_counts *ret)
{
        struct export_result sent;
        struct import_result got;
        OK(export_from(w, from, w->out, true, &sent));
        OK(import_into(w, to, sent.path, &got));
        *ret = got.total;
        import_release(&got);
}

static void rename_school(struct world *w, struct app *app, const struct id *school, const char *name)
{
        struct draft *draft;
        struct id same;
        OK(draft_edit(app, school, &draft, &w->err));
        answer(w, draft, "nombre", name);
        OK(draft_finalise(draft, &same, &w->err));
}

static struct store_record view_of(struct world *w, struct app *app, const struct id *id)
{
        struct store_record view;
        OK(store_record_get(app_store(app), id, &w->arena, &view, &w->err));
        return view;
}

/* ---- Two sides ---- */

static void a_title_that_changes_elsewhere_changes_those_that_name_it(void **state)
{
        struct world *w = *state;
        struct import_counts counts;
        struct id school = id_of(w->school), visit = make_visit(w, NULL);
        struct app *other = open_other(w);
        carry(w, w->app, other, &counts);
        assert_int_equal(counts.added, 4);
        rename_school(w, other, &school, "Lomas Verdes");
        carry(w, other, w->app, &counts);
        assert_int_equal(counts.updated, 1);
        assert_int_equal(counts.known, 3);
        assert_has(view_of(w, w->app, &visit).title, "Lomas Verdes");
        assert_string_equal(view_of(w, w->app, &visit).school_title, "Lomas Verdes");
        app_close(other);
}

static void different_answers_merge_and_a_correction_follows_both(void **state)
{
        struct world *w = *state;
        struct import_counts counts;
        struct id school = id_of(w->school), same;
        struct app *other = open_other(w);
        struct draft *draft;
        carry(w, w->app, other, &counts);
        OK(draft_edit(other, &school, &draft, &w->err));
        answer(w, draft, "cod_mod", "7654321");
        OK(draft_finalise(draft, &same, &w->err));
        rename_school(w, w->app, &school, "Lomas Verdes");
        carry(w, other, w->app, &counts);
        struct store_record view = view_of(w, w->app, &school);
        assert_int_equal(view.heads, 2);
        assert_int_equal(view.conflict, 0);
        assert_string_equal(view.title, "Lomas Verdes");
        assert_has(view.search, "7654321");
        assert_has(view.merged, "7654321");
        OK(draft_edit(w->app, &school, &draft, &w->err));
        check_typed(draft, "cod_mod", "7654321");
        answer(w, draft, "nombre", "Lomas Altas");
        OK(draft_close(draft, &w->err));
        struct store_draft *drafts;
        int n;
        OK(store_draft_list(app_store(w->app), NULL, &w->arena, &drafts, &n, &w->err));
        OK(draft_resume(w->app, &drafts[0].id, &draft, &w->err));
        OK(draft_finalise(draft, &same, &w->err));
        view = view_of(w, w->app, &school);
        assert_int_equal(view.heads, 1);
        assert_null(view.merged);
        struct history_row *rows;
        OK(record_history(w->app, &school, &w->arena, &rows, &n, &w->err));
        assert_int_equal(n, 4);
        assert_true(rows[1].parallel && rows[2].parallel && !rows[3].parallel && rows[3].head);
        assert_int_equal(rows[3].revision.parents_n, 2);
        assert_has(history_words(&rows[1], true, &w->arena), "cambios paralelos");
        app_close(other);
}

static void a_conflict_is_kept_shown_and_decided_for_good(void **state)
{
        struct world *w = *state;
        struct import_counts counts;
        struct conflict conflict;
        struct id school = id_of(w->school), same;
        struct app *other = open_other(w);
        struct draft *draft;
        carry(w, w->app, other, &counts);
        rename_school(w, w->app, &school, "Una");
        rename_school(w, other, &school, "Otra");
        carry(w, other, w->app, &counts);
        assert_int_equal(view_of(w, w->app, &school).conflict, 1);
        REFUSES(ERR_REFUSED, "en conflicto", draft_edit(w->app, &school, &draft, &w->err));
        OK(conflict_open(w->app, &school, &conflict, &w->err));
        assert_int_equal(conflict.n, 1);
        assert_string_equal(conflict.fields[0].label, "Nombre");
        assert_string_equal(conflict.fields[0].before, "Peñón Añejo");
        assert_int_equal(conflict.fields[0].n, 2);
        REFUSES(ERR_REFUSED, "Falta decidir «Nombre»", conflict_resolve(w->app, &conflict, &w->err));
        /* What lists show meanwhile is chosen: it must be written all the same. */
        conflict_choose(&conflict, 0, 0);
        const char *kept = arena_strdup(&w->arena, conflict.fields[0].options[0].words);
        OK(conflict_resolve(w->app, &conflict, &w->err));
        conflict_release(&conflict);
        assert_string_equal(view_of(w, w->app, &school).title, kept);
        REFUSES(ERR_REFUSED, "no está en conflicto", conflict_open(w->app, &school, &conflict, &w->err));
        /* A change to something else, made without knowing of the decision, does not bring it back. */
        OK(draft_edit(other, &school, &draft, &w->err));
        answer(w, draft, "cod_mod", "7654321");
        OK(draft_finalise(draft, &same, &w->err));
        carry(w, other, w->app, &counts);
        assert_int_equal(view_of(w, w->app, &school).conflict, 0);
        assert_string_equal(view_of(w, w->app, &school).title, kept);
        app_close(other);
}

static void annulled_here_and_corrected_there_is_for_a_person_to_say(void **state)
{
        struct world *w = *state;
        struct import_counts counts;
        struct conflict conflict;
        struct id school = id_of(w->school);
        struct app *other = open_other(w);
        carry(w, w->app, other, &counts);
        OK(record_annul(w->app, &school, "Repetida", &w->err));
        rename_school(w, other, &school, "Otra");
        carry(w, other, w->app, &counts);
        assert_int_equal(view_of(w, w->app, &school).state, RECORD_CONCLUIDO);
        assert_int_equal(view_of(w, w->app, &school).conflict, 1);
        OK(conflict_open(w->app, &school, &conflict, &w->err));
        assert_true(conflict.annulled);
        assert_string_equal(conflict.annul_reason, "Repetida");
        conflict.annul = ANNUL_YES;
        OK(conflict_resolve(w->app, &conflict, &w->err));
        conflict_release(&conflict);
        assert_int_equal(view_of(w, w->app, &school).state, RECORD_ANULADO);
        carry(w, w->app, other, &counts);
        assert_int_equal(view_of(w, other, &school).state, RECORD_ANULADO);
        app_close(other);
}

/* ---- The screens ---- */

static void press(struct ui *ui, const char *name)
{
        struct key key = key_of_code(key_code_of(name)), idle = {.kind = KEY_KIND_IDLE};
        ui_key(ui, &key);
        ui_draw(ui);
        while (ui_patience(ui) == 0) {
                ui_key(ui, &idle);
                ui_draw(ui);
        }
}

static void write_text(struct ui *ui, const char *ascii)
{
        for (; *ascii; ascii++) {
                struct key key = {.kind = KEY_KIND_CHAR, .code = (unsigned char)*ascii};
                ui_key(ui, &key);
        }
}

static const char *shown(struct world *w, struct ui *ui)
{
        struct str text = STR_INIT;
        ui_draw(ui);
        canvas_dump(&ui->canvas, &text);
        const char *kept = arena_strdup(&w->arena, text.text);
        str_release(&text);
        return kept;
}

static void the_screen_shows_three_columns_and_keeps_the_choice(void **state)
{
        struct world *w = *state;
        struct import_counts counts;
        struct id school = id_of(w->school);
        struct app *other = open_other(w);
        struct ui ui;
        carry(w, w->app, other, &counts);
        rename_school(w, w->app, &school, "Nombre de aquí");
        rename_school(w, other, &school, "Nombre de allá");
        carry(w, other, w->app, &counts);
        ui_init(&ui, w->app, 24, 80);
        assert_non_null(screen_record_open(&ui, &school));
        assert_has(shown(w, &ui), "EN CONFLICTO");
        press(&ui, "F4");
        const char *screen = shown(w, &ui);
        assert_has(screen, "Falta decidir 1");
        assert_has(screen, "Peñón Añejo");
        assert_has(screen, "Nombre de aquí");
        assert_has(screen, "Nombre de allá");
        press(&ui, "F2");
        assert_has(shown(w, &ui), "Falta decidir «Nombre»");
        press(&ui, "2");
        assert_has(shown(w, &ui), "Todo decidido");
        press(&ui, "F2");
        assert_int_equal(view_of(w, w->app, &school).conflict, 0);
        press(&ui, "F3");
        assert_has(shown(w, &ui), "cambios paralelos");
        ui_release(&ui);
        app_close(other);
}

/* The have-list of the only laptop that `app` took something from. */
static struct store_peer peer_of(struct world *w, struct app *app)
{
        struct store_peer *peers, peer;
        int n;
        OK(store_peer_list(app_store(app), &w->arena, &peers, &n, &w->err));
        assert_int_equal(n, 1);
        OK(store_peer_get(app_store(app), peers[0].device, &w->arena, &peer, &w->err));
        return peer;
}

static void what_the_sender_holds_is_remembered(void **state)
{
        struct world *w = *state;
        struct import_counts counts;
        struct store_counts here;
        struct id school = id_of(w->school);
        struct app *other = open_other(w);
        carry(w, w->app, other, &counts);
        struct store_peer first = peer_of(w, other);
        OK(store_counts(app_store(w->app), &here, &w->err));
        assert_int_equal(first.have_n, here.revisions);
        for (int64_t i = 1; i < first.have_n; i++) {
                const char *id = (const char *)first.have + i * HAVE_BYTES;
                assert_true(memcmp(id - HAVE_BYTES, id, HAVE_BYTES) < 0);
        }
        rename_school(w, w->app, &school, "Lomas Verdes");
        carry(w, w->app, other, &counts);
        assert_int_equal(peer_of(w, other).have_n, first.have_n + 1);
        app_close(other);
}

static void the_screen_takes_a_folder_and_tells_what_came(void **state)
{
        struct world *w = *state;
        struct export_result sent;
        struct app *other = open_other(w);
        struct ui ui;
        struct export_options options = {.to = w->out, .passphrase = "la lluvia llega tarde"};
        OK(app_export(w->app, &options, &sent, &w->err));
        assert_int_equal(shell("head -c 3000 '%s' >'%s/cortado.simae'", sent.path, w->out), 0);
        OK(store_meta_set(app_store(other), "import_folder", w->out, &w->err));
        ui_init(&ui, other, 24, 80);
        screen_import_open(&ui);
        press(&ui, "Enter");
        assert_has(shown(w, &ui), "Frase de contraseña del paquete");
        write_text(&ui, "otra frase");
        press(&ui, "Enter");
        assert_has(shown(w, &ui), "no es la de este archivo");
        write_text(&ui, options.passphrase);
        press(&ui, "Enter");
        const char *screen = shown(w, &ui);
        assert_null(strstr(screen, "Frase de contraseña"));
        assert_has(screen, "2 nuevos, 0 actualizados");
        assert_has(screen, "1 no entró");
        assert_has(screen, "cortado.simae");
        ui_release(&ui);
        app_close(other);
}

/* ---- Waiting ---- */

static void forge(struct world *w, const char *path, const char *const *bodies, int n)
{
        struct bundle_info info = {.when = "2026-04-14T09:30:00.000-05:00", .program = "simae", .number = 1, .revisions = n,
                                   .records = n};
        struct bundle_writer *writer;
        struct id id = id_new();
        id_format(&id, info.bundle);
        id_format(&id, info.from);
        static const unsigned char seed[SIGN_SEED] = "a laptop of the tests";
        struct age_identity office = office_identity();
        struct sign_key key;
        sign_key_from_seed(seed, &key);
        struct bundle_seal seal = {.recipients = &office.recipient, .recipients_n = 1, .key = &key};
        OK(bundle_writer_new(path, &info, &seal, &writer, &w->err));
        for (int i = 0; i < n; i++) {
                struct hash hash = hash_of(bodies[i], strlen(bodies[i]));
                OK(bundle_add_revision(writer, &hash, bodies[i], &w->err));
        }
        OK(bundle_finish(writer, &w->err));
        bundle_writer_free(writer);
}

static void one_that_is_none_is_set_aside_and_the_rest_goes_in(void **state)
{
        struct world *w = *state;
        struct store_revision *history;
        struct import_result got;
        int n;
        struct id school = id_of(w->school);
        struct app *other = open_other(w);
        OK(store_history(app_store(w->app), &school, &w->arena, &history, &n, &w->err));
        const char *strange = arena_strdup(&w->arena, history[0].body);
        char *hash = strstr(strange, "\"form_hash\":\"") + strlen("\"form_hash\":\"");
        memset(hash, 'a', 8); /* a version that nobody has */
        const char *const bodies[] = {"{\"rec\":\"no\"}", history[0].body, strange, "{\"f\":[]}"};
        const char *path = arena_printf(&w->arena, "%s/hecho.simae", w->out);
        forge(w, path, bodies, 4);
        /* The school's form is here, for both have the same. */
        for (int again = 0; again < 2; again++) {
                OK(import_into(w, other, path, &got));
                assert_int_equal(got.total.added, again ? 0 : 1);
                assert_int_equal(got.total.known, again ? 1 : 0);
                assert_int_equal(got.total.waiting, 1);
                assert_int_equal(got.total.rejected, 2);
                assert_int_equal(got.bundles[0].again, again);
                const char *words = import_words(&got.total, got.waits, got.wrong, &w->arena);
                assert_has(words, "1 en espera: falta la ficha institucion 1");
                assert_has(words, "2 rechazados: no es una revisión");
                import_release(&got);
        }
        struct table table;
        OK(app_waiting_table(other, &table, &w->err));
        assert_int_equal(table.rows_n, 3);
        table_release(&table);
        const char *raw = arena_printf(&w->arena, "%s/espera.ndjson", w->out);
        OK(app_waiting_save(other, raw, &n, &w->err));
        assert_int_equal(n, 3);
        assert_int_equal(shell("[ $(grep -c contenido '%s') = 3 ]", raw), 0);
        REFUSES(ERR_IO, "espera.ndjson", app_waiting_save(other, raw, &n, &w->err));
        app_close(other);
}

static void what_waits_for_its_form_goes_in_when_it_comes(void **state)
{
        struct world *w = *state;
        struct store_revision *history;
        struct import_result got;
        struct import_counts counts;
        int n;
        struct id school = id_of(w->school);
        struct app_options bare = {.dir = arena_printf(&w->arena, "%s/otra", w->dir), .create = true,
                                   .forms_dir = arena_printf(&w->arena, "%s/vacia", w->dir)};
        struct app *other;
        shell("mkdir '%s'", bare.forms_dir);
        OK(app_open(&bare, &other, &w->err));
        OK(store_history(app_store(w->app), &school, &w->arena, &history, &n, &w->err));
        const char *path = arena_printf(&w->arena, "%s/hecho.simae", w->out);
        forge(w, path, &history[0].body, 1);
        OK(import_into(w, other, path, &got));
        assert_int_equal(got.total.waiting, 1);
        assert_int_equal(got.total.added, 0);
        import_release(&got);
        carry(w, w->app, other, &counts);
        assert_int_equal(counts.added, 2); /* the school that waited, and the teacher */
        int64_t waiting;
        OK(store_waiting_count(app_store(other), &waiting, &w->err));
        assert_int_equal(waiting, 0);
        assert_string_equal(view_of(w, other, &school).title, "Peñón Añejo");
        app_close(other);
}

static void peers_and_bundles_are_remembered_once(void **state)
{
        struct world *w = *state;
        struct import_counts counts;
        struct store_import *imports;
        struct store_peer *peers, peer;
        struct app *other = open_other(w);
        int n;
        carry(w, w->app, other, &counts);
        carry(w, w->app, other, &counts);
        OK(store_import_list(app_store(other), 10, &w->arena, &imports, &n, &w->err));
        assert_int_equal(n, 2);
        assert_int_equal(imports[1].added, 2);
        assert_int_equal(imports[0].known, 2);
        OK(store_peer_list(app_store(other), &w->arena, &peers, &n, &w->err));
        assert_int_equal(n, 1);
        static const char have[2 * HAVE_BYTES] = "0123456789abcde\0fghijklmnopqrst";
        struct store_peer said = peers[0];
        said.have = have;
        said.have_n = 2;
        OK(store_peer_set(app_store(other), &said, &w->err));
        OK(store_peer_get(app_store(other), said.device, &w->arena, &peer, &w->err));
        assert_int_equal(peer.have_n, 2);
        assert_memory_equal(peer.have, have, sizeof have);
        REFUSES(ERR_NOT_FOUND, "nada de la laptop", store_peer_get(app_store(other), "00", &w->arena, &peer, &w->err));
        app_close(other);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(a_title_that_changes_elsewhere_changes_those_that_name_it),
                CASE(different_answers_merge_and_a_correction_follows_both),
                CASE(a_conflict_is_kept_shown_and_decided_for_good),
                CASE(annulled_here_and_corrected_there_is_for_a_person_to_say),
                CASE(the_screen_shows_three_columns_and_keeps_the_choice),
                CASE(what_the_sender_holds_is_remembered),
                CASE(the_screen_takes_a_folder_and_tells_what_came),
                CASE(one_that_is_none_is_set_aside_and_the_rest_goes_in),
                CASE(what_waits_for_its_form_goes_in_when_it_comes),
                CASE(peers_and_bundles_are_remembered_once),
        };
        int failed = cmocka_run_group_tests_name("in one transaction", tests, NULL, NULL);
        setenv("SIMAE_TEST_MANY", "1", 1);
        return failed + cmocka_run_group_tests_name("in two", tests, NULL, NULL);
}
