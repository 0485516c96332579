/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planned visits, as boards read them, and the visits that are made. */
#ifndef SIMAE_REPORT_PLANNED_H
#define SIMAE_REPORT_PLANNED_H

#include "report_priv.h"

/* The answers of a planned visit that boards read, in the order of plan_names. */
enum plan_answer {
        PLAN_MONITOR,
        PLAN_FORM,
        PLAN_PERSON,
        PLAN_DATE,
        PLAN_NUMBER,
        PLAN_ROUTE,
        PLAN_STATE,
        PLAN_TO,
        PLAN_PRIORITY,
        PLAN_NAMES
};
extern const char *const plan_names[PLAN_NAMES];

/* Planned visits whose day is between two ISO dates ("": no limit); `each` must check it again with
 * plan_is_between(). */
struct store_query plan_query(struct board *board, const char *from, const char *to);
bool plan_is_between(const char *const *answers, const char *from, const char *to);
/* How a planned visit stands: done, overdue (its day or its window went by), now, soon (its window closes),
 * normal. */
enum board_tone plan_tone(const struct board *board, const struct store_record *record,
                          const char *const *answers);
/* «Norte: Quispe Ñahui, Rosa · Monitoreo a docente, visita 2»; without a person or a route, what there is. */
const char *plan_words(struct board *board, const char *const *answers, bool route);

/* Forms of visits to a school; each has a subject, `proxima_visita` and says which were done. */
extern const char *const visit_forms[];
extern const int visit_forms_n;

#endif
