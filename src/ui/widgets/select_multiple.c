/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Several choices of a list.  Space, or the number, marks and unmarks; Enter
 * goes on.  Every mark is an answer of its own, saved at once.
 */
#include "widgets_priv.h"

#include <string.h>

static const char *mark(struct widget *widget, const struct choice *choice)
{
        return menu_chosen(widget, choice->name) ? "[x]" : "[ ]";
}

static int height(struct widget *widget, int cols, int room)
{
        int rows = menu_rows(widget) + !menu_closed(widget);
        (void)cols;
        return rows < room ? rows : room;
}

static int chosen_count(struct widget *widget)
{
        int n = 0;
        const char *word = session_typed(widget->session, widget->place);
        for (; *word; word += strcspn(word, " "), word += strspn(word, " "))
                n++;
        return n;
}

static void draw_count(struct widget *widget, struct canvas *canvas, int row, int col, int cols)
{
        int n = chosen_count(widget);
        const char *text = n == 0   ? _("ninguna marcada")
                           : n == 1 ? _("1 marcada")
                                    : arena_printf(&widget->ui->frame, _("%d marcadas"), n);
        canvas_text(canvas, row, col + 1, cols - 1, n ? STYLE_OK : STYLE_DIM, text);
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        if (area.rows > 2) {
                area.rows--;
                draw_count(widget, canvas, area.row + area.rows, area.col, area.cols);
        }
        menu_draw(widget, canvas, area, mark);
}

static const char *hint_now(struct widget *widget)
{
        if (menu_closed(widget))
                return _("Escriba o → para cambiarlas · Enter sigue");
        return menu_filters(widget) ? _("Escriba para buscar · Espacio marca · Enter sigue")
                                    : widget->class->hint;
}

/* The answer with `name` added at the end, or taken out; in the frame's arena. */
static const char *toggled(struct widget *widget, const char *name)
{
        struct arena *arena = &widget->ui->frame;
        const char *word = session_typed(widget->session, widget->place), *out = "";
        bool was = false;
        while (*word) {
                size_t len = strcspn(word, " ");
                bool same = strlen(name) == len && strncmp(word, name, len) == 0;
                if (!same)
                        out = arena_printf(arena, "%s%s%.*s", out, *out ? " " : "", (int)len, word);
                was |= same;
                word += len;
                word += strspn(word, " ");
        }
        return was ? out : arena_printf(arena, "%s%s%s", out, *out ? " " : "", name);
}

static enum widget_reply toggle(struct widget *widget, const struct choice *choice)
{
        const char *name = choice->name;
        widget_answer(widget, toggled(widget, name));
        menu_seek(widget, name);
        return WIDGET_HANDLED;
}

/* With words in the filter, a mark ends the search: the next letters begin another. */
static void end_search(struct widget *widget)
{
        const struct choice *choice = menu_at(widget);
        if (!widget->editor.text.len)
                return;
        struct key escape = {.kind = KEY_KIND_CODE, .code = K_ESC};
        menu_key(widget, &escape);
        if (choice)
                menu_seek(widget, choice->name);
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        if (key->kind == KEY_KIND_CHAR && key->code == ' ' && !menu_closed(widget)) {
                const struct choice *choice = menu_at(widget);
                if (choice)
                        toggle(widget, choice);
                end_search(widget);
                return WIDGET_HANDLED;
        }
        if (key_is(key, K_ENTER) && widget->editor.text.len && menu_at(widget)) {
                toggle(widget, menu_at(widget));
                end_search(widget);
                return WIDGET_HANDLED;
        }
        if (key_is(key, K_DELETE)) {
                widget_answer(widget, "");
                menu_of(widget)->closed = false;
                return WIDGET_HANDLED;
        }
        const struct choice *choice = menu_shortcut(widget, key);
        if (choice)
                return toggle(widget, choice);
        if (key->kind == KEY_KIND_CHAR && !menu_filters(widget))
                return WIDGET_HANDLED;
        return menu_key(widget, key);
}

static enum widget_reply click(struct widget *widget, int row, int col)
{
        (void)col;
        return menu_click(widget, row) ? toggle(widget, menu_at(widget)) : WIDGET_HANDLED;
}

const struct widget_class widget_select_multiple = {
        .name = "select_multiple",
        .about = _(
                "Marque todas las que correspondan con Espacio o con su número; Enter pasa a la siguiente."),
        .hint = _("Espacio o número marca · Enter sigue · Supr borra"),
        .hint_now = hint_now,
        .types = SERVES(SELECT_MULTIPLE),
        .enter = menu_enter,
        .leave = menu_leave,
        .height = height,
        .draw = draw,
        .key = key,
        .click = click,
};
