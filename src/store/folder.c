/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The data folder: made private, and marked with the file `id` once a store
 * stands in it.  With the mark and without simae.db, data are missing (a stick
 * not plugged in, a disk not mounted) and nothing is started afresh.
 *
 * The mark gets its name before store_open() returns for the first time, so
 * no answer is ever kept in a folder without it, and a power cut while the
 * store is being made does not leave a mark without a store.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_priv.h"

char *path_join(const char *dir, const char *name)
{
        return xasprintf("%s%s%s", dir, str_ends(dir, "/") ? "" : "/", name);
}

static enum err_code make_one(const char *path, struct err *err)
{
        struct stat st;
        if (mkdir(path, 0700) == 0)
                return ERR_OK;
        int errnum = errno;
        if (errnum == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
                return ERR_OK;
        return err_set_errno(err, errnum,
                             _("No se pudo crear la carpeta de datos %s; revise que exista la que la "
                               "contiene y que se pueda escribir en ella"),
                             path);
}

enum err_code folder_make(const char *dir, struct err *err)
{
        char *path = xstrdup(dir);
        enum err_code rc = ERR_OK;
        for (char *slash = strchr(path + 1, '/'); slash && rc == ERR_OK; slash = strchr(slash + 1, '/')) {
                *slash = '\0';
                if (access(path, F_OK) != 0)
                        rc = make_one(path, err);
                *slash = '/';
        }
        if (rc == ERR_OK)
                rc = make_one(path, err);
        free(path);
        return rc;
}

bool folder_has_id(const char *dir)
{
        char *path = path_join(dir, "id");
        bool has = access(path, F_OK) == 0;
        free(path);
        return has;
}

enum err_code path_sync(const char *path, struct err *err)
{
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        bool done = fd >= 0 && fsync(fd) == 0;
        int errnum = errno;
        if (fd >= 0)
                close(fd);
        return done ? ERR_OK : err_set_errno(err, errnum, _("No se pudo asegurar en el disco %s"), path);
}

enum err_code path_rename(const char *from, const char *to, struct err *err)
{
        if (rename(from, to) != 0)
                return err_set_errno(err, errno, _("No se pudo dar nombre a %s"), to);
        char *dir = xstrdup(to);
        char *slash = strrchr(dir, '/');
        if (slash)
                slash[slash == dir] = '\0'; /* the root keeps its slash */
        enum err_code rc = path_sync(slash ? dir : ".", err);
        free(dir);
        return rc;
}

static enum err_code write_text(const char *path, const char *text, struct err *err)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        size_t len = strlen(text);
        bool done = fd >= 0 && write(fd, text, len) == (ssize_t)len && fsync(fd) == 0;
        int errnum = errno;
        if (fd >= 0)
                close(fd);
        return done ? ERR_OK : err_set_errno(err, errnum, _("No se pudo escribir %s"), path);
}

enum err_code folder_mark(const char *dir, const struct id *device, struct err *err)
{
        if (folder_has_id(dir))
                return ERR_OK;
        char text[ID_TEXT + 1];
        char *part = path_join(dir, "id.part"), *path = path_join(dir, "id");
        id_format(device, text);
        text[ID_TEXT - 1] = '\n';
        text[ID_TEXT] = '\0';
        enum err_code rc = write_text(part, text, err);
        if (rc == ERR_OK)
                rc = path_rename(part, path, err);
        free(part);
        free(path);
        return rc;
}
