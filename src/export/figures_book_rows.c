/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets of the workbook of figures that are rows: indicators, matrices, all the data, and what they mean. */
#include "figures_book.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
        if (isfinite(f->coverage))
                book_number(book, 13, f->coverage / 100, book->percent);
        book_text(book, 14, warning_of(f, now), book->text);
        book_text(book, 15, f->key, book->text);
        book_end_row(book);
}

void book_add_indicators(struct figures_book *book)
{
        static const struct book_column columns[] = {
                {_("Sección"), 24}, {_("Indicador"), 48}, {_("Valor"), 10}, {"n", 8}, {_("Anterior"), 10}, {_("Diferencia"), 11},
                {_("Hace un año"), 11}, {_("Meta"), 9}, {_("Brecha"), 9}, {_("Línea base"), 11}, {_("Año"), 7}, {_("Fuente"), 16},
                {_("Contra la línea base"), 12}, {_("Cobertura (hoy)"), 11}, {_("Aviso"), 26}, {_("Clave"), 28}};
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

void book_add_data(struct figures_book *book)
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
        char value[FIGURE_TEXT];
        for (int i = 0; i < f->bases_n; i++) {
                const struct figure_base *base = &f->bases[i];
                str_addf(out, "%s%s%s%s", out->len ? "\n" : "", base->part, *base->part ? ": " : "", figure_base_value(base, value));
                if (base->year)
                        str_addf(out, " (%d)", base->year);
                str_addf(out, "; %s%s%s", base->source, *base->note ? ". " : "", base->note);
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

void book_add_meanings(struct figures_book *book)
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

void book_add_evolution(struct figures_book *book)
{
        add_matrix(book, _("Evolución"), book->figures->periods, book->figures->periods_n, at_period);
}

void book_add_groups(struct figures_book *book)
{
        struct str name = STR_INIT;
        str_addf(&name, _("Por %s"), book->figures->groups_title);
        if (book->figures->groups_n)
                add_matrix(book, name.text, book->figures->groups, book->figures->groups_n, at_group);
        str_release(&name);
}
