/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The school calendar of a year (the argument; this year's without one): its
 * blocks, how many weeks each has, and where today falls.
 */
#include "../report_priv.h"

#include <stdlib.h>
#include <string.h>

enum { COL_BLOCK, COL_TYPE, COL_FROM, COL_TO, COL_WEEKS, COL_WHEN, WEEK = 7 };

static const struct board_heading headings[] = {
        [COL_BLOCK] = {"bloque", _("Bloque"), CELL_TEXT, 1, 0, false},
        [COL_TYPE] = {"tipo", _("Tipo"), CELL_TEXT, 3, 10, false},
        [COL_FROM] = {"desde", _("Desde"), CELL_DATE, 1, 10, false},
        [COL_TO] = {"hasta", _("Hasta"), CELL_DATE, 2, 10, false},
        [COL_WEEKS] = {"semanas", _("Semanas"), CELL_NUMBER, 2, 7, false},
        [COL_WHEN] = {"situacion", _("Situación"), CELL_TEXT, 1, 18, false},
};

static int weeks_of(const struct calendar_block *block)
{
        return (int)((block->to - board_monday(block->from)) / WEEK) + 1;
}

static int week_in(const struct calendar_block *block, int64_t days)
{
        return (int)((days - board_monday(block->from)) / WEEK) + 1;
}

static const char *type_words(const char *type)
{
        return strcmp(type, "lectivo") == 0   ? _("Lectivo")
               : strcmp(type, "gestion") == 0 ? _("Gestión")
                                              : type;
}

/* Without the year, which all of them share. */
static const char *label_of(struct board *board, const struct calendar_block *block)
{
        const char *year = arena_printf(&board->arena, _(" de %d"), date_to_civil(block->from).year);
        size_t len = strlen(block->label), tail = strlen(year);
        return str_ends(block->label, year) ? arena_strndup(&board->arena, block->label, len - tail)
                                            : block->label;
}

static void add_block(struct board *board, const struct calendar_block *block)
{
        char text[DATE_TEXT];
        int64_t today = board->host->today;
        bool past = block->to < today, now = !past && block->from <= today;
        board_add(board, past ? TONE_DONE : now ? TONE_NOW : TONE_NORMAL);
        board_put(board, COL_BLOCK, label_of(board, block));
        board_put(board, COL_TYPE, type_words(block->type));
        board_put(board, COL_FROM, date_format(block->from, text));
        if (now)
                board_putf(board, COL_WHEN, _("hoy: semana %d de %d"), week_in(block, today),
                           weeks_of(block));
        else
                board_put(board, COL_WHEN, past ? _("terminó") : board_when(board, text, ""));
        board_put(board, COL_TO, date_format(block->to, text));
        board_putf(board, COL_WEEKS, "%d", weeks_of(block));
}

static enum err_code year_asked(const struct board *board, int *ret, struct err *err)
{
        const char *text = board->options.argument;
        *ret = *text ? atoi(text) : board_year(board);
        if (*text && (strlen(text) != 4 || strspn(text, "0123456789") != 4))
                return err_set(err, ERR_USAGE, _("«%s» no es un año; escriba uno como 2026."), text);
        return ERR_OK;
}

static void summarise(struct board *board, const struct calendar_block *blocks, int n)
{
        int64_t today = board->host->today;
        const struct calendar_block *block = calendar_block_of(blocks, n, today);
        struct civil day = date_to_civil(today);
        const char *date = arena_printf(&board->arena, _("Hoy, %s %d de %s de %d"),
                                        date_weekday_name(date_weekday(today)), day.day,
                                        date_month_name(day.month), day.year);
        if (block)
                board_summary(board, _("%s: %s, semana %d de %d."), date, block->label, week_in(block, today),
                              weeks_of(block));
        else
                board_summary(board, _("%s: fuera de los bloques del calendario."), date);
}

enum err_code board_calendario(struct board *board, struct err *err)
{
        int n, year;
        const struct calendar_block *blocks = board_calendar(board, &n);
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = year_asked(board, &year, err);
        if (rc != ERR_OK)
                return rc;
        for (int i = 0; i < n; i++)
                if (date_to_civil(blocks[i].from).year == year)
                        add_block(board, &blocks[i]);
        summarise(board, blocks, n);
        board->empty = arena_printf(&board->arena,
                                    _("Las fichas instaladas no traen el calendario escolar de %d."), year);
        return ERR_OK;
}
