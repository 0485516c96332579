/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to a loaded form (contract in form/form.h). */
#include "form/form.h"

#include <stdlib.h>
#include <string.h>

#include "load.h"

static const struct form_private *private_of(const struct form *form)
{
        return (const struct form_private *)form;
}

void form_free(struct form *form)
{
        if (!form)
                return;
        /* The form lives in the arena that it points to. */
        struct arena *arena = form->arena;
        arena_release(arena);
        free(arena);
}

void form_write(const struct form *form, struct str *out)
{
        str_addn(out, private_of(form)->text, private_of(form)->len);
}

struct hash form_hash(const struct form *form)
{
        return hash_of(private_of(form)->text, private_of(form)->len);
}

int form_find(const struct form *form, const char *name)
{
        return name_table_get(&private_of(form)->names, name);
}

const struct choice *choice_list_find(const struct choice_list *list, const char *name)
{
        for (int i = 0; i < list->n; i++)
                if (strcmp(list->choices[i].name, name) == 0)
                        return &list->choices[i];
        return NULL;
}

const struct choice_list *form_find_list(const struct form *form, const char *name)
{
        for (int i = 0; i < form->lists_n; i++)
                if (strcmp(form->lists[i].name, name) == 0)
                        return &form->lists[i];
        return NULL;
}

const char *choice_column(const struct choice *choice, const char *name)
{
        if (strcmp(name, "name") == 0)
                return choice->name;
        if (strcmp(name, "label") == 0)
                return choice->label;
        if (strcmp(name, "hint") == 0)
                return choice->hint;
        for (int i = 0; i < choice->columns_n; i++)
                if (strcmp(choice->columns[2 * i], name) == 0)
                        return choice->columns[2 * i + 1];
        return NULL;
}

int form_section_of(const struct form *form, int node)
{
        while (form->nodes[node].depth > 1)
                node = form->nodes[node].parent;
        return node;
}
