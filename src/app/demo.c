/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An invented UGEL: three districts, 60 schools, 200 people, a dozen
 * communities, and two years of visits, sessions and checklists in order of
 * date.  Each school has a level of its own, and all rise slowly, so that
 * boards and indicators show a spread and a trend.
 */
#include "demo_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { SCHOOLS = 60, PEOPLE = 200, COMMUNITIES = 12, SPECIALISTS = 10, DAYS = 730, BATCH = 50 };

/* One record to come. */
struct event {
        int64_t date;
        const char *form;
        int school, person; /* indexes; person also the community of a session */
};

struct demo {
        struct app *app;
        struct demo_pool pools[POOL_N];
        double levels[SCHOOLS];
        struct event *events;
        int events_n, events_room;
        int64_t today;
        void (*progress)(void *ctx, int done, int total);
        void *ctx;
};

enum { SETTLED_AFTER = 60 };

enum err_code demo_record(struct app *app, const char *form, const struct demo_mood *mood, struct id *ret, struct err *err)
{
        struct draft *draft;
        enum err_code rc = draft_begin(app, form, NULL, &draft, err);
        if (rc != ERR_OK)
                return rc;
        rc = demo_fill(draft, mood, err);
        if (rc == ERR_OK)
                rc = draft_finalise(draft, ret, err);
        if (rc != ERR_OK)
                draft_discard(draft, NULL);
        return rc;
}

static enum err_code make_record(struct demo *demo, const char *form, const json_t *fixed, double level, int64_t date,
                                 struct id *ret, struct err *err)
{
        struct demo_mood mood = {.level = level, .date = date, .settled = date < demo->today - SETTLED_AFTER, .fixed = fixed,
                                 .pools = demo->pools};
        return demo_record(demo->app, form, &mood, ret, err);
}

static enum err_code add_to_pool(struct demo *demo, int pool, const json_t *fixed, struct err *err)
{
        struct id id;
        enum err_code rc = make_record(demo, demo->pools[pool].form, fixed, 0.5, demo->today, &id, err);
        if (rc == ERR_OK)
                id_format(&id, demo->pools[pool].ids[demo->pools[pool].n++]);
        return rc;
}

static void set_text(json_t *object, const char *name, const char *text)
{
        json_object_set_new(object, name, json_string(text));
}

static const char *const districts[] = {"Villa Retama", "Puerto Quinual", "Alto Chirimoyo"};

static enum err_code make_school(struct demo *demo, int i, struct err *err)
{
        static const char *const kinds[] = {"unidocente", "multigrado", "multigrado", "completo"};
        char text[64];
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
        snprintf(text, sizeof text, "%.1f", -7.0 - i * 0.01);
        set_text(fixed, "latitud", text);
        snprintf(text, sizeof text, "%.1f", -78.5 + i * 0.01);
        set_text(fixed, "longitud", text);
        snprintf(text, sizeof text, "99%04d", i);
        set_text(fixed, "cod_local", text);
        snprintf(text, sizeof text, "99%06d", i);
        set_text(fixed, "codinst", text);
        set_text(fixed, "ubigeo", "069901");
        enum err_code rc = add_to_pool(demo, POOL_SCHOOLS, fixed, err);
        json_decref(fixed);
        return rc;
}

const char *demo_district(int school)
{
        return districts[school % 3];
}

/* The first 60 lead a school each, the last ten are specialists, the rest teach. */
static enum err_code make_person(struct demo *demo, int i, struct err *err)
{
        char surname[96];
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
        enum err_code rc = add_to_pool(demo, POOL_PEOPLE, fixed, err);
        json_decref(fixed);
        return rc;
}

static enum err_code make_community(struct demo *demo, int i, struct err *err)
{
        char text[64];
        json_t *fixed = json_object();
        snprintf(text, sizeof text, "CAP %s", demo_school_name(i));
        set_text(fixed, "nombre", text);
        set_text(fixed, "ambito", "ie");
        set_text(fixed, "ugel", "060001");
        set_text(fixed, "ie", demo->pools[POOL_SCHOOLS].ids[i * 5]);
        set_text(fixed, "estado", "activa");
        enum err_code rc = add_to_pool(demo, POOL_COMMUNITIES, fixed, err);
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

/* ---- What happens in two years ---- */

/* A weekday from March to December, `ago` days back at most. */
static int64_t school_day(const struct demo *demo, int ago)
{
        for (;;) {
                int64_t date = demo->today - demo_number(1, ago);
                int month = date_to_civil(date).month;
                if (date_weekday(date) < 5 && month >= 3)
                        return date;
        }
}

static void plan(struct demo *demo, const char *form, int school, int person)
{
        if (demo->events_n == demo->events_room) {
                demo->events_room = demo->events_room ? 2 * demo->events_room : 256;
                demo->events = xrealloc(demo->events, (size_t)demo->events_room * sizeof *demo->events);
        }
        demo->events[demo->events_n++] = (struct event){school_day(demo, DAYS), form, school, person};
}

static int by_date(const void *a, const void *b)
{
        const struct event *x = a, *y = b;
        return x->date != y->date ? (x->date < y->date ? -1 : 1) : x->school - y->school;
}

static void plan_all(struct demo *demo, int scale)
{
        for (int i = 0; i < scale; i++) {
                for (int person = SCHOOLS; person < PEOPLE - SPECIALISTS; person++)
                        for (int visit = 0; visit < 3; visit++)
                                plan(demo, "simae_docente", person % SCHOOLS, person);
                for (int school = 0; school < SCHOOLS; school++) {
                        plan(demo, "simae_directivo", school, school);
                        plan(demo, "simae_directivo", school, school);
                        plan(demo, "mgea_checklist", school, school);
                }
                for (int session = 0; session < 8 * COMMUNITIES; session++)
                        plan(demo, "cap_sesion", session % COMMUNITIES * 5, session % COMMUNITIES);
        }
        qsort(demo->events, (size_t)demo->events_n, sizeof *demo->events, by_date);
}

static void fix_subject(struct demo *demo, const struct event *event, json_t *fixed)
{
        set_text(fixed, "ie", demo->pools[POOL_SCHOOLS].ids[event->school]);
        if (strcmp(event->form, "cap_sesion") == 0) {
                set_text(fixed, "cap", demo->pools[POOL_COMMUNITIES].ids[event->person]);
                set_text(fixed, "ambito", "ie");
        } else {
                set_text(fixed, strcmp(event->form, "simae_docente") == 0 ? "docente" : "directivo",
                         demo->pools[POOL_PEOPLE].ids[event->person]);
        }
        set_text(fixed, "monitor", demo->pools[POOL_PEOPLE].ids[PEOPLE - 1 - demo_number(0, SPECIALISTS - 1)]);
        set_text(fixed, "monitor_cargo", "mae");
        set_text(fixed, "ugel", "060001");
}

static enum err_code happen(struct demo *demo, const struct event *event, struct err *err)
{
        struct id id;
        char text[DATE_TEXT];
        const struct form *form;
        double years = (double)(event->date - (demo->today - DAYS)) / 365.0;
        struct datetime evening = {.days = event->date, .ms = 17 * 3600000, .offset = -300};
        json_t *fixed = json_object();
        enum err_code rc = app_form(demo->app, event->form, &form, err);
        if (rc == ERR_OK) {
                fix_subject(demo, event, fixed);
                if (form->date >= 0)
                        set_text(fixed, form->nodes[form->date].name, date_format(event->date, text));
                clock_test_set(&evening);
                rc = make_record(demo, event->form, fixed, demo->levels[event->school] + 0.08 * years, event->date, &id, err);
        }
        json_decref(fixed);
        return rc;
}

/* In batches: one commit for fifty records. */
static enum err_code happen_all(struct demo *demo, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < demo->events_n; i++) {
                if (i % BATCH == 0)
                        rc = store_begin(demo->app->store, err);
                if (rc == ERR_OK)
                        rc = happen(demo, &demo->events[i], err);
                if (rc == ERR_OK && (i % BATCH == BATCH - 1 || i == demo->events_n - 1)) {
                        rc = store_commit(demo->app->store, err);
                        if (demo->progress)
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
        enum err_code rc = make_record(demo, "persona", fixed, 0.5, demo->today, &id, err);
        json_decref(fixed);
        return rc == ERR_OK ? app_profile_adopt(demo->app, &id, err) : rc;
}

static enum err_code make_directory_at_once(struct demo *demo, struct err *err)
{
        enum err_code rc = store_begin(demo->app->store, err);
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

/* What is planned is written down today. */
static enum err_code plan_at_once(struct demo *demo, const struct datetime *now, struct err *err)
{
        clock_test_set(now);
        enum err_code rc = store_begin(demo->app->store, err);
        if (rc == ERR_OK)
                rc = demo_plan(demo->app, demo->pools, demo->today, err);
        if (rc == ERR_OK)
                rc = store_commit(demo->app->store, err);
        if (rc != ERR_OK)
                store_rollback(demo->app->store);
        return rc;
}

static void prepare(struct demo *demo, const char *seed)
{
        static const struct { const char *form; int n; } pools[POOL_N] = {
                {"institucion", SCHOOLS}, {"persona", PEOPLE}, {"cap", COMMUNITIES}};
        random_seed(seed);
        for (int i = 0; i < POOL_N; i++)
                demo->pools[i] = (struct demo_pool){.form = pools[i].form, .ids = xcalloc((size_t)pools[i].n, ID_TEXT)};
        for (int i = 0; i < SCHOOLS; i++)
                demo->levels[i] = 0.25 + 0.4 * random_unit();
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
                plan_all(&demo, scale);
                rc = happen_all(&demo, err);
        }
        if (rc == ERR_OK)
                rc = plan_at_once(&demo, &now, err);
        clock_test_set(NULL);
        random_seed(NULL);
        for (int i = 0; i < POOL_N; i++)
                free(demo.pools[i].ids);
        free(demo.events);
        return rc;
}
