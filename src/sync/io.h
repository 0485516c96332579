/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The system calls that writing and carrying a bundle need, as a table, so
 * that a test can make any one of them fail; and the few loops over them.
 */
#ifndef SIMAE_SYNC_IO_H
#define SIMAE_SYNC_IO_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/vfs.h>

#include "base/err.h"

/* Each as the call of the same name; fadvise is posix_fadvise() and returns the error number. */
struct sync_io {
        int (*openat)(int dir, const char *path, int flags, mode_t mode);
        int (*fstat)(int fd, struct stat *ret);
        int (*fstatat)(int dir, const char *path, struct stat *ret, int flags);
        int (*fstatvfs)(int fd, struct statvfs *ret);
        int (*fstatfs)(int fd, struct statfs *ret);
        ssize_t (*pread)(int fd, void *buf, size_t len, off_t at);
        ssize_t (*write)(int fd, const void *buf, size_t len);
        int (*fdatasync)(int fd);
        int (*fsync)(int fd);
        int (*close)(int fd);
        int (*renameat2)(int from_dir, const char *from, int to_dir, const char *to, unsigned flags);
        int (*renameat)(int from_dir, const char *from, int to_dir, const char *to);
        int (*linkat)(int from_dir, const char *from, int to_dir, const char *to, int flags);
        int (*unlinkat)(int dir, const char *path, int flags);
        int (*fadvise)(int fd, off_t at, off_t len, int advice);
        int (*syncfs)(int fd);
        int (*sync_file_range)(int fd, off_t at, off_t len, unsigned flags);
        int (*mkdirat)(int dir, const char *path, mode_t mode);
};

extern const struct sync_io sync_io_libc;
/* The table in use: sync_io_libc unless a test put another here. */
extern const struct sync_io *sync_io;

/* Write all of it, whatever the kernel takes at a time. 0, or an errno. */
int io_write_all(int fd, const void *bytes, size_t len);
/* Read `len` bytes at `at`; less only at the end of the file. 0, or an errno. */
int io_read_at(int fd, void *buf, size_t len, uint64_t at, size_t *ret_got);

/*
 * "no se pudo <verb> «<path>»: <reason>; <what to do>", in plain words for the
 * errors that full, locked, slow and pulled sticks give.
 */
enum err_code io_error(struct err *err, int errnum, const char *verb, const char *path);

#endif
