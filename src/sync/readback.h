/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bundle read back and checked while it is being written: the caller reads
 * what the file has come to hold, a helper opens it as bundle_read_own() does.
 * Without a helper all of it is done at the end.
 */
#ifndef SIMAE_SYNC_READBACK_H
#define SIMAE_SYNC_READBACK_H

#include <stdbool.h>
#include <stdint.h>

#include "bundle_priv.h"

struct readback;

/* `path` and `writer` are borrowed until readback_free(); the file must be there. */
enum err_code readback_new(const char *path, const struct age_writer *writer, bool helper, struct readback **ret, struct err *err);
/* The file has come to hold `written` bytes: read on, as far as the helper has room. What it finds is told at the end. */
enum err_code readback_feed(struct readback *back, uint64_t written, struct err *err);
/* The file is complete: read the rest, wait for the helper, and say what was found. */
enum err_code readback_end(struct readback *back, struct bundle_info *ret, struct err *err);
/* Given up if readback_end() was not called. NULL is fine. */
void readback_free(struct readback *back);

#endif
