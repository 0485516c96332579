/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review: what is missing or wrong, then what deserves a second look, then
 * everything filled, as one text to read before concluding.
 *
 * The items are made once, when the screen opens; their heights again when the
 * width changes.  `top` is a line of the whole text, so that a long answer can
 * be read by scrolling through it.
 */
#include "form_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/screens.h"

enum item_kind { ITEM_HEADING, ITEM_PROBLEM, ITEM_WARNING, ITEM_ANSWER };

struct item {
        enum item_kind kind;
        struct place place;
        const char *label, *text;
        int line, lines; /* in the whole text, at the width last drawn */
        int depth;       /* rows of repeats are set in */
};

struct review_state {
        struct draft *draft;
        struct session *session;
        const struct form *form;
        struct arena arena;
        struct item *items;
        int n, room;
        int problems, warnings;
        int at, top, lines, rows, cols;
        struct rect area;
        struct place chosen;
        struct id record;
};

static struct review_state *state_of(const struct screen *screen)
{
        return screen->state;
}

/* ---- Making the items ---- */

static void add(struct review_state *st, enum item_kind kind, struct place place, const char *label,
                const char *text, int depth)
{
        if (st->n == st->room) {
                st->room = st->room ? 2 * st->room : 64;
                st->items = xrealloc(st->items, (size_t)st->room * sizeof *st->items);
        }
        st->items[st->n++] =
                (struct item){.kind = kind, .place = place, .label = label, .text = text, .depth = depth};
}

static void add_problems(struct review_state *st)
{
        int n = 0;
        const struct draft_problem *problems = draft_problems(st->draft, true, &st->arena, &n);
        for (int i = 0; i < n; i++)
                st->warnings += problems[i].status == STATUS_WARNING;
        st->problems = n - st->warnings;
        if (st->problems)
                add(st, ITEM_HEADING, PLACE_NONE, _("Falta o hay que corregir"), "", 0);
        for (int i = 0; i < n; i++)
                if (problems[i].status != STATUS_WARNING)
                        add(st, ITEM_PROBLEM, problems[i].place, problems[i].label, problems[i].text, 0);
        if (st->warnings)
                add(st, ITEM_HEADING, PLACE_NONE, _("Conviene mirar otra vez (no impide concluir)"), "", 0);
        for (int i = 0; i < n; i++)
                if (problems[i].status == STATUS_WARNING)
                        add(st, ITEM_WARNING, problems[i].place, problems[i].label, problems[i].text, 0);
}

static const char *answer_text(struct review_state *st, struct place place)
{
        const struct node *node = &st->form->nodes[place.node];
        bool long_text = node->type == NODE_LOG || (node->flags & NODE_MULTILINE);
        const char *text = long_text ? session_typed(st->session, place) : NULL;
        return arena_strdup(&st->arena, text ? text : form_answer_words(st->draft, place, &st->arena));
}

static void collect(struct review_state *st, int first, int end, int row, int depth);

static void add_rows(struct review_state *st, struct place place, int depth)
{
        int n = 0;
        const struct node *node = &st->form->nodes[place.node];
        const int *rows = session_rows(st->session, place, &n);
        const char *label = session_label(st->session, place, &st->arena);
        for (int i = 0; i < n; i++) {
                add(st, ITEM_ANSWER, place, arena_printf(&st->arena, "%s %d", label, i + 1), "", depth);
                collect(st, place.node + 1, node->end, rows[i], depth + 1);
        }
}

static void add_children(struct review_state *st, struct place place, int depth)
{
        int n = 0;
        const struct draft_child *children = draft_children(st->draft, place, &st->arena, &n);
        const char *label = session_label(st->session, place, &st->arena);
        for (int i = 0; i < n; i++)
                add(st, ITEM_ANSWER, place, arena_printf(&st->arena, "%s %d", label, i + 1),
                    arena_strdup(&st->arena, children[i].title), depth);
}

static void add_answer(struct review_state *st, const struct node *node, struct place place, int depth)
{
        if (node->type == NODE_NOTE || !form_node_shows(node))
                return;
        if (node->type == NODE_REPEAT) {
                add_rows(st, place, depth);
                return;
        }
        if (node->type == NODE_CHILDREN) {
                add_children(st, place, depth);
                return;
        }
        const char *text = answer_text(st, place);
        if (*text)
                add(st, ITEM_ANSWER, place,
                    arena_strdup(&st->arena, session_label(st->session, place, &st->arena)), text, depth);
}

/* A heading with nothing below it goes again. */
static void drop_bare_heading(struct review_state *st)
{
        if (st->n && st->items[st->n - 1].kind == ITEM_HEADING)
                st->n--;
}

static void collect(struct review_state *st, int first, int end, int row, int depth)
{
        for (int i = first; i < end;) {
                const struct node *node = &st->form->nodes[i];
                struct place place = {i, row};
                bool group = node->type == NODE_GROUP && session_is_relevant(st->session, place);
                if (group && node->depth == 1) {
                        drop_bare_heading(st);
                        add(st, ITEM_HEADING, PLACE_NONE, node->label.plain, "", 0);
                }
                if (!group && session_is_relevant(st->session, place))
                        add_answer(st, node, place, depth);
                i = group ? i + 1 : node->end;
        }
}

/* ---- Lines ---- */

static int indent_of(const struct item *item)
{
        return item->kind == ITEM_HEADING ? 0 : 3 + 2 * item->depth;
}

static bool on_one_line(const struct item *item, int cols)
{
        int width = utf8_width(item->label) + 2 + utf8_width(item->text);
        return !strchr(item->text, '\n') && indent_of(item) + width <= cols;
}

static int wrapped(const char *text, int cols)
{
        return *text ? canvas_wrap(NULL, (struct rect){0, 0, 1 << 20, cols}, STYLE_NORMAL, text, 0) : 0;
}

static int item_lines(const struct item *item, int cols)
{
        if (item->kind == ITEM_HEADING)
                return 2;
        if (on_one_line(item, cols))
                return 1;
        return wrapped(item->label, cols - indent_of(item)) + wrapped(item->text, cols - indent_of(item) - 2);
}

static void lay_out(struct review_state *st, int cols)
{
        if (st->cols == cols)
                return;
        st->cols = cols;
        st->lines = 0;
        for (int i = 0; i < st->n; i++) {
                st->items[i].line = st->lines;
                st->items[i].lines = item_lines(&st->items[i], cols);
                st->lines += st->items[i].lines;
        }
}

static void scroll(struct review_state *st)
{
        if (st->at >= 0 && st->at < st->n) {
                const struct item *item = &st->items[st->at];
                bool headed = st->at > 0 && item[-1].kind == ITEM_HEADING;
                int first = item->line - (headed ? 2 : 0);
                if (first < st->top && item->line + item->lines <= st->top + st->rows)
                        st->top = first;
                if (item->line + item->lines > st->top + st->rows && item->line > st->top)
                        st->top = item->line + item->lines - st->rows < item->line
                                          ? item->line + item->lines - st->rows
                                          : item->line;
        }
        if (st->top > st->lines - st->rows)
                st->top = st->lines - st->rows;
        if (st->top < 0)
                st->top = 0;
}

/* ---- Drawing ---- */

/* Part of a text, when its first lines are above the area. */
static void draw_text(struct canvas *canvas, struct rect area, int line, int col, enum style style,
                      const char *text)
{
        int skip = line < 0 ? -line : 0, row = line < 0 ? 0 : line;
        if (row >= area.rows || !*text)
                return;
        canvas_wrap(canvas, (struct rect){area.row + row, area.col + col, area.rows - row, area.cols - col},
                    style, text, skip);
}

static enum style text_style(const struct item *item)
{
        if (item->kind == ITEM_PROBLEM)
                return STYLE_ERROR;
        return item->kind == ITEM_WARNING ? STYLE_WARNING : STYLE_OK;
}

static const char *item_mark(const struct item *item)
{
        return item->kind == ITEM_PROBLEM ? "!" : item->kind == ITEM_WARNING ? "~" : " ";
}

static void draw_mark(struct review_state *st, struct canvas *canvas, struct rect area, int line, int i)
{
        bool here = i == st->at;
        if (line < 0 || line >= area.rows)
                return;
        canvas_text(canvas, area.row + line, area.col, 1, STYLE_HEADING, here ? "▸" : " ");
        canvas_text(canvas, area.row + line, area.col + 1, 1, text_style(&st->items[i]),
                    item_mark(&st->items[i]));
        if (here) {
                canvas->cursor_row = area.row + line;
                canvas->cursor_col = area.col;
        }
}

static void draw_item(struct review_state *st, struct canvas *canvas, struct rect area, int i)
{
        const struct item *item = &st->items[i];
        int line = item->line - st->top, indent = indent_of(item);
        enum style label = i == st->at ? STYLE_FOCUS : STYLE_NORMAL;
        if (item->kind == ITEM_HEADING) {
                draw_text(canvas, area, line + 1, 0, STYLE_HEADING, item->label);
                return;
        }
        draw_mark(st, canvas, area, line, i);
        draw_text(canvas, area, line, indent, label, item->label);
        if (on_one_line(item, area.cols) && *item->text && !str_ends(item->label, "?"))
                draw_text(canvas, area, line, indent + utf8_width(item->label), STYLE_NORMAL, ":");
        if (on_one_line(item, area.cols))
                draw_text(canvas, area, line, indent + utf8_width(item->label) + 2, text_style(item),
                          item->text);
        else
                draw_text(canvas, area, line + wrapped(item->label, area.cols - indent), indent + 2,
                          text_style(item), item->text);
}

static const char *head_words(struct review_state *st, struct arena *arena)
{
        if (st->problems == 1)
                return _("Falta 1 para concluir. Enter va a ella.");
        if (st->problems)
                return arena_printf(arena, _("Faltan %d para concluir. Enter va a la señalada."),
                                    st->problems);
        return _("No falta nada. Lea lo llenado y concluya con F2 (o Ctrl-O).");
}

static void draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct review_state *st = state_of(screen);
        canvas_text_cut(canvas, area.row, area.col + 1, area.cols - 12, st->problems ? STYLE_ERROR : STYLE_OK,
                        head_words(st, &screen->ui->frame));
        st->area = (struct rect){area.row + 1, area.col, area.rows - 1, area.cols};
        st->rows = st->area.rows;
        lay_out(st, area.cols);
        scroll(st);
        for (int i = 0; i < st->n && st->items[i].line < st->top + st->rows; i++)
                if (st->items[i].line + st->items[i].lines > st->top)
                        draw_item(st, canvas, st->area, i);
        if (st->lines > st->rows) {
                int share = st->top * 100 / (st->lines - st->rows);
                const char *words = arena_printf(&screen->ui->frame, "%s%s %d %%", st->top ? "↑" : " ",
                                                 st->top + st->rows < st->lines ? "↓" : " ", share);
                canvas_text(canvas, area.row, area.col + area.cols - 9, 8, STYLE_DIM, words);
        }
}

/* ---- Keys ---- */

static int next_item(const struct review_state *st, int from, int step)
{
        for (int i = from + step; i >= 0 && i < st->n; i += step)
                if (st->items[i].kind != ITEM_HEADING)
                        return i;
        return from;
}

/* Down on an answer that goes on below the screen scrolls it first; so does up. */
static void move(struct review_state *st, int step)
{
        const struct item *item = st->at >= 0 && st->at < st->n ? &st->items[st->at] : NULL;
        if (item && step > 0 && item->line + item->lines > st->top + st->rows)
                st->top++;
        else if (item && step < 0 && item->line < st->top)
                st->top--;
        else if (next_item(st, st->at, step) == st->at)
                st->top += step;
        else
                st->at = next_item(st, st->at, step);
}

static void page(struct review_state *st, int step)
{
        int goal = st->top + step * (st->rows - 1);
        st->top = goal < 0 ? 0 : goal;
        for (int i = next_item(st, -1, 1); i < st->n; i++) {
                if (st->items[i].kind == ITEM_HEADING)
                        continue;
                st->at = i;
                if (st->items[i].line >= st->top)
                        break;
        }
}

static enum handled jump(struct screen *screen, int i)
{
        struct review_state *st = state_of(screen);
        if (i < 0 || i >= st->n || st->items[i].place.node < 0)
                return HANDLED;
        st->chosen = st->items[i].place;
        screen->result = REVIEW_JUMP;
        return CLOSE;
}

static enum handled ask_finalise(struct screen *screen)
{
        static const char *const answers[] = {_("Seguir revisando"), _("Concluir")};
        struct review_state *st = state_of(screen);
        if (st->problems) {
                st->at = next_item(st, -1, 1);
                st->top = 0;
                ui_say(screen->ui, STYLE_ERROR,
                       _("Todavía no se puede concluir: falta lo que está arriba. Enter va a la pregunta."));
                return HANDLED;
        }
        dialog_ask(screen->ui, FORM_TAG_FINALISE, _("¿Concluir la ficha?"),
                   _("Quedará guardada como terminada y saldrá en el próximo envío. Si después hay que "
                     "corregirla, "
                     "la corrección queda como una versión nueva."),
                   answers, 2);
        return HANDLED;
}

static enum handled click(struct screen *screen, const struct key *key)
{
        struct review_state *st = state_of(screen);
        int line = key->row - st->area.row + st->top;
        for (int i = 0; i < st->n && key->row >= st->area.row; i++) {
                if (line < st->items[i].line || line >= st->items[i].line + st->items[i].lines ||
                    st->items[i].kind == ITEM_HEADING)
                        continue;
                if (i == st->at)
                        return jump(screen, i);
                st->at = i;
        }
        return HANDLED;
}

static enum handled mouse(struct screen *screen, const struct key *key)
{
        struct review_state *st = state_of(screen);
        if (key->code == K_CLICK)
                return click(screen, key);
        move(st, key->code == K_WHEEL_UP ? -1 : 1);
        return HANDLED;
}

static enum handled key(struct screen *screen, const struct key *key, int action)
{
        struct review_state *st = state_of(screen);
        if (action == ACT_FORM_FINALISE)
                return ask_finalise(screen);
        if (action == ACT_PRINT) {
                screen_print_draft(screen->ui, st->draft);
                return HANDLED;
        }
        if (key->kind == KEY_KIND_MOUSE)
                return mouse(screen, key);
        if (key->kind != KEY_KIND_CODE)
                return IGNORED;
        switch (key->code) {
        case K_ENTER:
        case K_TAB: return jump(screen, st->at);
        case K_UP: move(st, -1); return HANDLED;
        case K_DOWN: move(st, 1); return HANDLED;
        case K_PGUP: page(st, -1); return HANDLED;
        case K_PGDN: page(st, 1); return HANDLED;
        case K_HOME:
                st->at = next_item(st, -1, 1);
                st->top = 0;
                return HANDLED;
        case K_END:
                st->at = next_item(st, st->n, -1);
                st->top = st->lines;
                return HANDLED;
        default: return IGNORED;
        }
}

static void back(struct screen *screen, struct screen *from, int result)
{
        struct review_state *st = state_of(screen);
        struct err err;
        char code[CODE_TEXT];
        if (dialog_tag(from) != FORM_TAG_FINALISE || result != 2)
                return;
        if (draft_finalise(st->draft, &st->record, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return;
        }
        st->draft = NULL;
        screen->result = REVIEW_DONE;
        ui_close(screen);
        ui_say(screen->ui, STYLE_OK, _("Ficha concluida. Su código es %s."), id_code(&st->record, code));
}

static bool allows(struct screen *screen, int action)
{
        struct review_state *st = state_of(screen);
        return st->draft || (action != ACT_FORM_FINALISE && action != ACT_PRINT);
}

static const char *title(struct screen *screen, struct arena *arena)
{
        struct review_state *st = state_of(screen);
        const char *name = str_blank(st->form->short_title) ? st->form->title : st->form->short_title;
        const char *missing =
                st->problems ? arena_printf(arena, _("%d por resolver"), st->problems) : _("Completo");
        if (!st->draft)
                return name;
        return arena_printf(arena, _("Revisar: %s › %s\t%s · Guardado"), name,
                            record_session_title(st->session, arena), missing);
}

static void free_state(struct screen *screen)
{
        struct review_state *st = state_of(screen);
        arena_release(&st->arena);
        free(st->items);
        free(st);
}

const struct screen_class screen_review = {
        .name = "review",
        .draw = draw,
        .key = key,
        .title = title,
        .allows = allows,
        .back = back,
        .free = free_state,
};

struct place review_place(const struct screen *review)
{
        return state_of(review)->chosen;
}

const struct id *review_record(const struct screen *review)
{
        return &state_of(review)->record;
}

struct screen *screen_review_open(struct ui *ui, struct draft *draft)
{
        struct review_state *st = xcalloc(1, sizeof *st);
        st->draft = draft;
        st->session = draft_session(draft);
        st->form = session_form(st->session);
        st->chosen = PLACE_NONE;
        add_problems(st);
        collect(st, 1, st->form->nodes_n, 0, 0);
        drop_bare_heading(st);
        st->at = next_item(st, -1, 1);
        return ui_push(ui, &screen_review, st);
}
