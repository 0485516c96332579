/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value that is shown and cannot be typed: calculations, metadata, and whatever is read only. */
#include "widgets_priv.h"

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols, (void)room;
        return 1;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        const char *words = session_display(widget->session, widget->place, &widget->ui->frame);
        canvas_text_cut(
                canvas, area.row, area.col, area.cols, STYLE_NORMAL,
                arena_printf(&widget->ui->frame, "▸ %s", words && *words ? words : _("(todavía sin valor)")));
        widget_cursor(canvas, area.row, area.col);
}

const struct widget_class widget_calculate = {
        .name = "calculate",
        .about = _("El programa lo calcula; no se escribe."),
        .hint = "",
        .types = SERVES(CALCULATE) | SERVES(HIDDEN) | SERVES(START) | SERVES(END) | SERVES(TODAY) |
                 SERVES(DEVICEID) | SERVES(USERNAME),
        .passive = true,
        .height = height,
        .draw = draw,
};
