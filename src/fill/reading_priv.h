/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a reading: rows of cells, like those of a session but only read. */
#ifndef SIMAE_FILL_READING_PRIV_H
#define SIMAE_FILL_READING_PRIV_H

#include "fill/reading.h"
#include "session_priv.h"

struct read_cell {
        struct value value;
        struct read_row **rows; /* of a repeat */
        const json_t *ids;      /* of children */
        int n;                  /* rows or ids */
        bool shown;
};

struct read_row {
        const json_t *json; /* its answers */
        const struct read_row *parent;
        int node, scope, position; /* node: the repeat that holds it; position from 0 */
        struct read_cell cells[];
};

struct reading {
        const struct form *form;
        struct session_host host;
        bool *needed; /* by node */
        int *plan;    /* the nodes needed, by rank */
        int plan_n;
        bool looks_around;
        struct read_row *root;
        struct arena arena; /* of the record loaded */
};

static inline struct read_cell *read_cell(const struct reading *r, const struct read_row *row, int node)
{
        return (struct read_cell *)&row->cells[r->form->nodes[node].slot];
}

/* The repeat in a row of scope `from` on the way down to scope `to`. */
static inline int read_repeat_toward(const struct form *form, int from, int to)
{
        while (form->scopes[to].parent != from)
                to = form->scopes[to].parent;
        return form->scopes[to].node;
}

/* reading_env.c: expressions, seen from a row. */
struct value read_eval(const struct reading *r, const struct read_row *row, const struct expr *expr, struct arena *arena);
/* For people: references read as their titles. */
struct value read_eval_words(const struct reading *r, const struct expr *expr, struct arena *arena);

#endif
