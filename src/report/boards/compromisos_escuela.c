/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which schools have commitments open, those with overdue ones first. */
#include "../grouped.h"

enum err_code board_compromisos_escuela(struct board *board, struct err *err)
{
        return board_commitments_by(board, true, err);
}
