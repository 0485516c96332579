/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae balance --formato html, poster or xlsx: the Balance as a document and not as a table. */
#include <string.h>
#include <unistd.h>

#include "app/figures.h"
#include "balance_report.h"
#include "base/str.h"

const struct figures_format *balance_report_format(const struct args *args)
{
        const char *chosen = args_value(args, "--formato"), *path = args_value(args, "--salida");
        if (chosen)
                return figures_format_find(chosen);
        if (args_has(args, "--json") || !path)
                return NULL;
        return str_ends(path, ".html") ? figures_format_find("html") : str_ends(path, ".xlsx") ? figures_format_find("xlsx") : NULL;
}

enum err_code balance_report(const struct args *args, struct app *app, const struct figures_wish *wish, struct err *err)
{
        const struct figures_format *format = balance_report_format(args);
        const char *path = args_value(args, "--salida");
        struct figures figures;
        if (!path && format->binary && isatty(STDOUT_FILENO))
                return err_set(err, ERR_REFUSED, _("el formato %s no se lee en la terminal; agregue --salida ARCHIVO%s"),
                               format->name, format->ending);
        enum err_code rc = app_figures(app, wish, &figures, err);
        if (rc != ERR_OK)
                return rc;
        rc = path ? figures_to_file(&figures, format, path, err) : figures_write(&figures, format, stdout, err);
        figures_release(&figures);
        return rc;
}
