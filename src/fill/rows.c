/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tree of rows.
 *
 *      row 0 ── slot of repeat A ── list ──► rows 1, 4, 2   (their order is the list's)
 *                                             └─ slot of repeat B ── list ──► rows 3, 7
 *
 * Invariants: s->rows[n] is row n or NULL if it was removed; a row stands in
 * its parent's list at its `position`; every slot of a row belongs to a node
 * directly in the row's scope.  Numbers only grow; undo brings removed rows
 * back under their old number.
 */
#include <stdlib.h>

#include "session_priv.h"

struct row *fill_row(const struct session *s, int number)
{
        return number >= 0 && number < s->rows_n ? s->rows[number] : NULL;
}

struct row *fill_row_of(const struct session *s, struct place place)
{
        struct row *row = fill_row(s, place.row);
        if (!row || place.node < 0 || place.node >= s->form->nodes_n)
                return NULL;
        return fill_node(s, place.node)->scope == row->scope ? row : NULL;
}

const struct row *fill_ancestor(const struct row *row, int scope)
{
        while (row && row->scope != scope)
                row = row->parent;
        return row;
}

int fill_common_scope(const struct session *s, int a, int b)
{
        while (a != b) {
                if (s->scope_depth[a] >= s->scope_depth[b])
                        a = s->form->scopes[a].parent;
                else
                        b = s->form->scopes[b].parent;
        }
        return a;
}

int fill_scope_toward(const struct session *s, int from, int to)
{
        while (s->form->scopes[to].parent != from)
                to = s->form->scopes[to].parent;
        return to;
}

bool fill_scope_inside(const struct session *s, int scope, int outer)
{
        while (scope >= 0 && scope != outer)
                scope = s->form->scopes[scope].parent;
        return scope == outer;
}

/* ---- Lists ---- */

struct list *fill_list(struct slot *slot)
{
        if (!slot->list)
                slot->list = xcalloc(1, sizeof *slot->list);
        return slot->list;
}

int fill_list_n(const struct slot *slot)
{
        return slot->list ? slot->list->n : 0;
}

void fill_list_set_ids(struct list *list, const char *const *ids, int n)
{
        char **copy = xcalloc((size_t)n, sizeof *copy);
        for (int i = 0; i < n; i++)
                copy[i] = xstrdup(ids[i]);
        for (int i = 0; i < list->n; i++)
                free(list->ids[i]);
        free(list->ids);
        list->ids = copy;
        list->n = list->room = n;
}

static void list_insert(struct list *list, int position, int number)
{
        if (list->n == list->room) {
                list->room = list->room ? 2 * list->room : 4;
                list->rows = xrealloc(list->rows, (size_t)list->room * sizeof *list->rows);
        }
        memmove(list->rows + position + 1, list->rows + position,
                (size_t)(list->n - position) * sizeof *list->rows);
        list->rows[position] = number;
        list->n++;
}

static void renumber(struct session *s, const struct list *list, int from)
{
        for (int i = from; i < list->n; i++)
                s->rows[list->rows[i]]->position = i;
}

/* ---- Rows ---- */

static struct row *row_new(struct session *s, struct row *parent, int node, int number)
{
        int scope = node ? fill_node(s, node)->opens_scope : 0;
        int n = s->form->scopes[scope].slots_n;
        struct row *row = xcalloc(1, sizeof *row + (size_t)n * sizeof row->slots[0]);
        bool shown = !parent || fill_slot(s, parent, node)->flags & SLOT_SHOWN;
        row->number = number;
        row->node = node;
        row->scope = scope;
        row->parent = parent;
        for (int i = 0; i < n; i++) {
                row->slots[i].flags = (unsigned short)(SLOT_OWN | (shown ? SLOT_SHOWN : 0));
                row->slots[i].status = STATUS_HIDDEN;
        }
        s->slots_n += n;
        return row;
}

void fill_rows_reserve(struct session *s, int n)
{
        while (n > s->rows_room) {
                int room = s->rows_room ? 2 * s->rows_room : 8;
                s->rows = xrealloc(s->rows, (size_t)room * sizeof *s->rows);
                memset(s->rows + s->rows_room, 0, (size_t)(room - s->rows_room) * sizeof *s->rows);
                s->rows_room = room;
        }
        if (n > s->rows_n)
                s->rows_n = n;
}

struct row *fill_row_attach(struct session *s, struct row *parent, int node, int number, int position)
{
        struct row *row = row_new(s, parent, node, number);
        fill_rows_reserve(s, number + 1);
        assert(!s->rows[number]);
        s->rows[number] = row;
        row->fresh = !s->applying;
        if (parent) {
                struct list *list = fill_list(fill_slot(s, parent, node));
                list_insert(list, position, number);
                renumber(s, list, position);
        }
        fill_due_row(s, row, s->applying ? SLOT_CALC_DUE : SLOT_CALC_DUE | SLOT_DEFAULT_DUE);
        return row;
}

static void row_free(struct session *s, struct row *row)
{
        const struct scope *scope = &s->form->scopes[row->scope];
        for (int i = 0; i < scope->slots_n; i++) {
                struct list *list = row->slots[i].list;
                bool repeat = fill_node(s, scope->slots[i])->type == NODE_REPEAT;
                for (int k = 0; repeat && list && k < list->n; k++)
                        row_free(s, s->rows[list->rows[k]]);
        }
        fill_status_forget(s, row);
        for (int i = 0; i < scope->slots_n; i++)
                fill_slot_release(&row->slots[i]);
        s->slots_n -= scope->slots_n;
        s->rows[row->number] = NULL;
        free(row);
}

bool fill_can_add(const struct session *s, const struct row *parent, int node)
{
        int slots_n = s->form->scopes[fill_node(s, node)->opens_scope].slots_n;
        return fill_list_n(fill_slot(s, parent, node)) < ROWS_MAX && s->rows_n < ROW_NUMBER_MAX &&
               s->slots_n + slots_n <= SLOTS_MAX;
}

void fill_row_detach(struct session *s, struct row *row)
{
        struct list *list = fill_slot(s, row->parent, row->node)->list;
        int position = row->position;
        fill_path_forget(s, row);
        memmove(list->rows + position, list->rows + position + 1,
                (size_t)(list->n - position - 1) * sizeof *list->rows);
        list->n--;
        renumber(s, list, position);
        row_free(s, row);
}

void fill_row_shift(struct session *s, struct row *row, int step)
{
        struct list *list = fill_slot(s, row->parent, row->node)->list;
        int from = row->position, to = from + step;
        list->rows[from] = list->rows[to];
        list->rows[to] = row->number;
        s->rows[list->rows[from]]->position = from;
        row->position = to;
}

void fill_rows_clear(struct session *s)
{
        if (s->rows_n && s->rows[0])
                row_free(s, s->rows[0]);
        s->rows_n = 0;
        s->queue_n = 0;
}

/* ---- What others see ---- */

static const struct list *rows_at(const struct session *s, struct place place)
{
        struct row *row = fill_row_of(s, place);
        if (!row || fill_node(s, place.node)->type != NODE_REPEAT)
                return NULL;
        return fill_slot(s, row, place.node)->list;
}

const int *session_rows(const struct session *s, struct place place, int *ret_n)
{
        static const int none[1];
        const struct list *list = rows_at(s, place);
        *ret_n = list ? list->n : 0;
        return list && list->n ? list->rows : none;
}

struct place session_row_parent(const struct session *s, int number)
{
        const struct row *row = fill_row(s, number);
        return row && row->parent ? fill_place(row->parent, row->node) : PLACE_NONE;
}

int session_row_position(const struct session *s, int number)
{
        const struct row *row = fill_row(s, number);
        return row && row->parent ? row->position + 1 : 0;
}

int session_row_add(struct session *s, struct place place)
{
        struct row *parent = fill_row_of(s, place);
        if (!parent || fill_node(s, place.node)->type != NODE_REPEAT)
                return -1;
        struct slot *slot = fill_slot(s, parent, place.node);
        if (!(slot->flags & SLOT_SHOWN) || !fill_can_add(s, parent, place.node))
                return -1;
        fill_begin(s);
        int number = fill_edit_add(s, parent, place.node)->number;
        fill_settle(s);
        fill_commit(s, NULL, true);
        return number;
}

bool session_row_remove(struct session *s, int number)
{
        struct row *row = fill_row(s, number);
        if (!row || !row->parent)
                return false;
        fill_begin(s);
        fill_edit_remove(s, row);
        fill_settle(s);
        return fill_commit(s, NULL, true);
}

bool session_row_move(struct session *s, int number, int step)
{
        struct row *row = fill_row(s, number);
        if (!row || !row->parent)
                return false;
        fill_begin(s);
        if (fill_edit_move(s, row, step))
                fill_settle(s);
        return fill_commit(s, NULL, true);
}

/* ---- Children ---- */

bool session_set_children(struct session *s, struct place place, const char *const *ids, int n)
{
        struct row *row = fill_row_of(s, place);
        if (!row || fill_node(s, place.node)->type != NODE_CHILDREN || !node_has_answer(fill_node(s, place.node)))
                return false;
        if (!session_is_relevant(s, place) || session_is_read_only(s, place))
                return false;
        fill_begin(s);
        fill_edit_children(s, row, place.node, ids, n);
        fill_settle(s);
        return fill_commit(s, NULL, true);
}

const char *const *session_children(const struct session *s, struct place place, int *ret_n)
{
        static const char *const none[1];
        struct row *row = fill_row_of(s, place);
        struct slot *slot = row ? fill_slot(s, row, place.node) : NULL;
        bool some = slot && slot->list && fill_node(s, place.node)->type == NODE_CHILDREN;
        *ret_n = some ? slot->list->n : 0;
        return some && slot->list->n ? (const char *const *)slot->list->ids : none;
}
