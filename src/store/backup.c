/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checks and copies.  A copy is made beside its place (VACUUM INTO a .part),
 * checked, put on disk and only then renamed: a file with the name of a copy
 * is always a whole and sound one.
 *
 * The safety copies are backups/simae-1.db (the newest) to simae-3.db.  They
 * are numbered, not dated, so that a clock gone wrong cannot push out good
 * ones; each file's own date says when it was made.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "store_priv.h"

enum { GENERATIONS = 3 };

/* The rows of a PRAGMA check, joined; empty if it says "ok". */
static int check_words(sqlite3 *db, const char *pragma, struct str *out)
{
        sqlite3_stmt *stmt = NULL;
        int rc = sqlite3_prepare_v2(db, pragma, -1, &stmt, NULL);
        while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
                const char *row = (const char *)sqlite3_column_text(stmt, 0);
                if (row && strcmp(row, "ok") != 0)
                        str_addf(out, "%s%s", out->len ? "; " : "", row);
                rc = SQLITE_OK;
        }
        sqlite3_finalize(stmt);
        return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static enum err_code fail_damaged(const char *what, const char *detail, struct err *err)
{
        return err_set(
                err, ERR_CORRUPT,
                _("El archivo %s está dañado. No lo borre: cierre simae, guárdelo con otro nombre "
                  "y ponga en su lugar la copia más reciente de la carpeta backups/. Detalle: "
                  "%.200s"),
                what, detail);
}

static enum err_code check(sqlite3 *db, const char *pragma, const char *what, struct err *err)
{
        struct str words = STR_INIT;
        int code = check_words(db, pragma, &words);
        enum err_code rc = ERR_OK;
        bool damage = (code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB;
        if (damage && words.len == 0)
                str_add(&words, sqlite3_errmsg(db));
        if (code != SQLITE_OK && !damage)
                rc = err_set(
                        err, ERR_IO,
                        _("No se pudo leer entero el archivo %s (%s). Revise que el disco o la memoria siga "
                          "conectado y repita."),
                        what, sqlite3_errmsg(db));
        else if (words.len)
                rc = fail_damaged(what, words.text, err);
        str_release(&words);
        return rc;
}

enum err_code check_quick(sqlite3 *db, const char *what, struct err *err)
{
        return check(db, "PRAGMA quick_check(3)", what, err);
}

/* The index of words is not seen by integrity_check: it compares itself with the records. */
static enum err_code check_words_index(struct store *store, struct err *err)
{
        if (store->read_only)
                return ERR_OK;
        int rc = sqlite3_exec(store->db, "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)",
                              NULL, NULL, NULL);
        if ((rc & 0xFF) == SQLITE_CORRUPT)
                return err_set(
                        err, ERR_CORRUPT,
                        _("La lista de palabras para buscar de %s no corresponde a los registros. Los "
                          "registros están bien; hágala de nuevo con: simae diagnostico --reconstruir"),
                        store->path);
        return rc == SQLITE_OK ? ERR_OK : sql_fail(store, rc, err);
}

enum err_code store_check(struct store *store, struct err *err)
{
        enum err_code rc = check(store->db, "PRAGMA integrity_check(3)", store->path, err);
        if (rc == ERR_OK)
                rc = check(store->db,
                           "SELECT 'foreign key of ' || \"table\" FROM pragma_foreign_key_check LIMIT 3",
                           store->path, err);
        return rc == ERR_OK ? check_words_index(store, err) : rc;
}

enum err_code store_check_outgoing(struct store *store, bool views, struct err *err)
{
        static const char *const tables[] = {"meta", "form", "form_run", "waiting", "purged", "peer", "laptop", "export", "record"};
        size_t n = ARRAY_LEN(tables) - !views;
        enum err_code rc = ERR_OK;
        for (size_t i = 0; rc == ERR_OK && i < n; i++) {
                char *pragma = xasprintf("PRAGMA quick_check(%s)", tables[i]);
                rc = check(store->db, pragma, store->path, err);
                free(pragma);
        }
        return rc;
}

enum err_code store_damaged(struct store *store, struct err *err)
{
        return fail_damaged(store->path, _("faltan revisiones, o un índice no corresponde a ellas"), err);
}

/* VACUUM INTO, the same page format and ids, no WAL. */
static enum err_code vacuum_into(struct store *store, const char *path, struct err *err)
{
        /* query_only also forbids this, though only the copy is written */
        enum err_code rc = sql_exec(store, "PRAGMA query_only = OFF", err);
        if (rc != ERR_OK)
                return rc;
        struct sql q = sql_make(store, "VACUUM INTO ?");
        mode_t before = umask(077);
        sql_text(&q, path);
        rc = sql_run(&q, err);
        umask(before);
        if (store->read_only)
                sql_exec(store, "PRAGMA query_only = ON", NULL);
        return rc;
}

static enum err_code copy_check(struct store *store, const char *path, struct err *err)
{
        const char *vfs = NULL;
        sqlite3 *copy = NULL;
        sqlite3_vfs *own = NULL;
        if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_VFS_POINTER, &own) == SQLITE_OK && own)
                vfs = own->zName;
        int rc = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, vfs);
        enum err_code code =
                rc == SQLITE_OK ? check_quick(copy, path, err)
                                : err_set(err, ERR_IO,
                                          _("La copia %s no se puede leer. Repita en otro disco."), path);
        sqlite3_close(copy);
        return code;
}

static enum err_code copy_make(struct store *store, const char *part, const char *path, struct err *err)
{
        enum err_code rc = vacuum_into(store, part, err);
        if (rc == ERR_OK)
                rc = copy_check(store, part, err);
        if (rc == ERR_OK)
                rc = path_sync(part, err);
        if (rc == ERR_OK)
                rc = path_rename(part, path, err);
        return rc;
}

enum err_code store_backup(struct store *store, const char *path, struct err *err)
{
        if (store->depth > 0)
                return err_set(err, ERR_REFUSED,
                               _("Hay un cambio a medio guardar. Termínelo y saque la copia después."));
        char *part = xasprintf("%s.part", path);
        unlink(part); /* left by a copy that did not finish */
        enum err_code rc = copy_make(store, part, path, err);
        if (rc != ERR_OK) {
                unlink(part);
                err_wrap(err, _("No se pudo sacar la copia %s"), path);
        }
        free(part);
        return rc;
}

/* ---- Safety copies ---- */

static char *generation(const char *dir, int n)
{
        char name[32];
        snprintf(name, sizeof name, "simae-%d.db", n);
        return path_join(dir, name);
}

static enum err_code shift(const char *dir, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int n = GENERATIONS - 1; n >= 1 && rc == ERR_OK; n--) {
                char *from = generation(dir, n), *to = generation(dir, n + 1);
                if (access(from, F_OK) == 0)
                        rc = path_rename(from, to, err);
                free(from);
                free(to);
        }
        return rc;
}

/* Made apart first: the old ones move only when the new one is sound. */
static enum err_code keep(struct store *store, const char *dir, const char *newest, struct err *err)
{
        char *fresh = path_join(dir, "simae-0.db");
        enum err_code rc = folder_make(dir, err);
        if (rc == ERR_OK)
                rc = store_backup(store, fresh, err);
        if (rc == ERR_OK)
                rc = shift(dir, err);
        if (rc == ERR_OK)
                rc = path_rename(fresh, newest, err);
        free(fresh);
        return rc;
}

enum standing { UNCHANGED, CHANGED_TODAY, DUE };

/* Today's copy is enough for today; a change after it is remembered for tomorrow. */
static enum err_code copy_standing(struct store *store, const char *newest, const char *today,
                                   enum standing *ret, struct err *err)
{
        struct arena arena = {0};
        const char *day = NULL, *pending = NULL;
        enum err_code rc = store_meta_get(store, "copy_day", &arena, &day, err);
        if (rc == ERR_OK)
                rc = store_meta_get(store, "copy_pending", &arena, &pending, err);
        bool changed = pending || store->unclean || sqlite3_total_changes(store->db) > 0;
        bool is_there = access(newest, F_OK) == 0;
        if (rc == ERR_OK)
                *ret = is_there && !changed                ? UNCHANGED
                       : is_there && str_equal(day, today) ? CHANGED_TODAY
                                                           : DUE;
        arena_release(&arena);
        return rc;
}

static enum err_code note_copy(struct store *store, const char *today, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = store_meta_set(store, "copy_day", today, err);
        if (rc == ERR_OK)
                rc = store_meta_set(store, "copy_pending", NULL, err);
        return write_end(store, rc, err);
}

enum err_code store_keep_backup(struct store *store, struct err *err)
{
        char today[DATE_TEXT];
        struct datetime now = clock_now();
        enum standing standing = UNCHANGED;
        char *dir = path_join(store->dir, "backups");
        char *newest = generation(dir, 1);
        enum err_code rc = ERR_OK;
        date_format(now.days, today);
        if (!store->read_only)
                rc = copy_standing(store, newest, today, &standing, err);
        if (rc == ERR_OK && standing == CHANGED_TODAY)
                rc = store_meta_set(store, "copy_pending", "1", err);
        if (rc == ERR_OK && standing == DUE) {
                rc = keep(store, dir, newest, err);
                if (rc == ERR_OK)
                        rc = note_copy(store, today, err);
        }
        free(newest);
        free(dir);
        return rc;
}
