/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of text asked for: a label, a field; Enter accepts (result 1), Esc leaves it (result 0). */
#include "dialog_priv.h"

#include <stdlib.h>

enum { WIDTH = 60 };

struct line {
        struct dialog dialog;
        char *label;
        struct editor editor;
};

static enum handled line_key(struct screen *screen, const struct key *key, int action)
{
        struct line *line = screen->state;
        if (action == ACT_ACCEPT) {
                screen->result = 1;
                return CLOSE;
        }
        return editor_key(&line->editor, key, line->dialog.inside.cols);
}

static void line_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct line *line = screen->state;
        struct rect text = {.cols = dialog_cols(area, WIDTH)};
        int lines = canvas_wrap(NULL, text, STYLE_NORMAL, line->label, 0);
        if (lines > area.rows - 4)
                lines = area.rows - 4;
        struct rect inside = dialog_frame(&line->dialog, canvas, area, lines + 2, text.cols);
        canvas_wrap(canvas, (struct rect){inside.row, inside.col, lines, inside.cols}, STYLE_NORMAL,
                    line->label, 0);
        editor_draw(&line->editor, canvas, (struct rect){inside.row + lines + 1, inside.col, 1, inside.cols},
                    true);
}

static bool line_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

static void line_free(struct screen *screen)
{
        struct line *line = screen->state;
        editor_release(&line->editor);
        free(line->label);
        dialog_release(&line->dialog);
        free(line);
}

const struct screen_class dialog_line_class = {
        .name = "line",
        .overlay = true,
        .draw = line_draw,
        .key = line_key,
        .typing = line_typing,
        .free = line_free,
};

void dialog_line(struct ui *ui, int tag, const char *title, const char *label, const char *initial)
{
        struct line *line = xcalloc(1, sizeof *line);
        dialog_init(&line->dialog, tag, title);
        line->label = xstrdup(label);
        editor_init(&line->editor, false);
        editor_set(&line->editor, initial ? initial : "");
        ui_push(ui, &dialog_line_class, line);
}

const char *dialog_text(const struct screen *dialog)
{
        const struct line *line = dialog->state;
        return dialog->class == &dialog_line_class ? line->editor.text.text : "";
}
