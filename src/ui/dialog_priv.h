/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the dialogs share: their head, their frame, and the column of text that scrolls. */
#ifndef SIMAE_SRC_UI_DIALOG_PRIV_H
#define SIMAE_SRC_UI_DIALOG_PRIV_H

#include "ui/ui.h"

/* The first member of every dialog's state, so that dialog_tag() works on all. */
struct dialog {
        int tag;
        char *title;
        struct rect inside; /* of the frame, when last drawn */
};

extern const struct screen_class dialog_ask_class, dialog_line_class, dialog_memo_class, dialog_calendar_class;

struct dialog *dialog_of(const struct screen *screen);
void dialog_init(struct dialog *dialog, int tag, const char *title);
void dialog_release(struct dialog *dialog);

/* A blank framed rectangle in the middle of `area` with room for rows × cols; what is inside, also kept in
 * `dialog`. */
struct rect dialog_frame(struct dialog *dialog, struct canvas *canvas, struct rect area, int rows, int cols);

/* Columns that a dialog of text takes: wide enough to read, never wider than the screen. */
int dialog_cols(struct rect area, int wanted);

/* A view on something of more lines than rows. */
struct scroll { int top, lines, rows; };
/* Arrows, pages, Home, End and the wheel; IGNORED for other keys. */
enum handled scroll_key(struct scroll *scroll, const struct key *key);
/* Take new sizes, keeping `top` within them. */
void scroll_fit(struct scroll *scroll, int lines, int rows);
/* Marks at the right end of `rect` where there is more. */
void scroll_marks(const struct scroll *scroll, struct canvas *canvas, struct rect rect);

#endif
