/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the widgets share: a menu of choices, a short table of lines, and the typing of characters. */
#ifndef SIMAE_UI_WIDGETS_PRIV_H
#define SIMAE_UI_WIDGETS_PRIV_H

#include "base/utf8.h"
#include "ui/form_screen.h"

#define SERVES(type) (1u << NODE_##type)

/* ---- widget.c ---- */

/* Keys for the one-line editor of the widget; IGNORED and HANDLED as replies. */
enum widget_reply widget_edit(struct widget *widget, const struct key *key, int cols);
/* An editor of one line, `cols` wide at most; the cursor goes there. */
void widget_draw_line(struct widget *widget, struct canvas *canvas, struct rect area, int cols);
/* Put text in the editor as if it had been typed. */
void widget_type(struct widget *widget, const char *text);
/* The character of a key, lower case for ASCII letters; 0 if it is none. */
uint32_t key_letter(const struct key *key);
/* The cursor of the terminal on a cell. */
void widget_cursor(struct canvas *canvas, int row, int col);
/* Keep line `at` of a list inside `rows` lines; returns the first to show. */
int scrolled(int top, int at, int n, int rows);

/* ---- choices.c: a menu of the choices of a question ---- */

enum { MENU_FILTERS_OVER = 9 }; /* longer menus filter as one types */

struct menu {
        const struct choice *const *all; /* offered now */
        char **folded;                   /* their labels, for the filter */
        int all_n;
        int *shown, shown_n; /* those that the filter lets through */
        bool hints;          /* some choice has a descriptor */
        bool closed;         /* long and already answered: one line until one searches */
};

/* How a choice is drawn: its mark, such as "(•)" or "[x]" or "2.". */
typedef const char *menu_mark(struct widget *widget, const struct choice *choice);

void menu_enter(struct widget *widget);
void menu_leave(struct widget *widget);
/* The menu, up to date with the session and the filter. */
struct menu *menu_of(struct widget *widget);
bool menu_filters(struct widget *widget);
/* True while a long, answered menu is folded into one line; the first letter or → opens it. */
bool menu_closed(struct widget *widget);
/* The choice under the cursor, or NULL. */
const struct choice *menu_at(struct widget *widget);
/* Put the cursor on a choice by name. */
void menu_seek(struct widget *widget, const char *name);
/* The choice that a digit or a unique initial stands for, or NULL; an initial of several moves the cursor. */
const struct choice *menu_shortcut(struct widget *widget, const struct key *key);
/* Arrows, pages, and the filter. PREV over the top, NEXT past the end. */
enum widget_reply menu_key(struct widget *widget, const struct key *key);
/* The choice on a line last drawn by menu_draw(), as the cursor; false if there is none. */
bool menu_click(struct widget *widget, int row);
int menu_rows(struct widget *widget);
void menu_draw(struct widget *widget, struct canvas *canvas, struct rect area, menu_mark *mark);
/* True if `name` is one of the words of the answer. */
bool menu_chosen(struct widget *widget, const char *name);
/* The descriptor of the cursor's choice, or of the answer; "" if there is none. */
const char *menu_hint(struct widget *widget);

#endif
