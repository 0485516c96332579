/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answers are read once, by fields: `rows` are the n objects that stand
 * side by side (one outside repeats), and each of their keys becomes one entry
 * whose value is ready to be returned.
 */
#include "json_entries.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* Values */

static bool typed_value(const json_t *json, struct value *ret)
{
        const char *text;
        struct value value = VALUE_NONE;
        if (json_object_size(json) != 1)
                return false;
        if ((text = json_string_value(json_object_get(json, "date"))) != NULL) {
                if (date_parse(text, &value.days))
                        value.kind = VALUE_DATE;
        } else if ((text = json_string_value(json_object_get(json, "datetime"))) != NULL) {
                if (datetime_parse(text, -300, &value.datetime)) /* Peru, where it does not say */
                        value.kind = VALUE_DATETIME;
        } else if ((text = json_string_value(json_object_get(json, "time"))) != NULL) {
                if (time_parse(text, &value.ms))
                        value.kind = VALUE_TIME;
        } else if ((text = json_string_value(json_object_get(json, "set"))) != NULL) {
                value = value_string(text);
                if (value.kind == VALUE_STRING)
                        value.kind = VALUE_SET;
        } else {
                return false;
        }
        *ret = value;
        return true;
}

static struct value scalar(const json_t *json)
{
        struct value value;
        switch (json ? json_typeof(json) : JSON_NULL) {
        case JSON_STRING: return value_string(json_string_value(json));
        case JSON_INTEGER: return value_number((double)json_integer_value(json));
        case JSON_REAL: return value_number(json_real_value(json));
        case JSON_TRUE: return value_boolean(true);
        case JSON_FALSE: return value_boolean(false);
        case JSON_OBJECT: return typed_value(json, &value) ? value : VALUE_NONE;
        default: return VALUE_NONE;
        }
}

bool json_entry_is_group(const json_t *json)
{
        struct value value;
        return json_is_object(json) && !typed_value(json, &value);
}

static struct value sequence_of(const struct value *items, int n)
{
        return (struct value){.kind = VALUE_SEQUENCE, .count = n, .items = items};
}

static struct value sequence(const json_t *array, struct arena *arena)
{
        int n = (int)json_array_size(array);
        struct value *items = ARENA_ARRAY(arena, struct value, n);
        for (int i = 0; i < n; i++)
                items[i] = scalar(json_array_get(array, (size_t)i));
        return sequence_of(items, n);
}

struct value json_entry_value(const json_t *json, struct arena *arena)
{
        return json_is_array(json) ? sequence(json, arena) : scalar(json);
}

/* Entries */

static int compare_names(const void *a, const void *b)
{
        return strcmp(((const struct json_name *)a)->name, ((const struct json_name *)b)->name);
}

const struct json_name *json_entries_find(const struct json_env *je, const char *name)
{
        struct json_name key = {.name = name};
        if (je->entries_n == 0)
                return NULL;
        return bsearch(&key, je->entries, (size_t)je->entries_n, sizeof key, compare_names);
}

static struct json_name *add(struct json_env *je, const char *name, enum expr_name_kind kind)
{
        if (je->entries_n == je->entries_room) {
                je->entries_room = je->entries_room ? 2 * je->entries_room : 16;
                je->entries = xrealloc(je->entries, (size_t)je->entries_room * sizeof *je->entries);
        }
        struct json_name *entry = &je->entries[je->entries_n++];
        *entry = (struct json_name){.name = name, .kind = kind, .value = VALUE_NONE};
        return entry;
}

/* Objects side by side; `single` outside repeats. */
struct rows {
        const json_t **objects; /* a NULL one has no members */
        int n, depth;
        bool single;
};

static const json_t *member(const struct rows *rows, int i, const char *key)
{
        const json_t *json = rows->objects[i] ? json_object_get(rows->objects[i], key) : NULL;
        return json_is_null(json) ? NULL : json;
}

/* What decides the shape of a key: its first member that is there. */
static const json_t *sample(const struct rows *rows, const char *key)
{
        for (int i = 0; i < rows->n; i++)
                if (member(rows, i, key))
                        return member(rows, i, key);
        return NULL;
}

static enum err_code add_rows(struct json_env *je, const struct rows *rows, struct err *err);

static enum err_code add_group(struct json_env *je, const struct rows *rows, const char *key, struct err *err)
{
        struct rows inner = {.n = rows->n, .depth = rows->depth + 1, .single = rows->single};
        inner.objects = ARENA_ARRAY(&je->arena, const json_t *, rows->n);
        for (int i = 0; i < rows->n; i++)
                inner.objects[i] = member(rows, i, key);
        return add_rows(je, &inner, err);
}

static enum err_code add_repeat(struct json_env *je, const struct rows *rows, const char *key,
                                struct err *err)
{
        struct rows inner = {.depth = rows->depth + 1};
        for (int i = 0; i < rows->n; i++)
                inner.n += (int)json_array_size(member(rows, i, key));
        inner.objects = ARENA_ARRAY(&je->arena, const json_t *, inner.n);
        struct value *marks = ARENA_ARRAY(&je->arena, struct value, inner.n);
        int n = 0;
        for (int i = 0; i < rows->n; i++)
                for (size_t j = 0; j < json_array_size(member(rows, i, key)); j++) {
                        marks[n] = value_boolean(true);
                        inner.objects[n++] = json_array_get(member(rows, i, key), j);
                }
        for (int i = 0; i < n; i++)
                if (!json_is_object(inner.objects[i]))
                        return err_set(err, ERR_INVALID, _("«%s» mezcla filas y valores en una misma lista"),
                                       key);
        add(je, key, EXPR_NAME_REPEAT)->value = sequence_of(marks, n);
        return add_rows(je, &inner, err);
}

static enum err_code add_column(struct json_env *je, const struct rows *rows, const char *key)
{
        struct value *items = ARENA_ARRAY(&je->arena, struct value, rows->n);
        if (rows->single) {
                struct value value = json_entry_value(member(rows, 0, key), &je->arena);
                bool many = value.kind == VALUE_SEQUENCE;
                add(je, key, many ? EXPR_NAME_SEQUENCE : EXPR_NAME_VALUE)->value = value;
                return ERR_OK;
        }
        for (int i = 0; i < rows->n; i++)
                items[i] = scalar(member(rows, i, key));
        add(je, key, EXPR_NAME_SEQUENCE)->value = sequence_of(items, rows->n);
        return ERR_OK;
}

static enum err_code add_key(struct json_env *je, const struct rows *rows, const char *key, struct err *err)
{
        const json_t *like = sample(rows, key);
        if (json_entry_is_group(like))
                return add_group(je, rows, key, err);
        if (json_is_array(like) && json_entry_is_group(json_array_get(like, 0)))
                return add_repeat(je, rows, key, err);
        return add_column(je, rows, key);
}

static bool seen_before(const struct rows *rows, int row, const char *key)
{
        for (int i = 0; i < row; i++)
                if (rows->objects[i] && json_object_get(rows->objects[i], key))
                        return true;
        return false;
}

static enum err_code add_rows(struct json_env *je, const struct rows *rows, struct err *err)
{
        enum err_code code = ERR_OK;
        const char *key;
        json_t *value;
        if (rows->depth > JSON_DEPTH_MAX)
                return err_set(err, ERR_LIMIT, _("las respuestas tienen más de %d niveles"), JSON_DEPTH_MAX);
        for (int i = 0; i < rows->n && code == ERR_OK; i++) {
                json_object_foreach((json_t *)rows->objects[i], key, value) {
                        if (key[0] == '@' || key[0] == '.' || seen_before(rows, i, key))
                                continue;
                        code = add_key(je, rows, key, err);
                        if (code != ERR_OK)
                                break;
                }
        }
        return code;
}

/* previous(x) may name a question that has no answer here. */
static void add_previous(struct json_env *je)
{
        const char *key;
        json_t *value;
        int n = je->entries_n;
        json_object_foreach(json_object_get(je->answers, "@previous"), key, value) {
                bool known = false;
                for (int i = 0; i < n; i++)
                        known |= strcmp(je->entries[i].name, key) == 0;
                if (!known)
                        add(je, key, EXPR_NAME_VALUE);
        }
}

static enum err_code sort_entries(struct json_env *je, struct err *err)
{
        if (je->entries_n)
                qsort(je->entries, (size_t)je->entries_n, sizeof *je->entries, compare_names);
        for (int i = 1; i < je->entries_n; i++)
                if (strcmp(je->entries[i - 1].name, je->entries[i].name) == 0)
                        return err_set(err, ERR_INVALID, _("las respuestas nombran dos veces «%s»"),
                                       je->entries[i].name);
        return ERR_OK;
}

enum err_code json_entries_read(struct json_env *je, struct err *err)
{
        const json_t *first[] = {je->answers};
        struct rows rows = {.objects = first, .n = 1, .single = true};
        enum err_code code = je->answers ? add_rows(je, &rows, err) : ERR_OK;
        add_previous(je);
        return code == ERR_OK ? sort_entries(je, err) : code;
}
