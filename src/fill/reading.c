/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Readings (contract in fill/reading.h).
 *
 * At its making the nodes needed are found: those that are asked for, what
 * their expressions read, and the groups and repeats around them.  A load works
 * them out by rank, in all rows at once, so that whatever an expression reads
 * is there before it.
 */
#include "fill/reading.h"

#include <stdlib.h>

#include "reading_priv.h"

/* ---- What is needed ---- */

static void need(struct reading *r, int node);

static void need_refs(struct reading *r, const struct expr *expr)
{
        int n = 0;
        const int *refs = expr ? expr_refs(expr, &n) : NULL;
        for (int i = 0; i < n; i++)
                need(r, refs[i]);
        if (expr && expr_reads_previous(expr))
                need(r, r->form->subject);
        r->looks_around = r->looks_around || (expr && expr_looks_around(expr));
}

/* Marks only: what they read is followed by need_all(), however long the chain is. */
static void need(struct reading *r, int node)
{
        if (node <= 0 || r->needed[node])
                return;
        r->needed[node] = true;
        r->plan[r->plan_n++] = node;
}

static bool is_link(const struct node *node)
{
        return node->type == NODE_REFERENCE || node->type == NODE_CHILDREN;
}

bool reading_is_searchable(const struct node *node)
{
        bool text = node->type == NODE_TEXT && !(node->flags & NODE_MULTILINE);
        return node->scope == 0 && !(node->flags & NODE_SENSITIVE) && (text || node->type == NODE_CALCULATE);
}

static void need_asked(struct reading *r)
{
        const struct form *form = r->form;
        const struct expr *const exprs[] = {form->instance_name, form->open, form->due, form->done, form->unique, form->reserved};
        const int nodes[] = {form->school, form->subject, form->date, form->ugel};
        for (size_t i = 0; i < ARRAY_LEN(exprs); i++)
                need_refs(r, exprs[i]);
        for (size_t i = 0; i < ARRAY_LEN(nodes); i++)
                need(r, nodes[i]);
        for (int i = 1; i < form->nodes_n; i++)
                if (is_link(&form->nodes[i]) || reading_is_searchable(&form->nodes[i]))
                        need(r, i);
}

static void need_all(struct reading *r)
{
        need_asked(r);
        for (int i = 0; i < r->plan_n; i++) {
                const struct node *node = &r->form->nodes[r->plan[i]];
                need(r, node->parent);
                need(r, r->form->scopes[node->scope].node);
                need_refs(r, node->relevant);
                if (fill_is_derived(node))
                        need_refs(r, node->calculation);
        }
}

struct ranked { int rank, node; };

static int by_rank(const void *a, const void *b)
{
        const struct ranked *x = a, *y = b;
        return (x->rank > y->rank) - (x->rank < y->rank);
}

static void order_plan(struct reading *r)
{
        struct ranked *ranked = xcalloc((size_t)r->plan_n + 1, sizeof *ranked);
        for (int i = 0; i < r->plan_n; i++)
                ranked[i] = (struct ranked){r->form->nodes[r->plan[i]].rank, r->plan[i]};
        qsort(ranked, (size_t)r->plan_n, sizeof *ranked, by_rank);
        for (int i = 0; i < r->plan_n; i++)
                r->plan[i] = ranked[i].node;
        free(ranked);
}

struct reading *reading_new(const struct form *form, const struct session_host *host)
{
        struct reading *r = xcalloc(1, sizeof *r);
        r->form = form;
        r->host = *host;
        r->needed = xcalloc((size_t)form->nodes_n, sizeof *r->needed);
        r->plan = xcalloc((size_t)form->nodes_n, sizeof *r->plan);
        need_all(r);
        order_plan(r);
        reading_load(r, NULL);
        return r;
}

bool reading_looks_around(const struct reading *r)
{
        return r->looks_around;
}

void reading_free(struct reading *r)
{
        if (!r)
                return;
        arena_release(&r->arena);
        free(r->needed);
        free(r->plan);
        free(r);
}

/* ---- Rows ---- */

static struct read_row *new_row(struct reading *r, const struct read_row *parent, int node, int scope, int position,
                                const json_t *json)
{
        size_t cells = (size_t)r->form->scopes[scope].slots_n * sizeof(struct read_cell);
        struct read_row *row = arena_alloc(&r->arena, sizeof *row + cells);
        row->json = json;
        row->parent = parent;
        row->node = node;
        row->scope = scope;
        row->position = position;
        return row;
}

static void make_rows(struct reading *r, struct read_row *row, const struct node *node, const json_t *json)
{
        struct read_cell *cell = read_cell(r, row, node->index);
        size_t n = json_array_size(json);
        if (n == 0 || n > ROWS_MAX)
                return;
        cell->rows = ARENA_ARRAY(&r->arena, struct read_row *, n);
        cell->n = (int)n;
        for (size_t i = 0; i < n; i++)
                cell->rows[i] = new_row(r, row, node->index, node->opens_scope, (int)i, json_array_get(json, i));
}

/* Ids of children: texts, all of them, or nothing. */
static void make_ids(struct reading *r, struct read_row *row, int node, const json_t *json)
{
        size_t n = node_has_answer(&r->form->nodes[node]) ? json_array_size(json) : 0;
        struct read_cell *cell = read_cell(r, row, node);
        cell->ids = json;
        cell->n = (int)n;
        for (size_t i = 0; i < n; i++)
                if (!json_is_string(json_array_get(json, i)))
                        cell->n = 0;
}

/* ---- One node in one row ---- */

static bool is_shown(struct reading *r, const struct read_row *row, const struct node *node)
{
        const struct read_row *holder = node->parent == row->node ? row->parent : row;
        bool around = node->parent <= 0 || read_cell(r, holder, node->parent)->shown;
        if (!node->relevant)
                return around;
        struct value own = read_eval(r, row, node->relevant, &r->arena);
        return around && value_to_boolean(&own);
}

static struct value kept_value(struct reading *r, const struct node *node, const json_t *json)
{
        struct value value = VALUE_NONE;
        if (!json || !node_has_answer(node) || fill_load_value(node, json, &value, &r->arena))
                return VALUE_NONE;
        return value;
}

static void work_out(struct reading *r, struct read_row *row, const struct node *node)
{
        struct read_cell *cell = read_cell(r, row, node->index);
        const json_t *json = json_object_get(row->json, node->name);
        cell->shown = is_shown(r, row, node);
        if (node->type == NODE_REPEAT)
                make_rows(r, row, node, json);
        else if (node->type == NODE_CHILDREN)
                make_ids(r, row, node->index, json);
        else if (fill_is_derived(node))
                cell->value = fill_coerce(node, read_eval(r, row, node->calculation, &r->arena), &r->arena).value;
        else if (node->type != NODE_GROUP)
                cell->value = kept_value(r, node, json);
}

/* In every row at or below `row`. */
static void work_out_below(struct reading *r, struct read_row *row, const struct node *node)
{
        if (row->scope == node->scope) {
                work_out(r, row, node);
                return;
        }
        const struct read_cell *cell = read_cell(r, row, read_repeat_toward(r->form, row->scope, node->scope));
        for (int i = 0; i < cell->n; i++)
                work_out_below(r, cell->rows[i], node);
}

void reading_load(struct reading *r, const json_t *answers)
{
        arena_clear(&r->arena);
        r->root = new_row(r, NULL, 0, 0, 0, answers);
        for (int i = 0; i < r->plan_n; i++)
                work_out_below(r, r->root, &r->form->nodes[r->plan[i]]);
}

/* ---- What it tells ---- */

struct value reading_value(const struct reading *r, int node)
{
        if (node <= 0 || !r->needed[node] || r->form->nodes[node].scope != 0)
                return VALUE_NONE;
        const struct read_cell *cell = read_cell(r, r->root, node);
        return cell->shown ? cell->value : VALUE_NONE;
}

struct value reading_eval(const struct reading *r, const struct expr *expr, struct arena *arena)
{
        return read_eval(r, r->root, expr, arena);
}

bool reading_test(const struct reading *r, const struct expr *expr, struct arena *arena)
{
        struct value value = read_eval(r, r->root, expr, arena);
        return value_to_boolean(&value);
}

const char *reading_title(const struct reading *r, struct arena *arena)
{
        struct value value = r->form->instance_name ? read_eval_words(r, r->form->instance_name, arena) : VALUE_NONE;
        return fill_title(r->form, &value, arena);
}

static void links_of_row(const struct reading *r, const struct read_row *row, reading_link *each, void *ctx);

static void links_of_cell(const struct reading *r, const struct read_cell *cell, const struct node *node, reading_link *each,
                          void *ctx)
{
        if (!cell->shown)
                return;
        if (node->type == NODE_REFERENCE && cell->value.kind == VALUE_STRING)
                each(ctx, node->name, cell->value.string);
        for (int i = 0; i < cell->n; i++) {
                if (node->type == NODE_REPEAT)
                        links_of_row(r, cell->rows[i], each, ctx);
                else
                        each(ctx, node->name, json_string_value(json_array_get(cell->ids, (size_t)i)));
        }
}

static void links_of_row(const struct reading *r, const struct read_row *row, reading_link *each, void *ctx)
{
        const struct scope *scope = &r->form->scopes[row->scope];
        for (int i = 0; i < scope->slots_n; i++)
                if (r->needed[scope->slots[i]])
                        links_of_cell(r, &row->cells[i], &r->form->nodes[scope->slots[i]], each, ctx);
}

void reading_links(const struct reading *r, reading_link *each, void *ctx)
{
        links_of_row(r, r->root, each, ctx);
}
