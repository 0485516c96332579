/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Boards as numbered lists: first which one, then its rows, each said as
 * its cells one after the other.  A number opens the record of a row, or the board
 * that details it; of a planned visit, it asks whether to begin it.
 */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>

/* ---- Rows ---- */

/* Left out: what other columns say, signs for the eye, and the week of a day. */
static bool is_said(const struct board_column *column)
{
        return column->rank > 0 && !column->chart && !(column->grouped && column->rank > 1);
}

static const char *row_words(const struct board *board, int row, struct arena *arena)
{
        struct str words = STR_INIT;
        for (int i = 0; i < board->table.columns_n; i++) {
                const char *cell = board_cell_words(board, row, i, arena);
                if (!*cell || !is_said(&board->columns[i]))
                        continue;
                if (board->table.columns[i].kind == CELL_NUMBER || board->columns[i].right)
                        str_addf(&words, "%s%s %s", words.len ? ", " : "", board->table.columns[i].title,
                                 cell);
                else
                        str_addf(&words, "%s%s", words.len ? ", " : "", cell);
        }
        const char *kept = arena_strdup(arena, words.text);
        str_release(&words);
        return kept;
}

static void begin_planned(struct linear *l, const struct id *planned)
{
        struct draft *draft = NULL;
        struct err err;
        char form[64];
        json_t *initial;
        enum err_code rc = app_planned(l->app, planned, form, &initial, &err);
        if (rc == ERR_OK) {
                rc = draft_begin(l->app, form, initial, &draft, &err);
                json_decref(initial);
        }
        if (rc != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_fill(l, draft, ASK_RECORD, NULL);
}

static void open_row(struct linear *l, const struct board_row *row)
{
        if (!id_is_none(&row->planned) && linear_confirm(l, _("¿Empezar esta visita ahora?")))
                begin_planned(l, &row->planned);
        else if (row->board)
                linear_board(l, row->board, row->argument);
        else if (!id_is_none(&row->record))
                linear_show_record(l, &row->record);
        else
                linear_say(l, _("Esta línea no abre nada."));
}

/* False when the person is done with it, or it cannot be made. */
static bool board_once(struct linear *l, const struct board_class *class, const struct board_options *options)
{
        struct arena arena = {0};
        struct board board;
        struct err err;
        const void *chosen = NULL;
        if (app_board(l->app, class->name, options, &board, &err) != ERR_OK) {
                linear_say_err(l, &err);
                return false;
        }
        int n = board.table.rows_n;
        struct linear_row *rows = ARENA_ARRAY(&arena, struct linear_row, n + 1);
        for (int i = 0; i < n; i++)
                rows[i] = (struct linear_row){.text = row_words(&board, i, &arena), .data = &board.rows[i]};
        struct linear_items items = {rows, n};
        struct linear_list list = {.title = arena_printf(&arena, "%s%s%s", class->title, *board.summary ? ". " : "", board.summary),
                                   .empty = *board.empty ? board.empty : _("No hay nada que mostrar."),
                                   .ctx = &items,
                                   .rows = linear_items_rows};
        bool picked = linear_choose(l, &list, &arena, &chosen) == PICK_ROW;
        if (picked)
                open_row(l, chosen);
        board_release(&board);
        arena_release(&arena);
        return picked && !linear_stops(l);
}

void linear_board(struct linear *l, const char *name, const char *argument)
{
        const struct board_class *class = board_find(name);
        char *about = argument ? xstrdup(argument) : NULL; /* the board it came from is made again */
        struct board_options options = {.argument = about,
                                        .persona = class->whose == WHOSE_MINE && !about ? app_persona(l->app) : NULL};
        if (!str_starts(name, "balance") || linear_balance_begin(l, name, about))
                while (board_once(l, class, &options))
                        ;
        free(about);
}

/* ---- Which ---- */

struct about {
        struct store *store;
        char form[64];
};

static int about_rows(void *ctx, const char *words, int from, int n, struct linear_row *rows,
                      struct arena *arena, int64_t *ret_all)
{
        struct about *about = ctx;
        struct store_record *records;
        int found = 0;
        struct store_query query = {.form = about->form,
                                    .entities = true,
                                    .order = ORDER_TITLE,
                                    .text = words,
                                    .skip = from,
                                    .limit = n};
        *ret_all = 0;
        if (store_record_list(about->store, &query, arena, &records, &found, NULL) != ERR_OK)
                return 0;
        store_record_count(about->store, &query, ret_all, NULL);
        for (int i = 0; i < found; i++)
                rows[i] = (struct linear_row){.text = records[i].title, .data = &records[i]};
        return found;
}

/* The record that a board is about, in hexadecimal. False if none was chosen. */
static bool choose_about(struct linear *l, const struct board_class *class, char out[ID_TEXT])
{
        struct arena arena = {0};
        struct about about = {.store = app_store(l->app)};
        snprintf(about.form, sizeof about.form, "%.*s", (int)strcspn(class->forms, " "), class->forms);
        struct linear_list list = {.title = arena_printf(&arena, _("%s: elija cuál"), class->title),
                                   .ctx = &about,
                                   .rows = about_rows,
                                   .empty = _("Todavía no hay ninguna.")};
        const void *chosen;
        bool picked = linear_choose(l, &list, &arena, &chosen) == PICK_ROW;
        if (picked)
                id_format(&((const struct store_record *)chosen)->id, out);
        arena_release(&arena);
        return picked;
}

static void open_board(struct linear *l, const struct board_class *class)
{
        char id[ID_TEXT];
        if (class->argument != BOARD_REQUIRED)
                linear_board(l, class->name, NULL);
        else if (choose_about(l, class, id))
                linear_board(l, class->name, id);
}

static bool choose_board(struct linear *l)
{
        struct arena arena = {0};
        int n;
        const struct board_class *classes = board_classes(&n);
        struct linear_row *rows = ARENA_ARRAY(&arena, struct linear_row, n);
        int offered = 0;
        for (int i = 0; i < n; i++)
                if (classes[i].argument != BOARD_REQUIRED || *classes[i].forms) /* else only others lead to it */
                        rows[offered++] = (struct linear_row){
                                .text = classes[i].title, .data = &classes[i], .where = classes[i].about};
        struct linear_items items = {rows, offered};
        struct linear_list list = {
                .title = _("Tableros"), .ctx = &items, .rows = linear_items_rows, .empty = ""};
        const void *chosen;
        bool picked = linear_choose(l, &list, &arena, &chosen) == PICK_ROW;
        arena_release(&arena);
        if (picked)
                open_board(l, chosen);
        return picked && !linear_stops(l);
}

void linear_boards(struct linear *l)
{
        while (choose_board(l))
                ;
}

void linear_agenda(struct linear *l)
{
        linear_board(l, "agenda", NULL);
}
