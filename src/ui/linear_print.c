/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print: a page, a text, or the printer; where to keep it, as on the screen. */
#include "linear_priv.h"

#include <string.h>

#include "app/print.h"

static const char setting[] = "print_folder";

static const char *last_folder(struct linear *l, struct arena *arena)
{
        const char *folder = NULL;
        if (store_meta_get(app_store(l->app), setting, arena, &folder, NULL) != ERR_OK || !folder)
                return "";
        return folder;
}

static void save(struct linear *l, const struct doc *doc, const char *format, const char *folder)
{
        char path[PRINT_PATH];
        struct err err;
        if (print_save(l->app, doc, format, folder, path, &err) != ERR_OK) {
                linear_say_err(l, &err);
                return;
        }
        linear_say(l, _("Guardada: %s"), path);
        if (store_meta_set(app_store(l->app), setting, folder, &err) != ERR_OK)
                linear_say_err(l, &err);
}

static void ask_folder(struct linear *l, const struct doc *doc, const char *format)
{
        struct arena arena = {0};
        const char *last = last_folder(l, &arena);
        if (*last)
                linear_say(l, _("¿En qué carpeta? Enter: %s. Un guion: la carpeta «salida» de simae."), last);
        else
                linear_say(l, _("¿En qué carpeta? Enter: la carpeta «salida» de simae."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Escriba la carpeta completa, desde la barra inicial."));
        if (heard.kind == HEARD_NOTHING)
                save(l, doc, format, last);
        else if (heard.kind == HEARD_TEXT)
                save(l, doc, format, strcmp(heard.text, "-") == 0 ? "" : arena_strdup(&arena, heard.text));
        arena_release(&arena);
}

static void send(struct linear *l, const struct doc *doc)
{
        struct err err;
        bool pdf;
        if (print_now(l->app, doc, &pdf, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, pdf ? _("Está en camino a la impresora.")
                                  : _("Está en camino a la impresora, como texto."));
}

/* Asks how until it is an answer. */
static void ask_how(struct linear *l, const struct doc *doc)
{
        bool printer = print_has_printer();
        while (!linear_stops(l)) {
                linear_say(l, printer ? _("1. Guardar como página. 2. Guardar como texto. 3. Imprimir ahora. Enter vuelve.")
                                      : _("1. Guardar como página. 2. Guardar como texto. Enter vuelve."));
                struct heard heard = linear_hear(l, ORDERS_EVERYWHERE,
                                                 _("La página la imprime cualquier navegador. Los datos reservados no salen."));
                int number = heard.kind == HEARD_TEXT ? linear_number(heard.text, printer ? 3 : 2) : 0;
                if (number == 3)
                        send(l, doc);
                else if (number)
                        ask_folder(l, doc, number == 1 ? "html" : "texto");
                if (number || heard.kind != HEARD_TEXT)
                        return;
                linear_say(l, _("Escriba uno de esos números."));
        }
}

void linear_print_doc(struct linear *l, const struct doc *doc)
{
        ask_how(l, doc);
}

static void print(struct linear *l, enum err_code rc, struct doc *doc, const struct err *err)
{
        if (rc != ERR_OK) {
                linear_say_err(l, err);
                return;
        }
        ask_how(l, doc);
        doc_release(doc);
}

void linear_print_record(struct linear *l, const struct id *record)
{
        struct doc doc;
        struct err err;
        enum err_code rc = print_record(l->app, record, false, &doc, &err);
        print(l, rc, &doc, &err);
}

void linear_print_draft(struct linear *l, struct draft *draft)
{
        struct doc doc;
        struct err err;
        enum err_code rc = print_draft(draft, false, &doc, &err);
        print(l, rc, &doc, &err);
}

void linear_print_blank(struct linear *l, const char *form)
{
        struct doc doc;
        struct err err;
        enum err_code rc = print_blank(l->app, form, &doc, &err);
        print(l, rc, &doc, &err);
}
