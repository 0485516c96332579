/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What exchange by bundles promises, one test for each promise that a person
 * could be told, on real stores and files.  Those about all histories at once
 * are tried at random by test_sync_model and test_sync_app:
 *
 *    1  any order, any number of times, any split: the same views     here
 *    2  taken in whole or not at all, and then again                  here; test_import_hostile
 *       what follows from it, later: as if it had been at once       test_behind
 *    3  no answer lost but to one who had seen it                     test_sync_model check_nothing_lost()
 *    4  a conflict ends by a revision that saw all its sides          here
 *    5  one bundle of each laptop brings everything to the office     here; test_sync_model round_trip()
 *    6  when all is known, a bundle carries nothing                   test_sync_model check_end()
 *    7  no clock decides anything                                     here
 *    8  an id is the hash of its revision                             here; test_bundle_hostile test_bad_lines()
 *    9  restored backups and cloned disks do no harm                  here; test_sync_model accident()
 *   10  drafts never leave; concluding once is once                   here
 *   11  sealed for another, or newer than this program: refused       here
 */
#include "test_digest.h"

#include "app/conflict.h"
#include "app/incoming.h"
#include "crash_vfs.h"
#include "store/store_test.h"

static struct app *open_laptop(struct world *w, const char *name)
{
        struct app *app;
        struct app_options options = {.dir = arena_printf(&w->arena, "%s/%s", w->dir, name), .forms_dir = w->forms, .create = true};
        OK(app_open(&options, &app, &w->err));
        return app;
}

/* Everything that lists show, by title: what must not depend on how it came. */
static char *views(struct world *w, struct app *app)
{
        struct str out = STR_INIT;
        for (int entities = 0; entities < 2; entities++) {
                struct store_query query = {.entities = entities, .annulled = true, .sensitive = true, .order = ORDER_TITLE, .limit = 1000};
                struct store_record *list;
                char id[ID_TEXT], revision[HASH_TEXT];
                int n;
                OK(store_record_list(app_store(app), &query, &w->arena, &list, &n, &w->err));
                for (int i = 0; i < n; i++)
                        str_addf(&out, "%s %s %s|%s|%s|%s|%d|%d|%d|%s|%s\n", id_format(&list[i].id, id), list[i].form,
                                 hash_format(&list[i].revision, revision), list[i].title, list[i].school_title, list[i].date,
                                 list[i].state, list[i].conflict, list[i].heads, list[i].merged ? list[i].merged : "", list[i].search);
        }
        return str_detach(&out);
}

static void assert_same_views(struct world *w, struct app *a, struct app *b)
{
        char *one = views(w, a), *other = views(w, b);
        assert_string_equal(one, other);
        free(one);
        free(other);
}

static const char *bundle_of(struct world *w, struct app *app, const char *name)
{
        struct export_result done;
        const char *path = arena_printf(&w->arena, "%s/%s.simae", w->out, name);
        OK(export_from(w, app, path, true, &done));
        return path;
}

static enum err_code take(struct world *w, struct app *app, const char *path, struct import_counts *ret)
{
        struct import_result result;
        struct age_keys *keys = office_keys();
        enum err_code rc = app_import(app, path, keys, NULL, NULL, &result, &w->err);
        age_keys_free(keys);
        if (rc != ERR_OK)
                return rc;
        if (ret)
                *ret = result.total;
        import_release(&result);
        return rc;
}

static void rename_school(struct world *w, struct app *app, const char *name)
{
        struct id school = id_of(w->school), same;
        struct draft *draft;
        OK(draft_edit(app, &school, &draft, &w->err));
        answer(w, draft, "nombre", name);
        OK(draft_finalise(draft, &same, &w->err));
}

/* Two laptops that went apart: the same school renamed by both, and a visit of one. */
struct apart { struct app *other; const char *first, *mine, *theirs; };

static struct apart go_apart(struct world *w)
{
        struct apart apart = {.other = open_laptop(w, "otra")};
        apart.first = bundle_of(w, w->app, "primero");
        OK(take(w, apart.other, apart.first, NULL));
        rename_school(w, w->app, "Una");
        make_visit(w, NULL);
        rename_school(w, apart.other, "Otra");
        apart.mine = bundle_of(w, w->app, "mio");
        apart.theirs = bundle_of(w, apart.other, "suyo");
        return apart;
}

static void invariant_1_order_and_repetition_do_not_matter(void **state)
{
        struct world *w = *state;
        struct apart apart = go_apart(w);
        const char *const orders[][5] = {{apart.first, apart.mine, apart.theirs},
                                         {apart.theirs, apart.mine},
                                         {apart.mine, apart.theirs, apart.mine, apart.first, apart.theirs},
                                         {apart.theirs, apart.first, apart.mine}};
        struct app *office = open_laptop(w, "a");
        for (int i = 0; orders[0][i]; i++)
                OK(take(w, office, orders[0][i], NULL));
        for (size_t k = 1; k < sizeof orders / sizeof *orders; k++) {
                struct app *same = open_laptop(w, arena_printf(&w->arena, "b%zu", k));
                for (int i = 0; i < 5 && orders[k][i]; i++)
                        OK(take(w, same, orders[k][i], NULL));
                assert_same_views(w, office, same);
                app_close(same);
        }
        app_close(office);
        app_close(apart.other);
}

static int failing_disk(void **state)
{
        crash_vfs_register(13);
        crash_vfs_clear();
        store_test_vfs(CRASH_VFS);
        return world_filled(state);
}

static int good_disk(void **state)
{
        crash_vfs_arm(CRASH_NONE, 0);
        int status = world_free(state);
        store_test_vfs(NULL);
        return status;
}

/* What a journal ends with is one more sync: if that is refused, all of it is in and the sentence is too careful. */
static bool is_in_after_all(struct world *w, const char *path, struct app *office, const struct hash *before)
{
        struct hash now = store_digest(w);
        struct import_counts counts;
        if (hash_equal(before, &now))
                return false;
        OK(take(w, office, path, &counts));
        assert_int_equal(counts.added + counts.updated, 0);
        return true;
}

/* The disk refuses each write of the import in turn; `much`: it keeps what is true and leaves the lists behind. */
static int refuse_each_write(struct world *w, const char *path, struct app *office, enum crash_fault fault, bool much)
{
        struct hash before = store_digest(w);
        app_leave_behind(office, much);
        for (int n = 1; true; n++) {
                assert_true(n < 500);
                crash_vfs_arm(fault, n);
                enum err_code rc = take(w, office, path, NULL);
                crash_vfs_arm(CRASH_NONE, 0);
                if (rc == ERR_OK)
                        return n - 1;
                assert_true(strlen(w->err.text) > 20);
                if (much && is_in_after_all(w, path, office, &before))
                        return n;
                assert_same_store(w, &before);
        }
}

/* And each of those that bring the lists up to date. */
static int refuse_each_deriving(struct world *w, struct app *office, enum crash_fault fault)
{
        struct hash before = store_digest(w);
        for (int n = 1; true; n++) {
                assert_true(n < 500);
                crash_vfs_arm(fault, n);
                enum err_code rc = app_catch_up(office, NULL, NULL, &w->err);
                crash_vfs_arm(CRASH_NONE, 0);
                int64_t behind;
                OK(app_behind(office, &behind, &w->err));
                if (rc == ERR_OK || behind == 0)
                        return n - 1;
                assert_same_store(w, &before);
        }
}

static void invariant_2_taken_in_whole_or_not_at_all(void **state)
{
        static const enum crash_fault faults[] = {CRASH_FULL, CRASH_FULL_ON, CRASH_FAIL_ON};
        struct world *w = *state;
        struct apart apart = go_apart(w);
        int refused = 0, derived = 0;
        for (size_t i = 0; i < 2 * ARRAY_LEN(faults); i++) {
                struct app *office = open_laptop(w, arena_printf(&w->arena, "oficina%zu", i)), *own = w->app;
                bool much = i % 2;
                if (much)
                        setenv("SIMAE_TEST_MANY", "1", 1);
                w->app = office;
                refused += refuse_each_write(w, apart.mine, office, faults[i / 2], much);
                if (much)
                        derived += refuse_each_deriving(w, office, faults[i / 2]);
                unsetenv("SIMAE_TEST_MANY");
                w->app = own;
                assert_same_views(w, w->app, office);
                app_close(office);
        }
        assert_true(refused > 20);
        assert_true(derived > 10);
        app_close(apart.other);
}

static void invariant_4_a_conflict_ends_by_who_saw_all_sides(void **state)
{
        struct world *w = *state;
        struct apart apart = go_apart(w);
        struct id school = id_of(w->school);
        struct conflict conflict;
        struct store_record view;
        OK(take(w, w->app, apart.theirs, NULL));
        OK(store_record_get(app_store(w->app), &school, &w->arena, &view, &w->err));
        assert_int_equal(view.conflict, 1);
        rename_school(w, apart.other, "Otra más"); /* goes on from its own side: the conflict goes on too */
        OK(take(w, w->app, bundle_of(w, apart.other, "mas"), NULL));
        OK(store_record_get(app_store(w->app), &school, &w->arena, &view, &w->err));
        assert_int_equal(view.conflict, 1);
        OK(conflict_open(w->app, &school, &conflict, &w->err));
        conflict_choose(&conflict, 0, 0);
        OK(conflict_resolve(w->app, &conflict, &w->err));
        conflict_release(&conflict);
        OK(take(w, apart.other, bundle_of(w, w->app, "decidido"), NULL));
        OK(store_record_get(app_store(apart.other), &school, &w->arena, &view, &w->err));
        assert_int_equal(view.conflict, 0);
        assert_int_equal(view.heads, 1);
        assert_same_views(w, w->app, apart.other);
        app_close(apart.other);
}

static void invariant_5_one_bundle_of_each_brings_everything(void **state)
{
        struct world *w = *state;
        struct apart apart = go_apart(w);
        struct app *office = open_laptop(w, "oficina");
        bundle_of(w, w->app, "perdido"); /* lost on the way, and nobody needs to know */
        OK(take(w, office, bundle_of(w, w->app, "m2"), NULL));
        OK(take(w, office, bundle_of(w, apart.other, "s2"), NULL));
        struct store_counts all, mine, theirs;
        OK(store_counts(app_store(office), &all, &w->err));
        OK(store_counts(app_store(w->app), &mine, &w->err));
        OK(store_counts(app_store(apart.other), &theirs, &w->err));
        assert_int_equal(all.revisions, mine.revisions + theirs.revisions - 2); /* both have the first two */
        app_close(office);
        app_close(apart.other);
}

static void invariant_7_no_clock_decides_anything(void **state)
{
        static const char *const clocks[] = {"1970-01-01T00:00:01.000-05:00", "2099-12-31T23:59:59.000-05:00"};
        struct world *w = *state;
        struct app *offices[2], *other = open_laptop(w, "otra");
        OK(take(w, other, bundle_of(w, w->app, "primero"), NULL));
        fix_clock(clocks[1]);
        rename_school(w, w->app, "Una"); /* of 2099, and seen by the next */
        OK(take(w, other, bundle_of(w, w->app, "b"), NULL));
        fix_clock(clocks[0]);
        rename_school(w, other, "Otra"); /* of 1970 */
        const char *path = bundle_of(w, other, "c");
        for (int i = 0; i < 2; i++) {
                fix_clock(clocks[i]);
                offices[i] = open_laptop(w, i ? "futuro" : "pasado");
                OK(take(w, offices[i], path, NULL));
        }
        struct id school = id_of(w->school);
        struct store_record view;
        OK(store_record_get(app_store(offices[0]), &school, &w->arena, &view, &w->err));
        assert_string_equal(view.title, "Otra");
        assert_int_equal(view.conflict, 0);
        assert_same_views(w, offices[0], offices[1]);
        for (int i = 0; i < 2; i++)
                app_close(offices[i]);
        app_close(other);
}

/* The same revision with one letter changed is another, and nobody can pass it off as the first. */
static void invariant_8_an_id_is_the_hash_of_its_revision(void **state)
{
        static const unsigned char seed[SIGN_SEED] = "somebody with bad intentions";
        struct world *w = *state;
        struct store_revision *history;
        struct id school = id_of(w->school);
        struct age_identity office = office_identity();
        struct bundle_writer *writer;
        struct sign_key key;
        int n;
        sign_key_from_seed(seed, &key);
        OK(store_history(app_store(w->app), &school, &w->arena, &history, &n, &w->err));
        for (int i = 0; i < n; i++) {
                struct hash hash = hash_of(history[i].body, strlen(history[i].body));
                assert_true(hash_equal(&hash, &history[i].id));
        }
        struct bundle_info info = {.bundle = "8badf00d00112233445566778899aabb", .from = "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                                   .when = "2026-03-01T08:05:00.000-05:00", .program = "simae", .revisions = 1, .records = 1};
        struct bundle_seal seal = {.recipients = &office.recipient, .recipients_n = 1, .key = &key};
        char *body = arena_strdup(&w->arena, history[0].body);
        *strstr(body, "Peñón") = 'L';
        OK(bundle_writer_new(arena_printf(&w->arena, "%s/x.simae", w->out), &info, &seal, &writer, &w->err));
        enum err_code rc = bundle_add_revision(writer, &history[0].id, body, &w->err);
        assert_int_equal(rc == ERR_OK ? bundle_finish(writer, &w->err) : rc, ERR_CORRUPT);
        bundle_writer_free(writer);
}

static void copy_folder(struct world *w, const char *from, const char *to)
{
        assert_int_equal(shell("rm -rf '%s/%s' && cp -R '%s/%s' '%s/%s'", w->dir, to, w->dir, from, w->dir, to), 0);
}

/* A laptop goes back to an old copy and goes on from there, and a second one begins as its clone. */
static void invariant_9_backups_and_clones_do_no_harm(void **state)
{
        struct world *w = *state;
        struct app *office = open_laptop(w, "oficina");
        close_app(w);
        copy_folder(w, "datos", "copia");
        OK(open_app(w));
        rename_school(w, w->app, "Antes");
        OK(take(w, office, bundle_of(w, w->app, "antes"), NULL));
        close_app(w);
        copy_folder(w, "copia", "datos");
        copy_folder(w, "copia", "clon");
        OK(open_app(w));
        struct app *clone = open_laptop(w, "clon");
        rename_school(w, w->app, "Después");
        rename_school(w, clone, "En el clon");
        OK(take(w, office, bundle_of(w, w->app, "despues"), NULL));
        OK(take(w, office, bundle_of(w, clone, "clon"), NULL));
        OK(take(w, w->app, bundle_of(w, office, "vuelta"), NULL));
        OK(take(w, clone, arena_printf(&w->arena, "%s/vuelta.simae", w->out), NULL));
        assert_same_views(w, office, w->app);
        assert_same_views(w, office, clone);
        struct store_revision *history;
        struct id school = id_of(w->school);
        int n;
        OK(store_history(app_store(w->app), &school, &w->arena, &history, &n, &w->err));
        assert_int_equal(n, 4); /* the first, and the three that nobody saw of each other */
        app_close(office);
        app_close(clone);
}

static void invariant_10_drafts_never_leave(void **state)
{
        struct world *w = *state;
        struct app *office = open_laptop(w, "oficina");
        struct draft *draft = begin_visit(w);
        struct store_counts found;
        struct id record, id = *draft_id(draft);
        answer(w, draft, "notas", "Todavía no");
        OK(take(w, office, bundle_of(w, w->app, "a"), NULL));
        OK(store_counts(app_store(office), &found, &w->err));
        assert_int_equal(found.revisions, 2); /* the school and the teacher */
        assert_int_equal(found.drafts, 0);
        add_commitment(w, draft, "Revisar", "30/04/2026");
        OK(draft_finalise(draft, &record, &w->err)); /* once: afterwards there is no draft to conclude */
        assert_int_equal(counts(w).drafts, 0);
        assert_int_equal(draft_resume(w->app, &id, &draft, &w->err), ERR_NOT_FOUND);
        assert_int_equal(counts(w).revisions, 4);
        app_close(office);
}

static void invariant_11_for_another_or_newer_is_refused(void **state)
{
        struct world *w = *state;
        struct age_identity stranger;
        struct age_keys *keys = age_keys_new();
        struct import_result result;
        make_visit(w, NULL);
        const char *path = bundle_of(w, w->app, "a");
        struct app *office = open_laptop(w, "oficina"), *own = w->app;
        age_identity_make(&stranger);
        age_keys_add_identity(keys, &stranger);
        w->app = office;
        struct hash before = store_digest(w);
        REFUSES(ERR_REFUSED, "ninguna de sus claves abre", app_import(office, path, keys, NULL, NULL, &result, &w->err));
        assert_int_equal(shell("printf 'age-encryption.org/v9\\n-> X9 a\\n\\n--- b\\n' >'%s'", path), 0);
        REFUSES(ERR_NEWER, "versión", app_import(office, path, keys, NULL, NULL, &result, &w->err));
        assert_same_store(w, &before);
        w->app = own;
        age_keys_free(keys);
        app_close(office);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(invariant_1_order_and_repetition_do_not_matter),
                cmocka_unit_test_setup_teardown(invariant_2_taken_in_whole_or_not_at_all, failing_disk, good_disk),
                CASE(invariant_4_a_conflict_ends_by_who_saw_all_sides),
                CASE(invariant_5_one_bundle_of_each_brings_everything),
                CASE(invariant_7_no_clock_decides_anything),
                CASE(invariant_8_an_id_is_the_hash_of_its_revision),
                CASE(invariant_9_backups_and_clones_do_no_harm),
                CASE(invariant_10_drafts_never_leave),
                CASE(invariant_11_for_another_or_newer_is_refused),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
