/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae demo: the interface on an invented UGEL, in a folder of its own. */
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "ui/ui.h"

int cmd_demo(struct args *args, struct app *unused);

static void show_progress(void *ctx, int done, int total)
{
        (void)ctx;
        if (isatty(STDERR_FILENO))
                fprintf(stderr, _("\rInventando una UGEL: %d de %d"), done, total);
}

static int make(struct args *args, struct app *app)
{
        const char *scale = args_value(args, "--escala"), *seed = args_value(args, "--semilla");
        char *end = NULL;
        long times = scale ? strtol(scale, &end, 10) : 1;
        struct err err;
        if (scale && (*end || times < 1 || times > 1000))
                return cli_misused("demo", _("la escala va de 1 a 1000"));
        if (demo_make(app, seed ? seed : "simae", (int)times, show_progress, NULL, &err) != ERR_OK)
                return cli_refuse(&err);
        if (isatty(STDERR_FILENO))
                fputc('\n', stderr);
        return CLI_DONE;
}

static bool is_empty(struct app *app)
{
        struct store_counts counts;
        struct err err;
        return store_counts(app_store(app), &counts, &err) == ERR_OK && counts.records == 0 && counts.entities == 0;
}

int cmd_demo(struct args *args, struct app *unused)
{
        struct app *app;
        struct err err;
        (void)unused;
        char *dir = args_value(args, "--dir") ? xstrdup(args_value(args, "--dir")) : NULL;
        if (!dir) {
                char *own = app_default_dir(NULL);
                dir = xasprintf("%s-demo", own);
                free(own);
        }
        struct app_options options = {.dir = dir, .forms_dir = args_value(args, "--fichas"), .create = true};
        enum err_code rc = app_open(&options, &app, &err);
        if (rc != ERR_OK) {
                free(dir);
                return cli_refuse(&err);
        }
        int status = is_empty(app) ? make(args, app) : CLI_DONE;
        if (status == CLI_DONE && args_has(args, "--preparar"))
                printf(_("Datos inventados en %s\n"), dir);
        else if (status == CLI_DONE && ui_run(app, &err) != ERR_OK)
                status = cli_refuse(&err);
        app_close(app);
        free(dir);
        return status;
}
