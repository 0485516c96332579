/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * simae balance INDICADOR --registros: the records that make one figure, as the
 * board of the same name shows them.  What they add is the figure itself.
 */
#include "cli/cli.h"
#include "report/balance_view.h"

static enum err_code view_of(const struct args *args, struct arena *arena, struct balance_view *ret, struct err *err)
{
        const char *by = args_value(args, "--por"), *value = args_value(args, "--valor"), *period = args_value(args, "--periodo");
        const char *key = args_word(args, 0), *ugel = args_value(args, "--ugel");
        if (!key)
                return err_set(err, ERR_USAGE, _("diga de qué indicador: «simae balance INDICADOR --registros»"));
        if (!by != !value)
                return err_set(err, ERR_USAGE, _("--por y --valor van juntos: --por nivel --valor B0"));
        enum err_code rc = balance_view_read(by ? arena_printf(arena, "por=%s", by) : "", arena, ret, err);
        if (rc == ERR_OK && by && ret->split == DIMENSION_NONE)
                return err_set(err, ERR_USAGE, _("la UGEL se dice con --ugel"));
        ret->indicator = key;
        ret->period = period ? period : "";
        ret->ugel = ugel;
        ret->value = value;
        return rc;
}

static int print(const struct args *args, const struct board *board, const char *label)
{
        int status = cli_print_table(args, &board->table, "texto");
        fflush(stdout);
        if (status == CLI_DONE)
                fprintf(stderr, "%s\n%s\n", board->table.rows_n ? board->summary : board->empty, label);
        return status;
}

int cli_balance_records(const struct args *args, struct app *app)
{
        struct arena arena = {0};
        struct balance_view view;
        struct board board;
        struct err err;
        int status;
        enum err_code rc = view_of(args, &arena, &view, &err);
        if (rc == ERR_OK)
                rc = cli_compute_facts(app, &err);
        if (rc == ERR_OK) {
                struct board_options options = {.argument = balance_view_write(&view, &arena)};
                rc = app_board(app, "balance-registros", &options, &board, &err);
        }
        if (rc == ERR_OK) {
                const struct indicators *all = app_indicators(app);
                status = print(args, &board, all->items[indicators_find(all, view.indicator)].label);
                board_release(&board);
        } else {
                status = rc == ERR_USAGE ? cli_misused("balance", "%s", err.text) : cli_refuse(&err);
        }
        arena_release(&arena);
        return status;
}
