/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file or an image: its path, with a word on whether it is there. */
#include "widgets_priv.h"

#include <stdlib.h>
#include <sys/stat.h>

enum { PATH_COLS = 200 };

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols;
        return room < 2 ? room : 2;
}

/* "~/" is the person's folder, as in a file manager. */
static const char *whole_path(const char *typed, struct arena *arena)
{
        const char *home = getenv("HOME");
        return home && str_starts(typed, "~/") ? arena_printf(arena, "%s%s", home, typed + 1) : typed;
}

static const char *size_words(long long bytes, struct arena *arena)
{
        if (bytes < 1024 * 1024)
                return arena_printf(arena, "%lld KB", (bytes + 1023) / 1024);
        return arena_printf(arena, "%.1f MB", (double)bytes / (1024 * 1024));
}

static void draw_state(struct widget *widget, struct canvas *canvas, struct rect area)
{
        struct stat info;
        const char *typed = widget->editor.text.text;
        struct arena *arena = &widget->ui->frame;
        if (!*typed)
                canvas_text(canvas, area.row, area.col, area.cols, STYLE_DIM,
                            _("Escriba la ruta, por ejemplo ~/Descargas/acta.pdf"));
        else if (stat(whole_path(typed, arena), &info) != 0)
                canvas_text(canvas, area.row, area.col, area.cols, STYLE_WARNING,
                            _("~ no hay un archivo con ese nombre"));
        else if (!S_ISREG(info.st_mode))
                canvas_text(canvas, area.row, area.col, area.cols, STYLE_DIM,
                            _("es una carpeta; siga escribiendo"));
        else
                canvas_text(canvas, area.row, area.col, area.cols, STYLE_OK,
                            arena_printf(arena, _("✓ está (%s)"), size_words(info.st_size, arena)));
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        if (area.rows > 1)
                draw_state(widget, canvas, (struct rect){area.row + 1, area.col, 1, area.cols});
        widget_draw_line(widget, canvas, area, PATH_COLS);
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        return widget_edit(widget, key, PATH_COLS);
}

const struct widget_class widget_file = {
        .name = "file",
        .about = _("Escriba dónde está el archivo; el programa dice si lo encuentra."),
        .hint = "",
        .types = SERVES(FILE) | SERVES(IMAGE),
        .typed = true,
        .keeps = true,
        .height = height,
        .draw = draw,
        .key = key,
};
