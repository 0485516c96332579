/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns, cells and rows of records as tables (contract in app/app.h). */
#include "record_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

enum fixed { CODE, RECORD, PARENT, STATE, SENT, TITLE, VERSION, POSITION, FIXED_COLUMNS };

static const struct { const char *name, *title; enum cell_kind kind; } fixed_columns[FIXED_COLUMNS] = {
        [CODE] = {"codigo", "Código", CELL_TEXT},
        [RECORD] = {"registro", "Registro", CELL_TEXT},
        [PARENT] = {"registro_padre", "Registro al que pertenece", CELL_TEXT},
        [STATE] = {"estado_registro", "Estado", CELL_TEXT},
        [SENT] = {"envio", "Envío", CELL_TEXT},
        [TITLE] = {"titulo", "Título", CELL_TEXT},
        [VERSION] = {"version_ficha", "Versión de la ficha", CELL_TEXT},
        [POSITION] = {"fila", "Fila", CELL_NUMBER},
};

/* ---- Columns ---- */

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

const char *records_label(const struct node *node)
{
        return *node->label.plain ? node->label.plain : node->name;
}

static bool is_reference(const struct node *node)
{
        return node->type == NODE_REFERENCE || node->type == NODE_USERNAME;
}

/* The words of the codes of a choice: «1 = Nivel I; 2 = Nivel II». */
static void explain_codes(struct table *table, const struct choice_list *list)
{
        struct str text = STR_INIT;
        for (int i = 0; i < list->n; i++)
                str_addf(&text, "%s%s = %s", i ? "; " : "", list->choices[i].name, list->choices[i].label);
        table_explain(table, table->columns_n - 1, text.text);
        str_release(&text);
}

/* A question called as one of ours is told apart by its form: "plan_visitas.registro".  Ours keep their names, so that
 * whoever reads many tables finds them in all. */
static char *column_name(const struct records_tables *t, const struct node *node, const char *suffix)
{
        for (int i = 0; i < FIXED_COLUMNS; i++)
                if (strcmp(fixed_columns[i].name, node->name) == 0)
                        return xasprintf("%s.%s%s", t->rows_form->id, node->name, suffix);
        return xasprintf("%s%s", node->name, suffix);
}

static void add_column(struct records_tables *t, const struct node *node, enum taken taken, const char *suffix,
                       const char *heading)
{
        char *name = column_name(t, node, suffix);
        char *title = *heading ? xasprintf("%s (%s)", records_label(node), heading) : xstrdup(records_label(node));
        int at = t->table.columns_n - FIXED_COLUMNS;
        table_add_column(&t->table, name, title, taken == TAKE_CODES ? kind_of(node) : CELL_TEXT);
        t->sources = xrealloc(t->sources, (size_t)(at + 1) * sizeof *t->sources);
        t->sources[at] = (struct source){node->name, taken};
        free(name);
        free(title);
}

static void add_question(struct records_tables *t, const struct node *node)
{
        bool reading = t->wish.reading;
        if (node->list && reading) {
                add_column(t, node, TAKE_LABELS, "", "");
        } else if (node->list) {
                add_column(t, node, TAKE_CODES, "", "");
                explain_codes(&t->table, node->list);
                add_column(t, node, TAKE_LABELS, ".texto", _("texto"));
        } else if (is_reference(node)) {
                add_column(t, node, TAKE_TITLE, "", "");
                if (!reading)
                        add_column(t, node, TAKE_ID, ".id", _("registro"));
        } else {
                add_column(t, node, TAKE_CODES, "", "");
        }
}

void records_add_columns(struct records_tables *t, int scope)
{
        for (int i = 0; i < FIXED_COLUMNS; i++)
                table_add_column(&t->table, fixed_columns[i].name, fixed_columns[i].title, fixed_columns[i].kind);
        for (int i = 1; i < t->rows_form->nodes_n; i++) {
                const struct node *node = &t->rows_form->nodes[i];
                if (node->scope == scope && node_has_answer(node) &&
                    (t->wish.sensitive || !(node->flags & NODE_SENSITIVE)))
                        add_question(t, node);
        }
}

/* ---- Cells ---- */

const char *answer_cell(struct app *app, const struct node *node, const json_t *answer, struct arena *arena)
{
        struct str text = STR_INIT;
        if (json_is_array(answer) && (node->type == NODE_REPEAT || node->type == NODE_CHILDREN)) {
                str_addf(&text, "%zu", json_array_size(answer));
        } else if (json_is_array(answer)) {
                for (size_t i = 0; i < json_array_size(answer); i++)
                        str_addf(&text, "%s%s", i ? " " : "", json_string_value(json_array_get(answer, i)));
        } else if (json_is_string(answer)) {
                const char *string = json_string_value(answer);
                str_add(&text, is_reference(node) ? record_title(app, string, arena) : string);
        } else {
                json_write(&text, answer);
        }
        const char *kept = arena_strdup(arena, text.text);
        str_release(&text);
        return kept;
}

/* A code that the list of its version does not have stands for itself. */
static void add_label(struct str *out, const struct choice_list *list, const json_t *code)
{
        const char *name = json_string_value(code);
        const struct choice *choice = list && name ? choice_list_find(list, name) : NULL;
        str_addf(out, "%s%s", out->len ? "; " : "", choice && *choice->label ? choice->label : name ? name : "");
}

static const char *labels_cell(const struct node *node, const json_t *answer, struct arena *arena)
{
        struct str text = STR_INIT;
        for (size_t i = 0; i < json_array_size(answer); i++)
                add_label(&text, node->list, json_array_get(answer, i));
        if (json_is_string(answer))
                add_label(&text, node->list, answer);
        const char *kept = arena_strdup(arena, text.text);
        str_release(&text);
        return kept;
}

/* Whether a child may be told of. In the arena of the page. */
static bool read_child(struct records_tables *t, const char *text, struct store_record *ret)
{
        struct id id;
        return text && id_parse(text, &id) && store_record_get(t->app->store, &id, &t->page, ret, NULL) == ERR_OK &&
               ret->state != RECORD_ANULADO && (!ret->sensitive || t->wish.sensitive);
}

static const char *count_children(struct records_tables *t, const json_t *answer)
{
        struct store_record child;
        int n = 0;
        for (size_t i = 0; i < json_array_size(answer); i++)
                n += read_child(t, json_string_value(json_array_get(answer, i)), &child);
        return arena_printf(&t->page, "%d", n);
}

static const char *cell_of(struct records_tables *t, const struct node *node, enum taken taken, const json_t *answer)
{
        switch (taken) {
        case TAKE_LABELS: return labels_cell(node, answer, &t->page);
        case TAKE_ID: return json_is_string(answer) ? json_string_value(answer) : "";
        case TAKE_CODES:
        case TAKE_TITLE: break;
        }
        return node->type == NODE_CHILDREN ? count_children(t, answer) : answer_cell(t->app, node, answer, &t->page);
}

/* A row from one object of answers, of a record filled with any version of its form: by name. */
static void add_row(struct records_tables *t, const struct store_record *record, const struct form *version,
                    const struct id *parent, const json_t *answers, int position)
{
        char code[CODE_TEXT], id[ID_TEXT];
        struct table *table = &t->table;
        int row = table_add_row(table);
        table_set(table, row, CODE, id_code(&record->id, code));
        table_set(table, row, RECORD, id_format(&record->id, id));
        if (!id_is_none(parent))
                table_set(table, row, PARENT, id_format(parent, id));
        table_set(table, row, STATE, record_state_word(record->state));
        table_set(table, row, SENT, sent_word(sent_of(t->sent, record)));
        table_set(table, row, TITLE, record->title);
        table_set(table, row, VERSION, version->version);
        table_set(table, row, POSITION, arena_printf(&t->page, "%d", position));
        for (int column = FIXED_COLUMNS; column < table->columns_n; column++) {
                const struct source *source = &t->sources[column - FIXED_COLUMNS];
                const json_t *answer = json_object_get(answers, source->question);
                int node = answer ? form_find(version, source->question) : -1;
                if (node >= 0)
                        table_set(table, row, column, cell_of(t, &version->nodes[node], source->taken, answer));
        }
}

/* ---- Rows of a record ---- */

static void add_child(struct records_tables *t, const struct id *parent, const char *text, int position)
{
        struct store_record child;
        const struct form *version;
        if (!read_child(t, text, &child))
                return;
        const json_t *answers = app_answers(t->app, &child.id, &version);
        if (answers)
                add_row(t, &child, version, parent, answers, position);
}

/* What is kept of other records may be forgotten while rows are made, so answers are held. */
void records_add_rows(struct records_tables *t, const struct store_record *record)
{
        const struct node *node = &t->form->nodes[t->parts[t->part].node];
        const struct form *version;
        json_t *answers = json_incref((json_t *)(uintptr_t)app_answers(t->app, &record->id, &version));
        if (node->index == 0 && answers)
                add_row(t, record, version, &record->parent, answers, 1);
        const json_t *rows = node->index ? json_object_get(answers, node->name) : NULL;
        for (size_t i = 0; i < json_array_size(rows); i++) {
                const json_t *row = json_array_get(rows, i);
                if (node->type == NODE_REPEAT)
                        add_row(t, record, version, &record->parent, row, (int)i + 1);
                else
                        add_child(t, &record->id, json_string_value(row), (int)i + 1);
        }
        json_decref(answers);
}
