/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the date, time and datetime widgets share: today, now, the calendar, and a reading of what is typed.
 */
#include "moment.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "../screens/form_priv.h"

const char *moment_words(int64_t days, struct arena *arena)
{
        struct civil civil = date_to_civil(days);
        const char *name = date_weekday_name(date_weekday(days));
        int64_t away = days - clock_now().days;
        const char *near = away == 0    ? _(" (hoy)")
                           : away == -1 ? _(" (ayer)")
                           : away == 1  ? _(" (mañana)")
                                        : "";
        return arena_printf(arena, _("%s %d de %s de %d%s"), name, civil.day, date_month_name(civil.month),
                            civil.year, near);
}

const char *moment_today(struct arena *arena)
{
        char text[DATE_TEXT];
        return arena_strdup(arena, date_format_person(clock_now().days, text));
}

const char *moment_now(struct arena *arena)
{
        char text[TIME_TEXT];
        int32_t minute = clock_now().ms / 60000;
        return arena_strdup(arena, time_format(minute * 60000, text));
}

void moment_calendar(struct widget *widget)
{
        char day[DATE_TEXT + 1];
        int64_t days;
        snprintf(day, sizeof day, "%.*s", (int)strcspn(widget->editor.text.text, " "),
                 widget->editor.text.text);
        if (!date_parse_typed(day, &days))
                days = clock_now().days;
        dialog_calendar(widget->ui, FORM_TAG_CALENDAR,
                        session_label(widget->session, widget->place, &widget->ui->frame), days);
}

bool moment_is_calendar(const struct screen *from)
{
        return dialog_tag(from) == FORM_TAG_CALENDAR;
}

void moment_draw(struct widget *widget, struct canvas *canvas, struct rect area, int cols, const char *words)
{
        widget_draw_line(widget, canvas, area, cols);
        if (*words && cols + 2 < area.cols)
                canvas_text_cut(canvas, area.row, area.col + cols + 2, area.cols - cols - 2, STYLE_DIM,
                                words);
}

bool moment_lets_in(const struct key *key, const char *marks)
{
        if (key->kind != KEY_KIND_CHAR || (key->code >= '0' && key->code <= '9'))
                return true;
        return key->code < 0x80 && strchr(marks, (int)key->code) != NULL;
}
