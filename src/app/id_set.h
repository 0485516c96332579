/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of record ids: 16 bytes each and as much room again, whatever they are. */
#ifndef SIMAE_APP_ID_SET_H
#define SIMAE_APP_ID_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"

struct id_set { struct id *slots; size_t n, room; };

/* Room for `n` at once, so that growing needs no second table beside the first. */
void id_set_reserve(struct id_set *set, size_t n);
void id_set_add(struct id_set *set, const struct id *id);
bool id_set_has(const struct id_set *set, const struct id *id);
void id_set_release(struct id_set *set);

#endif
