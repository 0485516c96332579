/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a role looks in a theme: the rows of ui/styles.def, read. */
#ifndef SIMAE_SRC_UI_STYLE_PRIV_H
#define SIMAE_SRC_UI_STYLE_PRIV_H

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/term.h"

/* Colours count as terminals do: 0 black, red, green, yellow, blue, magenta, cyan, 7 white; -1 the terminal's
 * own. */
struct look {
        int foreground, background;
        bool bold, underline, reverse, dim;
};

struct look style_look(enum style style, enum theme theme);
/* "oscuro", "claro" … */
const char *theme_name(enum theme theme);

#endif
