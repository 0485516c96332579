/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the Balance to figures that leave the building (contract in
 * app/figures.h).  Three readings of the totals:
 *
 *      the whole place × periods, with targets     every indicator
 *      UGEL or values of a dimension × periods     every indicator
 *      the parts of a breakdown, this period       those that have one
 *
 * Indicators that only count things as they are now have no history: the
 * Balance would give the same figure in each period.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/clock.h"
#include "figures_priv.h"

enum { PERIODS_MAX = 8 };

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

static int stock_sources(const struct indicator *indicator)
{
        int n = 0;
        for (int i = 0; i < indicator->sources_n; i++)
                n += indicator->sources[i].stock;
        return n;
}

/* Only how things are now: the figure of one period would be that of all. */
static bool is_of_now(const struct indicator *indicator)
{
        return indicator->computed == COMPUTED_CATALOGUE || indicator->computed == COMPUTED_TEAMS ||
               (indicator->sources_n > 0 && stock_sources(indicator) == indicator->sources_n);
}

static bool is_kept_secret(const struct making *m, const struct indicator *indicator)
{
        return indicator->reserved && !m->wish->sensitive;
}

/* ---- Periods ---- */

/* The one asked for and those before it, from new to old. */
static enum err_code list_periods(struct making *m, struct err *err)
{
        const char *codes[PERIODS_MAX];
        int n = 0;
        enum err_code rc = ERR_OK;
        for (const char *code = m->wish->period; code && n < PERIODS_MAX && rc == ERR_OK;) {
                codes[n++] = code;
                rc = balance_before(m->app->store, code, &m->out->arena, &code, err);
        }
        m->codes = ARENA_ARRAY(&m->out->arena, const char *, n);
        m->codes_n = n;
        for (int i = 0; i < n; i++)
                m->codes[i] = codes[n - 1 - i];
        return rc;
}

/* How many of the oldest say nothing at all; what has anything of now says something always. */
static int empty_periods(const struct making *m, const struct balance *b)
{
        for (int p = 0; p < m->codes_n - 1; p++)
                for (int i = 0; i < m->all->n; i++)
                        if (!is_of_now(&m->all->items[i]) && !stock_sources(&m->all->items[i]) &&
                            balance_cell(b, i, 0, p, 0)->n > 0)
                                return p;
        return m->codes_n - 1;
}

static enum err_code name_periods(struct making *m, const struct balance *whole, struct err *err)
{
        struct figures *out = m->out;
        int skipped = empty_periods(m, whole);
        m->codes += skipped;
        m->codes_n -= skipped;
        out->periods_n = m->codes_n;
        out->periods = ARENA_ARRAY(&out->arena, const char *, m->codes_n);
        out->period_codes = ARENA_ARRAY(&out->arena, const char *, m->codes_n);
        for (int p = 0; p < m->codes_n; p++) {
                out->period_codes[p] = arena_strdup(&out->arena, m->codes[p]);
                out->periods[p] = period_heading(m, m->codes[p]);
        }
        return period_words(m, m->wish->period, &out->period_words, err);
}

/* ---- Groups ---- */

/* One UGEL alone says what the whole says. Records of no UGEL count in the whole only. */
static void list_groups(struct making *m, const struct balance *b)
{
        struct figures *out = m->out;
        bool ugels = m->wish->dimension == DIMENSION_NONE;
        const char **codes = ugels ? b->ugels : b->values;
        int n = ugels ? b->ugels_n : b->values_n;
        m->first_group = ugels && n && !*codes[0];
        out->groups_n = ugels && m->wish->ugel ? 0 : n - m->first_group;
        out->groups = ARENA_ARRAY(&out->arena, const char *, n);
        out->group_codes = ARENA_ARRAY(&out->arena, const char *, n);
        for (int g = 0; g < out->groups_n; g++) {
                const char *code = codes[g + m->first_group];
                out->group_codes[g] = arena_strdup(&out->arena, code);
                out->groups[g] = arena_strdup(&out->arena, app_dimension_label(m->app, m->wish->dimension, code));
        }
}

static void name_groups(struct making *m, const struct balance *b)
{
        static const char *const titles[DIMENSIONS] = {
                "UGEL",
#define DIMENSION(symbol, name, heading, questions) heading,
#include "store/dimensions.def"
#undef DIMENSION
        };
        struct figures *out = m->out;
        const char *ugel = m->wish->ugel;
        list_groups(m, b);
        out->groups_title = titles[m->wish->dimension];
        if (m->wish->dimension == DIMENSION_NONE && out->groups_n == 1) {
                ugel = out->group_codes[0];
                out->groups_n = 0;
        }
        out->place = ugel ? arena_printf(&out->arena, "UGEL %s", app_dimension_label(m->app, DIMENSION_NONE, ugel))
                          : _("Todas las UGEL");
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
                               .reserved = is_kept_secret(m, one),
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

static void take_cells(struct making *m, const struct balance *whole, const struct balance *groups, int index, struct figure *f)
{
        const struct indicator *one = &m->all->items[index];
        struct figures *out = m->out;
        int first = whole->periods_n - out->periods_n;
        bool history = !is_of_now(one);
        struct figure_cell *cells = ARENA_ARRAY(&out->arena, struct figure_cell, out->periods_n);
        const struct balance_cell *now = balance_cell(whole, index, 0, whole->periods_n - 1, 0);
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
                compare(one, now, history, f);
        }
        take_bases(m, one, now, f);
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

/* ---- All of them ---- */

static int section_of(struct figures *out, const char *title)
{
        if (!*title)
                title = _("Otros indicadores");
        for (int i = 0; i < out->sections_n; i++)
                if (strcmp(out->sections[i], title) == 0)
                        return i;
        out->sections[out->sections_n] = title;
        return out->sections_n++;
}

static enum err_code take_all(struct making *m, const struct balance *whole, const struct balance *groups, struct err *err)
{
        struct figures *out = m->out;
        enum err_code rc = ERR_OK;
        out->items = ARENA_ARRAY(&out->arena, struct figure, m->all->n);
        out->sections = ARENA_ARRAY(&out->arena, const char *, m->all->n + 1);
        for (int i = 0; i < m->all->n && rc == ERR_OK; i++) {
                const struct indicator *one = &m->all->items[i];
                struct figure *f = &out->items[out->n];
                if (is_kept_secret(m, one) && one->baselines_n == 0) {
                        out->left_out++;
                        continue;
                }
                *f = describe(m, one);
                f->section = section_of(out, one->section);
                take_cells(m, whole, groups, i, f);
                take_complements(m, one, f);
                if (has_parts(m, one, f))
                        rc = take_parts(m, i, f, err);
                out->n++;
        }
        return rc;
}

static enum err_code read_balances(struct making *m, struct balance *whole, struct balance *groups, struct err *err)
{
        const struct figures_wish *wish = m->wish;
        struct balance_query query = {.ugels = wish->ugel ? &wish->ugel : NULL, .ugels_n = wish->ugel ? 1 : 0,
                                      .periods = m->codes, .periods_n = m->codes_n, .compare = true};
        enum err_code rc = balance_make(m->app->store, m->all, &query, whole, err);
        if (rc != ERR_OK)
                return rc;
        query.compare = false;
        query.each_ugel = wish->dimension == DIMENSION_NONE && !wish->ugel;
        query.dimension = wish->dimension;
        rc = balance_make(m->app->store, m->all, &query, groups, err);
        if (rc != ERR_OK)
                balance_release(whole);
        return rc;
}

enum err_code app_figures(struct app *app, const struct figures_wish *wish, struct figures *ret, struct err *err)
{
        struct figures out = {.title = _("Balance regional"), .note = ""};
        struct making m = {.app = app, .wish = wish, .all = app_indicators(app), .out = &out};
        struct balance whole, groups;
        char day[DATE_TEXT];
        out.made = arena_strdup(&out.arena, date_format_person(clock_now().days, day));
        out.note = m.all->note ? m.all->note : "";
        enum err_code rc = list_periods(&m, err);
        if (rc == ERR_OK)
                rc = read_balances(&m, &whole, &groups, err);
        if (rc == ERR_OK) {
                rc = name_periods(&m, &whole, err);
                name_groups(&m, &groups);
                if (rc == ERR_OK)
                        rc = take_all(&m, &whole, &groups, err);
                balance_release(&whole);
                balance_release(&groups);
        }
        if (rc == ERR_OK) {
                find_remarks(&m);
                *ret = out;
        } else {
                figures_release(&out);
        }
        return rc;
}
