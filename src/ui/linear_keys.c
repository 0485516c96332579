/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys and laptops, line by line: who this is and its six words, who is known,
 * and a question with the words before anybody is believed.
 */
#include "linear_priv.h"

#include <string.h>

#include "app/keys_file.h"
#include "app/laptops.h"

static void say_self(struct linear *l)
{
        struct arena arena = {0};
        char name[KNOWN_NAME], signer[SIGN_PUBLIC_TEXT], words[WORDS_TEXT];
        bool office = office_exists(app_dir(l->app));
        const char *enrolment = app_enrolment_words(l->app, &arena);
        app_own_name(l->app, name);
        app_signer(l->app, signer);
        key_words(signer, words);
        linear_say(l, office ? _("Esta oficina: %s. Sus palabras: %s.") : _("Esta laptop: %s. Sus palabras: %s."),
                   *name ? name : _("sin nombre"), words);
        if (*enrolment && !office)
                linear_say(l, "%s", enrolment);
        if (app_office_due(l->app))
                linear_say(l, _("Pruebe la clave de la oficina: toca cada trimestre. Está en «+»."));
        arena_release(&arena);
}

/* ---- One of them ---- */

static void accept(struct linear *l, const struct laptop *laptop, struct arena *arena)
{
        int64_t released;
        struct err err;
        linear_say(l, "%s", laptop_accept_words(laptop, arena));
        if (!linear_confirm(l, _("¿Son las mismas seis palabras?")))
                linear_say(l, _("No se acepta."));
        else if (app_laptop_accept(l->app, laptop->key, NULL, &released, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, released == 1 ? _("Aceptada: %lld cambio que esperaba vale desde ahora.")
                                            : _("Aceptada: %lld cambios que esperaban valen desde ahora."), (long long)released);
}

static void revoke(struct linear *l, const struct laptop *laptop, struct arena *arena)
{
        struct err err;
        linear_say(l, "%s", laptop_revoke_words(laptop, arena));
        if (!linear_confirm(l, _("¿Quitarla?")))
                linear_say(l, _("Se queda como está."));
        else if (app_laptop_revoke(l->app, laptop->key, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, _("Quitada."));
}

/* ---- The list ---- */

static struct linear_items items_of(const struct laptop *laptops, int n, struct arena *arena)
{
        struct linear_row *rows = ARENA_ARRAY(arena, struct linear_row, n + 1);
        for (int i = 0; i < n; i++) {
                const struct laptop *laptop = &laptops[i];
                const char *name = *laptop->name ? laptop->name : *laptop->device ? arena_printf(arena, "%.8s", laptop->device) : _("sin nombre");
                rows[i].text = laptop->waiting ? arena_printf(arena, _("%s: %s; en espera %lld"), laptop_state_word(laptop->state), name,
                                                              (long long)laptop->waiting)
                                               : arena_printf(arena, "%s: %s", laptop_state_word(laptop->state), name);
                rows[i].data = laptop;
        }
        return (struct linear_items){rows, n};
}

static bool is_open(const struct laptop *laptop)
{
        return laptop->state == LAPTOP_PENDING || laptop->state == LAPTOP_REVOKED || laptop->state == LAPTOP_NOTED;
}

static bool keys_once(struct linear *l, struct arena *arena)
{
        struct laptop *laptops = NULL;
        struct err err;
        int n = 0;
        if (app_laptops(l->app, arena, &laptops, &n, &err) != ERR_OK)
                linear_say_err(l, &err);
        bool office = office_exists(app_dir(l->app));
        struct linear_items items = items_of(laptops, n, arena);
        struct linear_list list = {.title = _("Claves y laptops: un número acepta la laptop"), .removes = n > 0,
                                   .empty = _("Aquí no se conoce todavía ninguna laptop ni oficina."),
                                   .add = office ? _("las claves de otra oficina, o entrega, imprime y prueba las de esta")
                                                 : _("las claves de una oficina, o hace las suyas"),
                                   .ctx = &items, .rows = linear_items_rows};
        const void *chosen;
        enum linear_pick pick = linear_choose(l, &list, arena, &chosen);
        const struct laptop *laptop = chosen;
        if (pick == PICK_ADD)
                linear_office(l);
        else if (pick == PICK_REMOVE)
                revoke(l, laptop, arena);
        else if (pick == PICK_ROW && is_open(laptop))
                accept(l, laptop, arena);
        else if (pick == PICK_ROW)
                linear_say(l, _("Ya está aceptada. Sus palabras: %s. .quitar y su número la quita."), laptop->words);
        return pick != PICK_NONE;
}

void linear_keys(struct linear *l)
{
        struct arena arena = {0};
        say_self(l);
        while (!linear_stops(l) && keys_once(l, &arena))
                arena_clear(&arena);
        arena_release(&arena);
}
