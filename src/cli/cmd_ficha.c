/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae ficha: a record as the acta to sign, or a form as the blank for paper. */
#include "app/print.h"
#include "base/str.h"
#include "cli/cli.h"

int cmd_ficha(struct args *args, struct app *app);

/* A form by its name; else a record by its code or id. When it is neither, what is said is about both. */
static enum err_code find(struct app *app, const char *word, bool sensitive, struct doc *ret, struct err *err)
{
        struct err of_form, of_record;
        struct id id;
        enum err_code rc = print_blank(app, word, ret, &of_form);
        if (rc != ERR_NOT_FOUND) {
                *err = of_form;
                return rc;
        }
        rc = store_record_find(app_store(app), word, &id, &of_record);
        if (rc == ERR_OK)
                return print_record(app, &id, sensitive, ret, err);
        if (rc == ERR_NOT_FOUND)
                return err_set(err, rc, _("No hay una ficha ni un registro «%s». %s"), word, of_form.text);
        *err = of_record;
        return rc;
}

/* As --formato says; else as the ending of the file does; else text. */
static const char *format_of(const struct args *args)
{
        const char *chosen = args_value(args, "--formato"), *path = args_value(args, "--salida");
        if (chosen)
                return chosen;
        return path && (str_ends(path, ".html") || str_ends(path, ".htm")) ? "html" : "texto";
}

int cmd_ficha(struct args *args, struct app *app)
{
        const char *word = args_word(args, 0), *path = args_value(args, "--salida");
        const struct doc_format *format;
        struct doc doc;
        struct err err;
        if (!word)
                return cli_misused("ficha", _("diga el código de un registro o el nombre de una ficha"));
        if (doc_format_find(format_of(args), &format, &err) != ERR_OK ||
            find(app, word, args_has(args, "--sensibles"), &doc, &err) != ERR_OK)
                return cli_refuse(&err);
        enum err_code rc = path ? doc_to_file(&doc, format, path, &err) : doc_write(&doc, format, stdout, &err);
        doc_release(&doc);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}
