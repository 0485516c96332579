/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the office observed and nobody has corrected, and what was corrected
 * since and waits for another look: Enter opens one, with the comment on top.
 */
#include "../report_priv.h"

enum { COL_STATE, COL_TITLE, COL_FORM, COL_DATE, COL_AUTHOR, COL_UGEL, COL_CODE };

static const struct board_heading headings[] = {
        [COL_STATE] = {"situacion", _("Situación"), CELL_TEXT, 1, 12, false},
        [COL_TITLE] = {"registro", _("Registro"), CELL_TEXT, 1, 0, false},
        [COL_FORM] = {"ficha", _("Ficha"), CELL_TEXT, 3, 18, true},
        [COL_DATE] = {"fecha", _("Fecha"), CELL_DATE, 4, 10, false},
        [COL_AUTHOR] = {"autor", _("Quién la hizo"), CELL_TEXT, 2, 20, false},
        [COL_UGEL] = {"ugel", _("UGEL"), CELL_TEXT, 6, 8, false},
        [COL_CODE] = {"codigo", _("Código"), CELL_TEXT, 5, 9, false},
};

struct observed { struct board *board; int waiting, corrected; };

static enum err_code add(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct observed *all = ctx;
        struct board *board = all->board;
        bool corrected = record->state == RECORD_CORREGIDO;
        char code[CODE_TEXT];
        (void)answers;
        (void)err;
        if (!board_is_theirs(board, record, ""))
                return ERR_OK;
        all->waiting += !corrected;
        all->corrected += corrected;
        board_add(board, corrected ? TONE_NOW : TONE_SOON);
        board_opens(board, &record->id);
        board_put(board, COL_STATE, corrected ? _("corregida") : _("observada"));
        board_put(board, COL_TITLE, record->title);
        board_put(board, COL_FORM, board_form_title(board, record->form));
        board_put(board, COL_DATE, record->date);
        board_put(board, COL_AUTHOR, board_title(board, record->author));
        board_put(board, COL_UGEL, record->ugel);
        board_put(board, COL_CODE, id_code(&record->id, code));
        return ERR_OK;
}

/* What is to be corrected first, then what is to be looked at again; each by its date, the newest first. */
static enum err_code walk(struct observed *all, bool corrected, bool entities, int64_t *reserved, struct err *err)
{
        struct store_query query = {.observed_only = !corrected, .corrected_only = corrected, .entities = entities,
                                    .order = ORDER_DATE_DESC};
        int64_t more = 0;
        enum err_code rc = board_walk(all->board, query, NULL, 0, add, all, err);
        if (rc == ERR_OK)
                rc = board_count_reserved(all->board, query, &more, err);
        *reserved += more;
        return rc;
}

enum err_code board_observadas(struct board *board, struct err *err)
{
        struct observed all = {.board = board};
        int64_t reserved = 0;
        enum err_code rc = ERR_OK;
        board_set_columns(board, headings, (int)ARRAY_LEN(headings));
        for (int i = 0; rc == ERR_OK && i < 4; i++)
                rc = walk(&all, i / 2, i % 2, &reserved, err);
        board->empty = _("No hay fichas observadas.");
        board_summary(board, _("Observadas: %d; corregidas, por revisar de nuevo: %d%s"), all.waiting, all.corrected,
                      reserved == 0 || board->options.sensitive ? "." : _("; hay además reservadas, que no se muestran."));
        return rc;
}
