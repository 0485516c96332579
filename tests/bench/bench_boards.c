/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speed of the boards over 20,000 commitments and 20,000 visits: `bench_boards
 * [FOLDER]` prints lines "name value unit".
 *
 * The peer is SQLite alone, in the same run and on the same file: the SELECT
 * that gives the same rows (names joined, answers taken out of the JSON), each
 * cell read.  It makes no table, words no dates and sorts nothing besides.
 */
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"
#include "base/date.h"
#include "report/today.h"

enum { SCHOOLS = 500, PEOPLE = 2000, RECORDS = 20000, ROUNDS = 15 };

/* ---- A UGEL of 500 schools ---- */

static char schools[SCHOOLS][ID_TEXT], people[PEOPLE][ID_TEXT];
static int64_t today;

/* A record with those answers; fills the rest of its view. `body` is freed. */
static void put(struct store *store, struct store_record view, char *body, char ret_id[ID_TEXT])
{
        struct store_revision revision = {
                .body = body, .form = view.form, .gen = 1, .author = "", .device = "", .date = ""};
        view.id = revision.record = id_new();
        view.revision = revision.id = hash_of(body, strlen(body));
        view.author = view.parent_question = view.search = view.unique_key = "";
        view.ugel = "060001";
        must(store_revision_add(store, &revision, &view, NULL, 0, &err), "put");
        if (ret_id)
                id_format(&view.id, ret_id);
        free(body);
}

static void put_directory(struct store *store)
{
        char title[80];
        for (int i = 0; i < SCHOOLS; i++) {
                snprintf(title, sizeof title, "IE %05d Cerro Peñón · Utco · 99%05d", i, i);
                put(store,
                    (struct store_record){.form = "institucion",
                                          .title = title,
                                          .school = "",
                                          .subject = "",
                                          .school_title = "",
                                          .date = "",
                                          .due = ""},
                    xasprintf("{\"f\":{\"nombre\":\"%s\",\"tipo_ie\":\"%s\",\"estado\":\"activa\",\"n\":%d}}",
                              title, i % 3 ? "completo" : "unidocente", i),
                    schools[i]);
        }
        for (int i = 0; i < PEOPLE; i++) {
                snprintf(title, sizeof title, "Quispe Ñahui %d, Rosa", i);
                put(store,
                    (struct store_record){.form = "persona",
                                          .title = title,
                                          .school = schools[i % SCHOOLS],
                                          .subject = "",
                                          .school_title = "IE Cerro Peñón · Utco",
                                          .date = "",
                                          .due = ""},
                    xasprintf("{\"f\":{\"apellidos\":\"%s\",\"cargo\":\"%s\",\"activo\":\"si\"}}", title,
                              i % 5 ? "docente" : "director"),
                    people[i]);
        }
}

static void put_commitment(struct store *store, int i)
{
        char due[DATE_TEXT];
        date_format(today - 100 + i * 7919 % 300, due);
        put(store,
            (struct store_record){.form = "compromiso",
                                  .title = "Planificar",
                                  .school = schools[i % SCHOOLS],
                                  .subject = people[i % PEOPLE],
                                  .school_title = "IE Cerro Peñón · Utco",
                                  .date = "2026-10-01",
                                  .due = due,
                                  .open = true,
                                  .done = true},
            xasprintf("{\"f\":{\"ugel\":\"060001\",\"ie\":\"%s\",\"responsable\":\"%s\",\"texto\":"
                      "\"Planificar con las colegas del grado una experiencia "
                      "que parta de una situación de la "
                      "comunidad\",\"evidencia_esperada\":\"Planificador\",\"fecha_limite\":\"%s\","
                      "\"estado\":\"pendiente\","
                      "\"n\":%d}}",
                      schools[i % SCHOOLS], people[i % PEOPLE], due, i),
            NULL);
}

static void put_visit(struct store *store, int i)
{
        char day[DATE_TEXT], next[DATE_TEXT];
        date_format(today - 1 - i * 7919 % 250, day);
        date_format(today + i % 90, next);
        put(store,
            (struct store_record){.form = "simae_docente",
                                  .title = "Visita",
                                  .school = schools[i % SCHOOLS],
                                  .subject = people[i % PEOPLE],
                                  .school_title = "IE Cerro Peñón · Utco",
                                  .date = day,
                                  .due = "",
                                  .done = i % 20 != 0},
            xasprintf("{\"f\":{\"ie\":\"%s\",\"docente\":\"%s\",\"fecha_visita\":\"%s\",\"visita_lograda\":"
                      "\"si\",\"sugerencias\":\"Revisar los cuadernos "
                      "durante la clase y anotar una recomendación para cada "
                      "equipo\",\"proxima_visita\":\"%s\",\"n\":%d}}",
                      schools[i % SCHOOLS], people[i % PEOPLE], day, next, i),
            NULL);
}

static void fill(struct store *store)
{
        must(store_begin(store, &err), "begin");
        put_directory(store);
        for (int i = 0; i < RECORDS; i++) {
                put_commitment(store, i);
                put_visit(store, i);
        }
        must(store_commit(store, &err), "commit");
}

/* ---- Ours ---- */

static const struct form *no_form(void *ctx, const char *id)
{
        (void)ctx;
        (void)id;
        return NULL;
}

static void bench_board(const struct board_host *host, const char *name, const struct board_options *options)
{
        double times[ROUNDS];
        int rows = 0;
        for (int i = 0; i < ROUNDS; i++) {
                struct board board;
                double start = now_ms();
                must(board_make(board_find(name), host, options, &board, &err), name);
                times[i] = now_ms() - start;
                rows = board.table.rows_n;
                board_release(&board);
        }
        printf("board_%s %.2f ms\nboard_%s_rows %d rows\n", name, median(times, ROUNDS), name, rows);
}

static void bench_today(const struct board_host *host)
{
        double times[ROUNDS];
        struct today numbers;
        for (int i = 0; i < ROUNDS; i++) {
                double start = now_ms();
                must(today_read(host, &numbers, &err), "today");
                times[i] = now_ms() - start;
        }
        printf("board_today %.2f ms\n", median(times, ROUNDS));
}

/* ---- The peer ---- */

static size_t read_all(sqlite3_stmt *stmt, int *rows)
{
        size_t bytes = 0;
        *rows = 0;
        while (sqlite3_step(stmt) == SQLITE_ROW) {
                for (int i = 0; i < sqlite3_column_count(stmt); i++) {
                        const char *text = (const char *)sqlite3_column_text(stmt, i);
                        bytes += text ? strlen(text) : 0;
                }
                ++*rows;
        }
        sqlite3_reset(stmt);
        return bytes;
}

static void bench_peer(sqlite3 *db, const char *name, const char *select)
{
        double times[ROUNDS];
        sqlite3_stmt *stmt;
        int rows = 0;
        size_t bytes = 0;
        if (sqlite3_prepare_v2(db, select, -1, &stmt, NULL) != SQLITE_OK) {
                fprintf(stderr, "%s: %s\n", name, sqlite3_errmsg(db));
                exit(1);
        }
        for (int i = 0; i < ROUNDS; i++) {
                double start = now_ms();
                bytes += read_all(stmt, &rows);
                times[i] = now_ms() - start;
        }
        sqlite3_finalize(stmt);
        printf("peer_%s %.2f ms\npeer_%s_rows %d rows\n", name, median(times, ROUNDS), name, bytes ? rows : 0);
}

static const char select_commitments[] = "SELECT r.due, r.school_title, json_extract(v.body, '$.f.texto'), "
                                         "p.title, json_extract(v.body, '$.f.estado'), r.ugel "
                                         "FROM record AS r CROSS JOIN revision AS v ON v.id = r.revision "
                                         "LEFT JOIN record AS p ON p.id = r.subject "
                                         "WHERE r.form = 'compromiso' AND r.open = 1 AND r.state <> 3 AND "
                                         "r.sensitive = 0 ORDER BY r.due, r.id";
static const char select_coverage[] = "SELECT p.title, p.school_title, count(DISTINCT v.date), max(v.date) "
                                      "FROM record AS p JOIN revision AS b ON b.id = p.revision LEFT JOIN "
                                      "record AS v ON v.subject = p.id AND v.form = 'simae_docente' "
                                      "AND v.date BETWEEN '2026-01-01' AND '2026-12-31' AND v.done = 1 AND "
                                      "v.state <> 3 AND v.subject <> '' "
                                      "WHERE p.form = 'persona' AND p.state <> 3 AND json_extract(b.body, "
                                      "'$.f.cargo') = 'docente' GROUP BY p.id ORDER BY 3, 1";

static void bench_peers(const char *data)
{
        char *path = xasprintf("%s/simae.db", data);
        sqlite3 *db;
        if (sqlite3_open(path, &db) != SQLITE_OK) {
                fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(db));
                exit(1);
        }
        bench_peer(db, "compromisos", select_commitments);
        bench_peer(db, "cobertura", select_coverage);
        sqlite3_close(db);
        free(path);
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
        char *dir = xasprintf("%s/bench-boards-XXXXXX", argc > 1 ? argv[1] : ".");
        if (!mkdtemp(dir)) {
                perror(dir);
                return 1;
        }
        char *data = xasprintf("%s/datos", dir);
        struct store *store;
        date_parse("2026-11-26", &today);
        must(store_open(data, STORE_CREATE, &store, &err), "open");
        fill(store);
        struct board_host host = {.store = store, .form = no_form, .today = today, .ugel = "", .persona = ""};
        struct board_options all = {0}, one_school = {.argument = schools[7]};
        bench_board(&host, "compromisos", &all);
        bench_board(&host, "compromisos-escuela", &all);
        bench_board(&host, "agenda", &all);
        bench_board(&host, "cobertura", &all);
        bench_board(&host, "escuela", &one_school);
        bench_today(&host);
        store_close(store);
        bench_peers(data);
        nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
        free(data);
        free(dir);
        return 0;
}
