/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical body of a revision (format in app/revision.h). */
#include "app/revision.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"

static int compare_hashes(const void *a, const void *b)
{
        return memcmp(a, b, HASH_BYTES);
}

static json_t *parents_array(const struct revision_draft *draft)
{
        json_t *array = json_array();
        char text[HASH_TEXT];
        size_t n = (size_t)draft->parents_n;
        struct hash *sorted = xcalloc(n, sizeof *sorted);
        if (n)
                memcpy(sorted, draft->parents, n * sizeof *sorted);
        qsort(sorted, n, sizeof *sorted, compare_hashes);
        for (size_t i = 0; i < n; i++)
                json_array_append_new(array, json_string(hash_format(&sorted[i], text)));
        free(sorted);
        return array;
}

/* Names whose answer differs from before, in form order, then those that went away. */
static json_t *written_names(const json_t *before, const json_t *answers)
{
        json_t *names = json_array(), *value;
        const char *name;
        json_object_foreach((json_t *)(uintptr_t)answers, name, value) {
                const json_t *old = before ? json_object_get(before, name) : NULL;
                if (!old || !json_equal(old, value))
                        json_array_append_new(names, json_string(name));
        }
        if (before)
                json_object_foreach((json_t *)(uintptr_t)before, name, value)
                        if (!json_object_get(answers, name))
                                json_array_append_new(names, json_string(name));
        return names;
}

static void add_also(json_t *names, const struct revision_draft *draft)
{
        for (int i = 0; i < draft->also_n; i++) {
                bool there = false;
                for (size_t k = 0; k < json_array_size(names); k++)
                        there = there || str_equal(json_string_value(json_array_get(names, k)), draft->also[i]);
                if (!there)
                        json_array_append_new(names, json_string(draft->also[i]));
        }
}

static void add_origin(json_t *body, const struct revision_draft *draft)
{
        char text[ID_TEXT];
        if (!id_is_none(&draft->parent_record)) {
                json_t *parent = json_object();
                json_object_set_new(parent, "rec", json_string(id_format(&draft->parent_record, text)));
                json_object_set_new(parent, "question", json_string(draft->parent_question));
                json_object_set_new(body, "parent", parent);
        }
        if (draft->reason)
                json_object_set_new(body, "reason", json_string(draft->reason));
}

static void add_nonce(json_t *body, bool published)
{
        unsigned char bytes[8] = {0};
        char text[17];
        if (!published)
                random_bytes(bytes, sizeof bytes);
        json_object_set_new(body, "nonce", json_string(sodium_bin2hex(text, sizeof text, bytes, sizeof bytes)));
}

char *revision_body(const struct revision_draft *draft, struct hash *ret_id, char ret_when[DATETIME_TEXT])
{
        char id_text[ID_TEXT], hash_text[HASH_TEXT];
        struct datetime now = clock_now();
        struct str text = STR_INIT;
        json_t *body = json_object();
        if (draft->anonymous)
                now.ms = 0;
        datetime_format(&now, ret_when);
        if (draft->published)
                snprintf(ret_when, DATETIME_TEXT, "%s", draft->published);
        json_object_set_new(body, "rec", json_string(id_format(&draft->record, id_text)));
        json_object_set_new(body, "par", parents_array(draft));
        json_object_set_new(body, "op", json_string(draft->op));
        json_object_set_new(body, "form", json_string(draft->form->id));
        json_object_set_new(body, "version", json_string(draft->form->version));
        json_object_set_new(body, "form_hash", json_string(hash_format(&draft->form_hash, hash_text)));
        json_object_set_new(body, "state", json_string(record_state_word(draft->state)));
        json_object_set_new(body, "gen", json_integer(draft->gen));
        json_object_set_new(body, "author", json_string(draft->author));
        json_object_set_new(body, "device", json_string(id_format(&draft->device, id_text)));
        json_object_set_new(body, "when", json_string(ret_when));
        json_object_set_new(body, "clock", json_string(draft->clock_ok ? "ok" : "dudosa"));
        add_origin(body, draft);
        add_nonce(body, draft->published != NULL);
        json_t *writes = written_names(draft->before, draft->answers);
        add_also(writes, draft);
        json_object_set_new(body, "w", writes);
        json_object_set(body, "f", (json_t *)(uintptr_t)draft->answers);
        json_write(&text, body);
        json_decref(body);
        *ret_id = hash_of(text.text, text.len);
        return str_detach(&text);
}

/* Past the string whose text begins at `at`; `end` if there is no saying. */
static const char *past_string(const char *at, const char *end)
{
        for (;;) {
                at += json_plain_run(at, (size_t)(end - at));
                if (end - at < 2 || (*at != '\\' && *at != '"'))
                        return end;
                if (*at == '"')
                        return at + 1;
                at += 2;
        }
}

/* Where "f" begins, if it is the last of a body that we wrote: half of the body need not be parsed then. NULL: who knows. */
static const char *answers_text(const char *body, size_t len)
{
        static const char key[] = ",\"f\":";
        enum { KEY = sizeof key - 1 };
        const char *end = body + len;
        int depth = 0;
        for (const char *at = body; end - at > KEY;) {
                if (*at == '"') {
                        at = past_string(at + 1, end);
                        continue;
                }
                depth += (*at == '{') - (*at == '}');
                if (depth == 1 && *at == ',' && memcmp(at, key, KEY) == 0)
                        return at + KEY;
                at++;
        }
        return NULL;
}

enum err_code revision_answers(const char *body, json_t **ret, struct err *err)
{
        json_t *parsed = NULL;
        size_t len = strlen(body);
        const char *text = answers_text(body, len);
        if (text && json_read(text, len - (size_t)(text - body) - 1, "", ret, NULL) == ERR_OK) {
                if (json_is_object(*ret))
                        return ERR_OK;
                json_decref(*ret);
        }
        enum err_code rc = json_read(body, len, _("la ficha guardada"), &parsed, err);
        if (rc != ERR_OK)
                return rc;
        *ret = json_incref(json_object_get(parsed, "f"));
        json_decref(parsed);
        if (json_is_object(*ret))
                return ERR_OK;
        json_decref(*ret);
        return err_set(err, ERR_CORRUPT, _("una ficha guardada no tiene respuestas; use una copia de seguridad"));
}
