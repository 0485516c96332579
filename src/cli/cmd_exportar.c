/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae exportar: a sealed bundle with what the offices lack, or (--para) with what a laptop does. */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli_keys.h"

int cmd_exportar(struct args *args, struct app *app);

enum { KEYS_MAX = 8 };

/* As soon as it is there: after a failure one knows which are. */
static void print_path(void *ctx, const char *path)
{
        (void)ctx;
        puts(path);
        fflush(stdout);
}

static void note_path(void *ctx, const char *path)
{
        json_array_append_new(ctx, json_string(path));
}

static void print_json(const struct export_result *done, json_t *paths)
{
        struct str text = STR_INIT;
        json_t *report = json_pack("{s:s,s:O,s:I,s:I,s:I,s:I,s:I,s:i}", "archivo", done->path, "archivos", paths,
                                   "registros", (json_int_t)done->records,
                                   "revisiones", (json_int_t)done->revisions, "bytes", (json_int_t)done->bytes,
                                   "reservadas", (json_int_t)done->reserved, "tienen", (json_int_t)done->held, "claves", done->offices);
        json_write(&text, report);
        puts(text.text);
        json_decref(report);
        str_release(&text);
}

static void print_words(const struct export_result *done)
{
        struct arena arena = {0};
        if (done->parts > 1)
                printf(_("%d paquetes, cada uno completo: llévelos todos\n"), done->parts);
        printf(_("%s, %s, %lld bytes: copiado y comprobado\n"), arena_count(&arena, done->records, _("registro"), _("registros")),
               arena_count(&arena, done->revisions, _("revisión"), _("revisiones")), (long long)done->bytes);
        arena_release(&arena);
        if (done->held)
                printf(done->back ? _("Revisiones que no van, porque ya las tienen o no son de su UGEL: %lld\n")
                                  : _("Revisiones que no van, porque quien lo recibe ya dijo que las tiene: %lld\n"), (long long)done->held);
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

static int refuse(const struct err *err)
{
        int status = cli_refuse(err);
        if (err->code == ERR_NO_NEWS)
                fputs(_("Para llevar igual un acuse de lo recibido, repita con --acuse; con --todo va todo otra vez\n"), stderr);
        return status;
}

/* NULL, or what is wrong with the options together. */
static const char *check_options(const struct args *args)
{
        if (args_has(args, "--frase") + args_has(args, "--frase-archivo") + args_has(args, "--clave") > 1)
                return _("--clave, --frase y --frase-archivo van de a una");
        if (args_has(args, "--para") && (args_has(args, "--frase") || args_has(args, "--frase-archivo") || args_has(args, "--clave")))
                return _("--para ya dice para quién se cifra: no lleva --clave ni --frase");
        return NULL;
}

int cmd_exportar(struct args *args, struct app *app)
{
        char passphrase[AGE_PASSPHRASE_MAX + 2], *list = xstrdup(args_value(args, "--clave") ? args_value(args, "--clave") : "");
        const char *keys[KEYS_MAX];
        struct export_options options = {.to = args_value(args, "--a"), .back = args_value(args, "--para"),
                                         .reserved = args_has(args, "--sensibles"), .all = args_has(args, "--todo"),
                                         .anyway = args_has(args, "--acuse"), .keys = keys};
        struct export_result done;
        struct err err;
        json_t *paths = json_array();
        bool json = args_has(args, "--json");
        options.delivered = json ? note_path : print_path;
        options.ctx = paths;
        options.keys_n = split_keys(list, keys);
        if (check_options(args)) {
                free(list);
                json_decref(paths);
                return cli_misused("exportar", "%s", check_options(args));
        }
        enum err_code rc = take_passphrase(args, passphrase, &err);
        if (rc == ERR_OK) {
                options.passphrase = passphrase[0] ? passphrase : NULL;
                rc = app_export(app, &options, &done, &err);
        }
        sodium_memzero(passphrase, sizeof passphrase);
        free(list);
        if (rc == ERR_OK && json)
                print_json(&done, paths);
        else if (rc == ERR_OK)
                print_words(&done);
        json_decref(paths);
        return rc == ERR_OK ? CLI_DONE : refuse(&err);
}
