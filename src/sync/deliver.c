/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Carrying a finished bundle to a stick or another folder (contract in
 * sync/bundle.h).
 *
 *   spool ──copy──▶ <name>.<8 hex>.part ──rename──▶ <name> ──read back──▶ same sum?
 *
 * FAT has no journal and its rename is not atomic, so names are never reused,
 * a name proves nothing, and what was written is read again from the medium.
 * `part` and `published` say what stands in the folder; whatever the way out,
 * delivery_release() removes what should not stay.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "b2sums.h"
#include "base/clock.h"
#include "base/mem.h"
#include "io.h"
#include "sync/bundle.h"

enum {
        BLOCK = 1 << 20,       /* copied at a time */
        ALIGN = 4096,          /* what O_DIRECT asks of addresses and places */
        FLUSH_EVERY = 8 << 20, /* so that a slow stick does not hang at the end with everything to write */
        NAME_TRIES = 8,
};
#define FAT_FILE_MAX (((uint64_t)1 << 32) - 1)
#define MEGABYTE 1000000ULL

struct delivery {
        const char *spool, *path, *name; /* `name` is the end of `path` */
        char *folder, *part;             /* the folder's path; the name of the .part, or NULL */
        int from, dir, out;              /* the spool, the folder, the file being written */
        uint64_t size;
        struct b2 sum;
        unsigned char *memory, *block;   /* `block` is `memory`, aligned */
        bool part_stands, published;
};

void bundle_file_name(const struct bundle_info *info, char out[BUNDLE_NAME])
{
        snprintf(out, BUNDLE_NAME, "SIMAE-%.8s-%lld-%.8s", info->from, (long long)info->number, info->bundle);
        for (char *c = out; *c; c++)
                if (*c >= 'a' && *c <= 'z')
                        *c = (char)(*c - 'a' + 'A');
        strcat(out, ".simae");
}

static void delivery_init(struct delivery *d, const char *spool, const char *path)
{
        const char *slash = strrchr(path, '/');
        *d = (struct delivery){.spool = spool, .path = path, .from = -1, .dir = -1, .out = -1};
        d->name = slash ? slash + 1 : path;
        d->folder = !slash          ? xstrdup(".")
                    : slash == path ? xstrdup("/")
                                    : xstrndup(path, (size_t)(slash - path));
        d->memory = xmalloc(BLOCK + ALIGN);
        d->block = d->memory + (ALIGN - (uintptr_t)d->memory % ALIGN);
}

static void close_if_open(int *fd)
{
        if (*fd >= 0)
                sync_io->close(*fd);
        *fd = -1;
}

/* Remove `name`; if even that fails, the sentence must tell, or somebody would take it for a good copy. */
static void remove_left(struct delivery *d, const char *name, struct err *err)
{
        if (sync_io->unlinkat(d->dir, name, 0) == 0 || errno == ENOENT)
                return;
        if (err) {
                struct err before = *err;
                err_set(err, before.code, _("%s. Además quedó «%s» a medias: bórrelo"), before.text, name);
        }
}

static void delivery_release(struct delivery *d, bool failed, struct err *err)
{
        close_if_open(&d->out);
        if (failed && d->part_stands)
                remove_left(d, d->part, err);
        if (failed && d->published)
                remove_left(d, d->name, err);
        if (failed && (d->part_stands || d->published))
                sync_io->fsync(d->dir);
        close_if_open(&d->dir);
        close_if_open(&d->from);
        free(d->part);
        free(d->folder);
        free(d->memory);
}

static enum err_code open_both(struct delivery *d, struct err *err)
{
        struct stat st;
        if (d->name[0] == '\0')
                return err_set(err, ERR_INVALID, _("«%s» es una carpeta; indique el nombre del archivo"),
                               d->path);
        d->from = sync_io->openat(AT_FDCWD, d->spool, O_RDONLY | O_CLOEXEC, 0);
        if (d->from < 0 || sync_io->fstat(d->from, &st))
                return io_error(err, errno, _("leer"), d->spool);
        d->size = (uint64_t)st.st_size;
        d->dir = sync_io->openat(AT_FDCWD, d->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
        if (d->dir < 0)
                return io_error(err, errno, _("abrir"), d->folder);
        if (sync_io->fstatat(d->dir, d->name, &st, AT_SYMLINK_NOFOLLOW) == 0)
                return io_error(err, EEXIST, _("crear"), d->path);
        return errno == ENOENT ? ERR_OK : io_error(err, errno, _("crear"), d->path);
}

static enum err_code check_room(struct delivery *d, struct err *err)
{
        struct statvfs room;
        struct statfs kind;
        uint64_t need = d->size + d->size / 20;
        if (sync_io->fstatvfs(d->dir, &room) || sync_io->fstatfs(d->dir, &kind))
                return io_error(err, errno, _("abrir"), d->folder);
        if (room.f_flag & ST_RDONLY)
                return io_error(err, EROFS, _("escribir en"), d->folder);
        if ((uint64_t)kind.f_type == MSDOS_SUPER_MAGIC && d->size > FAT_FILE_MAX)
                return io_error(err, EFBIG, _("escribir"), d->path);
        uint64_t left = (uint64_t)room.f_bavail * room.f_frsize;
        /* Some file systems do not know their size and say 0 of 0. */
        if (room.f_blocks > 0 && left < need)
                return err_set(
                        err, ERR_NO_SPACE,
                        _("no hay espacio en «%s»: hacen falta %llu MB y quedan %llu MB; borre lo que no "
                          "necesite o use otra memoria"),
                        d->folder, (unsigned long long)((need + MEGABYTE - 1) / MEGABYTE),
                        (unsigned long long)(left / MEGABYTE));
        return ERR_OK;
}

/* A .part that nobody else has, on disk or in mind: two copies at once do not touch each other. */
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

static enum err_code copy_bytes(struct delivery *d, struct err *err)
{
        struct b2_state state;
        size_t got = 1;
        uint64_t at = 0;
        b2_begin(&state);
        while (got > 0) {
                int errnum = io_read_at(d->from, d->block, BLOCK, at, &got);
                if (errnum)
                        return io_error(err, errnum, _("leer"), d->spool);
                errnum = io_write_all(d->out, d->block, got);
                at += got;
                if (!errnum && got > 0 && at % FLUSH_EVERY == 0 && sync_io->fdatasync(d->out))
                        errnum = errno;
                if (errnum)
                        return io_error(err, errnum, _("escribir"), d->path);
                b2_add(&state, d->block, got);
        }
        d->sum = b2_end(&state);
        if (at != d->size)
                return err_set(err, ERR_CORRUPT, _("«%s» cambió mientras se copiaba; repita la exportación"),
                               d->spool);
        return ERR_OK;
}

static enum err_code write_part(struct delivery *d, struct err *err)
{
        enum err_code rc = create_part(d, err);
        if (rc == ERR_OK)
                rc = copy_bytes(d, err);
        if (rc != ERR_OK)
                return rc;
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

static enum err_code publish(struct delivery *d, struct err *err)
{
        int errnum = rename_part(d);
        if (errnum)
                return io_error(err, errnum, _("guardar"), d->path);
        d->part_stands = false;
        d->published = true;
        /* Some file systems in user space have no fsync of folders; syncfs follows. */
        if ((sync_io->fsync(d->dir) && errno != EINVAL) || sync_io->syncfs(d->dir))
                return io_error(err, errno, _("guardar"), d->path);
        return ERR_OK;
}

/* The sum of the file as the medium gives it back; `direct` is O_DIRECT or 0. 0, or an errno. */
static int sum_of_copy(struct delivery *d, int direct, uint64_t *ret_size, struct b2 *ret)
{
        struct b2_state state;
        uint64_t at = 0;
        size_t got = BLOCK;
        int errnum = 0;
        int fd = sync_io->openat(d->dir, d->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | direct, 0);
        if (fd < 0)
                return errno;
        sync_io->fadvise(fd, 0, 0, POSIX_FADV_DONTNEED); /* only advice: the sum decides */
        b2_begin(&state);
        while (!errnum && got == BLOCK) {
                errnum = io_read_at(fd, d->block, BLOCK, at, &got);
                if (!errnum)
                        b2_add(&state, d->block, got);
                at += got;
        }
        sync_io->close(fd);
        *ret_size = at;
        *ret = b2_end(&state);
        return errnum;
}

static enum err_code read_back(struct delivery *d, struct err *err)
{
        struct b2 sum;
        uint64_t size;
        int errnum = sum_of_copy(d, O_DIRECT, &size, &sum);
        if (errnum == EINVAL)
                errnum = sum_of_copy(d, 0, &size, &sum);
        if (errnum)
                return io_error(err, errnum, _("comprobar"), d->path);
        if (size != d->size || memcmp(&sum, &d->sum, sizeof sum) != 0)
                return err_set(err, ERR_CORRUPT,
                               _("la memoria no devuelve lo que se escribió en «%s»; no confíe en "
                                 "ella y use otra"),
                               d->path);
        return ERR_OK;
}

enum err_code bundle_deliver(const char *spool, const char *path, struct err *err)
{
        static enum err_code (*const steps[])(struct delivery *, struct err *) = {
                open_both, check_room, write_part, publish, read_back,
        };
        struct delivery d;
        enum err_code rc = ERR_OK;
        delivery_init(&d, spool, path);
        for (size_t i = 0; i < ARRAY_LEN(steps) && rc == ERR_OK; i++)
                rc = steps[i](&d, err);
        delivery_release(&d, rc != ERR_OK, err);
        return rc;
}
