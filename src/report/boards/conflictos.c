/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that two people changed at once and nobody has decided: Enter opens one, and from there what disagrees. */
#include "../report_priv.h"

enum { COL_FORM, COL_TITLE, COL_COUNT, COL_DATE, COL_UGEL, COL_CODE };

static const struct board_heading headings[] = {
        [COL_FORM] = {"ficha", _("Ficha"), CELL_TEXT, 2, 22, true},
        [COL_TITLE] = {"registro", _("Registro"), CELL_TEXT, 1, 0, false},
        [COL_COUNT] = {"respuestas", _("Discrepan"), CELL_NUMBER, 1, 9, false},
        [COL_DATE] = {"fecha", _("Fecha"), CELL_DATE, 3, 10, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 5, 8, false},
        [COL_CODE] = {"codigo", _("Código"), CELL_TEXT, 4, 9, false},
};

static enum err_code add(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct board *board = ctx;
        char code[CODE_TEXT];
        (void)answers;
        (void)err;
        board_add(board, TONE_SOON);
        board_opens(board, &record->id);
        board_put(board, COL_FORM, board_form_title(board, record->form));
        board_put(board, COL_TITLE, record->title);
        board_putf(board, COL_COUNT, "%d", record->conflict);
        board_put(board, COL_DATE, record->date);
        board_put(board, COL_UGEL, record->ugel);
        board_put(board, COL_CODE, id_code(&record->id, code));
        return ERR_OK;
}

enum err_code board_conflictos(struct board *board, struct err *err)
{
        int64_t reserved = 0, more = 0;
        struct store_query query = {.conflict_only = true, .order = ORDER_DATE_DESC}, directory = query;
        directory.entities = true;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        enum err_code rc = board_walk(board, query, NULL, 0, add, board, err);
        if (rc == ERR_OK)
                rc = board_walk(board, directory, NULL, 0, add, board, err);
        if (rc == ERR_OK)
                rc = board_count_reserved(board, query, &reserved, err);
        if (rc == ERR_OK)
                rc = board_count_reserved(board, directory, &more, err);
        board->empty = _("Nada está en conflicto.");
        board_summary(board, board->table.rows_n == 1 ? _("%d ficha en conflicto%s") : _("%d fichas en conflicto%s"), board->table.rows_n,
                      reserved + more == 0 || board->options.sensitive ? "."
                                                                       : _("; hay además reservadas, que no se muestran."));
        return rc;
}
