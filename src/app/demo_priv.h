/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the demo share: the directory, what is to happen, and the answers of one record. */
#ifndef SIMAE_APP_DEMO_PRIV_H
#define SIMAE_APP_DEMO_PRIV_H

#include "app_priv.h"

enum {
        SCHOOLS = 60, PEOPLE = 200, COMMUNITIES = 12, SPECIALISTS = 10, NETWORKS = 6, MODULES = 3,
        TRAINERS = 4, PARTICIPANTS = 40, DAYS = 730, RECENT = 45
};

/* Ids of records made, as text, by the form they belong to: what references may name. */
struct demo_pool {
        const char *form;
        char (*ids)[ID_TEXT];
        int n, room;
};

enum demo_pools { POOL_SCHOOLS, POOL_PEOPLE, POOL_COMMUNITIES, POOL_NETWORKS, POOL_PARTNERS, POOL_PERIODS, POOL_EVENTS, POOL_N };

enum demo_each { EACH_ONCE, EACH_SCHOOLS, EACH_TEACHERS, EACH_COMMUNITIES, EACH_NETWORKS, EACH_MODULES, EACH_TRAINERS, EACH_PARTICIPANTS };

/* A row of demo_story.def: MODULE, HAPPEN and RARELY. */
struct demo_module { const char *key; int began, ended; const char *stage, *states; };
/* `rare`: RARELY, made when all else was. */
struct demo_row { const char *form; enum demo_each each; const char *how_many; int from, to; const char *answers; bool rare; };
extern const struct demo_module demo_modules[MODULES];

/* One record to come; indexes, or -1. */
struct demo_event {
        int64_t date;
        const struct demo_row *row;
        int school, person, community, network, module, trainer;
        int number, of; /* the first of its series is 0 */
        int order;      /* as planned */
};

struct demo {
        struct app *app;
        struct demo_pool pools[POOL_N];
        double levels[SCHOOLS], talents[PEOPLE];
        struct demo_event *events;
        int events_n, events_room;
        int64_t today;
        char me[ID_TEXT]; /* whoever uses the laptop */
        void (*progress)(void *ctx, int done, int total);
        void *ctx;
};

/* How one record is answered. */
struct demo_mood {
        double level;          /* 0 poor … 1 excellent: where ratings gather */
        int64_t date;          /* of the record */
        int school;            /* whose people are named, or -1 */
        const json_t *fixed;   /* question → what to type; a repeat → ids for its rows; "children.question" */
        bool twice;            /* what an answer made relevant before its place is asked too */
        const struct demo_pool *pools;
};

/* demo_plan.c: everything that is to happen (or only what is rare), in order, instead of what was planned before. */
void demo_plan(struct demo *demo, bool rare, int scale);
/* The first teaching day from `date` on. */
int64_t demo_teaching_day(int64_t date);

/* demo_happen.c: make the record of an event, and what goes with it. */
enum err_code demo_happen(struct demo *demo, const struct demo_event *event, struct err *err);
/* A record of `form` filled and concluded on `mood->date` as far as the clock knows; it joins its pool. */
enum err_code demo_record(struct demo *demo, const char *form, const struct demo_mood *mood, struct id *ret, struct err *err);

/* demo_value.c: the answers of a row for this event. `made`: the record it follows, or "". New reference. */
json_t *demo_answers(struct demo *demo, const struct demo_event *event, const char *answers, const char *made);

/* demo_rules.c: the rows of demo.def; the one that names the form goes before. NULL if there is none. */
enum demo_rules { RULE_CHANCE, RULE_NUMBER, RULE_WORDS, RULE_ROWS };
struct demo_rule { enum demo_rules kind; const char *question, *text; int least, greatest; };
const struct demo_rule *demo_rule(enum demo_rules kind, const char *form, const char *question);
/* A whole number from least to greatest. */
int demo_number(int least, int greatest);
/* One of "si:96 no:4", by weight, in `arena`. */
const char *demo_weighted(const char *weights, struct arena *arena);
/* One of "one|another", in `arena`. */
const char *demo_one_of(const char *words, struct arena *arena);

/* demo_answer.c: one draft while it is filled. */
struct demo_filler {
        struct draft *draft;
        struct session *session;
        const struct demo_mood *mood;
        json_t *before; /* answers of the last record about the same subject, or NULL */
        bool looked_before;
        int crowd;      /* whom the rows of a list begin with */
        struct arena arena;
};
/* Answer this question, unless a person would pass over it. */
void demo_answer(struct demo_filler *filler, struct place place);

/* demo_fill.c */
/* Answer every shown question of a draft, its repeats and its children. */
enum err_code demo_fill(struct draft *draft, const struct demo_mood *mood, struct err *err);
/* Answer only what is missing or wrong. */
void demo_mend(struct draft *draft, const struct demo_mood *mood);

/* demo_words.c: invented words. Static. */
const char *demo_given_name(int i);
const char *demo_surname(int i);
const char *demo_school_name(int i);
const char *demo_network(int i);
const char *demo_district(int school);
const char *demo_sentence(int i);
const char *demo_phrase(int i);

#endif
