/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that happened at the terminal, in our own names (no curses here). */
#ifndef SIMAE_UI_KEY_H
#define SIMAE_UI_KEY_H

#include <stdbool.h>
#include <stdint.h>

enum key_kind {
        KEY_KIND_CHAR,   /* a printable character: `code` is its code point */
        KEY_KIND_CODE,   /* a key with a name: `code` is an enum key_code */
        KEY_KIND_MOUSE,  /* `code` is K_CLICK, K_WHEEL_UP or K_WHEEL_DOWN at row, col */
        KEY_KIND_PASTE,  /* `text`, valid until the next wait; line ends are \n */
        KEY_KIND_RESIZE, /* to `row` rows and `col` columns, or everything needs painting again */
        KEY_KIND_IDLE,   /* nothing for the time asked of term_wait() */
        KEY_KIND_END,    /* SIGTERM, SIGHUP or the terminal is gone: save and leave */
};

enum key_code {
        K_NONE, K_ENTER, K_ESC, K_TAB, K_BACKTAB, K_BACKSPACE, K_DELETE, K_INSERT,
        K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PGUP, K_PGDN,
        K_CTRL_LEFT, K_CTRL_RIGHT, K_CTRL_UP, K_CTRL_DOWN, K_CTRL_HOME, K_CTRL_END,
        K_CLICK, K_WHEEL_UP, K_WHEEL_DOWN,
        K_F1 = 0x100, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10, K_F11, K_F12,
        K_CTRL = 0x200, /* K_CTRL + 'a' … K_CTRL + 'z' */
        K_ALT = 0x400,  /* K_ALT + character */
};

struct key {
        enum key_kind kind;
        uint32_t code;
        int row, col;
        const char *text;
};

static inline bool key_is(const struct key *key, uint32_t code)
{
        return key->kind == KEY_KIND_CODE && key->code == code;
}

/* True for the key that key_code_of() gave `code` for: a named key or an ASCII character. */
bool key_matches(const struct key *key, uint32_t code);
/* The event that pressing `code` would give. */
struct key key_of_code(uint32_t code);
/* A key as the hint bar and the help write it: "F2", "^S", "Enter", "Supr". Static or in `out` (16 bytes). */
const char *key_name(uint32_t code, char out[16]);
/* The code of a name used in ui/actions.def ("F2", "^S", "Esc", "Enter", "Ctrl-Home", "Alt-x", "h");
 * K_NONE if unknown. */
uint32_t key_code_of(const char *name);

#endif
