/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Charts as SVG inside a page: each with a title and a description that says
 * its numbers, and the numbers beside what is drawn.  The base is a dashed line
 * and the target a solid one, bars are dark on white with an outline: colours
 * only help.  Units are those of the drawing, which the page makes fit.
 */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "figures_priv.h"

enum { WIDTH = 380, LABELS = 128, NUMBERS = 92, ROW = 20, BAR = 13, TOP = 4, LEGEND = 18 };
enum { LABEL_LETTERS = 21 };

static const char *limit_text(const struct figure *figure, double target, char out[2 * FIGURE_TEXT])
{
        char value[FIGURE_TEXT];
        const struct figure_base *base = figure_drawn_base(figure);
        out[0] = '\0';
        if (base)
                snprintf(out, 2 * FIGURE_TEXT, _("línea base %s"), figure_base_value(base, value));
        if (isfinite(target)) {
                size_t n = strlen(out);
                snprintf(out + n, 2 * FIGURE_TEXT - n, _("%smeta %s"), n ? "; " : "", figure_value(figure, target, value));
        }
        return out;
}

static void open_svg(FILE *out, const char *class, int width, int height, const char *title)
{
        html_put(out, "<svg class=\"%s\" role=\"img\" viewBox=\"0 0 %d %d\" xmlns=\"http://www.w3.org/2000/svg\"><title>", class,
                 width, height);
        html_text(out, title);
        html_put(out, "</title><desc>");
}

/* Where values are drawn: percentages from 0 to 100, others to the greatest of what is drawn. */
static double greatest(const struct figure *figure, double most)
{
        const struct figure_base *base = figure_drawn_base(figure);
        if (figure->percent)
                return 100;
        if (base && base->value > most)
                most = base->value;
        if (isfinite(figure->target) && figure->target > most)
                most = figure->target;
        return most > 0 ? most : 1;
}

static double clamp(double value, double most)
{
        return value < 0 ? 0 : value > most ? most : value;
}

static void put_text(FILE *out, double x, double y, const char *anchor, const char *class, const char *text)
{
        html_put(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"", x, y, anchor);
        if (*class)
                html_put(out, " class=\"%s\"", class);
        html_put(out, ">");
        html_text(out, text);
        html_put(out, "</text>");
}

/* Long names are cut: the table beside the chart has them whole. */
static void put_label(FILE *out, double y, const char *class, const char *label)
{
        char cut[4 * LABEL_LETTERS + 8];
        bool whole = utf8_width(label) <= LABEL_LETTERS;
        int fit = (int)utf8_fit(label, whole ? LABEL_LETTERS : LABEL_LETTERS - 1);
        snprintf(cut, sizeof cut, "%.*s%s", fit, label, whole ? "" : "…");
        put_text(out, LABELS - 6, y, "end", class, cut);
}

/* ---- Bars ---- */

/* «Cajamarca 66.7 %, Cajabamba muy pocos; línea base 46 %» */
static void describe_bars(FILE *out, const struct figure *figure, const struct svg_bar *bars, int n)
{
        char text[FIGURE_TEXT], limits[2 * FIGURE_TEXT];
        for (int i = 0; i < n; i++) {
                html_put(out, i ? ", " : "");
                html_text(out, bars[i].label);
                html_put(out, " ");
                html_text(out, figure_cell_text(figure, bars[i].cell, text));
        }
        if (*limit_text(figure, figure->target, limits))
                html_put(out, "; ");
        html_text(out, limits);
        html_put(out, "</desc>");
}

static void put_bar(FILE *out, const struct figure *figure, const struct svg_bar *bar, double y, double most)
{
        char text[FIGURE_TEXT + 4];
        double room = WIDTH - LABELS - NUMBERS, length = 0;
        const char *class = bar->whole ? "whole" : "";
        put_label(out, y + BAR - 2.5, class, bar->label);
        if (bar->cell->state == FIGURE_TOLD) {
                length = room * clamp(bar->cell->value, most) / most;
                html_put(out, "<rect class=\"bar%s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>",
                         bar->whole ? " all" : "", LABELS, y, length, BAR);
        }
        figure_cell_text(figure, bar->cell, text);
        if (bar->cell->few)
                strcat(text, "*");
        put_text(out, LABELS + (length < room ? length : room) + 5, y + BAR - 2.5, "start", class, text);
}

static void put_upright(FILE *out, const char *class, double value, double most, double bottom)
{
        double x = LABELS + (WIDTH - LABELS - NUMBERS) * clamp(value, most) / most;
        html_put(out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%.1f\"/>", class, x, TOP - 3, x, bottom);
}

static void put_limits(FILE *out, const struct figure *figure, double most, double bottom)
{
        char limits[2 * FIGURE_TEXT];
        const struct figure_base *base = figure_drawn_base(figure);
        html_put(out, "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%.1f\"/>", LABELS, TOP - 3, LABELS, bottom);
        if (base)
                put_upright(out, "base", base->value, most, bottom);
        if (isfinite(figure->target))
                put_upright(out, "target", figure->target, most, bottom);
        if (*limit_text(figure, figure->target, limits))
                put_text(out, LABELS, bottom + LEGEND - 5, "start", "small", limits);
}

void svg_bars(FILE *out, const struct figure *figure, const char *title, const struct svg_bar *bars, int n)
{
        double most = 0;
        char limits[2 * FIGURE_TEXT];
        for (int i = 0; i < n; i++)
                if (bars[i].cell->state == FIGURE_TOLD && bars[i].cell->value > most)
                        most = bars[i].cell->value;
        most = greatest(figure, most);
        int bottom = TOP + n * ROW;
        open_svg(out, "bars", WIDTH, bottom + (*limit_text(figure, figure->target, limits) ? LEGEND : 2), title);
        describe_bars(out, figure, bars, n);
        for (int i = 0; i < n; i++)
                put_bar(out, figure, &bars[i], TOP + i * ROW + (ROW - BAR) / 2.0, most);
        put_limits(out, figure, most, bottom);
        html_put(out, "</svg>\n");
}

/* ---- A line over periods ---- */

enum { LINE_WIDTH = 380, LINE_HEIGHT = 124, LEFT = 26, RIGHT = 352, CEILING = 20, FLOOR = 88 };

struct scale { double most; int n; };

static double x_of(const struct scale *scale, int period)
{
        return scale->n < 2 ? (LEFT + RIGHT) / 2.0 : LEFT + (double)(RIGHT - LEFT) * period / (scale->n - 1);
}

static double y_of(const struct scale *scale, double value)
{
        return FLOOR - (FLOOR - CEILING) * clamp(value, scale->most) / scale->most;
}

static void put_level(FILE *out, const char *class, const struct scale *scale, double value)
{
        html_put(out, "<line class=\"%s\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>", class, LEFT - 12, y_of(scale, value),
                 RIGHT + 12, y_of(scale, value));
}

/* Broken where there is nothing to tell. */
static void put_path(FILE *out, const struct figure *figure, const struct scale *scale)
{
        bool drawing = false;
        html_put(out, "<path class=\"line\" d=\"");
        for (int p = 0; p < scale->n; p++) {
                bool told = figure->periods[p].state == FIGURE_TOLD;
                if (told)
                        html_put(out, "%s%.1f %.1f", drawing ? "L" : "M", x_of(scale, p), y_of(scale, figure->periods[p].value));
                drawing = told;
        }
        html_put(out, "\"/>");
}

static void put_points(FILE *out, const struct figures *figures, const struct figure *figure, const struct scale *scale)
{
        char text[FIGURE_TEXT];
        for (int p = 0; p < scale->n; p++) {
                const struct figure_cell *cell = &figure->periods[p];
                double x = x_of(scale, p), y = cell->state == FIGURE_TOLD ? y_of(scale, cell->value) : FLOOR;
                if (cell->state == FIGURE_TOLD) {
                        html_put(out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", x, y);
                        figure_number(cell->value, figure->ratio ? 1 : 0, figure->ratio, text);
                } else {
                        snprintf(text, sizeof text, "%s", cell->state == FIGURE_HIDDEN ? "…" : "—");
                }
                put_text(out, x, y - 7, "middle", "halo", text); /* white below it, so that a line does not cross it */
                put_text(out, x, y - 7, "middle", "value", text);
                put_text(out, x, FLOOR + 15, "middle", "small", figures->period_marks[p]);
        }
}

static void describe_line(FILE *out, const struct figures *figures, const struct figure *figure)
{
        char text[FIGURE_TEXT];
        for (int p = 0; p < figures->periods_n; p++) {
                html_put(out, p ? ", " : "");
                html_text(out, figures->periods[p]);
                html_put(out, " ");
                html_text(out, figure_cell_text(figure, &figure->periods[p], text));
        }
        html_put(out, "</desc>");
}

void svg_line(FILE *out, const struct figures *figures, const struct figure *figure)
{
        struct scale scale = {.n = figures->periods_n};
        char limits[2 * FIGURE_TEXT];
        const struct figure_base *base = figure_drawn_base(figure);
        for (int p = 0; p < scale.n; p++)
                if (figure->periods[p].state == FIGURE_TOLD && figure->periods[p].value > scale.most)
                        scale.most = figure->periods[p].value;
        scale.most = greatest(figure, scale.most);
        open_svg(out, "trend", LINE_WIDTH, LINE_HEIGHT, figure->label);
        describe_line(out, figures, figure);
        put_level(out, "axis", &scale, 0);
        if (base)
                put_level(out, "base", &scale, base->value);
        if (isfinite(figure->target))
                put_level(out, "target", &scale, figure->target);
        put_path(out, figure, &scale);
        put_points(out, figures, figure, &scale);
        if (*limit_text(figure, figure->target, limits))
                put_text(out, LEFT - 12, LINE_HEIGHT - 4, "start", "small", limits);
        html_put(out, "</svg>\n");
}

/* ---- One bar ---- */

void svg_gauge(FILE *out, const struct figure *figure, const struct figure_cell *cell)
{
        enum { LONG = 300, THICK = 12 };
        char text[FIGURE_TEXT], limits[2 * FIGURE_TEXT];
        const struct figure_base *base = figure_drawn_base(figure);
        open_svg(out, "gauge", LONG, THICK + 8, figure->label);
        html_text(out, figure_cell_text(figure, cell, text));
        if (*limit_text(figure, figure->target, limits))
                html_put(out, "; ");
        html_text(out, limits);
        html_put(out, "</desc><rect class=\"rail\" x=\"0.5\" y=\"4\" width=\"%d\" height=\"%d\"/>", LONG - 1, THICK);
        html_put(out, "<rect class=\"bar\" x=\"0.5\" y=\"4\" width=\"%.1f\" height=\"%d\"/>",
                 (LONG - 1) * clamp(cell->value, 100) / 100, THICK);
        if (base)
                html_put(out, "<line class=\"base\" x1=\"%.1f\" y1=\"0\" x2=\"%.1f\" y2=\"%d\"/>", LONG * clamp(base->value, 100) / 100,
                         LONG * clamp(base->value, 100) / 100, THICK + 8);
        if (isfinite(figure->target))
                html_put(out, "<line class=\"target\" x1=\"%.1f\" y1=\"0\" x2=\"%.1f\" y2=\"%d\"/>",
                         LONG * clamp(figure->target, 100) / 100, LONG * clamp(figure->target, 100) / 100, THICK + 8);
        html_put(out, "</svg>");
}
