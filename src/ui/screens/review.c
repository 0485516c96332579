/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review: what is missing or wrong, then what deserves a second look, then
 * everything filled, as one text to read before concluding.
 *
 * The items are made once, when the screen opens (review_items.c); their heights
 * again when the width changes (review_draw.c).  `top` is a line of the whole
 * text, so that a long answer can be read by scrolling through it.
 */
#include "review_priv.h"

#include <stdlib.h>
#include <string.h>

#include "ui/screens.h"

static struct review_state *state_of(const struct screen *screen)
{
        return screen->state;
}

static void draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        review_draw(state_of(screen), screen->ui, canvas, area);
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
        review_make_items(st);
        st->at = next_item(st, -1, 1);
        return ui_push(ui, &screen_review, st);
}
