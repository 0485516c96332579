/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A strict subset of ustar: regular files, mode 0644, everything that could
 * vary set to zero.  A header is a function of name and size alone, and the
 * reader accepts no other bytes, so no damage to one passes unseen and nothing
 * in a foreign archive (links, devices, long names) needs an opinion.
 *
 *   [header 512][data][zeros to 512] … [1024 zeros] end of file
 */
#ifndef SIMAE_SYNC_TAR_H
#define SIMAE_SYNC_TAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "stream.h"

enum { TAR_BLOCK = 512, TAR_NAME = 100 };

struct tar_writer {
        struct byte_sink *out;
        uint64_t at; /* bytes written */
};

enum err_code tar_write(struct tar_writer *tar, const char *name, const void *data, size_t len,
                        struct err *err);
/* An entry in pieces: its header; then `size` bytes through `out`; then what fills its last block. */
enum err_code tar_write_begin(struct tar_writer *tar, const char *name, uint64_t size, struct err *err);
enum err_code tar_write_padding(struct tar_writer *tar, uint64_t size, struct err *err);
enum err_code tar_write_end(struct tar_writer *tar, struct err *err);
/* Bytes that an entry of this size takes in the archive. */
uint64_t tar_cost(uint64_t size);

struct tar_reader {
        struct byte_source *source;
        uint64_t at;         /* bytes read */
        char name[TAR_NAME]; /* of the entry; only letters, digits and "./_-" */
        uint64_t size, left; /* of the entry: in all, and not yet read */
};

/*
 * The next entry; what is left of the one before must have been read.
 * *ret_end: the archive ended, as it should, exactly here.
 * ERR_INVALID if the first block is no header of this kind, else ERR_CORRUPT.
 */
enum err_code tar_next(struct tar_reader *tar, bool *ret_end, struct err *err);
/* The next bytes of the entry, exactly `len`, which must not be more than are left. */
enum err_code tar_read(struct tar_reader *tar, void *buf, size_t len, struct err *err);
/* All of the entry into `ret` (emptied first); ERR_LIMIT if larger than `max`. Grows with what is
 * really there, not with what the header declares. */
enum err_code tar_read_all(struct tar_reader *tar, size_t max, struct str *ret, struct err *err);

#endif
