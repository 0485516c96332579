/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over every revision (contract in store/outgoing.h). */
#include "store/outgoing.h"

#include "store_priv.h"

/* The end of a walk: the callback's failure, else the store's. */
static enum err_code walk_end(struct sql *q, enum err_code rc, struct err *err)
{
        enum err_code end = sql_end(q, rc == ERR_OK ? err : NULL);
        return rc != ERR_OK ? rc : end;
}

/* The text of a column where it lies, until the next row. */
static const char *text_here(struct sql *q, int column)
{
        const char *text = (const char *)sqlite3_column_text(q->stmt, column);
        return text ? text : "";
}

enum err_code store_sketches(struct store *store, bool viewed, store_each_sketch *each, void *ctx, struct err *err)
{
        enum err_code rc = ERR_OK;
        struct sql q = sql_use(store, viewed ? SQL_SKETCHES_VIEWED : SQL_SKETCHES);
        while (rc == ERR_OK && sql_next(&q)) {
                struct store_sketch sketch = {.purged = sql_read_int(&q, 5), .arrival = sql_read_int(&q, 0), .id = sql_read_hash(&q, 1),
                                              .record = sql_read_id(&q, 2), .form_hash = sql_read_hash(&q, 3),
                                              .device = sql_read_id(&q, 4), .bytes = sqlite3_column_bytes(q.stmt, 6), .ugel = ""};
                if (viewed) {
                        sketch.entity = sql_read_int(&q, 7);
                        sketch.sensitive = sql_read_int(&q, 8);
                        sketch.ugel = text_here(&q, 9);
                }
                rc = each(ctx, &sketch, err);
        }
        return walk_end(&q, rc, err);
}

enum err_code store_form_runs(struct store *store, store_each_run *each, void *ctx, struct err *err)
{
        enum err_code rc = ERR_OK;
        struct sql q = sql_use(store, SQL_FORM_RUNS);
        while (rc == ERR_OK && sql_next(&q)) {
                struct hash form_hash = sql_read_hash(&q, 1);
                rc = each(ctx, sql_read_int(&q, 0), &form_hash, err);
        }
        return walk_end(&q, rc, err);
}

enum err_code store_revision_at(struct store *store, int64_t arrival, struct hash *ret_id, struct id *ret_record, struct err *err)
{
        struct sql q = sql_use(store, SQL_REVISION_AT);
        sql_int(&q, arrival);
        bool there = sql_next(&q);
        if (there) {
                *ret_id = sql_read_hash(&q, 0);
                *ret_record = sql_read_id(&q, 1);
        }
        enum err_code rc = sql_end(&q, err);
        return rc == ERR_OK && !there ? store_damaged(store, err) : rc;
}

enum err_code store_purged_arrivals(struct store *store, store_each_arrival *each, void *ctx, struct err *err)
{
        enum err_code rc = ERR_OK;
        struct sql q = sql_use(store, SQL_PURGED_ARRIVALS);
        while (rc == ERR_OK && sql_next(&q))
                rc = each(ctx, sql_read_int(&q, 0), err);
        return walk_end(&q, rc, err);
}

/* Rows are never removed: where a number is missing, or comes again, the tree of the table is not what it was. */
enum err_code store_bodies(struct store *store, int64_t first, int64_t last, store_each_body *each, void *ctx,
                           struct err *err)
{
        enum err_code rc = ERR_OK;
        int64_t next = first;
        struct sql q = sql_use(store, SQL_BODIES);
        sql_int(&q, first);
        sql_int(&q, last);
        while (rc == ERR_OK && sql_next(&q)) {
                struct store_body body = {.id = sql_read_hash(&q, 1), .form_hash = sql_read_hash(&q, 2), .text = text_here(&q, 3)};
                rc = sql_read_int(&q, 0) == next++ ? each(ctx, &body, err) : store_damaged(store, err);
        }
        rc = walk_end(&q, rc, err);
        return rc == ERR_OK && next <= last ? store_damaged(store, err) : rc;
}

static enum err_code each_id(struct store *store, enum sql_name name, bool arrivals, store_each_id *each, void *ctx,
                             struct err *err)
{
        enum err_code rc = ERR_OK;
        struct sql q = sql_use(store, name);
        while (rc == ERR_OK && sql_next(&q)) {
                struct hash id = sql_read_hash(&q, 0);
                rc = each(ctx, &id, arrivals ? sql_read_int(&q, 1) : 0, err);
        }
        return walk_end(&q, rc, err);
}

enum err_code store_revision_ids(struct store *store, store_each_id *each, void *ctx, struct err *err)
{
        return each_id(store, SQL_REVISION_IDS, true, each, ctx, err);
}

enum err_code store_waiting_ids(struct store *store, store_each_id *each, void *ctx, struct err *err)
{
        return each_id(store, SQL_WAITING_IDS, false, each, ctx, err);
}

enum err_code store_revision_records(struct store *store, store_each_record *each, void *ctx, struct err *err)
{
        enum err_code rc = ERR_OK;
        struct sql q = sql_use(store, SQL_REVISION_RECORDS);
        while (rc == ERR_OK && sql_next(&q)) {
                struct id record = sql_read_id(&q, 0);
                rc = each(ctx, &record, sql_read_int(&q, 1), err);
        }
        return walk_end(&q, rc, err);
}
