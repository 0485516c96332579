/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The menu of choices that select_one, select_multiple, rating and rank share.
 *
 * Up to nine choices have numbers that choose them and initials that find
 * them.  Longer menus filter as one types instead.  The cursor (`widget->at`)
 * is -1 until it moves when nothing is answered, so that Enter passes over a
 * question without answering it by accident.
 *
 *      Buscar: mat▏  2 de 15
 *      ▸( ) Matemática
 *       (•) Inicial, primaria…                                        ↓
 */
#include "widgets_priv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MENU_PAGE = 8 };

/* ---- Content ---- */

static bool passes(const char *folded, const char *filter)
{
        return strstr(folded, filter) != NULL;
}

static void apply_filter(struct widget *widget, struct menu *menu)
{
        char *filter = utf8_fold(widget->editor.text.text);
        menu->shown_n = 0;
        for (int i = 0; i < menu->all_n; i++)
                if (!*filter || passes(menu->folded[i], filter))
                        menu->shown[menu->shown_n++] = i;
        free(filter);
}

static void load(struct widget *widget, struct menu *menu)
{
        menu->all = session_choices(widget->session, widget->place, &widget->arena, &menu->all_n);
        menu->folded = ARENA_ARRAY(&widget->arena, char *, menu->all_n);
        menu->shown = ARENA_ARRAY(&widget->arena, int, menu->all_n);
        menu->hints = false;
        for (int i = 0; i < menu->all_n; i++) {
                char *folded = utf8_fold(menu->all[i]->label);
                menu->folded[i] = arena_strdup(&widget->arena, folded);
                menu->hints |= *menu->all[i]->hint != '\0';
                free(folded);
        }
        apply_filter(widget, menu);
}

struct menu *menu_of(struct widget *widget)
{
        struct menu *menu = widget->state;
        if (widget_stale(widget)) {
                load(widget, menu);
                if (widget->at >= menu->shown_n)
                        widget->at = menu->shown_n - 1;
        }
        return menu;
}

void menu_seek(struct widget *widget, const char *name)
{
        struct menu *menu = menu_of(widget);
        for (int i = 0; i < menu->shown_n; i++)
                if (str_equal(menu->all[menu->shown[i]]->name, name))
                        widget->at = i;
}

void menu_enter(struct widget *widget)
{
        widget->state = xcalloc(1, sizeof(struct menu));
        struct menu *menu = widget->state;
        load(widget, menu);
        menu->closed = menu->all_n > MENU_FILTERS_OVER && *session_typed(widget->session, widget->place);
}

bool menu_closed(struct widget *widget)
{
        return menu_of(widget)->closed;
}

void menu_leave(struct widget *widget)
{
        free(widget->state);
        widget->state = NULL;
}

bool menu_filters(struct widget *widget)
{
        return menu_of(widget)->all_n > MENU_FILTERS_OVER;
}

const struct choice *menu_at(struct widget *widget)
{
        struct menu *menu = menu_of(widget);
        if (widget->at < 0 || widget->at >= menu->shown_n)
                return NULL;
        return menu->all[menu->shown[widget->at]];
}

bool menu_chosen(struct widget *widget, const char *name)
{
        const char *typed = session_typed(widget->session, widget->place);
        size_t len = strlen(name);
        for (const char *word = typed; *word; word += strcspn(word, " "), word += strspn(word, " "))
                if (strcspn(word, " ") == len && strncmp(word, name, len) == 0)
                        return true;
        return false;
}

const char *menu_hint(struct widget *widget)
{
        const struct choice *choice = menu_at(widget);
        struct menu *menu = menu_of(widget);
        for (int i = 0; !choice && i < menu->all_n; i++)
                if (menu_chosen(widget, menu->all[i]->name))
                        choice = menu->all[i];
        return choice ? choice->hint : "";
}

/* ---- Keys ---- */

static void refilter(struct widget *widget)
{
        struct menu *menu = menu_of(widget);
        apply_filter(widget, menu);
        widget->top = 0;
        widget->at = menu->shown_n && widget->editor.text.len ? 0 : -1;
        widget->moved = widget->at >= 0;
}

static enum widget_reply filter_key(struct widget *widget, const struct key *key)
{
        if (key_is(key, K_ESC) && widget->editor.text.len) {
                editor_set(&widget->editor, "");
                refilter(widget);
                return WIDGET_HANDLED;
        }
        bool types = key->kind == KEY_KIND_CHAR || key->kind == KEY_KIND_PASTE || key_is(key, K_BACKSPACE);
        if (!types || widget_edit(widget, key, 30) != WIDGET_HANDLED)
                return WIDGET_IGNORED;
        refilter(widget);
        return WIDGET_HANDLED;
}

static const struct choice *by_initial(struct widget *widget, const char *initial)
{
        struct menu *menu = menu_of(widget);
        const struct choice *found = NULL;
        int matches = 0, next = -1;
        for (int i = 0; i < menu->all_n; i++) {
                if (!str_starts(menu->folded[i], initial))
                        continue;
                matches++;
                found = menu->all[i];
                if (next < 0 || (next <= widget->at && i > widget->at))
                        next = i;
        }
        if (matches == 1)
                return found;
        if (next >= 0) {
                widget->at = next;
                widget->moved = true;
        }
        return NULL;
}

const struct choice *menu_shortcut(struct widget *widget, const struct key *key)
{
        struct menu *menu = menu_of(widget);
        if (key->kind != KEY_KIND_CHAR || menu_filters(widget) || key->code == ' ')
                return NULL;
        if (key->code >= '1' && key->code <= '9')
                return (int)(key->code - '1') < menu->all_n ? menu->all[key->code - '1'] : NULL;
        char bytes[5] = {0};
        utf8_encode(key->code, bytes);
        char *initial = utf8_fold(bytes);
        const struct choice *choice = *initial ? by_initial(widget, initial) : NULL;
        free(initial);
        return choice;
}

static enum widget_reply move_by(struct widget *widget, int step)
{
        struct menu *menu = menu_of(widget);
        int at = widget->at + step;
        bool searching = widget->editor.text.len > 0; /* what was searched for is not left by an arrow */
        if (widget->at <= 0 && step == -1 && !searching)
                return WIDGET_PREV;
        if (step == 1 && at >= menu->shown_n && !searching)
                return WIDGET_NEXT;
        widget->at = at < 0 ? 0 : at >= menu->shown_n ? menu->shown_n - 1 : at;
        widget->moved = true;
        return WIDGET_HANDLED;
}

/* Folded, the arrows pass over it; → opens it, and so does any letter. */
static enum widget_reply closed_key(struct widget *widget, const struct key *key)
{
        struct menu *menu = menu_of(widget);
        bool opens = key_is(key, K_RIGHT) || key->kind == KEY_KIND_CHAR || key->kind == KEY_KIND_PASTE;
        if (!opens)
                return WIDGET_IGNORED;
        menu->closed = false;
        return key_is(key, K_RIGHT) ? WIDGET_HANDLED : filter_key(widget, key);
}

enum widget_reply menu_key(struct widget *widget, const struct key *key)
{
        if (menu_closed(widget))
                return closed_key(widget, key);
        if (key_is(key, K_UP))
                return move_by(widget, -1);
        if (key_is(key, K_DOWN)) {
                enum widget_reply reply = move_by(widget, 1);
                /* Past the end: nothing was chosen by passing by. */
                if (reply == WIDGET_NEXT)
                        widget->moved = false;
                return reply;
        }
        if (key_is(key, K_HOME))
                return move_by(widget, -1000);
        if (key_is(key, K_END))
                return move_by(widget, 1000);
        return menu_filters(widget) ? filter_key(widget, key) : WIDGET_IGNORED;
}

static int header_rows(struct widget *widget)
{
        return menu_filters(widget) ? 1 : 0;
}

bool menu_click(struct widget *widget, int row)
{
        int at = widget->top + row - header_rows(widget);
        if (menu_closed(widget)) {
                menu_of(widget)->closed = false;
                return false;
        }
        if (row < header_rows(widget) || at >= menu_of(widget)->shown_n)
                return false;
        widget->at = at;
        widget->moved = true;
        return true;
}

/* ---- Drawing ---- */

int menu_rows(struct widget *widget)
{
        struct menu *menu = menu_of(widget);
        if (!menu_filters(widget))
                return menu->all_n ? menu->all_n : 1;
        if (menu->closed)
                return 1;
        int rows = menu->shown_n < MENU_PAGE ? menu->shown_n : MENU_PAGE;
        return rows + 1;
}

static void draw_closed(struct widget *widget, struct canvas *canvas, struct rect area)
{
        int used = canvas_text(canvas, area.row, area.col, area.cols, STYLE_DIM, _("Cambiar: "));
        editor_draw(&widget->editor, canvas, (struct rect){area.row, area.col + used, 1, 12}, true);
        const char *answer = session_display(widget->session, widget->place, &widget->ui->frame);
        used += 12 + 2;
        if (used < area.cols)
                canvas_text_cut(canvas, area.row, area.col + used, area.cols - used, STYLE_OK,
                                arena_printf(&widget->ui->frame, "✓ %s", answer));
}

static void draw_filter(struct widget *widget, struct canvas *canvas, struct rect area)
{
        struct menu *menu = menu_of(widget);
        int used = canvas_text(canvas, area.row, area.col, area.cols, STYLE_DIM, _("Buscar: "));
        struct rect field = {area.row, area.col + used, 1, 20};
        if (field.cols > area.cols - used)
                field.cols = area.cols - used;
        editor_draw(&widget->editor, canvas, field, true);
        const char *count = arena_printf(&widget->ui->frame, _("%d de %d"), menu->shown_n, menu->all_n);
        int col = used + field.cols + 2;
        if (col < area.cols)
                canvas_text(canvas, area.row, area.col + col, area.cols - col,
                            menu->shown_n ? STYLE_DIM : STYLE_ERROR,
                            menu->shown_n ? count : _("ninguna coincide"));
}

static void draw_choice(struct widget *widget, struct canvas *canvas, struct rect line, int i,
                        menu_mark *mark)
{
        struct menu *menu = menu_of(widget);
        const struct choice *choice = menu->all[menu->shown[i]];
        bool here = i == widget->at;
        enum style style = here ? STYLE_FOCUS : menu_chosen(widget, choice->name) ? STYLE_OK : STYLE_NORMAL;
        const char *number = menu_filters(widget) ? "" : arena_printf(&widget->ui->frame, "%d ", i + 1);
        const char *text = arena_printf(&widget->ui->frame, "%s%s %s%s", here ? "▸" : " ",
                                        mark(widget, choice), number, choice->label);
        canvas_text_cut(canvas, line.row, line.col, line.cols - 2, style, text);
}

static void draw_more(struct canvas *canvas, struct rect area, int first, int shown, int n)
{
        if (first > 0)
                canvas_text(canvas, area.row, area.col + area.cols - 1, 1, STYLE_DIM, "↑");
        if (first + shown < n)
                canvas_text(canvas, area.row + area.rows - 1, area.col + area.cols - 1, 1, STYLE_DIM, "↓");
}

void menu_draw(struct widget *widget, struct canvas *canvas, struct rect area, menu_mark *mark)
{
        struct menu *menu = menu_of(widget);
        if (menu->closed) {
                draw_closed(widget, canvas, area);
                return;
        }
        if (!menu->all_n)
                canvas_text(canvas, area.row, area.col, area.cols, STYLE_WARNING,
                            _("Ninguna opción disponible todavía: depende de otra respuesta."));
        if (header_rows(widget)) {
                draw_filter(widget, canvas, area);
                area.row++;
                area.rows--;
        }
        widget->top = scrolled(widget->top, widget->at, menu->shown_n, area.rows);
        for (int i = 0; i < area.rows && widget->top + i < menu->shown_n; i++)
                draw_choice(widget, canvas, (struct rect){area.row + i, area.col, 1, area.cols},
                            widget->top + i, mark);
        draw_more(canvas, area, widget->top, area.rows, menu->shown_n);
        int line = widget->at < 0 ? 0 : widget->at - widget->top;
        if (!header_rows(widget))
                widget_cursor(canvas, area.row + line, area.col + 1);
}
