/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All the forms of forms/, and records of tests/fichas, for the tests that go over them. */
#ifndef SIMAE_TEST_FORMS_H
#define SIMAE_TEST_FORMS_H

#include <stdlib.h>

#include <jansson.h>

#include "base/str.h"
#include "form/catalog.h"

static struct form_catalog real;

static inline const char *tree(void)
{
        const char *top = getenv("SIMAE_TREE");
        return top ? top : ".";
}

/* A set-up and a tear-down; the set-up fails if a form has mistakes. */
static inline int load_real(void **state)
{
        struct err_list list = {0};
        struct err err;
        char *path = xasprintf("%s/forms", tree());
        (void)state;
        if (form_catalog_load(path, &real, &list, &err) != ERR_OK)
                return -1;
        for (int i = 0; i < list.n; i++)
                print_error("%s\n", list.items[i].text);
        free(path);
        return list.n;
}

static inline int release_real(void **state)
{
        (void)state;
        form_catalog_release(&real);
        return 0;
}

/* "completa.json" or "minima.json" of a form; the caller's, NULL if it has none. */
static inline json_t *real_record(const char *form, const char *file)
{
        char *path = xasprintf("%s/tests/fichas/%s/%s", tree(), form, file);
        json_t *json = json_load_file(path, 0, NULL);
        free(path);
        return json;
}

#endif
