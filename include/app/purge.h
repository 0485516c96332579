/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Privacy: the office takes out for ever what revisions of a record say.  Their
 * ids stay, so that a bundle that still brings them is told «ya recibido», and
 * their place in the history.  It does not travel: each store that holds the
 * record has to purge it, and a correction made elsewhere is another revision.
 */
#ifndef SIMAE_APP_PURGE_H
#define SIMAE_APP_PURGE_H

#include "app/app.h"

enum purge_what {
        PURGE_RECORD,  /* all of it: the record is gone from lists, figures and searches */
        PURGE_EARLIER, /* all but what it says now, after it was corrected */
};

/* How many revisions record_purge() would take out; 0: nothing. The same refusals. */
enum err_code record_purge_count(struct app *app, const struct id *record, enum purge_what what, int *ret, struct err *err);
/*
 * Do it, in one transaction, drafts that correct the record included; then
 * nothing of it stays in the index, in SQLite's log or in the safety copies,
 * which go, and neither do attached files that nothing else names.  ERR_REFUSED: this laptop is not an office's (app/keys.h), no reason
 * is given, or two versions of it are in force and earlier ones were asked for.
 */
enum err_code record_purge(struct app *app, const struct id *record, enum purge_what what, const char *reason, int *ret_n,
                           struct err *err);

#endif
