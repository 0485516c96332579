/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal is painted: the canvas is compared with the one painted before
 * and curses is given only the cells that differ; it then finds the fewest bytes.
 */
#include "term_priv.h"

#include <string.h>
#include <wchar.h>

#include "base/chart.h"
#include "base/utf8.h"
#include "style_priv.h"

void term_set_theme(enum theme theme)
{
        if (!term.screen)
                return;
        if (!term.colours && theme != THEME_CONTRAST && theme != THEME_ASCII)
                theme = THEME_MONO;
        term.theme = theme;
        for (int i = 0; i < STYLE_N; i++) {
                struct look look = style_look((enum style)i, theme);
                term.attributes[i] = (look.bold ? A_BOLD : 0) | (look.underline ? A_UNDERLINE : 0) |
                                     (look.reverse ? A_REVERSE : 0) | (look.dim ? A_DIM : 0);
                term.pairs[i] = 0;
                if (look.foreground >= 0 || look.background >= 0) {
                        term.pairs[i] = (short)(i + 1);
                        init_pair(term.pairs[i], (short)look.foreground, (short)look.background);
                }
        }
        term_repaint();
}

enum theme term_theme(void)
{
        return term.theme;
}

void term_size(int *ret_rows, int *ret_cols)
{
        *ret_rows = term.screen ? getmaxy(stdscr) : 24;
        *ret_cols = term.screen ? getmaxx(stdscr) : 80;
}

void term_repaint(void)
{
        if (!term.screen)
                return;
        canvas_release(&term.painted);
        clearok(curscr, TRUE);
}

/*
 * The characters of a cell as curses takes them.  A code point newer than the
 * C library, whose width it does not know, is shown as �: were curses and the
 * terminal to disagree on a width, the rest of the row would be displaced.
 */
static void cell_text(const struct cell *cell, wchar_t out[CCHARW_MAX + 1])
{
        int n = 0;
        const char *text = term.theme == THEME_ASCII ? chart_ascii(cell->text) : cell->text;
        for (const char *p = text; *p && n < CCHARW_MAX;) {
                uint32_t code;
                p += utf8_decode(p, &code);
                int width = wcwidth((wchar_t)code);
                if (n == 0)
                        out[n++] = width > 0 && width <= cell->width ? (wchar_t)code : 0xFFFD;
                else if (width == 0)
                        out[n++] = (wchar_t)code;
        }
        out[n] = L'\0';
}

static void paint_cell(int row, int col, const struct cell *cell)
{
        wchar_t text[CCHARW_MAX + 1];
        cchar_t packed;
        attr_t attributes = term.attributes[cell->style];
        short pair = term.pairs[cell->style];
        if (cell->width == 0)
                return; /* came with its left half */
        cell_text(cell, text);
        setcchar(&packed, text, attributes, pair, NULL);
        mvadd_wch(row, col, &packed);
        if (cell->width == 2 && wcwidth(text[0]) == 1) {
                setcchar(&packed, L" ", attributes, pair, NULL);
                mvadd_wch(row, col + 1, &packed);
        }
}

static void paint_row(const struct canvas *canvas, int row, bool all)
{
        size_t bytes = (size_t)canvas->cols * sizeof *canvas->cells;
        struct cell *now = canvas_cell(canvas, row, 0), *before = canvas_cell(&term.painted, row, 0);
        if (!all && memcmp(now, before, bytes) == 0)
                return;
        for (int col = 0; col < canvas->cols; col++)
                if (all || memcmp(&now[col], &before[col], sizeof *now) != 0)
                        paint_cell(row, col, &now[col]);
        memcpy(before, now, bytes);
}

static void paint_cursor(const struct canvas *canvas)
{
        bool show = canvas->cursor_row >= 0 && canvas->cursor_col >= 0;
        if (show != term.cursor_shown) {
                curs_set(show);
                term.cursor_shown = show;
        }
        if (show)
                move(canvas->cursor_row, canvas->cursor_col);
        else
                move(canvas->rows - 1, canvas->cols - 1);
}

void term_paint(const struct canvas *canvas)
{
        if (!term.screen || canvas->rows <= 0 || canvas->cols <= 0)
                return;
        bool all = term.painted.rows != canvas->rows || term.painted.cols != canvas->cols;
        if (all) {
                canvas_resize(&term.painted, canvas->rows, canvas->cols);
                erase();
        }
        for (int row = 0; row < canvas->rows; row++)
                paint_row(canvas, row, all);
        paint_cursor(canvas);
        refresh();
}

void term_set_mouse(bool on)
{
        if (!term.screen)
                return;
        /* Presses only, no motion: the terminal's own selection stays one key (Shift) away. */
        mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
        term.mouse = on;
}

bool term_mouse(void)
{
        return term.mouse;
}
