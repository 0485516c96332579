/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a figure of the Balance is set against (contract in report/balance.h). */
#include <math.h>
#include <string.h>

#include "balance_priv.h"

enum balance_trend balance_trend(const struct indicator *indicator, double from, double to)
{
        double step = indicator_is_ratio(indicator) ? 10 : 100; /* decimals that people read */
        if (!isfinite(from) || !isfinite(to))
                return TREND_UNKNOWN;
        double moved = round(to * step) - round(from * step);
        return moved > 0 ? TREND_UP : moved < 0 ? TREND_DOWN : TREND_SAME;
}

int balance_better(const struct indicator *indicator, enum balance_trend trend)
{
        int up = trend == TREND_UP ? 1 : trend == TREND_DOWN ? -1 : 0;
        return indicator->direction == DIRECTION_UP ? up : indicator->direction == DIRECTION_DOWN ? -up : 0;
}

enum balance_goal balance_goal(const struct indicator *indicator, const struct balance_cell *cell)
{
        enum balance_trend trend = balance_trend(indicator, cell->target, cell->value);
        if (trend == TREND_UNKNOWN || (indicator->direction != DIRECTION_UP && indicator->direction != DIRECTION_DOWN))
                return GOAL_NONE;
        return balance_better(indicator, trend) >= 0 ? GOAL_REACHED : GOAL_MISSED;
}

double balance_target_gap(const struct balance_cell *cell)
{
        return cell->value - cell->target;
}

const struct indicator_baseline *balance_baseline(const struct indicator *indicator, const char *part)
{
        for (int i = 0; i < indicator->baselines_n; i++)
                if (strcmp(indicator->baselines[i].by, part) == 0)
                        return &indicator->baselines[i];
        return NULL;
}

double balance_baseline_gap(const struct indicator *indicator, const char *part, const struct balance_cell *cell)
{
        const struct indicator_baseline *baseline = balance_baseline(indicator, part);
        return baseline && baseline->unit == indicator->unit ? cell->value - baseline->value : (double)NAN;
}
