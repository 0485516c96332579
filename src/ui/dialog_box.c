/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the dialogs share (src/ui/dialog_priv.h).  Every dialog's state begins
 * with a struct dialog; the frame is laid out again at each drawing, so that a
 * resize needs nothing.
 */
#include "dialog_priv.h"

#include <stdlib.h>

struct dialog *dialog_of(const struct screen *screen)
{
        return screen->state;
}

int dialog_tag(const struct screen *dialog)
{
        const struct screen_class *class = dialog->class;
        bool tagged = class == &dialog_ask_class || class == &dialog_line_class || class == &dialog_memo_class ||
                      class == &dialog_calendar_class;
        return tagged ? dialog_of(dialog)->tag : -1;
}

void dialog_init(struct dialog *dialog, int tag, const char *title)
{
        dialog->tag = tag;
        dialog->title = xstrdup(title ? title : "");
}

void dialog_release(struct dialog *dialog)
{
        free(dialog->title);
}

static int at_most(int value, int limit)
{
        return value < limit ? value : limit;
}

int dialog_cols(struct rect area, int wanted)
{
        return at_most(wanted, area.cols - 6);
}

struct rect dialog_frame(struct dialog *dialog, struct canvas *canvas, struct rect area, int rows, int cols)
{
        struct rect frame = {.rows = at_most(rows + 2, area.rows), .cols = at_most(cols + 4, area.cols)};
        frame.row = area.row + (area.rows - frame.rows) / 2;
        frame.col = area.col + (area.cols - frame.cols) / 2;
        canvas_fill(canvas, frame, STYLE_NORMAL);
        canvas_box(canvas, frame, STYLE_HEADING, dialog->title);
        dialog->inside = (struct rect){frame.row + 1, frame.col + 2, frame.rows - 2, frame.cols - 4};
        return dialog->inside;
}

void scroll_fit(struct scroll *scroll, int lines, int rows)
{
        scroll->lines = lines;
        scroll->rows = rows;
        if (scroll->top > lines - rows)
                scroll->top = lines - rows;
        if (scroll->top < 0)
                scroll->top = 0;
}

/* How many lines a key moves; 0 if it is not one of ours. */
static int scroll_by(const struct scroll *scroll, uint32_t code)
{
        switch (code) {
        case K_UP: return -1;
        case K_DOWN: return 1;
        case K_PGUP: return -scroll->rows;
        case K_PGDN: return scroll->rows;
        case K_HOME: return -scroll->lines;
        case K_END: return scroll->lines;
        case K_WHEEL_UP: return -3;
        case K_WHEEL_DOWN: return 3;
        default: return 0;
        }
}

enum handled scroll_key(struct scroll *scroll, const struct key *key)
{
        bool named = key->kind == KEY_KIND_CODE || key->kind == KEY_KIND_MOUSE;
        int by = named ? scroll_by(scroll, key->code) : 0;
        scroll->top += by;
        scroll_fit(scroll, scroll->lines, scroll->rows);
        return by ? HANDLED : IGNORED;
}

void scroll_marks(const struct scroll *scroll, struct canvas *canvas, struct rect rect)
{
        int col = rect.col + rect.cols + 1; /* on the frame, whatever the text's width */
        if (scroll->top > 0)
                canvas_text(canvas, rect.row, col, 1, STYLE_HEADING, "▲");
        if (scroll->top + scroll->rows < scroll->lines)
                canvas_text(canvas, rect.row + rect.rows - 1, col, 1, STYLE_HEADING, "▼");
}
