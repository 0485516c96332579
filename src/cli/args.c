/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line taken apart by the rows of cli/options.def. */
#include <string.h>

#include "base/str.h"
#include "cli/cli.h"

static const struct { const char *name; bool takes_value; } known[] = {
#define OPTION(name, takes_value, about) {name, takes_value},
#include "cli/options.def"
#undef OPTION
};

static enum err_code unknown_option(const char *name, struct err *err)
{
        const char *names[ARRAY_LEN(known)];
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
                names[i] = known[i].name;
        const char *near = str_nearest(name, names, ARRAY_LEN(names));
        if (near)
                return err_set(err, ERR_USAGE, _("no existe la opción %s; ¿quiso decir %s?"), name, near);
        return err_set(err, ERR_USAGE, _("no existe la opción %s"), name);
}

/* The short names that age taught people; -i and nothing else, since "-3" is an expression. */
static const char *long_name(const char *arg)
{
        return strcmp(arg, "-i") == 0 ? "--identidad" : arg;
}

/* "--name value" or "--name=value" at argv[*i]. */
static enum err_code take_option(struct args *args, int argc, char **argv, int *i, struct err *err)
{
        char name[64];
        const char *arg = long_name(argv[*i]), *equals = strchr(arg, '=');
        size_t len = equals ? (size_t)(equals - arg) : strlen(arg);
        snprintf(name, sizeof name, "%.*s", (int)(len < sizeof name ? len : sizeof name - 1), arg);
        for (size_t k = 0; k < ARRAY_LEN(known); k++) {
                const char *value = equals ? equals + 1 : NULL;
                if (strcmp(known[k].name, name) != 0)
                        continue;
                if (known[k].takes_value && !value && ++*i < argc)
                        value = argv[*i];
                if (known[k].takes_value && !value)
                        return err_set(err, ERR_USAGE, _("la opción %s necesita un valor"), name);
                if (!known[k].takes_value && value)
                        return err_set(err, ERR_USAGE, _("la opción %s no lleva valor"), name);
                if (args_has(args, name) && strcmp(name, "--ugel") != 0)
                        return err_set(err, ERR_USAGE, _("la opción %s está dos veces"), name);
                if (args->options_n == (int)ARRAY_LEN(args->options))
                        return err_set(err, ERR_USAGE, _("hay demasiadas opciones"));
                args->options[args->options_n].name = known[k].name;
                args->options[args->options_n++].value = value;
                return ERR_OK;
        }
        return unknown_option(name, err);
}

enum err_code args_parse(struct args *args, int argc, char **argv, struct err *err)
{
        bool only_words = false;
        *args = (struct args){0};
        for (int i = 1; i < argc; i++) {
                if (!only_words && strcmp(argv[i], "--") == 0) {
                        only_words = true;
                } else if (!only_words && strncmp(long_name(argv[i]), "--", 2) == 0) {
                        enum err_code rc = take_option(args, argc, argv, &i, err);
                        if (rc != ERR_OK)
                                return rc;
                } else if (args->words_n == CLI_WORDS_MAX) {
                        return err_set(err, ERR_USAGE, _("hay demasiadas palabras; use una carpeta en vez de muchos archivos"));
                } else {
                        args->words[args->words_n++] = argv[i];
                }
        }
        return ERR_OK;
}

bool args_has(const struct args *args, const char *option)
{
        for (int i = 0; i < args->options_n; i++)
                if (strcmp(args->options[i].name, option) == 0)
                        return true;
        return false;
}

const char *args_value(const struct args *args, const char *option)
{
        for (int i = 0; i < args->options_n; i++)
                if (strcmp(args->options[i].name, option) == 0)
                        return args->options[i].value;
        return NULL;
}

const char *args_word(const struct args *args, int i)
{
        return i + 1 < args->words_n ? args->words[i + 1] : NULL;
}
