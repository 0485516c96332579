/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records: the current view of each, derived from its revisions above this
 * layer and only kept here.  The tally of counts follows each row through
 * triggers.  The index of words reads its text from the rows, so a row's old
 * words are taken out of it before the row changes, and the new put in after.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store_priv.h"

const char *record_state_word(enum record_state state)
{
        static const char *const words[] = {"concluido", "validado", "observado", "anulado", "corregido", "purgado"};
        return (size_t)state < ARRAY_LEN(words) ? words[state] : "";
}

/* As utf8_collate() orders: folded, with ñ after every other n. */
char *title_key(const char *title)
{
        struct str marked = STR_INIT;
        for (const char *p = title; *p; p++) {
                if (strncmp(p, "ñ", 2) == 0 || strncmp(p, "Ñ", 2) == 0) {
                        str_add(&marked, "n~");
                        p++;
                } else {
                        str_addc(&marked, *p);
                }
        }
        char *key = utf8_fold(marked.text);
        str_release(&marked);
        return key;
}

enum wording { WORDS_NEW, WORDS_OTHER, WORDS_KEPT, WORDS_WAITING };

static enum err_code wording_of(struct store *store, const struct store_record *view, enum wording *ret,
                                struct err *err)
{
        struct sql q = sql_use(store, SQL_WORDS_SAME);
        sql_text(&q, view->title);
        sql_text(&q, view->search);
        sql_id(&q, &view->id);
        bool defers = store->words_from >= 0;
        if (!sql_next(&q))
                *ret = defers ? WORDS_WAITING : WORDS_NEW;
        else if (defers && sql_read_int(&q, 1) > store->words_from)
                *ret = WORDS_WAITING;
        else
                *ret = sql_read_int(&q, 0) ? WORDS_KEPT : WORDS_OTHER;
        return sql_end(&q, err);
}

static enum err_code words_run(struct store *store, enum sql_name name, const struct id *id, struct err *err)
{
        struct sql q = sql_use(store, name);
        sql_id(&q, id);
        return sql_run(&q, err);
}

/* The parameters that RECORD_SET and RECORD_ADD share. */
static void view_bind(struct sql *q, const struct store_record *view, const char *key)
{
        sql_id(q, &view->id);
        sql_text(q, view->form);
        sql_hash(q, &view->form_hash);
        sql_hash(q, &view->revision);
        sql_text(q, view->title);
        sql_text(q, key);
        sql_ref(q, view->school);
        sql_ref(q, view->subject);
        sql_text(q, view->school_title);
        sql_text(q, view->date);
        sql_ref(q, view->author);
        sql_int(q, view->state);
        sql_int(q, view->conflict);
        sql_int(q, view->sensitive);
        sql_id(q, &view->parent);
        sql_text(q, view->parent_question);
        sql_text(q, view->search);
        sql_text(q, view->ugel);
        sql_text(q, view->due);
        sql_int(q, view->open);
        sql_int(q, view->done);
        sql_text(q, view->unique_key);
        if (view->merged)
                sql_text(q, view->merged);
        else
                sql_null(q);
        sql_int(q, view->heads);
        sql_int(q, view->missing);
}

static enum err_code view_write(struct store *store, const struct store_record *view, struct err *err)
{
        char *key = title_key(view->title ? view->title : "");
        struct sql q = sql_use(store, SQL_RECORD_SET);
        view_bind(&q, view, key);
        enum err_code rc = sql_run(&q, err);
        free(key);
        return rc;
}

static enum err_code links_add(struct store *store, const struct id *from, const struct store_link *links, int n, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; i < n && rc == ERR_OK; i++) {
                struct sql q = sql_use(store, store->loose ? SQL_LINK_LOOSE : SQL_LINK_ADD);
                sql_id(&q, from);
                sql_int(&q, i);
                sql_text(&q, links[i].question);
                sql_id(&q, &links[i].to);
                rc = sql_run(&q, err);
        }
        return rc;
}

static enum err_code links_write(struct store *store, const struct id *from, const struct store_link *links,
                                 int n, struct err *err)
{
        struct sql q = sql_use(store, SQL_LINKS_FORGET);
        sql_id(&q, from);
        enum err_code rc = sql_run(&q, err);
        return rc == ERR_OK ? links_add(store, from, links, n, err) : rc;
}

enum err_code record_write(struct store *store, const struct store_record *view,
                           const struct store_link *links, int links_n, struct err *err)
{
        enum wording wording;
        enum err_code rc = wording_of(store, view, &wording, err);
        if (rc == ERR_OK && wording == WORDS_OTHER)
                rc = words_run(store, SQL_WORDS_FORGET, &view->id, err);
        if (rc == ERR_OK)
                rc = view_write(store, view, err);
        if (rc == ERR_OK && (wording == WORDS_NEW || wording == WORDS_OTHER))
                rc = words_run(store, SQL_WORDS_ADD, &view->id, err);
        return rc == ERR_OK ? links_write(store, &view->id, links, links_n, err) : rc;
}

enum err_code store_record_set(struct store *store, const struct store_record *view,
                               const struct store_link *links, int links_n, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        return write_end(store, record_write(store, view, links, links_n, err), err);
}

static enum err_code record_add(struct store *store, const struct store_record *view, bool entity, int64_t arrival,
                                const struct store_link *links, int links_n, int64_t *ret_pk, struct err *err)
{
        char *key = title_key(view->title ? view->title : "");
        struct sql q = sql_use(store, SQL_RECORD_ADD);
        view_bind(&q, view, key);
        sql_int(&q, entity);
        sql_int(&q, arrival);
        enum err_code rc = sql_run(&q, err);
        *ret_pk = sqlite3_last_insert_rowid(store->db);
        free(key);
        if (rc == ERR_OK && store->words_from < 0)
                rc = words_run(store, SQL_WORDS_ADD, &view->id, err);
        return rc == ERR_OK ? links_add(store, &view->id, links, links_n, err) : rc;
}

enum err_code store_record_add(struct store *store, const struct store_record *view, bool entity, int64_t arrival,
                               const struct store_link *links, int links_n, int64_t *ret_pk, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        return write_end(store, record_add(store, view, entity, arrival, links, links_n, ret_pk, err), err);
}

static enum err_code record_forget(struct store *store, const struct id *id, struct err *err)
{
        enum err_code rc = words_run(store, SQL_WORDS_FORGET, id, err);
        if (rc == ERR_OK)
                rc = words_run(store, SQL_LINKS_FORGET, id, err);
        return rc == ERR_OK ? words_run(store, SQL_RECORD_FORGET, id, err) : rc;
}

enum err_code store_record_forget(struct store *store, const struct id *id, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        return rc == ERR_OK ? write_end(store, record_forget(store, id, err), err) : rc;
}

enum err_code store_views_clear(struct store *store, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        /* What is emptied whole needs no trigger to count it down row by row. */
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
        rc = sql_exec(store,
                      "DELETE FROM record; DELETE FROM link; DELETE FROM tally; "
                      "INSERT INTO words (words) VALUES ('delete-all')",
                      err);
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
        if (store->words_from > 0)
                store->words_from = 0; /* rows are numbered from the beginning again */
        return write_end(store, rc, err);
}

void record_read(struct sql *q, struct arena *arena, struct store_record *ret)
{
        *ret = (struct store_record){
                .id = sql_read_id(q, 0),
                .form = sql_read_text(q, 1, arena),
                .form_hash = sql_read_hash(q, 2),
                .revision = sql_read_hash(q, 3),
                .title = sql_read_text(q, 4, arena),
                .school = sql_read_ref(q, 5, arena),
                .subject = sql_read_ref(q, 6, arena),
                .school_title = sql_read_text(q, 7, arena),
                .date = sql_read_text(q, 8, arena),
                .author = sql_read_ref(q, 9, arena),
                .state = (enum record_state)sql_read_int(q, 10),
                .conflict = (int)sql_read_int(q, 11),
                .sensitive = sql_read_int(q, 12),
                .parent = sql_read_id(q, 13),
                .parent_question = sql_read_text(q, 14, arena),
                .search = sql_read_text(q, 15, arena),
                .ugel = sql_read_text(q, 16, arena),
                .due = sql_read_text(q, 17, arena),
                .open = sql_read_int(q, 18),
                .done = sql_read_int(q, 19),
                .unique_key = sql_read_text(q, 20, arena),
                .merged = sql_is_null(q, 21) ? NULL : sql_read_text(q, 21, arena),
                .heads = (int)sql_read_int(q, 22),
                .missing = (int)sql_read_int(q, 23),
        };
}

/* The one row of a bound statement. False: there is none. */
static enum err_code record_one(struct sql *q, struct arena *arena, struct store_record *ret, bool *ret_found,
                                struct err *err)
{
        struct store_record record;
        bool found = sql_next(q);
        if (found)
                record_read(q, arena, &record);
        enum err_code rc = sql_end(q, err);
        if (rc != ERR_OK)
                return rc;
        *ret_found = found;
        if (found)
                *ret = record;
        return ERR_OK;
}

enum err_code store_record_get(struct store *store, const struct id *id, struct arena *arena,
                               struct store_record *ret, struct err *err)
{
        char code[CODE_TEXT];
        bool found;
        struct sql q = sql_use(store, SQL_RECORD_GET);
        sql_id(&q, id);
        enum err_code rc = record_one(&q, arena, ret, &found, err);
        if (rc != ERR_OK || found)
                return rc;
        return err_set(err, ERR_NOT_FOUND,
                       _("El registro %s no está en estos datos; puede llegar en un próximo paquete."),
                       id_code(id, code));
}

enum err_code store_record_previous(struct store *store, const char *form, const char *subject,
                                    const char *date, const struct id *except, struct arena *arena,
                                    struct store_record *ret, struct err *err)
{
        bool found;
        struct sql q = sql_use(store, SQL_RECORD_PREVIOUS);
        sql_text(&q, form);
        sql_ref(&q, subject);
        sql_text(&q, date);
        sql_id(&q, except);
        enum err_code rc = record_one(&q, arena, ret, &found, err);
        if (rc != ERR_OK || found)
                return rc;
        return err_set(err, ERR_NOT_FOUND, _("No hay un registro anterior de «%s» sobre lo mismo."), form);
}

enum err_code store_record_by_key(struct store *store, const char *form, const char *key, const struct id *except,
                                  struct arena *arena, struct store_record *ret, struct err *err)
{
        bool found;
        struct sql q = sql_use(store, SQL_RECORD_BY_KEY);
        sql_text(&q, form);
        sql_text(&q, key);
        sql_id(&q, except);
        enum err_code rc = record_one(&q, arena, ret, &found, err);
        if (rc != ERR_OK || found)
                return rc;
        return err_set(err, ERR_NOT_FOUND, _("No hay otro registro de «%s» con la clave %s."), form, key);
}

enum err_code store_links_to(struct store *store, const struct id *to, struct arena *arena,
                             struct store_link **ret, int *ret_n, struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct store_link)};
        struct sql q = sql_use(store, SQL_LINKS_TO);
        sql_id(&q, to);
        while (sql_next(&q)) {
                struct store_link *link = rows_add(&rows);
                link->question = sql_read_text(&q, 0, arena);
                link->to = sql_read_id(&q, 1);
        }
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}
