/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An SQLite file system in memory that can lose power.
 *
 * Each file is kept twice: as programs see it and as the disk surely has it.
 * A sync makes both equal.  At a cut every 512-byte sector that differs keeps
 * the new or the old bytes with equal chance, now and then half of each; so
 * do the size of a file, its name if it is new, and its removal.
 *
 * Writes, syncs, truncations, removals and openings are counted; the n-th can
 * be the one at which power goes, or at which the disk is full or fails.
 */
#ifndef SIMAE_TEST_CRASH_VFS_H
#define SIMAE_TEST_CRASH_VFS_H

#include <stdbool.h>
#include <stdint.h>

#define CRASH_VFS "simae-crash"

enum crash_fault {
        CRASH_NONE,
        CRASH_CUT,     /* from the n-th operation on, nothing works and nothing is written */
        CRASH_FULL,    /* the n-th write finds the disk full */
        CRASH_FULL_ON, /* and every later one too */
        CRASH_FAIL,    /* the n-th operation is refused by the disk */
        CRASH_FAIL_ON,
};

/* Make it known to SQLite; all randomness comes from `seed`. */
void crash_vfs_register(uint64_t seed);
/* Forget all files. */
void crash_vfs_clear(void);
/* What must happen at the n-th operation from now, 1 being the next. */
void crash_vfs_arm(enum crash_fault fault, int n);
/* True if the armed fault has happened. */
bool crash_vfs_fired(void);
/* Operations since the last arming. */
int crash_vfs_operations(void);
/* Power comes back: files hold what the disk kept. Every connection must be closed. */
void crash_vfs_power(void);
/* Keep the files as they are now, to begin from them again. */
void crash_vfs_save(void);
void crash_vfs_restore(void);
/* From 0 to n - 1. */
int crash_vfs_random(int n);

#endif
