/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When everything of the demo happens: the rows HAPPEN of demo_story.def, each
 * for every school, teacher, community, module… it is about.  A series keeps to
 * its parts of the time, one event in each, so that two visits to a teacher are
 * months apart.  All on teaching days, as far as the day of today allows.
 */
#include "demo_priv.h"

#include <stdlib.h>
#include <string.h>

const struct demo_module demo_modules[MODULES] = {
#define MODULE(key, began, ended, stage, states) {key, began, ended, stage, states},
#include "demo_story.def"
};

static const struct demo_row rows[] = {
#define HAPPEN(form, each, how_many, from, to, answers) {form, EACH_##each, how_many, from, to, answers, false},
#include "demo_story.def"
#define RARELY(form, each, how_many, from, to, answers) {form, EACH_##each, how_many, from, to, answers, true},
#include "demo_story.def"
};

static const struct { int first, last; } terms[] = {
#define TERM(first, last) {first, last},
#include "demo_story.def"
};

/* ---- Days ---- */

static bool is_teaching_day(int64_t date)
{
        struct civil civil = date_to_civil(date);
        int day = civil.month * 100 + civil.day;
        for (size_t i = 0; i < ARRAY_LEN(terms); i++)
                if (date_weekday(date) < 5 && day >= terms[i].first && day <= terms[i].last)
                        return true;
        return false;
}

int64_t demo_teaching_day(int64_t date)
{
        while (!is_teaching_day(date))
                date++;
        return date;
}

/* A teaching day from `first` to `last`; if there is none, any of those days. */
static int64_t some_day(int64_t first, int64_t last)
{
        enum { TRIES = 60 };
        int64_t date = first;
        for (int i = 0; i < TRIES; i++) {
                date = first + demo_number(0, (int)(last - first));
                if (is_teaching_day(date))
                        break;
        }
        return date;
}

/* ---- Events ---- */

static void add(struct demo *demo, struct demo_event event)
{
        if (demo->events_n == demo->events_room) {
                demo->events_room = demo->events_room ? 2 * demo->events_room : 1024;
                demo->events = xrealloc(demo->events, (size_t)demo->events_room * sizeof *demo->events);
        }
        event.order = demo->events_n;
        demo->events[demo->events_n++] = event;
}

static bool is_of_module(const struct demo_row *row)
{
        return row->each == EACH_MODULES || row->each == EACH_TRAINERS || row->each == EACH_PARTICIPANTS;
}

/* Hundredths of the time of the event's module. What is single happens yesterday at the latest. */
static bool module_day(const struct demo *demo, struct demo_event *event)
{
        const struct demo_module *module = &demo_modules[event->module];
        const struct demo_row *row = event->row;
        int part = row->from + (row->to - row->from) * event->number / event->of;
        event->date = demo->today - module->began + (int64_t)(module->began - module->ended) * part / 100;
        if (event->of == 1 && event->date >= demo->today)
                event->date = demo->today - 1;
        return event->date < demo->today;
}

static void free_day(const struct demo *demo, struct demo_event *event)
{
        const struct demo_row *row = event->row;
        double part = (double)(row->from - row->to) / event->of;
        int64_t first = demo->today - row->from + (int64_t)(part * event->number);
        int64_t last = demo->today - row->from + (int64_t)(part * (event->number + 1));
        event->date = row->from == row->to ? first : some_day(first, last > first ? last - 1 : first);
}

static void add_series(struct demo *demo, struct demo_event event, int scale)
{
        struct arena arena = {0};
        event.of = atoi(demo_weighted(event.row->how_many, &arena)) * scale;
        arena_release(&arena);
        for (event.number = 0; event.number < event.of; event.number++) {
                if (event.row->each == EACH_ONCE)
                        event.school = event.person = demo_number(0, SCHOOLS - 1);
                if (!is_of_module(event.row))
                        free_day(demo, &event);
                if (!is_of_module(event.row) || module_day(demo, &event))
                        add(demo, event);
        }
}

/* ---- Whom a row is about ---- */

static struct demo_event at_school(const struct demo_row *row, int school)
{
        return (struct demo_event){.row = row, .school = school, .person = school, .community = -1, .network = -1,
                                   .module = -1, .trainer = -1};
}

/* Teachers teach at the school with their number modulo the schools; trainers are the first of each ten. */
static struct demo_event of_module(const struct demo_row *row, int module, int k)
{
        enum { PER_TRAINER = PARTICIPANTS / TRAINERS, FIRST = SCHOOLS + 30 };
        int trainer = row->each == EACH_PARTICIPANTS ? k / PER_TRAINER : k;
        int trains = FIRST + module * TRAINERS + trainer % TRAINERS;
        int person = row->each == EACH_PARTICIPANTS ? (module * PARTICIPANTS + k) % FIRST : trains;
        struct demo_event event = at_school(row, person % SCHOOLS);
        event.person = person;
        event.module = module;
        event.trainer = trains;
        return event;
}

static struct demo_event subject(const struct demo_row *row, int i)
{
        struct demo_event event = at_school(row, i % SCHOOLS);
        switch (row->each) {
        case EACH_TEACHERS: event.person = SCHOOLS + i; event.school = event.person % SCHOOLS; return event;
        case EACH_COMMUNITIES: event = at_school(row, i * (SCHOOLS / COMMUNITIES)); event.community = i; return event;
        case EACH_NETWORKS: event.network = i; return event;
        case EACH_MODULES: return of_module(row, i, 0);
        case EACH_TRAINERS: return of_module(row, i / TRAINERS, i % TRAINERS);
        case EACH_PARTICIPANTS: return of_module(row, i / PARTICIPANTS, i % PARTICIPANTS);
        default: return event;
        }
}

static int how_many_subjects(enum demo_each each)
{
        switch (each) {
        case EACH_ONCE: return 1;
        case EACH_TEACHERS: return PEOPLE - SPECIALISTS - SCHOOLS;
        case EACH_COMMUNITIES: return COMMUNITIES;
        case EACH_NETWORKS: return NETWORKS;
        case EACH_MODULES: return MODULES;
        case EACH_TRAINERS: return MODULES * TRAINERS;
        case EACH_PARTICIPANTS: return MODULES * PARTICIPANTS;
        default: return SCHOOLS;
        }
}

/* Visits, sessions and checklists can be multiplied; one of a kind cannot. */
static bool can_be_multiplied(const struct demo *demo, const struct demo_row *row)
{
        const struct form *form;
        return app_form(demo->app, row->form, &form, NULL) == ERR_OK && form->kind == FORM_RECORD && !form->unique;
}

static int by_date(const void *a, const void *b)
{
        const struct demo_event *x = a, *y = b;
        return x->date != y->date ? (x->date < y->date ? -1 : 1) : x->order - y->order;
}

void demo_plan(struct demo *demo, bool rare, int scale)
{
        demo->events_n = 0;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                for (int k = 0; rows[i].rare == rare && k < how_many_subjects(rows[i].each); k++)
                        add_series(demo, subject(&rows[i], k), can_be_multiplied(demo, &rows[i]) ? scale : 1);
        qsort(demo->events, (size_t)demo->events_n, sizeof *demo->events, by_date);
}
