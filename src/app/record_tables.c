/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records as tables, a batch at a time (contract in app/app.h).
 *
 *      the form ── parts: "" itself, its repeats, its children ──► one table after another
 *      of each table: a page of records by title ── answers ──► rows
 *
 * Each table walks the records again from the start; of a walk only the record
 * where the page ended is remembered.
 */
#include "record_tables.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 200 }; /* records of a batch */

/* ---- Which tables ---- */

static bool is_part(const struct records_tables *t, const struct node *node)
{
        bool has_rows = node->type == NODE_REPEAT || node->type == NODE_CHILDREN;
        const struct form *children;
        if (!has_rows || node->scope != 0 || !node_has_answer(node) ||
            (!t->wish.sensitive && node->flags & NODE_SENSITIVE))
                return false;
        return node->type == NODE_REPEAT ||
               (app_form(t->app, node->to, &children, NULL) == ERR_OK && (t->wish.sensitive || !children->sensitive));
}

static void list_parts(struct records_tables *t)
{
        t->parts = ARENA_ARRAY(&t->arena, struct part, t->form->nodes_n);
        t->parts[t->parts_n++] = (struct part){t->form->id, 0};
        for (int i = 1; i < t->form->nodes_n; i++)
                if (is_part(t, &t->form->nodes[i]))
                        t->parts[t->parts_n++] = (struct part){
                                arena_printf(&t->arena, "%s/%s", t->form->id, t->form->nodes[i].name), i};
}

static enum err_code keep_only(struct records_tables *t, struct err *err)
{
        for (int i = 0; i < t->parts_n; i++)
                if (strcmp(t->parts[i].name, t->wish.form) == 0) {
                        t->parts[0] = t->parts[i];
                        t->parts_n = 1;
                        return ERR_OK;
                }
        struct str names = STR_INIT;
        for (int i = 1; i < t->parts_n; i++)
                str_addf(&names, "%s%s", i > 1 ? ", " : "", strchr(t->parts[i].name, '/') + 1);
        err_set(err, ERR_NOT_FOUND, names.len ? _("la ficha %s no tiene la tabla «%s»; tiene estas: %s")
                                              : _("la ficha %s no tiene la tabla «%s», ni otra además de la suya%s"),
                t->form->id, strchr(t->wish.form, '/') + 1, names.text);
        str_release(&names);
        return ERR_NOT_FOUND;
}

enum err_code records_tables_open(struct app *app, const struct records_wish *wish, struct records_tables **ret,
                                  struct err *err)
{
        struct records_tables *t = xcalloc(1, sizeof *t);
        t->app = app;
        t->wish = *wish;
        t->part = -1;
        enum err_code rc = app_form(app, arena_strndup(&t->arena, wish->form, strcspn(wish->form, "/")), &t->form, err);
        if (rc == ERR_OK)
                list_parts(t);
        if (rc == ERR_OK && strchr(wish->form, '/'))
                rc = keep_only(t, err);
        if (rc == ERR_OK)
                rc = sent_load(app, &t->sent, err);
        if (rc != ERR_OK)
                records_tables_close(t);
        else
                *ret = t;
        return rc;
}

void records_tables_close(struct records_tables *t)
{
        if (!t)
                return;
        table_release(&t->table);
        free(t->sources);
        sent_free(t->sent);
        arena_release(&t->arena);
        arena_release(&t->page);
        arena_release(&t->last_arena);
        free(t);
}

int records_tables_n(const struct records_tables *tables)
{
        return tables->parts_n;
}

const char *records_tables_name(const struct records_tables *tables, int index)
{
        return tables->parts[index].name;
}

/* ---- One after another ---- */

enum err_code records_tables_next(struct records_tables *t, const struct table **ret, struct err *err)
{
        table_release(&t->table);
        if (++t->part >= t->parts_n) {
                *ret = NULL;
                return ERR_OK;
        }
        const struct node *node = &t->form->nodes[t->parts[t->part].node];
        enum err_code rc = ERR_OK;
        t->rows_form = t->form;
        if (node->type == NODE_CHILDREN && node->index)
                rc = app_form(t->app, node->to, &t->rows_form, err);
        if (rc != ERR_OK)
                return rc;
        /* «Participantes · Bitácora de sesión» */
        table_init(&t->table, node->index ? arena_printf(&t->arena, "%s · %s", records_label(node), t->form->title)
                                          : t->form->title);
        records_add_columns(t, node->index && node->type == NODE_REPEAT ? node->opens_scope : 0);
        t->walking = false;
        *ret = &t->table;
        return ERR_OK;
}

static struct store_query page_query(const struct records_tables *t)
{
        return (struct store_query){.form = t->form->id, .order = ORDER_TITLE, .sensitive = t->wish.sensitive,
                                    .ugel = t->wish.ugel, .date_from = t->wish.from, .date_to = t->wish.to,
                                    .annulled = t->wish.state == RECORD_ANULADO,
                                    .after = t->walking ? &t->last : NULL, .limit = PAGE};
}

/* The list is asked for what comes after its id and title. */
static void remember(struct records_tables *t, const struct store_record *record)
{
        char *title = xstrdup(record->title);
        arena_clear(&t->last_arena);
        t->last = (struct store_record){.id = record->id, .title = arena_strdup(&t->last_arena, title)};
        t->walking = true;
        free(title);
}

enum err_code records_tables_rows(struct records_tables *t, bool *ret_more, struct err *err)
{
        struct store_query query = page_query(t);
        struct store_record *records;
        int n;
        table_clear_rows(&t->table);
        arena_clear(&t->page);
        enum err_code rc = store_record_list(t->app->store, &query, &t->page, &records, &n, err);
        if (rc != ERR_OK)
                return rc;
        for (int i = 0; i < n; i++)
                if (t->wish.state < 0 || records[i].state == (enum record_state)t->wish.state)
                        records_add_rows(t, &records[i]);
        if (n)
                remember(t, &records[n - 1]);
        *ret_more = n == PAGE;
        return ERR_OK;
}
