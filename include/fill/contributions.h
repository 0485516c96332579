/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a finalised record contributes to the indicators: pure, from its answers
 * alone (and those of its rows).  What becomes of the numbers is said in
 * form/indicators.h.
 */
#ifndef SIMAE_FILL_CONTRIBUTIONS_H
#define SIMAE_FILL_CONTRIBUTIONS_H

#include <jansson.h>

#include "fill/session.h"
#include "form/indicators.h"

#define CONTRIBUTION_NO_DAY INT64_MIN

struct contribution {
        int indicator, source;    /* of the binding's indicators */
        enum indicator_side side; /* SIDE_NUM: den is 0; SIDE_DEN: num is 0 */
        bool again;               /* what the one before it says, for another part of the breakdown */
        bool last;                /* only the last of its `who` in the period counts */
        const char *who;          /* "": the record (or row) itself */
        const char *by;           /* "": no breakdown, or not said */
        int64_t day;              /* since 1970-01-01; of stock, from when on it is so, or CONTRIBUTION_NO_DAY */
        double num, partial, den; /* den of what only sums: 1 */
};

/*
 * Of a record with these answers, as session_answers() gives them, in order of
 * indicator, source, row and choice.  A record whose `when` does not hold, whose
 * num or den is not a number, or that has no day contributes nothing.
 * Everything in `arena`, or borrowed from the binding and the answers.  Answers
 * of the wrong shape are empty.  Returns how many.
 */
int contributions(const struct indicator_binding *binding, const json_t *answers, const char *record_id,
                  struct arena *arena, const struct contribution **ret);
/* The same of a session whose form is the binding's, all in `arena`; `record_id` may be NULL. */
int session_contributions(const struct session *session, const struct indicator_binding *binding, const char *record_id,
                          struct arena *arena, const struct contribution **ret);

#endif
