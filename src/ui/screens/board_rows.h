/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A board as the rows of a list: which columns fit, which rows match, in what order. */
#ifndef SIMAE_UI_BOARD_ROWS_H
#define SIMAE_UI_BOARD_ROWS_H

#include "ui/ui.h"

struct board_rows {
        struct board board;
        bool made; /* `board` holds one */
        struct list list;
        int *shown, shown_n; /* rows that match the words, in the order shown; headings among them */
        int heads_n;         /* how many headings */
        char *words;         /* that `shown` is for; NULL: to be found again */
        const char **folded; /* each row as it is searched; NULL: not needed yet. In `arena` */
        struct arena arena;
        int sort; /* column, or -1: the board's own order */
        bool reversed;
        int widths[BOARD_COLUMNS]; /* of the columns shown; 0: left out */
        int cols;                  /* of the area they were fitted in */
};

void board_rows_init(struct board_rows *rows);
void board_rows_release(struct board_rows *rows);
/* Show a board, which is taken over; words, place and order stay. */
void board_rows_set(struct board_rows *rows, struct board *board);
void board_rows_draw(struct board_rows *rows, struct canvas *canvas, struct rect area);
/* What list_key() does, passing over headings. */
enum handled board_rows_key(struct board_rows *rows, const struct key *key);
/* The next column that is shown becomes the order; after the last one, the board's own. */
void board_rows_sort_next(struct board_rows *rows);
void board_rows_reverse(struct board_rows *rows);
/* The row of the board under the cursor, or -1. */
int board_rows_selected(struct board_rows *rows);
/* The rows as they are shown, with every column. table_release() is the caller's. */
void board_rows_table(struct board_rows *rows, struct table *ret);

/* ---- board_acts.c: what every screen with them does ---- */

enum { BOARD_TAG_FILE = 100 }; /* of the dialog that asks for a file */

/* The summary above them; what is left of the area. */
struct rect board_rows_summary(const struct board_rows *rows, struct canvas *canvas, struct rect area);
/* The row under the cursor, or one that leads nowhere. */
struct board_row board_rows_row(struct board_rows *rows);
/* Opening, ordering, saving, and the keys of the list; IGNORED: it is for the screen. */
enum handled board_rows_act(struct screen *screen, struct board_rows *rows, const struct key *key, int action);
/* False unless `from` asked for the file to save them in, which is then done. */
bool board_rows_back(struct screen *screen, struct board_rows *rows, struct screen *from, int result);

#endif
