/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The writing half of a delivery: a .part that nobody else has, written block
 * by block, then its final name, without replacing anything.
 *
 * Each block is pushed to the medium before the next but one (sync_file_range), or a
 * slow stick would take the whole file into memory at once and then hang at
 * "100 %"; fdatasync every few blocks also makes it say its errors early.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "deliver_priv.h"
#include "io.h"

enum {
        FLUSH_EVERY = 8 << 20,
        NAME_TRIES = 8,
};

/* On disk or in mind, two copies at once do not touch each other. */
static enum err_code create_part(struct delivery *d, struct err *err)
{
        for (int i = 0; i < NAME_TRIES; i++) {
                uint32_t bits;
                random_bytes(&bits, sizeof bits);
                free(d->part);
                d->part = xasprintf("%s.%08x.part", d->name, bits);
                d->out = sync_io->openat(d->dir, d->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
                if (d->out >= 0) {
                        d->part_stands = true;
                        return ERR_OK;
                }
                if (errno != EEXIST)
                        break;
        }
        return io_error(err, errno, _("crear"), d->path);
}

/* Send the last `len` bytes on their way and wait for those before, so that the medium is never idle. 0, or an errno. */
static int push(struct delivery *d, size_t len)
{
        unsigned wait = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
        uint64_t at = d->written - len, before = at < BLOCK ? at : BLOCK;
        if (d->written % FLUSH_EVERY == 0)
                return sync_io->fdatasync(d->out) ? errno : 0;
        if (sync_io->sync_file_range(d->out, (off_t)at, (off_t)len, SYNC_FILE_RANGE_WRITE) == 0 &&
            (before == 0 || sync_io->sync_file_range(d->out, (off_t)(at - before), (off_t)before, wait) == 0))
                return 0;
        return errno == EINVAL || errno == ENOSYS || errno == ESPIPE ? 0 : errno; /* cannot: fsync comes anyway */
}

static enum err_code write_block(struct delivery *d, size_t *ret_got, struct err *err)
{
        int errnum = io_read_at(d->from, d->block, BLOCK, d->written, ret_got);
        if (errnum)
                return io_error(err, errnum, _("leer"), d->spool);
        errnum = io_write_all(d->out, d->block, *ret_got);
        d->written += *ret_got;
        if (!errnum && *ret_got > 0)
                errnum = push(d, *ret_got);
        if (errnum)
                return io_error(err, errnum, _("escribir"), d->path);
        return ERR_OK;
}

enum err_code delivery_write(struct delivery *d, struct err *err)
{
        size_t got = 0;
        enum err_code rc = d->part_stands ? ERR_OK : create_part(d, err);
        if (rc == ERR_OK)
                rc = write_block(d, &got, err);
        if (rc != ERR_OK || (got == BLOCK && d->written <= d->size))
                return rc;
        if (d->written != d->size)
                return err_set(err, ERR_CORRUPT, _("«%s» cambió mientras se copiaba; repita la exportación"),
                               d->spool);
        d->stage = DELIVERY_SAVING;
        return ERR_OK;
}

/* ---- The final name ---- */

static enum err_code close_part(struct delivery *d, struct err *err)
{
        int errnum = sync_io->fsync(d->out) ? errno : 0;
        if (sync_io->close(d->out) && !errnum)
                errnum = errno;
        d->out = -1;
        return errnum ? io_error(err, errnum, _("guardar"), d->path) : ERR_OK;
}

/* Where the file system cannot rename without replacing: a second name, which never replaces. */
static int link_instead(struct delivery *d)
{
        struct stat st;
        if (sync_io->linkat(d->dir, d->part, d->dir, d->name, 0) == 0) {
                d->published = true;
                return sync_io->unlinkat(d->dir, d->part, 0) ? errno : 0;
        }
        if (errno == EEXIST)
                return EEXIST;
        /* Nor a second name (FAT): look, then rename. The name is random enough for the moment between. */
        if (sync_io->fstatat(d->dir, d->name, &st, AT_SYMLINK_NOFOLLOW) == 0)
                return EEXIST;
        if (errno != ENOENT || sync_io->renameat(d->dir, d->part, d->dir, d->name))
                return errno;
        return 0;
}

static int rename_part(struct delivery *d)
{
        if (sync_io->renameat2(d->dir, d->part, d->dir, d->name, RENAME_NOREPLACE) == 0)
                return 0;
        if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
                return errno;
        return link_instead(d);
}

enum err_code delivery_publish(struct delivery *d, struct err *err)
{
        enum err_code rc = close_part(d, err);
        if (rc != ERR_OK)
                return rc;
        int errnum = rename_part(d);
        if (errnum)
                return io_error(err, errnum, _("guardar"), d->path);
        d->part_stands = false;
        d->published = true;
        /* Some file systems in user space have no fsync of folders; syncfs follows. */
        if ((sync_io->fsync(d->dir) && errno != EINVAL) || sync_io->syncfs(d->dir))
                return io_error(err, errno, _("guardar"), d->path);
        d->stage = DELIVERY_VERIFYING;
        return ERR_OK;
}
