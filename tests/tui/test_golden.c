/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The main screens at 80×24, cell by cell, on the invented UGEL of a fixed day.
 * `make golden` writes them again; the difference is for reading.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "../scratch.h"
#include "vt.h"

static const char *const env[] = {"SIMAE_TEST_NOW=2026-10-14T09:30:00-05:00", "SIMAE_TEST_SEED=pantallas", NULL};
static char folder[64];

static int make_folder(void **state)
{
        (void)state;
        if (!scratch_folder(folder, sizeof folder, "golden"))
                return -1;
        char *command = xasprintf("sh '%s/tests/tools/demo.sh' %s 2026-10-14T09:30:00-05:00 %s/d", getenv("SIMAE_TREE"), vt_simae(),
                                  folder);
        int status = system(command);
        free(command);
        return status;
}

static int remove_folder(void **state)
{
        (void)state;
        char *command = xasprintf("rm -rf %s", folder);
        int status = system(command);
        free(command);
        return status;
}

static void open_with(const char *const *environment, int rows, int cols)
{
        char *dir = xasprintf("%s/d", folder);
        const char *argv[] = {vt_simae(), "--datos", dir, NULL};
        vt_start(argv, environment, rows, cols);
        free(dir);
}

static void open_program(void)
{
        open_with(env, 24, 80);
}

static int close_program(void **state)
{
        (void)state;
        vt_end();
        return 0;
}

static void home(void **state)
{
        (void)state;
        open_program();
        vt_expect_golden("home");
        vt_keys("F1");
        vt_expect_golden("home_help");
}

static void lists(void **state)
{
        (void)state;
        open_program();
        vt_keys("F2");
        vt_expect_golden("new_record");
        vt_keys("Esc F4");
        vt_type("peno");
        vt_expect_golden("records");
        vt_keys("Enter");
        vt_expect_golden("record");
        vt_keys("Esc*4 F5");
        vt_expect_golden("directory");
        vt_keys("Esc*4 F4");
        vt_type("monitoreo peno"); /* the name of a form, and words of its records */
        vt_expect_golden("records_form");
}

static void boards(void **state)
{
        (void)state;
        open_program();
        vt_keys("Esc t");
        vt_expect_golden("boards");
        vt_type("vencidos");
        vt_keys("Enter");
        vt_expect_golden("board_compromisos");
        vt_keys("Esc*3 a");
        vt_expect_golden("board_agenda");
}

static void balance(void **state)
{
        (void)state;
        open_program();
        vt_keys("Esc b Left");
        vt_expect_golden("balance");
        vt_keys("F7");
        vt_expect_golden("balance_explain");
        vt_keys("Esc F8 Down*2");
        vt_expect_golden("balance_ugel");
        vt_keys("Esc Enter F2");
        vt_expect_golden("balance_indicador");
        vt_keys("Enter");
        vt_expect_golden("balance_registros");
}

/* Without colour, and with plain signs only: everything is still told. */
static void balance_without(const char *setting, const char *name, const char *page)
{
        const char *const environment[] = {env[0], env[1], setting, NULL};
        open_with(environment, 24, 80);
        vt_keys("Esc b Left");
        assert_false(vt_has_colours());
        vt_expect_golden(name);
        vt_keys("F8 Down*2");
        vt_expect_golden(page);
}

static void balance_mono(void **state)
{
        (void)state;
        balance_without("NO_COLOR=1", "balance_mono", "balance_ugel_mono");
}

static void balance_ascii(void **state)
{
        (void)state;
        balance_without("SIMAE_ASCII=1", "balance_ascii", "balance_ugel_ascii");
}

static void progress(void **state)
{
        (void)state;
        open_program();
        vt_keys("Esc t");
        vt_type("niveles");
        vt_keys("Enter Enter");
        vt_expect_golden("board_progreso");
        vt_keys("Esc*9 t");
        vt_type("dialogo");
        vt_keys("Enter");
        vt_expect_golden("board_oportunidad");
        vt_keys("Esc*9 t");
        vt_type("ya vencieron");
        vt_keys("Enter");
        vt_expect_golden("board_cumplimiento");
}

static void form(void **state)
{
        (void)state;
        open_program();
        vt_keys("F2");
        vt_type("docente");
        vt_keys("Enter");
        vt_type("peno");
        vt_expect_golden("form_reference");
        vt_keys("Enter PgDn Enter*3");
        vt_type("8");
        vt_keys("Enter");
        vt_expect_golden("form_visit");
        vt_keys("F7");
        vt_expect_golden("review");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_teardown(home, close_program),
                cmocka_unit_test_teardown(lists, close_program),
                cmocka_unit_test_teardown(boards, close_program),
                cmocka_unit_test_teardown(balance, close_program),
                cmocka_unit_test_teardown(balance_mono, close_program),
                cmocka_unit_test_teardown(balance_ascii, close_program),
                cmocka_unit_test_teardown(progress, close_program),
                cmocka_unit_test_teardown(form, close_program),
        };
        return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
