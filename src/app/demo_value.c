/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answers of a row of demo_story.def for one event: "question=value; …",
 * where a value names the event's school, people, days and figures.
 */
#include "demo_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct valuing {
        struct demo *demo;
        const struct demo_event *event;
        const char *made;
        struct arena arena;
};

typedef const char *word(struct valuing *v);

/* ---- Ids ---- */

static const char *id_at(struct valuing *v, enum demo_pools pool, int i)
{
        const struct demo_pool *from = &v->demo->pools[pool];
        return i >= 0 && i < from->n ? from->ids[i] : "";
}

static const char *person(struct valuing *v, int i) { return id_at(v, POOL_PEOPLE, i); }
static int specialist_of(int i) { return PEOPLE - SPECIALISTS + i % SPECIALISTS; }
/* Who coordinates, monitors and supports a module: specialists of its own. */
static int of_team(struct valuing *v, int role)
{
        return specialist_of((v->event->module < 0 ? 0 : v->event->module) * 3 + role);
}


static const char *school(struct valuing *v) { return id_at(v, POOL_SCHOOLS, v->event->school); }
static const char *director(struct valuing *v) { return person(v, v->event->school); }
static const char *its_person(struct valuing *v) { return person(v, v->event->person); }
static const char *teacher(struct valuing *v) { return person(v, SCHOOLS + v->event->school); }
/* Each district has its own, so that a route is somebody's; the first is that of whoever uses the laptop. */
static const char *specialist(struct valuing *v)
{
        int route = v->event->school % 3;
        return route == 0 ? v->demo->me : person(v, specialist_of(route * 3 + v->event->school / 3 % 3));
}

static const char *community(struct valuing *v) { return id_at(v, POOL_COMMUNITIES, v->event->community); }
static const char *trainer(struct valuing *v) { return person(v, v->event->trainer); }
static const char *coordinator(struct valuing *v) { return person(v, of_team(v, 0)); }
static const char *mae(struct valuing *v) { return person(v, of_team(v, 1)); }
static const char *mae2(struct valuing *v) { return person(v, of_team(v, 2)); }
static const char *tic(struct valuing *v) { return person(v, specialist_of(9)); }
static const char *made(struct valuing *v) { return v->made; }

static const char *several(struct valuing *v, enum demo_pools pool, int first, int step, int n)
{
        struct str ids = STR_INIT;
        for (int i = 0; i < n; i++)
                str_addf(&ids, "%s%s", i ? " " : "", id_at(v, pool, first + i * step));
        const char *kept = arena_strdup(&v->arena, ids.text);
        str_release(&ids);
        return kept;
}

static const char *network_schools(struct valuing *v)
{
        return several(v, POOL_SCHOOLS, v->event->network, NETWORKS, SCHOOLS / NETWORKS);
}

static const char *trainers_a(struct valuing *v) { return several(v, POOL_PEOPLE, v->event->trainer, 1, TRAINERS / 2); }
static const char *trainers_b(struct valuing *v)
{
        return several(v, POOL_PEOPLE, v->event->trainer + TRAINERS / 2, 1, TRAINERS / 2);
}

static const char *trainer_of(struct valuing *v, int module) { return person(v, SCHOOLS + 30 + module * TRAINERS + 1); }
static const char *convive_trainer(struct valuing *v) { return trainer_of(v, 1); }
static const char *ht1_trainer(struct valuing *v) { return trainer_of(v, 2); }

/* ---- Days ---- */

static const char *day_text(struct valuing *v, int64_t date)
{
        char text[DATE_TEXT];
        return arena_strdup(&v->arena, date_format(date, text));
}

static const struct demo_module *module_of(struct valuing *v)
{
        return &demo_modules[v->event->module < 0 ? 0 : v->event->module];
}

static const char *began(struct valuing *v) { return day_text(v, v->demo->today - module_of(v)->began); }
static const char *ended(struct valuing *v) { return day_text(v, v->demo->today - module_of(v)->ended); }
/* An assignment ends with its module; while it goes on there is no end. */
static const char *hasta(struct valuing *v) { return module_of(v)->ended > 0 ? ended(v) : ""; }
static const char *monday(struct valuing *v) { return day_text(v, v->event->date - date_weekday(v->event->date)); }

static const char *year_text(struct valuing *v, int64_t date)
{
        return arena_printf(&v->arena, "%d", date_to_civil(date).year);
}

static const char *thisyear(struct valuing *v) { return year_text(v, v->demo->today); }
static const char *year(struct valuing *v) { return year_text(v, v->event->date); }
static const char *lastyear(struct valuing *v) { return year_text(v, v->demo->today - 365); }

static const char *edition_of(struct valuing *v, const struct demo_module *module)
{
        struct civil civil = date_to_civil(v->demo->today - module->began);
        return arena_printf(&v->arena, "%d-%s", civil.year, civil.month <= 6 ? "I" : "II");
}

static const char *edition(struct valuing *v) { return edition_of(v, module_of(v)); }
static const char *convive_edition(struct valuing *v) { return edition_of(v, &demo_modules[1]); }
static const char *ht1_edition(struct valuing *v) { return edition_of(v, &demo_modules[2]); }

/* A district has a day of the week, and three weeks to go round its schools. */
static int64_t route_date(struct valuing *v)
{
        int64_t week = v->demo->today - date_weekday(v->demo->today) + v->event->school / 3 % 3 * 7;
        int weekday = v->event->school % 3 * 2;
        while (demo_teaching_day(week + weekday) != week + weekday)
                week += 7;
        return week + weekday;
}

static const char *route_day(struct valuing *v) { return day_text(v, route_date(v)); }
static const char *route_weekday(struct valuing *v) { return date_weekday_name(date_weekday(route_date(v))); }
/* Of the visit that a plan is made for, a week and a day later. */
static const char *weekday(struct valuing *v) { return date_weekday_name(date_weekday(v->event->date + 8)); }

/* ---- Names and states ---- */

static const char *network(struct valuing *v)
{
        return demo_network(v->event->network < 0 ? v->event->school : v->event->network);
}

static const char *district(struct valuing *v) { return demo_district(v->event->school); }
static const char *number(struct valuing *v) { return arena_printf(&v->arena, "%d", v->event->number + 1); }
static const char *module(struct valuing *v) { return module_of(v)->key; }
static const char *stage(struct valuing *v) { return module_of(v)->stage; }

/* The state of a participant follows from the person, so that its other answers agree with it. */
static const char *states(struct valuing *v)
{
        const char *text = module_of(v)->states;
        int at = v->event->person * 7 % PARTICIPANTS;
        for (;; text = strchr(text, ' ') + 1) {
                const char *colon = strchr(text, ':');
                if ((at -= atoi(colon + 1)) < 0)
                        return arena_strndup(&v->arena, text, (size_t)(colon - text));
        }
}

static const char *result(struct valuing *v)
{
        const char *state = states(v);
        return strcmp(state, "evaluado") == 0 ? "certificado" : state;
}

static const char *certified(struct valuing *v) { return day_text(v, v->event->date); }

static const struct { const char *name; word *word; } demo_words[] = {
        {"school", school}, {"director", director}, {"person", its_person}, {"teacher", teacher}, {"specialist", specialist},
        {"community", community}, {"trainer", trainer}, {"coordinator", coordinator}, {"mae", mae}, {"mae2", mae2},
        {"tic", tic}, {"made", made}, {"network_schools", network_schools}, {"trainers_a", trainers_a},
        {"trainers_b", trainers_b}, {"convive_trainer", convive_trainer}, {"ht1_trainer", ht1_trainer}, {"began", began},
        {"ended", ended}, {"hasta", hasta}, {"monday", monday}, {"year", year}, {"thisyear", thisyear}, {"lastyear", lastyear},
        {"edition", edition}, {"convive_edition", convive_edition}, {"ht1_edition", ht1_edition}, {"route_day", route_day},
        {"route_weekday", route_weekday}, {"weekday", weekday}, {"network", network}, {"district", district},
        {"number", number}, {"module", module}, {"stage", stage}, {"states", states}, {"result", result},
        {"certified", certified}};

/* ---- Values ---- */

static const char *word_value(struct valuing *v, const char *name, size_t len)
{
        for (size_t i = 0; i < ARRAY_LEN(demo_words); i++)
                if (strlen(demo_words[i].name) == len && strncmp(demo_words[i].name, name, len) == 0)
                        return demo_words[i].word(v);
        return "";
}

static const char *expanded(struct valuing *v, const char *text)
{
        struct str out = STR_INIT;
        while (*text) {
                const char *open = strchr(text, '{'), *close = open ? strchr(open, '}') : NULL;
                if (!close)
                        break;
                str_addn(&out, text, (size_t)(open - text));
                str_add(&out, word_value(v, open + 1, (size_t)(close - open - 1)));
                text = close + 1;
        }
        str_add(&out, text);
        const char *kept = arena_strdup(&v->arena, out.text);
        str_release(&out);
        return kept;
}

/* How far a series has gone, 0 to 1. */
static double progress(const struct demo_event *event, bool late)
{
        double done = event->of ? (double)(event->number + 1) / event->of : 1;
        return !late ? done : done <= 0.75 ? 0 : (done - 0.75) * 4;
}

static const char *value_of(struct valuing *v, const char *text)
{
        switch (*text) {
        case '%': return demo_weighted(text + 1, &v->arena);
        case '@': return day_text(v, v->event->date + atoi(text + 1));
        case '~': case '^':
                return arena_printf(&v->arena, "%d", (int)lround(atoi(text + 1) * progress(v->event, *text == '^')));
        default: return expanded(v, text);
        }
}

json_t *demo_answers(struct demo *demo, const struct demo_event *event, const char *answers, const char *made_id)
{
        struct valuing v = {.demo = demo, .event = event, .made = made_id};
        json_t *object = json_object();
        for (const char *part = answers; *part;) {
                const char *equals = strchr(part, '='), *end = strchr(part, ';');
                size_t len = end ? (size_t)(end - equals - 1) : strlen(equals + 1);
                const char *name = arena_strndup(&v.arena, part, (size_t)(equals - part));
                json_object_set_new(object, name, json_string(value_of(&v, arena_strndup(&v.arena, equals + 1, len))));
                part = end ? end + 1 + strspn(end + 1, " ") : equals + 1 + len;
        }
        arena_release(&v.arena);
        return object;
}
