/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text to read: wrapped, scrolled by lines and pages, closed by Enter or Esc. */
#include "dialog_priv.h"

#include <stdlib.h>

enum { WIDTH = 72 };

struct text_view {
        struct dialog dialog;
        char *text;
        struct scroll scroll;
};

static enum handled text_key(struct screen *screen, const struct key *key, int action)
{
        struct text_view *view = screen->state;
        if (action == ACT_ACCEPT)
                return CLOSE;
        return scroll_key(&view->scroll, key);
}

static void text_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct text_view *view = screen->state;
        struct rect text = {.cols = dialog_cols(area, WIDTH)};
        int lines = canvas_wrap(NULL, text, STYLE_NORMAL, view->text, 0);
        struct rect inside = dialog_frame(&view->dialog, canvas, area, lines > 0 ? lines : 1, text.cols);
        scroll_fit(&view->scroll, lines, inside.rows);
        canvas_wrap(canvas, inside, STYLE_NORMAL, view->text, view->scroll.top);
        scroll_marks(&view->scroll, canvas, inside);
        canvas->cursor_row = inside.row;
        canvas->cursor_col = inside.col;
}

static void text_free(struct screen *screen)
{
        struct text_view *view = screen->state;
        free(view->text);
        dialog_release(&view->dialog);
        free(view);
}

static const struct screen_class text_class = {
        .name = "text", .overlay = true, .draw = text_draw, .key = text_key, .free = text_free,
};

void dialog_text_view(struct ui *ui, const char *title, const char *text)
{
        struct text_view *view = xcalloc(1, sizeof *view);
        dialog_init(&view->dialog, 0, title);
        view->text = xstrdup(text);
        ui_push(ui, &text_class, view);
}
