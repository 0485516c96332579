/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal.  src/ui/term.c is the one file that knows curses: it paints a
 * canvas (curses sends only the differences) and waits for one key.
 *
 * Waiting is in ppoll() with SIGWINCH, SIGTERM and SIGHUP unblocked only there,
 * never in a blocking read, so that a resize just before is not lost.  When it
 * is about to block with no input pending and $SIMAE_TEST_IDLE_FD names a
 * descriptor, one byte is written to it: tests wait for that instead of sleeping.
 * Time passing (KEY_KIND_IDLE) writes none, so each byte answers some input.
 *
 * Without an open terminal every function but term_open() does nothing.
 */
#ifndef SIMAE_UI_TERM_H
#define SIMAE_UI_TERM_H

#include "base/err.h"
#include "ui/canvas.h"
#include "ui/key.h"

/* ASCII: without colour, and every sign that is no letter as chart_ascii() (base/chart.h) gives it. */
enum theme { THEME_DARK, THEME_LIGHT, THEME_CONTRAST, THEME_MONO, THEME_ASCII, THEMES };

/* ERR_REFUSED without a terminal on both standard input and output, or with TERM=dumb: says what to use instead.
 * $SIMAE_ASCII begins with THEME_ASCII. */
enum err_code term_open(enum theme theme, struct err *err);
/* Puts the terminal back as it was. Safe to call twice, and from the crash handler. */
void term_close(void);
void term_size(int *ret_rows, int *ret_cols);
/* Sends what changed since the last time. */
void term_paint(const struct canvas *canvas);
/* The next term_paint() sends everything. */
void term_repaint(void);
/* The next key; KEY_KIND_IDLE after `idle_ms` without any (-1: wait for ever; 0: only what is there already, and
 * tests are not told, since the program has something to do). */
struct key term_wait(int idle_ms);
void term_set_theme(enum theme theme);
enum theme term_theme(void);
/* Mouse reports on or off; off lets the terminal select and copy text. */
void term_set_mouse(bool on);
bool term_mouse(void);
/* The sentence to print, terminal restored, if the program crashes: where the data is. Copied, cut at
 * 511 bytes. */
void term_set_crash_note(const char *sentence);
/* Stop as ^Z does, and come back. */
void term_suspend(void);

#endif
