/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files of the interface's core: actions, the hint bar, the help, the frame of dialogs. */
#ifndef SIMAE_SRC_UI_UI_PRIV_H
#define SIMAE_SRC_UI_UI_PRIV_H

#include "ui/ui.h"

/* The screen below which the program says only that the window is too small. */
enum { UI_MIN_ROWS = 15, UI_MIN_COLS = 60 };

/* ---- hints.c ---- */

/* The row of actions.def that `key` stands for on the top screen (its own rows, then "*"); NULL if none. */
const struct action *action_for(const struct ui *ui, const struct key *key);
/* True if `action` may be done now: its screen allows it. */
bool action_allowed(const struct ui *ui, const struct action *action);
void hints_draw(struct ui *ui, struct canvas *canvas, int row);
/* The code of the key whose label is at column `col` of the hint bar; K_NONE if there is none. */
uint32_t hints_key_at(const struct ui *ui, int col);
bool ui_typing(const struct ui *ui);

/* ---- help.c ---- */

/* Everything that the top screen's keys do, on top of it. */
void help_open(struct ui *ui);

#endif
