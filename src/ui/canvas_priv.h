/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the text editor shares with the canvas: breaking a text into lines. */
#ifndef SIMAE_SRC_UI_CANVAS_PRIV_H
#define SIMAE_SRC_UI_CANVAS_PRIV_H

#include <stdbool.h>
#include <stddef.h>

/* One line of a wrapped text: its bytes, and where the next begins (past a line end; SIZE_MAX after the
 * last). */
struct wrap_line { size_t start, end, next; };

/*
 * The line that begins at `at`, at most `cols` columns but for the blanks at
 * its end, which hang.  A text that ends in \n has an empty line after it.
 */
struct wrap_line wrap_line_at(const char *text, size_t at, int cols);

/* Columns that `len` bytes take on a canvas: as utf8_width_n(), but a control character shows as a space. */
int canvas_columns(const char *text, size_t len);
/* utf8_next(), without the call for plain letters. */
size_t cluster_next(const char *text);

#endif
