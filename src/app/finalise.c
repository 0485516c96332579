/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finalising: every problem looked for first, then the record's revision and
 * those of its children in one transaction with the end of the drafts.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

struct problem_list {
        struct draft_problem *items;
        int n, room;
        struct arena *arena;
        bool warnings;
};

static void add_problem(struct problem_list *list, const struct draft_problem *problem)
{
        if (list->n == list->room) {
                list->room = list->room ? 2 * list->room : 16;
                list->items = xrealloc(list->items, (size_t)list->room * sizeof *list->items);
        }
        list->items[list->n++] = *problem;
}

static void own_problems(struct draft *draft, struct problem_list *list)
{
        int n;
        const struct session_problem *own = session_problems(draft->session, list->warnings, list->arena, &n);
        for (int i = 0; i < n; i++) {
                struct draft_problem problem = {.place = own[i].place, .status = own[i].status,
                                                .label = session_label(draft->session, own[i].place, list->arena),
                                                .text = own[i].text};
                add_problem(list, &problem);
        }
}

static enum err_code child_problems(struct draft *child, struct place place, int position, void *ctx, struct err *err)
{
        struct problem_list *list = ctx;
        int n;
        (void)err;
        const struct session_problem *own = session_problems(child->session, list->warnings, list->arena, &n);
        for (int i = 0; i < n; i++) {
                struct draft_problem problem = {.place = place, .status = own[i].status, .text = own[i].text,
                                                .child = child->info.record};
                problem.label = arena_printf(list->arena, "%s %d: %s", child->form->title, position,
                                             session_label(child->session, own[i].place, list->arena));
                add_problem(list, &problem);
        }
        return ERR_OK;
}

/* Another current record says it is the same: the same school and year, the same code. */
static void unique_problem(struct draft *draft, struct problem_list *list)
{
        const struct form *form = draft->form;
        struct store_record other;
        char code[CODE_TEXT];
        int n = 0;
        struct value key = form->unique ? session_eval(draft->session, form->unique, list->arena) : VALUE_NONE;
        if (value_is_empty(&key) ||
            store_record_by_key(draft->app->store, form->id, value_to_string(&key, list->arena), &draft->info.record,
                                list->arena, &other, NULL) != ERR_OK)
                return;
        const int *refs = expr_refs(form->unique, &n);
        add_problem(list, &(struct draft_problem){
                .place = n ? (struct place){refs[0], 0} : session_here(draft->session), .status = STATUS_INVALID,
                .label = form->title,
                .text = arena_printf(list->arena, _("Ya hay una: %s (%s). Corrija esa en lugar de hacer otra"), other.title,
                                     id_code(&other.id, code))});
}

const struct draft_problem *draft_problems(struct draft *draft, bool warnings, struct arena *arena, int *ret_n)
{
        struct problem_list list = {.arena = arena, .warnings = warnings};
        own_problems(draft, &list);
        unique_problem(draft, &list);
        draft_each_child(draft, child_problems, &list, NULL);
        struct draft_problem *kept = ARENA_ARRAY(arena, struct draft_problem, list.n);
        if (list.n)
                memcpy(kept, list.items, (size_t)list.n * sizeof *kept);
        free(list.items);
        *ret_n = list.n;
        return kept;
}

static enum err_code after_bases(struct draft *draft, struct revise *revise, struct arena *arena, struct err *err)
{
        struct store_record view;
        struct store_revision *history;
        struct hash *bases = NULL;
        int n = 0;
        enum err_code rc = store_history(draft->app->store, &draft->info.record, arena, &history, &n, err);
        revise->parents_n = bases_parse(draft->info.bases, arena, &bases);
        revise->parents = bases;
        for (int i = 0; rc == ERR_OK && i < n; i++)
                for (int p = 0; p < revise->parents_n; p++)
                        if (hash_equal(&history[i].id, &bases[p]) && history[i].gen >= revise->gen)
                                revise->gen = history[i].gen + 1;
        if (rc == ERR_OK)
                rc = store_record_get(draft->app->store, &draft->info.record, arena, &view, err);
        if (rc == ERR_OK && id_is_none(&revise->parent_record)) {
                revise->parent_record = view.parent;
                revise->parent_question = view.parent_question;
        }
        return rc;
}

/* The first of its record, or one that comes after those it was begun from. */
enum err_code draft_write_revision(struct draft *draft, const struct writing *origin, struct err *err)
{
        struct arena arena = {0};
        struct revise revise = {.session = draft->session, .record = draft->info.record,
                                .form_hash = draft->info.form_hash, .gen = 1, .state = RECORD_CONCLUIDO, .op = "put",
                                .before = draft->before};
        if (origin) {
                revise.parent_record = origin->parent_record;
                revise.parent_question = origin->parent_question;
        }
        session_finish(draft->session);
        enum err_code rc = *draft->info.bases ? after_bases(draft, &revise, &arena, err) : ERR_OK;
        if (rc == ERR_OK)
                rc = app_revise(draft->app, &revise, err);
        arena_release(&arena);
        return rc;
}

static enum err_code write_child(struct draft *child, struct place place, int position, void *ctx, struct err *err)
{
        struct draft *parent = ctx;
        struct writing origin = {.parent_record = parent->info.record,
                                 .parent_question = parent->form->nodes[place.node].name};
        (void)position;
        enum err_code rc = draft_write_revision(child, &origin, err);
        return rc == ERR_OK ? draft_run_actions(child, err) : rc;
}

static enum err_code write_all(struct draft *draft, struct err *err)
{
        struct store *store = draft->app->store;
        enum err_code rc = store_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = draft_each_child(draft, write_child, draft, err);
        if (rc == ERR_OK)
                rc = draft_write_revision(draft, NULL, err);
        if (rc == ERR_OK)
                rc = draft_run_actions(draft, err);
        if (rc == ERR_OK && draft->stored)
                rc = store_draft_delete(store, &draft->info.id, err);
        if (rc == ERR_OK)
                rc = store_commit(store, err);
        if (rc != ERR_OK)
                store_rollback(store);
        return rc;
}

enum err_code draft_finalise(struct draft *draft, struct id *ret_record, struct err *err)
{
        struct arena arena = {0};
        int n;
        const struct draft_problem *problems = draft_problems(draft, false, &arena, &n);
        enum err_code rc = ERR_OK;
        if (n > 0)
                rc = err_set(err, ERR_REFUSED, _("No se puede concluir todavía: %s: %s%s"), problems[0].label,
                             problems[0].text, n > 1 ? _(" (y hay más)") : "");
        arena_release(&arena);
        if (rc == ERR_OK)
                rc = write_all(draft, err);
        if (rc != ERR_OK)
                return rc;
        *ret_record = draft->info.record;
        draft_free(draft);
        return ERR_OK;
}
