/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * B2SUMS: a line "<128 hexadecimal digits>  <name>" for each entry before it.
 * Its whole text follows from the entries, so the reader keeps only a running
 * hash of what it must be, whatever the number of entries.
 */
#ifndef SIMAE_SYNC_B2SUMS_H
#define SIMAE_SYNC_B2SUMS_H

#include <sodium.h>
#include <stdint.h>

#include "base/str.h"

enum { B2_BYTES = 64 };

struct b2 { unsigned char bytes[B2_BYTES]; };

struct b2 b2_of(const void *bytes, size_t len);
/* A hash in pieces. */
struct b2_state { crypto_generichash_blake2b_state inner; };
void b2_begin(struct b2_state *state);
void b2_add(struct b2_state *state, const void *bytes, size_t len);
struct b2 b2_end(struct b2_state *state);

/* Append the line of one entry. */
void b2sums_line(struct str *out, const struct b2 *sum, const char *name);

/* What the list must be, line by line. */
struct b2sums {
        struct b2_state state;
        uint64_t len;
};
void b2sums_init(struct b2sums *sums);
void b2sums_add(struct b2sums *sums, const struct b2 *sum, const char *name);

#endif
