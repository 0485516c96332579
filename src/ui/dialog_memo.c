/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text of several lines asked for: Enter is a new line; F2 accepts (result 1), Esc leaves it (result 0). */
#include "dialog_priv.h"

#include <stdlib.h>

enum { WIDTH = 66, ROWS = 8 };

struct memo {
        struct dialog dialog;
        char *label;
        struct editor editor;
};

static enum handled memo_key(struct screen *screen, const struct key *key, int action)
{
        struct memo *memo = screen->state;
        if (action == ACT_ACCEPT) {
                screen->result = 1;
                return CLOSE;
        }
        return editor_key(&memo->editor, key, memo->dialog.inside.cols);
}

static void memo_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct memo *memo = screen->state;
        struct rect text = {.cols = dialog_cols(area, WIDTH)};
        int lines = canvas_wrap(NULL, text, STYLE_NORMAL, memo->label, 0);
        if (lines > area.rows - 4)
                lines = area.rows - 4;
        int rows = area.rows - lines - 3 < ROWS ? area.rows - lines - 3 : ROWS;
        struct rect inside = dialog_frame(&memo->dialog, canvas, area, lines + 1 + rows, text.cols);
        canvas_wrap(canvas, (struct rect){inside.row, inside.col, lines, inside.cols}, STYLE_NORMAL, memo->label, 0);
        struct rect field = {inside.row + lines + 1, inside.col, rows, inside.cols};
        canvas_fill(canvas, field, STYLE_EDIT);
        editor_draw(&memo->editor, canvas, field, true);
}

static bool memo_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

static void memo_free(struct screen *screen)
{
        struct memo *memo = screen->state;
        editor_release(&memo->editor);
        free(memo->label);
        dialog_release(&memo->dialog);
        free(memo);
}

const struct screen_class dialog_memo_class = {
        .name = "memo",
        .overlay = true,
        .draw = memo_draw,
        .key = memo_key,
        .typing = memo_typing,
        .free = memo_free,
};

void dialog_memo(struct ui *ui, int tag, const char *title, const char *label, size_t limit)
{
        struct memo *memo = xcalloc(1, sizeof *memo);
        dialog_init(&memo->dialog, tag, title);
        memo->label = xstrdup(label);
        editor_init(&memo->editor, true);
        memo->editor.limit = limit;
        ui_push(ui, &dialog_memo_class, memo);
}

const char *dialog_memo_text(const struct screen *dialog)
{
        const struct memo *memo = dialog->state;
        return dialog->class == &dialog_memo_class ? memo->editor.text.text : "";
}
