/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running statements: prepare once, bind, step, read, reset, and the Spanish
 * sentence for each way in which SQLite can fail.
 *
 * A statement of sql.def is prepared at its first use and kept; sql_end()
 * resets it in the same function that stepped it, so none is ever left open
 * across a commit.  Values read from a row are copied into the arena.
 */
#include <errno.h>
#include <string.h>

#include "store_priv.h"

static const char *const texts[] = {
#define SQL(name, text) text,
#include "sql.def"
#undef SQL
};

struct sql sql_use(struct store *store, enum sql_name name)
{
        struct sql q = {.store = store};
        if (!store->stmts[name])
                q.rc = sqlite3_prepare_v3(store->db, texts[name], -1, SQLITE_PREPARE_PERSISTENT,
                                          &store->stmts[name], NULL);
        q.stmt = store->stmts[name];
        return q;
}

struct sql sql_make(struct store *store, const char *text)
{
        struct sql q = {.store = store, .own = true};
        q.rc = sqlite3_prepare_v2(store->db, text, -1, &q.stmt, NULL);
        return q;
}

static void note(struct sql *q, int rc)
{
        if (q->rc == SQLITE_OK)
                q->rc = rc;
}

void sql_text(struct sql *q, const char *text)
{
        note(q, sqlite3_bind_text(q->stmt, ++q->bound, text ? text : "", -1, SQLITE_STATIC));
}

void sql_int(struct sql *q, int64_t value)
{
        note(q, sqlite3_bind_int64(q->stmt, ++q->bound, value));
}

void sql_null(struct sql *q)
{
        note(q, sqlite3_bind_null(q->stmt, ++q->bound));
}

void sql_blob(struct sql *q, const void *bytes, size_t len)
{
        note(q, sqlite3_bind_blob64(q->stmt, ++q->bound, len ? bytes : "", len, SQLITE_STATIC));
}

void sql_id(struct sql *q, const struct id *id)
{
        if (!id || id_is_none(id)) {
                sql_null(q);
                return;
        }
        note(q, sqlite3_bind_blob(q->stmt, ++q->bound, id->bytes, ID_BYTES, SQLITE_STATIC));
}

void sql_hash(struct sql *q, const struct hash *hash)
{
        note(q, sqlite3_bind_blob(q->stmt, ++q->bound, hash->bytes, HASH_BYTES, SQLITE_STATIC));
}

void sql_ref(struct sql *q, const char *text)
{
        struct id id;
        if (text && id_parse(text, &id))
                note(q, sqlite3_bind_blob(q->stmt, ++q->bound, id.bytes, ID_BYTES, SQLITE_TRANSIENT));
        else
                sql_text(q, text);
}

bool sql_next(struct sql *q)
{
        if (q->rc != SQLITE_OK)
                return false;
        int rc = sqlite3_step(q->stmt);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE)
                q->rc = rc;
        return rc == SQLITE_ROW;
}

enum err_code sql_end(struct sql *q, struct err *err)
{
        enum err_code rc = q->rc == SQLITE_OK ? ERR_OK : sql_fail(q->store, q->rc, err);
        if (q->own) {
                sqlite3_finalize(q->stmt);
        } else if (q->stmt) {
                sqlite3_reset(q->stmt);
                sqlite3_clear_bindings(q->stmt);
        }
        return rc;
}

enum err_code sql_run(struct sql *q, struct err *err)
{
        while (sql_next(q))
                ;
        return sql_end(q, err);
}

const void *sql_read_blob(struct sql *q, int column, struct arena *arena)
{
        const void *bytes = sqlite3_column_blob(q->stmt, column);
        size_t len = (size_t)sqlite3_column_bytes(q->stmt, column);
        void *kept = arena_alloc(arena, len);
        if (len)
                memcpy(kept, bytes, len);
        return kept;
}

bool sql_is_null(struct sql *q, int column)
{
        return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

const char *sql_read_text(struct sql *q, int column, struct arena *arena)
{
        const void *text = sqlite3_column_text(q->stmt, column);
        int len = sqlite3_column_bytes(q->stmt, column);
        return arena_strndup(arena, text ? text : "", text ? (size_t)len : 0);
}

const char *sql_read_ref(struct sql *q, int column, struct arena *arena)
{
        if (sqlite3_column_type(q->stmt, column) != SQLITE_BLOB)
                return sql_read_text(q, column, arena);
        struct id id = sql_read_id(q, column);
        return id_format(&id, arena_alloc(arena, ID_TEXT));
}

int64_t sql_read_int(struct sql *q, int column)
{
        return sqlite3_column_int64(q->stmt, column);
}

/* Zero where the column is NULL or, in a damaged file, of another size. */
static void read_bytes(struct sql *q, int column, void *out, size_t size)
{
        const void *bytes = sqlite3_column_blob(q->stmt, column);
        memset(out, 0, size);
        if (bytes && (size_t)sqlite3_column_bytes(q->stmt, column) == size)
                memcpy(out, bytes, size);
}

struct id sql_read_id(struct sql *q, int column)
{
        struct id id;
        read_bytes(q, column, id.bytes, sizeof id.bytes);
        return id;
}

struct hash sql_read_hash(struct sql *q, int column)
{
        struct hash hash;
        read_bytes(q, column, hash.bytes, sizeof hash.bytes);
        return hash;
}

enum err_code sql_number(struct store *store, const char *text, int64_t *ret, struct err *err)
{
        struct sql q = sql_make(store, text);
        int64_t value = sql_next(&q) ? sql_read_int(&q, 0) : 0;
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = value;
        return rc;
}

enum err_code sql_exec(struct store *store, const char *text, struct err *err)
{
        int rc = sqlite3_exec(store->db, text, NULL, NULL, NULL);
        return rc == SQLITE_OK ? ERR_OK : sql_fail(store, rc, err);
}

static enum err_code fail_io(struct store *store, struct err *err)
{
        int errnum = store->db ? sqlite3_system_errno(store->db) : 0;
        if (errnum == ENOSPC || errnum == EDQUOT)
                return sql_fail(store, SQLITE_FULL, err);
        return err_set(
                err, ERR_IO,
                _("No se pudo leer o escribir %s (%s). Lo último no se guardó: revise que el disco "
                  "o la memoria siga conectado y repita; si vuelve a pasar, saque una copia de la carpeta."),
                store->path, errnum ? strerror(errnum) : sqlite3_errmsg(store->db));
}

static enum err_code fail_constraint(struct store *store, int rc, struct err *err)
{
        const char *detail = sqlite3_errmsg(store->db);
        if (rc == SQLITE_CONSTRAINT_FOREIGNKEY)
                return err_set(err, ERR_NOT_FOUND,
                               _("Aquello a lo que esto pertenece ya no está en %s (%s). "
                                 "Vuelva a la lista y ábralo de nuevo."),
                               store->path, detail);
        if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY)
                return err_set(err, ERR_EXISTS, _("Ya estaba guardado en %s (%s). No hace falta repetir."),
                               store->path, detail);
        return err_set(err, ERR_INVALID, _("Un dato no se puede guardar en %s (%s). No se cambió nada."),
                       store->path, detail);
}

enum err_code sql_fail(struct store *store, int rc, struct err *err)
{
        switch (rc & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
                return err_set(err, ERR_BUSY,
                               _("simae ya está abierto con estos datos (%s). Use esa ventana, o ciérrela "
                                 "y abra de nuevo."),
                               store->path);
        case SQLITE_FULL:
                return err_set(err, ERR_NO_SPACE,
                               _("No queda espacio en el disco de %s. Lo último no se guardó: libere "
                                 "espacio y repita."),
                               store->path);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
                return err_set(
                        err, ERR_CORRUPT,
                        _("El archivo %s está dañado (%s). No lo borre: cierre simae, guárdelo con "
                          "otro nombre y ponga en su lugar la copia más reciente de la carpeta backups/."),
                        store->path, sqlite3_errmsg(store->db));
        case SQLITE_READONLY:
                return err_set(err, ERR_REFUSED,
                               _("No se puede escribir en %s. Si lo abrió solo para mirar, ábralo de la "
                                 "manera normal; si no, revise los permisos de la carpeta."),
                               store->path);
        case SQLITE_CONSTRAINT: return fail_constraint(store, rc, err);
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN: return fail_io(store, err);
        case SQLITE_INTERRUPT:
                return err_set(err, ERR_CANCELLED, _("Se detuvo antes de terminar. No se cambió nada."));
        default:
                return err_set(
                        err, ERR_IO,
                        _("La base de datos %s respondió: %s. No se cambió nada; repita y, si vuelve a "
                          "pasar, avise con este mensaje."),
                        store->path, sqlite3_errmsg(store->db));
        }
}

void sql_release(struct store *store)
{
        for (int i = 0; i < SQL_COUNT; i++)
                sqlite3_finalize(store->stmts[i]);
        memset(store->stmts, 0, sizeof store->stmts);
}

void *rows_add(struct rows *rows)
{
        if (rows->n == rows->room) {
                int room = rows->room ? 2 * rows->room : 16;
                void *items = arena_alloc(rows->arena, (size_t)room * rows->size);
                if (rows->n)
                        memcpy(items, rows->items, (size_t)rows->n * rows->size);
                rows->items = items;
                rows->room = room;
        }
        return (char *)rows->items + rows->size * (size_t)rows->n++;
}
