/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * struct table: named columns and rows of text cells, the one shape that
 * lists, boards, reports and exports exchange.  Cells are copied.
 */
#ifndef SIMAE_BASE_TABLE_H
#define SIMAE_BASE_TABLE_H

#include "base/mem.h"

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_DATE }; /* how a column is aligned and exported */

struct table_column {
        const char *name;  /* stable key: "cod_mod" */
        const char *title; /* for people: "Código modular" */
        enum cell_kind kind;
        const char *about; /* what its cells mean, such as the words of its codes; "" none */
};

struct table {
        const char *title;
        struct table_column *columns;
        int columns_n;
        const char **cells; /* rows_n × columns_n; an empty cell is "" , never NULL */
        int rows_n, rows_room;
        struct table *more; /* owned: another that goes with this one, such as the rows of a repeat; NULL none */
        struct arena arena, cells_arena;
};

void table_init(struct table *table, const char *title);
/* With the tables that go with it. */
void table_release(struct table *table);
/* Columns come before the first row. */
void table_add_column(struct table *table, const char *name, const char *title, enum cell_kind kind);
void table_explain(struct table *table, int column, const char *about);
/* No rows any more; columns stay. What cells were is gone. */
void table_clear_rows(struct table *table);
/* A new row of empty cells; returns its index. */
int table_add_row(struct table *table);
void table_set(struct table *table, int row, int column, const char *text);
const char *table_cell(const struct table *table, int row, int column);

#endif
