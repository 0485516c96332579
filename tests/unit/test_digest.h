/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a store holds, as one number: two that are equal hold the same, so nothing was changed between them. */
#ifndef SIMAE_TEST_DIGEST_H
#define SIMAE_TEST_DIGEST_H

#include <sqlite3.h>

#include "test_app.h"

#include "../../src/store/store_priv.h"

/* Every cell of every row, and where each ends. */
HELPER void digest_table(sqlite3 *db, const char *name, struct str *all)
{
        sqlite3_stmt *rows;
        char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
        sqlite3_free(sql);
        str_addf(all, "\n%s\n", name);
        while (sqlite3_step(rows) == SQLITE_ROW) {
                for (int i = 0; i < sqlite3_column_count(rows); i++) {
                        const void *bytes = sqlite3_column_blob(rows, i);
                        int len = sqlite3_column_bytes(rows, i);
                        str_addf(all, "%d %d ", sqlite3_column_type(rows, i), len);
                        if (len)
                                str_addn(all, bytes, (size_t)len);
                }
        }
        assert_int_equal(sqlite3_finalize(rows), SQLITE_OK);
}

/* But for the number of the next bundle, which a failed export uses up. */
HELPER struct hash store_digest(struct world *w)
{
        struct str all = STR_INIT;
        sqlite3 *db = app_store(w->app)->db;
        sqlite3_stmt *tables;
        assert_int_equal(sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'meta' ORDER BY 1",
                                            -1, &tables, NULL), SQLITE_OK);
        while (sqlite3_step(tables) == SQLITE_ROW)
                digest_table(db, (const char *)sqlite3_column_text(tables, 0), &all);
        assert_int_equal(sqlite3_finalize(tables), SQLITE_OK);
        struct hash digest = hash_of(all.text, all.len);
        str_release(&all);
        return digest;
}

HELPER void assert_same_store(struct world *w, const struct hash *before)
{
        struct hash after = store_digest(w);
        assert_true(hash_equal(before, &after));
}

#endif
