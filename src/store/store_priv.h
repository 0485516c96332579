/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the store share: the struct, the statements of sql.def and
 * the few verbs to run them.
 *
 * A statement is used like this; the first failure sticks in `q` and every
 * later verb does nothing, so only sql_end() or sql_run() need to be asked:
 *
 *      struct sql q = sql_use(store, SQL_DRAFT_LOG);
 *      sql_id(&q, draft);                      parameters, in order
 *      while (sql_next(&q))                    rows
 *              … sql_read_text(&q, 0, arena)
 *      return sql_end(&q, err);                resets; the sentence of a failure
 *
 * A writing function stands between write_begin() and write_end(): a
 * transaction of its own, or a savepoint in the caller's.
 */
#ifndef SIMAE_STORE_STORE_PRIV_H
#define SIMAE_STORE_STORE_PRIV_H

#include <sqlite3.h>

#include "base/str.h"
#include "store/store.h"

enum { APPLICATION_ID = 0x53494D41 }; /* "SIMA": how `file` and the store know a database of ours */

enum sql_name {
#define SQL(name, text) SQL_##name,
#include "sql.def"
#undef SQL
        SQL_COUNT
};

struct store {
        sqlite3 *db;
        sqlite3_stmt *stmts[SQL_COUNT]; /* prepared at their first use */
        char *dir, *path;               /* the folder and its simae.db */
        struct id device;
        int depth;                      /* of open transactions and savepoints */
        bool lost;      /* SQLite itself undid the open transaction: nothing more may be written in it */
        int64_t words_from; /* records beyond this row wait for the commit to be found by words; -1: none do */
        bool bulk;      /* store_bulk() */
        bool loose;     /* store_records_loosen() */
        bool sorts_outside; /* store_begin_bulk() */
        bool outside_wal; /* store_begin_vast() */
        bool words_unsettled; /* FTS5 has not heard of a rollback */
        struct memo *memo; /* of facts; memo.c */
        bool read_only;
        bool unclean;   /* the last program to use it did not close it */
};

struct sql {
        struct store *store;
        sqlite3_stmt *stmt;
        int bound;      /* parameters so far */
        int rc;         /* first failure, or SQLITE_OK */
        bool own;       /* made for one use: finalised at the end */
};

/* ---- ahead.c ---- */

/* The name of SQLite's own file system that reads ahead in walks; NULL, the usual one, if there is none. */
const char *ahead_register(void);

/* ---- sql.c ---- */

struct sql sql_use(struct store *store, enum sql_name name);
/* For a text put together for the occasion. */
struct sql sql_make(struct store *store, const char *text);
/* NULL is bound as "". The bytes must live until sql_end(). */
void sql_text(struct sql *q, const char *text);
void sql_int(struct sql *q, int64_t value);
void sql_null(struct sql *q);
/* The bytes must live until sql_end(); none at all is an empty blob. */
void sql_blob(struct sql *q, const void *bytes, size_t len);
/* None is bound as NULL. */
void sql_id(struct sql *q, const struct id *id);
void sql_hash(struct sql *q, const struct hash *hash);
/* An id in hexadecimal as BLOB; any other text as it is. */
void sql_ref(struct sql *q, const char *text);
bool sql_next(struct sql *q);
enum err_code sql_end(struct sql *q, struct err *err);
/* All steps of a statement whose rows do not matter, and its end. */
enum err_code sql_run(struct sql *q, struct err *err);

bool sql_is_null(struct sql *q, int column);
const void *sql_read_blob(struct sql *q, int column, struct arena *arena);
const char *sql_read_text(struct sql *q, int column, struct arena *arena);
const char *sql_read_ref(struct sql *q, int column, struct arena *arena);
int64_t sql_read_int(struct sql *q, int column);
struct id sql_read_id(struct sql *q, int column);
struct hash sql_read_hash(struct sql *q, int column);

/* One number; 0 if there is no row. */
enum err_code sql_number(struct store *store, const char *text, int64_t *ret, struct err *err);
/* Several statements without parameters. */
enum err_code sql_exec(struct store *store, const char *text, struct err *err);
/* The sentence and code of an SQLite failure. */
enum err_code sql_fail(struct store *store, int rc, struct err *err);
void sql_release(struct store *store);

/* Rows gathered in an arena: `items` is an array of `n`. */
struct rows {
        struct arena *arena;
        size_t size;    /* of one */
        void *items;
        int n, room;
};
void *rows_add(struct rows *rows);

/* ---- transaction.c ---- */

enum err_code write_begin(struct store *store, struct err *err);
/* How much memory holds pages: while many rows go anywhere, and while sorting needs it. */
enum pages { PAGES_USUAL, PAGES_LOOSE, PAGES_SORTING };
void pages_set(struct store *store, enum pages pages);
/* Keeps what was written if `rc` is ERR_OK, else undoes it and returns `rc`. */
enum err_code write_end(struct store *store, enum err_code rc, struct err *err);

/* ---- open.c ---- */

/* Outside of transactions: out of the write-ahead log, as durable; ERR_IO from wal_enter(): still out of it. */
void wal_leave(struct store *store);
enum err_code wal_enter(struct store *store, struct err *err);

/* ---- memo.c ---- */

/* Forget what was read of the tables of facts: something was undone, or changed around them. */
void memo_clear(struct store *store);
void memo_forget_settings(struct store *store);

/* ---- folder.c ---- */

char *path_join(const char *dir, const char *name);
/* Make the folder, and those above it, mode 0700. */
enum err_code folder_make(const char *dir, struct err *err);
bool folder_has_id(const char *dir);
/* Write <dir>/id, whole and on disk, unless it is there. */
enum err_code folder_mark(const char *dir, const struct id *device, struct err *err);
/* fsync a file or a folder. */
enum err_code path_sync(const char *path, struct err *err);
/* Rename, and fsync the folder that holds `to`. */
enum err_code path_rename(const char *from, const char *to, struct err *err);

/* ---- the rest ---- */

/* meta.c: the size of the database. */
enum err_code bytes_used(struct store *store, int64_t *ret, struct err *err);
/* migrate.c: bring the schema up to date. A store with version 0 is new. */
enum err_code migrate(struct store *store, int64_t version, struct err *err);
int64_t migrate_newest(void);
/* backup.c: PRAGMA quick_check; `what` is the file that the sentence names. */
enum err_code check_quick(sqlite3 *db, const char *what, struct err *err);
/* record.c: the row of RECORD_COLUMNS as a struct; the key that titles are ordered by (caller frees). */
void record_read(struct sql *q, struct arena *arena, struct store_record *ret);
char *title_key(const char *title);
enum err_code record_write(struct store *store, const struct store_record *view,
                           const struct store_link *links, int links_n, struct err *err);
/* search.c: the FTS5 expression for what a person typed; false if it holds no word. */
bool search_expression(const char *text, struct str *out);
/* How long what is between words is, and the word that begins there. */
size_t search_word_gap(const char *text);
size_t search_word_len(const char *text);

#define RECORD_COLUMNS \
        "r.id, r.form, r.form_hash, r.revision, r.title, r.school, r.subject, r.school_title, r.date, " \
        "r.author, r.state, r.conflict, r.sensitive, r.parent, r.parent_question, r.search, " \
        "r.ugel, r.due, r.open, r.done, r.unique_key, r.merged, r.heads, r.missing"
enum { RECORD_COLUMNS_N = 24 };
#define PEER_COLUMNS "device, key, opens, office, ugel, bundle, made, at, sent, arrival, common"
enum { PEER_COLUMNS_N = 11 };
#define WAITING_COLUMNS "id, why, form_hash, device, reason, bundle, at, body, key"
#define LAPTOP_COLUMNS \
        "key, device, name, first, last, bundle, since, confirmed, (SELECT count(*) FROM waiting AS w WHERE w.why = 1 AND " \
        "w.key = laptop.key AND w.device = laptop.device)"
#define DRAFT_COLUMNS \
        "id, record, parent, parent_question, form_hash, form, title, school_title, answered, missing, " \
        "bases, started, saved"
#define REVISION_COLUMNS \
        "id, record, form, form_hash, state, gen, author, device, date, arrival, body"
#define FACT_COLUMNS "record, seq, who, day, stamp, tie, place, waits, items"

#endif
