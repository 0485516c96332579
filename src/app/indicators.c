/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The indicators: those of the folder of forms, and those that the UGEL keeps
 * in its data folder (`formularios/indicadores.yaml`, written by hand or taken
 * in with its forms), which go before those with the same key.
 */
#include "app_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OWN_FOLDER "formularios"
#define INDICATORS_FILE "indicadores.yaml"

char *own_indicators(const char *dir)
{
        return xasprintf("%s/" OWN_FOLDER "/" INDICATORS_FILE, dir);
}

struct indicators *app_indicators_load(const char *forms_dir, const char *dir, struct err_list *mistakes)
{
        char *forms = app_find_forms_dir(forms_dir), *data = app_default_dir(dir), *own = own_indicators(data);
        struct indicators *indicators = indicators_load_with(forms, own, mistakes);
        free(forms);
        free(data);
        free(own);
        return indicators;
}

const struct indicators *app_indicators(struct app *app)
{
        struct err_list mistakes = {0};
        if (!app->indicators) {
                char *own = own_indicators(app->dir);
                app->indicators = indicators_load_with(app->forms_dir, own, &mistakes);
                free(own);
        }
        if (mistakes.n > 0 && !app->warning[0])
                snprintf(app->warning, sizeof app->warning, _("Hay indicadores con errores, que no se cuentan (%d): %.350s"),
                         mistakes.n, mistakes.items[0].text);
        err_list_release(&mistakes);
        return app->indicators;
}

/* ---- Taken in with forms ---- */

static enum err_code copy(const char *from, const char *to, struct err *err)
{
        char block[16384], *temporary = xasprintf("%s.nuevo", to);
        FILE *in = fopen(from, "rb"), *out = in ? fopen(temporary, "wb") : NULL;
        bool good = out != NULL;
        for (size_t n; good && (n = fread(block, 1, sizeof block, in)) > 0;)
                good = fwrite(block, 1, n, out) == n;
        if (in)
                fclose(in);
        if (out)
                good = fflush(out) == 0 && fsync(fileno(out)) == 0 && fclose(out) == 0 && good;
        enum err_code rc = good && rename(temporary, to) == 0 ? ERR_OK : err_set_errno(err, errno, _("no se pudo guardar %s"), to);
        free(temporary);
        return rc;
}

/* Those of the program, in a copy of its folder of forms, are no file of the UGEL's. */
static bool is_same(const char *path, const char *other)
{
        FILE *a = fopen(path, "rb"), *b = fopen(other, "rb");
        int one = EOF;
        bool same = a && b;
        while (same && (one = getc(a)) != EOF)
                same = one == getc(b);
        same = same && getc(b) == EOF;
        if (a)
                fclose(a);
        if (b)
                fclose(b);
        return same;
}

enum err_code indicators_install(struct app *app, const char *folder, struct err *err)
{
        char *from = xasprintf("%s/" INDICATORS_FILE, folder), *to = own_indicators(app->dir);
        char *into = xasprintf("%s/" OWN_FOLDER, app->dir), *shipped = xasprintf("%s/" INDICATORS_FILE, app->forms_dir);
        enum err_code rc = ERR_OK;
        if (access(from, F_OK) == 0 && !is_same(from, shipped))
                rc = mkdir(into, 0700) == 0 || errno == EEXIST ? copy(from, to, err)
                                                               : err_set_errno(err, errno, _("no se pudo crear la carpeta %s"), into);
        free(from);
        free(to);
        free(into);
        free(shipped);
        return rc;
}
