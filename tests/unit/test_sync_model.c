/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exchange as sets of revisions and have-lists, over the real merge: up to six
 * replicas in three levels (laptops, UGEL, DRE), with every accident that a
 * stick and a laptop can have.  No store and no files, so that thousands of
 * histories run in seconds; SIMAE_TEST_HISTORIES asks for more of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "sync/merge.h"

enum { REPLICAS = 6, MOST = 128, RECORDS = 3, FIELDS = 3, STICKS = 12, STEPS = 90, WORDS = MOST / 64 };

struct set { uint64_t bits[WORDS]; };

/* Every revision ever made, by number. */
struct made {
        struct merge_revision revision;
        struct hash parents[MOST];
        int record;
        json_t *answers, *writes;
};

struct replica {
        struct set holds;
        struct set have[REPLICAS]; /* what each other last said that it holds */
};

/* A bundle on a stick: what it carries, and the list of its sender. */
struct stick { bool used; int from; struct set carries, have; };

struct world {
        struct made made[MOST];
        int n, replicas;
        struct replica replica[REPLICAS], copy[REPLICAS]; /* copy: a backup kept somewhere */
        struct stick sticks[STICKS];
        uint64_t seed;
        struct arena arena;
};

static int chance(struct world *w, int n)
{
        w->seed ^= w->seed << 13;
        w->seed ^= w->seed >> 7;
        w->seed ^= w->seed << 17;
        return (int)((w->seed >> 11) % (uint64_t)n);
}

static bool has(const struct set *set, int bit)
{
        return set->bits[bit / 64] >> (bit % 64) & 1;
}

static void put(struct set *set, int bit)
{
        set->bits[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static void join(struct set *set, const struct set *more)
{
        for (int i = 0; i < WORDS; i++)
                set->bits[i] |= more->bits[i];
}

/* ---- Merging what a replica holds of a record ---- */

struct state { struct merge_result result; int which[MOST], n; };

static bool merge_of(struct world *w, const struct set *holds, int record, struct state *ret)
{
        struct merge_revision revisions[MOST];
        ret->n = 0;
        for (int i = 0; i < w->n; i++)
                if (has(holds, i) && w->made[i].record == record) {
                        revisions[ret->n] = w->made[i].revision;
                        ret->which[ret->n++] = i;
                }
        if (ret->n)
                merge_record(revisions, ret->n, &w->arena, &ret->result);
        return ret->n > 0;
}

static const char *const names[FIELDS] = {"a", "b", "c"};

/* The office's word: it comes after all that is there, writes nothing, and carries what it saw. */
static void say(struct world *w, int at)
{
        int record = chance(w, RECORDS), n = w->n;
        struct state state;
        char text[32];
        if (n == MOST || !merge_of(w, &w->replica[at].holds, record, &state))
                return;
        struct made *made = &w->made[n];
        *made = (struct made){.record = record, .writes = json_array(), .answers = state.result.answers};
        int64_t gen = 0;
        for (int i = 0; i < state.result.heads_n; i++) {
                const struct merge_revision *head = &w->made[state.which[state.result.heads[i]]].revision;
                made->parents[i] = head->id;
                gen = head->gen > gen ? head->gen : gen;
        }
        snprintf(text, sizeof text, "word %d %d", n, chance(w, 1 << 20));
        made->revision = (struct merge_revision){.id = hash_of(text, strlen(text)), .parents = made->parents,
                                                 .parents_n = state.result.heads_n, .gen = gen + 1,
                                                 .word = chance(w, 2) ? MERGE_OBSERVES : MERGE_VALIDATES,
                                                 .answers = made->answers, .writes = made->writes};
        put(&w->replica[at].holds, n);
        w->n++;
}

/* What a person does on a replica: begins a record, corrects, annuls, or decides a conflict. */
static void edit(struct world *w, int at)
{
        int record = chance(w, RECORDS), n = w->n;
        struct state state;
        char text[32];
        if (n == MOST)
                return;
        bool known = merge_of(w, &w->replica[at].holds, record, &state);
        struct made *made = &w->made[n];
        *made = (struct made){.record = record, .writes = json_array(),
                              .answers = known ? json_deep_copy(state.result.answers) : json_object()};
        bool resolves = known && state.result.conflicts_n && chance(w, 2);
        int heads = known ? state.result.conflicts_n && !resolves ? 1 : state.result.heads_n : 0;
        int64_t gen = 0;
        for (int i = 0; i < heads; i++) {
                /* Goes on from one branch, and not from a word that saw several. */
                bool branch = state.result.conflicts_n && !resolves;
                int parent = state.which[branch ? state.result.tips[0] : state.result.heads[i]];
                made->parents[i] = w->made[parent].revision.id;
                gen = w->made[parent].revision.gen > gen ? w->made[parent].revision.gen : gen;
                if (!branch)
                        continue;
                json_decref(made->answers);
                made->answers = json_deep_copy(w->made[parent].answers);
        }
        for (int f = 0; f < FIELDS; f++) {
                bool disputed = false;
                for (int c = 0; resolves && c < state.result.conflicts_n; c++)
                        disputed = disputed || strcmp(state.result.conflicts[c].name, names[f]) == 0;
                if (!disputed && chance(w, 2))
                        continue;
                snprintf(text, sizeof text, "%d", chance(w, 4) ? n : 0); /* at times two write the same */
                json_array_append_new(made->writes, json_string(names[f]));
                if (chance(w, 5))
                        json_object_set_new(made->answers, names[f], json_string(text));
                else
                        json_object_del(made->answers, names[f]);
        }
        snprintf(text, sizeof text, "revision %d %d", n, chance(w, 1 << 20));
        made->revision = (struct merge_revision){.id = hash_of(text, strlen(text)), .parents = made->parents,
                                                 .parents_n = heads, .gen = gen + 1, .annulled = chance(w, 12) == 0,
                                                 .answers = made->answers, .writes = made->writes};
        if (known)
                json_decref(state.result.answers);
        put(&w->replica[at].holds, n);
        w->n++;
}

/* ---- Sticks ---- */

static struct set bundle_for(const struct world *w, int from, int to)
{
        struct set carries = w->replica[from].holds;
        for (int i = 0; i < WORDS; i++)
                carries.bits[i] &= ~w->replica[from].have[to].bits[i];
        return carries;
}

/* Laptops know their UGEL, UGEL know the DRE: 0-2 laptops, 3-4 UGEL, 5 the DRE. Fewer replicas: one level less. */
static int neighbour(struct world *w, int at)
{
        if (w->replicas < REPLICAS)
                return at == 0 ? 1 + chance(w, w->replicas - 1) : 0;
        if (at == 5)
                return 3 + chance(w, 2);
        if (at >= 3)
                return chance(w, 3) == 0 ? 5 : at == 3 ? chance(w, 2) : 2;
        return at == 2 ? 4 : 3;
}

static void send(struct world *w, int from)
{
        struct stick *stick = &w->sticks[chance(w, STICKS)]; /* what was on it is lost */
        int to = neighbour(w, from);
        *stick = (struct stick){.used = true, .from = from, .carries = bundle_for(w, from, to), .have = w->replica[from].holds};
}

/* Anybody may put any stick in, whenever; a damaged one is refused whole and changes nothing. */
static void receive(struct world *w, int at)
{
        const struct stick *stick = &w->sticks[chance(w, STICKS)];
        bool damaged = chance(w, 8) == 0;
        if (!stick->used || damaged || stick->from == at)
                return;
        join(&w->replica[at].holds, &stick->carries);
        struct replica again = w->replica[at];
        join(&again.holds, &stick->carries);
        assert_memory_equal(&again.holds, &w->replica[at].holds, sizeof again.holds);
        w->replica[at].have[stick->from] = stick->have;
}

static void accident(struct world *w, int at)
{
        int other = chance(w, w->replicas);
        switch (chance(w, 4)) {
        case 0: w->copy[at] = w->replica[at]; break;               /* a backup */
        case 1: w->replica[at] = w->copy[at]; break;               /* and back to it */
        case 2: w->replica[at] = w->replica[other]; break;         /* a cloned disk */
        default: w->sticks[chance(w, STICKS)].used = false; break; /* a stick lost */
        }
}

/* ---- What must hold ---- */

static bool descends(const struct world *w, int of, int from)
{
        if (of == from)
                return true;
        for (int p = 0; p < w->made[of].revision.parents_n; p++)
                for (int i = 0; i < of; i++)
                        if (hash_equal(&w->made[i].revision.id, &w->made[of].revision.parents[p]) && descends(w, i, from))
                                return true;
        return false;
}

static bool wrote(const struct made *made, const char *name)
{
        for (size_t i = 0; i < json_array_size(made->writes); i++)
                if (strcmp(json_string_value(json_array_get(made->writes, i)), name) == 0)
                        return true;
        return false;
}

static bool is_shown(const struct state *state, const char *name, const json_t *value)
{
        for (int c = 0; c < state->result.conflicts_n; c++)
                if (strcmp(state->result.conflicts[c].name, name) == 0) {
                        for (int k = 0; k < state->result.conflicts[c].n; k++) {
                                const json_t *one = state->result.conflicts[c].candidates[k].value;
                                if (one == value || (one && value && json_equal(one, value)))
                                        return true;
                        }
                        return false;
                }
        const json_t *one = json_object_get(state->result.answers, name);
        return one == value || (one && value && json_equal(one, value));
}

/* One of its parents was on a disk that no longer is: what it holds may be what that one wrote. */
static bool lacks_parent(const struct world *w, const struct set *holds, int at)
{
        for (int p = 0; p < w->made[at].revision.parents_n; p++) {
                bool found = false;
                for (int i = 0; i < at && !found; i++)
                        found = has(holds, i) && hash_equal(&w->made[i].revision.id, &w->made[at].revision.parents[p]);
                if (!found)
                        return true;
        }
        return false;
}

/* No value written is gone unless somebody who had seen it wrote the same answer. */
static void check_nothing_lost(struct world *w, const struct set *holds, const struct state *state)
{
        for (int i = 0; i < state->n; i++)
                for (int f = 0; f < FIELDS; f++) {
                        const struct made *made = &w->made[state->which[i]];
                        bool replaced = false;
                        if (!wrote(made, names[f]))
                                continue;
                        for (int k = state->which[i] + 1; k < w->n && !replaced; k++)
                                replaced = has(holds, k) && w->made[k].revision.word == MERGE_ANSWERS && (wrote(&w->made[k], names[f]) || lacks_parent(w, holds, k)) &&
                                           descends(w, k, state->which[i]);
                        if (!replaced && !is_shown(state, names[f], json_object_get(made->answers, names[f])))
                                fail_msg("revision %d wrote %s and it is nowhere", state->which[i], names[f]);
                }
}

/* Each in its own order: what two replicas show is the same. */
static char *words_of(struct world *w, const struct set *holds, int record)
{
        struct state state;
        if (!merge_of(w, holds, record, &state))
                return strdup("");
        check_nothing_lost(w, holds, &state);
        char *answers = json_dumps(state.result.answers, JSON_SORT_KEYS);
        char *text = xasprintf("%s %d %d %d %d %d", answers, state.result.conflicts_n, state.result.annulled,
                               state.result.annul_conflict, state.result.missing_n, state.result.standing);
        free(answers);
        json_decref(state.result.answers);
        return text;
}

static void exchange(struct world *w, int from, int to, bool quiet)
{
        struct set carries = bundle_for(w, from, to);
        struct set none = {{0}};
        if (quiet)
                assert_memory_equal(&carries, &none, sizeof none);
        join(&w->replica[to].holds, &carries);
        w->replica[to].have[from] = w->replica[from].holds;
}

/* Everybody visits the office, the offices the DRE, and back. */
static void round_trip(struct world *w, bool quiet)
{
        static const int way[][2] = {{0, 3}, {1, 3}, {2, 4}, {3, 5}, {4, 5}, {5, 4}, {5, 3}, {4, 2}, {3, 1}, {3, 0}};
        if (w->replicas == REPLICAS) {
                for (size_t i = 0; i < ARRAY_LEN(way); i++)
                        exchange(w, way[i][0], way[i][1], quiet);
                return;
        }
        for (int i = 1; i < w->replicas; i++)
                exchange(w, i, 0, quiet);
        for (int i = 1; i < w->replicas; i++)
                exchange(w, 0, i, quiet);
}

static void check_end(struct world *w)
{
        struct set union_of = {{0}};
        for (int i = 0; i < w->replicas; i++)
                join(&union_of, &w->replica[i].holds);
        /* A restored replica's peers may believe that it holds what it lost: it takes its list to correct them. */
        for (int i = 0; i < 3; i++)
                round_trip(w, false);
        for (int i = 0; i < w->replicas; i++)
                assert_memory_equal(&w->replica[i].holds, &union_of, sizeof union_of);
        round_trip(w, true);
        for (int record = 0; record < RECORDS; record++) {
                char *first = words_of(w, &w->replica[0].holds, record);
                for (int i = 1; i < w->replicas; i++) {
                        char *other = words_of(w, &w->replica[i].holds, record);
                        assert_string_equal(first, other);
                        free(other);
                }
                free(first);
        }
}

static void run_history(struct world *w, unsigned seed)
{
        *w = (struct world){.seed = UINT64_C(0x9E3779B97F4A7C15) * (seed + 1), .replicas = 2 + (int)(seed % 5)};
        for (int step = 0; step < STEPS; step++) {
                int at = chance(w, w->replicas), what = chance(w, 22);
                if (what < 7)
                        edit(w, at);
                else if (what >= 20)
                        say(w, at);
                else if (what < 12)
                        send(w, at);
                else if (what < 18)
                        receive(w, at);
                else
                        accident(w, at);
                arena_clear(&w->arena);
        }
        check_end(w);
        for (int i = 0; i < w->n; i++) {
                json_decref(w->made[i].answers);
                json_decref(w->made[i].writes);
        }
        arena_release(&w->arena);
}

static void replicas_end_equal_and_lose_nothing(void **state)
{
        struct world *w = xcalloc(1, sizeof *w);
        const char *more = getenv("SIMAE_TEST_HISTORIES");
        int n = more ? atoi(more) : 5000;
        (void)state;
        for (int i = 0; i < n; i++)
                run_history(w, (unsigned)i);
        free(w);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(replicas_end_equal_and_lose_nothing)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
