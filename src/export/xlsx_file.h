/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workbook under way.  libxlsxwriter writes to a file by its name and cannot
 * say that its own temporary files did not fit, so the book goes to a file
 * without a name in the temporary folder, nothing of it reaches `out` before it
 * is whole, and the room is looked at first.
 *
 * Rows are written in order and forgotten (constant_memory).  No author, no
 * computer; the date is the clock's, so the same content gives the same file.
 */
#ifndef SIMAE_SRC_EXPORT_XLSX_FILE_H
#define SIMAE_SRC_EXPORT_XLSX_FILE_H

#include <stdio.h>
#include <xlsxwriter.h>

#include "base/err.h"

struct xlsx_file {
        lxw_workbook *workbook; /* NULL: it could not be opened */
        const char *folder;     /* for temporary files */
        int fd;                 /* of the book */
};

/* In both cases xlsx_file_close() follows. */
enum err_code xlsx_file_open(struct xlsx_file *file, const char *title, struct err *err);
/* With `rc` ERR_OK the book goes to `out`; else, or on failure, nothing does. Returns `rc` or what failed; a failure
 * of `out` is the caller's to see. */
enum err_code xlsx_file_close(struct xlsx_file *file, FILE *out, enum err_code rc, struct err *err);

enum { XLSX_GENERAL = 0, XLSX_AS_TEXT = 49 }; /* number formats that every program has */
/* A format aligned to the top. */
lxw_format *xlsx_format(struct xlsx_file *file, int number_format);

#endif
