/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Export: where to, then do it and say what was written.  The folder typed last
 * is proposed again.  Writing is short (a laptop's life of records is a few
 * megabytes), so it runs to its end before the next key.
 */
#include <stdlib.h>
#include <sys/stat.h>

#include "ui/screens.h"

struct export {
        struct editor folder;
        struct export_result done;
        bool is_done;
        char *problem;
};

static const char setting[] = "export_folder";

static const char *reserved_words(const struct export_result *done, struct arena *arena)
{
        return done->reserved ? arena_printf(arena, _("%lld cambios de fichas reservadas se quedan en esta laptop.\n\n"),
                                             (long long)done->reserved)
                              : "";
}

static void export_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct export *state = screen->state;
        struct arena *frame = &screen->ui->frame;
        struct rect field = {area.row + 4, area.col + 2, 1, area.cols - 4};
        struct rect text = {area.row + 6, area.col + 2, area.rows - 7, area.cols - 4};
        canvas_text_cut(canvas, area.row + 1, area.col + 2, area.cols - 4, STYLE_HEADING, _("Carpeta de la memoria USB o del disco"));
        canvas_text_cut(canvas, area.row + 2, area.col + 2, area.cols - 4, STYLE_DIM,
                        _("Por ejemplo /media/usted/MEMORIA. Vacía: la carpeta «salida» de simae."));
        canvas_fill(canvas, field, STYLE_EDIT);
        editor_draw(&state->folder, canvas, field, true);
        if (state->problem)
                canvas_wrap(canvas, text, STYLE_ERROR, state->problem, 0);
        else if (state->is_done)
                canvas_wrap(canvas, text, STYLE_OK,
                            arena_printf(frame, _("%s\n\n%lld fichas y %lld cambios en %lld KiB: copiado y comprobado.\n\n%s"
                                                  "Expulse la memoria antes de retirarla."), state->done.path,
                                         (long long)state->done.records, (long long)state->done.revisions,
                                         (long long)((state->done.bytes + 1023) / 1024),
                                         reserved_words(&state->done, frame)), 0);
        else
                canvas_wrap(canvas, text, STYLE_NORMAL,
                            _("Enter copia todas las fichas concluidas en un paquete, lo lee de nuevo y lo compara. "
                              "Puede repetirlo cuantas veces quiera: en la UGEL nada entra dos veces."), 0);
}

static const char *export_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Exportar");
}

/* A name that is no folder would become a file: on the disk of the laptop, if the stick is not there. */
static enum err_code export_to(struct app *app, const char *folder, struct export_result *ret, struct err *err)
{
        struct stat st;
        if (folder && (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode)))
                return err_set(err, ERR_NOT_FOUND, _("No existe la carpeta «%.300s». Revise el nombre y que la memoria esté conectada."),
                               folder);
        return app_export(app, folder, false, ret, err);
}

static void run(struct screen *screen)
{
        struct export *state = screen->state;
        const char *folder = str_blank(state->folder.text.text) ? NULL : state->folder.text.text;
        struct err err;
        free(state->problem);
        state->problem = NULL;
        state->is_done = export_to(screen->ui->app, folder, &state->done, &err) == ERR_OK;
        if (!state->is_done)
                state->problem = xstrdup(err.text);
        else if (store_meta_set(app_store(screen->ui->app), setting, folder ? folder : "", &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                ui_say(screen->ui, STYLE_OK, _("Exportado."));
}

static enum handled export_key(struct screen *screen, const struct key *key, int action)
{
        struct export *state = screen->state;
        if (action == ACT_ACCEPT) {
                run(screen);
                return HANDLED;
        }
        return editor_key(&state->folder, key, 200);
}

static bool export_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

static void export_free(struct screen *screen)
{
        struct export *state = screen->state;
        editor_release(&state->folder);
        free(state->problem);
        free(state);
}

const struct screen_class screen_export = {.name = "export", .draw = export_draw, .key = export_key,
                                           .title = export_title, .free = export_free, .typing = export_typing};

struct screen *screen_export_open(struct ui *ui)
{
        struct export *state = xcalloc(1, sizeof *state);
        struct arena arena = {0};
        const char *folder = NULL;
        editor_init(&state->folder, false);
        if (store_meta_get(app_store(ui->app), setting, &arena, &folder, NULL) == ERR_OK && folder)
                editor_set(&state->folder, folder);
        arena_release(&arena);
        return ui_push(ui, &screen_export, state);
}
