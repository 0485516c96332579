/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheets of a workbook: cells by the kind of their column, widths, filters,
 * the page, and the sheet that explains the others.
 */
#include "xlsx_book.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "number.h"
#include "xlsx_text.h"

enum { ROWS_MAX = 1048576, COLUMNS_MAX = 16384, WIDTH_MAX = 50, TITLE_WIDTH = 24, PAGE_WIDTH = 180, A4 = 9 };
enum { ARROW = 3 }; /* letters that the arrow of the filter takes */

/* ---- Cells ---- */

static void put_text(struct book *book, lxw_row_t row, int column, const char *cell, lxw_format *format)
{
        xlsx_clean(&book->clean, cell);
        worksheet_write_string(book->sheet, row, (lxw_col_t)column, book->clean.text, format);
}

/* Above 10^15 digits would be lost, and it is somebody's code anyway. */
static bool as_number(const char *cell, double *ret)
{
        if (!number_is_json(cell))
                return false;
        *ret = strtod(cell, NULL);
        return fabs(*ret) < 1e15;
}

/* Days as spreadsheets count them. Before March of 1900 they disagree among themselves. */
static bool as_day(const char *cell, double *ret)
{
        enum { EPOCH = 25569, FIRST = 61 };
        int64_t days;
        if (!date_parse(cell, &days) || days + EPOCH < FIRST)
                return false;
        *ret = (double)(days + EPOCH);
        return true;
}

static void put_cell(struct book *book, lxw_row_t row, int column, const char *cell, enum cell_kind kind)
{
        enum { LONG = 250 }; /* cells of the format "@" show #### in some programs when they are longer */
        double number;
        if (*cell == '\0')
                return;
        if (kind == CELL_NUMBER && as_number(cell, &number))
                worksheet_write_number(book->sheet, row, (lxw_col_t)column, number, book->number);
        else if (kind == CELL_DATE && as_day(cell, &number))
                worksheet_write_number(book->sheet, row, (lxw_col_t)column, number, book->date);
        else
                put_text(book, row, column, cell, strlen(cell) > LONG ? book->long_text : book->text);
}

/* Said, for not every program finds out by itself; before the cells of the row. */
static void set_height(struct book *book, lxw_row_t row, int lines)
{
        enum { LINES_MAX = 20, LINE = 15 /* points */ };
        if (lines > 1)
                worksheet_set_row(book->sheet, row, (lines < LINES_MAX ? lines : LINES_MAX) * LINE, NULL);
}

static void refuse(struct export_run *run, const struct table *table)
{
        run->failed = err_set(run->err, ERR_LIMIT,
                              _("«%s» no cabe en una hoja de cálculo (%d filas y %d columnas, o más); use el formato csv"),
                              table->title, run->before + table->rows_n, table->columns_n);
}

void xlsx_put_row(struct export_run *run, const struct table *table, int index, int at)
{
        struct book *book = run->state;
        int lines = 1;
        if (at + 1 >= ROWS_MAX) {
                refuse(run, table);
                return;
        }
        for (int i = 0; i < table->columns_n; i++) {
                int needed = xlsx_lines(table_cell(table, index, i), book->widths[i]);
                lines = needed > lines ? needed : lines;
        }
        set_height(book, (lxw_row_t)at + 1, lines);
        for (int i = 0; i < table->columns_n; i++)
                put_cell(book, (lxw_row_t)at + 1, i, table_cell(table, index, i), table->columns[i].kind);
}

/* ---- Sheets ---- */

/* In letters, from the longest cell; long titles go on in a second line. */
static int column_width(const struct table *table, int column)
{
        int title = utf8_width(table->columns[column].title);
        int width = (title > TITLE_WIDTH ? TITLE_WIDTH : title) + ARROW;
        for (int row = 0; row < table->rows_n && width < WIDTH_MAX; row++) {
                int needed = utf8_width(table_cell(table, row, column)) + 1;
                width = needed > width ? needed : width;
        }
        return width < WIDTH_MAX ? width : WIDTH_MAX;
}

static void lay_out_columns(struct book *book, const struct table *table)
{
        lxw_format *const formats[] = {
                [CELL_TEXT] = book->text, [CELL_NUMBER] = book->number, [CELL_DATE] = book->date};
        int total = 0;
        book->widths = xrealloc(book->widths, ((size_t)table->columns_n + 1) * sizeof *book->widths);
        for (int i = 0; i < table->columns_n; i++) {
                int width = book->widths[i] = column_width(table, i);
                total += width;
                worksheet_set_column(book->sheet, (lxw_col_t)i, (lxw_col_t)i, width,
                                     formats[table->columns[i].kind]);
        }
        if (total <= PAGE_WIDTH)
                worksheet_fit_to_pages(book->sheet, 1, 0);
}

void xlsx_end_sheet(struct export_run *run, int rows)
{
        struct book *book = run->state;
        lxw_row_t last_row = (lxw_row_t)(rows > 0 ? rows : 1);
        lxw_col_t last_column = (lxw_col_t)(book->columns_n > 0 ? book->columns_n - 1 : 0);
        char range[LXW_MAX_CELL_RANGE_LENGTH];
        worksheet_autofilter(book->sheet, 0, 0, last_row, last_column);
        lxw_rowcol_to_range(range, 1, 0, last_row, last_column);
        worksheet_ignore_errors(book->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
}

static void lay_out(struct book *book, const struct table *table)
{
        lay_out_columns(book, table);
        worksheet_freeze_panes(book->sheet, 1, 0);
        worksheet_set_landscape(book->sheet);
        worksheet_set_paper(book->sheet, A4);
        worksheet_repeat_rows(book->sheet, 0, 0);
        worksheet_set_footer(book->sheet, _("&L&A&RPágina &P de &N"));
}

static void put_titles(struct book *book, const struct table *table)
{
        int lines = 1;
        for (int i = 0; i < table->columns_n; i++) {
                int needed = xlsx_lines(table->columns[i].title, book->widths[i] - ARROW);
                lines = needed > lines ? needed : lines;
        }
        set_height(book, 0, lines);
        for (int i = 0; i < table->columns_n; i++)
                put_text(book, 0, i, table->columns[i].title, book->title);
}

/* The name its sheet gets: its title, told from those that are already there. */
static void name_sheet(const struct book *book, const char *title, struct str *name)
{
        int copy = 1;
        do
                xlsx_sheet_name(name, title, copy++);
        while (workbook_get_worksheet_by_name(book->file.workbook, name->text) && copy < 1000);
}

/* ---- The sheet that explains the others ---- */

static const char *kind_word(enum cell_kind kind)
{
        switch (kind) {
        case CELL_NUMBER: return _("número");
        case CELL_DATE: return _("fecha");
        case CELL_TEXT: break;
        }
        return _("texto");
}

static void explain(struct table *fields, const struct table *table, const char *sheet)
{
        for (int i = 0; i < table->columns_n; i++) {
                const struct table_column *column = &table->columns[i];
                char letters[LXW_MAX_COL_NAME_LENGTH] = "";
                lxw_col_to_name(letters, (lxw_col_t)i, 0);
                int row = table_add_row(fields);
                table_set(fields, row, 0, sheet);
                table_set(fields, row, 1, letters);
                table_set(fields, row, 2, column->name);
                table_set(fields, row, 3, column->title);
                table_set(fields, row, 4, kind_word(column->kind));
                table_set(fields, row, 5, column->about);
        }
}

void xlsx_init_fields(struct table *fields)
{
        table_init(fields, _("Campos"));
        table_add_column(fields, "hoja", _("Hoja"), CELL_TEXT);
        table_add_column(fields, "columna", _("Columna"), CELL_TEXT);
        table_add_column(fields, "nombre", _("Nombre"), CELL_TEXT);
        table_add_column(fields, "titulo", _("Título"), CELL_TEXT);
        table_add_column(fields, "tipo", _("Tipo"), CELL_TEXT);
        table_add_column(fields, "valores", _("Valores"), CELL_TEXT);
}

void xlsx_add_sheet(struct export_run *run, const struct table *table)
{
        struct book *book = run->state;
        struct str name = STR_INIT;
        if (table->columns_n > COLUMNS_MAX) {
                refuse(run, table);
                return;
        }
        name_sheet(book, table->title, &name);
        book->sheet = workbook_add_worksheet(book->file.workbook, name.text);
        if (!book->sheet) {
                run->failed = err_set_errno(run->err, errno, _("no se pudo preparar el libro en %s"),
                                            book->file.folder);
        } else {
                book->columns_n = table->columns_n;
                if (table != &book->fields)
                        explain(&book->fields, table, name.text);
                lay_out(book, table);
                put_titles(book, table);
        }
        str_release(&name);
}

void xlsx_add_fields(struct export_run *run)
{
        struct book *book = run->state;
        const struct table *fields = &book->fields;
        xlsx_add_sheet(run, fields);
        for (int row = 0; row < fields->rows_n && !run->failed; row++)
                xlsx_put_row(run, fields, row, row);
        if (!run->failed)
                xlsx_end_sheet(run, fields->rows_n);
}
