/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Revisions: the grow-only truth.  A revision is known by the hash of its
 * body, which is computed again here, so a body can never stand under a name
 * that is not its own.  The local arrival number is the row number.
 */
#include <string.h>

#include "store_priv.h"

static enum err_code revision_insert(struct store *store, const struct store_revision *revision,
                                     struct err *err)
{
        struct sql q = sql_use(store, SQL_REVISION_ADD);
        sql_hash(&q, &revision->id);
        sql_id(&q, &revision->record);
        sql_text(&q, revision->form);
        sql_hash(&q, &revision->form_hash);
        sql_int(&q, revision->state);
        sql_int(&q, revision->gen);
        sql_ref(&q, revision->author);
        sql_ref(&q, revision->device);
        sql_text(&q, revision->date);
        sql_text(&q, revision->body);
        return sql_run(&q, err);
}

static enum err_code edges_insert(struct store *store, const struct store_revision *revision, int64_t child, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; i < revision->parents_n && rc == ERR_OK; i++) {
                struct sql q = sql_use(store, SQL_EDGE_ADD);
                sql_int(&q, child);
                sql_int(&q, i);
                sql_hash(&q, &revision->parents[i]);
                rc = sql_run(&q, err);
        }
        return rc;
}

/* `ret_arrival`: 0 if it was there. */
static enum err_code revision_write(struct store *store, const struct store_revision *revision, int64_t *ret_arrival,
                                    struct err *err)
{
        enum err_code rc = revision_insert(store, revision, err);
        *ret_arrival = rc == ERR_OK && sqlite3_changes(store->db) > 0 ? sqlite3_last_insert_rowid(store->db) : 0;
        return *ret_arrival ? edges_insert(store, revision, *ret_arrival, err) : rc;
}

static enum err_code check_hash(const struct store_revision *revision, struct err *err)
{
        char hex[HASH_TEXT];
        struct hash real = hash_of(revision->body, strlen(revision->body));
        if (hash_equal(&real, &revision->id))
                return ERR_OK;
        return err_set(err, ERR_INVALID,
                       _("El contenido de la revisión %.12s… no corresponde a su huella: se alteró "
                         "en el camino y no se guardó. Pida de nuevo el archivo de donde vino."),
                       hash_format(&revision->id, hex));
}

enum err_code store_revision_take(struct store *store, const struct store_revision *revision, int64_t *ret_arrival,
                                  struct err *err)
{
        enum err_code rc = check_hash(revision, err);
        if (rc == ERR_OK)
                rc = write_begin(store, err);
        return rc == ERR_OK ? write_end(store, revision_write(store, revision, ret_arrival, err), err) : rc;
}

enum err_code store_revision_add(struct store *store, const struct store_revision *revision,
                                 const struct store_record *view, const struct store_link *links, int links_n,
                                 struct err *err)
{
        int64_t arrival;
        enum err_code rc = check_hash(revision, err);
        if (rc == ERR_OK)
                rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = revision_write(store, revision, &arrival, err);
        if (rc == ERR_OK && arrival && view)
                rc = record_write(store, view, links, links_n, err);
        return write_end(store, rc, err);
}

enum err_code store_record_begun(struct store *store, const struct id *record, struct datetime *ret, struct err *err)
{
        struct arena arena = {0};
        struct sql q = sql_use(store, SQL_REVISION_FIRST);
        sql_id(&q, record);
        bool known = sql_next(&q) && datetime_parse(sql_read_text(&q, 0, &arena), 0, ret);
        enum err_code rc = sql_end(&q, err);
        arena_release(&arena);
        return rc == ERR_OK && !known ? err_set(err, ERR_NOT_FOUND, _("no se sabe cuándo se hizo ese registro")) : rc;
}

enum err_code store_revision_body(struct store *store, const struct hash *id, struct arena *arena,
                                  const char **ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_REVISION_BODY);
        sql_hash(&q, id);
        const char *body = sql_next(&q) ? sql_read_text(&q, 0, arena) : NULL;
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        char hex[HASH_TEXT];
        if (body && !*body)
                return err_set(err, ERR_NOT_FOUND, _("Lo que decía la revisión %.12s… se purgó por privacidad."), hash_format(id, hex));
        if (!body)
                return err_set(err, ERR_NOT_FOUND,
                               _("La revisión %.12s… no está en estos datos; puede llegar en un próximo "
                                 "paquete."),
                               hash_format(id, hex));
        *ret = body;
        return ERR_OK;
}

static enum err_code parents_read(struct store *store, struct store_revision *revision, struct arena *arena,
                                  struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct hash)};
        struct sql q = sql_use(store, SQL_EDGE_LIST);
        sql_int(&q, revision->arrival);
        while (sql_next(&q))
                *(struct hash *)rows_add(&rows) = sql_read_hash(&q, 0);
        revision->parents = rows.items;
        revision->parents_n = rows.n;
        return sql_end(&q, err);
}

static void revision_read(struct sql *q, struct arena *arena, struct store_revision *ret)
{
        *ret = (struct store_revision){
                .id = sql_read_hash(q, 0),
                .record = sql_read_id(q, 1),
                .form = sql_read_text(q, 2, arena),
                .form_hash = sql_read_hash(q, 3),
                .state = (enum record_state)sql_read_int(q, 4),
                .gen = sql_read_int(q, 5),
                .author = sql_read_ref(q, 6, arena),
                .device = sql_read_ref(q, 7, arena),
                .date = sql_read_text(q, 8, arena),
                .arrival = sql_read_int(q, 9),
                .body = sql_read_text(q, 10, arena),
        };
}

/* The rows of a bound statement, each with its parents. */
static enum err_code revisions_read(struct sql *q, struct arena *arena, struct store_revision **ret,
                                    int *ret_n, struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct store_revision)};
        while (sql_next(q))
                revision_read(q, arena, rows_add(&rows));
        enum err_code rc = sql_end(q, err);
        struct store_revision *revisions = rows.items;
        /* The first generation, and no other, has no parents. */
        for (int i = 0; i < rows.n && rc == ERR_OK; i++)
                if (revisions[i].gen > 1)
                        rc = parents_read(q->store, &revisions[i], arena, err);
        if (rc != ERR_OK)
                return rc;
        *ret = revisions;
        *ret_n = rows.n;
        return ERR_OK;
}

enum err_code store_history(struct store *store, const struct id *record, struct arena *arena,
                            struct store_revision **ret, int *ret_n, struct err *err)
{
        struct sql q = sql_use(store, SQL_REVISION_HISTORY);
        sql_id(&q, record);
        return revisions_read(&q, arena, ret, ret_n, err);
}

enum err_code store_revisions_of_kind(struct store *store, bool entities, int64_t after, int limit, struct arena *arena,
                                      struct store_revision **ret, int *ret_n, struct err *err)
{
        struct sql q = sql_use(store, SQL_REVISION_KIND);
        sql_int(&q, after);
        sql_int(&q, entities);
        sql_int(&q, limit);
        return revisions_read(&q, arena, ret, ret_n, err);
}

enum err_code store_revisions_after(struct store *store, int64_t after, int limit, struct arena *arena,
                                    struct store_revision **ret, int *ret_n, struct err *err)
{
        struct sql q = sql_use(store, SQL_REVISION_AFTER);
        sql_int(&q, after);
        sql_int(&q, limit);
        return revisions_read(&q, arena, ret, ret_n, err);
}
