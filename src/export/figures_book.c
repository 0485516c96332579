/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures as a workbook (rules in export/figures.h).  Values are numbers with the
 * format of their unit; what is hidden is text, and so are codes.
 *
 *      Resumen · Indicadores · Evolución · Por UGEL · Datos · Gráficos · Explicación
 */
#include "figures_book.h"

#include <math.h>
#include <string.h>

#include "xlsx_text.h"

enum err_code figures_write_book(const struct figures *figures, FILE *out, struct err *err);

enum { DEFAULT_WIDTH = 8 };

/* ---- Pieces ---- */

static lxw_format *number_format(struct figures_book *book, const char *code)
{
        lxw_format *format = xlsx_format(&book->file, XLSX_GENERAL);
        format_set_num_format(format, code);
        return format;
}

static lxw_format *words_format(struct figures_book *book, double size, bool bold)
{
        lxw_format *format = xlsx_format(&book->file, XLSX_AS_TEXT);
        format_set_font_size(format, size);
        if (bold)
                format_set_bold(format);
        return format;
}

static void make_formats(struct figures_book *book)
{
        book->big = words_format(book, 16, true);
        book->strong = words_format(book, 11, true);
        book->head = words_format(book, 11, true);
        format_set_text_wrap(book->head);
        format_set_bg_color(book->head, 0xE4E4E4);
        format_set_bottom(book->head, LXW_BORDER_THIN);
        book->text = words_format(book, 11, false);
        format_set_text_wrap(book->text);
        book->percent = number_format(book, "0.0%");
        book->decimal = number_format(book, "0.0");
        book->whole = number_format(book, "#,##0");
        book->soles = number_format(book, "\"S/\" #,##0.00");
}

void book_sheet(struct figures_book *book, const char *name)
{
        enum { A4 = 9 };
        struct str safe = STR_INIT;
        xlsx_sheet_name(&safe, name, 1);
        book->sheet = workbook_add_worksheet(book->file.workbook, safe.text);
        book->row = 0;
        book->lines = 1;
        for (int i = 0; i < BOOK_COLUMNS_MAX; i++)
                book->widths[i] = DEFAULT_WIDTH;
        worksheet_set_landscape(book->sheet);
        worksheet_set_paper(book->sheet, A4);
        worksheet_fit_to_pages(book->sheet, 1, 0);
        worksheet_set_footer(book->sheet, _("&L&A&RPágina &P de &N"));
        str_release(&safe);
}

void book_titles(struct figures_book *book, const struct book_column *columns, int n, int fixed)
{
        for (int i = 0; i < n; i++) {
                book_set_width(book, i, columns[i].width);
                book_text(book, i, columns[i].title, book->head);
        }
        worksheet_freeze_panes(book->sheet, book->row + 1, (lxw_col_t)fixed);
        worksheet_repeat_rows(book->sheet, book->row, book->row);
        book_end_row(book);
}

void book_filter(struct figures_book *book, lxw_row_t titles, int columns)
{
        char range[LXW_MAX_CELL_RANGE_LENGTH];
        lxw_row_t last = book->row > titles + 1 ? book->row - 1 : titles + 1;
        worksheet_autofilter(book->sheet, titles, 0, last, (lxw_col_t)(columns - 1));
        lxw_rowcol_to_range(range, titles + 1, 0, last, (lxw_col_t)(columns - 1));
        worksheet_ignore_errors(book->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
}

void book_set_width(struct figures_book *book, int column, int width)
{
        worksheet_set_column(book->sheet, (lxw_col_t)column, (lxw_col_t)column, width, NULL);
        if (column < BOOK_COLUMNS_MAX)
                book->widths[column] = width;
}

void book_end_row(struct figures_book *book)
{
        enum { LINE = 15 /* points */, LINES_MAX = 20 };
        if (book->lines > 1)
                worksheet_set_row(book->sheet, book->row, (book->lines < LINES_MAX ? book->lines : LINES_MAX) * LINE, NULL);
        book->lines = 1;
        book->row++;
}

void book_text(struct figures_book *book, int column, const char *text, lxw_format *format)
{
        if (!*text)
                return;
        xlsx_clean(&book->clean, text);
        if (column < BOOK_COLUMNS_MAX && (format == book->text || format == book->head)) { /* those that wrap */
                int lines = xlsx_lines(book->clean.text, book->widths[column]);
                book->lines = lines > book->lines ? lines : book->lines;
        }
        worksheet_write_string(book->sheet, book->row, (lxw_col_t)column, book->clean.text, format);
}

void book_number(struct figures_book *book, int column, double value, lxw_format *format)
{
        if (isfinite(value))
                worksheet_write_number(book->sheet, book->row, (lxw_col_t)column, value, format);
}

void book_value(struct figures_book *book, int column, const struct figure *figure, double value)
{
        bool money = strcmp(figure->sign, "S/") == 0;
        book_number(book, column, figure->percent ? value / 100 : value,
                    figure->percent ? book->percent : figure->ratio ? book->decimal : money ? book->soles : book->whole);
}

void book_difference(struct figures_book *book, int column, const struct figure *figure, double value)
{
        book_number(book, column, value, figure->ratio ? book->decimal : book->whole);
}

void book_cell(struct figures_book *book, int column, const struct figure *figure, const struct figure_cell *cell)
{
        if (cell->state == FIGURE_TOLD)
                book_value(book, column, figure, cell->value);
        else if (cell->state == FIGURE_HIDDEN)
                book_text(book, column, _("muy pocos"), book->text);
}

void book_base(struct figures_book *book, int column, const struct figure_base *base)
{
        bool percent = strcmp(base->sign, "%") == 0;
        book_number(book, column, percent ? base->value / 100 : base->value, percent ? book->percent : book->whole);
}

/* ---- The book ---- */

static void add_sheets(struct figures_book *book)
{
        book_add_summary(book);
        book_add_indicators(book);
        book_add_evolution(book);
        book_add_groups(book);
        book_add_data(book);
        book_add_charts(book);
        book_add_meanings(book);
}

enum err_code figures_write_book(const struct figures *figures, FILE *out, struct err *err)
{
        struct figures_book book = {.figures = figures, .clean = STR_INIT};
        enum err_code rc = xlsx_file_open(&book.file, figures->title, err);
        if (rc == ERR_OK) {
                make_formats(&book);
                add_sheets(&book);
        }
        rc = xlsx_file_close(&book.file, out, rc, err);
        str_release(&book.clean);
        return rc;
}
