/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * simae claves: the keys of an office, and those of others that this laptop
 * seals for or believes (app/keys.h).  With --salida or a file it makes and
 * shows plain age identities, which need no data folder.
 */
#include <stdlib.h>
#include <string.h>

#include "app/keys.h"
#include "base/clock.h"
#include "base/mem.h"
#include "cli/cli.h"

int cmd_claves(struct args *args, struct app *unused);

static void print_key(const char *label, const char *text, const char *name)
{
        char words[WORDS_TEXT];
        key_words(text, words);
        printf("%s%s%s\n  %s\n  %s\n", label, *name ? ": " : "", name, text, words);
}

/* ---- Without a data folder ---- */

/* The public key goes to standard error, as age-keygen does: the secret may be on its way to a file. */
static int create_file(const char *path)
{
        struct age_identity identity;
        struct datetime now = clock_now();
        char public[AGE_RECIPIENT_TEXT];
        struct err err;
        age_identity_make(&identity);
        age_recipient_text(&identity.recipient, public);
        enum err_code rc = age_identity_save(path, &identity, &now, &err);
        age_identity_wipe(&identity);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        fprintf(stderr, _("Clave pública: %s\n"), public);
        return CLI_DONE;
}

static int show_file(const char *path)
{
        struct age_keys *keys = age_keys_new();
        char public[AGE_RECIPIENT_TEXT];
        struct err err;
        enum err_code rc = age_keys_add_file(keys, path, &err);
        for (int i = 0; i < age_keys_identities(keys); i++) {
                age_recipient_text(&age_keys_identity(keys, i)->recipient, public);
                puts(public);
        }
        age_keys_free(keys);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

/* ---- The office ---- */

static enum err_code make_from(const char *dir, const char *path, struct err *err)
{
        struct age_keys *keys = age_keys_new();
        enum err_code rc = path ? age_keys_add_file(keys, path, err) : ERR_OK;
        if (rc == ERR_OK)
                rc = office_make(dir, path ? age_keys_identity(keys, 0) : NULL, err);
        if (rc == ERR_OK)
                rc = office_test(dir, err);
        age_keys_free(keys);
        return rc;
}

static enum err_code print_office(const char *dir, struct err *err)
{
        char recipient[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT];
        enum err_code rc = office_public(dir, recipient, signer, err);
        if (rc == ERR_OK) {
                print_key(_("Clave de esta oficina, para cifrar"), recipient, "");
                print_key(_("Clave de esta oficina, de firma"), signer, "");
        }
        return rc;
}

static enum err_code create(struct app *app, struct args *args, struct err *err)
{
        enum err_code rc = make_from(app_dir(app), args_value(args, "--identidad"), err);
        if (rc == ERR_OK)
                rc = print_office(app_dir(app), err);
        if (rc == ERR_OK)
                fputs(_("Probada: abre lo que cifra. Imprima ahora su copia de papel con «simae claves papel» y pruébela cada "
                        "trimestre con «simae claves probar».\n"), stderr);
        return rc;
}

static enum err_code test(struct app *app, struct args *args, struct err *err)
{
        enum err_code rc = office_test(app_dir(app), err);
        (void)args;
        if (rc == ERR_OK)
                puts(_("La clave de la oficina abre lo que cifra y su firma se comprueba"));
        return rc;
}

static enum err_code paper(struct app *app, struct args *args, struct err *err)
{
        struct str text = STR_INIT;
        enum err_code rc = office_paper(app_dir(app), &text, err);
        (void)args;
        if (rc == ERR_OK)
                fputs(text.text, stdout);
        memset(text.text, 0, text.len);
        str_release(&text);
        return rc;
}

/* ---- Those of others ---- */

static enum err_code print_device(struct app *app, struct err *err)
{
        struct sign_key key;
        char signer[SIGN_PUBLIC_TEXT];
        enum err_code rc = app_signing_key(app, &key, err);
        if (rc != ERR_OK)
                return rc;
        sign_public_text(&key.public, signer);
        sign_key_wipe(&key);
        print_key(_("Clave de firma de esta laptop"), signer, "");
        return ERR_OK;
}

static enum err_code show(struct app *app, struct args *args, struct err *err)
{
        static const char *const labels[] = {[KNOWN_OFFICE] = _("Oficina aceptada"), [KNOWN_SIGNER] = _("Laptop aceptada"),
                                             [KNOWN_REVOKED] = _("Laptop retirada")};
        struct keyring ring;
        enum err_code rc = office_exists(app_dir(app)) ? print_office(app_dir(app), err) : print_device(app, err);
        (void)args;
        if (rc == ERR_OK)
                rc = keyring_load(app_dir(app), &ring, err);
        if (rc != ERR_OK)
                return rc;
        for (int i = 0; i < ring.n; i++)
                print_key(labels[ring.items[i].kind], ring.items[i].text, ring.items[i].name);
        keyring_release(&ring);
        return ERR_OK;
}

static enum err_code accept(struct app *app, struct args *args, struct err *err)
{
        const char *what = args_word(args, 1), *name = args_value(args, "--nombre");
        int n = 1;
        bool is_key = str_starts(what, "age1") || str_starts(what, "RW");
        enum err_code rc = is_key ? keyring_accept(app_dir(app), what, name ? name : "", err)
                                  : keyring_accept_file(app_dir(app), what, name ? name : "", &n, err);
        if (rc == ERR_OK)
                printf(n == 1 ? _("%d clave aceptada; compare sus palabras con «simae claves mostrar»\n")
                              : _("%d claves aceptadas; compare sus palabras con «simae claves mostrar»\n"), n);
        return rc;
}

static enum err_code drop(struct app *app, struct args *args, struct err *err)
{
        enum err_code rc = keyring_drop(app_dir(app), args_word(args, 1), err);
        if (rc == ERR_OK)
                puts(_("Quitada. Lo que ya se envió no cambia"));
        return rc;
}

static const struct action {
        const char *name;
        int words;
        enum err_code (*run)(struct app *app, struct args *args, struct err *err);
} actions[] = {
        {"crear", 1, create}, {"mostrar", 1, show}, {"probar", 1, test}, {"papel", 1, paper},
        {"aceptar", 2, accept}, {"quitar", 2, drop},
};

static int run_action(const struct action *action, struct args *args)
{
        struct app *app;
        struct err err;
        if (cli_open_app(args, true, &app, &err) != ERR_OK)
                return cli_refuse(&err);
        enum err_code rc = action->run(app, args, &err);
        app_close(app);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

int cmd_claves(struct args *args, struct app *unused)
{
        const char *what = args_word(args, 0);
        int words = !what ? 0 : args_word(args, 1) ? 2 : 1;
        (void)unused;
        if (words == 1 && strcmp(what, "crear") == 0 && args_has(args, "--salida"))
                return create_file(args_value(args, "--salida"));
        if (words == 2 && strcmp(what, "mostrar") == 0)
                return show_file(args_word(args, 1));
        for (size_t i = 0; what && i < ARRAY_LEN(actions); i++)
                if (strcmp(actions[i].name, what) == 0 && actions[i].words == words)
                        return run_action(&actions[i], args);
        return cli_misused("claves", _("diga crear, mostrar, aceptar y una clave, quitar y una clave, papel o probar"));
}
