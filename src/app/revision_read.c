/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A revision that came from elsewhere: is it one? (contract in app/revision.h) */
#include "app/revision.h"

#include <string.h>

#include "base/json.h"
#include "revision_limits.h"

static enum err_code wrong(struct err *err, const char *key)
{
        return err_set(err, ERR_INVALID, _("no es una revisión: su «%s» no es como debe ser"), key);
}

static const char *text_of(const json_t *body, const char *key)
{
        const char *text = json_string_value(json_object_get(body, key));
        return text ? text : "";
}

static bool read_state(const json_t *body, enum record_state *ret)
{
        for (int i = RECORD_CONCLUIDO; i <= RECORD_ANULADO; i++)
                if (strcmp(text_of(body, "state"), record_state_word((enum record_state)i)) == 0) {
                        *ret = (enum record_state)i;
                        return strcmp(text_of(body, "op"), i == RECORD_ANULADO ? "annul" : "put") == 0;
                }
        return false;
}

static bool is_word(enum record_state state)
{
        return state == RECORD_VALIDADO || state == RECORD_OBSERVADO;
}

/* Sorted, so each once. */
static bool read_parents(const json_t *body, struct arena *arena, struct store_revision *ret)
{
        const json_t *array = json_object_get(body, "par");
        size_t n = json_array_size(array);
        struct hash *parents = ARENA_ARRAY(arena, struct hash, n < REVISION_PARENTS_MAX ? n : 0);
        bool good = json_is_array(array) && n < REVISION_PARENTS_MAX;
        for (size_t i = 0; good && i < n; i++) {
                const char *text = json_string_value(json_array_get(array, i));
                good = text && hash_parse(text, &parents[i]) &&
                       (i == 0 || memcmp(parents[i - 1].bytes, parents[i].bytes, HASH_BYTES) < 0);
        }
        ret->parents = parents;
        ret->parents_n = (int)n;
        return good;
}

static bool is_gen(const json_t *gen, int parents_n)
{
        json_int_t value = json_integer_value(gen);
        return json_is_integer(gen) && value >= 1 && value <= REVISION_GEN_MAX && (value == 1) == (parents_n == 0);
}

static bool are_names(const json_t *array)
{
        for (size_t i = 0; i < json_array_size(array); i++)
                if (!json_is_string(json_array_get(array, i)))
                        return false;
        return json_is_array(array);
}

static bool is_short(const char *text, bool may_be_empty)
{
        return strlen(text) <= REVISION_NAME_MAX && (may_be_empty || *text);
}

static enum err_code read_body(const json_t *body, struct arena *arena, struct store_revision *ret, struct err *err)
{
        struct datetime when;
        struct id device;
        const char *author = text_of(body, "author");
        if (!id_parse(text_of(body, "rec"), &ret->record) || id_is_none(&ret->record))
                return wrong(err, "rec");
        if (!read_parents(body, arena, ret))
                return wrong(err, "par");
        if (!read_state(body, &ret->state))
                return wrong(err, "state");
        if (!is_short(text_of(body, "form"), false) || !is_short(text_of(body, "version"), false))
                return wrong(err, "form");
        if (!hash_parse(text_of(body, "form_hash"), &ret->form_hash))
                return wrong(err, "form_hash");
        if (!is_gen(json_object_get(body, "gen"), ret->parents_n))
                return wrong(err, "gen");
        if (!json_is_string(json_object_get(body, "author")) || !is_short(author, true))
                return wrong(err, "author");
        if (!id_parse(text_of(body, "device"), &device))
                return wrong(err, "device");
        if (!datetime_parse(text_of(body, "when"), 0, &when))
                return wrong(err, "when");
        if (!are_names(json_object_get(body, "w")) || (is_word(ret->state) && json_array_size(json_object_get(body, "w"))))
                return wrong(err, "w");
        if (is_word(ret->state) && ret->parents_n == 0)
                return wrong(err, "par");
        return json_is_object(json_object_get(body, "f")) ? ERR_OK : wrong(err, "f");
}

enum err_code revision_parse(const char *text, size_t len, struct arena *arena, struct store_revision *ret, json_t **ret_body,
                             struct err *err)
{
        struct store_revision revision = {.body = text};
        json_t *body;
        enum err_code rc = json_read(text, len, _("la revisión"), &body, err);
        if (rc != ERR_OK)
                return rc;
        rc = read_body(body, arena, &revision, err);
        if (rc != ERR_OK) {
                json_decref(body);
                return rc;
        }
        revision.form = arena_strdup(arena, text_of(body, "form"));
        revision.gen = json_integer_value(json_object_get(body, "gen"));
        revision.author = arena_strdup(arena, text_of(body, "author"));
        revision.device = arena_strdup(arena, text_of(body, "device"));
        revision.date = arena_strdup(arena, text_of(body, "when"));
        *ret = revision;
        *ret_body = body;
        return ERR_OK;
}

enum err_code revision_read(const char *text, size_t len, struct arena *arena, struct store_revision *ret,
                            struct err *err)
{
        json_t *body;
        enum err_code rc = revision_parse(text, len, arena, ret, &body, err);
        if (rc == ERR_OK)
                json_decref(body);
        return rc;
}
