/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zstd in one frame at a time, whole in memory: plain size in the frame
 * header, checksum, no dictionary, window of at most 2^23.  The reader takes
 * nothing else.
 *
 * The fast strategy over the whole segment, looking only for matches of seven
 * bytes: what repeats in revisions is long (keys, forms, whole answers), and
 * what does not is hexadecimal, in which short matches cost more than they
 * save.  Against level 3: registers of visits 3.5 % smaller, the demo 1.1 %
 * smaller, long prose in the answers 2.4 % larger, at 1.2 to 1.3 times the
 * speed.  A table of 2^16 is 5 % quicker and loses 6 % on prose.
 */
#ifndef SIMAE_SYNC_ZST_H
#define SIMAE_SYNC_ZST_H

#include <stddef.h>
#include <zstd.h>

#include "base/err.h"

/* The result of the last call stays here until the next; `bytes[len]` is NUL. */
struct zst {
        ZSTD_CCtx *pack;
        ZSTD_DCtx *unpack;
        char *bytes;
        size_t len, room;
};

void zst_init(struct zst *zst);
void zst_release(struct zst *zst);
/* Into zst->bytes. The same input gives the same frame. */
void zst_pack(struct zst *zst, const void *plain, size_t len);
/* `frame` is one frame, nothing more, of at most `plain_max` plain bytes; else ERR_CORRUPT or ERR_LIMIT. */
enum err_code zst_unpack(struct zst *zst, const void *frame, size_t len, size_t plain_max, const char *where,
                         struct err *err);

#endif
