/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form screen, where a record is filled, the review that ends it, and the
 * widgets that answer one question each.
 *
 *   sections │ questions, one under the other; the one with the focus is open:
 *            │   · matriculados …………… 24
 *            │ ▌ Estudiantes asistentes *
 *            │ ▌ hint, its editor, what is wrong with it
 *
 * Only the question with the focus has a widget; the others are drawn from
 * the session.  A widget is a row of ui/widgets.def and a file of
 * src/ui/widgets/ with its `struct widget_class`.
 */
#ifndef SIMAE_UI_FORM_SCREEN_H
#define SIMAE_UI_FORM_SCREEN_H

#include "ui/ui.h"

/* ---- Screens ---- */

extern const struct screen_class screen_form, screen_review, screen_form_goto;

/*
 * Fill a draft. The screen owns it: on closing it is saved and freed. When it
 * is finalised the screen closes with result 1 and form_screen_record() tells
 * the record; otherwise with 0. Goes to the place where the draft was left and
 * puts back the text that was being typed.
 */
struct screen *screen_form_open(struct ui *ui, struct draft *draft);
/* The same with the quick questions only (NODE_QUICK), for a directory entity; past the last one it
 * concludes. */
struct screen *screen_form_open_quick(struct ui *ui, struct draft *draft);
/*
 * Read everything filled, jump to what is missing, conclude. `draft` stays the
 * caller's unless the review closes with result REVIEW_DONE (finalised, freed);
 * with REVIEW_JUMP the person chose the place of review_place().
 */
struct screen *screen_review_open(struct ui *ui, struct draft *draft);
enum { REVIEW_DONE = 1, REVIEW_JUMP = 2 };
struct place review_place(const struct screen *review);
/* The record made by a form or a review that closed with result 1. False if none was. */
bool form_screen_record(const struct screen *screen, struct id *ret);

/* ---- Widgets ---- */

/* What a widget says of a key. */
enum widget_reply {
        WIDGET_IGNORED, /* not mine */
        WIDGET_HANDLED,
        WIDGET_NEXT, /* done here: go forward */
        WIDGET_PREV, /* over the top: go back */
};

struct widget;

struct widget_class {
        const char *name;
        const char *about; /* a plain sentence for the help: how this kind of question is answered */
        const char *hint;  /* its keys, under the field; at most WIDGET_HINT_COLS columns */
        const char *(*hint_now)(struct widget *widget); /* the same as things are now; NULL: always `hint` */
        unsigned types;                                 /* bits 1 << NODE_…, of the node types it serves */
        bool (*serves)(const struct node *node); /* narrows them; NULL: all. The first row that serves wins */
        bool passive;                            /* read only: the focus passes over it */
        bool replaces; /* typing over a short answer replaces it; any other key edits it */
        bool typed;    /* the editor's text becomes the answer when the field is left */
        bool keeps;    /* the editor's text is worth keeping if the program ends now */
        /* The focus arrives and leaves; `leave` frees what the class put in `state`. May be NULL. */
        void (*enter)(struct widget *widget);
        void (*leave)(struct widget *widget);
        /* Before leaving, when what is pending is not simply the editor's text. May be NULL. */
        void (*commit)(struct widget *widget);
        /* Rows wanted at that width, 1 to `room`; the widget scrolls within them. */
        int (*height)(struct widget *widget, int cols, int room);
        void (*draw)(struct widget *widget, struct canvas *canvas, struct rect area);
        enum widget_reply (*key)(struct widget *widget, const struct key *key, int action);
        /* Row and column within the area last drawn. May be NULL. */
        enum widget_reply (*click)(struct widget *widget, int row, int col);
        /* A dialog or screen that the widget opened closed. May be NULL. */
        void (*back)(struct widget *widget, struct screen *from, int result);
        /* One line for the question without the focus; NULL: the session's display. In `arena`. */
        const char *(*summary)(struct draft *draft, struct place place, struct arena *arena);
};

enum { WIDGET_HINT_COLS = 52 };

/* The question with the focus. */
struct widget {
        const struct widget_class *class;
        struct screen *screen; /* the form screen, or NULL in tests */
        struct ui *ui;
        struct draft *draft;
        struct session *session;
        const struct node *node;
        struct place place;
        struct editor editor; /* what is typed: an answer or words to search */
        struct arena arena;   /* texts that last while the session does not change */
        unsigned version;     /* session_version() of those texts */
        int at, top;          /* chosen line and first line shown, of lists */
        bool moved;           /* `at` was moved and nothing chosen yet */
        bool answered;        /* an answer changed since the focus came */
        bool whole;           /* the text is as it came: what is typed replaces it */
        bool kept;            /* its text is stored as pending */
        void *state;          /* the class's own */
};

const struct widget_class *const *widget_classes(int *ret_n);
/* The class for a node; never NULL for a node that a person sees. */
const struct widget_class *widget_class_for(const struct node *node);
/* True for a list of what earlier records left open that is not empty. */
bool widget_waits(struct draft *draft, struct place place);
/* True if the focus can rest on a place: something to answer that is not read only. */
bool widget_can_focus(struct draft *draft, struct place place);

void widget_enter(struct widget *widget, struct ui *ui, struct screen *screen, struct draft *draft,
                  struct place place);
void widget_leave(struct widget *widget);
/* Put what is typed in the session and on disk. True if the answer changed. */
bool widget_commit(struct widget *widget);
/* Answer now, and save: for widgets that choose. True if the answer changed. */
bool widget_answer(struct widget *widget, const char *typed);
/* Store what the session logged; the sentence goes to the message line if the disk refuses. */
bool widget_save(struct widget *widget);
/* The keys to show under the field just now. */
const char *widget_hint(struct widget *widget);
/* True (and the arena emptied) when the session changed since the last call: load lists again. */
bool widget_stale(struct widget *widget);

#endif
