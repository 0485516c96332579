/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The receipt («constancia de recepción») of what was taken in: for each bundle
 * its laptop, its number and date, what it brought and what waits; those that
 * did not go in, with the reason; and a code.
 *
 * The code is made of who receives and of the bundles that are in: the same
 * equipment gives the same code for the same bundles, today or when they are
 * taken in again, so that whoever holds the paper can have it checked.
 */
#ifndef SIMAE_APP_RECEIPT_H
#define SIMAE_APP_RECEIPT_H

#include "app/incoming.h"
#include "export/doc.h"

struct receipt;

/* Begun, filled with any number of results (none is kept), and ended as a document whose doc_release() is the caller's. */
struct receipt *receipt_begin(struct app *app);
void receipt_add(struct receipt *receipt, const struct import_result *result);
/* True if nothing went in: there is nothing to certify. */
bool receipt_is_empty(const struct receipt *receipt);
/* Frees the receipt. `ret` NULL: no document is wanted. */
void receipt_end(struct receipt *receipt, struct doc *ret);

#endif
