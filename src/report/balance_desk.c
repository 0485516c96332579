/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of a board of the Balance, and its figures in words (contract in balance_desk.h). */
#include "balance_desk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/chart.h"

/* ---- The view ---- */

static enum err_code check_indicator(const struct desk *desk, bool one, struct err *err)
{
        const char *key = desk->view.indicator, *near;
        if (!*key && one)
                return err_set(err, ERR_USAGE, _("Diga de qué indicador: indicador=CLAVE; «simae indicadores» los muestra."));
        if (!*key || indicators_find(desk->of, key) >= 0)
                return ERR_OK;
        const char **keys = xcalloc((size_t)desk->of->n + 1, sizeof *keys);
        for (int i = 0; i < desk->of->n; i++)
                keys[i] = desk->of->items[i].key;
        near = str_nearest(key, keys, (size_t)desk->of->n);
        free(keys);
        return near ? err_set(err, ERR_USAGE, _("No existe el indicador «%.60s»; ¿quiso decir «%s»?"), key, near)
                    : err_set(err, ERR_USAGE, _("No existe el indicador «%.60s»; «simae indicadores» los muestra."), key);
}

static enum err_code check_period(const struct desk *desk, struct err *err)
{
        bool good;
        enum err_code rc = balance_is_period(desk->board->host->store, desk->view.period, &good, err);
        if (rc != ERR_OK || good)
                return rc;
        return err_set(err, ERR_USAGE, _("«%.30s» no es un periodo; escriba un trimestre (2026-T1), un año (2026) o un bloque lectivo."),
                       desk->view.period);
}

static void notice(void *ctx, const struct total *total)
{
        *(bool *)ctx |= total->n > 0;
}

/* This quarter, or the latest of this year's before it in which anything was counted. */
static enum err_code choose_period(struct desk *desk, struct err *err)
{
        struct board *board = desk->board;
        const char *now = balance_quarter(board->host->today, &board->arena), *period = now;
        enum err_code rc = ERR_OK;
        bool counted = false;
        desk->view.period = now;
        for (int i = 0; rc == ERR_OK && i < 4 && period && !counted; i++) {
                rc = store_totals(board->host->store, DIMENSION_NONE, &period, 1, NULL, notice, &counted, err);
                if (counted)
                        desk->view.period = period;
                else if (rc == ERR_OK)
                        rc = balance_before(board->host->store, period, &board->arena, &period, err);
        }
        return rc;
}

static enum err_code list_periods(struct desk *desk, struct err *err)
{
        const char *period = desk->view.period;
        enum err_code rc = ERR_OK;
        int at = DESK_PERIODS;
        while (rc == ERR_OK && period && at > 0) {
                desk->periods[--at] = period;
                rc = balance_before(desk->board->host->store, period, &desk->board->arena, &period, err);
        }
        desk->periods_n = DESK_PERIODS - at;
        memmove(desk->periods, desk->periods + at, (size_t)desk->periods_n * sizeof *desk->periods);
        return rc;
}

struct looking { const char *ugel; bool found; };

static void look(void *ctx, const struct total *total)
{
        struct looking *looking = ctx;
        looking->found |= strcmp(total->ugel, looking->ugel) == 0 && total->n > 0;
}

static enum err_code choose_ugel(struct desk *desk, bool home, struct err *err)
{
        const struct board *board = desk->board;
        struct looking looking = {.ugel = board->host->ugel};
        if (desk->view.ugel)
                return ERR_OK;
        desk->view.ugel = board->options.ugel;
        if (*desk->view.ugel || !home || !*looking.ugel)
                return ERR_OK;
        enum err_code rc = store_totals(board->host->store, DIMENSION_NONE, &desk->view.period, 1, NULL, look, &looking, err);
        if (looking.found)
                desk->view.ugel = board->host->ugel;
        return rc;
}

enum err_code desk_open(struct board *board, bool one, bool home, struct desk *ret, struct err *err)
{
        static const struct indicators none;
        const struct board_host *host = board->host;
        *ret = (struct desk){.board = board, .of = host->indicators ? host->indicators(host->ctx) : &none};
        enum err_code rc = balance_view_read(board->options.argument, &board->arena, &ret->view, err);
        board->empty = _("No hay indicadores: falta indicadores.yaml entre las fichas.");
        if (rc != ERR_OK || ret->of->n == 0)
                return rc;
        rc = check_indicator(ret, one, err);
        if (rc == ERR_OK)
                rc = *ret->view.period ? check_period(ret, err) : choose_period(ret, err);
        if (rc == ERR_OK)
                rc = choose_ugel(ret, home, err);
        if (rc == ERR_OK)
                rc = list_periods(ret, err);
        ret->limited = rc == ERR_OK && *ret->view.ugel;
        ret->ugel = ret->limited && strcmp(ret->view.ugel, BALANCE_NO_UGEL) == 0 ? "" : ret->view.ugel;
        board->options.argument = rc == ERR_OK ? desk_argument(ret, ret->view) : "";
        return rc;
}

struct balance_query desk_query(const struct desk *desk)
{
        struct balance_query query = {.periods = &desk->view.period, .periods_n = 1, .today = desk->board->host->today};
        if (desk->limited) {
                query.ugels = &desk->ugel;
                query.ugels_n = 1;
        }
        return query;
}

int desk_indicator(const struct desk *desk)
{
        return indicators_find(desk->of, desk->view.indicator);
}

const char *desk_argument(struct desk *desk, struct balance_view view)
{
        return balance_view_write(&view, &desk->board->arena);
}

/* ---- Figures ---- */

const char *desk_number(struct desk *desk, const struct indicator *indicator, double value)
{
        struct arena *arena = &desk->board->arena;
        if (!isfinite(value))
                return "";
        if (indicator_is_ratio(indicator))
                return arena_printf(arena, "%.1f", value + 0.0);
        return arena_printf(arena, "%.15g", round(value * 100) / 100 + 0.0);
}

const char *desk_value(struct desk *desk, const struct indicator *indicator, const struct balance_cell *cell, bool sign)
{
        if (cell->flags & BALANCE_SECRET)
                return _("pocos");
        if (!isfinite(cell->value))
                return "—";
        const char *number = desk_number(desk, indicator, cell->value), *unit = indicator_unit_sign(indicator->unit);
        if (!sign || !*unit || indicator->unit == INDICATOR_SOLES)
                return number;
        return arena_printf(&desk->board->arena, "%s %s", number, unit);
}

const char *desk_n(struct desk *desk, const struct balance_cell *cell)
{
        if (cell->flags & (BALANCE_SECRET | BALANCE_COMPUTED) || cell->n == 0)
                return "";
        return arena_printf(&desk->board->arena, "%lld%s", (long long)cell->n, cell->flags & BALANCE_FEW ? "*" : "");
}

const char *desk_gap(struct desk *desk, const struct indicator *indicator, double gap)
{
        const char *number = desk_number(desk, indicator, fabs(gap));
        if (!*number)
                return "";
        bool nothing = strspn(number, "0.") == strlen(number);
        return nothing ? "0" : arena_printf(&desk->board->arena, "%s%s", gap > 0 ? "+" : "-", number);
}

const char *desk_arrow(const struct indicator *indicator, const struct balance_cell *cell)
{
        switch (balance_trend(indicator, cell->before, cell->value)) {
        case TREND_UP: return "↑";
        case TREND_DOWN: return "↓";
        case TREND_SAME: return "=";
        default: return "";
        }
}

const char *desk_spark(struct desk *desk, const struct balance *balance, int indicator)
{
        double values[DESK_PERIODS];
        struct str text = STR_INIT;
        bool percent = strcmp(indicator_unit_sign(balance->of->items[balance->indicators[indicator]].unit), "%") == 0, any = false;
        for (int p = 0; p < balance->periods_n; p++) {
                values[p] = balance_cell(balance, indicator, 0, p, 0)->value;
                any |= isfinite(values[p]);
        }
        if (any)
                chart_spark(&text, values, balance->periods_n, 0, percent ? 100 : 0);
        const char *kept = arena_strdup(&desk->board->arena, text.text);
        str_release(&text);
        return kept;
}

enum board_tone desk_tone(const struct indicator *indicator, const struct balance_cell *cell)
{
        if (balance_goal(indicator, cell) == GOAL_REACHED)
                return TONE_GOOD;
        int better = balance_better(indicator, balance_trend(indicator, cell->before, cell->value));
        return better < 0 ? TONE_SOON : TONE_NORMAL;
}

static void put(struct desk *desk, int column, const char *text)
{
        if (column)
                board_put(desk->board, column, text);
}

void desk_put(struct desk *desk, const struct desk_columns *columns, const struct indicator *indicator, const struct balance_cell *cell,
              const char *part)
{
        struct arena *arena = &desk->board->arena;
        const struct indicator_baseline *base = balance_baseline(indicator, part);
        put(desk, columns->value, desk_value(desk, indicator, cell, columns->sign));
        put(desk, columns->arrow, desk_arrow(indicator, cell));
        put(desk, columns->n, desk_n(desk, cell));
        put(desk, columns->coverage, isfinite(cell->coverage) ? arena_printf(arena, "%.0f %%", cell->coverage) : "");
        put(desk, columns->base, base ? arena_printf(arena, "%.15g", base->value) : "");
        put(desk, columns->target, desk_number(desk, indicator, cell->target));
        put(desk, columns->gap, desk_gap(desk, indicator, balance_target_gap(cell)));
        if (columns->bar && strcmp(indicator_unit_sign(indicator->unit), "%") == 0 && isfinite(cell->value))
                board_put_bar(desk->board, columns->bar, cell->value / 100);
}

/* ---- Names ---- */

const char *desk_period_words(struct desk *desk)
{
        return balance_period_words(desk->board->host->store, desk->view.period, &desk->board->arena);
}

const char *desk_ugel_words(struct desk *desk, const char *ugel)
{
        if (!*ugel)
                return _("todas las UGEL");
        if (strcmp(ugel, BALANCE_NO_UGEL) == 0)
                return _("sin UGEL");
        return arena_printf(&desk->board->arena, _("UGEL %s"), board_choice(desk->board, "institucion", "ugel", ugel));
}

const char *desk_value_words(struct desk *desk, int split, const char *value)
{
        static const char *const places[][2] = {
                [DIMENSION_NONE] = {"institucion", "ugel"},           [DIMENSION_LEVEL] = {"institucion", "nivel"},
                [DIMENSION_AREA] = {"institucion", "area_geo"},       [DIMENSION_SCHOOL_TYPE] = {"institucion", "tipo_ie"},
                [DIMENSION_CONDITION] = {"simae_docente", "docente_condicion"},
        };
        if (!*value)
                return split == SPLIT_PARTS ? _("(sin parte)") : _("(sin dato)");
        if (split < (int)ARRAY_LEN(places) && places[split][0])
                return board_choice(desk->board, places[split][0], places[split][1], value);
        return board_title(desk->board, value);
}
