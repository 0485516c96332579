/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: the log that only grows, pending text, children, and the order of the list. */
#include "test_store_help.h"

static struct store_draft draft_of(int n)
{
        return (struct store_draft){.id = id_n(n),
                                    .record = id_n(1000 + n),
                                    .parent_question = "",
                                    .form_hash = hash_text("visita@1"),
                                    .form = "visita",
                                    .title = "Visita",
                                    .school_title = "I.E. Cuñumbuque",
                                    .answered = 1,
                                    .missing = 9,
                                    .bases = "",
                                    .started = "2026-03-01T08:00:00.000-05:00",
                                    .saved = "2026-03-01T08:00:00.000-05:00"};
}

static void create(struct world *w, int n, int parent)
{
        struct store_draft draft = draft_of(n);
        if (parent) {
                draft.parent_draft = id_n(parent);
                draft.parent_question = "compromisos";
        }
        OK(store_draft_create(w->store, &draft, &w->err));
}

static void append(struct world *w, int n, const char *line)
{
        struct store_draft draft = draft_of(n);
        OK(store_draft_append(w->store, &draft, &line, 1, &w->err));
}

static int log_length(struct world *w, int n)
{
        const char *const *lines;
        int count = -1;
        struct id id = id_n(n);
        OK(store_draft_log(w->store, &id, &w->arena, &lines, &count, &w->err));
        return count;
}

static void test_create_and_get(void **state)
{
        struct world *w = *state;
        struct store_draft draft = draft_of(1), found;
        draft.bases = "aa bb";
        OK(store_draft_create(w->store, &draft, &w->err));
        FAILS(ERR_EXISTS, store_draft_create(w->store, &draft, &w->err));
        world_reopen(w);
        OK(store_draft_get(w->store, &draft.id, &w->arena, &found, &w->err));
        assert_true(id_equal(&found.id, &draft.id));
        assert_true(id_equal(&found.record, &draft.record));
        assert_true(id_is_none(&found.parent_draft));
        assert_true(hash_equal(&found.form_hash, &draft.form_hash));
        assert_string_equal(found.form, "visita");
        assert_string_equal(found.title, "Visita");
        assert_string_equal(found.school_title, "I.E. Cuñumbuque");
        assert_string_equal(found.bases, "aa bb");
        assert_string_equal(found.started, draft.started);
        assert_string_equal(found.saved, draft.saved);
        assert_int_equal(found.answered, 1);
        assert_int_equal(found.missing, 9);
        struct id none = id_n(77);
        FAILS(ERR_NOT_FOUND, store_draft_get(w->store, &none, &w->arena, &found, &w->err));
        assert_true(id_equal(&found.id, &draft.id)); /* untouched */
}

static void test_log(void **state)
{
        struct world *w = *state;
        struct store_draft draft = draft_of(1), found;
        const char *three[] = {"{\"a\":1}", "", "{\"ñ\":\"¡\"}"};
        const char *const *lines;
        int n;
        create(w, 1, 0);
        assert_int_equal(log_length(w, 1), 0);
        draft.title = "Visita a Cuñumbuque";
        draft.answered = 4;
        draft.missing = 6;
        draft.saved = "2026-03-01T09:00:00.000-05:00";
        OK(store_draft_append(w->store, &draft, three, 3, &w->err));
        OK(store_draft_append(w->store, &draft, NULL, 0, &w->err));
        append(w, 1, "último");
        world_reopen(w);
        OK(store_draft_log(w->store, &draft.id, &w->arena, &lines, &n, &w->err));
        assert_int_equal(n, 4);
        for (int i = 0; i < 3; i++)
                assert_string_equal(lines[i], three[i]);
        assert_string_equal(lines[3], "último");
        OK(store_draft_append(w->store, &draft, NULL, 0, &w->err));
        OK(store_draft_get(w->store, &draft.id, &w->arena, &found, &w->err));
        assert_string_equal(found.title, "Visita a Cuñumbuque");
        assert_string_equal(found.saved, draft.saved);
        assert_int_equal(found.answered, 4);
        assert_int_equal(found.missing, 6);

        OK(store_draft_compact(w->store, &draft.id, "todo", &w->err));
        append(w, 1, "después");
        OK(store_draft_log(w->store, &draft.id, &w->arena, &lines, &n, &w->err));
        assert_int_equal(n, 2);
        assert_string_equal(lines[0], "todo");
        assert_string_equal(lines[1], "después");
}

static void test_missing_draft(void **state)
{
        struct world *w = *state;
        struct store_draft draft = draft_of(9);
        const char *line = "x", *place, *text;
        const char *const *lines;
        int n;
        FAILS(ERR_NOT_FOUND, store_draft_append(w->store, &draft, &line, 1, &w->err));
        FAILS(ERR_NOT_FOUND, store_draft_compact(w->store, &draft.id, line, &w->err));
        FAILS(ERR_NOT_FOUND, store_draft_log(w->store, &draft.id, &w->arena, &lines, &n, &w->err));
        FAILS(ERR_NOT_FOUND, store_draft_pending_set(w->store, &draft.id, "a", "b", &w->err));
        FAILS(ERR_NOT_FOUND, store_draft_pending(w->store, &draft.id, &w->arena, &place, &text, &w->err));
        FAILS(ERR_NOT_FOUND, store_draft_delete(w->store, &draft.id, &w->err));
        draft.parent_draft = id_n(10);
        FAILS(ERR_NOT_FOUND, store_draft_create(w->store, &draft, &w->err));
}

static void test_pending(void **state)
{
        struct world *w = *state;
        struct id id = id_n(1);
        const char *place = "x", *text = "x";
        create(w, 1, 0);
        OK(store_draft_pending(w->store, &id, &w->arena, &place, &text, &w->err));
        assert_null(place);
        assert_null(text);
        OK(store_draft_pending_set(w->store, &id, "s1/nombre", "María de los Á", &w->err));
        world_reopen(w);
        OK(store_draft_pending(w->store, &id, &w->arena, &place, &text, &w->err));
        assert_string_equal(place, "s1/nombre");
        assert_string_equal(text, "María de los Á");
        OK(store_draft_pending_set(w->store, &id, "s1/nombre", "", &w->err));
        OK(store_draft_pending(w->store, &id, &w->arena, &place, &text, &w->err));
        assert_null(text);
        OK(store_draft_pending_set(w->store, &id, "s1/nombre", "María", &w->err));
        append(w, 1, "{\"nombre\":\"María\"}");
        OK(store_draft_pending(w->store, &id, &w->arena, &place, &text, &w->err));
        assert_null(text);
}

static void test_list_newest_first(void **state)
{
        struct world *w = *state;
        struct store_draft *drafts;
        int n;
        for (int i = 1; i <= 4; i++)
                create(w, i, 0);
        create(w, 11, 1);
        create(w, 12, 1);
        append(w, 2, "x"); /* all say the same time: the order does not depend on it */
        OK(store_draft_list(w->store, NULL, &w->arena, &drafts, &n, &w->err));
        assert_int_equal(n, 4);
        int wanted[] = {2, 4, 3, 1};
        for (int i = 0; i < 4; i++) {
                struct id id = id_n(wanted[i]);
                assert_true(id_equal(&drafts[i].id, &id));
        }
        struct id parent = id_n(1);
        OK(store_draft_list(w->store, &parent, &w->arena, &drafts, &n, &w->err));
        assert_int_equal(n, 2);
        assert_true(id_equal(&drafts[0].parent_draft, &parent));
        assert_string_equal(drafts[0].parent_question, "compromisos");
        struct store_counts counts;
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.drafts, 4);
}

static void test_delete_takes_children(void **state)
{
        struct world *w = *state;
        struct store_draft found;
        create(w, 1, 0);
        create(w, 2, 1);
        create(w, 3, 2);
        create(w, 4, 0);
        append(w, 3, "de un nieto");
        append(w, 4, "de otro");
        struct id one = id_n(1), three = id_n(3);
        OK(store_draft_delete(w->store, &one, &w->err));
        FAILS(ERR_NOT_FOUND, store_draft_get(w->store, &three, &w->arena, &found, &w->err));
        create(w, 3, 0);
        assert_int_equal(log_length(w, 3), 0);
        assert_int_equal(log_length(w, 4), 1);
        OK(store_check(w->store, &w->err));
}

/* Concluding: the draft goes and the record comes, or neither. */
static void test_conclude_is_one_transaction(void **state)
{
        struct world *w = *state;
        struct id id = id_n(1);
        create(w, 1, 0);
        append(w, 1, "x");
        OK(store_begin(w->store, &w->err));
        add(w, 1001, "visita", "Una");
        OK(store_draft_delete(w->store, &id, &w->err));
        store_rollback(w->store);
        assert_int_equal(log_length(w, 1), 1);
        struct store_counts counts;
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.records, 0);
}

int main(void)
{
#define OPEN(test) cmocka_unit_test_setup_teardown(test, world_open, world_free)
        const struct CMUnitTest tests[] = {
                OPEN(test_create_and_get),
                OPEN(test_log),
                OPEN(test_missing_draft),
                OPEN(test_pending),
                OPEN(test_list_newest_first),
                OPEN(test_delete_takes_children),
                OPEN(test_conclude_is_one_transaction),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
