/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From ids to numbers above 0: an open table, at most half full.  A zeroed
 * struct is an empty one.
 */
#ifndef SIMAE_REPORT_ID_MAP_H
#define SIMAE_REPORT_ID_MAP_H

#include "base/id.h"

struct id_map {
        struct id_slot {
                struct id id;
                int value;
        } * slots;      /* value 0: free */
        size_t room, n; /* room is a power of two */
};

/* The number of an id, 0 if it is new: the caller then sets it, before the next call. */
int *id_map_at(struct id_map *map, const struct id *id);
/* The number of an id, or 0. */
int id_map_get(const struct id_map *map, const struct id *id);
void id_map_release(struct id_map *map);

#endif
