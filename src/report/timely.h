/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long it takes from a visit to its record and to its feedback, in days of
 * the calendar.  Only visits that took place; of this year unless the board is
 * told which days.
 */
#ifndef SIMAE_REPORT_TIMELY_H
#define SIMAE_REPORT_TIMELY_H

#include "groups.h"

enum { TIMELY_RECORD_DAYS = 2, TIMELY_UNKNOWN = -1 };

struct timely_visit {
        struct id record;
        const char *form, *date, *school, *who, *subject; /* who: its specialist. Of the board */
        int to_record, to_feedback;                        /* days; TIMELY_UNKNOWN: no feedback */
};
typedef void timely_each(void *ctx, const struct timely_visit *visit);
enum err_code timely_read(struct board *board, timely_each *each, void *ctx, struct err *err);
/* «el mismo día», «1 día», «12 días»; "—" when not known. */
const char *timely_words(struct board *board, int days);

#endif
