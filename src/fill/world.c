/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an expression sees besides answers: the form's own lists, the directory
 * and other records.  It is the same for a session and for a reading.
 *
 * Texts for people show references as their titles; attribute() in them is
 * given the id back, from the titles shown so far.
 */
#include "session_priv.h"

struct shown_title { const char *id, *title; const struct shown_title *next; };

const char *world_title(struct world *world, const char *id, struct arena *arena)
{
        const struct session_host *host = world->host;
        const char *title = host->record_title ? host->record_title(host->ctx, id, arena) : NULL;
        if (!title)
                return id;
        struct shown_title *one = ARENA_NEW(arena, struct shown_title);
        *one = (struct shown_title){.id = id, .title = title, .next = world->titles};
        world->titles = one;
        return title;
}

/* ---- The form ---- */

static const char *choice_label(void *ctx, int ref, const char *name, struct arena *arena)
{
        const struct node *node = &((const struct world *)ctx)->form->nodes[ref];
        const struct choice *choice = node->list ? choice_list_find(node->list, name) : NULL;
        (void)arena;
        return choice ? choice->label : NULL;
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

static const char *lookup(void *ctx, const char *name, const char *column, const char *key_column, const char *key)
{
        return fill_lookup(((const struct world *)ctx)->form, name, column, key_column, key);
}

static const char *cell(void *ctx, const char *name, int row, const char *column)
{
        return fill_cell(((const struct world *)ctx)->form, name, row, column);
}

/* ---- Other records ---- */

static int64_t count_records(void *ctx, const char *form, const char *const *names, const char *const *values, int n)
{
        const struct session_host *host = ((const struct world *)ctx)->host;
        return host->count_records ? host->count_records(host->ctx, form, names, values, n) : 0;
}

static struct value attribute(void *ctx, const char *reference, const char *name, struct arena *arena)
{
        const struct world *world = ctx;
        const struct session_host *host = world->host;
        const struct shown_title *shown = world->titles;
        while (shown && !str_equal(shown->title, reference))
                shown = shown->next;
        if (shown)
                reference = shown->id;
        if (!host->attribute || str_blank(reference))
                return VALUE_NONE;
        return host->attribute(host->ctx, reference, name, arena);
}

struct expr_env world_env(struct world *world)
{
        return (struct expr_env){.ctx = world, .choice_label = choice_label, .lookup = lookup, .cell = cell,
                                 .count_records = count_records, .record_id = world->host->record_id, .attribute = attribute};
}
