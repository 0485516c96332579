/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Balance as a document, for src/cli/cmd_balance.c. */
#ifndef SIMAE_SRC_CLI_BALANCE_REPORT_H
#define SIMAE_SRC_CLI_BALANCE_REPORT_H

#include "app/figures.h"
#include "cli/cli.h"

/* What --formato or the ending of --salida says; NULL: a table is asked for. */
const struct figures_format *balance_report_format(const struct args *args);
/* Where --salida says, or to standard output. */
enum err_code balance_report(const struct args *args, struct app *app, const struct figures_wish *wish, struct err *err);

#endif
