/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of boards, and what is the same for all of them (contract in report/board.h). */
#include "report_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const struct board_class classes[] = {
#define BOARD(symbol, name, title, about, argument, forms, whose)                                            \
        {name, title, about, BOARD_##argument, forms, WHOSE_##whose, board_##symbol},
#include "report/boards.def"
#undef BOARD
};

const struct board_class *board_classes(int *ret_n)
{
        *ret_n = (int)ARRAY_LEN(classes);
        return classes;
}

const struct board_class *board_find(const char *name)
{
        for (size_t i = 0; i < ARRAY_LEN(classes); i++)
                if (strcmp(classes[i].name, name) == 0)
                        return &classes[i];
        return NULL;
}

const char *board_tone_mark(enum board_tone tone)
{
        static const char *const marks[] = {[TONE_NORMAL] = " ",
                                            [TONE_NOW] = "•",
                                            [TONE_SOON] = "~",
                                            [TONE_OVERDUE] = "!",
                                            [TONE_DONE] = "✓",
                                            [TONE_GOOD] = "✓"};
        return marks[tone];
}

/* ---- Making ---- */

static const char *kept(struct board *board, const char *text)
{
        return text && *text ? arena_strdup(&board->arena, text) : "";
}

static enum err_code check_argument(const struct board_class *class, const char *argument, struct err *err)
{
        if (class->argument == BOARD_REQUIRED && (!argument || !*argument))
                return err_set(err, ERR_USAGE, _("El tablero «%s» necesita que se le diga de cuál."),
                               class->title);
        if (class->argument == BOARD_NONE && argument && *argument)
                return err_set(err, ERR_USAGE,
                               _("El tablero «%s» no lleva nada después de su nombre: sobra «%s»."),
                               class->title, argument);
        return ERR_OK;
}

/* The widest cell of a column; 0 if all are empty. */
static int widest(const struct board *board, int column)
{
        int width = 0;
        for (int i = 0; i < board->table.rows_n; i++) {
                int cell = utf8_width(table_cell(&board->table, i, column));
                if (cell > width)
                        width = cell;
        }
        return width;
}

/* No column is wider than what it holds, and one that holds nothing is not shown. */
static void narrow(struct board *board)
{
        for (int i = 0; i < board->table.columns_n; i++) {
                struct board_column *column = &board->columns[i];
                int title = utf8_width(board->table.columns[i].title),
                    width = column->width ? widest(board, i) : 0;
                if (column->width && width == 0 && column->rank > 1)
                        column->rank = 0;
                if (width < title)
                        width = title;
                if (width < column->width)
                        column->width = width;
        }
}

enum err_code board_make(const struct board_class *class, const struct board_host *host,
                         const struct board_options *options, struct board *ret, struct err *err)
{
        struct board board = {.class = class, .host = host, .summary = "", .empty = ""};
        enum err_code rc = check_argument(class, options->argument, err);
        if (rc != ERR_OK)
                return rc;
        board.options = (struct board_options){.ugel = kept(&board, options->ugel),
                                               .persona = kept(&board, options->persona),
                                               .from = kept(&board, options->from),
                                               .to = kept(&board, options->to),
                                               .argument = kept(&board, options->argument),
                                               .sensitive = options->sensitive};
        table_init(&board.table, class->title);
        rc = class->fill(&board, err);
        if (rc != ERR_OK) {
                board_release(&board);
                return rc;
        }
        narrow(&board);
        *ret = board;
        return ERR_OK;
}

void board_release(struct board *board)
{
        board_names_free(board->names);
        table_release(&board->table);
        free(board->rows);
        arena_release(&board->arena);
        *board = (struct board){0};
}

/* ---- Showing ---- */

const char *board_cell_words(const struct board *board, int row, int column, struct arena *arena)
{
        const char *cell = table_cell(&board->table, row, column);
        char text[DATE_TEXT];
        int64_t days;
        if (board->table.columns[column].kind == CELL_DATE && date_parse(cell, &days))
                return arena_strdup(arena, date_format_person(days, text));
        return cell;
}

/* Columns of rank `rank` from the left, as long as they fit; what is left of `room`. */
static int fit_rank(const struct board *board, int rank, int gap, int room, int ret_widths[BOARD_COLUMNS])
{
        for (int i = 0; i < board->table.columns_n; i++) {
                const struct board_column *column = &board->columns[i];
                bool fits = column->width + gap <= room || rank == 1;
                if (column->rank != rank || column->width == 0 || !fits)
                        continue;
                ret_widths[i] = column->width;
                room -= column->width + gap;
        }
        return room;
}

void board_fit(const struct board *board, int cols, int gap, int least, int ret_widths[BOARD_COLUMNS])
{
        int greatest = 1, room = cols - least;
        memset(ret_widths, 0, BOARD_COLUMNS * sizeof *ret_widths);
        for (int i = 0; i < board->table.columns_n; i++)
                if (board->columns[i].rank > greatest)
                        greatest = board->columns[i].rank;
        for (int rank = 1; rank <= greatest; rank++)
                room = fit_rank(board, rank, gap, room, ret_widths);
        for (int i = 0; i < board->table.columns_n; i++)
                if (board->columns[i].width == 0)
                        ret_widths[i] = room + least > 1 ? room + least : 1;
}

/* ---- As text ---- */

enum { TEXT_GAP = 2, TEXT_MARK = 1, TEXT_LEAST = 20 };

static void set_cut(struct table *table, int row, int column, const char *text, int cols)
{
        size_t fits = utf8_fit(text, cols);
        if (!cols || text[fits] == '\0') {
                table_set(table, row, column, text);
                return;
        }
        char *cut = xasprintf("%.*s…", (int)utf8_fit(text, cols - 1), text);
        table_set(table, row, column, cut);
        free(cut);
}

void board_text(const struct board *board, int cols, struct table *ret)
{
        int widths[BOARD_COLUMNS], n = board->table.columns_n;
        struct arena arena = {0};
        board_fit(board, cols - TEXT_MARK - TEXT_GAP, TEXT_GAP, board->least ? board->least : TEXT_LEAST, widths);
        table_init(ret, board->table.title);
        table_add_column(ret, "marca", "", CELL_TEXT);
        for (int i = 0; i < n; i++)
                if (!cols || widths[i])
                        table_add_column(ret, board->table.columns[i].name, board->table.columns[i].title,
                                         board->table.columns[i].kind);
        for (int r = 0; r < board->table.rows_n; r++) {
                int row = table_add_row(ret), column = 1;
                table_set(ret, row, 0, board_tone_mark(board->rows[r].tone));
                for (int i = 0; i < n; i++)
                        if (!cols || widths[i])
                                set_cut(ret, row, column++, board_cell_words(board, r, i, &arena),
                                        cols ? widths[i] : 0);
                arena_clear(&arena);
        }
        arena_release(&arena);
}
