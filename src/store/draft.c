/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drafts: a row that says what the draft is, and a log of lines that only
 * grows while it is filled.  One save is one commit: the row's page and the
 * log's last page, one fdatasync.  Children go with their draft by foreign key.
 */
#include "store_priv.h"

static enum err_code draft_gone(struct err *err)
{
        return err_set(err, ERR_NOT_FOUND,
                       _("Ese borrador ya no existe: se concluyó o se descartó. Vuelva a la lista "
                         "de borradores."));
}

enum err_code store_draft_create(struct store *store, const struct store_draft *draft, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        struct sql q = sql_use(store, SQL_DRAFT_CREATE);
        sql_id(&q, &draft->id);
        sql_id(&q, &draft->record);
        sql_id(&q, &draft->parent_draft);
        sql_text(&q, draft->parent_question);
        sql_hash(&q, &draft->form_hash);
        sql_text(&q, draft->form);
        sql_text(&q, draft->title);
        sql_text(&q, draft->school_title);
        sql_int(&q, draft->answered);
        sql_int(&q, draft->missing);
        sql_text(&q, draft->bases);
        sql_text(&q, draft->started);
        sql_text(&q, draft->saved);
        return write_end(store, sql_run(&q, err), err);
}

/* The row number of a draft, from a statement bound to find it. */
static enum err_code draft_pk(struct sql *q, int64_t *ret, struct err *err)
{
        int64_t pk = sql_next(q) ? sql_read_int(q, 0) : 0;
        enum err_code rc = sql_end(q, err);
        if (rc != ERR_OK)
                return rc;
        if (pk == 0)
                return draft_gone(err);
        *ret = pk;
        return ERR_OK;
}

static enum err_code draft_touch(struct store *store, const struct store_draft *draft, int64_t *ret_pk,
                                 struct err *err)
{
        struct sql q = sql_use(store, SQL_DRAFT_TOUCH);
        sql_text(&q, draft->title);
        sql_text(&q, draft->school_title);
        sql_int(&q, draft->answered);
        sql_int(&q, draft->missing);
        sql_text(&q, draft->saved);
        sql_id(&q, &draft->id);
        return draft_pk(&q, ret_pk, err);
}

static enum err_code draft_line(struct store *store, int64_t pk, const char *line, struct err *err)
{
        struct sql q = sql_use(store, SQL_DRAFT_LINE);
        sql_int(&q, pk);
        sql_text(&q, line);
        return sql_run(&q, err);
}

enum err_code store_draft_append(struct store *store, const struct store_draft *draft,
                                 const char *const *lines, int n, struct err *err)
{
        int64_t pk = 0;
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = draft_touch(store, draft, &pk, err);
        for (int i = 0; i < n && rc == ERR_OK; i++)
                rc = draft_line(store, pk, lines[i], err);
        return write_end(store, rc, err);
}

static enum err_code draft_find(struct store *store, const struct id *draft, int64_t *ret_pk, struct err *err)
{
        struct sql q = sql_use(store, SQL_DRAFT_PK);
        sql_id(&q, draft);
        return draft_pk(&q, ret_pk, err);
}

static enum err_code draft_empty(struct store *store, int64_t pk, struct err *err)
{
        struct sql q = sql_use(store, SQL_DRAFT_EMPTY);
        sql_int(&q, pk);
        return sql_run(&q, err);
}

enum err_code store_draft_compact(struct store *store, const struct id *draft, const char *line,
                                  struct err *err)
{
        int64_t pk = 0;
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = draft_find(store, draft, &pk, err);
        if (rc == ERR_OK)
                rc = draft_empty(store, pk, err);
        if (rc == ERR_OK)
                rc = draft_line(store, pk, line, err);
        return write_end(store, rc, err);
}

enum err_code store_draft_log(struct store *store, const struct id *draft, struct arena *arena,
                              const char *const **ret_lines, int *ret_n, struct err *err)
{
        int64_t pk = 0;
        enum err_code rc = draft_find(store, draft, &pk, err);
        if (rc != ERR_OK)
                return rc;
        struct rows rows = {.arena = arena, .size = sizeof(const char *)};
        struct sql q = sql_use(store, SQL_DRAFT_LOG);
        sql_int(&q, pk);
        while (sql_next(&q))
                *(const char **)rows_add(&rows) = sql_read_text(&q, 0, arena);
        rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        *ret_lines = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}

static enum err_code pending_write(struct store *store, const struct id *draft, const char *place,
                                   const char *text, struct err *err)
{
        struct sql q = sql_use(store, SQL_DRAFT_PENDING_SET);
        if (text && *text) {
                sql_text(&q, place);
                sql_text(&q, text);
        } else {
                sql_null(&q);
                sql_null(&q);
        }
        sql_id(&q, draft);
        enum err_code rc = sql_run(&q, err);
        return rc == ERR_OK && sqlite3_changes(store->db) == 0 ? draft_gone(err) : rc;
}

enum err_code store_draft_pending_set(struct store *store, const struct id *draft, const char *place,
                                      const char *text, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        return write_end(store, pending_write(store, draft, place, text, err), err);
}

enum err_code store_draft_pending(struct store *store, const struct id *draft, struct arena *arena,
                                  const char **ret_place, const char **ret_text, struct err *err)
{
        struct sql q = sql_use(store, SQL_DRAFT_PENDING);
        const char *place = NULL, *text = NULL;
        sql_id(&q, draft);
        bool found = sql_next(&q);
        if (found && sqlite3_column_type(q.stmt, 0) != SQLITE_NULL) {
                place = sql_read_text(&q, 0, arena);
                text = sql_read_text(&q, 1, arena);
        }
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK && !found)
                rc = draft_gone(err);
        if (rc != ERR_OK)
                return rc;
        *ret_place = place;
        *ret_text = text;
        return ERR_OK;
}

static void draft_read(struct sql *q, struct arena *arena, struct store_draft *ret)
{
        *ret = (struct store_draft){
                .id = sql_read_id(q, 0),
                .record = sql_read_id(q, 1),
                .parent_draft = sql_read_id(q, 2),
                .parent_question = sql_read_text(q, 3, arena),
                .form_hash = sql_read_hash(q, 4),
                .form = sql_read_text(q, 5, arena),
                .title = sql_read_text(q, 6, arena),
                .school_title = sql_read_text(q, 7, arena),
                .answered = (int)sql_read_int(q, 8),
                .missing = (int)sql_read_int(q, 9),
                .bases = sql_read_text(q, 10, arena),
                .started = sql_read_text(q, 11, arena),
                .saved = sql_read_text(q, 12, arena),
        };
}

enum err_code store_draft_list(struct store *store, const struct id *parent, struct arena *arena,
                               struct store_draft **ret, int *ret_n, struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct store_draft)};
        struct sql q = sql_use(store, SQL_DRAFT_LIST);
        sql_id(&q, parent);
        while (sql_next(&q))
                draft_read(&q, arena, rows_add(&rows));
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}

enum err_code store_draft_get(struct store *store, const struct id *draft, struct arena *arena,
                              struct store_draft *ret, struct err *err)
{
        struct store_draft found;
        struct sql q = sql_use(store, SQL_DRAFT_GET);
        sql_id(&q, draft);
        bool known = sql_next(&q);
        if (known)
                draft_read(&q, arena, &found);
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK && !known)
                rc = draft_gone(err);
        if (rc == ERR_OK)
                *ret = found;
        return rc;
}

static enum err_code draft_remove(struct store *store, const struct id *draft, struct err *err)
{
        struct sql q = sql_use(store, SQL_DRAFT_DELETE);
        sql_id(&q, draft);
        enum err_code rc = sql_run(&q, err);
        return rc == ERR_OK && sqlite3_changes(store->db) == 0 ? draft_gone(err) : rc;
}

enum err_code store_draft_delete(struct store *store, const struct id *draft, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        return write_end(store, draft_remove(store, draft, err), err);
}
