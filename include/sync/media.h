/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory sticks and cards: those plugged in now, found without being root from
 * mountinfo, /sys and what udev noted in /run; and opening and ejecting them
 * through udisksctl, where the session may.
 *
 * One is what a person could take away: on the USB bus, or said to be removable
 * by the kernel, or an SD card; a LUKS volume counts as what lies below it.
 * Not one: disks that hold the running system (even if they are sticks),
 * optical discs, snaps and other images (but for images opened under /media,
 * /run/media or /mnt), network folders, second mounts of the same volume,
 * mounts that another covers.
 */
#ifndef SIMAE_SYNC_MEDIA_H
#define SIMAE_SYNC_MEDIA_H

#include <stdbool.h>
#include <stdint.h>

enum medium_state {
        MEDIUM_READY,
        MEDIUM_READ_ONLY, /* open, but nothing can be written */
        MEDIUM_CLOSED,    /* plugged in, not mounted */
        MEDIUM_ENCRYPTED, /* the same, and it will ask for its passphrase */
};

enum medium_kind { MEDIUM_USB, MEDIUM_CARD, MEDIUM_IMAGE, MEDIUM_OTHER };

struct medium {
        int number;         /* from 1; the same for as long as it stays */
        enum medium_state state;
        enum medium_kind kind;
        char *device;       /* "/dev/sdb1" */
        char *disk;         /* name of what is pulled out: "sdb" */
        char *label;        /* as its owner knows it; never empty, without control characters */
        char *fs;           /* "vfat", …; "" if nobody knows */
        char *mount;        /* NULL: not open */
        int64_t size, free; /* bytes; -1: unknown */
};

/* Where to look; NULL members: /proc/self, /sys, /run. Borrowed for as long as what was made with them. */
struct media_roots { const char *proc, *sys, *run; };

struct media;

/* `roots` may be NULL. Nothing is looked at yet. */
struct media *media_new(const struct media_roots *roots);
void media_free(struct media *media);
/* Look again; true if something changed, or the first time. Cheap when nothing did: for a timer of a second. */
bool media_look(struct media *media);
/* In the order of their numbers; valid until media_look() gives true. */
int media_n(const struct media *media);
const struct medium *media_at(const struct media *media, int i);
/* Each NULL if there is none. */
const struct medium *media_numbered(const struct media *media, int number);
const struct medium *media_of_device(const struct media *media, const char *device);
/* The open one that holds this folder; with `exactly`, whose folder it is. Links are followed. */
const struct medium *media_holding(const struct media *media, const char *folder, bool exactly);

/* ---- Opening and ejecting, in short steps ---- */

enum media_outcome {
        MEDIA_BUSY,      /* call media_task_step() again */
        MEDIA_FAILED,    /* not permitted, or nobody can: the person does it */
        MEDIA_OPENED,
        MEDIA_UNMOUNTED, /* nothing of it is mounted any more, but it still has current */
        MEDIA_REMOVABLE, /* … and it was turned off, or is of a kind that needs no turning off */
};

struct media_task;

struct media_task *media_open_new(const struct medium *medium);
/* Unmount every volume of its disk, then turn it off. `roots` as above. */
struct media_task *media_eject_new(const struct media_roots *roots, const struct medium *medium);
/* Waits at most `wait_ms` for what is running. */
enum media_outcome media_task_step(struct media_task *task, int wait_ms);
/* One still running is ended. */
void media_task_free(struct media_task *task);

#endif
