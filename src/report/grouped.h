/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open commitments counted by school, or by the person who is responsible. */
#ifndef SIMAE_REPORT_GROUPED_H
#define SIMAE_REPORT_GROUPED_H

#include "report_priv.h"

enum err_code board_commitments_by(struct board *board, bool by_school, struct err *err);

#endif
