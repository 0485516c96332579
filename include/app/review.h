/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The office's word on a record: that it is good (validado), or what whoever
 * made it must look at (observado).  It is a revision that changes no answer
 * (app/revision.h), so it travels like any other, comes back on the next stick,
 * stands beside whatever was changed meanwhile and stays in the history.
 */
#ifndef SIMAE_APP_REVIEW_H
#define SIMAE_APP_REVIEW_H

#include "app/app.h"

enum { REVIEW_COMMENT_MAX = 4000 }; /* bytes */

/*
 * Say that a record is `state`: RECORD_VALIDADO, with a comment or without (NULL
 * or blank), or RECORD_OBSERVADO, with what is to be looked at, in lines.
 * ERR_REFUSED, with nothing written: it is annulled, whoever uses this laptop
 * made it, it is in conflict and would be validated, it is validated as it is
 * already, or an observation says nothing or too much.
 */
enum err_code record_review(struct app *app, const struct id *record, enum record_state state, const char *comment,
                            struct err *err);

/* Whether record_review() would be about somebody else's record that stands; the rest it says itself. */
bool record_reviewable(struct app *app, const struct store_record *record);

struct review {
        enum record_state state;       /* RECORD_VALIDADO or RECORD_OBSERVADO */
        const char *who, *when;        /* a name, the office's or else app_device_words(); ISO datetime as the laptop showed it */
        const char *comment;           /* "" without one */
        bool in_force;                 /* the one that the state of the record comes from */
        struct hash revision;
};

struct reviews {
        enum record_state state;       /* of the record: concluido, validado, observado, anulado or corregido */
        const struct review *items;    /* the latest first */
        int n;
};

/* What was said of a record. In `arena`. ERR_NOT_FOUND. */
enum err_code record_reviews(struct app *app, const struct id *record, struct arena *arena, struct reviews *ret,
                             struct err *err);
/*
 * The word in force as lines to read before the record, and how it stands:
 * «Observada por … el 24/11/2026 10:05:», the comment, «Corregida después.».
 * "" if nothing was said of it.  In `arena`.
 */
const char *reviews_words(const struct reviews *reviews, struct arena *arena);

#endif
