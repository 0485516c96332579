/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a filled session to what lists, searches and links need: the record's
 * view.  Everything here can be derived again from the revision, which is what
 * `simae diagnostico --reconstruir` does.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

static const char *string_answer(const struct session *session, int node, struct arena *arena)
{
        if (node < 0)
                return "";
        struct value value = session_value(session, (struct place){node, 0});
        return value_is_empty(&value) ? "" : value_to_string(&value, arena);
}

const char *record_session_title(struct session *session, struct arena *arena)
{
        static const char between[] = " · ";
        const char *text = session_title(session, arena), *out = "";
        while (*text) {
                const char *next = strstr(text, between);
                size_t len = next ? (size_t)(next - text) : strlen(text);
                const char *part = arena_strndup(arena, text, len);
                if (!str_blank(part))
                        out = arena_printf(arena, "%s%s%s", out, *out ? between : "", part);
                text += len + (next ? sizeof between - 1 : 0);
        }
        return out;
}

/* Short plain answers that are not sensitive: codes, names, districts. */
static bool is_searchable(const struct node *node)
{
        bool text = node->type == NODE_TEXT && !(node->flags & NODE_MULTILINE);
        return node->scope == 0 && !(node->flags & NODE_SENSITIVE) && (text || node->type == NODE_CALCULATE);
}

static const char *search_words(struct session *session, const struct form *form, struct arena *arena)
{
        struct str words = STR_INIT;
        for (int i = 0; i < form->nodes_n; i++) {
                if (!is_searchable(&form->nodes[i]))
                        continue;
                const char *text = string_answer(session, i, arena);
                if (*text)
                        str_addf(&words, "%s%s", words.len ? " " : "", text);
        }
        const char *kept = arena_strdup(arena, words.text);
        str_release(&words);
        return kept;
}

/* References and children, rows of repeats included. */
struct link_list {
        struct store_link *items;
        int n, room;
};

static void add_link(struct link_list *list, const char *question, const char *id)
{
        struct store_link link = {.question = question};
        if (!id || !id_parse(id, &link.to))
                return;
        if (list->n == list->room) {
                list->room = list->room ? 2 * list->room : 8;
                list->items = xrealloc(list->items, (size_t)list->room * sizeof *list->items);
        }
        list->items[list->n++] = link;
}

static void collect_links(struct session *session, const struct form *form, int scope, int row, struct link_list *list,
                          struct arena *arena);

static void links_of_node(struct session *session, const struct form *form, int index, int row,
                          struct link_list *list, struct arena *arena)
{
        const struct node *node = &form->nodes[index];
        struct place place = {index, row};
        int n;
        if (!session_is_relevant(session, place))
                return;
        if (node->type == NODE_REFERENCE) {
                struct value value = session_value(session, place);
                if (!value_is_empty(&value))
                        add_link(list, node->name, value_to_string(&value, arena));
        } else if (node->type == NODE_CHILDREN) {
                const char *const *ids = session_children(session, place, &n);
                for (int i = 0; i < n; i++)
                        add_link(list, node->name, ids[i]);
        } else if (node->type == NODE_REPEAT) {
                const int *rows = session_rows(session, place, &n);
                for (int i = 0; i < n; i++)
                        collect_links(session, form, node->opens_scope, rows[i], list, arena);
        }
}

static void collect_links(struct session *session, const struct form *form, int scope, int row,
                          struct link_list *list, struct arena *arena)
{
        for (int i = 0; i < form->scopes[scope].slots_n; i++)
                links_of_node(session, form, form->scopes[scope].slots[i], row, list, arena);
}

/* ---- What the form says of its records ---- */

static bool holds(struct session *session, const struct expr *expr, bool otherwise, struct arena *arena)
{
        return expr ? session_test(session, expr, arena) : otherwise;
}

static const char *words_of(struct session *session, const struct expr *expr, struct arena *arena)
{
        struct value value = expr ? session_eval(session, expr, arena) : VALUE_NONE;
        return value_is_empty(&value) ? "" : value_to_string(&value, arena);
}

static const char *date_of(struct session *session, const struct expr *expr, struct arena *arena)
{
        int64_t days;
        const char *text = words_of(session, expr, arena);
        return date_parse(text, &days) ? text : "";
}

struct record_derived record_derive(struct app *app, struct session *session, const struct id *record,
                                    const struct hash *form_hash, const struct hash *revision,
                                    enum record_state state, const char *author, struct arena *arena)
{
        const struct form *form = session_form(session);
        struct link_list links = {0};
        struct record_derived derived = {0};
        collect_links(session, form, 0, 0, &links, arena);
        if (links.n) {
                derived.links = ARENA_ARRAY(arena, struct store_link, links.n);
                memcpy(derived.links, links.items, (size_t)links.n * sizeof *links.items);
                derived.links_n = links.n;
        }
        free(links.items);
        const char *school = string_answer(session, form->school, arena);
        derived.view = (struct store_record){
                .id = *record, .form = form->id, .form_hash = *form_hash, .revision = *revision,
                .title = record_session_title(session, arena), .school = school,
                .subject = app_joined(app, string_answer(session, form->subject, arena), arena),
                .school_title = *school ? record_title(app, school, arena) : "",
                .date = string_answer(session, form->date, arena), .author = author, .state = state,
                .sensitive = form->sensitive || holds(session, form->reserved, false, arena), .parent_question = "",
                .ugel = string_answer(session, form->ugel, arena), .open = holds(session, form->open, false, arena),
                .done = holds(session, form->done, true, arena), .due = date_of(session, form->due, arena),
                .unique_key = words_of(session, form->unique, arena)};
        /* The index of words is for everybody: nothing of a reserved record goes in but its title. */
        derived.view.search = derived.view.sensitive ? "" : search_words(session, form, arena);
        return derived;
}
