/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Between the files of sync/media.h:
 *
 *      media_mounts.c  mountinfo, line by line      media_scan.c  the list
 *      media_block.c   block devices in /sys        media.c       numbers, changes
 *                                                   media_task.c  udisksctl
 */
#ifndef SIMAE_SRC_SYNC_MEDIA_PRIV_H
#define SIMAE_SRC_SYNC_MEDIA_PRIV_H

#include "base/mem.h"
#include "sync/media.h"

/* ---- media_mounts.c ---- */

struct mount {
        int id, parent;
        unsigned major, minor;
        const char *root, *point, *fs, *source; /* unescaped */
        bool read_only;
};
struct mounts { struct mount *items; int n; };

/* All of mountinfo, in its order; lines that are not understood are left out. Texts in `arena`. */
struct mounts mounts_parse(const char *mountinfo, struct arena *arena);
/* False if another mount lies over it. */
bool mount_is_visible(const struct mounts *mounts, const struct mount *mount);
/* True if `path` is `folder` or below it. */
bool path_is_in(const char *path, const char *folder);

/* ---- media_block.c ---- */

struct block {
        const char *name, *dir;   /* "sdb1", its real folder in /sys */
        const char *disk, *disk_dir; /* what is pulled out; of a mapped volume, what lies below */
        const char *device;       /* "/dev/sdb1", "/dev/mapper/x" */
        const char *below;        /* of a mapped volume: the device it was unlocked from; else NULL */
        unsigned major, minor;
        int64_t size;             /* bytes */
        enum medium_kind kind;
        bool portable;            /* a person could take it away */
};

/* The block device behind a mount. False if there is none: network, memory, overlays. Texts in `arena`. */
bool block_of_mount(const struct media_roots *roots, const struct mount *mount, struct arena *arena, struct block *ret);
/* By its name in /sys/class/block. */
bool block_named(const struct media_roots *roots, const char *name, struct arena *arena, struct block *ret);
/* True if it is only the outside of something: a partitioned disk, an unlocked LUKS volume, an empty reader. */
bool block_is_outer(const struct block *block);
/* What udev found in it: false if udev noted nothing of the device at all. */
bool block_property(const struct media_roots *roots, const struct block *block, const char *name, struct arena *arena,
                    const char **ret);
/* Names of /sys/class/block in a stable order. */
const char **block_names(const struct media_roots *roots, struct arena *arena, int *ret_n);
/* A file of /sys, without its line end; "" if it cannot be read. */
const char *sys_text(const char *dir, const char *name, struct arena *arena);

/* ---- media_scan.c ---- */

/* Everything plugged in now, unnumbered; the items and their texts are the caller's: medium_release(). */
struct medium *media_scan(const struct media_roots *roots, const char *mountinfo, int *ret_n);
void medium_release(struct medium *medium);
/* The volumes of `disk` that are mounted, each once, in `arena`. */
const struct block *media_mounted_of(const struct media_roots *roots, const char *disk, struct arena *arena, int *ret_n);

/* ---- media.c ---- */

/* The text of mountinfo, "" if it cannot be read. malloc'ed. */
char *media_mountinfo(const struct media_roots *roots);

#endif
