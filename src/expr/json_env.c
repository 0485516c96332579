/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A world for expressions from a JSON object (contract in expr/json_env.h).
 * A ref is the index of an entry (json_entries.c), which has its value ready.
 */
#include "json_entries.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static const json_t *extra(const struct json_env *je, const char *key)
{
        return je->answers ? json_object_get(je->answers, key) : NULL;
}

static bool names_answer(void *ctx, const char *name, int *ret_ref, enum expr_name_kind *ret_kind)
{
        const struct json_env *je = ctx;
        const struct json_name *entry = json_entries_find(je, name);
        if (!entry)
                return false;
        *ret_ref = (int)(entry - je->entries);
        *ret_kind = entry->kind;
        return true;
}

static const char *names_nearest(void *ctx, const char *name)
{
        const struct json_env *je = ctx;
        const char **all = xcalloc((size_t)je->entries_n + 1, sizeof *all);
        for (int i = 0; i < je->entries_n; i++)
                all[i] = je->entries[i].name;
        const char *near = str_nearest(name, all, (size_t)je->entries_n);
        free(all);
        return near;
}

static bool names_column(void *ctx, const char *name)
{
        return json_object_get(extra(ctx, "@columns"), name) != NULL;
}

static bool names_list(void *ctx, const char *name)
{
        return json_object_get(extra(ctx, "@lists"), name) != NULL;
}

static struct value env_answer(void *ctx, int ref, struct arena *arena)
{
        const struct json_env *je = ctx;
        (void)arena;
        return je->entries[ref].value;
}

static int env_position(void *ctx, int repeat_ref)
{
        const struct json_env *je = ctx;
        const char *name = repeat_ref < 0 ? ".." : je->entries[repeat_ref].name;
        return (int)json_integer_value(json_object_get(extra(je, "@position"), name));
}

/* A member of `object` or of the groups inside it. */
static const json_t *find_member(const json_t *object, const char *name, int depth)
{
        const char *key;
        json_t *value;
        const json_t *found = json_object_get(object, name);
        if (found || depth > JSON_DEPTH_MAX)
                return found;
        json_object_foreach((json_t *)object, key, value) {
                if (key[0] != '@' && json_entry_is_group(value))
                        found = find_member(value, name, depth + 1);
                if (found)
                        break;
        }
        return found;
}

static struct value env_indexed(void *ctx, int ref, const int *repeat_refs, const int *rows, int n,
                                struct arena *arena)
{
        const struct json_env *je = ctx;
        const json_t *at = je->answers;
        for (int i = 0; i < n; i++) {
                const json_t *repeat = find_member(at, je->entries[repeat_refs[i]].name, 0);
                at = json_array_get(repeat, (size_t)rows[i] - 1);
        }
        return json_entry_value(find_member(at, je->entries[ref].name, 0), arena);
}

static const char *env_choice_label(void *ctx, int ref, const char *choice, struct arena *arena)
{
        const struct json_env *je = ctx;
        (void)arena;
        const json_t *labels = json_object_get(extra(je, "@choices"), je->entries[ref].name);
        return json_string_value(json_object_get(labels, choice));
}

static const char *env_column(void *ctx, const char *name)
{
        return json_string_value(json_object_get(extra(ctx, "@columns"), name));
}

static const char *env_lookup(void *ctx, const char *list, const char *column, const char *key_column,
                              const char *key)
{
        const json_t *rows = json_object_get(extra(ctx, "@lists"), list);
        for (size_t i = 0; i < json_array_size(rows); i++) {
                const json_t *row = json_array_get(rows, i);
                if (str_equal(json_string_value(json_object_get(row, key_column)), key))
                        return json_string_value(json_object_get(row, column));
        }
        return NULL;
}

static const char *env_cell(void *ctx, const char *list, int row, const char *column)
{
        const json_t *rows = json_object_get(extra(ctx, "@lists"), list);
        return json_string_value(json_object_get(json_array_get(rows, (size_t)row), column));
}

static bool has_answers(const json_t *record, const char *const *names, const char *const *values, int n)
{
        for (int i = 0; i < n; i++) {
                const char *answer = json_string_value(json_object_get(record, names[i]));
                if (strcmp(answer ? answer : "", values[i]) != 0)
                        return false;
        }
        return true;
}

static int64_t env_count_records(void *ctx, const char *form, const char *const *names, const char *const *values, int n)
{
        const json_t *records = json_object_get(extra(ctx, "@records"), form);
        int64_t count = 0;
        for (size_t i = 0; i < json_array_size(records); i++)
                count += has_answers(json_array_get(records, i), names, values, n);
        return count;
}

static struct value env_previous(void *ctx, int ref, struct arena *arena)
{
        const struct json_env *je = ctx;
        return json_entry_value(json_object_get(extra(je, "@previous"), je->entries[ref].name), arena);
}

static struct value env_attribute(void *ctx, const char *reference, const char *name, struct arena *arena)
{
        const json_t *entity = json_object_get(extra(ctx, "@attributes"), reference);
        return json_entry_value(json_object_get(entity, name), arena);
}

static void set_callbacks(struct json_env *je)
{
        je->names = (struct expr_names){.ctx = je, .answer = names_answer, .column = names_column,
                                        .list = names_list, .nearest = names_nearest, .current = true};
        je->env = (struct expr_env){.ctx = je, .answer = env_answer, .position = env_position,
                                    .indexed = env_indexed, .choice_label = env_choice_label,
                                    .column = env_column, .lookup = env_lookup, .cell = env_cell,
                                    .count_records = env_count_records, .record_id = json_string_value(extra(je, "@id")),
                                    .previous = env_previous, .attribute = env_attribute};
        je->env.current = json_entry_value(extra(je, "."), &je->arena);
}

enum err_code json_env_init(struct json_env *je, json_t *answers, struct err *err)
{
        if (answers && !json_is_object(answers))
                return err_set(err, ERR_INVALID,
                               _("las respuestas deben ser un objeto JSON: {\"nombre\": valor, …}"));
        *je = (struct json_env){.answers = json_incref(answers)};
        enum err_code code = json_entries_read(je, err);
        if (code != ERR_OK)
                json_env_release(je);
        else
                set_callbacks(je);
        return code;
}

void json_env_release(struct json_env *je)
{
        json_decref(je->answers);
        arena_release(&je->arena);
        free(je->entries);
        *je = (struct json_env){0};
}
