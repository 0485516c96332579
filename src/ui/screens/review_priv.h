/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the three files of the review share: its items are made, drawn and walked through. */
#ifndef SIMAE_SRC_UI_SCREENS_REVIEW_PRIV_H
#define SIMAE_SRC_UI_SCREENS_REVIEW_PRIV_H

#include "form_priv.h"

enum item_kind { ITEM_HEADING, ITEM_PROBLEM, ITEM_WARNING, ITEM_ANSWER };

struct item {
        enum item_kind kind;
        struct place place;
        const char *label, *text;
        int line, lines; /* in the whole text, at the width last drawn */
        int depth;       /* rows of repeats are set in */
};

struct review_state {
        struct draft *draft;
        struct session *session;
        const struct form *form;
        struct arena arena;
        struct item *items;
        int n, room;
        int problems, warnings;
        int at, top, lines, rows, cols;
        struct rect area;
        struct place chosen;
        struct id record;
};

/* Everything to be read, once; counts problems and warnings. */
void review_make_items(struct review_state *st);
/* The text from line `top` on; `top` moves until what `at` is on can be seen. */
void review_draw(struct review_state *st, struct ui *ui, struct canvas *canvas, struct rect area);

#endif
