/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which UGEL of the list are taken in: those asked for, else the profile's, else all. */
#include "padron_priv.h"

#include <string.h>

static bool is_code(const char *text)
{
        return strlen(text) == UGEL_DIGITS && strspn(text, "0123456789") == UGEL_DIGITS;
}

static void add(struct padron_scope *scope, const char *code)
{
        snprintf(scope->codes[scope->n++], UGEL_DIGITS + 1, "%s", code);
}

enum err_code scope_init(struct padron_scope *scope, const struct padron_options *options, struct app *app,
                         struct err *err)
{
        *scope = (struct padron_scope){0};
        for (int i = 0; i < options->ugels_n; i++) {
                if (!is_code(options->ugels[i]))
                        return err_set(err, ERR_INVALID,
                                       _("«%.40s» no es un código de UGEL: son 6 dígitos, como 060001"),
                                       options->ugels[i]);
                add(scope, options->ugels[i]);
        }
        const char *own = app->profile.ugel;
        if (!options->all && scope->n == 0 && own && is_code(own)) {
                add(scope, own);
                scope->by_profile = true;
        }
        return ERR_OK;
}

/* A DRE's code ends in 00 and stands for its region. */
static bool covers(const char *code, const char *ugel)
{
        bool region = strcmp(code + UGEL_DIGITS - 2, "00") == 0;
        return strncmp(code, ugel, region ? UGEL_DIGITS - 2 : UGEL_DIGITS) == 0;
}

bool scope_holds(const struct padron_scope *scope, const char *ugel)
{
        bool held = scope->n == 0;
        for (int i = 0; !held && i < scope->n; i++)
                held = covers(scope->codes[i], ugel);
        return held;
}

const char *scope_words(const struct padron_scope *scope, struct arena *arena)
{
        const char *words = _("todas las UGEL del archivo");
        for (int i = 0; i < scope->n; i++)
                words = arena_printf(arena, "%s%s%s",
                                     i               ? words
                                     : scope->n == 1 ? _("solo la UGEL")
                                                     : _("solo las UGEL"),
                                     i ? ", " : " ", scope->codes[i]);
        return scope->by_profile ? arena_printf(arena, _("%s, la suya"), words) : words;
}
