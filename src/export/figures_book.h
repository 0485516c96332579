/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The workbook of figures: figures_book.c has the pieces, figures_book_rows.c the sheets of rows,
 * figures_book_charts.c those with charts.
 */
#ifndef SIMAE_SRC_EXPORT_FIGURES_BOOK_H
#define SIMAE_SRC_EXPORT_FIGURES_BOOK_H

#include "base/str.h"
#include "figures_priv.h"
#include "xlsx_file.h"

enum { BOOK_COLUMNS_MAX = 256 };

struct figures_book {
        const struct figures *figures;
        struct xlsx_file file;
        lxw_worksheet *sheet; /* that is being written, row after row */
        lxw_row_t row;        /* under way */
        int widths[BOOK_COLUMNS_MAX], lines; /* of the sheet's columns, in letters; that this row takes */
        lxw_format *big, *strong, *head, *text, *percent, *decimal, *whole, *soles;
        struct str clean;
};

/* A column of a sheet: its title and its width in letters. */
struct book_column { const char *title; int width; };

/* The row is done: with the height that its texts need, which not every program finds out by itself. */
void book_end_row(struct figures_book *book);
void book_set_width(struct figures_book *book, int column, int width);
/* A new sheet; its rows begin at 0. Landscape A4, as many pages as it takes, one wide. */
void book_sheet(struct figures_book *book, const char *name);
/* Titles in the next row, which stays in sight with `fixed` columns at the left. */
void book_titles(struct figures_book *book, const struct book_column *columns, int n, int fixed);
/* Filters over the titles, from row `titles` to the last one. */
void book_filter(struct figures_book *book, lxw_row_t titles, int columns);
void book_text(struct figures_book *book, int column, const char *text, lxw_format *format);
/* Nothing if it is NAN. */
void book_number(struct figures_book *book, int column, double value, lxw_format *format);
/* A value of an indicator: percentages as fractions, with the format of its unit. */
void book_value(struct figures_book *book, int column, const struct figure *figure, double value);
/* A difference of two values of an indicator; points of percentages as plain numbers. */
void book_difference(struct figures_book *book, int column, const struct figure *figure, double value);
/* The value, or why there is none, as text. */
void book_cell(struct figures_book *book, int column, const struct figure *figure, const struct figure_cell *cell);
void book_base(struct figures_book *book, int column, const struct figure_base *base);

/* figures_book_rows.c */
void book_add_indicators(struct figures_book *book);
void book_add_evolution(struct figures_book *book);
void book_add_groups(struct figures_book *book); /* none if the figures have no groups */
void book_add_data(struct figures_book *book);
void book_add_meanings(struct figures_book *book);

/* figures_book_charts.c */
void book_add_summary(struct figures_book *book);
void book_add_charts(struct figures_book *book);

#endif
