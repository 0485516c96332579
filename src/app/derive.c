/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The view of a record, derived from its revisions and from nothing else but
 * what it refers to: two stores with the same revisions show the same.
 *
 * A title may name a school, an answer may be read through a reference, so
 * when a record changes, those that refer to it are derived again.  derive_many.c
 * does the same for many at once.
 */
#include "derive_many.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "store/facts.h"
#include "store/incoming.h"

enum { DEPTH_MAX = 3 }; /* a title within a title within a title */

/* ---- One record ---- */

void view_read_parent(const json_t *body, struct store_record *view, struct arena *arena)
{
        const json_t *parent = json_object_get(body, "parent");
        const char *record = json_string_value(json_object_get(parent, "rec"));
        const char *question = json_string_value(json_object_get(parent, "question"));
        if (record && question && id_parse(record, &view->parent))
                view->parent_question = arena_strdup(arena, question);
}

/* Kept only where it says something that the head does not. */
static const char *merged_text(const struct lineage *lineage, struct arena *arena)
{
        struct str text = STR_INIT;
        if (json_equal(lineage->merged.answers, json_object_get(lineage->bodies[lineage->head], "f")))
                return NULL;
        json_t *body = json_pack("{s:O}", "f", lineage->merged.answers);
        json_write(&text, body);
        json_decref(body);
        const char *kept = arena_strdup(arena, text.text);
        str_release(&text);
        return kept;
}

/* Whoever made it, and not the last to correct it or to settle a conflict: the first revision's, whatever the order they came in. */
static const char *maker(const struct lineage *lineage)
{
        const struct store_revision *first = NULL;
        for (int i = 0; i < lineage->n; i++) {
                const struct store_revision *other = &lineage->revisions[i];
                bool earlier = !first || other->gen < first->gen || (other->gen == first->gen && memcmp(&other->id, &first->id, sizeof first->id) < 0);
                if (*other->author && earlier)
                        first = other;
        }
        return first ? first->author : "";
}

static enum err_code set_view(struct app *app, const struct id *record, const struct form *form,
                              const struct lineage *lineage, const char **ret_title, struct arena *arena, struct err *err)
{
        const struct store_revision *head = &lineage->revisions[lineage->head];
        struct record_derived derived = record_derive(app, form, lineage->merged.answers, record, head, arena);
        if (app->deriving)
                deriving_saw(app->deriving, &derived);
        view_read_parent(lineage->bodies[lineage->head], &derived.view, arena);
        derived.view.author = maker(lineage);
        derived.view.state = lineage_state(lineage);
        derived.view.conflict = lineage_conflicts(lineage);
        /* Who says a word on several has seen them all; words beside each other change nothing in parallel. */
        derived.view.heads = lineage->merged.heads_n > 1 ? lineage->merged.tips_n : 1;
        derived.view.missing = lineage->merged.missing_n;
        derived.view.merged = merged_text(lineage, arena);
        *ret_title = derived.view.title;
        enum err_code rc = store_record_set(app->store, &derived.view, derived.links, derived.links_n, err);
        if (rc == ERR_OK)
                rc = facts_put(app, form, lineage->merged.answers, &derived.view, err);
        return rc;
}

static enum err_code forget_view(struct app *app, const struct id *record, struct err *err)
{
        struct arena arena = {0};
        struct store_record view;
        enum err_code rc = ERR_OK;
        if (store_record_get(app->store, record, &arena, &view, NULL) == ERR_OK) {
                rc = store_facts_set(app->store, record, &(struct fact_place){{0}}, NULL, 0, err);
                if (rc == ERR_OK)
                        rc = store_record_forget(app->store, record, err);
        }
        app_cache_forget(app, record);
        arena_release(&arena);
        return rc;
}

enum err_code view_derive(struct app *app, const struct id *record, bool *ret_retitled, struct err *err)
{
        struct arena arena = {0};
        struct lineage lineage = {0};
        const struct form *form = NULL;
        struct store_record before;
        const char *title = "";
        bool known = store_record_get(app->store, record, &arena, &before, NULL) == ERR_OK;
        enum err_code rc = lineage_read(app, record, NULL, &lineage, err);
        if (rc == ERR_NOT_FOUND) { /* all of it was purged */
                arena_release(&arena);
                return forget_view(app, record, err);
        }
        if (rc == ERR_OK)
                rc = app_form_version(app, &lineage.revisions[lineage.head].form_hash, &form, err);
        if (rc == ERR_OK)
                rc = set_view(app, record, form, &lineage, &title, &arena, err);
        if (rc == ERR_OK && ret_retitled)
                *ret_retitled = !known || strcmp(before.title, title) != 0;
        app_cache_forget(app, record);
        lineage_release(&lineage);
        arena_release(&arena);
        return rc;
}

/* ---- Those that refer to it ---- */

/* A list of children says nothing about them in the view of whoever has it. */
static bool reads_it(struct app *app, const struct store_link *link)
{
        struct arena arena = {0};
        struct store_record view;
        const struct form *form;
        bool reads = true;
        if (store_record_get(app->store, &link->to, &arena, &view, NULL) == ERR_OK &&
            app_form_version(app, &view.form_hash, &form, NULL) == ERR_OK) {
                int node = form_find(form, link->question);
                reads = node < 0 || form->nodes[node].type != NODE_CHILDREN;
        }
        arena_release(&arena);
        return reads;
}

static bool passes_over(struct app *app, const struct id *record, const struct store_link *links, int at)
{
        return id_equal(&links[at].to, record) || (at > 0 && id_equal(&links[at].to, &links[at - 1].to)) ||
               !reads_it(app, &links[at]);
}

static enum err_code refresh(struct app *app, const struct id *record, int depth, struct err *err)
{
        struct arena arena = {0};
        struct store_link *links;
        int n = 0;
        enum err_code rc = store_links_to(app->store, record, &arena, &links, &n, err);
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                bool retitled = false;
                if (passes_over(app, record, links, i))
                        continue;
                rc = view_derive(app, &links[i].to, &retitled, err);
                if (rc == ERR_OK && retitled && depth < DEPTH_MAX)
                        rc = refresh(app, &links[i].to, depth + 1, err);
        }
        arena_release(&arena);
        return rc;
}

enum err_code view_refresh_readers(struct app *app, const struct id *record, struct err *err)
{
        return refresh(app, record, 1, err);
}
