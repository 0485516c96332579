/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * simae verificar: is a bundle whole, who signed it, and what does it carry?
 * No store is opened: the keys are those given, and those of keys/ if there is
 * a data folder.
 */
#include <stdlib.h>
#include <string.h>

#include "app/keys.h"
#include "base/json.h"
#include "cli_keys.h"
#include "sync/bundle.h"

int cmd_verificar(struct args *args, struct app *unused);

/* What is known of the key that signed: its name, and how far it is to be trusted. */
struct signer {
        const char *state; /* for --json */
        char name[KNOWN_NAME], words[WORDS_TEXT];
};

static bool is_own(const char *dir, const char *key)
{
        char recipient[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT];
        return office_exists(dir) && office_public(dir, recipient, signer, NULL) == ERR_OK && strcmp(signer, key) == 0;
}

static enum err_code find_signer(const char *dir, const struct bundle_info *info, struct signer *ret, struct err *err)
{
        struct keyring ring;
        enum err_code rc = keyring_load(dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        const struct known_key *found = info->is_signed ? keyring_find_key(&ring, info->key) : NULL;
        *ret = (struct signer){.state = !info->is_signed         ? "sin firma"
                                        : !found                 ? is_own(dir, info->key) ? "propia" : "desconocida"
                                        : found->kind == KNOWN_REVOKED ? "retirada"
                                                                 : "conocida"};
        if (found)
                memcpy(ret->name, found->name, sizeof ret->name);
        key_words(info->key, ret->words);
        keyring_release(&ring);
        return ERR_OK;
}

static void print_json(const struct bundle_info *info, const struct signer *signer)
{
        struct str text = STR_INIT;
        json_t *report = json_pack("{s:s,s:s,s:s,s:I,s:I,s:I,s:I,s:b,s:s,s:s,s:s,s:s}", "paquete", info->bundle, "de", info->from,
                                   "fecha", info->when, "registros", (json_int_t)info->records, "revisiones",
                                   (json_int_t)info->revisions, "fichas", (json_int_t)info->forms, "tiene",
                                   (json_int_t)info->have, "cifrado", info->sealed, "para", info->to, "clave", info->key,
                                   "firma", signer->state, "nombre", signer->name);
        json_write(&text, report);
        puts(text.text);
        json_decref(report);
        str_release(&text);
}

static void print_signer(const struct bundle_info *info, const struct signer *signer)
{
        if (!info->is_signed)
                puts(_("Sin cifrar y sin firma: lo hizo una versión anterior de simae; no se sabe de quién es"));
        else if (strcmp(signer->state, "desconocida") == 0)
                printf(_("Firmado con una clave que aquí no se conoce: %s\n"
                         "Si la laptop muestra las mismas palabras, acéptela: simae claves aceptar %s\n"), signer->words, info->key);
        else if (strcmp(signer->state, "retirada") == 0)
                printf(_("Firmado con una clave retirada (%s): no lo importe sin averiguar\n"), signer->name);
        else
                printf(_("Firmado con una clave conocida: %s\n"), signer->name[0] ? signer->name : signer->words);
        if (info->is_signed && !info->sealed)
                puts(_("Sin cifrar: alguien lo abrió; quien tenga el archivo puede leerlo"));
}

static void print_words(const struct bundle_info *info, const struct signer *signer)
{
        struct arena arena = {0};
        printf(_("Paquete entero: %s, %s, %s; de la laptop %.8s, %.10s\n"),
               arena_count(&arena, info->records, _("registro"), _("registros")),
               arena_count(&arena, info->revisions, _("revisión"), _("revisiones")),
               arena_count(&arena, info->forms, _("versión de fichas"), _("versiones de fichas")), info->from, info->when);
        arena_release(&arena);
        print_signer(info, signer);
}

static enum err_code verify(const struct args *args, const char *dir, struct bundle_info *info, struct signer *signer,
                            struct err *err)
{
        struct age_keys *keys = age_keys_new();
        enum err_code rc = cli_take_keys(args, keys, err);
        if (rc == ERR_OK && !cli_has_keys(args))
                rc = office_reading_keys(dir, keys, err);
        if (rc == ERR_OK)
                rc = bundle_read_with(args_word(args, 0), keys, NULL, info, err);
        if (rc == ERR_OK)
                rc = find_signer(dir, info, signer, err);
        age_keys_free(keys);
        return rc;
}

int cmd_verificar(struct args *args, struct app *unused)
{
        struct bundle_info info;
        struct signer signer;
        struct err err;
        (void)unused;
        if (!args_word(args, 0))
                return cli_misused("verificar", _("diga un archivo"));
        char *dir = app_default_dir(args_value(args, "--datos"));
        enum err_code rc = verify(args, dir, &info, &signer, &err);
        free(dir);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        if (args_has(args, "--json"))
                print_json(&info, &signer);
        else
                print_words(&info, &signer);
        return CLI_DONE;
}
