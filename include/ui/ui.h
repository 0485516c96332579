/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface: a stack of screens, a loop, and what every screen shares.
 *
 *   row 0         title bar: where we are, and the state of the record
 *   rows 1…       the screen's own area
 *   last but one  message line: what just happened, or what is wrong here
 *   last row      hint bar: the keys of the top screen, most useful first
 *
 * A screen is a class (functions) and a state of its own.  Keys go to the top
 * screen; it says what should happen next and does not do it itself.  Esc that
 * a screen ignores closes it, one level; on the first screen it does nothing.
 */
#ifndef SIMAE_UI_UI_H
#define SIMAE_UI_UI_H

#include "app/app.h"
#include "ui/canvas.h"
#include "ui/key.h"

enum handled {
        IGNORED,  /* not mine: the loop tries the shared keys */
        HANDLED,
        CLOSE,    /* close this screen; the one below gets `back` */
        QUIT,     /* leave the program */
};

struct ui;
struct screen;

/* ACT_HELP, ACT_QUIT …; 0 is none. */
enum action_id {
        ACT_NONE,
#define ACT(name) ACT_##name,
#include "ui/action_ids.def"
#undef ACT
        ACT_N
};

/* One row of ui/actions.def: what a key does on one screen. */
struct action {
        const char *screen; /* class name, or "*" for everywhere */
        int id;             /* ACT_… */
        const char *key, *second; /* names of key.h; second may be "" */
        const char *label;  /* hint bar, ≤ 10 columns; "" keeps it out of the bar */
        const char *help;   /* a sentence */
};

struct screen_class {
        const char *name;   /* as in actions.def and the help */
        bool overlay;       /* drawn over the screen below (dialogs) */
        /* Any may be NULL except draw and key. */
        void (*draw)(struct screen *screen, struct canvas *canvas, struct rect area);
        /* Keys that are no action, and every action (`action` is its ACT_ id, else 0). */
        enum handled (*key)(struct screen *screen, const struct key *key, int action);
        /* Words for the title bar, in `arena`; what follows a tab goes to its right end. */
        const char *(*title)(struct screen *screen, struct arena *arena);
        /* False hides an action from the bar just now, and its key does nothing. */
        bool (*allows)(struct screen *screen, int action);
        /* The screen above closed with `result` (0: Esc). */
        void (*back)(struct screen *screen, struct screen *from, int result);
        /* A step of long work, between keys, while screen->working; false when there is no more to do. */
        bool (*work)(struct screen *screen);
        /* Nothing typed for a second: save what is being typed. */
        void (*idle)(struct screen *screen);
        /* A look at what may have changed (a stick), when no key comes; also under an overlay. */
        void (*tick)(struct screen *screen);
        /* Every how many ms tick() wants to be called; -1: not now. Comes with tick(). */
        int (*pace)(struct screen *screen);
        void (*free)(struct screen *screen);
        /* Letters are text while true (no single-letter action may fire). */
        bool (*typing)(struct screen *screen);
};

struct screen {
        const struct screen_class *class;
        struct ui *ui;
        struct screen *below;
        void *state;
        int result; /* what `back` of the screen below receives */
        bool closing;
        bool working; /* on top, class->work() is called between keys */
};

struct ui {
        struct app *app;
        struct screen *top;
        struct canvas canvas;
        char message[512];
        enum style message_style;
        struct arena frame; /* cleared before each drawing: for texts of one frame */
        bool leaving, unsaved; /* ui_quit() was called; something typed since the last idle() */
};

/* Runs until the person leaves or the terminal goes. `first` may be NULL: home. */
enum err_code ui_run(struct app *app, struct err *err);

/* An interface without a terminal, for tests: push a screen, then ui_draw() and ui_key(). */
void ui_init(struct ui *ui, struct app *app, int rows, int cols);
/* Frees the screens still open, from the top. */
void ui_release(struct ui *ui);
/* The loop alone, on an open terminal, until the person leaves or the terminal goes. */
void ui_loop(struct ui *ui);

/* Put a new screen on top; `state` belongs to it (its class frees it). Returns it. */
struct screen *ui_push(struct ui *ui, const struct screen_class *class, void *state);
/* Close `screen`, wherever it is in the stack, when the present key is done: what CLOSE does, for back(). */
void ui_close(struct screen *screen);
/* Leave the program when the present key is done: what QUIT does, for back(). */
void ui_quit(struct ui *ui);
/* What to say on the message line until the next key. */
void ui_say(struct ui *ui, enum style style, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* An error as a sentence on the message line. */
void ui_say_err(struct ui *ui, const struct err *err);
/* Draw the whole stack on ui->canvas; the loop's first step, also for tests. */
void ui_draw(struct ui *ui);
/* How long the loop may wait for a key, in ms; 0: there is work; -1: for ever. */
int ui_patience(const struct ui *ui);
/* Draw and paint in the middle of something long, before the key that began it is done. */
void ui_paint(struct ui *ui);
/* Give one key to the stack; the loop's last step. False when the program should end. */
bool ui_key(struct ui *ui, const struct key *key);

const struct action *ui_actions(int *ret_n);

/* ---- Shared pieces ---- */

/*
 * Dialogs (overlays). When one closes, the screen below gets back() with the
 * dialog's screen and its result; `tag` tells several apart (dialog_tag()).
 */
/* A question with 2-9 answers; result: 1 for the first … ; Esc: 0. The first is the safe one and has the focus. */
void dialog_ask(struct ui *ui, int tag, const char *title, const char *text, const char *const *answers, int n);
/* One line of text asked for; result 1 when accepted; the text by dialog_text(). */
void dialog_line(struct ui *ui, int tag, const char *title, const char *label, const char *initial);
/* A text of several lines, at most `limit` bytes; F2 accepts it (result 1); the text by dialog_memo_text(). */
void dialog_memo(struct ui *ui, int tag, const char *title, const char *label, size_t limit);
/* A text to read, with scrolling. */
void dialog_text_view(struct ui *ui, const char *title, const char *text);
/* A month to choose a day from; result 1; dialog_days(). */
void dialog_calendar(struct ui *ui, int tag, const char *title, int64_t days);
/* The tag it was opened with; -1 for any screen that is not one of the dialogs with a result. */
int dialog_tag(const struct screen *dialog);
const char *dialog_text(const struct screen *dialog);
const char *dialog_memo_text(const struct screen *dialog);
int64_t dialog_days(const struct screen *dialog);

/*
 * A list that filters as one types: rows come from a source, by key pages, so
 * that 100,000 rows cost no more than a screenful.
 */
enum { LIST_COLUMNS = 12 };
struct list_row { const char *cells[LIST_COLUMNS]; enum style style; const void *data; bool wide; /* the first cell alone, over all columns */ };
struct list_source {
        void *ctx;
        int columns_n;
        struct { const char *title; int width; /* 0: takes the rest */ } columns[LIST_COLUMNS];
        /* Rows from..from+n-1 that match the words; fills `rows`, returns how many; texts in `arena`. */
        int (*rows)(void *ctx, const char *words, int from, int n, struct list_row *rows, struct arena *arena);
        /* How many match, and how many there are in all. */
        void (*count)(void *ctx, const char *words, int64_t *ret_found, int64_t *ret_all);
        /* How many of those that match are headings, and not counted for the person; NULL: none. */
        int (*heads)(void *ctx);
        const char *empty; /* sentence when there is nothing at all, saying what to do */
        bool fixed;        /* letters do not filter it */
};
struct list {
        struct list_source source;
        struct str words;
        int at, top;       /* selected row, first row shown */
        int64_t found, all;
        bool counted;
        struct arena arena; /* of the page held */
        struct list_row page[128];
        int page_from, page_n;
        struct rect area;  /* where it was last drawn, for pages and clicks */
};
void list_init(struct list *list, const struct list_source *source);
void list_release(struct list *list);
/* The data changed: ask again. */
void list_refresh(struct list *list);
void list_draw(struct list *list, struct canvas *canvas, struct rect area, bool focus);
/* Letters filter, arrows and pages move, backspace and Esc clear the filter first (then IGNORED).
 * A click selects a row; on the selected one it is IGNORED: the screen does what Enter does. */
enum handled list_key(struct list *list, const struct key *key);
/* True if the key is a click on the row already selected, which list_key() ignores: the screen opens it. */
bool list_opens(struct list *list, const struct key *key);
/* The selected row, or NULL. Valid until the list moves or changes. */
const struct list_row *list_selected(struct list *list);

/*
 * A text editor for one or several lines, by grapheme clusters and columns,
 * with word wrap; it keeps the text through any resize.
 */
struct editor {
        struct str text;
        size_t at;          /* byte offset of the cursor, on a cluster border */
        bool multiline;
        int goal;           /* column that up and down aim for; -1 none */
        int top;            /* first wrapped line shown */
        bool changed;       /* since editor_set() */
        size_t limit;       /* bytes; 0: 64 KiB */
        bool secret;        /* of one line: shown as dots */
};
void editor_init(struct editor *editor, bool multiline);
void editor_release(struct editor *editor);
void editor_set(struct editor *editor, const char *text); /* cursor at the end */
/* Draws the text and puts the canvas cursor. Multi-line: wrapped in the rectangle and scrolled to the cursor. */
void editor_draw(struct editor *editor, struct canvas *canvas, struct rect area, bool focus);
/* Lines that the text takes when wrapped at `cols`. */
int editor_lines(const struct editor *editor, int cols);
/* One line: Enter, Tab, Up, Down, Esc are IGNORED. Multi-line: Enter is a new line; Up/Down IGNORED at the
 * first and last line; Tab, Esc IGNORED. ^W word back, ^U line, ^Z IGNORED. Pasted line ends become spaces on one line. */
enum handled editor_key(struct editor *editor, const struct key *key, int cols);

#endif
