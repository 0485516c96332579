/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the answers of a record to what lists, searches and links need: its
 * view.  Everything here can be derived again from the revision, which is what
 * `simae diagnostico --reconstruir` does.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

/* Parts between points that turned out empty leave no point behind. */
static const char *without_gaps(const char *text, struct arena *arena)
{
        static const char between[] = " · ";
        const char *out = "";
        while (*text) {
                const char *next = strstr(text, between);
                size_t len = next ? (size_t)(next - text) : strlen(text);
                const char *part = arena_strndup(arena, text, len);
                if (!str_blank(part))
                        out = *out ? arena_printf(arena, "%s%s%s", out, between, part) : part;
                text += len + (next ? sizeof between - 1 : 0);
        }
        return out;
}

const char *record_session_title(struct session *session, struct arena *arena)
{
        return without_gaps(session_title(session, arena), arena);
}

static const char *string_answer(const struct reading *reading, int node, struct arena *arena)
{
        struct value value = reading_value(reading, node);
        return value_is_empty(&value) ? "" : arena_strdup(arena, value_to_string(&value, arena));
}

static const char *search_words(const struct reading *reading, const struct form *form, struct arena *arena)
{
        struct str words = STR_INIT;
        for (int i = 0; i < form->nodes_n; i++) {
                if (!reading_is_searchable(&form->nodes[i]))
                        continue;
                struct value value = reading_value(reading, i);
                const char *text = value_is_empty(&value) ? "" : value_to_string(&value, arena);
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

static void add_link(void *ctx, const char *question, const char *id)
{
        struct link_list *list = ctx;
        struct store_link link = {.question = question};
        if (!id || !id_parse(id, &link.to) || id_is_none(&link.to))
                return;
        if (list->n == list->room) {
                list->room = list->room ? 2 * list->room : 8;
                list->items = xrealloc(list->items, (size_t)list->room * sizeof *list->items);
        }
        list->items[list->n++] = link;
}

static void take_links(const struct reading *reading, struct record_derived *derived, struct arena *arena)
{
        struct link_list links = {0};
        reading_links(reading, add_link, &links);
        if (links.n) {
                derived->links = ARENA_ARRAY(arena, struct store_link, links.n);
                memcpy(derived->links, links.items, (size_t)links.n * sizeof *links.items);
                derived->links_n = links.n;
        }
        free(links.items);
}

/* ---- What the form says of its records ---- */

static bool holds(const struct reading *reading, const struct expr *expr, bool otherwise, struct arena *arena)
{
        return expr ? reading_test(reading, expr, arena) : otherwise;
}

static const char *words_of(const struct reading *reading, const struct expr *expr, struct arena *arena)
{
        struct value value = expr ? reading_eval(reading, expr, arena) : VALUE_NONE;
        return value_is_empty(&value) ? "" : arena_strdup(arena, value_to_string(&value, arena));
}

static const char *date_of(const struct reading *reading, const struct expr *expr, struct arena *arena)
{
        int64_t days;
        const char *text = words_of(reading, expr, arena);
        return date_parse(text, &days) ? text : "";
}

struct record_derived record_derive(struct app *app, const struct form *form, const json_t *answers, const struct id *record,
                                    const struct store_revision *head, struct arena *arena)
{
        struct reading *reading = app_reading(app, form, answers, record);
        struct record_derived derived = {0};
        take_links(reading, &derived, arena);
        const char *school = string_answer(reading, form->school, arena);
        derived.view = (struct store_record){
                .id = *record, .form = form->id, .form_hash = head->form_hash, .revision = head->id,
                .title = without_gaps(reading_title(reading, arena), arena), .school = school,
                .subject = app_joined(app, string_answer(reading, form->subject, arena), arena),
                .school_title = *school ? record_title(app, school, arena) : "",
                .date = string_answer(reading, form->date, arena), .author = head->author, .state = head->state,
                .sensitive = form->sensitive || holds(reading, form->reserved, false, arena), .parent_question = "",
                .ugel = string_answer(reading, form->ugel, arena), .open = holds(reading, form->open, false, arena),
                .done = holds(reading, form->done, true, arena), .due = date_of(reading, form->due, arena),
                .unique_key = words_of(reading, form->unique, arena)};
        /* The index of words is for everybody: nothing of a reserved record goes in but its title. */
        derived.view.search = derived.view.sensitive ? "" : search_words(reading, form, arena);
        return derived;
}
