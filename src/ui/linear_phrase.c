/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A phrase, line by line.  On a terminal what is typed is not shown, and a
 * screen reader says nothing of it; a new one is asked for twice and has to be
 * worth guessing.
 */
#include "linear_priv.h"

#include <string.h>

#include "app/passphrase.h"

struct heard linear_hear_unseen(struct linear *l, const char *about)
{
        l->unseen = true;
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, about);
        l->unseen = false;
        return heard;
}

static void propose(struct linear *l)
{
        char words[PASSPHRASE_TEXT];
        passphrase_make(words);
        linear_say(l, _("Por ejemplo: %s. Cópiela y escríbala; + propone otra."), words);
        explicit_bzero(words, sizeof words);
}

/* The first time; false if there is none. */
static bool hear_good(struct linear *l, struct str *ret)
{
        while (!linear_stops(l)) {
                struct heard heard = linear_hear_unseen(l, _("La frase cifra el paquete; sin ella nadie lo abre. + propone una al azar."));
                if (heard.kind != HEARD_TEXT)
                        return false;
                const char *problem = strcmp(heard.text, "+") == 0 ? "" : passphrase_problem(heard.text);
                if (!problem) {
                        str_clear(ret);
                        str_add(ret, heard.text);
                        return true;
                }
                if (*problem)
                        linear_say(l, "%s", problem);
                else
                        propose(l);
        }
        return false;
}

bool linear_new_phrase(struct linear *l, struct str *ret)
{
        while (!linear_stops(l) && hear_good(l, ret)) {
                linear_say(l, _("Escríbala otra vez."));
                struct heard heard = linear_hear_unseen(l, _("La misma frase, para estar seguros."));
                if (heard.kind == HEARD_TEXT && strcmp(heard.text, ret->text) == 0)
                        return true;
                if (heard.kind != HEARD_TEXT)
                        return false;
                linear_say(l, _("No es igual a la primera. Escriba la frase de nuevo."));
        }
        return false;
}
