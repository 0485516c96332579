/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has commitments open, those with overdue ones first. */
#include "../grouped.h"

enum err_code board_compromisos_persona(struct board *board, struct err *err)
{
        return board_commitments_by(board, false, err);
}
