/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A board as the rows of a list.
 *
 *      board.table      all rows and columns
 *        └ shown[]      the rows that match what was typed, in the order chosen
 *            └ list     a screenful of them, with the columns that fit
 *
 * Where a column heads (board_column.heads), shown[] has an entry -1 - row before
 * the first row of each of its values, as long as the order is the board's own.
 *
 * Each row is folded for search once, at the first letter typed; the keys of an
 * order once for each order.
 */
#include "board_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { GAP = 2, MARK = 2, LEAST = 20 };

static int row_count(const struct board_rows *rows)
{
        return rows->made ? rows->board.table.rows_n : 0;
}

/* ---- Matching ---- */

static const char *fold_row(struct board_rows *rows, int row)
{
        const struct board *board = &rows->board;
        struct str text = STR_INIT;
        for (int i = 0; i < board->table.columns_n; i++)
                str_addf(&text, "%s ", board_cell_words(board, row, i, &rows->arena));
        char *folded = utf8_fold(text.text);
        const char *kept = arena_strdup(&rows->arena, folded);
        free(folded);
        str_release(&text);
        return kept;
}

static void fold_all(struct board_rows *rows)
{
        if (rows->folded)
                return;
        rows->folded = ARENA_ARRAY(&rows->arena, const char *, row_count(rows) + 1);
        for (int i = 0; i < row_count(rows); i++)
                rows->folded[i] = fold_row(rows, i);
}

/* `words` are folded and separated by NULs; `end` is after the last one. */
static bool matches(const char *text, const char *words, const char *end)
{
        for (const char *word = words; word < end; word += strlen(word) + 1)
                if (!strstr(text, word))
                        return false;
        return true;
}

static void find_shown(struct board_rows *rows, const char *words)
{
        char *folded = utf8_fold(words), *end = folded + strlen(folded);
        for (char *c = folded; c < end; c++)
                if (*c == ' ')
                        *c = '\0';
        if (end > folded)
                fold_all(rows);
        rows->shown_n = 0;
        rows->shown = xrealloc(rows->shown, (size_t)(row_count(rows) + 1) * sizeof *rows->shown);
        for (int i = 0; i < row_count(rows); i++)
                if (end == folded || matches(rows->folded[i], folded, end))
                        rows->shown[rows->shown_n++] = i;
        free(folded);
}

/* ---- Order ---- */

struct sort_key {
        int row;
        double number;
        char *text; /* folded; owned. NULL in columns of numbers */
        const char *cell;
};

static int compare_keys(const void *a, const void *b, void *ctx)
{
        const struct sort_key *x = a, *y = b;
        int order = x->text ? strcmp(x->text, y->text) : (x->number > y->number) - (x->number < y->number);
        if (order == 0 && x->text)
                order = utf8_collate(x->cell, y->cell);
        if (*(const bool *)ctx)
                order = -order;
        return order ? order : x->row - y->row;
}

static struct sort_key key_of(const struct board_rows *rows, int row)
{
        const struct table *table = &rows->board.table;
        struct sort_key key = {.row = row, .cell = table_cell(table, row, rows->sort)};
        if (table->columns[rows->sort].kind == CELL_NUMBER)
                key.number = *key.cell ? atof(key.cell) : -1e300;
        else
                key.text = utf8_fold(key.cell);
        return key;
}

static void sort_shown(struct board_rows *rows)
{
        int n = rows->shown_n;
        if (rows->sort < 0) {
                for (int i = 0; rows->reversed && i < n / 2; i++) {
                        int row = rows->shown[i];
                        rows->shown[i] = rows->shown[n - 1 - i];
                        rows->shown[n - 1 - i] = row;
                }
                return;
        }
        struct sort_key *keys = xcalloc((size_t)n + 1, sizeof *keys);
        for (int i = 0; i < n; i++)
                keys[i] = key_of(rows, rows->shown[i]);
        qsort_r(keys, (size_t)n, sizeof *keys, compare_keys, &rows->reversed);
        for (int i = 0; i < n; i++) {
                rows->shown[i] = keys[i].row;
                free(keys[i].text);
        }
        free(keys);
}

/* The column whose values stand above their rows, or -1. */
static int head_column(const struct board_rows *rows)
{
        for (int i = 0; rows->made && rows->sort < 0 && !rows->reversed && i < rows->board.table.columns_n; i++)
                if (rows->board.columns[i].heads)
                        return i;
        return -1;
}

static void put_heads(struct board_rows *rows)
{
        int head = head_column(rows), n = rows->shown_n;
        const struct table *table = &rows->board.table;
        rows->heads_n = 0;
        if (head < 0)
                return;
        int *all = xcalloc(2 * (size_t)n + 1, sizeof *all), all_n = 0;
        for (int i = 0; i < n; i++) {
                const char *value = table_cell(table, rows->shown[i], head);
                if (*value && (i == 0 || strcmp(value, table_cell(table, rows->shown[i - 1], head)) != 0)) {
                        all[all_n++] = -1 - rows->shown[i];
                        rows->heads_n++;
                }
                all[all_n++] = rows->shown[i];
        }
        free(rows->shown);
        rows->shown = all;
        rows->shown_n = all_n;
}

static void settle(struct board_rows *rows, const char *words)
{
        if (rows->words && strcmp(rows->words, words) == 0)
                return;
        free(rows->words);
        rows->words = xstrdup(words);
        find_shown(rows, words);
        sort_shown(rows);
        put_heads(rows);
}

static void look_again(struct board_rows *rows)
{
        free(rows->words);
        rows->words = NULL;
        list_refresh(&rows->list);
}

void board_rows_sort_next(struct board_rows *rows)
{
        do
                rows->sort = rows->sort + 1 < rows->board.table.columns_n ? rows->sort + 1 : -1;
        while (rows->sort >= 0 && rows->widths[rows->sort] == 0);
        rows->cols = 0;
        look_again(rows);
}

void board_rows_reverse(struct board_rows *rows)
{
        rows->reversed = !rows->reversed;
        rows->cols = 0;
        look_again(rows);
}

/* ---- The list ---- */

static bool is_right(const struct board *board, int column)
{
        return board->table.columns[column].kind == CELL_NUMBER || board->columns[column].right;
}

static const char *at_right(const char *text, int width, struct arena *arena)
{
        int blank = width - utf8_width(text);
        return blank > 0 ? arena_printf(arena, "%*s%s", blank, "", text) : text;
}

static const char *cell_text(struct board_rows *rows, int place, int column, struct arena *arena)
{
        const struct board *board = &rows->board;
        int row = rows->shown[place];
        const char *text = board_cell_words(board, row, column, arena);
        if (is_right(board, column))
                return at_right(text, rows->widths[column], arena);
        bool repeats = board->columns[column].grouped && rows->sort < 0 && place > 0 && rows->shown[place - 1] >= 0 &&
                       strcmp(table_cell(&board->table, rows->shown[place - 1], column),
                              table_cell(&board->table, row, column)) == 0;
        return repeats ? "" : text;
}

static enum style style_of(enum board_tone tone)
{
        static const enum style styles[] = {[TONE_NORMAL] = STYLE_NORMAL,
                                            [TONE_NOW] = STYLE_HEADING,
                                            [TONE_SOON] = STYLE_WARNING,
                                            [TONE_OVERDUE] = STYLE_LATE,
                                            [TONE_DONE] = STYLE_DIM,
                                            [TONE_GOOD] = STYLE_OK};
        return styles[tone];
}

static struct list_row head_row(const struct board_rows *rows, int row)
{
        const char *title = table_cell(&rows->board.table, row, head_column(rows));
        return (struct list_row){.style = STYLE_HEADING, .cells = {title}, .wide = true};
}

static struct list_row plain_row(struct board_rows *rows, int place, struct arena *arena)
{
        enum board_tone tone = rows->board.rows[rows->shown[place]].tone;
        struct list_row ret = {.style = style_of(tone), .cells = {board_tone_mark(tone)}};
        int cell = 1;
        for (int i = 0; i < rows->board.table.columns_n && cell < LIST_COLUMNS; i++)
                if (rows->widths[i])
                        ret.cells[cell++] = cell_text(rows, place, i, arena);
        return ret;
}

static int list_rows(void *ctx, const char *words, int from, int n, struct list_row *ret, struct arena *arena)
{
        struct board_rows *rows = ctx;
        settle(rows, words);
        int found = 0;
        for (int place = from; found < n && place < rows->shown_n; place++, found++) {
                int row = rows->shown[place];
                ret[found] = row < 0 ? head_row(rows, -1 - row) : plain_row(rows, place, arena);
                ret[found].data = &rows->shown[place];
        }
        return found;
}

static void list_count(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all)
{
        struct board_rows *rows = ctx;
        settle(rows, words);
        *ret_found = rows->shown_n;
        *ret_all = row_count(rows);
}

static int list_heads(void *ctx)
{
        return ((struct board_rows *)ctx)->heads_n;
}

static const char *heading(struct board_rows *rows, int column)
{
        const char *title = rows->board.table.columns[column].title;
        if (column == rows->sort)
                title = arena_printf(&rows->arena, "%s%s", rows->reversed ? "▼" : "▲", title);
        return is_right(&rows->board, column) ? at_right(title, rows->widths[column], &rows->arena) : title;
}

static void fit(struct board_rows *rows, int cols)
{
        struct list_source *source = &rows->list.source;
        if (rows->cols == cols)
                return;
        rows->cols = cols;
        board_fit(&rows->board, cols - MARK - 1 - 1 - GAP, GAP, rows->board.least ? rows->board.least : LEAST, rows->widths);
        source->columns[0].title = "";
        source->columns[0].width = 1;
        source->columns_n = 1;
        for (int i = 0; i < rows->board.table.columns_n && source->columns_n < LIST_COLUMNS; i++)
                if (rows->widths[i]) {
                        source->columns[source->columns_n].title = heading(rows, i);
                        source->columns[source->columns_n++].width = rows->widths[i];
                }
        list_refresh(&rows->list);
}

void board_rows_init(struct board_rows *rows)
{
        struct list_source source = {.ctx = rows, .rows = list_rows, .count = list_count, .heads = list_heads};
        *rows = (struct board_rows){.sort = -1};
        list_init(&rows->list, &source);
}

void board_rows_release(struct board_rows *rows)
{
        list_release(&rows->list);
        if (rows->made)
                board_release(&rows->board);
        arena_release(&rows->arena);
        free(rows->shown);
        free(rows->words);
}

void board_rows_set(struct board_rows *rows, struct board *board)
{
        if (rows->made)
                board_release(&rows->board);
        rows->board = *board;
        rows->made = true;
        rows->folded = NULL;
        rows->cols = 0;
        arena_clear(&rows->arena);
        rows->list.source.empty = rows->board.empty;
        look_again(rows);
}

/* On a heading: to the row next to it, the other way if there is none. */
static void leave_head(struct board_rows *rows, bool up)
{
        const struct list_row *row = list_selected(&rows->list);
        if (!row || *(const int *)row->data >= 0)
                return;
        rows->list.at += up && rows->list.at > 0 ? -1 : 1;
}

void board_rows_draw(struct board_rows *rows, struct canvas *canvas, struct rect area)
{
        fit(rows, area.cols);
        leave_head(rows, false);
        if (rows->list.at == 1 && rows->heads_n) /* its heading is seen too */
                rows->list.top = 0;
        list_draw(&rows->list, canvas, area, true);
}

enum handled board_rows_key(struct board_rows *rows, const struct key *key)
{
        enum handled handled = list_key(&rows->list, key);
        if (handled == HANDLED)
                leave_head(rows, key_is(key, K_UP) || key_is(key, K_PGUP));
        return handled;
}

int board_rows_selected(struct board_rows *rows)
{
        const struct list_row *row = list_selected(&rows->list);
        return row && *(const int *)row->data >= 0 ? *(const int *)row->data : -1;
}

void board_rows_table(struct board_rows *rows, struct table *ret)
{
        const struct table *from = &rows->board.table;
        table_init(ret, from->title);
        for (int i = 0; i < from->columns_n; i++)
                table_add_column(ret, from->columns[i].name, from->columns[i].title, from->columns[i].kind);
        for (int i = 0; i < rows->shown_n; i++) {
                if (rows->shown[i] < 0)
                        continue;
                int row = table_add_row(ret);
                for (int c = 0; c < from->columns_n; c++)
                        table_set(ret, row, c, table_cell(from, rows->shown[i], c));
        }
}
