/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts that no source of an indicator can say:
 *
 *      targets      a record of `meta` keeps its value among the totals, as things are now, under FACT_TARGET and the
 *                   key of its indicator; the last of an indicator, UGEL and period counts
 *      teams        an assignment puts somebody into the team of a module, from one day until another
 *      directory    a school or person that is there counts one, as things are now, under FACT_DIRECTORY and its form
 *      registered   whether a visit was concluded in time, from its first revision
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "store/facts.h"

enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS };

/* As text, whatever the kind of the answer; "" if there is none. */
static const char *text_of(const json_t *answers, const char *name, struct arena *arena)
{
        const json_t *json = json_object_get(answers, name);
        if (json_is_integer(json))
                return arena_printf(arena, "%lld", (long long)json_integer_value(json));
        return json_is_string(json) ? arena_strdup(arena, json_string_value(json)) : "";
}

/* ---- Targets ---- */

static int target_fact(const json_t *answers, struct arena *arena, struct fact *ret)
{
        const json_t *value = json_object_get(answers, "valor");
        const char *key = text_of(answers, "indicador", arena), *period = text_of(answers, "periodo", arena);
        if (!*period)
                period = text_of(answers, "anio", arena);
        *ret = (struct fact){
                .indicator = arena_printf(arena, FACT_TARGET "%s", key),
                .by = period,
                .who = arena_printf(arena, FACT_TARGET "%s %s %s", key, text_of(answers, "ugel", arena), period),
                .flags = FACT_COUNTS | FACT_LAST | FACT_STOCK | FACT_UGEL_ONLY,
                .num = fact_number(json_number_value(value)),
        };
        return json_is_number(value) && *key && *period;
}

/* ---- Teams ---- */

static int role_of(const char *role)
{
        static const char *const roles[TEAM_ROLES] = {
                [TEAM_COORDINATOR] = "coordinador_local", [TEAM_MONITOR] = "mae", [TEAM_TRAINER] = "formador"};
        for (int i = 0; i < TEAM_ROLES; i++)
                if (strcmp(roles[i], role) == 0)
                        return i;
        return -1;
}

/* A person as a number that facts can carry. */
static int64_t person_number(const char *person)
{
        struct hash hash = hash_of(person, strlen(person));
        int64_t number = 0;
        memcpy(&number, hash.bytes, 4);
        return number * FACT_UNIT;
}

static int team_facts(struct app *app, const char *key, const json_t *answers, struct arena *arena, struct fact *ret)
{
        int role = role_of(text_of(answers, "rol", arena)), n = 0;
        const char *module = text_of(answers, "modulo", arena), *person = text_of(answers, "persona", arena);
        int64_t from, until;
        if (role < 0 || !*module || !*person || !date_parse(text_of(answers, "desde", arena), &from))
                return 0;
        struct fact fact = {.indicator = key, .by = module, .who = arena_printf(arena, "%s %s", key, text_of(answers, "ugel", arena)),
                            .flags = FACT_COUNTS | FACT_STOCK | FACT_UGEL_ONLY | FACT_TEAM, .day = from,
                            .num = (int64_t)role * FACT_UNIT, .den = FACT_UNIT,
                            .partial = person_number(app_joined(app, person, arena))};
        ret[n++] = fact;
        if (date_parse(text_of(answers, "hasta", arena), &until)) {
                fact.day = until + 1;
                fact.den = -FACT_UNIT;
                ret[n++] = fact;
        }
        return n;
}

/* ---- The directory ---- */

static int directory_fact(const struct form *form, const json_t *answers, struct arena *arena, struct fact *ret)
{
        bool school = strcmp(form->id, "institucion") == 0;
        bool here = school ? strcmp(text_of(answers, "estado", arena), "inactiva") != 0
                           : strcmp(text_of(answers, "activo", arena), "no") != 0 && !*text_of(answers, "unida_con", arena);
        *ret = (struct fact){.indicator = school ? FACT_DIRECTORY "institucion" : FACT_DIRECTORY "persona",
                             .by = school ? "" : text_of(answers, "cargo", arena), .who = "",
                             .flags = FACT_COUNTS | FACT_STOCK, .num = FACT_UNIT, .den = FACT_UNIT};
        return here;
}

int facts_more(struct app *app, const struct form *form, const json_t *answers, struct arena *arena, struct fact *ret)
{
        const struct indicators *all = app_indicators(app);
        int n = 0;
        if (strcmp(form->id, "meta") == 0)
                return target_fact(answers, arena, ret);
        if (strcmp(form->id, "institucion") == 0 || strcmp(form->id, "persona") == 0)
                return directory_fact(form, answers, arena, ret);
        for (int i = 0; strcmp(form->id, "asignacion") == 0 && i < all->n && n + 2 <= FACTS_MORE; i++)
                if (all->items[i].computed == COMPUTED_TEAMS)
                        n += team_facts(app, all->items[i].key, answers, arena, &ret[n]);
        return n;
}

/* ---- Registered in time ---- */

bool registered_in_time(struct app *app, const struct form *form, const json_t *answers, const struct id *record,
                        const char *first)
{
        struct arena arena = {0};
        struct datetime concluded;
        const struct indicator_parameter *hours = indicators_parameter(app_indicators(app), "registro_horas");
        int64_t day;
        int32_t end = DAY_MS;
        const char *date = form->date >= 0 ? text_of(answers, form->nodes[form->date].name, &arena) : "";
        const char *time = text_of(answers, "hora_fin", &arena);
        bool known = date_parse(date, &day) && (first ? datetime_parse(first, 0, &concluded)
                                                      : store_record_begun(app->store, record, &concluded, NULL) == ERR_OK);
        if (*time && !time_parse(time, &end))
                end = DAY_MS;
        double passed = known ? (double)(concluded.days - day) * DAY_MS + concluded.ms - end : 0;
        arena_release(&arena);
        return known && passed <= (hours ? hours->value : 0) * HOUR_MS;
}
