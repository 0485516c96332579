/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a folder of forms: where its library is, which are forms, and their identifiers. */
#include "catalog_priv.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"

enum { FOLDERS_MAX = 20, CLIMB_MAX = 20 };

static bool is_folder(const char *path)
{
        struct stat st;
        return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool holds_library(struct arena *arena, const char *dir)
{
        return is_folder(arena_printf(arena, "%s/fragmentos", dir)) ||
               is_folder(arena_printf(arena, "%s/listas", dir));
}

/* The folder above, by name alone. */
static const char *above(struct arena *arena, const char *dir)
{
        const char *slash = strrchr(dir, '/');
        if (strcmp(dir, "/") == 0)
                return NULL;
        if (strcmp(dir, ".") == 0)
                return "..";
        if (str_ends(dir, ".."))
                return arena_printf(arena, "%s/..", dir);
        if (!slash)
                return ".";
        return slash == dir ? "/" : arena_strndup(arena, dir, (size_t)(slash - dir));
}

const char *catalog_find_library(struct arena *arena, const char *path)
{
        const char *dir = is_folder(path) ? path : above(arena, path);
        for (int i = 0; dir && i < CLIMB_MAX; i++, dir = above(arena, dir))
                if (holds_library(arena, dir))
                        return dir;
        return NULL;
}

void catalog_add_file(struct folder *folder, const char *path)
{
        GROW(folder->files, folder->n, folder->room);
        folder->files[folder->n++] = (struct file){.path = path, .mistakes = {.home = path}};
}

static int is_visible(const struct dirent *entry)
{
        return entry->d_name[0] != '.';
}

static bool is_library_part(const struct folder *folder, const char *dir, const char *name)
{
        return folder->library.dir && strcmp(dir, folder->library.dir) == 0 &&
               (strcmp(name, "fragmentos") == 0 || strcmp(name, "listas") == 0);
}

static int compare_entries(const struct dirent **a, const struct dirent **b)
{
        return strcmp((*a)->d_name, (*b)->d_name);
}

void catalog_collect(struct folder *folder, const char *dir, int depth)
{
        struct dirent **entries;
        int n = scandir(dir, &entries, is_visible, compare_entries);
        for (int i = 0; i < n; i++) {
                const char *name = entries[i]->d_name;
                const char *path = arena_printf(&folder->arena, "%s/%s", dir, name);
                struct stat st;
                if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
                        if (depth < FOLDERS_MAX && !is_library_part(folder, dir, name))
                                catalog_collect(folder, path, depth + 1);
                } else if (str_ends(name, ".yaml")) {
                        catalog_add_file(folder, path);
                }
                free(entries[i]);
        }
        if (n >= 0)
                free(entries);
}

/* Other YAML files (the guide, indicators) may live among the forms. */
static bool begins_form(const struct source *source)
{
        for (const char *line = source->text; line; line = strchr(line, '\n')) {
                line += *line == '\n';
                if (str_starts(line, "form:") || str_starts(line, "survey:"))
                        return true;
        }
        return false;
}

static const char *id_of(const struct ynode *root)
{
        const struct ynode *key = yaml_key(root, "form");
        return key && key->value->kind == Y_SCALAR ? key->value->text : NULL;
}

/* False if the file is not meant to be a form. */
static bool read_file(struct folder *folder, struct file *file, bool only)
{
        struct source *source = source_read(file->path, &folder->arena, &file->mistakes);
        if (!source)
                return true;
        if (!only && !begins_form(source))
                return false;
        file->root = yaml_parse(source, &folder->arena, &file->nodes, &file->mistakes);
        file->id = file->root ? id_of(file->root) : NULL;
        return true;
}

void catalog_read_files(struct folder *folder, bool only)
{
        int kept = 0;
        for (int i = 0; i < folder->n; i++) {
                folder->files[i].mistakes.told = &folder->library.told;
                if (read_file(folder, &folder->files[i], only))
                        folder->files[kept++] = folder->files[i];
        }
        folder->n = kept;
}

static void repeated_id(struct file *file, const struct file *first)
{
        const struct ynode *id = yaml_key(file->root, "form")->value;
        mistake_at(&file->mistakes, id, _("el formulario «%.60s» ya está en %s"), file->id, first->path);
}

void catalog_take_ids(struct folder *folder)
{
        struct name_table seen = {.arena = &folder->arena};
        int first;
        for (int i = 0; i < folder->n; i++) {
                struct file *file = &folder->files[i];
                if (file->id && !name_table_add(&seen, file->id, i, &first))
                        repeated_id(file, &folder->files[first]);
        }
        folder->ids = (const char **)name_table_words(&seen);
        folder->ids_n = seen.n;
}

/* A form by itself, or a folder of a few, may name those around it. */
void catalog_take_ids_around(struct folder *folder, const char *path)
{
        struct folder around = {.library = {.dir = folder->library.dir}};
        if (!folder->library.dir)
                return;
        catalog_collect(&around, folder->library.dir, 0);
        if (!is_folder(path))
                catalog_add_file(&around, path);
        around.library.told.arena = &around.arena;
        catalog_read_files(&around, false);
        folder->ids = ARENA_ARRAY(&folder->arena, const char *, around.n);
        folder->ids_n = 0;
        for (int i = 0; i < around.n; i++) {
                if (around.files[i].id)
                        folder->ids[folder->ids_n++] = arena_strdup(&folder->arena, around.files[i].id);
                mistakes_release(&around.files[i].mistakes);
        }
        free(around.files);
        arena_release(&around.arena);
}
