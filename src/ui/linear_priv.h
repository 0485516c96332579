/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the linear mode share (ui/linear.h).
 *
 *      linear_io.c       lines in and out, signals
 *      linear_orders.c   what begins with a point; questions of yes or no; long texts
 *      linear_list.c     numbered lists
 *      linear.c          the menu, the profile      linear_drafts.c  new records, drafts
 *      linear_records.c  records, the directory     linear_export.c
 *      linear_fill.c     a draft taken up and left  linear_form.c    what comes next in it
 *      linear_question.c how a question is said     linear_answer.c  how a line answers it
 *      linear_choices.c  choices by number or name  linear_search.c  references
 *      linear_nested.c   rows and children          linear_moves.c   orders inside a form
 *      linear_review.c   what is missing; concluding
 *      linear_print.c    actas and blank forms
 *      linear_balance.c  the Balance
 *      linear_import.c                              linear_conflict.c
 *      linear_waiting.c  what came and does not count  linear_office.c  the keys of an office
 *      linear_keys.c     keys and laptops           linear_phrase.c  phrases, unseen
 *
 * Whoever waits for a line goes on only while linear_stops() is false.
 */
#ifndef SIMAE_SRC_UI_LINEAR_PRIV_H
#define SIMAE_SRC_UI_LINEAR_PRIV_H

#include "ui/linear.h"

struct linear {
        struct app *app;
        bool ended;   /* no more lines can come or go: everything unwinds */
        bool to_menu; /* the person said .salir: everything unwinds to the menu */
        bool unseen;  /* the next line is not shown as it is typed */
        bool cut;     /* the last line was longer than what is kept of it */
        struct str line;
};

/* ---- linear_io.c ---- */

void linear_open(struct linear *l, struct app *app);
void linear_close(struct linear *l);
/* A line (or several) of text; control characters become blanks. */
void linear_say(struct linear *l, const char *format, ...) __attribute__((format(printf, 2, 3)));
void linear_say_err(struct linear *l, const struct err *err);
/* The next line in l->line, valid UTF-8 without control characters. False at the end, or after a signal. */
bool linear_read(struct linear *l);
/* A signal waits to end the program: long work stops. */
bool linear_is_asked_to_leave(void);
static inline bool linear_stops(const struct linear *l)
{
        return l->ended || l->to_menu;
}

/* ---- linear_orders.c ---- */

enum linear_order {
        ORDER_HELP,
        ORDER_BACK,
        ORDER_SKIP,
        ORDER_CLEAR,
        ORDER_ADD,
        ORDER_KEEP,
        ORDER_UNDO,
        ORDER_REDO,
        ORDER_GO,
        ORDER_MISSING,
        ORDER_REVIEW,
        ORDER_WHERE,
        ORDER_LIST,
        ORDER_REMOVE,
        ORDER_UP,
        ORDER_MORE,
        ORDER_PRINT,
        ORDER_LEAVE,
        ORDERS_N
};
#define ORDER_BIT(name) (1u << ORDER_##name)
/* Those that every place takes. */
#define ORDERS_EVERYWHERE (ORDER_BIT(HELP) | ORDER_BIT(BACK) | ORDER_BIT(LEAVE))

enum heard_kind { HEARD_END, HEARD_NOTHING, HEARD_TEXT, HEARD_ORDER };
/* `text` is the text, or the words after the order; until the next line is read. */
struct heard {
        enum heard_kind kind;
        enum linear_order order;
        const char *text;
};

/*
 * The next line that means something here: an empty one, a text, or one of the
 * orders `allowed` (bits).  Help, and orders that are not for here, are answered
 * inside; `about` is what the help says first.  ORDER_LEAVE has set to_menu.
 */
struct heard linear_hear(struct linear *l, unsigned allowed, const char *about);
/* Yes or no; no by default. */
bool linear_confirm(struct linear *l, const char *question);
/*
 * A long text, some lines at a time; Enter goes on.  Another line ends it and
 * is returned; so does the end of the text, without asking (HEARD_NOTHING).
 */
struct heard linear_page(struct linear *l, const char *text);
/* A whole number from 1 to `most`, and nothing else in the text; 0 if it is not. */
int linear_number(const char *text, int most);

/* ---- linear_list.c ---- */

enum { LINEAR_ROWS = 15 }; /* that a list says at a time */

/* `where` is said after the text and not looked in; NULL: nothing. */
struct linear_row {
        const char *text;
        const void *data;
        const char *where;
};
struct linear_list {
        const char *title, *empty;
        const char *words; /* to begin with; a single match is then taken at once. NULL: none */
        const char *add;   /* what + adds: «una ficha nueva»; NULL: nothing */
        bool removes;      /* .quitar N */
        bool prints;       /* .imprimir N */
        const char *enter; /* what Enter alone does; it gives PICK_NONE */
        void *ctx;
        /* Rows from `from` on that match the words, in `arena`; *ret_all: how many match in all. */
        int (*rows)(void *ctx, const char *words, int from, int n, struct linear_row *rows,
                    struct arena *arena, int64_t *ret_all);
};
enum linear_pick { PICK_NONE, PICK_ROW, PICK_ADD, PICK_REMOVE, PICK_PRINT };
/* Say the list and let the person choose. `*ret` is the row's data, in `arena` or the caller's own. */
enum linear_pick linear_choose(struct linear *l, const struct linear_list *list, struct arena *arena,
                               const void **ret);
/* `rows` for an array: ctx is a struct linear_items. */
struct linear_items {
        const struct linear_row *rows;
        int n;
};
int linear_items_rows(void *ctx, const char *words, int from, int n, struct linear_row *rows,
                      struct arena *arena, int64_t *ret_all);
/* True if every one of the words is in the text, whatever the accents and case. */
bool linear_matches(const char *text, const char *words);

/* ---- linear_drafts.c, linear_records.c, linear_boards.c, linear_export.c: rows of the menu ---- */

void linear_new(struct linear *l);
/* linear_directory.c */
void linear_padron(struct linear *l);
void linear_duplicates(struct linear *l);
void linear_drafts(struct linear *l);
/* The drafts that are not children, newest first. In `arena`. */
struct store_draft *linear_drafts_of(struct linear *l, struct arena *arena, int *ret_n);
/* The newest of them, if there is any, is offered. False if there is none. */
bool linear_offer_draft(struct linear *l);
void linear_records(struct linear *l);
void linear_directory(struct linear *l);
/* Read one record, and correct or annul it. */
void linear_show_record(struct linear *l, const struct id *id);
void linear_agenda(struct linear *l);
void linear_boards(struct linear *l);
/* One board and all that is below it. */
void linear_board(struct linear *l, const char *name, const char *argument);
void linear_balance(struct linear *l); /* linear_balance.c */
/* Before a board of the Balance: what has to be computed is, and an indicator is explained. False: it is not to be shown. */
bool linear_balance_begin(struct linear *l, const char *board, const char *argument);
void linear_export(struct linear *l);
void linear_import(struct linear *l); /* linear_import.c */
void linear_waiting(struct linear *l); /* linear_waiting.c */
void linear_keys(struct linear *l); /* linear_keys.c */
void linear_office(struct linear *l); /* linear_office.c: what the keys of an office are for, from there */
/* What linear_hear() does, with nothing shown of what is typed. */
struct heard linear_hear_unseen(struct linear *l, const char *about);
/* A new phrase to seal with, asked for twice; the caller wipes it. False if none is given. */
bool linear_new_phrase(struct linear *l, struct str *ret);
/* Decide a conflict, one answer after the other (linear_conflict.c). */
void linear_conflict(struct linear *l, const struct id *id);
void linear_guide(struct linear *l); /* linear_guide.c */

/* ---- linear_print.c: asks how, and where to keep it ---- */

void linear_print_record(struct linear *l, const struct id *record);
void linear_print_draft(struct linear *l, struct draft *draft);
void linear_print_blank(struct linear *l, const char *form);
struct doc;
void linear_print_doc(struct linear *l, const struct doc *doc);

/* ---- Filling ---- */

enum ask_part { ASK_RECORD, ASK_CHILD, ASK_QUICK };
enum ask_end { ASK_GOING, ASK_CLOSED, ASK_FINALISED };

struct asking {
        struct linear *linear;
        enum ask_part part;
        struct draft *draft; /* NULL once it is finalised or discarded */
        struct session *session;
        const struct form *form;
        struct arena arena; /* texts of the question being asked */
        bool brief;         /* the same question again: not everything is said twice */
        bool silent;        /* it was said already */
        bool backwards;     /* .atras goes in the order of the form: there was no path */
        int section, group; /* last said */
        int added;          /* the row being added, 0 none; it goes if it is left blank */
        bool row_touched;   /* something was answered in it */
        bool touched;       /* something was answered here */
        bool refused;       /* the disk did not take the last answer */
        struct arena found_arena;
        const struct store_record *found; /* the references on offer */
        int found_n;
        struct place found_at;
        enum ask_end end;
        struct id record;
};

/* linear_fill.c: fills a draft to its end and frees it; the record in *ret (may be NULL) if finalised. */
enum ask_end linear_fill(struct linear *l, struct draft *draft, enum ask_part part, struct id *ret);
/* Out of a quick form; what was answered is thrown away only after asking. */
void asking_leave_quick(struct asking *a);

/* linear_form.c: one question and its answer, or one step over what is only read. */
void asking_step(struct asking *a);
/* True if the person answers it here. */
bool asking_asks(struct asking *a, struct place place);
void asking_save(struct asking *a);
/* Answer and save; true if it changed. */
bool asking_answer(struct asking *a, struct place place, const char *typed);
/* After an answer: what is wrong with it is said and the question asked again; or «Guardado» and the
 * next one. */
void asking_settle(struct asking *a, struct place place);
void asking_go(struct asking *a, struct place place);
/* To the question after `from`, saying what is only read on the way; past the last one, what ends
 * this part. */
void asking_advance(struct asking *a, struct place from);
/* The row being added goes if it is blank; either way it is no longer being added. */
void asking_end_row(struct asking *a);

/* linear_question.c */
void asking_present(struct asking *a, struct place place);
/* A note, a calculation, or an answer that cannot be changed. */
void asking_say_read(struct asking *a, struct place place);
const char *asking_about(const struct node *node);

/* linear_answer.c: a line that is neither empty nor an order. */
void asking_take(struct asking *a, struct place place, const char *text);
/* More lines for a text of several: those typed are added to what it holds. */
void asking_take_more(struct asking *a, struct place place);
/* An order, wherever it was heard. */
void asking_obey(struct asking *a, struct place place, const struct heard *heard);
unsigned asking_orders(const struct asking *a, struct place place);

/* linear_choices.c */
void choices_say(struct asking *a, struct place place);
void choices_take(struct asking *a, struct place place, const char *text);

/* linear_search.c */
void search_take(struct asking *a, struct place place, const char *text);

/* linear_nested.c */
void rows_say(struct asking *a, struct place place);
void rows_take(struct asking *a, struct place place, const char *text);
void rows_remove(struct asking *a, struct place place, int number);
void rows_up(struct asking *a, struct place place, int number);
void rows_next(struct asking *a, int row);
void children_say(struct asking *a, struct place place);
void children_take(struct asking *a, struct place place, const char *text);
void children_remove(struct asking *a, struct place place, int number);

/* linear_review.c: says what is missing and what is filled, jumps or concludes. */
void asking_review(struct asking *a);

#endif
