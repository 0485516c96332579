/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae claves, of others: what this laptop believes and seals for, and who asks to be accepted. */
#include <string.h>
#include <sys/stat.h>

#include "app/keys_file.h"
#include "app/laptops.h"
#include "cli_claves.h"

/* ---- What there is ---- */

static enum err_code print_device(struct app *app, struct err *err)
{
        struct arena arena = {0};
        struct sign_key key;
        char signer[SIGN_PUBLIC_TEXT];
        enum err_code rc = app_signing_key(app, &key, err);
        if (rc != ERR_OK)
                return rc;
        sign_public_text(&key.public, signer);
        sign_key_wipe(&key);
        claves_print_key(_("Clave de firma de esta laptop"), signer, "");
        const char *enrolment = app_enrolment_words(app, &arena);
        if (*enrolment)
                puts(enrolment);
        arena_release(&arena);
        return ERR_OK;
}

enum err_code claves_show(struct app *app, struct args *args, struct err *err)
{
        static const char *const labels[] = {[KNOWN_OFFICE] = _("Oficina aceptada"), [KNOWN_ISSUER] = _("Firma de una oficina aceptada"),
                                             [KNOWN_SIGNER] = _("Laptop aceptada"), [KNOWN_REVOKED] = _("Laptop retirada")};
        struct keyring ring;
        enum err_code rc = office_exists(app_dir(app)) ? claves_print_office(app_dir(app), err) : print_device(app, err);
        (void)args;
        if (rc == ERR_OK)
                rc = keyring_load(app_dir(app), &ring, err);
        if (rc != ERR_OK)
                return rc;
        for (int i = 0; i < ring.n; i++)
                claves_print_key(labels[ring.items[i].kind], ring.items[i].text, ring.items[i].name);
        keyring_release(&ring);
        return ERR_OK;
}

enum err_code claves_laptops(struct app *app, struct args *args, struct err *err)
{
        struct table table;
        enum err_code rc = app_laptops_table(app, &table, err);
        if (rc != ERR_OK)
                return rc;
        cli_print_table(args, &table, "texto");
        table_release(&table);
        return ERR_OK;
}

/* ---- Accepting ---- */

static void print_released(int64_t released)
{
        if (released > 0)
                printf(released == 1 ? _("%lld cambio que la esperaba vale desde ahora\n")
                                     : _("%lld cambios que la esperaban valen desde ahora\n"), (long long)released);
}

static enum err_code accept_key(struct app *app, const char *key, const char *name, struct err *err)
{
        int64_t released;
        enum err_code rc = app_laptop_accept(app, key, name, &released, err);
        if (rc == ERR_OK) {
                puts(_("1 clave aceptada; compare sus palabras con «simae claves mostrar»"));
                print_released(released);
        }
        return rc;
}

/* What `simae claves mostrar` printed: every key in it. */
static enum err_code accept_list(struct app *app, const char *path, const char *name, struct err *err)
{
        int n;
        enum err_code rc = keyring_accept_file(app_dir(app), path, name ? name : "", &n, err);
        if (rc == ERR_OK)
                printf(n == 1 ? _("%d clave aceptada; compare sus palabras con «simae claves mostrar»\n")
                              : _("%d claves aceptadas; compare sus palabras con «simae claves mostrar»\n"), n);
        return rc;
}

static const char *office_called(const struct keys_file *file)
{
        return *file->name ? file->name : _("una oficina sin nombre");
}

/* The words are typed, as heard from the office: nobody compares what he only has to confirm. */
static enum err_code accept_file(struct app *app, struct keys_file *file, const char *typed, struct err *err)
{
        if (!typed && !file->is_known)
                return err_set(err, ERR_REFUSED, _("son las claves de %s, firmadas por %s; si la oficina, por otro medio, le lee las mismas "
                                                   "palabras, repita con --palabras y esas seis palabras entre comillas"), office_called(file), file->words);
        if (typed && !keys_file_words_equal(file, typed))
                return err_set(err, ERR_REFUSED, _("no son las palabras de este archivo: no lo acepte, y pida otro a la oficina"));
        enum err_code rc = keys_file_accept(app, file, err);
        if (rc == ERR_OK)
                printf(file->offices_n == 1 ? _("Aceptadas las claves de %s: desde ahora se cifra para %d oficina\n")
                                            : _("Aceptadas las claves de %s: desde ahora se cifra para %d oficinas\n"), office_called(file), file->offices_n);
        return rc;
}

static enum err_code accept_path(struct app *app, struct args *args, const char *path, bool folder, struct err *err)
{
        struct keys_file file;
        if (!folder && !keys_file_is(path))
                return accept_list(app, path, args_value(args, "--nombre"), err);
        enum err_code rc = keys_file_read(app, path, &file, err);
        if (rc != ERR_OK)
                return rc;
        rc = accept_file(app, &file, args_value(args, "--palabras"), err);
        keys_file_release(&file);
        return rc;
}

static enum err_code accept_known(struct app *app, struct args *args, const char *what, struct err *err)
{
        struct arena arena = {0};
        struct laptop laptop;
        int64_t released;
        enum err_code rc = app_laptop_find(app, what, &arena, &laptop, err);
        if (rc == ERR_OK)
                rc = app_laptop_accept(app, laptop.key, args_value(args, "--nombre"), &released, err);
        if (rc == ERR_OK) {
                printf(_("Aceptada: %s. Sus palabras: %s\n"), *laptop.name ? laptop.name : laptop.device, laptop.words);
                print_released(released);
        }
        arena_release(&arena);
        return rc;
}

enum err_code claves_accept(struct app *app, struct args *args, struct err *err)
{
        const char *what = args_word(args, 1);
        struct stat st;
        if (str_starts(what, "age1") || str_starts(what, "RW"))
                return accept_key(app, what, args_value(args, "--nombre"), err);
        if (stat(what, &st) == 0)
                return accept_path(app, args, what, S_ISDIR(st.st_mode), err);
        return accept_known(app, args, what, err);
}

/* ---- Revoking and holding ---- */

enum err_code claves_drop(struct app *app, struct args *args, struct err *err)
{
        const char *what = args_word(args, 1);
        struct arena arena = {0};
        struct laptop laptop = {.key = what};
        bool is_key = str_starts(what, "age1") || str_starts(what, "RW");
        enum err_code rc = is_key ? ERR_OK : app_laptop_find(app, what, &arena, &laptop, err);
        if (rc == ERR_OK)
                rc = app_laptop_revoke(app, laptop.key, err);
        if (rc == ERR_OK)
                puts(_("Quitada. Lo que ya se envió no cambia"));
        arena_release(&arena);
        return rc;
}

enum err_code claves_hold(struct app *app, struct args *args, struct err *err)
{
        const char *what = args_word(args, 1);
        bool hold = strcmp(what, "si") == 0 || strcmp(what, "sí") == 0;
        if (!hold && strcmp(what, "no") != 0)
                return err_set(err, ERR_INVALID, _("diga «retener sí» o «retener no»"));
        if (!hold && office_exists(app_dir(app)))
                return err_set(err, ERR_REFUSED, _("una oficina retiene siempre lo que firma una laptop nueva, hasta que la acepten"));
        enum err_code rc = app_hold_set(app, hold, err);
        if (rc == ERR_OK)
                puts(hold ? _("Lo que firme una laptop nueva queda en espera hasta que usted la acepte")
                          : _("Lo que firme una laptop nueva vale al importarlo; lo de las quitadas sigue en espera"));
        return rc;
}
