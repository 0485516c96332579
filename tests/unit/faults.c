/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Injected failures (contract in faults.h).  Each wrapper asks fails() first;
 * a failing close() closes all the same, as the kernel's does.
 */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>

#include "../../src/sync/io.h"

static struct {
        int calls, at, at_errno, always_n;
        const char *hit;
        struct { const char *name; int errnum; } always[2];
        uint64_t room;
        int copy; /* the file that is read back */
        bool stays, pretend_room, pretend_fat, no_direct, spoil, synced, interrupted;
        unsigned short_write;
} now;

static const struct sync_io *const real = &sync_io_libc;

static bool fails(const char *name)
{
        now.calls++;
        if (now.calls == now.at || (now.stays && now.calls > now.at)) {
                now.hit = name;
                errno = now.at_errno;
                return true;
        }
        for (int i = 0; i < now.always_n; i++) {
                if (strcmp(now.always[i].name, name) == 0) {
                        errno = now.always[i].errnum;
                        return true;
                }
        }
        return false;
}

static int faulty_openat(int dir, const char *path, int flags, mode_t mode)
{
        if (fails("openat"))
                return -1;
        if (now.no_direct && flags & O_DIRECT) {
                errno = EINVAL;
                return -1;
        }
        int fd = real->openat(dir, path, flags, mode);
        if (flags & O_NOFOLLOW)
                now.copy = fd;
        return fd;
}

static int faulty_fstat(int fd, struct stat *ret)
{
        return fails("fstat") ? -1 : real->fstat(fd, ret);
}

static int faulty_fstatat(int dir, const char *path, struct stat *ret, int flags)
{
        return fails("fstatat") ? -1 : real->fstatat(dir, path, ret, flags);
}

static int faulty_fstatvfs(int fd, struct statvfs *ret)
{
        if (fails("fstatvfs") || real->fstatvfs(fd, ret))
                return -1;
        if (now.pretend_room) {
                ret->f_frsize = 1;
                ret->f_bavail = now.room;
        }
        return 0;
}

static int faulty_fstatfs(int fd, struct statfs *ret)
{
        if (fails("fstatfs") || real->fstatfs(fd, ret))
                return -1;
        if (now.pretend_fat)
                ret->f_type = MSDOS_SUPER_MAGIC;
        return 0;
}

static ssize_t faulty_pread(int fd, void *buf, size_t len, off_t at)
{
        if (fails("pread"))
                return -1;
        ssize_t got = real->pread(fd, buf, len, at);
        if (got > 0 && now.spoil && now.synced && fd == now.copy)
                ((unsigned char *)buf)[got / 2] ^= 4;
        return got;
}

static ssize_t faulty_write(int fd, const void *buf, size_t len)
{
        if (fails("write"))
                return -1;
        if (now.short_write && (now.interrupted = !now.interrupted)) {
                errno = EINTR;
                return -1;
        }
        return real->write(fd, buf, now.short_write && len > now.short_write ? now.short_write : len);
}

static int faulty_fdatasync(int fd)
{
        return fails("fdatasync") ? -1 : real->fdatasync(fd);
}

static int faulty_fsync(int fd)
{
        return fails("fsync") ? -1 : real->fsync(fd);
}

static int faulty_close(int fd)
{
        if (!fails("close"))
                return real->close(fd);
        int errnum = errno;
        real->close(fd);
        errno = errnum;
        return -1;
}

static int faulty_renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
        return fails("renameat2") ? -1 : real->renameat2(from_dir, from, to_dir, to, flags);
}

static int faulty_renameat(int from_dir, const char *from, int to_dir, const char *to)
{
        return fails("renameat") ? -1 : real->renameat(from_dir, from, to_dir, to);
}

static int faulty_linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
        return fails("linkat") ? -1 : real->linkat(from_dir, from, to_dir, to, flags);
}

static int faulty_unlinkat(int dir, const char *path, int flags)
{
        return fails("unlinkat") ? -1 : real->unlinkat(dir, path, flags);
}

static int faulty_fadvise(int fd, off_t at, off_t len, int advice)
{
        return fails("fadvise") ? errno : real->fadvise(fd, at, len, advice);
}

static int faulty_syncfs(int fd)
{
        now.synced = true;
        return fails("syncfs") ? -1 : real->syncfs(fd);
}

static int faulty_sync_file_range(int fd, off_t at, off_t len, unsigned flags)
{
        return fails("sync_file_range") ? -1 : real->sync_file_range(fd, at, len, flags);
}

static int faulty_mkdirat(int dir, const char *path, mode_t mode)
{
        return fails("mkdirat") ? -1 : real->mkdirat(dir, path, mode);
}

static const struct sync_io faulty = {
        .openat = faulty_openat, .fstat = faulty_fstat, .fstatat = faulty_fstatat,
        .fstatvfs = faulty_fstatvfs, .fstatfs = faulty_fstatfs, .pread = faulty_pread, .write = faulty_write,
        .fdatasync = faulty_fdatasync, .fsync = faulty_fsync, .close = faulty_close,
        .renameat2 = faulty_renameat2,
        .renameat = faulty_renameat, .linkat = faulty_linkat, .unlinkat = faulty_unlinkat,
        .fadvise = faulty_fadvise, .syncfs = faulty_syncfs,
        .sync_file_range = faulty_sync_file_range, .mkdirat = faulty_mkdirat,
};

void faults_install(void)
{
        memset(&now, 0, sizeof now);
        now.hit = "";
        sync_io = &faulty;
}

void faults_remove(void)
{
        sync_io = &sync_io_libc;
}

void faults_fail_at(int n, int errnum)
{
        now.at = now.calls + n;
        now.at_errno = errnum;
}

void faults_fail_from(int n, int errnum)
{
        faults_fail_at(n, errnum);
        now.stays = true;
}

void faults_fail_always(const char *name, int errnum)
{
        if (!name) {
                now.always_n = 0;
        } else if (now.always_n < 2) {
                now.always[now.always_n].name = name;
                now.always[now.always_n++].errnum = errnum;
        }
}

void faults_pretend_room(uint64_t bytes)
{
        now.pretend_room = true;
        now.room = bytes;
}

void faults_pretend_fat(void)
{
        now.pretend_fat = true;
}

void faults_refuse_direct(void)
{
        now.no_direct = true;
}

void faults_short_writes(unsigned max)
{
        now.short_write = max;
}

void faults_spoil_medium(void)
{
        now.spoil = true;
}

int faults_calls(void)
{
        return now.calls;
}

const char *faults_hit(void)
{
        return now.hit;
}
