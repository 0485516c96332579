/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files (contract in base/file.h). */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

/* ---- Reading ---- */

/* Not blocking: a pipe without a writer would wait for ever. */
static enum err_code open_regular(const char *path, size_t max, int *ret, struct err *err)
{
        struct stat st;
        enum err_code rc = ERR_OK;
        int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
                return err_set(err, ERR_NOT_FOUND, _("no hay un archivo %s"), path);
        if (fd < 0)
                return err_set_errno(err, errno, _("no se puede leer %s"), path);
        if (fstat(fd, &st) != 0)
                rc = err_set_errno(err, errno, _("no se puede leer %s"), path);
        else if (!S_ISREG(st.st_mode))
                rc = err_set(err, ERR_INVALID, _("%s no es un archivo, sino una carpeta u otra cosa; elija un archivo"), path);
        else if ((uintmax_t)st.st_size > max)
                rc = err_set(err, ERR_LIMIT, _("%s pasa de %zu MiB; use uno más pequeño"), path, max >> 20);
        if (rc == ERR_OK)
                *ret = fd;
        else
                close(fd);
        return rc;
}

/* Up to one byte more than `max`: it may have grown since. */
static enum err_code read_all(int fd, const char *path, size_t max, struct str *text, struct err *err)
{
        char block[65536];
        ssize_t got;
        while (text->len <= max && (got = read(fd, block, sizeof block)) != 0) {
                if (got < 0 && errno != EINTR)
                        return err_set_errno(err, errno, _("no se puede leer %s"), path);
                if (got > 0)
                        str_addn(text, block, (size_t)got);
        }
        if (text->len > max)
                return err_set(err, ERR_LIMIT, _("%s pasa de %zu MiB; use uno más pequeño"), path, max >> 20);
        return ERR_OK;
}

enum err_code file_read(const char *path, size_t max, char **ret, size_t *ret_len, struct err *err)
{
        struct str text = STR_INIT;
        int fd = -1;
        enum err_code rc = open_regular(path, max, &fd, err);
        if (rc != ERR_OK)
                return rc;
        rc = read_all(fd, path, max, &text, err);
        close(fd);
        if (rc != ERR_OK) {
                str_release(&text);
                return rc;
        }
        *ret_len = text.len;
        *ret = str_detach(&text);
        return ERR_OK;
}

/* ---- Writing ---- */

static int write_all(int fd, const char *bytes, size_t len)
{
        while (len > 0) {
                ssize_t put = write(fd, bytes, len);
                if (put < 0 && errno == EINTR)
                        continue;
                if (put <= 0)
                        return put < 0 ? errno : EIO;
                bytes += put;
                len -= (size_t)put;
        }
        return 0;
}

/* 0, or an errno. */
static int write_part(const char *part, const void *bytes, size_t len)
{
        int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (fd < 0)
                return errno;
        int problem = write_all(fd, bytes, len);
        if (!problem && fsync(fd) != 0)
                problem = errno;
        if (close(fd) != 0 && !problem)
                problem = errno;
        return problem;
}

void file_sync_folder_of(const char *path)
{
        const char *slash = strrchr(path, '/');
        char *folder = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
        int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd >= 0) {
                fsync(fd);
                close(fd);
        }
        free(folder);
}

enum err_code file_write(const char *path, const void *bytes, size_t len, struct err *err)
{
        char *part = xasprintf("%s.part", path);
        int problem = write_part(part, bytes, len);
        if (!problem && rename(part, path) != 0)
                problem = errno;
        if (problem)
                unlink(part);
        else
                file_sync_folder_of(path);
        free(part);
        return problem ? err_set_errno(err, problem, _("no se puede escribir %s"), path) : ERR_OK;
}
