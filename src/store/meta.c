/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small settings by name, the counts of the first screen, and the number of
 * the next bundle.  Counts read the tally that the triggers of `record` keep:
 * none of them grows with the data.
 */
#include "store_priv.h"

enum err_code store_meta_get(struct store *store, const char *name, struct arena *arena, const char **ret,
                             struct err *err)
{
        struct sql q = sql_use(store, SQL_META_GET);
        sql_text(&q, name);
        const char *value = sql_next(&q) ? sql_read_text(&q, 0, arena) : NULL;
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = value;
        return rc;
}

enum err_code store_meta_set(struct store *store, const char *name, const char *value, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        memo_forget_settings(store);
        struct sql q = sql_use(store, value ? SQL_META_SET : SQL_META_FORGET);
        sql_text(&q, name);
        if (value)
                sql_text(&q, value);
        return write_end(store, sql_run(&q, err), err);
}

enum err_code store_bundle_number(struct store *store, int64_t *ret, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        struct sql q = sql_use(store, SQL_META_NEXT);
        sql_text(&q, "bundle_number");
        int64_t number = sql_next(&q) ? sql_read_int(&q, 0) : 0;
        rc = write_end(store, sql_end(&q, err), err);
        if (rc == ERR_OK)
                *ret = number;
        return rc;
}

enum err_code bytes_used(struct store *store, int64_t *ret, struct err *err)
{
        int64_t pages = 0, size = 0;
        enum err_code rc = sql_number(store, "PRAGMA page_count", &pages, err);
        if (rc == ERR_OK)
                rc = sql_number(store, "PRAGMA page_size", &size, err);
        *ret = pages * size;
        return rc;
}

enum err_code store_counts(struct store *store, struct store_counts *ret, struct err *err)
{
        struct store_counts counts = {0};
        enum err_code rc = bytes_used(store, &counts.bytes, err);
        if (rc != ERR_OK)
                return rc;
        struct sql q = sql_use(store, SQL_COUNTS);
        if (sql_next(&q)) {
                counts.records = sql_read_int(&q, 0);
                counts.entities = sql_read_int(&q, 1);
                counts.revisions = sql_read_int(&q, 2);
                counts.drafts = sql_read_int(&q, 3);
                counts.unexported = counts.revisions - sql_read_int(&q, 4);
        }
        rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = counts;
        return rc;
}
