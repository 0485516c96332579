/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tables and documents share: a file that appears whole or not at all. */
#ifndef SIMAE_SRC_EXPORT_PRIV_H
#define SIMAE_SRC_EXPORT_PRIV_H

#include <stdio.h>

#include "base/err.h"

/* Fills the file; the sentence is its own, and nothing is left of it at `path`. */
typedef enum err_code export_writer(void *ctx, FILE *out, struct err *err);
/* Into a .part beside `path`, fsync, rename. ERR_REFUSED if `path` is something other than a file. */
enum err_code export_whole_file(const char *path, export_writer *write, void *ctx, struct err *err);

#endif
