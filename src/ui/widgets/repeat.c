/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group that repeats, as a table whose columns are its first questions:
 *
 *        Persona               Rol         Asistió
 *      ▸✓ Quispe Huamán, Rosa  Docente     Sí
 *       ! Rojas Díaz, Ana                  Sí
 *       + Agregar
 *
 * A row opens in a form screen of its own; Enter on the last line, or +, adds
 * one, and past the end of a new row comes another, until one is left blank.
 */
#include "widgets_priv.h"

#include <string.h>

#include "../screens/form_priv.h"

enum { COLUMNS_MAX = 4, COLUMN_MIN = 14, GAP = 2, ROWS_MOST = 12 };

struct columns {
        int nodes[COLUMNS_MAX], n, width;
};

static struct columns columns_of(struct session *session, const struct node *repeat, int cols)
{
        const struct form *form = session_form(session);
        struct columns columns = {.n = 0};
        int most = cols / (COLUMN_MIN + GAP);
        for (int i = repeat->index + 1; i < repeat->end && columns.n < COLUMNS_MAX && columns.n < most; i++)
                if (form->nodes[i].scope == repeat->opens_scope && node_is_question(&form->nodes[i]))
                        columns.nodes[columns.n++] = i;
        columns.width = columns.n ? cols / columns.n : cols;
        return columns;
}

static int rows_n(struct widget *widget)
{
        int n = 0;
        session_rows(widget->session, widget->place, &n);
        return n;
}

/* ---- Drawing ---- */

static int height(struct widget *widget, int cols, int room)
{
        int n = rows_n(widget), rows = n ? n + 2 : 1;
        (void)cols;
        if (rows > ROWS_MOST)
                rows = ROWS_MOST;
        return rows < room ? rows : room;
}

static void draw_head(struct widget *widget, struct canvas *canvas, struct rect line, int row,
                      const struct columns *columns)
{
        for (int i = 0; i < columns->n; i++) {
                struct place place = {columns->nodes[i], row};
                const char *label = session_label(widget->session, place, &widget->ui->frame);
                canvas_text_cut(canvas, line.row, line.col + 3 + i * columns->width, columns->width - GAP,
                                STYLE_DIM, label);
        }
}

/* The worst that a row holds. */
static const char *row_glyph(struct widget *widget, int row)
{
        const struct form *form = session_form(widget->session);
        const struct node *repeat = widget->node;
        const char *glyph = "✓";
        for (int i = repeat->index + 1; i < repeat->end; i++) {
                if (form->nodes[i].scope != repeat->opens_scope)
                        continue;
                switch (session_status(widget->session, (struct place){i, row})) {
                case STATUS_MISSING:
                case STATUS_INVALID:
                case STATUS_UNAVAILABLE: return "!";
                case STATUS_WARNING: glyph = "~"; break;
                default: break;
                }
        }
        return glyph;
}

static void draw_row(struct widget *widget, struct canvas *canvas, struct rect line, int i, int row,
                     const struct columns *columns)
{
        bool here = i == widget->at;
        enum style style = here ? STYLE_FOCUS : STYLE_NORMAL;
        const char *glyph = row_glyph(widget, row);
        canvas_fill(canvas, line, style);
        canvas_text(canvas, line.row, line.col, 1, style, here ? "▸" : " ");
        canvas_text(canvas, line.row, line.col + 1, 1, here ? style : form_glyph_style(glyph), glyph);
        for (int k = 0; k < columns->n; k++) {
                struct place place = {columns->nodes[k], row};
                canvas_text_cut(canvas, line.row, line.col + 3 + k * columns->width, columns->width - GAP,
                                style, session_display(widget->session, place, &widget->ui->frame));
        }
}

static void draw_add(struct widget *widget, struct canvas *canvas, int row, int col, int cols, int n)
{
        bool here = widget->at == n;
        const char *text = arena_printf(&widget->ui->frame, _("%s + Agregar%s"), here ? "▸" : " ",
                                        n ? "" : _(" (pulse +)"));
        canvas_text_cut(canvas, row, col, cols, here ? STYLE_FOCUS : STYLE_NORMAL, text);
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        int n = 0;
        const int *rows = session_rows(widget->session, widget->place, &n);
        struct columns columns = columns_of(widget->session, widget->node, area.cols - 4);
        int line = area.row, end = area.row + area.rows;
        if (widget->at > n)
                widget->at = n;
        if (n && area.rows > 2)
                draw_head(widget, canvas, (struct rect){line++, area.col, 1, area.cols}, rows[0], &columns);
        widget->top = scrolled(widget->top, widget->at, n + 1, end - line);
        widget_cursor(canvas, line + (widget->at < 0 ? 0 : widget->at - widget->top), area.col + 1);
        for (int i = widget->top; i < n && line < end; i++, line++)
                draw_row(widget, canvas, (struct rect){line, area.col, 1, area.cols - 1}, i, rows[i],
                         &columns);
        if (line < end)
                draw_add(widget, canvas, line, area.col, area.cols, n);
        if (widget->top > 0)
                canvas_text(canvas, area.row, area.col + area.cols - 2, 1, STYLE_DIM, "↑");
        if (line >= end && widget->top + area.rows - 1 <= n)
                canvas_text(canvas, end - 1, area.col + area.cols - 1, 1, STYLE_DIM, "↓");
}

/* ---- Keys ---- */

static enum widget_reply add(struct widget *widget)
{
        int row = session_row_add(widget->session, widget->place);
        if (row < 0) {
                ui_say(widget->ui, STYLE_MESSAGE, _("No se pueden agregar más filas."));
                return WIDGET_HANDLED;
        }
        widget->answered = true;
        form_open_row(widget, row, true);
        return WIDGET_HANDLED;
}

static int row_at(struct widget *widget)
{
        int n = 0;
        const int *rows = session_rows(widget->session, widget->place, &n);
        return widget->at >= 0 && widget->at < n ? rows[widget->at] : -1;
}

static enum widget_reply open(struct widget *widget)
{
        int row = row_at(widget);
        if (row < 0)
                return add(widget);
        form_open_row(widget, row, false);
        return WIDGET_HANDLED;
}

static enum widget_reply ask_remove(struct widget *widget)
{
        static const char *const answers[] = {_("No quitar"), _("Quitar")};
        int row = row_at(widget);
        if (row < 0)
                return WIDGET_HANDLED;
        const char *words = session_row_words(widget->session, row, &widget->ui->frame);
        dialog_ask(widget->ui, FORM_TAG_REMOVE, _("¿Quitar la fila?"),
                   arena_printf(&widget->ui->frame, _("Fila %d: %s. Después puede deshacerlo con F8."),
                                widget->at + 1, words ? words : ""),
                   answers, 2);
        return WIDGET_HANDLED;
}

static enum widget_reply shift(struct widget *widget, int step)
{
        int row = row_at(widget);
        if (row >= 0 && session_row_move(widget->session, row, step)) {
                widget->at += step;
                widget->answered = true;
                widget_save(widget);
        }
        return WIDGET_HANDLED;
}

static enum widget_reply move(struct widget *widget, int step)
{
        int n = rows_n(widget), at = widget->at + step;
        if (step < 0 && widget->at <= 0)
                return WIDGET_PREV;
        if (at > n)
                return WIDGET_NEXT;
        widget->at = at;
        widget->moved = true;
        return WIDGET_HANDLED;
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        uint32_t letter = key_letter(key);
        (void)action;
        if (letter == '+' || key_is(key, K_INSERT))
                return add(widget);
        /* Back from the rows the list is done: Enter adds another only if an arrow went to "+ Agregar". */
        if (key_is(key, K_ENTER) && row_at(widget) < 0 && !widget->moved)
                return WIDGET_NEXT;
        if (key_is(key, K_ENTER))
                return open(widget);
        if (key_is(key, K_DELETE))
                return ask_remove(widget);
        if (letter == '<' || letter == '>')
                return shift(widget, letter == '<' ? -1 : 1);
        if (key_is(key, K_UP) || key_is(key, K_DOWN))
                return move(widget, key_is(key, K_UP) ? -1 : 1);
        return letter ? WIDGET_HANDLED : WIDGET_IGNORED;
}

static enum widget_reply click(struct widget *widget, int row, int col)
{
        int n = rows_n(widget), at = widget->top + row - (n > 0);
        (void)col;
        if (at < 0 || at > n)
                return WIDGET_HANDLED;
        bool again = at == widget->at || at == n;
        widget->at = at;
        return again ? open(widget) : WIDGET_HANDLED;
}

static void back(struct widget *widget, struct screen *from, int result)
{
        int row = row_at(widget);
        if (from->class == &screen_form) {
                widget->at = rows_n(widget);
                widget->moved = false;
                return;
        }
        if (dialog_tag(from) == FORM_TAG_REMOVE && result == 2 && row >= 0) {
                session_row_remove(widget->session, row);
                widget->answered = true;
                widget_save(widget);
        }
}

static const char *hint_now(struct widget *widget)
{
        if (row_at(widget) >= 0)
                return widget->class->hint;
        return widget->moved ? _("Enter agrega una fila · Tab sigue") : _("+ agrega una fila · Enter sigue");
}

static const char *summary(struct draft *draft, struct place place, struct arena *arena)
{
        int n = 0;
        session_rows(draft_session(draft), place, &n);
        return n == 0 ? "" : n == 1 ? _("1 fila") : arena_printf(arena, _("%d filas"), n);
}

const struct widget_class widget_repeat = {
        .name = "repeat",
        .about = _("Cada fila se llena aparte. Con + se agregan filas seguidas; una fila en blanco termina "
                   "la lista."),
        .hint = _("+ agrega · Enter abre · Supr quita · < > mueve"),
        .hint_now = hint_now,
        .types = SERVES(REPEAT),
        .height = height,
        .draw = draw,
        .key = key,
        .click = click,
        .back = back,
        .summary = summary,
};
