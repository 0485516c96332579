/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The orders inside a form: back along the path walked, jumps, undo, where one
 * is.  None is refused because an answer is wrong.
 */
#include "linear_priv.h"

#include <string.h>

#include "screens/form_priv.h"

static const struct node *node_at(const struct asking *a, struct place place)
{
        return &a->form->nodes[place.node];
}

unsigned asking_orders(const struct asking *a, struct place place)
{
        const struct node *node = node_at(a, place);
        bool list = node->type == NODE_REPEAT || node->type == NODE_CHILDREN;
        unsigned orders = ORDERS_EVERYWHERE | ORDER_BIT(SKIP) | ORDER_BIT(UNDO) | ORDER_BIT(REDO) |
                          ORDER_BIT(WHERE) | ORDER_BIT(GO) | ORDER_BIT(MISSING);
        orders |= list ? ORDER_BIT(REMOVE) : ORDER_BIT(CLEAR);
        if (node->type == NODE_REPEAT)
                orders |= ORDER_BIT(UP);
        if (node->type == NODE_TEXT && node->flags & NODE_MULTILINE)
                orders |= ORDER_BIT(ADD);
        if (a->part == ASK_RECORD)
                orders |= ORDER_BIT(REVIEW);
        if (place.row > 0 || a->part != ASK_RECORD)
                orders |= ORDER_BIT(LIST);
        if (session_status(a->session, place) == STATUS_UNAVAILABLE)
                orders |= ORDER_BIT(KEEP);
        return orders;
}

/* ---- Back ---- */

static bool back_on_path(struct asking *a)
{
        while (session_back(a->session))
                if (asking_asks(a, session_here(a->session)))
                        return true;
        return false;
}

/* In the order of the form, for what was passed over at the beginning. */
static bool back_in_order(struct asking *a, struct place place)
{
        do
                place = session_step(a->session, place, -1);
        while (place.node >= 0 && !asking_asks(a, place));
        if (place.node < 0)
                return false;
        asking_go(a, place);
        a->backwards = true;
        return true;
}

static void go_back(struct asking *a, struct place place)
{
        if (!a->backwards && back_on_path(a)) {
                asking_save(a);
                return;
        }
        if (back_in_order(a, place))
                return;
        if (place.row > 0)
                asking_go(a, session_row_parent(a->session, place.row));
        else if (a->part == ASK_RECORD)
                linear_say(a->linear, _("Es la primera pregunta. .salir vuelve al menú."));
        else
                linear_say(a->linear, _("Es la primera pregunta. .lista vuelve a donde estaba."));
}

static void leave_to_list(struct asking *a, struct place place)
{
        if (place.row > 0)
                asking_go(a, session_row_parent(a->session, place.row));
        else if (a->part == ASK_QUICK)
                asking_leave_quick(a);
        else
                a->end = ASK_CLOSED;
}

/* ---- Jumps ---- */

static const char *section_label(const struct asking *a, int node)
{
        const struct node *section = &a->form->nodes[form_section_of(a->form, node)];
        return section->type == NODE_GROUP ? section->label.plain : "";
}

/* A row of the list of places to go to; its data is the place. */
static void add_target(struct asking *a, struct linear_items *items, struct linear_row *rows, struct place at,
                       const char *text, const char *where)
{
        struct place *place = ARENA_NEW(&a->arena, struct place);
        *place = at;
        rows[items->n++] = (struct linear_row){.text = text, .data = place, .where = where};
}

/* Sections, and every question outside rows. */
static struct linear_items targets(struct asking *a)
{
        struct linear_row *rows = ARENA_ARRAY(&a->arena, struct linear_row, 2 * a->form->nodes_n);
        struct linear_items items = {.rows = rows};
        const char *last = "";
        for (struct place at = session_first(a->session, 0, 0); at.node >= 0;
             at = session_step(a->session, at, 1)) {
                const char *section = section_label(a, at.node);
                if (!asking_asks(a, at))
                        continue;
                if (*section && strcmp(section, last) != 0)
                        add_target(a, &items, rows, at, arena_printf(&a->arena, _("Sección: %s"), section),
                                   NULL);
                last = section;
                add_target(a, &items, rows, at, session_label(a->session, at, &a->arena),
                           *section ? section : NULL);
        }
        return items;
}

static void go_to(struct asking *a, const char *words)
{
        struct linear_items items = targets(a);
        struct linear_list list = {.title = _("Ir a…"),
                                   .empty = _("No hay preguntas."),
                                   .words = *words ? words : NULL,
                                   .ctx = &items,
                                   .rows = linear_items_rows};
        const void *chosen;
        a->brief = true;
        if (linear_choose(a->linear, &list, &a->arena, &chosen) == PICK_ROW)
                asking_go(a, *(const struct place *)chosen);
}

static void go_to_missing(struct asking *a)
{
        int n;
        const struct draft_problem *problems = draft_problems(a->draft, false, &a->arena, &n);
        struct linear_row *rows = ARENA_ARRAY(&a->arena, struct linear_row, n);
        for (int i = 0; i < n; i++) {
                rows[i].text = arena_printf(&a->arena, "%s: %s", problems[i].label, problems[i].text);
                rows[i].data = &problems[i];
        }
        struct linear_items items = {rows, n};
        struct linear_list list = {.title = _("Lo que falta o hay que corregir"),
                                   .ctx = &items,
                                   .rows = linear_items_rows,
                                   .empty = _("No falta nada: .revisar permite concluir.")};
        const void *chosen;
        a->brief = true;
        if (linear_choose(a->linear, &list, &a->arena, &chosen) == PICK_ROW)
                asking_go(a, ((const struct draft_problem *)chosen)->place);
}

/* ---- Changes ---- */

static void undo(struct asking *a, bool redo)
{
        const char *words = redo ? NULL : session_undo_words(a->session, &a->arena);
        struct place place = redo ? session_redo(a->session) : session_undo(a->session);
        if (place.node < 0) {
                linear_say(a->linear, redo ? _("No hay nada que rehacer.") : _("No hay nada que deshacer."));
                return;
        }
        a->touched = a->row_touched = true;
        asking_save(a);
        asking_go(a, place);
        linear_say(a->linear, redo ? _("Rehecho.%s") : _("Deshecho. %s"), words ? words : "");
}

/* Line `number` of a text taken out. In `arena`. */
static const char *without_line(const char *text, int number, struct arena *arena)
{
        const char *line = text;
        for (; number > 1 && *line; number--)
                line += strcspn(line, "\n") + (strchr(line, '\n') != NULL);
        size_t len = strcspn(line, "\n");
        const char *after = line + len + (line[len] == '\n');
        return arena_printf(arena, "%.*s%s", (int)(line - text), text, after);
}

/* All of it, or the note of that number. */
static void clear(struct asking *a, struct place place, const char *argument)
{
        int number = node_at(a, place)->type == NODE_LOG ? linear_number(argument, 10000) : 0;
        const char *text = number ? without_line(session_typed(a->session, place), number, &a->arena) : "";
        linear_say(a->linear, asking_answer(a, place, text) ? _("Borrado.") : _("No había nada que borrar."));
        a->brief = true;
}

static void keep(struct asking *a, struct place place)
{
        session_confirm(a->session, place);
        a->touched = a->row_touched = true;
        asking_save(a);
        linear_say(a->linear, _("Se mantiene la respuesta."));
        asking_advance(a, place);
}

static void remove_number(struct asking *a, struct place place, const char *argument)
{
        int number = linear_number(argument, 10000);
        if (node_at(a, place)->type == NODE_REPEAT)
                rows_remove(a, place, number);
        else
                children_remove(a, place, number);
}

static void say_where(struct asking *a)
{
        struct session_counts counts = session_counts(a->session, 0);
        const char *title = record_session_title(a->session, &a->arena);
        linear_say(a->linear, "%s%s%s", a->form->title, *title ? ": " : "", title);
        linear_say(a->linear, "%s.", form_missing_words(&counts, &a->arena));
        a->section = a->group = -1;
}

void asking_obey(struct asking *a, struct place place, const struct heard *heard)
{
        switch (heard->order) {
        case ORDER_BACK: go_back(a, place); break;
        case ORDER_SKIP: asking_advance(a, place); break;
        case ORDER_CLEAR: clear(a, place, heard->text); break;
        case ORDER_ADD: asking_take_more(a, place); break;
        case ORDER_KEEP: keep(a, place); break;
        case ORDER_UNDO: undo(a, false); break;
        case ORDER_REDO: undo(a, true); break;
        case ORDER_GO: go_to(a, heard->text); break;
        case ORDER_MISSING: go_to_missing(a); break;
        case ORDER_REVIEW: asking_review(a); break;
        case ORDER_WHERE: say_where(a); break;
        case ORDER_LIST: leave_to_list(a, place); break;
        case ORDER_REMOVE: remove_number(a, place, heard->text); break;
        case ORDER_UP: rows_up(a, place, linear_number(heard->text, 10000)); break;
        case ORDER_LEAVE:
                if (a->part == ASK_QUICK)
                        asking_leave_quick(a);
                break;
        default: break;
        }
}
