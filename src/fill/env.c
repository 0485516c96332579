/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The world of an expression: answers seen from one row.
 *
 * A name is looked up at the nearest common scope: in a row that encloses the
 * expression it is one value; below it, the sequence of the values in all the
 * rows.  What is hidden reads as empty, and a hidden repeat as no rows at all.
 *
 * Texts for people (titles, labels) see references as their titles; attribute()
 * and previous() in them are given the id back.
 */
#include "session_priv.h"

struct scene {
        struct world world; /* first: it is the ctx of what does not depend on answers */
        const struct session *s;
        const struct row *row;
        const struct choice *choice; /* in a choice filter */
        bool words;
};

static int gather_list(const struct session *s, const struct row *row, int node, struct value *out,
                       struct arena *arena)
{
        struct value value = fill_read(s, row, node, arena);
        int n = value.kind == VALUE_SEQUENCE ? value.count : 0;
        if (out && n)
                memcpy(out, value.items, (size_t)n * sizeof *out);
        return n;
}

/* Values of `node` in all rows at or below `row`; only counts when `out` is NULL. */
static int gather(const struct session *s, const struct row *row, int node, struct value *out,
                  struct arena *arena)
{
        const struct node *n = fill_node(s, node);
        if (row->scope == n->scope) {
                if (s->plan[node].flags & PLAN_LIST)
                        return gather_list(s, row, node, out, arena);
                if (out)
                        *out = fill_read(s, row, node, arena);
                return 1;
        }
        int repeat = s->form->scopes[fill_scope_toward(s, row->scope, n->scope)].node;
        const struct slot *slot = fill_slot(s, row, repeat);
        int total = 0;
        for (int i = 0; slot->flags & SLOT_SHOWN && i < fill_list_n(slot); i++)
                total += gather(s, s->rows[slot->list->rows[i]], node, out ? out + total : NULL, arena);
        return total;
}

static struct value env_answer(void *ctx, int ref, struct arena *arena)
{
        struct scene *scene = ctx;
        const struct session *s = scene->s;
        const struct node *node = fill_node(s, ref);
        int common = fill_common_scope(s, scene->row->scope, node->scope);
        const struct row *row = fill_ancestor(scene->row, common);
        if (common == node->scope && !(s->plan[ref].flags & PLAN_LIST)) {
                struct value value = fill_read(s, row, ref, arena);
                if (scene->words && node->type == NODE_REFERENCE && value.kind == VALUE_STRING)
                        value = value_string(world_title(&scene->world, value.string, arena));
                return value;
        }
        int n = gather(s, row, ref, NULL, arena);
        struct value *items = ARENA_ARRAY(arena, struct value, n);
        gather(s, row, ref, items, arena);
        return (struct value){.kind = VALUE_SEQUENCE, .count = n, .items = items};
}

static int env_position(void *ctx, int repeat)
{
        const struct scene *scene = ctx;
        const struct row *row = scene->row;
        while (repeat >= 0 && row && row->node != repeat)
                row = row->parent;
        return row && row->parent ? row->position + 1 : 0;
}

static struct value env_indexed(void *ctx, int ref, const int *repeats, const int *rows, int n,
                                struct arena *arena)
{
        const struct scene *scene = ctx;
        const struct session *s = scene->s;
        const struct row *row = scene->row;
        for (int i = 0; i < n && row; i++) {
                row = fill_ancestor(row, fill_node(s, repeats[i])->scope);
                const struct slot *slot = row ? fill_slot(s, row, repeats[i]) : NULL;
                bool there = slot && slot->flags & SLOT_SHOWN && rows[i] >= 1 && rows[i] <= fill_list_n(slot);
                row = there ? s->rows[slot->list->rows[rows[i] - 1]] : NULL;
        }
        row = row ? fill_ancestor(row, fill_node(s, ref)->scope) : NULL;
        return row ? fill_read(s, row, ref, arena) : VALUE_NONE;
}

static const char *env_column(void *ctx, const char *name)
{
        const struct scene *scene = ctx;
        return scene->choice ? choice_column(scene->choice, name) : NULL;
}

static struct value env_previous(void *ctx, int ref, struct arena *arena)
{
        const struct scene *scene = ctx;
        const struct session *s = scene->s;
        int subject = s->form->subject;
        if (!s->host.previous || subject < 0 || fill_node(s, subject)->scope != 0)
                return VALUE_NONE;
        struct value about = fill_read(s, s->rows[0], subject, arena);
        if (value_is_empty(&about))
                return VALUE_NONE;
        const char *id = value_to_string(&about, arena);
        return s->host.previous(s->host.ctx, s->form, id, fill_node(s, ref)->name, arena);
}

static struct expr_env scene_env(struct scene *scene, struct value current)
{
        struct expr_env env = world_env(&scene->world);
        env.current = current;
        env.answer = env_answer;
        env.position = env_position;
        env.indexed = env_indexed;
        env.column = env_column;
        env.previous = env_previous;
        return env;
}

struct value fill_eval(const struct session *s, const struct row *row, const struct expr *expr,
                       struct value current, struct arena *arena)
{
        struct scene scene = {.world = {s->form, &s->host, NULL}, .s = s, .row = row};
        struct expr_env env = scene_env(&scene, current);
        return expr_eval(expr, &env, arena);
}

bool fill_eval_true(const struct session *s, const struct row *row, const struct expr *expr,
                    struct value current, struct arena *arena)
{
        struct scene scene = {.world = {s->form, &s->host, NULL}, .s = s, .row = row};
        struct expr_env env = scene_env(&scene, current);
        return expr_eval_boolean(expr, &env, arena);
}

struct value fill_eval_words(const struct session *s, const struct row *row, const struct expr *expr,
                             struct arena *arena)
{
        struct scene scene = {.world = {s->form, &s->host, NULL}, .s = s, .row = row, .words = true};
        struct expr_env env = scene_env(&scene, VALUE_NONE);
        return expr_eval(expr, &env, arena);
}

bool fill_choice_offered(const struct session *s, const struct row *row, int node,
                         const struct choice *choice, struct arena *arena)
{
        const struct expr *filter = fill_node(s, node)->choice_filter;
        struct scene scene = {.world = {s->form, &s->host, NULL}, .s = s, .row = row, .choice = choice};
        struct expr_env env = scene_env(&scene, VALUE_NONE);
        return !filter || expr_eval_boolean(filter, &env, arena);
}

struct value session_eval(const struct session *s, const struct expr *expr, struct arena *arena)
{
        return fill_eval(s, fill_row(s, 0), expr, VALUE_NONE, arena);
}

bool session_test(const struct session *s, const struct expr *expr, struct arena *arena)
{
        return fill_eval_true(s, fill_row(s, 0), expr, VALUE_NONE, arena);
}
