/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A box to mark in confirmation.  Enter alone does not mark it: nobody confirms by passing by. */
#include "widgets_priv.h"

static bool is_marked(struct widget *widget)
{
        return *session_typed(widget->session, widget->place) != '\0';
}

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols, (void)room;
        return 1;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        bool marked = is_marked(widget);
        canvas_text(canvas, area.row, area.col, area.cols, STYLE_FOCUS, marked ? "▸[x]" : "▸[ ]");
        canvas_text(canvas, area.row, area.col + 5, area.cols - 5, marked ? STYLE_OK : STYLE_NORMAL,
                    marked ? _("Confirmado") : _("Sin confirmar"));
        widget_cursor(canvas, area.row, area.col + 2);
}

static enum widget_reply toggle(struct widget *widget)
{
        widget_answer(widget, is_marked(widget) ? "" : "OK");
        return WIDGET_HANDLED;
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        uint32_t letter = key_letter(key);
        (void)action;
        if (letter == ' ' || letter == 'x' || letter == 's')
                return toggle(widget);
        if (key_is(key, K_DELETE) && is_marked(widget))
                return toggle(widget);
        return letter ? WIDGET_HANDLED : WIDGET_IGNORED;
}

static enum widget_reply click(struct widget *widget, int row, int col)
{
        (void)row, (void)col;
        return toggle(widget);
}

const struct widget_class widget_acknowledge = {
        .name = "acknowledge",
        .about = _("Marque la casilla con la barra de espacio para confirmar."),
        .hint = _("Espacio marca o desmarca · Enter sigue"),
        .types = SERVES(ACKNOWLEDGE),
        .height = height,
        .draw = draw,
        .key = key,
        .click = click,
};
