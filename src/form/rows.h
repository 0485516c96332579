/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the form layer: mappings with a few fixed keys, for the files that are not forms (guide, indicators). */
#ifndef SIMAE_FORM_ROWS_H
#define SIMAE_FORM_ROWS_H

#include "mistakes.h"

enum { ROWS_KEYS_MAX = 32 };

/* `expected`: what to say when the value is of another kind; NULL for a text. */
struct key_row { const char *name; bool needed; enum ykind kind; const char *expected; };

struct row_reader { struct mistakes *mistakes; struct arena *work; };

/*
 * The values of a mapping by the row of their key; NULL: not there, or wrong
 * and told.  False if anything is wrong with it.  A misspelt key is told once:
 * the key for which it stands is then not missed.  *ret_written (may be NULL):
 * a bit for each key that is there in some form.
 */
bool rows_read(const struct row_reader *r, const struct ynode *map, const struct key_row *rows, int n,
               const struct ynode **ret, uint32_t *ret_written);

#endif
