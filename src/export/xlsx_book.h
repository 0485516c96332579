/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book that src/export/formats/xlsx.c makes and src/export/xlsx_sheet.c fills. */
#ifndef SIMAE_EXPORT_XLSX_BOOK_H
#define SIMAE_EXPORT_XLSX_BOOK_H

#include "base/str.h"
#include "export/export.h"
#include "xlsx_file.h"

/* The state of its run. */
struct book {
        struct xlsx_file file;
        lxw_worksheet *sheet; /* that is being written */
        int rows;             /* it has already */
        int columns_n, *widths; /* of its columns, in letters */
        struct table fields;  /* rows of the sheet that explains the others */
        lxw_format *title, *text, *long_text, *number, *date;
        struct str clean;
};

/* A sheet with its titles and no rows yet; its columns are explained in book->fields. May set run->failed. */
void xlsx_add_sheet(struct export_run *run, const struct table *table);
/* Row `index` of the table as the one numbered `at` of the sheet, from 0. ERR_LIMIT in run->failed. */
void xlsx_put_row(struct export_run *run, const struct table *table, int index, int at);
/* Filters and the like, which want to know how many rows there are. */
void xlsx_end_sheet(struct export_run *run, int rows);
/* An empty table of the columns of «Campos». */
void xlsx_init_fields(struct table *fields);
/* The sheet that explains the columns of those before it. */
void xlsx_add_fields(struct export_run *run);

#endif
