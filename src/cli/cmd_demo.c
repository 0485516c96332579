/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae demo: the interface on an invented UGEL, in a folder of its own. */
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "ui/linear.h"
#include "ui/ui.h"

int cmd_demo(struct args *args, struct app *unused);

static void show_progress(void *ctx, int done, int total)
{
        (void)ctx;
        if (isatty(STDERR_FILENO))
                fprintf(stderr, _("\rInventando una UGEL: %d de %d"), done, total);
}

/* How many times the records; -1 if it is not a number from 1 to 1000. */
static int scale_of(const struct args *args)
{
        const char *text = args_value(args, "--escala");
        char *end = NULL;
        long times = text ? strtol(text, &end, 10) : 1;
        return text && (end == text || *end || times < 1 || times > 1000) ? -1 : (int)times;
}

static int make(struct args *args, struct app *app)
{
        const char *seed = args_value(args, "--semilla");
        struct err err;
        if (demo_make(app, seed ? seed : "simae", scale_of(args), show_progress, NULL, &err) != ERR_OK)
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

static char *folder_of(const struct args *args)
{
        if (args_value(args, "--dir"))
                return xstrdup(args_value(args, "--dir"));
        char *own = app_default_dir(NULL), *dir = xasprintf("%s-demo", own);
        free(own);
        return dir;
}

static int run(struct args *args, struct app *app)
{
        struct err err;
        int status = is_empty(app) ? make(args, app) : CLI_DONE;
        if (status != CLI_DONE)
                return status;
        if (args_has(args, "--preparar")) {
                printf(_("Datos inventados en %s\n"), app_dir(app));
                return CLI_DONE;
        }
        enum err_code rc = linear_wanted(args_has(args, "--texto")) ? linear_run(app, &err) : ui_run(app, &err);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

int cmd_demo(struct args *args, struct app *unused)
{
        struct app *app;
        struct err err;
        (void)unused;
        if (scale_of(args) < 0)
                return cli_misused("demo", _("la escala va de 1 a 1000"));
        char *dir = folder_of(args);
        struct app_options options = {.dir = dir, .forms_dir = args_value(args, "--fichas"), .create = true};
        int status = app_open(&options, &app, &err) == ERR_OK ? CLI_DONE : cli_refuse(&err);
        if (status == CLI_DONE) {
                status = run(args, app);
                app_close(app);
        }
        free(dir);
        return status;
}
