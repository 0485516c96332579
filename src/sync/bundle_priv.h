/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What writing and reading bundles share (public part in sync/bundle.h). */
#ifndef SIMAE_SYNC_BUNDLE_PRIV_H
#define SIMAE_SYNC_BUNDLE_PRIV_H

#include "sync/bundle.h"

/* The untrusted comment of B2SUMS.minisig. */
#define BUNDLE_COMMENT "simae"
#define FILES "files/"

/* A bundle's tar, and what it came out of. */
struct bundle_source {
        struct byte_source *tar;
        const struct age_reader *age; /* NULL: not sealed */
        bool own;                     /* opened by whoever wrote it, not with a key */
};

/* bundle_read.c: the walks. *ret_sink_failed, also without an error: the error is the sink's own. */
enum err_code bundle_read_tar(const struct bundle_source *from, const struct bundle_sink *sink, struct bundle_info *ret,
                              bool *ret_sink_failed, struct err *err);

/*
 * Check a bundle with the key that `writer` sealed it with, in one walk from where `source` is.  As bundle_read() does,
 * but for the revisions: their segments are held against B2SUMS and not unpacked, for the sums are of frames that were
 * made of checked lines.  `path`: for sentences.
 */
enum err_code bundle_read_own(struct byte_source *source, const char *path, const struct age_writer *writer,
                              struct bundle_info *ret, struct err *err);

#endif
