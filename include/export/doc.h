/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A document for paper: a list of blocks that knows nothing of forms, and its
 * writers.  export/paper.h makes them of records and blank forms; the writers
 * are the rows of doc_formats.def, each with its file in src/export/.
 *
 * html    one page that needs nothing else: A4, black on white, page numbers
 *         where the printing program has them, readable on a telephone
 * texto   at most DOC_COLUMNS columns, with no control characters
 *
 * Fields stand side by side: each takes `span` of DOC_SPAN twelfths of a line,
 * and what does not fit begins the next.
 *
 * Texts are copied into the document's arena by the functions below.
 */
#ifndef SIMAE_EXPORT_DOC_H
#define SIMAE_EXPORT_DOC_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "base/mem.h"

enum { DOC_SPAN = 12, DOC_COLUMNS = 80, DOC_TABLE_MAX = 12 };

enum doc_kind { DOC_HEADING, DOC_NOTE, DOC_FIELDS, DOC_TABLE, DOC_SIGNATURES };

/* What a field leaves room for. */
enum doc_room {
        DOC_TEXT,    /* nothing: it is answered, by `text` */
        DOC_LINE,    /* one line to write on */
        DOC_LINES,   /* `n` lines */
        DOC_BOXES,   /* `n` boxes, a digit each */
        DOC_OPTIONS, /* boxes to tick, one after another */
        DOC_LEVELS,  /* the same, each with its descriptor */
};

struct doc_option { const char *code, *label, *hint; }; /* `code` may be "" */

struct doc_field {
        enum doc_room room;
        const char *label, *text;
        const char *hint;   /* beside the label: a range, a format; "" none */
        const char *only;   /* when it is to be filled: «Solo si …»; "" always */
        bool required;
        int span, n;
        const struct doc_option *options;
        int options_n;
};

struct doc_column { const char *title; int weight; }; /* the share of the width */
struct doc_signature { const char *name, *role; };    /* `name` "" : a line for it */

struct doc_block {
        enum doc_kind kind;
        int level;                /* of a heading: 1 or 2 */
        const char *text, *only;  /* of a heading or note */
        struct doc_field *fields;
        const struct doc_column *columns;
        const char **cells;       /* rows_n × columns_n; empty rows are for writing */
        struct doc_signature *signatures;
        int n, room;              /* fields, rows or signatures */
        int columns_n;
        bool untitled;            /* a table that goes on with the columns of the one before */
};

struct doc {
        const char *name;     /* for its file, without an ending: "simae_docente-7K3M-X" */
        const char *title;    /* «Ficha de monitoreo a docente» */
        const char *subtitle; /* what this one is about; "" none */
        const char *facts;    /* a line of code, day, state; "" none */
        const char *mark;     /* on every page: «Reservado», «Borrador»; "" none */
        const char *footer;   /* on every page: form, version, code */
        struct doc_block *blocks;
        int n, room;
        struct arena arena;
};

void doc_init(struct doc *doc, const char *name, const char *title);
void doc_release(struct doc *doc);
void doc_heading(struct doc *doc, int level, const char *text, const char *only);
void doc_note(struct doc *doc, const char *text);
/* One more field, after the one before it; texts of `field` and its options are copied. */
void doc_field(struct doc *doc, const struct doc_field *field);
/* At most DOC_TABLE_MAX columns. */
void doc_table(struct doc *doc, const struct doc_column *columns, int n);
/* A row of the table begun last; NULL: an empty one, to write on. */
void doc_row(struct doc *doc, const char *const *cells);
void doc_signature(struct doc *doc, const char *name, const char *role);

/* Copies of the blocks of another document, after those there are. */
void doc_append(struct doc *doc, const struct doc *from);

/* How many of the fields from `first` on stand on one line; at least 1. */
int doc_line_fields(const struct doc_block *block, int first);

/*
 * Widths of the columns of the table that is block `index`, in columns of text, on a line of `line` with
 * `gap` between them: what is short takes what it needs, the rest share by
 * weight.  A column that is still empty is for writing and gets its share.
 */
void doc_table_widths(const struct doc *doc, int index, int line, int gap, int widths[DOC_TABLE_MAX]);

struct doc_format {
        const char *name, *ending, *about;
        void (*write)(const struct doc *doc, FILE *out);
};
/* The rows of doc_formats.def, in order; *ret_n of them. */
const struct doc_format *doc_formats(int *ret_n);
/* ERR_NOT_FOUND names those there are. */
enum err_code doc_format_find(const char *name, const struct doc_format **ret, struct err *err);
/* Flushes, does not close. ERR_IO, ERR_NO_SPACE: `out` refused. */
enum err_code doc_write(const struct doc *doc, const struct doc_format *format, FILE *out, struct err *err);
/* As export_to_file(): a file of that name is replaced whole or not at all. */
enum err_code doc_to_file(const struct doc *doc, const struct doc_format *format, const char *path, struct err *err);

#endif
