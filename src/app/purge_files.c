/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attached files that nobody names any more (contract in purge_files.h). */
#include "purge_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app_priv.h"
#include "base/attached.h"

static void keep(struct purge_files *files, const char hex[HASH_TEXT])
{
        for (size_t i = 0; i < files->n; i++)
                if (strcmp(files->hashes[i], hex) == 0)
                        return;
        if (files->n == files->room) {
                files->room = files->room ? 2 * files->room : 16;
                files->hashes = xrealloc(files->hashes, files->room * sizeof *files->hashes);
        }
        memcpy(files->hashes[files->n++], hex, HASH_TEXT);
}

/* The 64 digits stand between a quotation mark and a bar, and a hash that names no file here harms nobody. */
void purge_files_note(struct purge_files *files, const char *text)
{
        char hex[HASH_TEXT];
        struct hash hash;
        for (const char *bar = strchr(text, '/'); bar; bar = strchr(bar + 1, '/')) {
                if (bar - text < HASH_TEXT - 1)
                        continue;
                memcpy(hex, bar - (HASH_TEXT - 1), HASH_TEXT - 1);
                hex[HASH_TEXT - 1] = '\0';
                if (hash_parse(hex, &hash))
                        keep(files, hash_format(&hash, hex));
        }
}

enum err_code purge_files_spare(struct app *app, struct purge_files *files, struct err *err)
{
        enum err_code rc = ERR_OK;
        size_t doomed = 0;
        for (size_t i = 0; rc == ERR_OK && i < files->n; i++) {
                bool says = true;
                rc = store_says(app->store, files->hashes[i], &says, err);
                if (!says)
                        memmove(files->hashes[doomed++], files->hashes[i], HASH_TEXT);
        }
        if (rc == ERR_OK)
                files->n = doomed;
        return rc;
}

static bool is_doomed(const struct purge_files *files, const char *file)
{
        struct hash hash;
        char hex[HASH_TEXT];
        bool doomed = false;
        if (!attached_is_file(file, &hash))
                return false;
        hash_format(&hash, hex);
        for (size_t i = 0; i < files->n && !doomed; i++)
                doomed = strcmp(files->hashes[i], hex) == 0;
        return doomed;
}

enum err_code purge_files_remove(struct app *app, const struct purge_files *files, struct err *err)
{
        char *dir = xasprintf("%s/adjuntos", app->dir);
        DIR *folder = files->n ? opendir(dir) : NULL;
        enum err_code rc = ERR_OK;
        struct dirent *entry;
        if (files->n && !folder && errno != ENOENT)
                rc = err_set_errno(err, errno, _("se purgó, pero no se puede abrir la carpeta %s: borre usted sus adjuntos"), dir);
        while (folder && (entry = readdir(folder))) {
                char *path = xasprintf("%s/%s", dir, entry->d_name);
                if (is_doomed(files, entry->d_name) && unlink(path) != 0 && errno != ENOENT)
                        rc = err_set_errno(err, errno, _("se purgó, pero no se puede borrar el adjunto %s; bórrelo usted"), path);
                free(path);
        }
        if (folder)
                closedir(folder);
        free(dir);
        return rc;
}

void purge_files_release(struct purge_files *files)
{
        free(files->hashes);
        *files = (struct purge_files){0};
}
