/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of hashes (contract in hash_list.h). */
#include "hash_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void hash_list_release(struct hash_list *list)
{
        free(list->items);
        *list = (struct hash_list){0};
}

void hash_list_add(struct hash_list *list, const struct hash *hash)
{
        if (list->n == list->room) {
                list->room = list->room ? 2 * list->room : 16;
                list->items = xrealloc(list->items, list->room * sizeof *list->items);
        }
        list->items[list->n++] = *hash;
}

static int compare(const void *a, const void *b)
{
        return memcmp(a, b, sizeof(struct hash));
}

bool hash_list_repeats(struct hash_list *list)
{
        if (list->n < 2)
                return false;
        qsort(list->items, list->n, sizeof *list->items, compare);
        for (size_t i = 1; i < list->n; i++)
                if (hash_equal(&list->items[i - 1], &list->items[i]))
                        return true;
        return false;
}
