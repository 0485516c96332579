/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The screen as data (contract in ui/canvas.h).
 *
 * A cell holds one code point that takes columns and the marks that follow it.
 * That is what a terminal puts in one cell: emoji joined into families stay
 * separate here, and utf8_width() counts them the same way, so columns agree.
 *
 * Invariant: a cell of width 2 is followed by one of width 0 on its row, and
 * none of width 0 stands elsewhere; put() keeps it when it covers half of one.
 */
#include "ui/canvas.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/chart.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "canvas_priv.h"

static const struct cell blank = {.text = " ", .width = 1, .style = STYLE_NORMAL};

void canvas_init(struct canvas *canvas, int rows, int cols)
{
        *canvas = (struct canvas){0};
        canvas_resize(canvas, rows, cols);
}

void canvas_release(struct canvas *canvas)
{
        free(canvas->cells);
        *canvas = (struct canvas){0};
}

void canvas_resize(struct canvas *canvas, int rows, int cols)
{
        canvas->rows = rows > 0 ? rows : 0;
        canvas->cols = cols > 0 ? cols : 0;
        canvas->cells = xrealloc(canvas->cells,
                                 (size_t)canvas->rows * (size_t)canvas->cols * sizeof *canvas->cells);
        canvas_clear(canvas);
}

void canvas_clear(struct canvas *canvas)
{
        size_t n = (size_t)canvas->rows * (size_t)canvas->cols;
        for (size_t i = 0; i < n; i++)
                canvas->cells[i] = blank;
        canvas->cursor_row = canvas->cursor_col = -1;
}

struct cell *canvas_cell(const struct canvas *canvas, int row, int col)
{
        return &canvas->cells[(size_t)row * (size_t)canvas->cols + (size_t)col];
}

/* A wide character of which one column is about to be covered becomes a space. */
static void unsplit(struct canvas *canvas, int row, int col)
{
        struct cell *cell = canvas_cell(canvas, row, col);
        if (cell->width == 1)
                return;
        struct cell *left = cell->width == 0 ? cell - 1 : cell;
        for (int half = 0; half < 2; half++) {
                unsigned char style = left[half].style;
                left[half] = blank;
                left[half].style = style;
        }
}

/* One code point of `width` columns at a place inside the canvas; the cell, for the marks that follow. */
static struct cell *put(struct canvas *canvas, int row, int col, enum style style, const char *bytes,
                        size_t len, int width)
{
        for (int i = 0; i < width; i++)
                unsplit(canvas, row, col + i);
        struct cell *cell = canvas_cell(canvas, row, col);
        *cell = (struct cell){.width = (unsigned char)width, .style = (unsigned char)style};
        memcpy(cell->text, bytes, len);
        if (width == 2)
                cell[1] = (struct cell){.style = (unsigned char)style};
        return cell;
}

static void add_mark(struct cell *cell, const char *bytes, size_t len)
{
        size_t used = strlen(cell->text);
        if (used + len < sizeof cell->text)
                memcpy(cell->text + used, bytes, len); /* the rest of the cell is zero */
}

/* Where text is being put: columns from `col` up to `end` may be used. */
struct pen {
        struct canvas *canvas;
        int row, col, end;
        enum style style;
        struct cell *last;
};

/* False when the code point does not fit. */
static bool pen_put(struct pen *pen, uint32_t code, const char *bytes, size_t len)
{
        bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
        int width = control ? 1 : utf8_code_width(code);
        if (width == 0) {
                if (pen->last)
                        add_mark(pen->last, bytes, len);
                return true;
        }
        if (pen->col + width > pen->end)
                return false;
        pen->last = NULL;
        if (pen->row >= 0 && pen->row < pen->canvas->rows) {
                if (pen->col >= 0 && pen->col + width <= pen->canvas->cols)
                        pen->last = put(pen->canvas, pen->row, pen->col, pen->style, control ? " " : bytes,
                                        control ? 1 : len, width);
                else /* half of it is outside: a space for the half inside */
                        for (int i = 0; i < width; i++)
                                if (pen->col + i >= 0 && pen->col + i < pen->canvas->cols)
                                        put(pen->canvas, pen->row, pen->col + i, pen->style, " ", 1, 1);
        }
        pen->col += width;
        return true;
}

/* Most text is printable ASCII over whole cells: one store each. False if this byte is no such case. */
static bool pen_put_ascii(struct pen *pen, unsigned char c)
{
        struct canvas *canvas = pen->canvas;
        if (c < 0x20 || c >= 0x7F || pen->col >= pen->end || pen->col < 0 || pen->col >= canvas->cols ||
            pen->row < 0 || pen->row >= canvas->rows)
                return false;
        struct cell *cell = canvas_cell(canvas, pen->row, pen->col);
        if (cell->width != 1)
                return false;
        *cell = (struct cell){.text = {(char)c}, .width = 1, .style = (unsigned char)pen->style};
        pen->last = cell;
        pen->col++;
        return true;
}

int canvas_textn(struct canvas *canvas, int row, int col, int cols, enum style style, const char *text,
                 size_t len)
{
        struct pen pen = {canvas, row, col, col + (cols > 0 ? cols : 0), style, NULL};
        for (size_t at = 0; at < len;) {
                uint32_t code;
                if (pen_put_ascii(&pen, (unsigned char)text[at])) {
                        at++;
                        continue;
                }
                size_t n = utf8_decode(text + at, &code);
                if (n == 0)
                        break;
                bool after_cr = code == '\n' && at > 0 && text[at - 1] == '\r';
                if (!after_cr && !(code == 0xFFFD && n == 1 ? pen_put(&pen, code, "\xEF\xBF\xBD", 3)
                                                           : pen_put(&pen, code, text + at, n))) {
                        /* a wide character that would be split */
                        if (pen.col < pen.end)
                                pen_put(&pen, ' ', " ", 1);
                        break;
                }
                at += n;
        }
        return pen.col - col;
}

int canvas_text(struct canvas *canvas, int row, int col, int cols, enum style style, const char *text)
{
        return canvas_textn(canvas, row, col, cols, style, text, strlen(text));
}

int canvas_text_cut(struct canvas *canvas, int row, int col, int cols, enum style style, const char *text)
{
        size_t len = strlen(text);
        if (cols <= 0)
                return 0;
        if (canvas_columns(text, len) <= cols)
                return canvas_textn(canvas, row, col, cols, style, text, len);
        int used = canvas_textn(canvas, row, col, cols - 1, style, text, len);
        return used + canvas_text(canvas, row, col + used, 1, style, "…");
}

void canvas_fill(struct canvas *canvas, struct rect rect, enum style style)
{
        for (int row = rect.row < 0 ? 0 : rect.row; row < rect.row + rect.rows && row < canvas->rows; row++)
                for (int col = rect.col < 0 ? 0 : rect.col; col < rect.col + rect.cols && col < canvas->cols;
                     col++)
                        put(canvas, row, col, style, " ", 1, 1);
}

static void line_across(struct canvas *canvas, int row, int col, int cols, enum style style,
                        const char *const pieces[3])
{
        canvas_text(canvas, row, col, 1, style, pieces[0]);
        for (int i = 1; i < cols - 1; i++)
                canvas_text(canvas, row, col + i, 1, style, pieces[1]);
        canvas_text(canvas, row, col + cols - 1, 1, style, pieces[2]);
}

void canvas_box(struct canvas *canvas, struct rect rect, enum style style, const char *title)
{
        static const char *const top[] = {"┌", "─", "┐"}, *const bottom[] = {"└", "─", "┘"};
        if (rect.rows < 2 || rect.cols < 2)
                return;
        int last_row = rect.row + rect.rows - 1, last_col = rect.col + rect.cols - 1;
        line_across(canvas, rect.row, rect.col, rect.cols, style, top);
        line_across(canvas, last_row, rect.col, rect.cols, style, bottom);
        for (int row = rect.row + 1; row < last_row; row++) {
                canvas_text(canvas, row, rect.col, 1, style, "│");
                canvas_text(canvas, row, last_col, 1, style, "│");
        }
        if (title && *title && rect.cols > 6) {
                canvas_text(canvas, rect.row, rect.col + 2, 1, style, " ");
                int used = canvas_text_cut(canvas, rect.row, rect.col + 3, rect.cols - 6, style, title);
                canvas_text(canvas, rect.row, rect.col + 3 + used, 1, style, " ");
        }
}

size_t cluster_next(const char *text)
{
        const unsigned char *p = (const unsigned char *)text;
        if (p[0] && p[0] < 0x80 && p[1] < 0x80 && p[0] != '\r')
                return 1;
        return utf8_next(text);
}

int canvas_columns(const char *text, size_t len)
{
        int columns = 0;
        for (size_t at = 0; at < len;) {
                unsigned char c = (unsigned char)text[at];
                size_t n = cluster_next(text + at);
                if (n == 0)
                        break;
                bool control = c < 0x20 || c == 0x7F || (c == 0xC2 && (unsigned char)text[at + 1] < 0xA0);
                columns += c >= 0x20 && c < 0x7F && n == 1 ? 1 : control ? 1 : utf8_width_n(text + at, n);
                at += n;
        }
        return columns;
}

struct wrap_line wrap_line_at(const char *text, size_t at, int cols)
{
        struct wrap_line line = {at, at, SIZE_MAX};
        size_t word = at; /* where the line can be broken: after its last blank */
        int used = 0;
        for (size_t end = at; text[end];) {
                size_t line_end = text[end] == '\n' ? 1 : text[end] == '\r' && text[end + 1] == '\n' ? 2 : 0;
                if (line_end) {
                        line.end = end;
                        line.next = end + line_end;
                        return line;
                }
                size_t n = cluster_next(text + end);
                int width = canvas_columns(text + end, n);
                bool is_blank = text[end] == ' ';
                if (used + width > cols && !is_blank && end > at) {
                        line.end = line.next = word > at ? word : end;
                        return line;
                }
                used += width;
                end += n;
                line.end = end;
                if (is_blank)
                        word = end;
        }
        return line;
}

int canvas_wrap(struct canvas *canvas, struct rect rect, enum style style, const char *text, int skip)
{
        int lines = 0;
        for (size_t at = 0; text[at];) { /* so that a line end at the end adds no line */
                struct wrap_line line = wrap_line_at(text, at, rect.cols > 0 ? rect.cols : 1);
                int row = lines++ - skip;
                if (canvas && row >= 0 && row < rect.rows)
                        canvas_textn(canvas, rect.row + row, rect.col, rect.cols, style, text + line.start,
                                     line.end - line.start);
                if (line.next == SIZE_MAX)
                        break;
                at = line.next;
        }
        return lines;
}

void canvas_bar(struct canvas *canvas, int row, int col, int cols, enum style style, double share)
{
        for (int i = 0; i < cols; i++)
                canvas_text(canvas, row, col + i, 1, style, chart_bar_sign(share, cols, i));
}

void canvas_dump(const struct canvas *canvas, struct str *out)
{
        for (int row = 0; row < canvas->rows; row++) {
                size_t end = out->len; /* after the last cell that is not blank */
                for (int col = 0; col < canvas->cols; col++) {
                        const struct cell *cell = canvas_cell(canvas, row, col);
                        str_add(out, cell->text);
                        if (cell->width && strcmp(cell->text, " ") != 0)
                                end = out->len;
                }
                str_splice(out, end, out->len - end, "", 0);
                str_addc(out, '\n');
        }
}
