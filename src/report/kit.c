/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How boards are filled: columns, then rows.  board->rows goes with the rows of
 * board->table, one for one.
 */
#include "report_priv.h"

#include "base/chart.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void board_set_columns(struct board *board, const struct board_heading *headings, int n)
{
        for (int i = 0; i < n && i < BOARD_COLUMNS; i++) {
                table_add_column(&board->table, headings[i].name, headings[i].title, headings[i].kind);
                board->columns[i] =
                        (struct board_column){.rank = headings[i].rank, .width = headings[i].width, .grouped = headings[i].grouped};
        }
}

int board_add(struct board *board, enum board_tone tone)
{
        int row = table_add_row(&board->table);
        if (row == board->rows_room) {
                board->rows_room = board->rows_room ? 2 * board->rows_room : 64;
                board->rows = xrealloc(board->rows, (size_t)board->rows_room * sizeof *board->rows);
        }
        board->rows[row] = (struct board_row){.tone = tone};
        return row;
}

static int newest(const struct board *board)
{
        return board->table.rows_n - 1;
}

void board_put(struct board *board, int column, const char *text)
{
        if (*text)
                table_set(&board->table, newest(board), column, text);
}

void board_putf(struct board *board, int column, const char *format, ...)
{
        char text[512];
        va_list args;
        va_start(args, format);
        vsnprintf(text, sizeof text, format, args);
        va_end(args);
        board_put(board, column, text);
}

void board_put_bar(struct board *board, int column, double share)
{
        struct str bar = STR_INIT;
        int cols = board->columns[column].width;
        chart_bar(&bar, share, cols > 0 ? cols : 12);
        board_put(board, column, bar.text);
        str_release(&bar);
}

void board_opens(struct board *board, const struct id *record)
{
        board->rows[newest(board)].record = *record;
}

void board_goes_to(struct board *board, const char *name, const char *argument)
{
        struct board_row *row = &board->rows[newest(board)];
        row->board = name;
        row->argument = arena_strdup(&board->arena, argument);
}

void board_summary(struct board *board, const char *format, ...)
{
        char text[512];
        va_list args;
        va_start(args, format);
        vsnprintf(text, sizeof text, format, args);
        va_end(args);
        board->summary = arena_strdup(&board->arena, text);
}

/* ---- Order ---- */

struct sorting {
        const struct board *board;
        board_compare *compare;
};

static int compare_rows(const void *a, const void *b, void *ctx)
{
        const struct sorting *sorting = ctx;
        int x = *(const int *)a, y = *(const int *)b;
        int order = sorting->compare(sorting->board, x, y);
        return order ? order : x - y;
}

void board_sort(struct board *board, board_compare *compare)
{
        struct sorting sorting = {board, compare};
        struct table *table = &board->table;
        size_t n = (size_t)table->rows_n, width = (size_t)table->columns_n;
        int *order = xcalloc(n + 1, sizeof *order);
        struct board_row *rows = xcalloc(n + 1, sizeof *rows);
        const char **cells = xcalloc(n * width + 1, sizeof *cells);
        for (size_t i = 0; i < n; i++)
                order[i] = (int)i;
        qsort_r(order, n, sizeof *order, compare_rows, &sorting);
        for (size_t i = 0; i < n; i++) {
                rows[i] = board->rows[order[i]];
                memcpy(&cells[i * width], &table->cells[(size_t)order[i] * width], width * sizeof *cells);
        }
        free(board->rows);
        free(table->cells);
        free(order);
        board->rows = rows;
        table->cells = cells;
        board->rows_room = table->rows_room = (int)n;
}

/* ---- The store ---- */

static struct store_query narrowed(const struct board *board, struct store_query query)
{
        if (*board->options.ugel && !query.entities)
                query.ugel = board->options.ugel;
        query.sensitive = board->options.sensitive;
        return query;
}

enum err_code board_walk(struct board *board, struct store_query query, const char *const *names, int names_n,
                         store_each *each, void *ctx, struct err *err)
{
        query = narrowed(board, query);
        return store_walk(board->host->store, &query, names, names_n, each, ctx, err);
}

enum err_code board_count_reserved(struct board *board, struct store_query query, int64_t *ret,
                                   struct err *err)
{
        int64_t all, shown;
        query = narrowed(board, query);
        query.sensitive = true;
        enum err_code rc = store_record_count(board->host->store, &query, &all, err);
        query.sensitive = false;
        if (rc == ERR_OK)
                rc = store_record_count(board->host->store, &query, &shown, err);
        if (rc == ERR_OK)
                *ret = all - shown;
        return rc;
}
