/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Block devices as /sys shows them, and what udev noted of each in
 * /run/udev/data/bMAJOR:MINOR ("E:NAME=value" a line).  The real folder of a
 * device tells its bus: …/usb1/1-2/…/host6/…/block/sdb/sdb1.
 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "media_priv.h"

enum { SECTOR = 512, TEXT_MAX = 16384, LEVELS_MAX = 8 };

static const char *root_of(const char *given, const char *usual)
{
        return given ? given : usual;
}

static const char *read_text(const char *path, struct arena *arena)
{
        FILE *file = fopen(path, "re");
        char *text = arena_alloc(arena, file ? TEXT_MAX : 1);
        if (!file)
                return NULL;
        text[fread(text, 1, TEXT_MAX - 1, file)] = '\0';
        fclose(file);
        return text;
}

const char *sys_text(const char *dir, const char *name, struct arena *arena)
{
        const char *text = read_text(arena_printf(arena, "%s/%s", dir, name), arena);
        return text ? arena_strndup(arena, text, strcspn(text, "\n")) : "";
}

static bool exists(const char *dir, const char *name, struct arena *arena)
{
        return access(arena_printf(arena, "%s/%s", dir, name), F_OK) == 0;
}

static const char *parent_folder(const char *path, struct arena *arena)
{
        const char *slash = strrchr(path, '/');
        return arena_strndup(arena, path, slash ? (size_t)(slash - path) : 0);
}

static const char *last_name(const char *path)
{
        const char *slash = strrchr(path, '/');
        return slash ? slash + 1 : path;
}

/* ---- Kinds ---- */

/* A folder usb1, usb2 … on the way. */
static bool is_on_usb(const char *dir)
{
        for (const char *at = dir; (at = strstr(at, "/usb")); at += 4)
                if (at[4] >= '0' && at[4] <= '9')
                        return true;
        return false;
}

/* An SD card; the memory soldered into cheap laptops says MMC. */
static bool is_card(const struct block *block, struct arena *arena)
{
        return str_starts(block->disk, "mmcblk") &&
               str_starts(sys_text(arena_printf(arena, "%s/device", block->disk_dir), "type", arena), "SD");
}

static bool never_portable(const char *disk)
{
        static const char *const names[] = {"sr", "fd", "ram", "zram", "nbd", "md"};
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                if (str_starts(disk, names[i]))
                        return true;
        return false;
}

static void judge(struct block *block, struct arena *arena)
{
        if (never_portable(block->disk))
                return;
        bool image = str_starts(block->disk, "loop"), card = is_card(block, arena), usb = is_on_usb(block->disk_dir);
        block->kind = image ? MEDIUM_IMAGE : card ? MEDIUM_CARD : usb ? MEDIUM_USB : MEDIUM_OTHER;
        block->portable = image || card || usb || strcmp(sys_text(block->disk_dir, "removable", arena), "1") == 0;
}

static bool describe(const char *dir, struct arena *arena, struct block *ret, int level);

/* A mapped volume (LUKS, LVM) is as portable as everything below it. */
static void look_below(struct block *block, struct arena *arena, int level)
{
        const char *folder = arena_printf(arena, "%s/slaves", block->dir);
        DIR *slaves = opendir(folder);
        struct block below;
        int n = 0;
        bool portable = slaves != NULL;
        for (struct dirent *entry; slaves && (entry = readdir(slaves));) {
                char real[PATH_MAX];
                if (entry->d_name[0] == '.')
                        continue;
                if (!realpath(arena_printf(arena, "%s/%s", folder, entry->d_name), real) ||
                    !describe(arena_strdup(arena, real), arena, &below, level + 1)) {
                        portable = false;
                        continue;
                }
                portable &= below.portable;
                if (n++ == 0) {
                        block->disk = below.disk;
                        block->disk_dir = below.disk_dir;
                        block->kind = below.kind;
                        block->below = below.device;
                }
        }
        if (slaves)
                closedir(slaves);
        block->portable = portable && n > 0;
}

static bool describe(const char *dir, struct arena *arena, struct block *ret, int level)
{
        struct block block = {.dir = dir, .name = last_name(dir), .disk_dir = dir, .kind = MEDIUM_OTHER};
        if (level > LEVELS_MAX || sscanf(sys_text(dir, "dev", arena), "%u:%u", &block.major, &block.minor) != 2)
                return false;
        if (exists(dir, "partition", arena))
                block.disk_dir = parent_folder(dir, arena);
        block.disk = last_name(block.disk_dir);
        block.size = strtoll(sys_text(dir, "size", arena), NULL, 10) * SECTOR;
        block.device = arena_printf(arena, "/dev/%s", block.name);
        if (str_starts(block.name, "dm-")) {
                block.device = arena_printf(arena, "/dev/mapper/%s", sys_text(dir, "dm/name", arena));
                look_below(&block, arena, level);
        } else {
                judge(&block, arena);
        }
        *ret = block;
        return true;
}

/* ---- Finding them ---- */

static bool describe_link(const char *link, struct arena *arena, struct block *ret)
{
        char real[PATH_MAX];
        return realpath(link, real) && describe(arena_strdup(arena, real), arena, ret, 0);
}

bool block_named(const struct media_roots *roots, const char *name, struct arena *arena, struct block *ret)
{
        return describe_link(arena_printf(arena, "%s/class/block/%s", root_of(roots->sys, "/sys"), name), arena, ret);
}

static int by_version(const void *a, const void *b)
{
        return strverscmp(*(const char *const *)a, *(const char *const *)b);
}

const char **block_names(const struct media_roots *roots, struct arena *arena, int *ret_n)
{
        DIR *folder = opendir(arena_printf(arena, "%s/class/block", root_of(roots->sys, "/sys")));
        const char **names = NULL;
        int n = 0, room = 0;
        for (struct dirent *entry; folder && (entry = readdir(folder));) {
                if (entry->d_name[0] == '.')
                        continue;
                if (n == room) {
                        const char **more = ARENA_ARRAY(arena, const char *, room = room ? 2 * room : 32);
                        if (n > 0)
                                memcpy(more, names, (size_t)n * sizeof *names);
                        names = more;
                }
                names[n++] = arena_strdup(arena, entry->d_name);
        }
        if (folder)
                closedir(folder);
        if (n > 0)
                qsort(names, (size_t)n, sizeof *names, by_version);
        *ret_n = n;
        return names;
}

/* File systems that make up a device number of their own (btrfs, some of user space) still name the device. */
static bool block_of_source(const struct media_roots *roots, const char *source, struct arena *arena, struct block *ret)
{
        int n;
        if (!str_starts(source, "/dev/"))
                return false;
        if (!str_starts(source, "/dev/mapper/"))
                return block_named(roots, last_name(source), arena, ret);
        const char **names = block_names(roots, arena, &n);
        for (int i = 0; i < n; i++)
                if (str_starts(names[i], "dm-") && block_named(roots, names[i], arena, ret) &&
                    strcmp(ret->device, source) == 0)
                        return true;
        return false;
}

bool block_of_mount(const struct media_roots *roots, const struct mount *mount, struct arena *arena, struct block *ret)
{
        const char *sys = root_of(roots->sys, "/sys");
        if (mount->major == 0)
                return block_of_source(roots, mount->source, arena, ret);
        return describe_link(arena_printf(arena, "%s/dev/block/%u:%u", sys, mount->major, mount->minor), arena, ret);
}

/* True if `folder` has an entry that is not hidden and, with `file`, holds that file. */
static bool has_entry(const char *folder, const char *file, struct arena *arena)
{
        DIR *entries = opendir(folder);
        bool found = false;
        for (struct dirent *entry; !found && entries && (entry = readdir(entries));)
                found = entry->d_name[0] != '.' &&
                        (!file || exists(arena_printf(arena, "%s/%s", folder, entry->d_name), file, arena));
        if (entries)
                closedir(entries);
        return found;
}

bool block_is_outer(const struct block *block)
{
        struct arena arena = {0};
        bool outer = block->size <= 0 || has_entry(arena_printf(&arena, "%s/holders", block->dir), NULL, &arena) ||
                     (block->dir == block->disk_dir && has_entry(block->dir, "partition", &arena));
        arena_release(&arena);
        return outer;
}

bool block_property(const struct media_roots *roots, const struct block *block, const char *name, struct arena *arena,
                    const char **ret)
{
        const char *text = read_text(arena_printf(arena, "%s/udev/data/b%u:%u", root_of(roots->run, "/run"), block->major,
                                                  block->minor), arena);
        size_t len = strlen(name);
        *ret = "";
        for (const char *at = text; at && *at; at += strcspn(at, "\n"), at += *at == '\n')
                if (at[0] == 'E' && at[1] == ':' && strncmp(at + 2, name, len) == 0 && at[2 + len] == '=') {
                        at += 3 + len;
                        *ret = arena_strndup(arena, at, strcspn(at, "\n"));
                }
        return text != NULL;
}
