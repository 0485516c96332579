/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One indicator as a figure: what it is, its cells, its baselines and its parts (contract in app/figures.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "figures_priv.h"

/* ---- Cells ---- */

static struct figure_cell cell_of(const struct balance_cell *cell)
{
        if (cell->flags & BALANCE_SECRET)
                return (struct figure_cell){.state = FIGURE_HIDDEN, .value = NAN};
        bool told = isfinite(cell->value);
        return (struct figure_cell){.state = told ? FIGURE_TOLD : FIGURE_NOTHING, .value = told ? cell->value : (double)NAN,
                                    .num = cell->num, .den = cell->den, .n = cell->n,
                                    .few = told && cell->flags & BALANCE_FEW};
}

static const struct figure_cell empty_cell = {.state = FIGURE_NOTHING, .value = NAN};

int figure_stock_sources(const struct indicator *indicator)
{
        int n = 0;
        for (int i = 0; i < indicator->sources_n; i++)
                n += indicator->sources[i].stock;
        return n;
}

/* Only how things are now: the figure of one period would be that of all. */
bool figure_is_of_now(const struct indicator *indicator)
{
        return indicator->computed == COMPUTED_CATALOGUE || indicator->computed == COMPUTED_TEAMS ||
               (indicator->sources_n > 0 && figure_stock_sources(indicator) == indicator->sources_n);
}

bool figure_is_kept_secret(const struct making *m, const struct indicator *indicator)
{
        return indicator->reserved && !m->wish->sensitive;
}

static const struct figure_cell *group_cells(struct making *m, const struct balance *b, int index, bool history)
{
        struct figures *out = m->out;
        int first = b->periods_n - out->periods_n;
        struct figure_cell *cells = ARENA_ARRAY(&out->arena, struct figure_cell, out->groups_n * out->periods_n);
        for (int g = 0; g < out->groups_n; g++)
                for (int p = 0; p < out->periods_n; p++) {
                        bool ugels = m->wish->dimension == DIMENSION_NONE, told = history || p == out->periods_n - 1;
                        int at = g + m->first_group;
                        cells[g * out->periods_n + p] =
                                told ? cell_of(balance_cell(b, index, ugels ? at : 0, first + p, ugels ? 0 : at)) : empty_cell;
                }
        return cells;
}

/* ---- What an indicator is ---- */

static void take_bases(struct making *m, const struct indicator *indicator, const struct balance_cell *now, struct figure *f)
{
        struct figure_base *bases = ARENA_ARRAY(&m->out->arena, struct figure_base, indicator->baselines_n);
        for (int i = 0; i < indicator->baselines_n; i++) {
                const struct indicator_baseline *base = &indicator->baselines[i];
                bool same = base->unit == indicator->unit && !*base->by && !f->reserved;
                bases[i] = (struct figure_base){.value = base->value,
                                                .sign = indicator_unit_sign(base->unit),
                                                .gap = same ? now->value - base->value : (double)NAN,
                                                .year = base->year,
                                                .source = base->source,
                                                .part = *base->by ? part_label(m, indicator, base->by) : "",
                                                .note = base->note};
        }
        f->bases = bases;
        f->bases_n = indicator->baselines_n;
}

static void take_complements(struct making *m, const struct indicator *indicator, struct figure *f)
{
        struct figure_complement *kept = ARENA_ARRAY(&m->out->arena, struct figure_complement, indicator->complements_n);
        for (int i = 0; i < indicator->complements_n; i++)
                kept[i] = (struct figure_complement){indicator->complements[i].value, indicator->complements[i].label,
                                                     indicator->complements[i].source};
        f->complements = kept;
        f->complements_n = indicator->complements_n;
}

static struct figure describe(struct making *m, const struct indicator *one)
{
        bool percent = one->unit == INDICATOR_PERCENT || one->unit == INDICATOR_COUNT_PERCENT;
        bool computed = one->computed != COMPUTED_NOT;
        return (struct figure){.key = one->key,
                               .label = one->label,
                               .unit = indicator_unit_name(one->unit),
                               .sign = indicator_unit_sign(one->unit),
                               .ratio = indicator_is_ratio(one),
                               .percent = percent,
                               .counted = one->context ? "" : indicator_counted_words(one->counted),
                               .direction = one->direction == DIRECTION_NONE ? "" : indicator_direction_name(one->direction),
                               .numerator = one->numerator,
                               .denominator = one->denominator,
                               .source = one->source,
                               .special = computed ? indicator_computed_about(one->computed) : "",
                               .whole = one->part_of >= 0 ? m->all->items[one->part_of].label : "",
                               .breakdown = one->breakdown,
                               .minimum = one->minimum,
                               .mark = one->mark,
                               .context = one->context,
                               .reserved = figure_is_kept_secret(m, one),
                               .warnings = one->warnings,
                               .warnings_n = one->warnings_n,
                               .before = NAN, .year_before = NAN, .target = NAN, .gap = NAN, .coverage = NAN,
                               .target_note = ""};
}

/* ---- Its figures ---- */

static void compare(const struct indicator *one, const struct balance_cell *now, bool history, struct figure *f)
{
        static const enum figure_goal goals[] = {
                [GOAL_NONE] = FIGURE_NO_GOAL, [GOAL_MISSED] = FIGURE_MISSED, [GOAL_REACHED] = FIGURE_REACHED};
        if (history) {
                f->before = now->before;
                f->year_before = now->year_before;
                f->better = balance_better(one, balance_trend(one, now->before, now->value));
        }
        f->target = now->target;
        f->gap = balance_target_gap(now);
        f->coverage = now->coverage;
        f->goal = goals[balance_goal(one, now)];
        if (now->flags & BALANCE_TARGET_REGION)
                f->target_note = _(" (de la región)");
        else if (now->flags & BALANCE_TARGET_YEAR)
                f->target_note = _(" (del año)");
}

/* The whole in the period asked for, with the target that it has to meet. */
static struct balance_cell now_of(const struct making *m, const struct balance *whole, const struct balance *groups, int index)
{
        const unsigned kinds = BALANCE_TARGET_YEAR | BALANCE_TARGET_REGION;
        struct balance_cell now = *balance_cell(whole, index, 0, whole->periods_n - 1, 0);
        if (m->only_ugel >= 0) {
                const struct balance_cell *own = balance_cell(groups, index, m->only_ugel, groups->periods_n - 1, 0);
                now.target = own->target;
                now.flags = (now.flags & ~kinds) | (own->flags & kinds);
        }
        return now;
}

static void take_cells(struct making *m, const struct balance *whole, const struct balance *groups, int index, struct figure *f)
{
        const struct indicator *one = &m->all->items[index];
        struct figures *out = m->out;
        int first = whole->periods_n - out->periods_n;
        bool history = !figure_is_of_now(one);
        struct figure_cell *cells = ARENA_ARRAY(&out->arena, struct figure_cell, out->periods_n);
        struct balance_cell now = now_of(m, whole, groups, index);
        for (int p = 0; p < out->periods_n; p++)
                cells[p] = !f->reserved && (history || p == out->periods_n - 1)
                                   ? cell_of(balance_cell(whole, index, 0, first + p, 0)) : empty_cell;
        f->periods = cells;
        if (f->reserved) {
                struct figure_cell *none = ARENA_ARRAY(&out->arena, struct figure_cell, out->groups_n * out->periods_n);
                for (int i = 0; i < out->groups_n * out->periods_n; i++)
                        none[i] = empty_cell;
                f->groups = none;
        } else {
                f->groups = group_cells(m, groups, index, history);
                compare(one, &now, history, f);
        }
        take_bases(m, one, &now, f);
}

/* ---- Its parts ---- */

static enum err_code take_parts(struct making *m, int index, struct figure *f, struct err *err)
{
        const struct indicator *one = &m->all->items[index];
        struct balance b;
        struct balance_query query = {.indicators = &index, .indicators_n = 1, .periods = &m->wish->period, .periods_n = 1,
                                      .ugels = m->wish->ugel ? &m->wish->ugel : NULL, .ugels_n = m->wish->ugel ? 1 : 0,
                                      .each_part = true};
        enum err_code rc = balance_make(m->app->store, m->all, &query, &b, err);
        if (rc != ERR_OK)
                return rc;
        struct figure_part *parts = ARENA_ARRAY(&m->out->arena, struct figure_part, b.values_n);
        for (int v = 0; v < b.values_n; v++) {
                struct figure_cell cell = cell_of(balance_cell(&b, 0, 0, 0, v));
                if (cell.state != FIGURE_NOTHING)
                        parts[f->parts_n++] = (struct figure_part){part_label(m, one, b.values[v]), cell};
        }
        f->parts = parts;
        balance_release(&b);
        return ERR_OK;
}

static bool has_parts(struct making *m, const struct indicator *one, const struct figure *f)
{
        return *one->breakdown && !f->reserved && (m->wish->sensitive || !parts_are_people(m, one));
}

enum err_code figure_make(struct making *m, const struct balance *whole, const struct balance *groups, int index,
                          struct figure *ret, struct err *err)
{
        const struct indicator *one = &m->all->items[index];
        *ret = describe(m, one);
        take_cells(m, whole, groups, index, ret);
        take_complements(m, one, ret);
        return has_parts(m, one, ret) ? take_parts(m, index, ret, err) : ERR_OK;
}
