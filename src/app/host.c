/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a filling session asks of the world: attributes of directory entities,
 * the previous record of the same subject, and titles.  Answers of records
 * looked at lately are kept parsed: choosing a school reads a dozen attributes.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

static void empty_answers(struct cached_answers *slot)
{
        json_decref(slot->answers);
        *slot = (struct cached_answers){0};
}

static void empty_name(struct cached_name *slot)
{
        free(slot->title);
        free(slot->joined);
        *slot = (struct cached_name){0};
}

static void note_used(struct slots_used *used, int slot)
{
        if (used->n < USED_LISTED)
                used->at[used->n] = slot;
        used->n++;
}

/* The slots filled since the last time, or all of them when they were many: a record at a time must not pay for all. */
static int used_n(const struct slots_used *used, int all)
{
        return used->n <= USED_LISTED ? used->n : all;
}

static int used_at(const struct slots_used *used, int i)
{
        return used->n <= USED_LISTED ? used->at[i] : i;
}

void app_cache_clear(struct app *app)
{
        for (int i = 0, n = used_n(&app->cache_used, CACHE_SLOTS); i < n; i++)
                empty_answers(&app->cache[used_at(&app->cache_used, i)]);
        for (int i = 0, n = used_n(&app->names_used, NAME_SLOTS); i < n; i++)
                empty_name(&app->names[used_at(&app->names_used, i)]);
        app->cache_used.n = app->names_used.n = 0;
}

void app_cache_free(struct app *app)
{
        app_cache_clear(app);
        free(app->cache);
        free(app->names);
        app->cache = NULL;
        app->names = NULL;
}

static int place_of(const struct id *record, int slots)
{
        return (record->bytes[0] << 8 | record->bytes[1]) % slots;
}

/* Of that record, or of another that has to give way. */
static struct cached_answers *answers_slot(struct app *app, const struct id *record)
{
        if (!app->cache)
                app->cache = xcalloc(CACHE_SLOTS, sizeof *app->cache);
        struct cached_answers *slot = &app->cache[place_of(record, CACHE_SLOTS)];
        if (id_is_none(&slot->record) || !id_equal(&slot->record, record)) {
                empty_answers(slot);
                note_used(&app->cache_used, place_of(record, CACHE_SLOTS));
        }
        slot->record = *record;
        return slot;
}

struct cached_name *app_name(struct app *app, const struct id *record)
{
        if (!app->names)
                app->names = xcalloc(NAME_SLOTS, sizeof *app->names);
        struct cached_name *slot = &app->names[place_of(record, NAME_SLOTS)];
        if (id_is_none(&slot->record) || !id_equal(&slot->record, record)) {
                empty_name(slot);
                note_used(&app->names_used, place_of(record, NAME_SLOTS));
        }
        slot->record = *record;
        return slot;
}

void app_cache_forget(struct app *app, const struct id *record)
{
        if (app->cache && id_equal(&app->cache[place_of(record, CACHE_SLOTS)].record, record))
                empty_answers(&app->cache[place_of(record, CACHE_SLOTS)]);
        if (app->names && id_equal(&app->names[place_of(record, NAME_SLOTS)].record, record))
                empty_name(&app->names[place_of(record, NAME_SLOTS)]);
}

enum err_code record_answers(struct app *app, const struct store_record *view, json_t **ret, struct err *err)
{
        struct arena arena = {0};
        const char *body = view->merged;
        enum err_code rc = body ? ERR_OK : store_revision_body(app->store, &view->revision, &arena, &body, err);
        if (rc == ERR_OK)
                rc = revision_answers(body, ret, err);
        arena_release(&arena);
        return rc;
}

static bool load_answers(struct app *app, const struct id *record, struct cached_answers *slot)
{
        struct arena arena = {0};
        struct store_record view;
        const struct form *form = NULL;
        json_t *answers = NULL;
        bool found = store_record_get(app->store, record, &arena, &view, NULL) == ERR_OK &&
                     app_form_version(app, &view.form_hash, &form, NULL) == ERR_OK &&
                     record_answers(app, &view, &answers, NULL) == ERR_OK;
        if (found) {
                slot->answers = answers;
                slot->form = form;
        }
        arena_release(&arena);
        return found;
}

const json_t *app_answers(struct app *app, const struct id *record, const struct form **ret_form)
{
        struct cached_answers *slot = answers_slot(app, record);
        if (!slot->answers && !load_answers(app, record, slot))
                return NULL;
        if (ret_form)
                *ret_form = slot->form;
        return slot->answers;
}

static struct value text_value(const struct node *node, const char *text, struct arena *arena)
{
        struct value value = VALUE_NONE;
        enum value_kind kind = node ? node_type_info(node->type)->kind : VALUE_STRING;
        if (kind == VALUE_DATE && date_parse(text, &value.days)) {
                value.kind = VALUE_DATE;
        } else if (kind == VALUE_TIME && time_parse(text, &value.ms)) {
                value.kind = VALUE_TIME;
        } else if (kind == VALUE_DATETIME && datetime_parse(text, 0, &value.datetime)) {
                value.kind = VALUE_DATETIME;
        } else {
                value = value_string(*text ? arena_strdup(arena, text) : "");
        }
        return value;
}

static struct value set_value(const json_t *array, struct arena *arena)
{
        struct str names = STR_INIT;
        for (size_t i = 0; i < json_array_size(array); i++) {
                const char *name = json_string_value(json_array_get(array, i));
                if (name)
                        str_addf(&names, "%s%s", names.len ? " " : "", name);
        }
        struct value value = value_string(names.len ? arena_strdup(arena, names.text) : "");
        if (value.kind == VALUE_STRING)
                value.kind = VALUE_SET;
        str_release(&names);
        return value;
}

/* One answer of another record, as a value of the kind its question has. */
static struct value answer_value(const json_t *answers, const struct form *form, const char *name,
                                 struct arena *arena)
{
        const json_t *answer = json_object_get(answers, name);
        int node = form_find(form, name);
        if (!answer)
                return VALUE_NONE;
        if (json_is_string(answer))
                return text_value(node >= 0 ? &form->nodes[node] : NULL, json_string_value(answer), arena);
        if (json_is_number(answer))
                return value_number(json_number_value(answer));
        if (json_is_boolean(answer))
                return value_boolean(json_is_true(answer));
        return json_is_array(answer) ? set_value(answer, arena) : VALUE_NONE;
}

static struct value host_attribute(void *ctx, const char *reference, const char *name, struct arena *arena)
{
        const struct form *form;
        struct id id;
        if (!id_parse(reference, &id))
                return VALUE_NONE;
        const struct app_host *host = ctx;
        const json_t *answers = app_answers(host->app, &id, &form);
        return answers ? answer_value(answers, form, name, arena) : VALUE_NONE;
}

static struct value host_previous(void *ctx, const struct form *form, const char *subject, const char *name,
                                  struct arena *arena)
{
        const struct app_host *host = ctx;
        struct store_record before;
        const struct form *its_form;
        struct arena lookup = {0};
        struct value value = VALUE_NONE;
        subject = app_joined(host->app, subject, &lookup);
        if (store_record_previous(host->app->store, form->id, subject, "", &host->record, &lookup, &before, NULL) == ERR_OK) {
                const json_t *answers = app_answers(host->app, &before.id, &its_form);
                if (answers)
                        value = answer_value(answers, its_form, name, arena);
        }
        arena_release(&lookup);
        return value;
}

struct counting {
        const char *const *values;
        int n;
        int64_t found;
};

static enum err_code count_one(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct counting *counting = ctx;
        int same = 0;
        (void)record;
        (void)err;
        while (same < counting->n && strcmp(answers[same], counting->values[same]) == 0)
                same++;
        counting->found += same == counting->n;
        return ERR_OK;
}

/* What the record is about has an index. */
static void narrow(struct store_query *query, const struct form *form, const char *name, const char *value)
{
        if (!*value)
                return;
        if (form->school >= 0 && strcmp(form->nodes[form->school].name, name) == 0)
                query->school = value;
        else if (form->subject >= 0 && strcmp(form->nodes[form->subject].name, name) == 0)
                query->subject = value;
}

static int64_t host_count(void *ctx, const char *form, const char *const *names, const char *const *values, int n)
{
        const struct app_host *host = ctx;
        const struct form *current;
        struct counting counting = {.values = values, .n = n};
        struct store_query query = {.form = form, .sensitive = true};
        if (app_form(host->app, form, &current, NULL) != ERR_OK)
                return 0;
        for (int i = 0; i < n; i++)
                narrow(&query, current, names[i], values[i]);
        store_walk(host->app->store, &query, names, n, count_one, &counting, NULL);
        return counting.found;
}

const char *record_title(struct app *app, const char *id, struct arena *arena)
{
        struct id record;
        struct store_record view;
        char code[CODE_TEXT];
        if (!id_parse(id, &record))
                return id;
        struct cached_name *slot = app_name(app, &record);
        if (!slot->title && store_record_get(app->store, &record, arena, &view, NULL) == ERR_OK)
                slot->title = xstrdup(view.title);
        return arena_strdup(arena, slot->title ? slot->title : id_code(&record, code));
}

static const char *host_title(void *ctx, const char *id, struct arena *arena)
{
        const struct app_host *host = ctx;
        return record_title(host->app, id, arena);
}

static struct loaded_form *loaded_of(struct app *app, const struct form *form)
{
        static const struct id none;
        struct loaded_form *loaded = app->forms;
        while (loaded->form != form)
                loaded = loaded->next;
        if (!loaded->reading) {
                struct session_host host = app_session_host(app, &none, &loaded->host);
                loaded->reading = reading_new(form, &host);
        }
        return loaded;
}

/* What is asked of other records while it is in use comes from their rows and answers, never from a reading. */
struct reading *app_reading(struct app *app, const struct form *form, const json_t *answers, const struct id *record)
{
        struct loaded_form *loaded = loaded_of(app, form);
        app_session_host(app, record, &loaded->host);
        reading_load(loaded->reading, answers);
        return loaded->reading;
}

bool app_looks_around(struct app *app, const struct form *form)
{
        return reading_looks_around(loaded_of(app, form)->reading);
}

struct session_host app_session_host(struct app *app, const struct id *record, struct app_host *host)
{
        struct id device = store_device(app->store);
        bool known = !id_is_none(&app->profile.persona);
        host->app = app;
        host->record = *record;
        id_format(record, host->record_text);
        id_format(&device, host->device);
        id_format(&app->profile.persona, host->username);
        return (struct session_host){.ctx = host, .username = known ? host->username : NULL,
                                     .deviceid = host->device, .record_id = host->record_text,
                                     .attribute = host_attribute, .count_records = host_count,
                                     .previous = host_previous, .record_title = host_title};
}
