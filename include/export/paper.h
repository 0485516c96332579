/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stays at the school: a record as the acta to sign, and a form as the
 * blank to fill by hand.  Both make a struct doc (export/doc.h) and know no
 * form by name.  What a form says of its printing, in `appearance`:
 *
 *   signature   on a reference to a person: that person signs at the end
 *   column      the question is a column where records of its form are listed
 *               in the acta of another (a commitment in that of a visit)
 *
 * Sensitive answers are left out unless asked for; a document that holds any,
 * and the blank of a sensitive form, has «Reservado» on each page.
 */
#ifndef SIMAE_EXPORT_PAPER_H
#define SIMAE_EXPORT_PAPER_H

#include "export/doc.h"
#include "fill/session.h"

/* A record that belongs to the one being printed. `session` NULL: it is reserved and only its kind may be told. */
struct paper_child { const struct form *form; struct session *session; const char *title; bool reserved; };
typedef void paper_child_visit(void *to, const struct paper_child *child);

struct paper_record {
        struct session *session;
        bool sensitive;      /* the person asked for what is reserved */
        bool reserved;       /* the record itself is */
        const char *title;   /* as in lists */
        const char *code, *state; /* "" while it is a draft */
        const char *mark;    /* «Borrador», «Anulado»; "" none */
        void *ctx;
        /* Calls `visit` with each child of a place; the session is open only meanwhile. */
        void (*children)(void *ctx, struct place place, paper_child_visit *visit, void *to);
        /* What a person does («Docente»), by the record's id; "" if unknown. In `arena`. */
        const char *(*post)(void *ctx, const char *persona, struct arena *arena);
};
/* `doc` is initialised here; doc_release() is the caller's. */
void paper_acta(const struct paper_record *record, struct doc *doc);

/* The form that references and children name; NULL if there is none. */
typedef const struct form *paper_form_find(void *ctx, const char *id);
void paper_blank(const struct form *form, paper_form_find *find, void *ctx, struct doc *doc);

#endif
