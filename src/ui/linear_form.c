/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Filling a draft: one question, one line, and what comes next.
 *
 * Where the person is, the session knows, rows of repeats included: this is a
 * loop that asks the question at session_here() and moves it.  Child records
 * and new entities of the directory are drafts of their own, filled by a loop
 * inside.  Every answer is on disk before the next question is said.
 *
 *      record ──► review ──► finalised
 *        ├─ row        past its end: the list, or another row while adding
 *        ├─ child      past its end: the list; concluded with its parent
 *        └─ new entity past its end: finalised; its id answers the reference
 */
#include "linear_priv.h"

static const struct node *node_at(const struct asking *a, struct place place)
{
        return &a->form->nodes[place.node];
}

static bool same_place(struct place a, struct place b)
{
        return a.node == b.node && a.row == b.row;
}

/* A new entity asks for its quick questions, and for whatever else would forbid concluding. */
bool asking_asks(struct asking *a, struct place place)
{
        const struct node *node = node_at(a, place);
        bool answers = node_is_question(node) || node->type == NODE_REPEAT;
        if (!answers || !session_is_relevant(a->session, place) || session_is_read_only(a->session, place))
                return false;
        if (node->flags & NODE_PENDING)
                return draft_open_before_n(a->draft, place) > 0;
        if (a->part != ASK_QUICK || node->flags & NODE_QUICK)
                return true;
        enum answer_status status = session_status(a->session, place);
        return status == STATUS_MISSING || status == STATUS_INVALID;
}

/* ---- Answers ---- */

void asking_save(struct asking *a)
{
        struct err err;
        a->refused = draft_save(a->draft, &err) != ERR_OK;
        if (a->refused)
                linear_say_err(a->linear, &err);
}

/* Many rows at once are asked about: a slip of the finger makes thousands. */
static bool allows_rows(struct asking *a, struct place place, const char *typed)
{
        enum { MANY = 50 };
        int n = session_rows_wanted(a->session, place, typed);
        return n <= MANY ||
               linear_confirm(a->linear, arena_printf(&a->arena, _("Se agregarán %d filas. ¿Está bien?"), n));
}

bool asking_answer(struct asking *a, struct place place, const char *typed)
{
        a->refused = false;
        if (!allows_rows(a, place, typed) || !session_answer(a->session, place, typed))
                return false;
        a->touched = a->row_touched = true;
        asking_save(a);
        return true;
}

static void say_saved(struct asking *a, struct place place)
{
        enum node_type type = node_at(a, place)->type;
        bool repeats = node_at(a, place)->list || type == NODE_REFERENCE || type == NODE_DATE ||
                       type == NODE_TIME || type == NODE_DATETIME;
        const char *words = repeats ? session_display(a->session, place, &a->arena) : "";
        if (!a->refused)
                linear_say(a->linear, *words ? _("Guardado: %s.") : _("Guardado.%s"), words);
}

void asking_settle(struct asking *a, struct place place)
{
        enum answer_status status = session_status(a->session, place);
        if (status != STATUS_INVALID && status != STATUS_UNAVAILABLE && status != STATUS_WARNING) {
                say_saved(a, place);
                asking_advance(a, place);
                return;
        }
        linear_say(a->linear, status == STATUS_WARNING ? _("Atención: %s") : _("Por corregir: %s"),
                   session_message(a->session, place, &a->arena));
        linear_say(a->linear, status == STATUS_UNAVAILABLE
                                      ? _("Responda otra vez, o .mantener la da por buena.")
                                      : _("Responda otra vez; Enter la deja así y sigue."));
        a->brief = true;
}

/* ---- Rows ---- */

static bool row_exists(struct asking *a, int row)
{
        return row == 0 || session_row_parent(a->session, row).node >= 0;
}

static bool is_within(struct asking *a, int row, int outer)
{
        while (row > 0 && row != outer)
                row = session_row_parent(a->session, row).row;
        return row == outer;
}

void asking_end_row(struct asking *a)
{
        int row = a->added;
        a->added = 0;
        if (!row || a->row_touched || !row_exists(a, row))
                return;
        session_row_remove(a->session, row);
        asking_save(a);
}

/* Enter on the first question without an answer of a new row in which nothing was typed: the list is
 * complete. */
static bool ends_rows(struct asking *a, struct place place)
{
        if (!a->added || a->added != place.row || a->row_touched)
                return false;
        struct place first =
                session_first(a->session, session_row_parent(a->session, place.row).node, place.row);
        while (first.node >= 0 && (!asking_asks(a, first) || *session_typed(a->session, first)))
                first = session_step(a->session, first, 1);
        return same_place(first, place);
}

/* ---- Moving ---- */

void asking_go(struct asking *a, struct place place)
{
        session_go(a->session, place);
        a->brief = a->silent = a->backwards = false;
}

/* Calculations are no places: those between two of them. */
static void say_calculations(struct asking *a, struct place from, int to)
{
        int scope = node_at(a, from)->scope;
        for (int i = from.node + 1; i < to && a->part != ASK_QUICK; i++)
                if (a->form->nodes[i].type == NODE_CALCULATE && a->form->nodes[i].scope == scope)
                        asking_say_read(a, (struct place){i, from.row});
}

static void end_quick(struct asking *a)
{
        struct err err;
        int n = 0;
        const struct draft_problem *problems = draft_problems(a->draft, false, &a->arena, &n);
        if (n > 0 && asking_asks(a, problems[0].place)) {
                linear_say(a->linear, "%s: %s", problems[0].label, problems[0].text);
                asking_go(a, problems[0].place);
        } else if (draft_finalise(a->draft, &a->record, &err) != ERR_OK) {
                linear_say_err(a->linear, &err);
                a->end = ASK_CLOSED;
        } else {
                a->draft = NULL;
                a->end = ASK_FINALISED;
        }
}

static void end_part(struct asking *a)
{
        if (a->part == ASK_RECORD)
                asking_review(a);
        else if (a->part == ASK_QUICK)
                end_quick(a);
        else
                a->end = ASK_CLOSED;
}

static int scope_end(struct asking *a, struct place place)
{
        return place.row ? node_at(a, session_row_parent(a->session, place.row))->end : a->form->nodes_n;
}

void asking_advance(struct asking *a, struct place from)
{
        for (struct place place = from;;) {
                struct place next = session_step(a->session, place, 1);
                say_calculations(a, place, next.node >= 0 ? next.node : scope_end(a, place));
                if (next.node < 0 && from.row > 0)
                        rows_next(a, from.row);
                else if (next.node < 0)
                        end_part(a);
                else if (asking_asks(a, next))
                        asking_go(a, next);
                else {
                        if (a->part != ASK_QUICK)
                                asking_say_read(a, next);
                        place = next;
                        continue;
                }
                return;
        }
}

/* Enter alone. */
static void pass(struct asking *a, struct place place)
{
        enum answer_status status = session_status(a->session, place);
        if (ends_rows(a, place)) {
                asking_end_row(a);
                a->brief = false;
                return;
        }
        if (status == STATUS_MISSING && node_at(a, place)->required_message)
                linear_say(a->linear, _("Queda pendiente: %s"),
                           session_message(a->session, place, &a->arena));
        else if (status == STATUS_MISSING)
                linear_say(a->linear, _("Queda pendiente."));
        else if (status == STATUS_INVALID || status == STATUS_UNAVAILABLE)
                linear_say(a->linear, _("Queda por corregir."));
        asking_advance(a, place);
}

/* ---- The loop ---- */

static void ask(struct asking *a, struct place place)
{
        if (!a->silent)
                asking_present(a, place);
        a->silent = a->brief = false;
        struct heard heard = linear_hear(a->linear, asking_orders(a, place), asking_about(node_at(a, place)));
        heard.text = arena_strdup(&a->arena, heard.text);
        if (heard.kind == HEARD_NOTHING)
                pass(a, place);
        else if (heard.kind == HEARD_ORDER)
                asking_obey(a, place, &heard);
        else if (heard.kind == HEARD_TEXT)
                asking_take(a, place, heard.text);
}

void asking_step(struct asking *a)
{
        struct place place = session_here(a->session);
        arena_clear(&a->arena);
        if (place.node < 0) {
                linear_say(a->linear, _("Esta ficha no tiene preguntas."));
                a->end = ASK_CLOSED;
                return;
        }
        if (a->added && !is_within(a, place.row, a->added))
                asking_end_row(a);
        if (asking_asks(a, place)) {
                ask(a, place);
                return;
        }
        if (a->part != ASK_QUICK)
                asking_say_read(a, place);
        asking_advance(a, place);
}
