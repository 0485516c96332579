/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae abrir: the payload of a bundle, verified first, to standard output. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "sync/bundle.h"

int cmd_abrir(struct args *args, struct app *unused);

static int copy_out(const char *path)
{
        char block[65536];
        size_t n;
        struct err err;
        FILE *file = fopen(path, "rb");
        if (!file) {
                err_set_errno(&err, errno, _("no se puede abrir %s"), path);
                return cli_refuse(&err);
        }
        while ((n = fread(block, 1, sizeof block, file)) > 0)
                fwrite(block, 1, n, stdout);
        bool bad = ferror(file) != 0;
        fclose(file);
        if (bad) {
                err_set(&err, ERR_IO, _("no se pudo leer todo %s; copie el archivo al disco y repita"), path);
                return cli_refuse(&err);
        }
        return CLI_DONE;
}

int cmd_abrir(struct args *args, struct app *unused)
{
        struct bundle_info info;
        struct err err;
        (void)unused;
        if (!args_word(args, 0) || args_word(args, 1))
                return cli_misused("abrir", _("diga un archivo"));
        if (isatty(STDOUT_FILENO))
                return cli_misused("abrir", _("el contenido no es texto: añada «> archivo.tar» o «| tar t»"));
        if (bundle_read(args_word(args, 0), NULL, &info, &err) != ERR_OK)
                return cli_refuse(&err);
        return copy_out(args_word(args, 0));
}
