/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Transactions.  `depth` counts what is open: the outermost is a transaction,
 * and a writing function inside another's transaction is a savepoint, so that
 * it is undone whole if it fails and the rest may still be kept.
 *
 * SQLite may undo the whole transaction by itself (disk full, I/O error): then
 * `lost` is set, nothing more is written in it and its commit fails.  FTS5 may
 * then be left holding words of what was undone, which words_settle() drops.
 *
 * A vast one goes without the write-ahead log, with a rollback journal (wal_leave()).
 *
 * In a bulk there are no savepoints.  Besides what each costs, SQLite keeps the
 * pages changed since the outer one in a list, and walks it at the end of every
 * statement that might have had to be undone.
 */
#include <stdio.h>

#include "store_priv.h"

static enum err_code run(struct store *store, enum sql_name name, struct err *err)
{
        struct sql q = sql_use(store, name);
        return sql_run(&q, err);
}

static enum err_code fail_lost(struct err *err)
{
        return err_set(err, ERR_REFUSED,
                       _("Nada de esta operación se guardó, porque una parte falló. Corrija la causa "
                         "y repítala entera."));
}

static bool is_lost(struct store *store)
{
        if (store->depth > 0 && sqlite3_get_autocommit(store->db))
                store->lost = true;
        return store->lost;
}

/* A rollback that FTS5 hears of: it must have been written to in the transaction. */
static void words_settle(struct store *store)
{
        store->words_unsettled = sql_exec(store, "BEGIN; INSERT INTO words (words, rank) VALUES ('automerge', 4)", NULL) != ERR_OK;
        if (!sqlite3_get_autocommit(store->db))
                sql_exec(store, "ROLLBACK", NULL);
}

static enum err_code last_record(struct store *store, int64_t *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_RECORD_LAST);
        *ret = sql_next(&q) ? sql_read_int(&q, 0) : 0;
        return sql_end(&q, err);
}

enum err_code store_defer_words(struct store *store, struct err *err)
{
        int64_t last;
        enum err_code rc = last_record(store, &last, err);
        if (rc == ERR_OK)
                store->words_from = last;
        return rc;
}

enum { PAGES_KIB = 16000, PAGES_LOOSE_KIB = 32000, PAGES_SORT_KIB = 8000 };

enum err_code store_bulk(struct store *store, struct err *err)
{
        enum err_code rc = store->words_from < 0 ? store_defer_words(store, err) : ERR_OK;
        store->bulk = rc == ERR_OK;
        return rc;
}

/* Not within a transaction: SQLite refuses it there. Sorters then write what memory does not hold. */
static void sort_outside(struct store *store, bool outside)
{
        sqlite3_free(sqlite3_temp_directory);
        sqlite3_temp_directory = outside ? sqlite3_mprintf("%s", store->dir) : NULL;
        sql_exec(store, outside ? "PRAGMA temp_store = FILE; PRAGMA threads = 1" : "PRAGMA temp_store = MEMORY; PRAGMA threads = 0", NULL);
        store->sorts_outside = outside;
}

enum err_code store_begin_bulk(struct store *store, struct err *err)
{
        if (store->depth == 0 && !store->sorts_outside)
                sort_outside(store, true);
        enum err_code rc = store_begin(store, err);
        bool begun = rc == ERR_OK;
        if (begun)
                rc = store_bulk(store, err);
        if (rc != ERR_OK && begun)
                store_rollback(store);
        else if (rc != ERR_OK && store->sorts_outside && store->depth == 0)
                sort_outside(store, false);
        return rc;
}

enum err_code store_begin_vast(struct store *store, struct err *err)
{
        bool leaves = store->depth == 0 && !is_lost(store);
        if (leaves)
                wal_leave(store);
        enum err_code rc = store_begin_bulk(store, err);
        if (rc != ERR_OK && leaves)
                wal_enter(store, NULL);
        return rc;
}

void pages_set(struct store *store, enum pages pages)
{
        static const int kib[] = {PAGES_KIB, PAGES_LOOSE_KIB, PAGES_SORT_KIB};
        char text[64];
        snprintf(text, sizeof text, "PRAGMA cache_size = -%d", kib[pages]);
        sql_exec(store, text, NULL);
}

static void end_bulk(struct store *store)
{
        if (store->bulk)
                pages_set(store, PAGES_USUAL);
        if (store->sorts_outside && store->depth == 0)
                sort_outside(store, false);
        if (store->outside_wal && store->depth == 0)
                wal_enter(store, NULL); /* if it cannot be, what follows is as safe and slower */
        store->bulk = store->loose = false;
}

enum { WORDS_MANY = 5000, WORDS_USUAL = 1 << 20, WORDS_BULK = 8 << 20 };

/* The words that FTS5 gathers before it writes a piece of the index; fewer pieces, fewer merges of them. */
static enum err_code set_words_memory(struct store *store, int bytes, struct err *err)
{
        char text[96];
        snprintf(text, sizeof text, "INSERT INTO words (words, rank) VALUES ('hashsize', %d)", bytes);
        return sql_exec(store, text, err);
}

static enum err_code add_deferred_words(struct store *store, struct err *err)
{
        if (store->words_from < 0)
                return ERR_OK;
        int64_t last = 0;
        enum err_code rc = last_record(store, &last, err);
        bool many = last - store->words_from > WORDS_MANY;
        if (rc == ERR_OK && many)
                rc = set_words_memory(store, WORDS_BULK, err);
        struct sql q = sql_use(store, SQL_WORDS_ADD_FROM);
        sql_int(&q, store->words_from);
        store->words_from = -1;
        enum err_code added = sql_run(&q, rc == ERR_OK ? err : NULL);
        rc = rc == ERR_OK ? added : rc;
        return rc == ERR_OK && many ? set_words_memory(store, WORDS_USUAL, err) : rc;
}

enum err_code store_begin(struct store *store, struct err *err)
{
        if (is_lost(store))
                return fail_lost(err);
        if (store->depth == 0) {
                if (store->words_unsettled) /* the disk did not let it then */
                        words_settle(store);
                enum err_code rc = run(store, SQL_BEGIN, err);
                if (rc != ERR_OK)
                        return rc;
        }
        store->depth++;
        return ERR_OK;
}

enum err_code store_commit(struct store *store, struct err *err)
{
        if (store->depth == 0 || is_lost(store)) {
                store_rollback(store);
                return fail_lost(err);
        }
        if (store->depth > 1) {
                store->depth--;
                return ERR_OK;
        }
        enum err_code rc = add_deferred_words(store, err);
        if (rc == ERR_OK)
                rc = run(store, SQL_COMMIT, err);
        if (rc != ERR_OK)
                store_rollback(store);
        else
                store->depth = 0;
        end_bulk(store);
        return rc;
}

void store_rollback(struct store *store)
{
        if (!sqlite3_get_autocommit(store->db))
                run(store, SQL_ROLLBACK, NULL);
        else if (store->depth > 0)
                words_settle(store);
        store->depth = 0;
        store->lost = false;
        store->words_from = -1;
        memo_clear(store);
        end_bulk(store);
}

enum err_code write_begin(struct store *store, struct err *err)
{
        if (store->depth == 0 || is_lost(store))
                return store_begin(store, err);
        enum err_code rc = store->bulk ? ERR_OK : run(store, SQL_STEP, err);
        if (rc == ERR_OK)
                store->depth++;
        else
                store->lost = true; /* words of the steps before may be gone */
        return rc;
}

static void step_undo(struct store *store)
{
        memo_clear(store);
        if (store->bulk || sqlite3_get_autocommit(store->db) || run(store, SQL_STEP_UNDO, NULL) != ERR_OK ||
            run(store, SQL_STEP_KEEP, NULL) != ERR_OK)
                store->lost = true;
}

enum err_code write_end(struct store *store, enum err_code rc, struct err *err)
{
        if (store->depth <= 1) {
                if (rc == ERR_OK)
                        return store_commit(store, err);
                store_rollback(store);
                return rc;
        }
        store->depth--;
        if (rc == ERR_OK && !store->bulk)
                rc = run(store, SQL_STEP_KEEP, err);
        if (rc != ERR_OK)
                step_undo(store);
        return rc;
}
