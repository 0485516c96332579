/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export: where to, then what was written.  The folder used last is proposed, as on the screen. */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char setting[] = "export_folder";

static void say_done(struct linear *l, const struct export_result *done)
{
        linear_say(l, "%s", done->path);
        linear_say(l, _("%lld fichas y %lld cambios en %lld KiB: copiado y comprobado."),
                   (long long)done->records, (long long)done->revisions,
                   (long long)((done->bytes + 1023) / 1024));
        if (done->reserved)
                linear_say(l, _("%lld cambios de fichas reservadas se quedan en esta laptop."), (long long)done->reserved);
        linear_say(l, _("Expulse la memoria antes de retirarla."));
}

static void export_to(struct linear *l, const char *folder)
{
        struct export_result done;
        struct stat st;
        struct err err;
        if (folder && (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode)))
                linear_say(l,
                           _("No existe la carpeta «%s». Revise el nombre y que la memoria esté conectada."),
                           folder);
        else if (app_export(l->app, folder, false, &done, &err) != ERR_OK)
                linear_say_err(l, &err);
        else if (say_done(l, &done),
                 store_meta_set(app_store(l->app), setting, folder ? folder : "", &err) != ERR_OK)
                linear_say_err(l, &err);
}

static const char *last_folder(struct linear *l, struct arena *arena)
{
        const char *folder = NULL;
        if (store_meta_get(app_store(l->app), setting, arena, &folder, NULL) != ERR_OK || str_blank(folder))
                return NULL;
        return folder;
}

void linear_export(struct linear *l)
{
        struct arena arena = {0};
        const char *last = last_folder(l, &arena);
        linear_say(l, _("Exportar: escriba la carpeta de la memoria USB o del disco, completa desde la barra "
                        "inicial."));
        if (last)
                linear_say(l, _("Enter: %s. Un guion: la carpeta «salida» de simae."), last);
        else
                linear_say(l, _("Enter: la carpeta «salida» de simae. .atras vuelve sin exportar."));
        struct heard heard = linear_hear(
                l, ORDERS_EVERYWHERE, _("Copia todas las fichas concluidas en un paquete y lo comprueba."));
        if (heard.kind == HEARD_NOTHING)
                export_to(l, last);
        else if (heard.kind == HEARD_TEXT)
                export_to(l, strcmp(heard.text, "-") == 0 ? NULL : arena_strdup(&arena, heard.text));
        arena_release(&arena);
}
