/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of a json_env (contract in expr/json_env.h): each name of its answers with its value. */
#ifndef SIMAE_SRC_EXPR_JSON_ENTRIES_H
#define SIMAE_SRC_EXPR_JSON_ENTRIES_H

#include "expr/json_env.h"

struct json_name {
        const char *name;
        enum expr_name_kind kind;
        struct value value;
};

enum { JSON_DEPTH_MAX = 32 };

/* Read `je->answers`, an object or NULL, into entries sorted by name. */
enum err_code json_entries_read(struct json_env *je, struct err *err);
/* NULL: there is none of that name. */
const struct json_name *json_entries_find(const struct json_env *je, const char *name);
/* A value, or a sequence if it is an array; NULL is no value. In `arena`. */
struct value json_entry_value(const json_t *json, struct arena *arena);
/* An object whose members count as if they stood outside it. */
bool json_entry_is_group(const json_t *json);

#endif
