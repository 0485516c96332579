/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae claves: identities of age, made and shown, in files that age-keygen and age read too. */
#include <string.h>

#include <sodium.h>

#include "base/clock.h"
#include "cli/cli.h"
#include "sync/age.h"

int cmd_claves(struct args *args, struct app *unused);

static enum err_code put_identity(const struct age_identity *identity, const char *path, struct err *err)
{
        char text[AGE_IDENTITY_FILE_TEXT];
        struct datetime now = clock_now();
        if (path)
                return age_identity_save(path, identity, &now, err);
        age_identity_file_text(identity, &now, text);
        fputs(text, stdout);
        sodium_memzero(text, sizeof text);
        return ERR_OK;
}

/* The public key goes to standard error, as age-keygen does: the secret may be on its way to a file. */
static int create(struct args *args)
{
        struct age_identity identity;
        char public[AGE_RECIPIENT_TEXT];
        struct err err;
        age_identity_make(&identity);
        age_recipient_text(&identity.recipient, public);
        enum err_code rc = put_identity(&identity, args_value(args, "--salida"), &err);
        age_identity_wipe(&identity);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        fprintf(stderr, _("Clave pública: %s\n"), public);
        return CLI_DONE;
}

static int show(struct args *args)
{
        struct age_keys *keys = age_keys_new();
        char public[AGE_RECIPIENT_TEXT];
        struct err err;
        enum err_code rc = age_keys_add_file(keys, args_word(args, 1), &err);
        for (int i = 0; i < age_keys_identities(keys); i++) {
                age_recipient_text(&age_keys_identity(keys, i)->recipient, public);
                puts(public);
        }
        age_keys_free(keys);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

int cmd_claves(struct args *args, struct app *unused)
{
        const char *what = args_word(args, 0);
        (void)unused;
        if (what && strcmp(what, "crear") == 0 && !args_word(args, 1))
                return create(args);
        if (what && strcmp(what, "mostrar") == 0 && args_word(args, 1))
                return show(args);
        return cli_misused("claves", _("diga crear, o mostrar y un archivo"));
}
