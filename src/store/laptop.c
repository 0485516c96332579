/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The laptops that bundles came from (contract in store/laptops.h). */
#include "store/laptops.h"

#include "store_priv.h"

/* A key accepted before any bundle of it came learns its device with the first. */
static enum err_code give_device(struct store *store, const struct store_laptop *laptop, struct err *err)
{
        struct sql q = sql_use(store, SQL_LAPTOP_DEVICE);
        sql_text(&q, laptop->device);
        sql_text(&q, laptop->key);
        return sql_run(&q, err);
}

static enum err_code write_seen(struct store *store, const struct store_laptop *laptop, struct err *err)
{
        enum err_code rc = give_device(store, laptop, err);
        if (rc != ERR_OK)
                return rc;
        struct sql q = sql_use(store, SQL_LAPTOP_SEEN);
        sql_text(&q, laptop->key);
        sql_text(&q, laptop->device);
        sql_text(&q, laptop->name);
        sql_text(&q, laptop->last);
        sql_text(&q, laptop->bundle);
        sql_int(&q, laptop->confirmed);
        return sql_run(&q, err);
}

enum err_code store_laptop_seen(struct store *store, const struct store_laptop *laptop, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        return rc == ERR_OK ? write_end(store, write_seen(store, laptop, err), err) : rc;
}

static enum err_code write_mark(struct store *store, enum sql_name name, const char *key, const char *at, bool confirmed,
                                struct err *err)
{
        struct sql q = sql_use(store, name);
        sql_text(&q, key);
        sql_text(&q, at);
        sql_int(&q, confirmed);
        return sql_run(&q, err);
}

enum err_code store_laptop_mark(struct store *store, const char *key, const char *at, bool confirmed, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = write_mark(store, SQL_LAPTOP_MARK_NEW, key, at, confirmed, err);
        if (rc == ERR_OK)
                rc = write_mark(store, SQL_LAPTOP_MARK, key, at, confirmed, err);
        return write_end(store, rc, err);
}

static void laptop_read(struct sql *q, struct arena *arena, struct store_laptop *ret)
{
        *ret = (struct store_laptop){.key = sql_read_text(q, 0, arena), .device = sql_read_text(q, 1, arena),
                                     .name = sql_read_text(q, 2, arena), .first = sql_read_text(q, 3, arena),
                                     .last = sql_read_text(q, 4, arena), .bundle = sql_read_text(q, 5, arena),
                                     .since = sql_read_text(q, 6, arena), .confirmed = sql_read_int(q, 7),
                                     .waiting = sql_read_int(q, 8)};
}

static enum err_code laptop_rows(struct sql *q, struct arena *arena, struct store_laptop **ret, int *ret_n, struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct store_laptop)};
        while (sql_next(q))
                laptop_read(q, arena, rows_add(&rows));
        enum err_code rc = sql_end(q, err);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}

enum err_code store_laptop_get(struct store *store, const char *key, const char *device, struct arena *arena,
                               struct store_laptop *ret, bool *ret_found, struct err *err)
{
        struct store_laptop *found;
        int n = 0;
        struct sql q = sql_use(store, SQL_LAPTOP_GET);
        sql_text(&q, key);
        sql_text(&q, device);
        enum err_code rc = laptop_rows(&q, arena, &found, &n, err);
        if (rc != ERR_OK)
                return rc;
        *ret_found = n > 0;
        if (n > 0)
                *ret = found[0];
        return ERR_OK;
}

enum err_code store_laptop_rival(struct store *store, const char *key, const char *device, struct arena *arena,
                                 const char **ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_LAPTOP_RIVAL);
        sql_text(&q, device);
        sql_text(&q, key);
        const char *rival = sql_next(&q) ? sql_read_text(&q, 0, arena) : NULL;
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = rival;
        return rc;
}

enum err_code store_laptop_list(struct store *store, struct arena *arena, struct store_laptop **ret, int *ret_n,
                                struct err *err)
{
        struct sql q = sql_use(store, SQL_LAPTOP_LIST);
        return laptop_rows(&q, arena, ret, ret_n, err);
}

enum err_code store_waiting_laptops(struct store *store, struct arena *arena, struct store_laptop **ret, int *ret_n,
                                    struct err *err)
{
        struct sql q = sql_use(store, SQL_WAITING_LAPTOPS);
        return laptop_rows(&q, arena, ret, ret_n, err);
}
