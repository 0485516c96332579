/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a copy back: past the cache where the file system lets one
 * (O_DIRECT), else after asking the kernel to forget it.  It is compared with
 * the spool byte by byte; a name or a size proves nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "deliver_priv.h"
#include "io.h"

static enum err_code differs(struct delivery *d, struct err *err)
{
        return err_set(err, ERR_CORRUPT,
                       _("la memoria no devuelve lo que se escribió en «%s»; no confíe en ella y use otra"), d->path);
}

static int open_copy(struct delivery *d, struct stat *st)
{
        d->copy = sync_io->openat(d->dir, d->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | d->direct, 0);
        if (d->copy < 0 || sync_io->fstat(d->copy, st))
                return errno;
        sync_io->fadvise(d->copy, 0, 0, POSIX_FADV_DONTNEED); /* only advice: the bytes decide */
        d->verified = 0;
        return 0;
}

/*
 * One block.  With O_DIRECT every read begins at a multiple of ALIGN, so that
 * a short one that is not the end cannot be gone on with: EINVAL, as from a
 * kernel that refuses it altogether.
 */
static int read_block(struct delivery *d, size_t *ret_got)
{
        ssize_t n;
        if (!d->direct)
                return io_read_at(d->copy, d->block, BLOCK, d->verified, ret_got);
        do
                n = sync_io->pread(d->copy, d->block, BLOCK, (off_t)d->verified);
        while (n < 0 && errno == EINTR);
        if (n < 0)
                return errno;
        *ret_got = (size_t)n;
        return n == BLOCK || d->verified + (uint64_t)n >= d->size ? 0 : EINVAL;
}

static void without_direct(struct delivery *d)
{
        delivery_close(&d->copy);
        d->direct = 0;
}

/* The block that came back, and whether it was the last one. */
static enum err_code compare(struct delivery *d, size_t len, struct err *err)
{
        size_t spooled = 0;
        int errnum = io_read_at(d->from, d->spooled, len, d->verified, &spooled);
        if (errnum)
                return io_error(err, errnum, _("leer"), d->spool);
        bool same = spooled == len && memcmp(d->block, d->spooled, len) == 0;
        d->verified += len;
        bool last = len < BLOCK || d->verified >= d->size;
        if (!same || (last && d->verified != d->size))
                return differs(d, err);
        if (last)
                d->stage = DELIVERY_DONE;
        return ERR_OK;
}

enum err_code delivery_verify(struct delivery *d, struct err *err)
{
        struct stat st = {0};
        size_t got = 0;
        bool opens = d->copy < 0;
        int errnum = opens ? open_copy(d, &st) : 0;
        if (!errnum && opens && (uint64_t)st.st_size != d->size)
                return differs(d, err);
        if (!errnum)
                errnum = read_block(d, &got);
        if (errnum == EINVAL && d->direct) {
                without_direct(d);
                return ERR_OK; /* again from the beginning, with the next step */
        }
        if (errnum)
                return io_error(err, errnum, _("comprobar"), d->path);
        return compare(d, got, err);
}
