/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contributions of a record (contract in fill/contributions.h).
 *
 * Expressions read the stored answers as they are: calculations were made when
 * the record was filled, hidden questions are not there, and nothing is computed
 * again, so that a million records can be gone through.  The scene is the
 * record's object and, with `each`, the object of one row.
 */
#include "fill/contributions.h"

#include <math.h>
#include <string.h>

#include "session_priv.h"

struct scene {
        const struct indicator_binding *binding;
        const struct form *form;
        const json_t *answers, *row; /* row: NULL outside `each` */
        int scope;                   /* of `row`; 0 outside */
        const char *record_id;
        struct arena *arena;
        struct contribution *items;
        int n, room;
};

/* ---- The world of an expression ---- */

static struct value one_value(const struct node *node, const json_t *json, struct arena *arena)
{
        struct value value = VALUE_NONE;
        if (!json || fill_load_value(node, json, &value, arena))
                return VALUE_NONE;
        return value;
}

/* A repeat or children: their rows are items, not an answer. */
static bool is_list(const struct node *node)
{
        return node->type == NODE_REPEAT || node->type == NODE_CHILDREN;
}

/* The repeat in a row of scope `from` on the way down to scope `to`. */
static const struct node *repeat_toward(const struct form *form, int from, int to)
{
        while (form->scopes[to].parent != from)
                to = form->scopes[to].parent;
        return &form->nodes[form->scopes[to].node];
}

/* Values of `node` in all rows at or below `row`; only counts when `out` is NULL.  Those of a list are numbers
 * that say that an item is there. */
static int gather(const struct scene *scene, const json_t *row, int scope, const struct node *node, struct value *out,
                  struct arena *arena)
{
        int n = 0;
        if (scope == node->scope && !is_list(node)) {
                if (out)
                        out[0] = one_value(node, json_object_get(row, node->name), arena);
                return 1;
        }
        const struct node *through = scope == node->scope ? node : repeat_toward(scene->form, scope, node->scope);
        const json_t *rows = json_object_get(row, through->name);
        for (size_t i = 0; i < json_array_size(rows); i++) {
                if (through != node) {
                        n += gather(scene, json_array_get(rows, i), through->opens_scope, node, out ? out + n : NULL, arena);
                        continue;
                }
                if (out)
                        out[n] = value_number((double)i + 1);
                n++;
        }
        return n;
}

static bool encloses(const struct form *form, int outer, int inner)
{
        while (inner >= 0 && inner != outer)
                inner = form->scopes[inner].parent;
        return inner == outer;
}

static struct value env_answer(void *ctx, int ref, struct arena *arena)
{
        const struct scene *scene = ctx;
        const struct node *node = &scene->form->nodes[ref];
        bool in_row = scene->row && encloses(scene->form, scene->scope, node->scope);
        const json_t *from = in_row ? scene->row : scene->answers;
        int scope = in_row ? scene->scope : 0;
        if (node->scope == scope && !is_list(node))
                return one_value(node, json_object_get(from, node->name), arena);
        int n = gather(scene, from, scope, node, NULL, arena);
        struct value *items = ARENA_ARRAY(arena, struct value, n);
        gather(scene, from, scope, node, items, arena);
        return (struct value){.kind = VALUE_SEQUENCE, .count = n, .items = items};
}

static const char *env_parameter(void *ctx, const char *name)
{
        const struct scene *scene = ctx;
        const struct indicator_parameter *found = indicators_parameter(scene->binding->indicators, name);
        return found ? found->text : NULL;
}

static const char *env_choice_label(void *ctx, int ref, const char *name, struct arena *arena)
{
        const struct node *node = &((const struct scene *)ctx)->form->nodes[ref];
        const struct choice *choice = node->list ? choice_list_find(node->list, name) : NULL;
        (void)arena;
        return choice ? choice->label : NULL;
}

static const char *env_lookup(void *ctx, const char *list, const char *column, const char *key_column, const char *key)
{
        return fill_lookup(((const struct scene *)ctx)->form, list, column, key_column, key);
}

static const char *env_cell(void *ctx, const char *list, int row, const char *column)
{
        return fill_cell(((const struct scene *)ctx)->form, list, row, column);
}

static struct expr_env scene_env(struct scene *scene)
{
        return (struct expr_env){.ctx = scene, .answer = env_answer, .column = env_parameter, .record_id = scene->record_id,
                                 .choice_label = env_choice_label, .lookup = env_lookup, .cell = env_cell};
}

/* ---- Contributions ---- */

static double number_of(const struct expr *expr, const struct expr_env *env, struct arena *arena, double absent)
{
        if (!expr)
                return absent;
        struct value value = expr_eval(expr, env, arena);
        return value_to_number(&value);
}

/* The day of the period, from the source's date or the form's. */
static int64_t day_of(const struct scene *scene, const struct indicator_rule *rule, const struct expr_env *env)
{
        struct value value = VALUE_NONE;
        if (rule->exprs[PART_DATE])
                value = expr_eval(rule->exprs[PART_DATE], env, scene->arena);
        else if (scene->form->date >= 0)
                value = env_answer(env->ctx, scene->form->date, scene->arena);
        double days = value_is_empty(&value) ? NAN : floor(value_to_number(&value));
        return days > -1e9 && days < 1e9 ? (int64_t)days : CONTRIBUTION_NO_DAY;
}

static void add(struct scene *scene, const struct contribution *one, const char *by)
{
        if (scene->n == scene->room) {
                int room = scene->room ? 2 * scene->room : 64;
                struct contribution *items = ARENA_ARRAY(scene->arena, struct contribution, room);
                if (scene->n)
                        memcpy(items, scene->items, (size_t)scene->n * sizeof *items);
                scene->items = items;
                scene->room = room;
        }
        scene->items[scene->n] = *one;
        scene->items[scene->n++].by = by;
}

static void add_again(struct scene *scene, const struct contribution *one, const char *by, bool again)
{
        add(scene, one, by);
        scene->items[scene->n - 1].again = again;
}

/* Once for each choice of several, or each value of a sequence. */
static void add_by(struct scene *scene, const struct contribution *one, const struct value *by)
{
        if (by->kind == VALUE_SEQUENCE && by->count > 0) {
                for (int i = 0; i < by->count; i++)
                        add_again(scene, one, value_to_string(&by->items[i], scene->arena), i > 0);
        } else if (by->kind == VALUE_SET) {
                for (const char *name = by->string; *name;) {
                        size_t len = strcspn(name, " ");
                        add_again(scene, one, arena_strndup(scene->arena, name, len), name > by->string);
                        name += len + (name[len] == ' ');
                }
        } else {
                add(scene, one, value_to_string(by, scene->arena));
        }
}

/* False if the numbers are none, or a ratio would divide by nothing. */
static bool count(const struct scene *scene, const struct indicator_rule *rule, const struct expr_env *env,
                  struct contribution *one)
{
        const struct expr *const *exprs = rule->exprs;
        const struct indicator *indicator = &scene->binding->indicators->items[rule->indicator];
        one->num = one->side == SIDE_DEN ? 0 : number_of(exprs[PART_NUM], env, scene->arena, 1);
        one->den = one->side == SIDE_NUM ? 0 : number_of(exprs[PART_DEN], env, scene->arena, 1);
        one->partial = one->side == SIDE_DEN ? 0 : number_of(exprs[PART_PARTIAL], env, scene->arena, 0);
        if (!isfinite(one->partial))
                one->partial = 0;
        /* a rule over several records may have to see that there is none any more */
        bool divides = one->side == SIDE_NUM || !indicator_is_ratio(indicator) || one->den > 0 || indicator->computed == COMPUTED_FAR_ROUTE;
        return isfinite(one->num) && isfinite(one->den) && divides;
}

static struct value part_of(const struct indicator_rule *rule, enum source_part part, const struct expr_env *env,
                            struct arena *arena)
{
        return rule->exprs[part] ? expr_eval(rule->exprs[part], env, arena) : VALUE_NONE;
}

static void apply(struct scene *scene, const struct indicator_rule *rule)
{
        const struct indicator *indicator = &scene->binding->indicators->items[rule->indicator];
        const struct indicator_source *source = &indicator->sources[rule->source];
        struct expr_env env = scene_env(scene);
        struct contribution one = {.indicator = rule->indicator, .source = rule->source, .side = source->side,
                                   .who = "", .day = CONTRIBUTION_NO_DAY};
        if (rule->exprs[PART_WHEN] && !expr_eval_boolean(rule->exprs[PART_WHEN], &env, scene->arena))
                return;
        if (!source->stock || rule->exprs[PART_DATE])
                if ((one.day = day_of(scene, rule, &env)) == CONTRIBUTION_NO_DAY)
                        return;
        if (!count(scene, rule, &env, &one))
                return;
        struct value who = part_of(rule, PART_WHO, &env, scene->arena);
        if (!value_is_empty(&who))
                one.who = value_to_string(&who, scene->arena);
        one.last = source->last && *one.who;
        struct value by = part_of(rule, PART_BY, &env, scene->arena);
        add_by(scene, &one, &by);
}

static void apply_each(struct scene *scene, const struct indicator_rule *rule)
{
        const struct node *repeat = &scene->form->nodes[rule->each];
        const json_t *rows = json_object_get(scene->answers, repeat->name);
        scene->scope = repeat->opens_scope;
        for (size_t i = 0; i < json_array_size(rows); i++) {
                scene->row = json_array_get(rows, i);
                apply(scene, rule);
        }
        scene->row = NULL;
        scene->scope = 0;
}

int contributions(const struct indicator_binding *binding, const json_t *answers, const char *record_id,
                  struct arena *arena, const struct contribution **ret)
{
        struct scene scene = {.binding = binding, .form = binding->form, .answers = answers, .record_id = record_id,
                              .arena = arena};
        for (int i = 0; i < binding->n; i++) {
                if (binding->rules[i].each >= 0)
                        apply_each(&scene, &binding->rules[i]);
                else
                        apply(&scene, &binding->rules[i]);
        }
        *ret = scene.items;
        return scene.n;
}

int session_contributions(const struct session *session, const struct indicator_binding *binding, const char *record_id,
                          struct arena *arena, const struct contribution **ret)
{
        json_t *answers = session_answers(session);
        const struct contribution *borrowing;
        int n = contributions(binding, answers, record_id, arena, &borrowing);
        struct contribution *all = ARENA_ARRAY(arena, struct contribution, n);
        for (int i = 0; i < n; i++) {
                all[i] = borrowing[i];
                all[i].who = arena_strdup(arena, all[i].who);
                all[i].by = arena_strdup(arena, all[i].by);
        }
        json_decref(answers);
        *ret = all;
        return n;
}
