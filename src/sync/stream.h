/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files as the streams of sync/bytes.h.  Tar stands on those and not on files,
 * so that a layer such as encryption can stand between it and the file.
 */
#ifndef SIMAE_SYNC_STREAM_H
#define SIMAE_SYNC_STREAM_H

#include <stdint.h>

#include "sync/bytes.h"

struct file_sink {
        struct byte_sink base;
        int fd;
        uint64_t at;      /* bytes written */
        const char *path; /* borrowed; for sentences */
};

struct file_source {
        struct byte_source base;
        int fd;
        uint64_t at;
        const char *path;
};

/* A new file of mode 0600; ERR_EXISTS if there is one. */
enum err_code file_sink_init(struct file_sink *sink, const char *path, struct err *err);
/* fsync and close. After this, failed or not, the file is closed. */
enum err_code file_sink_close(struct file_sink *sink, struct err *err);
/* Close without caring; nothing if it is closed already. */
void file_sink_release(struct file_sink *sink);

/* ERR_NOT_FOUND, or ERR_INVALID if it is not a regular file. */
enum err_code file_source_init(struct file_source *source, const char *path, struct err *err);
void file_source_release(struct file_source *source);

#endif
