/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review: what is missing or wrong, then what deserves a second look, each
 * with a number that goes to it; everything filled, to read; and concluding.
 */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "screens/form_priv.h"

struct review {
        const struct draft_problem *problems;
        int n, wrong;
};

static struct review review_of(struct asking *a)
{
        struct review review = {0};
        review.problems = draft_problems(a->draft, true, &a->arena, &review.n);
        for (int i = 0; i < review.n; i++)
                review.wrong += review.problems[i].status != STATUS_WARNING;
        return review;
}

static void say_problems(struct asking *a, const struct review *review, bool warnings)
{
        int said = 0;
        for (int i = 0; i < review->n; i++) {
                if ((review->problems[i].status == STATUS_WARNING) != warnings || said++ >= LINEAR_ROWS)
                        continue;
                linear_say(a->linear, "%d. %s: %s", i + 1, review->problems[i].label,
                           review->problems[i].text);
        }
        if (said > LINEAR_ROWS)
                linear_say(a->linear, _("Y %d más."), said - LINEAR_ROWS);
}

static void say_review(struct asking *a, const struct review *review)
{
        const char *title = record_session_title(a->session, &a->arena);
        linear_say(a->linear, _("Revisión: %s"), *title ? title : a->form->title);
        if (review->wrong)
                linear_say(a->linear,
                           review->wrong == 1 ? _("Falta %d para concluir:") : _("Faltan %d para concluir:"),
                           review->wrong);
        say_problems(a, review, false);
        if (review->n > review->wrong)
                linear_say(a->linear, _("Conviene mirar otra vez (no impide concluir):"));
        say_problems(a, review, true);
        if (review->wrong)
                linear_say(a->linear,
                           _("Un número va a la pregunta; Enter va a la primera; leer lee lo llenado."));
        else
                linear_say(a->linear, _("No falta nada. concluir termina la ficha; leer lee lo llenado; "
                                        ".atras sigue llenando."));
}

static void conclude(struct asking *a, const struct review *review)
{
        struct err err;
        char code[CODE_TEXT];
        if (review->wrong) {
                linear_say(a->linear, _("Todavía no se puede concluir: falta lo de la lista."));
                return;
        }
        if (!linear_confirm(
                    a->linear,
                    _("¿Concluir la ficha? Quedará guardada como terminada y saldrá en el próximo envío."))) {
                linear_say(a->linear, _("Sigue sin concluir."));
                return;
        }
        if (draft_finalise(a->draft, &a->record, &err) != ERR_OK) {
                linear_say_err(a->linear, &err);
                return;
        }
        a->draft = NULL;
        a->end = ASK_FINALISED;
        linear_say(a->linear, _("Ficha concluida. Su código es %s."), id_code(&a->record, code));
}

static void read_all(struct asking *a)
{
        struct str text = STR_INIT;
        record_text(a->session, true, &text);
        linear_page(a->linear, text.text);
        str_release(&text);
}

/* A word or its beginning. */
static bool says(const char *text, const char *word)
{
        char *folded = utf8_fold(text);
        bool same = *folded && str_starts(word, folded);
        free(folded);
        return same;
}

static bool jump(struct asking *a, const struct review *review, int number)
{
        if (number < 1 || number > review->n)
                return false;
        a->section = a->group = -1;
        asking_go(a, review->problems[number - 1].place);
        return true;
}

/* True when the review is over. */
static bool review_once(struct asking *a, bool says_it)
{
        struct review review = review_of(a);
        if (says_it)
                say_review(a, &review);
        struct heard heard =
                linear_hear(a->linear, ORDERS_EVERYWHERE,
                            _("Un número va a la pregunta; leer lee lo llenado; imprimir lo imprime; concluir termina la ficha."));
        int number = heard.kind == HEARD_TEXT ? linear_number(heard.text, review.n) : 0;
        if (heard.kind == HEARD_NOTHING && review.wrong)
                return jump(a, &review, 1);
        if (heard.kind == HEARD_END || heard.kind == HEARD_ORDER || jump(a, &review, number))
                return true;
        if (heard.kind == HEARD_NOTHING || says(heard.text, "concluir"))
                conclude(a, &review);
        else if (says(heard.text, "leer"))
                read_all(a);
        else if (says(heard.text, "imprimir"))
                linear_print_draft(a->linear, a->draft);
        else
                linear_say(a->linear, _("Escriba un número de la lista, leer, imprimir o concluir."));
        return a->end != ASK_GOING || linear_stops(a->linear);
}

void asking_review(struct asking *a)
{
        a->brief = a->silent = false;
        for (bool says_it = true; !review_once(a, says_it); says_it = false)
                ;
}
