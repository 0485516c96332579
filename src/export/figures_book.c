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

/* ---- Sheets of rows ---- */

static const char *warning_of(const struct figure *f, const struct figure_cell *now)
{
        if (f->context)
                return _("De contexto: solo su línea base");
        if (f->reserved)
                return _("Reservado: sin cifras aquí");
        return now->state == FIGURE_HIDDEN ? _("Muy pocos para mostrarlo") : now->few ? _("Pocos: léase con cuidado") : "";
}

static const struct figure_base *first_base(const struct figure *f)
{
        const struct figure_base *drawn = figure_drawn_base(f);
        return drawn ? drawn : f->bases_n ? &f->bases[0] : NULL;
}

static void put_indicator(struct figures_book *book, const struct figure *f)
{
        const struct figure_cell *now = figure_now(book->figures, f);
        const struct figure_base *base = first_base(f);
        char year[12];
        book_text(book, 0, book->figures->sections[f->section], book->text);
        book_text(book, 1, f->label, book->text);
        book_cell(book, 2, f, now);
        if (now->state == FIGURE_TOLD)
                book_number(book, 3, (double)now->n, book->whole);
        book_value(book, 4, f, f->before);
        book_difference(book, 5, f, now->value - f->before);
        book_value(book, 6, f, f->year_before);
        book_value(book, 7, f, f->target);
        book_difference(book, 8, f, f->gap);
        if (base) {
                book_base(book, 9, base);
                snprintf(year, sizeof year, "%d", base->year);
                book_text(book, 10, base->year ? year : "", book->text);
                book_text(book, 11, base->source, book->text);
                book_difference(book, 12, f, base->gap);
        }
        book_text(book, 13, warning_of(f, now), book->text);
        book_text(book, 14, f->key, book->text);
        book_end_row(book);
}

static void add_indicators(struct figures_book *book)
{
        static const struct book_column columns[] = {
                {_("Sección"), 24}, {_("Indicador"), 48}, {_("Valor"), 10}, {"n", 8}, {_("Anterior"), 10}, {_("Diferencia"), 11},
                {_("Hace un año"), 11}, {_("Meta"), 9}, {_("Brecha"), 9}, {_("Línea base"), 11}, {_("Año"), 7}, {_("Fuente"), 16},
                {_("Contra la línea base"), 12}, {_("Aviso"), 26}, {_("Clave"), 28}};
        book_sheet(book, _("Indicadores"));
        book_titles(book, columns, (int)ARRAY_LEN(columns), 2);
        for (int i = 0; i < book->figures->n; i++)
                put_indicator(book, &book->figures->items[i]);
        book_filter(book, 0, (int)ARRAY_LEN(columns));
}

/* Indicators down, `n` names across; `cells` of item i begin at cells(i). */
static void add_matrix(struct figures_book *book, const char *name, const char *const *names, int n,
                       const struct figure_cell *(*cell)(const struct figures *figures, const struct figure *f, int at))
{
        struct book_column *columns = xcalloc((size_t)n + 2, sizeof *columns);
        columns[0] = (struct book_column){_("Indicador"), 48};
        columns[1] = (struct book_column){_("Unidad"), 12};
        for (int i = 0; i < n; i++)
                columns[i + 2] = (struct book_column){names[i], 13};
        book_sheet(book, name);
        book_titles(book, columns, n + 2, 1);
        for (int i = 0; i < book->figures->n; i++) {
                const struct figure *f = &book->figures->items[i];
                if (f->context)
                        continue;
                book_text(book, 0, f->label, book->text);
                book_text(book, 1, f->unit, book->text);
                for (int at = 0; at < n; at++)
                        book_cell(book, at + 2, f, cell(book->figures, f, at));
                book_end_row(book);
        }
        book_filter(book, 0, n + 2);
        free(columns);
}

static const struct figure_cell *at_period(const struct figures *figures, const struct figure *f, int at)
{
        (void)figures;
        return &f->periods[at];
}

static const struct figure_cell *at_group(const struct figures *figures, const struct figure *f, int at)
{
        return figure_group(figures, f, at, figures->periods_n - 1);
}

/* ---- Everything, one figure a row ---- */

static void put_datum(struct figures_book *book, const struct figure *f, int period, const char *code, const char *name,
                      const struct figure_cell *cell)
{
        const struct figures *figures = book->figures;
        if (cell->state == FIGURE_NOTHING)
                return;
        book_text(book, 0, f->key, book->text);
        book_text(book, 1, f->label, book->text);
        book_text(book, 2, f->unit, book->text);
        book_text(book, 3, figures->period_codes[period], book->text);
        book_text(book, 4, code, book->text);
        book_text(book, 5, name, book->text);
        book_cell(book, 6, f, cell);
        if (cell->state == FIGURE_TOLD) {
                book_number(book, 7, (double)cell->n, book->whole);
                book_number(book, 8, cell->num, book->whole);
                if (f->ratio)
                        book_number(book, 9, cell->den, book->whole);
                book_text(book, 10, cell->few ? _("Pocos: léase con cuidado") : "", book->text);
        } else {
                book_text(book, 10, _("Muy pocos para mostrarlo"), book->text);
        }
        book_end_row(book);
}

static void put_data(struct figures_book *book, const struct figure *f)
{
        const struct figures *figures = book->figures;
        for (int p = 0; p < figures->periods_n; p++) {
                put_datum(book, f, p, "", figures->place, &f->periods[p]);
                for (int g = 0; g < figures->groups_n; g++)
                        put_datum(book, f, p, figures->group_codes[g], figures->groups[g], figure_group(figures, f, g, p));
        }
        for (int i = 0; i < f->parts_n; i++)
                put_datum(book, f, figures->periods_n - 1, f->breakdown, f->parts[i].label, &f->parts[i].cell);
}

static void add_data(struct figures_book *book)
{
        const struct book_column columns[] = {
                {_("Clave"), 28}, {_("Indicador"), 48}, {_("Unidad"), 12}, {_("Periodo"), 10}, {_("Código"), 10},
                {book->figures->groups_title, 24}, {_("Valor"), 10}, {"n", 8}, {_("Numerador"), 12}, {_("Denominador"), 12}, {_("Aviso"), 26}};
        book_sheet(book, _("Datos"));
        book_titles(book, columns, (int)ARRAY_LEN(columns), 2);
        for (int i = 0; i < book->figures->n; i++)
                put_data(book, &book->figures->items[i]);
        book_filter(book, 0, (int)ARRAY_LEN(columns));
}

/* ---- What they mean ---- */

static void add_bases(const struct figure *f, struct str *out)
{
        char value[FIGURE_TEXT], year[16];
        for (int i = 0; i < f->bases_n; i++) {
                const struct figure_base *base = &f->bases[i];
                snprintf(year, sizeof year, base->year ? " (%d)" : "", base->year);
                str_addf(out, "%s%s%s%s%s; %s%s%s", out->len ? "\n" : "", base->part, *base->part ? ": " : "",
                         figure_base_value(base, value), year, base->source, *base->note ? ". " : "", base->note);
        }
        for (int i = 0; i < f->complements_n; i++)
                str_addf(out, _("\nLa misma, al revés: %s, %s; %s"), f->complements[i].label,
                         figure_value(f, f->complements[i].value, value), f->complements[i].source);
}

static void add_warnings(const struct figure *f, struct str *out)
{
        for (int i = 0; i < f->warnings_n; i++)
                str_addf(out, "%s%s", i ? "\n" : "", f->warnings[i]);
        if (f->minimum > 1)
                str_addf(out, _("%sCon menos de %d no se muestra."), out->len ? "\n" : "", f->minimum);
}

static void put_meaning(struct figures_book *book, const struct figure *f)
{
        struct str bases = STR_INIT, warnings = STR_INIT;
        const char *texts[] = {f->key, f->label, book->figures->sections[f->section], f->unit, f->counted, f->numerator,
                               f->denominator, f->special, f->whole, f->breakdown, f->direction, f->source};
        add_bases(f, &bases);
        add_warnings(f, &warnings);
        for (int i = 0; i < (int)ARRAY_LEN(texts); i++)
                book_text(book, i, texts[i], book->text);
        book_text(book, (int)ARRAY_LEN(texts), bases.text, book->text);
        book_text(book, (int)ARRAY_LEN(texts) + 1, warnings.text, book->text);
        book_end_row(book);
        str_release(&bases);
        str_release(&warnings);
}

static void add_meanings(struct figures_book *book)
{
        static const struct book_column columns[] = {
                {_("Clave"), 28}, {_("Indicador"), 40}, {_("Sección"), 24}, {_("Unidad"), 12}, {_("Cuenta"), 13}, {_("Numerador"), 30},
                {_("Denominador"), 30}, {_("Cuenta especial"), 30}, {_("Es parte de"), 24}, {_("Desglose"), 12}, {_("Mejor si"), 9},
                {_("Fuente"), 12}, {_("Línea base y su fuente"), 44}, {_("Advertencias"), 44}};
        book_sheet(book, _("Explicación"));
        book_titles(book, columns, (int)ARRAY_LEN(columns), 2);
        for (int i = 0; i < book->figures->n; i++)
                put_meaning(book, &book->figures->items[i]);
        book_filter(book, 0, (int)ARRAY_LEN(columns));
}

/* ---- The book ---- */

static void add_sheets(struct figures_book *book)
{
        const struct figures *figures = book->figures;
        struct str name = STR_INIT;
        book_add_summary(book);
        add_indicators(book);
        add_matrix(book, _("Evolución"), figures->periods, figures->periods_n, at_period);
        str_addf(&name, _("Por %s"), figures->groups_title);
        if (figures->groups_n)
                add_matrix(book, name.text, figures->groups, figures->groups_n, at_group);
        add_data(book);
        book_add_charts(book);
        add_meanings(book);
        str_release(&name);
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
