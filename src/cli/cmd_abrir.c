/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * simae abrir: the payload of a bundle, verified first, or of any age file,
 * chunk by chunk as each is known to be authentic, to standard output.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/keys.h"
#include "cli_keys.h"
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

static int open_bundle(const char *path)
{
        struct bundle_info info;
        struct err err;
        return bundle_read(path, NULL, &info, &err) == ERR_OK ? copy_out(path) : cli_refuse(&err);
}

/* ---- Files of age ---- */

struct output {
        struct byte_sink base;
        bool used;
};

static enum err_code write_out(struct byte_sink *sink, const void *bytes, size_t len, struct err *err)
{
        ((struct output *)sink)->used = true;
        if (fwrite(bytes, 1, len, stdout) == len)
                return ERR_OK;
        return err_set_errno(err, errno, _("no se pudo escribir toda la salida"));
}

/* Those given, else the office's own. */
static enum err_code take_keys(const struct args *args, struct age_keys *keys, struct err *err)
{
        if (cli_has_keys(args))
                return cli_take_keys(args, keys, err);
        char *dir = app_default_dir(args_value(args, "--datos"));
        enum err_code rc = office_reading_keys(dir, keys, err);
        free(dir);
        return rc;
}

static bool has_office(const struct args *args)
{
        char *dir = app_default_dir(args_value(args, "--datos"));
        bool has = office_exists(dir);
        free(dir);
        return has;
}

static int open_sealed(const struct args *args, const char *path)
{
        struct output out = {.base = {write_out}};
        struct age_keys *keys = age_keys_new();
        enum age_failure failure = AGE_OK;
        struct err err;
        enum err_code rc = take_keys(args, keys, &err);
        if (rc == ERR_OK)
                rc = age_open_file(path, keys, &out.base, &failure, &err);
        age_keys_free(keys);
        if (rc != ERR_OK && out.used)
                err_wrap(&err, _("lo escrito está incompleto, no lo use"));
        if (rc != ERR_OK)
                return cli_refuse(&err);
        return CLI_DONE;
}

int cmd_abrir(struct args *args, struct app *unused)
{
        const char *path = args_word(args, 0);
        bool sealed, has_keys = cli_has_keys(args);
        struct err err;
        (void)unused;
        if (!path)
                return cli_misused("abrir", _("diga un archivo"));
        if (isatty(STDOUT_FILENO))
                return cli_misused("abrir",
                                   _("el contenido puede no ser texto: añada «> archivo» o «| tar t»"));
        if (age_is_sealed(path, &sealed, &err) != ERR_OK)
                return cli_refuse(&err);
        if (sealed && !has_keys && !has_office(args))
                return cli_misused("abrir", _("%s está cifrado: añada --identidad o --frase-archivo"), path);
        if (!sealed && has_keys)
                fputs(_("simae: aviso: el archivo no está cifrado\n"), stderr);
        return sealed ? open_sealed(args, path) : open_bundle(path);
}
