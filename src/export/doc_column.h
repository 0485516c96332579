/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Columns of lines, for documents as text: each is filled by itself, no line
 * wider than it, and then all are set side by side.
 */
#ifndef SIMAE_SRC_EXPORT_DOC_COLUMN_H
#define SIMAE_SRC_EXPORT_DOC_COLUMN_H

#include <stdio.h>

#include "base/str.h"

struct column {
        struct str text; /* lines, each ended by a line end */
        int width, lines;
};

/* At least 3 columns wide. */
void column_open(struct column *column, int width);
/* Word-wrapped, control characters as blanks; lines after the first are set in by `hang`. */
void column_add(struct column *column, const char *text, int hang);
/* The last line, to go on writing on it in column->text, until column_close(). */
void column_reopen(struct column *column);
void column_close(struct column *column);
int column_last_width(const struct column *column);
/* `what`, n times, on the line that is open. */
void column_repeat(struct column *column, const char *what, int n);
/* Side by side, with `between` in the gaps; frees them. */
void columns_put(FILE *out, struct column *columns, int n, const char *between);

#endif
