/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today in numbers (contract in report/today.h): three walks over the index of what is open. */
#include "report/today.h"

#include <string.h>

#include "base/date.h"

struct counting {
        const char *persona, *today;
        bool named; /* the walk asks for who must do it; else that is the subject */
        int *now, *late;
};

static enum err_code count(void *ctx, const struct store_record *record, const char *const *answers,
                           struct err *err)
{
        struct counting *counting = ctx;
        const char *persona = counting->persona, *named = counting->named ? answers[0] : record->subject;
        (void)err;
        if (*persona && strcmp(record->author, persona) != 0 && strcmp(named, persona) != 0)
                return ERR_OK;
        if (strcmp(record->due, counting->today) < 0)
                ++*counting->late;
        else
                ++*counting->now;
        return ERR_OK;
}

/* `who`: the question that names whose it is; NULL: the record's subject, which needs no answer to be read.
 */
static enum err_code count_open(const struct board_host *host, const char *form, const char *who,
                                int64_t until, int *now, int *late, struct err *err)
{
        char today[DATE_TEXT], last[DATE_TEXT];
        struct counting counting = {host->persona, date_format(host->today, today), who != NULL, now, late};
        struct store_query query = {.form = form,
                                    .open_only = true,
                                    .order = ORDER_DUE,
                                    .sensitive = true,
                                    .due_from = "0",
                                    .due_to = date_format(until, last)};
        return store_walk(host->store, &query, &who, who != NULL, count, &counting, err);
}

/* Records and entities. */
static enum err_code count_all(const struct board_host *host, struct store_query *query, int *ret, struct err *err)
{
        int64_t records = 0, entities = 0;
        enum err_code rc = store_record_count(host->store, query, &records, err);
        query->entities = true;
        if (rc == ERR_OK)
                rc = store_record_count(host->store, query, &entities, err);
        *ret = (int)(records + entities);
        return rc;
}

static enum err_code count_state(const struct board_host *host, bool corrected, const char *author, int *ret, struct err *err)
{
        struct store_query query = {.observed_only = !corrected, .corrected_only = corrected, .author = author, .sensitive = true};
        return count_all(host, &query, ret, err);
}

static enum err_code count_observed(const struct board_host *host, struct today *today, struct err *err)
{
        int own = 0;
        enum err_code rc = count_state(host, false, host->persona, &today->observed, err);
        if (rc == ERR_OK)
                rc = count_state(host, true, NULL, &today->corrected, err);
        if (rc == ERR_OK && *host->persona)
                rc = count_state(host, true, host->persona, &own, err);
        today->corrected -= own;
        return rc;
}

enum err_code today_read(const struct board_host *host, struct today *ret, struct err *err)
{
        struct today today = {0};
        int64_t sunday = host->today - date_weekday(host->today) + 6;
        enum err_code rc = count_open(host, "plan_visitas", "monitor", host->today, &today.visits,
                                      &today.visits_late, err);
        if (rc == ERR_OK)
                rc = count_open(host, "compromiso", NULL, sunday, &today.commitments, &today.commitments_late,
                                err);
        if (rc == ERR_OK)
                rc = count_open(host, "alerta", "responsable", host->today, &today.alerts, &today.alerts_late,
                                err);
        if (rc == ERR_OK)
                rc = count_observed(host, &today, err);
        struct store_query disagree = {.conflict_only = true, .sensitive = true};
        if (rc == ERR_OK)
                rc = count_all(host, &disagree, &today.conflicts, err);
        if (rc == ERR_OK)
                *ret = today;
        return rc;
}
