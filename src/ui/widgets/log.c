/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running notes of an observation.  What is typed becomes a line with the time
 * at which Enter was pressed:
 *
 *      08:05 Saluda y recoge saberes previos
 *      08:12 Forma seis grupos
 *      nota: La mayoría trabaj▏
 *
 * The answer is the whole text.  ↑ goes up into the lines to correct one: its
 * words go to the field and Enter puts them back with the time they had.
 */
#include "widgets_priv.h"

#include <stdlib.h>
#include <string.h>

#include "moment.h"

enum { LOG_COLS = 200, LINES_SHOWN = 8, STAMP_LEN = 6 };

/* Line `i` of the answer; its length in *ret_len. NULL past the end. */
static const char *line_at(const char *text, int i, size_t *ret_len)
{
        for (; *text; i--) {
                size_t len = strcspn(text, "\n");
                if (i == 0) {
                        *ret_len = len;
                        return text;
                }
                text += len + (text[len] == '\n');
        }
        return NULL;
}

static int lines_in(const char *text)
{
        int n = 0;
        size_t len;
        while (line_at(text, n, &len))
                n++;
        return n;
}

static const char *answer_of(struct widget *widget)
{
        return session_typed(widget->session, widget->place);
}

/* ---- Drawing ---- */

static int height(struct widget *widget, int cols, int room)
{
        int n = lines_in(answer_of(widget)), rows = (n < LINES_SHOWN ? n : LINES_SHOWN) + 1;
        (void)cols;
        return rows < room ? rows : room;
}

static void draw_lines(struct widget *widget, struct canvas *canvas, struct rect area, int n)
{
        int cursor = widget->at >= 0 ? widget->at : n - 1;
        widget->top = scrolled(widget->top, cursor, n, area.rows);
        for (int i = 0; i < area.rows && widget->top + i < n; i++) {
                size_t len = 0;
                const char *line = line_at(answer_of(widget), widget->top + i, &len);
                bool here = widget->top + i == widget->at;
                canvas_text(canvas, area.row + i, area.col, 1, STYLE_FOCUS, here ? "▸" : " ");
                canvas_text_cut(canvas, area.row + i, area.col + 1, area.cols - 2,
                                here ? STYLE_FOCUS : STYLE_NORMAL,
                                arena_strndup(&widget->ui->frame, line, len));
        }
        if (widget->top > 0)
                canvas_text(canvas, area.row, area.col + area.cols - 1, 1, STYLE_DIM, "↑");
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        int n = lines_in(answer_of(widget));
        if (area.rows > 1)
                draw_lines(widget, canvas, (struct rect){area.row, area.col, area.rows - 1, area.cols}, n);
        int row = area.row + area.rows - 1;
        const char *label = widget->moved ? _("corrige: ") : _("nota: ");
        int used = canvas_text(canvas, row, area.col, area.cols, STYLE_DIM, label);
        editor_draw(&widget->editor, canvas, (struct rect){row, area.col + used, 1, area.cols - used},
                    widget->at < 0 || widget->moved);
        if (widget->at >= 0 && !widget->moved)
                widget_cursor(canvas, area.row + widget->at - widget->top, area.col);
}

/* ---- Keys ---- */

static void put(struct widget *widget, const char *text)
{
        widget_answer(widget, text);
        editor_set(&widget->editor, "");
        widget->kept = false;
        widget->at = -1;
        widget->moved = false;
}

static void add_line(struct widget *widget)
{
        struct arena *arena = &widget->ui->frame;
        const char *text = answer_of(widget), *end = *text && !str_ends(text, "\n") ? "\n" : "";
        put(widget, arena_printf(arena, "%s%s%s %s", text, end, moment_now(arena), widget->editor.text.text));
}

/* Line `at` with other words after its time; without words, the line goes. */
static void correct_line(struct widget *widget, const char *words)
{
        size_t len;
        const char *text = answer_of(widget), *line = line_at(text, widget->at, &len);
        if (!line)
                return;
        int before = (int)(line - text), stamp = len >= STAMP_LEN ? STAMP_LEN : 0;
        const char *after = line + len;
        if (*words)
                put(widget, arena_printf(&widget->ui->frame, "%.*s%.*s%s%s", before, text, stamp, line, words,
                                         after));
        else
                put(widget,
                    arena_printf(&widget->ui->frame, "%.*s%s", before, text, after + (*after == '\n')));
}

static void take_up_line(struct widget *widget)
{
        size_t len = 0;
        const char *line = line_at(answer_of(widget), widget->at, &len);
        size_t stamp = len >= STAMP_LEN ? STAMP_LEN : 0;
        editor_set(&widget->editor, arena_strndup(&widget->ui->frame, line + stamp, len - stamp));
        widget->moved = true;
}

static enum widget_reply enter_key(struct widget *widget)
{
        if (widget->moved)
                correct_line(widget, widget->editor.text.text);
        else if (widget->at >= 0)
                take_up_line(widget);
        else if (str_blank(widget->editor.text.text))
                return WIDGET_NEXT;
        else
                add_line(widget);
        return WIDGET_HANDLED;
}

static enum widget_reply move(struct widget *widget, int step)
{
        int n = lines_in(answer_of(widget));
        if (widget->at < 0 && step < 0 && n > 0)
                widget->at = n - 1;
        else if (widget->at < 0)
                return step < 0 ? WIDGET_PREV : WIDGET_NEXT;
        else if (widget->at + step < 0)
                return WIDGET_PREV;
        else
                widget->at = widget->at + step >= n ? -1 : widget->at + step;
        return WIDGET_HANDLED;
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        bool in_lines = widget->at >= 0 && !widget->moved;
        if (key_is(key, K_ENTER))
                return enter_key(widget);
        if (key_is(key, K_ESC) && widget->at >= 0) {
                editor_set(&widget->editor, "");
                widget->at = -1;
                widget->moved = false;
                return WIDGET_HANDLED;
        }
        if (!widget->moved && (key_is(key, K_UP) || key_is(key, K_DOWN)))
                return move(widget, key_is(key, K_UP) ? -1 : 1);
        if (in_lines && key_is(key, K_DELETE)) {
                correct_line(widget, "");
                return WIDGET_HANDLED;
        }
        if (in_lines && key->kind == KEY_KIND_CHAR)
                widget->at = -1;
        return widget_edit(widget, key, LOG_COLS);
}

/* A note half written is a note. */
static void commit(struct widget *widget)
{
        if (widget->editor.changed && !str_blank(widget->editor.text.text) && !widget->moved)
                add_line(widget);
}

static const char *summary(struct draft *draft, struct place place, struct arena *arena)
{
        const char *text = session_typed(draft_session(draft), place);
        int n = lines_in(text);
        return n == 0 ? "" : n == 1 ? _("1 nota") : arena_printf(arena, _("%d notas"), n);
}

const struct widget_class widget_log = {
        .name = "log",
        .about = _("Escriba cada hecho y pulse Enter: se anota con la hora. ↑ sube a las notas para corregir "
                   "una."),
        .hint = _("Enter anota con la hora · ↑ corrige · Tab sigue"),
        .types = SERVES(LOG),
        .keeps = true,
        .commit = commit,
        .height = height,
        .draw = draw,
        .key = key,
        .summary = summary,
};
