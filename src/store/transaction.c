/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Transactions.  `depth` counts what is open: the outermost is a transaction,
 * and a writing function inside another's transaction is a savepoint, so that
 * it is undone whole if it fails and the rest may still be kept.
 *
 * SQLite may undo the whole transaction by itself (disk full, I/O error): then
 * `lost` is set, nothing more is written in it and its commit fails.  FTS5 may
 * then be left holding words of what was undone, which words_settle() drops.
 */
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
        sql_exec(store, "BEGIN", NULL);
        sql_exec(store, "INSERT INTO words (words, rank) VALUES ('automerge', 4)", NULL);
        sql_exec(store, "ROLLBACK", NULL);
}

enum err_code store_defer_words(struct store *store, struct err *err)
{
        struct sql q = sql_use(store, SQL_RECORD_LAST);
        int64_t last = sql_next(&q) ? sql_read_int(&q, 0) : 0;
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                store->words_from = last;
        return rc;
}

static enum err_code add_deferred_words(struct store *store, struct err *err)
{
        if (store->words_from < 0)
                return ERR_OK;
        struct sql q = sql_use(store, SQL_WORDS_ADD_FROM);
        sql_int(&q, store->words_from);
        store->words_from = -1;
        return sql_run(&q, err);
}

enum err_code store_begin(struct store *store, struct err *err)
{
        if (is_lost(store))
                return fail_lost(err);
        if (store->depth == 0) {
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
}

enum err_code write_begin(struct store *store, struct err *err)
{
        if (store->depth == 0 || is_lost(store))
                return store_begin(store, err);
        enum err_code rc = run(store, SQL_STEP, err);
        if (rc == ERR_OK)
                store->depth++;
        else
                store->lost = true; /* words of the steps before may be gone */
        return rc;
}

static void step_undo(struct store *store)
{
        if (sqlite3_get_autocommit(store->db) || run(store, SQL_STEP_UNDO, NULL) != ERR_OK ||
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
        if (rc == ERR_OK)
                rc = run(store, SQL_STEP_KEEP, err);
        if (rc != ERR_OK)
                step_undo(store);
        return rc;
}
