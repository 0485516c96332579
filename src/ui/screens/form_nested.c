/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Form screens over a form screen, and how each kind ends.
 *
 *      whole record ──► review ──► finalised: closes with 1
 *        ├─ row of a repeat      same draft; Enter past its end: the next row, or a new one
 *        ├─ child record         a draft of its own, concluded with its parent
 *        └─ quick entity         finalised at once; its id answers the reference
 *
 * A row that was added and left blank is removed, so that Enter on an empty
 * line ends a list of participants.
 */
#include "form_priv.h"

#include <limits.h>
#include <string.h>

struct screen *form_push(struct ui *ui, enum form_part part, struct draft *draft, struct place repeat,
                         int row)
{
        struct form_state *st = xcalloc(1, sizeof *st);
        st->ui = ui;
        st->part = part;
        st->draft = draft;
        st->session = draft_session(draft);
        st->form = session_form(st->session);
        st->repeat = repeat;
        st->root = part == FORM_ROW ? repeat.node : 0;
        st->row = part == FORM_ROW ? row : 0;
        st->focus = -1;
        st->counts_version = UINT_MAX;
        form_sections_build(st);
        st->screen = ui_push(ui, &screen_form, st);
        return st->screen;
}

/* ---- Opening ---- */

/* What began with a value need not be passed over by hand. */
void form_start_new(struct form_state *st)
{
        form_refresh(st);
        for (int i = 0; i < st->items_n; i++) {
                struct place place = st->items[i].place;
                if (session_status(st->session, place) == STATUS_MISSING &&
                    widget_can_focus(st->draft, place)) {
                        form_focus(st, i, true);
                        return;
                }
        }
}

static void start_at_top(struct form_state *st)
{
        form_items_load(st);
        int item = form_item_focusable(st, 0, 1);
        form_focus(st, item >= 0 || !st->items_n ? item : 0, true);
}

void form_open_row(struct widget *widget, int row, bool fresh)
{
        struct screen *screen = form_push(widget->ui, FORM_ROW, widget->draft, widget->place, row);
        form_state(screen)->fresh = fresh;
        start_at_top(form_state(screen));
}

void form_open_child(struct widget *widget, struct draft *draft)
{
        struct screen *screen = form_push(widget->ui, FORM_CHILD, draft, PLACE_NONE, 0);
        form_start_new(form_state(screen));
        form_restore_pending(form_state(screen));
}

/* The words searched for are most likely the beginning of the new entry's first text. */
static void prefill(struct session *session, const char *typed)
{
        const struct form *form = session_form(session);
        for (int i = 1; i < form->nodes_n && !str_blank(typed); i++) {
                const struct node *node = &form->nodes[i];
                if (node->type == NODE_TEXT && (node->flags & NODE_QUICK) && node->scope == 0) {
                        session_answer(session, (struct place){i, 0}, typed);
                        return;
                }
        }
}

void form_open_quick(struct widget *widget, const char *form, const char *typed)
{
        struct draft *draft;
        struct err err;
        if (draft_begin(widget->ui->app, form, NULL, &draft, &err) != ERR_OK) {
                ui_say_err(widget->ui, &err);
                return;
        }
        prefill(draft_session(draft), typed);
        screen_form_open_quick(widget->ui, draft);
}

struct screen *screen_form_open_quick(struct ui *ui, struct draft *draft)
{
        struct screen *screen = form_push(ui, FORM_QUICK, draft, PLACE_NONE, 0);
        start_at_top(form_state(screen));
        return screen;
}

/* ---- Rows ---- */

void form_set_row(struct form_state *st, int row, bool fresh)
{
        form_leave(st);
        st->row = row;
        st->fresh = fresh;
        st->touched = false;
        st->items_section = -1;
        st->counts_version = UINT_MAX;
        st->sections[0].visited = false;
        st->top = 0;
        start_at_top(st);
}

bool form_row_is_gone(const struct form_state *st)
{
        int n = 0;
        if (st->part != FORM_ROW)
                return false;
        const int *rows = session_rows(st->session, st->repeat, &n);
        for (int i = 0; i < n; i++)
                if (rows[i] == st->row)
                        return false;
        return true;
}

bool form_drop_blank_row(struct form_state *st)
{
        form_leave(st);
        if (st->part != FORM_ROW || !st->fresh || st->touched)
                return false;
        struct err err;
        session_row_remove(st->session, st->row);
        if (draft_save(st->draft, &err) != ERR_OK)
                ui_say_err(st->ui, &err);
        return true;
}

static int row_beside(const struct form_state *st, int direction)
{
        int n = 0;
        const int *rows = session_rows(st->session, st->repeat, &n);
        int at = session_row_position(st->session, st->row) - 1 + direction;
        return at >= 0 && at < n ? rows[at] : -1;
}

static void say_no_row(struct form_state *st, int direction)
{
        form_focus(st, st->focus, false);
        ui_say(st->ui, STYLE_MESSAGE,
               direction > 0 ? _("Es la última fila, todavía en blanco.") : _("Es la primera fila."));
}

void form_go_row(struct form_state *st, int direction, bool add)
{
        form_leave(st);
        int row = row_beside(st, direction);
        bool fresh = row < 0 && add && (st->touched || !st->fresh);
        if (fresh)
                row = session_row_add(st->session, st->repeat);
        int blank = row >= 0 && !fresh && st->fresh && !st->touched ? st->row : 0;
        if (row >= 0)
                form_set_row(st, row, fresh);
        if (fresh)
                ui_say(st->ui, STYLE_MESSAGE, _("Fila nueva. Enter con la fila en blanco termina la lista."));
        if (blank)
                session_row_remove(st->session, blank);
        if (row < 0)
                say_no_row(st, direction);
}

/* What was asked is told: one row, and no other after it. What is left is to conclude. */
static void end_follow_up(struct form_state *st)
{
        struct ui *ui = st->ui;
        struct draft *draft = st->draft;
        form_leave(st);
        st->draft = NULL;
        ui_close(st->screen);
        screen_review_open(ui, draft);
}

static void end_row(struct form_state *st)
{
        if (form_drop_blank_row(st)) {
                st->draft = NULL;
                ui_close(st->screen);
                return;
        }
        if (draft_is_follow_up(st->draft) && row_beside(st, 1) < 0) {
                end_follow_up(st);
                return;
        }
        form_go_row(st, 1, true);
}

/* ---- Ends ---- */

static void end_child(struct form_state *st)
{
        form_counts_load(st);
        const char *words = form_missing_words(&st->counts, &st->ui->frame);
        if (form_close(st)) {
                ui_say(st->ui, STYLE_MESSAGE, _("Guardado. %s."), words);
                ui_close(st->screen);
        }
}

static bool go_first_problem(struct form_state *st)
{
        int n = 0;
        const struct draft_problem *problems = draft_problems(st->draft, false, &st->ui->frame, &n);
        if (!n)
                return false;
        st->sections[0].visited = true;
        form_go_place(st, problems[0].place, true);
        ui_say(st->ui, STYLE_ERROR, "%s: %s", problems[0].label, problems[0].text);
        return true;
}

static void end_quick(struct form_state *st)
{
        struct err err;
        form_leave(st);
        if (go_first_problem(st))
                return;
        if (draft_finalise(st->draft, &st->record, &err) != ERR_OK) {
                form_refresh(st);
                ui_say_err(st->ui, &err);
                return;
        }
        st->draft = NULL;
        st->screen->result = 1;
        ui_close(st->screen);
}

void form_end(struct form_state *st)
{
        if (st->part == FORM_ROW)
                end_row(st);
        else if (st->part == FORM_CHILD)
                end_child(st);
        else if (st->part == FORM_QUICK)
                end_quick(st);
        else
                screen_review_open(st->ui, st->draft);
}

bool form_close(struct form_state *st)
{
        struct err err;
        form_leave(st);
        if (!st->draft)
                return true;
        if (st->part == FORM_ROW) {
                st->draft = NULL;
                return true;
        }
        if (!st->leaving && draft_save(st->draft, &err) != ERR_OK) {
                st->leaving = true;
                form_refresh(st);
                ui_say(st->ui, STYLE_ERROR, _("%s Esc otra vez sale de todos modos."), err.text);
                return false;
        }
        if (draft_close(st->draft, &err) != ERR_OK)
                ui_say_err(st->ui, &err);
        st->draft = NULL;
        return true;
}

/* ---- Esc ---- */

static enum handled escape_quick(struct form_state *st)
{
        static const char *const answers[] = {_("Seguir llenando"), _("Descartar")};
        if (st->touched) {
                dialog_ask(st->ui, FORM_TAG_DISCARD, _("Ficha sin terminar"),
                           _("Lo escrito aquí todavía no está en el directorio. Si sale ahora, se pierde."),
                           answers, 2);
                return HANDLED;
        }
        struct err err;
        form_leave(st);
        if (draft_discard(st->draft, &err) != ERR_OK)
                ui_say_err(st->ui, &err);
        st->draft = NULL;
        return CLOSE;
}

enum handled form_escape(struct form_state *st)
{
        if (st->widget.class && st->widget.class->keeps && st->widget.editor.changed) {
                widget_commit(&st->widget);
                form_resync(st);
                ui_say(st->ui, STYLE_MESSAGE, _("Guardado. Esc otra vez para salir."));
                return HANDLED;
        }
        st->touched |= st->widget.class && st->widget.answered;
        if (st->part == FORM_QUICK)
                return escape_quick(st);
        if (st->part == FORM_ROW) {
                form_drop_blank_row(st);
                st->draft = NULL;
                return CLOSE;
        }
        struct session_counts counts = session_counts(st->session, 0);
        const char *missing = form_missing_words(&counts, &st->ui->frame);
        bool child = st->part == FORM_CHILD;
        bool blank = !st->touched && !counts.answered;
        if (!form_close(st))
                return HANDLED;
        if (child && st->touched)
                ui_say(st->ui, STYLE_MESSAGE, _("Guardado. %s."), missing);
        else if (!child)
                ui_say(st->ui, STYLE_MESSAGE,
                       blank ? _("No se guardó nada, porque no se respondió nada.")
                             : _("Todo está guardado; puede seguir cuando quiera."));
        return CLOSE;
}

/* ---- Coming back ---- */

static void back_from_review(struct form_state *st, struct screen *from, int result)
{
        if (result == REVIEW_DONE) {
                widget_leave(&st->widget);
                st->draft = NULL;
                form_screen_record(from, &st->record);
                st->screen->result = 1;
                ui_close(st->screen);
                return;
        }
        for (int i = 0; i < st->sections_n; i++)
                st->sections[i].visited = true;
        form_resync(st);
        if (result == REVIEW_JUMP)
                form_go_place(st, review_place(from), true);
}

/* Esc on the question is one more step out: what is written stays in «Continuar». */
static void back_from_discard(struct form_state *st, int result)
{
        struct err err;
        if (result == 1)
                return;
        widget_leave(&st->widget);
        if ((result == 2 ? draft_discard(st->draft, &err) : draft_close(st->draft, &err)) != ERR_OK)
                ui_say_err(st->ui, &err);
        else if (result == 0)
                ui_say(st->ui, STYLE_MESSAGE, _("Quedó sin terminar; está en «Continuar»."));
        st->draft = NULL;
        ui_close(st->screen);
}

void form_back(struct screen *screen, struct screen *from, int result)
{
        struct form_state *st = form_state(screen);
        if (!st->draft)
                return;
        if (from->class == &screen_review) {
                back_from_review(st, from, result);
                return;
        }
        if (from->class == &screen_form_goto) {
                if (result == 1)
                        form_go_place(st, form_goto_place(from), true);
                return;
        }
        if (from->class != &screen_form && dialog_tag(from) == FORM_TAG_DISCARD) {
                back_from_discard(st, result);
                return;
        }
        if (from->class == &screen_form && st->widget.class)
                session_go(st->session, st->widget.place);
        if (st->widget.class && st->widget.class->back)
                st->widget.class->back(&st->widget, from, result);
        if (st->draft && st->widget.class)
                form_resync(st);
        /* After the help on keys, the one on this kind of question. */
        if (str_equal(from->class->name, "help") && st->widget.class)
                ui_say(st->ui, STYLE_MESSAGE, "%s", st->widget.class->about);
}
