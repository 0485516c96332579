/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Export: where to, then do it, then what was written.
 *
 * Sticks come and go in the list while it is looked at, each with the number
 * that chooses it; what one types instead is any other folder.  The copy goes
 * in steps between keys (app/carry.h) and can be stopped.
 */
#include "export_priv.h"

#include <stdlib.h>

#include "app/keys_file.h"

static const char setting[] = "export_folder";

/* ---- Doing it ---- */

static void forget_problem(struct export *state)
{
        free(state->problem);
        state->problem = NULL;
        state->no_news = false;
}

static void give_up(struct screen *screen)
{
        struct export *state = screen->state;
        screen->working = false;
        carry_free(state->carry);
        state->carry = NULL;
        places_look(&state->places);
}

/* ---- For whom ---- */

/* Whom it may be for: those accepted at an office; without an office above, the laptops are whom one thinks of. */
static void find_laptops(struct ui *ui, struct export *state)
{
        if (app_back_targets(ui->app, &state->arena, &state->laptops, &state->laptops_n, NULL) != ERR_OK)
                state->laptops_n = 0;
        state->sealed = app_offices_known(ui->app) > 0;
        state->whom = state->laptops_n > 0 && !state->sealed;
        state->offices = app_offices_words(ui->app, &state->arena);
        state->accepted = office_exists(app_dir(ui->app)) || *app_enrolment_words(ui->app, &state->arena);
}

const char *export_whom(const struct export *state, struct arena *arena)
{
        if (state->whom >= 2)
                return arena_printf(arena, _("laptop %s"), back_target_words(&state->laptops[state->whom - 2], arena));
        return state->whom == 1 ? arena_printf(arena, _("todas las laptops (%d)"), state->laptops_n) : state->offices;
}

static void change_whom(struct export *state)
{
        forget_problem(state);
        state->whom = (state->whom + 1) % (state->laptops_n + 2);
}

static void begin(struct screen *screen, struct carry *carry, const char *target)
{
        struct export *state = screen->state;
        if (state->no_news)
                carry_anyway(carry);
        if (state->whom > 0)
                carry_send_back(carry, state->whom == 1 ? BACK_ALL : state->laptops[state->whom - 2].key);
        forget_problem(state);
        free(state->target);
        state->target = xstrdup(target);
        if (state->whom == 0 && app_offices_known(screen->ui->app) == 0) {
                state->waiting = carry;
                return;
        }
        state->carry = carry;
        screen->working = true;
}

static void forget_waiting(struct export *state)
{
        carry_free(state->waiting);
        state->waiting = NULL;
        passphrase_entry_clear(&state->phrase);
}

/* Without an office's key a phrase seals it. */
static enum handled phrase_key(struct screen *screen, const struct key *key, int action)
{
        struct export *state = screen->state;
        enum handled handled = passphrase_entry_key(&state->phrase, key, action);
        if (handled != CLOSE)
                return handled;
        carry_seal_with(state->waiting, passphrase_entry_text(&state->phrase));
        state->carry = state->waiting;
        state->waiting = NULL;
        passphrase_entry_clear(&state->phrase);
        screen->working = true;
        return HANDLED;
}

static void begin_folder(struct screen *screen, const char *folder)
{
        struct export *state = screen->state;
        const struct medium *medium = folder ? media_holding(state->places.media, folder, true) : NULL;
        free(state->folder_used);
        state->folder_used = xstrdup(folder ? folder : "");
        if (medium) /* the stick itself: as if its number had been pressed */
                begin(screen, carry_to_stick(screen->ui->app, &state->places.roots, medium), medium->label);
        else
                begin(screen, carry_to_folder(screen->ui->app, folder), folder ? folder : _("la carpeta «salida» de simae"));
}

static void begin_stick(struct screen *screen, const struct medium *medium)
{
        struct export *state = screen->state;
        free(state->folder_used);
        state->folder_used = NULL;
        begin(screen, carry_to_stick(screen->ui->app, &state->places.roots, medium), medium->label);
}

static void begin_place(struct screen *screen)
{
        struct export *state = screen->state;
        struct place_row place;
        if (!places_current(&state->places, &place))
                return;
        if (place.medium)
                begin_stick(screen, place.medium);
        else
                begin_folder(screen, place.kind == PLACE_LAST ? state->places.last : NULL);
}

/* The folder that was written to is proposed the next time; a stick proposes itself. */
static void finish(struct screen *screen)
{
        struct export *state = screen->state;
        struct err err;
        if (state->folder_used && store_meta_set(app_store(screen->ui->app), setting, state->folder_used, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                ui_say(screen->ui, STYLE_OK, _("Exportado."));
}

static bool export_work(struct screen *screen)
{
        struct export *state = screen->state;
        struct err err;
        enum err_code rc = carry_step(state->carry, &err);
        if (rc != ERR_OK) {
                give_up(screen);
                state->problem = xstrdup(err.text);
                state->no_news = rc == ERR_NO_NEWS;
                return false;
        }
        if (carry_stage(state->carry) != CARRY_DONE)
                return true;
        finish(screen);
        return false;
}

/* What is copied already stays; of anything else nothing does. */
static enum handled stop(struct screen *screen)
{
        struct export *state = screen->state;
        bool copied = state->carry && carry_result(state->carry);
        if (state->waiting) {
                forget_waiting(state);
                return HANDLED;
        }
        if (!screen->working)
                return IGNORED;
        if (copied)
                return HANDLED; /* being ejected: a moment */
        struct arena arena = {0};
        const char *words = carry_stopped_words(state->carry, &arena);
        give_up(screen);
        ui_say(screen->ui, STYLE_MESSAGE, "%s", words);
        arena_release(&arena);
        return HANDLED;
}

/* ---- Keys ---- */

static enum handled choosing_key(struct screen *screen, const struct key *key, int action)
{
        struct export *state = screen->state;
        /* A digit, while no folder is being typed, is the number of a stick. */
        const struct medium *medium = state->folder.text.len > 0 ? NULL : places_numbered(&state->places, key);
        if (medium)
                begin_stick(screen, medium);
        else if (action == ACT_ACCEPT && !str_blank(state->folder.text.text))
                begin_folder(screen, state->folder.text.text);
        else if (action == ACT_ACCEPT)
                begin_place(screen);
        else if (action == ACT_MOVE)
                places_move(&state->places, key_is(key, K_UP) ? -1 : 1);
        else if (action == ACT_WHOM)
                change_whom(state);
        else
                return editor_key(&state->folder, key, 200);
        return HANDLED;
}

static enum handled export_key(struct screen *screen, const struct key *key, int action)
{
        struct export *state = screen->state;
        if (state->waiting && phrase_key(screen, key, action) == HANDLED)
                return HANDLED;
        if (action == ACT_STOP || key_is(key, K_ESC))
                return stop(screen);
        if (state->waiting)
                return IGNORED;
        return state->carry ? IGNORED : choosing_key(screen, key, action);
}

static bool export_allows(struct screen *screen, int action)
{
        struct export *state = screen->state;
        switch (action) {
        case ACT_STOP: return screen->working && !carry_result(state->carry);
        case ACT_BACK: return !screen->working;
        case ACT_ACCEPT: return !state->carry;
        case ACT_MOVE: return !state->carry && !state->waiting;
        case ACT_WHOM: return !state->carry && !state->waiting && state->laptops_n > 0;
        case ACT_REVEAL: return state->waiting != NULL;
        case ACT_SUGGEST: return state->waiting && !state->phrase.confirming;
        default: return true;
        }
}

static bool export_typing(struct screen *screen)
{
        return !((struct export *)screen->state)->carry;
}

static int export_pace(struct screen *screen)
{
        return export_typing(screen) ? PLACES_LOOK_MS : -1;
}

static void export_tick(struct screen *screen)
{
        places_look(&((struct export *)screen->state)->places);
}

/* ---- The class ---- */

static const char *export_title(struct screen *screen, struct arena *arena)
{
        (void)screen;
        (void)arena;
        return _("Exportar");
}

static void export_free(struct screen *screen)
{
        struct export *state = screen->state;
        carry_free(state->carry);
        carry_free(state->waiting);
        places_release(&state->places);
        passphrase_entry_release(&state->phrase);
        editor_release(&state->folder);
        free(state->target);
        free(state->folder_used);
        free(state->problem);
        arena_release(&state->arena);
        free(state);
}

const struct screen_class screen_export = {.name = "export", .draw = export_draw, .key = export_key,
                                           .title = export_title, .allows = export_allows, .work = export_work,
                                           .tick = export_tick, .pace = export_pace, .free = export_free,
                                           .typing = export_typing};

struct screen *screen_export_open_at(struct ui *ui, const struct media_roots *roots)
{
        struct export *state = xcalloc(1, sizeof *state);
        struct arena arena = {0};
        const char *folder = NULL;
        editor_init(&state->folder, false);
        passphrase_entry_init(&state->phrase, true);
        if (store_meta_get(app_store(ui->app), setting, &arena, &folder, NULL) != ERR_OK || !folder)
                folder = "";
        places_init(&state->places, roots, folder, _("La carpeta «salida» de simae, en este disco"), medium_words);
        arena_release(&arena);
        find_laptops(ui, state);
        return ui_push(ui, &screen_export, state);
}

struct screen *screen_export_open(struct ui *ui)
{
        return screen_export_open_at(ui, NULL);
}
