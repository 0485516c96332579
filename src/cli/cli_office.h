/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of `simae registro` that are the office's work. */
#ifndef SIMAE_CLI_OFFICE_H
#define SIMAE_CLI_OFFICE_H

#include "app/review.h"
#include "cli/cli.h"

/* Validate or observe a record, with --comentario. */
int office_review(struct args *args, struct app *app, const struct id *record, enum record_state state);
/* Purge a record, or its earlier versions with --anteriores: --motivo, and --confirmar with its code. */
int office_purge(struct args *args, struct app *app, const struct id *record);
/* Into a body for programs: its state as lists show it, and what was said of it; nothing if nothing was. */
enum err_code office_add_reviews(struct app *app, const struct id *record, json_t *body, bool *ret_any, struct err *err);

#endif
