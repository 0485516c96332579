/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revisions that came and wait, or were set aside (contract in store/incoming.h). */
#include "store/laptops.h"

#include "store_priv.h"

static enum err_code waiting_write(struct store *store, const struct store_waiting *waiting, struct err *err)
{
        struct sql q = sql_use(store, SQL_WAITING_ADD);
        sql_hash(&q, &waiting->id);
        sql_int(&q, waiting->why);
        if (waiting->why == WAITS_FORM)
                sql_hash(&q, &waiting->form_hash);
        else
                sql_null(&q);
        sql_text(&q, waiting->device);
        sql_text(&q, waiting->reason);
        sql_text(&q, waiting->bundle);
        sql_text(&q, waiting->at);
        sql_text(&q, waiting->body);
        sql_text(&q, waiting->key);
        return sql_run(&q, err);
}

enum err_code store_waiting_add(struct store *store, const struct store_waiting *waiting, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        return rc == ERR_OK ? write_end(store, waiting_write(store, waiting, err), err) : rc;
}

static void waiting_read(struct sql *q, struct arena *arena, struct store_waiting *ret)
{
        *ret = (struct store_waiting){.id = sql_read_hash(q, 0), .why = (enum store_why)sql_read_int(q, 1),
                                      .form_hash = sql_read_hash(q, 2), .device = sql_read_text(q, 3, arena),
                                      .reason = sql_read_text(q, 4, arena), .bundle = sql_read_text(q, 5, arena),
                                      .at = sql_read_text(q, 6, arena), .body = sql_read_text(q, 7, arena),
                                      .key = sql_read_text(q, 8, arena)};
}

static enum err_code waiting_rows(struct sql *q, struct arena *arena, struct store_waiting **ret, int *ret_n,
                                  struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct store_waiting)};
        while (sql_next(q))
                waiting_read(q, arena, rows_add(&rows));
        enum err_code rc = sql_end(q, err);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}

enum err_code store_waiting_get(struct store *store, const struct hash *id, struct arena *arena,
                                struct store_waiting *ret, struct err *err)
{
        char hex[HASH_TEXT];
        struct store_waiting *found;
        int n = 0;
        struct sql q = sql_use(store, SQL_WAITING_GET);
        sql_hash(&q, id);
        enum err_code rc = waiting_rows(&q, arena, &found, &n, err);
        if (rc == ERR_OK && n == 0)
                rc = err_set(err, ERR_NOT_FOUND, _("La revisión %.12s… no está en espera."), hash_format(id, hex));
        if (rc == ERR_OK)
                *ret = found[0];
        return rc;
}

enum err_code store_waiting_forget(struct store *store, const struct hash *id, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        struct sql q = sql_use(store, SQL_WAITING_FORGET);
        sql_hash(&q, id);
        return write_end(store, sql_run(&q, err), err);
}

enum err_code store_waiting_list(struct store *store, struct arena *arena, struct store_waiting **ret, int *ret_n,
                                 struct err *err)
{
        struct sql q = sql_use(store, SQL_WAITING_LIST);
        return waiting_rows(&q, arena, ret, ret_n, err);
}

enum err_code store_waiting_ready(struct store *store, struct arena *arena, struct store_waiting **ret, int *ret_n,
                                  struct err *err)
{
        struct sql q = sql_use(store, SQL_WAITING_READY);
        return waiting_rows(&q, arena, ret, ret_n, err);
}

enum err_code store_waiting_of(struct store *store, const char *key, const char *device, int limit, struct arena *arena,
                               struct store_waiting **ret, int *ret_n, struct err *err)
{
        struct sql q = sql_use(store, SQL_WAITING_OF);
        sql_text(&q, key);
        sql_text(&q, device);
        sql_int(&q, limit);
        return waiting_rows(&q, arena, ret, ret_n, err);
}

enum err_code store_waiting_count(struct store *store, int64_t *ret, struct err *err)
{
        return sql_number(store, "SELECT count(*) FROM waiting", ret, err);
}
