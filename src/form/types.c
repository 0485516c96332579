/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The types of survey items, from form/types.def, and what follows from a type. */
#include "types.h"

#include <string.h>

#define NONE false
#define LIST true

static const struct node_type_info types[] = {
#define TYPE(symbol, name, argument, kind, about) {name, about, argument, kind},
#include "form/types.def"
#undef TYPE
};

static const char *const names[] = {
#define TYPE(symbol, name, argument, kind, about) name,
#include "form/types.def"
#undef TYPE
};

const struct node_type_info *node_type_info(enum node_type type)
{
        return &types[type];
}

const char *const *type_names(size_t *ret_n)
{
        *ret_n = NODE_GROUP; /* groups and repeats have keys of their own */
        return names;
}

int type_find(const char *name, size_t len)
{
        for (size_t i = 0; i < ARRAY_LEN(types); i++)
                if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
                        return (int)i;
        return -1;
}

bool type_is_metadata(enum node_type type)
{
        return type >= NODE_START && type <= NODE_USERNAME;
}

bool type_needs_label(enum node_type type)
{
        return !type_is_metadata(type) && type != NODE_CALCULATE && type != NODE_HIDDEN && type < NODE_GROUP;
}

bool node_is_question(const struct node *node)
{
        return type_needs_label(node->type) && node->type != NODE_NOTE;
}

bool node_has_answer(const struct node *node)
{
        return node->type != NODE_NOTE && node->type != NODE_GROUP && !(node->flags & NODE_PENDING);
}

enum expr_name_kind node_name_kind(const struct scope *scopes, const struct node *node, int scope)
{
        if (node->type == NODE_REPEAT || node->type == NODE_CHILDREN)
                return EXPR_NAME_REPEAT;
        for (; scope >= 0; scope = scopes[scope].parent)
                if (scope == node->scope)
                        return EXPR_NAME_VALUE;
        return EXPR_NAME_SEQUENCE;
}
