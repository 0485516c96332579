/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of text cells (contract in base/table.h). */
#include "base/table.h"

#include <stdlib.h>

void table_init(struct table *table, const char *title)
{
        *table = (struct table){0};
        table->title = arena_strdup(&table->arena, title);
}

void table_release(struct table *table)
{
        if (table->more) {
                table_release(table->more);
                free(table->more);
        }
        free(table->columns);
        free(table->cells);
        arena_release(&table->arena);
        arena_release(&table->cells_arena);
        *table = (struct table){0};
}

void table_add_column(struct table *table, const char *name, const char *title, enum cell_kind kind)
{
        table->columns = xrealloc(table->columns, (size_t)(table->columns_n + 1) * sizeof *table->columns);
        table->columns[table->columns_n++] = (struct table_column){
                .name = arena_strdup(&table->arena, name),
                .title = arena_strdup(&table->arena, title), .kind = kind, .about = ""};
}

void table_explain(struct table *table, int column, const char *about)
{
        table->columns[column].about = arena_strdup(&table->arena, about);
}

void table_clear_rows(struct table *table)
{
        table->rows_n = 0;
        arena_clear(&table->cells_arena);
}

int table_add_row(struct table *table)
{
        size_t width = (size_t)table->columns_n;
        if (table->rows_n == table->rows_room) {
                table->rows_room = table->rows_room ? 2 * table->rows_room : 16;
                table->cells = xrealloc(table->cells, (size_t)table->rows_room * width * sizeof *table->cells);
        }
        for (size_t i = 0; i < width; i++)
                table->cells[(size_t)table->rows_n * width + i] = "";
        return table->rows_n++;
}

void table_set(struct table *table, int row, int column, const char *text)
{
        table->cells[(size_t)row * (size_t)table->columns_n + (size_t)column] =
                arena_strdup(&table->cells_arena, text);
}

const char *table_cell(const struct table *table, int row, int column)
{
        return table->cells[(size_t)row * (size_t)table->columns_n + (size_t)column];
}
