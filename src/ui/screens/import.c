/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Import: from which file or folder, how far it is, and what came.  Bundles go
 * in one by one between keys, so that it can be stopped after any of them; within
 * a large one the screen is painted every few hundred revisions.
 */
#include <stdlib.h>
#include <string.h>

#include "app/incoming.h"
#include "app/keys.h"
#include "app/receipt.h"
#include "ui/passphrase_entry.h"
#include "ui/screens.h"

struct import {
        struct editor path;
        struct passphrase_entry phrase;
        struct import_job *job; /* while it runs */
        struct import_result done;
        bool is_done;
        bool asking; /* for the phrase that opens what no key of this laptop does */
        const char *file;
        int bundle, bundles_n;
        double share;
        char *problem;
        int observed; /* of whoever uses this laptop, still to be corrected */
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
        const char *text = done->all == 1 ? total
                         : arena_printf(arena, _("De %s, en total: %s"), arena_count(arena, done->n, _("archivo"), _("archivos")), total);
        int damaged = done->failed - done->closed;
        if (done->stopped)
                text = arena_printf(arena, _("%s\nSe detuvo: quedan %d por tomar. Enter sigue con ellos; lo que ya entró no entra dos veces."),
                                    text, done->all - done->n);
        if (done->total.waiting || done->total.rejected)
                text = arena_printf(arena, _("%s\nF3 (o Ctrl-E) muestra lo que espera o se apartó, y por qué."), text);
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

/* What the bundle that the office gives back is for. */
static const char *observed_words(const struct import *state, struct arena *arena)
{
        if (!state->observed)
                return "";
        return arena_printf(arena, state->observed == 1 ? _("\n\nLa oficina observó %d ficha suya: «o», en el inicio, la muestra.")
                                                        : _("\n\nLa oficina observó %d fichas suyas: «o», en el inicio, las muestra."),
                            state->observed);
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
        if (state->job)
                draw_progress(state, canvas, text, frame);
        else if (state->problem)
                canvas_wrap(canvas, text, STYLE_ERROR, state->problem, 0);
        else if (state->is_done)
                canvas_wrap(canvas, text, state->done.failed || state->done.stopped ? STYLE_WARNING : STYLE_OK,
                            arena_printf(frame, "%s%s", result_words(&state->done, frame), observed_words(state, frame)), state->top);
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

static bool only_waits(const struct import_counts *total)
{
        return total->waiting > 0 && total->added + total->updated + total->known == 0;
}

/* Once there is nothing left, or it is stopped. */
static void finish(struct screen *screen)
{
        struct import *state = screen->state;
        struct today today;
        struct err err;
        enum err_code rc = import_end(state->job, &state->done, &err);
        state->job = NULL;
        screen->working = false;
        state->is_done = rc == ERR_OK;
        state->asking = rc == ERR_REFUSED || (state->is_done && state->done.closed > 0);
        passphrase_entry_clear(&state->phrase);
        state->observed = app_today(screen->ui->app, &today, NULL) == ERR_OK ? today.observed : 0;
        if (!state->is_done)
                state->problem = xstrdup(err.text);
        else if (store_meta_set(app_store(screen->ui->app), setting, state->path.text.text, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else if (state->done.stopped)
                ui_say(screen->ui, STYLE_MESSAGE, _("Se detuvo después de un paquete entero."));
        else if (only_waits(&state->done.total))
                ui_say(screen->ui, STYLE_WARNING, _("Recibido, pero todavía no vale: está en espera."));
        else if (state->done.failed < state->done.n)
                ui_say(screen->ui, STYLE_OK, _("Importado."));
}

static bool import_work(struct screen *screen)
{
        struct import *state = screen->state;
        import_step(state->job, progress, screen);
        if (!import_left(state->job)) {
                finish(screen);
                return false;
        }
        state->file = import_next(state->job);
        state->bundle = import_so_far(state->job)->n;
        state->share = (double)state->bundle / state->bundles_n;
        return true;
}

/* `keys` are taken over; NULL: those of this laptop. */
static void import_with(struct screen *screen, struct age_keys *keys)
{
        struct import *state = screen->state;
        struct err err;
        forget_result(state);
        if (import_begin(screen->ui->app, state->path.text.text, keys, &state->job, &err) != ERR_OK) {
                state->problem = xstrdup(err.text);
                return;
        }
        state->file = import_next(state->job);
        state->bundle = 0;
        state->bundles_n = import_so_far(state->job)->all;
        state->share = 0;
        screen->working = true;
}

static void import_with_phrase(struct screen *screen)
{
        struct import *state = screen->state;
        struct age_keys *keys = age_keys_new();
        struct err err;
        if (app_reading_keys(screen->ui->app, keys, &err) == ERR_OK &&
            age_keys_add_passphrase(keys, passphrase_entry_text(&state->phrase), &err) == ERR_OK) {
                import_with(screen, keys);
                return;
        }
        ui_say_err(screen->ui, &err);
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

static void show_receipt(struct screen *screen)
{
        struct import *state = screen->state;
        struct receipt *receipt = receipt_begin(screen->ui->app);
        struct doc doc;
        receipt_add(receipt, &state->done);
        receipt_end(receipt, &doc);
        screen_print_doc(screen->ui, &doc);
}

static enum handled import_key(struct screen *screen, const struct key *key, int action)
{
        struct import *state = screen->state;
        if (state->job) {
                if (action != ACT_STOP && !key_is(key, K_ESC))
                        return IGNORED;
                finish(screen);
                return HANDLED;
        }
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
        case ACT_WAITING: screen_waiting_open(screen->ui); return HANDLED;
        case ACT_RECEIPT: show_receipt(screen); return HANDLED;
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
        const struct import *state = screen->state;
        switch (action) {
        case ACT_STOP: return state->job != NULL;
        case ACT_RECEIPT: return state->is_done && state->done.failed < state->done.n;
        case ACT_REVEAL: return state->asking;
        case ACT_BACK: case ACT_ACCEPT: case ACT_WAITING: case ACT_EXPORT: case ACT_KEYS: return !state->job;
        default: return true;
        }
}

static bool import_typing(struct screen *screen)
{
        return !((struct import *)screen->state)->job;
}

static void import_free(struct screen *screen)
{
        struct import *state = screen->state;
        if (state->job && import_end(state->job, &state->done, NULL) == ERR_OK)
                state->is_done = true;
        forget_result(state);
        editor_release(&state->path);
        passphrase_entry_release(&state->phrase);
        free(state);
}

const struct screen_class screen_import = {.name = "import", .draw = import_draw, .key = import_key,
                                           .title = import_title, .allows = import_allows, .work = import_work,
                                           .free = import_free, .typing = import_typing};

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
