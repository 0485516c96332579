/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae diagnostico: the state of the data; --reconstruir derives every list again. */
#include <inttypes.h>

#include "base/json.h"
#include "cli/cli.h"

int cmd_diagnostico(struct args *args, struct app *app);

static void print_report(const json_t *report, bool json)
{
        struct str text = STR_INIT;
        const char *name;
        json_t *value;
        if (json) {
                json_write(&text, report);
                puts(text.text);
        } else {
                json_object_foreach((json_t *)(uintptr_t)report, name, value) {
                        str_clear(&text);
                        if (json_is_string(value))
                                str_add(&text, json_string_value(value));
                        else if (!json_is_null(value))
                                json_write(&text, value);
                        printf("%-20s %s\n", name, text.text);
                }
        }
        str_release(&text);
}

int cmd_diagnostico(struct args *args, struct app *app)
{
        json_t *report;
        struct err err;
        int64_t rebuilt = 0;
        if (args_has(args, "--reconstruir") && app_rebuild(app, &rebuilt, &err) != ERR_OK)
                return cli_refuse(&err);
        if (app_diagnose(app, &report, &err) != ERR_OK)
                return cli_refuse(&err);
        if (args_has(args, "--reconstruir"))
                json_object_set_new(report, "reconstruidos", json_integer(rebuilt));
        print_report(report, args_has(args, "--json"));
        json_decref(report);
        return CLI_DONE;
}
