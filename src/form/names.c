/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A hash table from names to numbers: open addressing with linear probing.
 *
 * Forms have tens of thousands of names and expressions name them again and
 * again, so everything that looks a name up goes through here.  Slots live in
 * the table's arena; a table that grows leaves its old slots there, which at
 * most doubles what it takes.
 */
#include "names.h"

#include <string.h>

enum { NAME_MAX_BYTES = 64 };

/* FNV-1a with a final mix, because the table takes the low bits. */
static uint32_t hash_name(const char *name)
{
        uint32_t hash = 2166136261u;
        for (; *name; name++)
                hash = (hash ^ (unsigned char)*name) * 16777619u;
        hash ^= hash >> 16;
        hash *= 0x85ebca6bu;
        return hash ^ hash >> 13;
}

/* The slot that holds `name`, or the free one where it would go. */
static struct name_slot *find_slot(const struct name_table *table, const char *name, uint32_t hash)
{
        uint32_t mask = (uint32_t)table->room - 1, at = hash & mask;
        while (table->slots[at].name) {
                if (table->slots[at].hash == hash && strcmp(table->slots[at].name, name) == 0)
                        break;
                at = (at + 1) & mask;
        }
        return &table->slots[at];
}

int name_table_get(const struct name_table *table, const char *name)
{
        if (!table->n)
                return -1;
        const struct name_slot *slot = find_slot(table, name, hash_name(name));
        return slot->name ? slot->value : -1;
}

static void grow(struct name_table *table)
{
        struct name_slot *old = table->slots;
        int old_room = table->room;
        table->room = old_room ? 2 * old_room : 16;
        table->slots = ARENA_ARRAY(table->arena, struct name_slot, table->room);
        for (int i = 0; i < old_room; i++)
                if (old[i].name)
                        *find_slot(table, old[i].name, old[i].hash) = old[i];
}

bool name_table_add(struct name_table *table, const char *name, int value, int *ret_old)
{
        if (4 * (table->n + 1) > 3 * table->room)
                grow(table);
        uint32_t hash = hash_name(name);
        struct name_slot *slot = find_slot(table, name, hash);
        if (slot->name) {
                if (ret_old)
                        *ret_old = slot->value;
                return false;
        }
        *slot = (struct name_slot){name, hash, value};
        table->n++;
        return true;
}

const char *const *name_table_words(const struct name_table *table)
{
        const char **words = ARENA_ARRAY(table->arena, const char *, table->n);
        int n = 0;
        for (int i = 0; i < table->room; i++)
                if (table->slots[i].name)
                        words[n++] = table->slots[i].name;
        return words;
}

size_t name_span(const char *text)
{
        if (*text < 'a' || *text > 'z')
                return 0;
        return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
}

bool is_name(const char *text)
{
        size_t len = name_span(text);
        return len > 0 && len <= NAME_MAX_BYTES && !text[len];
}
