/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Timeliness by specialist: how soon visits become records and feedback is
 * given.  Enter goes down to her visits, the latest to be recorded first.
 */
#include "../timely.h"

#include <stdlib.h>
#include <string.h>

enum { COL_WHO, COL_VISITS, COL_TIMELY, COL_BAR, COL_RECORD, COL_SAME_DAY, COL_FEEDBACK, COL_WITHOUT, COLUMNS };
enum { BAR_COLS = 10 };

static const struct board_heading headings[COLUMNS] = {
        [COL_WHO] = {"especialista", _("Especialista"), CELL_TEXT, 1, 0, false},
        [COL_VISITS] = {"visitas", _("Visitas"), CELL_NUMBER, 1, 7, false},
        [COL_TIMELY] = {"en_plazo_pct", _("%"), CELL_NUMBER, 1, 4, false},
        [COL_BAR] = {"barra", _("En plazo"), CELL_TEXT, 2, BAR_COLS, false},
        [COL_RECORD] = {"dias_al_registro", _("Días reg."), CELL_NUMBER, 2, 9, false},
        [COL_SAME_DAY] = {"dialogo_mismo_dia_pct", _("% mismo día"), CELL_NUMBER, 2, 11, false},
        [COL_FEEDBACK] = {"dias_al_dialogo", _("Días diál."), CELL_NUMBER, 3, 10, false},
        [COL_WITHOUT] = {"sin_dialogo", _("Sin diálogo"), CELL_NUMBER, 2, 11, false},
};

struct specialist { const char *id; int visits, timely, days, given, same_day, feedback_days; };
struct timeliness { struct board *board; struct groups people; struct specialist sum; };

static void count(struct specialist *sum, const struct timely_visit *visit)
{
        sum->visits++;
        sum->timely += visit->to_record >= 0 && visit->to_record <= TIMELY_RECORD_DAYS;
        sum->days += visit->to_record > 0 ? visit->to_record : 0;
        if (visit->to_feedback == TIMELY_UNKNOWN)
                return;
        sum->given++;
        sum->same_day += visit->to_feedback == 0;
        sum->feedback_days += visit->to_feedback;
}

static void take(void *ctx, const struct timely_visit *visit)
{
        struct timeliness *all = ctx;
        struct id key = groups_key(visit->who, NULL, NULL);
        struct specialist *person = groups_of(&all->people, &key);
        person->id = visit->who;
        count(person, visit);
        count(&all->sum, visit);
}

static void add_row(struct board *board, const struct specialist *person)
{
        board_add(board, person->timely == person->visits ? TONE_GOOD : 2 * person->timely < person->visits ? TONE_OVERDUE : TONE_SOON);
        if (*person->id)
                board_goes_to(board, "oportunidad-visitas", person->id);
        board_put(board, COL_WHO, *person->id ? board_title(board, person->id) : _("(sin especialista)"));
        board_putf(board, COL_VISITS, "%d", person->visits);
        board_putf(board, COL_TIMELY, "%d", share_percent(person->timely, person->visits));
        board_put_bar(board, COL_BAR, (double)person->timely / person->visits);
        board_putf(board, COL_RECORD, "%.1f", (double)person->days / person->visits);
        board_putf(board, COL_WITHOUT, "%d", person->visits - person->given);
        if (person->given) {
                board_putf(board, COL_SAME_DAY, "%d", share_percent(person->same_day, person->visits));
                board_putf(board, COL_FEEDBACK, "%.1f", (double)person->feedback_days / person->given);
        }
}

static int compare(const struct board *board, int a, int b)
{
        int order = atoi(table_cell(&board->table, a, COL_TIMELY)) - atoi(table_cell(&board->table, b, COL_TIMELY));
        return order ? order : strcmp(table_cell(&board->table, a, COL_WHO), table_cell(&board->table, b, COL_WHO));
}

enum err_code board_oportunidad(struct board *board, struct err *err)
{
        struct timeliness all = {.board = board, .people = {.arena = &board->arena, .size = sizeof(struct specialist)}};
        board_set_columns(board, headings, COLUMNS);
        board->empty = _("Todavía no hay visitas este año.");
        enum err_code rc = timely_read(board, take, &all, err);
        for (int i = 0; rc == ERR_OK && i < all.people.n; i++)
                add_row(board, all.people.items[i]);
        board_sort(board, compare);
        if (all.sum.visits)
                board_summary(board, _("Registradas hasta %d días después de la visita: %s. Diálogo el mismo día: %s; sin diálogo: %d."),
                              TIMELY_RECORD_DAYS, share_words(board, all.sum.timely, all.sum.visits),
                              share_words(board, all.sum.same_day, all.sum.visits), all.sum.visits - all.sum.given);
        groups_release(&all.people);
        return rc;
}
