/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entity of the directory, found as one types.
 *
 *      Buscar: quis▏                                      ✓ Rojas Díaz, Ana
 *      ▸ Quispe Huamán, Rosa
 *        Quispe Rojas, Juan
 *        + Nueva ficha: Persona
 *
 * The store is asked for a screenful at each letter, never for the list.
 * Enter takes the one under the cursor and goes on; the last line opens a form
 * with the few questions of a new entity, and its id answers this one.
 */
#include "widgets_priv.h"

#include <stdlib.h>
#include <string.h>

#include "../screens/form_priv.h"

enum { MATCHES = 6, SEARCH_COLS = 30 };

struct search {
        struct arena arena;
        struct store_record *found; /* the first MATCHES that match */
        int n;
        char *asked;        /* the words they match; NULL: not asked yet */
        bool open;          /* the list is shown though nothing is typed */
        const char *entity; /* "Persona" */
        int adds;           /* 1: a last line that adds one; records that are not of the directory are only chosen */
};

/* ---- Matches ---- */

static void name_entity(struct widget *widget, struct search *search)
{
        const struct form *form;
        struct err err;
        search->entity = widget->node->to;
        if (app_form(widget->ui->app, widget->node->to, &form, &err) != ERR_OK)
                return;
        search->entity = str_blank(form->short_title) ? form->title : form->short_title;
        search->adds = form->kind == FORM_ENTITY;
}

static bool has_match(const struct search *search, const struct id *id)
{
        for (int i = 0; i < search->n; i++)
                if (id_equal(&search->found[i].id, id))
                        return true;
        return false;
}

/* Matches after those found already, of one school or (NULL) of all. */
static void add_matches(struct widget *widget, struct search *search, const char *school)
{
        struct store_record *more;
        struct err err;
        int n;
        struct store_query query = {.form = widget->node->to, .school = school, .order = ORDER_TITLE, .limit = MATCHES,
                                    .text = widget->editor.text.text};
        if (store_record_list(app_store(widget->ui->app), &query, &search->arena, &more, &n, &err) != ERR_OK) {
                ui_say_err(widget->ui, &err);
                return;
        }
        for (int i = 0; i < n && search->n < MATCHES; i++)
                if (!has_match(search, &more[i].id))
                        search->found[search->n++] = more[i];
}

/* The record's school, once it is answered: its own people come first. */
static const char *school_of(const struct widget *widget)
{
        int school = session_form(widget->session)->school;
        if (school < 0 || school == widget->node->index)
                return NULL;
        const char *id = session_typed(widget->session, (struct place){school, 0});
        return *id ? id : NULL;
}

static void ask(struct widget *widget, struct search *search)
{
        const char *words = widget->editor.text.text, *school = school_of(widget);
        if (search->asked && strcmp(search->asked, words) == 0)
                return;
        free(search->asked);
        search->asked = xstrdup(words);
        arena_clear(&search->arena);
        search->found = ARENA_ARRAY(&search->arena, struct store_record, MATCHES);
        search->n = 0;
        if (school)
                add_matches(widget, search, school);
        add_matches(widget, search, NULL);
}

/* Matches, up to date with what is typed; none while the list is closed. */
static struct search *search_of(struct widget *widget)
{
        struct search *search = widget->state;
        if (search->open)
                ask(widget, search);
        return search;
}

static void enter(struct widget *widget)
{
        struct search *search = xcalloc(1, sizeof *search);
        name_entity(widget, search);
        widget->state = search;
}

static void leave(struct widget *widget)
{
        struct search *search = widget->state;
        arena_release(&search->arena);
        free(search->asked);
        free(search);
        widget->state = NULL;
}

static void close_list(struct widget *widget)
{
        struct search *search = widget->state;
        editor_set(&widget->editor, "");
        search->open = false;
        widget->at = -1;
}

/* ---- Drawing ---- */

static int height(struct widget *widget, int cols, int room)
{
        struct search *search = search_of(widget);
        int rows = search->open ? 1 + search->n + search->adds : 1;
        (void)cols;
        return rows < room ? rows : room;
}

static void draw_answer(struct widget *widget, struct canvas *canvas, struct rect area, int col)
{
        const char *answer = session_display(widget->session, widget->place, &widget->ui->frame);
        if (*answer && col < area.cols)
                canvas_text_cut(canvas, area.row, area.col + col, area.cols - col, STYLE_OK,
                                arena_printf(&widget->ui->frame, "✓ %s", answer));
}

static void draw_match(struct widget *widget, struct canvas *canvas, struct rect area, int row, int i)
{
        struct search *search = widget->state;
        bool here = i == widget->at;
        const char *text = i < search->n
                                   ? search->found[i].title
                                   : arena_printf(&widget->ui->frame, _("+ Nueva ficha: %s"), search->entity);
        canvas_text_cut(canvas, row, area.col, area.cols, here ? STYLE_FOCUS : STYLE_NORMAL,
                        arena_printf(&widget->ui->frame, "%s %s", here ? "▸" : " ", text));
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        struct search *search = search_of(widget);
        bool idle = !widget->editor.text.len;
        const char *answer = session_typed(widget->session, widget->place);
        int used = canvas_text(canvas, area.row, area.col, area.cols, STYLE_DIM,
                               *answer && idle ? _("Cambiar: ") : _("Buscar: "));
        int cols = *answer && idle ? 12 : SEARCH_COLS;
        if (cols > area.cols - used)
                cols = area.cols - used;
        draw_answer(widget, canvas, area, used + cols + 2);
        struct rect field = {area.row, area.col + used, 1, cols};
        editor_draw(&widget->editor, canvas, field, true);
        for (int i = 0; search->open && i < search->n + search->adds && i + 1 < area.rows; i++)
                draw_match(widget, canvas, area, area.row + 1 + i, i);
        if (search->open && search->n == 0 && used + cols + 2 < area.cols)
                canvas_text_cut(canvas, area.row, area.col + used + cols + 2, area.cols - used - cols - 2,
                                STYLE_WARNING, search->adds ? _("nadie coincide") : _("no hay ninguno"));
}

/* ---- Keys ---- */

static enum widget_reply take(struct widget *widget)
{
        struct search *search = widget->state;
        char id[ID_TEXT];
        if (widget->at >= search->n && !search->adds)
                return WIDGET_HANDLED;
        if (widget->at >= search->n) {
                form_open_quick(widget, widget->node->to, widget->editor.text.text);
                return WIDGET_HANDLED;
        }
        widget_answer(widget, id_format(&search->found[widget->at].id, id));
        close_list(widget);
        return WIDGET_NEXT;
}

static enum widget_reply move(struct widget *widget, int step)
{
        struct search *search = widget->state;
        if (!search->open && step < 0)
                return WIDGET_PREV;
        if (!search->open && *session_typed(widget->session, widget->place))
                return WIDGET_NEXT;
        search->open = true;
        ask(widget, search);
        int at = widget->at + step, last = search->n + search->adds - 1;
        widget->at = at > last ? last : at;
        if (widget->at < 0)
                widget->at = 0;
        return WIDGET_HANDLED;
}

static enum widget_reply type(struct widget *widget, const struct key *key)
{
        struct search *search = widget->state;
        enum widget_reply reply = widget_edit(widget, key, SEARCH_COLS);
        if (reply != WIDGET_HANDLED)
                return reply;
        search->open = widget->editor.text.len > 0;
        widget->at = search->open ? 0 : -1;
        if (search->open)
                ask(widget, search);
        return WIDGET_HANDLED;
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        struct search *search = widget->state;
        (void)action;
        if (search->open && key_is(key, K_ESC)) {
                close_list(widget);
                return WIDGET_HANDLED;
        }
        if (key_is(key, K_UP) && search->open && widget->at == 0 && !widget->editor.text.len) {
                close_list(widget);
                return WIDGET_HANDLED;
        }
        if (key_is(key, K_UP) || key_is(key, K_DOWN))
                return move(widget, key_is(key, K_UP) ? -1 : 1);
        if (search->open && (key_is(key, K_ENTER) || key_is(key, K_TAB)))
                return take(widget);
        if (key_is(key, K_DELETE) && !widget->editor.text.len) {
                widget_answer(widget, "");
                return WIDGET_HANDLED;
        }
        return type(widget, key);
}

static enum widget_reply click(struct widget *widget, int row, int col)
{
        struct search *search = widget->state;
        (void)col;
        if (!search->open || row < 1 || row > search->n + search->adds)
                return WIDGET_HANDLED;
        widget->at = row - 1;
        return take(widget);
}

static void back(struct widget *widget, struct screen *from, int result)
{
        struct id record;
        char id[ID_TEXT];
        if (result != 1 || !form_screen_record(from, &record))
                return;
        widget_answer(widget, id_format(&record, id));
        close_list(widget);
        ui_say(widget->ui, STYLE_MESSAGE, _("Agregado al directorio. Enter sigue."));
}

const struct widget_class widget_reference = {
        .name = "reference",
        .about = _("Escriba unas letras del nombre o del código y elija con Enter; si no está, la última "
                   "línea lo agrega."),
        .hint = _("Escriba para buscar · Enter elige · Supr borra"),
        .types = SERVES(REFERENCE),
        .enter = enter,
        .leave = leave,
        .height = height,
        .draw = draw,
        .key = key,
        .click = click,
        .back = back,
};
