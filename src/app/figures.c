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
                        if (!figure_is_of_now(&m->all->items[i]) && !figure_stock_sources(&m->all->items[i]) &&
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
        out->period_marks = ARENA_ARRAY(&out->arena, const char *, m->codes_n);
        for (int p = 0; p < m->codes_n; p++) {
                out->period_codes[p] = arena_strdup(&out->arena, m->codes[p]);
                out->periods[p] = period_heading(m, m->codes[p]);
                out->period_marks[p] = period_mark(m, m->codes[p]);
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
                m->only_ugel = m->first_group;
                out->groups_n = 0;
        }
        out->place = ugel ? arena_printf(&out->arena, "UGEL %s", app_dimension_label(m->app, DIMENSION_NONE, ugel))
                          : _("Todas las UGEL");
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
                if (figure_is_kept_secret(m, one) && one->baselines_n == 0) {
                        out->left_out++;
                        continue;
                }
                rc = figure_make(m, whole, groups, i, f, err);
                f->section = section_of(out, one->section);
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
        struct making m = {.app = app, .wish = wish, .all = app_indicators(app), .out = &out, .only_ugel = -1};
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
