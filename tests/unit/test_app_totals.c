/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Totals kept while records are created, corrected, annulled and merged, in any
 * order of arrival and one by one or many at once, are those of a rebuild, and
 * of any other order.  SIMAE_TEST_HISTORIES asks for more histories.
 */
#include "../../src/app/derive_many.h"
#include "base/json.h"
#include "store/incoming.h"
#include "test_app_facts.h"

enum { RECORDS = 6, REVISIONS = 6, SCHOOLS = 3, MADE = RECORDS * REVISIONS, HISTORIES = 100, MANY = 1500 };

/* A record's revisions as they were made, whoever knew of which. */
struct past {
        struct id record;
        struct hash ids[REVISIONS];
        int64_t gens[REVISIONS];
        bool is_parent[REVISIONS];
        int n;
};

struct made { struct store_revision revision; json_t *body; };

struct history {
        struct world *w;
        const struct form *form;
        struct hash form_hash;
        struct id schools[SCHOOLS];
        struct past pasts[RECORDS];
        struct made made[MADE];
        int made_n;
        uint64_t seed;
};

static int chance(struct history *h, int n)
{
        h->seed ^= h->seed << 13;
        h->seed ^= h->seed >> 7;
        h->seed ^= h->seed << 17;
        return (int)((h->seed >> 11) % (uint64_t)n);
}

/* ---- Making revisions ---- */

static json_t *some_answers(struct history *h)
{
        static const char *const ugels[] = {"060001", "060002"}, *const levels[] = {"B0", "F0"};
        char ie[ID_TEXT];
        json_t *answers = answers_of(h->w, "{'titulo':'%d','ugel':'%s','nivel':'%s','puntos':%d}", chance(h, 40), ugels[chance(h, 2)],
                                     levels[chance(h, 2)], chance(h, 40));
        if (chance(h, 8))
                json_object_set_new(answers, "ie", json_string(id_format(&h->schools[chance(h, SCHOOLS)], ie)));
        if (chance(h, 8)) /* some later than today: they wait */
                json_object_set_new(answers, "dia", json_string(arena_printf(&h->w->arena, "2026-%02d-%02d", 1 + chance(h, 5), 1 + chance(h, 28))));
        return answers;
}

/* Of the first: none. Of others: one that came before, the latest or not, or all that nobody came after. */
static int some_parents(struct history *h, struct past *past, struct hash parents[REVISIONS], int64_t *ret_gen)
{
        int n = 0, alone = past->n > 0 ? chance(h, past->n) : -1;
        bool all = chance(h, 3) == 0;
        *ret_gen = 1;
        for (int i = 0; i < past->n; i++) {
                if (all ? past->is_parent[i] : i != alone)
                        continue;
                parents[n++] = past->ids[i];
                past->is_parent[i] = true;
                *ret_gen = past->gens[i] >= *ret_gen ? past->gens[i] + 1 : *ret_gen;
        }
        return n;
}

static void make_revision(struct history *h, struct past *past)
{
        struct world *w = h->w;
        char when[DATETIME_TEXT];
        struct hash parents[REVISIONS];
        struct made *made = &h->made[h->made_n++];
        bool annul = past->n > 0 && chance(h, 6) == 0;
        json_t *answers = some_answers(h);
        fix_clock(arena_printf(&w->arena, "2026-03-%02dT08:%02d:00.000-05:00", 1 + chance(h, 28), chance(h, 60)));
        struct revision_draft draft = {.record = past->record, .op = annul ? "annul" : "put", .form = h->form, .form_hash = h->form_hash,
                                       .state = annul ? RECORD_ANULADO : RECORD_CONCLUIDO, .author = "", .clock_ok = true,
                                       .reason = annul ? "Prueba" : NULL, .answers = answers, .parents = parents};
        draft.parents_n = some_parents(h, past, parents, &draft.gen);
        struct hash id;
        char *body = revision_body(&draft, &id, when);
        char *kept = arena_strdup(&w->arena, body);
        OK(revision_parse(kept, strlen(kept), &w->arena, &made->revision, &made->body, &w->err));
        made->revision.id = id;
        past->ids[past->n] = id;
        past->gens[past->n++] = draft.gen;
        free(body);
        json_decref(answers);
}

static void make_history(struct history *h)
{
        memset(h->pasts, 0, sizeof h->pasts);
        h->made_n = 0;
        for (int r = 0; r < RECORDS; r++) {
                h->pasts[r].record = id_new();
                for (int n = 1 + chance(h, REVISIONS); n > 0; n--)
                        make_revision(h, &h->pasts[r]);
        }
        fix_clock("2026-04-14T09:30:00.000-05:00");
}

static void forget_history(struct history *h)
{
        for (int i = 0; i < h->made_n; i++)
                json_decref(h->made[i].body);
}

/* ---- Arriving ---- */

static void shuffle(struct history *h)
{
        for (int i = h->made_n - 1; i > 0; i--) {
                int other = chance(h, i + 1);
                struct made one = h->made[i];
                h->made[i] = h->made[other];
                h->made[other] = one;
        }
}

/* As when somebody concludes, corrects or annuls. */
static void arrive_alone(struct history *h, struct made *made)
{
        struct world *w = h->w;
        struct app *app = w->app;
        OK(store_revision_add(app_store(app), &made->revision, NULL, NULL, 0, &w->err));
        app_cache_clear(app);
        OK(view_derive(app, &made->revision.record, NULL, &w->err));
        OK(view_refresh_readers(app, &made->revision.record, &w->err));
}

static void arrive_together(struct history *h, int first, int n)
{
        struct world *w = h->w;
        int64_t mark, arrival, derived;
        OK(store_last_arrival(app_store(w->app), &mark, &w->err));
        for (int i = first; i < first + n; i++)
                OK(store_revision_take(app_store(w->app), &h->made[i].revision, &arrival, &w->err));
        OK(views_derive_after(w->app, mark, NULL, NULL, &derived, &w->err));
}

static char *arrive(struct history *h)
{
        shuffle(h);
        for (int at = 0, n; at < h->made_n; at += n) {
                n = 1 + chance(h, 8);
                n = at + n > h->made_n ? h->made_n - at : n;
                if (n > 1)
                        arrive_together(h, at, n);
                else
                        arrive_alone(h, &h->made[at]);
        }
        return totals(h->w);
}

/* ---- Histories ---- */

static void begin_histories(struct history *h, void **state)
{
        struct world *w = *state;
        *h = (struct history){.w = w, .seed = 88172645463325252u};
        OK(app_form(w->app, "practica", &h->form, &w->err));
        OK(store_form_current(app_store(w->app), "practica", &h->form_hash, &w->err));
        for (int s = 0; s < SCHOOLS; s++)
                h->schools[s] = make(w, "institucion", answers_of(w, "{'nombre':'Escuela %d','cod_mod':'000000%d'}", s, s));
}

static void kept_totals_equal_a_rebuild(void **state)
{
        static struct history h;
        struct world *w = *state;
        const char *more = getenv("SIMAE_TEST_HISTORIES");
        begin_histories(&h, state);
        for (int i = more ? atoi(more) : HISTORIES; i > 0; i--) {
                char *first = NULL;
                make_history(&h);
                for (int order = 0; order < 2; order++) {
                        OK(store_begin(app_store(w->app), &w->err));
                        char *kept = arrive(&h);
                        if (first)
                                assert_string_equal(first, kept);
                        check_rebuild(w);
                        store_rollback(app_store(w->app));
                        app_cache_clear(w->app);
                        free(first);
                        first = kept;
                }
                free(first);
                forget_history(&h);
                arena_clear(&w->arena);
        }
}

/* ---- So many that the store sets its indexes aside ---- */

static void count_form(struct world *w, int expected)
{
        struct store_counts now = counts(w);
        assert_int_equal(now.records, expected);
        struct arena arena = {0};
        struct store_query query = {.form = "practica", .limit = 10};
        struct store_record *rows;
        int n;
        OK(store_record_list(app_store(w->app), &query, &arena, &rows, &n, &w->err));
        assert_int_equal(n, 10);
        OK(store_check(app_store(w->app), &w->err));
        arena_release(&arena);
}

/* Visits come before the schools that they name. */
static void many_at_once(void **state)
{
        static struct history h;
        struct world *w = *state;
        int64_t mark, arrival, derived;
        begin_histories(&h, state);
        OK(store_begin_vast(app_store(w->app), &w->err));
        OK(store_last_arrival(app_store(w->app), &mark, &w->err));
        for (int i = 0; i < MANY; i++) {
                struct past past = {.record = id_new()};
                h.made_n = 0;
                make_revision(&h, &past);
                OK(store_revision_take(app_store(w->app), &h.made[0].revision, &arrival, &w->err));
                forget_history(&h);
                arena_clear(&w->arena);
        }
        fix_clock("2026-04-14T09:30:00.000-05:00");
        OK(views_derive_after(w->app, mark, NULL, NULL, &derived, &w->err));
        OK(store_commit(app_store(w->app), &w->err));
        count_form(w, MANY);
        check_rebuild(w);
        count_form(w, MANY);
        reopen(w);
        count_form(w, MANY);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(kept_totals_equal_a_rebuild, world_counted, world_free),
                cmocka_unit_test_setup_teardown(many_at_once, world_counted, world_free),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
