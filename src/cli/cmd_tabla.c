/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * simae tabla: the records of a form as a table, with the tables of their rows
 * and children where there is room for them: the sheets of a workbook, or the
 * files of a folder.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/str.h"
#include "cli/cli.h"
#include "export/export.h"

int cmd_tabla(struct args *args, struct app *app);

static enum err_code read_state(const char *word, int *ret, struct err *err)
{
        *ret = -1;
        for (int state = RECORD_CONCLUIDO; word && state <= RECORD_ANULADO; state++)
                if (strcmp(record_state_word((enum record_state)state), word) == 0)
                        *ret = state;
        return word && *ret < 0 ? err_set(err, ERR_USAGE, _("--estado es concluido, validado, observado o anulado")) : ERR_OK;
}

static enum err_code check_day(const char *option, const char *day, struct err *err)
{
        int64_t days;
        return !day || date_parse(day, &days) ? ERR_OK
               : err_set(err, ERR_USAGE, _("%s «%s» no es una fecha; escríbala como 2026-03-01"), option, day);
}

static enum err_code read_wish(const struct args *args, struct records_wish *ret, struct err *err)
{
        const struct export_format *format = export_format_find(cli_table_format(args, "csv"));
        *ret = (struct records_wish){.form = args_word(args, 0),
                                     .ugel = args_value(args, "--ugel"),
                                     .from = args_value(args, "--desde"),
                                     .to = args_value(args, "--hasta"),
                                     .sensitive = args_has(args, "--sensibles"),
                                     .reading = format && format->class->reading};
        enum err_code rc = read_state(args_value(args, "--estado"), &ret->state, err);
        if (rc == ERR_OK)
                rc = check_day("--desde", ret->from, err);
        return rc == ERR_OK ? check_day("--hasta", ret->to, err) : rc;
}

static enum err_code next(void *ctx, const struct table **ret, struct err *err)
{
        return records_tables_next(ctx, ret, err);
}

static enum err_code rows(void *ctx, bool *ret_more, struct err *err)
{
        return records_tables_rows(ctx, ret_more, err);
}

/* ---- A folder: a file for each table ---- */

static bool is_folder(const char *path)
{
        struct stat st;
        return str_ends(path, "/") || (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

/* «cap_sesion-participantes.csv» */
static char *file_name(const char *folder, const char *table, const char *ending)
{
        char *path = xasprintf("%s%s%s%s", folder, str_ends(folder, "/") ? "" : "/", table, ending);
        char *slash = strrchr(path, '/');
        if (strchr(table, '/'))
                *slash = '-';
        return path;
}

static int write_folder(struct records_tables *tables, const struct export_format *format, const char *folder)
{
        struct export_source source = {tables, next, rows};
        struct err err;
        if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
                err_set_errno(&err, errno, _("no se pudo crear la carpeta %s"), folder);
                return cli_refuse(&err);
        }
        for (int i = 0; i < records_tables_n(tables); i++) {
                char *path = file_name(folder, records_tables_name(tables, i), format->ending);
                enum err_code rc = export_source_to_file(&source, format->name, path, &err);
                if (rc == ERR_OK)
                        puts(path);
                free(path);
                if (rc != ERR_OK)
                        return cli_refuse(&err);
        }
        return CLI_DONE;
}

static int print(const struct args *args, struct records_tables *tables)
{
        const struct export_format *format = export_format_find(cli_table_format(args, "csv"));
        struct export_source source = {tables, next, rows};
        const char *path = args_value(args, "--salida");
        bool folder = path && format && !format->class->next && is_folder(path);
        return folder ? write_folder(tables, format, path) : cli_print_source(args, &source, "csv");
}

int cmd_tabla(struct args *args, struct app *app)
{
        struct records_wish wish;
        struct records_tables *tables;
        struct err err;
        if (!args_word(args, 0))
                return cli_misused("tabla", _("diga de qué ficha"));
        if (read_wish(args, &wish, &err) != ERR_OK)
                return cli_misused("tabla", "%s", err.text);
        if (records_tables_open(app, &wish, &tables, &err) != ERR_OK)
                return cli_refuse(&err);
        int status = print(args, tables);
        records_tables_close(tables);
        return status;
}
