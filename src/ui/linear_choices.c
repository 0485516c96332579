/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Choices by their number, their name or some words of it.
 *
 * Numbers are places among all the choices offered, so they are the same in a
 * part of the list as in the whole.  A word that fits no choice changes nothing.
 */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct offer {
        const struct choice *const *all;
        int n;
};

enum { NOT_FOUND = -1, SEVERAL = -2 };

static struct offer offer_of(struct asking *a, struct place place)
{
        struct offer offer;
        offer.all = session_choices(a->session, place, &a->arena, &offer.n);
        return offer;
}

/* ---- Saying ---- */

static void say_choice(struct asking *a, const struct offer *offer, int i)
{
        const struct choice *choice = offer->all[i];
        const char *label = *choice->label ? choice->label : choice->name;
        linear_say(a->linear, "%d. %s%s%s", i + 1, label, *choice->hint ? ": " : "", choice->hint);
}

/* A long list already answered is not read again. */
void choices_say(struct asking *a, struct place place)
{
        struct offer offer = offer_of(a, place);
        bool folded = offer.n > LINEAR_ROWS && *session_typed(a->session, place);
        int shown = folded ? 0 : offer.n < LINEAR_ROWS ? offer.n : LINEAR_ROWS;
        for (int i = 0; i < shown; i++)
                say_choice(a, &offer, i);
        if (folded)
                linear_say(a->linear, _("Para cambiarla escriba parte de otra; hay %d opciones."), offer.n);
        else if (shown < offer.n)
                linear_say(a->linear, _("Y %d más: escriba parte del nombre para verlas."), offer.n - shown);
        else if (offer.n == 0)
                linear_say(a->linear, _("No hay opciones que ofrecer según lo respondido."));
}

/* The choices with those words; they keep their numbers. */
static void say_matches(struct asking *a, const struct offer *offer, const char *words)
{
        int said = 0, more = 0;
        for (int i = 0; i < offer->n; i++) {
                if (!linear_matches(offer->all[i]->label, words))
                        continue;
                if (said++ < LINEAR_ROWS)
                        say_choice(a, offer, i);
                else
                        more++;
        }
        if (more)
                linear_say(a->linear, _("Y %d más: agregue otra palabra."), more);
        linear_say(a->linear, _("Escriba el número de la que corresponde."));
}

/* ---- Finding ---- */

static bool is_exactly(const struct choice *choice, const char *folded)
{
        char *label = utf8_fold(choice->label), *name = utf8_fold(choice->name);
        bool same = strcmp(label, folded) == 0 || strcmp(name, folded) == 0;
        free(label);
        free(name);
        return same;
}

static int find_exactly(const struct offer *offer, const char *text)
{
        char *folded = utf8_fold(text);
        int found = NOT_FOUND;
        for (int i = 0; i < offer->n && found < 0; i++)
                if (is_exactly(offer->all[i], folded))
                        found = i;
        free(folded);
        return found;
}

static int find_by_words(const struct offer *offer, const char *text)
{
        int found = NOT_FOUND;
        for (int i = 0; i < offer->n; i++)
                if (linear_matches(offer->all[i]->label, text))
                        found = found == NOT_FOUND ? i : SEVERAL;
        return found;
}

static int find(const struct offer *offer, const char *text)
{
        int number = linear_number(text, offer->n);
        if (number)
                return number - 1;
        int exactly = find_exactly(offer, text);
        return exactly >= 0 ? exactly : find_by_words(offer, text);
}

/* The choice, or NULL after saying why not. */
static const struct choice *find_or_say(struct asking *a, const struct offer *offer, const char *text)
{
        int found = find(offer, text);
        if (found >= 0)
                return offer->all[found];
        a->silent = true;
        if (found == SEVERAL)
                say_matches(a, offer, text);
        else
                linear_say(a->linear,
                           _("Ninguna opción es «%s». Escriba un número del 1 al %d, o parte del nombre."),
                           text, offer->n);
        return NULL;
}

/* ---- Several ---- */

/* The names of the choices in a piece of the line, blank between them, added to `names`. */
static bool add_piece(struct asking *a, const struct offer *offer, const char *piece, struct str *names)
{
        char *rest = NULL, *copy = arena_strdup(&a->arena, piece);
        if (find(offer, piece) >= 0) {
                str_addf(names, "%s ", find_or_say(a, offer, piece)->name);
                return true;
        }
        if (!strchr(piece, ' '))
                return find_or_say(a, offer, piece) != NULL;
        for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
                const struct choice *choice = find_or_say(a, offer, word);
                if (!choice)
                        return false;
                str_addf(names, "%s ", choice->name);
        }
        return true;
}

static bool names_of(struct asking *a, const struct offer *offer, const char *text, struct str *names)
{
        char *rest = NULL, *copy = arena_strdup(&a->arena, text);
        for (char *piece = strtok_r(copy, ",;", &rest); piece; piece = strtok_r(NULL, ",;", &rest)) {
                piece += strspn(piece, " ");
                size_t len = strlen(piece);
                while (len && piece[len - 1] == ' ')
                        piece[--len] = '\0';
                if (*piece && !add_piece(a, offer, piece, names))
                        return false;
        }
        return true;
}

static bool has_word(const char *words, const char *word)
{
        size_t len = strlen(word);
        for (; *words; words += strcspn(words, " "), words += strspn(words, " "))
                if (strcspn(words, " ") == len && strncmp(words, word, len) == 0)
                        return true;
        return false;
}

/* The answer there is without the names in `without`. */
static const char *reduced(struct asking *a, struct place place, const char *without)
{
        char *rest = NULL, *copy = arena_strdup(&a->arena, session_typed(a->session, place));
        const char *out = "";
        for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
                if (!has_word(without, word))
                        out = arena_printf(&a->arena, "%s%s ", out, word);
        return out;
}

static void take_several(struct asking *a, struct place place, const struct offer *offer, const char *text)
{
        struct str names = STR_INIT;
        bool adds = text[0] == '+', removes = text[0] == '-';
        a->silent = true;
        if (names_of(a, offer, text + (adds || removes), &names) && names.len > 0) {
                a->silent = false;
                const char *before = adds ? reduced(a, place, names.text) : "";
                asking_answer(a, place,
                              removes ? reduced(a, place, names.text)
                                      : arena_printf(&a->arena, "%s%s", before, names.text));
                asking_settle(a, place);
        }
        str_release(&names);
}

void choices_take(struct asking *a, struct place place, const char *text)
{
        const struct node *node = &a->form->nodes[place.node];
        struct offer offer = offer_of(a, place);
        if (node->type == NODE_SELECT_MULTIPLE || node->type == NODE_RANK) {
                take_several(a, place, &offer, text);
                return;
        }
        const struct choice *choice = find_or_say(a, &offer, text);
        if (choice) {
                asking_answer(a, place, choice->name);
                asking_settle(a, place);
        }
}
