/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Form versions.  A version is never changed or removed, since records point
 * at the one they were filled with; "current" only chooses which one new
 * records use, and a partial unique index keeps it to one for each id.
 */
#include <stdlib.h>

#include "store_priv.h"

/* -1 unknown, 0 kept but not current, 1 current. */
static enum err_code form_standing(struct store *store, const struct hash *hash, int *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_FORM_IS_CURRENT);
        sql_hash(&q, hash);
        int standing = sql_next(&q) ? (int)sql_read_int(&q, 0) : -1;
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = standing;
        return rc;
}

static enum err_code form_add(struct store *store, enum sql_name how, const struct store_form *form, const char *yaml,
                              struct err *err)
{
        char *key = title_key(form->title ? form->title : "");
        struct sql q = sql_use(store, how);
        sql_hash(&q, &form->hash);
        sql_text(&q, form->id);
        sql_text(&q, form->version);
        sql_text(&q, form->title);
        sql_text(&q, key);
        sql_text(&q, form->short_title);
        sql_int(&q, form->is_entity);
        sql_int(&q, form->sensitive);
        sql_text(&q, yaml);
        enum err_code rc = sql_run(&q, err);
        free(key);
        return rc;
}

/* Records may have arrived in a bundle before their form. */
static enum err_code form_kind(struct store *store, const struct store_form *form, struct err *err)
{
        struct sql q = sql_use(store, SQL_FORM_KIND);
        sql_int(&q, form->is_entity);
        sql_text(&q, form->id);
        return sql_run(&q, err);
}

static enum err_code form_write(struct store *store, const struct store_form *form, const char *yaml,
                                bool known, struct err *err)
{
        struct sql q = sql_use(store, SQL_FORM_RETIRE);
        sql_text(&q, form->id);
        enum err_code rc = sql_run(&q, err);
        if (rc != ERR_OK)
                return rc;
        if (known) {
                q = sql_use(store, SQL_FORM_SET_CURRENT);
                sql_hash(&q, &form->hash);
                return sql_run(&q, err);
        }
        rc = form_add(store, SQL_FORM_ADD, form, yaml, err);
        return rc == ERR_OK ? form_kind(store, form, err) : rc;
}

enum err_code store_form_put(struct store *store, const struct store_form *form, const char *yaml,
                             struct err *err)
{
        int standing;
        enum err_code rc = form_standing(store, &form->hash, &standing, err);
        if (rc != ERR_OK || standing == 1)
                return rc;
        rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        return write_end(store, form_write(store, form, yaml, standing == 0, err), err);
}

enum err_code store_form_keep(struct store *store, const struct store_form *form, const char *yaml, struct err *err)
{
        bool known;
        enum err_code rc = store_form_known(store, &form->hash, &known, err);
        if (rc != ERR_OK || known)
                return rc;
        rc = write_begin(store, err);
        return rc == ERR_OK ? write_end(store, form_add(store, SQL_FORM_KEEP, form, yaml, err), err) : rc;
}

enum err_code store_form_known(struct store *store, const struct hash *hash, bool *ret, struct err *err)
{
        int standing;
        enum err_code rc = form_standing(store, hash, &standing, err);
        if (rc == ERR_OK)
                *ret = standing >= 0;
        return rc;
}

enum err_code store_form_text(struct store *store, const struct hash *hash, struct arena *arena,
                              const char **ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_FORM_TEXT);
        sql_hash(&q, hash);
        const char *text = sql_next(&q) ? sql_read_text(&q, 0, arena) : NULL;
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        char hex[HASH_TEXT];
        if (!text)
                return err_set(err, ERR_NOT_FOUND,
                               _("Falta la versión %.8s… de un formulario. Pida a su UGEL el paquete "
                                 "que la trae e impórtelo."),
                               hash_format(hash, hex));
        *ret = text;
        return ERR_OK;
}

static enum err_code form_unknown(struct store *store, const char *id, struct err *err)
{
        struct arena arena = {0};
        struct rows ids = {.arena = &arena, .size = sizeof(const char *)};
        struct sql q = sql_use(store, SQL_FORM_IDS);
        while (sql_next(&q))
                *(const char **)rows_add(&ids) = sql_read_text(&q, 0, &arena);
        enum err_code rc = sql_end(&q, err);
        const char *near = ids.n ? str_nearest(id, ids.items, (size_t)ids.n) : NULL;
        if (rc == ERR_OK && near)
                rc = err_set(err, ERR_NOT_FOUND, _("No hay un formulario «%s». ¿Quiso decir «%s»?"), id,
                             near);
        else if (rc == ERR_OK)
                rc = err_set(err, ERR_NOT_FOUND,
                             _("No hay un formulario «%s». Vea los que hay con: "
                               "simae formularios listar"),
                             id);
        arena_release(&arena);
        return rc;
}

enum err_code store_form_current(struct store *store, const char *id, struct hash *ret, struct err *err)
{
        struct hash hash = {0};
        struct sql q = sql_use(store, SQL_FORM_CURRENT);
        sql_text(&q, id);
        bool found = sql_next(&q);
        if (found)
                hash = sql_read_hash(&q, 0);
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        if (!found)
                return form_unknown(store, id, err);
        *ret = hash;
        return ERR_OK;
}

static void form_read(struct sql *q, struct arena *arena, struct store_form *ret)
{
        *ret = (struct store_form){
                .hash = sql_read_hash(q, 0),
                .id = sql_read_text(q, 1, arena),
                .version = sql_read_text(q, 2, arena),
                .title = sql_read_text(q, 3, arena),
                .short_title = sql_read_text(q, 4, arena),
                .is_entity = sql_read_int(q, 5),
                .sensitive = sql_read_int(q, 6),
                .current = true,
                .records = sql_read_int(q, 7),
        };
}

enum err_code store_form_list(struct store *store, struct arena *arena, struct store_form **ret, int *ret_n,
                              struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct store_form)};
        struct sql q = sql_use(store, SQL_FORM_LIST);
        while (sql_next(&q))
                form_read(&q, arena, rows_add(&rows));
        enum err_code rc = sql_end(&q, err);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}
