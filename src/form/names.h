/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the form layer: a hash table from names to numbers, in an arena. */
#ifndef SIMAE_FORM_NAMES_H
#define SIMAE_FORM_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct name_slot { const char *name; uint32_t hash; int value; };

/* {.arena = …} is an empty table. Names are borrowed; there is no removal. */
struct name_table {
        struct arena *arena;
        struct name_slot *slots; /* open addressing; a NULL name is a free slot */
        int room, n;             /* room: 0 or a power of two, at least 4/3 of n */
};

/* The value of `name`, or -1. */
int name_table_get(const struct name_table *table, const char *name);
/* False, and nothing changes, if `name` is there already; then *ret_old (may be NULL) is its value. */
bool name_table_add(struct name_table *table, const char *name, int value, int *ret_old);
/* All names, in no order; in the table's arena. */
const char *const *name_table_words(const struct name_table *table);

/* True for [a-z][a-z0-9_]*, at most 64 bytes: names of questions, lists, forms, fragments, parameters. */
bool is_name(const char *text);
/* Bytes of the name that `text` begins with; 0 if it begins none. */
size_t name_span(const char *text);

#endif
