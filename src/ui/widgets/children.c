/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records of another form that belong to this one, such as the commitments of
 * a visit, and below them the ones that earlier visits left open:
 *
 *      ▸ Revisaré las unidades… · 30/04/2026          completo
 *        + Agregar: Compromiso
 *        De visitas anteriores, sin cerrar:
 *        Elaborar el registro auxiliar · pendiente   venció 12/03
 *
 * A new one is a draft of its own and concludes with its parent.  Following up
 * an earlier one corrects that record, and it concludes from its own review;
 * agreeing it again makes a new one here.  With appearance: pending there are
 * only earlier ones, and the question is not one to answer.
 */
#include "widgets_priv.h"

#include <stdlib.h>
#include <string.h>

#include "../screens/form_priv.h"
#include "base/clock.h"

enum { STATE_COLS = 15, WAYS_MAX = 9 };

struct family {
        const struct draft_child *children;
        int n;
        const struct store_record *before;
        int before_n;
        const char *form; /* "Compromiso" */
        int adds;         /* 1: a line that adds one, and a heading over the earlier ones; 0: pending */
        struct id chosen; /* an earlier one, while asking what to do with it */
        int ways;         /* that its form offers */
};

/* Lines that the cursor can be on: children, the one that adds, earlier ones. */
static int lines_n(const struct family *family)
{
        return family->n + family->adds + family->before_n;
}

/* Those on the screen: the heading, or what says that there is nothing, counts as one. */
static int shown_n(const struct family *family)
{
        if (!family->adds)
                return family->before_n ? family->before_n : 1;
        return lines_n(family) + (family->before_n > 0);
}

static void load(struct widget *widget, struct family *family)
{
        const struct form *form;
        struct err err;
        family->children = draft_children(widget->draft, widget->place, &widget->arena, &family->n);
        family->before = draft_open_before(widget->draft, widget->place, &widget->arena, &family->before_n);
        family->form = widget->node->to;
        family->adds = !(widget->node->flags & NODE_PENDING);
        if (app_form(widget->ui->app, widget->node->to, &form, &err) == ERR_OK)
                family->form = str_blank(form->short_title) ? form->title : form->short_title;
}

static struct family *family_of(struct widget *widget)
{
        struct family *family = widget->state;
        if (widget_stale(widget))
                load(widget, family);
        return family;
}

static void reload(struct widget *widget)
{
        arena_clear(&widget->arena);
        widget->version = session_version(widget->session);
        load(widget, widget->state);
}

static void enter(struct widget *widget)
{
        widget->state = xcalloc(1, sizeof(struct family));
        load(widget, widget->state);
        if (widget->node->flags & NODE_PENDING)
                widget->at = 0;
}

static void leave(struct widget *widget)
{
        free(widget->state);
        widget->state = NULL;
}

/* ---- Drawing ---- */

static int height(struct widget *widget, int cols, int room)
{
        struct family *family = family_of(widget);
        int rows = shown_n(family), most = widget->ui->canvas.rows / 2;
        (void)cols;
        if (rows > most)
                rows = most;
        return rows < room ? rows : room;
}

static void draw_line(struct canvas *canvas, struct rect line, bool here, const char *text, const char *state,
                      enum style state_style)
{
        enum style style = here ? STYLE_FOCUS : STYLE_NORMAL;
        int cols = line.cols - (*state ? STATE_COLS + 1 : 0) - 2;
        canvas_fill(canvas, line, style);
        canvas_text(canvas, line.row, line.col, 1, style, here ? "▸" : " ");
        canvas_text_cut(canvas, line.row, line.col + 2, cols, style, text);
        canvas_text_cut(canvas, line.row, line.col + line.cols - STATE_COLS, STATE_COLS,
                        here ? style : state_style, state);
}

static void draw_child(struct widget *widget, struct canvas *canvas, struct rect line, int i)
{
        const struct draft_child *child = &family_of(widget)->children[i];
        const char *state = child->missing == 0
                                    ? _("✓ completo")
                                    : arena_printf(&widget->ui->frame, _("! faltan %d"), child->missing);
        draw_line(canvas, line, i == widget->at, child->title, state,
                  child->missing ? STYLE_ERROR : STYLE_OK);
}

/* When it is due, and whether that is past. */
static const char *due_words(const struct store_record *record, struct arena *arena, enum style *ret_style)
{
        char text[DATE_TEXT];
        int64_t days;
        *ret_style = STYLE_DIM;
        if (!date_parse(record->due, &days))
                return "";
        date_format_person(days, text);
        int64_t today = clock_now().days;
        bool late = days < today, this_year = date_to_civil(days).year == date_to_civil(today).year;
        *ret_style = late ? STYLE_ERROR : STYLE_DIM;
        return arena_printf(arena, late ? _("venció %.5s%s%s") : _("vence %.5s%s%s"), text, this_year ? "" : "/",
                            this_year ? "" : text + 8);
}

static void draw_before(struct widget *widget, struct canvas *canvas, struct rect line, int i)
{
        struct family *family = family_of(widget);
        const struct store_record *record = &family->before[i];
        enum style style;
        const char *due = due_words(record, &widget->ui->frame, &style);
        draw_line(canvas, line, family->n + family->adds + i == widget->at, record->title, due, style);
}

/* Line `i` of the widget: the heading counts as one, and has no cursor. */
static void draw_nth(struct widget *widget, struct canvas *canvas, struct rect line, int i)
{
        struct family *family = family_of(widget);
        if (i < family->n)
                draw_child(widget, canvas, line, i);
        else if (!family->adds && family->before_n)
                draw_before(widget, canvas, line, i);
        else if (!family->adds)
                canvas_text_cut(canvas, line.row, line.col + 2, line.cols, STYLE_DIM, _("No hay nada abierto de antes."));
        else if (i == family->n)
                draw_line(canvas, line, i == widget->at,
                          arena_printf(&widget->ui->frame, _("+ Agregar: %s%s"), family->form,
                                       family->n ? "" : _(" (pulse +)")),
                          "", STYLE_NORMAL);
        else if (i == family->n + 1)
                canvas_text_cut(canvas, line.row, line.col + 2, line.cols, STYLE_HEADING,
                                _("De visitas anteriores, sin cerrar:"));
        else
                draw_before(widget, canvas, line, i - family->n - 2);
}

static int line_of(const struct family *family, int at)
{
        return family->adds && at > family->n ? at + 1 : at;
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        struct family *family = family_of(widget);
        if (widget->at >= lines_n(family))
                widget->at = lines_n(family) - 1;
        int n = shown_n(family), at = line_of(family, widget->at);
        widget->top = scrolled(widget->top, at, n, area.rows);
        for (int i = 0; i < area.rows && widget->top + i < n; i++)
                draw_nth(widget, canvas, (struct rect){area.row + i, area.col, 1, area.cols - 1},
                         widget->top + i);
        if (widget->top > 0)
                canvas_text(canvas, area.row, area.col + area.cols - 1, 1, STYLE_DIM, "↑");
        if (widget->top + area.rows < n)
                canvas_text(canvas, area.row + area.rows - 1, area.col + area.cols - 1, 1, STYLE_DIM, "↓");
        widget_cursor(canvas, area.row + (at < 0 ? 0 : at - widget->top), area.col + 1);
}

/* ---- Keys ---- */

static enum widget_reply opened(struct widget *widget, enum err_code rc, struct draft *draft,
                                const struct err *err)
{
        if (rc == ERR_OK)
                form_open_child(widget, draft);
        else
                ui_say_err(widget->ui, err);
        return WIDGET_HANDLED;
}

static enum widget_reply add(struct widget *widget)
{
        struct draft *draft = NULL;
        struct err err;
        enum err_code rc = draft_begin_child(widget->draft, widget->place, &draft, &err);
        return opened(widget, rc, draft, &err);
}

/* ---- Following one up ---- */

/* Where a record of that form may be added: here, or for pending ones where the form asks for them. */
static struct place adding_place(const struct widget *widget)
{
        const struct form *form = session_form(widget->session);
        if (!(widget->node->flags & NODE_PENDING))
                return widget->place;
        for (int i = 1; i < form->nodes_n; i++) {
                const struct node *node = &form->nodes[i];
                struct place place = {i, 0};
                if (node->type == NODE_CHILDREN && node->scope == 0 && !(node->flags & NODE_PENDING) &&
                    strcmp(node->to, widget->node->to) == 0 && session_is_relevant(widget->session, place))
                        return place;
        }
        return PLACE_NONE;
}

static enum widget_reply open_record(struct widget *widget, const struct id *record)
{
        struct draft *draft = NULL;
        struct err err;
        if (draft_edit(widget->ui->app, record, &draft, &err) != ERR_OK)
                ui_say_err(widget->ui, &err);
        else
                screen_form_open(widget->ui, draft);
        return WIDGET_HANDLED;
}

/* What its form offers, then to open it as it is, and to agree it again. */
static enum widget_reply ask_follow_up(struct widget *widget, const struct store_record *record)
{
        struct family *family = family_of(widget);
        const struct form *form;
        const char *answers[WAYS_MAX];
        int n = 0;
        struct err err;
        family->chosen = record->id;
        if (record_follow_ups(widget->ui->app, &record->id, &form, &err) != ERR_OK) {
                ui_say_err(widget->ui, &err);
                return WIDGET_HANDLED;
        }
        if (form->follow_ups_n == 0)
                return open_record(widget, &record->id);
        for (; n < form->follow_ups_n && n < WAYS_MAX - 2; n++)
                answers[n] = form->follow_ups[n].label;
        family->ways = n;
        answers[n++] = _("Abrir la ficha");
        if (form->again_n && adding_place(widget).node >= 0)
                answers[n++] = _("Volver a acordarlo en esta visita");
        dialog_ask(widget->ui, FORM_TAG_FOLLOW, _("¿Qué pasó con esto?"), record->title, answers, n);
        return WIDGET_HANDLED;
}

static void follow_up(struct widget *widget, int answer)
{
        struct family *family = widget->state;
        struct draft *draft = NULL;
        struct err err;
        struct id record = family->chosen;
        enum err_code rc;
        if (answer == family->ways + 1) {
                open_record(widget, &record);
                return;
        }
        if (answer == family->ways + 2) {
                rc = draft_agree_again(widget->draft, adding_place(widget), &record, &draft, &err);
                opened(widget, rc, draft, &err);
                return;
        }
        rc = draft_follow_up(widget->ui->app, &record, answer - 1, &draft, &err);
        if (rc != ERR_OK)
                ui_say_err(widget->ui, &err);
        else
                screen_form_open(widget->ui, draft);
}

static enum widget_reply open(struct widget *widget)
{
        struct family *family = family_of(widget);
        struct draft *draft = NULL;
        struct err err;
        int before = widget->at - family->n - family->adds;
        if (before >= 0)
                return before < family->before_n ? ask_follow_up(widget, &family->before[before]) : WIDGET_NEXT;
        if (widget->at == family->n)
                return add(widget);
        enum err_code rc = draft_open_child(widget->draft, &family->children[widget->at], &draft, &err);
        return opened(widget, rc, draft, &err);
}

static enum widget_reply ask_remove(struct widget *widget)
{
        static const char *const answers[] = {_("No quitar"), _("Quitar")};
        struct family *family = family_of(widget);
        if (widget->at < 0 || widget->at >= family->n)
                return WIDGET_HANDLED;
        dialog_ask(widget->ui, FORM_TAG_REMOVE, _("¿Quitarlo de esta ficha?"),
                   arena_printf(&widget->ui->frame, _("%s. Después puede deshacerlo con F8."),
                                family->children[widget->at].title),
                   answers, 2);
        return WIDGET_HANDLED;
}

static enum widget_reply move(struct widget *widget, int step)
{
        int at = widget->at + step;
        if (step < 0 && widget->at <= 0)
                return WIDGET_PREV;
        if (at >= lines_n(family_of(widget)))
                return WIDGET_NEXT;
        widget->at = at;
        return WIDGET_HANDLED;
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        uint32_t letter = key_letter(key);
        (void)action;
        bool adds = family_of(widget)->adds;
        if (adds && (letter == '+' || key_is(key, K_INSERT)))
                return add(widget);
        if (key_is(key, K_ENTER) && widget->at >= 0)
                return open(widget);
        if (key_is(key, K_ENTER) && !adds)
                return WIDGET_NEXT;
        if (key_is(key, K_DELETE))
                return ask_remove(widget);
        if (key_is(key, K_UP) || key_is(key, K_DOWN))
                return move(widget, key_is(key, K_UP) ? -1 : 1);
        return letter ? WIDGET_HANDLED : WIDGET_IGNORED;
}

static enum widget_reply click(struct widget *widget, int row, int col)
{
        struct family *family = family_of(widget);
        int line = widget->top + row;
        (void)col;
        if ((family->adds && line == family->n + 1) || line >= shown_n(family) || lines_n(family) == 0)
                return WIDGET_HANDLED;
        int at = family->adds && line > family->n ? line - 1 : line;
        bool again = at == widget->at || (family->adds && at == family->n);
        widget->at = at;
        return again ? open(widget) : WIDGET_HANDLED;
}

static void back(struct widget *widget, struct screen *from, int result)
{
        struct family *family = family_of(widget);
        struct err err;
        if (from->class != &screen_form && dialog_tag(from) == FORM_TAG_FOLLOW) {
                if (result > 0)
                        follow_up(widget, result);
                return;
        }
        bool remove = from->class != &screen_form && dialog_tag(from) == FORM_TAG_REMOVE && result == 2;
        if (remove && widget->at >= 0 && widget->at < family->n) {
                if (draft_remove_child(widget->draft, widget->place, widget->at, &err) != ERR_OK)
                        ui_say_err(widget->ui, &err);
                widget->answered = true;
        }
        reload(widget);
        if (from->class == &screen_form && family->adds && widget->at <= family->n)
                widget->at = family->n;
}

static const char *hint_now(struct widget *widget)
{
        struct family *family = family_of(widget);
        if (!family->adds)
                return family->before_n ? _("Enter: qué pasó con él · Tab sigue") : _("Enter sigue");
        return widget->class->hint;
}

static const char *summary(struct draft *draft, struct place place, struct arena *arena)
{
        int n = 0;
        if (session_form(draft_session(draft))->nodes[place.node].flags & NODE_PENDING) {
                n = draft_open_before_n(draft, place);
                return n == 0 ? "" : n == 1 ? _("1 sin cerrar") : arena_printf(arena, _("%d sin cerrar"), n);
        }
        session_children(draft_session(draft), place, &n);
        return n == 0 ? "" : n == 1 ? _("1 registrado") : arena_printf(arena, _("%d registrados"), n);
}

const struct widget_class widget_children = {
        .name = "children",
        .about = _("Cada uno es una ficha aparte que se guarda con esta. Abajo están los que quedaron de "
                   "otras visitas."),
        .hint = _("+ agrega · Enter abre · Supr quita · Tab sigue"),
        .hint_now = hint_now,
        .types = SERVES(CHILDREN),
        .enter = enter,
        .leave = leave,
        .height = height,
        .draw = draw,
        .key = key,
        .click = click,
        .back = back,
        .summary = summary,
};
