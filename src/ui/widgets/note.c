/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text to read: its label is all there is, so it has nothing to edit. */
#include "widgets_priv.h"

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols, (void)room;
        return 1;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        (void)widget;
        canvas_text(canvas, area.row, area.col, area.cols, STYLE_DIM, _("▸ Solo para leer"));
        widget_cursor(canvas, area.row, area.col);
}

const struct widget_class widget_note = {
        .name = "note",
        .about = _("Es un texto para leer."),
        .hint = "",
        .types = SERVES(NOTE) | SERVES(GROUP),
        .passive = true,
        .height = height,
        .draw = draw,
};
