/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other laptops brought (contract in store/incoming.h): bundles, peers, and what an import touched. */
#include "store/incoming.h"

#include "store_priv.h"

/* ---- Bundles ---- */

static enum err_code import_write(struct store *store, const struct store_import *done, struct err *err)
{
        struct sql q = sql_use(store, SQL_IMPORT_ADD);
        sql_text(&q, done->bundle);
        sql_text(&q, done->device);
        sql_text(&q, done->made);
        sql_text(&q, done->at);
        sql_text(&q, done->file);
        sql_int(&q, done->added);
        sql_int(&q, done->updated);
        sql_int(&q, done->known);
        sql_int(&q, done->waiting);
        sql_int(&q, done->rejected);
        sql_int(&q, done->number);
        sql_text(&q, done->author ? done->author : "");
        return sql_run(&q, err);
}

enum err_code store_import_add(struct store *store, const struct store_import *done, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        return rc == ERR_OK ? write_end(store, import_write(store, done, err), err) : rc;
}

enum err_code store_import_known(struct store *store, const char *bundle, bool *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_IMPORT_KNOWN);
        sql_text(&q, bundle);
        bool known = sql_next(&q);
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = known;
        return rc;
}

enum err_code store_import_list(struct store *store, int limit, struct arena *arena, struct store_import **ret,
                                int *ret_n, struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct store_import)};
        struct sql q = sql_use(store, SQL_IMPORT_LIST);
        sql_int(&q, limit);
        while (sql_next(&q))
                *(struct store_import *)rows_add(&rows) = (struct store_import){
                        .bundle = sql_read_text(&q, 0, arena), .device = sql_read_text(&q, 1, arena),
                        .made = sql_read_text(&q, 2, arena), .at = sql_read_text(&q, 3, arena),
                        .file = sql_read_text(&q, 4, arena), .added = sql_read_int(&q, 5),
                        .updated = sql_read_int(&q, 6), .known = sql_read_int(&q, 7),
                        .waiting = sql_read_int(&q, 8), .rejected = sql_read_int(&q, 9),
                        .number = sql_read_int(&q, 10), .author = sql_read_text(&q, 11, arena)};
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}

enum err_code store_sender_list(struct store *store, struct arena *arena, struct store_sender **ret, int *ret_n,
                                struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct store_sender)};
        struct sql q = sql_use(store, SQL_SENDER_LIST);
        while (sql_next(&q))
                *(struct store_sender *)rows_add(&rows) = (struct store_sender){
                        .device = sql_read_text(&q, 0, arena), .made = sql_read_text(&q, 1, arena),
                        .at = sql_read_text(&q, 2, arena), .bundles = sql_read_int(&q, 3), .added = sql_read_int(&q, 4),
                        .updated = sql_read_int(&q, 5), .waiting = sql_read_int(&q, 6),
                        .author = sql_read_text(&q, 7, arena)};
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}

/* ---- Peers ---- */

static enum err_code peer_write(struct store *store, const struct store_peer *peer, struct err *err)
{
        struct sql q = sql_use(store, SQL_PEER_SET);
        sql_text(&q, peer->device);
        sql_text(&q, peer->key);
        sql_text(&q, peer->opens);
        sql_int(&q, peer->office);
        sql_text(&q, peer->ugel);
        sql_text(&q, peer->bundle);
        sql_text(&q, peer->made);
        sql_text(&q, peer->at);
        sql_int(&q, peer->sent);
        sql_int(&q, peer->arrival);
        sql_int(&q, peer->common);
        sql_blob(&q, peer->have, (size_t)peer->have_n * HAVE_BYTES);
        return sql_run(&q, err);
}

enum err_code store_peer_set(struct store *store, const struct store_peer *peer, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        return rc == ERR_OK ? write_end(store, peer_write(store, peer, err), err) : rc;
}

static void peer_read(struct sql *q, struct arena *arena, struct store_peer *ret)
{
        *ret = (struct store_peer){.device = sql_read_text(q, 0, arena), .key = sql_read_text(q, 1, arena),
                                   .opens = sql_read_text(q, 2, arena), .office = sql_read_int(q, 3),
                                   .ugel = sql_read_text(q, 4, arena), .bundle = sql_read_text(q, 5, arena),
                                   .made = sql_read_text(q, 6, arena), .at = sql_read_text(q, 7, arena),
                                   .sent = sql_read_int(q, 8), .arrival = sql_read_int(q, 9), .common = sql_read_int(q, 10),
                                   .have_n = sql_read_int(q, PEER_COLUMNS_N) / HAVE_BYTES};
}

enum err_code store_peer_get(struct store *store, const char *device, struct arena *arena, struct store_peer *ret,
                             struct err *err)
{
        struct store_peer peer = {0};
        struct sql q = sql_use(store, SQL_PEER_GET);
        sql_text(&q, device);
        bool found = sql_next(&q);
        if (found) {
                peer_read(&q, arena, &peer);
                peer.have = sql_read_blob(&q, PEER_COLUMNS_N + 1, arena);
        }
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        if (!found)
                return err_set(err, ERR_NOT_FOUND, _("Todavía no se ha recibido nada de la laptop %.8s."), device);
        *ret = peer;
        return ERR_OK;
}

enum err_code store_peer_have(struct store *store, struct store_peer *peer, struct arena *arena, struct err *err)
{
        const void *have = NULL;
        struct sql q = sql_use(store, SQL_PEER_HAVE);
        sql_text(&q, peer->device);
        sql_text(&q, peer->key);
        bool found = sql_next(&q);
        if (found)
                have = sql_read_blob(&q, 0, arena);
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                peer->have = have;
        if (rc == ERR_OK && !found)
                peer->have_n = 0;
        return rc;
}

enum err_code store_peer_list(struct store *store, struct arena *arena, struct store_peer **ret, int *ret_n,
                              struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct store_peer)};
        struct sql q = sql_use(store, SQL_PEER_LIST);
        while (sql_next(&q))
                peer_read(&q, arena, rows_add(&rows));
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}

/* ---- What came ---- */

enum err_code store_revision_record(struct store *store, const struct hash *id, struct id *ret, int64_t *ret_arrival,
                                    struct err *err)
{
        struct sql q = sql_use(store, SQL_REVISION_RECORD);
        sql_hash(&q, id);
        bool known = sql_next(&q);
        struct id record = known ? sql_read_id(&q, 0) : (struct id){{0}};
        int64_t arrival = known ? sql_read_int(&q, 1) : 0;
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        *ret_arrival = arrival;
        if (known)
                *ret = record;
        return ERR_OK;
}

enum err_code store_record_touched(struct store *store, const struct id *record, int64_t after, bool *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_RECORD_TOUCHED);
        sql_id(&q, record);
        sql_int(&q, after);
        bool touched = sql_next(&q);
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = touched;
        return rc;
}

enum err_code store_record_past(struct store *store, const struct id *record, int64_t arrival, bool *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_RECORD_PAST);
        sql_id(&q, record);
        sql_int(&q, arrival);
        *ret = sql_next(&q) && sql_read_int(&q, 0);
        return sql_end(&q, err);
}

enum err_code store_viewed_after(struct store *store, int64_t arrival, bool *ret, struct err *err)
{
        int64_t last = 0;
        enum err_code rc = sql_number(store, "SELECT max(coalesce((SELECT max(arrival) FROM record WHERE entity = 0), 0), "
                                             "coalesce((SELECT max(arrival) FROM record WHERE entity = 1), 0))", &last, err);
        *ret = last > arrival;
        return rc;
}

enum err_code store_record_named(struct store *store, const struct id *record, bool *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_LINKED);
        sql_id(&q, record);
        *ret = sql_next(&q);
        return sql_end(&q, err);
}

static enum err_code each_id(struct sql *q, store_each_record_id *each, void *ctx, struct err *err)
{
        while (sql_next(q)) {
                struct id record = sql_read_id(q, 0);
                each(ctx, &record);
        }
        return sql_end(q, err);
}

enum err_code store_records_named(struct store *store, store_each_record_id *each, void *ctx, struct err *err)
{
        struct sql q = sql_make(store, "SELECT target FROM link");
        return each_id(&q, each, ctx, err);
}

enum err_code store_records_revised(struct store *store, int64_t after, store_each_record_id *each, void *ctx, struct err *err)
{
        struct sql q = sql_make(store, "SELECT record FROM revision INDEXED BY revision_record GROUP BY record "
                                       "HAVING count(*) > 1 AND max(arrival) > ?");
        sql_int(&q, after);
        return each_id(&q, each, ctx, err);
}

enum err_code store_records_touched(struct store *store, int64_t mark, int64_t *ret_new, store_each_record_id *each, void *ctx,
                                    struct err *err)
{
        struct sql q = sql_make(store, "SELECT record, min(arrival) > ?1 FROM revision INDEXED BY revision_record GROUP BY record "
                                       "HAVING max(arrival) > ?1");
        sql_int(&q, mark);
        *ret_new = 0;
        while (sql_next(&q)) {
                struct id record = sql_read_id(&q, 0);
                if (sql_read_int(&q, 1))
                        ++*ret_new;
                else
                        each(ctx, &record);
        }
        return sql_end(&q, err);
}

enum err_code store_record_new(struct store *store, const struct id *record, int64_t mark, bool *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_RECORD_BEGAN);
        sql_id(&q, record);
        *ret = sql_next(&q) && sql_read_int(&q, 0) > mark;
        return sql_end(&q, err);
}

enum err_code store_last_arrival(struct store *store, int64_t *ret, struct err *err)
{
        return sql_number(store, "SELECT coalesce(max(arrival), 0) FROM revision", ret, err);
}
