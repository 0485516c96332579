/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who reads whom: dependents, evaluation order and cycles.
 *
 * The readings are edges (reader, read), kept as two arrays of neighbours:
 * the dependents of each node, which the form keeps, and for those that order
 * evaluation also what each node waits for.  A node waits besides for the
 * group around it, since its relevance is inherited.
 *
 * The order takes, among the nodes that wait for nothing more, the first in
 * the file.  What cannot be ordered is in a cycle or behind one; each knot of
 * cycles is told once, by its shortest chain.
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "load.h"

/* Lists of numbers for each node, side by side: those of i are items[start[i]] … items[start[i + 1] - 1]. */
struct neighbours { int *start, *items; };

struct graph {
        struct loader *l;
        int n;
        struct neighbours waits, frees; /* frees: the inverse of waits */
};

static int compare_edges(const void *a, const void *b)
{
        const struct edge *x = a, *y = b;
        if (x->read != y->read)
                return x->read < y->read ? -1 : 1;
        return (x->reader > y->reader) - (x->reader < y->reader);
}

static int compare_ints(const void *a, const void *b)
{
        int x = *(const int *)a, y = *(const int *)b;
        return (x > y) - (x < y);
}

static int unique(int *items, int n)
{
        int kept = 0;
        if (n > 1)
                qsort(items, (size_t)n, sizeof *items, compare_ints);
        for (int i = 0; i < n; i++)
                if (!kept || items[kept - 1] != items[i])
                        items[kept++] = items[i];
        return kept;
}

/* A question's own constraint may read itself: that is not a dependent. */
static void set_dependents(struct loader *l)
{
        if (l->edges_n > 1)
                qsort(l->edges, (size_t)l->edges_n, sizeof *l->edges, compare_edges);
        int *pool = ARENA_ARRAY(l->arena, int, l->edges_n);
        for (int e = 0; e < l->edges_n;) {
                struct node *read = &l->nodes[l->edges[e].read];
                int n = 0;
                for (; e < l->edges_n && l->edges[e].read == read->index; e++)
                        if (l->edges[e].reader != read->index)
                                pool[n++] = l->edges[e].reader;
                read->dependents_n = unique(pool, n);
                read->dependents = pool;
                pool += read->dependents_n;
        }
}

static void add_neighbour(struct neighbours *to, int *fill, int node, int other)
{
        to->items[to->start[node] + fill[node]++] = other;
}

/* Group around each node; 0, the form, needs no waiting for. */
static void link_all(struct graph *g, void (*take)(struct graph *, int reader, int read, void *), void *ctx)
{
        struct loader *l = g->l;
        for (int i = 1; i < g->n; i++)
                if (l->nodes[i].parent > 0)
                        take(g, i, l->nodes[i].parent, ctx);
        for (int e = 0; e < l->edges_n; e++)
                if (l->edges[e].orders)
                        take(g, l->edges[e].reader, l->edges[e].read, ctx);
}

static void count_one(struct graph *g, int reader, int read, void *ctx)
{
        (void)ctx;
        g->waits.start[reader + 1]++;
        g->frees.start[read + 1]++;
}

static void link_one(struct graph *g, int reader, int read, void *ctx)
{
        int **fill = ctx;
        add_neighbour(&g->waits, fill[0], reader, read);
        add_neighbour(&g->frees, fill[1], read, reader);
}

static void build_neighbours(struct graph *g)
{
        struct arena *work = g->l->work;
        int *fill[] = {ARENA_ARRAY(work, int, g->n), ARENA_ARRAY(work, int, g->n)};
        g->waits.start = ARENA_ARRAY(work, int, g->n + 1);
        g->frees.start = ARENA_ARRAY(work, int, g->n + 1);
        link_all(g, count_one, NULL);
        for (int i = 0; i < g->n; i++) {
                g->waits.start[i + 1] += g->waits.start[i];
                g->frees.start[i + 1] += g->frees.start[i];
        }
        g->waits.items = ARENA_ARRAY(work, int, g->waits.start[g->n]);
        g->frees.items = ARENA_ARRAY(work, int, g->frees.start[g->n]);
        link_all(g, link_one, fill);
}

/* A heap of node numbers, least first. */
struct heap { int *items, n; };

static void heap_push(struct heap *heap, int item)
{
        int at = heap->n++;
        for (; at > 0 && heap->items[(at - 1) / 2] > item; at = (at - 1) / 2)
                heap->items[at] = heap->items[(at - 1) / 2];
        heap->items[at] = item;
}

static int heap_pop(struct heap *heap)
{
        int first = heap->items[0], last = heap->items[--heap->n], at = 0;
        for (;;) {
                int child = 2 * at + 1;
                if (child >= heap->n)
                        break;
                if (child + 1 < heap->n && heap->items[child + 1] < heap->items[child])
                        child++;
                if (heap->items[child] >= last)
                        break;
                heap->items[at] = heap->items[child];
                at = child;
        }
        heap->items[at] = last;
        return first;
}

/* Sets ranks; returns how many nodes got one. `waiting`: for how many each still waits. */
static int order(struct graph *g, int *waiting)
{
        struct heap ready = {.items = ARENA_ARRAY(g->l->work, int, g->n)};
        int rank = 0;
        for (int i = 0; i < g->n; i++) {
                waiting[i] = g->waits.start[i + 1] - g->waits.start[i];
                if (!waiting[i])
                        heap_push(&ready, i);
        }
        while (ready.n) {
                int i = heap_pop(&ready);
                g->l->nodes[i].rank = rank++;
                for (int e = g->frees.start[i]; e < g->frees.start[i + 1]; e++)
                        if (--waiting[g->frees.items[e]] == 0)
                                heap_push(&ready, g->frees.items[e]);
        }
        return rank;
}

/* Cycles */

/* Tarjan's components without recursion: `component` of each node, numbered from 1. */
struct search { int *low, *seen, *edge, *path, *stack, *component; int path_n, stack_n, count, components; };

static void close_component(struct search *s, int node)
{
        s->components++;
        for (;;) {
                int member = s->stack[--s->stack_n];
                s->component[member] = s->components;
                if (member == node)
                        return;
        }
}

static void enter(struct search *s, const struct graph *g, int node)
{
        s->seen[node] = s->low[node] = ++s->count;
        s->edge[node] = g->waits.start[node];
        s->stack[s->stack_n++] = node;
        s->path[s->path_n++] = node;
}

static void leave(struct search *s, int node)
{
        if (s->low[node] == s->seen[node])
                close_component(s, node);
        s->path_n--;
        if (s->path_n && s->low[s->path[s->path_n - 1]] > s->low[node])
                s->low[s->path[s->path_n - 1]] = s->low[node];
}

static void search_from(struct search *s, const struct graph *g, int root)
{
        enter(s, g, root);
        while (s->path_n) {
                int node = s->path[s->path_n - 1];
                if (s->edge[node] == g->waits.start[node + 1]) {
                        leave(s, node);
                        continue;
                }
                int next = g->waits.items[s->edge[node]++];
                if (!s->seen[next])
                        enter(s, g, next);
                else if (!s->component[next] && s->seen[next] < s->low[node])
                        s->low[node] = s->seen[next];
        }
}

/* The shortest way from `first` back to itself inside its component; previous[] tells it. False if none. */
static bool find_chain(const struct graph *g, const int *component, int first, int *previous, int *queue)
{
        int head = 0, tail = 0;
        queue[tail++] = first;
        while (head < tail) {
                int node = queue[head++];
                for (int e = g->waits.start[node]; e < g->waits.start[node + 1]; e++) {
                        int next = g->waits.items[e];
                        if (component[next] != component[first])
                                continue;
                        if (next == first) {
                                previous[first] = node;
                                return true;
                        }
                        if (previous[next] < 0) {
                                previous[next] = node;
                                queue[tail++] = next;
                        }
                }
        }
        return false;
}

static void tell_chain(struct loader *l, int first, const int *previous)
{
        enum { SHOWN = 12 };
        const char *chain = l->nodes[first].name;
        int node = previous[first], n = 0;
        for (; node != first && n < SHOWN; node = previous[node], n++)
                chain = arena_printf(l->work, "%s → %s", l->nodes[node].name, chain);
        if (node != first)
                chain = arena_printf(l->work, "… → %s", chain);
        COMPLAIN(l, l->items[first].here, _("estas preguntas dependen unas de otras en círculo: %s → %s"),
                 l->nodes[first].name, chain);
}

static void tell_cycles(struct graph *g)
{
        struct arena *work = g->l->work;
        int *made[8];
        for (size_t i = 0; i < ARRAY_LEN(made); i++)
                made[i] = ARENA_ARRAY(work, int, g->n + 1);
        struct search s = {.low = made[0], .seen = made[1], .edge = made[2], .path = made[3],
                           .stack = made[4],
                           .component = made[5]};
        int *previous = made[6], *queue = made[7];
        for (int i = 0; i < g->n; i++) {
                previous[i] = -1;
                if (!s.seen[i])
                        search_from(&s, g, i);
        }
        bool *told = ARENA_ARRAY(work, bool, s.components + 1);
        for (int i = 0; i < g->n; i++) {
                if (!told[s.component[i]] && find_chain(g, s.component, i, previous, queue))
                        tell_chain(g->l, i, previous);
                told[s.component[i]] = true;
        }
}

static void set_volatiles(struct loader *l, struct form *form)
{
        int *volatiles = ARENA_ARRAY(l->arena, int, l->n);
        for (int i = 0; i < l->n; i++)
                if (l->is_volatile[i])
                        volatiles[form->volatiles_n++] = i;
        form->volatiles = volatiles;
}

void graph_build(struct loader *l, struct form *form)
{
        struct graph g = {.l = l, .n = l->n};
        set_dependents(l);
        set_volatiles(l, form);
        build_neighbours(&g);
        int *waiting = ARENA_ARRAY(l->work, int, l->n);
        if (order(&g, waiting) < l->n)
                tell_cycles(&g);
}
