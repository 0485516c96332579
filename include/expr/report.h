/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A value as one line for machines and tests: its kind, a space, its text.
 *
 *      number 3            string abc              boolean true
 *      date 2026-03-01     time 08:05              datetime 2026-03-01T08:05:00.000-05:00
 *      set a b             sequence [number 1, empty, string x]             empty
 *
 * Line ends inside a text are written \n and \r, so that a value is always one line.
 */
#ifndef SIMAE_EXPR_REPORT_H
#define SIMAE_EXPR_REPORT_H

#include "base/str.h"
#include "expr/value.h"

/* Appends the line to `out`, without a line end; temporary text goes to `arena`. */
void expr_report(struct str *out, const struct value *value, struct arena *arena);

#endif
