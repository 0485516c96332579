/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A level of a rubric.  The levels at the left; at the right, the descriptor
 * of the level under the cursor, or of the one chosen, to be read while
 * observing.  With room enough every level has its descriptor beside it.
 *
 *      ▸(•) 1 Nivel I        No tiene información de sus estudiantes.
 *       ( ) 2 Nivel II
 */
#include "widgets_priv.h"

enum { WIDE_COLS = 92, LEVELS_MIN = 22 };

static const char *mark(struct widget *widget, const struct choice *choice)
{
        return menu_chosen(widget, choice->name) ? "(•)" : "( )";
}

static void enter(struct widget *widget)
{
        menu_enter(widget);
        menu_seek(widget, session_typed(widget->session, widget->place));
}

static int levels_cols(struct widget *widget, int cols)
{
        struct menu *menu = menu_of(widget);
        int widest = LEVELS_MIN;
        for (int i = 0; i < menu->all_n; i++) {
                int width = utf8_width(menu->all[i]->label) + 10;
                if (width > widest)
                        widest = width;
        }
        return widest < cols / 2 ? widest : cols / 2;
}

static int height(struct widget *widget, int cols, int room)
{
        int rows = menu_rows(widget);
        (void)cols;
        return rows < room ? rows : room;
}

static void draw_beside(struct widget *widget, struct canvas *canvas, struct rect area)
{
        struct menu *menu = menu_of(widget);
        for (int i = 0; i < area.rows && widget->top + i < menu->shown_n; i++) {
                const struct choice *choice = menu->all[menu->shown[widget->top + i]];
                canvas_text_cut(canvas, area.row + i, area.col, area.cols,
                                widget->top + i == widget->at ? STYLE_NORMAL : STYLE_DIM, choice->hint);
        }
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        int levels = levels_cols(widget, area.cols);
        struct rect left = {area.row, area.col, area.rows, levels};
        struct rect right = {area.row, area.col + levels + 1, area.rows, area.cols - levels - 1};
        menu_draw(widget, canvas, left, mark);
        const char *hint = menu_hint(widget);
        if (area.cols >= WIDE_COLS)
                draw_beside(widget, canvas, right);
        else
                canvas_wrap(canvas, right, *hint ? STYLE_NORMAL : STYLE_DIM,
                            *hint ? hint : _("Mueva con ↓ para leer cada nivel."), 0);
}

static enum widget_reply choose(struct widget *widget, const struct choice *choice)
{
        widget_answer(widget, choice->name);
        menu_seek(widget, choice->name);
        widget->moved = false;
        return WIDGET_HANDLED;
}

/* Every level begins with the same letter; the one that is not a level has the letter to itself. */
static const struct choice *shortcut(struct widget *widget, const struct key *key)
{
        struct menu *menu = menu_of(widget);
        uint32_t letter = key_letter(key);
        for (int i = 0; i < menu->all_n; i++)
                if ((letter == 'n' || letter == '0') && str_equal(menu->all[i]->name, "no_obs"))
                        return menu->all[i];
        return menu_shortcut(widget, key);
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        const struct choice *choice = shortcut(widget, key);
        bool space = key->kind == KEY_KIND_CHAR && key->code == ' ';
        if (choice)
                return choose(widget, choice);
        if ((key_is(key, K_ENTER) || key_is(key, K_TAB) || space) && widget->moved && menu_at(widget)) {
                choose(widget, menu_at(widget));
                return space ? WIDGET_HANDLED : WIDGET_NEXT;
        }
        if (key_is(key, K_DELETE)) {
                widget_answer(widget, "");
                widget->at = -1;
                return WIDGET_HANDLED;
        }
        if (key->kind == KEY_KIND_CHAR && !menu_filters(widget))
                return WIDGET_HANDLED;
        return menu_key(widget, key);
}

static enum widget_reply click(struct widget *widget, int row, int col)
{
        (void)col;
        return menu_click(widget, row) ? choose(widget, menu_at(widget)) : WIDGET_HANDLED;
}

const struct widget_class widget_rating = {
        .name = "rating",
        .about = _("Elija el nivel con su número, o léalos con las flechas y pulse Enter. La letra N es «No "
                   "observado»."),
        .hint = _("1-4 elige · N no observado · ↑↓ lee · Enter sigue"),
        .types = SERVES(RATING),
        .enter = enter,
        .leave = menu_leave,
        .height = height,
        .draw = draw,
        .key = key,
        .click = click,
};
