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

struct title { const char *id, *title; struct title *next; };

struct scene {
        const struct session *s;
        const struct row *row;
        const struct choice *choice; /* in a choice filter */
        bool words;
        struct title *titles;        /* shown instead of ids so far */
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

static const char *title_of(struct scene *scene, const char *id, struct arena *arena)
{
        const struct session_host *host = &scene->s->host;
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
        const struct session *s = scene->s;
        const struct node *node = fill_node(s, ref);
        int common = fill_common_scope(s, scene->row->scope, node->scope);
        const struct row *row = fill_ancestor(scene->row, common);
        if (common == node->scope && !(s->plan[ref].flags & PLAN_LIST)) {
                struct value value = fill_read(s, row, ref, arena);
                if (scene->words && node->type == NODE_REFERENCE && value.kind == VALUE_STRING)
                        value = value_string(title_of(scene, value.string, arena));
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

static const char *env_choice_label(void *ctx, int ref, const char *name, struct arena *arena)
{
        const struct scene *scene = ctx;
        const struct node *node = fill_node(scene->s, ref);
        const struct choice *choice = node->list ? choice_list_find(node->list, name) : NULL;
        (void)arena;
        return choice ? choice->label : NULL;
}

static const char *env_column(void *ctx, const char *name)
{
        const struct scene *scene = ctx;
        return scene->choice ? choice_column(scene->choice, name) : NULL;
}

const char *fill_lookup(const struct form *form, const char *name, const char *column, const char *key_column,
                        const char *key)
{
        const struct choice_list *list = form_find_list(form, name);
        for (int i = 0; list && i < list->n; i++)
                if (str_equal(choice_column(&list->choices[i], key_column), key))
                        return choice_column(&list->choices[i], column);
        return NULL;
}

const char *fill_cell(const struct form *form, const char *name, int row, const char *column)
{
        const struct choice_list *list = form_find_list(form, name);
        return list && row < list->n ? choice_column(&list->choices[row], column) : NULL;
}

static const char *env_lookup(void *ctx, const char *name, const char *column, const char *key_column,
                              const char *key)
{
        return fill_lookup(((const struct scene *)ctx)->s->form, name, column, key_column, key);
}

static const char *env_cell(void *ctx, const char *name, int row, const char *column)
{
        return fill_cell(((const struct scene *)ctx)->s->form, name, row, column);
}

static int64_t env_count_records(void *ctx, const char *form, const char *const *names, const char *const *values, int n)
{
        const struct session_host *host = &((const struct scene *)ctx)->s->host;
        return host->count_records ? host->count_records(host->ctx, form, names, values, n) : 0;
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

static struct value env_attribute(void *ctx, const char *reference, const char *name, struct arena *arena)
{
        const struct scene *scene = ctx;
        const struct session_host *host = &scene->s->host;
        for (const struct title *t = scene->titles; t; t = t->next)
                if (str_equal(t->title, reference)) {
                        reference = t->id;
                        break;
                }
        if (!host->attribute || str_blank(reference))
                return VALUE_NONE;
        return host->attribute(host->ctx, reference, name, arena);
}

static struct expr_env scene_env(struct scene *scene, struct value current)
{
        return (struct expr_env){
                .ctx = scene,
                .current = current,
                .answer = env_answer,
                .position = env_position,
                .indexed = env_indexed,
                .choice_label = env_choice_label,
                .column = env_column,
                .lookup = env_lookup,
                .cell = env_cell,
                .count_records = env_count_records,
                .record_id = scene->s->host.record_id,
                .previous = env_previous,
                .attribute = env_attribute,
        };
}

struct value fill_eval(const struct session *s, const struct row *row, const struct expr *expr,
                       struct value current, struct arena *arena)
{
        struct scene scene = {.s = s, .row = row};
        struct expr_env env = scene_env(&scene, current);
        return expr_eval(expr, &env, arena);
}

bool fill_eval_true(const struct session *s, const struct row *row, const struct expr *expr,
                    struct value current, struct arena *arena)
{
        struct scene scene = {.s = s, .row = row};
        struct expr_env env = scene_env(&scene, current);
        return expr_eval_boolean(expr, &env, arena);
}

struct value fill_eval_words(const struct session *s, const struct row *row, const struct expr *expr,
                             struct arena *arena)
{
        struct scene scene = {.s = s, .row = row, .words = true};
        struct expr_env env = scene_env(&scene, VALUE_NONE);
        return expr_eval(expr, &env, arena);
}

bool fill_choice_offered(const struct session *s, const struct row *row, int node,
                         const struct choice *choice, struct arena *arena)
{
        const struct expr *filter = fill_node(s, node)->choice_filter;
        struct scene scene = {.s = s, .row = row, .choice = choice};
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
