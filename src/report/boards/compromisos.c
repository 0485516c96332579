/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Open commitments by the day they are due, so the overdue come first; of one
 * school or one person with an argument.  Which are open, and until when, is
 * for the form to say (its keys open and due).
 */
#include "../report_priv.h"

#include <string.h>

enum { COL_DUE, COL_WHEN, COL_SCHOOL, COL_TEXT, COL_WHO, COL_STATE, COL_DAYS, COL_UGEL, COL_CODE };

static const struct board_heading headings[] = {
        [COL_DUE] = {"plazo", _("Plazo"), CELL_DATE, 1, 10, false},
        [COL_WHEN] = {"vence", _("Vence"), CELL_TEXT, 1, 14, false},
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 2, 20, false},
        [COL_TEXT] = {"compromiso", _("Compromiso"), CELL_TEXT, 1, 0, false},
        [COL_WHO] = {"responsable", _("Responsable"), CELL_TEXT, 3, 22, false},
        [COL_STATE] = {"estado", _("Estado"), CELL_TEXT, 4, 16, false},
        [COL_DAYS] = {"dias", _("Días"), CELL_NUMBER, 0, 5, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 6, 18, false},
        [COL_CODE] = {"codigo", _("Código"), CELL_TEXT, 0, 9, false},
};

enum { RESPONSIBLE, TEXT, STATE, NAMES };
static const char *const names[] = {[RESPONSIBLE] = "responsable", [TEXT] = "texto", [STATE] = "estado"};

struct commitments {
        struct board *board;
        struct due_tally tally;
};

static enum err_code add(void *ctx, const struct store_record *record, const char *const *answers,
                         struct err *err)
{
        struct commitments *all = ctx;
        struct board *board = all->board;
        char code[CODE_TEXT];
        int64_t days;
        (void)err;
        if (!board_is_theirs(board, record, answers[RESPONSIBLE]))
                return ERR_OK;
        enum board_tone tone = board_due_tone(board, record->due, SOON_DAYS);
        due_tally_add(&all->tally, tone);
        board_add(board, tone);
        board_opens(board, &record->id);
        board_put(board, COL_DUE, record->due);
        board_put(board, COL_WHEN, board_when(board, record->due, ""));
        board_put(board, COL_SCHOOL, board_school(board, record->school_title));
        board_put(board, COL_TEXT, answers[TEXT]);
        board_put(board, COL_WHO, board_title(board, answers[RESPONSIBLE]));
        board_put(board, COL_STATE, board_choice(board, "compromiso", "estado", answers[STATE]));
        if (board_days_to(board, record->due, &days))
                board_putf(board, COL_DAYS, "%lld", (long long)days);
        board_put(board, COL_UGEL, board_choice(board, "compromiso", "ugel", record->ugel));
        board_put(board, COL_CODE, id_code(&record->id, code));
        return ERR_OK;
}

/* What all the rows share is not written in each. */
static void hide_what_is_known(struct board *board, const struct store_query *query)
{
        if (query->school)
                board->columns[COL_SCHOOL].rank = 0;
        if (query->school)
                board->columns[COL_WHO].rank = 2;
        if (query->subject)
                board->columns[COL_WHO].rank = 0;
}

enum err_code board_compromisos(struct board *board, struct err *err)
{
        struct commitments all = {.board = board};
        struct store_query query = board_open_query(board, "compromiso");
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        hide_what_is_known(board, &query);
        enum err_code rc = board_walk(board, query, names, NAMES, add, &all, err);
        board->empty = _("No hay compromisos abiertos.");
        board_summary(board,
                      all.tally.all == 1 ? _("%d compromiso abierto: %d vencidos, %d vencen en %d días.")
                                         : _("%d compromisos abiertos: %d vencidos, %d vencen en %d días."),
                      all.tally.all, all.tally.overdue, all.tally.soon, SOON_DAYS);
        return rc;
}
