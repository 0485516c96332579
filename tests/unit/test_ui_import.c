/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Importing from a stick: it appears by itself and one key takes it, one that is
 * not open is opened, and what is on it for others is neither an error nor a
 * reason to ask for a passphrase.  The sticks are those of test_sticks.h.
 */
#include "test_sticks.h"

#include "app/laptops.h"

static struct app *office;

static void accept(struct world *w)
{
        struct sign_key key;
        char signer[SIGN_PUBLIC_TEXT];
        OK(app_signing_key(w->app, &key, &w->err));
        sign_public_text(&key.public, signer);
        sign_key_wipe(&key);
        OK(app_laptop_accept(office, signer, "Ana", NULL, &w->err));
}

/* The office that this laptop seals for, in whose interface the tests are; it does not know this laptop. */
static int strangers_set_up(void **state)
{
        if (set_up(state))
                return -1;
        struct world *w = *state;
        struct app_options options = {.dir = arena_printf(&w->arena, "%s/oficina", w->dir), .forms_dir = w->forms, .create = true};
        struct age_identity identity = office_identity();
        OK(app_open(&options, &office, &w->err));
        OK(office_make(options.dir, &identity, &w->err));
        ui_release(&ui);
        ui_init(&ui, office, 24, 80);
        return 0;
}

static int office_set_up(void **state)
{
        int rc = strangers_set_up(state);
        if (rc == 0)
                accept(*state);
        return rc;
}

static int office_take_down(void **state)
{
        ui_release(&ui);
        app_close(office);
        ui_init(&ui, ((struct world *)*state)->app, 24, 80);
        return take_down(state);
}

/* A bundle of this laptop, in the folder of the stick. */
static void send(struct world *w)
{
        struct export_result sent;
        assert_int_equal(shell("mkdir -p '%s/SIMAE'", stick_folder), 0);
        OK(export_to(w, arena_printf(&w->arena, "%s/SIMAE", stick_folder), false, &sent));
}

static void a_stick_appears_and_one_key_takes_it(void **state)
{
        struct world *w = *state;
        screen_import_open_at(&ui, &roots);
        assert_has(picture(), "No hay ninguna memoria USB");
        press(K_ENTER);
        assert_has(picture(), "conecte la memoria: aparece sola");
        plug(true);
        wait_a_second();
        assert_has(picture(), "▸ 1  MI USB");
        assert_null(strstr(picture(), "libres"));
        send(w);
        press('1');
        assert_has(picture(), "Importado.");
        assert_has(picture(), " nuevos, 0 actualizados, 0 ya recibidos, 0 en espera, 0 rechazados");
        press(K_ENTER);
        assert_has(picture(), "0 nuevos, 0 actualizados");
        press(K_ESC);
        screen_import_open_at(&ui, &roots);
        assert_null(strstr(picture(), "La última vez")); /* a stick proposes itself */
}

static void one_that_is_closed_is_opened_first(void **state)
{
        struct world *w = *state;
        plug(false);
        send(w);
        screen_import_open_at(&ui, &roots);
        assert_has(picture(), "se abre al elegirla");
        press(K_ENTER);
        assert_has(picture(), "desde aquí no se pudo abrir");
        let_udisksctl_work();
        press(K_ENTER);
        assert_has(picture(), "Importado.");
}

/* A stick goes around: on it are this office's own bundles, and those of laptops for other offices. */
static void what_is_for_others_asks_for_no_phrase(void **state)
{
        struct world *w = *state;
        plug(true);
        send(w);
        ui_release(&ui);
        ui_init(&ui, w->app, 24, 80);
        screen_import_open_at(&ui, &roots);
        press('1');
        assert_null(strstr(picture(), "Frase de contraseña"));
        assert_has(picture(), "1 es para otra laptop u oficina: no se toca.");
        assert_null(strstr(picture(), "no entró"));
        assert_has(picture(), "Ahí no hay nada para este equipo.");
        assert_null(strstr(picture(), "Constancia"));
        ui_release(&ui);
        ui_init(&ui, office, 24, 80);
}

/* Those that a phrase opens still ask for it, beside others. */
static void what_a_phrase_opens_asks_for_it(void **state)
{
        struct world *w = *state;
        struct export_result sent;
        struct export_options options = {.to = stick_folder, .passphrase = "la lluvia llega tarde"};
        plug(true);
        OK(app_export(w->app, &options, &sent, &w->err));
        screen_import_open_at(&ui, &roots);
        press('1');
        assert_has(picture(), "Frase de contraseña del paquete");
        assert_has(picture(), "1 está cifrado con una frase de contraseña.");
        type("la lluvia llega tarde");
        press(K_ENTER);
        assert_has(picture(), "Importado.");
}

/* One laptop waits: the way to accept it is a key away, and then it no longer is said to wait. */
static void a_new_laptop_is_a_key_away(void **state)
{
        struct world *w = *state;
        plug(true);
        send(w);
        screen_import_open_at(&ui, &roots);
        assert_null(strstr(picture(), "F7 Laptops"));
        press('1');
        assert_has(picture(), "laptop nueva");
        assert_has(picture(), "F7 Laptops");
        press(K_F7);
        assert_has(picture(), "Claves y laptops");
        press(K_ENTER);
        press('2');
        press(K_ESC);
        assert_null(strstr(picture(), "F7 Laptops"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, office_set_up, office_take_down)
        const struct CMUnitTest tests[] = {
                CASE(a_stick_appears_and_one_key_takes_it),
                CASE(one_that_is_closed_is_opened_first),
                CASE(what_is_for_others_asks_for_no_phrase),
                CASE(what_a_phrase_opens_asks_for_it),
                cmocka_unit_test_setup_teardown(a_new_laptop_is_a_key_away, strangers_set_up, office_take_down),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
