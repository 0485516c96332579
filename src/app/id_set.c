/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open addressing over ids; those of records are random, and those that are not only make it slower. */
#include "id_set.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static size_t slot_of(const struct id_set *set, const struct id *id)
{
        uint64_t a, b;
        memcpy(&a, id->bytes, sizeof a);
        memcpy(&b, id->bytes + sizeof a, sizeof b);
        size_t at = (size_t)((a ^ b * UINT64_C(0x9E3779B97F4A7C15)) >> 7) & (set->room - 1);
        while (!id_is_none(&set->slots[at]) && !id_equal(&set->slots[at], id))
                at = (at + 1) & (set->room - 1);
        return at;
}

static void set_room(struct id_set *set, size_t room)
{
        struct id_set old = *set;
        set->room = room;
        set->slots = xcalloc(set->room, sizeof *set->slots);
        for (size_t i = 0; i < old.room; i++)
                if (!id_is_none(&old.slots[i]))
                        set->slots[slot_of(set, &old.slots[i])] = old.slots[i];
        free(old.slots);
}

void id_set_reserve(struct id_set *set, size_t n)
{
        size_t room = 64;
        while (4 * (n + 1) > 3 * room)
                room *= 2;
        if (room > set->room)
                set_room(set, room);
}

void id_set_add(struct id_set *set, const struct id *id)
{
        if (4 * (set->n + 1) > 3 * set->room)
                set_room(set, set->room ? 2 * set->room : 64);
        struct id *slot = &set->slots[slot_of(set, id)];
        set->n += id_is_none(slot);
        *slot = *id;
}

bool id_set_has(const struct id_set *set, const struct id *id)
{
        return set->n > 0 && !id_is_none(&set->slots[slot_of(set, id)]);
}

void id_set_release(struct id_set *set)
{
        free(set->slots);
        *set = (struct id_set){0};
}
