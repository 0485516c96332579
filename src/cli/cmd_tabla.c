/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae tabla: the records of a form as a table. */
#include "cli/cli.h"

int cmd_tabla(struct args *args, struct app *app);

int cmd_tabla(struct args *args, struct app *app)
{
        struct table table;
        struct err err;
        if (!args_word(args, 0))
                return cli_misused("tabla", _("diga de qué ficha"));
        if (records_table(app, args_word(args, 0), args_has(args, "--sensibles"), &table, &err) != ERR_OK)
                return cli_refuse(&err);
        int status = cli_print_table(args, &table, "csv");
        table_release(&table);
        return status;
}
