/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates in words, counted from the board's today. */
#include "report_priv.h"

#include <string.h>

enum { WEEK = 7 };

bool board_days_to(const struct board *board, const char *iso, int64_t *ret_days)
{
        int64_t days;
        if (!date_parse(iso, &days))
                return false;
        *ret_days = days - board->host->today;
        return true;
}

const char *board_when(struct board *board, const char *iso, const char *past)
{
        int64_t days;
        if (!board_days_to(board, iso, &days))
                return _("sin fecha");
        if (days == 0)
                return _("hoy");
        if (days == 1)
                return _("mañana");
        if (days > 1)
                return arena_printf(&board->arena, _("en %lld días"), (long long)days);
        const char *blank = *past ? " " : "";
        return days == -1
                       ? arena_printf(&board->arena, _("%s%sayer"), past, blank)
                       : arena_printf(&board->arena, _("%s%shace %lld días"), past, blank, (long long)-days);
}

enum board_tone board_due_tone(const struct board *board, const char *iso, int soon)
{
        int64_t days;
        if (!board_days_to(board, iso, &days))
                return TONE_NORMAL;
        return days < 0 ? TONE_OVERDUE : days <= soon ? TONE_SOON : TONE_NORMAL;
}

int64_t board_monday(int64_t days)
{
        return days - date_weekday(days);
}

const char *board_week_words(struct board *board, int64_t monday)
{
        struct civil first = date_to_civil(monday), last = date_to_civil(monday + WEEK - 1);
        const char *end = date_month_name(last.month);
        if (first.month == last.month)
                return arena_printf(&board->arena, _("%d al %d de %s"), first.day, last.day, end);
        return arena_printf(&board->arena, _("%d de %.3s al %d de %s"), first.day,
                            date_month_name(first.month), last.day, end);
}

const char *board_day_words(struct board *board, int64_t days)
{
        static const char *const names[] = {_("lun"), _("mar"), _("mié"), _("jue"),
                                            _("vie"), _("sáb"), _("dom")};
        struct civil day = date_to_civil(days), today = date_to_civil(board->host->today);
        const char *name = names[date_weekday(days)];
        if (day.year == today.year)
                return arena_printf(&board->arena, "%s %02d/%02d", name, day.day, day.month);
        return arena_printf(&board->arena, "%s %02d/%02d/%02d", name, day.day, day.month, day.year % 100);
}

int board_year(const struct board *board)
{
        int64_t days = board->host->today;
        date_parse(board->options.from, &days);
        return date_to_civil(days).year;
}
