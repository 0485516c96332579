/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing have.ndjson.zst (contract in have.h).  The file between memory and
 * tar has no name as soon as it is open, and holds hashes only: nothing of it
 * is left, whatever happens.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "have.h"
#include "io.h"
#include "limits.h"

void have_writer_init(struct have_writer *have)
{
        *have = (struct have_writer){.lines = STR_INIT, .fd = -1};
        b2_begin(&have->sum);
}

void have_writer_release(struct have_writer *have)
{
        if (have->fd >= 0)
                sync_io->close(have->fd);
        have->fd = -1;
        str_release(&have->lines);
}

static enum err_code make_file(struct have_writer *have, const char *beside, struct err *err)
{
        char *path = xasprintf("%s.have", beside);
        enum err_code rc = ERR_OK;
        have->fd = sync_io->openat(AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (have->fd < 0)
                rc = io_error(err, errno, _("crear"), path);
        else if (sync_io->unlinkat(AT_FDCWD, path, 0) != 0) {
                rc = io_error(err, errno, _("crear"), path);
                sync_io->unlinkat(AT_FDCWD, path, 0);
        }
        free(path);
        return rc;
}

static enum err_code flush(struct have_writer *have, struct zst *zst, const char *beside, struct err *err)
{
        enum err_code rc = have->fd < 0 ? make_file(have, beside, err) : ERR_OK;
        if (rc != ERR_OK)
                return rc;
        zst_pack(zst, have->lines.text, have->lines.len);
        str_clear(&have->lines);
        b2_add(&have->sum, zst->bytes, zst->len);
        have->size += zst->len;
        int errnum = io_write_all(have->fd, zst->bytes, zst->len);
        return errnum ? io_error(err, errnum, _("escribir"), beside) : ERR_OK;
}

enum err_code have_writer_add(struct have_writer *have, const struct hash *id, struct zst *zst, const char *beside,
                              struct err *err)
{
        char hex[HASH_TEXT];
        enum err_code rc = ERR_OK;
        if (have->lines.len + HAVE_LINE > BUNDLE_SEGMENT_MAX)
                rc = flush(have, zst, beside, err);
        str_addc(&have->lines, '"');
        str_addn(&have->lines, hash_format(id, hex), HASH_TEXT - 1);
        str_addn(&have->lines, "\"\n", 2);
        have->n++;
        return rc;
}

enum err_code have_writer_end(struct have_writer *have, struct zst *zst, const char *beside, struct err *err)
{
        return have->lines.len ? flush(have, zst, beside, err) : ERR_OK;
}

enum err_code have_writer_copy(struct have_writer *have, struct tar_writer *tar, const char *beside, struct err *err)
{
        char block[65536];
        size_t got = 1;
        enum err_code rc = tar_write_begin(tar, HAVE_NAME, have->size, err);
        for (uint64_t at = 0; rc == ERR_OK && at < have->size; at += got) {
                int errnum = io_read_at(have->fd, block, sizeof block, at, &got);
                if (errnum || got == 0)
                        return io_error(err, errnum ? errnum : EIO, _("leer"), beside);
                rc = tar->out->write(tar->out, block, got, err);
        }
        return rc == ERR_OK ? tar_write_padding(tar, have->size, err) : rc;
}
