/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening and closing.  One connection, exclusive: locking_mode is set before
 * WAL is entered, so there is no shared memory file and a second program gets
 * SQLITE_BUSY at its first read.  Opening does nothing that grows with the
 * data, but for quick_check of a small file, or after an unclean end, which
 * shows as a WAL, or the journal of a vast transaction, left behind.
 *
 *      folder ─ simae.db there? ─ ours? ─ sound? ─ migrations ─ device ─ id file
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store_test.h"
#include "store_priv.h"

enum { CHECK_ALWAYS_BYTES = 1024 * 1024 }; /* under 1 ms; the copies check the rest every day */

static const char *test_vfs;

void store_test_vfs(const char *name)
{
        test_vfs = name;
}

/* Through SQLite's file system, which a test may have replaced. */
static bool file_exists(const char *path)
{
        sqlite3_vfs *vfs = sqlite3_vfs_find(test_vfs);
        int there = 0;
        return vfs && vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && there;
}

static enum err_code fail_missing(const char *dir, struct err *err)
{
        return err_set(err, ERR_REFUSED,
                       _("En %s había datos de simae, pero ahora los datos no están (falta simae.db). Si "
                         "viven en una memoria o disco, conéctelo y abra de nuevo; si se perdieron, restaure "
                         "una copia: "
                         "la más reciente de %s/backups/ con el nombre simae.db."),
                       dir, dir);
}

static enum err_code fail_none(const char *dir, struct err *err)
{
        return err_set(err, ERR_NOT_FOUND,
                       _("No hay datos de simae en %s. Revise el nombre de la carpeta, o abra simae sin "
                         "nada más para empezar."),
                       dir);
}

/* May there be a store? Makes the folder of a new one. */
static enum err_code look_around(struct store *store, unsigned flags, struct err *err)
{
        if (file_exists(store->path))
                return ERR_OK;
        if (folder_has_id(store->dir))
                return fail_missing(store->dir, err);
        if (!(flags & STORE_CREATE) || (flags & STORE_READ_ONLY))
                return fail_none(store->dir, err);
        return folder_make(store->dir, err);
}

static enum err_code connect(struct store *store, unsigned flags, struct err *err)
{
        char *wal = xasprintf("%s-wal", store->path), *journal = xasprintf("%s-journal", store->path);
        int mode = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                   (flags & STORE_CREATE ? SQLITE_OPEN_CREATE : 0);
        mode_t before = umask(077);
        store->unclean = file_exists(wal) || file_exists(journal);
        int rc = sqlite3_open_v2(store->path, &store->db, mode, test_vfs ? test_vfs : ahead_register());
        umask(before);
        free(wal);
        free(journal);
        if (rc != SQLITE_OK)
                return sql_fail(store, rc, err);
        return sql_exec(
                store,
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON; "
                "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; "
                "PRAGMA cache_size = -16000",
                err);
}

/* The number of its schema; 0 for a file that SQLite made and nobody has filled. */
static enum err_code whose(struct store *store, int64_t *ret_version, struct err *err)
{
        int64_t application = 0, version = 0, objects = 0;
        enum err_code rc = sql_number(store, "PRAGMA application_id", &application, err);
        if (rc == ERR_OK)
                rc = sql_number(store, "PRAGMA user_version", &version, err);
        if (rc == ERR_OK && application != APPLICATION_ID)
                rc = sql_number(store, "SELECT count(*) FROM sqlite_schema", &objects, err);
        if (rc != ERR_OK)
                return rc;
        if (application != APPLICATION_ID && (application != 0 || version != 0 || objects != 0))
                return err_set(err, ERR_REFUSED,
                               _("El archivo %s es de otro programa, no de simae. Muévalo a otra carpeta, o "
                                 "elija otra carpeta de datos."),
                               store->path);
        if (version > migrate_newest())
                return err_set(err, ERR_NEWER,
                               _("Los datos de %s son de una versión más nueva de simae (%lld; esta llega a "
                                 "%lld). Instale la versión nueva para abrirlos."),
                               store->path, (long long)version, (long long)migrate_newest());
        *ret_version = version;
        return ERR_OK;
}

/* An empty file where the mark says that data were: as bad as no file. */
static enum err_code may_fill(struct store *store, int64_t version, unsigned flags, struct err *err)
{
        if (version == 0 && folder_has_id(store->dir))
                return fail_missing(store->dir, err);
        if (version == 0 && (!(flags & STORE_CREATE) || store->read_only))
                return fail_none(store->dir, err);
        if (version < migrate_newest() && store->read_only)
                return err_set(
                        err, ERR_REFUSED,
                        _("Los datos de %s son de una versión anterior. Abra simae una vez de la manera "
                          "normal para ponerlos al día."),
                        store->path);
        return ERR_OK;
}

/* A journal that is over is emptied and stays, while the lock is kept: it would look like that of a cut. */
static void forget_journal(struct store *store)
{
        sqlite3_vfs *vfs = sqlite3_vfs_find(test_vfs);
        char *journal = xasprintf("%s-journal", store->path);
        if (vfs && file_exists(journal))
                vfs->xDelete(vfs, journal, 0);
        free(journal);
}

/*
 * EXTRA until here: entering WAL is a change with a rollback journal, and if
 * the removal of that journal were lost in a cut, it would undo all that came
 * after.  Within WAL, FULL is as durable.
 */
enum err_code wal_enter(struct store *store, struct err *err)
{
        struct sql q = sql_make(store, "PRAGMA journal_mode = WAL");
        bool entered =
                sql_next(&q) && sqlite3_stricmp((const char *)sqlite3_column_text(q.stmt, 0), "wal") == 0;
        enum err_code rc = sql_run(&q, err); /* it is done after it was told */
        if (rc == ERR_OK && !entered)
                rc = err_set(
                        err, ERR_IO,
                        _("El disco de %s no permite guardar con seguridad. Ponga la carpeta de datos en "
                          "el disco de la computadora."),
                        store->path);
        if (rc == ERR_OK && store->outside_wal)
                forget_journal(store);
        store->outside_wal = rc != ERR_OK;
        return rc == ERR_OK ? sql_exec(store, "PRAGMA synchronous = FULL", err) : rc;
}

/* To SQLite both are the same but for what a cut leaves behind: this a journal that the next opening undoes. */
void wal_leave(struct store *store)
{
        sql_exec(store, "PRAGMA synchronous = EXTRA; PRAGMA journal_mode = DELETE", NULL);
        store->outside_wal = true;
}

static enum err_code sound(struct store *store, struct err *err)
{
        int64_t bytes = 0;
        enum err_code rc = bytes_used(store, &bytes, err);
        if (rc != ERR_OK || (!store->unclean && bytes > CHECK_ALWAYS_BYTES))
                return rc;
        return check_quick(store->db, store->path, err);
}

static enum err_code know_device(struct store *store, struct err *err)
{
        struct arena arena = {0};
        const char *text = NULL;
        enum err_code rc = store_meta_get(store, "device", &arena, &text, err);
        if (rc == ERR_OK && (!text || !id_parse(text, &store->device))) {
                char hex[ID_TEXT];
                store->device = id_new();
                rc = store_meta_set(store, "device", id_format(&store->device, hex), err);
        }
        arena_release(&arena);
        return rc;
}

static enum err_code make_ready(struct store *store, unsigned flags, struct err *err)
{
        int64_t version = 0;
        enum err_code rc = whose(store, &version, err);
        if (rc == ERR_OK)
                rc = may_fill(store, version, flags, err);
        if (rc == ERR_OK)
                rc = wal_enter(store, err);
        if (rc == ERR_OK)
                rc = sound(store, err);
        if (rc == ERR_OK)
                rc = migrate(store, version, err);
        if (rc == ERR_OK && store->read_only)
                rc = sql_exec(store, "PRAGMA query_only = ON", err);
        if (rc == ERR_OK)
                rc = know_device(store, err);
        if (rc == ERR_OK && !store->read_only)
                rc = folder_mark(store->dir, &store->device, err);
        return rc;
}

enum err_code store_open(const char *dir, unsigned flags, struct store **ret, struct err *err)
{
        struct store *store = xcalloc(1, sizeof *store);
        store->words_from = -1;
        store->dir = xstrdup(dir);
        store->path = path_join(dir, "simae.db");
        store->read_only = flags & STORE_READ_ONLY;
        enum err_code rc = look_around(store, flags, err);
        if (rc == ERR_OK)
                rc = connect(store, flags, err);
        if (rc == ERR_OK)
                rc = make_ready(store, flags, err);
        if (rc != ERR_OK) {
                store_close(store);
                return rc;
        }
        *ret = store;
        return ERR_OK;
}

void store_close(struct store *store)
{
        if (!store)
                return;
        if (store->db) {
                store_rollback(store);
                sql_release(store);
                sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
                sqlite3_close(store->db);
        }
        free(store->path);
        free(store->dir);
        free(store);
}

struct id store_device(const struct store *store)
{
        return store->device;
}
