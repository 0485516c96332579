/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An export too large for one bundle, from the screen and onto a stick: stopped
 * or pulled out between two parts, and every system call failing.  A file with
 * its final name is a whole bundle each time, and what is missing goes with the
 * next export.  The sticks are those of test_sticks.h.
 */
#include "test_sticks.h"

#include <errno.h>
#include <glob.h>

#include "app/carry.h"
#include "app/incoming.h"
#include "faults.h"

enum { VISITS = 3 };
#define PART "1" /* each revision is more than that, and goes alone */

static int parts; /* that all of it takes */

static int parts_set_up(void **state)
{
        if (set_up(state))
                return -1;
        for (int i = 1; i < VISITS; i++)
                make_visit(*state, NULL);
        setenv("SIMAE_TEST_PART", PART, 1);
        plug(true);
        parts = (int)counts(*state).revisions;
        return parts > 4 ? 0 : -1;
}

static int parts_take_down(void **state)
{
        unsetenv("SIMAE_TEST_PART");
        return take_down(state);
}

/* How many bundles are on the stick, all of them whole; nothing else is there, nor in the spool. */
static int whole_ones(struct world *w)
{
        char pattern[192];
        glob_t found;
        snprintf(pattern, sizeof pattern, "%s/SIMAE/*", stick_folder);
        int n = glob(pattern, 0, NULL, &found) == 0 ? (int)found.gl_pathc : 0;
        for (int i = 0; i < n; i++)
                OK(read_exported(w, found.gl_pathv[i], NULL, NULL));
        if (n > 0)
                globfree(&found);
        assert_int_equal(shell("test -z \"$(ls -A '%s/spool' 2>/dev/null)\"", w->data), 0);
        return n;
}

static void empty_stick(void)
{
        assert_int_equal(shell("rm -f '%s'/SIMAE/*", stick_folder), 0);
}

/* What an office gets of the stick. */
static int64_t taken_from_stick(struct world *w)
{
        struct app *other;
        struct app_options options = {.dir = arena_printf(&w->arena, "%s/toma", w->dir), .forms_dir = w->forms, .create = true};
        struct store_counts found;
        struct import_result got;
        struct age_keys *keys = office_keys();
        OK(app_open(&options, &other, &w->err));
        OK(app_import(other, stick_folder, keys, NULL, NULL, &got, &w->err));
        assert_int_equal(got.failed, 0);
        import_release(&got);
        OK(store_counts(app_store(other), &found, &w->err));
        age_keys_free(keys);
        app_close(other);
        return found.revisions;
}

/* ---- From the screen ---- */

static void one_key_copies_them_all(void **state)
{
        struct world *w = *state;
        screen_export_open_at(&ui, &roots);
        press('1');
        assert_has(picture(), "Exportado a MI USB");
        assert_has(picture(), arena_printf(&w->arena, "%d paquetes; el último es el que se nombra. Llévelos todos.", parts));
        assert_has(picture(), "expúlsela antes de retirarla");
        assert_int_equal(whole_ones(w), parts);
        assert_int_equal(counts(w).unexported, 0);
        assert_int_equal(taken_from_stick(w), parts);
}

/* Which part, of how many, and a bar that never goes back. */
static void it_says_which_is_on_its_way(void **state)
{
        struct world *w = *state;
        struct key key = {.kind = KEY_KIND_CHAR, .code = '1'}, idle = {.kind = KEY_KIND_IDLE};
        int seen = 0, percent = 0;
        screen_export_open_at(&ui, &roots);
        ui_key(&ui, &key);
        while (ui_patience(&ui) == 0) {
                const char *at = strstr(picture(), "Paquete "), *share = strstr(picture(), " %");
                int part = at ? atoi(at + strlen("Paquete ")) : seen;
                while (share > picture() && share[-1] >= '0' && share[-1] <= '9')
                        share--;
                assert_in_range(part, seen, parts);
                assert_in_range(atoi(share), percent, 100);
                seen = part;
                percent = atoi(share);
                if (at)
                        assert_has(picture(), "los paquetes ya copiados quedan");
                ui_key(&ui, &idle);
        }
        assert_int_equal(seen, parts);
        assert_int_equal(whole_ones(w), parts);
}

static void stopped_between_two(void **state)
{
        struct world *w = *state;
        struct key key = {.kind = KEY_KIND_CHAR, .code = '1'}, idle = {.kind = KEY_KIND_IDLE};
        screen_export_open_at(&ui, &roots);
        ui_key(&ui, &key);
        while (!strstr(picture(), "Paquete 3 de "))
                ui_key(&ui, &idle);
        press(K_ESC);
        assert_has(picture(), arena_printf(&w->arena, "Se detuvo: 2 de %d paquetes quedaron copiados y comprobados.", parts));
        assert_int_equal(whole_ones(w), 2);
        assert_true(counts(w).unexported > 0);
        press('1'); /* again, all of it */
        assert_has(picture(), "Exportado a MI USB");
        assert_int_equal(whole_ones(w), parts + 2);
        assert_int_equal(taken_from_stick(w), parts);
}

/* ---- Without the screen ---- */

/* To the end; if `gone`, the stick is pulled out once so many parts are on it. */
static enum err_code carry_until(struct world *w, int done_at, bool gone)
{
        struct media *media = media_new(&roots);
        enum err_code rc = ERR_OK;
        int done = 0;
        media_look(media);
        struct carry *carry = carry_to_stick(w->app, &roots, media_at(media, 0));
        while (rc == ERR_OK && carry_stage(carry) != CARRY_DONE) {
                carry_parts(carry, &done);
                if (gone && done == done_at)
                        pull();
                rc = carry_step(carry, &w->err);
        }
        carry_free(carry);
        media_free(media);
        return rc;
}

static void pulled_out_between_two(void **state)
{
        struct world *w = *state;
        REFUSES(ERR_NOT_FOUND, "que quedan bien: 2 de ", carry_until(w, 2, true));
        assert_has(w->err.text, "ya no está conectada");
        assert_int_equal(whole_ones(w), 2);
        assert_true(counts(w).unexported > 0);
        plug(true);
        OK(carry_until(w, 0, false));
        assert_int_equal(counts(w).unexported, 0);
        assert_int_equal(taken_from_stick(w), parts);
}

static void every_call_fails_once(void **state)
{
        struct world *w = *state;
        static const int errnums[] = {EIO, ENOSPC, ENODEV};
        int refused = 0, between = 0;
        bool hit = true;
        for (int n = 1; hit; n++) {
                int64_t unexported = counts(w).unexported;
                faults_install();
                faults_fail_at(n, errnums[n % 3]);
                w->err.text[0] = '\0';
                enum err_code rc = carry_until(w, 0, false);
                hit = *faults_hit();
                faults_remove();
                char text[ERR_TEXT_MAX];
                memcpy(text, w->err.text, sizeof text);
                int whole = whole_ones(w);
                if (rc == ERR_OK) {
                        assert_int_equal(whole, parts);
                } else {
                        const char *told = strstr(text, "que quedan bien: ");
                        int noted = told ? atoi(told + strlen("que quedan bien: ")) : 0;
                        bool unnoted = strstr(text, "pero no se pudo anotar");
                        refused++;
                        between += noted > 0;
                        assert_true(strlen(text) > 20);
                        assert_int_equal(whole, noted + unnoted); /* what it says is on the stick is there */
                        assert_true(counts(w).unexported <= unexported);
                }
                empty_stick();
        }
        OK(store_check(app_store(w->app), &w->err));
        assert_true(refused > 20 && between > 20);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, parts_set_up, parts_take_down)
        const struct CMUnitTest tests[] = {
                CASE(one_key_copies_them_all),
                CASE(it_says_which_is_on_its_way),
                CASE(stopped_between_two),
                CASE(pulled_out_between_two),
                CASE(every_call_fails_once),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
