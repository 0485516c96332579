/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Moving over the questions.
 *
 * Leaving a question puts its text in the session and on disk before the next
 * one is open.  An answer may hide or show others, so the place is looked up
 * again in the new list after each.  Going back is never refused; going
 * forward stops once at an answer that has just become wrong, to be read.
 */
#include "form_priv.h"

#include <string.h>

static struct place focus_place(const struct form_state *st)
{
        return st->widget.class ? st->widget.place : PLACE_NONE;
}

void form_leave(struct form_state *st)
{
        if (!st->widget.class)
                return;
        widget_commit(&st->widget);
        st->touched |= st->widget.answered;
        widget_leave(&st->widget);
}

void form_focus(struct form_state *st, int item, bool walk)
{
        form_leave(st);
        form_items_load(st);
        st->focus = item < st->items_n ? item : -1;
        st->noted = false;
        st->loose = false;
        if (st->focus < 0)
                return;
        struct place place = st->items[st->focus].place;
        if (walk)
                session_go(st->session, place);
        widget_enter(&st->widget, st->ui, st->screen, st->draft, place);
}

/* The first thing to rest on in the section, even if it only can be read. */
static int first_item(struct form_state *st, int direction)
{
        form_items_load(st);
        int edge = direction > 0 ? 0 : st->items_n - 1;
        int item = form_item_focusable(st, edge, direction);
        return item >= 0 || !st->items_n ? item : edge;
}

/* ---- Sections ---- */

static int next_section(const struct form_state *st, int direction)
{
        for (int i = st->section + direction; i >= 0 && i < st->sections_n; i += direction)
                if (form_section_shown(st, i))
                        return i;
        return -1;
}

static void enter_section(struct form_state *st, int section, int direction)
{
        form_leave(st);
        st->sections[st->section].visited = true;
        st->section = section;
        st->top = 0;
        form_focus(st, first_item(st, direction), true);
}

void form_go_section(struct form_state *st, int section)
{
        if (section < 0 || section >= st->sections_n || section == st->section)
                return;
        form_leave(st);
        if (form_section_shown(st, section)) {
                enter_section(st, section, 1);
                return;
        }
        form_focus(st, st->focus, false);
        ui_say(st->ui, STYLE_MESSAGE, _("Esa sección no corresponde según lo respondido."));
}

void form_step_section(struct form_state *st, int direction)
{
        if (st->part == FORM_ROW) {
                form_go_row(st, direction, direction > 0);
                return;
        }
        form_leave(st);
        int section = next_section(st, direction);
        if (section >= 0) {
                enter_section(st, section, 1);
                return;
        }
        form_focus(st, st->focus, false);
        ui_say(st->ui, STYLE_MESSAGE,
               direction > 0 ? _("Es la última sección. F7 revisa y concluye.")
                             : _("Es la primera sección."));
}

/* ---- Questions ---- */

/* True if the answer just given asks to be read again before going on. */
static bool stops_here(struct form_state *st, struct place place, bool changed)
{
        enum answer_status status = session_status(st->session, place);
        if (!changed || st->noted)
                return false;
        return status == STATUS_INVALID || status == STATUS_WARNING;
}

static void stay(struct form_state *st)
{
        editor_set(&st->widget.editor, session_typed(st->session, st->widget.place));
        st->widget.whole = true;
        st->noted = true;
        st->loose = false;
        form_items_load(st);
        int item = form_item_of(st, st->widget.place);
        if (item >= 0)
                st->focus = item;
}

/* Where a place went in the list, or where it was if it is no longer there. */
static int item_again(struct form_state *st, struct place place)
{
        form_items_load(st);
        int item = form_item_of(st, place);
        if (item >= 0)
                return item;
        return st->focus < st->items_n ? st->focus : st->items_n - 1;
}

/* Enter on a new row that was left blank: the list is complete. */
static bool ends_rows(struct form_state *st)
{
        if (st->part != FORM_ROW || !st->fresh || st->touched || st->widget.answered || st->arrow)
                return false;
        if (*session_typed(st->session, focus_place(st)))
                return false; /* a default is an answer: the row is meant */
        return st->focus == form_item_focusable(st, 0, 1);
}

void form_next(struct form_state *st)
{
        struct place place = focus_place(st);
        if (st->widget.class) {
                widget_commit(&st->widget);
                if (stops_here(st, place, st->widget.answered)) {
                        stay(st);
                        return;
                }
        }
        if (ends_rows(st)) {
                form_end(st);
                return;
        }
        int item = form_item_focusable(st, item_again(st, place) + 1, 1);
        if (item >= 0) {
                form_focus(st, item, true);
                return;
        }
        for (int section; (section = next_section(st, 1)) >= 0;) {
                enter_section(st, section, 1);
                if (st->focus >= 0)
                        return;
        }
        form_end(st);
}

void form_prev(struct form_state *st)
{
        struct place place = focus_place(st);
        if (st->widget.class)
                widget_commit(&st->widget);
        int item = form_item_focusable(st, item_again(st, place) - 1, -1);
        if (item >= 0) {
                form_focus(st, item, true);
                return;
        }
        for (int section; (section = next_section(st, -1)) >= 0;) {
                enter_section(st, section, -1);
                if (st->focus >= 0)
                        return;
        }
        form_focus(st, item_again(st, place), false);
        ui_say(st->ui, STYLE_MESSAGE,
               st->part == FORM_ROW ? _("Es la primera pregunta de esta fila. Esc vuelve a la lista.")
                                    : _("Es la primera pregunta."));
}

/* ---- Jumping ---- */

/* The place on this screen that holds a place in a row further down. */
static struct place on_this_screen(const struct form_state *st, struct place place)
{
        while (place.row != st->row && place.row > 0) {
                place = session_row_parent(st->session, place.row);
                if (place.node < 0)
                        return PLACE_NONE;
        }
        return place.row == st->row ? place : PLACE_NONE;
}

static int row_towards(const struct form_state *st, struct place place)
{
        int row = place.row;
        while (row > 0) {
                struct place parent = session_row_parent(st->session, row);
                if (parent.row == st->row)
                        return row;
                row = parent.row;
        }
        return 0;
}

bool form_go_place(struct form_state *st, struct place place, bool walk)
{
        struct place here = on_this_screen(st, place);
        int section = here.node < 0 ? -1 : form_section_with(st, here.node);
        if (section < 0)
                return false;
        form_leave(st);
        if (section != st->section) {
                st->sections[st->section].visited = true;
                st->section = section;
                st->top = 0;
        }
        form_items_load(st);
        int item = form_item_of(st, here);
        bool deeper = here.row != place.row;
        form_focus(st, item >= 0 ? item : first_item(st, 1), walk && !deeper);
        if (item < 0)
                return false;
        if (deeper) {
                form_open_row(&st->widget, row_towards(st, place), false);
                return form_go_place(form_state(st->ui->top), place, walk);
        }
        return true;
}

void form_resync(struct form_state *st)
{
        form_items_load(st);
        int item = st->widget.class ? form_item_of(st, st->widget.place) : -1;
        if (item >= 0)
                st->focus = item;
        else
                form_refresh(st);
}

void form_refresh(struct form_state *st)
{
        struct place place = st->widget.class                            ? st->widget.place
                             : st->focus >= 0 && st->focus < st->items_n ? st->items[st->focus].place
                                                                         : PLACE_NONE;
        widget_leave(&st->widget);
        form_items_load(st);
        int item = place.node >= 0 ? item_again(st, place) : first_item(st, 1);
        form_focus(st, item, false);
}
