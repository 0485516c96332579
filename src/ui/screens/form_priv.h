/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the form screen share.  The screen itself is in form.c; see ui/form_screen.h. */
#ifndef SIMAE_UI_FORM_PRIV_H
#define SIMAE_UI_FORM_PRIV_H

#include "ui/form_screen.h"

/* What part of which draft a form screen shows. */
enum form_part {
        FORM_WHOLE, /* a record; owns its draft; ends in the review */
        FORM_CHILD, /* a child record; owns its draft; ends by closing: it concludes with its parent */
        FORM_QUICK, /* the few questions of a new directory entity; owns its draft; ends by concluding it */
        FORM_ROW,   /* one row of a repeat; the draft is that of the screen below */
};

/* A top-level group, or a run of top-level questions without one. */
struct form_section {
        int first, end; /* nodes */
        int group;      /* the group's node, or -1 for a run */
        const char *label;
        bool visited; /* was left once: what is missing shows as such */
        struct session_counts counts;
};

/* A line of the scrolling column: a question, or the label of a group inside the section. */
struct form_item {
        struct place place;
        bool heading;
};

struct form_hit {
        int row, rows, item;
};

struct form_state {
        struct screen *screen;
        struct ui *ui;
        enum form_part part;
        struct draft *draft; /* NULL once it is finalised or closed */
        struct session *session;
        const struct form *form;
        int root, row;       /* FORM_ROW: the repeat and the row; else 0, 0 */
        struct place repeat; /* FORM_ROW: the repeat, in its own row */

        struct form_section *sections;
        int sections_n, section;
        struct form_item *items; /* of the section, as of items_version */
        int items_n, items_room;
        unsigned items_version;
        int items_section;
        unsigned counts_version;
        struct session_counts counts;

        int focus;            /* item, or -1 in a section with nothing */
        int top;              /* first item shown */
        bool loose;           /* the wheel moved the column: do not pull it back to the focus */
        bool noted;           /* the message of the answer was shown once; the next Enter goes on */
        bool leaving;         /* the disk refused once; the next Esc leaves */
        bool touched;         /* the person answered something here */
        bool fresh;           /* FORM_ROW: a row just added, gone again if nothing is answered */
        bool arrow; /* the key is ↓: it looks at the next question and ends nothing */
        struct widget widget; /* of the question with the focus; class NULL: none */

        struct rect side, column, editor; /* where things were drawn, for the mouse */
        int side_top;
        struct form_hit hits[128];
        int hits_n;
        struct id record; /* once finalised */
};

static inline struct form_state *form_state(const struct screen *screen)
{
        return screen->state;
}

/* ---- form_items.c: sections and the cached list of places ---- */

void form_sections_build(struct form_state *st);
/* The items of the current section, up to date. */
void form_items_load(struct form_state *st);
/* The counts of all sections, up to date. */
void form_counts_load(struct form_state *st);
bool form_section_shown(const struct form_state *st, int section);
/* The section that holds a node, or -1. */
int form_section_with(const struct form_state *st, int node);
/* Index of a place among the items, or -1; and the focusable item at or after `from` in a direction, or -1.
 */
int form_item_of(const struct form_state *st, struct place place);
int form_item_focusable(const struct form_state *st, int from, int direction);
/* "✓", "!", "·", "—" for a section and for a question. */
const char *form_section_glyph(const struct form_state *st, int section);
const char *form_item_glyph(const struct form_state *st, int item);
enum style form_glyph_style(const char *glyph);
/* True if a person meets this node: not metadata, not hidden, not a calculation without words. */
bool form_node_shows(const struct node *node);

/* ---- form_draw.c ---- */

void form_draw(struct screen *screen, struct canvas *canvas, struct rect area);
const char *form_title(struct screen *screen, struct arena *arena);
/* "Faltan 12 respuestas · 1 por corregir", or "Completo". */
const char *form_missing_words(const struct session_counts *counts, struct arena *arena);

/* ---- form_item_draw.c: one line of the column ---- */

/* Rows that an item takes; the one with the focus at most `room`. */
int form_item_height(struct form_state *st, int item, int cols, int room);
void form_item_draw(struct form_state *st, int item, struct canvas *canvas, struct rect area);
/* The answer of a question without the focus. In `arena`. */
const char *form_answer_words(struct draft *draft, struct place place, struct arena *arena);

/* ---- form_focus.c: moving ---- */

/* Leave the question with the focus: its text goes to the session and to disk. */
void form_leave(struct form_state *st);
/* Give the focus to an item (-1: none); `walk` remembers the step in the path. */
void form_focus(struct form_state *st, int item, bool walk);
/* One question forward or back, over sections; at the end, what ends this part. */
void form_next(struct form_state *st);
void form_prev(struct form_state *st);
/* A section (or, in a row, a row) forward or back. */
void form_step_section(struct form_state *st, int direction);
void form_go_section(struct form_state *st, int section);
/* Go to a place of the draft, opening the screens of its rows on the way. False if it is not shown. */
bool form_go_place(struct form_state *st, struct place place, bool walk);
/* After the session changed under the widget (undo, a dialog, a screen above): everything again, same place.
 */
void form_refresh(struct form_state *st);
/* The list of places may have changed around the open widget: find it again. */
void form_resync(struct form_state *st);

/* ---- form_nested.c: screens over the form ---- */

struct screen *form_push(struct ui *ui, enum form_part part, struct draft *draft, struct place repeat,
                         int row);
/* The focus on the first question that a new draft still misses. */
void form_start_new(struct form_state *st);
/* Used by widgets; each answers in the widget's back(). */
void form_open_row(struct widget *widget, int row, bool fresh);
void form_open_child(struct widget *widget, struct draft *draft);
/* Put back the text that was being typed when the program ended without warning. */
void form_restore_pending(struct form_state *st);
void form_open_quick(struct widget *widget, const char *form, const char *typed);
/* The end of each part: the person went past the last question. */
void form_end(struct form_state *st);
/* In a row: to another row of its repeat; past the last one, a new row if `add`. */
void form_go_row(struct form_state *st, int direction, bool add);
/* FORM_ROW: show another row in this same screen. */
void form_set_row(struct form_state *st, int row, bool fresh);
/* FORM_ROW: true if an undo took the row away. */
bool form_row_is_gone(const struct form_state *st);
/* FORM_ROW: true (and the row is gone) if it was just added and nothing was answered in it. */
bool form_drop_blank_row(struct form_state *st);
/* Save, free the draft if it is this screen's. False if the disk refused (said); the second time it gives in.
 */
bool form_close(struct form_state *st);
/* Esc: what has to be asked or said first. */
enum handled form_escape(struct form_state *st);
void form_back(struct screen *screen, struct screen *from, int result);

/* ---- form_goto.c ---- */

/* A list of all questions, or only of what is missing or wrong. */
void form_goto_open(struct form_state *st, bool missing);
struct place form_goto_place(const struct screen *screen);

/* ---- review.c ---- */

const struct id *review_record(const struct screen *review);

/* Tags of the dialogs that the form and its widgets open. */
enum form_tag { FORM_TAG_DISCARD = 700, FORM_TAG_REMOVE, FORM_TAG_CALENDAR, FORM_TAG_FINALISE,
                FORM_TAG_FOLLOW };

#endif
