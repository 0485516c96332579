/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Boards: what there is to see and to do, as a table.
 *
 * A board is a row of report/boards.def and a file of src/report/boards/ whose
 * `board_<symbol>` fills a struct board: a table, and for each of its rows what
 * opens with Enter and how it stands.  Whoever shows it (the interface, the
 * linear mode, `simae tablero`) needs to know no board in particular.
 *
 *      table      Plazo       Situación            Escuela   …   one line for each row
 *      columns    rank 1      rank 1               rank 2        which go first when the width is short
 *      rows       tone, record to open, board to go down to, planned visit to begin
 *      summary    «12 abiertos; 3 vencidos»
 *
 * How a row stands is in its tone and also in words in one of its cells: what
 * is exported, printed or heard has no colours.
 *
 * Reserved records (store_record.sensitive) are counted and never shown, unless
 * board_options.sensitive.  Dates in cells are ISO; whoever shows them to a
 * person writes them as people do (board_cell_words()).
 */
#ifndef SIMAE_REPORT_BOARD_H
#define SIMAE_REPORT_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/table.h"
#include "form/form.h"
#include "form/indicators.h"
#include "store/store.h"

enum board_tone {
        TONE_NORMAL,
        TONE_NOW,     /* today's, or the one we are in */
        TONE_SOON,    /* needs attention: due in a few days, something missing */
        TONE_OVERDUE, /* its day has passed */
        TONE_DONE,
        TONE_GOOD,    /* as it should be: a goal reached */
};
/* One column wide, so that a tone is seen without colour: " ", "•", "~", "!", "✓" (done, and good). */
const char *board_tone_mark(enum board_tone tone);

struct board_row {
        enum board_tone tone;
        struct id record;     /* what Enter opens; none: nothing */
        const char *board;    /* NULL, or the board that Enter goes down to instead */
        const char *argument; /* of that board; NULL: none */
        struct id planned;    /* a planned visit that may be begun now, or none */
};

enum { BOARD_COLUMNS = 20 };

/* How a column of the table is shown; one for each. */
struct board_column {
        int rank;  /* 1: always shown; the greatest are left out first when the width is short; 0: never shown
                    */
        int width; /* columns of the screen, no more than it needs; 0: takes the rest (one column of each
                      board) */
        bool grouped; /* a value equal to the one above is not written again */
        bool heads;   /* on a screen its value stands once above the rows that have it, and not in a column */
        bool chart;   /* signs for the eye, of what other columns say: not to be read aloud */
        bool right;   /* text that is a figure: stands at the right, as numbers do */
};

/* What a board may ask of those above. Borrowed; must outlive the board. */
struct board_host {
        struct store *store;
        /* The current version of a form; NULL: not installed. */
        const struct form *(*form)(void *ctx, const char *id);
        /* Those of the Balance, read when first asked for. NULL: there are none. */
        const struct indicators *(*indicators)(void *ctx);
        /* How people here call a device's owner; "" if nobody knows. NULL: nobody is known. */
        const char *(*device_name)(void *ctx, const char *device, struct arena *arena);
        void *ctx;
        int64_t today;
        const char *ugel, *persona; /* of whoever uses the laptop; "" when not known */
};

/* What the person asked for; NULL or "" is no limit. */
struct board_options {
        const char *ugel;      /* code */
        const char *persona;   /* record id: what she visits, follows up or must do */
        const char *from, *to; /* ISO dates, both included */
        const char *argument;  /* a record id in hexadecimal, or text, as boards.def says */
        bool sensitive;        /* reserved records too */
};

struct board {
        const struct board_class *class;
        const struct board_host *host;
        struct board_options options; /* texts in `arena`, never NULL */
        struct table table;
        struct board_column columns[BOARD_COLUMNS];
        struct board_row *rows; /* table.rows_n */
        const char *summary;    /* one line, "" if `empty` says all; never NULL */
        const char *empty;      /* what to say when there are no rows, never NULL */
        struct arena arena;
        struct board_names *names; /* titles of records asked for so far */
        int rows_room;
        int least; /* columns that the one that takes the rest gets before others are shown; 0: 20 */
};

enum board_argument { BOARD_NONE, BOARD_OPTIONAL, BOARD_REQUIRED };
/* Whose rows it opens with; of WHOSE_SAME, board_options.persona changes nothing. */
enum board_whose { WHOSE_ALL, WHOSE_MINE, WHOSE_SAME };

struct board_class {
        const char *name, *title, *about;
        enum board_argument argument;
        const char *forms;
        enum board_whose whose;
        /* Fills table, rows, summary and empty. A form that is not installed gives a board without rows, not
         * a failure. */
        enum err_code (*fill)(struct board *board, struct err *err);
};

/* The rows of boards.def, in order. */
const struct board_class *board_classes(int *ret_n);
/* NULL if there is none of that name. */
const struct board_class *board_find(const char *name);

/*
 * Make a board. `host` must outlive it; options are copied, and their ids are
 * taken to be good.  ERR_USAGE: the argument is missing, or is not for it;
 * else what the store says.
 */
enum err_code board_make(const struct board_class *class, const struct board_host *host,
                         const struct board_options *options, struct board *ret, struct err *err);
void board_release(struct board *board);

/* A cell as people read it: dates as dd/mm/aaaa. In `arena`, or the cell itself. */
const char *board_cell_words(const struct board *board, int row, int column, struct arena *arena);

/*
 * A board as people read it on a terminal of `cols` columns: how each row
 * stands as a mark, dates as dd/mm/aaaa, the columns that fit, long cells cut
 * with «…».  With `cols` 0 all the columns, whole.  table_release() is the caller's.
 */
void board_text(const struct board *board, int cols, struct table *ret);

/*
 * Which columns fit in `cols` (`gap` between two), most important first, with
 * their widths: ret_widths[i] is 0 for those left out.  The one that takes the
 * rest gets at least `least`.
 */
void board_fit(const struct board *board, int cols, int gap, int least, int ret_widths[BOARD_COLUMNS]);

#endif
