/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing list of hashes, to notice one that comes twice. Zeroed is empty. */
#ifndef SIMAE_SYNC_HASH_LIST_H
#define SIMAE_SYNC_HASH_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"

struct hash_list {
        struct hash *items;
        size_t n, room;
};

void hash_list_release(struct hash_list *list);
void hash_list_add(struct hash_list *list, const struct hash *hash);
/* Sorts the list. */
bool hash_list_repeats(struct hash_list *list);

#endif
