/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Balance: every indicator in a period, with how it went over the periods
 * before.  Enter goes down to its matrix.
 */
#include "../balance_desk.h"

#include <string.h>

enum { COL_SECTION, COL_LABEL, COL_VALUE, COL_ARROW, COL_N, COL_SPARK, COL_BASE, COL_TARGET, COL_GAP, COL_DIFFERENCE, COL_BASE_YEAR,
       COL_NOTE, COL_KEY, COLUMNS };

static const struct board_heading headings[COLUMNS] = {
        [COL_SECTION] = {"seccion", _("Sección"), CELL_TEXT, 0, 30, true},
        [COL_LABEL] = {"indicador", _("Indicador"), CELL_TEXT, 1, 0, false},
        [COL_VALUE] = {"valor", _("Valor"), CELL_TEXT, 1, 7, false},
        [COL_ARROW] = {"tendencia", "±", CELL_TEXT, 1, 1, false},
        [COL_N] = {"n", "n", CELL_TEXT, 1, 5, false},
        [COL_SPARK] = {"evolucion", _("Evolución"), CELL_TEXT, 1, DESK_PERIODS + 1, false},
        [COL_BASE] = {"linea_base", _("Base"), CELL_TEXT, 2, 5, false},
        [COL_TARGET] = {"meta", _("Meta"), CELL_TEXT, 2, 5, false},
        [COL_GAP] = {"brecha", _("Brecha"), CELL_TEXT, 3, 6, false},
        [COL_DIFFERENCE] = {"diferencia", _("Cambio"), CELL_TEXT, 3, 6, false},
        [COL_BASE_YEAR] = {"anio_base", _("Año base"), CELL_TEXT, 4, 8, false},
        [COL_NOTE] = {"aviso", _("Aviso"), CELL_TEXT, 5, 24, false},
        [COL_KEY] = {"clave", _("Clave"), CELL_TEXT, 6, 24, false},
};

static const struct desk_columns figure = {.value = COL_VALUE, .arrow = COL_ARROW, .n = COL_N, .base = COL_BASE, .target = COL_TARGET,
                                           .gap = COL_GAP, .sign = true};

static void set_columns(struct board *board)
{
        board_set_columns(board, headings, COLUMNS);
        board->least = 33;
        board->columns[COL_SECTION].heads = true;
        board->columns[COL_ARROW].chart = board->columns[COL_SPARK].chart = true;
        for (int i = COL_VALUE; i <= COL_DIFFERENCE; i++)
                board->columns[i].right = i != COL_SPARK && i != COL_ARROW;
}

static const char *note_of(const struct indicator *indicator, const struct balance_cell *cell)
{
        if (cell->flags & BALANCE_COMPUTED)
                return _("solo su línea base");
        if (cell->flags & BALANCE_SECRET)
                return _("muy pocos para mostrarlo");
        if (cell->flags & BALANCE_FEW)
                return _("pocos: léase con cuidado");
        return indicator->warnings_n ? _("tiene advertencias") : "";
}

static void add_row(struct desk *desk, const struct balance *now, const struct balance *past, int i, int tally[2])
{
        struct board *board = desk->board;
        const struct indicator *indicator = &desk->of->items[i];
        const struct balance_cell *cell = balance_cell(now, i, 0, 0, 0);
        const struct indicator_baseline *base = balance_baseline(indicator, "");
        enum board_tone tone = desk_tone(indicator, cell);
        struct balance_view down = desk->view;
        tally[0] += tone == TONE_GOOD;
        tally[1] += tone == TONE_SOON;
        down.indicator = indicator->key;
        down.ugel = NULL; /* all of them, side by side */
        board_add(board, tone);
        board_goes_to(board, "balance-indicador", desk_argument(desk, down));
        board_put(board, COL_SECTION, indicator->section);
        board_put(board, COL_LABEL, indicator->part_of >= 0 ? arena_printf(&board->arena, "  %s", indicator->label) : indicator->label);
        desk_put(desk, &figure, indicator, cell, "");
        board_put(board, COL_SPARK, desk_spark(desk, past, i));
        board_put(board, COL_DIFFERENCE, desk_gap(desk, indicator, cell->value - cell->before));
        board_put(board, COL_NOTE, note_of(indicator, cell));
        board_put(board, COL_KEY, indicator->key);
        if (base && base->year)
                board_putf(board, COL_BASE_YEAR, "%d", base->year);
}

static void show(struct desk *desk, const struct balance *now, const struct balance *past)
{
        int tally[2] = {0, 0};
        for (int i = 0; i < desk->of->n; i++)
                add_row(desk, now, past, i, tally);
        board_summary(desk->board, _("%s (%s), %s: %d indicadores. Llegan a su meta: %d; empeoran: %d. * pocos."),
                      desk_period_words(desk), desk->view.period, desk_ugel_words(desk, desk->view.ugel),
                      desk->of->n, tally[0], tally[1]);
}

enum err_code board_balance(struct board *board, struct err *err)
{
        struct desk desk;
        struct balance now = {0}, past = {0};
        set_columns(board);
        enum err_code rc = desk_open(board, false, true, &desk, err);
        if (rc != ERR_OK || desk.of->n == 0)
                return rc;
        struct balance_query query = desk_query(&desk);
        query.compare = true;
        rc = balance_make(board->host->store, desk.of, &query, &now, err);
        query.periods = desk.periods;
        query.periods_n = desk.periods_n;
        query.compare = false;
        if (rc == ERR_OK) {
                rc = balance_make(board->host->store, desk.of, &query, &past, err);
                if (rc == ERR_OK) {
                        show(&desk, &now, &past);
                        balance_release(&past);
                }
                balance_release(&now);
        }
        return rc;
}
