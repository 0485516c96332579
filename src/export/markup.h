/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writers of pages share: markup, and text that cannot become markup. */
#ifndef SIMAE_EXPORT_MARKUP_H
#define SIMAE_EXPORT_MARKUP_H

#include <stdio.h>

/* Markup: nothing that a person reads as words. */
void html_put(FILE *out, const char *markup, ...) __attribute__((format(printf, 2, 3)));
/* Escaped; what XML cannot hold becomes a blank. */
void html_text(FILE *out, const char *text);
/* Text between two pieces of markup; nothing at all if it is empty. */
void html_in(FILE *out, const char *open, const char *text, const char *close);
/* Inside quotes in a style sheet, which is inside HTML. */
void html_css(FILE *out, const char *text);

#endif
