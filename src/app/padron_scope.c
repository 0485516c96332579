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

/* The profile's UGEL as the padrón names it, or NULL; *ret_unknown if it has one that cannot be told. */
static const char *own_code(struct app *app, const struct form *form, bool *ret_unknown)
{
        const char *own = app->profile.ugel;
        if (!own || !*own || is_code(own))
                return own && *own ? own : NULL;
        const struct choice_list *list = form_find_list(form, "ugel");
        const struct choice *choice = list ? choice_list_find(list, own) : NULL;
        const char *code = choice ? choice_column(choice, "padron") : NULL;
        *ret_unknown = !code || !is_code(code);
        return *ret_unknown ? NULL : code;
}

enum err_code scope_init(struct padron_scope *scope, const struct padron_options *options, struct app *app,
                         const struct form *form, struct err *err)
{
        *scope = (struct padron_scope){0};
        for (int i = 0; i < options->ugels_n; i++) {
                if (!is_code(options->ugels[i]))
                        return err_set(err, ERR_INVALID, _("«%.40s» no es un código de UGEL: son 6 dígitos, como 060001"),
                                       options->ugels[i]);
                add(scope, options->ugels[i]);
        }
        if (options->all || scope->n)
                return ERR_OK;
        const char *own = own_code(app, form, &scope->is_unknown);
        if (own)
                add(scope, own);
        scope->by_profile = own != NULL;
        return ERR_OK;
}

/* A DRE's code ends in 00 and stands for its region. */
static bool is_region(const char *code)
{
        return strcmp(code + UGEL_DIGITS - 2, "00") == 0;
}

static bool covers(const char *code, const char *ugel)
{
        return strncmp(code, ugel, is_region(code) ? UGEL_DIGITS - 2 : UGEL_DIGITS) == 0;
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
        const char *words = scope->n == 1 && is_region(scope->codes[0]) ? _("solo las UGEL de la DRE")
                            : scope->n == 1                             ? _("solo la UGEL")
                                                                        : _("solo las UGEL");
        if (scope->n == 0)
                return _("todas las UGEL del archivo");
        for (int i = 0; i < scope->n; i++)
                words = arena_printf(arena, "%s%s%s", words, i ? ", " : " ", scope->codes[i]);
        return scope->by_profile ? arena_printf(arena, _("%s, la suya"), words) : words;
}
