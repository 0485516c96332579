/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae tabla: the records of a form as a table. */
#include <string.h>

#include "cli/cli.h"
#include "export/export.h"

int cmd_tabla(struct args *args, struct app *app);

/* With its repeats, if the format has room for several tables. */
static enum err_code make_table(const struct args *args, struct app *app, struct table *ret, struct err *err)
{
        const struct export_format *format = export_format_find(cli_table_format(args, "csv"));
        const char *name = args_word(args, 0);
        bool book = format && format->class->book && !strchr(name, '/');
        return (book ? records_book : records_table)(app, name, args_has(args, "--sensibles"), ret, err);
}

int cmd_tabla(struct args *args, struct app *app)
{
        struct table table;
        struct err err;
        if (!args_word(args, 0))
                return cli_misused("tabla", _("diga de qué ficha"));
        if (make_table(args, app, &table, &err) != ERR_OK)
                return cli_refuse(&err);
        int status = cli_print_table(args, &table, "csv");
        table_release(&table);
        return status;
}
