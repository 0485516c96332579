/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Merging (contract in sync/merge.h).
 *
 * Revisions are put in order of (gen, id), so that parents come before their
 * children and nothing depends on how they were given.  `above` holds for each
 * one the set of its known ancestors, as bits.
 */
#include "sync/merge.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct merging {
        const struct merge_revision *revisions;
        int n;
        int *order;           /* indices by (gen, id) */
        int *place;           /* the inverse */
        size_t words;         /* of a set of bits */
        uint64_t *above;      /* n sets, by place */
        bool *is_parent;      /* by place */
        bool *lacks_parent;   /* by place: one of its parents has not arrived, or is gone */
        struct arena *arena;
};

/* ---- Order and ancestry ---- */

static const struct merge_revision *at(const struct merging *m, int place)
{
        return &m->revisions[m->order[place]];
}

/* qsort() has no context: the pairs carry what they are compared by. */
struct sorted { int64_t gen; const struct hash *id; int index; };

static int by_gen_and_id(const void *a, const void *b)
{
        const struct sorted *x = a, *y = b;
        if (x->gen != y->gen)
                return x->gen < y->gen ? -1 : 1;
        return memcmp(x->id->bytes, y->id->bytes, HASH_BYTES);
}

static void sort_all(struct merging *m)
{
        struct sorted *sorted = ARENA_ARRAY(m->arena, struct sorted, m->n);
        m->order = ARENA_ARRAY(m->arena, int, m->n);
        m->place = ARENA_ARRAY(m->arena, int, m->n);
        for (int i = 0; i < m->n; i++)
                sorted[i] = (struct sorted){m->revisions[i].gen, &m->revisions[i].id, i};
        qsort(sorted, (size_t)m->n, sizeof *sorted, by_gen_and_id);
        for (int i = 0; i < m->n; i++) {
                m->order[i] = sorted[i].index;
                m->place[sorted[i].index] = i;
        }
}

/* The place of the revision `id`, or -1. Parents stand before `before`: their gen is smaller. */
static int find_before(const struct merging *m, const struct hash *id, int before)
{
        for (int i = before - 1; i >= 0; i--)
                if (hash_equal(&at(m, i)->id, id))
                        return i;
        return -1;
}

static uint64_t *set_of(const struct merging *m, int place)
{
        return m->above + (size_t)place * m->words;
}

static bool has_bit(const uint64_t *set, int bit)
{
        return set[bit / 64] >> (bit % 64) & 1;
}

/* To `set`, all that one comes from. */
static void cover(const struct merging *m, uint64_t *set, int place)
{
        const uint64_t *more = set_of(m, place);
        for (size_t w = 0; w < m->words; w++)
                set[w] |= more[w];
}

static void take_parent(struct merging *m, int place, int parent)
{
        uint64_t *set = set_of(m, place);
        cover(m, set, parent);
        set[parent / 64] |= UINT64_C(1) << (parent % 64);
        m->is_parent[parent] = true;
}

static void add_missing(struct merge_result *ret, struct hash *missing, const struct hash *id)
{
        for (int i = 0; i < ret->missing_n; i++)
                if (hash_equal(&missing[i], id))
                        return;
        missing[ret->missing_n++] = *id;
}

static void find_ancestors(struct merging *m, struct merge_result *ret)
{
        int parents = 0;
        for (int i = 0; i < m->n; i++)
                parents += m->revisions[i].parents_n;
        struct hash *missing = ARENA_ARRAY(m->arena, struct hash, parents);
        m->words = ((size_t)m->n + 63) / 64;
        m->above = ARENA_ARRAY(m->arena, uint64_t, (size_t)m->n * m->words);
        m->is_parent = ARENA_ARRAY(m->arena, bool, m->n);
        m->lacks_parent = ARENA_ARRAY(m->arena, bool, m->n);
        for (int i = 0; i < m->n; i++)
                for (int p = 0; p < at(m, i)->parents_n; p++) {
                        int parent = find_before(m, &at(m, i)->parents[p], i);
                        if (parent >= 0)
                                take_parent(m, i, parent);
                        else
                                add_missing(ret, missing, &at(m, i)->parents[p]);
                        m->lacks_parent[i] |= parent < 0 || at(m, parent)->word == MERGE_GONE;
                }
        ret->missing = missing;
}

static void find_heads(struct merging *m, struct merge_result *ret)
{
        int *heads = ARENA_ARRAY(m->arena, int, m->n);
        for (int i = m->n - 1; i >= 0; i--)
                if (!m->is_parent[i])
                        heads[ret->heads_n++] = m->order[i];
        ret->heads = heads;
}

/* ---- Answers apart from words ---- */

static bool is_answers(const struct merging *m, int place)
{
        return at(m, place)->word == MERGE_ANSWERS;
}

static bool is_word(const struct merging *m, int place)
{
        return at(m, place)->word == MERGE_VALIDATES || at(m, place)->word == MERGE_OBSERVES;
}

typedef bool of_kind(const struct merging *m, int place);

/* From the latest down: those of a kind that no other of it comes after. Places; returns how many. */
static int latest_of(const struct merging *m, of_kind *kind, int *found)
{
        uint64_t *covered = xcalloc(m->words, sizeof *covered);
        int n = 0;
        for (int i = m->n - 1; i >= 0; i--) {
                if (has_bit(covered, i) || !kind(m, i))
                        continue;
                cover(m, covered, i);
                found[n++] = i;
        }
        free(covered);
        return n;
}

static void find_tips(struct merging *m, struct merge_result *ret)
{
        int *tips = ARENA_ARRAY(m->arena, int, m->n), annulled = 0;
        ret->tips_n = latest_of(m, is_answers, tips);
        for (int i = 0; i < ret->tips_n; i++) {
                annulled += at(m, tips[i])->annulled;
                tips[i] = m->order[tips[i]];
        }
        ret->annulled = annulled > 0 && annulled == ret->tips_n;
        ret->annul_conflict = annulled > 0 && !ret->annulled;
        ret->tips = tips;
        if (ret->tips_n > 0)
                return;
        for (int i = 0; i < ret->heads_n; i++)
                if (m->revisions[ret->heads[i]].word != MERGE_GONE || ret->heads_n == 1)
                        tips[ret->tips_n++] = ret->heads[i];
}

/* Whether answers came after a word. */
static bool is_answered(const struct merging *m, int word)
{
        for (int i = word + 1; i < m->n; i++)
                if (is_answers(m, i) && has_bit(set_of(m, i), word))
                        return true;
        return false;
}

/* Whether a word saw every revision of answers. */
static bool saw_all(const struct merging *m, int word)
{
        for (int i = 0; i < m->n; i++)
                if (is_answers(m, i) && !has_bit(set_of(m, word), i))
                        return false;
        return true;
}

static enum merge_standing standing_of(const struct merging *m, int word)
{
        if (at(m, word)->word == MERGE_OBSERVES)
                return is_answered(m, word) ? STANDS_CORRECTED : STANDS_OBSERVED;
        return saw_all(m, word) ? STANDS_VALIDATED : STANDS_CHANGED;
}

/* An observation that waits goes before everything, one that was corrected before a validation that did not see that. */
static void find_word(struct merging *m, struct merge_result *ret)
{
        static const int weight[] = {[STANDS_CHANGED] = 1, [STANDS_VALIDATED] = 2, [STANDS_CORRECTED] = 3, [STANDS_OBSERVED] = 4};
        int *words = ARENA_ARRAY(m->arena, int, m->n), n = latest_of(m, is_word, words);
        ret->word = -1;
        for (int i = 0; i < n; i++) {
                enum merge_standing standing = standing_of(m, words[i]);
                if (weight[standing] <= weight[ret->standing])
                        continue;
                ret->standing = standing;
                ret->word = m->order[words[i]];
        }
}

/* ---- Answers ---- */

static bool lists(const json_t *writes, const char *name)
{
        for (size_t i = 0; i < json_array_size(writes); i++) {
                const char *item = json_string_value(json_array_get(writes, i));
                if (item && strcmp(item, name) == 0)
                        return true;
        }
        return false;
}

static bool writes(const struct merging *m, int place, const char *name)
{
        const struct merge_revision *revision = at(m, place);
        if (revision->word == MERGE_GONE)
                return false;
        /* What it leaves empty may be what its parent emptied. */
        return m->lacks_parent[place] || lists(revision->writes, name);
}

/* Both empty, or the same JSON. */
static bool same_value(const json_t *a, const json_t *b)
{
        return a && b ? json_equal(a, b) : a == b;
}

static bool is_new_value(const struct merge_candidate *found, int n, const json_t *value)
{
        for (int i = 0; i < n; i++)
                if (same_value(found[i].value, value))
                        return false;
        return true;
}

/* From the latest down: whoever is above a candidate already found is not one. */
static int find_candidates(const struct merging *m, const char *name, struct merge_candidate *found)
{
        uint64_t *covered = xcalloc(m->words, sizeof *covered);
        int n = 0;
        for (int i = m->n - 1; i >= 0; i--) {
                if (has_bit(covered, i) || !writes(m, i, name))
                        continue;
                /* A word that stands in for its parent was no choice among what came before. */
                if (is_answers(m, i))
                        cover(m, covered, i);
                const json_t *value = json_object_get(at(m, i)->answers, name);
                if (is_new_value(found, n, value))
                        found[n++] = (struct merge_candidate){m->order[i], value};
        }
        free(covered);
        return n;
}

static int by_name(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int keep_distinct(const char **names, int n)
{
        int kept = 0;
        if (n > 1)
                qsort(names, (size_t)n, sizeof *names, by_name);
        for (int i = 0; i < n; i++)
                if (!kept || strcmp(names[kept - 1], names[i]) != 0)
                        names[kept++] = names[i];
        return kept;
}

/* Every name that some revision holds or writes. */
static const char **all_names(const struct merging *m, int *ret_n)
{
        size_t room = 0;
        for (int i = 0; i < m->n; i++)
                room += json_object_size(m->revisions[i].answers) + json_array_size(m->revisions[i].writes);
        const char **names = ARENA_ARRAY(m->arena, const char *, room);
        int n = 0;
        for (int i = 0; i < m->n; i++) {
                const char *name;
                json_t *value;
                json_object_foreach((json_t *)(uintptr_t)m->revisions[i].answers, name, value) names[n++] = name;
                for (size_t w = 0; w < json_array_size(m->revisions[i].writes); w++) {
                        name = json_string_value(json_array_get(m->revisions[i].writes, w));
                        if (name)
                                names[n++] = name;
                }
        }
        *ret_n = keep_distinct(names, n);
        return names;
}

static void merge_answer(struct merging *m, const char *name, struct merge_candidate *found, struct merge_result *ret,
                         struct merge_conflict *conflicts)
{
        int n = find_candidates(m, name, found);
        if (n > 0 && found[0].value)
                json_object_set(ret->answers, name, (json_t *)(uintptr_t)found[0].value);
        if (n < 2)
                return;
        struct merge_candidate *kept = ARENA_ARRAY(m->arena, struct merge_candidate, n);
        memcpy(kept, found, (size_t)n * sizeof *kept);
        conflicts[ret->conflicts_n++] = (struct merge_conflict){name, kept, n};
}

/* One tip, with all of its ancestors known: the snapshot that it carries is the merge. */
static bool is_simple(const struct merging *m, const struct merge_result *ret)
{
        for (int i = 0; i < m->n; i++)
                if (m->lacks_parent[i])
                        return false;
        return ret->tips_n == 1;
}

static void merge_answers(struct merging *m, struct merge_result *ret)
{
        int n;
        if (is_simple(m, ret)) {
                ret->answers = json_copy((json_t *)(uintptr_t)m->revisions[ret->tips[0]].answers);
                return;
        }
        const char **names = all_names(m, &n);
        struct merge_candidate *found = ARENA_ARRAY(m->arena, struct merge_candidate, m->n);
        struct merge_conflict *conflicts = ARENA_ARRAY(m->arena, struct merge_conflict, n);
        ret->answers = json_object();
        for (int i = 0; i < n; i++)
                merge_answer(m, names[i], found, ret, conflicts);
        ret->conflicts = conflicts;
}

void merge_record(const struct merge_revision *revisions, int n, struct arena *arena, struct merge_result *ret)
{
        struct merging m = {.revisions = revisions, .n = n, .arena = arena};
        *ret = (struct merge_result){0};
        sort_all(&m);
        find_ancestors(&m, ret);
        find_heads(&m, ret);
        find_tips(&m, ret);
        find_word(&m, ret);
        merge_answers(&m, ret);
        ret->parallel = ret->heads_n > 1 && ret->tips_n > 1 && ret->conflicts_n == 0 && !ret->annul_conflict;
}
