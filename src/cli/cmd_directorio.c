/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae directorio: the padrón taken in, and the directory searched. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/padron.h"
#include "app/people.h"
#include "base/json.h"
#include "cli/cli.h"

int cmd_directorio(struct args *args, struct app *app);

enum { NOTES_SHOWN = 20, FOUND_MAX = 200 };

/* ---- importar ---- */

/* --ugel 060001,060002, and the codes that follow as words. */
static bool read_ugels(struct args *args, struct padron_options *options, struct arena *arena)
{
        struct str all = STR_INIT;
        for (int i = 0; i < args->options_n; i++)
                if (strcmp(args->options[i].name, "--ugel") == 0)
                        str_addf(&all, "%s ", args->options[i].value);
        for (int i = 2; args_word(args, i); i++)
                str_addf(&all, "%s ", args_word(args, i));
        char *text = arena_strdup(arena, all.text), *rest = NULL;
        str_release(&all);
        for (char *code = strtok_r(text, ", ", &rest); code; code = strtok_r(NULL, ", ", &rest)) {
                if (options->ugels_n == PADRON_UGELS_MAX)
                        return false;
                options->ugels[options->ugels_n++] = code;
        }
        return args_has(args, "--ugel") || options->ugels_n == 0;
}

static void show_progress(int percent)
{
        if (isatty(STDERR_FILENO))
                fprintf(stderr, "\r%3d %%%s", percent, percent == 100 ? "\r     \r" : "");
}

static void print_json(const struct padron *padron, const char *notes)
{
        const struct padron_result *r = padron_result(padron);
        const struct padron_scan *scan = padron_scan(padron);
        struct str text = STR_INIT;
        json_t *report =
                json_pack("{s:s,s:s,s:I,s:s,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:s}", "formato", scan->kind,
                          "codificacion", scan->encoding, "filas", (json_int_t)scan->rows, "ambito",
                          scan->scope, "nuevas", (json_int_t)r->added, "actualizadas", (json_int_t)r->updated,
                          "iguales", (json_int_t)r->same, "inactivas_marcadas", (json_int_t)r->inactive,
                          "con_error", (json_int_t)r->bad, "conservados", (json_int_t)r->kept,
                          "sin_traduccion", (json_int_t)r->ignored, "ya_no_figuran", (json_int_t)r->gone,
                          "de_otra_ugel", (json_int_t)r->outside, "avisos", notes);
        json_write(&text, report);
        puts(text.text);
        json_decref(report);
        str_release(&text);
}

/* The first rows with an error, and how many more there are. */
static void print_bad(const struct padron_result *result)
{
        int shown = 0;
        for (int i = 0; i < result->notes.rows_n && shown < NOTES_SHOWN; i++) {
                if (strcmp(table_cell(&result->notes, i, 1), "error") != 0)
                        continue;
                printf(_("  fila %s: %s%s%s\n"), table_cell(&result->notes, i, 0),
                       table_cell(&result->notes, i, 2), *table_cell(&result->notes, i, 2) ? ": " : "",
                       table_cell(&result->notes, i, 4));
                shown++;
        }
        if (result->bad > shown)
                printf(_("  … y %lld más\n"), (long long)(result->bad - shown));
}

static void print_words(const struct padron *padron, bool dry_run, struct arena *arena)
{
        const struct padron_scan *scan = padron_scan(padron);
        printf(_("%s en %s, %s %s; %s.\n"), scan->kind, scan->encoding, padron_number(scan->rows, arena),
               scan->rows == 1 ? _("fila") : _("filas"), scan->scope);
        printf("%s%s.\n", dry_run ? _("No se guardó nada; esto es lo que pasaría: ") : "",
               padron_words(padron_result(padron), arena));
        print_bad(padron_result(padron));
        fputs(padron_remarks(padron, arena), stdout);
}

static int finish(struct args *args, const struct padron *padron, struct arena *arena)
{
        const char *notes = "";
        struct err err;
        enum err_code rc = ERR_OK;
        bool any = padron_result(padron)->notes.rows_n > 0;
        if (any || args_value(args, "--rechazos"))
                rc = padron_write_notes(padron, args_value(args, "--rechazos"), arena, &notes, &err);
        if (args_has(args, "--json"))
                print_json(padron, notes);
        else
                print_words(padron, args_has(args, "--simular"), arena);
        if (rc == ERR_OK && *notes && !args_has(args, "--json"))
                printf(_("Todos los avisos están en %s\n"), notes);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

static int run_import(struct args *args, struct app *app, const struct padron_options *options,
                      struct arena *arena)
{
        struct padron *padron;
        struct err err;
        int percent = 0;
        enum err_code rc = padron_open(app, options, &padron, &err);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        while (rc == ERR_OK && percent < 100) {
                rc = padron_step(padron, &percent, &err);
                if (rc == ERR_OK)
                        show_progress(percent);
        }
        int status = rc == ERR_OK ? finish(args, padron, arena) : cli_refuse(&err);
        padron_close(padron);
        return status;
}

static int import(struct args *args, struct app *app)
{
        struct arena arena = {0};
        struct padron_options options = {.path = args_word(args, 1),
                                         .encoding = args_value(args, "--codificacion"),
                                         .all = args_has(args, "--todo"),
                                         .zeros = args_has(args, "--ceros"),
                                         .personal = args_has(args, "--personales"),
                                         .active_only = args_has(args, "--activas"),
                                         .dry_run = args_has(args, "--simular")};
        int status;
        if (!options.path)
                status = cli_misused("directorio", _("diga qué archivo importar"));
        else if (!read_ugels(args, &options, &arena))
                status = cli_misused("directorio", _("sobra «%s»"), args_word(args, 2));
        else if (options.all && options.ugels_n)
                status = cli_misused("directorio", _("--todo y --ugel no van juntas"));
        else
                status = run_import(args, app, &options, &arena);
        arena_release(&arena);
        return status;
}

/* ---- buscar ---- */

static int search(struct args *args, struct app *app)
{
        struct arena arena = {0};
        struct store_record *found;
        struct table table;
        struct err err;
        int n;
        struct store_query query = {
                .entities = true, .order = ORDER_TITLE, .limit = FOUND_MAX, .text = args_word(args, 1)};
        if (!query.text)
                return cli_misused("directorio", _("diga qué buscar"));
        if (args_word(args, 2))
                return cli_misused("directorio", _("sobra «%s»; ponga el texto entre comillas"),
                                   args_word(args, 2));
        if (store_record_list(app_store(app), &query, &arena, &found, &n, &err) != ERR_OK)
                return cli_refuse(&err);
        table_init(&table, _("Directorio"));
        table_add_column(&table, "codigo", _("Código"), CELL_TEXT);
        table_add_column(&table, "formulario", _("Ficha"), CELL_TEXT);
        table_add_column(&table, "titulo", _("Título"), CELL_TEXT);
        for (int i = 0; i < n; i++) {
                char code[CODE_TEXT];
                int row = table_add_row(&table);
                table_set(&table, row, 0, id_code(&found[i].id, code));
                table_set(&table, row, 1, found[i].form);
                table_set(&table, row, 2, found[i].title);
        }
        int status = cli_print_table(args, &table, "texto");
        if (n == FOUND_MAX)
                fprintf(stderr, _("simae: son más de %d; escriba más palabras\n"), FOUND_MAX);
        table_release(&table);
        arena_release(&arena);
        return status;
}

/* ---- People with two records ---- */

static int duplicates(struct args *args, struct app *app)
{
        struct arena arena = {0};
        const struct people_pair *pairs;
        struct table table;
        struct err err;
        int n;
        if (people_duplicates(app, args_value(args, "--ugel"), &arena, &pairs, &n, &err) != ERR_OK)
                return cli_refuse(&err);
        table_init(&table, _("Personas que pueden ser la misma"));
        table_add_column(&table, "codigo_a", _("Código"), CELL_TEXT);
        table_add_column(&table, "persona_a", _("Persona"), CELL_TEXT);
        table_add_column(&table, "codigo_b", _("Código"), CELL_TEXT);
        table_add_column(&table, "persona_b", _("Persona"), CELL_TEXT);
        table_add_column(&table, "motivo", _("Por qué"), CELL_TEXT);
        for (int i = 0; i < n; i++) {
                char code[CODE_TEXT];
                int row = table_add_row(&table);
                table_set(&table, row, 0, id_code(&pairs[i].a, code));
                table_set(&table, row, 1, pairs[i].a_title);
                table_set(&table, row, 2, id_code(&pairs[i].b, code));
                table_set(&table, row, 3, pairs[i].b_title);
                table_set(&table, row, 4, pairs[i].why);
        }
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        arena_release(&arena);
        return status;
}

/* The two people of a command; 0 if they were found. */
static int two_people(struct args *args, struct app *app, struct id *a, struct id *b)
{
        struct err err;
        if (!args_word(args, 2) || args_word(args, 3))
                return cli_misused("directorio", _("diga dos personas, por su código"));
        if (store_record_find(app_store(app), args_word(args, 1), a, &err) != ERR_OK ||
            store_record_find(app_store(app), args_word(args, 2), b, &err) != ERR_OK)
                return cli_refuse(&err);
        return CLI_DONE;
}

static int join(struct args *args, struct app *app)
{
        struct id keep, drop;
        struct err err;
        char code[CODE_TEXT];
        int status = two_people(args, app, &keep, &drop);
        if (status != CLI_DONE)
                return status;
        if (people_join(app, &keep, &drop, &err) != ERR_OK)
                return cli_refuse(&err);
        printf(_("Unidas: queda %s\n"), id_code(&keep, code));
        return CLI_DONE;
}

static int tell_apart(struct args *args, struct app *app)
{
        struct id a, b;
        struct err err;
        int status = two_people(args, app, &a, &b);
        if (status != CLI_DONE)
                return status;
        if (people_tell_apart(app, &a, &b, &err) != ERR_OK)
                return cli_refuse(&err);
        printf(_("Son dos personas: no se volverán a proponer\n"));
        return CLI_DONE;
}

int cmd_directorio(struct args *args, struct app *app)
{
        static const struct {
                const char *name;
                int (*run)(struct args *, struct app *);
        } verbs[] = {{"importar", import},
                     {"buscar", search},
                     {"duplicados", duplicates},
                     {"unir", join},
                     {"distintas", tell_apart}};
        const char *verb = args_word(args, 0);
        for (size_t i = 0; verb && i < ARRAY_LEN(verbs); i++)
                if (strcmp(verbs[i].name, verb) == 0)
                        return verbs[i].run(args, app);
        return cli_misused("directorio", _("diga importar, buscar, duplicados, unir o distintas"));
}
