/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import: from where, then what came of each bundle.  The folder used last is proposed, as on the screen. */
#include "linear_priv.h"

#include <string.h>

#include "app/incoming.h"
#include "app/keys.h"
#include "app/receipt.h"

static const char setting[] = "import_folder";

static void say_bundle(struct linear *l, const struct import_bundle *bundle, bool of_several, struct arena *arena)
{
        const char *slash = strrchr(bundle->file, '/');
        if (bundle->problem && !(bundle->foreign && of_several))
                linear_say(l, _("No entró: %s"), bundle->problem);
        else if (bundle->problem)
                return; /* told in the sum */
        else
                linear_say(l, "%s: %s", slash ? slash + 1 : bundle->file,
                           import_words(&bundle->counts, bundle->waits, bundle->wrong, arena));
}

static bool progress(void *ctx, const char *file, int bundle, int bundles_n, int64_t revisions, int64_t revisions_n)
{
        struct linear *l = ctx;
        const char *slash = strrchr(file, '/');
        (void)revisions;
        if (revisions_n == 0 && bundle < bundles_n)
                linear_say(l, _("Van %d de %d: %s"), bundle, bundles_n, slash ? slash + 1 : file);
        return true;
}

/* It may take minutes: said before, and every so often. */
static bool deriving(void *ctx, int64_t done, int64_t all)
{
        char text[DERIVED_TEXT];
        int64_t step = all / 10 > 0 ? all / 10 : 1;
        if (done == 0 || done == all || done / step != (done - DERIVE_OFTEN) / step)
                linear_say(ctx, "%s.", derived_words(done, all, text));
        return true;
}

static void catch_up(struct linear *l)
{
        struct err err;
        int64_t behind = 0;
        enum err_code rc = app_behind(l->app, &behind, &err);
        if (rc == ERR_OK && behind > 0)
                deriving(l, 0, behind);
        if (rc == ERR_OK)
                rc = app_catch_up(l->app, deriving, l, &err);
        if (rc != ERR_OK)
                linear_say_err(l, &err);
}

static void offer_receipt(struct linear *l, const struct import_result *done)
{
        if (done->failed + done->foreign == done->n || !linear_confirm(l, _("¿Hacer la constancia de lo recibido?")))
                return;
        struct receipt *receipt = receipt_begin(l->app);
        struct doc doc;
        receipt_add(receipt, done);
        receipt_end(receipt, &doc);
        linear_print_doc(l, &doc);
        doc_release(&doc);
}

/* What to do next with what came. */
static void say_next(struct linear *l, const struct import_result *done, struct arena *arena)
{
        struct today today;
        if (done->foreign)
                linear_say(l, "%s", import_foreign_words(done, arena));
        if (done->total.waiting || done->total.rejected)
                linear_say(l, _("En Importar, + dice lo que espera o se apartó, y por qué."));
        if (app_today(l->app, &today, NULL) != ERR_OK)
                return;
        if (today.conflicts)
                linear_say(l, today.conflicts == 1 ? _("%d ficha está en conflicto: véala en Tableros, Conflictos.")
                                                   : _("%d fichas están en conflicto: véalas en Tableros, Conflictos."), today.conflicts);
        if (today.observed)
                linear_say(l, today.observed == 1 ? _("La oficina observó %d ficha suya: véala en Tableros, Observadas.")
                                                  : _("La oficina observó %d fichas suyas: véalas en Tableros, Observadas."), today.observed);
}

/* True if a passphrase may open some of it. */
static bool import_with(struct linear *l, const char *path, const struct age_keys *keys)
{
        struct import_result done;
        struct arena arena = {0};
        struct err err;
        app_leave_behind(l->app, true);
        enum err_code rc = app_import(l->app, path, keys, progress, l, &done, &err);
        app_leave_behind(l->app, false);
        if (rc != ERR_OK) {
                linear_say_err(l, &err);
                return rc == ERR_REFUSED && age_asks_passphrase(path);
        }
        for (int i = 0; i < done.n; i++)
                say_bundle(l, &done.bundles[i], done.foreign > 0, &arena);
        if (done.n > 1)
                linear_say(l, _("En total: %s."), import_words(&done.total, done.waits, done.wrong, &arena));
        catch_up(l);
        if (store_meta_set(app_store(l->app), setting, path, &err) != ERR_OK)
                linear_say_err(l, &err);
        say_next(l, &done, &arena);
        offer_receipt(l, &done);
        bool closed = done.closed > 0;
        import_release(&done);
        arena_release(&arena);
        return closed;
}

/* Again, with the phrase that opens what no key of this laptop does. */
static void import_from(struct linear *l, const char *path)
{
        struct err err;
        if (!import_with(l, path, NULL))
                return;
        linear_say(l, _("Está cifrado con una frase de contraseña: escríbala, o Enter para dejarlo."));
        struct heard heard = linear_hear_unseen(l, _("La frase la dice quien hizo el paquete, por otro medio."));
        if (heard.kind != HEARD_TEXT)
                return;
        struct age_keys *keys = age_keys_new();
        if (app_reading_keys(l->app, keys, &err) != ERR_OK || age_keys_add_passphrase(keys, heard.text, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                import_with(l, path, keys);
        age_keys_free(keys);
}

void linear_import(struct linear *l)
{
        struct arena arena = {0};
        const char *last = NULL;
        if (store_meta_get(app_store(l->app), setting, &arena, &last, NULL) != ERR_OK || str_blank(last ? last : ""))
                last = NULL;
        linear_say(l, _("Importar: escriba el paquete, la carpeta o la memoria USB, completa desde la barra inicial."));
        linear_say(l, last ? _("Enter: %s. + dice lo que está en espera.") : _("Enter vuelve sin importar; + dice lo que está en espera.%s"),
                   last ? last : "");
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE,
                                         _("Toma los paquetes de otras laptops; nada entra dos veces ni se pierde."));
        if (heard.kind == HEARD_TEXT && strcmp(heard.text, "+") == 0)
                linear_waiting(l);
        else if (heard.kind == HEARD_TEXT)
                import_from(l, arena_strdup(&arena, heard.text));
        else if (heard.kind == HEARD_NOTHING && last)
                import_from(l, last);
        arena_release(&arena);
}
