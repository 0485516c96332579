/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A question with two to nine answers, one below another.  The first is the
 * safe one and has the focus; arrows, Enter, the answer's number and a click
 * choose; Esc leaves with result 0.
 */
#include "dialog_priv.h"

#include <stdlib.h>

#include "base/utf8.h"

enum { ANSWERS_MAX = 9, WIDTH = 64 };

struct ask {
        struct dialog dialog;
        char *text, *answers[ANSWERS_MAX];
        int n, at;
        int first_row; /* of the answers, when last drawn */
};

static enum handled choose(struct screen *screen, int answer)
{
        screen->result = answer;
        return CLOSE;
}

static enum handled ask_mouse(struct screen *screen, const struct key *key)
{
        struct ask *ask = screen->state;
        struct rect inside = ask->dialog.inside;
        int answer = key->row - ask->first_row;
        if (key->code != K_CLICK || answer < 0 || answer >= ask->n || key->col < inside.col ||
            key->col >= inside.col + inside.cols)
                return HANDLED;
        return choose(screen, answer + 1);
}

static enum handled ask_key(struct screen *screen, const struct key *key, int action)
{
        struct ask *ask = screen->state;
        if (action == ACT_ACCEPT)
                return choose(screen, ask->at + 1);
        if (key->kind == KEY_KIND_MOUSE)
                return ask_mouse(screen, key);
        if (key->kind == KEY_KIND_CHAR && key->code >= '1' && key->code < '1' + (uint32_t)ask->n)
                return choose(screen, (int)(key->code - '0'));
        bool back = key_is(key, K_UP) || key_is(key, K_LEFT) || key_is(key, K_BACKTAB);
        bool on = key_is(key, K_DOWN) || key_is(key, K_RIGHT) || key_is(key, K_TAB);
        if (!back && !on)
                return IGNORED;
        ask->at = (ask->at + (on ? 1 : ask->n - 1)) % ask->n;
        return HANDLED;
}

static void draw_answer(const struct ask *ask, struct canvas *canvas, struct rect line, int answer)
{
        bool focus = answer == ask->at;
        enum style style = focus ? STYLE_FOCUS : STYLE_NORMAL;
        canvas_fill(canvas, line, style);
        canvas_text(canvas, line.row, line.col, 1, style, focus ? "▸" : " ");
        char number[4] = {(char)('1' + answer), '.', ' ', '\0'};
        int used = canvas_text(canvas, line.row, line.col + 2, line.cols, style, number);
        canvas_text_cut(canvas, line.row, line.col + 2 + used, line.cols - 2 - used, style,
                        ask->answers[answer]);
        if (focus) {
                canvas->cursor_row = line.row;
                canvas->cursor_col = line.col;
        }
}

static void ask_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct ask *ask = screen->state;
        struct rect text = {.cols = dialog_cols(area, WIDTH)};
        int lines = canvas_wrap(NULL, text, STYLE_NORMAL, ask->text, 0);
        int most = area.rows - 3 - ask->n;
        if (lines > most)
                lines = most;
        struct rect inside = dialog_frame(&ask->dialog, canvas, area, lines + 1 + ask->n, text.cols);
        canvas_wrap(canvas, (struct rect){inside.row, inside.col, lines, inside.cols}, STYLE_NORMAL,
                    ask->text, 0);
        ask->first_row = inside.row + lines + 1;
        for (int i = 0; i < ask->n; i++)
                draw_answer(ask, canvas, (struct rect){ask->first_row + i, inside.col, 1, inside.cols}, i);
}

static void ask_free(struct screen *screen)
{
        struct ask *ask = screen->state;
        for (int i = 0; i < ask->n; i++)
                free(ask->answers[i]);
        free(ask->text);
        dialog_release(&ask->dialog);
        free(ask);
}

const struct screen_class dialog_ask_class = {
        .name = "ask", .overlay = true, .draw = ask_draw, .key = ask_key, .free = ask_free,
};

void dialog_ask(struct ui *ui, int tag, const char *title, const char *text, const char *const *answers,
                int n)
{
        struct ask *ask = xcalloc(1, sizeof *ask);
        dialog_init(&ask->dialog, tag, title);
        ask->text = xstrdup(text);
        ask->n = n < ANSWERS_MAX ? n : ANSWERS_MAX;
        for (int i = 0; i < ask->n; i++)
                ask->answers[i] = xstrdup(answers[i]);
        ui_push(ui, &dialog_ask_class, ask);
}
