/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The world of an expression over a reading: what env.c is for a session.
 *
 * Everything that it reads was worked out before it (see reading.c).  Texts for
 * people see references as their titles; attribute() in them is given the id back.
 */
#include "reading_priv.h"

struct title { const char *id, *title; struct title *next; };

struct scene {
        const struct reading *r;
        const struct read_row *row;
        bool words;
        struct title *titles; /* shown instead of ids so far */
};

/* ---- Answers ---- */

static bool is_list(const struct node *node)
{
        return node->type == NODE_REPEAT || node->type == NODE_CHILDREN;
}

static struct value item_of(const struct read_cell *cell, const struct node *node, int i)
{
        return node->type == NODE_REPEAT ? value_number(i + 1)
                                         : value_string(json_string_value(json_array_get(cell->ids, (size_t)i)));
}

static int gather_cell(const struct read_cell *cell, const struct node *node, struct value *out)
{
        if (!is_list(node)) {
                if (out)
                        *out = cell->shown ? cell->value : VALUE_NONE;
                return 1;
        }
        for (int i = 0; out && cell->shown && i < cell->n; i++)
                out[i] = item_of(cell, node, i);
        return cell->shown ? cell->n : 0;
}

/* Values of `node` in all rows at or below `row`; only counts when `out` is NULL. */
static int gather(const struct reading *r, const struct read_row *row, const struct node *node, struct value *out)
{
        int total = 0;
        if (row->scope == node->scope)
                return gather_cell(read_cell(r, row, node->index), node, out);
        const struct read_cell *cell = read_cell(r, row, read_repeat_toward(r->form, row->scope, node->scope));
        for (int i = 0; cell->shown && i < cell->n; i++)
                total += gather(r, cell->rows[i], node, out ? out + total : NULL);
        return total;
}

/* The nearest row around that encloses the scope: it, or what is above it. */
static const struct read_row *common_row(const struct reading *r, const struct read_row *row, int scope)
{
        for (; row->parent; row = row->parent)
                for (int at = scope; at >= 0; at = r->form->scopes[at].parent)
                        if (at == row->scope)
                                return row;
        return row;
}

static const struct read_row *row_of_scope(const struct read_row *row, int scope)
{
        while (row && row->scope != scope)
                row = row->parent;
        return row;
}

static const char *title_of(struct scene *scene, const char *id, struct arena *arena)
{
        const struct session_host *host = &scene->r->host;
        const char *title = host->record_title ? host->record_title(host->ctx, id, arena) : NULL;
        if (!title)
                return id;
        struct title *one = ARENA_NEW(arena, struct title);
        *one = (struct title){.id = id, .title = title, .next = scene->titles};
        scene->titles = one;
        return title;
}

static struct value env_answer(void *ctx, int ref, struct arena *arena)
{
        struct scene *scene = ctx;
        const struct reading *r = scene->r;
        const struct node *node = &r->form->nodes[ref];
        const struct read_row *row = common_row(r, scene->row, node->scope);
        struct value value;
        if (!r->needed[ref])
                return VALUE_NONE;
        if (row->scope == node->scope && !is_list(node)) {
                gather_cell(read_cell(r, row, ref), node, &value);
                if (scene->words && node->type == NODE_REFERENCE && value.kind == VALUE_STRING)
                        value = value_string(title_of(scene, value.string, arena));
                return value;
        }
        int n = gather(r, row, node, NULL);
        struct value *items = ARENA_ARRAY(arena, struct value, n);
        gather(r, row, node, items);
        return (struct value){.kind = VALUE_SEQUENCE, .count = n, .items = items};
}

static int env_position(void *ctx, int repeat)
{
        const struct read_row *row = ((const struct scene *)ctx)->row;
        while (repeat >= 0 && row && row->node != repeat)
                row = row->parent;
        return row && row->parent ? row->position + 1 : 0;
}

static struct value env_indexed(void *ctx, int ref, const int *repeats, const int *rows, int n, struct arena *arena)
{
        const struct scene *scene = ctx;
        const struct reading *r = scene->r;
        const struct read_row *row = scene->row;
        struct value value = VALUE_NONE;
        (void)arena;
        for (int i = 0; i < n && row; i++) {
                row = row_of_scope(row, r->form->nodes[repeats[i]].scope);
                const struct read_cell *cell = row ? read_cell(r, row, repeats[i]) : NULL;
                row = cell && cell->shown && rows[i] >= 1 && rows[i] <= cell->n ? cell->rows[rows[i] - 1] : NULL;
        }
        row = row ? row_of_scope(row, r->form->nodes[ref].scope) : NULL;
        if (row && !is_list(&r->form->nodes[ref]))
                gather_cell(read_cell(r, row, ref), &r->form->nodes[ref], &value);
        return value;
}

/* ---- The form and other records ---- */

static const char *env_choice_label(void *ctx, int ref, const char *name, struct arena *arena)
{
        const struct node *node = &((const struct scene *)ctx)->r->form->nodes[ref];
        const struct choice *choice = node->list ? choice_list_find(node->list, name) : NULL;
        (void)arena;
        return choice ? choice->label : NULL;
}

static const char *env_lookup(void *ctx, const char *name, const char *column, const char *key_column, const char *key)
{
        return fill_lookup(((const struct scene *)ctx)->r->form, name, column, key_column, key);
}

static const char *env_cell(void *ctx, const char *name, int row, const char *column)
{
        return fill_cell(((const struct scene *)ctx)->r->form, name, row, column);
}

static int64_t env_count_records(void *ctx, const char *form, const char *const *names, const char *const *values, int n)
{
        const struct session_host *host = &((const struct scene *)ctx)->r->host;
        return host->count_records ? host->count_records(host->ctx, form, names, values, n) : 0;
}

static struct value env_previous(void *ctx, int ref, struct arena *arena)
{
        const struct reading *r = ((const struct scene *)ctx)->r;
        int subject = r->form->subject;
        struct value about = r->host.previous ? reading_value(r, subject) : VALUE_NONE;
        if (value_is_empty(&about))
                return VALUE_NONE;
        const char *id = value_to_string(&about, arena);
        return r->host.previous(r->host.ctx, r->form, id, r->form->nodes[ref].name, arena);
}

static struct value env_attribute(void *ctx, const char *reference, const char *name, struct arena *arena)
{
        const struct scene *scene = ctx;
        const struct session_host *host = &scene->r->host;
        for (const struct title *t = scene->titles; t; t = t->next)
                if (str_equal(t->title, reference)) {
                        reference = t->id;
                        break;
                }
        if (!host->attribute || str_blank(reference))
                return VALUE_NONE;
        return host->attribute(host->ctx, reference, name, arena);
}

/* ---- Evaluating ---- */

static struct value eval(struct scene *scene, const struct expr *expr, struct arena *arena)
{
        struct expr_env env = {.ctx = scene, .answer = env_answer, .position = env_position, .indexed = env_indexed,
                               .choice_label = env_choice_label, .lookup = env_lookup, .cell = env_cell,
                               .count_records = env_count_records, .record_id = scene->r->host.record_id,
                               .previous = env_previous, .attribute = env_attribute};
        return expr_eval(expr, &env, arena);
}

struct value read_eval(const struct reading *r, const struct read_row *row, const struct expr *expr, struct arena *arena)
{
        struct scene scene = {.r = r, .row = row};
        return eval(&scene, expr, arena);
}

struct value read_eval_words(const struct reading *r, const struct expr *expr, struct arena *arena)
{
        struct scene scene = {.r = r, .row = r->root, .words = true};
        return eval(&scene, expr, arena);
}
