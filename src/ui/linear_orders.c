/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What begins with a point, and the other things that any place may ask.
 *
 * The orders are one table: it is what is understood and what the help says.
 * Each place says which of them it takes.  A text that begins with a point is
 * written with two; a point before a digit is a number.
 */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { PAGE_LINES = 20 };

static const struct order_row {
        const char *name, *takes, *about;
} orders[ORDERS_N] = {
        [ORDER_HELP] = {"ayuda", "", _("esta ayuda; basta el punto")},
        [ORDER_BACK] = {"atras", "", _("vuelve a lo anterior")},
        [ORDER_SKIP] = {"saltar", "", _("pasa a la siguiente sin responder")},
        [ORDER_CLEAR] = {"borrar", "", _("borra la respuesta")},
        [ORDER_ADD] = {"agregar", "", _("escribe más líneas después de las que hay")},
        [ORDER_KEEP] = {"mantener", "",
                        _("deja como está una respuesta que ya no figura entre las opciones")},
        [ORDER_UNDO] = {"deshacer", "", _("deshace el último cambio")},
        [ORDER_REDO] = {"rehacer", "", _("hace otra vez lo deshecho")},
        [ORDER_GO] = {"ir", _("PALABRAS"), _("va a la pregunta o sección que tiene esas palabras")},
        [ORDER_MISSING] = {"falta", "", _("lo que falta o hay que corregir, para ir a ello")},
        [ORDER_REVIEW] = {"revisar", "", _("revisa la ficha y permite concluirla")},
        [ORDER_WHERE] = {"donde", "", _("dice dónde está y repite la pregunta completa")},
        [ORDER_LIST] = {"lista", "", _("sale de la fila, o de la ficha que pertenece a otra, a su lista; al exportar, mira de nuevo qué memorias hay")},
        [ORDER_REMOVE] = {"quitar", _("NÚMERO"), _("quita el de ese número")},
        [ORDER_UP] = {"subir", _("NÚMERO"), _("sube un lugar la fila de ese número")},
        [ORDER_MORE] = {"mas", "", _("sigue con la lista")},
        [ORDER_PRINT] = {"imprimir", _("NÚMERO"), _("imprime en blanco, para papel, la ficha de ese número")},
        [ORDER_LEAVE] = {"salir", "", _("vuelve al menú; todo queda guardado")},
};

/* ---- Understanding ---- */

/* The order of that name or of the only one allowed that begins so; ORDERS_N if there is none. */
static enum linear_order order_named(const char *word, unsigned allowed)
{
        int found = ORDERS_N, n = 0;
        for (int i = 0; i < ORDERS_N; i++) {
                if (strcmp(orders[i].name, word) == 0)
                        return (enum linear_order)i;
                if (str_starts(orders[i].name, word) && allowed & (1u << i)) {
                        found = i;
                        n++;
                }
        }
        return n == 1 ? (enum linear_order)found : ORDERS_N;
}

static enum linear_order order_of(const char *line, unsigned allowed, const char **ret_rest)
{
        size_t len = strcspn(line, " ");
        char *typed = xstrndup(line, len), *word = utf8_fold(typed);
        enum linear_order order = *word ? order_named(word, allowed) : ORDER_HELP;
        *ret_rest = line + len + strspn(line + len, " ");
        free(word);
        free(typed);
        return order;
}

static void say_help(struct linear *l, unsigned allowed, const char *about)
{
        if (about && *about)
                linear_say(l, "%s", about);
        linear_say(l, _("Órdenes:"));
        for (int i = 0; i < ORDERS_N; i++)
                if (allowed & (1u << i))
                        linear_say(l, ".%s%s%s: %s.", orders[i].name, *orders[i].takes ? " " : "",
                                   orders[i].takes, orders[i].about);
        linear_say(l, _("Un texto que empieza con punto se escribe con dos."));
}

/* Answers help and what cannot be done here; true if the order is for the caller. */
static bool is_for_caller(struct linear *l, const struct heard *heard, unsigned allowed, const char *about)
{
        if (heard->order == ORDERS_N)
                linear_say(l, _("No se entiende «%s». Un punto solo muestra las órdenes."), l->line.text);
        else if (!(allowed & (1u << heard->order)))
                linear_say(l, _("Aquí no se usa «.%s». Un punto solo muestra las órdenes."),
                           orders[heard->order].name);
        else if (heard->order == ORDER_HELP)
                say_help(l, allowed, about);
        else
                return true;
        return false;
}

static bool is_order(const char *line)
{
        return line[0] == '.' && line[1] != '.' && !(line[1] >= '0' && line[1] <= '9');
}

struct heard linear_hear(struct linear *l, unsigned allowed, const char *about)
{
        while (!linear_stops(l) && linear_read(l)) {
                const char *line = l->line.text;
                struct heard heard = {.text = line};
                if (!is_order(line)) {
                        heard.kind = *line ? HEARD_TEXT : HEARD_NOTHING;
                        heard.text += str_starts(line, "..");
                        return heard;
                }
                heard.kind = HEARD_ORDER;
                heard.order = order_of(line + 1, allowed, &heard.text);
                if (!is_for_caller(l, &heard, allowed, about))
                        continue;
                if (heard.order == ORDER_LEAVE)
                        l->to_menu = true;
                return heard;
        }
        return (struct heard){.kind = HEARD_END, .text = ""};
}

/* ---- Small questions ---- */

bool linear_confirm(struct linear *l, const char *question)
{
        linear_say(l, _("%s Escriba sí o no."), question);
        while (!linear_stops(l)) {
                struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, question);
                if (heard.kind != HEARD_TEXT)
                        return false;
                char *word = utf8_fold(heard.text);
                bool yes = strcmp(word, "si") == 0 || strcmp(word, "s") == 0;
                bool no = strcmp(word, "no") == 0 || strcmp(word, "n") == 0;
                free(word);
                if (yes || no)
                        return yes;
                linear_say(l, _("Escriba sí o no; Enter es no."));
        }
        return false;
}

int linear_number(const char *text, int most)
{
        char *end;
        if (*text < '0' || *text > '9')
                return 0;
        long number = strtol(text, &end, 10);
        return *end == '\0' && number >= 1 && number <= most ? (int)number : 0;
}

/* ---- Long texts ---- */

static int line_count(const char *text)
{
        int n = 0;
        for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
                n++;
        return n;
}

static const char *say_lines(struct linear *l, const char *text, int n)
{
        while (*text && n-- > 0) {
                size_t len = strcspn(text, "\n");
                linear_say(l, "%.*s", (int)len, text);
                text += len + (text[len] == '\n');
        }
        return text;
}

struct heard linear_page(struct linear *l, const char *text)
{
        while (*(text = say_lines(l, text, PAGE_LINES))) {
                linear_say(l, _("Quedan %d líneas: Enter sigue, .atras termina."), line_count(text));
                struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Enter lee lo que sigue."));
                if (heard.kind != HEARD_NOTHING)
                        return heard;
        }
        return (struct heard){.kind = HEARD_NOTHING, .text = ""};
}
