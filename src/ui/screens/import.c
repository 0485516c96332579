/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Import: from which stick, folder or file, how far it is, and what came.  Sticks
 * come and go in the list as where one exports to; one that is not open is opened
 * first.  Bundles go in one by one between keys, so that it can be stopped after
 * any of them; within a large one, and while lists are brought up to date after
 * it, the screen is painted every few hundred revisions.
 */
#include "import_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app/carry.h"
#include "app/keys.h"
#include "app/laptops.h"
#include "app/receipt.h"
#include "base/str.h"

enum { OPENING_MS = 50 }; /* waited for udisksctl in one step */

static const char setting[] = "import_folder";

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

static bool deriving(void *ctx, int64_t done, int64_t all)
{
        struct screen *screen = ctx;
        struct import *state = screen->state;
        state->derived = done;
        state->behind = all;
        state->share = (double)done / (double)all;
        ui_paint(screen->ui);
        return true;
}

/* What came stays, whatever this says. */
static enum err_code catch_up(struct screen *screen, struct err *err)
{
        struct import *state = screen->state;
        struct app *app = screen->ui->app;
        enum err_code rc = app_behind(app, &state->behind, err);
        if (rc == ERR_OK && state->behind > 0)
                deriving(screen, 0, state->behind);
        if (rc == ERR_OK)
                rc = app_catch_up(app, deriving, screen, err);
        state->behind = 0;
        return rc;
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

static void look_around(struct screen *screen)
{
        struct import *state = screen->state;
        struct app *app = screen->ui->app;
        struct today today = {0};
        app_today(app, &today, NULL);
        state->after = (struct import_after){.observed = today.observed, .conflicts = today.conflicts, .laptops = app_laptops_pending(app)};
}

/* Once there is nothing left, or it is stopped. */
static void finish(struct screen *screen)
{
        struct import *state = screen->state;
        struct err err, lag;
        enum err_code derived = catch_up(screen, &lag), rc = import_end(state->job, &state->done, &err);
        state->job = NULL;
        screen->working = false;
        state->is_done = rc == ERR_OK;
        state->asking = (rc == ERR_REFUSED && age_asks_passphrase(state->from)) || (state->is_done && state->done.closed > 0);
        passphrase_entry_clear(&state->phrase);
        look_around(screen);
        if (!state->is_done)
                state->problem = xstrdup(err.text);
        else if (state->remember && store_meta_set(app_store(screen->ui->app), setting, state->from, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else if (derived != ERR_OK)
                ui_say_err(screen->ui, &lag);
        else if (state->done.stopped)
                ui_say(screen->ui, STYLE_MESSAGE, _("Se detuvo después de un paquete entero."));
        else if (only_waits(&state->done.total))
                ui_say(screen->ui, STYLE_WARNING, _("Recibido, pero todavía no vale: está en espera."));
        else if (state->done.failed + state->done.foreign < state->done.n)
                ui_say(screen->ui, STYLE_OK, _("Importado."));
        else if (state->done.foreign)
                ui_say(screen->ui, STYLE_WARNING, _("Ahí no hay nada para este equipo."));
}

static void opened(struct screen *screen);

static bool import_work(struct screen *screen)
{
        struct import *state = screen->state;
        if (state->task) {
                if (media_task_step(state->task, OPENING_MS) != MEDIA_BUSY)
                        opened(screen);
                return screen->working;
        }
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
        if (import_begin(screen->ui->app, state->from, keys, &state->job, &err) != ERR_OK) {
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

static void take_from(struct screen *screen, const char *path, bool remember)
{
        struct import *state = screen->state;
        char *from = xstrdup(path); /* it may be state->from */
        free(state->from);
        state->from = from;
        state->remember = remember;
        import_with(screen, NULL);
}

/* One that is not open is opened first, in steps. */
static void take_stick(struct screen *screen, const struct medium *medium)
{
        struct import *state = screen->state;
        if (medium->mount) {
                take_from(screen, medium->mount, false);
                return;
        }
        forget_result(state);
        free(state->device);
        state->device = xstrdup(medium->device);
        state->task = media_open_new(medium);
        screen->working = true;
}

static void opened(struct screen *screen)
{
        struct import *state = screen->state;
        struct err err;
        media_task_free(state->task);
        state->task = NULL;
        screen->working = false;
        places_look(&state->places);
        const struct medium *medium = media_of_device(state->places.media, state->device);
        if (medium_check_open(medium, &err) == ERR_OK)
                take_from(screen, medium->mount, false);
        else
                state->problem = xstrdup(err.text);
}

static void run(struct screen *screen)
{
        struct import *state = screen->state;
        struct place_row place;
        if (!str_blank(state->path.text.text))
                take_from(screen, state->path.text.text, true);
        else if (!places_current(&state->places, &place))
                ui_say(screen->ui, STYLE_WARNING, _("Escriba de dónde, o conecte la memoria: aparece sola."));
        else if (place.medium)
                take_stick(screen, place.medium);
        else
                take_from(screen, state->places.last, true);
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

static void scroll(struct import *state, int by)
{
        int last = state->lines - state->rows, top = state->top + by;
        state->top = top > last ? last : top;
        state->top = state->top < 0 ? 0 : state->top;
}

static enum handled phrase_key(struct screen *screen, const struct key *key, int action)
{
        struct import *state = screen->state;
        if (key_is(key, K_ESC)) {
                state->asking = false;
                return HANDLED;
        }
        if (action == ACT_WAITING || action == ACT_EXPORT || action == ACT_KEYS)
                return IGNORED;
        enum handled handled = passphrase_entry_key(&state->phrase, key, action);
        if (handled == CLOSE)
                import_with_phrase(screen);
        return handled == IGNORED ? IGNORED : HANDLED;
}

/* While it runs, only to stop it. */
static enum handled running_key(struct screen *screen, const struct key *key, int action)
{
        struct import *state = screen->state;
        if (action != ACT_STOP && !key_is(key, K_ESC))
                return IGNORED;
        if (state->job)
                finish(screen);
        return HANDLED;
}

static enum handled choosing_key(struct screen *screen, const struct key *key)
{
        struct import *state = screen->state;
        /* A digit, while no folder is being typed, is the number of a stick. */
        const struct medium *medium = state->path.text.len > 0 ? NULL : places_numbered(&state->places, key);
        if (medium)
                take_stick(screen, medium);
        else if (key_is(key, K_DOWN) || key_is(key, K_UP))
                places_move(&state->places, key_is(key, K_UP) ? -1 : 1);
        else if (state->is_done && (key_is(key, K_PGDN) || key_is(key, K_PGUP)))
                scroll(state, key_is(key, K_PGUP) ? 1 - state->rows : state->rows - 1);
        else
                return editor_key(&state->path, key, 200);
        return HANDLED;
}

static enum handled import_key(struct screen *screen, const struct key *key, int action)
{
        struct import *state = screen->state;
        if (screen->working)
                return running_key(screen, key, action);
        if (state->asking && phrase_key(screen, key, action) == HANDLED)
                return HANDLED;
        switch (action) {
        case ACT_ACCEPT: run(screen); return HANDLED;
        case ACT_WAITING: screen_waiting_open(screen->ui); return HANDLED;
        case ACT_RECEIPT: show_receipt(screen); return HANDLED;
        case ACT_EXPORT: screen_export_open(screen->ui); return HANDLED;
        case ACT_KEYS: screen_keys_open(screen->ui); return HANDLED;
        default: return state->asking ? IGNORED : choosing_key(screen, key);
        }
}

static int import_pace(struct screen *screen)
{
        return screen->working ? -1 : PLACES_LOOK_MS;
}

static void import_tick(struct screen *screen)
{
        places_look(&((struct import *)screen->state)->places);
}

static bool import_allows(struct screen *screen, int action)
{
        const struct import *state = screen->state;
        switch (action) {
        case ACT_STOP: return state->job && state->behind == 0;
        case ACT_RECEIPT: return state->is_done && state->done.failed + state->done.foreign < state->done.n;
        case ACT_REVEAL: return state->asking;
        case ACT_MOVE: return !screen->working && !state->asking;
        case ACT_KEYS: return !screen->working && state->after.laptops > 0;
        case ACT_BACK: case ACT_ACCEPT: case ACT_WAITING: case ACT_EXPORT: return !screen->working;
        default: return true;
        }
}

static bool import_typing(struct screen *screen)
{
        return !screen->working;
}

static void import_free(struct screen *screen)
{
        struct import *state = screen->state;
        if (state->job && import_end(state->job, &state->done, NULL) == ERR_OK)
                state->is_done = true;
        forget_result(state);
        media_task_free(state->task);
        places_release(&state->places);
        free(state->from);
        free(state->device);
        editor_release(&state->path);
        passphrase_entry_release(&state->phrase);
        free(state);
}

static void import_back(struct screen *screen, struct screen *from, int result)
{
        (void)from;
        (void)result;
        look_around(screen); /* a laptop may have been accepted meanwhile */
}

const struct screen_class screen_import = {.name = "import", .draw = import_draw, .key = import_key,
                                           .title = import_title, .allows = import_allows, .work = import_work,
                                           .tick = import_tick, .pace = import_pace, .back = import_back,
                                           .free = import_free, .typing = import_typing};

struct screen *screen_import_open_at(struct ui *ui, const struct media_roots *roots)
{
        struct import *state = xcalloc(1, sizeof *state);
        struct arena arena = {0};
        const char *last = NULL;
        editor_init(&state->path, false);
        passphrase_entry_init(&state->phrase, false);
        if (store_meta_get(app_store(ui->app), setting, &arena, &last, NULL) != ERR_OK || !last)
                last = "";
        places_init(&state->places, roots, last, NULL, medium_read_words);
        arena_release(&arena);
        struct screen *screen = ui_push(ui, &screen_import, state);
        look_around(screen);
        return screen;
}

struct screen *screen_import_open(struct ui *ui)
{
        return screen_import_open_at(ui, NULL);
}
