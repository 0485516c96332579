/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the review has to show: what is missing or wrong, what deserves a second look, then everything filled. */
#include "review_priv.h"

#include "ui/screens.h"

static void add(struct review_state *st, enum item_kind kind, struct place place, const char *label,
                const char *text, int depth)
{
        if (st->n == st->room) {
                st->room = st->room ? 2 * st->room : 64;
                st->items = xrealloc(st->items, (size_t)st->room * sizeof *st->items);
        }
        st->items[st->n++] =
                (struct item){.kind = kind, .place = place, .label = label, .text = text, .depth = depth};
}

static void add_problems(struct review_state *st)
{
        int n = 0;
        const struct draft_problem *problems = draft_problems(st->draft, true, &st->arena, &n);
        for (int i = 0; i < n; i++)
                st->warnings += problems[i].status == STATUS_WARNING;
        st->problems = n - st->warnings;
        if (st->problems)
                add(st, ITEM_HEADING, PLACE_NONE, _("Falta o hay que corregir"), "", 0);
        for (int i = 0; i < n; i++)
                if (problems[i].status != STATUS_WARNING)
                        add(st, ITEM_PROBLEM, problems[i].place, problems[i].label, problems[i].text, 0);
        if (st->warnings)
                add(st, ITEM_HEADING, PLACE_NONE, _("Conviene mirar otra vez (no impide concluir)"), "", 0);
        for (int i = 0; i < n; i++)
                if (problems[i].status == STATUS_WARNING)
                        add(st, ITEM_WARNING, problems[i].place, problems[i].label, problems[i].text, 0);
}

static const char *answer_text(struct review_state *st, struct place place)
{
        const struct node *node = &st->form->nodes[place.node];
        bool long_text = node->type == NODE_LOG || (node->flags & NODE_MULTILINE);
        const char *text = long_text ? session_typed(st->session, place) : NULL;
        return arena_strdup(&st->arena, text ? text : form_answer_words(st->draft, place, &st->arena));
}

static void collect(struct review_state *st, int first, int end, int row, int depth);

static void add_rows(struct review_state *st, struct place place, int depth)
{
        int n = 0;
        const struct node *node = &st->form->nodes[place.node];
        const int *rows = session_rows(st->session, place, &n);
        const char *label = session_label(st->session, place, &st->arena);
        for (int i = 0; i < n; i++) {
                add(st, ITEM_ANSWER, place, arena_printf(&st->arena, "%s %d", label, i + 1), "", depth);
                collect(st, place.node + 1, node->end, rows[i], depth + 1);
        }
}

static void add_children(struct review_state *st, struct place place, int depth)
{
        int n = 0;
        const struct draft_child *children = draft_children(st->draft, place, &st->arena, &n);
        const char *label = session_label(st->session, place, &st->arena);
        for (int i = 0; i < n; i++)
                add(st, ITEM_ANSWER, place, arena_printf(&st->arena, "%s %d", label, i + 1),
                    arena_strdup(&st->arena, children[i].title), depth);
}

static void add_answer(struct review_state *st, const struct node *node, struct place place, int depth)
{
        if (node->type == NODE_NOTE || !form_node_shows(node))
                return;
        if (node->type == NODE_REPEAT) {
                add_rows(st, place, depth);
                return;
        }
        if (node->type == NODE_CHILDREN) {
                add_children(st, place, depth);
                return;
        }
        const char *text = answer_text(st, place);
        if (*text)
                add(st, ITEM_ANSWER, place,
                    arena_strdup(&st->arena, session_label(st->session, place, &st->arena)), text, depth);
}

/* A heading with nothing below it goes again. */
static void drop_bare_heading(struct review_state *st)
{
        if (st->n && st->items[st->n - 1].kind == ITEM_HEADING)
                st->n--;
}

static void collect(struct review_state *st, int first, int end, int row, int depth)
{
        for (int i = first; i < end;) {
                const struct node *node = &st->form->nodes[i];
                struct place place = {i, row};
                bool group = node->type == NODE_GROUP && session_is_relevant(st->session, place);
                if (group && node->depth == 1) {
                        drop_bare_heading(st);
                        add(st, ITEM_HEADING, PLACE_NONE, node->label.plain, "", 0);
                }
                if (!group && session_is_relevant(st->session, place))
                        add_answer(st, node, place, depth);
                i = group ? i + 1 : node->end;
        }
}

void review_make_items(struct review_state *st)
{
        add_problems(st);
        collect(st, 1, st->form->nodes_n, 0, 0);
        drop_bare_heading(st);
}
