/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random histories over real stores: two laptops and an office that exchange
 * bundles as files, with lost, repeated, late, cut and altered ones, restored
 * backups, cloned disks and clocks of 1970 and 2099.  One of the laptops takes in
 * all as if it were much, and now and then leaves its lists behind till it is
 * opened again: it must end like the others.  SIMAE_TEST_HISTORIES asks for more.
 */
#include "test_app.h"

#include "app/conflict.h"
#include "app/incoming.h"
#include "app/review.h"

enum { STORES = 3, MUCH = 1, STEPS = 40, FILES = 6, FEW_RECORDS = 4 };

struct trio {
        struct world *w;
        struct app *apps[STORES];
        struct age_keys *keys;
        char files[FILES][160];
        struct id records[FEW_RECORDS];
        int records_n, bundles, annulments, conflicts, refused, reviews;
        uint64_t seed;
};

static int chance(struct trio *t, int n)
{
        t->seed ^= t->seed << 13;
        t->seed ^= t->seed >> 7;
        t->seed ^= t->seed << 17;
        return (int)((t->seed >> 11) % (uint64_t)n);
}

static char *folder_of(struct trio *t, int at)
{
        return arena_printf(&t->w->arena, "%s/s%d", t->w->dir, at);
}

static void open_store(struct trio *t, int at)
{
        struct world *w = t->w;
        struct app_options options = {.dir = folder_of(t, at), .forms_dir = w->forms, .create = true};
        OK(app_open(&options, &t->apps[at], &w->err));
}

static void close_store(struct trio *t, int at)
{
        app_close(t->apps[at]);
        t->apps[at] = NULL;
}

/* ---- What a person does ---- */

static const char *const words[] = {"Uno", "Dos", "Tres", "Ñandú", "Peñón"};

static void set(struct trio *t, json_t *answers, const char *name)
{
        json_object_set_new(answers, name, json_string(arena_printf(&t->w->arena, "%s %d", words[chance(t, 5)], chance(t, 3))));
}

static void begin(struct trio *t, int at)
{
        struct world *w = t->w;
        char id[ID_TEXT];
        bool alert = t->records_n > 0 && chance(t, 3);
        if (t->records_n == FEW_RECORDS)
                return;
        json_t *answers = json_object();
        set(t, answers, alert ? "hechos" : "nombre");
        if (alert) {
                set(t, answers, "rama");
                json_object_set_new(answers, "ie", json_string(id_format(&t->records[0], id)));
                json_object_set_new(answers, "fecha", json_string(arena_printf(&w->arena, "20%02d-%02d-%02d", 20 + t->records_n % 60,
                                                                               1 + chance(t, 12), 1 + chance(t, 28))));
        }
        w->app = t->apps[at];
        struct store_record known;
        if (alert && store_record_get(app_store(w->app), &t->records[0], &w->arena, &known, NULL) != ERR_OK) {
                json_decref(answers);
                w->app = NULL;
                return;
        }
        t->records[t->records_n++] = make(w, alert ? "alerta" : "institucion", answers);
        w->app = NULL;
}

static void decide(struct trio *t, int at, const struct id *record)
{
        struct world *w = t->w;
        struct conflict conflict;
        t->conflicts++;
        OK(conflict_open(t->apps[at], record, &conflict, &w->err));
        conflict.annul = chance(t, 2) ? ANNUL_KEEP : ANNUL_YES;
        for (int i = 0; i < conflict.n; i++)
                if (!conflict.fields[i].can_type || chance(t, 3))
                        conflict_choose(&conflict, i, chance(t, conflict.fields[i].n));
                else
                        OK(conflict_type(t->apps[at], &conflict, i, "Como quedamos", &w->err));
        OK(conflict_resolve(t->apps[at], &conflict, &w->err));
        conflict_release(&conflict);
        struct store_record view;
        OK(store_record_get(app_store(t->apps[at]), record, &w->arena, &view, &w->err));
        assert_int_equal(view.conflict, 0);
        assert_int_equal(view.heads, 1);
}

/* It changes what lists say of the record's state, and nothing else of it. */
static void review(struct trio *t, int at, const struct id *record, const struct store_record *before)
{
        struct world *w = t->w;
        struct store_record after;
        enum record_state state = chance(t, 2) ? RECORD_OBSERVADO : RECORD_VALIDADO;
        enum err_code rc = record_review(t->apps[at], record, state, "Vea de nuevo la fecha.", &w->err);
        OK(store_record_get(app_store(t->apps[at]), record, &w->arena, &after, &w->err));
        assert_true(rc == ERR_OK || rc == ERR_REFUSED);
        assert_int_equal(after.state, rc == ERR_OK ? state : before->state);
        assert_true(hash_equal(&after.revision, &before->revision));
        assert_string_equal(after.merged ? after.merged : "", before->merged ? before->merged : "");
        assert_string_equal(after.title, before->title);
        assert_string_equal(after.author, before->author);
        assert_int_equal(after.conflict, before->conflict);
        t->reviews += rc == ERR_OK;
}

static void correct(struct trio *t, int at)
{
        struct world *w = t->w;
        struct store_record view;
        struct draft *draft;
        struct id same;
        if (t->records_n == 0)
                return;
        struct id record = t->records[chance(t, t->records_n)];
        if (store_record_get(app_store(t->apps[at]), &record, &w->arena, &view, NULL) != ERR_OK)
                return;
        if (chance(t, 5) == 0) {
                review(t, at, &record, &view);
                return;
        }
        if (view.conflict) {
                decide(t, at, &record);
                return;
        }
        if (chance(t, 10) == 0 && view.state != RECORD_ANULADO) {
                OK(record_annul(t->apps[at], &record, "Repetida", &w->err));
                t->annulments++;
                return;
        }
        OK(draft_edit(t->apps[at], &record, &draft, &w->err));
        bool alert = strcmp(view.form, "alerta") == 0;
        static const char *const of_alert[] = {"hechos", "rama", "ugel", "cerrada"};
        const char *name = alert ? of_alert[chance(t, 4)] : "nombre";
        session_answer(draft_session(draft), place_parse(draft_session(draft), name),
                       arena_printf(&w->arena, "%s %d", words[chance(t, 5)], chance(t, 3)));
        OK(draft_finalise(draft, &same, &w->err));
}

/* ---- What happens to laptops and sticks ---- */

static void set_clock(struct trio *t)
{
        static const char *const moments[] = {"1970-01-01T00:00:01.000-05:00", "2099-12-31T23:59:59.000-05:00",
                                              "2026-04-14T09:30:00.000-05:00", "2026-04-15T10:00:00.000-05:00"};
        fix_clock(moments[chance(t, 4)]);
}

static void send(struct trio *t, int at)
{
        struct world *w = t->w;
        struct export_result done;
        int slot = chance(t, FILES); /* what was on it is lost */
        snprintf(t->files[slot], sizeof t->files[slot], "%s/%d.simae", w->out, t->bundles++);
        if (export_from(w, t->apps[at], t->files[slot], true, &done) != ERR_OK)
                t->files[slot][0] = '\0';
}

static char *dump(struct trio *t, int at)
{
        struct world *w = t->w;
        struct str out = STR_INIT;
        for (int entities = 0; entities < 2; entities++) {
                struct store_query query = {.entities = entities, .annulled = true, .sensitive = true,
                                            .order = ORDER_TITLE, .limit = 1000};
                struct store_record *list;
                int n;
                OK(store_record_list(app_store(t->apps[at]), &query, &w->arena, &list, &n, &w->err));
                for (int i = 0; i < n; i++) {
                        char id[ID_TEXT], form[HASH_TEXT], revision[HASH_TEXT];
                        const struct store_record *r = &list[i];
                        str_addf(&out, "%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%d|%d|%d|%s|%s|%s|%s|%d|%d|%s|%s|%d|%d\n", id_format(&r->id, id),
                                 r->form, hash_format(&r->form_hash, form), hash_format(&r->revision, revision), r->title,
                                 r->school, r->subject, r->school_title, r->date, r->author, r->state, r->conflict,
                                 r->sensitive, r->parent_question, r->search, r->ugel, r->due, r->open, r->done,
                                 r->unique_key, r->merged ? r->merged : "", r->heads, r->missing);
                }
        }
        return str_detach(&out);
}

static struct store_counts counts_of(struct trio *t, int at)
{
        struct world *w = t->w;
        struct store_counts found;
        OK(store_counts(app_store(t->apps[at]), &found, &w->err));
        return found;
}

static enum err_code import_at(struct trio *t, int at, const char *path, struct import_result *ret)
{
        bool much = at == MUCH, leaves = much && chance(t, 4) == 0;
        if (much)
                setenv("SIMAE_TEST_MANY", "1", 1);
        app_leave_behind(t->apps[at], leaves);
        enum err_code rc = app_import(t->apps[at], path, t->keys, NULL, NULL, ret, &t->w->err);
        unsetenv("SIMAE_TEST_MANY");
        if (leaves) {
                close_store(t, at);
                open_store(t, at);
        }
        return rc;
}

static void take(struct trio *t, int at, const char *path)
{
        struct world *w = t->w;
        struct import_result result;
        OK(import_at(t, at, path, &result));
        assert_int_equal(result.total.rejected, 0);
        assert_int_equal(result.total.waiting, 0);
        import_release(&result);
}

/* Cut, or with a byte changed: refused, and nothing is different. */
static void take_damaged(struct trio *t, int at, const char *path)
{
        struct world *w = t->w;
        struct import_result result;
        char *before = dump(t, at), *bad = arena_printf(&w->arena, "%s/malo.simae", w->dir);
        int64_t revisions = counts_of(t, at).revisions;
        if (chance(t, 2))
                assert_int_equal(shell("head -c $(( $(stat -c %%s '%s') * %d / 100 )) '%s' >'%s'", path, 1 + chance(t, 90), path, bad), 0);
        else
                assert_int_equal(shell("cp '%s' '%s' && printf '\\001\\377' | dd of='%s' bs=1 conv=notrunc seek=$(( $(stat -c %%s "
                                       "'%s') * %d / 100 )) 2>/dev/null", path, bad, bad, path, chance(t, 60)), 0);
        if (import_at(t, at, bad, &result) == ERR_OK) {
                import_release(&result); /* the bytes happened to be those, or padding */
        } else {
                char *after = dump(t, at);
                t->refused++;
                assert_string_equal(before, after);
                assert_int_equal(counts_of(t, at).revisions, revisions);
                free(after);
        }
        free(before);
}

static void receive(struct trio *t, int at)
{
        const char *path = t->files[chance(t, FILES)];
        if (!*path)
                return;
        if (chance(t, 8) == 0) {
                take_damaged(t, at, path);
                return;
        }
        take(t, at, path);
        if (chance(t, 3))
                return;
        char *before = dump(t, at);
        struct store_counts was = counts_of(t, at);
        take(t, at, path); /* twice is as once */
        char *after = dump(t, at);
        struct store_counts is = counts_of(t, at);
        assert_string_equal(before, after);
        check_counts_equal(&was, &is);
        free(before);
        free(after);
}

static void accident(struct trio *t, int at)
{
        const char *mine = folder_of(t, at), *copy = arena_printf(&t->w->arena, "%s/copia", t->w->dir);
        int other = chance(t, STORES), what = chance(t, 3);
        close_store(t, at);
        if (what == 0)
                assert_int_equal(shell("rm -rf '%s' && cp -R '%s' '%s'", copy, mine, copy), 0);
        else if (what == 1)
                assert_int_equal(shell("[ ! -d '%s' ] || { rm -rf '%s' && cp -R '%s' '%s'; }", copy, mine, copy, mine), 0);
        else if (other != at) {
                close_store(t, other);
                assert_int_equal(shell("rm -rf '%s' && cp -R '%s' '%s'", mine, folder_of(t, other), mine), 0);
                open_store(t, other);
        }
        open_store(t, at);
}

/* ---- What must hold ---- */

struct written { struct store_revision *revisions; json_t **bodies; int n; };

static bool wrote(const json_t *body, const char *name)
{
        const json_t *names = json_object_get(body, "w");
        for (size_t i = 0; i < json_array_size(names); i++)
                if (strcmp(json_string_value(json_array_get(names, i)), name) == 0)
                        return true;
        return false;
}

static bool descends(const struct written *all, int of, int from)
{
        if (of == from)
                return true;
        for (int p = 0; p < all->revisions[of].parents_n; p++)
                for (int i = 0; i < of; i++)
                        if (hash_equal(&all->revisions[i].id, &all->revisions[of].parents[p]) && descends(all, i, from))
                                return true;
        return false;
}

static bool same(const json_t *a, const json_t *b)
{
        return a == b || (a && b && json_equal(a, b));
}

/* What was written last is the answer, or one of those in conflict. */
static void check_value(const struct written *all, int at, const char *name, const json_t *shown, bool conflict)
{
        for (int k = at + 1; k < all->n; k++)
                if (wrote(all->bodies[k], name) && descends(all, k, at))
                        return;
        const json_t *value = json_object_get(json_object_get(all->bodies[at], "f"), name);
        if (!same(value, shown) && !conflict)
                fail_msg("%s of revision %d is nowhere", name, at);
}

static void check_record(struct trio *t, int at, const struct id *record)
{
        struct world *w = t->w;
        struct written all = {0};
        struct store_record view;
        struct record_view open;
        if (store_record_get(app_store(t->apps[at]), record, &w->arena, &view, NULL) != ERR_OK)
                return;
        OK(store_history(app_store(t->apps[at]), record, &w->arena, &all.revisions, &all.n, &w->err));
        OK(record_open(t->apps[at], record, &open, &w->err));
        all.bodies = ARENA_ARRAY(&w->arena, json_t *, all.n);
        for (int i = 0; i < all.n; i++)
                all.bodies[i] = json_of(all.revisions[i].body);
        for (int i = 0; i < all.n; i++) {
                size_t k;
                json_t *name;
                json_array_foreach(json_object_get(all.bodies[i], "w"), k, name)
                        check_value(&all, i, json_string_value(name), json_object_get(open.answers, json_string_value(name)),
                                    view.conflict > 0);
        }
        for (int i = 0; i < all.n; i++)
                json_decref(all.bodies[i]);
        record_view_release(&open);
}

static void exchange(struct trio *t, int from, int to)
{
        struct world *w = t->w;
        struct export_result done;
        char path[160];
        snprintf(path, sizeof path, "%s/%d.simae", w->out, t->bundles++);
        if (export_from(w, t->apps[from], path, true, &done) == ERR_OK)
                take(t, to, path);
}

static void check_end(struct trio *t)
{
        static const int way[][2] = {{0, 2}, {1, 2}, {2, 0}, {2, 1}};
        struct world *w = t->w;
        fix_clock("2026-04-16T09:30:00.000-05:00");
        for (size_t i = 0; i < ARRAY_LEN(way); i++)
                exchange(t, way[i][0], way[i][1]);
        char *first = dump(t, 0);
        for (int at = 1; at < STORES; at++) {
                char *other = dump(t, at);
                assert_string_equal(first, other);
                assert_int_equal(counts_of(t, at).revisions, counts_of(t, 0).revisions);
                free(other);
        }
        for (int i = 0; i < t->records_n; i++)
                check_record(t, 2, &t->records[i]);
        int64_t n;
        OK(app_rebuild(t->apps[1], &n, &w->err));
        char *again = dump(t, 1);
        assert_string_equal(first, again);
        free(again);
        free(first);
}

static void run_history(struct trio *t)
{
        memset(t->files, 0, sizeof t->files);
        t->records_n = 0;
        for (int i = 0; i < FEW_RECORDS - 1; i++)
                begin(t, 0);
        exchange(t, 0, 1);
        exchange(t, 0, 2);
        for (int step = 0; step < STEPS; step++) {
                int at = chance(t, STORES), what = chance(t, 20);
                if (chance(t, 5) == 0)
                        set_clock(t);
                if (what < 1)
                        begin(t, at);
                else if (what < 9)
                        correct(t, at);
                else if (what < 13)
                        send(t, at);
                else if (what < 19)
                        receive(t, at);
                else
                        accident(t, at);
        }
        check_end(t);
}

/* The stores go on from one history to the next; every few they begin afresh, copied from an empty one. */
static void stores_end_equal_and_lose_nothing(void **state)
{
        enum { FEW = 4 };
        struct world *w = *state;
        struct trio t = {.w = w, .keys = office_keys()};
        const char *more = getenv("SIMAE_TEST_HISTORIES");
        int n = more ? atoi(more) : 16;
        for (int i = 0; i < n; i++) {
                t.seed = UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(i + 1);
                if (i % FEW == 0) {
                        for (int at = 0; at < STORES; at++) {
                                close_store(&t, at);
                                shell("rm -rf '%s' '%s/copia' '%s'/*", folder_of(&t, at), w->dir, w->out);
                                open_store(&t, at);
                        }
                }
                run_history(&t);
                for (int at = 0; at < STORES; at++) /* arenas, and a start that finds everything as it was */
                        close_store(&t, at);
                arena_clear(&w->arena);
                for (int at = 0; at < STORES; at++)
                        open_store(&t, at);
        }
        print_message("%d conflicts decided, %d annulments, %d words of the office, %d damaged bundles refused\n", t.conflicts, t.annulments, t.reviews, t.refused);
        for (int at = 0; at < STORES; at++)
                close_store(&t, at);
        age_keys_free(t.keys);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(stores_end_equal_and_lose_nothing, world_new, world_free)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
