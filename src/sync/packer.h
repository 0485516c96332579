/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Segments checked and compressed while the next one is filled, by helper
 * threads, and taken back in the order in which they were given.  Without threads the work
 * is done when it is taken; the frames are the same.  At most threads + 2
 * segments exist at a time.
 */
#ifndef SIMAE_SYNC_PACKER_H
#define SIMAE_SYNC_PACKER_H

#include <stdbool.h>

#include "base/str.h"
#include "zst.h"

enum { PACKER_THREADS_MAX = 2 };

struct packer;

/* As many threads as asked for, or as the system gives.  `check` is called by any of them: where the first mistake in
 * a segment is, or its length. */
typedef size_t packer_check(char *text, size_t len);
struct packer *packer_new(int threads, packer_check *check);
/* Waits for the helpers; what was not taken is dropped. */
void packer_free(struct packer *packer);
/* The segment being filled; append to it. Not while packer_is_full(). */
struct str *packer_segment(struct packer *packer);
/* It is complete: the next one begins. */
void packer_give(struct packer *packer);
/* True if one must be taken before the next can be filled. */
bool packer_is_full(const struct packer *packer);
/* The oldest one given, compressed, until packer_drop(); NULL if there is none. Waits for it. */
const struct zst *packer_take(struct packer *packer);
/* The mistake in the one taken, from there to its end, or NULL. */
const char *packer_mistake(const struct packer *packer);
void packer_drop(struct packer *packer);

#endif
