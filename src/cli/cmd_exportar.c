/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae exportar: a sealed bundle with every finalised record. */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli_keys.h"

int cmd_exportar(struct args *args, struct app *app);

enum { KEYS_MAX = 8 };

static void print_json(const struct export_result *done)
{
        struct str text = STR_INIT;
        json_t *report = json_pack("{s:s,s:I,s:I,s:I,s:I,s:i}", "archivo", done->path, "registros", (json_int_t)done->records,
                                   "revisiones", (json_int_t)done->revisions, "bytes", (json_int_t)done->bytes,
                                   "reservadas", (json_int_t)done->reserved, "claves", done->offices);
        json_write(&text, report);
        puts(text.text);
        json_decref(report);
        str_release(&text);
}

static void print_words(const struct export_result *done)
{
        printf(_("%s\n%lld registros, %lld revisiones, %lld bytes: copiado y comprobado\n"), done->path,
               (long long)done->records, (long long)done->revisions, (long long)done->bytes);
        if (done->offices == 0)
                printf(_("Cifrado con la frase de contraseña: dígala a la oficina por otro medio, nunca junto a la memoria\n"));
        else
                printf(done->offices == 1 ? _("Cifrado para %d clave\n") : _("Cifrado para %d claves\n"), done->offices);
        if (done->reserved)
                printf(done->reserved == 1
                               ? _("%lld revisión reservada no se incluyó; va solo a las claves aceptadas, o con --sensibles\n")
                               : _("%lld revisiones reservadas no se incluyeron; van solo a las claves aceptadas, o con --sensibles\n"),
                       (long long)done->reserved);
}

/* The passphrase of --frase or --frase-archivo, the caller's to wipe; "" without either. */
static enum err_code take_passphrase(const struct args *args, char out[AGE_PASSPHRASE_MAX + 2], struct err *err)
{
        const char *path = args_value(args, "--frase-archivo");
        out[0] = '\0';
        if (args_has(args, "--frase"))
                return cli_ask_passphrase(out, err);
        return path ? age_passphrase_read(path, out, err) : ERR_OK;
}

/* "age1…,age1…" taken apart in place. */
static int split_keys(char *list, const char *keys[KEYS_MAX])
{
        char *rest = NULL;
        int n = 0;
        for (char *key = strtok_r(list, ", ", &rest); key && n < KEYS_MAX; key = strtok_r(NULL, ", ", &rest))
                keys[n++] = key;
        return n;
}

int cmd_exportar(struct args *args, struct app *app)
{
        char passphrase[AGE_PASSPHRASE_MAX + 2], *list = xstrdup(args_value(args, "--clave") ? args_value(args, "--clave") : "");
        const char *keys[KEYS_MAX];
        struct export_options options = {.to = args_value(args, "--a"), .reserved = args_has(args, "--sensibles"), .keys = keys};
        struct export_result done;
        struct err err;
        options.keys_n = split_keys(list, keys);
        if (args_has(args, "--frase") + args_has(args, "--frase-archivo") + args_has(args, "--clave") > 1) {
                free(list);
                return cli_misused("exportar", _("--clave, --frase y --frase-archivo van de a una"));
        }
        enum err_code rc = take_passphrase(args, passphrase, &err);
        if (rc == ERR_OK) {
                options.passphrase = passphrase[0] ? passphrase : NULL;
                rc = app_export(app, &options, &done, &err);
        }
        sodium_memzero(passphrase, sizeof passphrase);
        free(list);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        if (args_has(args, "--json"))
                print_json(&done);
        else
                print_words(&done);
        return CLI_DONE;
}
