/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A conflict, one answer after the other: what it was, the versions by number, or another one typed. */
#include "linear_priv.h"

#include "app/conflict.h"

static const char *shown(const char *words)
{
        return *words ? words : _("vacío");
}

static void say_field(struct linear *l, const struct conflict_field *field)
{
        linear_say(l, "%s", field->label);
        linear_say(l, _("Antes: %s"), shown(field->before));
        for (int i = 0; i < field->n; i++)
                linear_say(l, _("%d. %s (%s, %.10s %.5s)"), i + 1, shown(field->options[i].words), field->options[i].who,
                           field->options[i].when, field->options[i].when + 11);
        linear_say(l, field->can_type ? _("Escriba el número del que queda, o = y otro valor. Enter lo deja todo como está.")
                                      : _("Escriba el número del que queda. Enter lo deja todo como está."));
}

/* False when the person leaves it. */
static bool ask_field(struct linear *l, struct conflict *conflict, int at)
{
        struct conflict_field *field = &conflict->fields[at];
        struct err err;
        say_field(l, field);
        while (field->choice == CHOICE_NONE) {
                struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("El número de una versión, o = y lo que debe quedar."));
                if (heard.kind != HEARD_TEXT)
                        return false;
                int number = linear_number(heard.text, field->n);
                if (number)
                        conflict_choose(conflict, at, number - 1);
                else if (heard.text[0] != '=')
                        linear_say(l, _("Escriba un número del 1 al %d."), field->n);
                else if (conflict_type(l->app, conflict, at, heard.text + 1, &err) != ERR_OK)
                        linear_say_err(l, &err);
        }
        return true;
}

static bool ask_annul(struct linear *l, struct conflict *conflict)
{
        if (!conflict->annulled)
                return true;
        linear_say(l, _("%s la anuló: %s. Otra persona la corrigió a la vez."), conflict->annul_who, conflict->annul_reason);
        linear_say(l, _("1. Sigue valiendo. 2. Queda anulada. Enter lo deja todo como está."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("1 o 2."));
        int number = heard.kind == HEARD_TEXT ? linear_number(heard.text, 2) : 0;
        conflict->annul = number == 1 ? ANNUL_KEEP : number == 2 ? ANNUL_YES : ANNUL_UNDECIDED;
        return number > 0;
}

static void decide(struct linear *l, struct conflict *conflict)
{
        struct err err;
        bool going = ask_annul(l, conflict);
        for (int i = 0; going && i < conflict->n && conflict->annul != ANNUL_YES; i++)
                going = ask_field(l, conflict, i);
        if (!going)
                linear_say(l, _("Se deja como está."));
        else if (conflict_resolve(l->app, conflict, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, _("Guardado: el conflicto quedó resuelto. Los demás valores siguen en la historia."));
}

void linear_conflict(struct linear *l, const struct id *id)
{
        struct conflict conflict;
        struct err err;
        if (conflict_open(l->app, id, &conflict, &err) != ERR_OK) {
                linear_say_err(l, &err);
                return;
        }
        decide(l, &conflict);
        conflict_release(&conflict);
}
