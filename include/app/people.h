/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One person with two records: found, shown side by side, and joined when
 * somebody says so, never otherwise.
 *
 * Joining loses nothing.  The record that stays gets the answers it lacked;
 * the other is annulled with the reason «unida con CODE» and remembers, in the
 * hidden question `unida_con`, which one stays.  Visits and commitments go on
 * naming the record they named, and their views (record.subject: previous
 * levels, coverage, boards) follow it to the one that stays.  Only an
 * expression that counts answers as they are written (count-records) does not.
 */
#ifndef SIMAE_APP_PEOPLE_H
#define SIMAE_APP_PEOPLE_H

#include "app/app.h"

/* `a` is the one that more records name. `why` is a sentence without a full stop; titles as in lists. */
struct people_pair { struct id a, b; const char *a_title, *b_title, *why; };

/*
 * Pairs that may be one person, surest first: the same document; the same
 * surnames and names; the same surnames and names that are initials or a part
 * of the other's; or one or two letters of difference, in one UGEL.  Not those
 * with different documents, or already told apart.  `ugel` NULL: all. In `arena`.
 */
enum err_code people_duplicates(struct app *app, const char *ugel, struct arena *arena, const struct people_pair **ret,
                                int *ret_n, struct err *err);
/* Questions that either has an answer to: question, a, b. table_release() is the caller's. */
enum err_code people_compare(struct app *app, const struct id *a, const struct id *b, bool sensitive, struct table *ret,
                             struct err *err);
/*
 * `drop` becomes `keep`, in one transaction.  ERR_REFUSED: they are one record, not both people in force, `drop` is who
 * uses this laptop, or an answer would be lost.
 */
enum err_code people_join(struct app *app, const struct id *keep, const struct id *drop, struct err *err);
/* They are two people: not proposed again. */
enum err_code people_tell_apart(struct app *app, const struct id *a, const struct id *b, struct err *err);

#endif
