/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An import of many, in two transactions: what is true, then what follows from it.
 * It ends as one that does both in one, whatever comes between: a second bundle,
 * an export, a person who stops it, and the end of the program at any moment.
 * $SIMAE_TEST_MANY says how many are many.  And its quick reader of revisions.
 */
#include <signal.h>
#include <sys/wait.h>

#include "app/incoming.h"
#include "app/laptops.h"
#include "app/revision.h"
#include "store/incoming.h"
#include "test_app_facts.h"

enum { SCHOOLS = 5, RECORDS = 450, REVISIONS_MOST = 4 };

struct made { struct hash id; int64_t gen; json_t *answers; };

/* Who sends, and those who receive in one way and in the other. */
struct exchange {
        struct world *w;
        struct app *sender;
        const struct form *form, *school_form;
        struct hash form_hash, school_hash;
        struct id schools[SCHOOLS];
        struct id records[RECORDS];
        struct made made[RECORDS], named[SCHOOLS];
        int bundles;
        uint64_t seed;
};

static int chance(struct exchange *x, int n)
{
        x->seed ^= x->seed << 13;
        x->seed ^= x->seed >> 7;
        x->seed ^= x->seed << 17;
        return (int)((x->seed >> 11) % (uint64_t)n);
}

static struct app *open_folder(struct world *w, const char *name)
{
        struct app *app;
        struct app_options options = {.dir = arena_printf(&w->arena, "%s/%s", w->dir, name), .forms_dir = w->forms, .create = true};
        OK(app_open(&options, &app, &w->err));
        return app;
}

/* ---- What the sender has ---- */

static void keep(struct exchange *x, const struct revision_draft *draft, struct made *ret)
{
        struct world *w = x->w;
        struct store_revision revision;
        struct hash id;
        char when[DATETIME_TEXT];
        int64_t arrival;
        char *body = revision_body(draft, &id, when);
        OK(revision_read(body, strlen(body), &w->arena, &revision, &w->err));
        revision.id = id;
        OK(store_revision_take(app_store(x->sender), &revision, &arrival, &w->err));
        json_t *answers = json_incref((json_t *)(uintptr_t)draft->answers);
        json_decref(ret->answers);
        *ret = (struct made){.id = id, .gen = draft->gen, .answers = answers};
        free(body);
}

static json_t *some_answers(struct exchange *x)
{
        char ie[ID_TEXT];
        json_t *answers = answers_of(x->w, "{'titulo':'%d','ugel':'06000%d','nivel':'B0','puntos':%d,'dia':'2026-%02d-%02d'}", chance(x, 40),
                                     1 + chance(x, 2), chance(x, 40), 1 + chance(x, 5), 1 + chance(x, 28));
        if (chance(x, 8))
                json_object_set_new(answers, "ie", json_string(id_format(&x->schools[chance(x, SCHOOLS)], ie)));
        return answers;
}

/* Another of a record, or its first; sometimes beside the last and not after it. */
static void revise(struct exchange *x, int at)
{
        struct made *last = &x->made[at];
        struct made ignored = {0};
        int kind = last->gen ? chance(x, 8) : 7;
        bool word = kind == 1, annul = kind == 0;
        json_t *answers = word ? json_incref(last->answers) : some_answers(x);
        struct revision_draft draft = {.record = x->records[at], .op = annul ? "annul" : "put", .form = x->form, .form_hash = x->form_hash,
                                       .state = annul ? RECORD_ANULADO : word ? RECORD_OBSERVADO : RECORD_CONCLUIDO, .author = "",
                                       .clock_ok = true, .reason = annul || word ? "Prueba" : NULL, .answers = answers,
                                       .before = last->answers, .gen = last->gen + 1, .parents = &last->id, .parents_n = last->gen > 0};
        keep(x, &draft, kind == 2 ? &ignored : last);
        json_decref(ignored.answers);
        json_decref(answers);
}

static void name_school(struct exchange *x, int at, const char *name)
{
        struct made *last = &x->named[at];
        json_t *answers = answers_of(x->w, "{'nombre':'%s %d','cod_mod':'000000%d'}", name, at, at);
        struct revision_draft draft = {.record = x->schools[at], .op = "put", .form = x->school_form, .form_hash = x->school_hash,
                                       .state = RECORD_CONCLUIDO, .author = "", .clock_ok = true, .answers = answers,
                                       .before = last->answers, .gen = last->gen + 1, .parents = &last->id, .parents_n = last->gen > 0};
        keep(x, &draft, last);
        json_decref(answers);
}

static const char *bundle(struct exchange *x)
{
        struct world *w = x->w;
        struct export_result done;
        const char *path = arena_printf(&w->arena, "%s/%d.simae", w->out, x->bundles++);
        OK(export_from(w, x->sender, path, true, &done));
        return path;
}

/* Visits before the schools that they name, and of some records only later revisions in the first of two bundles. */
static void begin(struct exchange *x, void **state, const char *ret_paths[2])
{
        struct world *w = *state;
        *x = (struct exchange){.w = w, .seed = UINT64_C(88172645463325252)};
        unsetenv("SIMAE_TEST_MANY");
        x->sender = open_folder(w, "emisora");
        OK(app_form(x->sender, "practica", &x->form, &w->err));
        OK(app_form(x->sender, "institucion", &x->school_form, &w->err));
        OK(store_form_current(app_store(x->sender), "practica", &x->form_hash, &w->err));
        OK(store_form_current(app_store(x->sender), "institucion", &x->school_hash, &w->err));
        for (int i = 0; i < SCHOOLS; i++)
                x->schools[i] = id_new();
        OK(store_begin(app_store(x->sender), &w->err));
        for (int i = 0; i < RECORDS; i++) {
                x->records[i] = id_new();
                revise(x, i);
                if (i == RECORDS / 2)
                        for (int s = 0; s < SCHOOLS; s++)
                                name_school(x, s, "Escuela");
        }
        for (int i = 0; i < RECORDS; i++)
                for (int more = chance(x, REVISIONS_MOST) - 1; more > 0; more--)
                        revise(x, i);
        OK(store_commit(app_store(x->sender), &w->err));
        ret_paths[0] = bundle(x);
        OK(store_begin(app_store(x->sender), &w->err));
        for (int i = 0; i < RECORDS; i += 3)
                revise(x, i);
        name_school(x, 1, "Lomas Verdes");
        OK(store_commit(app_store(x->sender), &w->err));
        ret_paths[1] = bundle(x);
}

static void end(struct exchange *x)
{
        for (int i = 0; i < RECORDS; i++)
                json_decref(x->made[i].answers);
        for (int i = 0; i < SCHOOLS; i++)
                json_decref(x->named[i].answers);
        app_close(x->sender);
        unsetenv("SIMAE_TEST_MANY");
}

/* ---- What receivers have ---- */

static struct import_counts take(struct world *w, struct app *app, const char *path)
{
        struct import_result result;
        struct age_keys *keys = office_keys();
        OK(app_import(app, path, keys, NULL, NULL, &result, &w->err));
        struct import_counts counts = result.total;
        import_release(&result);
        age_keys_free(keys);
        return counts;
}

static struct import_counts take_and_leave(struct world *w, struct app *app, const char *path)
{
        app_leave_behind(app, true);
        struct import_counts counts = take(w, app, path);
        app_leave_behind(app, false);
        return counts;
}

static int64_t lacks(struct world *w, struct app *app)
{
        int64_t n;
        OK(app_behind(app, &n, &w->err));
        return n;
}

static int found(struct world *w, struct app *app, const char *words)
{
        struct store_query query = {.form = "institucion", .text = words, .limit = 10};
        struct store_record *list;
        int n;
        OK(store_record_list(app_store(app), &query, &w->arena, &list, &n, &w->err));
        return n;
}

/* Everything that lists show and what is summed. */
static char *all_of(struct world *w, struct app *app)
{
        struct str out = STR_INIT;
        for (int entities = 0; entities < 2; entities++) {
                struct store_query query = {.entities = entities, .annulled = true, .sensitive = true, .order = ORDER_TITLE, .limit = 5000};
                struct store_record *list;
                int n;
                OK(store_record_list(app_store(app), &query, &w->arena, &list, &n, &w->err));
                for (int i = 0; i < n; i++) {
                        char id[ID_TEXT], revision[HASH_TEXT];
                        const struct store_record *r = &list[i];
                        str_addf(&out, "%s %s %s|%s|%s|%s|%s|%d|%d|%d|%d|%s|%s\n", id_format(&r->id, id), r->form,
                                 hash_format(&r->revision, revision), r->title, r->school, r->school_title, r->date, r->state, r->conflict,
                                 r->heads, r->missing, r->merged ? r->merged : "", r->search);
                }
        }
        struct app *before = w->app;
        w->app = app;
        char *sums = totals(w);
        w->app = before;
        str_addf(&out, "%s%d %d", sums, found(w, app, "verdes"), found(w, app, "escuela 1"));
        free(sums);
        OK(store_check(app_store(app), &w->err));
        return str_detach(&out);
}

static void check_same(struct world *w, struct app *app, const char *expected)
{
        char *shown = all_of(w, app);
        assert_string_equal(shown, expected);
        free(shown);
}

static void check_rebuilt(struct world *w, struct app *app, const char *expected)
{
        int64_t n;
        check_same(w, app, expected);
        OK(app_rebuild(app, &n, &w->err));
        check_same(w, app, expected);
}

static void check_counts(const struct import_counts *a, const struct import_counts *b)
{
        assert_int_equal(a->added, b->added);
        assert_int_equal(a->updated, b->updated);
        assert_int_equal(a->known, b->known);
        assert_int_equal(a->waiting, b->waiting);
        assert_int_equal(a->rejected, b->rejected);
}

/* As one transaction does it, after each of the two bundles. */
static struct app *take_at_once(struct exchange *x, const char *const paths[2], struct import_counts ret_counts[2], char *ret[2])
{
        struct world *w = x->w;
        struct app *app = open_folder(w, "de_una_vez");
        setenv("SIMAE_TEST_MANY", "1000000", 1);
        for (int i = 0; i < 2; i++) {
                ret_counts[i] = take(w, app, paths[i]);
                assert_int_equal(lacks(w, app), 0);
                ret[i] = all_of(w, app);
        }
        setenv("SIMAE_TEST_MANY", "1", 1);
        return app;
}

/* ---- Tests ---- */

static void both_ways_end_equal(void **state)
{
        struct exchange x;
        const char *paths[2];
        char *expected[2];
        struct import_counts counts[2];
        begin(&x, state, paths);
        struct world *w = x.w;
        struct app *once = take_at_once(&x, paths, counts, expected), *twice = open_folder(w, "en_dos");
        assert_int_equal(counts[0].added, RECORDS + SCHOOLS);
        assert_int_equal(counts[1].updated, (RECORDS + 2) / 3 + 1);
        assert_int_equal(counts[1].known, RECORDS + SCHOOLS - counts[1].updated);
        for (int i = 0; i < 2; i++) {
                struct import_counts these = take(w, twice, paths[i]);
                check_counts(&these, &counts[i]);
                assert_int_equal(lacks(w, twice), 0);
                check_same(w, twice, expected[i]);
                these = take(w, twice, paths[i]);
                assert_int_equal(these.added + these.updated, 0);
        }
        check_rebuilt(w, twice, expected[1]);
        check_rebuilt(w, once, expected[1]);
        app_close(once);
        app_close(twice);
        free(expected[0]);
        free(expected[1]);
        end(&x);
}

static bool stop(void *ctx, int64_t done, int64_t all)
{
        assert_true(done < all);
        ++*(int *)ctx;
        return false;
}

/* The mark stands: a second bundle comes, somebody stops the deriving, and an export must not go by old lists. */
static void much_may_happen_while_lists_lag_behind(void **state)
{
        struct exchange x;
        const char *paths[2];
        char *expected[2];
        struct import_counts counts[2], these;
        int stops = 0;
        begin(&x, state, paths);
        struct world *w = x.w;
        app_close(take_at_once(&x, paths, counts, expected));
        struct app *app = open_folder(w, "despacio");
        these = take_and_leave(w, app, paths[0]);
        check_counts(&these, &counts[0]);
        int64_t first = lacks(w, app);
        assert_true(first > RECORDS);
        assert_int_equal(found(w, app, "escuela"), 0);
        REFUSES(ERR_CANCELLED, "se pondrán al día", app_catch_up(app, stop, &stops, &w->err));
        assert_int_equal(stops, 1);
        assert_int_equal(found(w, app, "escuela"), 0);
        setenv("SIMAE_TEST_MANY", "1000000", 1); /* however few come now, they go behind those that wait */
        these = take_and_leave(w, app, paths[1]);
        check_counts(&these, &counts[1]);
        assert_true(lacks(w, app) > first);
        struct export_result sent;
        OK(export_from(w, app, arena_printf(&w->arena, "%s/sale.simae", w->out), true, &sent));
        assert_int_equal(lacks(w, app), 0);
        check_rebuilt(w, app, expected[1]);
        app_close(app);
        free(expected[0]);
        free(expected[1]);
        end(&x);
}

/* ---- The end of the program ---- */

static bool die(void *ctx, int64_t done, int64_t all)
{
        int *left = ctx;
        (void)done;
        (void)all;
        if ((*left)-- == 0)
                raise(SIGKILL);
        return true;
}

/* In a process of its own; `calls` of progress after which it is killed, -1: before it begins to derive. */
static void take_and_die(struct exchange *x, const char *name, const char *path, int calls)
{
        struct world *w = x->w;
        int status;
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                struct app *app = open_folder(w, name);
                if (path)
                        take_and_leave(w, app, path);
                if (calls < 0)
                        raise(SIGKILL);
                app_catch_up(app, die, &calls, NULL);
                _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void a_kill_costs_nothing_that_was_received(void **state)
{
        struct exchange x;
        const char *paths[2];
        char *expected[2];
        struct import_counts counts[2];
        begin(&x, state, paths);
        struct world *w = x.w;
        app_close(take_at_once(&x, paths, counts, expected));
        for (int calls = -1; calls <= 1; calls++) { /* the last call is when only indexes and sums are left */
                const char *name = arena_printf(&w->arena, "corte%d", calls);
                take_and_die(&x, name, paths[0], calls);
                struct app *app = open_folder(w, name);
                assert_int_equal(lacks(w, app), 0);
                check_same(w, app, expected[0]);
                app_close(app);
                take_and_die(&x, name, paths[1], calls < 0 ? calls : 0);
                app = open_folder(w, name);
                check_same(w, app, expected[1]);
                app_close(app);
        }
        free(expected[0]);
        free(expected[1]);
        end(&x);
}

/* ---- Reading what came ---- */

static bool is_same(const struct store_revision *a, const struct store_revision *b)
{
        return id_equal(&a->record, &b->record) && hash_equal(&a->form_hash, &b->form_hash) && a->state == b->state && a->gen == b->gen &&
               a->parents_n == b->parents_n && (a->parents_n == 0 || hash_equal(&a->parents[0], &b->parents[0])) &&
               strcmp(a->form, b->form) == 0 && strcmp(a->author, b->author) == 0 && strcmp(a->device, b->device) == 0 &&
               strcmp(a->date, b->date) == 0;
}

/* Of strict JSON, whatever somebody made of a good one: what the quick reader takes, the other takes, and as the same. */
static int check_readers_agree(struct world *w, const char *body)
{
        struct store_revision quick, slow;
        json_t *json;
        size_t len = strlen(body);
        if (json_read(body, len, "", &json, NULL) != ERR_OK)
                return 0;
        json_decref(json);
        if (!revision_quick(body, len, &w->arena, &quick))
                return 0;
        OK(revision_read(body, len, &w->arena, &slow, &w->err));
        assert_true(is_same(&quick, &slow));
        return 1;
}

static void the_quick_reader_takes_nothing_that_the_other_refuses(void **state)
{
        static const char marks[] = "\"0a9{}[],:\\ef-Z ";
        struct exchange x;
        const char *paths[2];
        struct store_revision *some;
        int n, taken = 0, agreed = 0;
        begin(&x, state, paths);
        struct world *w = x.w;
        OK(store_revisions_after(app_store(x.sender), 0, 5000, &w->arena, &some, &n, &w->err));
        for (int i = 0; i < n; i++)
                taken += check_readers_agree(w, some[i].body);
        assert_int_equal(taken, n);
        for (int i = 1; i < n; i += n / 4) {
                char *body = arena_strdup(&w->arena, some[n - i].body);
                for (char *at = body; *at; at++) {
                        char was = *at;
                        for (const char *mark = marks; *mark; mark++) {
                                *at = *mark;
                                agreed += check_readers_agree(w, body);
                        }
                        *at = was;
                }
        }
        assert_true(agreed > 1000);
        end(&x);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(both_ways_end_equal, world_counted, world_free),
                cmocka_unit_test_setup_teardown(much_may_happen_while_lists_lag_behind, world_counted, world_free),
                cmocka_unit_test_setup_teardown(a_kill_costs_nothing_that_was_received, world_counted, world_free),
                cmocka_unit_test_setup_teardown(the_quick_reader_takes_nothing_that_the_other_refuses, world_counted, world_free),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
