/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One slot: what it holds, how it reads, its status, and the counts.
 *
 * Counts are kept for every node of scope 0 and include what is below it, rows
 * of repeats included.  They are adjusted at one place, status_count(), when
 * the status of one slot changes: the slot's own chain of groups, so the cost
 * is the depth of the form and never its size.
 */
#include <math.h>
#include <stdlib.h>

#include "session_priv.h"

void fill_slot_release(struct slot *slot)
{
        free(slot->text);
        if (slot->list) {
                for (int i = 0; slot->list->ids && i < slot->list->n; i++)
                        free(slot->list->ids[i]);
                free(slot->list->ids);
                free(slot->list->rows);
                free(slot->list->items);
                free(slot->list);
        }
}

struct state fill_slot_state(const struct slot *slot)
{
        return (struct state){
                .value = slot->value,
                .raw = slot->flags & SLOT_MALFORMED ? slot->text : NULL,
                .confirmed = (slot->flags & SLOT_CONFIRMED) != 0,
        };
}

bool fill_state_same(const struct state *a, const struct state *b)
{
        return value_same(&a->value, &b->value) && str_equal(a->raw, b->raw) && a->confirmed == b->confirmed;
}

void fill_slot_put(struct session *s, struct row *row, int node, const struct state *state)
{
        struct slot *slot = fill_slot(s, row, node);
        char *text = state->raw ? xstrdup(state->raw) : fill_typed_text(&state->value, s->arena);
        free(slot->text);
        slot->text = text;
        slot->value = state->raw ? VALUE_NONE : state->value;
        if (slot->value.kind == VALUE_STRING || slot->value.kind == VALUE_SET)
                slot->value.string = text;
        slot->flags &= (unsigned short)~(SLOT_MALFORMED | SLOT_CONFIRMED);
        slot->flags |= (unsigned short)(state->raw ? SLOT_MALFORMED : 0);
        slot->flags |= (unsigned short)(state->confirmed ? SLOT_CONFIRMED : 0);
}

/* ---- Reading ---- */

static struct value list_item(const struct list *list, bool repeat, int i)
{
        return repeat ? value_number(i + 1) : value_string(list->ids[i]);
}

static struct value list_value(const struct slot *slot, bool repeat, struct value *items)
{
        for (int i = 0; i < fill_list_n(slot); i++)
                items[i] = list_item(slot->list, repeat, i);
        return (struct value){.kind = VALUE_SEQUENCE, .count = fill_list_n(slot), .items = items};
}

struct value fill_content(const struct session *s, const struct row *row, int node, struct arena *arena)
{
        struct slot *slot = fill_slot(s, row, node);
        if (!(s->plan[node].flags & PLAN_LIST))
                return slot->value;
        struct value *items = ARENA_ARRAY(arena, struct value, fill_list_n(slot));
        return list_value(slot, fill_node(s, node)->type == NODE_REPEAT, items);
}

struct value fill_read(const struct session *s, const struct row *row, int node, struct arena *arena)
{
        return fill_slot(s, row, node)->flags & SLOT_SHOWN ? fill_content(s, row, node, arena) : VALUE_NONE;
}

struct value session_value(const struct session *s, struct place place)
{
        struct row *row = fill_row_of(s, place);
        struct slot *slot = row && place.node ? fill_slot(s, row, place.node) : NULL;
        if (!slot || !(slot->flags & SLOT_SHOWN))
                return VALUE_NONE;
        if (!(s->plan[place.node].flags & PLAN_LIST))
                return slot->value;
        struct list *list = fill_list(slot);
        list->items = xrealloc(list->items, (size_t)(list->n + 1) * sizeof *list->items);
        return list_value(slot, fill_node(s, place.node)->type == NODE_REPEAT, list->items);
}

const char *session_typed(const struct session *s, struct place place)
{
        struct row *row = fill_row_of(s, place);
        struct slot *slot = row && place.node ? fill_slot(s, row, place.node) : NULL;
        return slot && slot->text ? slot->text : "";
}

bool fill_is_empty(const struct session *s, const struct row *row, int node)
{
        const struct slot *slot = fill_slot(s, row, node);
        if (s->plan[node].flags & PLAN_LIST)
                return fill_list_n(slot) == 0;
        return !(slot->flags & SLOT_MALFORMED) && value_is_empty(&slot->value);
}

/* ---- Status ---- */

static enum answer_status judge(const struct session *s, const struct slot *slot, int node, bool empty)
{
        enum node_type type = fill_node(s, node)->type;
        bool quiet = type == NODE_REPEAT || type == NODE_CALCULATE; /* shown only when something is wrong */
        if (!(slot->flags & SLOT_SHOWN))
                return STATUS_HIDDEN;
        if (!(s->plan[node].flags & PLAN_JUDGED))
                return STATUS_PLAIN;
        if (slot->flags & (SLOT_MALFORMED | SLOT_BROKEN | SLOT_OUT_OF_RANGE))
                return STATUS_INVALID;
        if (empty && slot->flags & SLOT_REQUIRED)
                return STATUS_MISSING;
        if (empty && fill_node(s, node)->flags & NODE_EVIDENCE)
                return STATUS_WARNING;
        if (empty)
                return quiet ? STATUS_PLAIN : STATUS_EMPTY;
        if (slot->flags & SLOT_UNAVAILABLE && !(slot->flags & SLOT_CONFIRMED))
                return STATUS_UNAVAILABLE;
        if (slot->flags & SLOT_WARNED)
                return STATUS_WARNING;
        return quiet ? STATUS_PLAIN : STATUS_DONE;
}

static void count_one(struct session_counts *c, int by, enum answer_status status, bool question,
                      bool answered)
{
        if (status == STATUS_HIDDEN || status == STATUS_PLAIN)
                return;
        c->questions += question ? by : 0;
        c->answered += question && answered ? by : 0;
        c->missing += status == STATUS_MISSING ? by : 0;
        c->invalid += status == STATUS_INVALID ? by : 0;
        c->unavailable += status == STATUS_UNAVAILABLE ? by : 0;
        c->warnings += status == STATUS_WARNING ? by : 0;
}

/* Add or take away what the slot's present status contributes, here and all the way up. */
static void status_count(struct session *s, const struct row *row, int node, int by)
{
        const struct slot *slot = fill_slot(s, row, node);
        bool question = (s->plan[node].flags & PLAN_QUESTION) != 0;
        bool answered = (slot->flags & SLOT_ANSWERED) != 0;
        int at = node;
        if (slot->status == STATUS_HIDDEN || slot->status == STATUS_PLAIN)
                return;
        for (; row->parent; row = row->parent)
                at = row->node;
        for (;; at = fill_node(s, at)->parent) {
                count_one(&s->counts[at], by, slot->status, question, answered);
                if (at == 0)
                        return;
        }
}

void fill_status_update(struct session *s, struct row *row, int node)
{
        struct slot *slot = fill_slot(s, row, node);
        bool empty = fill_is_empty(s, row, node);
        enum answer_status status = judge(s, slot, node, empty);
        if (status == slot->status && empty == !(slot->flags & SLOT_ANSWERED))
                return;
        s->version++;
        status_count(s, row, node, -1);
        slot->status = (unsigned char)status;
        slot->flags &= (unsigned short)~SLOT_ANSWERED;
        slot->flags |= (unsigned short)(empty ? 0 : SLOT_ANSWERED);
        status_count(s, row, node, +1);
}

void fill_status_forget(struct session *s, struct row *row)
{
        const struct scope *scope = &s->form->scopes[row->scope];
        for (int i = 0; i < scope->slots_n; i++) {
                status_count(s, row, scope->slots[i], -1);
                row->slots[i].status = STATUS_HIDDEN;
        }
}

enum answer_status session_status(const struct session *s, struct place place)
{
        struct row *row = fill_row_of(s, place);
        if (!row)
                return STATUS_HIDDEN;
        return place.node ? (enum answer_status)fill_slot(s, row, place.node)->status : STATUS_PLAIN;
}

struct session_counts session_counts(const struct session *s, int group)
{
        if (group < 0 || group >= s->form->nodes_n)
                return (struct session_counts){0};
        return s->counts[group];
}

bool session_is_relevant(const struct session *s, struct place place)
{
        struct row *row = fill_row_of(s, place);
        return row && (place.node == 0 || fill_slot(s, row, place.node)->flags & SLOT_SHOWN);
}

bool session_is_required(const struct session *s, struct place place)
{
        struct row *row = fill_row_of(s, place);
        return row && place.node && fill_slot(s, row, place.node)->flags & SLOT_REQUIRED;
}

bool session_is_read_only(const struct session *s, struct place place)
{
        struct row *row = fill_row_of(s, place);
        return row && place.node && fill_slot(s, row, place.node)->flags & SLOT_READ_ONLY;
}
