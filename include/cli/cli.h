/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line face.  A subcommand is one row of cli/commands.def and one
 * file src/cli/cmd_<symbol>.c that defines `cmd_<symbol>`.
 *
 * Exit status: 0 done, 1 refused with a reason on standard error, 2 misused.
 * Data goes to standard output, words to standard error.
 */
#ifndef SIMAE_CLI_CLI_H
#define SIMAE_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "app/app.h"

enum { CLI_DONE = 0, CLI_REFUSED = 1, CLI_MISUSED = 2, CLI_WORDS_MAX = 256 };

/* A command line taken apart: words, and options in any order. */
struct args {
        const char *words[CLI_WORDS_MAX];
        int words_n;
        struct { const char *name, *value; } options[64];
        int options_n;
};

enum err_code args_parse(struct args *args, int argc, char **argv, struct err *err);
bool args_has(const struct args *args, const char *option);
/* The value of an option, or NULL. */
const char *args_value(const struct args *args, const char *option);
/* Word `i` after the command's name, or NULL. */
const char *args_word(const struct args *args, int i);

struct command {
        const char *name, *usage, *about;
        int words; /* at most that many after the name; -1: any */
        enum { NEEDS_NOTHING, NEEDS_STORE, NEEDS_MAKE } needs;
        int (*run)(struct args *args, struct app *app); /* `app` NULL with NEEDS_NOTHING */
};

/* Run a whole command line; returns the exit status. */
int cli_run(struct args *args);
/* "simae: sentence" on standard error; returns CLI_REFUSED. */
int cli_refuse(const struct err *err);
/* What was wrong with the command line, and its usage; returns CLI_MISUSED. */
int cli_misused(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Every mistake on a line of standard error, or as a JSON array on standard output. */
void cli_print_mistakes(const struct err_list *mistakes, bool json);
/* A derive_progress that tells how far it is, on a terminal. */
bool cli_tell_derived(void *ctx, int64_t done, int64_t all);
/* Open the app as --datos and --fichas say, and --luego. */
enum err_code cli_open_app(const struct args *args, bool create, struct app **ret, struct err *err);
/* What the Balance needs computed again (app_facts_compute()), telling how far it is on a terminal; Ctrl-C stops it:
 * ERR_CANCELLED. */
enum err_code cli_compute_facts(struct app *app, struct err *err);
/* `simae balance INDICADOR --registros`: the records that make a figure. Its exit status. */
int cli_balance_records(const struct args *args, struct app *app);
/* The whole of a file, or of standard input for "-"; at most 64 MiB. malloc'ed. */
enum err_code cli_read_file(const char *path, char **ret, size_t *ret_len, struct err *err);
/* The format that --formato, --json or the ending of --salida says; else `format`. */
const char *cli_table_format(const struct args *args, const char *format);
/* A table in the format of cli_table_format(), where --salida says. Binary ones are refused on a terminal. */
int cli_print_table(const struct args *args, const struct table *table, const char *format);

/* The same for tables that come a batch at a time (export/export.h). */
struct export_source;
int cli_print_source(const struct args *args, const struct export_source *source, const char *format);

#endif
