/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The review as lines: laid out again when the width changes, scrolled to what the cursor is on, and drawn. */
#include "review_priv.h"

#include <string.h>

#include "base/utf8.h"

static int indent_of(const struct item *item)
{
        return item->kind == ITEM_HEADING ? 0 : 3 + 2 * item->depth;
}

static bool on_one_line(const struct item *item, int cols)
{
        int width = utf8_width(item->label) + 2 + utf8_width(item->text);
        return !strchr(item->text, '\n') && indent_of(item) + width <= cols;
}

static int wrapped(const char *text, int cols)
{
        return *text ? canvas_wrap(NULL, (struct rect){0, 0, 1 << 20, cols}, STYLE_NORMAL, text, 0) : 0;
}

static int item_lines(const struct item *item, int cols)
{
        if (item->kind == ITEM_HEADING)
                return 2;
        if (on_one_line(item, cols))
                return 1;
        return wrapped(item->label, cols - indent_of(item)) + wrapped(item->text, cols - indent_of(item) - 2);
}

static void lay_out(struct review_state *st, int cols)
{
        if (st->cols == cols)
                return;
        st->cols = cols;
        st->lines = 0;
        for (int i = 0; i < st->n; i++) {
                st->items[i].line = st->lines;
                st->items[i].lines = item_lines(&st->items[i], cols);
                st->lines += st->items[i].lines;
        }
}

static void scroll(struct review_state *st)
{
        if (st->at >= 0 && st->at < st->n) {
                const struct item *item = &st->items[st->at];
                bool headed = st->at > 0 && item[-1].kind == ITEM_HEADING;
                int first = item->line - (headed ? 2 : 0);
                if (first < st->top && item->line + item->lines <= st->top + st->rows)
                        st->top = first;
                if (item->line + item->lines > st->top + st->rows && item->line > st->top)
                        st->top = item->line + item->lines - st->rows < item->line
                                          ? item->line + item->lines - st->rows
                                          : item->line;
        }
        if (st->top > st->lines - st->rows)
                st->top = st->lines - st->rows;
        if (st->top < 0)
                st->top = 0;
}

/* ---- Drawing ---- */

/* Part of a text, when its first lines are above the area. */
static void draw_text(struct canvas *canvas, struct rect area, int line, int col, enum style style,
                      const char *text)
{
        int skip = line < 0 ? -line : 0, row = line < 0 ? 0 : line;
        if (row >= area.rows || !*text)
                return;
        canvas_wrap(canvas, (struct rect){area.row + row, area.col + col, area.rows - row, area.cols - col},
                    style, text, skip);
}

static enum style text_style(const struct item *item)
{
        if (item->kind == ITEM_PROBLEM)
                return STYLE_ERROR;
        return item->kind == ITEM_WARNING ? STYLE_WARNING : STYLE_OK;
}

static const char *item_mark(const struct item *item)
{
        return item->kind == ITEM_PROBLEM ? "!" : item->kind == ITEM_WARNING ? "~" : " ";
}

static void draw_mark(struct review_state *st, struct canvas *canvas, struct rect area, int line, int i)
{
        bool here = i == st->at;
        if (line < 0 || line >= area.rows)
                return;
        canvas_text(canvas, area.row + line, area.col, 1, STYLE_HEADING, here ? "▸" : " ");
        canvas_text(canvas, area.row + line, area.col + 1, 1, text_style(&st->items[i]),
                    item_mark(&st->items[i]));
        if (here) {
                canvas->cursor_row = area.row + line;
                canvas->cursor_col = area.col;
        }
}

static void draw_item(struct review_state *st, struct canvas *canvas, struct rect area, int i)
{
        const struct item *item = &st->items[i];
        int line = item->line - st->top, indent = indent_of(item);
        enum style label = i == st->at ? STYLE_FOCUS : STYLE_NORMAL;
        if (item->kind == ITEM_HEADING) {
                draw_text(canvas, area, line + 1, 0, STYLE_HEADING, item->label);
                return;
        }
        draw_mark(st, canvas, area, line, i);
        draw_text(canvas, area, line, indent, label, item->label);
        if (on_one_line(item, area.cols) && *item->text && !str_ends(item->label, "?"))
                draw_text(canvas, area, line, indent + utf8_width(item->label), STYLE_NORMAL, ":");
        if (on_one_line(item, area.cols))
                draw_text(canvas, area, line, indent + utf8_width(item->label) + 2, text_style(item),
                          item->text);
        else
                draw_text(canvas, area, line + wrapped(item->label, area.cols - indent), indent + 2,
                          text_style(item), item->text);
}

static const char *head_words(struct review_state *st, struct arena *arena)
{
        if (st->problems == 1)
                return _("Falta 1 para concluir. Enter va a ella.");
        if (st->problems)
                return arena_printf(arena, _("Faltan %d para concluir. Enter va a la señalada."),
                                    st->problems);
        return _("No falta nada. Lea lo llenado y concluya con F2 (o Ctrl-O).");
}

void review_draw(struct review_state *st, struct ui *ui, struct canvas *canvas, struct rect area)
{
        canvas_text_cut(canvas, area.row, area.col + 1, area.cols - 12, st->problems ? STYLE_ERROR : STYLE_OK,
                        head_words(st, &ui->frame));
        st->area = (struct rect){area.row + 1, area.col, area.rows - 1, area.cols};
        st->rows = st->area.rows;
        lay_out(st, area.cols);
        scroll(st);
        for (int i = 0; i < st->n && st->items[i].line < st->top + st->rows; i++)
                if (st->items[i].line + st->items[i].lines > st->top)
                        draw_item(st, canvas, st->area, i);
        if (st->lines > st->rows) {
                int share = st->top * 100 / (st->lines - st->rows);
                const char *words = arena_printf(&ui->frame, "%s%s %d %%", st->top ? "↑" : " ",
                                                 st->top + st->rows < st->lines ? "↓" : " ", share);
                canvas_text(canvas, area.row, area.col + area.cols - 9, 8, STYLE_DIM, words);
        }
}
