/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print: a document that is already made, where to keep it, and the printer if
 * the laptop has one.  What is reserved is never in it: for that there is
 * `simae ficha --sensibles`.
 */
#include <stdlib.h>

#include "app/print.h"
#include "ui/screens.h"

struct print {
        struct doc doc;
        struct editor folder;
        char *done, *problem; /* what the last key did; one of them, or neither */
        bool has_printer;
};

static const char setting[] = "print_folder";

static const char *about(const struct print *state, struct arena *arena)
{
        return arena_printf(arena, "%s\n\n%s",
                            _("Enter guarda una página que abre e imprime cualquier navegador. F2 (o Ctrl-O) guarda un "
                              "texto de 80 columnas. Los datos reservados no salen."),
                            state->has_printer ? _("F5 (o Ctrl-P) la manda a la impresora; puede tardar unos segundos.")
                                               : _("Esta laptop no tiene impresora: lleve el archivo en una memoria."));
}

static void print_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct print *state = screen->state;
        struct rect field = {area.row + 5, area.col + 2, 1, area.cols - 4};
        struct rect text = {area.row + 7, area.col + 2, area.rows - 8, area.cols - 4};
        canvas_text_cut(canvas, area.row + 1, area.col + 2, area.cols - 4, STYLE_HEADING,
                        *state->doc.subtitle ? state->doc.subtitle : state->doc.title);
        canvas_text_cut(canvas, area.row + 3, area.col + 2, area.cols - 4, STYLE_NORMAL, _("Carpeta donde guardarla"));
        canvas_text_cut(canvas, area.row + 4, area.col + 2, area.cols - 4, STYLE_DIM, _("Vacía: la carpeta «salida» de simae."));
        canvas_fill(canvas, field, STYLE_EDIT);
        editor_draw(&state->folder, canvas, field, true);
        if (state->problem)
                canvas_wrap(canvas, text, STYLE_ERROR, state->problem, 0);
        else
                canvas_wrap(canvas, text, state->done ? STYLE_OK : STYLE_NORMAL,
                            state->done ? state->done : about(state, &screen->ui->frame), 0);
}

static const char *print_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Imprimir");
}

static void forget(struct print *state)
{
        free(state->done);
        free(state->problem);
        state->done = state->problem = NULL;
}

static void save(struct screen *screen, const char *format)
{
        struct print *state = screen->state;
        const char *folder = state->folder.text.text;
        char path[PRINT_PATH];
        struct err err;
        forget(state);
        if (print_save(screen->ui->app, &state->doc, format, folder, path, &err) != ERR_OK) {
                state->problem = xstrdup(err.text);
                return;
        }
        state->done = xasprintf(_("%s\n\nGuardada. Ábrala con cualquier programa, o llévela en una memoria para imprimirla."), path);
        if (store_meta_set(app_store(screen->ui->app), setting, folder, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                ui_say(screen->ui, STYLE_OK, _("Guardada."));
}

static void send(struct screen *screen)
{
        struct print *state = screen->state;
        struct err err;
        bool pdf;
        forget(state);
        if (print_now(screen->ui->app, &state->doc, &pdf, &err) != ERR_OK)
                state->problem = xasprintf(_("%s\n\nGuárdela con Enter y llévela en una memoria."), err.text);
        else
                state->done = xstrdup(pdf ? _("Está en camino a la impresora.")
                                          : _("Está en camino a la impresora, como texto."));
}

static enum handled print_key(struct screen *screen, const struct key *key, int action)
{
        struct print *state = screen->state;
        switch (action) {
        case ACT_ACCEPT: save(screen, "html"); return HANDLED;
        case ACT_SAVE_TEXT: save(screen, "texto"); return HANDLED;
        case ACT_PRINT: send(screen); return HANDLED;
        default: return editor_key(&state->folder, key, 200);
        }
}

static bool print_allows(struct screen *screen, int action)
{
        struct print *state = screen->state;
        return action != ACT_PRINT || state->has_printer;
}

static bool print_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

static void print_free(struct screen *screen)
{
        struct print *state = screen->state;
        forget(state);
        editor_release(&state->folder);
        doc_release(&state->doc);
        free(state);
}

const struct screen_class screen_print = {.name = "print", .draw = print_draw, .key = print_key, .title = print_title,
                                          .allows = print_allows, .free = print_free, .typing = print_typing};

void screen_print_doc(struct ui *ui, const struct doc *doc)
{
        struct print *state = xcalloc(1, sizeof *state);
        struct arena arena = {0};
        const char *folder = NULL;
        state->doc = *doc;
        state->has_printer = print_has_printer();
        editor_init(&state->folder, false);
        if (store_meta_get(app_store(ui->app), setting, &arena, &folder, NULL) == ERR_OK && folder)
                editor_set(&state->folder, folder);
        arena_release(&arena);
        ui_push(ui, &screen_print, state);
}

void screen_print_record(struct ui *ui, const struct id *record)
{
        struct doc doc;
        struct err err;
        if (print_record(ui->app, record, false, &doc, &err) != ERR_OK)
                ui_say_err(ui, &err);
        else
                screen_print_doc(ui, &doc);
}

void screen_print_draft(struct ui *ui, struct draft *draft)
{
        struct doc doc;
        struct err err;
        if (print_draft(draft, false, &doc, &err) != ERR_OK)
                ui_say_err(ui, &err);
        else
                screen_print_doc(ui, &doc);
}

void screen_print_blank(struct ui *ui, const char *form)
{
        struct doc doc;
        struct err err;
        if (print_blank(ui->app, form, &doc, &err) != ERR_OK)
                ui_say_err(ui, &err);
        else
                screen_print_doc(ui, &doc);
}
