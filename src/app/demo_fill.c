/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers for the demo: walks a session as a person would, question after
 * question (demo_answer.c), through its rows and its children, and mends what
 * later answers made wrong.
 */
#include "demo_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

static enum err_code fill_scope(struct demo_filler *f, int scope, int row, struct err *err);

/* How many rows or children a list gets; half of those that may be empty are. */
static int how_many(struct demo_filler *f, struct place place, const struct node *node)
{
        const struct demo_rule *limits = demo_rule(RULE_ROWS, f->draft->form->id, node->name);
        if (limits)
                return demo_number(limits->least, limits->greatest);
        return session_is_required(f->session, place) || random_unit() < 0.5 ? demo_number(1, 3) : 0;
}

/* A row for each of the ids of a fixed answer, in its first reference. */
static void fixed_rows(struct demo_filler *f, struct place place, const char *ids)
{
        const struct scope *scope = &f->draft->form->scopes[f->draft->form->nodes[place.node].opens_scope];
        for (size_t len; *ids; ids += len + strspn(ids + len, " ")) {
                len = strcspn(ids, " ");
                int row = session_row_add(f->session, place);
                for (int i = 0; row >= 0 && i < scope->slots_n; i++)
                        if (f->draft->form->nodes[scope->slots[i]].type == NODE_REFERENCE) {
                                session_answer(f->session, (struct place){scope->slots[i], row},
                                               arena_strndup(&f->arena, ids, len));
                                break;
                        }
        }
}

static enum err_code fill_rows(struct demo_filler *f, struct place place, struct err *err)
{
        const struct node *node = &f->draft->form->nodes[place.node];
        const char *fixed = json_string_value(json_object_get(f->mood->fixed, node->name));
        enum err_code rc = ERR_OK;
        if (fixed)
                fixed_rows(f, place, fixed);
        f->crowd = demo_number(0, PEOPLE - 1);
        for (int i = fixed ? 0 : how_many(f, place, node); rc == ERR_OK && i > 0; i--) {
                int row = session_row_add(f->session, place);
                if (row < 0)
                        break;
                rc = fill_scope(f, node->opens_scope, row, err);
        }
        return rc;
}

/* What is fixed for the children of a list: "alerta_registro.rama" is their «rama». New reference. */
static json_t *fixed_of_children(const struct demo_filler *f, const struct node *node)
{
        json_t *fixed = json_object(), *value;
        const char *name;
        size_t len = strlen(node->name);
        json_object_foreach((json_t *)(uintptr_t)f->mood->fixed, name, value)
                if (strncmp(name, node->name, len) == 0 && name[len] == '.')
                        json_object_set(fixed, name + len + 1, value);
        return fixed;
}

/* What earlier records left open is not made here. */
static enum err_code fill_children(struct demo_filler *f, struct place place, struct err *err)
{
        const struct node *node = &f->draft->form->nodes[place.node];
        for (int i = node->flags & NODE_PENDING ? 0 : how_many(f, place, node); i > 0; i--) {
                struct draft *child;
                enum err_code rc = draft_begin_child(f->draft, place, &child, err);
                if (rc != ERR_OK)
                        return rc;
                struct demo_mood mood = *f->mood;
                json_t *fixed = fixed_of_children(f, node);
                mood.fixed = fixed;
                rc = demo_fill(child, &mood, err);
                json_decref(fixed);
                if (rc == ERR_OK)
                        rc = draft_force_save(child, err);
                draft_free(child);
                if (rc != ERR_OK)
                        return rc;
        }
        return ERR_OK;
}

static enum err_code fill_scope(struct demo_filler *f, int scope, int row, struct err *err)
{
        const struct form *form = f->draft->form;
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < form->scopes[scope].slots_n; i++) {
                struct place place = {form->scopes[scope].slots[i], row};
                if (!session_is_relevant(f->session, place) || form->nodes[place.node].flags & NODE_PENDING)
                        continue;
                if (form->nodes[place.node].type == NODE_REPEAT)
                        rc = fill_rows(f, place, err);
                else if (form->nodes[place.node].type == NODE_CHILDREN)
                        rc = fill_children(f, place, err);
                else
                        demo_answer(f, place);
        }
        return rc;
}

/* Questions of the form itself that later ones made relevant. */
static void answer_again(struct demo_filler *f)
{
        const struct scope *scope = &f->draft->form->scopes[0];
        for (int i = 0; i < scope->slots_n; i++) {
                struct place place = {scope->slots[i], 0};
                const struct node *node = &f->draft->form->nodes[place.node];
                if (node->type != NODE_REPEAT && node->type != NODE_CHILDREN && !(node->flags & NODE_PENDING) &&
                    session_is_relevant(f->session, place) && !*session_typed(f->session, place))
                        demo_answer(f, place);
        }
}

/* Later answers may have made earlier ones wrong or asked for more. */
static void mend(struct demo_filler *f)
{
        for (int round = 0; round < 4; round++) {
                int n;
                const struct session_problem *problems = session_problems(f->session, false, &f->arena, &n);
                for (int i = 0; i < n; i++)
                        demo_answer(f, problems[i].place);
                if (n == 0)
                        return;
        }
}

static void filler_release(struct demo_filler *f)
{
        json_decref(f->before);
        arena_release(&f->arena);
}

enum err_code demo_fill(struct draft *draft, const struct demo_mood *mood, struct err *err)
{
        struct demo_filler f = {.draft = draft, .session = draft->session, .mood = mood};
        enum err_code rc = fill_scope(&f, 0, 0, err);
        if (rc == ERR_OK && mood->twice)
                answer_again(&f);
        if (rc == ERR_OK)
                mend(&f);
        filler_release(&f);
        return rc;
}

void demo_mend(struct draft *draft, const struct demo_mood *mood)
{
        struct demo_filler f = {.draft = draft, .session = draft->session, .mood = mood};
        mend(&f);
        filler_release(&f);
}
