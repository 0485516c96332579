/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plan of visits by week, day and route, with what was done and what was
 * not.  Without dates it begins four weeks back, and what was left undone
 * before that is there too.
 */
#include "../planned.h"

#include <stdlib.h>
#include <string.h>

enum {
        COL_WEEK,
        COL_DAY,
        COL_STATE,
        COL_SCHOOL,
        COL_VISIT,
        COL_ROUTE,
        COL_WHO,
        COL_TO,
        COL_PRIORITY,
        COL_UGEL,
        COL_DATE,
        WEEK = 7,
        WEEKS_BACK = 4
};

static const struct board_heading headings[] = {
        [COL_WEEK] = {"semana", _("Semana"), CELL_TEXT, 6, 24, true},
        [COL_DAY] = {"dia", _("Día"), CELL_TEXT, 1, 12, true},
        [COL_STATE] = {"estado", _("Estado"), CELL_TEXT, 1, 12, false},
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 2, 20, false},
        [COL_VISIT] = {"visita", _("Visita"), CELL_TEXT, 1, 0, false},
        [COL_ROUTE] = {"ruta", _("Ruta"), CELL_TEXT, 3, 14, true},
        [COL_WHO] = {"especialista", _("Especialista"), CELL_TEXT, 4, 20, false},
        [COL_TO] = {"ventana_hasta", _("Ventana"), CELL_DATE, 5, 10, false},
        [COL_PRIORITY] = {"prioridad", _("Prioridad"), CELL_TEXT, 7, 9, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 8, 18, false},
        [COL_DATE] = {"fecha", _("Fecha"), CELL_DATE, 0, 10, false},
};

struct plan {
        struct board *board;
        const char *from, *to;
        int done, open, overdue, failed;
};

/* What the state says, but for one that should have been done by now. */
static const char *state_words(struct board *board, enum board_tone tone, const char *state)
{
        return tone == TONE_OVERDUE ? _("Sin hacer")
                                    : board_choice(board, "plan_visitas", "estado_visita", state);
}

static void count(struct plan *plan, const struct store_record *record, enum board_tone tone,
                  const char *state)
{
        plan->done += tone == TONE_DONE;
        plan->overdue += tone == TONE_OVERDUE;
        plan->open += record->open;
        plan->failed += strcmp(state, "no_realizada") == 0;
}

static void add_row(struct plan *plan, const struct store_record *record, const char *const *answers,
                    enum board_tone tone)
{
        struct board *board = plan->board;
        int row = board_add(board, tone);
        int64_t days;
        board_opens(board, &record->id);
        if (record->open)
                board->rows[row].planned = record->id;
        if (date_parse(answers[PLAN_DATE], &days)) {
                board_put(board, COL_WEEK, board_week_words(board, board_monday(days)));
                board_put(board, COL_DAY, board_day_words(board, days));
        }
        board_put(board, COL_DATE, answers[PLAN_DATE]);
        board_put(board, COL_STATE, state_words(board, tone, answers[PLAN_STATE]));
        board_put(board, COL_SCHOOL, board_school(board, record->school_title));
        board_put(board, COL_VISIT, plan_words(board, answers, false));
        board_put(board, COL_ROUTE, answers[PLAN_ROUTE]);
        board_put(board, COL_WHO, board_title(board, answers[PLAN_MONITOR]));
        board_put(board, COL_TO, answers[PLAN_TO]);
        board_put(board, COL_PRIORITY,
                  board_choice(board, "plan_visitas", "prioridad", answers[PLAN_PRIORITY]));
        board_put(board, COL_UGEL, board_choice(board, "plan_visitas", "ugel", record->ugel));
}

static enum err_code add(void *ctx, const struct store_record *record, const char *const *answers,
                         struct err *err)
{
        struct plan *plan = ctx;
        enum board_tone tone = plan_tone(plan->board, record, answers);
        (void)err;
        if (board_is_theirs(plan->board, record, answers[PLAN_MONITOR]) &&
            plan_is_between(answers, plan->from, plan->to)) {
                count(plan, record, tone, answers[PLAN_STATE]);
                add_row(plan, record, answers, tone);
        }
        return ERR_OK;
}

static int compare(const struct board *board, int a, int b)
{
        static const int by[] = {COL_DATE, COL_ROUTE, COL_SCHOOL};
        int order = 0;
        for (size_t i = 0; i < ARRAY_LEN(by) && order == 0; i++)
                order = strcmp(table_cell(&board->table, a, by[i]), table_cell(&board->table, b, by[i]));
        return order;
}

/* Before the dates shown: what was left undone. */
static enum err_code add_undone(struct plan *plan, struct err *err)
{
        struct board *board = plan->board;
        struct store_query query = plan_query(board, "", "");
        struct plan before = *plan;
        char text[DATE_TEXT];
        int64_t days;
        if (!date_parse(plan->from, &days))
                return ERR_OK;
        before.from = "";
        before.to = arena_strdup(&board->arena, date_format(days - 1, text));
        query.date_to = query.date_from ? before.to : NULL;
        query.open_only = true;
        enum err_code rc = board_walk(board, query, plan_names, PLAN_NAMES, add, &before, err);
        plan->open = before.open;
        plan->overdue = before.overdue;
        return rc;
}

enum err_code board_plan(struct board *board, struct err *err)
{
        const struct board_options *options = &board->options;
        char text[DATE_TEXT];
        struct plan plan = {.board = board, .from = options->from, .to = options->to};
        bool asked = *plan.from || *plan.to;
        if (!asked)
                plan.from =
                        arena_strdup(&board->arena,
                                     date_format(board_monday(board->host->today) - WEEKS_BACK * WEEK, text));
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = board_walk(board, plan_query(board, plan.from, plan.to), plan_names, PLAN_NAMES,
                                      add, &plan, err);
        if (rc == ERR_OK && !asked)
                rc = add_undone(&plan, err);
        board_sort(board, compare);
        board->empty = _("No hay visitas programadas. Se programan con la ficha «Programación de visitas».");
        board_summary(board, _("%d por hacer, %d de ellas atrasadas; %d hechas; %d no se pudieron hacer."),
                      plan.open, plan.overdue, plan.done, plan.failed);
        return rc;
}
