/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number.  Letters are not let in; a comma may be the decimal mark. */
#include "widgets_priv.h"

#include <string.h>

enum { NUMBER_COLS = 16 };

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols, (void)room;
        return 1;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        widget_draw_line(widget, canvas, area, NUMBER_COLS);
}

static bool lets_in(const struct widget *widget, uint32_t code)
{
        if (code >= '0' && code <= '9')
                return true;
        return code == '-' || (widget->node->type != NODE_INTEGER && (code == ',' || code == '.'));
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        if (key->kind == KEY_KIND_CHAR && !lets_in(widget, key->code)) {
                ui_say(widget->ui, STYLE_MESSAGE,
                       widget->node->type == NODE_INTEGER ? _("Aquí va un número entero, solo con cifras.")
                                                          : _("Aquí va un número, con cifras y una coma."));
                return WIDGET_HANDLED;
        }
        return widget_edit(widget, key, NUMBER_COLS);
}

const struct widget_class widget_number = {
        .name = "number",
        .about = _("Escriba el número con cifras; la coma separa los decimales."),
        .hint = "",
        .types = SERVES(INTEGER) | SERVES(DECIMAL) | SERVES(RANGE),
        .replaces = true,
        .typed = true,
        .keeps = true,
        .height = height,
        .draw = draw,
        .key = key,
};
