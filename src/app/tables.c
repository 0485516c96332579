/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of records with a filter, and what changed between two revisions.  Whole records as tables: record_tables.c. */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app/sent.h"
#include "base/json.h"

/* Call `each` with every record of a form by title; stops at a failure. */
typedef enum err_code each_record(struct app *app, const struct store_record *record, const struct form *form,
                                  const json_t *answers, void *ctx, struct err *err);

struct each_call { struct app *app; each_record *each; void *ctx; };

static enum err_code with_answers(void *ctx, const struct store_record *record, const char *const *texts, struct err *err)
{
        struct each_call *call = ctx;
        const struct form *version;
        const json_t *answers = app_answers(call->app, &record->id, &version);
        (void)texts;
        return answers ? call->each(call->app, record, version, answers, call->ctx, err) : ERR_OK;
}

static enum err_code for_each_record(struct app *app, const char *form, each_record *each, void *ctx, struct err *err)
{
        struct store_query query = {.form = form, .order = ORDER_TITLE};
        struct each_call call = {app, each, ctx};
        return store_walk(app->store, &query, NULL, 0, with_answers, &call, err);
}

/* ---- Lists with a filter ---- */

struct listing {
        struct table *table;
        const char *filter;       /* NULL: all */
        const struct form *form;  /* the version that `parsed` belongs to */
        const struct expr *parsed; /* NULL: that version lacks a name that the filter uses */
        struct sent *sent;
        struct arena arena;
};

static bool filter_name(void *ctx, const char *name, int *ret_ref, enum expr_name_kind *ret_kind)
{
        const struct form *form = ctx;
        int node = form_find(form, name);
        if (node < 0)
                return false;
        *ret_ref = node;
        *ret_kind = form->nodes[node].opens_scope >= 0 ? EXPR_NAME_REPEAT
                    : form->nodes[node].scope ? EXPR_NAME_SEQUENCE : EXPR_NAME_VALUE;
        return true;
}

static enum err_code parse_filter(struct listing *listing, const struct form *form, struct err *err)
{
        struct expr_names names = {.ctx = (void *)(uintptr_t)form, .answer = filter_name};
        listing->form = form;
        listing->parsed = NULL;
        return expr_parse(listing->filter, strlen(listing->filter), &names, &listing->arena, &listing->parsed, err);
}

/* Records of older versions are tested with the filter read against their own. */
static bool passes(struct app *app, struct listing *listing, const struct store_record *record, const struct form *form)
{
        struct record_view view;
        struct arena arena = {0};
        if (!listing->filter)
                return true;
        if (listing->form != form)
                parse_filter(listing, form, NULL);
        if (!listing->parsed || record_open(app, &record->id, &view, NULL) != ERR_OK)
                return false;
        bool yes = session_test(view.session, listing->parsed, &arena);
        record_view_release(&view);
        arena_release(&arena);
        return yes;
}

static enum err_code list_record(struct app *app, const struct store_record *record, const struct form *form,
                                 const json_t *answers, void *ctx, struct err *err)
{
        struct listing *listing = ctx;
        char id[ID_TEXT], code[CODE_TEXT];
        (void)answers;
        (void)err;
        if (!passes(app, listing, record, form))
                return ERR_OK;
        int row = table_add_row(listing->table);
        table_set(listing->table, row, 0, id_code(&record->id, code));
        table_set(listing->table, row, 1, record->form);
        table_set(listing->table, row, 2, record->date);
        table_set(listing->table, row, 3, record->title);
        table_set(listing->table, row, 4, record->school_title);
        table_set(listing->table, row, 5, record_state_word(record->state));
        table_set(listing->table, row, 6, sent_word(sent_of(listing->sent, record)));
        table_set(listing->table, row, 7, id_format(&record->id, id));
        return ERR_OK;
}

static enum err_code check_filter(struct app *app, const char *id, struct listing *listing, struct err *err)
{
        const struct form *form;
        if (!listing->filter)
                return ERR_OK;
        if (!id)
                return err_set(err, ERR_USAGE, _("un filtro necesita saber de qué ficha: añada --formulario"));
        enum err_code rc = app_form(app, id, &form, err);
        if (rc != ERR_OK)
                return rc;
        rc = parse_filter(listing, form, err);
        return rc == ERR_OK ? rc : err_wrap(err, _("filtro, columna %d"), err->column);
}

enum err_code records_list_table(struct app *app, const char *form, const char *filter, struct table *ret,
                                 struct err *err)
{
        struct listing listing = {.table = ret, .filter = filter};
        struct hash known;
        enum err_code rc = form ? app_form_hash(app, form, &known, err) : ERR_OK;
        if (rc == ERR_OK)
                rc = check_filter(app, form, &listing, err);
        if (rc == ERR_OK)
                rc = sent_load(app, &listing.sent, err);
        if (rc == ERR_OK) {
                table_init(ret, _("Registros"));
                table_add_column(ret, "codigo", _("Código"), CELL_TEXT);
                table_add_column(ret, "formulario", _("Ficha"), CELL_TEXT);
                table_add_column(ret, "fecha", _("Fecha"), CELL_DATE);
                table_add_column(ret, "titulo", _("Título"), CELL_TEXT);
                table_add_column(ret, "ie", _("Institución"), CELL_TEXT);
                table_add_column(ret, "estado", _("Estado"), CELL_TEXT);
                table_add_column(ret, "envio", _("Envío"), CELL_TEXT);
                table_add_column(ret, "registro", _("Registro"), CELL_TEXT);
                rc = for_each_record(app, form, list_record, &listing, err);
                if (rc != ERR_OK)
                        table_release(ret);
        }
        sent_free(listing.sent);
        arena_release(&listing.arena);
        return rc;
}

/* ---- What changed ---- */

static void add_change(struct app *app, struct table *table, const struct node *node, const json_t *before,
                       const json_t *after, struct arena *arena)
{
        int row = table_add_row(table);
        table_set(table, row, 0, *node->label.plain ? node->label.plain : node->name);
        if (before)
                table_set(table, row, 1, answer_cell(app, node, before, arena));
        if (after)
                table_set(table, row, 2, answer_cell(app, node, after, arena));
}

static enum err_code answers_of(struct app *app, const struct hash *revision, json_t **ret, struct err *err)
{
        struct arena arena = {0};
        const char *body;
        enum err_code rc = store_revision_body(app->store, revision, &arena, &body, err);
        if (rc == ERR_OK)
                rc = revision_answers(body, ret, err);
        arena_release(&arena);
        return rc;
}

enum err_code record_changes(struct app *app, const struct form *form, const struct hash *before,
                             const struct hash *after, struct table *ret, struct err *err)
{
        struct arena arena = {0};
        json_t *old = NULL, *new = NULL;
        enum err_code rc = before ? answers_of(app, before, &old, err) : ERR_OK;
        if (rc == ERR_OK)
                rc = answers_of(app, after, &new, err);
        if (rc == ERR_OK) {
                table_init(ret, _("Cambios"));
                table_add_column(ret, "pregunta", _("Pregunta"), CELL_TEXT);
                table_add_column(ret, "antes", _("Antes"), CELL_TEXT);
                table_add_column(ret, "despues", _("Después"), CELL_TEXT);
                for (int i = 1; i < form->nodes_n; i++) {
                        const struct node *node = &form->nodes[i];
                        const json_t *a = json_object_get(old, node->name), *b = json_object_get(new, node->name);
                        bool ours = node->type == NODE_HIDDEN && !*node->label.plain; /* nothing that people read */
                        if ((a || b) && node->scope == 0 && !ours && !json_equal(a, b))
                                add_change(app, ret, node, a, b, &arena);
                }
        }
        json_decref(old);
        json_decref(new);
        arena_release(&arena);
        return rc;
}
