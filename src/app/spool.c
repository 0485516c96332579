/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a program that was killed left in «spool» of the data folder: a sealed
 * bundle on its way out, or the copy of one that was being taken in.  Called
 * when the data folder has just been opened: its lock says that no other program
 * is at work, and this one has not begun.  Only what has the names that we give
 * is removed; links are not followed, and what cannot be removed stays for the
 * next time.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app_priv.h"
#include "base/id.h"
#include "base/str.h"

static const char received[] = "recibido-";

static DIR *open_folder(int at, const char *name)
{
        int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
        if (fd >= 0 && !dir)
                close(fd);
        return dir;
}

/* "<32 hex>.simae", as export_write() names it. */
static bool is_bundle(const char *name)
{
        struct id id;
        char hex[ID_TEXT];
        if (strlen(name) != ID_TEXT - 1 + strlen(".simae") || !str_ends(name, ".simae"))
                return false;
        snprintf(hex, sizeof hex, "%.*s", ID_TEXT - 1, name);
        return id_parse(hex, &id);
}

/* "recibido-<32 hex>", a folder with one copy in it. */
static bool is_received(const char *name)
{
        struct id id;
        return str_starts(name, received) && id_parse(name + strlen(received), &id);
}

static void remove_folder(int at, const char *name)
{
        DIR *dir = open_folder(at, name);
        if (!dir)
                return;
        for (struct dirent *entry; (entry = readdir(dir));)
                unlinkat(dirfd(dir), entry->d_name, 0); /* "." and a folder, which is not ours, refuse */
        closedir(dir);
        unlinkat(at, name, AT_REMOVEDIR);
}

void spool_clear(struct app *app)
{
        char *path = xasprintf("%s/spool", app->dir);
        DIR *dir = open_folder(AT_FDCWD, path);
        free(path);
        if (!dir)
                return;
        for (struct dirent *entry; (entry = readdir(dir));) {
                if (is_bundle(entry->d_name))
                        unlinkat(dirfd(dir), entry->d_name, 0);
                else if (is_received(entry->d_name))
                        remove_folder(dirfd(dir), entry->d_name);
        }
        closedir(dir);
}
