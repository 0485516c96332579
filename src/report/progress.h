/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Progress from visit to visit: the levels of a form's rubrics, met newest visit
 * first, and how many of them are achieved (level III or above of four).
 */
#ifndef SIMAE_REPORT_PROGRESS_H
#define SIMAE_REPORT_PROGRESS_H

#include "report_priv.h"

enum { PROGRESS_RUBRICS = 80, PROGRESS_FORMS = 3, LEVEL_ACHIEVED = 3, LEVELS = 4 };

/* The forms of monitoring that give levels. */
extern const char *const progress_forms[PROGRESS_FORMS];

struct rubrics {
        const struct form *form;
        const char *names[PROGRESS_RUBRICS]; /* questions, in order */
        int nodes[PROGRESS_RUBRICS], n;
};
/* Those of the version in use; none if the form is not installed. */
void rubrics_read(struct board *board, const char *form, struct rubrics *ret);
/* The title of the section that a rubric is in. */
const char *rubric_section(const struct rubrics *rubrics, int at);

/* 1 to 4; 0: not answered, not observed or does not apply. */
int level_of(const char *answer);
/* «▆ III»: a bar as high as the level, beside it; "" for none. */
const char *level_words(int level);
/* «9/16 ▅» in the board's arena, of those with a level; "" if there are none. */
const char *achieved_words(struct board *board, int achieved, int rated);
/* «↑ sube», «↓ baja», «= igual»; "" when one of the two is missing. */
const char *change_words(int before, int now);

#endif
