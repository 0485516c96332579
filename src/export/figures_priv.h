/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writers of figures share. */
#ifndef SIMAE_SRC_EXPORT_FIGURES_PRIV_H
#define SIMAE_SRC_EXPORT_FIGURES_PRIV_H

#include "export/figures.h"
#include "markup.h"

enum { FIGURE_TEXT = 48 };

/* «66.7», «1,422»: with a comma between thousands; `decimals` at most, and exactly that many if `fixed`. */
char *figure_number(double value, int decimals, bool fixed, char out[FIGURE_TEXT]);
/* A value of an indicator with its sign: «66.7 %», «1,422», «S/ 7,000». */
char *figure_value(const struct figure *figure, double value, char out[FIGURE_TEXT]);
/* A difference: «+9.9 puntos», «-12». */
char *figure_difference(const struct figure *figure, double value, char out[FIGURE_TEXT]);
char *figure_base_value(const struct figure_base *base, char out[FIGURE_TEXT]);
/* The value, or why there is none: «muy pocos», «sin datos». */
char *figure_cell_text(const struct figure *figure, const struct figure_cell *cell, char out[FIGURE_TEXT]);
const struct figure_cell *figure_now(const struct figures *figures, const struct figure *figure);
const struct figure_cell *figure_group(const struct figures *figures, const struct figure *figure, int group, int period);
/* The first base of the whole in the indicator's own unit, which a chart may draw; NULL. */
const struct figure_base *figure_drawn_base(const struct figure *figure);
/* There is a figure or a base to show. */
bool figure_says_something(const struct figures *figures, const struct figure *figure);

/* ---- Charts in SVG: figures_svg.c ---- */

struct svg_bar { const char *label; const struct figure_cell *cell; bool whole; };
/* Horizontal bars with their numbers; the base and the target as lines across. */
void svg_bars(FILE *out, const struct figure *figure, const char *title, const struct svg_bar *bars, int n);
/* The value over the periods. */
void svg_line(FILE *out, const struct figures *figures, const struct figure *figure);
/* One bar of 0 to 100, for a poster. */
void svg_gauge(FILE *out, const struct figure *figure, const struct figure_cell *cell);

/* ---- Pieces of a page: figures_card.c ---- */

void page_card(FILE *out, const struct figures *figures, const struct figure *figure);
/* «Línea base 46 % (2022) · Fuente: S2:225» for one base, between tags. */
void page_base(FILE *out, const struct figure_base *base);
extern const char figures_style[];

#endif
