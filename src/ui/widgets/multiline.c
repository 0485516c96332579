/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text of several lines.  It grows with what is written, to half the screen;
 * Enter is a new line, so Tab goes forward, and so does Enter on a blank line
 * at the end (a paragraph is finished as a list is).
 */
#include "widgets_priv.h"

#include <stdlib.h>

enum { LINES_MIN = 3 };

static bool serves(const struct node *node)
{
        return (node->flags & NODE_MULTILINE) != 0;
}

static int height(struct widget *widget, int cols, int room)
{
        int lines = editor_lines(&widget->editor, cols), most = widget->ui->canvas.rows / 2;
        int rows = lines < LINES_MIN ? LINES_MIN : lines > most ? most : lines;
        return rows < room ? rows : room;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        widget->top = area.cols;
        editor_draw(&widget->editor, canvas, area, true);
}

static bool on_blank_last_line(const struct editor *editor)
{
        const char *text = editor->text.text;
        size_t len = editor->text.len;
        return editor->at == len && (len == 0 || text[len - 1] == '\n');
}

static void drop_last_line_end(struct editor *editor)
{
        if (!editor->text.len)
                return;
        bool changed = editor->changed;
        char *text = xstrndup(editor->text.text, editor->text.len - 1);
        editor_set(editor, text);
        editor->changed = changed;
        free(text);
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        if (key_is(key, K_ENTER) && on_blank_last_line(&widget->editor)) {
                drop_last_line_end(&widget->editor);
                return WIDGET_NEXT;
        }
        return widget_edit(widget, key, widget->top > 0 ? widget->top : 40);
}

const struct widget_class widget_multiline = {
        .name = "multiline",
        .about = _("Escriba con libertad. Enter abre otra línea; Tab, o Enter en una línea vacía, pasa a la "
                   "siguiente."),
        .hint = _("Tab sigue · Enter otra línea (dos veces: sigue)"),
        .types = SERVES(TEXT),
        .serves = serves,
        .typed = true,
        .keeps = true,
        .height = height,
        .draw = draw,
        .key = key,
};
