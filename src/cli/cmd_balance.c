/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * simae balance: the figures of the indicators in a period, beside their
 * baseline and the period before.  What changed since they were computed is
 * computed first, with a line that tells how far it is; Ctrl-C stops it and the
 * next time goes on.
 */
#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "balance_report.h"
#include "cli/cli.h"
#include "report/balance.h"

int cmd_balance(struct args *args, struct app *app);

/* ---- Computing first ---- */

static volatile sig_atomic_t stopped;

static void on_interrupt(int number)
{
        (void)number;
        stopped = 1;
}

static bool tell(void *ctx, int64_t done, int64_t all)
{
        (void)ctx;
        if (isatty(STDERR_FILENO))
                fprintf(stderr, _("\rCalculando el Balance: %lld de %lld registros (Ctrl-C lo deja para después)%s"),
                        (long long)done, (long long)all, done == all ? "\n" : "");
        return !stopped;
}

enum err_code cli_compute_facts(struct app *app, struct err *err)
{
        struct sigaction before, ours = {.sa_handler = on_interrupt};
        sigemptyset(&ours.sa_mask);
        stopped = 0;
        sigaction(SIGINT, &ours, &before);
        enum err_code rc = app_facts_compute(app, tell, NULL, err);
        sigaction(SIGINT, &before, NULL);
        if (rc == ERR_CANCELLED && isatty(STDERR_FILENO))
                fputc('\n', stderr);
        return rc;
}

/* ---- What is asked ---- */

struct wish {
        struct args *args;
        struct app *app;
        const struct indicators *indicators;
        struct balance_query query;
        const char *period, *ugel;
        const char *heading; /* of what rows are told apart by; NULL: one row for each indicator */
        bool people;         /* in columns for reading */
        struct arena arena;
};

static const struct { const char *name, *heading; } dimensions[DIMENSIONS] = {
        {"ugel", "UGEL"},
#define DIMENSION(symbol, name, heading, questions) {name, heading},
#include "store/dimensions.def"
#undef DIMENSION
};

static bool read_split(struct wish *wish)
{
        const char *by = args_value(wish->args, "--por");
        if (!by)
                return true;
        if (strcmp(by, "desglose") == 0) {
                wish->heading = _("Desglose");
                wish->query.each_part = true;
                return true;
        }
        for (int i = 0; i < DIMENSIONS; i++)
                if (strcmp(dimensions[i].name, by) == 0) {
                        wish->heading = dimensions[i].heading;
                        wish->query.dimension = (enum dimension)i;
                        wish->query.each_ugel = i == DIMENSION_NONE;
                        return true;
                }
        return false;
}

static enum err_code read_wish(struct wish *wish, struct err *err)
{
        struct store *store = app_store(wish->app);
        struct datetime now = clock_now();
        const char *period = args_value(wish->args, "--periodo"), *format = args_value(wish->args, "--formato");
        bool good = true;
        wish->people = !args_value(wish->args, "--salida") && (format ? strcmp(format, "texto") == 0 : !args_has(wish->args, "--json"));
        wish->ugel = args_value(wish->args, "--ugel");
        if (wish->ugel) {
                wish->query.ugels = &wish->ugel;
                wish->query.ugels_n = 1;
        }
        if (!read_split(wish))
                return err_set(err, ERR_USAGE, _("--por es ugel, nivel, area, tipo_ie, condicion, red o desglose"));
        wish->period = period ? period : balance_quarter(now.days, &wish->arena);
        enum err_code rc = balance_is_period(store, wish->period, &good, err);
        if (rc == ERR_OK && !good)
                rc = err_set(err, ERR_USAGE, _("«%s» no es un periodo; escriba un trimestre (2026-T1), un año (2026), un bloque "
                                               "lectivo del calendario (2026_l1) o la clave de un periodo del directorio"), wish->period);
        wish->query.periods = &wish->period;
        wish->query.periods_n = 1;
        wish->query.compare = true;
        return rc;
}

/* ---- The table ---- */

enum column {
#define COLUMN(symbol, name, title, kind, reading) COLUMN_##symbol,
#include "cli/balance_columns.def"
        COLUMNS
};

/* How people call a value: the label of the list that a form of the directory takes it from. */
static const char *label_of(struct wish *wish, const char *code)
{
        static const char *const lists[DIMENSIONS] = {"ugel", "nivel", "area_geo", "tipo_ie", "", ""};
        const struct form *form;
        if (app_form(wish->app, "institucion", &form, NULL) != ERR_OK)
                return code;
        const struct choice_list *list = form_find_list(form, lists[wish->query.dimension]);
        const struct choice *choice = list ? choice_list_find(list, code) : NULL;
        return choice ? choice->label : *code ? code : _("Sin dato");
}

static const char *number(double value, bool ratio, struct arena *arena)
{
        if (!isfinite(value))
                return "";
        return ratio ? arena_printf(arena, "%.1f", value) : arena_printf(arena, "%.15g", round(value * 100) / 100);
}

static const char *warning_of(const struct indicator *indicator, const struct balance_cell *cell)
{
        if (indicator->context)
                return _("De contexto: solo su línea base");
        if (cell->flags & BALANCE_BELOW)
                return _("Muy pocos para mostrarlo");
        if (cell->flags & BALANCE_COMPLEMENT)
                return _("No se muestra: por resta se sabría otro muy pequeño");
        return cell->flags & BALANCE_FEW ? _("Pocos: léase con cuidado") : "";
}

struct row { struct table *table; const int *columns; int at; };

static void set(struct row *row, enum column column, const char *text)
{
        if (row->columns[column] >= 0)
                table_set(row->table, row->at, row->columns[column], text);
}

static void set_baseline(struct row *row, const struct indicator *indicator, const char *part,
                         const struct balance_cell *cell, struct arena *arena)
{
        const struct indicator_baseline *baseline = balance_baseline(indicator, part);
        if (!baseline && !*part && indicator->baselines_n > 0)
                baseline = &indicator->baselines[0];
        if (!baseline)
                return;
        set(row, COLUMN_BASELINE, number(baseline->value, false, arena));
        set(row, COLUMN_BASELINE_YEAR, baseline->year ? arena_printf(arena, "%d", baseline->year) : "");
        set(row, COLUMN_BASELINE_SOURCE, baseline->source);
        set(row, COLUMN_BASELINE_GAP, number(balance_baseline_gap(indicator, part, cell), indicator_is_ratio(indicator), arena));
}

static void set_figures(struct row *row, const struct indicator *indicator, const struct balance_cell *cell, struct arena *arena)
{
        bool ratio = indicator_is_ratio(indicator), counted = !(cell->flags & (BALANCE_SECRET | BALANCE_COMPUTED));
        set(row, COLUMN_VALUE, number(cell->value, ratio, arena));
        set(row, COLUMN_N, counted ? arena_printf(arena, "%lld", (long long)cell->n) : "");
        set(row, COLUMN_NUM, counted ? number(cell->num, false, arena) : "");
        set(row, COLUMN_DEN, counted && ratio ? number(cell->den, false, arena) : "");
        set(row, COLUMN_PARTIAL, counted && cell->partial != 0 ? number(cell->partial, false, arena) : "");
        set(row, COLUMN_BEFORE, number(cell->before, ratio, arena));
        set(row, COLUMN_DIFFERENCE, number(cell->value - cell->before, ratio, arena));
        set(row, COLUMN_YEAR_BEFORE, number(cell->year_before, ratio, arena));
        set(row, COLUMN_COVERAGE, number(cell->coverage, true, arena));
        set(row, COLUMN_WARNING, warning_of(indicator, cell));
}

/* "lograda", "por lograr de todo el año", … */
static const char *target_state(const struct indicator *indicator, const struct balance_cell *cell, struct arena *arena)
{
        enum balance_goal goal = balance_goal(indicator, cell);
        if (!isfinite(cell->target))
                return "";
        return arena_printf(arena, "%s%s%s", goal == GOAL_REACHED ? _("lograda") : goal == GOAL_MISSED ? _("por lograr") : _("fijada"),
                            cell->flags & BALANCE_TARGET_YEAR ? _("; es la del año") : "",
                            cell->flags & BALANCE_TARGET_REGION ? _("; es la de la región") : "");
}

static void set_target(struct row *row, const struct indicator *indicator, const struct balance_cell *cell, struct arena *arena)
{
        bool ratio = indicator_is_ratio(indicator);
        set(row, COLUMN_TARGET, number(cell->target, ratio, arena));
        set(row, COLUMN_TARGET_GAP, number(balance_target_gap(cell), ratio, arena));
        set(row, COLUMN_TARGET_STATE, target_state(indicator, cell, arena));
}

static void add_row(struct wish *wish, const struct balance *b, const int *columns, struct table *table, int i, int u, int v)
{
        const struct indicator *indicator = &wish->indicators->items[b->indicators[i]];
        const struct balance_cell *cell = balance_cell(b, i, u, 0, v);
        struct row row = {.table = table, .columns = columns, .at = table_add_row(table)};
        const char *group = wish->query.dimension == DIMENSION_NONE && !wish->query.each_part ? b->ugels[u] : b->values[v];
        set(&row, COLUMN_KEY, indicator->key);
        set(&row, COLUMN_LABEL, indicator->label);
        set(&row, COLUMN_UNIT, indicator_unit_name(indicator->unit));
        set(&row, COLUMN_PERIOD, b->periods[0]);
        set(&row, COLUMN_UGEL, b->ugels[u]);
        set(&row, COLUMN_GROUP, wish->heading ? group : "");
        set(&row, COLUMN_GROUP_LABEL, wish->heading ? label_of(wish, group) : "");
        set_figures(&row, indicator, cell, &wish->arena);
        set_target(&row, indicator, cell, &wish->arena);
        set_baseline(&row, indicator, wish->query.each_part ? group : "", cell, &wish->arena);
}

/* Told apart, rows without any figure would hide those with one. */
static bool says_something(const struct wish *wish, const struct balance *b, int i, int u, int v)
{
        return !wish->heading || !(balance_cell(b, i, u, 0, v)->flags & (BALANCE_NOTHING | BALANCE_COMPUTED));
}

static void make_table(struct wish *wish, const struct balance *b, struct table *ret)
{
        static const struct { const char *name, *title; enum cell_kind kind; bool reading; } all[COLUMNS] = {
#define COLUMN(symbol, name, title, kind, reading) {name, title, kind, reading},
#include "cli/balance_columns.def"
        };
        int columns[COLUMNS], n = 0;
        table_init(ret, arena_printf(&wish->arena, _("Balance %s"), b->periods[0]));
        for (int i = 0; i < COLUMNS; i++) {
                bool shown = wish->people ? all[i].reading && (i != COLUMN_GROUP_LABEL || wish->heading) : true;
                columns[i] = shown ? n++ : -1;
                if (shown)
                        table_add_column(ret, all[i].name, i == COLUMN_GROUP_LABEL && wish->people ? wish->heading : all[i].title,
                                         all[i].kind);
        }
        for (int i = 0; i < b->indicators_n; i++)
                for (int u = 0; u < b->ugels_n; u++)
                        for (int v = 0; v < b->values_n; v++)
                                if (says_something(wish, b, i, u, v))
                                        add_row(wish, b, columns, ret, i, u, v);
}

static enum err_code run(struct wish *wish, struct table *ret, struct err *err)
{
        struct balance balance;
        enum err_code rc = cli_compute_facts(wish->app, err);
        if (rc == ERR_OK)
                rc = read_wish(wish, err);
        wish->indicators = app_indicators(wish->app);
        if (rc == ERR_OK)
                rc = balance_make(app_store(wish->app), wish->indicators, &wish->query, &balance, err);
        if (rc != ERR_OK)
                return rc;
        make_table(wish, &balance, ret);
        balance_release(&balance);
        return ERR_OK;
}

static enum err_code run_report(struct wish *wish, struct err *err)
{
        enum err_code rc = cli_compute_facts(wish->app, err);
        if (rc == ERR_OK)
                rc = read_wish(wish, err);
        struct figures_wish what = {.period = wish->period, .ugel = wish->ugel, .dimension = wish->query.dimension,
                                    .sensitive = args_has(wish->args, "--sensibles")};
        return rc == ERR_OK ? balance_report(wish->args, wish->app, &what, err) : rc;
}

int cmd_balance(struct args *args, struct app *app)
{
        struct wish wish = {.args = args, .app = app};
        struct table table;
        struct err err;
        if (args_has(args, "--registros"))
                return cli_balance_records(args, app);
        if (args_word(args, 0))
                return cli_misused("balance", "%s", _("un indicador va con --registros"));
        bool report = balance_report_format(args) != NULL;
        enum err_code rc = report ? run_report(&wish, &err) : run(&wish, &table, &err);
        if (rc != ERR_OK || report) {
                arena_release(&wish.arena);
                return rc == ERR_OK ? CLI_DONE : rc == ERR_USAGE ? cli_misused("balance", "%s", err.text) : cli_refuse(&err);
        }
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        arena_release(&wish.arena);
        return status;
}
