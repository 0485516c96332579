/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the three files of the terminal share: term.c opens, closes and waits,
 * term_paint.c draws, term_keys.c reads.  Only they include this, for curses.
 */
#ifndef SIMAE_SRC_UI_TERM_PRIV_H
#define SIMAE_SRC_UI_TERM_PRIV_H

#include "ui/term.h"

#define key_name curses_key_name /* ours has the same name */
#include <curses.h>
#undef key_name

#include "base/str.h"

struct terminal {
        SCREEN *screen; /* NULL: not open */
        enum theme theme;
        bool colours, mouse;
        attr_t attributes[STYLE_N];
        short pairs[STYLE_N];
        struct canvas painted;
        bool cursor_shown;

        struct { bool full; int kind; wint_t code; } kept; /* read too far after an Esc */
        struct str paste;
        int idle_fd;
        bool unannounced; /* something came since the last idle byte */
};

extern struct terminal term;

/* Keys that terminfo does not tell curses of. */
void term_teach_keys(void);
/* One reading of curses, at most `ms` long: OK (a character), KEY_CODE_YES or ERR. */
int term_read(int ms, wint_t *code);
/* The key that began with what was read, which may be more than one reading. K_NONE: something to be ignored. */
struct key term_key_of(int kind, wint_t code);

#endif
