/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions of a community (contract in sessions.h). */
#include "sessions.h"

#include <stdlib.h>
#include <string.h>

const char *const session_names[SESSION_NAMES] = {
        [SESSION_NUMBER] = "sesion_numero", [SESSION_NEXT] = "proxima_fecha", [SESSION_INVITED] = "convocados",
        [SESSION_PEOPLE] = "participantes", [SESSION_LEADS] = "dirige", [SESSION_PURPOSE] = "proposito",
        [SESSION_STRATEGY] = "estrategia_dif", [SESSION_THEME] = "proxima_tema"};

struct attendance session_attendance(const char *const *answers, struct id_map *met)
{
        struct attendance sum = {0};
        json_t *rows = repeat_rows(answers[SESSION_PEOPLE]), *row;
        size_t i;
        json_array_foreach(rows, i, row) {
                struct id person;
                bool came = strcmp(row_answer(row, "part_asistio"), "si") == 0;
                sum.called++;
                sum.came += came;
                if (came && met && id_parse(row_answer(row, "part_persona"), &person))
                        *id_map_at(met, &person) = 1;
        }
        json_decref(rows);
        int invited = atoi(answers[SESSION_INVITED]);
        if (invited > sum.called)
                sum.called = invited;
        return sum;
}

enum board_tone session_next_tone(const struct board *board, const char *next)
{
        int64_t days;
        if (!board_days_to(board, next, &days))
                return TONE_NORMAL;
        return days == 0 ? TONE_NOW : days < -KEPT_DAYS ? TONE_OVERDUE : days <= SOON_DAYS ? TONE_SOON : TONE_NORMAL;
}

const char *session_next_words(struct board *board, const char *next)
{
        return board_when(board, next, session_next_tone(board, next) == TONE_OVERDUE ? _("no se reunió:") : _("era"));
}

void agreements_add(const struct board *board, const struct store_record *record, const char *state, struct agreements *sum)
{
        int64_t days;
        sum->all++;
        sum->open += record->open;
        sum->kept += strcmp(state, "cumplido") == 0;
        sum->overdue += record->open && board_days_to(board, record->due, &days) && days < 0;
}
