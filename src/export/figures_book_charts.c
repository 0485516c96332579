/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheets of the workbook with charts that the spreadsheet draws.  Each chart
 * stands beside the rows that it draws, which hold only what is told: text would
 * be drawn as zero.
 */
#include <math.h>
#include <string.h>

#include "figures_book.h"

enum { LABEL, VALUE, BASE, TARGET, N, COLUMNS };
enum { CHART_AT = 6, LINES_ROWS = 17, SERIES_MAX = 6 };
enum { HEADROOM = 6 /* rows that title and legend take */, ROW_PIXELS = 20, CHART_PIXELS = 288 };
enum { DARK = 0x2B5C8F, LIGHT = 0xB9B9B9, BLACK = 0x000000 };

/* ---- A chart of what stands in rows first … last of this sheet ---- */

static void add_series(struct figures_book *book, lxw_chart *chart, int column, const char *name, lxw_row_t first, lxw_row_t last, int color)
{
        const char *sheet = book->sheet->name;
        lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
        lxw_chart_fill fill = {.color = (lxw_color_t)color};
        lxw_chart_line line = {.color = BLACK, .width = 0.75};
        chart_series_set_categories(series, sheet, first, LABEL, last, LABEL);
        chart_series_set_values(series, sheet, first, (lxw_col_t)column, last, (lxw_col_t)column);
        chart_series_set_name(series, name);
        chart_series_set_fill(series, &fill);
        chart_series_set_line(series, &line);
        if (column == VALUE)
                chart_series_set_labels(series);
}

/* The first row on top, as in the table. */
static void add_bars(struct figures_book *book, const char *title, lxw_row_t first, lxw_row_t last)
{
        lxw_chart *chart = workbook_add_chart(book->file.workbook, LXW_CHART_BAR);
        lxw_chart_options options = {.x_scale = 1.5, .y_scale = 1};
        add_series(book, chart, VALUE, _("Valor"), first, last, DARK);
        add_series(book, chart, BASE, _("Línea base"), first, last, LIGHT);
        chart_title_set_name(chart, title);
        chart_axis_set_reverse(chart->y_axis);
        chart_axis_set_min(chart->x_axis, 0);
        chart_axis_set_max(chart->x_axis, 1);
        chart_axis_set_num_format(chart->x_axis, "0%");
        chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
        lxw_row_t rows = HEADROOM + (last - first + 1) * 3 / 2;
        options.y_scale = rows * ROW_PIXELS / (double)CHART_PIXELS;
        worksheet_insert_chart_opt(book->sheet, first - 1, CHART_AT, chart, &options);
        if (book->row < first + rows)
                book->row = first + rows;
}

/* ---- Rows of percentages, with their bases ---- */

static bool is_drawn(const struct figures *figures, const struct figure *f)
{
        return f->percent && figure_now(figures, f)->state == FIGURE_TOLD;
}

static void put_titles(struct figures_book *book, const char *first)
{
        const char *const titles[COLUMNS] = {first, _("Valor"), _("Línea base"), _("Meta"), "n"};
        for (int i = 0; i < COLUMNS; i++)
                book_text(book, i, titles[i], book->head);
        book_end_row(book);
}

static void put_drawn(struct figures_book *book, const struct figure *f)
{
        const struct figure_cell *now = figure_now(book->figures, f);
        const struct figure_base *base = figure_drawn_base(f);
        book_text(book, LABEL, f->label, book->text);
        book_value(book, VALUE, f, now->value);
        if (base)
                book_base(book, BASE, base);
        book_value(book, TARGET, f, f->target);
        book_number(book, N, (double)now->n, book->whole);
        book_end_row(book);
}

static void set_widths(struct figures_book *book)
{
        book_set_width(book, LABEL, 60);
        for (int i = VALUE; i < COLUMNS; i++)
                book_set_width(book, i, 11);
}

/* ---- The summary ---- */

static void put_line(struct figures_book *book, const char *text, lxw_format *format)
{
        book_text(book, 0, text, format);
        book_end_row(book);
}

static void put_remarks(struct figures_book *book, const char *title, const struct figure_remark *remarks, int n)
{
        put_line(book, title, book->strong);
        for (int i = 0; i < n; i++) {
                book_text(book, 0, book->figures->items[remarks[i].item].label, book->text);
                worksheet_write_string(book->sheet, book->row, 1, remarks[i].why, NULL);
                book_end_row(book);
        }
        if (!n)
                put_line(book, _("Nada que señalar según la regla de abajo."), book->text);
        book_end_row(book);
}

static bool is_main(const struct figures *figures, const struct figure *f)
{
        return f->mark == 'N' && !*f->whole && is_drawn(figures, f) && figure_drawn_base(f);
}

void book_add_summary(struct figures_book *book)
{
        const struct figures *figures = book->figures;
        struct str line = STR_INIT;
        book_sheet(book, _("Resumen"));
        worksheet_fit_to_pages(book->sheet, 1, 1);
        set_widths(book);
        put_line(book, figures->title, book->big);
        str_addf(&line, _("%s · %s (%s) · hecho el %s"), figures->place, figures->periods[figures->periods_n - 1],
                 figures->period_words, figures->made);
        put_line(book, line.text, book->strong);
        str_release(&line);
        book_end_row(book);
        put_remarks(book, _("Logros"), figures->achievements, figures->achievements_n);
        put_remarks(book, _("Alertas"), figures->alerts, figures->alerts_n);
        put_line(book, figures->remarks_rule, book->text);
        put_line(book, figures->note, book->text);
        book_end_row(book);
        put_titles(book, _("Indicador principal"));
        lxw_row_t first = book->row;
        for (int i = 0; i < figures->n; i++)
                if (is_main(figures, &figures->items[i]))
                        put_drawn(book, &figures->items[i]);
        if (book->row > first)
                add_bars(book, _("Indicadores principales y su línea base"), first, book->row - 1);
}

/* ---- Charts of every section, and lines over the periods ---- */

static void add_section(struct figures_book *book, int section)
{
        const struct figures *figures = book->figures;
        int n = 0;
        for (int i = 0; i < figures->n; i++)
                n += figures->items[i].section == section && is_drawn(figures, &figures->items[i]);
        if (!n)
                return;
        put_titles(book, figures->sections[section]);
        lxw_row_t first = book->row;
        for (int i = 0; i < figures->n; i++)
                if (figures->items[i].section == section && is_drawn(figures, &figures->items[i]))
                        put_drawn(book, &figures->items[i]);
        add_bars(book, figures->sections[section], first, book->row - 1);
}

static void draw_lines(struct figures_book *book, lxw_row_t first, lxw_row_t last)
{
        lxw_chart *chart = workbook_add_chart(book->file.workbook, LXW_CHART_LINE);
        lxw_chart_options options = {.x_scale = 1.5, .y_scale = LINES_ROWS * ROW_PIXELS / (double)CHART_PIXELS};
        lxw_col_t periods = (lxw_col_t)book->figures->periods_n;
        for (lxw_row_t row = first; row <= last; row++) {
                lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
                chart_series_set_categories(series, book->sheet->name, first - 1, 1, first - 1, periods);
                chart_series_set_values(series, book->sheet->name, row, 1, row, periods);
                chart_series_set_name_range(series, book->sheet->name, row, 0);
                chart_series_set_marker_type(series, (uint8_t)(LXW_CHART_MARKER_SQUARE + (row - first)));
        }
        chart_title_set_name(chart, _("Evolución de los indicadores principales"));
        chart_axis_set_min(chart->y_axis, 0);
        chart_axis_set_max(chart->y_axis, 1);
        chart_axis_set_num_format(chart->y_axis, "0%");
        chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
        lxw_col_t at = periods + 2 > CHART_AT ? (lxw_col_t)(periods + 2) : CHART_AT;
        worksheet_insert_chart_opt(book->sheet, first - 1, at, chart, &options);
}

static void add_lines(struct figures_book *book)
{
        const struct figures *figures = book->figures;
        int n = 0;
        if (figures->periods_n < 2)
                return;
        book_text(book, 0, _("Evolución"), book->head);
        for (int p = 0; p < figures->periods_n; p++)
                book_text(book, p + 1, figures->periods[p], book->head);
        book_end_row(book);
        lxw_row_t first = book->row;
        for (int i = 0; i < figures->n && n < SERIES_MAX; i++) {
                const struct figure *f = &figures->items[i];
                if (!is_main(figures, f))
                        continue;
                book_text(book, 0, f->label, book->text);
                for (int p = 0; p < figures->periods_n; p++)
                        book_value(book, p + 1, f, f->periods[p].value);
                book_end_row(book);
                n++;
        }
        if (n)
                draw_lines(book, first, book->row - 1);
        book->row = first + LINES_ROWS;
}

void book_add_charts(struct figures_book *book)
{
        book_sheet(book, _("Gráficos"));
        set_widths(book);
        add_lines(book);
        for (int s = 0; s < book->figures->sections_n; s++)
                add_section(book, s);
}
