/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The schools that the directory has, by key: one look at each at the start,
 * so that a row that says nothing new costs no reading of its record.
 *
 * Their few texts are found in the bodies as they stand: in canonical JSON the
 * bytes "name":" can only be a key, since quotes inside texts are escaped.
 */
#include "padron_priv.h"

#include <stdlib.h>
#include <string.h>

uint32_t padron_key(const char *cod_mod, const char *anexo)
{
        return (uint32_t)strtoul(cod_mod, NULL, 10) * 10 + (uint32_t)(*anexo - '0');
}

bool padron_wrote(const struct store_revision *revision)
{
        struct id device;
        return strcmp(revision->form, "institucion") == 0 && id_parse(revision->device, &device) && id_is_none(&device);
}

struct id padron_school_id(const char *cod_mod, const char *anexo)
{
        char text[64];
        int n = snprintf(text, sizeof text, "institucion%c%.20s%c%.20s", 0, cod_mod, 0, anexo);
        return id_from(text, (size_t)n);
}

/* The text that a body gives to a question, cut to `size`; false if there is none. */
static bool text_in(const char *body, const char *question, char *out, size_t size)
{
        char mark[48];
        int len = snprintf(mark, sizeof mark, "\"%s\":\"", question);
        const char *at = strstr(body, mark);
        if (!at)
                return false;
        at += len;
        snprintf(out, size, "%.*s", (int)strcspn(at, "\"\\"), at);
        return true;
}

static struct known *place_of(const struct known_schools *known, uint32_t key)
{
        uint32_t at = (uint32_t)((key + 1) * UINT64_C(2654435769)) & (known->room - 1);
        while (known->items[at].key && known->items[at].key != key + 1)
                at = (at + 1) & (known->room - 1);
        return &known->items[at];
}

const struct known *known_find(const struct known_schools *known, uint32_t key)
{
        const struct known *place = known->room ? place_of(known, key) : NULL;
        return place && place->key ? place : NULL;
}

static void grow(struct known_schools *known)
{
        struct known_schools bigger = {.n = known->n, .room = known->room ? 2 * known->room : 1024};
        bigger.items = xcalloc(bigger.room, sizeof *bigger.items);
        for (uint32_t i = 0; i < known->room; i++)
                if (known->items[i].key)
                        *place_of(&bigger, known->items[i].key - 1) = known->items[i];
        free(known->items);
        *known = bigger;
}

/* Of two records with one key, the one whose id everybody would give it. */
static void add(struct known_schools *known, const struct known *school, const struct id *usual)
{
        if (10 * (uint64_t)known->n >= 7 * (uint64_t)known->room)
                grow(known);
        struct known *place = place_of(known, school->key - 1);
        if (place->key && !id_equal(&school->id, usual))
                return;
        known->n += !place->key;
        *place = *school;
}

static void add_body(struct known_schools *known, const struct id *id, const char *body)
{
        char cod_mod[16], anexo[8] = "0", ugel[16] = "", said[PADRON_RULES_MAX * SAID_LETTERS + 1] = "";
        if (!text_in(body, "cod_mod", cod_mod, sizeof cod_mod) || strlen(cod_mod) != COD_MOD_DIGITS ||
            cod_mod[strspn(cod_mod, "0123456789")])
                return;
        text_in(body, "anexo", anexo, sizeof anexo);
        text_in(body, "ugel_padron", ugel, sizeof ugel);
        bool imported = text_in(body, "padron", said, sizeof said);
        struct known school = {.key = padron_key(cod_mod, anexo) + 1,
                               .ugel = (uint32_t)strtoul(ugel, NULL, 10),
                               .id = *id,
                               .said = imported ? padron_said_digest(said) : 0};
        struct id usual = padron_school_id(cod_mod, anexo);
        if (strlen(anexo) == 1 && *anexo >= '0' && *anexo <= '9')
                add(known, &school, &usual);
}

enum err_code known_read(struct app *app, struct known_schools *known, struct err *err)
{
        enum { PAGE = 500 };
        struct arena page = {0}, last = {0};
        struct store_record after, *records;
        struct store_query query = {
                .form = "institucion", .order = ORDER_TITLE, .limit = PAGE, .annulled = true};
        enum err_code rc = ERR_OK;
        int n = PAGE;
        while (rc == ERR_OK && n == PAGE) {
                arena_clear(&page);
                rc = store_record_list(app->store, &query, &page, &records, &n, err);
                for (int i = 0; rc == ERR_OK && i < n; i++) {
                        const char *body;
                        rc = store_revision_body(app->store, &records[i].revision, &page, &body, err);
                        if (rc == ERR_OK)
                                add_body(known, &records[i].id, body);
                }
                if (rc == ERR_OK && n > 0) {
                        struct arena spare = last;
                        last = page; /* the key of the next page stays alive */
                        page = spare;
                        after = records[n - 1];
                        query.after = &after;
                }
        }
        arena_release(&page);
        arena_release(&last);
        return rc;
}

void known_release(struct known_schools *known)
{
        free(known->items);
}
