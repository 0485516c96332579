/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The folder around the forms: fragmentos/ and listas/ (contract in library.h).
 *
 * Fragments are read when a form includes them; lists all at once, the first
 * time that a form names one that is not its own, since any file may hold it.
 */
#include "library.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "keys.h"

void library_init(struct library *library, const char *dir)
{
        *library = (struct library){0};
        library->fragment_names.arena = library->list_names.arena = library->told.arena = &library->arena;
        library->dir = dir ? arena_strdup(&library->arena, dir) : NULL;
}

void library_release(struct library *library)
{
        for (int i = 0; i < library->fragments_n; i++)
                free(library->fragments[i]);
        free(library->fragments);
        free(library->lists);
        arena_release(&library->arena);
}

static int compare_names(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **library_folder(const char *dir, const char *folder, struct arena *arena, int *ret_n)
{
        const char **names = NULL;
        int n = 0, room = 0;
        char *path = xasprintf("%s/%s", dir, folder);
        DIR *stream = opendir(path);
        free(path);
        for (struct dirent *entry; stream && (entry = readdir(stream));) {
                if (entry->d_name[0] == '.' || !str_ends(entry->d_name, ".yaml"))
                        continue;
                if (n == room) {
                        room = room ? 2 * room : 16;
                        names = xrealloc(names, (size_t)room * sizeof *names);
                }
                names[n++] = arena_strndup(arena, entry->d_name, strlen(entry->d_name) - strlen(".yaml"));
        }
        if (stream)
                closedir(stream);
        const char **copy = ARENA_ARRAY(arena, const char *, n);
        if (n) {
                qsort(names, (size_t)n, sizeof *names, compare_names);
                memcpy(copy, names, (size_t)n * sizeof *names);
        }
        free(names);
        *ret_n = n;
        return copy;
}

static const struct ynode *read_tree(struct library *library, const char *path, struct mistakes *mistakes)
{
        int nodes = 0;
        struct source *source = source_read(path, &library->arena, mistakes);
        struct ynode *root = source ? yaml_parse(source, &library->arena, &nodes, mistakes) : NULL;
        if (!root || root->kind == Y_MAP)
                return root;
        mistake_at(mistakes, root,
                   _("se esperaban claves con sus valores («clave: valor») al comienzo de la línea"));
        return NULL;
}

static bool exists(const char *name, const char **names, int n)
{
        return n && bsearch(&name, names, (size_t)n, sizeof *names, compare_names);
}

static struct fragment *new_fragment(struct library *library, const char *name)
{
        struct fragment *fragment = xcalloc(1, sizeof *fragment);
        fragment->name = arena_strdup(&library->arena, name);
        fragment->path = arena_printf(&library->arena, "%s/fragmentos/%s.yaml", library->dir, name);
        name_table_add(&library->fragment_names, fragment->name, library->fragments_n, NULL);
        if (library->fragments_n == library->fragments_room) {
                library->fragments_room = library->fragments_room ? 2 * library->fragments_room : 16;
                library->fragments = xrealloc(library->fragments,
                                              (size_t)library->fragments_room * sizeof *library->fragments);
        }
        return library->fragments[library->fragments_n++] = fragment;
}

struct fragment *library_fragment(struct library *library, const char *name, struct mistakes *mistakes,
                                  const char **ret_near)
{
        int n, known = name_table_get(&library->fragment_names, name);
        *ret_near = NULL;
        if (known >= 0) {
                /* What was wrong with it was told, and this form cannot do without it. */
                mistakes->all += !library->fragments[known]->root;
                return library->fragments[known];
        }
        if (!library->dir)
                return NULL;
        const char **names = library_folder(library->dir, "fragmentos", &library->arena, &n);
        if (!exists(name, names, n)) {
                *ret_near = str_nearest(name, names, (size_t)n);
                return NULL;
        }
        struct fragment *fragment = new_fragment(library, name);
        fragment->root = read_tree(library, fragment->path, mistakes);
        return fragment;
}

static void add_list(struct library *library, const struct ynode *key, struct mistakes *mistakes)
{
        int old;
        if (!name_table_add(&library->list_names, key->text, library->lists_n, &old)) {
                const struct ynode *first = library->lists[old].key;
                mistake_at(mistakes, key, _("la lista «%.60s» ya está en %s:%d"), key->text,
                           first->origin->source->file, first->line);
                return;
        }
        if (library->lists_n == library->lists_room) {
                library->lists_room = library->lists_room ? 2 * library->lists_room : 16;
                library->lists = xrealloc(library->lists,
                                          (size_t)library->lists_room * sizeof *library->lists);
        }
        library->lists[library->lists_n++] = (struct shared_list){key->text, key, false};
}

static void read_list_file(struct library *library, const struct key_reader *keys, const char *name,
                           struct mistakes *mistakes)
{
        struct fields fields;
        const char *path = arena_printf(&library->arena, "%s/listas/%s.yaml", library->dir, name);
        const struct ynode *root = read_tree(library, path, mistakes);
        if (!root)
                return;
        fields_read(keys, root, PLACE_LISTS, &library->arena, &fields);
        const struct ynode *choices = fields_value(&fields, KEY_CHOICES);
        if (!choices && !fields_has(&fields, KEY_CHOICES))
                mistake_at(mistakes, root, _("falta la clave choices, con las listas"));
        for (const struct ynode *key = choices ? choices->first : NULL; key; key = key->next)
                if (key->kind == Y_SCALAR)
                        add_list(library, key, mistakes);
}

void library_read_lists(struct library *library, struct mistakes *mistakes)
{
        int before = mistakes->all;
        struct key_reader keys;
        if (library->lists_read || !library->dir)
                return;
        library->lists_read = true;
        key_reader_init(&keys, &library->arena, mistakes);
        const char **names = library_folder(library->dir, "listas", &library->arena, &library->list_files);
        for (int i = 0; i < library->list_files; i++)
                read_list_file(library, &keys, names[i], mistakes);
        library->broken = mistakes->all - before;
}

struct shared_list *library_list(struct library *library, const char *name, struct mistakes *mistakes)
{
        library_read_lists(library, mistakes);
        int known = name_table_get(&library->list_names, name);
        return known < 0 ? NULL : &library->lists[known];
}
