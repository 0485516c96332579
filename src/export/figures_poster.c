/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The main figures on one sheet of A4, to hang on a wall: ten percentages at
 * most, large, each over its base; counts; what went well and what did not.  How
 * much there is of each is limited so that it is always one sheet.
 */
#include <math.h>
#include <string.h>

#include "figures_priv.h"

enum err_code figures_write_poster(const struct figures *figures, FILE *out, struct err *err);

enum { TILES = 10, COUNTS = 6, REMARKS = 3 };

static const char style[] =
        "@page{size:A4;margin:0}\n"
        "main{width:210mm;height:296mm;margin:0 auto;padding:11mm 13mm;display:flex;flex-direction:column;overflow:hidden}\n"
        "header{border-bottom:1.2mm solid #000;padding-bottom:2mm}\n"
        "h1{font-size:27pt;line-height:1.1;margin:0}header p{font-size:14pt;margin:1mm 0 0}\n"
        "h2{font-size:13pt;margin:0 0 1mm}\n"
        ".tiles{display:grid;grid-template-columns:1fr 1fr;gap:2mm 7mm;margin:3mm 0}\n"
        ".tiles>div{border-top:.3mm solid #777;padding-top:1.2mm;break-inside:avoid}\n"
        ".tiles p{margin:0;font-size:9pt}.tiles .label{font-size:10.5pt;min-height:8.8mm;line-height:1.2}\n"
        ".tiles strong{font-size:21pt;line-height:1.1}.tiles svg{display:block;width:100%;height:6mm}\n"
        ".counts{display:grid;grid-template-columns:repeat(6,1fr);gap:3mm;border-top:.6mm solid #000;padding-top:2mm}\n"
        ".counts p{margin:0;font-size:8.5pt;line-height:1.2}.counts strong{display:block;font-size:16pt}\n"
        ".two{display:grid;grid-template-columns:1fr 1fr;gap:7mm;border-top:.6mm solid #000;margin-top:3mm;padding-top:2mm}\n"
        ".two ul{margin:0;padding-left:4.5mm}.two li,.two p{font-size:9.5pt;line-height:1.25;margin:0 0 .8mm}\n"
        "footer{margin-top:auto;font-size:8pt;border-top:.3mm solid #777;padding-top:1.5mm}footer p{margin:0}\n"
        "@media screen and (max-width:60em){main{width:auto;height:auto;padding:4vw}.tiles,.two{grid-template-columns:1fr}"
        ".counts{grid-template-columns:repeat(2,1fr)}}\n"
        "@media print{.bar,.rail{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

/* ---- Tiles ---- */

static bool is_tile(const struct figures *figures, const struct figure *f, bool with_base)
{
        return f->mark == 'N' && !*f->whole && f->percent && figure_now(figures, f)->state == FIGURE_TOLD &&
               !f->reserved && (figure_drawn_base(f) != NULL) == with_base;
}

static void put_tile(const struct figures *figures, FILE *out, const struct figure *f)
{
        char text[FIGURE_TEXT];
        const struct figure_cell *now = figure_now(figures, f);
        const struct figure_base *base = figure_drawn_base(f);
        html_in(out, "<div><p class=\"label\">", f->label, "</p>");
        html_in(out, "<p><strong>", figure_value(f, now->value, text), "</strong> ");
        html_put(out, now->few ? "* " : "");
        if (isfinite(f->before)) {
                double change = now->value - f->before;
                html_put(out, "<span aria-hidden=\"true\">%s</span> ", change > 0 ? "▲" : change < 0 ? "▼" : "●");
                html_text(out, figure_difference(f, change, text));
                html_text(out, f->better > 0 ? _(", mejora") : f->better < 0 ? _(", empeora") : "");
        }
        html_put(out, "</p>");
        svg_gauge(out, f, now);
        html_put(out, "<p>n = ");
        html_text(out, figure_number((double)now->n, 0, false, text));
        html_put(out, " ");
        html_text(out, f->counted);
        if (base) {
                html_put(out, " · ");
                html_text(out, _("línea base "));
                html_text(out, figure_base_value(base, text));
                html_put(out, base->year ? " (%d; " : " (", base->year);
                html_text(out, base->source);
                html_put(out, ")");
        }
        if (isfinite(f->target)) {
                html_put(out, " · ");
                html_text(out, _("meta "));
                html_text(out, figure_value(f, f->target, text));
        }
        html_put(out, "</p></div>\n");
}

/* Those with a base first; then, while there is room, the others. */
static void put_tiles(const struct figures *figures, FILE *out)
{
        int n = 0;
        html_put(out, "<div class=\"tiles\">\n");
        for (int pass = 0; pass < 2; pass++)
                for (int i = 0; i < figures->n && n < TILES; i++)
                        if (is_tile(figures, &figures->items[i], pass == 0)) {
                                put_tile(figures, out, &figures->items[i]);
                                n++;
                        }
        html_put(out, "</div>\n");
}

/* ---- Counts ---- */

static void put_counts(const struct figures *figures, FILE *out)
{
        char text[FIGURE_TEXT];
        int n = 0;
        for (int i = 0; i < figures->n && n < COUNTS; i++) {
                const struct figure *f = &figures->items[i];
                const struct figure_cell *now = figure_now(figures, f);
                if (f->mark != 'N' || f->ratio || *f->whole || f->reserved || now->state != FIGURE_TOLD)
                        continue;
                html_put(out, n++ ? "" : "<div class=\"counts\">\n");
                html_in(out, "<p><strong>", figure_value(f, now->value, text), "</strong>");
                html_text(out, f->label);
                html_put(out, "</p>\n");
        }
        html_put(out, n ? "</div>\n" : "");
}

/* ---- Words ---- */

static void put_remarks(const struct figures *figures, FILE *out, const char *title, const char *none,
                        const struct figure_remark *remarks, int n)
{
        html_in(out, "<div><h2>", title, "</h2>");
        if (!n)
                html_in(out, "<p>", none, "</p>");
        for (int i = 0; i < n && i < REMARKS; i++) {
                html_put(out, i ? "<li>" : "<ul><li>");
                html_text(out, figures->items[remarks[i].item].label);
                html_put(out, ": ");
                html_text(out, remarks[i].why);
                html_put(out, "</li>");
        }
        html_put(out, n ? "</ul></div>\n" : "</div>\n");
}

static void put_top(const struct figures *figures, FILE *out)
{
        const char *period = figures->periods[figures->periods_n - 1];
        html_put(out, "<!DOCTYPE html>\n<html lang=\"es\"><head><meta charset=\"utf-8\"/>"
                      "<meta name=\"viewport\" content=\"width=device-width\"/><title>");
        html_text(out, figures->title);
        html_put(out, " · ");
        html_text(out, period);
        html_put(out, "</title>\n<style>\n%s%s</style></head>\n<body><main>\n", figures_style, style);
        html_in(out, "<header><h1>", figures->title, "</h1><p><strong>");
        html_text(out, figures->place);
        html_put(out, " · ");
        html_text(out, period);
        html_put(out, "</strong> (");
        html_text(out, figures->period_words);
        html_put(out, ")</p></header>\n");
}

enum err_code figures_write_poster(const struct figures *figures, FILE *out, struct err *err)
{
        (void)err; /* the caller looks at `out` */
        put_top(figures, out);
        put_tiles(figures, out);
        put_counts(figures, out);
        html_put(out, "<div class=\"two\">\n");
        put_remarks(figures, out, _("Logros"), _("Ninguno en este periodo."), figures->achievements, figures->achievements_n);
        put_remarks(figures, out, _("Alertas"), _("Ninguna en este periodo."), figures->alerts, figures->alerts_n);
        html_put(out, "</div>\n<footer>");
        html_in(out, "<p>", _("Línea cortada: línea base, de otra metodología; se muestra y no se compara con prueba estadística. Línea gruesa: "
                              "meta. ▲ ▼: sobre el periodo anterior. Con * hay pocos casos."), "</p><p>");
        html_text(out, _("Hecho el "));
        html_text(out, figures->made);
        html_put(out, "</p></footer>\n</main></body></html>\n");
        return ERR_OK;
}
