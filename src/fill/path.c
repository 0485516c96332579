/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Walking: where the person is, what comes next, and the way back.
 *
 * `here` is where the person last went.  If it is hidden now, session_here()
 * answers with the nearest shown place and `here` waits for it to reappear.
 * `path` holds the places left by going, oldest first; back drops those that
 * are no longer shown.  Both name existing rows only: a row that goes takes
 * its places along.
 */
#include <stdlib.h>

#include "session_priv.h"

bool fill_is_shown_place(const struct session *s, struct place place)
{
        const struct row *row = fill_row_of(s, place);
        return row && place.node > 0 && s->plan[place.node].flags & PLAN_PLACE &&
               fill_slot(s, row, place.node)->flags & SLOT_SHOWN;
}

/* ---- In the order of the form ---- */

static int scope_end(const struct session *s, const struct row *row)
{
        return fill_node(s, row->node)->end;
}

/* The first shown place of the row among nodes from … to-1, hidden groups and inner rows skipped. */
static struct place first_in(const struct session *s, const struct row *row, int from, int to)
{
        for (int i = from; i < to;) {
                const struct node *node = fill_node(s, i);
                bool shown = fill_slot(s, row, i)->flags & SLOT_SHOWN;
                if (shown && s->plan[i].flags & PLAN_PLACE)
                        return fill_place(row, i);
                i = shown && node->type == NODE_GROUP ? i + 1 : node->end;
        }
        return PLACE_NONE;
}

static struct place last_before(const struct session *s, const struct row *row, int node)
{
        for (int i = node - 1; i > row->node; i--)
                if (fill_node(s, i)->scope == row->scope && fill_is_shown_place(s, fill_place(row, i)))
                        return fill_place(row, i);
        return PLACE_NONE;
}

struct place session_step(const struct session *s, struct place from, int direction)
{
        const struct row *row = fill_row_of(s, from);
        if (!row)
                return PLACE_NONE;
        if (direction < 0)
                return last_before(s, row, from.node);
        const struct node *node = fill_node(s, from.node);
        return first_in(s, row, node->type == NODE_REPEAT ? node->end : from.node + 1, scope_end(s, row));
}

struct place session_first(const struct session *s, int group, int number)
{
        const struct row *row = fill_row(s, number);
        if (!row || group < 0 || group >= s->form->nodes_n)
                return PLACE_NONE;
        if (group == 0 || group == row->node)
                return first_in(s, row, row->node + 1, scope_end(s, row));
        if (fill_node(s, group)->scope != row->scope || !(fill_slot(s, row, group)->flags & SLOT_SHOWN))
                return PLACE_NONE;
        return first_in(s, row, group, fill_node(s, group)->end);
}

bool fill_walk(const struct session *s, const struct row *row,
               bool (*visit)(void *ctx, const struct row *row, int node), void *ctx)
{
        for (int i = row->node + 1; i < scope_end(s, row);) {
                const struct node *node = fill_node(s, i);
                const struct slot *slot = fill_slot(s, row, i);
                bool shown = slot->flags & SLOT_SHOWN;
                if (shown && visit(ctx, row, i))
                        return true;
                for (int k = 0; shown && node->type == NODE_REPEAT && k < fill_list_n(slot); k++)
                        if (fill_walk(s, s->rows[slot->list->rows[k]], visit, ctx))
                                return true;
                i = shown && node->type == NODE_GROUP ? i + 1 : node->end;
        }
        return false;
}

struct seek { const struct session *s; struct place from, first, found; bool passed; };

static bool seek_problem(void *ctx, const struct row *row, int node)
{
        struct seek *seek = ctx;
        struct place place = fill_place(row, node);
        enum answer_status status = fill_slot(seek->s, row, node)->status;
        bool problem = status == STATUS_MISSING || status == STATUS_INVALID || status == STATUS_UNAVAILABLE;
        if (problem && seek->passed) {
                seek->found = place;
                return true;
        }
        if (problem && seek->first.node < 0)
                seek->first = place;
        if (fill_place_same(place, seek->from))
                seek->passed = true;
        return false;
}

struct place session_next_problem(const struct session *s, struct place from)
{
        struct seek seek = {.s = s, .from = from, .first = PLACE_NONE, .found = PLACE_NONE};
        return fill_walk(s, s->rows[0], seek_problem, &seek) ? seek.found : seek.first;
}

/* ---- Here ---- */

static struct place nearest(const struct session *s, struct place place)
{
        for (const struct row *row = fill_row_of(s, place); row; row = row->parent) {
                struct place near = session_step(s, place, +1);
                if (near.node < 0)
                        near = session_step(s, place, -1);
                if (row->parent)
                        place = fill_place(row->parent, row->node);
                if (near.node < 0)
                        near = place;
                if (fill_is_shown_place(s, near))
                        return near;
        }
        return session_first(s, 0, 0);
}

struct place session_here(const struct session *s)
{
        return fill_is_shown_place(s, s->here) ? s->here : nearest(s, s->here);
}

void fill_path_push(struct session *s, struct place place)
{
        if (place.node < 0)
                return;
        if (s->path_n == PATH_STEPS_MAX)
                memmove(s->path, s->path + 1, (size_t)--s->path_n * sizeof *s->path);
        if (s->path_n == s->path_room) {
                s->path_room = s->path_room ? 2 * s->path_room : 16;
                s->path = xrealloc(s->path, (size_t)s->path_room * sizeof *s->path);
        }
        s->path[s->path_n++] = place;
}

bool session_go(struct session *s, struct place place)
{
        if (!fill_is_shown_place(s, place))
                return false;
        struct place here = session_here(s);
        if (fill_place_same(here, place))
                return true;
        fill_path_push(s, here);
        s->here = place;
        fill_log(s, json_pack("{s:s, s:o}", "op", "go", "at", fill_place_json(s, place)));
        return true;
}

bool fill_back(struct session *s)
{
        struct place here = session_here(s);
        while (s->path_n > 0) {
                struct place place = s->path[--s->path_n];
                if (!fill_is_shown_place(s, place) || fill_place_same(place, here))
                        continue;
                s->here = place;
                return true;
        }
        return false;
}

bool session_back(struct session *s)
{
        int n = s->path_n;
        bool moved = fill_back(s);
        if (moved)
                fill_log(s, json_pack("{s:s}", "op", "back"));
        else
                s->path_n = n;
        return moved;
}

static bool is_inside(const struct session *s, struct place place, const struct row *outer)
{
        const struct row *row = fill_row(s, place.row);
        while (row && row != outer)
                row = row->parent;
        return row != NULL;
}

void fill_path_forget(struct session *s, const struct row *row)
{
        int kept = 0;
        for (int i = 0; i < s->path_n; i++)
                if (!is_inside(s, s->path[i], row))
                        s->path[kept++] = s->path[i];
        s->path_n = kept;
        if (is_inside(s, s->here, row))
                s->here = fill_place(row->parent, row->node);
}

/* ---- Places as text ---- */

const char *place_text(const struct session *s, struct place place, struct arena *arena)
{
        if (place.node < 0 || place.node >= s->form->nodes_n)
                return "";
        const char *name = fill_node(s, place.node)->name;
        return place.row ? arena_printf(arena, "%s@%d", name, place.row) : name;
}

json_t *fill_place_json(const struct session *s, struct place place)
{
        const char *name = place.node >= 0 ? fill_node(s, place.node)->name : "";
        return place.row > 0 ? json_sprintf("%s@%d", name, place.row) : json_string(name);
}

static bool row_number(const char *text, int *ret)
{
        char *end;
        if (*text < '1' || *text > '9')
                return false;
        long number = strtol(text, &end, 10);
        *ret = number <= ROW_NUMBER_MAX ? (int)number : -1;
        return *end == '\0' && *ret > 0;
}

struct place place_parse(const struct session *s, const char *text)
{
        const char *at = strrchr(text, '@');
        struct place place = PLACE_NONE;
        if (!at) {
                place = (struct place){form_find(s->form, text), 0};
        } else if (row_number(at + 1, &place.row)) {
                char *name = xstrndup(text, (size_t)(at - text));
                place.node = form_find(s->form, name);
                free(name);
        }
        return place.node > 0 && fill_row_of(s, place) ? place : PLACE_NONE;
}
