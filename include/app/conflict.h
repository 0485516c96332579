/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records that two people changed at once: what disagrees, answer by answer,
 * and a person's decision, which becomes one revision after all the heads.
 * Nothing is lost by deciding: every version stays in the history.
 */
#ifndef SIMAE_APP_CONFLICT_H
#define SIMAE_APP_CONFLICT_H

#include "app/app.h"

struct lineage;

struct conflict_option {
        const char *words;      /* the answer as people read it; "" if it was left empty */
        const char *who, *when; /* a name, or the laptop's number; ISO datetime as the laptop showed it */
        int revision;           /* of the lineage */
};

enum { CHOICE_NONE = -1, CHOICE_TYPED = -2 };

struct conflict_field {
        const char *name, *label;
        const char *before;     /* what the last revision that all of them come from said; "" if none */
        const struct conflict_option *options; /* at least two; the first is the one that lists show meanwhile */
        int n;
        bool can_type;          /* a text, a number, a date: not rows nor lists */
        int choice;             /* an option, CHOICE_NONE, or CHOICE_TYPED */
        char *typed;            /* malloc'ed, or NULL */
};

enum { ANNUL_UNDECIDED, ANNUL_KEEP, ANNUL_YES };

struct conflict {
        struct id record;
        const char *title;
        const struct form *form;
        struct conflict_field *fields;
        int n;
        bool annulled;          /* by some and not by others: to be decided too */
        int annul;              /* ANNUL_… */
        const char *annul_who, *annul_when, *annul_reason;
        struct lineage *lineage;
        struct arena arena;
};

/* ERR_REFUSED if nothing disagrees (any more). conflict_release() is the caller's on ERR_OK. */
enum err_code conflict_open(struct app *app, const struct id *record, struct conflict *ret, struct err *err);
void conflict_release(struct conflict *conflict);
/* Choose an option, or CHOICE_NONE. */
void conflict_choose(struct conflict *conflict, int field, int choice);
/* An answer of the person's own, as it would be typed in the form. ERR_INVALID, and nothing chosen, if it is not good. */
enum err_code conflict_type(struct app *app, struct conflict *conflict, int field, const char *text, struct err *err);
/* How many decisions are missing. */
int conflict_undecided(const struct conflict *conflict);
/* Keep the decision: a revision. ERR_REFUSED while something is undecided, unless it is annulled. */
enum err_code conflict_resolve(struct app *app, struct conflict *conflict, struct err *err);

/* ---- History ---- */

struct history_row {
        struct store_revision revision;
        bool head, parallel;   /* nobody's parent; made without knowing of another one */
        int missing;           /* of its parents, not arrived */
        const char *conflicts; /* labels of the answers in which it disagrees with another, or "" */
};

/* Every revision of a record, oldest first. In `arena`. */
enum err_code record_history(struct app *app, const struct id *record, struct arena *arena, struct history_row **ret,
                             int *ret_n, struct err *err);
/* «vigente · cambios paralelos · en conflicto: Notas»; "" for one with nothing to say. In `arena`. */
const char *history_words(const struct history_row *row, bool alone, struct arena *arena);

#endif
