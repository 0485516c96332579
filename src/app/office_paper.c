/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The paper copy of the office's key, to a file or to the printer (contract in
 * app/keys.h).  It holds the secret: the file is only its owner's, and what the
 * printer is given goes with print_now()'s folder.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sodium.h>

#include "app/print.h"
#include "app_priv.h"
#include "base/file.h"
#include "base/mem.h"
#include "keys_priv.h"

static enum err_code paper(struct app *app, struct str *out, struct err *err)
{
        struct arena arena = {0};
        enum err_code rc = office_paper(app->dir, app_office_name(app, &arena), out, err);
        arena_release(&arena);
        return rc;
}

enum err_code app_paper_save(struct app *app, const char *folder, char ret_path[PAPER_PATH], struct err *err)
{
        struct str text = STR_INIT;
        struct stat st;
        bool own = !folder || !*folder;
        char *where = own ? xasprintf("%s/salida", app->dir) : xstrdup(folder);
        char path[PAPER_PATH];
        if (own)
                mkdir(where, 0700);
        enum err_code rc = paper(app, &text, err);
        if (rc == ERR_OK && (stat(where, &st) != 0 || !S_ISDIR(st.st_mode)))
                rc = err_set(err, ERR_NOT_FOUND, _("No existe la carpeta «%.300s». Revise el nombre, o déjelo vacío: la carpeta «salida» de simae."), where);
        if (rc == ERR_OK && snprintf(path, sizeof path, "%s/CLAVE-DE-LA-OFICINA.txt", where) >= (int)sizeof path)
                rc = err_set(err, ERR_INVALID, _("el nombre de la carpeta de destino es demasiado largo"));
        if (rc == ERR_OK)
                rc = file_write(path, text.text, text.len, err);
        if (rc == ERR_OK)
                memcpy(ret_path, path, sizeof path);
        sodium_memzero(text.text, text.len);
        str_release(&text);
        free(where);
        return rc;
}

/* Its paragraphs, as notes. */
static void fill_doc(struct doc *doc, char *text)
{
        doc_init(doc, "clave-de-la-oficina", _("Clave de la oficina"));
        doc->mark = _("Secreto");
        for (char *at = text, *end; *at; at = end) {
                end = strstr(at, "\n\n");
                if (end) {
                        *end = '\0';
                        end += 2;
                } else {
                        end = at + strlen(at);
                }
                doc_note(doc, at);
        }
}

enum err_code app_paper_print(struct app *app, struct err *err)
{
        struct str text = STR_INIT;
        struct doc doc;
        bool pdf;
        enum err_code rc = paper(app, &text, err);
        if (rc == ERR_OK) {
                size_t len = text.len;
                fill_doc(&doc, text.text);
                rc = print_now(app, &doc, &pdf, err);
                doc_release(&doc);
                sodium_memzero(text.text, len);
        }
        str_release(&text);
        return rc;
}
