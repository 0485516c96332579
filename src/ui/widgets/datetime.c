/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A date and a time: typed as 15/3/2026 8:05; `a` for now; the calendar changes the date only. */
#include "moment.h"

#include <stdio.h>
#include <string.h>

enum { DATETIME_COLS = 20 };

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols, (void)room;
        return 1;
}

static const char *time_part(const struct widget *widget)
{
        const char *blank = strchr(widget->editor.text.text, ' ');
        return blank ? blank + 1 : "";
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        char day[DATE_TEXT];
        int64_t days;
        const char *text = widget->editor.text.text, *words = "";
        snprintf(day, sizeof day, "%.*s", (int)strcspn(text, " "), text);
        if (!*text)
                words = _("dd/mm/aaaa hh:mm");
        else if (date_parse_typed(day, &days))
                words = moment_words(days, &widget->ui->frame);
        moment_draw(widget, canvas, area, DATETIME_COLS, words);
}

static void set(struct widget *widget, const char *day, const char *time)
{
        widget_type(widget, arena_printf(&widget->ui->frame, "%s %s", day, time));
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        struct arena *arena = &widget->ui->frame;
        if (action == ACT_FORM_CALENDAR) {
                moment_calendar(widget);
                return WIDGET_HANDLED;
        }
        if (key_letter(key) == 'a' || key_letter(key) == 'h') {
                set(widget, moment_today(arena), moment_now(arena));
                return WIDGET_HANDLED;
        }
        if (!moment_lets_in(key, "/-.: ")) {
                ui_say(widget->ui, STYLE_MESSAGE,
                       _("Escriba la fecha y la hora como 15/3/2026 8:05, o A para ahora."));
                return WIDGET_HANDLED;
        }
        return widget_edit(widget, key, DATETIME_COLS);
}

static void back(struct widget *widget, struct screen *from, int result)
{
        char text[DATE_TEXT];
        if (result == 1 && moment_is_calendar(from))
                set(widget, date_format_person(dialog_days(from), text),
                    arena_strdup(&widget->ui->frame, time_part(widget)));
}

const struct widget_class widget_datetime = {
        .name = "datetime",
        .about = _("Escriba la fecha y la hora como 15/3/2026 8:05; A pone las de ahora."),
        .hint = _("A ahora · F4 calendario · Enter sigue"),
        .types = SERVES(DATETIME),
        .replaces = true,
        .typed = true,
        .keeps = true,
        .height = height,
        .draw = draw,
        .key = key,
        .back = back,
};
