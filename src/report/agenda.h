/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the agenda is made of, gathered from the store before it becomes rows. */
#ifndef SIMAE_REPORT_AGENDA_H
#define SIMAE_REPORT_AGENDA_H

#include "id_map.h"
#include "report_priv.h"

/* In the order in which those of a day are shown. */
enum agenda_kind { NOTICE, VISIT, SUGGESTED, SESSION, ALERT, COMMITMENT };
struct agenda_item {
        int64_t day;
        enum agenda_kind kind;
        struct id record;
        bool open_plan;
        const char *school, *detail, *who, *route;
};

struct agenda {
        struct board *board;
        char from[DATE_TEXT], to[DATE_TEXT];
        int64_t last; /* the day of `to` */
        struct agenda_item *items;
        int n, room;
        struct id_map planned; /* people with a planned visit */
        struct id_map seen;    /* people and communities whose last record was met */
        enum agenda_kind kind; /* of the walk under way */
        int overdue;           /* left from before today */
};

/* Everything from `from` to `to`, in no order. The rest of `agenda` is zero; release it in any case. */
enum err_code agenda_read(struct agenda *agenda, struct err *err);
void agenda_release(struct agenda *agenda);

#endif
