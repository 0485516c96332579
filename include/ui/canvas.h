/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A canvas: the screen as data.  Everything draws here; ui/term.c copies it
 * to the terminal, and tests read it.  Rows and columns count from 0.  What
 * falls outside is cut; a wide character that would be split becomes a space.
 */
#ifndef SIMAE_UI_CANVAS_H
#define SIMAE_UI_CANVAS_H

#include <stdbool.h>

#include "base/str.h"

enum style {
#define STYLE(role, ...) STYLE_##role,
#include "ui/styles.def"
#undef STYLE
        STYLE_N
};

enum { CELL_BYTES = 14 }; /* a letter with five marks; with width and style a cell is 16 bytes, one store */

struct cell {
        char text[CELL_BYTES]; /* one grapheme cluster, NUL-terminated; "" for the right half of a wide one */
        unsigned char width;   /* 1, 2, or 0 for the right half */
        unsigned char style;   /* enum style */
};

struct rect { int row, col, rows, cols; };

struct canvas {
        int rows, cols;
        struct cell *cells;
        int cursor_row, cursor_col; /* the hardware cursor: on what has focus; -1 hidden */
};

void canvas_init(struct canvas *canvas, int rows, int cols);
void canvas_release(struct canvas *canvas);
/* New size; contents are blank. */
void canvas_resize(struct canvas *canvas, int rows, int cols);
/* All blank, NORMAL, cursor hidden. */
void canvas_clear(struct canvas *canvas);
struct cell *canvas_cell(const struct canvas *canvas, int row, int col);

/* Text from (row, col), at most `cols` columns; returns the columns used. Control characters show as spaces. */
int canvas_text(struct canvas *canvas, int row, int col, int cols, enum style style, const char *text);
int canvas_textn(struct canvas *canvas, int row, int col, int cols, enum style style, const char *text, size_t len);
/* The same, ending in "…" when cut. */
int canvas_text_cut(struct canvas *canvas, int row, int col, int cols, enum style style, const char *text);
/* Spaces (or `fill`, one column wide) over a rectangle. */
void canvas_fill(struct canvas *canvas, struct rect rect, enum style style);
/* A box of lines with an optional title. */
void canvas_box(struct canvas *canvas, struct rect rect, enum style style, const char *title);
/* Words wrapped in a rectangle from its first row, skipping the first `skip` lines; returns how many
 * lines the whole text has. With `canvas` NULL it only counts. */
int canvas_wrap(struct canvas *canvas, struct rect rect, enum style style, const char *text, int skip);
/* A proportion from 0 to 1 as a bar of `cols` columns that also reads without colour: "████▌····". */
void canvas_bar(struct canvas *canvas, int row, int col, int cols, enum style style, double share);

/* The canvas as text, one line for each row, trailing blanks cut: for tests and the README. */
void canvas_dump(const struct canvas *canvas, struct str *out);

#endif
