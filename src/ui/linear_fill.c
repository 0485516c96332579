/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A draft taken up and left, around the loop of linear_form.c: where to begin,
 * the text that a cut left half written, and what is said at the end.
 */
#include "linear_priv.h"

#include "screens/form_priv.h"

/* ---- Beginning ---- */

/* What began with a value need not be passed over by hand. */
static void start_new(struct asking *a)
{
        struct place place = session_first(a->session, 0, 0), first = PLACE_NONE;
        int section = place.node >= 0 ? form_section_of(a->form, place.node) : 0;
        for (; place.node >= 0; place = session_step(a->session, place, 1)) {
                if (!asking_asks(a, place))
                        continue;
                if (first.node < 0)
                        first = place;
                if (a->part == ASK_QUICK || form_section_of(a->form, place.node) != section)
                        break;
                if (session_status(a->session, place) == STATUS_MISSING) {
                        first = place;
                        break;
                }
        }
        if (first.node >= 0)
                asking_go(a, first);
}

/* The text that was being typed when the program ended without warning. */
static void offer_pending(struct asking *a)
{
        struct place place;
        struct err err;
        const char *text = draft_pending(a->draft, &place);
        if (!text || !*text || !asking_asks(a, place))
                return;
        text = arena_strdup(&a->arena, text);
        linear_say(a->linear, _("Se recuperó lo que estaba escribiendo en «%s»: %s"),
                   session_label(a->session, place, &a->arena), text);
        asking_go(a, place);
        if (linear_confirm(a->linear, _("¿Guardarlo como respuesta?")))
                asking_answer(a, place, text);
        else if (!linear_stops(a->linear) && draft_save_pending(a->draft, place, "", &err) != ERR_OK)
                linear_say_err(a->linear, &err);
}

static void begin(struct asking *a)
{
        const char *name = str_blank(a->form->short_title) ? a->form->title : a->form->short_title;
        linear_say(a->linear, a->part == ASK_QUICK ? _("Datos de: %s") : "%s", name);
        if (a->part == ASK_RECORD)
                linear_say(a->linear,
                           _("Enter pasa a la siguiente; .atras vuelve; un punto solo muestra la ayuda."));
        if (a->part == ASK_QUICK || !session_undo_words(a->session, &a->arena))
                start_new(a);
        offer_pending(a);
}

/* ---- End ---- */

static void say_left(struct asking *a)
{
        struct session_counts counts = session_counts(a->session, 0);
        if (a->linear->ended)
                return;
        if (a->part == ASK_CHILD && a->touched)
                linear_say(a->linear, _("Guardado. %s."), form_missing_words(&counts, &a->arena));
        else if (a->part == ASK_RECORD && !session_undo_words(a->session, &a->arena))
                linear_say(a->linear, _("No se guardó nada, porque no se respondió nada."));
        else if (a->part != ASK_CHILD)
                linear_say(a->linear, _("Todo está guardado; puede seguir cuando quiera."));
}

static void finish(struct asking *a)
{
        struct err err;
        if (a->draft) {
                asking_end_row(a);
                say_left(a);
                if (draft_close(a->draft, &err) != ERR_OK)
                        linear_say_err(a->linear, &err);
        }
        arena_release(&a->arena);
        arena_release(&a->found_arena);
}

void asking_leave_quick(struct asking *a)
{
        bool to_menu = a->linear->to_menu;
        struct err err;
        a->linear->to_menu = false;
        if (a->touched &&
            !linear_confirm(a->linear, _("Lo escrito aquí todavía no está en el directorio. ¿Descartarlo?")))
                return;
        if (draft_discard(a->draft, &err) != ERR_OK)
                linear_say_err(a->linear, &err);
        a->draft = NULL;
        a->end = ASK_CLOSED;
        a->linear->to_menu |= to_menu;
}

enum ask_end linear_fill(struct linear *l, struct draft *draft, enum ask_part part, struct id *ret)
{
        struct asking a = {.linear = l,
                           .part = part,
                           .draft = draft,
                           .session = draft_session(draft),
                           .section = -1,
                           .group = -1,
                           .found_at = PLACE_NONE};
        a.form = session_form(a.session);
        begin(&a);
        while (a.end == ASK_GOING && !linear_stops(l))
                asking_step(&a);
        finish(&a);
        if (ret && a.end == ASK_FINALISED)
                *ret = a.record;
        return a.end;
}
