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
 *   annulled     every head says so; when only some do, the record stands and
 *                that is a conflict of its own
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

struct merge_revision {
        struct hash id;
        const struct hash *parents;
        int parents_n;
        int64_t gen;
        bool annulled;           /* its state is anulado */
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

struct merge_result {
        json_t *answers;         /* each by its clean or provisional value; the caller's reference */
        const int *heads;        /* indices, greatest (gen, id) first */
        int heads_n;
        const struct merge_conflict *conflicts; /* in order of name */
        int conflicts_n;
        bool annulled;
        bool annul_conflict;     /* annulled by one head and not by another */
        bool parallel;           /* several heads that changed different answers */
        const struct hash *missing; /* parents that have not arrived, each once */
        int missing_n;
};

/* `n` ≥ 1 distinct revisions of one record, in any order. Arrays of the result live in `arena`. */
void merge_record(const struct merge_revision *revisions, int n, struct arena *arena, struct merge_result *ret);

#endif
