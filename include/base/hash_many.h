/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hash_of() of several texts at once, three times as fast: for whoever has to
 * look at a million of them.  hash_of() remains the one that decides: where
 * this one is not available, or says that a text is not what its id says, ask it.
 */
#ifndef SIMAE_BASE_HASH_MANY_H
#define SIMAE_BASE_HASH_MANY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"

enum { HASH_LANES = 4 };

/* False, and nothing in `ret`, on a processor that cannot. */
bool hash_many(const void *const texts[HASH_LANES], const size_t lens[HASH_LANES], struct hash ret[HASH_LANES]);

#endif
