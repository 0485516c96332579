/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book that src/export/formats/xlsx.c makes and src/export/xlsx_sheet.c fills. */
#ifndef SIMAE_EXPORT_XLSX_BOOK_H
#define SIMAE_EXPORT_XLSX_BOOK_H

#include <xlsxwriter.h>

#include "base/str.h"
#include "export/export.h"

/* The state of its run. */
struct book {
        lxw_workbook *workbook;
        lxw_worksheet *sheet; /* that is being written */
        int *widths;          /* of its columns, in letters */
        lxw_format *title, *text, *long_text, *number, *date;
        struct str clean;
        const char *folder; /* for temporary files */
        int fd;             /* of the book */
};

/* A sheet with its titles and no rows yet. May set run->failed. */
void xlsx_add_sheet(struct export_run *run, const struct table *table);
void xlsx_put_row(struct book *book, const struct table *table, int index);
void xlsx_add_whole_sheet(struct export_run *run, const struct table *table);
/* The sheet that explains the columns of those before it. */
void xlsx_add_fields(struct export_run *run);

#endif
