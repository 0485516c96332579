/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Choices put in order.  The menu keeps the order of the list; the place that
 * each choice has in the answer stands before it:
 *
 *      ▸2.º  1 Lectura
 *       1.º  2 Escritura
 *        ·   3 Oralidad
 */
#include "widgets_priv.h"

#include <string.h>

/* Place of a name among the words of the answer, from 1; 0 if it is not there. */
static int rank_of(struct widget *widget, const char *name)
{
        int n = 1;
        size_t len = strlen(name);
        const char *word = session_typed(widget->session, widget->place);
        for (; *word; word += strcspn(word, " "), word += strspn(word, " "), n++)
                if (strcspn(word, " ") == len && strncmp(word, name, len) == 0)
                        return n;
        return 0;
}

static const char *mark(struct widget *widget, const struct choice *choice)
{
        int rank = rank_of(widget, choice->name);
        return rank ? arena_printf(&widget->ui->frame, "%2d.º", rank) : "  · ";
}

static int height(struct widget *widget, int cols, int room)
{
        int rows = menu_rows(widget);
        (void)cols;
        return rows < room ? rows : room;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        menu_draw(widget, canvas, area, mark);
}

enum { RANK_MAX = 64 };

static int split(struct widget *widget, char *words[RANK_MAX])
{
        char *rest = NULL,
             *copy = arena_strdup(&widget->ui->frame, session_typed(widget->session, widget->place));
        int n = 0;
        for (char *word = strtok_r(copy, " ", &rest); word && n < RANK_MAX; word = strtok_r(NULL, " ", &rest))
                words[n++] = word;
        return n;
}

static void answer(struct widget *widget, char *const *words, int n, const char *keep)
{
        const char *text = "";
        for (int i = 0; i < n; i++)
                text = arena_printf(&widget->ui->frame, "%s%s%s", text, i ? " " : "", words[i]);
        widget_answer(widget, text);
        menu_seek(widget, keep);
}

/* Put last, or take out. */
static enum widget_reply toggle(struct widget *widget, const struct choice *choice)
{
        char *words[RANK_MAX];
        int n = split(widget, words), rank = rank_of(widget, choice->name);
        if (rank) {
                memmove(words + rank - 1, words + rank, (size_t)(n - rank) * sizeof *words);
                n--;
        } else if (n < RANK_MAX) {
                words[n++] = arena_strdup(&widget->ui->frame, choice->name);
        }
        answer(widget, words, n, choice->name);
        return WIDGET_HANDLED;
}

static enum widget_reply shift(struct widget *widget, int step)
{
        char *words[RANK_MAX];
        const struct choice *choice = menu_at(widget);
        int n = split(widget, words), from = choice ? rank_of(widget, choice->name) - 1 : -1,
            to = from + step;
        if (from < 0 || to < 0 || to >= n)
                return WIDGET_HANDLED;
        char *word = words[from];
        words[from] = words[to];
        words[to] = word;
        answer(widget, words, n, choice->name);
        return WIDGET_HANDLED;
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        uint32_t letter = key_letter(key);
        if (letter == '+' || letter == '<')
                return shift(widget, -1);
        if (letter == '-' || letter == '>')
                return shift(widget, 1);
        if (letter == ' ')
                return menu_at(widget) ? toggle(widget, menu_at(widget)) : WIDGET_HANDLED;
        if (key_is(key, K_DELETE)) {
                widget_answer(widget, "");
                return WIDGET_HANDLED;
        }
        const struct choice *choice = menu_shortcut(widget, key);
        if (choice)
                return toggle(widget, choice);
        if (letter && !menu_filters(widget))
                return WIDGET_HANDLED;
        return menu_key(widget, key);
}

static enum widget_reply click(struct widget *widget, int row, int col)
{
        (void)col;
        return menu_click(widget, row) ? toggle(widget, menu_at(widget)) : WIDGET_HANDLED;
}

const struct widget_class widget_rank = {
        .name = "rank",
        .about = _("Marque en orden, de la primera a la última; + y - suben o bajan la que está bajo el "
                   "cursor."),
        .hint = _("Número pone o quita · + sube · - baja · Enter sigue"),
        .types = SERVES(RANK),
        .enter = menu_enter,
        .leave = menu_leave,
        .height = height,
        .draw = draw,
        .key = key,
        .click = click,
};
