/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Carrying a finished file to a stick or another folder, in steps, so that
 * whoever waits can show how far it is and stop it.  bundle_deliver() of
 * sync/bundle.h does all the steps at once.
 */
#ifndef SIMAE_SYNC_DELIVER_H
#define SIMAE_SYNC_DELIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum delivery_stage {
        DELIVERY_OPENING,   /* is there room, may one write there? */
        DELIVERY_COPYING,
        DELIVERY_SAVING,    /* fsync, the final name, syncfs */
        DELIVERY_VERIFYING, /* read back past the cache */
        DELIVERY_DONE,
};

struct delivery;

/*
 * `path`: the final name, which must not exist.  `make_folder`: its folder is
 * made if there is none (only the last one).  Nothing is touched before the first step.
 */
struct delivery *delivery_new(const char *spool, const char *path, bool make_folder);
/*
 * One step: at most a block of 1 MiB, which a slow stick takes a second for.  ERR_OK until the stage
 * is DELIVERY_DONE: then the file stands there under its final name and its bytes came back from
 * the medium as they were.  After any error nothing is left of it and the
 * sentence says what to do; where even that was not possible (the stick is out), it names what stayed behind.
 */
enum err_code delivery_step(struct delivery *delivery, struct err *err);
enum delivery_stage delivery_stage(const struct delivery *delivery);
/* How much of the work is done, from 0 to 1: writing is one half, reading back the other. */
double delivery_share(const struct delivery *delivery);
/* Size of the file; 0 before the first step. */
uint64_t delivery_size(const struct delivery *delivery);
/* Frees it; one that is not done is given up, and what it left removed. */
void delivery_free(struct delivery *delivery);

#endif
