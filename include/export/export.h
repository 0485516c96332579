/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables to files that other programs and people read.  The formats are the
 * rows of formats.def, each with its file in src/export/formats/.
 *
 * csv     UTF-8 with a byte order mark, `;` between cells, CRLF, quotes as in
 *         RFC 4180; the first row is the columns' names.  What looks like a
 *         number is quoted unless it is a number of a number column without
 *         leading zeros, so codes and identity numbers stay text.  A cell that
 *         a spreadsheet would take for a formula (it begins with = + - @ a tab
 *         or a line end, or their full-width forms) and is not a plain number
 *         gets an apostrophe before it, whatever its column; -3.5 and +51987
 *         are plain numbers and stay as they are.
 * json    one array of an object a row, with the columns' names as keys; cells of
 *         number columns that are JSON numbers as they stand, all else as strings;
 *         empty cells left out.
 * ndjson  the same objects, each on a line of its own.
 * xlsx    a workbook: a sheet of the table, one of each table that goes with it
 *         (table->more), and «Campos», which explains the columns.  The first row
 *         is the columns' titles.  Numbers and days of their columns are numbers
 *         and days (dd/mm/yyyy), all else is text as it stands, formulas included;
 *         a cell of more than 32,767 letters is cut, with «…».  No author, no
 *         computer; the date is the clock's, so the same table gives the same file.
 * html    one page that needs nothing else: a table on a screen, cards on a
 *         telephone, A4 landscape on paper (cards if it is wider than that).
 * texto   the columns' titles, a rule, and aligned columns; control characters
 *         and line ends as blanks, so that no cell can steer a terminal.
 *
 * Tables may come a batch of rows at a time (struct export_source), so that
 * one of any length needs the memory of a batch.  What is measured (the widths
 * of columns, whether a page is wide) is then measured over the first batch.
 */
#ifndef SIMAE_EXPORT_EXPORT_H
#define SIMAE_EXPORT_EXPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "base/table.h"

/* One export under way; `state` is the format's own, freed with free() at the end. */
struct export_run {
        const struct table *table; /* with the rows of this batch */
        int before;                /* rows of the table that went before this batch */
        bool whole;                /* the first batch was all of the table */
        bool begun;
        FILE *out;
        void *state;
        enum err_code failed; /* what `out` cannot show: set with *err, and the row is the last */
        struct err *err;
};

/* A format writes to run->out without looking at errors: the caller does, after each row. */
struct export_class {
        bool binary;  /* not for a terminal */
        bool reading; /* for people: words instead of codes */
        void (*begin)(struct export_run *run);
        void (*row)(struct export_run *run, int row); /* of this batch */
        /* run->table is another that goes with the first; NULL: the format has room for the first only */
        void (*next)(struct export_run *run);
        void (*end)(struct export_run *run); /* called after a failure too; NULL: nothing to do */
};

struct export_format {
        const char *name, *ending, *about;
        const struct export_class *class;
};

/* The rows of formats.def, in order; *ret_n of them. */
const struct export_format *export_formats(int *ret_n);
/* NULL if there is none of that name. */
const struct export_format *export_format_find(const char *name);
/* The first whose ending `path` has; NULL if there is none. */
const struct export_format *export_format_of(const char *path);

/* Where tables come from. They belong to the source and last until its next call. */
struct export_source {
        void *ctx;
        /* The next table, its columns only; *ret NULL: that was the last. */
        enum err_code (*next)(void *ctx, const struct table **ret, struct err *err);
        /* Its next rows in place of those before; *ret_more false: no others follow. */
        enum err_code (*rows)(void *ctx, bool *ret_more, struct err *err);
};
/* As export_table() and export_to_file(); a failure of the source is the export's. */
enum err_code export_source(const struct export_source *source, const char *format, FILE *out, struct err *err);
enum err_code export_source_to_file(const struct export_source *source, const char *format, const char *path,
                                    struct err *err);

/* Flushes, does not close. ERR_NOT_FOUND names the formats there are; ERR_IO, ERR_NO_SPACE: `out` refused;
 * ERR_LIMIT: the format cannot hold so much. */
enum err_code export_table(const struct table *table, const char *format, FILE *out, struct err *err);
/*
 * Into a .part beside `path`, fsync, rename: a file of that name is replaced
 * whole or not at all.  ERR_REFUSED if `path` is something other than a file.
 */
enum err_code export_to_file(const struct table *table, const char *format, const char *path,
                             struct err *err);

#endif
