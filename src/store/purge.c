/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Purging (contract in store/store.h): what a revision says is taken out of its
 * row, which keeps its id, so that it is known and never comes back, and its
 * place among the others.  Then everything that may still hold a word of it:
 * the index of words, the log that SQLite keeps beside the file, and the safety
 * copies, which are made anew at the next clean exit.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_priv.h"

static enum err_code purge_one(struct store *store, const struct hash *id, const char *at, const char *reason,
                               struct err *err)
{
        struct sql q = sql_use(store, SQL_REVISION_PURGE);
        sql_hash(&q, id);
        enum err_code rc = sql_run(&q, err);
        if (rc != ERR_OK)
                return rc;
        q = sql_use(store, SQL_PURGED_ADD);
        sql_hash(&q, id);
        sql_text(&q, at);
        sql_text(&q, reason);
        return sql_run(&q, err);
}

/* The triggers that keep revisions as they are look for this name. */
static enum err_code purge_all(struct store *store, const struct hash *ids, int n, const char *at, const char *reason,
                               struct err *err)
{
        enum err_code rc = store_meta_set(store, "purge", "1", err);
        for (int i = 0; rc == ERR_OK && i < n; i++)
                rc = purge_one(store, &ids[i], at, reason, err);
        return rc == ERR_OK ? store_meta_set(store, "purge", NULL, err) : rc;
}

enum err_code store_revision_purge(struct store *store, const struct hash *ids, int n, const char *at, const char *reason,
                                   struct err *err)
{
        enum err_code rc = write_begin(store, err);
        return rc == ERR_OK ? write_end(store, purge_all(store, ids, n, at, reason, err), err) : rc;
}

/* ---- What may still hold it ---- */

enum err_code store_says(struct store *store, const char *text, bool *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_SAID_ANYWHERE);
        sql_text(&q, text);
        bool says = sql_next(&q) && sql_read_int(&q, 0) != 0;
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = says;
        return rc;
}

static enum err_code remove_copies(const char *dir, struct err *err)
{
        enum err_code rc = ERR_OK;
        DIR *folder = opendir(dir);
        struct dirent *entry;
        if (!folder)
                return errno == ENOENT ? ERR_OK : err_set_errno(err, errno, _("no se puede abrir la carpeta %s"), dir);
        while (rc == ERR_OK && (entry = readdir(folder))) {
                char *path = path_join(dir, entry->d_name);
                if (entry->d_name[0] != '.' && unlink(path) != 0)
                        rc = err_set_errno(err, errno, _("no se puede borrar la copia %s; bórrela usted"), path);
                free(path);
        }
        closedir(folder);
        return rc;
}

enum err_code store_scrub(struct store *store, struct err *err)
{
        char *dir = path_join(store->dir, "backups");
        enum err_code rc = sql_exec(store, "INSERT INTO words (words) VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE)", err);
        if (rc == ERR_OK)
                rc = remove_copies(dir, err);
        free(dir);
        return rc;
}
