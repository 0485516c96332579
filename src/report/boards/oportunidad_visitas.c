/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timeliness visit by visit, those recorded latest first; of one specialist, or of all. */
#include "../timely.h"

#include <stdlib.h>
#include <string.h>

enum { COL_DATE, COL_SCHOOL, COL_WHO, COL_RECORD, COL_FEEDBACK, COL_SPECIALIST, COL_FORM, COL_DAYS, COL_FEEDBACK_DAYS, COLUMNS };

static const struct board_heading headings[COLUMNS] = {
        [COL_DATE] = {"fecha", _("Visita"), CELL_DATE, 1, 10, false},
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 1, 0, false},
        [COL_WHO] = {"persona", _("Persona"), CELL_TEXT, 3, 22, false},
        [COL_RECORD] = {"registro", _("Registro"), CELL_TEXT, 1, 9, false},
        [COL_FEEDBACK] = {"dialogo", _("Diálogo"), CELL_TEXT, 1, 9, false},
        [COL_SPECIALIST] = {"especialista", _("Especialista"), CELL_TEXT, 4, 22, false},
        [COL_FORM] = {"ficha", _("Ficha"), CELL_TEXT, 4, 14, false},
        [COL_DAYS] = {"dias_al_registro", _("Días reg."), CELL_NUMBER, 0, 9, false},
        [COL_FEEDBACK_DAYS] = {"dias_al_dialogo", _("Días diál."), CELL_NUMBER, 0, 10, false},
};

struct visits { struct board *board; int late, without; };

static void take(void *ctx, const struct timely_visit *visit)
{
        struct visits *all = ctx;
        struct board *board = all->board;
        const char *asked = board->options.argument;
        bool late = visit->to_record > TIMELY_RECORD_DAYS, without = visit->to_feedback == TIMELY_UNKNOWN;
        if (*asked && strcmp(asked, visit->who) != 0)
                return;
        all->late += late;
        all->without += without;
        board_add(board, late ? TONE_OVERDUE : without ? TONE_SOON : TONE_DONE);
        board_opens(board, &visit->record);
        board_put(board, COL_DATE, visit->date);
        board_put(board, COL_SCHOOL, visit->school);
        board_put(board, COL_WHO, board_title(board, visit->subject));
        board_put(board, COL_RECORD, timely_words(board, visit->to_record));
        board_put(board, COL_FEEDBACK, without ? _("no hubo") : timely_words(board, visit->to_feedback));
        board_put(board, COL_SPECIALIST, board_title(board, visit->who));
        board_put(board, COL_FORM, board_form_title(board, visit->form));
        board_putf(board, COL_DAYS, "%d", visit->to_record);
        if (!without)
                board_putf(board, COL_FEEDBACK_DAYS, "%d", visit->to_feedback);
}

static int compare(const struct board *board, int a, int b)
{
        int order = atoi(table_cell(&board->table, b, COL_DAYS)) - atoi(table_cell(&board->table, a, COL_DAYS));
        return order ? order : strcmp(table_cell(&board->table, b, COL_DATE), table_cell(&board->table, a, COL_DATE));
}

enum err_code board_oportunidad_visitas(struct board *board, struct err *err)
{
        struct visits all = {.board = board};
        board_set_columns(board, headings, COLUMNS);
        board->empty = _("Todavía no hay visitas este año.");
        enum err_code rc = timely_read(board, take, &all, err);
        board_sort(board, compare);
        if (board->table.rows_n)
                board_summary(board, _("%s: %s después de %d días; %d sin diálogo."),
                              arena_count(&board->arena, board->table.rows_n, _("visita"), _("visitas")),
                              arena_count(&board->arena, all.late, _("registrada"), _("registradas")), TIMELY_RECORD_DAYS, all.without);
        return rc;
}
