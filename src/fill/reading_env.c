/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The world of an expression over a reading: what env.c is for a session.
 *
 * Everything that it reads was worked out before it (see reading.c).  Texts for
 * people see references as their titles; attribute() in them is given the id back.
 */
#include "reading_priv.h"

struct scene {
        struct world world; /* first: it is the ctx of what does not depend on answers */
        const struct reading *r;
        const struct read_row *row;
        bool words;
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
                        value = value_string(world_title(&scene->world, value.string, arena));
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

/* ---- Evaluating ---- */

static struct value eval(struct scene *scene, const struct expr *expr, struct arena *arena)
{
        struct expr_env env = world_env(&scene->world);
        env.answer = env_answer;
        env.position = env_position;
        env.indexed = env_indexed;
        env.previous = env_previous;
        return expr_eval(expr, &env, arena);
}

struct value read_eval(const struct reading *r, const struct read_row *row, const struct expr *expr, struct arena *arena)
{
        struct scene scene = {.world = {r->form, &r->host, NULL}, .r = r, .row = row};
        return eval(&scene, expr, arena);
}

struct value read_eval_words(const struct reading *r, const struct expr *expr, struct arena *arena)
{
        struct scene scene = {.world = {r->form, &r->host, NULL}, .r = r, .row = r->root, .words = true};
        return eval(&scene, expr, arena);
}
