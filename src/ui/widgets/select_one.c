/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One choice of a list.  Short lists without descriptors lie on one line:
 *
 *      ▸(•) 1 Sí    ( ) 2 No
 *
 * A digit or a unique initial chooses at once; the arrows move a cursor and
 * Enter takes what it is on.  Supr leaves the question unanswered.
 */
#include "widgets_priv.h"

#include <string.h>

enum { INLINE_MAX = 5, INLINE_GAP = 3 };

static const char *mark(struct widget *widget, const struct choice *choice)
{
        return menu_chosen(widget, choice->name) ? "(•)" : "( )";
}

static void enter(struct widget *widget)
{
        menu_enter(widget);
        menu_seek(widget, session_typed(widget->session, widget->place));
}

/* ---- On one line ---- */

static int inline_width(const struct choice *choice)
{
        return 1 + 3 + 1 + 2 + utf8_width(choice->label) + INLINE_GAP;
}

static bool is_inline(struct widget *widget, int cols)
{
        struct menu *menu = menu_of(widget);
        int width = 0;
        if (menu->hints || menu->all_n > INLINE_MAX || !menu->all_n)
                return false;
        for (int i = 0; i < menu->all_n; i++)
                width += inline_width(menu->all[i]);
        return width <= cols;
}

static void draw_inline(struct widget *widget, struct canvas *canvas, struct rect area)
{
        struct menu *menu = menu_of(widget);
        int col = area.col;
        for (int i = 0; i < menu->all_n; i++) {
                const struct choice *choice = menu->all[i];
                bool here = i == widget->at, chosen = menu_chosen(widget, choice->name);
                enum style style = here ? STYLE_FOCUS : chosen ? STYLE_OK : STYLE_NORMAL;
                const char *text = arena_printf(&widget->ui->frame, "%s%s %d %s", here ? "▸" : " ",
                                                mark(widget, choice), i + 1, choice->label);
                canvas_text(canvas, area.row, col, area.cols, style, text);
                if (here || (i == 0 && widget->at < 0))
                        widget_cursor(canvas, area.row, col + 1);
                col += inline_width(choice);
        }
}

static bool click_inline(struct widget *widget, int col)
{
        struct menu *menu = menu_of(widget);
        int end = 0;
        for (int i = 0; i < menu->all_n; i++) {
                end += inline_width(menu->all[i]);
                if (col < end) {
                        widget->at = i;
                        return true;
                }
        }
        return false;
}

/* `top` is free on one line: it remembers which of the two shapes was drawn. */
enum { DRAWN_INLINE = -1 };

/* ---- Both shapes ---- */

enum { HINT_ROWS = 2 };

static int hint_rows(struct widget *widget)
{
        return menu_of(widget)->hints && !menu_closed(widget) ? HINT_ROWS : 0;
}

static int height(struct widget *widget, int cols, int room)
{
        int rows = is_inline(widget, cols) ? 1 : menu_rows(widget) + hint_rows(widget);
        return rows < room ? rows : room;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        if (is_inline(widget, area.cols)) {
                widget->top = DRAWN_INLINE;
                draw_inline(widget, canvas, area);
                return;
        }
        int hints = area.rows > 4 ? hint_rows(widget) : 0;
        if (hints)
                canvas_wrap(canvas,
                            (struct rect){area.row + area.rows - hints, area.col + 4, hints, area.cols - 4},
                            STYLE_DIM, menu_hint(widget), 0);
        area.rows -= hints;
        if (widget->top < 0)
                widget->top = 0;
        menu_draw(widget, canvas, area, mark);
}

static const char *hint_now(struct widget *widget)
{
        if (menu_closed(widget))
                return _("Escriba o → para cambiarla · Enter sigue");
        if (menu_filters(widget) && widget->editor.text.len)
                return _("Enter elige la marcada · ↑↓ marca otra · Esc borra");
        return menu_filters(widget) ? _("Escriba para buscar · ↓ y Enter elige") : widget->class->hint;
}

static enum widget_reply choose(struct widget *widget, const struct choice *choice)
{
        widget_answer(widget, choice->name);
        menu_seek(widget, choice->name);
        widget->moved = false;
        return WIDGET_HANDLED;
}

static enum widget_reply clear(struct widget *widget)
{
        widget_answer(widget, "");
        menu_of(widget)->closed = false;
        widget->at = -1;
        widget->moved = false;
        return WIDGET_HANDLED;
}

static enum widget_reply sideways(struct widget *widget, int step)
{
        int n = menu_of(widget)->shown_n, at = widget->at + step;
        widget->at = at < 0 ? 0 : at >= n ? n - 1 : at;
        widget->moved = true;
        return WIDGET_HANDLED;
}

static bool takes(const struct key *key)
{
        return key_is(key, K_ENTER) || key_is(key, K_TAB) || (key->kind == KEY_KIND_CHAR && key->code == ' ');
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        bool flat = widget->top == DRAWN_INLINE;
        const struct choice *choice = menu_shortcut(widget, key);
        if (choice)
                return choose(widget, choice);
        if (takes(key) && widget->moved && menu_at(widget)) {
                choose(widget, menu_at(widget));
                return key->kind == KEY_KIND_CHAR ? WIDGET_HANDLED : WIDGET_NEXT;
        }
        if (key_is(key, K_DELETE))
                return clear(widget);
        if (flat && (key_is(key, K_LEFT) || key_is(key, K_RIGHT)))
                return sideways(widget, key_is(key, K_RIGHT) ? 1 : -1);
        if (key->kind == KEY_KIND_CHAR && !menu_filters(widget))
                return WIDGET_HANDLED;
        return flat ? WIDGET_IGNORED : menu_key(widget, key);
}

static enum widget_reply click(struct widget *widget, int row, int col)
{
        bool hit = widget->top == DRAWN_INLINE ? click_inline(widget, col) : menu_click(widget, row);
        return hit && menu_at(widget) ? choose(widget, menu_at(widget)) : WIDGET_HANDLED;
}

const struct widget_class widget_select_one = {
        .name = "select_one",
        .about = _("Elija con el número o la inicial, o con las flechas y Enter. En listas largas, escriba "
                   "para buscar."),
        .hint = _("Número o inicial elige · Enter sigue · Supr borra"),
        .hint_now = hint_now,
        .types = SERVES(SELECT_ONE),
        .enter = enter,
        .leave = menu_leave,
        .height = height,
        .draw = draw,
        .key = key,
        .click = click,
};
