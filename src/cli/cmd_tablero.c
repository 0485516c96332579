/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simae tablero: the boards there are, or one of them as a table. */
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

static int list_boards(const struct args *args)
{
        int n;
        const struct board_class *classes = board_classes(&n);
        struct table table;
        table_init(&table, _("Tableros"));
        table_add_column(&table, "tablero", _("Tablero"), CELL_TEXT);
        table_add_column(&table, "titulo", _("Título"), CELL_TEXT);
        table_add_column(&table, "muestra", _("Qué muestra"), CELL_TEXT);
        for (int i = 0; i < n; i++) {
                int row = table_add_row(&table);
                table_set(&table, row, 0, classes[i].name);
                table_set(&table, row, 1, classes[i].title);
                table_set(&table, row, 2, classes[i].about);
        }
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        return status;
}

/* Columns of the terminal; 0 when it is not one: nothing is cut. */
static int terminal_cols(void)
{
        struct winsize size;
        return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* For people; the summary is words, so it goes where words go. */
static int print_text(const struct args *args, const struct board *board)
{
        struct table table;
        board_text(board, terminal_cols(), &table);
        int status = cli_print_table(args, &table, "texto");
        table_release(&table);
        fflush(stdout);
        if (status == CLI_DONE && board->table.rows_n == 0 && *board->empty)
                fprintf(stderr, "%s\n", board->empty);
        if (status == CLI_DONE && *board->summary)
                fprintf(stderr, "%s\n", board->summary);
        return status;
}

static int print_board(const struct args *args, const struct board *board)
{
        const char *format = args_value(args, "--formato");
        bool people = format ? strcmp(format, "texto") == 0 : !args_has(args, "--json");
        return people && !args_value(args, "--salida") ? print_text(args, board)
                                                       : cli_print_table(args, &board->table, "texto");
}

int cmd_tablero(struct args *args, struct app *app);

static int show_board(const struct args *args, struct app *app)
{
        struct board_options options = {.ugel = args_value(args, "--ugel"),
                                        .persona = args_value(args, "--persona"),
                                        .from = args_value(args, "--desde"),
                                        .to = args_value(args, "--hasta"),
                                        .argument = args_word(args, 1),
                                        .sensitive = args_has(args, "--sensibles")};
        struct board board;
        struct err err;
        enum err_code rc = app_board(app, args_word(args, 0), &options, &board, &err);
        if (rc == ERR_USAGE)
                return cli_misused("tablero", "%s", err.text);
        if (rc != ERR_OK)
                return cli_refuse(&err);
        int status = print_board(args, &board);
        board_release(&board);
        return status;
}

/* The list of boards needs no data. */
int cmd_tablero(struct args *args, struct app *app)
{
        struct err err;
        if (!args_word(args, 0))
                return list_boards(args);
        if (cli_open_app(args, false, &app, &err) != ERR_OK)
                return cli_refuse(&err);
        int status = show_board(args, app);
        app_close(app);
        return status;
}
