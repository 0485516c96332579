/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One indicator on the page of figures: its value, what it is set against, its
 * charts, and the table with every number that the charts draw.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "figures_priv.h"

/* ---- What is said in words ---- */

static void put_fact(FILE *out, const char *name, const char *value, const char *more)
{
        html_put(out, "<dt>");
        html_text(out, name);
        html_put(out, "</dt><dd>");
        html_text(out, value);
        html_in(out, " <small>", more, "</small>");
        html_put(out, "</dd>\n");
}

/* «▲ 9.9 puntos más que T3 2026 (56.8 %): mejora» */
static void put_movement(FILE *out, const struct figures *figures, const struct figure *f)
{
        char moved[FIGURE_TEXT], before[FIGURE_TEXT];
        double value = figure_now(figures, f)->value, change = value - f->before;
        if (!isfinite(change))
                return;
        html_put(out, "<p class=\"moved\"><span aria-hidden=\"true\">%s</span> ", change > 0 ? "▲" : change < 0 ? "▼" : "●");
        html_text(out, figure_difference(f, change, moved));
        html_put(out, " ");
        html_text(out, _("sobre el periodo anterior"));
        html_put(out, " (");
        html_text(out, figure_value(f, f->before, before));
        html_put(out, ")");
        html_text(out, f->better > 0 ? _(": mejora") : f->better < 0 ? _(": empeora") : "");
        html_put(out, "</p>\n");
}

static void put_value(FILE *out, const struct figures *figures, const struct figure *f)
{
        char text[FIGURE_TEXT], n[FIGURE_TEXT];
        const struct figure_cell *now = figure_now(figures, f);
        html_put(out, "<p class=\"now\"><strong>");
        html_text(out, figure_cell_text(f, now, text));
        html_put(out, "</strong>");
        if (now->state == FIGURE_TOLD) {
                html_put(out, " <span>n = ");
                html_text(out, figure_number((double)now->n, 0, false, n));
                html_put(out, " ");
                html_text(out, f->counted);
                html_put(out, "</span>");
        }
        html_put(out, "</p>\n");
        if (now->few)
                html_in(out, "<p class=\"warn\">", _("Pocos casos: léase con cuidado."), "</p>\n");
        if (now->state == FIGURE_HIDDEN)
                html_in(out, "<p class=\"warn\">", _("Son muy pocas personas para mostrar el dato."), "</p>\n");
        put_movement(out, figures, f);
}

void page_base(FILE *out, const struct figure_base *base)
{
        char value[FIGURE_TEXT];
        html_in(out, "", base->part, ": ");
        html_text(out, figure_base_value(base, value));
        if (base->year)
                html_put(out, " (%d)", base->year);
        html_put(out, " <cite>");
        html_text(out, _("Fuente: "));
        html_text(out, base->source);
        html_put(out, "</cite>");
        html_in(out, " <small>", base->note, "</small>");
}

static void put_bases(FILE *out, const struct figure *f)
{
        char gap[FIGURE_TEXT];
        if (f->bases_n)
                html_in(out, "<dt>", _("Línea base"), "</dt>");
        for (int i = 0; i < f->bases_n; i++) {
                html_put(out, "<dd>");
                page_base(out, &f->bases[i]);
                if (isfinite(f->bases[i].gap)) {
                        html_put(out, " <small>");
                        html_text(out, _("Diferencia: "));
                        html_text(out, figure_difference(f, f->bases[i].gap, gap));
                        html_put(out, "</small>");
                }
                html_put(out, "</dd>\n");
        }
}

static void put_complements(FILE *out, const struct figure *f)
{
        if (f->complements_n)
                html_in(out, "<dt>", _("La misma, al revés"), "</dt>");
        for (int i = 0; i < f->complements_n; i++) {
                const struct figure_complement *c = &f->complements[i];
                struct figure_base base = {.value = c->value, .sign = f->sign, .source = c->source, .part = c->label, .note = ""};
                html_put(out, "<dd>");
                page_base(out, &base);
                html_put(out, "</dd>\n");
        }
}

/* Every pair that there is. */
static void put_pairs(FILE *out, const struct figure *f)
{
        char text[FIGURE_TEXT], gap[FIGURE_TEXT];
        if (isfinite(f->target))
                put_fact(out, _("Meta"), figure_value(f, f->target, text), f->target_note);
        if (isfinite(f->gap))
                put_fact(out, _("Brecha"), figure_difference(f, f->gap, gap),
                         f->goal == FIGURE_REACHED ? _("alcanza la meta") : f->goal == FIGURE_MISSED ? _("no alcanza la meta") : "");
        if (isfinite(f->year_before))
                put_fact(out, _("Hace un año"), figure_value(f, f->year_before, text), "");
        if (isfinite(f->coverage)) {
                figure_number(f->coverage, 1, true, text);
                strcat(text, " %");
                put_fact(out, _("Cobertura"), text, _("de lo que hay hoy en el directorio"));
        }
        put_bases(out, f);
        put_complements(out, f);
}

static void put_facts(FILE *out, const struct figure *f)
{
        bool any = f->bases_n || f->complements_n || isfinite(f->target) || isfinite(f->year_before) || isfinite(f->coverage);
        html_put(out, any ? "<dl>\n" : "");
        put_pairs(out, f);
        html_put(out, any ? "</dl>\n" : "");
        if (f->reserved)
                html_in(out, "<p class=\"warn\">", _("Reservado: sus cifras no están en esta página."), "</p>\n");
        for (int i = 0; i < f->warnings_n; i++)
                html_in(out, "<p class=\"warn\">", f->warnings[i], "</p>\n");
}

/* ---- Charts ---- */

static int told(const struct figure_cell *cells, int n)
{
        int count = 0;
        for (int i = 0; i < n; i++)
                count += cells[i].state == FIGURE_TOLD;
        return count;
}

/* Those with something to say; the table has the rest, and one alone is the whole. */
static void put_groups_chart(FILE *out, const struct figures *figures, const struct figure *f)
{
        struct svg_bar *bars = xcalloc((size_t)figures->groups_n + 1, sizeof *bars);
        int n = 1;
        bars[0] = (struct svg_bar){figures->place, figure_now(figures, f), true};
        for (int g = 0; g < figures->groups_n; g++) {
                const struct figure_cell *cell = figure_group(figures, f, g, figures->periods_n - 1);
                if (cell->state != FIGURE_NOTHING)
                        bars[n++] = (struct svg_bar){figures->groups[g], cell, false};
        }
        if (n > 2)
                svg_bars(out, f, f->label, bars, n);
        free(bars);
}

static void put_parts_chart(FILE *out, const struct figure *f)
{
        struct svg_bar *bars = xcalloc((size_t)f->parts_n + 1, sizeof *bars);
        struct figure plain = *f; /* the base and the target are of the whole */
        plain.bases_n = 0;
        plain.target = NAN;
        for (int i = 0; i < f->parts_n; i++)
                bars[i] = (struct svg_bar){f->parts[i].label, &f->parts[i].cell, false};
        svg_bars(out, &plain, f->breakdown, bars, f->parts_n);
        free(bars);
}

static void put_charts(FILE *out, const struct figures *figures, const struct figure *f)
{
        html_put(out, "<div class=\"charts\">\n");
        if (figures->groups_n)
                put_groups_chart(out, figures, f);
        if (f->parts_n)
                put_parts_chart(out, f);
        if (told(f->periods, figures->periods_n) > 1)
                svg_line(out, figures, f);
        html_put(out, "</div>\n");
}

/* ---- The numbers ---- */

static void put_cell(FILE *out, const struct figure *f, const struct figure_cell *cell)
{
        char text[FIGURE_TEXT], n[FIGURE_TEXT];
        html_put(out, "<td>");
        if (cell->state == FIGURE_NOTHING)
                html_text(out, "—");
        else
                html_text(out, figure_cell_text(f, cell, text));
        if (cell->few)
                html_put(out, "*");
        if (cell->state == FIGURE_TOLD && f->ratio) {
                html_put(out, " <small>");
                html_text(out, figure_number((double)cell->n, 0, false, n));
                html_put(out, "</small>");
        }
        html_put(out, "</td>");
}

static void put_row(FILE *out, const struct figures *figures, const struct figure *f, const char *name,
                    const struct figure_cell *cells)
{
        html_put(out, "<tr><th scope=\"row\">");
        html_text(out, name);
        html_put(out, "</th>");
        for (int p = 0; p < figures->periods_n; p++)
                put_cell(out, f, &cells[p]);
        html_put(out, "</tr>\n");
}

static void put_periods_table(FILE *out, const struct figures *figures, const struct figure *f)
{
        html_put(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        html_text(out, f->label);
        html_put(out, "\"><table><thead><tr><th scope=\"col\">");
        html_text(out, figures->groups_n ? figures->groups_title : _("Periodo"));
        html_put(out, "</th>");
        for (int p = 0; p < figures->periods_n; p++)
                html_in(out, "<th scope=\"col\">", figures->periods[p], "</th>");
        html_put(out, "</tr></thead><tbody>\n");
        put_row(out, figures, f, figures->place, f->periods);
        for (int g = 0; g < figures->groups_n; g++)
                if (told(figure_group(figures, f, g, 0), figures->periods_n) || figure_group(figures, f, g, figures->periods_n - 1)->state)
                        put_row(out, figures, f, figures->groups[g], figure_group(figures, f, g, 0));
        html_put(out, "</tbody></table></div>\n");
}

void page_card(FILE *out, const struct figures *figures, const struct figure *f)
{
        bool counted = told(f->periods, figures->periods_n) || figure_now(figures, f)->state != FIGURE_NOTHING;
        html_put(out, "<article id=\"i-%s\"><h3>", f->key);
        html_text(out, f->label);
        html_put(out, "</h3>\n");
        if (*f->whole) {
                html_put(out, "<p class=\"of\">");
                html_text(out, _("Es parte de: "));
                html_text(out, f->whole);
                html_put(out, "</p>\n");
        }
        html_put(out, "<div class=\"body\"><div class=\"words\">\n");
        if (!f->context && !f->reserved)
                put_value(out, figures, f);
        put_facts(out, f);
        html_put(out, "</div>\n");
        if (counted)
                put_charts(out, figures, f);
        html_put(out, "</div>\n");
        if (counted && (figures->groups_n || figures->periods_n > 1))
                put_periods_table(out, figures, f);
        html_put(out, "</article>\n");
}
