/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The phases of MGEA month by month, in every year that the list ruta_mgea of
 * the forms has, with how many checklists are dated in each month.  In a year
 * that it does not have, today is where the same month is in its last year.
 */
#include "../mgea.h"

#include <stdlib.h>
#include <string.h>

enum { COL_YEAR, COL_MONTH, COL_FIRST, COL_CHECKLISTS = COL_FIRST + MGEA_PHASES, COL_WHEN, COLUMNS, MONTHS = 12 };

static const struct board_heading headings[COLUMNS] = {
        [COL_YEAR] = {"anio", _("Año"), CELL_NUMBER, 1, 4, true},
        [COL_MONTH] = {"mes", _("Mes"), CELL_TEXT, 1, 9, false},
        [COL_CHECKLISTS] = {"fichas", _("Fichas"), CELL_NUMBER, 3, 6, false},
        [COL_WHEN] = {"situacion", _("Situación"), CELL_TEXT, 1, 0, false},
};

static void set_columns(struct board *board)
{
        struct board_heading all[COLUMNS];
        memcpy(all, headings, sizeof all);
        for (int i = 0; i < MGEA_PHASES; i++)
                all[COL_FIRST + i] = (struct board_heading){mgea_phases[i].key, mgea_phases[i].title, CELL_TEXT, 2, 8, false};
        board_set_columns(board, all, COLUMNS);
}

struct month { int year, number; bool phases[MGEA_PHASES]; int checklists; };

struct calendar {
        struct board *board;
        struct month *months; /* in order; only those with a phase */
        int n;
};

static struct month *month_of(struct calendar *calendar, int year, int number)
{
        for (int i = 0; i < calendar->n; i++)
                if (calendar->months[i].year == year && calendar->months[i].number == number)
                        return &calendar->months[i];
        return NULL;
}

static int in_order(const void *a, const void *b)
{
        const struct month *x = a, *y = b;
        return MONTHS * (x->year - y->year) + x->number - y->number;
}

static void read_phases(struct calendar *calendar)
{
        const struct choice_list *list = board_list(calendar->board, "mgea_checklist", "ruta_mgea");
        calendar->months = ARENA_ARRAY(&calendar->board->arena, struct month, list ? list->n : 0);
        for (int i = 0; list && i < list->n; i++) {
                const struct choice *choice = &list->choices[i];
                const char *key = choice_column(choice, "fase");
                int year = choice_number(choice, "anio"), number = choice_number(choice, "mes");
                int phase = key ? mgea_phase_index(key) : -1;
                if (phase < 0 || number < 1 || number > MONTHS)
                        continue;
                struct month *month = month_of(calendar, year, number);
                if (!month) {
                        month = &calendar->months[calendar->n++];
                        *month = (struct month){.year = year, .number = number};
                }
                month->phases[phase] = true;
        }
        if (calendar->n)
                qsort(calendar->months, (size_t)calendar->n, sizeof *calendar->months, in_order);
}

static enum err_code count_checklist(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct month *month = NULL;
        int64_t days;
        (void)err;
        (void)answers;
        if (date_parse(record->date, &days))
                month = month_of(ctx, date_to_civil(days).year, date_to_civil(days).month);
        if (month)
                month->checklists++;
        return ERR_OK;
}

/* The month that speaks of today, or NULL. */
static const struct month *today_in(struct calendar *calendar)
{
        struct civil today = date_to_civil(calendar->board->host->today);
        const struct month *found = month_of(calendar, today.year, today.month);
        int last = calendar->n ? calendar->months[calendar->n - 1].year : 0;
        bool covered = false;
        for (int i = 0; i < calendar->n; i++)
                covered |= calendar->months[i].year == today.year;
        return found || covered || today.year < last ? found : month_of(calendar, last, today.month);
}

static void add_month(struct board *board, const struct month *month, const struct month *today)
{
        struct civil day = date_to_civil(board->host->today);
        bool past = month->year < day.year || (month->year == day.year && month->number < day.month);
        board_add(board, month == today ? TONE_NOW : past ? TONE_DONE : TONE_NORMAL);
        board_putf(board, COL_YEAR, "%d", month->year);
        board_put(board, COL_MONTH, date_month_name(month->number));
        for (int i = 0; i < MGEA_PHASES; i++)
                if (month->phases[i])
                        board_put(board, COL_FIRST + i, "X");
        board_putf(board, COL_CHECKLISTS, "%d", month->checklists);
        if (month == today)
                board_put(board, COL_WHEN, month->year == day.year ? _("hoy") : arena_printf(&board->arena, _("hoy (%d)"), month->year));
        else
                board_put(board, COL_WHEN, past ? _("pasó") : "");
}

static const char *phases_of(struct board *board, const struct month *month)
{
        const char *words = "";
        for (int i = 0; i < MGEA_PHASES; i++)
                if (month->phases[i])
                        words = arena_printf(&board->arena, "%s%s%s", words, *words ? _(" y ") : "", mgea_phase_words(board, mgea_phases[i].key));
        return words;
}

static void summarise(struct board *board, const struct month *today)
{
        struct civil day = date_to_civil(board->host->today);
        const char *month = date_month_name(day.month);
        if (!today)
                board_summary(board, _("Hoy, %s de %d: el cronograma del MGEA no tiene fases este mes."), month, day.year);
        else if (today->year == day.year)
                board_summary(board, _("Hoy, %s de %d: %s."), month, day.year, phases_of(board, today));
        else
                board_summary(board, _("Hoy, %s de %d: no hay cronograma de este año; en el de %d toca %s."), month, day.year, today->year,
                              phases_of(board, today));
}

enum err_code board_mgea_calendario(struct board *board, struct err *err)
{
        struct calendar calendar = {.board = board};
        struct store_query query = {.form = "mgea_checklist"};
        set_columns(board);
        board->empty = _("Las fichas instaladas no traen el cronograma del MGEA. Instale las que vienen con el programa.");
        read_phases(&calendar);
        enum err_code rc = board_walk(board, query, NULL, 0, count_checklist, &calendar, err);
        if (rc != ERR_OK || !calendar.n)
                return rc;
        const struct month *today = today_in(&calendar);
        for (int i = 0; i < calendar.n; i++)
                add_month(board, &calendar.months[i], today);
        summarise(board, today);
        return ERR_OK;
}
