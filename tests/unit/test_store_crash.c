/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Power cuts and failing disks.  `struct facts` is everything that the test
 * has written, as numbers; read_facts() finds it again in the store, checking
 * each text on the way.  After a cut the store must hold the facts of the last
 * operation that was acknowledged, or those with the one under way complete.
 * After a refused write it must hold the same, and the next attempt must work.
 *
 * $SIMAE_TEST_FULL: twice the cuts, and a store is made four times, with other pieces lost at each cut.
 * $SIMAE_TEST_CUTS asks for another number of cuts.
 */
#include "test_store_help.h"

#include "crash_vfs.h"
#include "store/store_test.h"
#include "../../src/store/store_priv.h"

#ifdef __SANITIZE_ADDRESS__
enum { CUTS = 250 };
#else
enum { CUTS = 1000 };
#endif
enum { DRAFTS = 3, LIFE = 50, SHARED = 900 };

struct facts {
        struct {
                int there, generation, lines, pending;
        } drafts[DRAFTS];
        int version; /* of the shared record's title; 0: it has no view */
        int revisions, views, meta, bundle, exports, form;
};

/* ---- Texts that follow from numbers ---- */

static char *line_text(struct arena *arena, int draft, int generation, int n)
{
        char *text = arena_printf(arena, "%d/%d/%d ", draft, generation, n);
        size_t len = strlen(text), more = (size_t)(n * 7919 % 97) * (n % 5 ? 3 : 60);
        char *line = arena_alloc(arena, len + more + 1);
        memcpy(line, text, len);
        memset(line + len, 'a' + n % 26, more);
        return line;
}

static struct store_draft draft_of(struct arena *arena, const struct facts *facts, int d)
{
        return (struct store_draft){.id = id_n(d * 100000 + facts->drafts[d].generation),
                                    .parent_question = "",
                                    .form = "visita",
                                    .bases = "",
                                    .school_title = "",
                                    .started = "",
                                    .saved = "",
                                    .answered = facts->drafts[d].lines,
                                    .title = arena_printf(arena, "%d", facts->drafts[d].lines)};
}

/* ---- Operations: each changes the store and, the same, the facts ---- */

static enum err_code op_draft_create(struct world *w, struct facts *facts, int d)
{
        if (facts->drafts[d].there)
                return ERR_OK;
        int generation = facts->drafts[d].generation + 1;
        memset(&facts->drafts[d], 0, sizeof facts->drafts[d]);
        facts->drafts[d].there = 1;
        facts->drafts[d].generation = generation;
        struct store_draft draft = draft_of(&w->arena, facts, d);
        return store_draft_create(w->store, &draft, &w->err);
}

static enum err_code op_draft_append(struct world *w, struct facts *facts, int d)
{
        const char *lines[3];
        int n = 1 + facts->drafts[d].lines % 3;
        if (!facts->drafts[d].there)
                return op_draft_create(w, facts, d);
        for (int i = 0; i < n; i++)
                lines[i] = line_text(&w->arena, d, facts->drafts[d].generation, ++facts->drafts[d].lines);
        facts->drafts[d].pending = 0;
        struct store_draft draft = draft_of(&w->arena, facts, d);
        return store_draft_append(w->store, &draft, lines, n, &w->err);
}

static enum err_code op_draft_compact(struct world *w, struct facts *facts, int d)
{
        struct store_draft draft = draft_of(&w->arena, facts, d);
        if (!facts->drafts[d].there || facts->drafts[d].lines == 0)
                return op_draft_append(w, facts, d);
        enum err_code rc = store_begin(w->store, &w->err);
        if (rc != ERR_OK)
                goto done;
        rc = store_draft_compact(w->store, &draft.id, line_text(&w->arena, d, facts->drafts[d].generation, 1),
                                 &w->err);
        draft.answered = 1;
        draft.title = "1";
        if (rc == ERR_OK)
                rc = store_draft_append(w->store, &draft, NULL, 0, &w->err);
        if (rc == ERR_OK)
                rc = store_commit(w->store, &w->err);
        if (rc != ERR_OK)
                store_rollback(w->store);
done:
        facts->drafts[d].lines = 1;
        facts->drafts[d].pending = 0;
        return rc;
}

static enum err_code op_pending(struct world *w, struct facts *facts, int d)
{
        struct store_draft draft = draft_of(&w->arena, facts, d);
        if (!facts->drafts[d].there)
                return op_draft_create(w, facts, d);
        char *text = arena_printf(&w->arena, "%d", ++facts->drafts[d].pending);
        return store_draft_pending_set(w->store, &draft.id, "lugar", text, &w->err);
}

static enum err_code op_draft_delete(struct world *w, struct facts *facts, int d)
{
        struct store_draft draft = draft_of(&w->arena, facts, d);
        if (!facts->drafts[d].there)
                return op_draft_create(w, facts, d);
        facts->drafts[d].there = facts->drafts[d].lines = facts->drafts[d].pending = 0;
        return store_draft_delete(w->store, &draft.id, &w->err);
}

/* A revision of record `n`; the body follows from how many there are. */
static enum err_code revise(struct world *w, struct facts *facts, int n, const char *title)
{
        struct store_record view = view_of(n, "visita", title);
        struct store_link link = {"colegio", id_n(7)};
        facts->revisions++;
        w->revisions = facts->revisions - 1;
        return add_view(w, &view, &link, 1);
}

/* Concluding, as the program does it: the draft becomes a record. */
static enum err_code op_conclude(struct world *w, struct facts *facts, int d)
{
        if (!facts->drafts[d].there)
                return op_draft_create(w, facts, d);
        struct store_draft draft = draft_of(&w->arena, facts, d);
        int record = d * 100000 + facts->drafts[d].generation;
        facts->drafts[d].there = facts->drafts[d].lines = facts->drafts[d].pending = 0;
        enum err_code rc = store_begin(w->store, &w->err);
        if (rc == ERR_OK)
                rc = revise(w, facts, record, "concluida");
        else
                facts->revisions++;
        facts->views++;
        if (rc == ERR_OK)
                rc = store_draft_delete(w->store, &draft.id, &w->err);
        if (rc == ERR_OK)
                rc = store_commit(w->store, &w->err);
        if (rc != ERR_OK)
                store_rollback(w->store);
        return rc;
}

static enum err_code op_revise(struct world *w, struct facts *facts, int d)
{
        (void)d;
        facts->views += facts->version == 0;
        facts->version = facts->revisions + 1;
        return revise(w, facts, SHARED, arena_printf(&w->arena, "v%d", facts->version));
}

static enum err_code op_meta(struct world *w, struct facts *facts, int d)
{
        (void)d;
        return store_meta_set(w->store, "dato", arena_printf(&w->arena, "%d", ++facts->meta), &w->err);
}

/* In a transaction that leaves the log for a journal, and comes back to it. */
static enum err_code op_vast(struct world *w, struct facts *facts, int d)
{
        enum err_code rc = store_begin_vast(w->store, &w->err);
        if (rc != ERR_OK)
                return rc;
        sqlite3_exec(w->store->db, "PRAGMA cache_size = 5", NULL, NULL, NULL); /* pages go to their place before the commit */
        rc = op_revise(w, facts, d);
        if (rc == ERR_OK)
                rc = op_meta(w, facts, d);
        if (rc == ERR_OK)
                rc = store_commit(w->store, &w->err);
        if (rc != ERR_OK)
                store_rollback(w->store);
        return rc;
}

static enum err_code op_record_set(struct world *w, struct facts *facts, int d)
{
        (void)d;
        facts->views += facts->version == 0;
        facts->version += 1000000;
        struct store_record view = view_of(SHARED, "visita", arena_printf(&w->arena, "v%d", facts->version));
        return store_record_set(w->store, &view, NULL, 0, &w->err);
}

static enum err_code op_views_clear(struct world *w, struct facts *facts, int d)
{
        (void)d;
        facts->views = facts->version = 0;
        return store_views_clear(w->store, &w->err);
}

static enum err_code op_bundle(struct world *w, struct facts *facts, int d)
{
        int64_t number;
        (void)d;
        facts->bundle++;
        return store_bundle_number(w->store, &number, &w->err);
}

static enum err_code op_export(struct world *w, struct facts *facts, int d)
{
        struct store_export done = {"2026", "/media", "ab", ++facts->exports, 1};
        (void)d;
        return store_export_add(w->store, &done, &w->err);
}

static enum err_code op_form(struct world *w, struct facts *facts, int d)
{
        (void)d;
        struct store_form form = form_of("visita", arena_printf(&w->arena, "%d", ++facts->form), false);
        return store_form_put(w->store, &form, line_text(&w->arena, 0, 0, 5), &w->err);
}

typedef enum err_code operation(struct world *w, struct facts *facts, int draft);

static const struct {
        const char *name;
        operation *run;
        int weight;
} operations[] = {
        {"append", op_draft_append, 12},
        {"pending", op_pending, 4},
        {"conclude", op_conclude, 3},
        {"create", op_draft_create, 1},
        {"compact", op_draft_compact, 1},
        {"delete", op_draft_delete, 1},
        {"revise", op_revise, 3},
        {"vast", op_vast, 3},
        {"set", op_record_set, 1},
        {"clear", op_views_clear, 1},
        {"meta", op_meta, 1},
        {"bundle", op_bundle, 1},
        {"export", op_export, 1},
        {"form", op_form, 1},
};

/* ---- What the store holds ---- */

static void read_draft(struct world *w, const struct facts *near, struct facts *facts, int d)
{
        const char *const *lines;
        const char *place, *text;
        struct store_draft found, draft = draft_of(&w->arena, near, d);
        int n, generation = near->drafts[d].generation;
        facts->drafts[d].generation = generation;
        if (store_draft_get(w->store, &draft.id, &w->arena, &found, &w->err) != ERR_OK) {
                assert_int_equal(w->err.code, ERR_NOT_FOUND);
                return;
        }
        OK(store_draft_log(w->store, &draft.id, &w->arena, &lines, &n, &w->err));
        for (int i = 0; i < n; i++)
                assert_string_equal(lines[i], line_text(&w->arena, d, generation, i + 1));
        OK(store_draft_pending(w->store, &draft.id, &w->arena, &place, &text, &w->err));
        assert_int_equal(found.answered, n);
        assert_int_equal(atoi(found.title), n);
        facts->drafts[d].there = 1;
        facts->drafts[d].lines = n;
        facts->drafts[d].pending = text ? atoi(text) : 0;
}

static int read_number(struct world *w, const char *name)
{
        const char *value;
        OK(store_meta_get(w->store, name, &w->arena, &value, &w->err));
        return value ? atoi(value) : 0;
}

/* The shared record is found by the word of its title, and by no older one. */
static int read_version(struct world *w)
{
        struct store_record view;
        struct store_record *found;
        struct id id = id_n(SHARED);
        int n;
        if (store_record_get(w->store, &id, &w->arena, &view, &w->err) != ERR_OK)
                return 0;
        struct store_query query = {.text = view.title, .limit = 5};
        OK(store_record_list(w->store, &query, &w->arena, &found, &n, &w->err));
        assert_true(n >= 1);
        assert_true(id_equal(&found[0].id, &id));
        return atoi(view.title + 1);
}

/* `near` tells which generation of each draft to look for. */
static struct facts read_facts(struct world *w, const struct facts *near)
{
        struct facts facts = {0};
        struct store_counts counts;
        struct store_export last = {0};
        struct store_form *forms;
        int n;
        for (int d = 0; d < DRAFTS; d++)
                read_draft(w, near, &facts, d);
        OK(store_counts(w->store, &counts, &w->err));
        facts.revisions = (int)counts.revisions;
        facts.views = (int)counts.records;
        facts.version = read_version(w);
        facts.meta = read_number(w, "dato");
        facts.bundle = read_number(w, "bundle_number");
        if (store_export_last(w->store, &w->arena, &last, &w->err) == ERR_OK)
                facts.exports = (int)last.revisions;
        OK(store_form_list(w->store, &w->arena, &forms, &n, &w->err));
        facts.form = n ? atoi(forms[0].version) : 0;
        return facts;
}

/* The store holds one of the two; says which. */
static struct facts settle(struct world *w, const struct facts *before, const struct facts *after,
                           const char *what, int n)
{
        struct facts with_after = read_facts(w, after);
        if (memcmp(&with_after, after, sizeof *after) == 0)
                return *after;
        struct facts with_before = read_facts(w, before);
        if (memcmp(&with_before, before, sizeof *before) != 0)
                fail_msg("%s, %d: neither as before nor as after", what, n);
        return *before;
}

static void open_store(struct world *w)
{
        OK(store_open(w->data, STORE_CREATE, &w->store, &w->err));
        sqlite3_wal_autocheckpoint(w->store->db, 30); /* often, so that cuts fall in checkpoints too */
}

static void close_store(struct world *w)
{
        store_close(w->store);
        w->store = NULL;
}

/* A store that has a bit of everything. */
static struct facts make_base(struct world *w)
{
        struct facts facts = {0};
        open_store(w);
        for (int round = 0; round < 4; round++)
                for (size_t i = 0; i < ARRAY_LEN(operations); i++)
                        OK(operations[i].run(w, &facts, round % DRAFTS));
        for (int d = 0; d < DRAFTS; d++)
                while (facts.drafts[d].lines < 10)
                        OK(op_draft_append(w, &facts, d));
        OK(op_conclude(w, &facts, 2));
        OK(op_revise(w, &facts, 0));
        struct facts found = read_facts(w, &facts);
        assert_memory_equal(&found, &facts, sizeof facts);
        close_store(w);
        crash_vfs_save();
        return facts;
}

static int world_crash(void **state)
{
        crash_vfs_register(20260301);
        crash_vfs_clear();
        store_test_vfs(CRASH_VFS);
        return world_new(state);
}

static int world_calm(void **state)
{
        int rc = world_free(state);
        store_test_vfs(NULL);
        crash_vfs_clear();
        return rc;
}

/* ---- Power cuts ---- */

static operation *any_operation(void)
{
        int total = 0;
        for (size_t i = 0; i < ARRAY_LEN(operations); i++)
                total += operations[i].weight;
        int pick = crash_vfs_random(total);
        size_t i = 0;
        while (pick >= operations[i].weight)
                pick -= operations[i++].weight;
        return operations[i].run;
}

/* Work until the power goes; `before` follows what was acknowledged. */
static void work(struct world *w, struct facts *before, struct facts *after)
{
        int n = crash_vfs_random(20);
        for (int i = 0; i < n; i++) {
                *after = *before;
                if (any_operation()(w, after, crash_vfs_random(DRAFTS)) != ERR_OK) {
                        assert_true(crash_vfs_fired());
                        return;
                }
                *before = *after;
        }
}

static void test_power_cuts(void **state)
{
        struct world *w = *state;
        struct facts base = make_base(w), before = base, after = base;
        const char *asked = getenv("SIMAE_TEST_CUTS");
        int cuts = asked ? atoi(asked) : getenv("SIMAE_TEST_FULL") ? 2 * CUTS : CUTS, fired = 0, undone = 0, in_open = 0;
        for (int cut = 0; cut < cuts; cut++) {
                if (cut % LIFE == 0) {
                        crash_vfs_restore();
                        before = after = base;
                }
                crash_vfs_arm(CRASH_CUT, 1 + crash_vfs_random(cut % 3 ? 60 : 8));
                if (store_open(w->data, 0, &w->store, &w->err) == ERR_OK) {
                        sqlite3_wal_autocheckpoint(w->store->db, 30);
                        work(w, &before, &after);
                } else {
                        in_open++;
                }
                close_store(w);
                fired += crash_vfs_fired();
                crash_vfs_power();
                open_store(w);
                OK(store_check(w->store, &w->err));
                bool pending = memcmp(&before, &after, sizeof before) != 0;
                before = after = settle(w, &before, &after, "cut", cut);
                undone += pending;
                arena_clear(&w->arena);
                if (cut % 2) { /* half go on from a store left as a cut leaves it */
                        crash_vfs_arm(CRASH_CUT, 1);
                        close_store(w);
                        crash_vfs_power();
                }
                close_store(w);
        }
        print_message("%d cuts: %d took effect, %d within an operation, %d while opening\n", cuts, fired,
                      undone, in_open);
        assert_true(fired > cuts / 2 && undone > cuts / 10 && in_open > 0);
}

/* Cuts at every operation of making a store: the next opening makes it. */
static void test_power_cuts_while_made(void **state)
{
        struct world *w = *state;
        char *mark = world_path(w, "id");
        for (int seed = getenv("SIMAE_TEST_FULL") ? 4 : 1; seed > 0; seed--) {
                bool cut = true;
                for (int n = 1; cut; n++) {
                        crash_vfs_clear();
                        unlink(mark);
                        crash_vfs_arm(CRASH_CUT, n);
                        enum err_code rc = store_open(w->data, STORE_CREATE, &w->store, &w->err);
                        cut = crash_vfs_fired();
                        assert_true(cut || rc == ERR_OK);
                        close_store(w);
                        crash_vfs_power();
                        OK(store_open(w->data, STORE_CREATE, &w->store, &w->err));
                        OK(store_check(w->store, &w->err));
                        OK(store_meta_set(w->store, "a", "b", &w->err));
                        close_store(w);
                        arena_clear(&w->arena);
                        mark = world_path(w, "id");
                }
        }
}

/* ---- Disks that refuse ---- */

static const struct {
        enum crash_fault fault;
        const char *name;
} faults[] = {
        {CRASH_FULL, "full once"},
        {CRASH_FULL_ON, "full"},
        {CRASH_FAIL, "fails once"},
        {CRASH_FAIL_ON, "fails"},
};

static void check_sentence(struct world *w, enum err_code rc, enum crash_fault fault, const char *what)
{
        bool full = fault == CRASH_FULL || fault == CRASH_FULL_ON;
        if (rc != w->err.code || strlen(w->err.text) < 20 || rc != (full ? ERR_NO_SPACE : ERR_IO))
                fail_msg("%s: code %d (%d): %s", what, rc, w->err.code, w->err.text);
}

/* One operation with the fault at its n-th write. False: it did not reach that far. */
static bool try_refused(struct world *w, const struct facts *base, size_t op, size_t fault, int n)
{
        struct facts before = *base, after = *base;
        crash_vfs_restore();
        open_store(w);
        sqlite3_wal_autocheckpoint(w->store->db, n % 2 ? 1 : 1000);
        crash_vfs_arm(faults[fault].fault, n);
        w->err = (struct err){0};
        enum err_code rc = operations[op].run(w, &after, 1);
        bool fired = crash_vfs_fired();
        crash_vfs_arm(CRASH_NONE, 0);
        if (rc != ERR_OK) {
                check_sentence(w, rc, faults[fault].fault, operations[op].name);
                assert_true(fired);
                before = after = settle(w, &before, &after, operations[op].name, n);
                if (memcmp(&before, base, sizeof before) == 0)
                        OK(operations[op].run(w, &after, 1));
        }
        settle(w, &after, &after, operations[op].name, n);
        OK(store_check(w->store, &w->err));
        close_store(w);
        if (n % 4 == 0) {
                open_store(w);
                settle(w, &after, &after, operations[op].name, n);
                close_store(w);
        }
        arena_clear(&w->arena);
        return fired;
}

static void test_refused_writes(void **state)
{
        struct world *w = *state;
        struct facts base = make_base(w);
        int refused = 0;
        for (size_t op = 0; op < ARRAY_LEN(operations); op++)
                for (size_t fault = 0; fault < ARRAY_LEN(faults); fault++)
                        for (int n = 1, quiet = 0; quiet < 2; n++) { /* odd and even differ */
                                bool fired = try_refused(w, &base, op, fault, n);
                                quiet = fired ? 0 : quiet + 1;
                                refused += fired;
                        }
        print_message("%d refused writes\n", refused);
        assert_true(refused > 300);
}

/* A group of writes whose disk fails in the middle is kept whole or not at all, whatever the caller does
 * next. */
static void refuse_inside(struct world *w, const struct facts *base, bool vast)
{
        bool fired = true;
        for (int n = 1; fired; n++) {
                struct facts after = *base;
                crash_vfs_restore();
                open_store(w);
                sqlite3_exec(w->store->db, "PRAGMA cache_size = 5", NULL, NULL,
                             NULL); /* spills before the commit */
                crash_vfs_arm(CRASH_FULL, n);
                enum err_code rc = vast ? store_begin_vast(w->store, &w->err) : store_begin(w->store, &w->err);
                bool all = rc == ERR_OK;
                for (int i = 0; i < 12; i++)
                        all &= op_draft_append(w, &after, 0) == ERR_OK && op_revise(w, &after, 0) == ERR_OK;
                if (all)
                        rc = store_commit(w->store, &w->err);
                else
                        store_rollback(w->store);
                fired = crash_vfs_fired();
                crash_vfs_arm(CRASH_NONE, 0);
                struct facts wanted = all && rc == ERR_OK ? after : *base;
                settle(w, &wanted, &wanted, "group", n);
                OK(op_draft_append(w, &wanted, 0));
                OK(store_check(w->store, &w->err));
                close_store(w);
                arena_clear(&w->arena);
        }
}

static void test_refused_inside_a_transaction(void **state)
{
        struct world *w = *state;
        struct facts base = make_base(w);
        refuse_inside(w, &base, false);
        refuse_inside(w, &base, true);
}

static void test_refused_opening(void **state)
{
        struct world *w = *state;
        struct facts base = make_base(w);
        for (size_t fault = 0; fault < ARRAY_LEN(faults); fault++) {
                bool fired = true;
                for (int n = 1; fired; n++) {
                        crash_vfs_restore();
                        crash_vfs_arm(faults[fault].fault, n);
                        w->err = (struct err){0};
                        enum err_code rc = store_open(w->data, 0, &w->store, &w->err);
                        fired = crash_vfs_fired();
                        if (rc != ERR_OK)
                                check_sentence(w, rc, faults[fault].fault, "open");
                        close_store(w);
                        crash_vfs_arm(CRASH_NONE, 0);
                        open_store(w);
                        settle(w, &base, &base, "open", n);
                        close_store(w);
                        arena_clear(&w->arena);
                }
        }
}

int main(void)
{
#define CRASH(test) cmocka_unit_test_setup_teardown(test, world_crash, world_calm)
        const struct CMUnitTest tests[] = {
                CRASH(test_power_cuts),      CRASH(test_power_cuts_while_made),
                CRASH(test_refused_writes),  CRASH(test_refused_inside_a_transaction),
                CRASH(test_refused_opening),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
