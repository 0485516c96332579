/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file or an image: its path while it is typed, with a word on whether it is there; then the copy that was taken in. */
#include "widgets_priv.h"

#include <sys/stat.h>

#include "app/attach.h"

enum { PATH_COLS = 200 };

static int height(struct widget *widget, int cols, int room)
{
        (void)widget, (void)cols;
        return room < 2 ? room : 2;
}

static const char *size_words(long long bytes, struct arena *arena)
{
        if (bytes < 1024 * 1024)
                return arena_printf(arena, "%lld KB", (bytes + 1023) / 1024);
        return arena_printf(arena, "%.1f MB", (double)bytes / (1024 * 1024));
}

/* The name of the file that has been taken in, or NULL while the editor holds a path. */
static const char *taken(struct widget *widget)
{
        struct hash hash;
        const char *name;
        return attached_parse(widget->editor.text.text, &hash, &name) ? name : NULL;
}

static const char *path_words(struct widget *widget, enum style *ret_style)
{
        struct stat info;
        const char *typed = widget->editor.text.text;
        struct arena *arena = &widget->ui->frame;
        *ret_style = STYLE_DIM;
        if (!*typed)
                return _("Escriba la ruta, por ejemplo ~/Descargas/acta.pdf");
        if (stat(attach_whole_path(typed, arena), &info) == 0 && S_ISREG(info.st_mode)) {
                *ret_style = STYLE_OK;
                return arena_printf(arena, _("✓ está (%s); con Enter se guarda una copia"), size_words(info.st_size, arena));
        }
        if (stat(attach_whole_path(typed, arena), &info) == 0)
                return _("es una carpeta; siga escribiendo");
        *ret_style = STYLE_WARNING;
        return _("~ no hay un archivo con ese nombre");
}

static const char *taken_words(struct widget *widget, enum style *ret_style)
{
        int64_t size = 0;
        struct arena *arena = &widget->ui->frame;
        bool here = app_attached_here(widget->ui->app, widget->editor.text.text, &size);
        *ret_style = here ? STYLE_OK : STYLE_WARNING;
        return here ? arena_printf(arena, _("✓ guardado en la laptop (%s)"), size_words(size, arena))
                    : _("~ no está en esta laptop; lo tiene quien lo adjuntó");
}

static void draw(struct widget *widget, struct canvas *canvas, struct rect area)
{
        const char *name = taken(widget);
        enum style style;
        const char *words = name ? taken_words(widget, &style) : path_words(widget, &style);
        if (area.rows > 1)
                canvas_text(canvas, area.row + 1, area.col, area.cols, style, words);
        if (!name) {
                widget_draw_line(widget, canvas, area, PATH_COLS);
                return;
        }
        canvas_text(canvas, area.row, area.col, area.cols, STYLE_NORMAL, name);
        widget_cursor(canvas, area.row, area.col);
}

static enum widget_reply key(struct widget *widget, const struct key *key, int action)
{
        (void)action;
        if (!taken(widget))
                return widget_edit(widget, key, PATH_COLS);
        if (key_is(key, K_BACKSPACE) || key_is(key, K_DELETE)) {
                widget_type(widget, "");
                return WIDGET_HANDLED;
        }
        if (key->kind != KEY_KIND_CHAR && key->kind != KEY_KIND_PASTE)
                return WIDGET_IGNORED;
        editor_set(&widget->editor, "");
        return widget_edit(widget, key, PATH_COLS);
}

/* The path becomes the file. What cannot be taken in stays as it was typed, marked. */
static void commit(struct widget *widget)
{
        struct arena *arena = &widget->ui->frame;
        struct err err;
        const char *typed = widget->editor.text.text, *answer;
        if (!widget->editor.changed || !*typed || taken(widget))
                return;
        if (app_attach(widget->ui->app, typed, arena, &answer, &err) == ERR_OK)
                widget_type(widget, answer);
        else
                ui_say_err(widget->ui, &err);
}

const struct widget_class widget_file = {
        .name = "file",
        .about = _("Escriba dónde está el archivo; con Enter se guarda una copia en la laptop. Retroceso lo quita."),
        .hint = _("Enter guarda una copia · Retroceso lo quita"),
        .types = SERVES(FILE) | SERVES(IMAGE),
        .typed = true,
        .keeps = true,
        .height = height,
        .draw = draw,
        .key = key,
        .commit = commit,
};
