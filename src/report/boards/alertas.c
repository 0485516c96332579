/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Open alerts by their deadline.  Reserved ones are only counted; what happened
 * is never a cell: it is read in the record.
 */
#include "../report_priv.h"

enum {
        COL_DUE,
        COL_WHEN,
        COL_SEVERITY,
        COL_KIND,
        COL_SCHOOL,
        COL_STATE,
        COL_WHO,
        COL_KNOWN,
        COL_UGEL,
        COL_CODE
};

static const struct board_heading headings[] = {
        [COL_DUE] = {"plazo", _("Plazo"), CELL_DATE, 1, 10, false},
        [COL_WHEN] = {"vence", _("Vence"), CELL_TEXT, 1, 14, false},
        [COL_SEVERITY] = {"severidad", _("Severidad"), CELL_TEXT, 3, 9, false},
        [COL_KIND] = {"tipo", _("Tipo"), CELL_TEXT, 2, 14, false},
        [COL_SCHOOL] = {"escuela", _("Escuela"), CELL_TEXT, 1, 0, false},
        [COL_STATE] = {"estado", _("Estado"), CELL_TEXT, 5, 12, false},
        [COL_WHO] = {"responsable", _("Responsable"), CELL_TEXT, 4, 22, false},
        [COL_KNOWN] = {"conocida", _("Se conoció"), CELL_DATE, 6, 10, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 7, 18, false},
        [COL_CODE] = {"codigo", _("Código"), CELL_TEXT, 0, 9, false},
};

enum { KIND, SEVERITY, STATE, RESPONSIBLE, KNOWN, NAMES };
static const char *const names[] = {[KIND] = "rama",
                                    [SEVERITY] = "nivel_severidad",
                                    [STATE] = "estado",
                                    [RESPONSIBLE] = "responsable",
                                    [KNOWN] = "fecha_conocimiento"};

struct alerts {
        struct board *board;
        struct due_tally tally;
};

static enum err_code add(void *ctx, const struct store_record *record, const char *const *answers,
                         struct err *err)
{
        struct alerts *all = ctx;
        struct board *board = all->board;
        char code[CODE_TEXT];
        (void)err;
        if (!board_is_theirs(board, record, answers[RESPONSIBLE]))
                return ERR_OK;
        enum board_tone tone = board_due_tone(board, record->due, 1);
        due_tally_add(&all->tally, tone);
        board_add(board, tone);
        board_opens(board, &record->id);
        board_put(board, COL_DUE, record->due);
        board_put(board, COL_WHEN, board_when(board, record->due, ""));
        board_put(board, COL_SEVERITY, board_choice(board, "alerta", "nivel_severidad", answers[SEVERITY]));
        board_put(board, COL_KIND, board_choice(board, "alerta", "rama", answers[KIND]));
        board_put(board, COL_SCHOOL, board_school(board, record->school_title));
        board_put(board, COL_STATE, board_choice(board, "alerta", "estado", answers[STATE]));
        board_put(board, COL_WHO, board_title(board, answers[RESPONSIBLE]));
        board_put(board, COL_KNOWN, answers[KNOWN]);
        board_put(board, COL_UGEL, board_choice(board, "alerta", "ugel", record->ugel));
        board_put(board, COL_CODE, id_code(&record->id, code));
        return ERR_OK;
}

static const char *reserved_words(struct board *board, int64_t reserved)
{
        if (reserved == 0)
                return "";
        if (board->options.sensitive)
                return arena_printf(&board->arena, _(" Se muestran %lld reservadas."), (long long)reserved);
        return reserved == 1
                       ? _(" Hay además 1 reservada, que no se muestra.")
                       : arena_printf(&board->arena, _(" Hay además %lld reservadas, que no se muestran."),
                                      (long long)reserved);
}

enum err_code board_alertas(struct board *board, struct err *err)
{
        struct alerts all = {.board = board};
        struct store_query query = board_open_query(board, "alerta");
        int64_t reserved = 0;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = board_walk(board, query, names, NAMES, add, &all, err);
        if (rc == ERR_OK)
                rc = board_count_reserved(board, query, &reserved, err);
        board->empty = _("No hay alertas abiertas que mostrar.");
        board_summary(board,
                      all.tally.all == 1 ? _("%d alerta abierta: %d vencidas, %d vencen hoy o mañana.%s")
                                         : _("%d alertas abiertas: %d vencidas, %d vencen hoy o mañana.%s"),
                      all.tally.all, all.tally.overdue, all.tally.soon, reserved_words(board, reserved));
        return rc;
}
