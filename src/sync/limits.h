/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a bundle may hold at most.  The reader refuses beyond these whatever a
 * file declares; the writer never goes beyond them, so that what one simae
 * writes another always reads.
 */
#ifndef SIMAE_SYNC_LIMITS_H
#define SIMAE_SYNC_LIMITS_H

#include <stdint.h>

#define BUNDLE_FORMAT       2
#define BUNDLE_FORMAT_PLAIN 1                    /* of simae 0.1: neither sealed nor signed; only read */
#define BUNDLE_HEADER_MAX   ((size_t)64 << 10)
#define BUNDLE_SEGMENT_MAX  ((size_t)4 << 20)    /* plain; of have.ndjson.zst, each frame */
#define BUNDLE_FORM_MAX     ((size_t)16 << 20)   /* plain */
#define BUNDLE_ENTRIES_MAX  1000000
#define BUNDLE_WRITE_MAX    ((uint64_t)1 << 30)  /* the tar, when writing; more goes into another bundle */
#define BUNDLE_READ_MAX     (BUNDLE_WRITE_MAX + ((uint64_t)64 << 20))
#define BUNDLE_PLAIN_MAX    ((uint64_t)32 << 30) /* everything unpacked, so that a bomb ends */
#define BUNDLE_WINDOW_LOG   23

#endif
