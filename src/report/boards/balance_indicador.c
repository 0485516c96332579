/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One indicator: a row for each UGEL (or for each value that it is told apart
 * by), a column for each period up to the one looked at, and all that is known
 * of that one.  Enter opens the records that make a figure.
 */
#include "../balance_desk.h"

#include <string.h>

enum { PAST = 5, COL_WHO = 0, COL_PAST, COL_VALUE = COL_PAST + PAST, COL_ARROW, COL_N, COL_COVERAGE, COL_BASE, COL_TARGET, COL_GAP,
       COL_BAR, COL_CODE, COLUMNS };

struct matrix {
        struct desk desk;
        const struct indicator *indicator;
        struct balance now, past;
        bool each; /* rows are UGEL; else values */
};

static const struct desk_columns figure = {.value = COL_VALUE, .arrow = COL_ARROW, .n = COL_N, .coverage = COL_COVERAGE,
                                           .base = COL_BASE, .target = COL_TARGET, .gap = COL_GAP, .bar = COL_BAR};

static void set_columns(struct desk *desk)
{
        static const char *const names[PAST] = {"antes_5", "antes_4", "antes_3", "antes_2", "antes_1"};
        struct board_heading all[COLUMNS] = {
                [COL_WHO] = {"grupo", balance_split_title(desk->view.split), CELL_TEXT, 1, 0, false},
                [COL_VALUE] = {"valor", *desk->view.period ? desk->view.period : _("Valor"), CELL_TEXT, 1, 8, false},
                [COL_ARROW] = {"tendencia", "±", CELL_TEXT, 1, 1, false},
                [COL_N] = {"n", "n", CELL_TEXT, 1, 5, false},
                [COL_COVERAGE] = {"cobertura", _("Cobert."), CELL_TEXT, 2, 7, false},
                [COL_BASE] = {"linea_base", _("Base"), CELL_TEXT, 2, 5, false},
                [COL_TARGET] = {"meta", _("Meta"), CELL_TEXT, 2, 5, false},
                [COL_GAP] = {"brecha", _("Brecha"), CELL_TEXT, 2, 6, false},
                [COL_BAR] = {"barra", _("Barra"), CELL_TEXT, 6, 12, false},
                [COL_CODE] = {"codigo", _("Código"), CELL_TEXT, 0, 10, false},
        };
        int missing = PAST - (desk->periods_n - 1 < PAST ? desk->periods_n - 1 : PAST);
        for (int i = 0; i < PAST; i++) {
                int at = desk->periods_n - 1 - (PAST - i);
                all[COL_PAST + i] = (struct board_heading){names[i], i >= missing && at >= 0 ? desk->periods[at] : "—", CELL_TEXT,
                                                           i < missing ? 0 : i == PAST - 1 ? 1 : PAST + 2 - i, 8, false};
        }
        board_set_columns(desk->board, all, COLUMNS);
        desk->board->least = 14;
        desk->board->columns[COL_ARROW].chart = desk->board->columns[COL_BAR].chart = true;
        for (int i = COL_PAST; i <= COL_GAP; i++)
                desk->board->columns[i].right = i != COL_ARROW;
}

/* The position of a name in another balance, which may not have it: -1. */
static int place_in(const char *const *names, int n, const char *name)
{
        for (int i = 0; i < n; i++)
                if (strcmp(names[i], name) == 0)
                        return i;
        return -1;
}

static void put_past(struct matrix *m, int u, int v)
{
        struct desk *desk = &m->desk;
        int ugel = place_in(m->past.ugels, m->past.ugels_n, m->now.ugels[u]);
        int value = place_in(m->past.values, m->past.values_n, m->now.values[v]);
        for (int i = 0; i < PAST; i++) {
                int period = desk->periods_n - 1 - (PAST - i);
                if (period >= 0 && ugel >= 0 && value >= 0)
                        board_put(desk->board, COL_PAST + i,
                                  desk_value(desk, m->indicator, balance_cell(&m->past, 0, ugel, period, value), false));
        }
}

static void add_row(struct matrix *m, int u, int v, bool all)
{
        struct desk *desk = &m->desk;
        struct board *board = desk->board;
        const struct balance_cell *cell = balance_cell(&m->now, 0, u, 0, v);
        const char *code = m->each ? m->now.ugels[u] : m->now.values[v];
        struct balance_view down = desk->view;
        if (m->each && !all)
                down.ugel = *code ? code : BALANCE_NO_UGEL;
        else if (!m->each)
                down.value = code;
        board_add(board, desk_tone(m->indicator, cell));
        board_goes_to(board, "balance-registros", desk_argument(desk, down));
        board_put(board, COL_WHO, all ? _("Todas") : desk_value_words(desk, desk->view.split, code));
        board_put(board, COL_CODE, code);
        put_past(m, u, v);
        desk_put(desk, &figure, m->indicator, cell, desk->view.split == SPLIT_PARTS ? code : "");
}

static enum err_code make_both(struct matrix *m, struct balance_query query, struct err *err)
{
        struct store *store = m->desk.board->host->store;
        query.compare = true;
        query.periods = &m->desk.view.period;
        query.periods_n = 1;
        enum err_code rc = balance_make(store, m->desk.of, &query, &m->now, err);
        query.compare = false;
        query.periods = m->desk.periods;
        query.periods_n = m->desk.periods_n;
        if (rc == ERR_OK && (rc = balance_make(store, m->desk.of, &query, &m->past, err)) != ERR_OK)
                balance_release(&m->now);
        return rc;
}

static void release_both(struct matrix *m)
{
        balance_release(&m->now);
        balance_release(&m->past);
}

/* All UGEL together, where there are several. */
static enum err_code add_total(const struct matrix *each, struct balance_query query, struct err *err)
{
        struct matrix all = *each;
        query.each_ugel = false;
        if (each->now.ugels_n < 2)
                return ERR_OK;
        enum err_code rc = make_both(&all, query, err);
        if (rc != ERR_OK)
                return rc;
        add_row(&all, 0, 0, true);
        release_both(&all);
        return ERR_OK;
}

static enum err_code add_rows(struct matrix *m, struct balance_query query, struct err *err)
{
        enum err_code rc = make_both(m, query, err);
        if (rc != ERR_OK)
                return rc;
        if (query.each_ugel)
                rc = add_total(m, query, err);
        for (int u = 0; rc == ERR_OK && u < m->now.ugels_n; u++)
                for (int v = 0; v < m->now.values_n; v++)
                        add_row(m, u, v, false);
        release_both(m);
        return rc;
}

static void summarise(struct matrix *m)
{
        struct desk *desk = &m->desk;
        struct arena *arena = &desk->board->arena;
        const char *base = indicator_baseline_words(m->indicator, arena), *unit = indicator_unit_name(m->indicator->unit);
        board_summary(desk->board, _("%s (%s), %s%s%s. %s%s%s%s%s"), desk_period_words(desk), unit,
                      *desk->view.ugel ? desk_ugel_words(desk, desk->view.ugel) : "",
                      *desk->view.ugel ? ", " : "", balance_split_by(desk->view.split),
                      *base ? _("Línea base: ") : "", base, *base ? ". " : "",
                      m->indicator->warnings_n ? _("Tiene advertencias: F7.") : "",
                      !*m->indicator->population ? "" : m->indicator->warnings_n ? _(" Cobert.: del directorio de hoy.")
                                                                                 : _("Cobert.: del directorio de hoy."));
}

enum err_code board_balance_indicador(struct board *board, struct err *err)
{
        struct matrix m = {0};
        enum err_code rc = desk_open(board, true, false, &m.desk, err);
        set_columns(&m.desk);
        if (rc != ERR_OK || m.desk.of->n == 0)
                return rc;
        int at = desk_indicator(&m.desk), split = m.desk.view.split;
        m.indicator = &m.desk.of->items[at];
        m.each = split == DIMENSION_NONE;
        struct balance_query query = desk_query(&m.desk);
        query.indicators = &at;
        query.indicators_n = 1;
        query.dimension = split < DIMENSIONS ? (enum dimension)split : DIMENSION_NONE;
        query.each_part = split == SPLIT_PARTS;
        query.each_ugel = m.each && !m.desk.limited;
        rc = add_rows(&m, query, err);
        board->empty = _("En este periodo no hay nada que mostrar así. ← ve el anterior.");
        summarise(&m);
        return rc;
}
