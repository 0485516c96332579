/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of sticks: first what is mounted, then what is plugged in and not.
 * Each volume once, whatever is mounted of it and how often.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/str.h"
#include "media_priv.h"

struct scan {
        const struct media_roots *roots;
        struct mounts mounts;
        struct arena *arena;
        const char **system; /* disks that hold the running system */
        int system_n;
        struct medium *items;
        int n;
};

static bool is_one_of(const char *word, const char *const *list, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (strcmp(word, list[i]) == 0)
                        return true;
        return false;
}

/* ---- What is out of the question ---- */

static bool is_system_folder(const char *point)
{
        static const char *const folders[] = {
                "/", "/boot", "/boot/efi", "/efi", "/usr", "/var", "/home", "/run/live/medium", "/lib/live/mount/medium",
                "/run/initramfs/live", "/run/archiso/bootmnt", "/cdrom", "/isodevice",
        };
        return is_one_of(point, folders, ARRAY_LEN(folders));
}

static void find_system(struct scan *scan)
{
        struct block block;
        scan->system = ARENA_ARRAY(scan->arena, const char *, scan->mounts.n + 1);
        for (int i = 0; i < scan->mounts.n; i++)
                if (is_system_folder(scan->mounts.items[i].point) &&
                    block_of_mount(scan->roots, &scan->mounts.items[i], scan->arena, &block))
                        scan->system[scan->system_n++] = block.disk;
}

static bool is_candidate(const struct scan *scan, const struct block *block)
{
        return block->portable && !is_one_of(block->disk, scan->system, (size_t)scan->system_n);
}

static bool is_only_for_reading(const char *fs)
{
        static const char *const kinds[] = {"squashfs", "iso9660", "erofs", "cramfs", "romfs"};
        return is_one_of(fs, kinds, ARRAY_LEN(kinds));
}

/* Where people, and desktops for them, open what they plug in. */
static bool is_for_people(const char *point)
{
        return path_is_in(point, "/media") || path_is_in(point, "/run/media") || path_is_in(point, "/mnt");
}

static bool suits(const struct scan *scan, const struct mount *mount, const struct block *block)
{
        return is_candidate(scan, block) && !is_only_for_reading(mount->fs) && !str_ends(mount->point, "//deleted") &&
               (block->kind != MEDIUM_IMAGE || is_for_people(mount->point)) && mount_is_visible(&scan->mounts, mount);
}

/* ---- Words ---- */

/* udev writes blanks and unusual letters as \x20. */
static char *decoded(const char *text)
{
        struct str out = STR_INIT;
        for (; *text; text++) {
                char digits[3] = {0};
                if (text[0] == '\\' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") >= 2) {
                        memcpy(digits, text + 2, 2);
                        str_addc(&out, (char)strtol(digits, NULL, 16));
                        text += 3;
                } else {
                        str_addc(&out, *text);
                }
        }
        return str_detach(&out);
}

static char *tidy(char *text)
{
        for (char *c = text; *c; c++)
                if ((unsigned char)*c < ' ' || *c == 0x7F)
                        *c = ' ';
        size_t blanks = strspn(text, " "), len = strlen(text);
        while (len > blanks && text[len - 1] == ' ')
                text[--len] = '\0';
        memmove(text, text + blanks, strlen(text + blanks) + 1);
        return text;
}

/* What its owner calls it: the volume's name; else the folder a desktop made for it; else the maker's words. */
static char *label_of(struct scan *scan, const struct block *block, const char *point)
{
        const char *name, *device = arena_printf(scan->arena, "%s/device", block->disk_dir);
        block_property(scan->roots, block, "ID_FS_LABEL_ENC", scan->arena, &name);
        char *label = tidy(decoded(name));
        if (!*label && point && is_for_people(point) && strrchr(point, '/')[1]) {
                free(label);
                label = tidy(xstrdup(strrchr(point, '/') + 1));
        }
        if (!*label) {
                free(label);
                label = tidy(xasprintf("%s %s", sys_text(device, "vendor", scan->arena),
                                       sys_text(device, "model", scan->arena)));
        }
        if (!*label) {
                free(label);
                label = xstrdup(block->name);
        }
        return label;
}

static struct medium *add(struct scan *scan, const struct block *block, const char *point)
{
        scan->items = xrealloc(scan->items, (size_t)(scan->n + 1) * sizeof *scan->items);
        struct medium *medium = &scan->items[scan->n++];
        *medium = (struct medium){.kind = block->kind, .device = xstrdup(block->device), .disk = xstrdup(block->disk),
                                  .label = label_of(scan, block, point), .size = block->size, .free = -1};
        return medium;
}

/* ---- Open ones ---- */

/* Which of two mounts of a volume people know: the whole of it, in a folder for people, the shorter path. */
static bool is_better(const struct mount *a, const struct mount *b)
{
        bool whole_a = strcmp(a->root, "/") == 0, whole_b = strcmp(b->root, "/") == 0;
        if (whole_a != whole_b)
                return whole_a;
        if (is_for_people(a->point) != is_for_people(b->point))
                return is_for_people(a->point);
        return strlen(a->point) < strlen(b->point);
}

static struct medium *already(const struct scan *scan, const char *device)
{
        for (int i = 0; i < scan->n; i++)
                if (strcmp(scan->items[i].device, device) == 0)
                        return &scan->items[i];
        return NULL;
}

static const struct mount *best_mount(const struct scan *scan, const struct block *block)
{
        const struct mount *best = NULL;
        struct block other;
        for (int i = 0; i < scan->mounts.n; i++) {
                const struct mount *mount = &scan->mounts.items[i];
                if (block_of_mount(scan->roots, mount, scan->arena, &other) && strcmp(other.device, block->device) == 0 &&
                    suits(scan, mount, block) && (!best || is_better(mount, best)))
                        best = mount;
        }
        return best;
}

static void add_open(struct scan *scan, const struct block *block)
{
        const struct mount *mount = best_mount(scan, block);
        struct statvfs room;
        const char *fs;
        if (!mount)
                return;
        struct medium *medium = add(scan, block, mount->point);
        bool known = block_property(scan->roots, block, "ID_FS_TYPE", scan->arena, &fs) && *fs;
        medium->fs = xstrdup(known ? fs : mount->fs);
        medium->mount = xstrdup(mount->point);
        medium->state = mount->read_only ? MEDIUM_READ_ONLY : MEDIUM_READY;
        if (statvfs(mount->point, &room) == 0) {
                medium->size = (int64_t)room.f_blocks * (int64_t)room.f_frsize;
                medium->free = (int64_t)room.f_bavail * (int64_t)room.f_frsize;
        }
}

static void find_open(struct scan *scan)
{
        struct block block;
        for (int i = 0; i < scan->mounts.n; i++)
                if (block_of_mount(scan->roots, &scan->mounts.items[i], scan->arena, &block) &&
                    is_candidate(scan, &block) && !already(scan, block.device))
                        add_open(scan, &block);
}

/* ---- Closed ones ---- */

static bool is_mounted(struct scan *scan, const struct block *block)
{
        struct block other;
        for (int i = 0; i < scan->mounts.n; i++)
                if (block_of_mount(scan->roots, &scan->mounts.items[i], scan->arena, &other) &&
                    strcmp(other.device, block->device) == 0)
                        return true;
        return false;
}

/* The small partition with which a computer starts, which no desktop shows. */
static bool is_hidden(struct scan *scan, const struct block *block)
{
        static const char efi[] = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
        const char *type, *ignore, *hide;
        block_property(scan->roots, block, "ID_PART_ENTRY_TYPE", scan->arena, &type);
        block_property(scan->roots, block, "UDISKS_IGNORE", scan->arena, &ignore);
        block_property(scan->roots, block, "UDISKS_PRESENTATION_HIDE", scan->arena, &hide);
        return strcmp(type, efi) == 0 || strcmp(ignore, "1") == 0 || strcmp(hide, "1") == 0;
}

static void consider_closed(struct scan *scan, const struct block *block)
{
        const char *use, *fs;
        bool known = block_property(scan->roots, block, "ID_FS_USAGE", scan->arena, &use);
        bool locked = strcmp(use, "crypto") == 0;
        if (!is_candidate(scan, block) || block->kind == MEDIUM_IMAGE || block_is_outer(block) ||
            (known && !locked && strcmp(use, "filesystem") != 0) || is_hidden(scan, block) || is_mounted(scan, block))
                return;
        block_property(scan->roots, block, "ID_FS_TYPE", scan->arena, &fs);
        if (is_only_for_reading(fs))
                return;
        struct medium *medium = add(scan, block, NULL);
        medium->fs = xstrdup(fs);
        medium->state = locked ? MEDIUM_ENCRYPTED : MEDIUM_CLOSED;
}

static void find_closed(struct scan *scan)
{
        struct block block;
        int n;
        const char **names = block_names(scan->roots, scan->arena, &n);
        for (int i = 0; i < n; i++)
                if (block_named(scan->roots, names[i], scan->arena, &block))
                        consider_closed(scan, &block);
}

/* ---- All ---- */

struct medium *media_scan(const struct media_roots *roots, const char *mountinfo, int *ret_n)
{
        struct arena arena = {0};
        struct scan scan = {.roots = roots, .arena = &arena, .mounts = mounts_parse(mountinfo, &arena)};
        find_system(&scan);
        find_open(&scan);
        find_closed(&scan);
        arena_release(&arena);
        *ret_n = scan.n;
        return scan.items;
}

void medium_release(struct medium *medium)
{
        free(medium->device);
        free(medium->disk);
        free(medium->label);
        free(medium->fs);
        free(medium->mount);
}

static bool is_among(const struct block *blocks, int n, const char *device)
{
        for (int i = 0; i < n; i++)
                if (strcmp(blocks[i].device, device) == 0)
                        return true;
        return false;
}

const struct block *media_mounted_of(const struct media_roots *roots, const char *disk, struct arena *arena, int *ret_n)
{
        char *text = media_mountinfo(roots);
        struct mounts mounts = mounts_parse(text, arena);
        struct block *blocks = ARENA_ARRAY(arena, struct block, mounts.n + 1), block;
        int n = 0;
        for (int i = 0; i < mounts.n; i++)
                if (block_of_mount(roots, &mounts.items[i], arena, &block) && strcmp(block.disk, disk) == 0 &&
                    !is_among(blocks, n, block.device))
                        blocks[n++] = block;
        free(text);
        *ret_n = n;
        return blocks;
}
