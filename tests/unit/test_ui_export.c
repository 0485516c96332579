/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exporting to a stick: its screen while sticks come and go, the copy between
 * keys, what is true when it may be taken out, and every system call failing.
 * The sticks are folders that invented trees of /proc and /sys say are mounted;
 * udisksctl is a script.
 */
#include "test_sticks.h"

#include <errno.h>

#include "app/carry.h"
#include "faults.h"

static void sticks_come_and_go(void **state)
{
        (void)state;
        screen_export_open_at(&ui, &roots);
        assert_has(picture(), "No hay ninguna memoria USB");
        assert_has(picture(), "▸    La carpeta «salida» de simae");
        plug(false);
        wait_a_second();
        assert_has(picture(), "▸ 1  MI USB");
        assert_has(picture(), "30 MB, se abre al elegirla");
        plug(true);
        wait_a_second();
        assert_has(picture(), "libres de");
        press(K_DOWN); /* pointed at now: it stays there */
        assert_has(picture(), "▸    La carpeta «salida» de simae");
        pull();
        wait_a_second();
        assert_has(picture(), "No hay ninguna memoria USB");
        plug(true);
        wait_a_second();
        assert_has(picture(), "▸    La carpeta «salida» de simae");
        press(K_UP);
        assert_has(picture(), "▸ 1  MI USB");
        assert_int_equal(shell("cd '%s' && sed -i 's/ rw / ro /' proc/mountinfo", trees), 0);
        wait_a_second();
        assert_has(picture(), "protegida contra escritura");
        press('1');
        assert_has(picture(), "quite el seguro de la memoria");
        assert_true(stick_is_empty());
}

static void one_key_copies_to_the_stick(void **state)
{
        struct world *w = *state;
        plug(true);
        screen_export_open_at(&ui, &roots);
        assert_has(picture(), "Para: UGEL de prueba");
        press('1');
        assert_has(picture(), "Exportado a MI USB");
        assert_has(picture(), "copiado y comprobado.");
        assert_has(picture(), "aceptar esta laptop una vez"); /* until it is known to have accepted this laptop */
        assert_has(picture(), "Copiada y comprobada; expúlsela antes de retirarla."); /* expelling is not permitted to every user */
        assert_null(strstr(picture(), "Ya puede"));
        assert_true(bundles_on_stick());
        assert_int_equal(counts(w).unexported, 0);
        press(K_ENTER); /* not again by accident */
        assert_true(bundles_on_stick());
        press(K_ESC);
        OK(store_meta_set(app_store(w->app), "enrolment", "acepta 2026-04-14 UGEL de prueba", &w->err));
        screen_export_open_at(&ui, &roots);
        press('1');
        assert_null(strstr(picture(), "aceptar esta laptop"));
        press(K_ESC);
}

static void it_may_be_taken_out_only_when_it_is_ejected(void **state)
{
        (void)state;
        plug(false); /* it is opened too */
        let_udisksctl_work();
        screen_export_open_at(&ui, &roots);
        press(K_ENTER);
        assert_has(picture(), "Ya puede retirar la memoria.");
        assert_true(bundles_on_stick());
}

static void one_that_cannot_be_opened(void **state)
{
        (void)state;
        plug(false);
        screen_export_open_at(&ui, &roots);
        press('1');
        assert_has(picture(), "desde aquí no se pudo abrir");
        assert_int_equal(shell("cd '%s' && sed -i 's/=filesystem/=crypto/' run/udev/data/b8:16 && touch run/udev/data/x", trees), 0);
        wait_a_second();
        assert_has(picture(), "cifrada");
        press('1');
        assert_has(picture(), "ábrala con su clave");
}

static void its_own_folder_typed_is_the_stick(void **state)
{
        (void)state;
        plug(true);
        screen_export_open_at(&ui, &roots);
        type(stick_folder);
        press(K_ENTER);
        assert_has(picture(), "Exportado a MI USB");
        assert_true(bundles_on_stick());
}

/* Before any office is known; Esc goes back to the places. */
static void a_phrase_instead_of_a_key(void **state)
{
        struct world *w = *state;
        OK(keyring_drop(w->data, office_text(), &w->err));
        screen_export_open_at(&ui, &roots);
        type(w->out);
        press(K_ENTER);
        assert_has(picture(), "Frase de contraseña");
        press(K_ENTER); /* an empty one is none */
        assert_has(picture(), "Frase de contraseña");
        press(K_ESC);
        assert_has(picture(), "¿A qué memoria o carpeta?");
        press(K_ENTER);
        type("hola");
        assert_has(picture(), "••••");
        assert_null(strstr(picture(), "hola"));
        press(K_ENTER);
        assert_has(picture(), "La frase es muy corta");
        press(K_F5);
        assert_has(picture(), "hola");
        press(K_CTRL + 'u');
        press(K_F5);
        type("la lluvia llega tarde");
        press(K_ENTER);
        assert_has(picture(), "Escríbala otra vez");
        type("la lluvia llega tade");
        press(K_ENTER);
        assert_has(picture(), "No es igual a la primera");
        press(K_ESC);
        assert_null(strstr(picture(), "Escríbala otra vez"));
        press(K_ENTER);
        type("la lluvia llega tarde");
        press(K_ENTER);
        assert_has(picture(), "copiado y comprobado");
        assert_int_equal(shell("grep -q 'scrypt' '%s'/*.simae", w->out), 0);
}

static void any_folder_and_the_last_one_again(void **state)
{
        struct world *w = *state;
        screen_export_open_at(&ui, &roots);
        type("/no/hay");
        press(K_ENTER);
        assert_has(picture(), "No existe la carpeta «/no/hay»");
        press(K_CTRL + 'u');
        type("1"); /* no such stick: a folder that begins with a digit */
        assert_has(picture(), "Otra carpeta: 1");
        press(K_CTRL + 'u');
        type(w->out);
        press(K_ENTER);
        assert_has(picture(), "copiado y comprobado.");
        assert_null(strstr(picture(), "memoria"));
        press(K_ESC);
        screen_export_open_at(&ui, &roots);
        assert_has(picture(), "▸    La última vez: ");
        press(K_ENTER);
        assert_int_equal(shell("test $(ls '%s' | wc -l) = 2", w->out), 0);
}

static void stopped_in_the_middle(void **state)
{
        struct world *w = *state;
        struct key key = {.kind = KEY_KIND_CHAR, .code = '1'}, idle = {.kind = KEY_KIND_IDLE};
        int64_t unexported = counts(w).unexported;
        plug(true);
        screen_export_open_at(&ui, &roots);
        for (int steps = 0; steps < 5; steps++) {
                ui_key(&ui, &key);
                for (int i = 0; i < steps; i++) {
                        assert_has(picture(), "Esc detiene la copia");
                        assert_has(picture(), "Detener");
                        ui_key(&ui, &idle);
                }
                press(steps % 2 ? K_ESC : K_F8);
                assert_has(picture(), "no quedó nada a medias");
                assert_has(picture(), "¿A qué memoria");
                assert_true(stick_is_empty());
                assert_int_equal(counts(w).unexported, unexported);
                assert_int_equal(shell("test -z \"$(ls -A '%s/spool' 2>/dev/null)\"", w->data), 0);
        }
        ui_key(&ui, &key); /* and leaving the program in the middle */
        ui_key(&ui, &idle);
        ui_key(&ui, &idle);
}

static void fits_the_smallest_window(void **state)
{
        (void)state;
        plug(true);
        canvas_resize(&ui.canvas, 15, 60);
        screen_export_open_at(&ui, &roots);
        assert_has(picture(), "▸ 1  MI USB");
        assert_has(picture(), "Otra carpeta:");
        press('1');
        assert_has(picture(), "expúlsela antes de retirarla");
}

/* ---- Without the screen: the stick goes away, calls fail ---- */

/* To the end; the folder of the stick is pulled away before the step `pull_at`, counted from 1; 0: never. */
static enum err_code carry(struct world *w, int pull_at)
{
        struct media *media = media_new(&roots);
        enum err_code rc = ERR_OK;
        media_look(media);
        struct carry *carry = carry_to_stick(w->app, &roots, media_at(media, 0));
        for (int n = 1; rc == ERR_OK && carry_stage(carry) != CARRY_DONE; n++) {
                if (n == pull_at)
                        pull();
                if (carry_stage(carry) == CARRY_COPYING && pull_at == 0)
                        assert_int_equal(shell("ln -f '%s'/spool/*.simae '%s/spooled'", w->data, trees), 0);
                rc = carry_step(carry, &w->err);
        }
        carry_free(carry);
        media_free(media);
        return rc;
}

/* Its folder is still there, but of the laptop's own disk: nothing may be written to it. */
static void a_stick_pulled_before_the_copy(void **state)
{
        struct world *w = *state;
        for (int at = 1; at <= 2; at++) {
                plug(true);
                REFUSES(ERR_NOT_FOUND, "ya no está conectada", carry(w, at));
                assert_true(stick_is_empty());
        }
        plug(true);
        OK(carry(w, 0));
}

static void every_call_fails_once(void **state)
{
        struct world *w = *state;
        static const int errnums[] = {EIO, ENOSPC, ENODEV};
        int64_t unexported = counts(w).unexported, refused = 0, harmless = 0;
        bool hit = true;
        plug(true);
        for (int n = 1; hit; n++) {
                faults_install();
                faults_fail_at(n, errnums[n % 3]);
                w->err.text[0] = '\0';
                enum err_code rc = carry(w, 0);
                hit = *faults_hit();
                faults_remove();
                if (rc != ERR_OK) {
                        refused++;
                        assert_true(strlen(w->err.text) > 20);
                        assert_true(stick_is_empty());
                        assert_int_equal(counts(w).unexported, unexported);
                        OK(store_check(app_store(w->app), &w->err));
                } else { /* what did no harm left the whole bundle */
                        assert_int_equal(shell("cd '%s/SIMAE' && cmp *.simae '%s/spooled' && rm *.simae", stick_folder, trees), 0);
                        unexported = counts(w).unexported;
                        harmless++;
                }
        }
        assert_true(refused > 20 && harmless > 2);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, take_down)
        const struct CMUnitTest tests[] = {
                CASE(sticks_come_and_go),
                CASE(one_key_copies_to_the_stick),
                CASE(it_may_be_taken_out_only_when_it_is_ejected),
                CASE(one_that_cannot_be_opened),
                CASE(its_own_folder_typed_is_the_stick),
                CASE(a_phrase_instead_of_a_key),
                CASE(any_folder_and_the_last_one_again),
                CASE(stopped_in_the_middle),
                CASE(fits_the_smallest_window),
                CASE(a_stick_pulled_before_the_copy),
                CASE(every_call_fails_once),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
