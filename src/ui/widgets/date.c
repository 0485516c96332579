/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A date: typed as 1/3/26 or 01032026, `h` for today, or from a calendar. */
#include "moment.h"

enum { DATE_COLS = 12 };

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols, (void)room;
        return 1;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        int64_t days;
        const char *text = widget->editor.text.text;
        const char *words = !*text                          ? _("dd/mm/aaaa")
                            : date_parse_typed(text, &days) ? moment_words(days, &widget->ui->frame)
                                                            : "";
        moment_draw(widget, canvas, area, DATE_COLS, words);
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        if (action == ACT_FORM_CALENDAR) {
                moment_calendar(widget);
                return WIDGET_HANDLED;
        }
        if (key_letter(key) == 'h') {
                widget_type(widget, moment_today(&widget->ui->frame));
                return WIDGET_HANDLED;
        }
        if (!moment_lets_in(key, "/-. ")) {
                ui_say(widget->ui, STYLE_MESSAGE,
                       _("Escriba la fecha como 15/3/2026, H para hoy, o F4 para el calendario."));
                return WIDGET_HANDLED;
        }
        return widget_edit(widget, key, DATE_COLS);
}

static void back(struct widget *widget, struct screen *from, int result)
{
        char text[DATE_TEXT];
        if (result == 1 && moment_is_calendar(from))
                widget_type(widget, date_format_person(dialog_days(from), text));
}

const struct widget_class widget_date = {
        .name = "date",
        .about = _("Escriba la fecha como 15/3/2026, pulse H para hoy o F4 para elegirla en un calendario."),
        .hint = _("H hoy · F4 calendario · Enter sigue"),
        .types = SERVES(DATE),
        .replaces = true,
        .typed = true,
        .keeps = true,
        .height = height,
        .draw = draw,
        .key = key,
        .back = back,
};
