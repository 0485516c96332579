/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to the form layer: fragments and shared lists, read once for all
 * the forms of a catalog.
 */
#ifndef SIMAE_FORM_LIBRARY_H
#define SIMAE_FORM_LIBRARY_H

#include "mistakes.h"
#include "names.h"
#include "yaml.h"

struct fragment {
        const char *name, *path;
        const struct ynode *root; /* NULL: could not be read, and told */
        bool used;
};

struct shared_list {
        const char *name;
        const struct ynode *key;
        bool used;
};

struct library {
        const char *dir; /* NULL: none */
        struct arena arena;
        struct name_table fragment_names, list_names, told;
        struct fragment **fragments;
        int fragments_n, fragments_room;
        struct shared_list *lists;
        int lists_n, lists_room;
        int list_files;
        int broken; /* mistakes of lists told when they were read */
        bool lists_read;
};

void library_init(struct library *library, const char *dir);
void library_release(struct library *library);
/* NULL if there is no such file; *ret_near (in the library's arena) the nearest name, or NULL. */
struct fragment *library_fragment(struct library *library, const char *name, struct mistakes *mistakes,
                                  const char **ret_near);
/* NULL if there is none. Reads all lists the first time. */
struct shared_list *library_list(struct library *library, const char *name, struct mistakes *mistakes);
void library_read_lists(struct library *library, struct mistakes *mistakes);
/* Names of the *.yaml of a folder below the library, without ".yaml", sorted; in `arena`. */
const char **library_folder(const char *dir, const char *folder, struct arena *arena, int *ret_n);

#endif
