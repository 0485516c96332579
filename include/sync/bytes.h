/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Streams of bytes: a place to write to and a place to read from, so that
 * layers such as encryption can stand between a format and its file.
 */
#ifndef SIMAE_SYNC_BYTES_H
#define SIMAE_SYNC_BYTES_H

#include <stddef.h>

#include "base/err.h"

struct byte_sink {
        enum err_code (*write)(struct byte_sink *sink, const void *bytes, size_t len, struct err *err);
};

struct byte_source {
        /* Fill `buf`; *ret_got < len only at the end. */
        enum err_code (*read)(struct byte_source *source, void *buf, size_t len, size_t *ret_got,
                              struct err *err);
        /* Back to the first byte. */
        enum err_code (*rewind)(struct byte_source *source, struct err *err);
};

#endif
