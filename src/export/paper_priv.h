/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the acta and the blank share. */
#ifndef SIMAE_SRC_EXPORT_PAPER_PRIV_H
#define SIMAE_SRC_EXPORT_PAPER_PRIV_H

#include "export/paper.h"

/* True if `word` is one of those of the node's appearance. */
bool paper_has_word(const struct node *node, const char *word);
/* A question that a person answers on paper or reads there: not metadata, not hidden, not a note. */
bool paper_is_answered(const struct node *node);
bool paper_is_calculated(const struct node *node);
/* «Monitoreo a docente · versión 2026.1» */
const char *paper_form_words(const struct form *form, struct arena *arena);
/* The sentence of the form's note that says it is a reconstruction; "" if none does. */
const char *paper_reconstruction(const struct form *form, struct arena *arena);
/* The questions of a form that are columns of its list (appearance: column), long texts first; how many, at most `most`. */
int paper_columns(const struct form *form, const struct node **ret, int most);
/* Share of a table's width that answers of this kind want. */
int paper_weight(const struct node *node);

/*
 * Groups side by side with the same questions (the 25 practices of the MGEA)
 * are printed as one table.  How many of them, from the group at `index` on,
 * are alike; 1 if the next is not.
 */
int paper_alike(const struct form *form, int index);
/* The title of column `i` of such a table: what the labels of the first two groups share. In `arena`. */
const char *paper_shared_label(const struct form *form, int index, int i, struct arena *arena);

#endif
