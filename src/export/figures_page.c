/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures as one page (rules in export/figures.h): a summary, a card for each
 * indicator that has something to say (figures_card.c), section by section, and
 * what every indicator means.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figures_priv.h"

enum err_code figures_write_page(const struct figures *figures, FILE *out, struct err *err);

const char figures_style[] =
        "*{box-sizing:border-box}\n"
        ":root{color-scheme:light}\n"
        "body{font:11pt/1.35 'Liberation Sans',Arial,'DejaVu Sans',sans-serif;color:#000;background:#fff;margin:0}\n"
        "svg text{font:11px 'Liberation Sans',Arial,'DejaVu Sans',sans-serif;fill:#000}\n"
        "svg .small{font-size:10px}svg .value,svg .whole,svg .halo{font-weight:bold}.halo{stroke:#fff;stroke-width:4px}\n"
        ".bar{fill:#7fa7cf;stroke:#16395c;stroke-width:1}.bar.all{fill:#2b5c8f}\n"
        ".rail{fill:#fff;stroke:#777}.axis{stroke:#777;stroke-width:1}\n"
        ".base{stroke:#000;stroke-width:1.6;stroke-dasharray:4 3}.target{stroke:#000;stroke-width:2.2}\n"
        ".line{fill:none;stroke:#16395c;stroke-width:2}.dot{fill:#16395c}\n"
        "cite{font-style:normal}small{font-size:85%}\n";

static const char style[] =
        "main,header,nav,footer{max-width:62em;margin:0 auto;padding:0 1em}\n"
        "h1{font-size:20pt;margin:.6em 0 .1em}h2{font-size:15pt;margin:1.4em 0 .5em;border-bottom:2px solid #000}\n"
        "h3{font-size:12pt;margin:0}p{margin:.3em 0}a{color:#0b3d6e}\n"
        "nav ul{columns:18em;margin:.3em 0;padding-left:1.2em}\n"
        "article{border:1px solid #777;padding:.6em .8em;margin:0 0 .8em;break-inside:avoid}\n"
        ".of{font-size:90%}\n"
        ".body{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 1.2em}\n"
        ".now strong{font-size:20pt}.moved,.now span{font-size:95%}\n"
        "dl{margin:.3em 0;font-size:95%;display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1em .8em}dd{margin:0;grid-column:2}\n"
        ".warn{border-left:4px solid #000;padding-left:.5em;font-size:90%}\n"
        ".charts svg{display:block;width:100%;max-width:30em}.gauge{display:block;width:9em}\n"
        ".scroll{overflow-x:auto}table{border-collapse:collapse;font-size:90%}\n"
        "th,td{border:1px solid #999;padding:.15em .5em;text-align:left;vertical-align:top}\n"
        "td{white-space:nowrap}thead th{background:#e8e8e8}.text td{white-space:normal}\n"
        ".two{display:grid;grid-template-columns:1fr 1fr;gap:0 1.5em}.two li{margin:.25em 0}\n"
        "@media(max-width:44em){.body,.two{grid-template-columns:minmax(0,1fr)}h1{font-size:17pt}"
        ".text table,.text tbody,.text tr,.text td,.text th{display:block;border:0}.text thead{display:none}"
        ".text tr{border:1px solid #999;margin:0 0 .6em}}\n"
        "@page{size:A4;margin:12mm 12mm 14mm}\n"
        "@media print{body{font-size:9pt}main,header,footer{max-width:none;padding:0}nav{display:none}a{color:#000;text-decoration:none}"
        "h1{font-size:16pt}h2{font-size:12pt;break-after:avoid}h3{font-size:10pt}.now strong{font-size:14pt}"
        ".scroll{overflow:visible}tr{break-inside:avoid}thead{display:table-header-group}"
        ".bar,.rail{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

/* ---- The beginning ---- */

static void put_head(const struct figures *figures, FILE *out)
{
        html_put(out, "<!DOCTYPE html>\n<html lang=\"es\"><head><meta charset=\"utf-8\"/>"
                      "<meta name=\"viewport\" content=\"width=device-width\"/><title>");
        html_text(out, figures->title);
        html_put(out, " · ");
        html_text(out, figures->place);
        html_put(out, " · ");
        html_text(out, figures->periods[figures->periods_n - 1]);
        html_put(out, "</title>\n<style>\n%s%s", figures_style, style);
        html_put(out, "@page{@bottom-right{font:8pt sans-serif;content:\"%s\" counter(page) \"%s\" counter(pages)}}\n</style></head>\n",
                 _("Página "), _(" de "));
}

static void put_heading(const struct figures *figures, FILE *out)
{
        html_put(out, "<body>\n<header><h1>");
        html_text(out, figures->title);
        html_put(out, "</h1>\n<p><strong>");
        html_text(out, figures->place);
        html_put(out, " · ");
        html_text(out, figures->periods[figures->periods_n - 1]);
        html_put(out, "</strong> (");
        html_text(out, figures->period_words);
        html_put(out, ") · ");
        html_text(out, _("hecho el "));
        html_text(out, figures->made);
        html_put(out, "</p></header>\n");
}

static bool section_shows(const struct figures *figures, int section)
{
        for (int i = 0; i < figures->n; i++)
                if (figures->items[i].section == section && figure_says_something(figures, &figures->items[i]))
                        return true;
        return false;
}

static void put_contents(const struct figures *figures, FILE *out)
{
        html_put(out, "<nav aria-label=\"%s\"><ul>\n", _("Secciones"));
        html_put(out, "<li><a href=\"#resumen\">%s</a></li>\n", _("Logros y alertas"));
        for (int s = 0; s < figures->sections_n; s++)
                if (section_shows(figures, s)) {
                        html_put(out, "<li><a href=\"#s%d\">", s);
                        html_text(out, figures->sections[s]);
                        html_put(out, "</a></li>\n");
                }
        html_put(out, "<li><a href=\"#explica\">%s</a></li>\n</ul></nav>\n", _("Qué significa cada indicador"));
}

/* ---- The summary ---- */

static void put_remarks(const struct figures *figures, FILE *out, const char *title, const char *none,
                        const struct figure_remark *remarks, int n)
{
        html_put(out, "<div>");
        html_in(out, "<h3>", title, "</h3>\n");
        if (!n)
                html_in(out, "<p>", none, "</p>\n");
        else
                html_put(out, "<ul>\n");
        for (int i = 0; i < n; i++) {
                const struct figure *f = &figures->items[remarks[i].item];
                html_put(out, "<li><a href=\"#i-%s\">", f->key);
                html_text(out, f->label);
                html_put(out, "</a>: ");
                html_text(out, remarks[i].why);
                html_put(out, "</li>\n");
        }
        html_put(out, n ? "</ul></div>\n" : "</div>\n");
}

/* The main indicators that have a base, each with its value over it. */
static bool is_main(const struct figures *figures, const struct figure *f)
{
        return f->mark == 'N' && !*f->whole && f->percent && figure_now(figures, f)->state == FIGURE_TOLD && figure_drawn_base(f);
}

static void put_main_table(const struct figures *figures, FILE *out)
{
        html_put(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table><thead><tr>",
                 _("Indicadores principales"));
        for (const char *const *title = (const char *const[]){_("Indicador principal"), _("Valor y línea base"), _("Valor"), "n",
                                                              _("Línea base"), _("Fuente"), _("Meta"), NULL}; *title; title++)
                html_in(out, "<th scope=\"col\">", *title, "</th>");
        html_put(out, "</tr></thead><tbody>\n");
        for (int i = 0; i < figures->n; i++) {
                const struct figure *f = &figures->items[i];
                char text[FIGURE_TEXT];
                if (!is_main(figures, f))
                        continue;
                const struct figure_cell *now = figure_now(figures, f);
                const struct figure_base *base = figure_drawn_base(f);
                html_put(out, "<tr><th scope=\"row\"><a href=\"#i-%s\">", f->key);
                html_text(out, f->label);
                html_put(out, "</a></th><td class=\"chart\">");
                svg_gauge(out, f, now);
                html_in(out, "</td><td>", figure_value(f, now->value, text), now->few ? "*</td>" : "</td>");
                html_in(out, "<td>", figure_number((double)now->n, 0, false, text), "</td><td>");
                html_text(out, figure_base_value(base, text));
                if (base->year)
                        html_put(out, " (%d)", base->year);
                html_in(out, "</td><td>", base->source, "</td><td>");
                html_text(out, isfinite(f->target) ? figure_value(f, f->target, text) : "—");
                html_put(out, "</td></tr>\n");
        }
        html_put(out, "</tbody></table></div>\n");
}

static void put_summary(const struct figures *figures, FILE *out)
{
        html_put(out, "<section id=\"resumen\">");
        html_in(out, "<h2>", _("Logros y alertas"), "</h2>\n<div class=\"two\">\n");
        put_remarks(figures, out, _("Logros"), _("Ninguno según la regla de abajo."), figures->achievements, figures->achievements_n);
        put_remarks(figures, out, _("Alertas"), _("Ninguna según la regla de abajo."), figures->alerts, figures->alerts_n);
        html_in(out, "</div>\n<p><small>", figures->remarks_rule, "</small></p>\n");
        put_main_table(figures, out);
        html_put(out, "</section>\n");
}

/* ---- Sections ---- */

/* Indicators with nothing to show are named, so that nobody looks for them in vain. */
static void put_silent(const struct figures *figures, FILE *out, int section)
{
        int n = 0;
        for (int i = 0; i < figures->n; i++) {
                const struct figure *f = &figures->items[i];
                if (f->section != section || figure_says_something(figures, f))
                        continue;
                html_put(out, n++ ? "; " : "<p><small>");
                if (n == 1)
                        html_text(out, _("Sin datos ni línea base: "));
                html_text(out, f->label);
        }
        html_put(out, n ? ".</small></p>\n" : "");
}

static void put_section(const struct figures *figures, FILE *out, int section)
{
        html_put(out, "<section id=\"s%d\"><h2>", section);
        html_text(out, figures->sections[section]);
        html_put(out, "</h2>\n");
        for (int i = 0; i < figures->n; i++)
                if (figures->items[i].section == section && figure_says_something(figures, &figures->items[i]))
                        page_card(out, figures, &figures->items[i]);
        put_silent(figures, out, section);
        html_put(out, "</section>\n");
}

/* ---- What it all means ---- */

static void put_meaning(FILE *out, const struct figure *f)
{
        html_put(out, "<tr><th scope=\"row\">");
        html_text(out, f->label);
        html_in(out, "<br/><small>", f->key, "</small></th><td>");
        html_text(out, f->unit);
        html_in(out, "; ", f->counted, "");
        html_put(out, "</td><td>");
        html_text(out, f->numerator);
        html_in(out, " / ", f->denominator, "");
        html_in(out, " <small>", f->special, "</small>");
        html_put(out, "</td><td>");
        html_text(out, *f->direction ? f->direction : "—");
        html_in(out, "</td><td>", f->source, "");
        if (!*f->source)
                html_put(out, "</td><td>");
        for (int i = 0; i < f->bases_n; i++) {
                html_put(out, i || *f->source ? "; " : "");
                html_text(out, f->bases[i].source);
        }
        html_put(out, "</td></tr>\n");
}

static void put_meanings(const struct figures *figures, FILE *out)
{
        html_put(out, "<section id=\"explica\">");
        html_in(out, "<h2>", _("Qué significa cada indicador"), "</h2>\n");
        html_in(out, "<p>", figures->note, "</p>\n");
        html_in(out, "<p>", _("n es cuántas unidades (personas, instituciones…) cuentan en la cifra; de cada una vale su último registro del "
                              "periodo. La línea cortada es la línea base y la gruesa, la meta. «S2:15» es la línea 15 del "
                              "documento S2. Con * hay pocos casos; «muy pocos» son tan pocas personas que el dato no se muestra, ni lo que "
                              "permitiría deducirlo."), "</p>\n");
        if (figures->left_out) {
                html_put(out, "<p>");
                html_put(out, _("Hay %d indicadores reservados que no se muestran aquí."), figures->left_out);
                html_put(out, "</p>\n");
        }
        html_put(out, "<div class=\"text\"><table><thead><tr>");
        for (const char *const *title = (const char *const[]){_("Indicador"), _("Unidad"), _("Qué cuenta"), _("Mejor si"), _("Fuente"), NULL};
             *title; title++)
                html_in(out, "<th scope=\"col\">", *title, "</th>");
        html_put(out, "</tr></thead><tbody>\n");
        for (int i = 0; i < figures->n; i++)
                put_meaning(out, &figures->items[i]);
        html_put(out, "</tbody></table></div></section>\n");
}

enum err_code figures_write_page(const struct figures *figures, FILE *out, struct err *err)
{
        (void)err; /* the caller looks at `out` */
        put_head(figures, out);
        put_heading(figures, out);
        put_contents(figures, out);
        html_put(out, "<main>\n");
        put_summary(figures, out);
        for (int s = 0; s < figures->sections_n; s++)
                if (section_shows(figures, s))
                        put_section(figures, out, s);
        put_meanings(figures, out);
        html_put(out, "</main>\n</body></html>\n");
        return ERR_OK;
}
