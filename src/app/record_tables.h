/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records as tables: record_tables.c goes from table to table and page to page, record_rows.c makes columns and rows. */
#ifndef SIMAE_APP_RECORD_TABLES_H
#define SIMAE_APP_RECORD_TABLES_H

#include "app/sent.h"
#include "app_priv.h"

/* Where the cells of a column come from. */
enum taken { TAKE_CODES, TAKE_LABELS, TAKE_TITLE, TAKE_ID };
struct source { const char *question; enum taken taken; };

/* One of the tables. */
struct part {
        const char *name; /* "cap_sesion/participantes" */
        int node;         /* repeat or children; 0: the form */
};

struct records_tables {
        struct app *app;
        struct records_wish wish;
        const struct form *form; /* of today */
        struct part *parts;
        int parts_n, part;       /* the one under way; -1: none yet */
        const struct form *rows_form; /* whose questions are the columns: of the form, or of its children */
        struct sent *sent;
        struct source *sources;  /* of each column after the fixed ones */
        struct table table;
        struct store_record last;
        bool walking;            /* `last` is set */
        struct arena arena, page, last_arena;
};

/* How a question is called. */
const char *records_label(const struct node *node);
/* The columns of the questions of a scope of `rows_form`, after the fixed ones. */
void records_add_columns(struct records_tables *t, int scope);
/* The rows of the table under way that a record has. */
void records_add_rows(struct records_tables *t, const struct store_record *record);

#endif
