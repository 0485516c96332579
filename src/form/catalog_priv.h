/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of forms while it is loaded: catalog_files.c finds and reads its files, catalog.c makes forms of them. */
#ifndef SIMAE_SRC_FORM_CATALOG_PRIV_H
#define SIMAE_SRC_FORM_CATALOG_PRIV_H

#include "form/catalog.h"
#include "load.h"

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

/* The nearest folder from `path` upwards that has fragments or lists, in `arena`; NULL: none has. */
const char *catalog_find_library(struct arena *arena, const char *path);
void catalog_add_file(struct folder *folder, const char *path);
/* Every file of YAML below `dir`, in order of name; 0: the first depth. */
void catalog_collect(struct folder *folder, const char *dir, int depth);
/* Read all; unless `only` those that do not begin as a form are left out. */
void catalog_read_files(struct folder *folder, bool only);
/* The identifiers there are: a repeated one is a mistake. */
void catalog_take_ids(struct folder *folder);
/* For a form by itself, or a folder of a few, which may name those around it. */
void catalog_take_ids_around(struct folder *folder, const char *path);

#endif
