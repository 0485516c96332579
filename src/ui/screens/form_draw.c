/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form screen as a whole: the sections at the left (or one line for the
 * present one in narrow terminals), the column of questions at the right.
 *
 *      ✓ A. Institución  9/9 │ B. Docente y grupo           12/18   ↑ 3
 *      ▸! B. Docente    12/18│ …
 *      · C1. Planificac…     │                               ↓ 8 más abajo
 *
 * The column begins at item `top`.  Only the items on the screen are measured:
 * from the top down, and from the focus up when it has gone below the end.
 */
#include "form_priv.h"

#include <string.h>

#include "base/utf8.h"

enum { SIDE_COLS = 24, SIDE_WIDE = 36, SIDE_FROM = 70, WIDE_FROM = 110, TITLE_LONG_FROM = 72 };

const char *form_missing_words(const struct session_counts *counts, struct arena *arena)
{
        int wrong = counts->invalid + counts->unavailable;
        const char *fix = wrong ? arena_printf(arena, _("%d por corregir"), wrong) : "";
        if (!counts->missing)
                return wrong ? fix : _("No falta nada");
        const char *missing = counts->missing == 1
                                      ? _("Falta 1 respuesta")
                                      : arena_printf(arena, _("Faltan %d respuestas"), counts->missing);
        return wrong ? arena_printf(arena, "%s · %s", missing, fix) : missing;
}

/* The same in the width of a title. */
static const char *short_missing(const struct session_counts *counts, int cols, struct arena *arena)
{
        int wrong = counts->invalid + counts->unavailable;
        if (!counts->missing || (!wrong && cols >= TITLE_LONG_FROM))
                return form_missing_words(counts, arena);
        if (!wrong)
                return arena_printf(arena, _("Faltan %d"), counts->missing);
        return arena_printf(arena, _("Faltan %d · %d por corregir"), counts->missing, wrong);
}

static const char *form_name(const struct form *form)
{
        return str_blank(form->short_title) ? form->title : form->short_title;
}

static const char *row_title(struct form_state *st, struct arena *arena)
{
        int n = 0;
        session_rows(st->session, st->repeat, &n);
        const char *label = session_label(st->session, st->repeat, arena);
        return arena_printf(arena, _("%s › %s › %d de %d"), form_name(st->form), label,
                            session_row_position(st->session, st->row), n);
}

static const char *whole_title(struct form_state *st, struct arena *arena)
{
        const char *title = record_session_title(st->session, arena);
        return arena_printf(arena, "%s%s%s", form_name(st->form), *title ? " › " : "", title);
}

const char *form_title(struct screen *screen, struct arena *arena)
{
        struct form_state *st = form_state(screen);
        if (!st->draft)
                return "";
        form_counts_load(st);
        const char *left = st->part == FORM_ROW ? row_title(st, arena)
                           : st->part == FORM_QUICK
                                   ? arena_printf(arena, _("Nueva ficha: %s"), form_name(st->form))
                                   : whole_title(st, arena);
        bool typing = st->widget.class && st->widget.class->keeps && st->widget.editor.changed;
        return arena_printf(arena, "%s\t%s · %s", left,
                            short_missing(&st->counts, st->ui->canvas.cols, arena),
                            typing ? _("escribiendo…") : _("Guardado"));
}

/* ---- Sections ---- */

static const char *count_words(const struct session_counts *counts, struct arena *arena)
{
        return counts->questions ? arena_printf(arena, "%d/%d", counts->answered, counts->questions) : "";
}

static void side_line(struct form_state *st, struct canvas *canvas, struct rect area, bool current,
                      const char *glyph, const char *label, const char *count)
{
        enum style style = current ? STYLE_FOCUS : STYLE_NORMAL;
        int width = utf8_width(count);
        (void)st;
        canvas_fill(canvas, area, style);
        canvas_text(canvas, area.row, area.col, 1, style, current ? "▸" : " ");
        canvas_text(canvas, area.row, area.col + 1, 1, current ? style : form_glyph_style(glyph), glyph);
        canvas_text_cut(canvas, area.row, area.col + 3, area.cols - 4 - width, style, label);
        canvas_text(canvas, area.row, area.col + area.cols - width, width, style, count);
}

static void draw_section_line(struct form_state *st, struct canvas *canvas, struct rect area, int i)
{
        const struct form_section *section = &st->sections[i];
        bool shown = form_section_shown(st, i);
        const char *count = shown ? count_words(&section->counts, &st->ui->frame) : "";
        side_line(st, canvas, area, i == st->section, form_section_glyph(st, i), section->label, count);
}

static void draw_row_line(struct form_state *st, struct canvas *canvas, struct rect area, int row, int number)
{
        const char *words = session_row_words(st->session, row, &st->ui->frame);
        const char *label = arena_printf(&st->ui->frame, "%d %s", number, words ? words : "");
        side_line(st, canvas, area, row == st->row, " ", label, "");
}

/* Keep the current line of `n` in view. */
static void scroll_side(struct form_state *st, int current, int n, int rows)
{
        if (current < st->side_top)
                st->side_top = current;
        if (current >= st->side_top + rows)
                st->side_top = current - rows + 1;
        if (st->side_top > n - rows)
                st->side_top = n > rows ? n - rows : 0;
}

static void draw_side(struct form_state *st, struct canvas *canvas, struct rect area)
{
        int n = st->sections_n, current = st->section;
        const int *rows = NULL;
        if (st->part == FORM_ROW) {
                rows = session_rows(st->session, st->repeat, &n);
                current = session_row_position(st->session, st->row) - 1;
        }
        scroll_side(st, current, n, area.rows);
        st->side = area;
        for (int i = st->side_top; i < n && i - st->side_top < area.rows; i++) {
                struct rect line = {area.row + i - st->side_top, area.col, 1, area.cols};
                if (rows)
                        draw_row_line(st, canvas, line, rows[i], i + 1);
                else
                        draw_section_line(st, canvas, line, i);
        }
}

/* ---- The line over the questions ---- */

static int shown_position(const struct form_state *st, int *ret_n)
{
        int n = 0, at = 0;
        for (int i = 0; i < st->sections_n; i++) {
                n += form_section_shown(st, i);
                if (i == st->section)
                        at = n;
        }
        *ret_n = n;
        return at;
}

static const char *head_words(struct form_state *st, bool narrow)
{
        const struct form_section *section = &st->sections[st->section];
        if (!narrow || st->sections_n < 2)
                return section->label;
        int n = 0, at = shown_position(st, &n);
        return arena_printf(&st->ui->frame, _("Sección %d de %d: %s"), at, n, section->label);
}

static void draw_head(struct form_state *st, struct canvas *canvas, struct rect area, bool narrow)
{
        const struct session_counts *counts = &st->sections[st->section].counts;
        const char *count = count_words(counts, &st->ui->frame);
        if (st->top > 0)
                count = arena_printf(&st->ui->frame, _("%s  ↑ %d"), count, st->top);
        int width = utf8_width(count);
        canvas_text_cut(canvas, area.row, area.col + 1, area.cols - width - 3, STYLE_HEADING,
                        head_words(st, narrow));
        canvas_text(canvas, area.row, area.col + area.cols - width - 1, width, STYLE_DIM, count);
}

/* ---- The column ---- */

/* The focus is wholly in view, with what comes before and after it when there is room. */
static void scroll_to_focus(struct form_state *st, int cols, int rows)
{
        if (st->focus < 0 || st->loose)
                return;
        int used = form_item_height(st, st->focus, cols, rows);
        if (st->focus <= st->top && st->focus > 0 &&
            used + form_item_height(st, st->focus - 1, cols, rows) <= rows) {
                st->top = st->focus - 1;
                return;
        }
        if (st->focus < st->top)
                st->top = st->focus;
        int next = st->focus + 1 < st->items_n ? form_item_height(st, st->focus + 1, cols, rows) : 0;
        int first = st->focus;
        if (used + next <= rows)
                used += next;
        while (first > st->top) {
                int height = form_item_height(st, first - 1, cols, rows);
                if (used + height > rows)
                        break;
                used += height;
                first--;
        }
        if (st->top < first)
                st->top = first;
}

/* When everything below `top` leaves blank lines, show more of what is above. */
static void fill_bottom(struct form_state *st, int cols, int rows)
{
        int used = 0;
        for (int i = st->top; i < st->items_n && used < rows; i++)
                used += form_item_height(st, i, cols, rows);
        while (st->top > 0) {
                int height = form_item_height(st, st->top - 1, cols, rows);
                if (used + height > rows)
                        return;
                used += height;
                st->top--;
        }
}

static int draw_items(struct form_state *st, struct canvas *canvas, struct rect area)
{
        int row = area.row, end = area.row + area.rows, i = st->top;
        st->hits_n = 0;
        for (; i < st->items_n && row < end; i++) {
                int height = form_item_height(st, i, area.cols, area.rows);
                if (row + height > end && (i == st->focus || st->items[i].heading))
                        break;
                int rows = row + height > end ? end - row : height;
                form_item_draw(st, i, canvas, (struct rect){row, area.col, rows, area.cols});
                if (st->hits_n < (int)ARRAY_LEN(st->hits))
                        st->hits[st->hits_n++] = (struct form_hit){row, rows, i};
                row += rows;
        }
        return i;
}

static void draw_column(struct form_state *st, struct canvas *canvas, struct rect area)
{
        st->column = area;
        st->editor = (struct rect){0, 0, 0, 0};
        if (st->top >= st->items_n)
                st->top = st->items_n ? st->items_n - 1 : 0;
        scroll_to_focus(st, area.cols, area.rows);
        fill_bottom(st, area.cols, area.rows);
        int last = draw_items(st, canvas, area);
        if (!st->items_n)
                canvas_text(canvas, area.row, area.col + 3, area.cols - 3, STYLE_DIM,
                            _("Nada que responder en esta sección."));
        if (last >= st->items_n)
                return;
        const char *more = arena_printf(&st->ui->frame, _("↓ %d más"), st->items_n - last);
        int width = utf8_width(more);
        canvas_text(canvas, area.row + area.rows, area.col + area.cols - width - 1, width, STYLE_DIM, more);
}

void form_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct form_state *st = form_state(screen);
        if (!st->draft || area.rows < 3)
                return;
        form_items_load(st);
        form_counts_load(st);
        bool alone = st->sections_n == 1 && st->part != FORM_ROW;
        bool narrow = area.cols < SIDE_FROM || alone;
        int side = area.cols >= WIDE_FROM ? SIDE_WIDE : SIDE_COLS, left = narrow ? 0 : side + 1;
        st->side = (struct rect){0, 0, 0, 0};
        if (!narrow) {
                draw_side(st, canvas, (struct rect){area.row, area.col, area.rows, side});
                for (int i = 0; i < area.rows; i++)
                        canvas_text(canvas, area.row + i, area.col + side, 1, STYLE_DIM, "│");
        }
        struct rect right = {area.row, area.col + left, area.rows, area.cols - left};
        draw_column(st, canvas, (struct rect){right.row + 1, right.col, right.rows - 2, right.cols});
        /* After it: how many are above, only the column knows. */
        draw_head(st, canvas, right, narrow);
}
