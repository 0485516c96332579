/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The schema, brought forward one step at a time: migrations/NNNN_*.sql are
 * embedded in order of their names, and PRAGMA user_version says how many have
 * run.  Each is one transaction with its number in it, so a cut leaves the old
 * schema or the new one.  Before touching a store that holds data, a copy goes
 * to backups/antes-de-NNNN.db.
 */
#include <stdlib.h>

#include "store/store_test.h"
#include "store_priv.h"

/* A schema is longer than the 4,095 characters that C promises for a literal. */
#pragma GCC diagnostic ignored "-Woverlength-strings"

struct migration {
        const char *name, *sql;
};

static const struct migration built_in[] = {
#define MIGRATION(name, text) {name, text},
#include "migrations.inc"
#undef MIGRATION
};

static struct migration extra; /* of a test */

void store_test_migration(const char *name, const char *sql)
{
        extra = (struct migration){name, sql};
}

int64_t migrate_newest(void)
{
        return (int64_t)ARRAY_LEN(built_in) + (extra.sql != NULL);
}

static const struct migration *migration_at(int64_t n)
{
        return n < (int64_t)ARRAY_LEN(built_in) ? &built_in[n] : &extra;
}

static enum err_code copy_first(struct store *store, int64_t n, struct err *err)
{
        char *dir = path_join(store->dir, "backups");
        char *name = xasprintf("antes-de-%04d.db", (int)n + 1);
        char *path = path_join(dir, name);
        enum err_code rc = folder_make(dir, err);
        if (rc == ERR_OK)
                rc = store_backup(store, path, err);
        free(path);
        free(name);
        free(dir);
        return rc;
}

static enum err_code run_one(struct store *store, int64_t n, struct err *err)
{
        char *mark =
                xasprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID, (int)n + 1);
        enum err_code rc = store_begin(store, err);
        if (rc == ERR_OK) {
                rc = sql_exec(store, migration_at(n)->sql, err);
                if (rc == ERR_OK)
                        rc = sql_exec(store, mark, err);
                rc = write_end(store, rc, err);
        }
        free(mark);
        if (rc != ERR_OK)
                err_wrap(err, _("Al poner al día los datos (%s)"), migration_at(n)->name);
        return rc;
}

/* A store cut down while it was being made has nothing to copy, nor perhaps a folder that is sure to last. */
static enum err_code holds_data(struct store *store, bool *ret, struct err *err)
{
        int64_t any = 0;
        enum err_code rc = sql_number(store, "SELECT EXISTS (SELECT 1 FROM revision) OR EXISTS (SELECT 1 FROM draft) OR "
                                             "EXISTS (SELECT 1 FROM form)", &any, err);
        if (rc == ERR_OK)
                *ret = any;
        return rc;
}

enum err_code migrate(struct store *store, int64_t version, struct err *err)
{
        bool data = false;
        enum err_code rc = version > 0 && version < migrate_newest() ? holds_data(store, &data, err) : ERR_OK;
        for (int64_t n = version; n < migrate_newest() && rc == ERR_OK; n++) {
                if (n == version && data)
                        rc = copy_first(store, n, err);
                if (rc == ERR_OK)
                        rc = run_one(store, n, err);
        }
        return rc;
}
