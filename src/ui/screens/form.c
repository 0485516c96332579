/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form screen: its class, and what each key does.
 *
 * Actions come first, then the widget with the focus, then the keys that move
 * over the questions.  Drawing is in form_draw.c, moving in form_focus.c, the
 * screens on top in form_nested.c.
 */
#include "form_priv.h"

#include <stdlib.h>
#include <string.h>

/* ---- Opening ---- */

/* The text that was being typed when the program ended without warning. */
void form_restore_pending(struct form_state *st)
{
        struct place place;
        const char *text = draft_pending(st->draft, &place);
        if (!text || !*text)
                return;
        char *copy = xstrdup(text);
        if (form_go_place(st, place, false)) {
                struct form_state *top = form_state(st->ui->top);
                if (top->widget.class->keeps) {
                        editor_set(&top->widget.editor, copy);
                        top->widget.editor.changed = true;
                        top->widget.kept = true;
                        ui_say(st->ui, STYLE_MESSAGE, _("Se recuperó lo que estaba escribiendo."));
                }
        }
        free(copy);
}

/* Sections before the one where the person left off were seen. */
static void mark_visited(struct form_state *st)
{
        for (int i = 0; i < st->section; i++)
                st->sections[i].visited = true;
}

struct screen *screen_form_open(struct ui *ui, struct draft *draft)
{
        struct screen *screen = form_push(ui, FORM_WHOLE, draft, PLACE_NONE, 0);
        struct form_state *st = form_state(screen);
        struct place here = session_here(st->session);
        if (!session_undo_words(st->session, &ui->frame))
                form_start_new(st);
        else if (here.node < 0 || !form_go_place(st, here, false))
                form_refresh(st);
        mark_visited(st);
        form_restore_pending(st);
        return screen;
}

bool form_screen_record(const struct screen *screen, struct id *ret)
{
        const struct id *record =
                screen->class == &screen_form ? &form_state(screen)->record : review_record(screen);
        if (id_is_none(record))
                return false;
        *ret = *record;
        return true;
}

/* ---- Actions ---- */

static void undo(struct form_state *st, bool redo)
{
        struct err err;
        if (st->widget.class)
                widget_commit(&st->widget);
        const char *words = redo ? NULL : session_undo_words(st->session, &st->ui->frame);
        struct place place = redo ? session_redo(st->session) : session_undo(st->session);
        if (place.node < 0) {
                ui_say(st->ui, STYLE_MESSAGE,
                       redo ? _("No hay nada que rehacer.") : _("No hay nada que deshacer."));
                return;
        }
        if (draft_save(st->draft, &err) != ERR_OK)
                ui_say_err(st->ui, &err);
        widget_leave(&st->widget);
        if (form_row_is_gone(st)) {
                st->draft = NULL;
                ui_close(st->screen);
        } else if (!form_go_place(st, place, true))
                form_refresh(st);
        ui_say(st->ui, STYLE_MESSAGE, redo ? _("Rehecho.") : _("Deshecho. %s"), words ? words : "");
}

static void next_problem(struct form_state *st)
{
        form_leave(st);
        st->sections[st->section].visited = true;
        struct place from = st->focus >= 0 && st->focus < st->items_n ? st->items[st->focus].place
                                                                      : session_here(st->session);
        struct place place = session_next_problem(st->session, from);
        bool gone = place.node >= 0 && form_go_place(st, place, true);
        if (!gone)
                form_focus(st, st->focus, false);
        form_counts_load(st);
        ui_say(st->ui, STYLE_MESSAGE, "%s.", form_missing_words(&st->counts, &st->ui->frame));
}

static void trail(struct form_state *st)
{
        form_leave(st);
        if (session_back(st->session) && form_go_place(st, session_here(st->session), false))
                return;
        form_refresh(st);
        ui_say(st->ui, STYLE_MESSAGE, _("Es el comienzo del camino recorrido."));
}

static void keep_answer(struct form_state *st)
{
        session_confirm(st->session, st->widget.place);
        widget_save(&st->widget);
        ui_say(st->ui, STYLE_MESSAGE, _("Se mantiene la respuesta."));
}

static void open_review(struct form_state *st)
{
        if (st->widget.class)
                widget_commit(&st->widget);
        form_resync(st);
        screen_review_open(st->ui, st->draft);
}

static void open_goto(struct form_state *st, bool missing)
{
        if (st->widget.class)
                widget_commit(&st->widget);
        form_resync(st);
        form_goto_open(st, missing);
}

/* Nothing waits on the widget while moving about, so actions may commit it freely. */
static bool do_action(struct form_state *st, int action)
{
        switch (action) {
        case ACT_FORM_GOTO: open_goto(st, false); return true;
        case ACT_FORM_MISSING: open_goto(st, true); return true;
        case ACT_FORM_PROBLEM: next_problem(st); return true;
        case ACT_FORM_REVIEW: open_review(st); return true;
        case ACT_FORM_UNDO: undo(st, false); return true;
        case ACT_FORM_REDO: undo(st, true); return true;
        case ACT_FORM_TRAIL: trail(st); return true;
        case ACT_FORM_KEEP: keep_answer(st); return true;
        case ACT_FORM_SECTION_NEXT: form_step_section(st, 1); return true;
        case ACT_FORM_SECTION_PREV: form_step_section(st, -1); return true;
        default: return false;
        }
}

static bool form_allows(struct screen *screen, int action)
{
        struct form_state *st = form_state(screen);
        if (!st->draft)
                return true;
        switch (action) {
        case ACT_FORM_CALENDAR:
                return st->widget.class &&
                       (st->widget.class->types & (1u << NODE_DATE | 1u << NODE_DATETIME));
        case ACT_FORM_KEEP:
                return st->widget.class &&
                       session_status(st->session, st->widget.place) == STATUS_UNAVAILABLE;
        case ACT_FORM_REVIEW: return st->part == FORM_WHOLE;
        case ACT_FORM_GOTO:
        case ACT_FORM_MISSING:
        case ACT_FORM_TRAIL: return st->part == FORM_WHOLE || st->part == FORM_CHILD;
        default: return true;
        }
}

/* ---- Mouse ---- */

static bool inside(const struct rect *rect, const struct key *key)
{
        return key->row >= rect->row && key->row < rect->row + rect->rows && key->col >= rect->col &&
               key->col < rect->col + rect->cols;
}

static void click_side(struct form_state *st, int line)
{
        int n = 0, index = st->side_top + line;
        if (st->part != FORM_ROW) {
                form_go_section(st, index);
                return;
        }
        const int *rows = session_rows(st->session, st->repeat, &n);
        if (index < n && rows[index] != st->row)
                form_set_row(st, rows[index], false);
}

static void click_item(struct form_state *st, int row)
{
        for (int i = 0; i < st->hits_n; i++) {
                const struct form_hit *hit = &st->hits[i];
                if (row < hit->row || row >= hit->row + hit->rows || st->items[hit->item].heading)
                        continue;
                struct place place = st->items[hit->item].place;
                form_leave(st);
                form_items_load(st);
                int item = form_item_of(st, place);
                bool can = item >= 0 && widget_can_focus(st->draft, place);
                form_focus(st, can ? item : st->focus, can);
                return;
        }
}

static enum widget_reply click(struct form_state *st, const struct key *key)
{
        struct widget *widget = &st->widget;
        if (inside(&st->side, key))
                click_side(st, key->row - st->side.row);
        else if (widget->class && widget->class->click && inside(&st->editor, key))
                return widget->class->click(widget, key->row - st->editor.row, key->col - st->editor.col);
        else if (inside(&st->column, key) && !inside(&st->editor, key))
                click_item(st, key->row);
        return WIDGET_HANDLED;
}

static void wheel(struct form_state *st, int direction)
{
        int top = st->top + direction;
        st->loose = true;
        if (top >= 0 && top < st->items_n)
                st->top = top;
}

static enum widget_reply mouse(struct form_state *st, const struct key *key)
{
        if (key->code == K_CLICK)
                return click(st, key);
        if (key->code == K_WHEEL_UP || key->code == K_WHEEL_DOWN)
                wheel(st, key->code == K_WHEEL_DOWN ? 1 : -1);
        return WIDGET_HANDLED;
}

/* ---- Keys ---- */

static enum widget_reply moving_key(const struct key *key)
{
        if (key_is(key, K_ENTER) || key_is(key, K_TAB) || key_is(key, K_DOWN))
                return WIDGET_NEXT;
        if (key_is(key, K_BACKTAB) || key_is(key, K_UP))
                return WIDGET_PREV;
        return WIDGET_IGNORED;
}

static enum widget_reply ask_widget(struct form_state *st, const struct key *key, int action)
{
        if (key->kind == KEY_KIND_MOUSE)
                return mouse(st, key);
        enum widget_reply reply = WIDGET_IGNORED;
        st->loose = false;
        st->arrow = key_is(key, K_DOWN);
        if (st->widget.class && st->widget.class->key)
                reply = st->widget.class->key(&st->widget, key, action);
        return reply == WIDGET_IGNORED ? moving_key(key) : reply;
}

static enum handled obey(struct form_state *st, enum widget_reply reply)
{
        if (reply == WIDGET_IGNORED)
                return IGNORED;
        if (reply == WIDGET_NEXT)
                form_next(st);
        else if (reply == WIDGET_PREV)
                form_prev(st);
        else if (st->ui->top == st->screen)
                form_resync(st);
        return HANDLED;
}

static enum handled form_key(struct screen *screen, const struct key *key, int action)
{
        struct form_state *st = form_state(screen);
        if (!st->draft)
                return CLOSE;
        form_items_load(st);
        if (do_action(st, action))
                return HANDLED;
        enum handled handled = obey(st, ask_widget(st, key, action));
        if (handled == IGNORED && key_is(key, K_ESC))
                return form_escape(st);
        return handled;
}

/* ---- The rest of the class ---- */

static void form_idle(struct screen *screen)
{
        struct form_state *st = form_state(screen);
        struct widget *widget = &st->widget;
        struct err err;
        if (!st->draft || !widget->class || !widget->class->keeps || !widget->editor.changed)
                return;
        if (draft_save_pending(st->draft, widget->place, widget->editor.text.text, &err) != ERR_OK)
                ui_say_err(st->ui, &err);
        else
                widget->kept = true;
}

static void free_state(struct screen *screen)
{
        struct form_state *st = form_state(screen);
        if (st->draft)
                form_leave(st);
        else
                widget_leave(&st->widget);
        if (st->draft && st->part != FORM_ROW)
                draft_close(st->draft, NULL);
        free(st->sections);
        free(st->items);
        free(st);
}

static bool form_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

const struct screen_class screen_form = {
        .name = "form",
        .draw = form_draw,
        .key = form_key,
        .title = form_title,
        .allows = form_allows,
        .back = form_back,
        .idle = form_idle,
        .free = free_state,
        .typing = form_typing,
};
