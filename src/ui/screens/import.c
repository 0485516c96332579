/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Import: from which file or folder, how far it is, and what came.  While it
 * runs the screen is painted between bundles and every few hundred revisions;
 * keys wait until the end.
 */
#include <stdlib.h>
#include <string.h>

#include "app/incoming.h"
#include "app/keys.h"
#include "ui/passphrase_entry.h"
#include "ui/screens.h"

struct import {
        struct editor path;
        struct passphrase_entry phrase;
        struct import_result done;
        bool is_done, running;
        bool asking; /* for the phrase that opens what no key of this laptop does */
        const char *file;
        int bundle, bundles_n;
        double share;
        char *problem;
        int top; /* first line of the result shown */
};

static const char setting[] = "import_folder";

/* ---- Drawing ---- */

static const char *bundle_words(const struct import_bundle *bundle, struct arena *arena)
{
        const char *slash = strrchr(bundle->file, '/');
        if (bundle->problem)
                return arena_printf(arena, _("! no entró: %s"), bundle->problem);
        return arena_printf(arena, "%s: %s%s", slash ? slash + 1 : bundle->file, bundle->again ? _("(repetido) ") : "",
                            import_words(&bundle->counts, bundle->waits, bundle->wrong, arena));
}

static const char *result_words(const struct import_result *done, struct arena *arena)
{
        const char *total = import_words(&done->total, done->waits, done->wrong, arena);
        const char *text = done->n == 1 ? total
                         : arena_printf(arena, _("De %d archivos, en total: %s"), done->n, total);
        int damaged = done->failed - done->closed;
        if (done->closed)
                text = arena_printf(arena, done->closed == 1 ? _("%s\n%d está cifrado y ninguna clave de esta laptop lo abre.")
                                                             : _("%s\n%d están cifrados y ninguna clave de esta laptop los abre."),
                                    text, done->closed);
        if (damaged)
                text = arena_printf(arena, damaged == 1 ? _("%s\n%d no entró: está dañado o no es de simae. Pídalo de nuevo.")
                                                             : _("%s\n%d no entraron: están dañados o no son de simae. Pídalos de nuevo."),
                                    text, damaged);
        text = arena_printf(arena, "%s\n", text);
        for (int i = 0; i < done->n; i++)
                if (done->n > 1 || done->bundles[i].problem)
                        text = arena_printf(arena, "%s\n%s", text, bundle_words(&done->bundles[i], arena));
        return text;
}

static void draw_progress(struct import *state, struct canvas *canvas, struct rect text, struct arena *frame)
{
        const char *slash = state->file ? strrchr(state->file, '/') : NULL;
        const char *name = slash ? slash + 1 : state->file ? state->file : "";
        canvas_text_cut(canvas, text.row, text.col, text.cols, STYLE_NORMAL,
                        state->bundles_n > 1 ? arena_printf(frame, _("Paquete %d de %d: %s"), state->bundle + 1, state->bundles_n, name)
                                             : arena_printf(frame, _("Comprobando y tomando %s…"), name));
        canvas_bar(canvas, text.row + 2, text.col, text.cols, STYLE_OK, state->share);
}

static void import_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct import *state = screen->state;
        struct arena *frame = &screen->ui->frame;
        struct rect field = {area.row + 4, area.col + 2, 1, area.cols - 4};
        struct rect text = {area.row + 6, area.col + 2, area.rows - 7, area.cols - 4};
        canvas_text_cut(canvas, area.row + 1, area.col + 2, area.cols - 4, STYLE_HEADING,
                        state->asking ? _("Frase de contraseña del paquete") : _("Paquete, carpeta o memoria USB"));
        canvas_text_cut(canvas, area.row + 2, area.col + 2, area.cols - 4, STYLE_DIM,
                        state->asking ? _("La dice quien lo hizo, por otro medio. Enter importa; Esc lo deja.")
                                      : _("Por ejemplo /media/usted/MEMORIA. De una carpeta, todos."));
        canvas_fill(canvas, field, STYLE_EDIT);
        if (state->asking)
                passphrase_entry_draw(&state->phrase, canvas, field);
        else
                editor_draw(&state->path, canvas, field, true);
        if (state->running)
                draw_progress(state, canvas, text, frame);
        else if (state->problem)
                canvas_wrap(canvas, text, STYLE_ERROR, state->problem, 0);
        else if (state->is_done)
                canvas_wrap(canvas, text, state->done.failed ? STYLE_WARNING : STYLE_OK, result_words(&state->done, frame), state->top);
        else
                canvas_wrap(canvas, text, STYLE_NORMAL,
                            _("Enter copia cada paquete a este equipo, lo comprueba entero y recién entonces toma lo que trae. "
                              "Puede repetirlo cuantas veces quiera: nada entra dos veces, y nada de lo suyo se pierde."), 0);
}

static const char *import_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Importar");
}

/* ---- Doing ---- */

static bool progress(void *ctx, const char *file, int bundle, int bundles_n, int64_t revisions, int64_t revisions_n)
{
        struct screen *screen = ctx;
        struct import *state = screen->state;
        double within = revisions_n > 0 ? (double)revisions / (double)revisions_n : 0;
        state->file = file;
        state->bundle = bundle < bundles_n ? bundle : bundles_n - 1;
        state->bundles_n = bundles_n;
        state->share = (bundle + within) / (bundles_n > 0 ? bundles_n : 1);
        ui_paint(screen->ui);
        return true;
}

static void forget_result(struct import *state)
{
        free(state->problem);
        state->problem = NULL;
        if (state->is_done)
                import_release(&state->done);
        state->is_done = false;
        state->top = 0;
}

static void import_with(struct screen *screen, const struct age_keys *keys)
{
        struct import *state = screen->state;
        const char *path = state->path.text.text;
        struct err err;
        forget_result(state);
        state->running = true;
        state->file = path;
        state->share = 0;
        ui_paint(screen->ui);
        enum err_code rc = app_import(screen->ui->app, path, keys, progress, screen, &state->done, &err);
        state->is_done = rc == ERR_OK;
        state->running = false;
        state->asking = rc == ERR_REFUSED || (state->is_done && state->done.closed > 0);
        passphrase_entry_clear(&state->phrase);
        if (!state->is_done)
                state->problem = xstrdup(err.text);
        else if (store_meta_set(app_store(screen->ui->app), setting, path, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else if (state->done.failed < state->done.n)
                ui_say(screen->ui, STYLE_OK, _("Importado."));
}

static void import_with_phrase(struct screen *screen)
{
        struct import *state = screen->state;
        struct age_keys *keys = age_keys_new();
        struct err err;
        if (app_reading_keys(screen->ui->app, keys, &err) != ERR_OK ||
            age_keys_add_passphrase(keys, passphrase_entry_text(&state->phrase), &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                import_with(screen, keys);
        age_keys_free(keys);
}

static void run(struct screen *screen)
{
        struct import *state = screen->state;
        if (str_blank(state->path.text.text))
                ui_say(screen->ui, STYLE_WARNING, _("Escriba de dónde: un paquete o una carpeta."));
        else
                import_with(screen, NULL);
}

/* The same is said of both: a laptop that is not accepted yet may have sent thousands. */
static bool is_alike(const struct table *table, int a, int b)
{
        for (int column = 0; column < 5; column++)
                if (column != 3 && strcmp(table_cell(table, a, column), table_cell(table, b, column)) != 0)
                        return false;
        return true;
}

static void show_waiting(struct screen *screen)
{
        struct table table;
        struct str text = STR_INIT;
        struct err err;
        if (app_waiting_table(screen->ui->app, &table, &err) != ERR_OK) {
                ui_say_err(screen->ui, &err);
                return;
        }
        for (int i = 0, n; i < table.rows_n; i += n) {
                for (n = 1; i + n < table.rows_n && is_alike(&table, i, i + n); n++)
                        ;
                const char *many = n > 1 ? arena_printf(&screen->ui->frame, _(" (%d cambios)"), n) : "";
                str_addf(&text, _("%s%s: %s\n  llegó el %.10s, de la laptop %.8s\n"), table_cell(&table, i, 0), many, table_cell(&table, i, 1),
                         table_cell(&table, i, 4), *table_cell(&table, i, 2) ? table_cell(&table, i, 2) : _("desconocida"));
        }
        dialog_text_view(screen->ui, _("En espera"), text.len ? text.text : _("Nada está en espera: todo lo que llegó vale."));
        str_release(&text);
        table_release(&table);
}

static enum handled import_key(struct screen *screen, const struct key *key, int action)
{
        struct import *state = screen->state;
        if (state->asking && key_is(key, K_ESC)) {
                state->asking = false;
                return HANDLED;
        }
        if (state->asking && action != ACT_WAITING && action != ACT_EXPORT && action != ACT_KEYS) {
                enum handled handled = passphrase_entry_key(&state->phrase, key, action);
                if (handled == CLOSE)
                        import_with_phrase(screen);
                if (handled != IGNORED)
                        return HANDLED;
        }
        switch (action) {
        case ACT_ACCEPT: run(screen); return HANDLED;
        case ACT_WAITING: show_waiting(screen); return HANDLED;
        case ACT_EXPORT: screen_export_open(screen->ui); return HANDLED;
        case ACT_KEYS: screen_keys_open(screen->ui); return HANDLED;
        default: break;
        }
        if (state->is_done && (key_is(key, K_DOWN) || key_is(key, K_UP))) {
                state->top += key_is(key, K_DOWN) ? 1 : state->top > 0 ? -1 : 0;
                return HANDLED;
        }
        return state->asking ? IGNORED : editor_key(&state->path, key, 200);
}

static bool import_allows(struct screen *screen, int action)
{
        return action != ACT_REVEAL || ((struct import *)screen->state)->asking;
}

static bool import_typing(struct screen *screen)
{
        (void)screen;
        return true;
}

static void import_free(struct screen *screen)
{
        struct import *state = screen->state;
        forget_result(state);
        editor_release(&state->path);
        passphrase_entry_release(&state->phrase);
        free(state);
}

const struct screen_class screen_import = {.name = "import", .draw = import_draw, .key = import_key,
                                           .title = import_title, .allows = import_allows, .free = import_free,
                                           .typing = import_typing};

struct screen *screen_import_open(struct ui *ui)
{
        struct import *state = xcalloc(1, sizeof *state);
        struct arena arena = {0};
        const char *path = NULL;
        editor_init(&state->path, false);
        passphrase_entry_init(&state->phrase, false);
        if (store_meta_get(app_store(ui->app), setting, &arena, &path, NULL) == ERR_OK && path)
                editor_set(&state->path, path);
        arena_release(&arena);
        return ui_push(ui, &screen_import, state);
}
