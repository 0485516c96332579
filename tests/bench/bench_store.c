/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speed of the store: `bench_store [FOLDER]` prints lines "name value unit".
 *
 * The peer of a durable draft append is a bare SQLite program: one table, one
 * prepared INSERT that commits, the same PRAGMAs, the same text, a file in the
 * same folder.  Both run in turns within the same run, so that whatever else
 * the disk is doing falls on both.
 */
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "store/store.h"

enum { APPENDS = 3000, RECORDS = 100000, ROUNDS = 200, OPENS = 60 };

/* ---- A durable append, beside a bare program ---- */

static sqlite3 *bare_open(const char *path, sqlite3_stmt **ret)
{
        sqlite3 *db;
        if (sqlite3_open(path, &db) != SQLITE_OK ||
            sqlite3_exec(
                    db,
                    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                    "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; "
                    "PRAGMA temp_store = MEMORY; CREATE TABLE log (line TEXT NOT NULL) STRICT;",
                    NULL, NULL, NULL) != SQLITE_OK ||
            sqlite3_prepare_v2(db, "INSERT INTO log (line) VALUES (?)", -1, ret, NULL) != SQLITE_OK) {
                fprintf(stderr, "bare: %s\n", sqlite3_errmsg(db));
                exit(1);
        }
        return db;
}

static void bare_append(sqlite3_stmt *stmt, const char *line)
{
        sqlite3_bind_text(stmt, 1, line, -1, SQLITE_STATIC);
        if (sqlite3_step(stmt) != SQLITE_DONE)
                exit(1);
        sqlite3_reset(stmt);
}

static struct store_draft draft_of(void)
{
        struct store_draft draft = {.form = "ficha_visita",
                                    .title = "Visita de asistencia técnica",
                                    .school_title = "I.E. 0123 Cuñumbuque",
                                    .parent_question = "",
                                    .bases = "",
                                    .missing = 40,
                                    .started = "2026-03-01T08:00:00.000-05:00",
                                    .saved = "2026-03-01T08:00:00.000-05:00"};
        draft.id.bytes[0] = draft.record.bytes[1] = 1;
        return draft;
}

static void bench_append(struct store *store, const char *bare_path)
{
        static double ours[APPENDS], bare[APPENDS];
        const char *line = "{\"q\":\"desempeno_3\",\"v\":\"En proceso: organiza el trabajo en equipos y "
                           "vuelve a las reglas "
                           "de convivencia\",\"t\":\"2026-03-01T08:05:31.250-05:00\"}";
        struct store_draft draft = draft_of();
        sqlite3_stmt *stmt;
        sqlite3 *db = bare_open(bare_path, &stmt);
        must(store_draft_create(store, &draft, &err), "draft");
        for (int i = 0; i < APPENDS; i++) {
                double start = now_us();
                draft.answered = i;
                must(store_draft_append(store, &draft, &line, 1, &err), "append");
                double middle = now_us();
                bare_append(stmt, line);
                ours[i] = middle - start;
                bare[i] = now_us() - middle;
        }
        double a = median(ours, APPENDS), b = median(bare, APPENDS);
        printf("store_append %.1f us\nstore_append_p99 %.1f us\n", a, ours[APPENDS * 99 / 100]);
        printf("store_append_bare %.1f us\nstore_append_bare_p99 %.1f us\n", b, bare[APPENDS * 99 / 100]);
        printf("store_append_ratio %.2f x\n", a / b);
        sqlite3_finalize(stmt);
        sqlite3_close(db);
}

/* ---- A directory and its visits ---- */

static void add_record(struct store *store, int i, bool school)
{
        static const char *const words[] = {"Cuñumbuque",  "San José",     "Ñapari",   "Túpac Amaru",
                                            "El Porvenir", "Soritor",      "Yantaló",  "La Unión",
                                            "Shanao",      "Pinto Recodo", "Tabalosos"};
        char title[120], search[64], date[16];
        char *body = xasprintf("{\"n\":%d,\"school\":%d}", i, school);
        snprintf(title, sizeof title, "I.E. %05d %s de %s", i * 7919 % RECORDS, words[i % 11],
                 words[i / 11 % 11]);
        snprintf(search, sizeof search, "%07d %s", 200000 + i, words[i % 7]);
        snprintf(date, sizeof date, "20%02d-%02d-%02d", 20 + i % 7, 1 + i % 12, 1 + i % 28);
        struct store_record view = {.form = school ? "institucion" : "ficha_visita",
                                    .title = title,
                                    .date = school ? "" : date,
                                    .school_title = "",
                                    .school = "",
                                    .subject = "",
                                    .author = "",
                                    .parent_question = "",
                                    .search = search};
        struct hash seed = hash_of(body, strlen(body));
        memcpy(view.id.bytes, seed.bytes, ID_BYTES);
        struct store_revision revision = {.id = seed,
                                          .record = view.id,
                                          .body = body,
                                          .form = view.form,
                                          .gen = 1,
                                          .author = "",
                                          .device = "",
                                          .date = ""};
        view.revision = seed;
        must(store_revision_add(store, &revision, &view, NULL, 0, &err), "revision");
        free(body);
}

static void fill(struct store *store, bool schools)
{
        double start = now_us();
        for (int i = 0; i < RECORDS;) {
                must(store_begin(store, &err), "begin");
                for (int k = 0; k < 10000; k++, i++)
                        add_record(store, i, schools);
                must(store_commit(store, &err), "commit");
        }
        printf("store_add_%s %.1f us\n", schools ? "entity" : "record", (now_us() - start) / RECORDS);
}

static void bench_list(struct store *store, const char *name, struct store_query query, bool walk)
{
        static double times[ROUNDS];
        struct arena arena = {0};
        struct store_record *page;
        int n = 0, done = 0;
        query.limit = 50;
        for (; done < ROUNDS; done++) {
                double start = now_us();
                must(store_record_list(store, &query, &arena, &page, &n, &err), name);
                times[done] = now_us() - start;
                if (walk && n)
                        query.after = &page[n - 1];
        }
        double middle = median(times, done);
        printf("store_%s %.0f us\nstore_%s_max %.0f us\n", name, middle, name, times[done - 1]);
        arena_release(&arena);
}

static void bench_count(struct store *store, const char *name, struct store_query query)
{
        static double times[20];
        int64_t n;
        for (int i = 0; i < 20; i++) {
                double start = now_us();
                must(store_record_count(store, &query, &n, &err), name);
                times[i] = now_us() - start;
        }
        printf("store_%s %.0f us\n", name, median(times, 20));
}

static void bench_lists(struct store *store)
{
        struct store_query schools = {.entities = true, .order = ORDER_TITLE}, q = schools;
        bench_list(store, "page_title", schools, true);
        bench_list(store, "page_date", (struct store_query){.form = "ficha_visita"}, true);
        bench_list(store, "page_arrival", (struct store_query){.order = ORDER_ARRIVAL_DESC}, true);
        bench_list(store, "page_skip_90000",
                   (struct store_query){.entities = true, .order = ORDER_TITLE, .skip = 90000}, false);
        static const struct {
                const char *name, *text;
        } searches[] = {
                {"search_1_letter", "i"},
                {"search_2_letters", "cu"},
                {"search_word", "cunumbuque"},
                {"search_2_words", "tupac sor"},
                {"search_code", "0254321"},
                {"search_nothing", "zzz"},
                {"search_rare_and_common", "i 01234"},
        };
        for (size_t i = 0; i < ARRAY_LEN(searches); i++) {
                q.text = searches[i].text;
                bench_list(store, searches[i].name, q, false);
        }
        bench_count(store, "count_all", schools);
        q.text = "cunumbuque";
        bench_count(store, "count_word", q);
        struct store_form visit = {.hash = hash_of("v", 1), .id = "ficha_visita", .version = "1", .title = "Ficha de visita", .short_title = ""};
        must(store_form_put(store, &visit, "v", &err), "form");
        struct store_query named = {.text = "visita", .form_names = true};
        bench_list(store, "search_form", named, true);
        bench_count(store, "count_form", named);
        named.text = "visita cunumbuque";
        bench_list(store, "search_form_and_word", named, false);
        bench_count(store, "count_form_and_word", named);
}

static void bench_open(const char *dir, const char *name)
{
        static double times[OPENS];
        struct store *store;
        struct store_counts counts;
        for (int i = 0; i < OPENS; i++) {
                double start = now_us();
                must(store_open(dir, 0, &store, &err), name);
                times[i] = now_us() - start;
                must(store_counts(store, &counts, &err), name);
                store_close(store);
        }
        printf("store_open_%s %.0f us\n", name, median(times, OPENS));
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
        (void)st;
        (void)kind;
        (void)at;
        return remove(path);
}

int main(int argc, char **argv)
{
        char *dir = xasprintf("%s/bench-store-XXXXXX", argc > 1 ? argv[1] : ".");
        if (!mkdtemp(dir)) {
                perror(dir);
                return 1;
        }
        char *data = xasprintf("%s/datos", dir), *bare = xasprintf("%s/bare.db", dir);
        struct store *store;
        must(store_open(data, STORE_CREATE, &store, &err), "open");
        struct store_form school = {.id = "institucion",
                                    .version = "1",
                                    .title = "Institución",
                                    .short_title = "IE",
                                    .is_entity = true};
        must(store_form_put(store, &school, "id: institucion\n", &err), "form");
        bench_append(store, bare);
        store_close(store);
        bench_open(data, "small");
        must(store_open(data, 0, &store, &err), "open");
        fill(store, true);
        fill(store, false);
        bench_lists(store);
        struct store_counts counts;
        must(store_counts(store, &counts, &err), "counts");
        printf("store_bytes_per_record %.0f B\n", (double)counts.bytes / (2 * RECORDS));
        store_close(store);
        bench_open(data, "large");
        nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
        free(bare);
        free(data);
        free(dir);
        return 0;
}
