/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose bundles count (the rules are in app/laptops.h): each is judged before
 * its first revision, inside its transaction, and what waits for a laptop is
 * judged again whenever something may have changed.
 */
#include "import_priv.h"

#include <string.h>

#include "app/laptops.h"

/* ---- The judgement ---- */

enum verdict { BELIEVED, HELD_UNKNOWN, HELD_RIVAL, HELD_REVOKED };

/* A person confirmed this very key for the device, whatever other it has. */
static enum err_code was_accepted(struct app *app, const struct known_key *known, const char *device, bool *ret, struct err *err)
{
        struct arena arena = {0};
        struct store_laptop row;
        bool found = false;
        enum err_code rc = known ? store_laptop_get(app->store, known->text, device, &arena, &row, &found, err) : ERR_OK;
        *ret = found && row.confirmed;
        arena_release(&arena);
        return rc;
}

static enum err_code judge(struct app *app, const struct keyring *ring, const char *key, const char *device, enum verdict *ret,
                           struct err *err)
{
        const struct known_key *known = keyring_find_key(ring, key);
        struct arena arena = {0};
        const char *rival = NULL;
        bool accepted = false;
        *ret = BELIEVED;
        if (app_is_own_key(app, key))
                return ERR_OK;
        enum err_code rc = store_laptop_rival(app->store, key, device, &arena, &rival, err);
        if (rc == ERR_OK && rival)
                rc = was_accepted(app, known, device, &accepted, err);
        if (known && known->kind == KNOWN_REVOKED)
                *ret = HELD_REVOKED;
        else if (rival && !accepted)
                *ret = HELD_RIVAL;
        else if (!known && app_holds(app))
                *ret = HELD_UNKNOWN;
        arena_release(&arena);
        return rc;
}

static const char *hold_words(enum verdict verdict, const struct bundle_info *info, const struct keyring *ring,
                              struct arena *arena)
{
        const struct known_key *known = keyring_find_key(ring, info->key);
        const char *name = known && *known->name ? known->name : *info->name ? info->name : arena_printf(arena, "%.8s", info->from);
        char words[WORDS_TEXT];
        key_words(info->key, words);
        switch (verdict) {
        case HELD_REVOKED:
                return arena_printf(arena, _("la laptop «%s» fue quitada; averigüe quién la tiene"), name);
        case HELD_RIVAL:
                return arena_printf(arena, _("dice ser una laptop conocida, «%s», pero la firma otra clave (%s): averigüe por qué antes "
                                             "de aceptarla en «Claves y laptops»"), name, words);
        default:
                return arena_printf(arena, _("laptop nueva, «%s», de palabras «%s»: compárelas con las de esa laptop y acéptela en "
                                             "«Claves y laptops»"), name, words);
        }
}

static enum err_code note_laptop(struct taking *taking, bool believed, struct err *err)
{
        struct store_laptop seen = {.key = taking->info.key, .device = taking->info.from, .name = taking->info.name,
                                    .last = taking->at, .bundle = taking->info.bundle, .confirmed = believed};
        return store_laptop_seen(taking->app->store, &seen, err);
}

static enum err_code judge_signed(struct taking *taking, const struct keyring *ring, struct err *err)
{
        struct store *store = taking->app->store;
        const struct known_key *known = keyring_find_key(ring, taking->info.key);
        taking->bundle->sender = arena_strdup(taking->texts, known && *known->name ? known->name : taking->info.name);
        enum verdict verdict;
        struct store_laptop before;
        bool again = false, seen = false;
        enum err_code rc = judge(taking->app, ring, taking->info.key, taking->info.from, &verdict, err);
        if (rc == ERR_OK && verdict != BELIEVED)
                taking->hold = hold_words(verdict, &taking->info, ring, taking->texts);
        taking->stranger = verdict == HELD_UNKNOWN;
        if (rc != ERR_OK || app_is_own_key(taking->app, taking->info.key))
                return rc;
        rc = store_import_known(store, taking->info.bundle, &again, err);
        if (rc == ERR_OK)
                rc = store_laptop_get(store, taking->info.key, taking->info.from, &taking->one, &before, &seen, err);
        /* One that was taken in before says nothing new of its laptop. */
        return rc != ERR_OK || (again && seen) ? rc : note_laptop(taking, verdict == BELIEVED, err);
}

enum err_code hold_judge(struct taking *taking, struct err *err)
{
        struct keyring ring;
        taking->hold = NULL;
        if (!taking->info.is_signed)
                return app_holds(taking->app) ? err_set(err, ERR_INVALID, _("no lleva firma, porque lo hizo una versión anterior de simae, y "
                                                                            "aquí solo valen laptops aceptadas: pida que lo exporten de "
                                                                            "nuevo con esta versión"))
                                              : ERR_OK;
        enum err_code rc = keyring_load(taking->app->dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        rc = judge_signed(taking, &ring, err);
        keyring_release(&ring);
        return rc;
}

/* ---- Release ---- */

/* As if the bundle that brought them came now; what has no form here goes on waiting, for it. */
static enum err_code release_some(struct intake *intake, const struct store_waiting *waiting, int n, struct err *err)
{
        struct import_bundle counts = {.waits = "", .wrong = ""};
        struct arena texts = {0};
        struct taking taking = {.app = intake->app, .intake = intake, .bundle = &counts, .texts = &texts};
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                arena_clear(&taking.one);
                taking.at = waiting[i].at;
                snprintf(taking.info.bundle, sizeof taking.info.bundle, "%s", waiting[i].bundle);
                rc = store_waiting_forget(intake->app->store, &waiting[i].id, err);
                if (rc == ERR_OK)
                        rc = take_body(&taking, &waiting[i].id, waiting[i].body, strlen(waiting[i].body), err);
        }
        arena_release(&taking.one);
        arena_release(&texts);
        return rc;
}

/* A part at a time: somebody unknown may have sent a great deal. */
static enum err_code release_of(struct intake *intake, const struct store_laptop *laptop, struct err *err)
{
        enum { PART = 500 };
        enum err_code rc = ERR_OK;
        int n = PART;
        while (rc == ERR_OK && n == PART) {
                struct arena arena = {0};
                struct store_waiting *some;
                n = 0;
                rc = store_waiting_of(intake->app->store, laptop->key, laptop->device, PART, &arena, &some, &n, err);
                if (rc == ERR_OK)
                        rc = release_some(intake, some, n, err);
                arena_release(&arena);
        }
        return rc;
}

enum err_code hold_release(struct intake *intake, struct err *err)
{
        struct app *app = intake->app;
        struct arena arena = {0};
        struct keyring ring = {0};
        struct store_laptop *waiting = NULL;
        int n = 0;
        enum err_code rc = store_waiting_laptops(app->store, &arena, &waiting, &n, err);
        if (rc == ERR_OK && n > 0)
                rc = keyring_load(app->dir, &ring, err);
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                enum verdict verdict;
                rc = judge(app, &ring, waiting[i].key, waiting[i].device, &verdict, err);
                if (rc == ERR_OK && verdict == BELIEVED)
                        rc = release_of(intake, &waiting[i], err);
        }
        keyring_release(&ring);
        arena_release(&arena);
        return rc;
}
