/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Edits: the only ways to change the state, each recorded as it is made.
 *
 *      {"op":"set","at":"edad@3","from":12,"to":13}              (also "confirm")
 *      {"op":"children","at":"compromisos","from":[…],"to":[…]}
 *      {"op":"add","at":"filas","row":7,"pos":2,"with":{…}}      (also "remove")
 *      {"op":"move","at":"filas","row":7,"step":-1}
 *
 * Every edit holds enough to be taken back.  What happens to a row made by the
 * change in progress is not recorded on its own: it ends up in `with`.
 */
#include <stdlib.h>

#include "session_priv.h"

bool fill_is_fresh(const struct row *row)
{
        while (row && !row->fresh)
                row = row->parent;
        return row != NULL;
}

/* ---- Recording ---- */

static json_t *edit_new(const struct session *s, const char *op, const struct row *row, int node)
{
        return json_pack("{s:s, s:o}", "op", op, "at", fill_place_json(s, fill_place(row, node)));
}

static bool records(const struct session *s, const struct row *row)
{
        return s->edits && !s->unlogged && !fill_is_fresh(row);
}

static void record_from_to(struct session *s, const char *op, const struct row *row, int node, json_t *from,
                           json_t *to)
{
        json_t *edit = edit_new(s, op, row, node);
        json_object_set_new(edit, "from", from);
        json_object_set_new(edit, "to", to);
        json_array_append_new(s->edits, edit);
}

/* `with` is left to fill_commit() when the row is fresh. */
static void record_row(struct session *s, const char *op, const struct row *row)
{
        json_t *edit = edit_new(s, op, row->parent, row->node);
        json_object_set_new(edit, "row", json_integer(row->number));
        json_object_set_new(edit, "pos", json_integer(row->position));
        if (!row->fresh)
                json_object_set_new(edit, "with", fill_row_json(s, row));
        json_array_append_new(s->edits, edit);
}

/* ---- Making ---- */

bool fill_edit_state(struct session *s, const char *op, struct row *row, int node, const struct state *to)
{
        struct slot *slot = fill_slot(s, row, node);
        struct state from = fill_slot_state(slot);
        if (fill_state_same(&from, to))
                return false;
        if (s->plan[node].flags & PLAN_STATE && records(s, row))
                record_from_to(s, op, row, node, fill_state_json(&from), fill_state_json(to));
        bool same = value_same(&from.value, &to->value);
        fill_slot_put(s, row, node, to);
        fill_due(s, row, node, 0);
        if (!same && slot->flags & SLOT_SHOWN)
                fill_changed(s, row, node);
        return true;
}

static bool same_ids(const struct list *list, const char *const *ids, int n)
{
        bool same = (list ? list->n : 0) == n;
        for (int i = 0; same && i < n; i++)
                same = str_equal(list->ids[i], ids[i]);
        return same;
}

static json_t *texts_json(const char *const *texts, int n)
{
        json_t *json = json_array();
        for (int i = 0; i < n; i++)
                json_array_append_new(json, json_string(texts[i]));
        return json;
}

void fill_edit_children(struct session *s, struct row *row, int node, const char *const *ids, int n)
{
        struct slot *slot = fill_slot(s, row, node);
        if (same_ids(slot->list, ids, n))
                return;
        if (records(s, row))
                record_from_to(s, "children", row, node, fill_ids_json(slot->list), texts_json(ids, n));
        fill_list_set_ids(fill_list(slot), ids, n);
        fill_due(s, row, node, 0);
        if (slot->flags & SLOT_SHOWN)
                fill_changed(s, row, node);
}

struct row *fill_edit_add(struct session *s, struct row *parent, int node)
{
        int position = fill_list_n(fill_slot(s, parent, node));
        struct row *row = fill_row_attach(s, parent, node, s->rows_n, position);
        if (records(s, parent))
                record_row(s, "add", row);
        fill_rows_changed(s, parent, node, false);
        return row;
}

/* A row that comes and goes in one change was never there. */
static void forget_add(struct session *s, const struct row *row)
{
        for (size_t i = json_array_size(s->edits); i > 0; i--) {
                const json_t *edit = json_array_get(s->edits, i - 1);
                if (json_integer_value(json_object_get(edit, "row")) == row->number) {
                        json_array_remove(s->edits, i - 1);
                        return;
                }
        }
}

void fill_edit_remove(struct session *s, struct row *row)
{
        struct row *parent = row->parent;
        int node = row->node;
        if (records(s, row))
                record_row(s, "remove", row);
        else if (s->edits && row->fresh)
                forget_add(s, row);
        fill_row_detach(s, row);
        fill_rows_changed(s, parent, node, true);
}

bool fill_edit_move(struct session *s, struct row *row, int step)
{
        int to = row->position + step;
        if ((step != 1 && step != -1) || to < 0 || to >= fill_slot(s, row->parent, row->node)->list->n)
                return false;
        if (records(s, row)) {
                json_t *edit = edit_new(s, "move", row->parent, row->node);
                json_object_set_new(edit, "row", json_integer(row->number));
                json_object_set_new(edit, "step", json_integer(step));
                json_array_append_new(s->edits, edit);
        }
        fill_row_shift(s, row, step);
        fill_rows_changed(s, row->parent, row->node, true);
        return true;
}

/* ---- Applying what was recorded ---- */

struct target { struct place place; struct row *row; enum node_type type; };

static bool target_of(const struct session *s, const json_t *edit, struct target *ret)
{
        const char *at = json_string_value(json_object_get(edit, "at"));
        ret->place = at ? place_parse(s, at) : PLACE_NONE;
        ret->row = fill_row_of(s, ret->place);
        if (!ret->row || ret->place.node == 0)
                return false;
        ret->type = fill_node(s, ret->place.node)->type;
        return true;
}

static bool apply_state(struct session *s, const struct target *target, const json_t *edit, bool inverse)
{
        const char *op = json_string_value(json_object_get(edit, "op"));
        unsigned plan = s->plan[target->place.node].flags;
        struct state from, to;
        if (!(plan & PLAN_STATE) || plan & PLAN_LIST)
                return false;
        if (!fill_state_read(json_object_get(edit, "from"), &from) ||
            !fill_state_read(json_object_get(edit, "to"), &to))
                return false;
        fill_edit_state(s, op, target->row, target->place.node, inverse ? &from : &to);
        return true;
}

static bool apply_children(struct session *s, const struct target *target, const json_t *json)
{
        size_t n = json_array_size(json);
        const char **ids = xcalloc(n, sizeof *ids);
        bool good = target->type == NODE_CHILDREN && json_is_array(json);
        for (size_t i = 0; i < n; i++) {
                ids[i] = json_string_value(json_array_get(json, i));
                good = good && ids[i];
        }
        if (good)
                fill_edit_children(s, target->row, target->place.node, ids, (int)n);
        free(ids);
        return good;
}

static bool apply_add(struct session *s, const struct target *target, const json_t *edit)
{
        json_int_t number = json_integer_value(json_object_get(edit, "row"));
        json_int_t position = json_integer_value(json_object_get(edit, "pos"));
        const json_t *with = json_object_get(edit, "with");
        int node = target->place.node;
        if (target->type != NODE_REPEAT || number < 1 || number > ROW_NUMBER_MAX || fill_row(s, (int)number))
                return false;
        if (position < 0 || position > fill_list_n(fill_slot(s, target->row, node)))
                return false;
        if (!fill_row_json_check(s, node, with, false))
                return false;
        struct row *row = fill_row_attach(s, target->row, node, (int)number, (int)position);
        fill_row_json_apply(s, row, with);
        if (records(s, row))
                record_row(s, "add", row);
        fill_rows_changed(s, target->row, node, true);
        return true;
}

static struct row *row_in(const struct session *s, const struct target *target, const json_t *edit)
{
        json_int_t number = json_integer_value(json_object_get(edit, "row"));
        struct row *row = number >= 1 && number <= ROW_NUMBER_MAX ? fill_row(s, (int)number) : NULL;
        return row && row->parent == target->row && row->node == target->place.node ? row : NULL;
}

static bool apply_remove(struct session *s, const struct target *target, const json_t *edit)
{
        struct row *row = row_in(s, target, edit);
        if (row)
                fill_edit_remove(s, row);
        return row != NULL;
}

static bool apply_move(struct session *s, const struct target *target, const json_t *edit, bool inverse)
{
        struct row *row = row_in(s, target, edit);
        json_int_t step = json_integer_value(json_object_get(edit, "step"));
        if (!row || (step != 1 && step != -1))
                return false;
        return fill_edit_move(s, row, (int)(inverse ? -step : step));
}

bool fill_edit_apply(struct session *s, const json_t *edit, bool inverse)
{
        const char *op = json_string_value(json_object_get(edit, "op"));
        struct target target;
        if (!op || !target_of(s, edit, &target))
                return false;
        if (str_equal(op, "set") || str_equal(op, "confirm"))
                return apply_state(s, &target, edit, inverse);
        if (str_equal(op, "children"))
                return apply_children(s, &target, json_object_get(edit, inverse ? "from" : "to"));
        if (str_equal(op, inverse ? "remove" : "add"))
                return apply_add(s, &target, edit);
        if (str_equal(op, inverse ? "add" : "remove"))
                return apply_remove(s, &target, edit);
        return str_equal(op, "move") && apply_move(s, &target, edit, inverse);
}

/* A step is its first edit, if it has an `at`, and those in `also`. */
static const json_t *step_edit(const json_t *step, size_t i)
{
        bool own = json_object_get(step, "at") != NULL;
        if (own && i == 0)
                return step;
        return json_array_get(json_object_get(step, "also"), i - own);
}

static size_t step_size(const json_t *step)
{
        return json_array_size(json_object_get(step, "also")) + (json_object_get(step, "at") ? 1 : 0);
}

bool fill_step_apply(struct session *s, const json_t *step, bool inverse)
{
        size_t n = step_size(step), done = 0;
        bool was_applying = s->applying;
        s->applying = true;
        s->edits = json_array();
        while (done < n && fill_edit_apply(s, step_edit(step, inverse ? n - 1 - done : done), inverse))
                done++;
        json_t *made = s->edits;
        s->edits = NULL;
        for (size_t i = json_array_size(made); done < n && i > 0; i--)
                fill_edit_apply(s, json_array_get(made, i - 1), true);
        json_decref(made);
        fill_settle(s);
        s->applying = was_applying;
        return n > 0 && done == n;
}
