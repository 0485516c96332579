/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Screens without a terminal: one interface over an app, its keys, and what it shows as text. */
#ifndef SIMAE_TEST_DESK_H
#define SIMAE_TEST_DESK_H

#include "test_boards.h"

#include "ui/form_screen.h"
#include "ui/screens.h"

static struct ui ui;
static struct str shown;

/* At home, at 24 x 80. */
HELPER void desk_open(struct app *app)
{
        ui_init(&ui, app, 24, 80);
        screen_home_open(&ui);
        str_init(&shown);
}

HELPER void desk_close(void)
{
        ui_release(&ui);
        str_release(&shown);
}

HELPER const char *screen(void)
{
        ui_draw(&ui);
        str_clear(&shown);
        canvas_dump(&ui.canvas, &shown);
        return shown.text;
}

/* A key by its name in ui/actions.def. */
HELPER void press(const char *name)
{
        struct key key = key_of_code(key_code_of(name));
        screen();
        ui_key(&ui, &key);
}

HELPER void type(const char *letters)
{
        for (; *letters; letters++) {
                struct key key = {.kind = KEY_KIND_CHAR, .code = (unsigned char)*letters};
                ui_key(&ui, &key);
        }
}

HELPER void expect_absent(const char *words)
{
        if (strstr(screen(), words))
                fail_msg("«%s» is in:\n%s", words, shown.text);
}

HELPER void expect_order(const char *first, const char *second)
{
        const char *text = screen(), *a = strstr(text, first), *b = strstr(text, second);
        if (!a || !b || a > b)
                fail_msg("«%s» is not before «%s» in:\n%s", first, second, text);
}

#endif
