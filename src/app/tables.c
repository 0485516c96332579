/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records as tables: one row for each record, one column for each answer.
 * Choices stand as their codes, which do not change with the wording of a
 * form; references as the title of what they name.  The rows of a repeat are a
 * table of their own: "cap_sesion/participantes".
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app/sent.h"
#include "base/json.h"

enum { FIXED_COLUMNS = 6 };

static enum cell_kind kind_of(const struct node *node)
{
        if (node->type == NODE_CALCULATE)
                return CELL_NUMBER; /* those that are not numbers are written as text all the same */
        switch (node_type_info(node->type)->kind) {
        case VALUE_NUMBER: return CELL_NUMBER;
        case VALUE_DATE: return CELL_DATE;
        case VALUE_SEQUENCE: return CELL_NUMBER; /* how many rows */
        default: return CELL_TEXT;
        }
}

static const char *label_of(const struct node *node)
{
        return *node->label.plain ? node->label.plain : node->name;
}

static bool is_column(const struct node *node, int scope, bool sensitive)
{
        return node->scope == scope && node_has_answer(node) && (sensitive || !(node->flags & NODE_SENSITIVE));
}

/* The words of the codes of a choice: «1 = Nivel I; 2 = Nivel II». */
static void explain_codes(struct table *table, int column, const struct choice_list *list)
{
        struct str text = STR_INIT;
        for (int i = 0; list && i < list->n; i++)
                str_addf(&text, "%s%s = %s", i ? "; " : "", list->choices[i].name, list->choices[i].label);
        table_explain(table, column, text.text);
        str_release(&text);
}

static void add_columns(struct table *table, const struct form *form, int scope, bool sensitive)
{
        table_add_column(table, "codigo", _("Código"), CELL_TEXT);
        table_add_column(table, "registro", _("Registro"), CELL_TEXT);
        table_add_column(table, "estado_registro", _("Estado"), CELL_TEXT);
        table_add_column(table, "titulo", _("Título"), CELL_TEXT);
        table_add_column(table, "version_ficha", _("Versión de la ficha"), CELL_TEXT);
        table_add_column(table, "fila", _("Fila"), CELL_NUMBER);
        for (int i = 1; i < form->nodes_n; i++) {
                const struct node *node = &form->nodes[i];
                if (!is_column(node, scope, sensitive))
                        continue;
                table_add_column(table, node->name, label_of(node), kind_of(node));
                explain_codes(table, table->columns_n - 1, node->list);
        }
}

static const char *cell_text(struct app *app, const struct node *node, const json_t *answer, struct arena *arena)
{
        struct str text = STR_INIT;
        if (json_is_array(answer) && (node->type == NODE_REPEAT || node->type == NODE_CHILDREN)) {
                str_addf(&text, "%zu", json_array_size(answer));
        } else if (json_is_array(answer)) {
                for (size_t i = 0; i < json_array_size(answer); i++)
                        str_addf(&text, "%s%s", i ? " " : "", json_string_value(json_array_get(answer, i)));
        } else if (json_is_string(answer)) {
                const char *string = json_string_value(answer);
                bool reference = node->type == NODE_REFERENCE || node->type == NODE_USERNAME;
                str_add(&text, reference ? record_title(app, string, arena) : string);
        } else {
                json_write(&text, answer);
        }
        const char *kept = arena_strdup(arena, text.text);
        str_release(&text);
        return kept;
}

/* One row from one object of answers. The columns are those of the form's current version; by name. */
static void add_row(struct app *app, struct table *table, const struct store_record *record,
                    const struct form *form, const json_t *answers, int position)
{
        struct arena arena = {0};
        char code[CODE_TEXT], id[ID_TEXT], number[12];
        int row = table_add_row(table);
        snprintf(number, sizeof number, "%d", position);
        table_set(table, row, 0, id_code(&record->id, code));
        table_set(table, row, 1, id_format(&record->id, id));
        table_set(table, row, 2, record_state_word(record->state));
        table_set(table, row, 3, record->title);
        table_set(table, row, 4, form->version);
        table_set(table, row, 5, number);
        for (int column = FIXED_COLUMNS; column < table->columns_n; column++) {
                const json_t *answer = json_object_get(answers, table->columns[column].name);
                int node = form_find(form, table->columns[column].name);
                if (answer && node >= 0)
                        table_set(table, row, column, cell_text(app, &form->nodes[node], answer, &arena));
        }
        arena_release(&arena);
}

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

static enum err_code for_each_record(struct app *app, const char *form, bool sensitive, each_record *each,
                                     void *ctx, struct err *err)
{
        struct store_query query = {.form = form, .order = ORDER_TITLE, .sensitive = sensitive};
        struct each_call call = {app, each, ctx};
        return store_walk(app->store, &query, NULL, 0, with_answers, &call, err);
}

struct filling {
        struct table *table;
        const char *repeat; /* NULL: the records themselves */
};

static enum err_code fill_table(struct app *app, const struct store_record *record, const struct form *form,
                                const json_t *answers, void *ctx, struct err *err)
{
        struct filling *filling = ctx;
        (void)err;
        if (!filling->repeat) {
                add_row(app, filling->table, record, form, answers, 1);
                return ERR_OK;
        }
        const json_t *rows = json_object_get(answers, filling->repeat);
        for (size_t i = 0; i < json_array_size(rows); i++)
                add_row(app, filling->table, record, form, json_array_get(rows, i), (int)i + 1);
        return ERR_OK;
}

static enum err_code find_scope(const struct form *form, const char *repeat, int *ret_scope, struct err *err)
{
        int node = repeat ? form_find(form, repeat) : 0;
        if (repeat && (node < 0 || form->nodes[node].type != NODE_REPEAT))
                return err_set(err, ERR_NOT_FOUND, _("la ficha %s no tiene el grupo repetido «%s»"), form->id, repeat);
        *ret_scope = repeat ? form->nodes[node].opens_scope : 0;
        return ERR_OK;
}

/* «Participantes · Bitácora de sesión» for the rows of a repeat. */
static void init_table(struct table *table, const struct form *form, int scope)
{
        char *title = scope ? xasprintf("%s · %s", label_of(&form->nodes[form->scopes[scope].node]), form->title)
                            : xstrdup(form->title);
        table_init(table, title);
        free(title);
}

enum err_code records_table(struct app *app, const char *name, bool sensitive, struct table *ret, struct err *err)
{
        const char *slash = strchr(name, '/');
        char *id = slash ? xstrndup(name, (size_t)(slash - name)) : xstrdup(name);
        const struct form *form;
        int scope = 0;
        enum err_code rc = app_form(app, id, &form, err);
        if (rc == ERR_OK)
                rc = find_scope(form, slash ? slash + 1 : NULL, &scope, err);
        if (rc == ERR_OK) {
                struct filling filling = {.table = ret, .repeat = slash ? slash + 1 : NULL};
                init_table(ret, form, scope);
                add_columns(ret, form, scope, sensitive);
                rc = for_each_record(app, id, sensitive, fill_table, &filling, err);
                if (rc != ERR_OK)
                        table_release(ret);
        }
        free(id);
        return rc;
}

/* The repeats whose rows are tables of their own, in the order of the form. */
static bool is_table(const struct node *node, bool sensitive)
{
        return node->type == NODE_REPEAT && node->scope == 0 && (sensitive || !(node->flags & NODE_SENSITIVE));
}

enum err_code records_book(struct app *app, const char *id, bool sensitive, struct table *ret, struct err *err)
{
        const struct form *form;
        enum err_code rc = app_form(app, id, &form, err);
        if (rc == ERR_OK)
                rc = records_table(app, id, sensitive, ret, err);
        if (rc != ERR_OK)
                return rc;
        struct table **more = &ret->more;
        for (int i = 1; i < form->nodes_n && rc == ERR_OK; i++) {
                if (!is_table(&form->nodes[i], sensitive))
                        continue;
                char *name = xasprintf("%s/%s", id, form->nodes[i].name);
                *more = xcalloc(1, sizeof **more);
                rc = records_table(app, name, sensitive, *more, err);
                more = &(*more)->more;
                free(name);
        }
        if (rc != ERR_OK)
                table_release(ret);
        return rc;
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
                rc = for_each_record(app, form, false, list_record, &listing, err);
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
                table_set(table, row, 1, cell_text(app, node, before, arena));
        if (after)
                table_set(table, row, 2, cell_text(app, node, after, arena));
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
