/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A folder of forms: every *.yaml below it that begins a form, outside
 * fragmentos/ and listas/ , loaded together so that references between forms are checked.
 */
#ifndef SIMAE_FORM_CATALOG_H
#define SIMAE_FORM_CATALOG_H

#include "form/form.h"
#include "form/indicators.h"

struct form_catalog {
        struct form **forms; /* in order of path; owned */
        int n;
        int files;           /* files read, fragments, lists, guide and indicators included */
        struct indicators *indicators; /* of a whole folder, those without mistakes; else NULL. Owned */
};

/*
 * Load all forms of `dir` (a folder) or the single file `path`, whose library
 * is the nearest folder above it that holds fragmentos/ or listas/ .  Mistakes
 * of all files are collected; forms with mistakes are left out.  Fragments and
 * lists that no form uses are checked too, and the guide (form/guide.h) and
 * the indicators (form/indicators.h).
 */
enum err_code form_catalog_load(const char *path, struct form_catalog *ret, struct err_list *mistakes,
                                struct err *err);
void form_catalog_release(struct form_catalog *catalog);
struct form *form_catalog_find(const struct form_catalog *catalog, const char *id);

#endif
