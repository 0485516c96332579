/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receiving at the office: bundle by bundle on the screen, the receipt, what waits, and who has not sent. */
#include "test_app.h"

#include "app/incoming.h"
#include "app/keys.h"
#include "app/laptops.h"
#include "app/receipt.h"
#include "page.h"
#include "ui/screens.h"

enum { BUNDLES = 3 };

static struct ui ui;
static struct app *office;

/* The laptop's key, as somebody at the office accepts it. */
static void accept(struct world *w)
{
        struct sign_key key;
        char signer[SIGN_PUBLIC_TEXT];
        OK(app_signing_key(w->app, &key, &w->err));
        sign_public_text(&key.public, signer);
        sign_key_wipe(&key);
        OK(app_laptop_accept(office, signer, "Laptop de Rosa", NULL, &w->err));
}

/* An office that opens what the tests seal, and three bundles of a laptop in a folder. */
static int set_up(void **state)
{
        if (world_filled(state) != 0)
                return -1;
        struct world *w = *state;
        struct app_options options = {.dir = arena_printf(&w->arena, "%s/oficina", w->dir), .forms_dir = w->forms, .create = true};
        struct age_identity identity = office_identity();
        struct export_result sent;
        OK(app_open(&options, &office, &w->err));
        OK(office_make(options.dir, &identity, &w->err));
        OK(app_office_set_name(office, "UGEL de prueba", &w->err));
        accept(w);
        for (int i = 0; i < BUNDLES; i++) {
                make(w, "institucion", answers_of(w, "{'nombre':'Escuela %d','cod_mod':'999999%d'}", i, i));
                OK(export_to(w, arena_printf(&w->arena, "%s/%d.simae", w->out, i), true, &sent));
        }
        ui_init(&ui, office, 24, 80);
        return 0;
}

static int take_down(void **state)
{
        ui_release(&ui);
        app_close(office);
        return world_free(state);
}

static const char *picture(void)
{
        static struct str text = STR_INIT;
        str_clear(&text);
        ui_draw(&ui);
        canvas_dump(&ui.canvas, &text);
        return text.text;
}

static void press(const char *name)
{
        struct key key = key_of_code(key_code_of(name));
        ui_key(&ui, &key);
        picture();
}

static void type(const char *text)
{
        for (; *text; text++) {
                struct key key = {.kind = KEY_KIND_CHAR, .code = (unsigned char)*text};
                ui_key(&ui, &key);
        }
        picture();
}

/* One bundle. */
static void work(void)
{
        struct key idle = {.kind = KEY_KIND_IDLE};
        assert_int_equal(ui_patience(&ui), 0);
        ui_key(&ui, &idle);
        picture();
}

static int64_t schools(struct world *w)
{
        struct store_query query = {.form = "institucion", .entities = true};
        int64_t n;
        OK(store_record_count(app_store(office), &query, &n, &w->err));
        return n;
}

static void import_take_all(struct world *w, struct import_result *ret)
{
        OK(app_import(office, w->out, NULL, NULL, NULL, ret, &w->err));
}

/* ---- The screen ---- */

static void it_goes_bundle_by_bundle_and_stops_after_a_whole_one(void **state)
{
        struct world *w = *state;
        screen_import_open(&ui);
        type(w->out);
        press("Enter");
        assert_has(picture(), "Paquete 1 de 3: 0.simae");
        assert_null(strstr(picture(), "Exportar"));
        work();
        assert_has(picture(), "Paquete 2 de 3: 1.simae");
        assert_int_equal(schools(w), 2);
        press("F8");
        assert_true(ui_patience(&ui) != 0);
        assert_has(picture(), "Se detuvo: quedan 2 por tomar");
        assert_int_equal(schools(w), 2);
        press("Enter");
        for (int i = 0; i < BUNDLES; i++)
                work();
        assert_has(picture(), "De 3 archivos, en total: 2 nuevos");
        assert_int_equal(schools(w), BUNDLES + 1);
        press("F4");
        assert_has(picture(), "Recibido el 14/04/2026 09:30");
}

static void leaving_in_the_middle_keeps_what_is_in(void **state)
{
        struct world *w = *state;
        screen_home_open(&ui);
        screen_import_open(&ui);
        type(w->out);
        press("Enter");
        work();
        press("Esc");
        assert_has(picture(), "Se detuvo");
        ui_quit(&ui);
        assert_int_equal(schools(w), 2);
}

/* ---- The receipt ---- */

static char *receipt_text(const struct import_result *result, const char *format)
{
        struct receipt *receipt = receipt_begin(office);
        struct doc doc;
        receipt_add(receipt, result);
        receipt_end(receipt, &doc);
        char *text = page_text(&doc, format);
        doc_release(&doc);
        return text;
}

static const char *code_in(struct world *w, const char *text)
{
        const char *at = strstr(text, "comprobación ");
        assert_non_null(at);
        return arena_strndup(&w->arena, at + strlen("comprobación "), CODE_TEXT - 1);
}

static void the_receipt_tells_each_bundle_and_its_code_is_the_same_again(void **state)
{
        struct world *w = *state;
        struct import_result result;
        assert_int_equal(shell("head -c 900 '%s/0.simae' >'%s/corto.simae'", w->out, w->out), 0);
        import_take_all(w, &result);
        char *text = receipt_text(&result, "texto"), *html = receipt_text(&result, "html");
        page_is_clean(text, DOC_COLUMNS);
        page_is_well_formed(html);
        assert_has(text, "3 paquetes");
        assert_has(text, ", en UGEL de prueba"); /* where, and whose, also of what is known already */
        assert_has(text, "Laptop de Rosa · ");
        assert_has(text, "No entró corto.simae");
        assert_true(id_code_check(code_in(w, text), NULL));
        assert_string_equal(code_in(w, text), code_in(w, html));
        import_release(&result);
        fix_clock("2026-05-20T16:00:00.000-05:00");
        import_take_all(w, &result);
        char *again = receipt_text(&result, "texto");
        assert_string_equal(code_in(w, text), code_in(w, again));
        assert_has(again, "20/05/2026");
        assert_has(again, "Laptop de Rosa · ");
        import_release(&result);
        OK(app_import(office, arena_printf(&w->arena, "%s/1.simae", w->out), NULL, NULL, NULL, &result, &w->err));
        char *other = receipt_text(&result, "texto");
        assert_string_not_equal(code_in(w, text), code_in(w, other));
        import_release(&result);
        free(text);
        free(html);
        free(again);
        free(other);
}

/* ---- What waits ---- */

static void what_waits_is_listed_told_and_saved(void **state)
{
        struct world *w = *state;
        struct store_waiting waiting = {.id = hash_of("x", 1), .why = WAITS_BAD, .device = "", .reason = "no es una revisión",
                                        .bundle = "00", .at = "2026-04-14T09:30:00.000-05:00", .body = "{\"dni\":\"1234\"}"};
        screen_waiting_open(&ui);
        assert_has(picture(), "Nada está en espera");
        press("Enter");
        press("Esc");
        OK(store_waiting_add(app_store(office), &waiting, &w->err));
        screen_waiting_open(&ui);
        assert_has(picture(), "apartada");
        press("Enter");
        assert_has(picture(), "no es una revisión");
        assert_null(strstr(picture(), "1234"));
        press("Esc");
        press("F6");
        type(arena_printf(&w->arena, "%s/espera.ndjson", w->dir));
        press("Enter");
        assert_has(picture(), "(1 línea)");
        assert_int_equal(shell("grep -q 1234 '%s/espera.ndjson'", w->dir), 0);
}

/* ---- Who sent ---- */

static void a_laptop_is_told_by_who_uses_it_and_how_long_it_is_silent(void **state)
{
        struct world *w = *state;
        struct import_result result;
        struct store_sender *senders;
        struct export_result sent;
        struct board board;
        struct id teacher = id_of(w->teacher);
        int n;
        OK(app_profile_adopt(w->app, &teacher, &w->err));
        make_visit(w, NULL);
        OK(export_to(w, arena_printf(&w->arena, "%s/9.simae", w->out), true, &sent));
        import_take_all(w, &result);
        import_release(&result);
        OK(store_sender_list(app_store(office), &w->arena, &senders, &n, &w->err));
        assert_int_equal(n, 1);
        assert_int_equal(senders[0].bundles, BUNDLES + 1);
        assert_string_equal(senders[0].author, w->teacher);
        fix_clock("2026-04-24T09:30:00.000-05:00");
        OK(app_board(office, "envios", &(struct board_options){0}, &board, &w->err));
        assert_string_equal(table_cell(&board.table, 0, 0), "hace 10 días");
        assert_has(table_cell(&board.table, 0, 1), "Quispe");
        assert_int_equal(board.rows[0].tone, TONE_SOON);
        assert_has(board.summary, "1 laptop; 1 sin enviar");
        board_release(&board);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, take_down)
        const struct CMUnitTest tests[] = {
                CASE(it_goes_bundle_by_bundle_and_stops_after_a_whole_one),
                CASE(leaving_in_the_middle_keeps_what_is_in),
                CASE(the_receipt_tells_each_bundle_and_its_code_is_the_same_again),
                CASE(what_waits_is_listed_told_and_saved),
                CASE(a_laptop_is_told_by_who_uses_it_and_how_long_it_is_silent),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
