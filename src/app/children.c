/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Children: records of another form that belong to the one being filled, such
 * as the commitments of a visit.  While the parent is a draft each new child is
 * a draft of its own that names its parent; finalising the parent finalises them.
 * The parent's answer is the list of the children's record ids.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

/* The ids of a place without `record`, in `arena`, with room for one more. */
static const char **other_ids(struct draft *parent, struct place place, const struct id *record,
                              struct arena *arena, int *ret_n)
{
        int n, kept = 0;
        char text[ID_TEXT];
        const char *const *old = session_children(parent->session, place, &n);
        const char **ids = ARENA_ARRAY(arena, const char *, n + 1);
        id_format(record, text);
        for (int i = 0; i < n; i++)
                if (strcmp(old[i], text) != 0)
                        ids[kept++] = arena_strdup(arena, old[i]);
        *ret_n = kept;
        return ids;
}

void draft_enlist(struct draft *parent, struct place place, const struct id *record)
{
        struct arena arena = {0};
        int n;
        char text[ID_TEXT];
        const char **ids = other_ids(parent, place, record, &arena, &n);
        ids[n] = id_format(record, text);
        session_set_children(parent->session, place, ids, n + 1);
        arena_release(&arena);
}

void draft_delist(struct draft *parent, struct place place, const struct id *record)
{
        struct arena arena = {0};
        int n;
        const char **ids = other_ids(parent, place, record, &arena, &n);
        session_set_children(parent->session, place, ids, n);
        arena_release(&arena);
}

static void belong(struct draft *child, struct draft *parent, struct place place)
{
        child->info.parent_draft = parent->info.id;
        child->info.parent_question = arena_strdup(&child->arena, parent->form->nodes[place.node].name);
        child->parent = parent;
        child->parent_place = place;
}

enum err_code draft_begin_child(struct draft *parent, struct place place, struct draft **ret, struct err *err)
{
        const struct node *node = &parent->form->nodes[place.node];
        struct draft *child;
        json_t *initial = session_child_answers(parent->session, place);
        char text[ID_TEXT];
        /* A form that keeps where it came from is told; one that does not ignores it. */
        json_object_set_new(initial, "origen_registro", json_string(id_format(&parent->info.record, text)));
        enum err_code rc = draft_begin(parent->app, node->to, initial, &child, err);
        json_decref(initial);
        if (rc != ERR_OK)
                return rc;
        belong(child, parent, place);
        *ret = child;
        return ERR_OK;
}

/* The child draft that holds `record`, among those of the parent. */
static const struct store_draft *find_draft(const struct store_draft *drafts, int n, const struct id *record)
{
        for (int i = 0; i < n; i++)
                if (id_equal(&drafts[i].record, record))
                        return &drafts[i];
        return NULL;
}

const struct draft_child *draft_children(struct draft *draft, struct place place, struct arena *arena, int *ret_n)
{
        int n, drafts_n = 0;
        struct store_draft *drafts = NULL;
        const char *const *ids = session_children(draft->session, place, &n);
        struct draft_child *children = ARENA_ARRAY(arena, struct draft_child, n);
        if (draft->stored && store_draft_list(draft->app->store, &draft->info.id, arena, &drafts, &drafts_n, NULL) != ERR_OK)
                drafts_n = 0;
        for (int i = 0; i < n; i++) {
                struct draft_child *child = &children[i];
                id_parse(ids[i], &child->record);
                const struct store_draft *its = find_draft(drafts, drafts_n, &child->record);
                child->is_draft = its != NULL;
                if (its) {
                        child->draft = its->id;
                        child->title = *its->title ? its->title : _("(sin título)");
                        child->missing = its->missing;
                } else {
                        child->title = record_title(draft->app, ids[i], arena);
                }
        }
        *ret_n = n;
        return children;
}

static struct place place_of_child(struct draft *parent, const struct id *record)
{
        const struct form *form = parent->form;
        char text[ID_TEXT];
        id_format(record, text);
        for (int node = 0; node < form->nodes_n; node++) {
                struct place place = {node, 0};
                int n = 0;
                bool listed = form->nodes[node].type == NODE_CHILDREN && form->nodes[node].scope == 0;
                const char *const *ids = listed ? session_children(parent->session, place, &n) : NULL;
                for (int i = 0; i < n; i++)
                        if (strcmp(ids[i], text) == 0)
                                return place;
        }
        return PLACE_NONE;
}

enum err_code draft_open_child(struct draft *parent, const struct draft_child *child, struct draft **ret,
                               struct err *err)
{
        if (child->is_draft)
                return draft_resume(parent->app, &child->draft, ret, err);
        /* One finalised before: a draft of the parent's from its first answer on. */
        enum err_code rc = draft_edit(parent->app, &child->record, ret, err);
        struct place place = place_of_child(parent, &child->record);
        if (rc == ERR_OK && place.node >= 0)
                belong(*ret, parent, place);
        return rc;
}

enum err_code draft_remove_child(struct draft *parent, struct place place, int index, struct err *err)
{
        struct arena arena = {0};
        int n;
        const struct draft_child *children = draft_children(parent, place, &arena, &n);
        enum err_code rc = ERR_OK;
        if (index < 0 || index >= n) {
                rc = err_set(err, ERR_NOT_FOUND, _("ya no está en la lista"));
        } else {
                /* Its draft stays until the parent's goes, so that an undo brings it back whole. */
                draft_delist(parent, place, &children[index].record);
                rc = draft_save(parent, err);
        }
        arena_release(&arena);
        return rc;
}

enum err_code draft_each_child(struct draft *draft, child_visit *each, void *ctx, struct err *err)
{
        const struct form *form = draft->form;
        struct arena arena = {0};
        enum err_code rc = ERR_OK;
        for (int node = 0; rc == ERR_OK && node < form->nodes_n; node++) {
                struct place place = {node, 0};
                int n;
                if (form->nodes[node].type != NODE_CHILDREN || !session_is_relevant(draft->session, place))
                        continue;
                const struct draft_child *children = draft_children(draft, place, &arena, &n);
                for (int i = 0; rc == ERR_OK && i < n; i++) {
                        struct draft *child;
                        if (!children[i].is_draft)
                                continue;
                        rc = draft_resume(draft->app, &children[i].draft, &child, err);
                        if (rc == ERR_OK) {
                                rc = each(child, place, i + 1, ctx, err);
                                draft_free(child);
                        }
                }
        }
        arena_release(&arena);
        return rc;
}
