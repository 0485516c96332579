/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the demo share. */
#ifndef SIMAE_APP_DEMO_PRIV_H
#define SIMAE_APP_DEMO_PRIV_H

#include "app_priv.h"

/* Ids of the invented directory, as text, by the form they belong to. */
struct demo_pool {
        const char *form;
        char (*ids)[ID_TEXT];
        int n;
};

enum demo_pools { POOL_SCHOOLS, POOL_PEOPLE, POOL_COMMUNITIES, POOL_N };

/* How one record is answered. */
struct demo_mood {
        double level;          /* 0 poor … 1 excellent: where ratings gather */
        int64_t date;          /* of the record */
        bool settled;          /* so long ago that what it left pending is closed by now */
        const json_t *fixed;   /* question → what to type */
        const struct demo_pool *pools;
};

/* A finalised record, answered at random but for `fixed`. */
enum err_code demo_record(struct app *app, const char *form, const struct demo_mood *mood, struct id *ret, struct err *err);
/* A plan of visits for the specialist who uses the laptop, from last week to three weeks from `today`. */
enum err_code demo_plan(struct app *app, const struct demo_pool *pools, int64_t today, struct err *err);
/* The district of a school, by its place in the pool. Static. */
const char *demo_district(int school);
/* A whole number from least to greatest. */
int demo_number(int least, int greatest);
/* Answer every shown question of a draft, its repeats and its children. */
enum err_code demo_fill(struct draft *draft, const struct demo_mood *mood, struct err *err);
/* Invented words. Static. */
const char *demo_given_name(int i);
const char *demo_surname(int i);
const char *demo_school_name(int i);
const char *demo_sentence(int i);
const char *demo_phrase(int i);

#endif
