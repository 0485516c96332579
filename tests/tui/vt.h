/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A terminal in a test: runs a program in a pseudo-terminal, types at it and
 * reads what it drew, through libvterm.  For cmocka; one program at a time.
 *
 *   static void fills_a_field(void **state)
 *   {
 *           const char *argv[] = {vt_simae(), "demo", NULL};
 *           vt_start(argv, NULL, 24, 80);
 *           vt_keys("F2 Tab Down*3 Enter");
 *           vt_type("Peñón");
 *           vt_expect_has("Peñón");
 *           vt_keys("^Q");
 *           assert_int_equal(vt_wait_exit(), 0);
 *   }
 *
 * Every function that sends something returns when the program has answered:
 * it has painted and is about to wait for more (it says so with one byte on
 * $SIMAE_TEST_IDLE_FD), or it has ended.  So nothing sleeps, and what is read
 * next is what a person would see.  A program that does not answer in ten
 * seconds fails the test with its screen printed, as does every failed
 * vt_expect_…().
 *
 * Only what the program does by itself, without input (saving after a pause),
 * gives no byte: use vt_wait_has().
 *
 * Rows and columns count from 0.  Texts are UTF-8.  Strings returned are valid
 * until the next call of the same function.
 */
#ifndef SIMAE_TESTS_TUI_VT_H
#define SIMAE_TESTS_TUI_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/key.h"

/* ---- Starting and ending ---- */

/*
 * Start argv[0] (a path) in a terminal of that size and wait until it first
 * waits for input, or ends.  `env` (may be NULL) is a list of "NAME=value" to
 * add and "NAME" to remove, ended by NULL; the rest is the test's own
 * environment, with TERM=xterm-256color, LC_ALL=C.UTF-8 and without NO_COLOR,
 * COLUMNS, LINES, ESCDELAY and SSH_CONNECTION.  Ends a program still running.
 */
void vt_start(const char *const *argv, const char *const *env, int rows, int cols);
/* The same with a function of the test itself: the child ends with what it returns. */
void vt_start_function(int (*run)(void *ctx), void *ctx, const char *const *env, int rows, int cols);
/* Kill the program if it runs and forget the terminal. For teardown; safe to call twice. */
void vt_end(void);
/* $SIMAE_BUILD/simae, or build/simae. */
const char *vt_simae(void);
/* True until the program ends. */
bool vt_running(void);
/* Wait for the program to end. Its exit status, or 128 + the signal that ended it. */
int vt_wait_exit(void);
/* Send a signal and wait for the answer or the end. */
void vt_kill(int signal);
/* Close the terminal, as closing its window does; then vt_wait_exit(). */
void vt_hangup(void);

/* How long to wait for the answer to a key from now on; 0: ten seconds, as at first. */
void vt_patience(int ms);

/* ---- Sending ---- */

/* Type a text, one character at a time; \n is Enter and \t Tab. */
void vt_type(const char *text);
/* One key by its code (ui/key.h): K_ENTER, K_F1 + 1, K_CTRL + 's', K_ALT + 'm', 'x'. */
void vt_key(uint32_t code);
/* Keys by their names in ui/actions.def, with repetitions: "Tab F2 ^S Down*3 Esc". */
void vt_keys(const char *names);
/* Bytes as they are, in one write. */
void vt_send(const char *bytes, size_t len);
/* A bracketed paste, in one write. */
void vt_paste(const char *text);
/* Press and release the left button. */
void vt_click(int row, int col);
/* The same on the first character of a text that is on the screen; fails if it is not. */
void vt_click_text(const char *text);
void vt_wheel(bool up, int row, int col);
/* A new size, as dragging the window does. */
void vt_resize(int rows, int cols);

/* ---- Reading ---- */

/* The whole screen, a line for each row, blanks at the ends cut. */
const char *vt_screen_text(void);
/* One row, blanks at its end cut. */
const char *vt_row(int row);
/* True if the text is on one row of the screen. */
bool vt_has(const char *text);
/* Where it is, the first time; false (nothing touched) if it is not. */
bool vt_find(const char *text, int *ret_row, int *ret_col);
/* True as soon as the text is on the screen; false if it is not there after `ms`. */
bool vt_wait_has(const char *text, int ms);

struct vt_pos { int row, col; bool visible; };
struct vt_pos vt_cursor(void);

/* Colours are the terminal's numbers, 0 to 255; -1 its own default. */
struct vt_style { bool bold, underline, reverse; int foreground, background; };
struct vt_style vt_style_at(int row, int col);
/* True if any cell of the screen has a colour. */
bool vt_has_colours(void);

/* What the program has asked of the terminal. */
struct vt_modes {
        bool alternate; /* screen: the usual one is untouched underneath */
        bool mouse, paste, cursor;
        bool raw;       /* the line discipline does not echo nor edit */
};
struct vt_modes vt_modes(void);
/* Bytes that the program has written since the last call. */
size_t vt_bytes(void);

/* ---- Expecting: on failure the screen is printed ---- */

#define vt_expect_has(text) vt_check_has((text), true, __FILE__, __LINE__)
#define vt_expect_lacks(text) vt_check_has((text), false, __FILE__, __LINE__)
#define vt_expect_row(row, text) vt_check_row((row), (text), __FILE__, __LINE__)
#define vt_expect_cursor(row, col) vt_check_cursor((row), (col), __FILE__, __LINE__)
/*
 * The screen is the file tests/golden/tui/NAME.txt: the text, then for each row
 * one letter a column: b bold, u underline, r reverse, c coloured, "." none.
 * With $SIMAE_GOLDEN set the file is written instead.
 */
#define vt_expect_golden(name) vt_check_golden((name), __FILE__, __LINE__)

void vt_check_has(const char *text, bool wanted, const char *file, int line);
void vt_check_row(int row, const char *text, const char *file, int line);
void vt_check_cursor(int row, int col, const char *file, int line);
void vt_check_golden(const char *name, const char *file, int line);

#endif
