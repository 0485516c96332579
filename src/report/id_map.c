/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids to numbers (contract in id_map.h). Ids are random, so their first bytes are as good as a hash. */
#include "id_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static struct id_slot *slot_of(const struct id_map *map, const struct id *id)
{
        size_t at;
        memcpy(&at, id->bytes, sizeof at);
        for (at &= map->room - 1; map->slots[at].value && !id_equal(&map->slots[at].id, id);)
                at = (at + 1) & (map->room - 1);
        return &map->slots[at];
}

static void grow(struct id_map *map)
{
        struct id_map bigger = {.room = map->room ? 2 * map->room : 256, .n = map->n};
        bigger.slots = xcalloc(bigger.room, sizeof *bigger.slots);
        for (size_t i = 0; i < map->room; i++)
                if (map->slots[i].value)
                        *slot_of(&bigger, &map->slots[i].id) = map->slots[i];
        free(map->slots);
        *map = bigger;
}

int *id_map_at(struct id_map *map, const struct id *id)
{
        if (2 * map->n >= map->room)
                grow(map);
        struct id_slot *slot = slot_of(map, id);
        if (slot->value == 0) {
                slot->id = *id;
                map->n++;
        }
        return &slot->value;
}

int id_map_get(const struct id_map *map, const struct id *id)
{
        return map->room ? slot_of(map, id)->value : 0;
}

void id_map_release(struct id_map *map)
{
        free(map->slots);
        *map = (struct id_map){0};
}
