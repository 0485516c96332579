/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeping what follows from the answers up to date.
 *
 * A queue of (node, row) instances that may have changed, lowest rank first; a
 * slot is in it at most once.  Evaluating an instance works out its relevance,
 * calculation, row count, required, read-only and validity; only if what others
 * read there changed are its readers queued.  A question nobody reads costs one
 * instance, whatever the size of the form.
 *
 *      change ─► fill_changed() ─► queue ─► evaluate() ─┐
 *                    ▲                                  │ value or relevance changed
 *                    └──────────────────────────────────┘
 *
 * Ranks order the work so that each instance is normally evaluated once.  A
 * budget ends chains of triggers that would never settle.
 */
#include <math.h>

#include "base/clock.h"
#include "session_priv.h"

/* ---- The queue ---- */

static bool before(const struct due *a, const struct due *b)
{
        if (a->rank != b->rank)
                return a->rank < b->rank;
        return a->node != b->node ? a->node < b->node : a->row < b->row;
}

static void queue_push(struct session *s, struct due due)
{
        if (s->queue_n == s->queue_room) {
                s->queue_room = s->queue_room ? 2 * s->queue_room : 64;
                s->queue = xrealloc(s->queue, (size_t)s->queue_room * sizeof *s->queue);
        }
        int i = s->queue_n++;
        for (; i > 0 && before(&due, &s->queue[(i - 1) / 2]); i = (i - 1) / 2)
                s->queue[i] = s->queue[(i - 1) / 2];
        s->queue[i] = due;
}

static struct due queue_pop(struct session *s)
{
        struct due top = s->queue[0], last = s->queue[--s->queue_n];
        int i = 0;
        for (int child; (child = 2 * i + 1) < s->queue_n; i = child) {
                if (child + 1 < s->queue_n && before(&s->queue[child + 1], &s->queue[child]))
                        child++;
                if (!before(&s->queue[child], &last))
                        break;
                s->queue[i] = s->queue[child];
        }
        s->queue[i] = last;
        return top;
}

void fill_due(struct session *s, const struct row *row, int node, unsigned flags)
{
        if (node == 0)
                return;
        struct slot *slot = fill_slot(s, row, node);
        slot->flags |= (unsigned short)flags;
        if (slot->flags & SLOT_QUEUED)
                return;
        slot->flags |= SLOT_QUEUED;
        queue_push(s, (struct due){fill_node(s, node)->rank, row->number, node});
}

/* A calculation with a trigger waits for it. */
static unsigned without_trigger(const struct session *s, int node, unsigned flags)
{
        return fill_node(s, node)->trigger >= 0 ? flags & ~(unsigned)SLOT_CALC_DUE : flags;
}

void fill_due_row(struct session *s, struct row *row, unsigned flags)
{
        const struct scope *scope = &s->form->scopes[row->scope];
        for (int i = 0; i < scope->slots_n; i++)
                fill_due(s, row, scope->slots[i], without_trigger(s, scope->slots[i], flags));
}

/* Every instance of `node` in the rows at or below `row`. */
static void due_below(struct session *s, const struct row *row, int node, unsigned flags)
{
        int scope = fill_node(s, node)->scope;
        if (row->scope == scope) {
                fill_due(s, row, node, flags);
                return;
        }
        int repeat = s->form->scopes[fill_scope_toward(s, row->scope, scope)].node;
        const struct list *list = fill_slot(s, row, repeat)->list;
        for (int i = 0; list && i < list->n; i++)
                due_below(s, s->rows[list->rows[i]], node, flags);
}

/* ---- Who reads what ---- */

static bool expr_reads(const struct expr *expr, int ref)
{
        int n, low = 0;
        const int *refs = expr ? expr_refs(expr, &n) : NULL;
        for (int high = refs ? n : 0; low < high;) {
                int middle = (low + high) / 2;
                if (refs[middle] == ref)
                        return true;
                if (refs[middle] < ref)
                        low = middle + 1;
                else
                        high = middle;
        }
        return false;
}

/* `reader` reads `node`, which changed in `row` (or in a row of it that is gone). */
static void due_reader(struct session *s, const struct row *row, int node, int reader)
{
        bool calc = expr_reads(fill_node(s, reader)->calculation, node);
        unsigned flags = without_trigger(s, reader, calc ? SLOT_CALC_DUE : 0);
        bool any_row = s->plan[reader].flags & PLAN_POSITION && fill_node(s, node)->scope != 0;
        int common = fill_common_scope(s, row->scope, fill_node(s, reader)->scope);
        due_below(s, any_row ? s->rows[0] : fill_ancestor(row, common), reader, flags);
}

static void due_readers(struct session *s, const struct row *row, int node)
{
        const struct node *n = fill_node(s, node);
        for (int i = 0; i < n->dependents_n; i++)
                due_reader(s, row, node, n->dependents[i]);
        if (node != s->form->subject)
                return;
        for (int i = 0; i < s->form->nodes_n; i++) {
                unsigned calc = s->plan[i].flags & PLAN_PREVIOUS_CALC ? SLOT_CALC_DUE : 0;
                if (s->plan[i].flags & PLAN_PREVIOUS)
                        due_below(s, s->rows[0], i, without_trigger(s, i, calc));
        }
}

void fill_trigger(struct session *s, const struct row *row, int node)
{
        for (int t = s->plan[node].triggered; t >= 0; t = s->plan[t].next_triggered) {
                int common = fill_common_scope(s, row->scope, fill_node(s, t)->scope);
                due_below(s, fill_ancestor(row, common), t, SLOT_CALC_DUE);
        }
}

void fill_changed(struct session *s, const struct row *row, int node)
{
        due_readers(s, row, node);
        if (!s->applying && !fill_is_fresh(row))
                fill_trigger(s, row, node);
}

/*
 * Readers, outside a repeat, of a field of it, when rows came or went.  Readers in the row itself are its
 * own affair; indexed-repeat() from other rows names the repeat too, and so is one of its readers.
 */
static void due_field_readers(struct session *s, const struct row *parent, int repeat, int field)
{
        const struct node *n = fill_node(s, field);
        int inner = fill_node(s, repeat)->opens_scope;
        for (int i = 0; i < n->dependents_n; i++) {
                int reader = n->dependents[i];
                if (!fill_scope_inside(s, fill_node(s, reader)->scope, inner))
                        due_reader(s, parent, field, reader);
        }
}

void fill_rows_changed(struct session *s, const struct row *parent, int node, bool positions)
{
        const struct form *form = s->form;
        s->version++;
        fill_due(s, parent, node, 0);
        fill_changed(s, parent, node);
        for (int i = node + 1; i < fill_node(s, node)->end; i++)
                due_field_readers(s, parent, node, i);
        for (int i = 0; positions && i < form->volatiles_n; i++) {
                int v = form->volatiles[i];
                bool inside = fill_scope_inside(s, fill_node(s, v)->scope, fill_node(s, node)->opens_scope);
                unsigned calc = s->plan[v].flags & PLAN_POSITION_CALC ? SLOT_CALC_DUE : 0;
                if (inside && s->plan[v].flags & PLAN_POSITION)
                        due_below(s, parent, v, without_trigger(s, v, calc));
        }
}

void fill_due_volatiles(struct session *s, bool calculations)
{
        const struct form *form = s->form;
        for (int i = 0; i < form->volatiles_n; i++) {
                int v = form->volatiles[i];
                const struct expr *calc = fill_node(s, v)->calculation;
                bool again = calculations && calc && expr_is_volatile(calc);
                due_below(s, s->rows[0], v, without_trigger(s, v, again ? SLOT_CALC_DUE : 0));
        }
}

/* ---- Evaluating one instance ---- */

bool fill_shown_around(const struct session *s, const struct row *row, int node)
{
        int parent = fill_node(s, node)->parent;
        if (parent <= 0)
                return true;
        const struct row *holder = parent == row->node ? row->parent : row;
        return fill_slot(s, holder, parent)->flags & SLOT_SHOWN;
}

static void update_shown(struct session *s, struct row *row, int node);

static void update_shown_below(struct session *s, struct row *row, int node)
{
        for (int i = node + 1; i < fill_node(s, node)->end; i = fill_node(s, i)->end)
                update_shown(s, row, i);
}

/* Only when it flips is anything below looked at. */
static void update_shown(struct session *s, struct row *row, int node)
{
        struct slot *slot = fill_slot(s, row, node);
        bool shown = slot->flags & SLOT_OWN && fill_shown_around(s, row, node);
        if (shown == !!(slot->flags & SLOT_SHOWN))
                return;
        slot->flags ^= SLOT_SHOWN;
        fill_status_update(s, row, node);
        if (!fill_is_empty(s, row, node))
                due_readers(s, row, node);
        if (fill_node(s, node)->type == NODE_GROUP)
                update_shown_below(s, row, node);
        if (fill_node(s, node)->type != NODE_REPEAT)
                return;
        for (int i = 0; i < fill_list_n(slot); i++)
                update_shown_below(s, s->rows[slot->list->rows[i]], node);
        for (int k = node + 1; k < fill_node(s, node)->end; k++)
                due_field_readers(s, row, node, k);
        fill_due(s, row, node, 0);
}

static void set_flag(struct slot *slot, unsigned flag, bool on)
{
        slot->flags = (unsigned short)(on ? slot->flags | flag : slot->flags & ~flag);
}

static bool holds(struct session *s, const struct row *row, const struct expr *expr, bool without)
{
        return expr ? fill_eval_true(s, row, expr, VALUE_NONE, s->arena) : without;
}

static struct value metadata(const struct session *s, const struct node *node)
{
        struct datetime now = clock_now();
        switch (node->type) {
        case NODE_START:
                return (struct value){.kind = VALUE_DATETIME, .datetime = now};
        case NODE_TODAY:
                return value_date(now.days);
        case NODE_DEVICEID:
                return value_string(s->deviceid);
        case NODE_USERNAME:
                return value_string(s->username);
        default:
                return VALUE_NONE;
        }
}

static void run_default(struct session *s, struct row *row, int node)
{
        const struct node *n = fill_node(s, node);
        struct value value = metadata(s, n);
        if (n->default_value)
                value = fill_eval(s, row, n->default_value, VALUE_NONE, s->arena);
        struct state state = fill_coerce(n, value, s->arena);
        if (!(s->plan[node].flags & PLAN_LIST))
                fill_edit_state(s, "set", row, node, &state);
}

static void run_calculation(struct session *s, struct row *row, int node)
{
        const struct node *n = fill_node(s, node);
        struct value current = fill_slot(s, row, node)->value;
        struct state state = fill_coerce(n, fill_eval(s, row, n->calculation, current, s->arena), s->arena);
        fill_edit_state(s, "set", row, node, &state);
}

static void run_repeat_count(struct session *s, struct row *row, int node)
{
        struct slot *slot = fill_slot(s, row, node);
        struct value value = fill_eval(s, row, fill_node(s, node)->repeat_count, VALUE_NONE, s->arena);
        double wanted = value_to_number(&value);
        if (isnan(wanted))
                return;
        while (fill_list_n(slot) < wanted && fill_can_add(s, row, node))
                fill_edit_add(s, row, node);
}

static void evaluate(struct session *s, struct row *row, int node)
{
        const struct node *n = fill_node(s, node);
        struct slot *slot = fill_slot(s, row, node);
        unsigned due = slot->flags;
        slot->flags &= (unsigned short)~(SLOT_QUEUED | SLOT_CALC_DUE | SLOT_DEFAULT_DUE);
        set_flag(slot, SLOT_OWN, holds(s, row, n->relevant, true));
        update_shown(s, row, node);
        bool state = s->plan[node].flags & PLAN_STATE, put = s->applying || due & SLOT_GIVEN;
        if (due & SLOT_DEFAULT_DUE && state && !put)
                run_default(s, row, node);
        if (due & SLOT_CALC_DUE && n->calculation && !(state && put))
                run_calculation(s, row, node);
        if (n->repeat_count && slot->flags & SLOT_SHOWN && !s->applying)
                run_repeat_count(s, row, node);
        set_flag(slot, SLOT_REQUIRED, holds(s, row, n->required, n->flags & NODE_REQUIRED_ALWAYS));
        set_flag(slot, SLOT_READ_ONLY, holds(s, row, n->read_only, n->flags & NODE_READ_ONLY_ALWAYS));
        fill_check(s, row, node);
        fill_status_update(s, row, node);
}

void fill_settle(struct session *s)
{
        long budget = 1000;
        for (long done = 0; s->queue_n > 0; done++) {
                struct due due = queue_pop(s);
                struct row *row = fill_row(s, due.row);
                budget = 1000 + 20L * s->slots_n;
                if (!row || row->scope != fill_node(s, due.node)->scope)
                        continue;
                struct slot *slot = fill_slot(s, row, due.node);
                if (!(slot->flags & SLOT_QUEUED))
                        continue;
                s->evaluated++;
                if (done < budget)
                        evaluate(s, row, due.node);
                else
                        slot->flags &= (unsigned short)~(SLOT_QUEUED | SLOT_CALC_DUE | SLOT_DEFAULT_DUE);
                arena_clear(s->arena);
        }
}
