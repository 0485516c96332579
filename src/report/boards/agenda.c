/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What comes, day by day and week by week from today: planned visits (together
 * by route), commitments and alerts that are due, sessions that communities
 * agreed, and next visits suggested that nobody planned yet.
 */
#include "../agenda.h"

#include <stdlib.h>
#include <string.h>

enum { COL_WEEK, COL_DAY, COL_WHAT, COL_SCHOOL, COL_DETAIL, COL_WHO, COL_ROUTE, COL_DATE };
enum { WEEK = 7, WEEKS = 4 };

static const struct board_heading headings[] = {
        [COL_WEEK] = {"semana", _("Semana"), CELL_TEXT, 4, 24, true},
        [COL_DAY] = {"dia", _("Día"), CELL_TEXT, 1, 12, true},
        [COL_WHAT] = {"que", _("Qué"), CELL_TEXT, 1, 10, false},
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 2, 20, false},
        [COL_DETAIL] = {"detalle", _("Detalle"), CELL_TEXT, 1, 0, false},
        [COL_WHO] = {"persona", _("A cargo de"), CELL_TEXT, 3, 20, false},
        [COL_ROUTE] = {"ruta", _("Ruta"), CELL_TEXT, 0, 14, false},
        [COL_DATE] = {"fecha", _("Fecha"), CELL_DATE, 0, 10, false},
};

static const char *const kind_words[] = {
        [NOTICE] = _("Aviso"),       [VISIT] = _("Visita"), [SUGGESTED] = _("Sugerida"),
        [SESSION] = _("Sesión CAP"), [ALERT] = _("Alerta"), [COMMITMENT] = _("Compromiso")};

static int by_day(const void *a, const void *b)
{
        const struct agenda_item *x = a, *y = b;
        if (x->day != y->day)
                return x->day < y->day ? -1 : 1;
        if (x->kind != y->kind)
                return (int)x->kind - (int)y->kind;
        int order = strcmp(x->route, y->route);
        return order ? order : strcmp(x->school, y->school);
}

static void add_row(struct board *board, const struct agenda_item *item, int64_t today)
{
        char text[DATE_TEXT];
        int row = board_add(board, item->kind == NOTICE ? TONE_SOON
                                   : item->day == today ? TONE_NOW
                                                        : TONE_NORMAL);
        if (!id_is_none(&item->record))
                board_opens(board, &item->record);
        if (item->open_plan)
                board->rows[row].planned = item->record;
        board_put(board, COL_WEEK, board_week_words(board, board_monday(item->day)));
        board_put(board, COL_DAY, board_day_words(board, item->day));
        board_put(board, COL_WHAT, kind_words[item->kind]);
        board_put(board, COL_SCHOOL, item->school);
        board_put(board, COL_DETAIL, item->detail);
        board_put(board, COL_WHO, item->who);
        board_put(board, COL_ROUTE, item->route);
        board_put(board, COL_DATE, date_format(item->day, text));
}

/* Before the visits of a day without classes, a line says so. */
static void add_rows(struct agenda *agenda)
{
        struct board *board = agenda->board;
        int n;
        const struct calendar_block *blocks = board_calendar(board, &n);
        int64_t said = -1;
        if (agenda->n > 1)
                qsort(agenda->items, (size_t)agenda->n, sizeof *agenda->items, by_day);
        for (int i = 0; i < agenda->n; i++) {
                const struct agenda_item *item = &agenda->items[i];
                bool goes = item->kind == VISIT || item->kind == SUGGESTED;
                const char *why =
                        goes && item->day != said ? calendar_free_words(blocks, n, item->day) : NULL;
                if (why) {
                        struct agenda_item notice = {.day = item->day,
                                                     .kind = NOTICE,
                                                     .school = "",
                                                     .who = "",
                                                     .route = "",
                                                     .detail = why};
                        add_row(board, &notice, board->host->today);
                        said = item->day;
                }
                add_row(board, item, board->host->today);
        }
}

static int count_kind(const struct agenda *agenda, enum agenda_kind kind, int64_t to)
{
        int n = 0;
        for (int i = 0; i < agenda->n; i++)
                n += agenda->items[i].kind == kind && agenda->items[i].day <= to;
        return n;
}

static const char *both_words(struct agenda *agenda, int visits, int due)
{
        struct arena *arena = &agenda->board->arena;
        return arena_printf(arena, "%s, %s", arena_count(arena, visits, _("visita"), _("visitas")),
                            arena_count(arena, due, _("plazo"), _("plazos")));
}

static void summarise(struct agenda *agenda)
{
        int64_t today = agenda->board->host->today, all = INT64_MAX;
        int due_now = count_kind(agenda, COMMITMENT, today) + count_kind(agenda, ALERT, today);
        int due = count_kind(agenda, COMMITMENT, all) + count_kind(agenda, ALERT, all);
        board_summary(agenda->board, _("Hoy: %s. Al %s: %s. Atrasado: %d."), both_words(agenda, count_kind(agenda, VISIT, today), due_now),
                      board_day_words(agenda->board, agenda->last), both_words(agenda, count_kind(agenda, VISIT, all), due),
                      agenda->overdue);
}

enum err_code board_agenda(struct board *board, struct err *err)
{
        int64_t from = board->host->today, to = board_monday(from) + WEEKS * WEEK - 1;
        struct agenda agenda = {.board = board};
        date_parse(board->options.from, &from);
        date_parse(board->options.to, &to);
        date_format(from, agenda.from);
        date_format(to, agenda.to);
        agenda.last = to;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = agenda_read(&agenda, err);
        if (rc == ERR_OK) {
                add_rows(&agenda);
                summarise(&agenda);
        }
        board->empty = _("No hay nada en estas semanas. Las visitas se programan con la ficha «Programación "
                         "de visitas».");
        agenda_release(&agenda);
        return rc;
}
