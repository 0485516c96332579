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
#include "form/catalog.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "guide_priv.h"
#include "indicators_priv.h"
#include "load.h"

enum { FOLDERS_MAX = 20, CLIMB_MAX = 20 };

struct file {
        const char *path;
        const struct ynode *root;
        const char *id; /* NULL: has none */
        struct form *form;
        int nodes;
        struct mistakes mistakes;
};

struct folder {
        struct arena arena;
        struct library library;
        struct file *files;
        int n, room;
        const char **ids;
        int ids_n;
        int guide_files;
        struct indicators *indicators;
        struct mistakes indicator_mistakes;
};

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

static const char *find_library(struct arena *arena, const char *path)
{
        const char *dir = is_folder(path) ? path : above(arena, path);
        for (int i = 0; dir && i < CLIMB_MAX; i++, dir = above(arena, dir))
                if (holds_library(arena, dir))
                        return dir;
        return NULL;
}

/* Files */

static void add_file(struct folder *folder, const char *path)
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

static void collect(struct folder *folder, const char *dir, int depth)
{
        struct dirent **entries;
        int n = scandir(dir, &entries, is_visible, compare_entries);
        for (int i = 0; i < n; i++) {
                const char *name = entries[i]->d_name;
                const char *path = arena_printf(&folder->arena, "%s/%s", dir, name);
                struct stat st;
                if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
                        if (depth < FOLDERS_MAX && !is_library_part(folder, dir, name))
                                collect(folder, path, depth + 1);
                } else if (str_ends(name, ".yaml")) {
                        add_file(folder, path);
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

static void read_files(struct folder *folder, bool only)
{
        int kept = 0;
        for (int i = 0; i < folder->n; i++) {
                folder->files[i].mistakes.told = &folder->library.told;
                if (read_file(folder, &folder->files[i], only))
                        folder->files[kept++] = folder->files[i];
        }
        folder->n = kept;
}

/* Identifiers */

static void repeated_id(struct file *file, const struct file *first)
{
        const struct ynode *id = yaml_key(file->root, "form")->value;
        mistake_at(&file->mistakes, id, _("el formulario «%.60s» ya está en %s"), file->id, first->path);
}

static void take_ids(struct folder *folder)
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
static void take_ids_around(struct folder *folder, const char *path)
{
        struct folder around = {.library = {.dir = folder->library.dir}};
        if (!folder->library.dir)
                return;
        collect(&around, folder->library.dir, 0);
        if (!is_folder(path))
                add_file(&around, path);
        around.library.told.arena = &around.arena;
        read_files(&around, false);
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
        collect(folder, dir, 0);
        read_files(folder, false);
        take_ids(folder);
        if (folder->library.dir && strcmp(folder->library.dir, dir) != 0)
                take_ids_around(folder, dir);
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
        add_file(folder, path);
        read_files(folder, true);
        take_ids_around(folder, path);
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
        library_init(&folder.library, find_library(&folder.arena, path));
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
