/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dispatch of subcommands, help and the pieces they share (contract in cli/cli.h). */
#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/incoming.h"
#include "base/json.h"
#include "export/export.h"

#define COMMAND(symbol, name, needs, words, usage, about) int cmd_##symbol(struct args *args, struct app *app);
#include "cli/commands.def"
#undef COMMAND

static const struct command commands[] = {
#define COMMAND(symbol, name, needs, words, usage, about) {name, usage, about, words, NEEDS_##needs, cmd_##symbol},
#include "cli/commands.def"
#undef COMMAND
};

static const struct command *find_command(const char *name)
{
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
                if (strcmp(commands[i].name, name) == 0)
                        return &commands[i];
        return NULL;
}

/* ---- Help ---- */

static void print_options(void)
{
        static const struct { const char *name; bool value; const char *about; } options[] = {
#define OPTION(name, takes_value, about) {name, takes_value, about},
#include "cli/options.def"
#undef OPTION
        };
        for (size_t i = 0; i < ARRAY_LEN(options); i++)
                printf("  %-15s %s\n", options[i].name, options[i].about);
}

static int print_help(void)
{
        printf(_("simae %s: fichas de monitoreo sin internet\n\n"
                 "  simae                    abre el programa\n"), SIMAE_VERSION);
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
                printf("  simae %-18s %s\n", commands[i].name, commands[i].about);
        printf(_("\nOpciones:\n"));
        print_options();
        printf(_("\n«simae ORDEN --help» muestra cómo se escribe cada orden.\n"));
        return CLI_DONE;
}

static int print_usage(const struct command *command)
{
        printf(_("Uso: simae %s %s\n%s.\n"), command->name, command->usage, command->about);
        return CLI_DONE;
}

/* ---- Shared pieces ---- */

int cli_refuse(const struct err *err)
{
        fprintf(stderr, "simae: %s\n", err->text);
        return CLI_REFUSED;
}

int cli_misused(const char *command, const char *format, ...)
{
        const struct command *row = command ? find_command(command) : NULL;
        va_list args;
        fputs("simae: ", stderr);
        va_start(args, format);
        vfprintf(stderr, format, args);
        va_end(args);
        if (row)
                fprintf(stderr, _("\nUso: simae %s %s\n"), row->name, row->usage);
        else
                fprintf(stderr, _("\nPruebe «simae --help».\n"));
        return CLI_MISUSED;
}

void cli_print_mistakes(const struct err_list *mistakes, bool json)
{
        json_t *array = json_array();
        struct str text = STR_INIT;
        for (int i = 0; i < mistakes->n; i++) {
                const struct err *err = &mistakes->items[i];
                if (json)
                        json_array_append_new(array, json_pack("{s:i,s:i,s:s}", "line", err->line, "column",
                                                               err->column, "text", err->text));
                else
                        fprintf(stderr, "%s\n", err->text);
        }
        if (json) {
                json_write(&text, array);
                puts(text.text);
        }
        str_release(&text);
        json_decref(array);
}

bool cli_tell_derived(void *ctx, int64_t done, int64_t all)
{
        char text[DERIVED_TEXT];
        (void)ctx;
        if (isatty(STDERR_FILENO))
                fprintf(stderr, "\r%s%s", derived_words(done, all, text), done == all ? "    \n" : ""); /* over a longer one */
        return true;
}

enum err_code cli_open_app(const struct args *args, bool create, struct app **ret, struct err *err)
{
        struct app_options options = {.dir = args_value(args, "--datos"), .forms_dir = args_value(args, "--fichas"),
                                      .create = create, .later = args_has(args, "--luego"), .progress = cli_tell_derived};
        struct stat st;
        if (options.forms_dir && (stat(options.forms_dir, &st) != 0 || !S_ISDIR(st.st_mode)))
                return err_set(err, ERR_NOT_FOUND, _("no existe la carpeta de fichas %s"), options.forms_dir);
        return app_open(&options, ret, err);
}

enum err_code cli_read_file(const char *path, char **ret, size_t *ret_len, struct err *err)
{
        enum { LIMIT = 64 << 20 };
        bool input = strcmp(path, "-") == 0;
        FILE *file = input ? stdin : fopen(path, "rb");
        struct str text = STR_INIT;
        char block[65536];
        size_t n;
        if (!file)
                return err_set_errno(err, errno, _("no se puede abrir %s"), path);
        while (text.len <= LIMIT && (n = fread(block, 1, sizeof block, file)) > 0)
                str_addn(&text, block, n);
        bool bad = ferror(file) != 0;
        int problem = errno;
        if (!input)
                fclose(file);
        if (bad || text.len > LIMIT) {
                str_release(&text);
                return bad ? err_set_errno(err, problem, _("no se puede leer %s"), path)
                           : err_set(err, ERR_LIMIT, _("%s pasa de 64 MiB; divida el archivo"), path);
        }
        *ret_len = text.len;
        *ret = str_detach(&text);
        return ERR_OK;
}

const char *cli_table_format(const struct args *args, const char *format)
{
        const char *chosen = args_value(args, "--formato"), *path = args_value(args, "--salida");
        if (chosen)
                return chosen;
        if (args_has(args, "--json"))
                return "ndjson";
        const struct export_format *of_file = path ? export_format_of(path) : NULL;
        return of_file ? of_file->name : format;
}

/* What a terminal would show as noise. */
static bool noise(const struct export_format *format)
{
        return format && format->class->binary && isatty(STDOUT_FILENO);
}

static enum err_code check_terminal(const char *format, struct err *err)
{
        const struct export_format *found = export_format_find(format);
        return noise(found) ? err_set(err, ERR_REFUSED, _("el formato %s no se lee en la terminal; agregue --salida ARCHIVO%s"),
                                      format, found->ending)
                            : ERR_OK;
}

int cli_print_source(const struct args *args, const struct export_source *source, const char *format)
{
        const char *chosen = cli_table_format(args, format), *path = args_value(args, "--salida");
        struct err err;
        enum err_code rc = path ? ERR_OK : check_terminal(chosen, &err);
        if (rc == ERR_OK)
                rc = path ? export_source_to_file(source, chosen, path, &err)
                          : export_source(source, chosen, stdout, &err);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

int cli_print_table(const struct args *args, const struct table *table, const char *format)
{
        const char *chosen = cli_table_format(args, format), *path = args_value(args, "--salida");
        struct err err;
        enum err_code rc = path ? ERR_OK : check_terminal(chosen, &err);
        if (rc == ERR_OK)
                rc = path ? export_to_file(table, chosen, path, &err) : export_table(table, chosen, stdout, &err);
        return rc == ERR_OK ? CLI_DONE : cli_refuse(&err);
}

/* ---- Dispatch ---- */

static int run_with_app(const struct command *command, struct args *args)
{
        struct app *app = NULL;
        struct err err;
        if (command->needs != NEEDS_NOTHING) {
                if (cli_open_app(args, command->needs == NEEDS_MAKE, &app, &err) != ERR_OK)
                        return cli_refuse(&err);
                if (app_warning(app))
                        fprintf(stderr, _("simae: aviso: %s\n"), app_warning(app));
        }
        int status = command->run(args, app);
        app_close(app);
        if (fflush(stdout) != 0 || ferror(stdout)) {
                fprintf(stderr, _("simae: no se pudo escribir toda la salida: %s\n"), strerror(errno));
                return CLI_REFUSED;
        }
        return status;
}

/* Options that every command takes, and those of its own usage. */
static bool takes_option(const struct command *command, const char *option)
{
        static const char *const common[] = {"--datos", "--fichas", "--json", "--help", "--ayuda", "--version",
                                             "--formato", "--salida"};
        for (size_t i = 0; i < ARRAY_LEN(common); i++)
                if (strcmp(common[i], option) == 0)
                        return true;
        size_t len = strlen(option);
        for (const char *at = command->usage; (at = strstr(at, option)); at += len)
                if (at[len] == ' ' || at[len] == ']' || at[len] == '\0')
                        return true;
        return false;
}

static int check_usage(const struct command *command, const struct args *args)
{
        for (int i = 0; i < args->options_n; i++)
                if (!takes_option(command, args->options[i].name))
                        return cli_misused(command->name, _("la orden %s no lleva la opción %s"), command->name,
                                           args->options[i].name);
        if (command->words >= 0 && args->words_n - 1 > command->words)
                return cli_misused(command->name, _("sobra «%s»"), args->words[command->words + 1]);
        return CLI_DONE;
}

static int unknown_command(const char *name)
{
        const char *names[ARRAY_LEN(commands)];
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
                names[i] = commands[i].name;
        const char *near = str_nearest(name, names, ARRAY_LEN(names));
        if (near)
                return cli_misused(NULL, _("no existe la orden «%s»; ¿quiso decir «%s»?"), name, near);
        return cli_misused(NULL, _("no existe la orden «%s»"), name);
}

int cli_run(struct args *args)
{
        bool help = args_has(args, "--help") || args_has(args, "--ayuda");
        if (args_has(args, "--version")) {
                printf("simae %s\n", SIMAE_VERSION);
                return CLI_DONE;
        }
        if (args->words_n == 0)
                return help ? print_help() : cli_misused(NULL, _("falta la orden"));
        const struct command *command = find_command(args->words[0]);
        if (!command)
                return unknown_command(args->words[0]);
        if (help)
                return print_usage(command);
        int status = check_usage(command, args);
        return status == CLI_DONE ? run_with_app(command, args) : status;
}
