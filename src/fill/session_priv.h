/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a session.
 *
 *      session ── rows[number] ──► row ── slots[node->slot] ──► value, flags, status
 *                                   │                      └──► list: rows of a repeat, ids of children
 *                                   └─ parent (the row that holds its repeat; NULL for row 0)
 *
 * State and what follows from it.  The state is what a person or chance put in:
 * answers, defaults, metadata, rows, children, confirmations, and calculations
 * that depend on when they ran (triggers, now(), random(), once(), those on a
 * question that people may overwrite).  It changes only through the functions
 * of edit.c, which record each change.  Everything else (relevance, derived
 * calculations, validity, status, counts) is a function of the state, and
 * recompute.c keeps it so.  Undo, redo and replay set `applying`, put the
 * recorded state back and let only the second part follow.
 */
#ifndef SIMAE_FILL_SESSION_PRIV_H
#define SIMAE_FILL_SESSION_PRIV_H

#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "fill/session.h"

enum {
        ROWS_MAX = 10000,          /* of one repeat */
        ROW_NUMBER_MAX = 1 << 22,  /* of one session, removed ones included */
        SLOTS_MAX = 2000000,       /* all rows together: about 100 MB */
        UNDO_MAX = 1000,
        PATH_STEPS_MAX = 1000,
};

enum slot_flags {
        SLOT_OWN = 1 << 0,         /* its own `relevant` holds */
        SLOT_SHOWN = 1 << 1,       /* and that of everything around it */
        SLOT_REQUIRED = 1 << 2,
        SLOT_READ_ONLY = 1 << 3,
        SLOT_MALFORMED = 1 << 4,   /* `text` is not of the type; the value is empty */
        SLOT_BROKEN = 1 << 5,      /* the constraint is false */
        SLOT_OUT_OF_RANGE = 1 << 6,
        SLOT_WARNED = 1 << 7,
        SLOT_UNAVAILABLE = 1 << 8, /* a choice is not in the list, or filtered out */
        SLOT_CONFIRMED = 1 << 9,   /* … and the person keeps it */
        SLOT_QUEUED = 1 << 10,
        SLOT_CALC_DUE = 1 << 11,
        SLOT_DEFAULT_DUE = 1 << 12,
        SLOT_ANSWERED = 1 << 13,   /* as counted */
        SLOT_GIVEN = 1 << 14,      /* being loaded: neither default nor calculation may replace it */
};

/* What a list holds is told by the node: `rows` for a repeat, `ids` for children. */
struct list {
        int *rows;
        char **ids;
        int n, room;
        struct value *items; /* for session_value(); rebuilt at each call */
};

struct slot {
        struct value value;  /* its string is `text` */
        char *text;          /* as typed again; NULL when empty */
        struct list *list;   /* NULL until there is something in it */
        unsigned short flags;
        unsigned char status; /* as counted */
};

struct row {
        int number, node, scope, position; /* position from 0; node 0 for row 0 */
        struct row *parent;
        bool fresh; /* made by the change in progress: its content is recorded whole, at the end */
        struct slot slots[];
};

/* A slot's share of the state. Strings are borrowed. */
struct state {
        struct value value;
        const char *raw; /* malformed text, or NULL */
        bool confirmed;
};

enum plan_flags {
        PLAN_STATE = 1 << 0,         /* its value is state */
        PLAN_QUESTION = 1 << 1,      /* people answer it */
        PLAN_PLACE = 1 << 2,         /* a stop when walking */
        PLAN_JUDGED = 1 << 3,        /* may be missing or invalid */
        PLAN_LIST = 1 << 4,          /* repeat or children */
        PLAN_POSITION = 1 << 5,      /* some expression reads position() */
        PLAN_POSITION_CALC = 1 << 6, /* its calculation does */
        PLAN_PREVIOUS = 1 << 7,
        PLAN_PREVIOUS_CALC = 1 << 8,
};

/* What the session needs to know of a node and the form does not say. */
struct plan {
        unsigned flags;
        int triggered;      /* first node whose trigger is this one, or -1 */
        int next_triggered; /* the next with the same trigger, or -1 */
};

struct due { int rank, row, node; };

struct session {
        const struct form *form;
        struct session_host host;
        char *username, *deviceid;
        struct plan *plan;
        int *scope_depth;

        struct row **rows; /* by number; NULL: removed */
        int rows_n, rows_room; /* rows_n is the next number */
        int slots_n;

        struct session_counts *counts; /* by node of scope 0: itself and what is below it */
        struct due *queue; /* a heap, lowest rank first */
        int queue_n, queue_room;
        long evaluated; /* slots, since it was made: what tests of the work per change count */
        struct arena *arena; /* of the evaluation in progress */

        bool applying;
        json_t *edits; /* of the change in progress, or NULL */
        json_t *undo, *redo; /* arrays of steps, newest last */
        char **log;
        int log_n, log_room;
        bool unlogged;

        struct place here, *path;
        int path_n, path_room;
        unsigned version;
};

static inline const struct node *fill_node(const struct session *s, int node)
{
        return &s->form->nodes[node];
}

static inline struct slot *fill_slot(const struct session *s, const struct row *row, int node)
{
        return (struct slot *)&row->slots[s->form->nodes[node].slot];
}

static inline struct place fill_place(const struct row *row, int node)
{
        return (struct place){node, row->number};
}

static inline bool fill_place_same(struct place a, struct place b)
{
        return a.node == b.node && a.row == b.row;
}

/* rows.c: the tree of rows */
struct row *fill_row(const struct session *s, int number); /* NULL if there is none */
/* The row of a place, or NULL if the place does not exist. */
struct row *fill_row_of(const struct session *s, struct place place);
/* The row of `scope` that encloses `row` (itself included), or NULL. */
const struct row *fill_ancestor(const struct row *row, int scope);
int fill_common_scope(const struct session *s, int a, int b);
/* The scope just below `from` on the way down to `to`. */
int fill_scope_toward(const struct session *s, int from, int to);
bool fill_scope_inside(const struct session *s, int scope, int outer);
/* A new row with empty slots, attached at `position`; everything about it is due. */
struct row *fill_row_attach(struct session *s, struct row *parent, int node, int number, int position);
void fill_row_detach(struct session *s, struct row *row);
void fill_row_shift(struct session *s, struct row *row, int step);
void fill_rows_clear(struct session *s);
/* The numbers below `n` are taken, used or not. */
void fill_rows_reserve(struct session *s, int n);
/* Room for one more row of that repeat? */
bool fill_can_add(const struct session *s, const struct row *parent, int node);
struct list *fill_list(struct slot *slot);
int fill_list_n(const struct slot *slot);
void fill_list_set_ids(struct list *list, const char *const *ids, int n);

/* slots.c: one slot, its status and the counts */
void fill_slot_put(struct session *s, struct row *row, int node, const struct state *state);
void fill_slot_release(struct slot *slot);
struct state fill_slot_state(const struct slot *slot);
bool fill_state_same(const struct state *a, const struct state *b);
/* The value that expressions read: empty when hidden. Lists: a sequence in `arena`. */
struct value fill_read(const struct session *s, const struct row *row, int node, struct arena *arena);
/* The same without regard to relevance. */
struct value fill_content(const struct session *s, const struct row *row, int node, struct arena *arena);
bool fill_is_empty(const struct session *s, const struct row *row, int node);
void fill_status_update(struct session *s, struct row *row, int node);
/* Take a row (not the rows in it) out of the counts. */
void fill_status_forget(struct session *s, struct row *row);

/* state.c: state as JSON */
json_t *fill_state_json(const struct state *state);
bool fill_state_read(const json_t *json, struct state *ret);
json_t *fill_number_json(double number); /* NULL for NaN and infinities */
json_t *fill_row_json(const struct session *s, const struct row *row);
/* Does it fit the scope of `node` (a repeat, or 0)? Row numbers in it must be free and differ. */
bool fill_row_json_check(const struct session *s, int node, const json_t *json, bool fresh_session);
void fill_row_json_apply(struct session *s, struct row *row, const json_t *json);
json_t *fill_ids_json(const struct list *list);

/* load.c: an answer of session_answers(); NULL if it is good, else what was expected. */
const char *fill_load_value(const struct node *node, const json_t *json, struct value *ret, struct arena *arena);

/* world.c: what expressions see besides answers. It must outlive the env. */
struct world {
        const struct form *form;
        const struct session_host *host;
        const struct shown_title *titles; /* shown instead of ids so far */
};
const char *world_title(struct world *world, const char *id, struct arena *arena);
/* Without what depends on answers: the caller adds that, its ctx beginning with the world. */
struct expr_env world_env(struct world *world);
/* Cells of a form's lists, for instance-lookup() and range-lookup(); NULL: none. */
const char *fill_lookup(const struct form *form, const char *list, const char *column, const char *key_column,
                        const char *key);
const char *fill_cell(const struct form *form, const char *list, int row, const char *column);

/* env.c: expressions */
struct value fill_eval(const struct session *s, const struct row *row, const struct expr *expr,
                       struct value current, struct arena *arena);
bool fill_eval_true(const struct session *s, const struct row *row, const struct expr *expr,
                    struct value current, struct arena *arena);
/* For people: references read as their titles. */
struct value fill_eval_words(const struct session *s, const struct row *row, const struct expr *expr,
                             struct arena *arena);
bool fill_choice_offered(const struct session *s, const struct row *row, int node,
                         const struct choice *choice, struct arena *arena);

/* typed.c: from and to what people type */
/* Text that JSON can carry: malformed bytes become U+FFFD. */
const char *fill_clean_text(const char *text, struct arena *arena);
struct state fill_parse(const struct node *node, const char *typed, struct arena *arena);
/* A computed value made to fit the type of the node. */
struct state fill_coerce(const struct node *node, struct value value, struct arena *arena);
char *fill_typed_text(const struct value *value, struct arena *arena);

/* validate.c */
void fill_check(struct session *s, struct row *row, int node);

/* recompute.c */
void fill_due(struct session *s, const struct row *row, int node, unsigned flags);
void fill_due_row(struct session *s, struct row *row, unsigned flags);
/* What is read at this place has changed: its readers and, outside new rows, its triggers are due. */
void fill_changed(struct session *s, const struct row *row, int node);
void fill_trigger(struct session *s, const struct row *row, int node); /* what `node` triggers, also where the row is new */
/* A row of `node` came, went or moved. */
void fill_rows_changed(struct session *s, const struct row *parent, int node, bool positions);
void fill_due_volatiles(struct session *s, bool calculations);
void fill_settle(struct session *s);
bool fill_shown_around(const struct session *s, const struct row *row, int node);

/* Made by the change in progress, itself or a row around it. */
bool fill_is_fresh(const struct row *row);

/* edit.c: the only ways to change the state. Each records itself in s->edits. */
bool fill_edit_state(struct session *s, const char *op, struct row *row, int node, const struct state *to);
void fill_edit_children(struct session *s, struct row *row, int node, const char *const *ids, int n);
struct row *fill_edit_add(struct session *s, struct row *parent, int node);
void fill_edit_remove(struct session *s, struct row *row);
bool fill_edit_move(struct session *s, struct row *row, int step);
/* Apply (or take back) one recorded edit; false, and nothing changed, if it does not fit. */
bool fill_edit_apply(struct session *s, const json_t *edit, bool inverse);
/* All edits of a step, settled; false, and nothing changed, if one does not fit. */
bool fill_step_apply(struct session *s, const json_t *step, bool inverse);

/* journal.c */
void fill_begin(struct session *s);
/* Write the edits since fill_begin() as a line: the first edit with the others as its `also`, or all of
 * them under `op`.  An undoable step if asked.  False if there were none. */
bool fill_commit(struct session *s, const char *op, bool undoable);
void fill_settle_rows(struct session *s, struct row *row); /* no longer fresh, nor the rows in it */
void fill_log(struct session *s, json_t *line); /* takes the reference */
json_t *fill_state_line(const struct session *s, const char *op);
void fill_push_step(struct session *s, json_t *step); /* takes the reference; forgets what could be redone */
/* undo.c */
bool fill_undo(struct session *s, bool redo, struct place *ret);

/* path.c */
bool fill_is_shown_place(const struct session *s, struct place place);
json_t *fill_place_json(const struct session *s, struct place place);
void fill_path_push(struct session *s, struct place place);
/* Forget places inside a row that goes; `here` moves to its repeat. */
void fill_path_forget(struct session *s, const struct row *row);
bool fill_back(struct session *s);
/* Call `visit` on every shown slot in the order of the form, rows after their repeat; stops at true. */
bool fill_walk(const struct session *s, const struct row *row,
               bool (*visit)(void *ctx, const struct row *row, int node), void *ctx);

/* display.c */
/* The title of a record whose instance_name is that value. */
const char *fill_title(const struct form *form, const struct value *value, struct arena *arena);
const char *fill_value_words(const struct session *s, int node, const struct state *state,
                             struct arena *arena);

/* answers.c */
json_t *fill_answer_json(const struct value *value); /* NULL if there is nothing to keep */

/* session.c */
/* A calculation that follows from other answers and from nothing else: made again, never kept. */
bool fill_is_derived(const struct node *node);
bool session_is_sane(const struct session *s);

#endif
