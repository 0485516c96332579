/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answers of a finalised record, read through its form without a session.
 *
 * What lists and searches know of a record is a title, a few conditions and the
 * records that it names.  A reading works out only the answers that those need,
 * with their relevance and calculations, once each and in the order of the
 * form; constraints, counts, defaults and undo have no place in it.  What it
 * gives is what a session with those answers loaded would give, with one
 * difference: what a person or the moment put in (answers that a calculation
 * proposes, times, names) is read as it was kept and never made again.
 *
 * It is made once for a form and loaded with one record after another.
 */
#ifndef SIMAE_FILL_READING_H
#define SIMAE_FILL_READING_H

#include <jansson.h>

#include "fill/session.h"

struct reading; /* borrows its form; `host` is copied, what it points at borrowed */

struct reading *reading_new(const struct form *form, const struct session_host *host);
void reading_free(struct reading *reading);
/* Whether what it tells depends on records that its own does not name: previous(), count-records(). */
bool reading_looks_around(const struct reading *reading);
/* The answers of one record, as session_answers() gives them; borrowed until the next load. Of the wrong shape: empty. */
void reading_load(struct reading *reading, const json_t *answers);

/*
 * All of these are of the record loaded last; texts live until the next load or
 * in `arena`.  Only nodes that the form's own expressions need, its school,
 * subject, date and UGEL, references and short plain texts have a value; others
 * are empty.
 */
struct value reading_value(const struct reading *reading, int node); /* outside repeats; hidden is empty */
/* Of the form: open, due, done, unique or reserved. */
struct value reading_eval(const struct reading *reading, const struct expr *expr, struct arena *arena);
bool reading_test(const struct reading *reading, const struct expr *expr, struct arena *arena);
const char *reading_title(const struct reading *reading, struct arena *arena);
/* A short plain answer that anybody may search by: a code, a name, a district. */
bool reading_is_searchable(const struct node *node);
/* Every reference and child that is answered and shown, in the order of the form, rows of repeats included. */
typedef void reading_link(void *ctx, const char *question, const char *id);
void reading_links(const struct reading *reading, reading_link *each, void *ctx);

#endif
