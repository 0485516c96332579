/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae verificar: is a bundle whole, and what does it carry? */
#include "base/json.h"
#include "cli/cli.h"
#include "sync/bundle.h"

int cmd_verificar(struct args *args, struct app *unused);

int cmd_verificar(struct args *args, struct app *unused)
{
        struct bundle_info info;
        struct err err;
        (void)unused;
        if (!args_word(args, 0) || args_word(args, 1))
                return cli_misused("verificar", _("diga un archivo"));
        if (bundle_read(args_word(args, 0), NULL, &info, &err) != ERR_OK)
                return cli_refuse(&err);
        if (args_has(args, "--json")) {
                struct str text = STR_INIT;
                json_t *report = json_pack("{s:s,s:s,s:s,s:I,s:I,s:I}", "paquete", info.bundle, "de", info.from, "fecha",
                                           info.when, "registros", (json_int_t)info.records, "revisiones",
                                           (json_int_t)info.revisions, "fichas", (json_int_t)info.forms);
                json_write(&text, report);
                puts(text.text);
                json_decref(report);
                str_release(&text);
        } else {
                printf(_("Paquete entero: %lld registros, %lld revisiones, %lld versiones de fichas; de la laptop %.8s, %.10s\n"),
                       (long long)info.records, (long long)info.revisions, (long long)info.forms, info.from, info.when);
        }
        return CLI_DONE;
}
