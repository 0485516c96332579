/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The help: everything the keys of a screen do, from the rows of
 * ui/actions.def and from nothing else, so that it cannot be out of date.
 *
 * Its lines are laid out again at each drawing: a heading, or the keys of a
 * row at the left and its sentence, wrapped, at the right.
 */
#include "dialog_priv.h"
#include "ui/screens.h"
#include "ui_priv.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 72, KEYS_COLS = 22 };

struct help {
        struct dialog dialog;
        const char *screen; /* whose keys: a class name */
        struct scroll scroll;
};

/* Where the next line goes: `line` counts all of them, those from scroll.top on are drawn. */
struct help_pen {
        struct canvas *canvas; /* NULL: only count */
        struct rect inside;
        int top, line;
};

static void put_text(struct help_pen *pen, int line, int col, enum style style, const char *text)
{
        int row = line - pen->top;
        if (pen->canvas && row >= 0 && row < pen->inside.rows)
                canvas_text(pen->canvas, pen->inside.row + row, pen->inside.col + col, pen->inside.cols - col,
                            style, text);
}

static void put_row(struct help_pen *pen, const struct action *action)
{
        char keys[48], first[16], second[16];
        const char *other = *action->second ? key_name(key_code_of(action->second), second) : "";
        snprintf(keys, sizeof keys, *other ? _("%s o %s") : "%s%s", key_name(key_code_of(action->key), first),
                 other);
        put_text(pen, pen->line, 1, STYLE_HEADING, keys);
        struct rect rest = {pen->inside.row, pen->inside.col + KEYS_COLS, pen->inside.rows,
                            pen->inside.cols - KEYS_COLS};
        int above = pen->top - pen->line; /* lines of this sentence that are scrolled away */
        if (above < 0) {
                rest.row -= above;
                rest.rows += above;
        }
        pen->line += canvas_wrap(pen->canvas, rest, STYLE_NORMAL, action->help, above > 0 ? above : 0);
}

static void put_section(struct help_pen *pen, const char *heading, const char *screen)
{
        int n, before = pen->line;
        const struct action *actions = ui_actions(&n);
        for (int i = 0; i < n; i++) {
                if (strcmp(actions[i].screen, screen) != 0)
                        continue;
                if (pen->line == before) {
                        put_text(pen, pen->line, 0, STYLE_TITLE, heading);
                        pen->line++;
                }
                put_row(pen, &actions[i]);
        }
        if (pen->line > before)
                pen->line++;
}

static int put_all(const struct help *help, struct help_pen pen)
{
        put_section(&pen, _("En esta pantalla"), help->screen);
        put_section(&pen, _("En todas"), "*");
        put_section(&pen, _("Al escribir"), "editor");
        put_section(&pen, _("En una lista"), "list");
        put_text(&pen, pen.line++, 0, STYLE_NORMAL,
                 _("Mayús + arrastrar con el ratón: copiar texto de la pantalla"));
        return pen.line;
}

static void help_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct help *help = screen->state;
        struct rect counted = {.cols = dialog_cols(area, WIDTH)};
        int lines = put_all(help, (struct help_pen){.inside = counted});
        struct rect inside = dialog_frame(&help->dialog, canvas, area, lines, counted.cols);
        scroll_fit(&help->scroll, lines, inside.rows);
        put_all(help, (struct help_pen){.canvas = canvas, .inside = inside, .top = help->scroll.top});
        scroll_marks(&help->scroll, canvas, inside);
        canvas->cursor_row = inside.row;
        canvas->cursor_col = inside.col;
}

static enum handled help_key(struct screen *screen, const struct key *key, int action)
{
        struct help *help = screen->state;
        if (action == ACT_GUIDE)
                screen_guide_open(screen->ui);
        if (action == ACT_ACCEPT || action == ACT_HELP || action == ACT_GUIDE)
                return CLOSE;
        return scroll_key(&help->scroll, key);
}

static void help_free(struct screen *screen)
{
        struct help *help = screen->state;
        dialog_release(&help->dialog);
        free(help);
}

static const struct screen_class help_class = {
        .name = "help", .overlay = true, .draw = help_draw, .key = help_key, .free = help_free,
};

void help_open(struct ui *ui)
{
        struct help *help = xcalloc(1, sizeof *help);
        dialog_init(&help->dialog, 0, _("Ayuda: las teclas"));
        help->screen = ui->top->class->name;
        ui_push(ui, &help_class, help);
}
