/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of system calls and the sentences for their failures (contract in
 * io.h).  EINTR is retried here and nowhere else; what fails for another
 * reason is never tried again by itself: the person repeats the whole copy.
 */
#include "io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static int plain_openat(int dir, const char *path, int flags, mode_t mode)
{
        return openat(dir, path, flags, mode);
}

const struct sync_io sync_io_libc = {
        .openat = plain_openat, .fstat = fstat, .fstatat = fstatat, .fstatvfs = fstatvfs, .fstatfs = fstatfs,
        .pread = pread, .write = write, .fdatasync = fdatasync, .fsync = fsync, .close = close,
        .renameat2 = renameat2, .renameat = renameat, .linkat = linkat, .unlinkat = unlinkat,
        .fadvise = posix_fadvise, .syncfs = syncfs, .sync_file_range = sync_file_range, .mkdirat = mkdirat,
};

const struct sync_io *sync_io = &sync_io_libc;

int io_write_all(int fd, const void *bytes, size_t len)
{
        const unsigned char *at = bytes;
        while (len > 0) {
                ssize_t n = sync_io->write(fd, at, len);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        return n < 0 ? errno : EIO;
                at += n;
                len -= (size_t)n;
        }
        return 0;
}

int io_read_at(int fd, void *buf, size_t len, uint64_t at, size_t *ret_got)
{
        size_t got = 0;
        while (got < len) {
                ssize_t n = sync_io->pread(fd, (char *)buf + got, len - got, (off_t)(at + got));
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return errno;
                if (n == 0)
                        break;
                got += (size_t)n;
        }
        *ret_got = got;
        return 0;
}

static const struct {
        int errnum;
        enum err_code code;
        const char *words;
} known[] = {
        {ENOSPC, ERR_NO_SPACE, _("no queda espacio; borre lo que no necesite o use otra memoria")},
        {EDQUOT, ERR_NO_SPACE, _("se acabó su espacio en ese disco; use otra carpeta u otra memoria")},
        {EFBIG, ERR_LIMIT, _("el archivo es demasiado grande para ese disco; use otra memoria")},
        {EROFS, ERR_IO, _("está protegido contra escritura; quite el seguro de la memoria o use otra")},
        {EACCES, ERR_IO, _("no hay permiso; elija otra carpeta o pida acceso a ella")},
        {EPERM, ERR_IO, _("no hay permiso; elija otra carpeta o pida acceso a ella")},
        {ENOENT, ERR_NOT_FOUND, _("no existe; revise el nombre y que la memoria siga conectada")},
        {ENOTDIR, ERR_NOT_FOUND, _("lo que está en su lugar no es una carpeta; revise el nombre")},
        {EISDIR, ERR_INVALID, _("es una carpeta; indique un archivo")},
        {EEXIST, ERR_EXISTS, _("ya existe y no se reemplaza; use otro nombre")},
        {ENAMETOOLONG, ERR_INVALID, _("el nombre es demasiado largo; use uno más corto")},
        {EIO, ERR_IO, _("el disco o la memoria no responde; vuelva a conectarla y repita, o use otra")},
        {ENODEV, ERR_IO, _("la memoria ya no está; vuelva a conectarla y repita")},
        {ENXIO, ERR_IO, _("la memoria ya no está; vuelva a conectarla y repita")},
        {ENOTCONN, ERR_IO, _("la memoria ya no está; vuelva a conectarla y repita")},
        {ETIMEDOUT, ERR_IO, _("el disco o la memoria tarda demasiado; repita o use otra memoria")},
};

enum err_code io_error(struct err *err, int errnum, const char *verb, const char *path)
{
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
                if (known[i].errnum == errnum)
                        return err_set(err, known[i].code, _("no se pudo %s «%s»: %s"), verb, path,
                                       known[i].words);
        return err_set(err, ERR_IO, _("no se pudo %s «%s»: %s; repita o use otra memoria"), verb, path,
                       strerror(errnum));
}
