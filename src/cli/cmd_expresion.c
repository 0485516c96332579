/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae expresion: evaluate one expression, or a batch of one a line. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli/cli.h"
#include "expr/json_env.h"
#include "expr/report.h"

int cmd_expresion(struct args *args, struct app *unused);

/* One expression to one line of output; false if it does not parse. */
static bool answer(const char *text, size_t len, struct json_env *world, struct arena *arena, struct str *out)
{
        const struct expr *expr;
        struct err err = {0};
        arena_clear(arena);
        if (expr_parse(text, len, &world->names, arena, &expr, &err) != ERR_OK) {
                str_addf(out, "error %d %s\n", err.column, err.text);
                return false;
        }
        struct value value = expr_eval(expr, &world->env, arena);
        expr_report(out, &value, arena);
        str_addc(out, '\n');
        return true;
}

static int batch(struct json_env *world)
{
        struct arena arena = {0};
        struct str out = STR_INIT;
        char *line = NULL;
        size_t room = 0;
        ssize_t len;
        while ((len = getline(&line, &room, stdin)) >= 0) {
                while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
                        len--;
                answer(line, (size_t)len, world, &arena, &out);
                if (out.len > 65536) {
                        fwrite(out.text, 1, out.len, stdout);
                        str_clear(&out);
                }
        }
        fwrite(out.text, 1, out.len, stdout);
        free(line);
        str_release(&out);
        arena_release(&arena);
        return CLI_DONE;
}

static enum err_code read_answers(const char *path, json_t **ret, struct err *err)
{
        char *text;
        size_t len;
        *ret = NULL;
        if (!path)
                return ERR_OK;
        enum err_code rc = cli_read_file(path, &text, &len, err);
        if (rc == ERR_OK) {
                rc = json_read(text, len, path, ret, err);
                free(text);
        }
        return rc;
}

static int one(const char *text, struct json_env *world)
{
        struct arena arena = {0};
        struct str out = STR_INIT;
        bool good = answer(text, strlen(text), world, &arena, &out);
        fputs(out.text, stdout);
        str_release(&out);
        arena_release(&arena);
        return good ? CLI_DONE : CLI_REFUSED;
}

int cmd_expresion(struct args *args, struct app *unused)
{
        struct json_env world;
        struct err err;
        json_t *answers;
        (void)unused;
        if (args_has(args, "--lote") == (args_word(args, 0) != NULL))
                return cli_misused("expresion", _("escriba una expresión, o use --lote y una por línea"));
        if (read_answers(args_value(args, "--respuestas"), &answers, &err) != ERR_OK)
                return cli_refuse(&err);
        enum err_code rc = json_env_init(&world, answers, &err);
        json_decref(answers);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        int status = args_has(args, "--lote") ? batch(&world) : one(args_word(args, 0), &world);
        json_env_release(&world);
        return status;
}
