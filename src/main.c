/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae: without words it is the interface, with words a subcommand. */
#include <locale.h>
#include <sodium.h>

#include "cli/cli.h"
#include "ui/linear.h"
#include "ui/ui.h"

static int run_interface(struct args *args)
{
        struct app *app;
        struct err err;
        if (cli_open_app(args, true, &app, &err) != ERR_OK)
                return cli_refuse(&err);
        enum err_code rc = cli_compute_facts(app, &err);
        if (rc != ERR_OK && rc != ERR_CANCELLED) { /* stopped: it goes on at the next start */
                app_close(app);
                return cli_refuse(&err);
        }
        rc = linear_wanted(args_has(args, "--texto")) ? linear_run(app, &err) : ui_run(app, &err);
        if (rc == ERR_OK)
                rc = store_keep_backup(app_store(app), &err); /* once a day at most; backups/ */
        app_close(app);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

/* Only --texto, --datos and --fichas go with the interface. */
static bool is_interface(const struct args *args)
{
        int own = args_has(args, "--texto") + args_has(args, "--datos") + args_has(args, "--fichas");
        return args->words_n == 0 && args->options_n == own;
}

int main(int argc, char **argv)
{
        struct args args;
        struct err err;
        setlocale(LC_CTYPE, "");
        if (sodium_init() < 0)
                return CLI_REFUSED;
        if (args_parse(&args, argc, argv, &err) != ERR_OK)
                return cli_misused(NULL, "%s", err.text);
        return is_interface(&args) ? run_interface(&args) : cli_run(&args);
}
