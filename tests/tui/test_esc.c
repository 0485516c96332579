/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ways out.  From every screen, dialog and editor: Ctrl-C does nothing, twenty
 * Escs end at home, ^Q and the end of the terminal leave the program, and what
 * was typed is there afterwards in each case.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "flow.h"

/* ---- The laptop, the same for every spot ---- */

static void begin(const struct place_of_test *at)
{
        assert_int_equal(flow_shell(NULL, "rm -rf '%s' && cp -R '%s/semilla' '%s'", at->data, at->dir, at->data), 0);
        flow_start_with(at, 24, 80, "ESCDELAY=1"); /* two thousand Escs: no need to wait long after each */
}

/* All that counts: records, and what is in drafts, walking about apart. */
static char *contents(const struct place_of_test *at)
{
        char *text = NULL;
        assert_int_equal(flow_shell(&text, "sqlite3 '%s/simae.db' \"PRAGMA integrity_check; SELECT hex(id) FROM revision; "
                                           "SELECT hex(id), hex(revision), state FROM record; SELECT hex(id) FROM draft; "
                                           "SELECT line FROM draft_log WHERE line NOT LIKE '{\\\"op\\\":\\\"go\\\"%%'\"",
                                    at->data), 0);
        return text;
}

static bool is_on_disk(const struct place_of_test *at, const char *typed)
{
        char *text = contents(at), *pending = NULL;
        assert_int_equal(flow_shell(&pending, "sqlite3 '%s/simae.db' \"SELECT pending_place, pending_text FROM draft\"", at->data), 0);
        char *plain = strdup(typed);
        char *end = strstr(plain, "\\n");
        if (end) {
                *end = '\n';
                memmove(end + 1, end + 2, strlen(end + 2) + 1);
        }
        bool found = strstr(text, typed) || strstr(pending, plain);
        free(plain);
        free(pending);
        free(text);
        return found;
}

static int wrong;

static void print_screen(void)
{
        for (int row = 0; row < 24; row++)
                print_error("%s\n", vt_row(row));
}

static void complain(const struct flow_spot *spot, const char *how, const char *what)
{
        print_error("[%s] %s: %s\n", spot->keys, how, what);
        wrong++;
}

static bool go_to(const struct flow_spot *spot)
{
        flow_keys(spot->keys);
        if (vt_has(spot->seen))
                return true;
        complain(spot, "going there", "this is on the screen instead:");
        print_screen();
        return false;
}

static void check_disk(const struct place_of_test *at, const struct flow_spot *spot, const char *before, const char *how)
{
        if (spot->typed) {
                if (!is_on_disk(at, spot->typed))
                        complain(spot, how, "what was typed is lost");
                return;
        }
        char *after = contents(at);
        if (strcmp(before, after) != 0) {
                complain(spot, how, "something changed on disk");
                print_error("%s\n---- instead of ----\n%s\n", after, before);
        }
        free(after);
}

/* ---- Ways out ---- */

static void twenty_escs(const struct place_of_test *at, const struct flow_spot *spot)
{
        char *title = strdup(vt_row(0));
        vt_keys("^C*3");
        if (!vt_running() || strcmp(title, vt_row(0)) != 0)
                complain(spot, "^C", "it is not where it was");
        free(title);
        vt_keys("Esc*20");
        if (!flow_at_home()) {
                complain(spot, "Esc*20", "it is not at home:");
                print_screen();
        }
        (void)at;
        vt_keys("^Q");
        assert_int_equal(vt_wait_exit(), 0);
}

static void quit(const struct place_of_test *at, const struct flow_spot *spot)
{
        (void)at;
        vt_keys("F10");
        if (vt_running()) {
                complain(spot, "F10", "it goes on running");
                vt_end();
        } else if (vt_wait_exit() != 0) {
                complain(spot, "F10", "it ended badly");
        }
}

static void told_to_end(const struct place_of_test *at, const struct flow_spot *spot)
{
        (void)at;
        vt_kill(SIGTERM);
        if (vt_running() || vt_wait_exit() > 1)
                complain(spot, "SIGTERM", "it ended badly");
}

static void window_closed(const struct place_of_test *at, const struct flow_spot *spot)
{
        (void)at;
        vt_hangup();
        if (vt_wait_exit() > 1)
                complain(spot, "SIGHUP", "it ended badly");
}

static void everywhere(void **state, const char *how, void (*leave)(const struct place_of_test *, const struct flow_spot *))
{
        struct place_of_test *at = *state;
        flow_seed(at);
        assert_int_equal(flow_shell(NULL, "mv '%s' '%s/semilla'", at->data, at->dir), 0);
        begin(at); /* the program's own forms, installed once */
        flow_keys("Esc");
        flow_quit();
        assert_int_equal(flow_shell(NULL, "rm -rf '%s/semilla' && cp -R '%s' '%s/semilla'", at->dir, at->data, at->dir), 0);
        char *before = contents(at);
        wrong = 0;
        for (int i = 0; i < flow_spots_n; i++) {
                begin(at);
                if (go_to(&flow_spots[i])) {
                        leave(at, &flow_spots[i]);
                        check_disk(at, &flow_spots[i], before, how);
                }
        }
        free(before);
        assert_int_equal(wrong, 0);
}

static void twenty_escs_end_at_home(void **state)
{
        everywhere(state, "Esc", twenty_escs);
}

static void quitting_saves(void **state)
{
        everywhere(state, "F10", quit);
}

static void being_told_to_end_saves(void **state)
{
        everywhere(state, "SIGTERM", told_to_end);
}

static void closing_the_window_saves(void **state)
{
        everywhere(state, "SIGHUP", window_closed);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, flow_place, flow_leave)
        const struct CMUnitTest tests[] = {
                CASE(twenty_escs_end_at_home),
                CASE(quitting_saves),
                CASE(being_told_to_end_saves),
                CASE(closing_the_window_saves),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
