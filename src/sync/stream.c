/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files as streams (contract in stream.h).  A source reads by position from
 * one descriptor, opened once: both passes over a bundle see the same file
 * even if another takes its name in between.
 */
#include "stream.h"

#include <errno.h>
#include <fcntl.h>

#include "io.h"

/* The disk begins with what is there, or it would all have to wait at the end. Only a wish: fsync says what became of it. */
static void send_off(const struct file_sink *sink, size_t len)
{
        enum { OFTEN = 8 << 20 };
        uint64_t now = sink->at / OFTEN * OFTEN;
        if (now > sink->at - len)
                sync_io->sync_file_range(sink->fd, (off_t)(now - OFTEN), OFTEN, SYNC_FILE_RANGE_WRITE);
}

static enum err_code sink_write(struct byte_sink *base, const void *bytes, size_t len, struct err *err)
{
        struct file_sink *sink = (struct file_sink *)base;
        int errnum = io_write_all(sink->fd, bytes, len);
        if (errnum)
                return io_error(err, errnum, _("escribir"), sink->path);
        sink->at += len;
        send_off(sink, len);
        return ERR_OK;
}

enum err_code file_sink_init(struct file_sink *sink, const char *path, struct err *err)
{
        int fd = sync_io->openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
                return io_error(err, errno, _("crear"), path);
        *sink = (struct file_sink){.base = {sink_write}, .fd = fd, .path = path};
        return ERR_OK;
}

enum err_code file_sink_close(struct file_sink *sink, struct err *err)
{
        int errnum = sync_io->fsync(sink->fd) ? errno : 0;
        if (sync_io->close(sink->fd) && !errnum)
                errnum = errno;
        sink->fd = -1;
        return errnum ? io_error(err, errnum, _("guardar"), sink->path) : ERR_OK;
}

void file_sink_release(struct file_sink *sink)
{
        if (sink->fd >= 0)
                sync_io->close(sink->fd);
        sink->fd = -1;
}

static enum err_code source_read(struct byte_source *base, void *buf, size_t len, size_t *ret_got,
                                 struct err *err)
{
        struct file_source *source = (struct file_source *)base;
        int errnum = io_read_at(source->fd, buf, len, source->at, ret_got);
        if (errnum)
                return io_error(err, errnum, _("leer"), source->path);
        source->at += *ret_got;
        return ERR_OK;
}

static enum err_code source_rewind(struct byte_source *base, struct err *err)
{
        (void)err;
        ((struct file_source *)base)->at = 0;
        return ERR_OK;
}

enum err_code file_source_init(struct file_source *source, const char *path, struct err *err)
{
        struct stat st;
        /* O_NONBLOCK: opening a pipe that nobody writes to would wait for ever. */
        int fd = sync_io->openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
        if (fd < 0)
                return io_error(err, errno, _("abrir"), path);
        int errnum = sync_io->fstat(fd, &st) ? errno : 0;
        if (errnum || !S_ISREG(st.st_mode)) {
                sync_io->close(fd);
                return errnum ? io_error(err, errnum, _("leer"), path)
                              : err_set(err, ERR_INVALID, _("«%s» no es un archivo; revise el nombre"), path);
        }
        *source = (struct file_source){.base = {source_read, source_rewind}, .fd = fd, .path = path};
        return ERR_OK;
}

void file_source_release(struct file_source *source)
{
        if (source->fd >= 0)
                sync_io->close(source->fd);
        source->fd = -1;
}
