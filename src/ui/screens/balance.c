/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Balance: boards of report/balance_view.h with keys that change what they
 * look at.  Figures are kept totals, so each key makes the board again.
 *
 *      indicators ─Enter─► one, UGEL × period ─Enter─► records of a figure ─Enter─► a record
 *          └─ F8 ─► achievements and alerts of a UGEL ─────────▲
 *
 * The argument of the board shown is the whole state: a key edits one part of it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "board_rows.h"
#include "report/balance_view.h"
#include "ui/form_screen.h"
#include "ui/screens.h"

struct balance_screen {
        const struct board_class *class;
        struct board_rows rows;
        char *argument;       /* what was asked for, as last changed */
        int64_t done, all;    /* records computed, while screen->working */
        bool loaded;
        struct arena arena;   /* of the key being handled */
};

static bool load(struct screen *screen)
{
        struct balance_screen *state = screen->state;
        struct board_options options = {.argument = state->argument};
        struct board board;
        struct err err;
        if (app_board(screen->ui->app, state->class->name, &options, &board, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return false;
        }
        board_rows_set(&state->rows, &board);
        state->loaded = true;
        return true;
}

/* ---- Computing first ---- */

/* One step, and then the keys again. */
static bool one_step(void *ctx, int64_t done, int64_t all)
{
        struct balance_screen *state = ctx;
        int64_t left = all - done; /* of this call: the steps before it are done too */
        state->all = state->all > left ? state->all : left;
        state->done = state->all - left;
        return false;
}

static bool balance_work(struct screen *screen)
{
        struct balance_screen *state = screen->state;
        struct err err;
        enum err_code rc = app_facts_compute(screen->ui->app, one_step, state, &err);
        if (rc == ERR_CANCELLED)
                return true;
        screen->working = false;
        if (rc != ERR_OK)
                ui_say_err(screen->ui, &err);
        load(screen);
        return false;
}

static void draw_working(const struct balance_screen *state, struct canvas *canvas, struct rect area)
{
        char count[64];
        struct rect text = {area.row + 1, area.col + 2, 2, area.cols - 4};
        canvas_wrap(canvas, text, STYLE_NORMAL, _("Cambiaron los indicadores, o es la primera vez: se calcula otra vez el Balance."), 0);
        snprintf(count, sizeof count, _("%lld de %lld registros"), (long long)state->done, (long long)state->all);
        canvas_bar(canvas, area.row + 4, area.col + 2, area.cols - 4, STYLE_HEADING,
                   state->all > 0 ? (double)state->done / (double)state->all : 0);
        canvas_text(canvas, area.row + 5, area.col + 2, area.cols - 4, STYLE_NORMAL, count);
        canvas_text_cut(canvas, area.row + 7, area.col + 2, area.cols - 4, STYLE_DIM, _("Esc lo deja; la próxima vez sigue desde ahí."));
}

/* ---- Drawing ---- */

/* The row under the cursor, whole: what its column cuts. */
static void draw_name(struct balance_screen *state, struct canvas *canvas, struct rect line)
{
        const struct board *board = &state->rows.board;
        int row = board_rows_selected(&state->rows);
        for (int i = 0; row >= 0 && i < board->table.columns_n; i++)
                if (board->columns[i].width == 0) {
                        const char *name = table_cell(&board->table, row, i);
                        canvas_text_cut(canvas, line.row, line.col, line.cols, STYLE_DIM, name + strspn(name, " "));
                }
}

static void balance_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct balance_screen *state = screen->state;
        if (!state->loaded) {
                draw_working(state, canvas, area);
                return;
        }
        struct rect rows = board_rows_summary(&state->rows, canvas, area);
        rows.rows--;
        board_rows_draw(&state->rows, canvas, rows);
        draw_name(state, canvas, (struct rect){area.row + area.rows - 1, area.col + 1, 1, area.cols - 2});
}

static struct balance_view view_of(const char *argument, struct arena *arena)
{
        struct balance_view view;
        balance_view_read(argument ? argument : "", arena, &view, NULL);
        return view;
}

static struct balance_view shown_view(struct balance_screen *state, struct arena *arena)
{
        return view_of(state->loaded ? state->rows.board.options.argument : state->argument, arena);
}

static const struct indicator *indicator_of(struct screen *screen, const char *key)
{
        const struct indicators *all = app_indicators(screen->ui->app);
        int at = indicators_find(all, key);
        return at >= 0 ? &all->items[at] : NULL;
}

static const char *balance_title(struct screen *screen, struct arena *arena)
{
        struct balance_screen *state = screen->state;
        struct balance_view view = shown_view(state, arena);
        const struct indicator *indicator = indicator_of(screen, view.indicator);
        return arena_printf(arena, "%s%s%s\t%s", state->class->title, indicator ? " › " : "", indicator ? indicator->label : "",
                            view.period);
}

/* ---- Changing the view ---- */

static bool set_view(struct screen *screen, const struct balance_view *view)
{
        struct balance_screen *state = screen->state;
        char *before = state->argument;
        state->argument = xstrdup(balance_view_write(view, &state->arena));
        if (load(screen)) {
                free(before);
                return true;
        }
        free(state->argument);
        state->argument = before;
        return false;
}

static void change_period(struct screen *screen, bool back)
{
        struct balance_screen *state = screen->state;
        struct store *store = app_store(screen->ui->app);
        struct balance_view view = shown_view(state, &state->arena);
        const char *to, *now = balance_quarter(clock_now().days, &state->arena);
        struct err err;
        enum err_code rc = back ? balance_before(store, view.period, &state->arena, &to, &err)
                                : balance_after(store, view.period, &state->arena, &to, &err);
        if (rc != ERR_OK) {
                ui_say_err(screen->ui, &err);
        } else if (!to || (!back && balance_period_kind(to) < 2 && strncmp(to, now, strlen(to)) > 0)) {
                ui_say(screen->ui, STYLE_MESSAGE, back ? _("No hay un periodo anterior.") : _("No hay un periodo posterior."));
        } else {
                view.period = to;
                set_view(screen, &view);
        }
}

static void change_kind(struct screen *screen)
{
        struct balance_screen *state = screen->state;
        struct store *store = app_store(screen->ui->app);
        struct balance_view view = shown_view(state, &state->arena);
        int64_t first, last, today = clock_now().days;
        bool known = false;
        struct err err;
        enum err_code rc = balance_days(store, view.period, &first, &last, &known, &err);
        int kind = balance_period_kind(view.period);
        const char *to = NULL;
        if (rc == ERR_OK && (!known || last > today))
                last = today;
        for (int i = 0; rc == ERR_OK && !to && i < PERIOD_KINDS; i++) {
                kind = (kind + 1) % PERIOD_KINDS;
                rc = balance_period_of(store, kind, last, &state->arena, &to, &err);
        }
        if (rc != ERR_OK)
                ui_say_err(screen->ui, &err);
        if (rc != ERR_OK || !to)
                return;
        view.period = to;
        set_view(screen, &view);
}

/* What Enter would look at; nothing on a row that leads nowhere. */
static struct balance_view selected_view(struct screen *screen)
{
        struct balance_screen *state = screen->state;
        const char *argument = state->loaded ? board_rows_row(&state->rows).argument : NULL;
        return argument ? view_of(argument, &state->arena) : shown_view(state, &state->arena);
}

/* The next way of telling apart; of the UGEL of the row, once it is not by UGEL any more. */
static void change_split(struct screen *screen)
{
        struct balance_screen *state = screen->state;
        struct balance_view view = shown_view(state, &state->arena), row = selected_view(screen);
        const struct indicator *indicator = indicator_of(screen, view.indicator);
        if (view.split == DIMENSION_NONE)
                view.ugel = row.ugel;
        view.split = (view.split + 1) % SPLITS;
        if (view.split == SPLIT_PARTS && (!indicator || !*indicator->breakdown))
                view.split = DIMENSION_NONE;
        if (view.split == DIMENSION_NONE)
                view.ugel = "";
        state->rows.list.at = state->rows.list.top = 0;
        set_view(screen, &view);
}

/* The UGEL after this one of those with figures; after the last, all. */
static void change_ugel(struct screen *screen)
{
        struct balance_screen *state = screen->state;
        struct balance_view view = shown_view(state, &state->arena);
        struct balance_query query = {.each_ugel = true, .periods = &view.period, .periods_n = 1};
        struct balance balance;
        struct err err;
        const char *next = "";
        if (balance_make(app_store(screen->ui->app), app_indicators(screen->ui->app), &query, &balance, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return;
        }
        for (int i = balance.ugels_n - 1; i >= 0; i--)
                if (*balance.ugels[i] && strcmp(balance.ugels[i], view.ugel ? view.ugel : "") > 0)
                        next = balance.ugels[i];
        view.ugel = next;
        set_view(screen, &view);
        balance_release(&balance);
}

/* ---- Acting ---- */

static void explain(struct screen *screen)
{
        const struct indicator *indicator = indicator_of(screen, selected_view(screen).indicator);
        struct str text = STR_INIT;
        if (!indicator) {
                ui_say(screen->ui, STYLE_MESSAGE, _("Señale un indicador."));
                return;
        }
        indicator_explain(app_indicators(screen->ui->app), indicator, false, &text);
        dialog_text_view(screen->ui, _("Qué cuenta"), text.text);
        str_release(&text);
}

static void open_page(struct screen *screen)
{
        struct balance_screen *state = screen->state;
        struct balance_view view = shown_view(state, &state->arena), row = selected_view(screen);
        struct balance_view page = {.indicator = "", .period = view.period, .ugel = *view.indicator ? row.ugel : view.ugel};
        screen_balance_open(screen->ui, "balance-ugel", balance_view_write(&page, &state->arena));
}

static enum handled act(struct screen *screen, const struct key *key, int action)
{
        struct balance_screen *state = screen->state;
        switch (action) {
        case ACT_PERIOD: change_period(screen, key_is(key, K_LEFT)); return HANDLED;
        case ACT_PERIOD_KIND: change_kind(screen); return HANDLED;
        case ACT_SPLIT: change_split(screen); return HANDLED;
        case ACT_UGEL: change_ugel(screen); return HANDLED;
        case ACT_EXPLAIN: explain(screen); return HANDLED;
        case ACT_PAGE: open_page(screen); return HANDLED;
        default: return board_rows_act(screen, &state->rows, key, action);
        }
}

static enum handled balance_key(struct screen *screen, const struct key *key, int action)
{
        struct balance_screen *state = screen->state;
        enum handled handled = state->loaded ? act(screen, key, action) : IGNORED;
        arena_clear(&state->arena);
        return handled;
}

static bool is_board(const struct balance_screen *state, const char *name)
{
        return strcmp(state->class->name, name) == 0;
}

static bool balance_allows(struct screen *screen, int action)
{
        struct balance_screen *state = screen->state;
        bool records = is_board(state, "balance-registros");
        switch (action) {
        case ACT_SPLIT: return state->loaded && is_board(state, "balance-indicador");
        case ACT_PERIOD: case ACT_PERIOD_KIND: return state->loaded && !records;
        case ACT_UGEL: return state->loaded && (is_board(state, "balance") || is_board(state, "balance-ugel"));
        case ACT_PAGE: return state->loaded && !records && !is_board(state, "balance-ugel");
        case ACT_OPEN: case ACT_EXPLAIN: case ACT_EXPORT: case ACT_SORT: case ACT_REVERSE: return state->loaded;
        default: return true;
        }
}

static void balance_back(struct screen *screen, struct screen *from, int result)
{
        struct balance_screen *state = screen->state;
        if (!board_rows_back(screen, &state->rows, from, result))
                load(screen); /* what was opened may have changed it */
}

static void balance_free(struct screen *screen)
{
        struct balance_screen *state = screen->state;
        board_rows_release(&state->rows);
        arena_release(&state->arena);
        free(state->argument);
        free(state);
}

static bool balance_typing(struct screen *screen)
{
        return ((struct balance_screen *)screen->state)->loaded;
}

const struct screen_class screen_balance = {.name = "balance", .draw = balance_draw, .key = balance_key, .title = balance_title,
                                            .allows = balance_allows, .back = balance_back, .work = balance_work,
                                            .free = balance_free, .typing = balance_typing};

struct screen *screen_balance_open(struct ui *ui, const char *name, const char *argument)
{
        struct balance_screen *state = xcalloc(1, sizeof *state);
        struct err err;
        state->class = board_find(name);
        state->argument = argument ? xstrdup(argument) : NULL;
        board_rows_init(&state->rows);
        struct screen *screen = ui_push(ui, &screen_balance, state);
        if (app_facts_left(ui->app, &state->all, &err) != ERR_OK) {
                ui_say_err(ui, &err);
        } else if (state->all > 0) {
                screen->working = true;
                return screen;
        } else if (load(screen)) {
                return screen;
        }
        ui_close(screen);
        return NULL;
}
