/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading ahead (src/store/ahead.c) never gives a page as it was before it was
 * written: walks over the table of revisions, between them rows added, taken
 * out of pages already read, and the log brought into the file.
 */
#include "store/outgoing.h"
#include "../../src/store/store_priv.h"
#include "test_store_help.h"

enum { ROUNDS = 8, EACH = 500, LONG = 900, NEAR = 15, ALL = ROUNDS * EACH };

static bool purged[ALL];

static void add_some(struct world *w, int round)
{
        char text[LONG + 1];
        memset(text, 'a' + round, LONG);
        text[LONG] = '\0';
        OK(store_begin(w->store, &w->err));
        for (int i = 0; i < EACH; i++) {
                char *body = xasprintf("{\"n\":%d,\"t\":\"%s\"}", round * EACH + i, text);
                struct store_revision revision = {.id = hash_text(body), .record = id_n(round * EACH + i), .body = body, .form = "visita",
                                                  .form_hash = hash_text("visita"), .gen = 1, .author = "quien", .device = "equipo",
                                                  .date = "2026-03-01T08:00:00.000-05:00"};
                OK(store_revision_add(w->store, &revision, NULL, NULL, 0, &w->err));
                free(body);
        }
        OK(store_commit(w->store, &w->err));
}

/* Rows among the last that were read, which are in the piece that is kept. */
static void purge_some(struct world *w, int last)
{
        for (int at = last - NEAR; at < last; at += 3) {
                struct hash id;
                struct id record;
                OK(store_revision_at(w->store, at + 1, &id, &record, &w->err));
                OK(store_revision_purge(w->store, &id, 1, "2026-03-02T08:00:00.000-05:00", "Pedido", &w->err));
                purged[at] = true;
        }
}

struct walk { int at, wrong; };

static enum err_code look(void *ctx, const struct store_body *body, struct err *err)
{
        struct walk *walk = ctx;
        struct hash really = hash_text(body->text);
        (void)err;
        walk->wrong += purged[walk->at] ? body->text[0] != '\0' : !hash_equal(&really, &body->id);
        walk->at++;
        return ERR_OK;
}

/* From the file: what SQLite itself keeps is dropped. */
static void walk(struct world *w, int first, int last)
{
        struct walk walk = {.at = first};
        sqlite3_db_release_memory(w->store->db);
        OK(store_bodies(w->store, first + 1, last, look, &walk, &w->err));
        assert_int_equal(walk.at, last);
        assert_int_equal(walk.wrong, 0);
}

static void test_never_as_it_was(void **state)
{
        struct world *w = *state;
        for (int round = 0; round < ROUNDS; round++) {
                int rows = (round + 1) * EACH, last = rows - EACH / 2;
                add_some(w, round);
                OK(store_scrub(w->store, &w->err));
                walk(w, 0, last);
                purge_some(w, last);
                walk(w, last - NEAR, last); /* in the log */
                OK(store_scrub(w->store, &w->err));
                walk(w, last - NEAR, last); /* in the file */
                walk(w, 0, rows);
        }
        world_reopen(w);
        walk(w, 0, ALL);
        OK(store_check(w->store, &w->err));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_never_as_it_was, world_open, world_free),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
