/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits with their days to record and feedback (contract in timely.h). */
#include "timely.h"

#include <stdio.h>
#include <string.h>

#include "progress.h"

enum { DONE, FEEDBACK_DAY, MONITOR, ANSWERS };

struct reading { struct board *board; timely_each *each; void *ctx; };

/* What came before the visit was noted on its day. */
static int days_after(const char *date, int64_t day)
{
        int64_t first;
        if (!date_parse(date, &first))
                return TIMELY_UNKNOWN;
        return day > first ? (int)(day - first) : 0;
}

static enum err_code take(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct reading *reading = ctx;
        struct board *board = reading->board;
        struct datetime concluded;
        int64_t feedback;
        const char *who = *answers[MONITOR] ? answers[MONITOR] : record->author;
        if (*board->options.persona && strcmp(board->options.persona, who) != 0)
                return ERR_OK;
        bool given = strcmp(answers[DONE], "si") == 0;
        enum err_code rc = store_record_begun(board->host->store, &record->id, &concluded, err);
        if (rc == ERR_OK || rc == ERR_NOT_FOUND) {
                bool told = rc == ERR_OK;
                rc = ERR_OK;
                struct timely_visit visit = {.record = record->id, .form = arena_strdup(&board->arena, record->form),
                                             .date = arena_strdup(&board->arena, record->date),
                                             .school = board_school(board, record->school_title),
                                             .who = arena_strdup(&board->arena, who), .subject = arena_strdup(&board->arena, record->subject),
                                             .to_record = told ? days_after(record->date, concluded.days) : TIMELY_UNKNOWN,
                                             .to_feedback = given && date_parse(answers[FEEDBACK_DAY], &feedback) ? days_after(record->date, feedback)
                                                                                                      : TIMELY_UNKNOWN};
                reading->each(reading->ctx, &visit);
        }
        return rc;
}

enum err_code timely_read(struct board *board, timely_each *each, void *ctx, struct err *err)
{
        static const char *const names[ANSWERS] = {[DONE] = "retro_realizada", [FEEDBACK_DAY] = "retro_fecha", [MONITOR] = "monitor"};
        struct reading reading = {board, each, ctx};
        char from[DATE_TEXT];
        enum err_code rc = ERR_OK;
        snprintf(from, sizeof from, "%04d-01-01", date_to_civil(board->host->today).year);
        for (int f = 0; rc == ERR_OK && f < PROGRESS_FORMS; f++) {
                struct store_query query = {.form = progress_forms[f], .done_only = true,
                                            .date_from = *board->options.from ? board->options.from : from,
                                            .date_to = *board->options.to ? board->options.to : NULL};
                rc = board_walk(board, query, names, ANSWERS, take, &reading, err);
        }
        return rc;
}

const char *timely_words(struct board *board, int days)
{
        if (days == TIMELY_UNKNOWN)
                return "—";
        return days == 0 ? _("mismo día") : days == 1 ? _("1 día") : arena_printf(&board->arena, _("%d días"), days);
}
