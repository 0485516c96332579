/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Foreign tables, read row by row: DBF, and CSV with `;` `,` or tabs.  What
 * the columns mean is decided above; memory does not grow with the file.
 *
 * Nothing in a file is trusted: a row that cannot be read is INTAKE_BAD with
 * its reason and the next one follows.  Cells are UTF-8, whatever the file's
 * encoding; blanks around them are dropped, a NUL ends them (DBF pads with it).
 */
#ifndef SIMAE_INTAKE_INTAKE_H
#define SIMAE_INTAKE_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct intake;

enum { INTAKE_COLUMNS_MAX = 2048, INTAKE_ROW_MAX = 1 << 16 };

struct intake_info {
        const char *kind;     /* "DBF" or "CSV" */
        const char *encoding; /* "UTF-8", "CP850", "CP1252", or the name given */
        char separator;       /* CSV: ';' ',' or '\t'; DBF: 0 */
        const char *const *columns;
        int columns_n;
        int64_t rows;         /* DBF: how many there are; CSV: -1, not known before the end */
        const char *note;     /* something odd about the whole file, as a sentence; or NULL */
};

/*
 * Open `path`; its content decides what it is, not its name.  `encoding` is a
 * name of iconv (UTF-8, or any with one byte a letter), or NULL: found by what
 * the bytes say (valid UTF-8; else whether CP850 or CP1252 gives Spanish words).
 * ERR_NOT_FOUND, ERR_IO: cannot be read.  ERR_INVALID: neither DBF nor CSV, a
 * workbook, a ZIP, UTF-16, a header that contradicts itself, an unknown encoding.
 */
enum err_code intake_open(const char *path, const char *encoding, struct intake **ret, struct err *err);
/* `intake` may be NULL. */
void intake_close(struct intake *intake);
/* Borrowed until intake_close(). */
const struct intake_info *intake_info(const struct intake *intake);
/* The index of a column, any case, or -1; of several with one name, the first. */
int intake_column(const struct intake *intake, const char *name);

enum intake_step { INTAKE_ROW, INTAKE_BAD, INTAKE_END };
enum intake_step intake_next(struct intake *intake);
/* Of the present row: its record number (DBF) or line (CSV), from 1. */
int64_t intake_number(const struct intake *intake);
/* Why the present row is INTAKE_BAD. */
const char *intake_problem(const struct intake *intake);
/* A cell of the present row, until the next; NULL if its bytes are no text in this encoding. */
const char *intake_cell(struct intake *intake, int column);
/* How far into the file, 0 to 100. */
int intake_percent(const struct intake *intake);
/* From the first row again. */
void intake_rewind(struct intake *intake);

#endif
