/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views that lag behind the revisions (behind.c); app_behind() and app_catch_up() of app/app.h are what others ask. */
#ifndef SIMAE_APP_BEHIND_H
#define SIMAE_APP_BEHIND_H

#include "app_priv.h"

/* From how many new revisions on views are derived after them: 5,000, or $SIMAE_TEST_MANY. */
int64_t behind_many(void);
/* Whether the mark stands. */
enum err_code behind_stands(struct app *app, bool *ret, struct err *err);
/* What arrived after `after` is not derived: in the transaction that took it in. A mark that stands stays. */
enum err_code behind_note(struct app *app, int64_t after, struct err *err);
/* All is derived: in the transaction that did it. */
enum err_code behind_forget(struct app *app, struct err *err);

#endif
