/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text and names as a workbook can hold them. */
#ifndef SIMAE_EXPORT_XLSX_TEXT_H
#define SIMAE_EXPORT_XLSX_TEXT_H

#include <stddef.h>

#include "base/str.h"

enum { XLSX_CELL_MAX = 32767, XLSX_NAME_MAX = 31 }; /* in units of UTF-16, as Excel counts */

/*
 * `out` becomes `text` for a cell: control characters as blanks, every line end
 * as one \n, malformed bytes as U+FFFD, «_x0041_» so that it is not read as a
 * letter, and no more than XLSX_CELL_MAX, with «…» at the end if it was cut.
 */
void xlsx_clean(struct str *out, const char *text);

/*
 * `out` becomes a name for a sheet: no []:*?/\ , at most XLSX_NAME_MAX, and for
 * `copy` above 1 with " (2)" at its end.  "Datos" if nothing is left.
 */
void xlsx_sheet_name(struct str *out, const char *title, int copy);

/* Lines that `cell` takes in a column of `width` letters, which breaks between words. */
int xlsx_lines(const char *cell, int width);

#endif
