/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A folder of forms, loaded together.
 *
 * First every file is read and its identifier taken, so that `to:` can be
 * checked; then each form is loaded over one library, so that fragments and
 * lists are read once; then what only several forms can tell is checked: the
 * parameters of children, identifiers used twice.  At the end come the
 * fragments and lists that no form used.
 */
#include "catalog_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "guide_priv.h"
#include "indicators_priv.h"

/* Indicators: their keys are known before the forms are read, and checked when all are. */

static void read_indicators(struct folder *folder)
{
        if (!folder->library.dir)
                return;
        folder->indicator_mistakes = (struct mistakes){.home = "", .told = &folder->library.told};
        folder->indicators = indicators_read(folder->library.dir, NULL, &folder->indicator_mistakes);
}

static const struct name_table *known_indicators(const struct folder *folder)
{
        const struct indicators_private *all = (const struct indicators_private *)folder->indicators;
        return all && all->read ? &all->written : NULL;
}

static void check_indicators(struct folder *folder, struct form_catalog *ret, struct err_list *list)
{
        indicators_check(folder->indicators, ret->forms, ret->n, folder->ids, folder->ids_n, &folder->indicator_mistakes);
        mistakes_tell(&folder->indicator_mistakes, list);
        ret->indicators = folder->indicators;
        folder->indicators = NULL;
}

/* Forms */

static void load_forms(struct folder *folder)
{
        struct form_library settings = {.dir = folder->library.dir, .known_forms = folder->ids,
                                        .known_forms_n = folder->ids_n,
                                        .known_indicators = known_indicators(folder)};
        for (int i = 0; i < folder->n; i++) {
                struct file *file = &folder->files[i];
                if (file->root)
                        file->form = load_tree(file->root, file->nodes, &folder->library, &settings,
                                               &file->mistakes);
        }
}

static const struct form *loaded(const struct folder *folder, const char *id)
{
        for (int i = 0; i < folder->n; i++)
                if (folder->files[i].form && strcmp(folder->files[i].form->id, id) == 0)
                        return folder->files[i].form;
        return NULL;
}

static void check_parameter(struct folder *folder, struct file *file, const struct child_parameter *parameter,
                            const struct form *child)
{
        int found = form_find(child, parameter->name);
        if (found >= 0 && node_has_answer(&child->nodes[found]))
                return;
        const char **words = ARENA_ARRAY(&folder->arena, const char *, child->nodes_n);
        for (int i = 1; i < child->nodes_n; i++)
                words[i - 1] = child->nodes[i].name;
        const char *near = did_you_mean(&folder->arena, parameter->name, words, (size_t)child->nodes_n - 1);
        mistake_in_file(&file->mistakes, ERR_INVALID, parameter->file, parameter->line, parameter->column,
                        _("el formulario %s no tiene la pregunta «%.60s»%s%s"), child->id,
                        parameter->name, near,
                        parameter->includes);
}

/* What `children` and on_finalise fill in are questions of the form that they name. */
static void check_parameters(struct folder *folder)
{
        for (int i = 0; i < folder->n; i++) {
                struct file *file = &folder->files[i];
                const struct form_private *form = (const struct form_private *)file->form;
                for (int p = 0; form && p < form->child_parameters_n; p++) {
                        const struct child_parameter *parameter = &form->child_parameters[p];
                        const struct form *child = loaded(folder, parameter->to);
                        if (child)
                                check_parameter(folder, file, parameter, child);
                }
        }
}

static void check_guide(struct folder *folder, struct mistakes *mistakes)
{
        struct guide guide;
        guide_read(folder->library.dir, &guide, &folder->guide_files, mistakes);
        guide_release(&guide);
}

/* What no form used, and the guide, for their own mistakes. */
static void check_library(struct folder *folder, struct err_list *list)
{
        struct mistakes mistakes = {.told = &folder->library.told, .home = ""};
        struct library *library = &folder->library;
        const char *near;
        int n = 0;
        const char **names = library->dir ? library_folder(library->dir, "fragmentos", &folder->arena,
                                                           &n) : NULL;
        for (int i = 0; i < n; i++) {
                struct fragment *fragment = library_fragment(library, names[i], &mistakes, &near);
                if (fragment && !fragment->used)
                        load_fragment_alone(library, fragment, &mistakes);
        }
        load_lists_alone(library, &mistakes);
        if (library->dir)
                check_guide(folder, &mistakes);
        mistakes_tell(&mistakes, list);
        mistakes_release(&mistakes);
}

static void count_files(const struct folder *folder, struct form_catalog *ret)
{
        ret->files = folder->n + folder->library.fragments_n + folder->library.list_files + folder->guide_files +
                     (known_indicators(folder) != NULL);
}

static void give(struct folder *folder, struct form_catalog *ret, struct err_list *list)
{
        ret->forms = xcalloc((size_t)folder->n + 1, sizeof *ret->forms);
        for (int i = 0; i < folder->n; i++) {
                struct file *file = &folder->files[i];
                mistakes_tell(&file->mistakes, list);
                if (!file->mistakes.all && file->form)
                        ret->forms[ret->n++] = file->form;
                else
                        form_free(file->form);
                mistakes_release(&file->mistakes);
        }
        count_files(folder, ret);
}

static enum err_code check_path(const char *path, struct stat *st, struct err *err)
{
        if (stat(path, st) == 0 && (!S_ISDIR(st->st_mode) || access(path, R_OK | X_OK) == 0))
                return ERR_OK;
        if (errno == ENOENT || errno == ENOTDIR)
                return err_set(err, ERR_NOT_FOUND, _("%s: no existe"), path);
        return err_set_errno(err, errno, _("%s: no se puede leer"), path);
}

static const char *without_slash(struct arena *arena, const char *path)
{
        size_t len = strlen(path);
        while (len > 1 && path[len - 1] == '/')
                len--;
        return arena_strndup(arena, path, len);
}

static void load_folder(struct folder *folder, const char *dir, struct form_catalog *ret,
                        struct err_list *list)
{
        catalog_collect(folder, dir, 0);
        catalog_read_files(folder, false);
        catalog_take_ids(folder);
        if (folder->library.dir && strcmp(folder->library.dir, dir) != 0)
                catalog_take_ids_around(folder, dir);
        read_indicators(folder);
        load_forms(folder);
        check_parameters(folder);
        give(folder, ret, list);
        if (folder->library.dir && strcmp(folder->library.dir, dir) == 0)
                check_library(folder, list);
        count_files(folder, ret);
        if (folder->library.dir && strcmp(folder->library.dir, dir) == 0)
                check_indicators(folder, ret, list);
}

static void load_one(struct folder *folder, const char *path, struct form_catalog *ret, struct err_list *list)
{
        catalog_add_file(folder, path);
        catalog_read_files(folder, true);
        catalog_take_ids_around(folder, path);
        read_indicators(folder);
        load_forms(folder);
        give(folder, ret, list);
}

/* A fragment, a file of lists or of the guide given by its own path: all of its folder are checked. */
static void load_part(struct folder *folder, struct form_catalog *ret, struct err_list *list)
{
        check_library(folder, list);
        give(folder, ret, list);
}

/* The rest of a path below the library; NULL: not below it. */
static const char *below_library(const struct folder *folder, const char *path)
{
        const char *dir = folder->library.dir;
        size_t len = dir ? strlen(dir) : 0;
        if (!dir || (strcmp(dir, ".") != 0 && (!str_starts(path, dir) || path[len] != '/')))
                return NULL;
        return strcmp(dir, ".") == 0 ? path : path + len + 1;
}

static bool is_part(const struct folder *folder, const char *path)
{
        const char *rest = below_library(folder, path);
        return rest && (str_starts(rest, "fragmentos/") || str_starts(rest, "listas/") || str_starts(rest, "ayuda/"));
}

/* Indicators are right or wrong over all the forms. */
static bool is_indicators(const struct folder *folder, const char *path)
{
        const char *rest = below_library(folder, path);
        return rest && strcmp(rest, INDICATORS_FILE) == 0;
}

enum err_code form_catalog_load(const char *path, struct form_catalog *ret, struct err_list *mistakes,
                                struct err *err)
{
        struct folder folder = {0};
        struct stat st;
        enum err_code code = check_path(path, &st, err);
        if (code != ERR_OK)
                return code;
        path = without_slash(&folder.arena, path);
        library_init(&folder.library, catalog_find_library(&folder.arena, path));
        *ret = (struct form_catalog){0};
        if (S_ISDIR(st.st_mode))
                load_folder(&folder, path, ret, mistakes);
        else if (is_indicators(&folder, path))
                load_folder(&folder, folder.library.dir, ret, mistakes);
        else if (is_part(&folder, path))
                load_part(&folder, ret, mistakes);
        else
                load_one(&folder, path, ret, mistakes);
        indicators_free(folder.indicators);
        mistakes_release(&folder.indicator_mistakes);
        free(folder.files);
        library_release(&folder.library);
        arena_release(&folder.arena);
        return ERR_OK;
}

void form_catalog_release(struct form_catalog *catalog)
{
        for (int i = 0; i < catalog->n; i++)
                form_free(catalog->forms[i]);
        free(catalog->forms);
        indicators_free(catalog->indicators);
        *catalog = (struct form_catalog){0};
}

struct form *form_catalog_find(const struct form_catalog *catalog, const char *id)
{
        for (int i = 0; i < catalog->n; i++)
                if (strcmp(catalog->forms[i]->id, id) == 0)
                        return catalog->forms[i];
        return NULL;
}
