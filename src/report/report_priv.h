/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the boards share: columns and rows, titles and labels in words, days
 * counted from today, and the school calendar.  A board sets its columns first,
 * then adds rows one after the other; texts are copied.
 */
#ifndef SIMAE_REPORT_PRIV_H
#define SIMAE_REPORT_PRIV_H

#include "report/board.h"

#include "base/date.h"

#define BOARD(symbol, name, title, about, argument, forms, whose)                                            \
        enum err_code board_##symbol(struct board *board, struct err *err);
#include "report/boards.def"
#undef BOARD

/* ---- kit.c: the table ---- */

struct board_heading {
        const char *name, *title; /* of the table's column */
        enum cell_kind kind;
        int rank, width; /* as in struct board_column */
        bool grouped;
};
void board_set_columns(struct board *board, const struct board_heading *headings, int n);
/* A new row of empty cells; the functions below fill the newest one. Its index. */
int board_add(struct board *board, enum board_tone tone);
void board_put(struct board *board, int column, const char *text);
void board_putf(struct board *board, int column, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
/* A bar as wide as the column, or 12; `share` from 0 to 1. */
void board_put_bar(struct board *board, int column, double share);
/* What Enter does on the newest row. */
void board_opens(struct board *board, const struct id *record);
void board_goes_to(struct board *board, const char *name, const char *argument);
void board_summary(struct board *board, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Order the rows; `compare` gets the two rows' indexes. Stable. */
typedef int board_compare(const struct board *board, int a, int b);
void board_sort(struct board *board, board_compare *compare);

/*
 * The records a query finds, within the board's UGEL and with reserved ones
 * only if they were asked for by name.  A form that is not installed has none.
 */
enum err_code board_walk(struct board *board, struct store_query query, const char *const *names, int names_n,
                         store_each *each, void *ctx, struct err *err);
/* How many reserved records a query would find besides. */
enum err_code board_count_reserved(struct board *board, struct store_query query, int64_t *ret,
                                   struct err *err);

/* ---- names.c: ids and codes in words. "" for "". Owned by the board ---- */

/* The title of a record, or its readable code if the store does not have it. Asked of the store once. */
const char *board_title(struct board *board, const char *id);
/* «IE 90001 Cerro Peñón · Utco»: the title of a school without its modular code. */
const char *board_school(struct board *board, const char *title);
/* The label of a choice of a question; the value itself if there is none. */
const char *board_choice(struct board *board, const char *form, const char *question, const char *value);
/* The title a form has for lists; its id if it is not installed. */
const char *board_form_title(struct board *board, const char *form);
void board_names_free(struct board_names *names);

/* ---- days.c: dates in words ---- */

/* Days from today to an ISO date, negative before. False if it is no date. */
bool board_days_to(const struct board *board, const char *iso, int64_t *ret_days);
/* «vencido hace 3 días», «hoy», «mañana», «en 12 días»; `past` is what a day gone by is called, or "". */
const char *board_when(struct board *board, const char *iso, const char *past);
/* Overdue before today, soon within `soon` days, else normal. */
enum board_tone board_due_tone(const struct board *board, const char *iso, int soon);
/* Monday of the week of a day. */
int64_t board_monday(int64_t days);
/* «23 al 29 de nov.», of the week that begins that Monday. */
const char *board_week_words(struct board *board, int64_t monday);
/* «lun 23/11», and with the year if it is not this one. */
const char *board_day_words(struct board *board, int64_t days);
/* The year a board is about: that of `from`, else of today. */
int board_year(const struct board *board);

/* ---- follow.c: commitments and alerts ---- */

/* True unless the board is limited to a person who neither wrote the record nor is named in `responsible`. */
bool board_is_theirs(const struct board *board, const struct store_record *record, const char *responsible);
/* The id of the form of the record that the argument names; "" without one. In the board's arena. */
const char *board_argument_form(struct board *board);
/* A query for the open records of a form in order of what is due, about the school or person of the argument.
 */
struct store_query board_open_query(struct board *board, const char *form);
/* What must be met, counted as boards say it: «5 abiertos: 2 vencidos, 1 vence en 7 días». */
struct due_tally {
        int all, overdue, soon;
};
enum { SOON_DAYS = 7 };
void due_tally_add(struct due_tally *tally, enum board_tone tone);

/* ---- calendar.c: the list `calendario` of the forms ---- */

struct calendar_block {
        const char *label, *type; /* "lectivo", "gestion" … */
        int64_t from, to;         /* both included */
};
/* In the order of their days; none if no form has the list. */
const struct calendar_block *board_calendar(struct board *board, int *ret_n);
/* The block of a day, or NULL. */
const struct calendar_block *calendar_block_of(const struct calendar_block *blocks, int n, int64_t days);
/* Why there are no classes on a day, or NULL: there are, or nobody knows that year. */
const char *calendar_free_words(const struct calendar_block *blocks, int n, int64_t days);

#endif
