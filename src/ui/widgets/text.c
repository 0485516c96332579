/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text of one line. */
#include "widgets_priv.h"

enum { LINE_COLS = 100 };

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols, (void)room;
        return 1;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        widget_draw_line(widget, canvas, area, LINE_COLS);
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        return widget_edit(widget, key, LINE_COLS);
}

const struct widget_class widget_text = {
        .name = "text",
        .about = _("Escriba la respuesta. Enter la guarda y pasa a la siguiente."),
        .hint = "",
        .types = SERVES(TEXT),
        .typed = true,
        .keeps = true,
        .height = height,
        .draw = draw,
        .key = key,
};
