/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What calls for attention today, in a few numbers for the first screen: read
 * from the index of open records up to the end of this week, and nothing else.
 */
#ifndef SIMAE_REPORT_TODAY_H
#define SIMAE_REPORT_TODAY_H

#include "report/board.h"

struct today {
        int visits, visits_late;           /* planned for today; planned for before and not done */
        int commitments, commitments_late; /* due from today to Sunday; overdue */
        int alerts, alerts_late;           /* due today; overdue. Reserved ones count */
        int observed, corrected;           /* observed by the office and not corrected, theirs; corrected since, the others' */
        int conflicts;                     /* records in conflict, whoever's. Reserved ones count */
};

/* What is host->persona's (what she visits, wrote or must do); everybody's when it is "". */
enum err_code today_read(const struct board_host *host, struct today *ret, struct err *err);

#endif
