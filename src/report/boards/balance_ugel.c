/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Balance of one UGEL: what it achieved and what calls for attention, and
 * the rest of its figures.  A figure is an achievement when it reached its
 * target or goes the better way; an alert when it goes the worse way, stays
 * short of its target, or nothing was recorded of what was before or has one.
 */
#include "../balance_desk.h"

#include <math.h>
#include <string.h>

enum { COL_PART, COL_LABEL, COL_STATE, COL_VALUE, COL_ARROW, COL_N, COL_BEFORE, COL_TARGET, COL_GAP, COL_BASE, COL_BAR, COL_KEY, COLUMNS };
enum part { ACHIEVED, ALERT, THE_REST, NOTHING, PARTS };

static const struct board_heading headings[COLUMNS] = {
        [COL_PART] = {"parte", _("Parte"), CELL_TEXT, 0, 24, true},
        [COL_LABEL] = {"indicador", _("Indicador"), CELL_TEXT, 1, 0, false},
        [COL_STATE] = {"situacion", _("Situación"), CELL_TEXT, 1, 16, false},
        [COL_VALUE] = {"valor", _("Valor"), CELL_TEXT, 1, 7, false},
        [COL_ARROW] = {"tendencia", "±", CELL_TEXT, 1, 1, false},
        [COL_N] = {"n", "n", CELL_TEXT, 2, 5, false},
        [COL_BEFORE] = {"anterior", _("Antes"), CELL_TEXT, 2, 6, false},
        [COL_TARGET] = {"meta", _("Meta"), CELL_TEXT, 3, 5, false},
        [COL_GAP] = {"brecha", _("Brecha"), CELL_TEXT, 3, 6, false},
        [COL_BASE] = {"linea_base", _("Base"), CELL_TEXT, 4, 5, false},
        [COL_BAR] = {"barra", _("Barra"), CELL_TEXT, 5, 12, false},
        [COL_KEY] = {"clave", _("Clave"), CELL_TEXT, 6, 24, false},
};

static const struct desk_columns figure = {.value = COL_VALUE, .arrow = COL_ARROW, .n = COL_N, .base = COL_BASE, .target = COL_TARGET,
                                           .gap = COL_GAP, .bar = COL_BAR, .sign = true};

static void set_columns(struct board *board)
{
        board_set_columns(board, headings, COLUMNS);
        board->least = 28;
        board->columns[COL_PART].heads = true;
        board->columns[COL_ARROW].chart = board->columns[COL_BAR].chart = true;
        for (int i = COL_VALUE; i <= COL_BASE; i++)
                board->columns[i].right = i != COL_ARROW;
}

/* How a figure stands, in the order of the page; SILENT ones are not on it. */
enum state { REACHED, BETTER, MISSED, WORSE, UNRECORDED, STEADY, FEW, STATES, SILENT = STATES };

static const struct { enum part part; const char *words; } states[STATES] = {
        [REACHED] = {ACHIEVED, _("llega a su meta")}, [BETTER] = {ACHIEVED, _("mejora")},
        [MISSED] = {ALERT, _("bajo su meta")},        [WORSE] = {ALERT, _("empeora")},
        [UNRECORDED] = {ALERT, _("sin registros")},   [STEADY] = {THE_REST, ""},
        [FEW] = {NOTHING, _("muy pocos")},
};

static enum state state_of(const struct indicator *indicator, const struct balance_cell *cell)
{
        enum balance_goal goal = balance_goal(indicator, cell);
        int better = balance_better(indicator, balance_trend(indicator, cell->before, cell->value));
        if (cell->flags & BALANCE_COMPUTED)
                return SILENT;
        if (cell->flags & BALANCE_SECRET)
                return FEW;
        if (!isfinite(cell->value))
                return isfinite(cell->before) || isfinite(cell->target) ? UNRECORDED : SILENT;
        if (goal != GOAL_NONE)
                return goal == GOAL_REACHED ? REACHED : MISSED;
        return better > 0 ? BETTER : better < 0 ? WORSE : STEADY;
}

static const char *part_title(enum part part)
{
        static const char *const titles[PARTS] = {_("Logros"), _("Alertas"), _("Sin novedad"), _("Muy pocos para mostrarlos")};
        return titles[part];
}

static void add_row(struct desk *desk, const struct indicator *indicator, const struct balance_cell *cell, enum state state)
{
        static const enum board_tone tones[PARTS] = {TONE_GOOD, TONE_SOON, TONE_NORMAL, TONE_NORMAL};
        struct board *board = desk->board;
        struct balance_view down = desk->view;
        down.indicator = indicator->key;
        enum part part = states[state].part;
        board_add(board, tones[part]);
        board_goes_to(board, "balance-registros", desk_argument(desk, down));
        board_put(board, COL_PART, part_title(part));
        board_put(board, COL_LABEL, indicator->label);
        board_put(board, COL_STATE, states[state].words);
        desk_put(desk, &figure, indicator, cell, "");
        board_put(board, COL_BEFORE, desk_number(desk, indicator, cell->before));
        board_put(board, COL_KEY, indicator->key);
}

static void show(struct desk *desk, const struct balance *balance)
{
        int counts[PARTS] = {0};
        for (enum state wanted = 0; wanted < STATES; wanted++)
                for (int i = 0; i < desk->of->n; i++) {
                        const struct balance_cell *cell = balance_cell(balance, i, 0, 0, 0);
                        if (state_of(&desk->of->items[i], cell) != wanted)
                                continue;
                        counts[states[wanted].part]++;
                        add_row(desk, &desk->of->items[i], cell, wanted);
                }
        board_summary(desk->board, _("%s, %s. Logros: %d; alertas: %d; sin novedad: %d; muy pocos para mostrarlos: %d."),
                      desk_ugel_words(desk, desk->view.ugel), desk_period_words(desk),
                      counts[ACHIEVED], counts[ALERT], counts[THE_REST], counts[NOTHING]);
}

enum err_code board_balance_ugel(struct board *board, struct err *err)
{
        struct desk desk;
        struct balance balance;
        set_columns(board);
        enum err_code rc = desk_open(board, false, true, &desk, err);
        if (rc != ERR_OK || desk.of->n == 0)
                return rc;
        struct balance_query query = desk_query(&desk);
        query.compare = true;
        rc = balance_make(board->host->store, desk.of, &query, &balance, err);
        board->empty = _("En este periodo no hay nada registrado. ← ve el anterior.");
        if (rc == ERR_OK) {
                show(&desk, &balance);
                balance_release(&balance);
        }
        return rc;
}
