/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae exportar: a bundle with every finalised record. */
#include "base/json.h"
#include "cli/cli.h"

int cmd_exportar(struct args *args, struct app *app);

int cmd_exportar(struct args *args, struct app *app)
{
        struct export_result done;
        struct err err;
        if (app_export(app, args_value(args, "--a"), args_has(args, "--sensibles"), &done, &err) != ERR_OK)
                return cli_refuse(&err);
        if (args_has(args, "--json")) {
                struct str text = STR_INIT;
                json_t *report = json_pack("{s:s,s:I,s:I,s:I,s:I}", "archivo", done.path, "registros", (json_int_t)done.records,
                                           "revisiones", (json_int_t)done.revisions, "bytes", (json_int_t)done.bytes,
                                           "reservadas", (json_int_t)done.reserved);
                json_write(&text, report);
                puts(text.text);
                json_decref(report);
                str_release(&text);
        } else {
                printf(_("%s\n%lld registros, %lld revisiones, %lld bytes: copiado y comprobado\n"), done.path,
                       (long long)done.records, (long long)done.revisions, (long long)done.bytes);
                if (done.reserved)
                        printf(done.reserved == 1 ? _("%lld revisión reservada no se incluyó; va solo con --sensibles\n")
                                                  : _("%lld revisiones reservadas no se incluyeron; van solo con --sensibles\n"),
                               (long long)done.reserved);
        }
        return CLI_DONE;
}
