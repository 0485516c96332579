/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * simae claves: the keys of an office.  Those of others that this laptop seals
 * for or believes (app/keys.h, app/laptops.h) are in claves_others.c.  With
 * --salida or a file it makes and shows plain age identities, which need no
 * data folder.
 */
#include <stdlib.h>
#include <string.h>

#include "app/keys_file.h"
#include "app/passphrase.h"
#include "base/clock.h"
#include "base/mem.h"
#include "cli_claves.h"

int cmd_claves(struct args *args, struct app *unused);

void claves_print_key(const char *label, const char *text, const char *name)
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

static enum err_code make_from(struct app *app, const char *path, const char *name, struct err *err)
{
        const char *dir = app_dir(app);
        struct age_keys *keys = age_keys_new();
        enum err_code rc = path ? age_keys_add_file(keys, path, err) : ERR_OK;
        if (rc == ERR_OK)
                rc = office_make(dir, path ? age_keys_identity(keys, 0) : NULL, err);
        if (rc == ERR_OK && name)
                rc = app_office_set_name(app, name, err);
        if (rc == ERR_OK)
                rc = app_office_test(app, err);
        age_keys_free(keys);
        return rc;
}

enum err_code claves_print_office(const char *dir, struct err *err)
{
        char recipient[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT];
        enum err_code rc = office_public(dir, recipient, signer, err);
        if (rc == ERR_OK) {
                claves_print_key(_("Clave de esta oficina, para cifrar"), recipient, "");
                claves_print_key(_("Clave de esta oficina, de firma"), signer, "");
        }
        return rc;
}

static enum err_code create(struct app *app, struct args *args, struct err *err)
{
        enum err_code rc = make_from(app, args_value(args, "--identidad"), args_value(args, "--nombre"), err);
        if (rc == ERR_OK)
                rc = claves_print_office(app_dir(app), err);
        if (rc == ERR_OK)
                fputs(_("Probada: abre lo que cifra. Imprima ahora su copia de papel con «simae claves papel» y pruébela cada "
                        "trimestre con «simae claves probar».\n"), stderr);
        return rc;
}

static enum err_code test(struct app *app, struct args *args, struct err *err)
{
        const char *paper = args_value(args, "--identidad");
        enum err_code rc = app_office_test(app, err);
        if (rc == ERR_OK)
                puts(_("La clave de la oficina abre lo que cifra y su firma se comprueba"));
        if (rc == ERR_OK && paper) {
                rc = office_test_paper(app_dir(app), paper, err);
                if (rc == ERR_OK)
                        puts(_("La copia de papel es la de esta oficina"));
        }
        return rc;
}

static enum err_code paper(struct app *app, struct args *args, struct err *err)
{
        struct str text = STR_INIT;
        struct arena arena = {0};
        enum err_code rc = office_paper(app_dir(app), app_office_name(app, &arena), &text, err);
        (void)args;
        if (rc == ERR_OK)
                fputs(text.text, stdout);
        memset(text.text, 0, text.len);
        str_release(&text);
        arena_release(&arena);
        return rc;
}

static enum err_code deliver(struct app *app, struct args *args, struct err *err)
{
        char path[KEYS_FILE_PATH], signer[SIGN_PUBLIC_TEXT], words[WORDS_TEXT];
        enum err_code rc = keys_file_save(app, args_value(args, "--a"), path, err);
        if (rc != ERR_OK)
                return rc;
        app_signer(app, signer);
        key_words(signer, words);
        printf(_("%s\nLa laptop lo recibe con «simae claves aceptar» o en «Claves y laptops»; léale por otro medio estas palabras: %s\n"),
               path, words);
        return ERR_OK;
}

static enum err_code phrase(struct app *app, struct args *args, struct err *err)
{
        char words[PASSPHRASE_TEXT];
        (void)app;
        (void)args;
        (void)err;
        passphrase_make(words);
        puts(words);
        explicit_bzero(words, sizeof words);
        return ERR_OK;
}

static const struct action {
        const char *name;
        int words;
        enum err_code (*run)(struct app *app, struct args *args, struct err *err);
} actions[] = {
        {"crear", 1, create}, {"mostrar", 1, claves_show}, {"probar", 1, test}, {"papel", 1, paper}, {"entregar", 1, deliver},
        {"laptops", 1, claves_laptops}, {"aceptar", 2, claves_accept}, {"quitar", 2, claves_drop}, {"retener", 2, claves_hold},
        {"frase", 1, phrase},
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
        return cli_misused("claves", _("diga crear, mostrar, laptops, aceptar y cuál, quitar y cuál, entregar, papel, probar, retener sí o no, o frase"));
}
