/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time of day: typed as 8:05, 8.05 or 805; `a` for now. */
#include "moment.h"

enum { TIME_COLS = 8 };

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols, (void)room;
        return 1;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        int32_t ms;
        char text[TIME_TEXT];
        const char *typed = widget->editor.text.text;
        const char *words = !*typed ? _("hh:mm, de 0 a 24 horas")
                            : time_parse_typed(typed, &ms)
                                    ? arena_strdup(&widget->ui->frame, time_format(ms, text))
                                    : "";
        moment_draw(widget, canvas, area, TIME_COLS, words);
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        if (key_letter(key) == 'a') {
                widget_type(widget, moment_now(&widget->ui->frame));
                return WIDGET_HANDLED;
        }
        if (!moment_lets_in(key, ":. ")) {
                ui_say(widget->ui, STYLE_MESSAGE,
                       _("Escriba la hora como 8:05 o 14:30, o A para la hora de ahora."));
                return WIDGET_HANDLED;
        }
        return widget_edit(widget, key, TIME_COLS);
}

const struct widget_class widget_time = {
        .name = "time",
        .about = _("Escriba la hora como 8:05 o 14:30; A pone la hora de ahora."),
        .hint = _("A ahora · Enter sigue"),
        .types = SERVES(TIME),
        .replaces = true,
        .typed = true,
        .keeps = true,
        .height = height,
        .draw = draw,
        .key = key,
};
