/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of a record as a pure function of the set of its revisions.
 *
 * A revision names its parents (the ones its author saw), the answers it
 * writes, and a complete snapshot of them.  The order in which revisions come
 * in, how often, and what any clock says change nothing here.
 *
 *   heads        revisions that are nobody's parent
 *   candidates   of an answer: the revisions that write it, less those that are
 *                an ancestor of another candidate; a revision with a parent that
 *                has not arrived counts as writing them all, those that it
 *                leaves empty too
 *   clean        one distinct value among the candidates
 *   conflict     several: all are kept; the provisional one, for lists and
 *                reports, is the candidate of the greatest (gen, id)
 *   tips         revisions of answers that no other revision of answers comes after
 *   annulled     every tip says so; when only some do, the record stands and
 *                that is a conflict of its own
 *   words        a revision that observes or validates writes no answer: it is never
 *                a candidate, ends no conflict and makes none; only while a parent
 *                of it has not arrived does its snapshot stand in for that parent.
 *                The words that no later word comes after are in force; of several,
 *                one that observes goes first, then the greatest (gen, id)
 *   gone         a purged revision: it has ancestors and descendants, and no answers;
 *                whoever comes right after it counts as writing them all
 *
 * A conflict ends only through a revision that has all its candidates among
 * its ancestors.  Nothing here ever makes a revision.
 */
#ifndef SIMAE_SYNC_MERGE_H
#define SIMAE_SYNC_MERGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/id.h"
#include "base/mem.h"

enum merge_word { MERGE_ANSWERS, MERGE_VALIDATES, MERGE_OBSERVES, MERGE_GONE };

struct merge_revision {
        struct hash id;
        const struct hash *parents;
        int parents_n;
        int64_t gen;
        bool annulled;           /* its state is anulado */
        enum merge_word word;
        const json_t *answers;   /* "f": an object */
        const json_t *writes;    /* "w": an array of names */
};

struct merge_candidate {
        int revision;            /* index in what was given */
        const json_t *value;     /* NULL: left empty; borrowed from the revision */
};

struct merge_conflict {
        const char *name;        /* of the answer; borrowed */
        const struct merge_candidate *candidates; /* of distinct values, the provisional one first */
        int n;
};

/* What the office's word in force says of the record as it is now. */
enum merge_standing {
        STANDS_UNSEEN,     /* there is none */
        STANDS_VALIDATED,  /* it saw every answer that there is */
        STANDS_CHANGED,    /* it validated; answers changed after it or beside it */
        STANDS_OBSERVED,   /* nobody has corrected after it */
        STANDS_CORRECTED,  /* a revision of answers comes after it */
};

struct merge_result {
        json_t *answers;         /* each by its clean or provisional value; the caller's reference */
        const int *heads;        /* indices, greatest (gen, id) first */
        int heads_n;
        const int *tips;         /* the same order; without any revision of answers, the heads that are not gone */
        int tips_n;
        enum merge_standing standing;
        int word;                /* the one in force, or -1 */
        const struct merge_conflict *conflicts; /* in order of name */
        int conflicts_n;
        bool annulled;
        bool annul_conflict;     /* annulled by one tip and not by another */
        bool parallel;           /* several tips, and nobody saw them all, that changed different answers */
        const struct hash *missing; /* parents that have not arrived, each once */
        int missing_n;
};

/* `n` ≥ 1 distinct revisions of one record, in any order. Arrays of the result live in `arena`. */
void merge_record(const struct merge_revision *revisions, int n, struct arena *arena, struct merge_result *ret);

#endif
