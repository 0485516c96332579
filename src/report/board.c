/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of boards, and what is the same for all of them (contract in report/board.h). */
#include "report_priv.h"

#include <stdlib.h>
#include <string.h>

static const struct board_class classes[] = {
#define BOARD(symbol, name, title, about, argument, forms, whose) \
        {name, title, about, BOARD_##argument, forms, WHOSE_##whose, board_##symbol},
#define WHOSE_MINE true
#define WHOSE_ALL false
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
        static const char *const marks[] = {
                [TONE_NORMAL] = " ", [TONE_NOW] = "•", [TONE_SOON] = "~", [TONE_OVERDUE] = "!", [TONE_DONE] = "✓"};
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
                return err_set(err, ERR_USAGE, _("El tablero «%s» necesita que se le diga de cuál."), class->title);
        if (class->argument == BOARD_NONE && argument && *argument)
                return err_set(err, ERR_USAGE, _("El tablero «%s» no lleva nada después de su nombre: sobra «%s»."),
                               class->title, argument);
        return ERR_OK;
}

enum err_code board_make(const struct board_class *class, const struct board_host *host,
                         const struct board_options *options, struct board *ret, struct err *err)
{
        struct board board = {.class = class, .host = host, .summary = "", .empty = ""};
        enum err_code rc = check_argument(class, options->argument, err);
        if (rc != ERR_OK)
                return rc;
        board.options = (struct board_options){
                .ugel = kept(&board, options->ugel), .persona = kept(&board, options->persona),
                .from = kept(&board, options->from), .to = kept(&board, options->to),
                .argument = kept(&board, options->argument), .sensitive = options->sensitive};
        table_init(&board.table, class->title);
        rc = class->fill(&board, err);
        if (rc == ERR_OK)
                *ret = board;
        else
                board_release(&board);
        return rc;
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
