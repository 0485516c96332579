/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speed of the Balance: `bench_balance [RECORDS [FEW]]` (1,000,000 and 10,000)
 * prints lines "name value unit", those of the fewer records with small_ before
 * the name.  Each record contributes to eight of the indicators of forms/, in 13
 * UGEL and the eight quarters of two years.  Both are asked in turn, again and
 * again, so that what else the machine does meanwhile burdens both.
 *
 * The peer is SQLite alone in the same run: GROUP BY over the same
 * contributions in a narrow table, one row each.  It does not look for the last
 * of each person, which totals do.
 */
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"
#include "base/str.h"
#include "report/balance.h"

enum { ITEMS = 8, UGELS = 13, FIRST_DAY = 20089, DAYS = 730, ROUNDS = 41, ADDED = 200, WIDE = 45 };

static const struct indicators *indicators;

/* ---- Synthetic facts, straight into the tables ---- */

static void sql(sqlite3 *db, const char *text)
{
        char *message = NULL;
        if (sqlite3_exec(db, text, NULL, NULL, &message) == SQLITE_OK)
                return;
        fprintf(stderr, "%s: %s\n", text, message);
        exit(1);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *text)
{
        sqlite3_stmt *stmt = NULL;
        if (sqlite3_prepare_v2(db, text, -1, &stmt, NULL) != SQLITE_OK) {
                fprintf(stderr, "%s: %s\n", text, sqlite3_errmsg(db));
                exit(1);
        }
        return stmt;
}

static void put(struct str *out, unsigned value)
{
        for (; value >= 0x80; value >>= 7)
                str_addc(out, (char)(value | 0x80));
        str_addc(out, (char)value);
}

/* Words 1 to n are the indicators, the next the UGEL, the last "". */
static void put_words(sqlite3 *db)
{
        sqlite3_stmt *stmt = prepare(db, "INSERT INTO fact_word (text) VALUES (?)");
        for (int i = 0; i < indicators->n + UGELS + 1; i++) {
                char ugel[16];
                snprintf(ugel, sizeof ugel, "0600%02d", i - indicators->n + 1);
                const char *word = i < indicators->n ? indicators->items[i].key : i < indicators->n + UGELS ? ugel : "";
                sqlite3_bind_text(stmt, 1, word, -1, SQLITE_TRANSIENT);
                sqlite3_step(stmt);
                sqlite3_reset(stmt);
        }
        sqlite3_finalize(stmt);
        char *places = sqlite3_mprintf("INSERT INTO fact_place SELECT value, value + %d, %d, %d, %d, %d, %d FROM "
                                       "(WITH RECURSIVE c (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM c WHERE value < %d) "
                                       "SELECT value FROM c)",
                                       indicators->n, indicators->n + UGELS + 1, indicators->n + UGELS + 1,
                                       indicators->n + UGELS + 1, indicators->n + UGELS + 1, indicators->n + UGELS + 1, UGELS);
        sql(db, places);
        sqlite3_free(places);
}

static void put_record(int record, sqlite3_stmt *fact, sqlite3_stmt *narrow, struct str *items)
{
        int day = FIRST_DAY + (int)((unsigned)record * 2654435761u % DAYS), place = 1 + record % UGELS;
        str_clear(items);
        for (int i = 0; i < ITEMS; i++) {
                int indicator = 1 + (record / 5 * ITEMS + i) % indicators->n, num = (record + i) % 3 != 0;
                put(items, (unsigned)indicator);
                put(items, FACT_COUNTS | FACT_LAST);
                put(items, (unsigned)(indicators->n + UGELS + 1));
                put(items, num ? 4 : 0);
                put(items, 4);
                put(items, 0);
                sqlite3_bind_int(narrow, 1, indicator);
                sqlite3_bind_int(narrow, 2, place);
                sqlite3_bind_int(narrow, 3, day);
                sqlite3_bind_int(narrow, 4, num);
                sqlite3_step(narrow);
                sqlite3_reset(narrow);
        }
        sqlite3_bind_int(fact, 1, record);
        sqlite3_bind_int(fact, 2, 1000 + record / 5); /* five visits to each person */
        sqlite3_bind_int(fact, 3, day);
        sqlite3_bind_int(fact, 4, record);
        sqlite3_bind_int(fact, 5, place);
        sqlite3_bind_blob(fact, 6, items->text, (int)items->len, SQLITE_STATIC);
        sqlite3_step(fact);
        sqlite3_reset(fact);
}

static void put_facts(const char *path, int records)
{
        sqlite3 *db;
        struct str items = STR_INIT;
        if (sqlite3_open(path, &db) != SQLITE_OK)
                exit(1);
        sql(db, "PRAGMA synchronous = OFF; BEGIN; DELETE FROM fact_word; "
                "CREATE TABLE narrow (indicator INTEGER, ugel INTEGER, day INTEGER, num INTEGER)");
        put_words(db);
        sqlite3_stmt *fact = prepare(db, "INSERT INTO fact VALUES (?1, 0, ?2, ?3, ?4, 0, ?5, 0, ?6)");
        sqlite3_stmt *narrow = prepare(db, "INSERT INTO narrow VALUES (?, ?, ?, ?)");
        for (int i = 1; i <= records; i++)
                put_record(i, fact, narrow, &items);
        sqlite3_finalize(fact);
        sqlite3_finalize(narrow);
        sql(db, "COMMIT");
        sqlite3_close(db);
        str_release(&items);
}

/* ---- Measuring ---- */

struct asked { const char *prefix; struct store *store; char *path; double times[ROUNDS]; };

/* All indicators in each UGEL and quarter; `compare`: beside the periods before, targets and coverage. */
static double ask(struct store *store, bool compare)
{
        static const char *const periods[] = {"2025-T1", "2025-T2", "2025-T3", "2025-T4", "2026-T1", "2026-T2", "2026-T3", "2026-T4"};
        struct balance_query query = {.each_ugel = true, .periods = periods, .periods_n = 8,
                                      .compare = compare};
        struct balance balance;
        double begin = now_ms();
        must(balance_make(store, indicators, &query, &balance, &err), "balance");
        double took = now_ms() - begin;
        balance_release(&balance);
        return took;
}

static void measure_query(struct asked *all, int n, bool compare)
{
        for (int round = 0; round < ROUNDS; round++)
                for (int i = 0; i < n; i++)
                        all[i].times[round] = ask(all[i].store, compare);
        for (int i = 0; i < n; i++)
                printf("%sbalance_%s %.2f ms\n", all[i].prefix, compare ? "compared" : "all", median(all[i].times, ROUNDS));
}

static void measure_peer(const char *path)
{
        sqlite3 *db;
        if (sqlite3_open(path, &db) != SQLITE_OK)
                exit(1);
        double begin = now_ms();
        sqlite3_stmt *stmt = prepare(db, "SELECT indicator, ugel, (day - 20089) / 91, sum(num), count(*) FROM narrow GROUP BY 1, 2, 3");
        while (sqlite3_step(stmt) == SQLITE_ROW)
                ;
        sqlite3_finalize(stmt);
        printf("balance_group_by %.2f ms\n", now_ms() - begin);
        sqlite3_close(db);
}

/* A record of a person seen five times before, with as many contributions as the longest form. */
static void add_one(struct store *store, int i, double *ret_ms)
{
        char body[64], who[16];
        struct fact facts[WIDE];
        snprintf(body, sizeof body, "{\"n\":%d}", i);
        snprintf(who, sizeof who, "p%d", i / 5);
        struct store_record view = {.id = {{0xA5, (unsigned char)(i >> 8), (unsigned char)i, 1}}, .form = "visita", .title = "Visita",
                                    .revision = hash_of(body, strlen(body))};
        struct store_revision revision = {.id = view.revision, .record = view.id, .body = body, .form = "visita", .gen = 1,
                                          .author = "", .device = "", .date = "2026-10-01T08:00:00.000-05:00"};
        struct fact_place place = {{"060001", "F0", "rural", "multigrado", "nombrado", "Red 1"}};
        for (int k = 0; k < WIDE; k++)
                facts[k] = (struct fact){.indicator = indicators->items[k].key, .by = "", .who = k < WIDE - 5 ? who : "",
                                         .flags = FACT_LAST | FACT_COUNTS, .day = FIRST_DAY + 600 + i % 5, .num = k % 2 * FACT_UNIT,
                                         .den = FACT_UNIT};
        must(store_begin(store, &err), "begin");
        must(store_revision_add(store, &revision, &view, NULL, 0, &err), "revision");
        double begin = now_ms();
        must(store_facts_set(store, &view.id, &place, facts, WIDE, &err), "facts");
        *ret_ms = now_ms() - begin;
        must(store_commit(store, &err), "commit");
}

static void prepare_store(struct asked *asked, const char *dir, int records)
{
        char *data = xasprintf("%s/%d", dir, records);
        asked->path = xasprintf("%s/simae.db", data);
        must(store_open(data, STORE_CREATE, &asked->store, &err), "open");
        must(store_facts_begin(asked->store, NULL, 0, "bench", FIRST_DAY + DAYS, &err), "begin");
        store_close(asked->store);
        put_facts(asked->path, records);
        must(store_open(data, 0, &asked->store, &err), "open again");
        double begin = now_ms();
        must(store_facts_finish(asked->store, &err), "finish");
        printf("%sbalance_sum_all %.0f records_per_s\n", asked->prefix, records / (now_ms() - begin) * 1e3);
        free(data);
}

static void measure_more(struct asked *asked)
{
        double times[ADDED];
        for (int i = 0; i < ADDED; i++)
                add_one(asked->store, i, &times[i]);
        printf("%sbalance_one_more %.2f ms\n", asked->prefix, median(times, ADDED));
        store_close(asked->store);
}

static void measure(const char *dir, const int *records)
{
        struct asked all[] = {{.prefix = ""}, {.prefix = "small_"}};
        for (int i = 0; i < 2; i++)
                prepare_store(&all[i], dir, records[i]);
        measure_query(all, 2, false);
        measure_query(all, 2, true);
        for (int i = 0; i < 2; i++)
                measure_more(&all[i]);
        measure_peer(all[0].path);
        for (int i = 0; i < 2; i++)
                free(all[i].path);
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
        char dir[] = "/tmp/simae-bench-XXXXXX";
        struct err_list mistakes = {0};
        struct indicators *loaded = indicators_load("forms", &mistakes);
        if (!mkdtemp(dir) || mistakes.n > 0)
                return 1;
        indicators = loaded;
        measure(dir, (int[]){argc > 1 ? atoi(argv[1]) : 1000000, argc > 2 ? atoi(argv[2]) : 10000});
        nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
        indicators_free(loaded);
        err_list_release(&mistakes);
        return 0;
}
