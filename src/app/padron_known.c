/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The schools that the directory has, by key: one look at each at the start,
 * so that a row that says nothing new costs no reading of its record.
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

static enum err_code add_record(void *ctx, const struct store_record *record, const char *const *answers, struct err *err)
{
        struct known_schools *known = ctx;
        const char *cod_mod = answers[0], *anexo = *answers[1] ? answers[1] : "0", *said = answers[3];
        (void)err;
        if (strlen(cod_mod) != COD_MOD_DIGITS || cod_mod[strspn(cod_mod, "0123456789")] || strlen(anexo) != 1 ||
            *anexo < '0' || *anexo > '9')
                return ERR_OK;
        struct known school = {.key = padron_key(cod_mod, anexo) + 1,
                               .ugel = (uint32_t)strtoul(answers[2], NULL, 10),
                               .id = record->id,
                               .said = *said ? padron_said_digest(said) : 0};
        struct id usual = padron_school_id(cod_mod, anexo);
        add(known, &school, &usual);
        return ERR_OK;
}

enum err_code known_read(struct app *app, struct known_schools *known, struct err *err)
{
        static const char *const names[] = {"cod_mod", "anexo", "ugel_padron", "padron"};
        struct store_query query = {.form = "institucion", .annulled = true};
        return store_walk(app->store, &query, names, (int)ARRAY_LEN(names), add_record, known, err);
}

void known_release(struct known_schools *known)
{
        free(known->items);
}
