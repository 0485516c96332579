/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles: a list of revisions in layers that ordinary tools open.
 *
 *   tar (ustar, regular files, mode 0644, mtime 0), entries in this order:
 *     header.json                 {"format":1,"bundle":…,"from":…,"to":…,"when":…,"program":…,"clock":true,
 *                                 "number":…,"counts":{"revisions":…,"records":…,"forms":…}}
 *     forms/<hash>.yaml.zst       one for each form version that the revisions name
 *     records/000001.ndjson.zst   revisions, one a line, at most 4 MiB plain each, zstd level 3
 *     B2SUMS                      BLAKE2b-512 of every entry above, as b2sum writes it
 *
 * A line of records/ is `{"id":"<hash>",` followed by the revision's canonical
 * body without its opening brace; the hash is of the body.
 *
 * By hand: tar xf x.simae && b2sum -c B2SUMS && zstd -dc records/NNNNNN.ndjson.zst | jq .
 */
#ifndef SIMAE_SYNC_BUNDLE_H
#define SIMAE_SYNC_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"

struct bundle_info {
        char bundle[ID_TEXT];    /* random id of the bundle */
        char from[ID_TEXT];      /* device id */
        char to[64];             /* "" when nobody in particular */
        char when[40];           /* ISO datetime with offset */
        bool clock_ok;           /* the sender trusted its clock */
        char program[32];
        int64_t number;          /* the device's bundle number */
        int64_t revisions, records, forms; /* `records` is only told, not checked */
};

/* ---- Writing: a spool file on the local disk, streamed, bounded memory ---- */

struct bundle_writer;

/*
 * Counts in `info` must be what will be added: the header goes first. `spool` must not exist.
 * ERR_LIMIT, here and below, past 1 GiB: the rest goes into another bundle.
 */
enum err_code bundle_writer_new(const char *spool, const struct bundle_info *info,
                                struct bundle_writer **ret, struct err *err);
/* All forms before the first revision, each once. ERR_CORRUPT if it does not hash to `hash`. */
enum err_code bundle_add_form(struct bundle_writer *writer, const struct hash *hash, const char *yaml,
                              struct err *err);
/* ERR_CORRUPT if `body` is not strict JSON that hashes to `id`; nothing is added then. */
enum err_code bundle_add_revision(struct bundle_writer *writer, const struct hash *id, const char *body,
                                  struct err *err);
/* B2SUMS, the end of the tar, fsync, close. ERR_INVALID if the counts do not match the header. */
enum err_code bundle_finish(struct bundle_writer *writer, struct err *err);
/* Frees it; an unfinished spool file is removed. */
void bundle_writer_free(struct bundle_writer *writer);

/* ---- Reading ---- */

/*
 * What bundle_read() hands over once the whole file has been verified. Any may be NULL.
 * Texts end in a NUL that `len` does not count and live until the call returns.
 * An error of the sink ends the reading and is returned as it is.  If the file
 * changes meanwhile bundle_read() still fails after having handed over a part,
 * so the sink works inside a transaction.
 */
struct bundle_sink {
        void *ctx;
        enum err_code (*form)(void *ctx, const struct hash *hash, const char *yaml, size_t len,
                              struct err *err);
        enum err_code (*revision)(void *ctx, const struct hash *id, const char *body, size_t len,
                                  struct err *err);
};

/*
 * Check a whole bundle: tar structure, allowed names and order, sizes and counts,
 * every B2SUMS line, every zstd frame (window log ≤ 23, declared sizes ≤ 4 MiB),
 * every revision's hash, valid UTF-8 and JSON without duplicate keys.  The file is read
 * once to verify and, only if all of it holds and `sink` is not NULL, once more
 * to hand over.  Bounded memory whatever the file says.
 * ERR_INVALID: not a bundle.  ERR_CORRUPT: damaged or cut, and where.
 * ERR_NEWER: a later format.  ERR_LIMIT: an absurd size.
 */
enum err_code bundle_read(const char *path, const struct bundle_sink *sink, struct bundle_info *ret,
                          struct err *err);

/* ---- Carrying ---- */

/* "SIMAE-<8 of device>-<number>-<8 hex of bundle>.simae", FAT-safe: [A-Z0-9-] and the ending. */
enum { BUNDLE_NAME = 64 };
void bundle_file_name(const struct bundle_info *info, char out[BUNDLE_NAME]);

/*
 * Copy a finished spool file to `path` (final name, must not exist): checks free
 * space (+5 %) first, writes a unique .part beside it, fsync, rename without
 * replacing, fsync of the folder, syncfs, reads it back past the cache and
 * compares.  On any failure no file with the final name is left and the
 * sentence says what to do.
 */
enum err_code bundle_deliver(const char *spool, const char *path, struct err *err);

#endif
