/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening and closing the data folder, and the profile (contract in app/app.h).
 *
 *      app ── store (one SQLite file)
 *       ├──── forms loaded so far, by hash; owned
 *       ├──── profile: the persona record of whoever uses this laptop
 *       └──── answers of records looked at lately, for attribute()
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app/keys.h"
#include "base/clock.h"
#include "store/incoming.h"

char *app_default_dir(const char *dir)
{
        const char *home = getenv("SIMAE_HOME"), *data = getenv("XDG_DATA_HOME"), *user = getenv("HOME");
        if (dir)
                return xstrdup(dir);
        if (home && *home)
                return xstrdup(home);
        if (data && *data)
                return xasprintf("%s/simae", data);
        return xasprintf("%s/.local/share/simae", user ? user : ".");
}

static enum err_code read_profile(struct app *app, struct err *err)
{
        const char *persona, *ugel;
        arena_clear(&app->profile_arena);
        app->profile = (struct app_profile){.name = "", .ugel = ""};
        enum err_code rc = store_meta_get(app->store, "profile_persona", &app->profile_arena, &persona, err);
        if (rc == ERR_OK)
                rc = store_meta_get(app->store, "profile_ugel", &app->profile_arena, &ugel, err);
        if (rc != ERR_OK || !persona || !id_parse(persona, &app->profile.persona))
                return rc;
        app->profile.ugel = ugel ? ugel : "";
        app->profile.name = record_title(app, persona, &app->profile_arena);
        return ERR_OK;
}

/* A clock behind the newest thing stored was set wrong, or its battery is dead. */
static enum err_code look_at_clock(struct app *app, struct err *err)
{
        char now_text[DATETIME_TEXT];
        const char *seen;
        struct datetime now = clock_now(), newest;
        struct arena arena = {0};
        enum err_code rc = store_meta_get(app->store, "clock_seen", &arena, &seen, err);
        app->clock_ok = true;
        if (rc == ERR_OK && seen && datetime_parse(seen, 0, &newest) &&
            datetime_utc_ms(&now) < datetime_utc_ms(&newest) - 3600000) {
                app->clock_ok = false;
                snprintf(app->warning, sizeof app->warning,
                         _("El reloj de la laptop dice %s, antes de lo último guardado (%.10s). Corrija la fecha del equipo."),
                         date_format_person(now.days, now_text), seen);
        }
        arena_release(&arena);
        return rc;
}

/* Forms may have been installed, or the program may understand more than before. */
static enum err_code take_if_waiting(struct app *app, struct err *err)
{
        int64_t n;
        enum err_code rc = store_waiting_count(app->store, &n, err);
        return rc == ERR_OK && n > 0 ? take_waiting(app, err) : rc;
}

/* A migration that gave records new columns asks for them to be derived again. */
static enum err_code rebuild_if_asked(struct app *app, struct err *err)
{
        struct arena arena = {0};
        const char *asked;
        int64_t records;
        enum err_code rc = store_meta_get(app->store, "rebuild", &arena, &asked, err);
        if (rc == ERR_OK && asked) {
                rc = app_rebuild(app, &records, err);
                if (rc == ERR_OK)
                        rc = store_meta_set(app->store, "rebuild", NULL, err);
        }
        arena_release(&arena);
        return rc;
}

/* With old lists one can still work and make room on the disk; what goes out asks again (export_begin()). */
static void catch_up(struct app *app, const struct app_options *options)
{
        struct err err;
        if (app_catch_up(app, options->progress, options->ctx, &err) != ERR_OK)
                snprintf(app->warning, sizeof app->warning, _("Las listas y el Balance no tienen lo último que llegó: %.300s"), err.text);
}

enum err_code app_open(const struct app_options *options, struct app **ret, struct err *err)
{
        struct app *app = xcalloc(1, sizeof *app);
        app->dir = app_default_dir(options->dir);
        app->forms_dir = app_find_forms_dir(options->forms_dir);
        app->leaves = app->defers = options->later;
        enum err_code rc = store_open(app->dir, options->create ? STORE_CREATE : 0, &app->store, err);
        if (rc == ERR_OK) {
                spool_clear(app);
                rc = look_at_clock(app, err);
        }
        if (rc == ERR_OK)
                rc = app_forms_refresh(app, err);
        if (rc == ERR_OK)
                rc = rebuild_if_asked(app, err);
        if (rc == ERR_OK)
                app_ensure_device_key(app, NULL); /* a disk that takes no more is told of at the first save */
        if (rc == ERR_OK)
                rc = facts_look(app, err);
        if (rc == ERR_OK && !options->later)
                catch_up(app, options);
        if (rc == ERR_OK)
                rc = take_if_waiting(app, err);
        if (rc == ERR_OK)
                rc = read_profile(app, err);
        if (rc != ERR_OK) {
                app_close(app);
                return rc;
        }
        *ret = app;
        return ERR_OK;
}

void app_close(struct app *app)
{
        if (!app)
                return;
        app_cache_free(app);
        facts_release(app);
        while (app->forms) {
                struct loaded_form *next = app->forms->next;
                reading_free(app->forms->reading);
                form_free(app->forms->form);
                free(app->forms);
                app->forms = next;
        }
        store_close(app->store);
        guide_release(&app->guide);
        arena_release(&app->profile_arena);
        free(app->dir);
        free(app->forms_dir);
        free(app);
}

struct store *app_store(struct app *app)
{
        return app->store;
}

const char *app_dir(const struct app *app)
{
        return app->dir;
}

const char *app_warning(const struct app *app)
{
        return app->warning[0] ? app->warning : NULL;
}

const struct app_profile *app_profile(const struct app *app)
{
        return &app->profile;
}

enum err_code app_profile_adopt(struct app *app, const struct id *persona, struct err *err)
{
        char text[ID_TEXT];
        const json_t *answers = app_answers(app, persona, NULL);
        const char *ugel = answers ? json_string_value(json_object_get(answers, "ugel")) : NULL;
        if (!answers)
                return err_set(err, ERR_NOT_FOUND, _("esa persona no está en el directorio"));
        enum err_code rc = store_begin(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = store_meta_set(app->store, "profile_persona", id_format(persona, text), err);
        if (rc == ERR_OK)
                rc = store_meta_set(app->store, "profile_ugel", ugel ? ugel : "", err);
        if (rc == ERR_OK)
                rc = store_commit(app->store, err);
        if (rc != ERR_OK) {
                store_rollback(app->store);
                return rc;
        }
        return read_profile(app, err);
}
