/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A session from its creation to its end, and the changes of one answer.
 *
 * Every change has the same shape:
 *
 *      fill_begin()  ─►  edits  ─►  fill_settle()  ─►  fill_commit()
 *
 * begin opens the list of edits, settle lets calculations, relevance and
 * validity follow (effects that are state add edits of their own), commit
 * writes the line and the undo step.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "session_priv.h"

/* ---- What the form does not say ---- */

enum { NODE_EXPRS = 8 };

static int node_exprs(const struct node *node, const struct expr *out[NODE_EXPRS])
{
        const struct expr *all[NODE_EXPRS] = {node->relevant, node->constraint, node->warning, node->required,
                                              node->read_only, node->calculation, node->repeat_count,
                                              node->choice_filter};
        int n = 0;
        for (int i = 0; i < NODE_EXPRS; i++)
                if (all[i])
                        out[n++] = all[i];
        return n;
}

/* A function of other answers and of nothing else. */
bool fill_is_derived(const struct node *node)
{
        return (node->type == NODE_CALCULATE || node->type == NODE_HIDDEN) && node->calculation &&
               node->trigger < 0 && !expr_is_volatile(node->calculation) &&
               !expr_reads_current(node->calculation);
}

static unsigned plan_flags(const struct node *node)
{
        const struct expr *exprs[NODE_EXPRS];
        int n = node_exprs(node, exprs);
        bool repeat = node->type == NODE_REPEAT;
        bool pending = node->flags & NODE_PENDING; /* to look at, not to answer */
        bool question = !repeat && !pending && node_is_question(node);
        bool list = repeat || node->type == NODE_CHILDREN;
        unsigned flags = 0;
        if (!list && node_has_answer(node) && !fill_is_derived(node))
                flags |= PLAN_STATE;
        if (question)
                flags |= PLAN_QUESTION;
        bool checked_sum = node->type == NODE_CALCULATE && (node->constraint || node->warning);
        if (question || repeat || checked_sum)
                flags |= PLAN_JUDGED;
        if (question || repeat || pending || node->type == NODE_NOTE)
                flags |= PLAN_PLACE;
        if (list)
                flags |= PLAN_LIST;
        for (int i = 0; i < n; i++) {
                bool calc = exprs[i] == node->calculation;
                if (expr_reads_position(exprs[i]))
                        flags |= PLAN_POSITION | (calc ? PLAN_POSITION_CALC : 0);
                if (expr_reads_previous(exprs[i]))
                        flags |= PLAN_PREVIOUS | (calc ? PLAN_PREVIOUS_CALC : 0);
        }
        return flags;
}

static void make_plan(struct session *s)
{
        const struct form *form = s->form;
        s->plan = xcalloc((size_t)form->nodes_n, sizeof *s->plan);
        s->scope_depth = xcalloc((size_t)form->scopes_n, sizeof *s->scope_depth);
        for (int i = 0; i < form->nodes_n; i++)
                s->plan[i] = (struct plan){plan_flags(&form->nodes[i]), -1, -1};
        for (int i = form->nodes_n - 1; i >= 0; i--) {
                int trigger = form->nodes[i].trigger;
                if (trigger < 0)
                        continue;
                s->plan[i].next_triggered = s->plan[trigger].triggered;
                s->plan[trigger].triggered = i;
        }
        for (int i = 1; i < form->scopes_n; i++)
                for (int k = form->scopes[i].parent; k >= 0; k = form->scopes[k].parent)
                        s->scope_depth[i]++;
}

/* ---- Life ---- */

struct session *session_new(const struct form *form, const struct session_host *host)
{
        struct session *s = xcalloc(1, sizeof *s);
        s->form = form;
        s->host = host ? *host : (struct session_host){0};
        s->username = s->host.username ? xstrdup(s->host.username) : NULL;
        s->deviceid = s->host.deviceid ? xstrdup(s->host.deviceid) : NULL;
        s->counts = xcalloc((size_t)form->nodes_n, sizeof *s->counts);
        s->arena = xcalloc(1, sizeof *s->arena);
        s->undo = json_array();
        s->redo = json_array();
        make_plan(s);
        struct row *root = fill_row_attach(s, NULL, 0, 0, 0);
        fill_settle(s);
        fill_settle_rows(s, root);
        s->here = session_first(s, 0, 0);
        fill_log(s, fill_state_line(s, "new"));
        assert(session_is_sane(s));
        return s;
}

void session_free(struct session *s)
{
        if (!s)
                return;
        fill_rows_clear(s);
        session_log_taken(s);
        json_decref(s->undo);
        json_decref(s->redo);
        arena_release(s->arena);
        free(s->arena);
        free(s->rows);
        free(s->log);
        free(s->path);
        free(s->queue);
        free(s->counts);
        free(s->plan);
        free(s->scope_depth);
        free(s->username);
        free(s->deviceid);
        free(s);
}

const struct form *session_form(const struct session *s)
{
        return s->form;
}

unsigned session_version(const struct session *s)
{
        return s->version;
}

/* Cheap on purpose: it runs after every change in builds with assertions. */
bool session_is_sane(const struct session *s)
{
        const struct session_counts *c = &s->counts[0];
        return s->rows_n > 0 && s->rows[0] && !s->edits && !s->queue_n && s->path_n <= PATH_STEPS_MAX &&
               c->answered >= 0 && c->answered <= c->questions && c->missing >= 0 && c->invalid >= 0 &&
               c->unavailable >= 0 && c->warnings >= 0;
}

/* ---- One answer ---- */

static bool may_answer(const struct session *s, struct place place)
{
        unsigned plan = s->plan[place.node].flags;
        return plan & PLAN_QUESTION && plan & PLAN_STATE && session_is_relevant(s, place) &&
               !session_is_read_only(s, place);
}

bool session_answer(struct session *s, struct place place, const char *typed)
{
        struct row *row = fill_row_of(s, place);
        if (!row || !may_answer(s, place) || str_equal(typed, session_typed(s, place)))
                return false;
        struct state state = fill_parse(fill_node(s, place.node), fill_clean_text(typed, s->arena), s->arena);
        struct state old = fill_slot_state(fill_slot(s, row, place.node));
        if (value_same(&old.value, &state.value) && str_equal(old.raw, state.raw))
                return false;
        fill_begin(s);
        fill_edit_state(s, "set", row, place.node, &state);
        fill_settle(s);
        return fill_commit(s, NULL, true);
}

void session_confirm(struct session *s, struct place place)
{
        struct row *row = fill_row_of(s, place);
        if (!row || session_status(s, place) != STATUS_UNAVAILABLE)
                return;
        struct state state = fill_slot_state(fill_slot(s, row, place.node));
        state.confirmed = true;
        fill_begin(s);
        fill_edit_state(s, "confirm", row, place.node, &state);
        fill_settle(s);
        fill_commit(s, NULL, true);
}

/* ---- How many rows an answer would bring ---- */

static long missing_rows(struct session *s, const struct row *row, int node)
{
        struct value value = fill_eval(s, row, fill_node(s, node)->repeat_count, VALUE_NONE, s->arena);
        double wanted = value_to_number(&value);
        const struct slot *slot = fill_slot(s, row, node);
        if (!(slot->flags & SLOT_SHOWN) || !(wanted > fill_list_n(slot)))
                return 0;
        return (long)(wanted < ROWS_MAX ? wanted : ROWS_MAX) - fill_list_n(slot);
}

struct row_count { struct session *s; long total; };

static bool count_missing_rows(void *ctx, const struct row *row, int node)
{
        struct row_count *count = ctx;
        if (fill_node(count->s, node)->repeat_count)
                count->total += missing_rows(count->s, row, node);
        return false;
}

/* Put the answer in, look, and put the old one back; nothing is recorded. */
int session_rows_wanted(struct session *s, struct place place, const char *typed)
{
        struct row_count count = {s, 0};
        struct row *row = fill_row_of(s, place);
        struct arena arena = {0};
        if (!row || !may_answer(s, place))
                return 0;
        unsigned version = s->version;
        struct state old = fill_slot_state(fill_slot(s, row, place.node));
        if (old.raw)
                old.raw = arena_strdup(&arena, old.raw);
        old.value = value_copy(&old.value, &arena);
        struct state state = fill_parse(fill_node(s, place.node), fill_clean_text(typed, &arena), &arena);
        s->applying = true;
        fill_edit_state(s, "set", row, place.node, &state);
        fill_settle(s);
        fill_walk(s, s->rows[0], count_missing_rows, &count);
        fill_edit_state(s, "set", row, place.node, &old);
        fill_settle(s);
        s->applying = false;
        s->version = version;
        arena_release(&arena);
        return (int)(count.total < INT32_MAX ? count.total : INT32_MAX);
}

/* ---- The end ---- */

static void set_ends(struct session *s, int node)
{
        struct state now = {.value = {.kind = VALUE_DATETIME, .datetime = clock_now()}};
        int scope = fill_node(s, node)->scope;
        for (int i = 0; i < s->rows_n; i++)
                if (s->rows[i] && s->rows[i]->scope == scope)
                        fill_edit_state(s, "set", s->rows[i], node, &now);
}

void session_finish(struct session *s)
{
        fill_begin(s);
        for (int i = 0; i < s->form->nodes_n; i++)
                if (fill_node(s, i)->type == NODE_END)
                        set_ends(s, i);
        fill_due_volatiles(s, true);
        fill_settle(s);
        fill_commit(s, "finish", false);
}
