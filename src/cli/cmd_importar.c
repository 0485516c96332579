/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae importar: bundles of other laptops in, and what of them waits. */
#include <string.h>

#include "app/incoming.h"
#include "app/keys.h"
#include "app/receipt.h"
#include "base/json.h"
#include "cli_keys.h"

int cmd_importar(struct args *args, struct app *app);

static json_t *counts_json(const struct import_counts *counts)
{
        return json_pack("{s:I,s:I,s:I,s:I,s:I}", "nuevos", (json_int_t)counts->added, "actualizados",
                         (json_int_t)counts->updated, "ya_recibidos", (json_int_t)counts->known, "en_espera",
                         (json_int_t)counts->waiting, "rechazados", (json_int_t)counts->rejected);
}

/* One object for each bundle, a line each: what scripts read. */
static void print_json(const struct import_result *result)
{
        for (int i = 0; i < result->n; i++) {
                const struct import_bundle *bundle = &result->bundles[i];
                struct str text = STR_INIT;
                json_t *report = counts_json(&bundle->counts);
                json_object_set_new(report, "archivo", json_string(bundle->file));
                json_object_set_new(report, "laptop", json_string(bundle->device));
                json_object_set_new(report, "fecha", json_string(bundle->made));
                json_object_set_new(report, "repetido", json_boolean(bundle->again));
                json_object_set_new(report, "espera", json_string(bundle->waits));
                json_object_set_new(report, "problema", bundle->problem ? json_string(bundle->problem) : json_null());
                json_write(&text, report);
                puts(text.text);
                json_decref(report);
                str_release(&text);
        }
}

static void print_words(const struct import_result *result)
{
        struct arena arena = {0};
        for (int i = 0; i < result->n; i++) {
                const struct import_bundle *bundle = &result->bundles[i];
                const char *slash = strrchr(bundle->file, '/');
                if (bundle->foreign && result->foreign)
                        continue; /* told in the sum */
                if (bundle->problem)
                        fprintf(stderr, _("simae: no entró %s\n"), bundle->problem);
                else
                        printf("%s: %s\n", slash ? slash + 1 : bundle->file,
                               import_words(&bundle->counts, bundle->waits, bundle->wrong, &arena));
        }
        if (result->foreign)
                puts(import_foreign_words(result, &arena));
        arena_release(&arena);
}

static void add_total(struct import_counts *total, const struct import_counts *more)
{
        total->added += more->added;
        total->updated += more->updated;
        total->known += more->known;
        total->waiting += more->waiting;
        total->rejected += more->rejected;
}

struct all { struct age_keys *keys; struct receipt *receipt; struct import_counts total; int bundles, failed; };

/* One path: a file that does not go in is told like one of a folder. */
static int take(struct args *args, struct app *app, const char *path, struct all *all)
{
        struct import_result result;
        struct err err;
        if (app_import(app, path, all->keys, NULL, NULL, &result, &err) != ERR_OK) {
                all->failed++;
                return cli_refuse(&err);
        }
        if (args_has(args, "--json"))
                print_json(&result);
        else
                print_words(&result);
        fflush(stdout);
        if (all->receipt)
                receipt_add(all->receipt, &result);
        add_total(&all->total, &result.total);
        all->bundles += result.n - result.failed - result.foreign;
        all->failed += result.failed;
        import_release(&result);
        return CLI_DONE;
}

static int show_waiting(struct args *args, struct app *app)
{
        const char *path = args_value(args, "--salida");
        struct table table;
        struct err err;
        int n;
        if (path) {
                if (app_waiting_save(app, path, &n, &err) != ERR_OK)
                        return cli_refuse(&err);
                printf(n == 1 ? _("%d revisión en %s\n") : _("%d revisiones en %s\n"), n, path);
                return CLI_DONE;
        }
        if (app_waiting_table(app, &table, &err) != ERR_OK)
                return cli_refuse(&err);
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        return status;
}

/* Those of this laptop and those given. */
static enum err_code take_keys(const struct args *args, struct app *app, struct age_keys *keys, struct err *err)
{
        enum err_code rc = app_reading_keys(app, keys, err);
        return rc == ERR_OK ? cli_take_keys(args, keys, err) : rc;
}

static int take_all(struct args *args, struct app *app, struct all *all)
{
        struct arena arena = {0};
        struct err err;
        if (take_keys(args, app, all->keys, &err) != ERR_OK)
                return cli_refuse(&err);
        app_leave_behind(app, !all->receipt); /* which names people */
        for (int i = 0; args_word(args, i); i++)
                take(args, app, args_word(args, i), all);
        if (all->bundles > 1 && !args_has(args, "--json"))
                printf(_("En total, de %d paquetes: %s\n"), all->bundles, import_words(&all->total, "", "", &arena));
        arena_release(&arena);
        return all->failed ? CLI_REFUSED : CLI_DONE;
}

/* Once, after the last bundle; or by whoever comes next. */
static int catch_up(struct args *args, struct app *app)
{
        struct err err;
        int64_t behind = 0;
        if (!args_has(args, "--luego"))
                return app_catch_up(app, cli_tell_derived, NULL, &err) == ERR_OK ? CLI_DONE : cli_refuse(&err);
        if (app_behind(app, &behind, &err) != ERR_OK)
                return cli_refuse(&err);
        if (behind > 0)
                fprintf(stderr, _("Las listas y el Balance se pondrán al día con la próxima orden de simae que no lleve --luego, o al abrirlo.\n"));
        return CLI_DONE;
}

/* As its ending says: a page, or else text. */
static int save_receipt(struct receipt *receipt, const char *path)
{
        const struct doc_format *format;
        struct doc doc;
        struct err err;
        bool empty = receipt_is_empty(receipt);
        receipt_end(receipt, &doc);
        enum err_code rc = empty ? err_set(&err, ERR_REFUSED, _("Ningún paquete entró: no hay de qué dar constancia."))
                                 : doc_format_find(str_ends(path, ".html") ? "html" : "texto", &format, &err);
        if (rc == ERR_OK)
                rc = doc_to_file(&doc, format, path, &err);
        doc_release(&doc);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        fprintf(stderr, _("Constancia en %s\n"), path);
        return CLI_DONE;
}

int cmd_importar(struct args *args, struct app *app)
{
        const char *receipt = args_value(args, "--constancia");
        if (args_has(args, "--espera"))
                return args_word(args, 0) ? cli_misused("importar", _("con --espera no va un archivo")) : show_waiting(args, app);
        if (!args_word(args, 0))
                return cli_misused("importar", _("diga un paquete o una carpeta"));
        if (receipt && args_has(args, "--luego"))
                return cli_misused("importar", _("con --constancia no va --luego: la constancia nombra a personas de las listas"));
        struct all all = {.keys = age_keys_new(), .receipt = receipt ? receipt_begin(app) : NULL};
        int status = take_all(args, app, &all);
        if (catch_up(args, app) != CLI_DONE)
                status = CLI_REFUSED;
        if (receipt && save_receipt(all.receipt, receipt) != CLI_DONE)
                status = CLI_REFUSED;
        age_keys_free(all.keys);
        return status;
}
