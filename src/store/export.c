/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bundles this device has made: when, where, which, and up to which
 * arrival number, so that the first screen can say how much is not out yet.
 */
#include "store_priv.h"

enum err_code store_export_add(struct store *store, const struct store_export *done, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        struct sql q = sql_use(store, SQL_EXPORT_ADD);
        sql_text(&q, done->when);
        sql_text(&q, done->path);
        sql_text(&q, done->bundle);
        sql_int(&q, done->revisions);
        sql_int(&q, done->up_to);
        return write_end(store, sql_run(&q, err), err);
}

enum err_code store_export_last(struct store *store, struct arena *arena, struct store_export *ret,
                                struct err *err)
{
        struct store_export last = {0};
        struct sql q = sql_use(store, SQL_EXPORT_LAST);
        bool found = sql_next(&q);
        if (found) {
                last.when = sql_read_text(&q, 0, arena);
                last.path = sql_read_text(&q, 1, arena);
                last.bundle = sql_read_text(&q, 2, arena);
                last.revisions = sql_read_int(&q, 3);
                last.up_to = sql_read_int(&q, 4);
        }
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        if (!found)
                return err_set(err, ERR_NOT_FOUND,
                               _("Todavía no se ha exportado nada desde esta computadora."));
        *ret = last;
        return ERR_OK;
}
