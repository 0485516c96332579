/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An invented UGEL: three districts, six networks, 60 schools, 200 people, a
 * dozen communities, and two years of everything that demo_story.def tells, in
 * order of date.  Each school and each person has a level of their own, and all
 * rise slowly, so that boards and indicators show a spread and a trend.
 */
#include "demo_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { BATCH = 50 };

/* One of the directory, on the first day of all. */
static enum err_code add_entity(struct demo *demo, const char *form, const json_t *fixed, struct id *ret, struct err *err)
{
        struct demo_mood mood = {.level = 0.5, .date = demo->today - DAYS, .school = -1, .fixed = fixed, .pools = demo->pools};
        return demo_record(demo, form, &mood, ret, err);
}

static void set_text(json_t *object, const char *name, const char *text)
{
        json_object_set_new(object, name, json_string(text));
}

static enum err_code make_school(struct demo *demo, int i, struct err *err)
{
        static const char *const kinds[] = {"unidocente", "multigrado", "multigrado", "completo"};
        char text[64];
        struct id id;
        json_t *fixed = json_object();
        bool secondary = i % 5 == 4, initial = i % 5 == 3;
        snprintf(text, sizeof text, "IE %d %s", 90001 + i, demo_school_name(i));
        set_text(fixed, "nombre", text);
        snprintf(text, sizeof text, "99%05d", 100 + i * 7);
        set_text(fixed, "cod_mod", text);
        set_text(fixed, "anexo", "0");
        set_text(fixed, "nivel", secondary ? "F0" : initial ? "A2" : "B0");
        set_text(fixed, "tipo_ie", secondary ? "completo" : kinds[i % 4]);
        set_text(fixed, "area_geo", i % 6 == 0 ? "urbana" : "rural");
        set_text(fixed, "gestion", "publica_directa");
        set_text(fixed, "ugel", "060001");
        set_text(fixed, "departamento", "Cajamarca");
        set_text(fixed, "provincia", "Provincia de ejemplo");
        set_text(fixed, "distrito", demo_district(i));
        set_text(fixed, "estado", "activa");
        set_text(fixed, "red", demo_network(i));
        snprintf(text, sizeof text, "%.1f", -7.0 - i * 0.01);
        set_text(fixed, "latitud", text);
        snprintf(text, sizeof text, "%.1f", -78.5 + i * 0.01);
        set_text(fixed, "longitud", text);
        snprintf(text, sizeof text, "99%04d", i);
        set_text(fixed, "cod_local", text);
        snprintf(text, sizeof text, "99%06d", i);
        set_text(fixed, "codinst", text);
        set_text(fixed, "ubigeo", "069901");
        enum err_code rc = add_entity(demo, "institucion", fixed, &id, err);
        json_decref(fixed);
        return rc;
}

/* The first 60 lead a school each, the last ten are specialists, the rest teach. */
static enum err_code make_person(struct demo *demo, int i, struct err *err)
{
        char surname[96];
        struct id id;
        json_t *fixed = json_object();
        bool specialist = i >= PEOPLE - SPECIALISTS;
        snprintf(surname, sizeof surname, "%s %s", demo_surname(i), demo_surname(i / 7 + 3));
        set_text(fixed, "apellidos", surname);
        set_text(fixed, "nombres", demo_given_name(i / 3 + i));
        set_text(fixed, "cargo", specialist ? "mae" : i < SCHOOLS ? "director" : "docente");
        set_text(fixed, "condicion", i % 4 ? "nombrado" : "contratado");
        set_text(fixed, "ugel", "060001");
        if (!specialist)
                set_text(fixed, "ie", demo->pools[POOL_SCHOOLS].ids[i % SCHOOLS]);
        enum err_code rc = add_entity(demo, "persona", fixed, &id, err);
        json_decref(fixed);
        return rc;
}

static enum err_code make_community(struct demo *demo, int i, struct err *err)
{
        char text[64];
        struct id id;
        json_t *fixed = json_object();
        snprintf(text, sizeof text, "CAP %s", demo_school_name(i));
        set_text(fixed, "nombre", text);
        set_text(fixed, "ambito", "ie");
        set_text(fixed, "ugel", "060001");
        set_text(fixed, "ie", demo->pools[POOL_SCHOOLS].ids[i * 5]);
        set_text(fixed, "coordinador", demo->pools[POOL_PEOPLE].ids[i * 5]);
        set_text(fixed, "estado", "activa");
        enum err_code rc = add_entity(demo, "cap", fixed, &id, err);
        json_decref(fixed);
        return rc;
}

static enum err_code make_directory(struct demo *demo, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < SCHOOLS; i++)
                rc = make_school(demo, i, err);
        for (int i = 0; rc == ERR_OK && i < PEOPLE; i++)
                rc = make_person(demo, i, err);
        for (int i = 0; rc == ERR_OK && i < COMMUNITIES; i++)
                rc = make_community(demo, i, err);
        return rc;
}

/* ---- Two years ---- */

/* In batches: one commit for fifty records. */
static enum err_code happen_all(struct demo *demo, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < demo->events_n; i++) {
                if (i % BATCH == 0)
                        rc = store_begin(demo->app->store, err);
                if (rc == ERR_OK)
                        rc = demo_happen(demo, &demo->events[i], err);
                if (rc == ERR_OK && (i % BATCH == BATCH - 1 || i == demo->events_n - 1)) {
                        rc = store_commit(demo->app->store, err);
                        if (demo->progress && !demo->events[i].row->rare)
                                demo->progress(demo->ctx, i + 1, demo->events_n);
                }
        }
        if (rc != ERR_OK)
                store_rollback(demo->app->store);
        return rc;
}

static enum err_code make_profile(struct demo *demo, struct err *err)
{
        struct id id;
        json_t *fixed = json_pack("{s:s,s:s,s:s,s:s,s:s}", "apellidos", "Ejemplo Inventado", "nombres", "Especialista",
                                  "cargo", "mae", "ugel", "060001", "ie", "");
        enum err_code rc = add_entity(demo, "persona", fixed, &id, err);
        json_decref(fixed);
        id_format(&id, demo->me);
        demo->pools[POOL_PEOPLE].n = 0; /* whoever tries the program is nobody's teacher */
        return rc == ERR_OK ? app_profile_adopt(demo->app, &id, err) : rc;
}

static enum err_code make_directory_at_once(struct demo *demo, struct err *err)
{
        enum err_code rc = store_begin(demo->app->store, err);
        if (rc == ERR_OK) /* demo_make() sums them all at its end */
                rc = store_facts_pause(demo->app->store, err);
        if (rc == ERR_OK)
                rc = make_profile(demo, err);
        if (rc == ERR_OK)
                rc = make_directory(demo, err);
        if (rc == ERR_OK)
                rc = store_commit(demo->app->store, err);
        if (rc != ERR_OK)
                store_rollback(demo->app->store);
        return rc;
}

static void prepare(struct demo *demo, const char *seed)
{
        static const char *const forms[POOL_N] = {"institucion", "persona", "cap", "red", "aliado", "periodo", "ata_asistencia"};
        random_seed(seed);
        for (int i = 0; i < POOL_N; i++)
                demo->pools[i] = (struct demo_pool){.form = forms[i]};
        for (int i = 0; i < SCHOOLS; i++)
                demo->levels[i] = 0.25 + 0.4 * random_unit();
        for (int i = 0; i < PEOPLE; i++)
                demo->talents[i] = 0.2 * random_unit() - 0.1;
}

enum err_code demo_make(struct app *app, const char *seed, int scale,
                        void (*progress)(void *ctx, int done, int total), void *ctx, struct err *err)
{
        struct datetime now = clock_now(), past = now;
        struct demo demo = {.app = app, .today = now.days, .progress = progress, .ctx = ctx};
        prepare(&demo, seed);
        past.days -= DAYS;
        clock_test_set(&past);
        enum err_code rc = make_directory_at_once(&demo, err);
        if (rc == ERR_OK) {
                demo_plan(&demo, false, scale);
                rc = happen_all(&demo, err);
        }
        if (rc == ERR_OK) {
                demo_plan(&demo, true, 1);
                rc = happen_all(&demo, err);
        }
        clock_test_set(NULL);
        random_seed(NULL);
        if (rc == ERR_OK) /* among what was made are periods of its own */
                rc = app_facts_compute(app, NULL, NULL, err);
        for (int i = 0; i < POOL_N; i++)
                free(demo.pools[i].ids);
        free(demo.events);
        return rc;
}
