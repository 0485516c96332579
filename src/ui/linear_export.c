/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Export: where to, then what was written.  Sticks are numbered, anything else
 * typed is a folder; the folder used last is proposed, as on the screen.  A
 * signal that asks to leave stops the copy before it ends the program.
 */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app/back.h"
#include "app/carry.h"
#include "app/keys.h"

static const char setting[] = "export_folder";

/* ---- Doing it ---- */

/* Each stage once, and the copy at every quarter. */
static void say_progress(struct linear *l, const struct carry *carry, enum carry_stage *stage, int *quarter)
{
        struct arena arena = {0};
        int now = (int)(carry_share(carry) * 4);
        if (carry_stage(carry) != *stage && carry_stage(carry) != CARRY_DONE)
                linear_say(l, "%s", carry_words(carry, &arena));
        else if (now > *quarter && now < 4)
                linear_say(l, "%d %%", now * 25);
        *stage = carry_stage(carry);
        *quarter = now;
        arena_release(&arena);
}

/* At an office: for the one above, or back to its laptops. False if the person goes back. */
static bool ask_whom(struct linear *l, struct carry *carry, bool *ret_back)
{
        struct arena arena = {0};
        struct back_target *laptops;
        int n = 0;
        *ret_back = false;
        if (app_back_targets(l->app, &arena, &laptops, &n, NULL) != ERR_OK || n == 0) {
                arena_release(&arena);
                return true;
        }
        linear_say(l, _("1. todas las laptops (%d)"), n);
        for (int i = 0; i < n; i++)
                linear_say(l, _("%d. laptop %s"), i + 2, back_target_words(&laptops[i], &arena));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("¿Para quién? Un número; Enter: la oficina."));
        int number = heard.kind == HEARD_TEXT ? linear_number(heard.text, n + 1) : 0;
        bool sure = heard.kind == HEARD_NOTHING || number > 0;
        if (sure && number > 0)
                carry_send_back(carry, number == 1 ? BACK_ALL : laptops[number - 2].key);
        else if (heard.kind == HEARD_TEXT && !sure)
                linear_say(l, _("Eso no es ninguno de los números: no se copió nada."));
        *ret_back = number > 0;
        arena_release(&arena);
        return sure;
}

/* Without an office's key a phrase seals it; false if none is given. */
static bool seal(struct linear *l, struct carry *carry)
{
        struct str phrase = STR_INIT;
        bool back;
        if (!ask_whom(l, carry, &back))
                return false;
        if (back || app_offices_known(l->app) > 0)
                return true;
        linear_say(l, _("Esta laptop todavía no tiene la clave de una oficina: escriba una frase de contraseña, de cuatro palabras o "
                        "más, y dígala a la oficina por otro medio. + propone una. Las fichas reservadas no viajan así."));
        bool given = linear_new_phrase(l, &phrase);
        if (given)
                carry_seal_with(carry, phrase.text);
        else
                linear_say(l, _("Sin frase no se exporta: no se copió nada."));
        explicit_bzero(phrase.text, phrase.len);
        str_release(&phrase);
        return given;
}

static enum err_code go_on(struct linear *l, struct carry *carry, struct err *err)
{
        enum err_code rc = ERR_OK;
        enum carry_stage stage = CARRY_DONE;
        int quarter = 0;
        while (rc == ERR_OK && carry_stage(carry) != CARRY_DONE && !linear_is_asked_to_leave()) {
                say_progress(l, carry, &stage, &quarter);
                rc = carry_step(carry, err);
        }
        return rc;
}

/* There is nothing to take; a receipt may still be. */
static bool wants_receipt(struct linear *l, const struct err *err)
{
        linear_say(l, "%s", err->text);
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Escriba «acuse» para llevar igual un acuse de lo recibido; Enter vuelve."));
        return heard.kind == HEARD_TEXT && strcmp(heard.text, _("acuse")) == 0;
}

/* True if it is done; takes the carry. */
static bool run(struct linear *l, struct carry *carry)
{
        if (!seal(l, carry)) {
                carry_free(carry);
                return false;
        }
        struct arena arena = {0};
        struct err err;
        enum err_code rc = go_on(l, carry, &err);
        if (rc == ERR_NO_NEWS && wants_receipt(l, &err)) {
                carry_anyway(carry);
                rc = go_on(l, carry, &err);
        }
        bool done = rc == ERR_OK && carry_result(carry);
        if (rc != ERR_OK && rc != ERR_NO_NEWS)
                linear_say_err(l, &err);
        else if (done)
                linear_say(l, "%s\n%s", export_words(carry_result(carry), &arena),
                           carry_end_words(carry_stage(carry) == CARRY_DONE ? carry_end(carry) : CARRY_EJECT));
        else
                linear_say(l, "%s", carry_stopped_words(carry, &arena));
        carry_free(carry);
        arena_release(&arena);
        return done;
}

static void to_folder(struct linear *l, const char *folder)
{
        struct err err;
        if (run(l, carry_to_folder(l->app, folder)) &&
            store_meta_set(app_store(l->app), setting, folder ? folder : "", &err) != ERR_OK)
                linear_say_err(l, &err);
}

/* A number of the list is a stick, and so is its own folder. */
static void to(struct linear *l, const struct media *media, const char *typed)
{
        int number = linear_number(typed, 99);
        const struct medium *medium = number ? media_numbered(media, number) : media_holding(media, typed, true);
        if (medium)
                run(l, carry_to_stick(l->app, NULL, medium));
        else
                to_folder(l, strcmp(typed, "-") == 0 ? NULL : typed);
}

/* ---- Asking ---- */

static const char *last_folder(struct linear *l, struct arena *arena)
{
        const char *folder = NULL;
        if (store_meta_get(app_store(l->app), setting, arena, &folder, NULL) != ERR_OK || str_blank(folder))
                return NULL;
        return folder;
}

static void say_sticks(struct linear *l, const struct media *media, struct arena *arena)
{
        for (int i = 0; i < media_n(media); i++)
                linear_say(l, "%d. %s: %s", media_at(media, i)->number, media_at(media, i)->label,
                           medium_words(media_at(media, i), arena));
        linear_say(l, media_n(media) > 0 ? _("Exportar: el número de la memoria, o la carpeta completa desde la barra inicial. "
                                             ".lista vuelve a mirar qué memorias hay.")
                                         : _("Exportar: no hay ninguna memoria conectada (.lista vuelve a mirar). Escriba la carpeta, "
                                             "completa desde la barra inicial."));
}

static void say_enter(struct linear *l, const char *last)
{
        if (last)
                linear_say(l, _("Enter: %s. Un guion: la carpeta «salida» de simae."), last);
        else
                linear_say(l, _("Enter: la carpeta «salida» de simae. .atras vuelve sin exportar."));
}

void linear_export(struct linear *l)
{
        struct arena arena = {0};
        struct media *media = media_new(NULL);
        const char *last = last_folder(l, &arena);
        struct heard heard;
        do {
                media_look(media);
                say_sticks(l, media, &arena);
                say_enter(l, last);
                heard = linear_hear(l, ORDERS_EVERYWHERE | ORDER_BIT(LIST),
                                    _("Copia en un paquete todo lo concluido que la oficina no dijo tener, y lo comprueba."));
        } while (heard.kind == HEARD_ORDER && heard.order == ORDER_LIST);
        if (heard.kind == HEARD_NOTHING)
                to_folder(l, last);
        else if (heard.kind == HEARD_TEXT)
                to(l, media, arena_strdup(&arena, heard.text));
        media_free(media);
        arena_release(&arena);
}
