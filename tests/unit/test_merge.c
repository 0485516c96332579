/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The merge of a record's revisions (sync/merge.h): named cases, and random
 * histories judged by a second, plainer reading of the same rules: a value is
 * current when a revision writes it and no revision that writes that answer
 * comes after it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sync/merge.h"

enum { MOST = 40, FIELDS = 4 };

struct made {
        struct merge_revision revision;
        struct hash parents[MOST];
        json_t *answers, *writes;
};

struct world {
        struct made made[MOST];
        int n;
        struct arena arena;
};

static int world_new(void **state)
{
        *state = xcalloc(1, sizeof(struct world));
        return 0;
}

static void world_clear(struct world *w)
{
        for (int i = 0; i < w->n; i++) {
                json_decref(w->made[i].answers);
                json_decref(w->made[i].writes);
        }
        w->n = 0;
        arena_clear(&w->arena);
}

static int world_free(void **state)
{
        struct world *w = *state;
        world_clear(w);
        arena_release(&w->arena);
        free(w);
        return 0;
}

static json_t *json_of(const char *text)
{
        json_error_t error;
        json_t *value = json_loads(text, 0, &error);
        if (!value)
                fail_msg("%s: %s", error.text, text);
        return value;
}

/* `parents`: indices, ended by -1. */
static int add(struct world *w, const int *parents, json_t *answers, json_t *writes, bool annulled)
{
        struct made *made = &w->made[w->n];
        char name[16];
        *made = (struct made){.answers = answers, .writes = writes};
        int64_t gen = 0;
        int n = 0;
        for (; parents[n] >= 0; n++) {
                made->parents[n] = w->made[parents[n]].revision.id;
                if (w->made[parents[n]].revision.gen > gen)
                        gen = w->made[parents[n]].revision.gen;
        }
        snprintf(name, sizeof name, "revision %d", w->n);
        made->revision = (struct merge_revision){.id = hash_of(name, strlen(name)), .parents = made->parents, .parents_n = n,
                                                 .gen = gen + 1, .annulled = annulled, .answers = answers, .writes = writes};
        return w->n++;
}

static int edit(struct world *w, int parent, const char *answers, const char *writes)
{
        const int parents[] = {parent, -1};
        return add(w, parents, json_of(answers), json_of(writes), false);
}

/* The office's word on what it saw: it writes nothing; what it carries is not to be looked at. */
static int say(struct world *w, const int *parents, enum merge_word word)
{
        int at = add(w, parents, json_of("{\"a\":\"not this\"}"), json_of("[]"), false);
        w->made[at].revision.word = word;
        return at;
}

#define ROOTS ((const int[]){-1})
#define AFTER(...) ((const int[]){__VA_ARGS__, -1})

static struct merge_result merged(struct world *w)
{
        struct merge_revision revisions[MOST];
        struct merge_result result;
        for (int i = 0; i < w->n; i++)
                revisions[i] = w->made[i].revision;
        merge_record(revisions, w->n, &w->arena, &result);
        return result;
}

static const char *answer(const struct merge_result *result, const char *name)
{
        const char *text = json_string_value(json_object_get(result->answers, name));
        return text ? text : "";
}

/* ---- Named cases ---- */

static void one_line_of_revisions_is_its_last(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\",\"b\":\"2\"}"), json_of("[\"a\",\"b\"]"), false);
        int last = edit(w, first, "{\"a\":\"3\"}", "[\"a\",\"b\"]");
        struct merge_result result = merged(w);
        assert_int_equal(result.heads_n, 1);
        assert_int_equal(result.heads[0], last);
        assert_string_equal(answer(&result, "a"), "3");
        assert_null(json_object_get(result.answers, "b"));
        assert_int_equal(result.conflicts_n, 0);
        assert_false(result.parallel);
        json_decref(result.answers);
}

static void different_answers_merge_by_themselves(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\",\"b\":\"1\"}"), json_of("[\"a\",\"b\"]"), false);
        edit(w, first, "{\"a\":\"2\",\"b\":\"1\"}", "[\"a\"]");
        edit(w, first, "{\"a\":\"1\",\"b\":\"2\"}", "[\"b\"]");
        struct merge_result result = merged(w);
        assert_int_equal(result.heads_n, 2);
        assert_true(result.parallel);
        assert_int_equal(result.conflicts_n, 0);
        assert_string_equal(answer(&result, "a"), "2");
        assert_string_equal(answer(&result, "b"), "2");
        json_decref(result.answers);
}

static void the_same_answer_twice_is_a_conflict_that_keeps_both(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        int one = edit(w, first, "{\"a\":\"2\"}", "[\"a\"]"), other = edit(w, first, "{}", "[\"a\"]");
        struct merge_result result = merged(w);
        assert_int_equal(result.conflicts_n, 1);
        assert_string_equal(result.conflicts[0].name, "a");
        assert_int_equal(result.conflicts[0].n, 2);
        assert_false(result.parallel);
        int first_shown = result.conflicts[0].candidates[0].revision;
        assert_int_equal(first_shown, result.heads[0]);
        assert_true(first_shown == one || first_shown == other);
        json_decref(result.answers);
        /* It ends through a revision that saw both. */
        const int both[] = {one, other, -1};
        add(w, both, json_of("{\"a\":\"3\"}"), json_of("[\"a\"]"), false);
        result = merged(w);
        assert_int_equal(result.conflicts_n, 0);
        assert_string_equal(answer(&result, "a"), "3");
        json_decref(result.answers);
}

static void the_same_value_on_both_sides_is_no_conflict(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        edit(w, first, "{\"a\":\"2\"}", "[\"a\"]");
        edit(w, first, "{\"a\":\"2\"}", "[\"a\"]");
        struct merge_result result = merged(w);
        assert_int_equal(result.conflicts_n, 0);
        assert_true(result.parallel);
        json_decref(result.answers);
}

/* Two laptops that import the same padrón make two first revisions of the same school. */
static void two_first_revisions_that_agree_are_clean(void **state)
{
        struct world *w = *state;
        add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        add(w, ROOTS, json_of("{\"a\":\"1\",\"b\":\"2\"}"), json_of("[\"a\",\"b\"]"), false);
        struct merge_result result = merged(w);
        assert_int_equal(result.conflicts_n, 0);
        assert_string_equal(answer(&result, "b"), "2");
        json_decref(result.answers);
}

static void a_parent_that_has_not_arrived_counts_as_writing_all(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\",\"b\":\"1\"}"), json_of("[\"a\",\"b\"]"), false);
        int lost = edit(w, first, "{\"a\":\"2\",\"b\":\"2\"}", "[\"a\",\"b\"]");
        edit(w, lost, "{\"a\":\"3\",\"b\":\"2\"}", "[\"a\"]");
        struct made kept = w->made[lost];
        w->made[lost] = w->made[2];
        w->n = 2; /* the one in the middle is not here */
        struct merge_result result = merged(w);
        assert_int_equal(result.missing_n, 1);
        assert_true(hash_equal(&result.missing[0], &kept.revision.id));
        assert_string_equal(answer(&result, "b"), "2");
        json_decref(result.answers);
        json_decref(kept.answers);
        json_decref(kept.writes);
}

static void annulling_beside_an_edit_keeps_the_record(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        const int parents[] = {first, -1};
        int annulled = add(w, parents, json_of("{\"a\":\"1\"}"), json_of("[]"), true);
        struct merge_result result = merged(w);
        assert_true(result.annulled);
        assert_false(result.annul_conflict);
        json_decref(result.answers);
        int edited = edit(w, first, "{\"a\":\"2\"}", "[\"a\"]");
        result = merged(w);
        assert_false(result.annulled);
        assert_true(result.annul_conflict);
        json_decref(result.answers);
        const int both[] = {annulled, edited, -1};
        add(w, both, json_of("{\"a\":\"2\"}"), json_of("[]"), true);
        result = merged(w);
        assert_true(result.annulled);
        assert_false(result.annul_conflict);
        json_decref(result.answers);
}

/* ---- What the office says ---- */

static void check_standing(struct world *w, enum merge_standing standing, int word, const char *a)
{
        struct merge_result result = merged(w);
        assert_int_equal(result.standing, standing);
        assert_int_equal(result.word, word);
        assert_int_equal(result.conflicts_n, 0);
        assert_false(result.parallel);
        assert_string_equal(answer(&result, "a"), a);
        json_decref(result.answers);
}

static void an_observation_is_corrected_and_then_validated(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        check_standing(w, STANDS_UNSEEN, -1, "1");
        int observed = say(w, AFTER(first), MERGE_OBSERVES);
        check_standing(w, STANDS_OBSERVED, observed, "1");
        int corrected = edit(w, observed, "{\"a\":\"2\"}", "[\"a\"]");
        check_standing(w, STANDS_CORRECTED, observed, "2");
        int validated = say(w, AFTER(corrected), MERGE_VALIDATES);
        check_standing(w, STANDS_VALIDATED, validated, "2");
        edit(w, validated, "{\"a\":\"3\"}", "[\"a\"]");
        check_standing(w, STANDS_CHANGED, validated, "3");
}

static void an_edit_beside_an_observation_does_not_answer_it(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        int edited = edit(w, first, "{\"a\":\"2\"}", "[\"a\"]"), observed = say(w, AFTER(first), MERGE_OBSERVES);
        check_standing(w, STANDS_OBSERVED, observed, "2");
        add(w, AFTER(edited, observed), json_of("{\"a\":\"2\"}"), json_of("[]"), false);
        check_standing(w, STANDS_CORRECTED, observed, "2");
}

static void a_validation_does_not_cover_what_it_did_not_see(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        int validated = say(w, AFTER(first), MERGE_VALIDATES);
        int edited = edit(w, first, "{\"a\":\"2\"}", "[\"a\"]");
        check_standing(w, STANDS_CHANGED, validated, "2");
        int again = say(w, AFTER(validated, edited), MERGE_VALIDATES);
        check_standing(w, STANDS_VALIDATED, again, "2");
}

static void of_two_offices_the_one_that_observes_is_heard(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        int observed = say(w, AFTER(first), MERGE_OBSERVES);
        say(w, AFTER(first), MERGE_VALIDATES);
        check_standing(w, STANDS_OBSERVED, observed, "1");
}

static void a_word_neither_ends_nor_hides_a_conflict(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        int one = edit(w, first, "{\"a\":\"2\"}", "[\"a\"]"), other = edit(w, first, "{\"a\":\"3\"}", "[\"a\"]");
        say(w, AFTER(one, other), MERGE_OBSERVES);
        struct merge_result result = merged(w);
        assert_int_equal(result.heads_n, 1);
        assert_int_equal(result.tips_n, 2);
        assert_int_equal(result.conflicts_n, 1);
        assert_int_equal(result.standing, STANDS_OBSERVED);
        json_decref(result.answers);
}

static void a_word_beside_an_annulment_does_not_bring_it_back(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        add(w, AFTER(first), json_of("{\"a\":\"1\"}"), json_of("[]"), true);
        say(w, AFTER(first), MERGE_VALIDATES);
        struct merge_result result = merged(w);
        assert_true(result.annulled);
        assert_false(result.annul_conflict);
        json_decref(result.answers);
}

/* What it carries is all there is of a parent on a disk that no longer is. */
static void a_word_stands_in_for_a_parent_that_has_not_arrived(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\"}"), json_of("[\"a\"]"), false);
        int lost = edit(w, first, "{\"a\":\"2\"}", "[\"a\"]");
        say(w, AFTER(lost), MERGE_OBSERVES);
        struct made kept = w->made[lost];
        w->made[lost] = w->made[2];
        w->n = 2;
        struct merge_result result = merged(w);
        assert_int_equal(result.conflicts_n, 1); /* both are shown until it arrives */
        assert_int_equal(result.missing_n, 1);
        json_decref(result.answers);
        json_decref(kept.answers);
        json_decref(kept.writes);
}

/* Who comes right after it says what there was; and nothing counts as missing. */
static void a_revision_that_is_gone_keeps_its_place(void **state)
{
        struct world *w = *state;
        int first = add(w, ROOTS, json_of("{\"a\":\"1\",\"b\":\"1\"}"), json_of("[\"a\",\"b\"]"), false);
        int gone = edit(w, first, "{\"a\":\"2\",\"b\":\"1\"}", "[\"a\"]");
        edit(w, gone, "{\"a\":\"2\",\"b\":\"3\"}", "[\"b\"]");
        w->made[gone].revision.word = MERGE_GONE;
        json_object_clear(w->made[gone].answers);
        json_array_clear(w->made[gone].writes);
        struct merge_result result = merged(w);
        assert_string_equal(answer(&result, "a"), "2");
        assert_string_equal(answer(&result, "b"), "3");
        assert_int_equal(result.missing_n, 0);
        assert_int_equal(result.conflicts_n, 0);
        json_decref(result.answers);
}

/* ---- Random histories, judged plainly ---- */

static unsigned seed;

static int chance(int below)
{
        seed = seed * 1103515245u + 12345u;
        return (int)(seed >> 16) % below;
}

static const char *const names[FIELDS] = {"a", "b", "c", "d"};

/* A revision by somebody who had seen some of what there is: its parents are the heads of that. */
static void add_random(struct world *w)
{
        bool seen[MOST] = {false}, covered[MOST] = {false};
        int parents[MOST + 1], n = 0;
        for (int i = 0; i < w->n; i++)
                seen[i] = chance(3) > 0;
        for (int i = w->n - 1; i >= 0; i--) /* who has seen one has seen what it came from */
                for (int p = 0; seen[i] && p < w->made[i].revision.parents_n; p++)
                        for (int j = 0; j < i; j++)
                                if (hash_equal(&w->made[j].revision.id, &w->made[i].parents[p]))
                                        seen[j] = covered[j] = true;
        for (int i = 0; i < w->n; i++)
                if (seen[i] && !covered[i])
                        parents[n++] = i;
        parents[n] = -1;
        if (n > 0 && chance(4) == 0) {
                say(w, parents, chance(2) ? MERGE_OBSERVES : MERGE_VALIDATES);
                return;
        }
        json_t *answers = json_object(), *writes = json_array();
        for (int f = 0; f < FIELDS; f++) {
                json_t *before = n ? json_object_get(w->made[parents[0]].answers, names[f]) : NULL;
                bool wrote = n != 1 || w->made[parents[0]].revision.word != MERGE_ANSWERS || chance(2);
                if (wrote)
                        json_array_append_new(writes, json_string(names[f]));
                if (wrote && chance(5))
                        json_object_set_new(answers, names[f], json_integer(chance(4)));
                else if (!wrote && before)
                        json_object_set(answers, names[f], before);
        }
        add(w, parents, answers, writes, chance(12) == 0);
}

static bool comes_after(const struct world *w, int later, int earlier)
{
        if (later == earlier)
                return false;
        for (int p = 0; p < w->made[later].revision.parents_n; p++)
                for (int i = 0; i < later; i++)
                        if (hash_equal(&w->made[i].revision.id, &w->made[later].parents[p]) &&
                            (i == earlier || comes_after(w, i, earlier)))
                                return true;
        return false;
}

static bool wrote(const struct world *w, int i, const char *name)
{
        for (size_t k = 0; k < json_array_size(w->made[i].writes); k++)
                if (strcmp(json_string_value(json_array_get(w->made[i].writes, k)), name) == 0)
                        return true;
        return false;
}

/* The current values of an answer, as a set of JSON texts in order. */
static json_t *plain_values(const struct world *w, const char *name)
{
        json_t *values = json_object();
        for (int i = 0; i < w->n; i++) {
                bool current = wrote(w, i, name);
                for (int j = 0; current && j < w->n; j++)
                        current = !(wrote(w, j, name) && comes_after(w, j, i));
                if (!current)
                        continue;
                json_t *value = json_object_get(w->made[i].answers, name);
                char *text = value ? json_dumps(value, JSON_ENCODE_ANY) : strdup("(none)");
                json_object_set_new(values, text, json_true());
                free(text);
        }
        return values;
}

static const struct merge_conflict *conflict_of(const struct merge_result *result, const char *name)
{
        for (int i = 0; i < result->conflicts_n; i++)
                if (strcmp(result->conflicts[i].name, name) == 0)
                        return &result->conflicts[i];
        return NULL;
}

static void check_field(const struct world *w, const struct merge_result *result, const char *name)
{
        json_t *plain = plain_values(w, name);
        const struct merge_conflict *conflict = conflict_of(result, name);
        assert_int_equal(conflict ? conflict->n : json_object_size(plain) > 0, json_object_size(plain));
        json_t *value = json_object_get(result->answers, name);
        char *text = value ? json_dumps(value, JSON_ENCODE_ANY) : strdup("(none)");
        if (json_object_size(plain))
                assert_non_null(json_object_get(plain, text)); /* what is shown is one of them */
        free(text);
        json_decref(plain);
}

static bool is_answers(const struct world *w, int i)
{
        return w->made[i].revision.word == MERGE_ANSWERS;
}

/* Whether a revision of answers comes after `word`; whether one does not come before it. */
static bool some_after(const struct world *w, int word)
{
        for (int i = 0; i < w->n; i++)
                if (is_answers(w, i) && comes_after(w, i, word))
                        return true;
        return false;
}

static bool some_unseen(const struct world *w, int word)
{
        for (int i = 0; i < w->n; i++)
                if (is_answers(w, i) && !comes_after(w, word, i))
                        return true;
        return false;
}

static bool is_last_word(const struct world *w, int word)
{
        for (int i = 0; i < w->n; i++)
                if (!is_answers(w, i) && comes_after(w, i, word))
                        return false;
        return !is_answers(w, word);
}

static enum merge_standing plain_standing(const struct world *w)
{
        bool observed = false, corrected = false, validated = false, changed = false;
        for (int i = 0; i < w->n; i++) {
                if (!is_last_word(w, i))
                        continue;
                bool observes = w->made[i].revision.word == MERGE_OBSERVES, after = some_after(w, i), unseen = some_unseen(w, i);
                observed = observed || (observes && !after);
                corrected = corrected || (observes && after);
                validated = validated || (!observes && !unseen);
                changed = changed || (!observes && unseen);
        }
        return observed ? STANDS_OBSERVED : corrected ? STANDS_CORRECTED : validated ? STANDS_VALIDATED
             : changed ? STANDS_CHANGED : STANDS_UNSEEN;
}

static bool plain_annulled(const struct world *w)
{
        bool annulled = true;
        for (int i = 0; i < w->n; i++)
                if (is_answers(w, i) && !some_after(w, i))
                        annulled = annulled && w->made[i].revision.annulled;
        return annulled;
}

/* The whole result as text, to compare. */
static char *words(const struct world *w, const struct merge_result *result)
{
        json_t *all = json_object();
        json_object_set(all, "answers", result->answers);
        for (int i = 0; i < result->conflicts_n; i++)
                for (int c = 0; c < result->conflicts[i].n; c++) {
                        char key[HASH_TEXT + 8], hash[HASH_TEXT];
                        hash_format(&w->made[result->conflicts[i].candidates[c].revision].revision.id, hash);
                        snprintf(key, sizeof key, "%s %s", result->conflicts[i].name, hash);
                        json_object_set_new(all, key, json_integer(c));
                }
        json_object_set_new(all, "annulled", json_boolean(result->annulled));
        json_object_set_new(all, "standing", json_integer(result->standing));
        char *text = json_dumps(all, JSON_SORT_KEYS);
        json_decref(all);
        return text;
}

/* In another order it is the same. */
static void check_order(struct world *w, const char *expected)
{
        struct merge_revision revisions[MOST];
        struct merge_result result;
        int order[MOST];
        for (int i = 0; i < w->n; i++)
                order[i] = i;
        for (int i = w->n - 1; i > 0; i--) {
                int j = chance(i + 1), kept = order[i];
                order[i] = order[j];
                order[j] = kept;
        }
        struct world shuffled = {.n = w->n};
        for (int i = 0; i < w->n; i++) {
                shuffled.made[i] = w->made[order[i]];
                revisions[i] = w->made[order[i]].revision;
        }
        merge_record(revisions, w->n, &w->arena, &result);
        char *text = words(&shuffled, &result);
        assert_string_equal(text, expected);
        free(text);
        json_decref(result.answers);
}

static void random_histories_follow_the_rules_in_any_order(void **state)
{
        struct world *w = *state;
        enum { HISTORIES = 3000 };
        for (int history = 0; history < HISTORIES; history++) {
                seed = (unsigned)history;
                int n = 1 + chance(12);
                for (int i = 0; i < n; i++)
                        add_random(w);
                struct merge_result result = merged(w);
                for (int f = 0; f < FIELDS; f++)
                        check_field(w, &result, names[f]);
                assert_int_equal(result.standing, plain_standing(w));
                assert_int_equal(result.annulled, plain_annulled(w));
                char *text = words(w, &result);
                for (int i = 0; i < 3; i++)
                        check_order(w, text);
                free(text);
                json_decref(result.answers);
                world_clear(w);
        }
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_new, world_free)
        const struct CMUnitTest tests[] = {
                CASE(one_line_of_revisions_is_its_last),
                CASE(different_answers_merge_by_themselves),
                CASE(the_same_answer_twice_is_a_conflict_that_keeps_both),
                CASE(the_same_value_on_both_sides_is_no_conflict),
                CASE(two_first_revisions_that_agree_are_clean),
                CASE(a_parent_that_has_not_arrived_counts_as_writing_all),
                CASE(annulling_beside_an_edit_keeps_the_record),
                CASE(an_observation_is_corrected_and_then_validated),
                CASE(an_edit_beside_an_observation_does_not_answer_it),
                CASE(a_validation_does_not_cover_what_it_did_not_see),
                CASE(of_two_offices_the_one_that_observes_is_heard),
                CASE(a_word_neither_ends_nor_hides_a_conflict),
                CASE(a_word_beside_an_annulment_does_not_bring_it_back),
                CASE(a_word_stands_in_for_a_parent_that_has_not_arrived),
                CASE(a_revision_that_is_gone_keeps_its_place),
                CASE(random_histories_follow_the_rules_in_any_order),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
