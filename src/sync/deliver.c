/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Carrying a finished file to a stick or another folder (contracts in
 * sync/deliver.h, and sync/bundle.h for bundles).
 *
 *   spool ──copy──▶ <name>.<8 hex>.part ──rename──▶ <name> ──read back──▶ the same?
 *
 * FAT has no journal and its rename is not atomic, so names are never reused,
 * a name proves nothing, and what was written is read again from the medium.
 * `part_stands` and `published` say what stands in the folder; whatever the
 * way out, leave() removes what should not stay.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "deliver_priv.h"
#include "io.h"
#include "sync/bundle.h"

#define FAT_FILE_MAX (((uint64_t)1 << 32) - 1)
#define MEGABYTE 1000000ULL

void bundle_file_name(const struct bundle_info *info, char out[BUNDLE_NAME])
{
        snprintf(out, BUNDLE_NAME, "SIMAE-%.8s-%lld-%.8s", info->from, (long long)info->number, info->bundle);
        for (char *c = out; *c; c++)
                if (*c >= 'a' && *c <= 'z')
                        *c = (char)(*c - 'a' + 'A');
        strcat(out, ".simae");
}

struct delivery *delivery_new(const char *spool, const char *path, bool make_folder)
{
        struct delivery *d = xcalloc(1, sizeof *d);
        *d = (struct delivery){.spool = xstrdup(spool), .path = xstrdup(path), .make_folder = make_folder,
                               .from = -1, .dir = -1, .out = -1, .copy = -1, .direct = O_DIRECT};
        const char *slash = strrchr(d->path, '/');
        d->name = slash ? slash + 1 : d->path;
        d->folder = !slash             ? xstrdup(".")
                    : slash == d->path ? xstrdup("/")
                                       : xstrndup(d->path, (size_t)(slash - d->path));
        d->memory = xmalloc(2 * BLOCK + ALIGN);
        d->block = d->memory + (ALIGN - (uintptr_t)d->memory % ALIGN);
        d->spooled = d->block + BLOCK;
        return d;
}

void delivery_close(int *fd)
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

/* Close everything and, unless it is done, remove what it left. */
static void leave(struct delivery *d, struct err *err)
{
        bool undo = d->stage != DELIVERY_DONE;
        delivery_close(&d->out);
        delivery_close(&d->copy);
        if (undo && d->part_stands)
                remove_left(d, d->part, err);
        if (undo && d->published)
                remove_left(d, d->name, err);
        if (undo && (d->part_stands || d->published))
                sync_io->fsync(d->dir);
        d->part_stands = d->published = false;
        delivery_close(&d->dir);
        if (undo && d->made_folder)
                sync_io->unlinkat(AT_FDCWD, d->folder, AT_REMOVEDIR);
        d->made_folder = false;
        delivery_close(&d->from);
}

void delivery_free(struct delivery *d)
{
        if (!d)
                return;
        leave(d, NULL);
        free(d->part);
        free(d->spool);
        free(d->path);
        free(d->folder);
        free(d->memory);
        free(d);
}

/* ---- The first step ---- */

static enum err_code open_folder(struct delivery *d, struct err *err)
{
        const int how = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
        d->dir = sync_io->openat(AT_FDCWD, d->folder, how, 0);
        if (d->dir < 0 && errno == ENOENT && d->make_folder) {
                if (sync_io->mkdirat(AT_FDCWD, d->folder, 0755))
                        return io_error(err, errno, _("crear"), d->folder);
                d->made_folder = true;
                d->dir = sync_io->openat(AT_FDCWD, d->folder, how, 0);
        }
        return d->dir < 0 ? io_error(err, errno, _("abrir"), d->folder) : ERR_OK;
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
        enum err_code rc = open_folder(d, err);
        if (rc != ERR_OK)
                return rc;
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

static enum err_code prepare(struct delivery *d, struct err *err)
{
        enum err_code rc = open_both(d, err);
        if (rc == ERR_OK)
                rc = check_room(d, err);
        if (rc == ERR_OK)
                d->stage = DELIVERY_COPYING;
        return rc;
}

/* ---- All of them ---- */

enum err_code delivery_step(struct delivery *d, struct err *err)
{
        static enum err_code (*const steps[])(struct delivery *, struct err *) = {
                [DELIVERY_OPENING] = prepare,
                [DELIVERY_COPYING] = delivery_write,
                [DELIVERY_SAVING] = delivery_publish,
                [DELIVERY_VERIFYING] = delivery_verify,
        };
        if (d->stage == DELIVERY_DONE)
                return ERR_OK;
        enum err_code rc = steps[d->stage](d, err);
        if (rc != ERR_OK || d->stage == DELIVERY_DONE)
                leave(d, rc != ERR_OK ? err : NULL);
        return rc;
}

enum delivery_stage delivery_stage(const struct delivery *d)
{
        return d->stage;
}

double delivery_share(const struct delivery *d)
{
        if (d->stage == DELIVERY_DONE)
                return 1;
        return d->size ? (double)(d->written + d->verified) / (2.0 * (double)d->size) : 0;
}

uint64_t delivery_size(const struct delivery *d)
{
        return d->size;
}

enum err_code bundle_deliver(const char *spool, const char *path, struct err *err)
{
        struct delivery *d = delivery_new(spool, path, false);
        enum err_code rc = ERR_OK;
        while (rc == ERR_OK && d->stage != DELIVERY_DONE)
                rc = delivery_step(d, err);
        delivery_free(d);
        return rc;
}
