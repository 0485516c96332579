/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The visits planned in the demo: two or three on each day of classes, one
 * route a day, from last week to three weeks from now.  Those of last week were
 * made, but for one.
 */
#include "demo_priv.h"

#include <string.h>

enum { FIRST_DAY = -7, LAST_DAY = 21, FRIDAY = 4, SCHOOLS_N = 60, TEACHERS_FROM = 60, TEACHERS_N = 130 };

struct planning {
        struct app *app;
        const struct demo_pool *pools;
        int64_t today;
        int teacher; /* the next one, by place among the teachers */
};

/* A person of the pool from the 61st on teaches at the school of the same place, modulo the schools. */
static enum err_code plan_visit(struct planning *planning, int64_t day, int district, struct err *err)
{
        char date[DATE_TEXT];
        struct id id;
        int person;
        do
                person = TEACHERS_FROM + planning->teacher++ % TEACHERS_N;
        while (person % SCHOOLS_N % 3 != district);
        bool past = day < planning->today, left = day == planning->today - 2 && planning->teacher % 2;
        json_t *fixed =
                json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "tipo_ficha", "simae_docente", "ugel",
                          "060001", "monitor", app_persona(planning->app), "ie",
                          planning->pools[POOL_SCHOOLS].ids[person % SCHOOLS_N], "persona",
                          planning->pools[POOL_PEOPLE].ids[person], "visita_numero", "2", "fecha_programada",
                          date_format(day, date), "estado_visita", past && !left ? "realizada" : "programada",
                          "ruta", demo_district(person % SCHOOLS_N));
        struct demo_mood mood = {
                .level = 0.5, .date = planning->today, .fixed = fixed, .pools = planning->pools};
        enum err_code rc = demo_record(planning->app, "plan_visitas", &mood, &id, err);
        json_decref(fixed);
        return rc;
}

enum err_code demo_plan(struct app *app, const struct demo_pool *pools, int64_t today, struct err *err)
{
        struct planning planning = {.app = app, .pools = pools, .today = today};
        const struct form *form;
        enum err_code rc = ERR_OK;
        if (app_form(app, "plan_visitas", &form, NULL) != ERR_OK)
                return ERR_OK; /* a UGEL that does not plan with simae */
        for (int64_t day = today + FIRST_DAY; rc == ERR_OK && day <= today + LAST_DAY; day++)
                for (int visit = 0; rc == ERR_OK && visit < 2 + (int)(day % 2) && date_weekday(day) <= FRIDAY;
                     visit++)
                        rc = plan_visit(&planning, day, (int)(day % 3), err);
        return rc;
}
