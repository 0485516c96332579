/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * have.ndjson.zst, which may be larger than what we want in memory: written to
 * a file without a name until its size is known, read as a stream.
 */
#ifndef SIMAE_SYNC_HAVE_H
#define SIMAE_SYNC_HAVE_H

#include <zstd.h>

#include "b2sums.h"
#include "base/id.h"
#include "tar.h"
#include "zst.h"

#define HAVE_NAME "have.ndjson.zst"
enum { HAVE_LINE = HASH_TEXT + 2 }; /* quotes, digits, line end */

/* ---- Writing. Zeroed is empty, but for `fd` -1. ---- */

struct have_writer {
        struct str lines;    /* of the frame being filled */
        struct b2_state sum;
        uint64_t size;       /* packed */
        int64_t n;
        int fd;              /* of the file without a name; -1: not made yet */
};

void have_writer_init(struct have_writer *have);
void have_writer_release(struct have_writer *have);
/* `beside`: the file whose folder the nameless one may use. */
enum err_code have_writer_add(struct have_writer *have, const struct hash *id, struct zst *zst, const char *beside,
                              struct err *err);
/* The last frame; then `size` and the sum are final. */
enum err_code have_writer_end(struct have_writer *have, struct zst *zst, const char *beside, struct err *err);
/* All of it into an entry of the tar. */
enum err_code have_writer_copy(struct have_writer *have, struct tar_writer *tar, const char *beside, struct err *err);

/* ---- Reading ---- */

struct have_reader {
        ZSTD_DStream *stream;
        char line[HAVE_LINE];
        size_t line_n;
        uint64_t plain;
        bool at_frame_end;
};

void have_reader_begin(struct have_reader *have);
void have_reader_release(struct have_reader *have);
/* Unpack more of the entry and call `each` with every id that is complete. ERR_CORRUPT, or what `each` gives. */
typedef enum err_code have_each(void *ctx, const struct hash *id, struct err *err);
enum err_code have_reader_put(struct have_reader *have, const void *packed, size_t len, have_each *each, void *ctx,
                              struct err *err);
/* ERR_CORRUPT if it ended inside a frame or a line. */
enum err_code have_reader_end(const struct have_reader *have, struct err *err);

#endif
