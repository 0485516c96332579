/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is common to all widgets: the table of classes, the coming and going of
 * the focus, and the way of an answer to the session and to disk.
 */
#include "widgets_priv.h"

#include <string.h>

#define WIDGET(name) extern const struct widget_class widget_##name;
#include "ui/widgets.def"
#undef WIDGET

static const struct widget_class *const classes[] = {
#define WIDGET(name) &widget_##name,
#include "ui/widgets.def"
#undef WIDGET
};

const struct widget_class *const *widget_classes(int *ret_n)
{
        *ret_n = (int)ARRAY_LEN(classes);
        return classes;
}

const struct widget_class *widget_class_for(const struct node *node)
{
        for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
                const struct widget_class *class = classes[i];
                if (class->types & (1u << node->type) && (!class->serves || class->serves(node)))
                        return class;
        }
        return NULL;
}

static const struct node *node_at(struct session *session, struct place place)
{
        return &session_form(session)->nodes[place.node];
}

bool widget_waits(struct draft *draft, struct place place)
{
        return node_at(draft_session(draft), place)->flags & NODE_PENDING && draft_open_before_n(draft, place) > 0;
}

bool widget_can_focus(struct draft *draft, struct place place)
{
        struct session *session = draft_session(draft);
        const struct node *node = node_at(session, place);
        const struct widget_class *class = widget_class_for(node);
        if (!class || class->passive || !session_is_relevant(session, place) || session_is_read_only(session, place))
                return false;
        return !(node->flags & NODE_PENDING) || widget_waits(draft, place);
}

/* ---- The focus ---- */

void widget_enter(struct widget *widget, struct ui *ui, struct screen *screen, struct draft *draft,
                  struct place place)
{
        struct session *session = draft_session(draft);
        const struct node *node = node_at(session, place);
        *widget = (struct widget){.ui = ui,
                                  .screen = screen,
                                  .draft = draft,
                                  .session = session,
                                  .node = node,
                                  .place = place,
                                  .at = -1,
                                  .whole = true};
        widget->class = widget_class_for(node);
        if (session_is_read_only(session, place) && !widget->class->passive)
                widget->class = &widget_calculate;
        widget->version = session_version(session);
        editor_init(&widget->editor, node->type == NODE_TEXT && (node->flags & NODE_MULTILINE));
        if (widget->class->typed)
                editor_set(&widget->editor, session_typed(session, place));
        if (widget->class->enter)
                widget->class->enter(widget);
}

void widget_leave(struct widget *widget)
{
        if (!widget->class)
                return;
        if (widget->class->leave)
                widget->class->leave(widget);
        editor_release(&widget->editor);
        arena_release(&widget->arena);
        widget->class = NULL;
}

const char *widget_hint(struct widget *widget)
{
        return widget->class->hint_now ? widget->class->hint_now(widget) : widget->class->hint;
}

bool widget_stale(struct widget *widget)
{
        unsigned version = session_version(widget->session);
        if (version == widget->version)
                return false;
        arena_clear(&widget->arena);
        widget->version = version;
        return true;
}

/* ---- Answers ---- */

bool widget_save(struct widget *widget)
{
        struct err err;
        if (draft_save(widget->draft, &err) == ERR_OK)
                return true;
        ui_say_err(widget->ui, &err);
        return false;
}

/* Text kept for a crash is an answer now. */
static void forget_pending(struct widget *widget)
{
        struct err err;
        if (widget->kept && draft_save_pending(widget->draft, widget->place, "", &err) != ERR_OK)
                ui_say_err(widget->ui, &err);
        widget->kept = false;
}

bool widget_answer(struct widget *widget, const char *typed)
{
        bool changed = session_answer(widget->session, widget->place, typed);
        if (changed)
                widget_save(widget);
        widget->answered |= changed;
        return changed;
}

bool widget_commit(struct widget *widget)
{
        if (widget->class->commit)
                widget->class->commit(widget);
        if (!widget->class->typed || !widget->editor.changed)
                return false;
        widget->editor.changed = false;
        bool changed = widget_answer(widget, widget->editor.text.text);
        if (!changed)
                forget_pending(widget);
        widget->kept = false;
        return changed;
}

/* ---- Typing ---- */

enum widget_reply widget_edit(struct widget *widget, const struct key *key, int cols)
{
        bool types = key->kind == KEY_KIND_CHAR || key->kind == KEY_KIND_PASTE;
        if (widget->whole && widget->class->replaces && types)
                editor_set(&widget->editor, "");
        widget->whole = false;
        return editor_key(&widget->editor, key, cols) == HANDLED ? WIDGET_HANDLED : WIDGET_IGNORED;
}

void widget_draw_line(struct widget *widget, struct canvas *canvas, struct rect area, int cols)
{
        area.rows = 1;
        if (area.cols > cols)
                area.cols = cols;
        editor_draw(&widget->editor, canvas, area, true);
}

void widget_type(struct widget *widget, const char *text)
{
        editor_set(&widget->editor, text);
        widget->editor.changed = true;
}

uint32_t key_letter(const struct key *key)
{
        if (key->kind != KEY_KIND_CHAR)
                return 0;
        return key->code >= 'A' && key->code <= 'Z' ? key->code - 'A' + 'a' : key->code;
}

void widget_cursor(struct canvas *canvas, int row, int col)
{
        canvas->cursor_row = row;
        canvas->cursor_col = col;
}

int scrolled(int top, int at, int n, int rows)
{
        if (at < top)
                top = at < 0 ? 0 : at;
        if (at >= top + rows)
                top = at - rows + 1;
        if (top > n - rows)
                top = n > rows ? n - rows : 0;
        return top;
}
