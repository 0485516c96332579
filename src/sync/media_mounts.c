/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /proc/self/mountinfo (proc(5)), one mount a line:
 *
 *      36 35 8:17 / /media/rosa/MI\040USB rw,nosuid shared:1 - vfat /dev/sdb1 rw,utf8
 *      id parent dev root point options    0 or more …  -  fs source superblock's options
 */
#include <stdio.h>
#include <string.h>

#include "media_priv.h"

/* "\040" is a blank: the kernel writes blanks, tabs, line ends and backslashes so. In place. */
static char *unescape(char *text)
{
        char *to = text;
        for (const char *from = text; *from; to++) {
                unsigned code;
                if (from[0] == '\\' && strspn(from + 1, "01234567") >= 3 && sscanf(from + 1, "%3o", &code) == 1 &&
                    code > 0 && code < 256) {
                        *to = (char)code;
                        from += 4;
                } else {
                        *to = *from++;
                }
        }
        *to = '\0';
        return text;
}

static bool has_option(const char *options, const char *name)
{
        size_t len = strlen(name);
        for (const char *at = options; at; at = strchr(at, ',')) {
                at += *at == ',';
                if (strncmp(at, name, len) == 0 && (at[len] == ',' || at[len] == '\0'))
                        return true;
        }
        return false;
}

enum { ID, PARENT, DEV, ROOT, POINT, OPTIONS, FIELDS_N };

static bool parse_line(char *line, struct mount *ret)
{
        char *fields[FIELDS_N], *rest = NULL, *word = strtok_r(line, " ", &rest);
        struct mount mount = {0};
        for (int i = 0; i < FIELDS_N; i++, word = strtok_r(NULL, " ", &rest)) {
                if (!word)
                        return false;
                fields[i] = word;
        }
        while (word && strcmp(word, "-") != 0)
                word = strtok_r(NULL, " ", &rest);
        char *fs = strtok_r(NULL, " ", &rest), *source = strtok_r(NULL, " ", &rest), *super = strtok_r(NULL, " ", &rest);
        if (!word || !fs || !source || sscanf(fields[ID], "%d", &mount.id) != 1 ||
            sscanf(fields[PARENT], "%d", &mount.parent) != 1 ||
            sscanf(fields[DEV], "%u:%u", &mount.major, &mount.minor) != 2)
                return false;
        mount.root = unescape(fields[ROOT]);
        mount.point = unescape(fields[POINT]);
        mount.fs = unescape(fs);
        mount.source = unescape(source);
        mount.read_only = has_option(fields[OPTIONS], "ro") || (super && has_option(super, "ro"));
        *ret = mount;
        return true;
}

static int count_lines(const char *text)
{
        int n = 1;
        for (; *text; text++)
                n += *text == '\n';
        return n;
}

struct mounts mounts_parse(const char *mountinfo, struct arena *arena)
{
        struct mounts mounts = {ARENA_ARRAY(arena, struct mount, count_lines(mountinfo)), 0};
        char *rest = NULL;
        for (char *line = strtok_r(arena_strdup(arena, mountinfo), "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
                if (parse_line(line, &mounts.items[mounts.n]))
                        mounts.n++;
        return mounts;
}

bool path_is_in(const char *path, const char *folder)
{
        size_t len = strlen(folder);
        if (len > 0 && folder[len - 1] == '/')
                len--;
        return strncmp(path, folder, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

static const struct mount *mount_by_id(const struct mounts *mounts, int id)
{
        for (int i = 0; i < mounts->n; i++)
                if (mounts->items[i].id == id)
                        return &mounts->items[i];
        return NULL;
}

static bool is_ancestor(const struct mounts *mounts, const struct mount *above, const struct mount *mount)
{
        for (int depth = 0; mount && depth <= mounts->n; depth++) {
                if (mount == above)
                        return true;
                mount = mount->parent == mount->id ? NULL : mount_by_id(mounts, mount->parent);
        }
        return false;
}

/* What stands at or above its folder without carrying it was mounted later, over it. */
bool mount_is_visible(const struct mounts *mounts, const struct mount *mount)
{
        for (int i = 0; i < mounts->n; i++)
                if (path_is_in(mount->point, mounts->items[i].point) && !is_ancestor(mounts, &mounts->items[i], mount))
                        return false;
        return true;
}
