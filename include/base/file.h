/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: read up to a limit, written so that they appear complete or not at all. */
#ifndef SIMAE_BASE_FILE_H
#define SIMAE_BASE_FILE_H

#include <stddef.h>

#include "base/err.h"

/*
 * All of a regular file. `ret` is malloc'ed, with a NUL that `ret_len` does not count.
 * ERR_NOT_FOUND: there is none of that name.  ERR_INVALID: a folder, a device, a pipe.
 * ERR_LIMIT: longer than `max`.  ERR_IO.
 */
enum err_code file_read(const char *path, size_t max, char **ret, size_t *ret_len, struct err *err);
/* Through «<path>.part», on the disk before it gets its name, mode 0600; what was there is replaced. ERR_IO, ERR_NO_SPACE. */
enum err_code file_write(const char *path, const void *bytes, size_t len, struct err *err);

/* A new name survives a power cut only once the folder that holds it is on the disk; not every folder can. */
void file_sync_folder_of(const char *path);

#endif
