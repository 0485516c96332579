/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_bundle FOLDER N: make a data folder of N revisions of about 1.2 KB, in
 * one transaction, for exports and imports timed from outside: commitments about
 * schools and teachers.  Nothing is derived from them.  The texts are chains of
 * Spanish words, so that they compress as prose does and not better.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/clock.h"

static const char *const words[] = {
#include "../../src/app/key_words.def"
};

static uint64_t dice = 88172645463325252u;

static uint64_t roll(uint64_t n)
{
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        return dice % n;
}

/* Common words are common: the product of two dice. */
static void add_text(struct str *out, int n)
{
        for (int i = 0; i < n; i++)
                str_addf(out, "%s%s", i ? " " : "", words[roll(45) * roll(45)]);
}

/* The directory that the records name: schools and teachers. */
enum { SCHOOLS = 300, PEOPLE = 1200, UGELS = 13, FIRST_DAY = 20089, DAYS = 600 };

struct world {
        struct store *store;
        struct id schools[SCHOOLS], people[PEOPLE];
        struct str body;
};

static void begin_body(struct world *w, const struct id *record, const char *form, const struct hash *hash, int64_t day,
                       const char *writes)
{
        char hex[ID_TEXT], form_hash[HASH_TEXT], author[ID_TEXT], date[DATE_TEXT];
        str_clear(&w->body);
        str_addf(&w->body, "{\"rec\":\"%s\",\"par\":[],\"op\":\"put\",\"form\":\"%s\",\"version\":\"2026.1\",\"form_hash\":\"%s\","
                 "\"state\":\"concluido\",\"gen\":1,\"author\":\"%s\",\"device\":\"b602a707fc508c721c8a1c2a2760d51f\","
                 "\"when\":\"%sT08:05:00.000-05:00\",\"clock\":\"ok\",\"nonce\":\"%016llx\",\"w\":[%s],\"f\":{",
                 id_format(record, hex), form, hash_format(hash, form_hash), id_format(&w->people[0], author),
                 date_format(day, date), (unsigned long long)roll(UINT64_MAX), writes);
}

static enum err_code end_body(struct world *w, const struct id *record, const char *form, const struct hash *hash, int64_t day,
                              struct err *err)
{
        char author[ID_TEXT], date[DATE_TEXT], when[DATETIME_TEXT];
        str_add(&w->body, "}}");
        snprintf(when, sizeof when, "%sT08:05:00.000-05:00", date_format(day, date));
        struct store_revision revision = {.record = *record, .form = form, .form_hash = *hash, .gen = 1,
                                          .author = id_format(&w->people[0], author), .device = "b602a707fc508c721c8a1c2a2760d51f",
                                          .date = when, .body = w->body.text, .id = hash_of(w->body.text, w->body.len)};
        return store_revision_add(w->store, &revision, NULL, NULL, 0, err);
}

static struct id new_id(void)
{
        struct id id;
        for (size_t i = 0; i < sizeof id.bytes; i++)
                id.bytes[i] = (unsigned char)roll(256);
        return id;
}

static enum err_code add_directory(struct world *w, struct err *err)
{
        struct hash school, person;
        enum err_code rc = store_form_current(w->store, "institucion", &school, err);
        if (rc == ERR_OK)
                rc = store_form_current(w->store, "persona", &person, err);
        for (int i = 0; rc == ERR_OK && i < PEOPLE; i++) {
                w->people[i] = new_id();
                begin_body(w, &w->people[i], "persona", &person, FIRST_DAY, "\"apellidos\",\"nombres\",\"cargo\",\"ugel\",\"activo\"");
                str_addf(&w->body, "\"apellidos\":\"%s %d\",\"nombres\":\"Persona\",\"cargo\":\"docente\",\"ugel\":\"0600%02d\",\"activo\":\"si\"",
                         words[roll(2000)], i, 1 + i % UGELS);
                rc = end_body(w, &w->people[i], "persona", &person, FIRST_DAY, err);
        }
        for (int i = 0; rc == ERR_OK && i < SCHOOLS; i++) {
                w->schools[i] = new_id();
                begin_body(w, &w->schools[i], "institucion", &school, FIRST_DAY, "\"nombre\",\"cod_mod\",\"nivel\",\"ugel\"");
                str_addf(&w->body, "\"nombre\":\"IE 9%04d %s\",\"cod_mod\":\"99%05d\",\"anexo\":\"0\",\"nivel\":\"B0\",\"tipo_ie\":\"multigrado\","
                         "\"ugel\":\"0600%02d\",\"area_geo\":\"rural\",\"distrito\":\"Villa Retama\",\"estado\":\"activa\"",
                         i, words[roll(2000)], i, 1 + i % UGELS);
                rc = end_body(w, &w->schools[i], "institucion", &school, FIRST_DAY, err);
        }
        return rc;
}

/* A commitment with its follow-up, of about 1.2 KB. */
static enum err_code add_one(struct world *w, const struct hash *form, struct err *err)
{
        static const char *const states[] = {"pendiente", "cumplido", "no_cumplido", "en_proceso"};
        char ie[ID_TEXT], who[ID_TEXT], author[ID_TEXT], day_text[DATE_TEXT], due_text[DATE_TEXT];
        struct id record = new_id();
        int school = (int)roll(SCHOOLS), state = (int)roll(4);
        int64_t day = FIRST_DAY + (int64_t)roll(DAYS);
        begin_body(w, &record, "compromiso", form, day,
                   "\"usuario\",\"origen_form\",\"tipo_compromiso\",\"ugel\",\"ie\",\"responsable\",\"texto\",\"criterio_vinculado\","
                   "\"evidencia_esperada\",\"fecha_compromiso\",\"fecha_limite\",\"conforme\",\"estado\",\"seguimientos\"");
        str_addf(&w->body, "\"usuario\":\"%s\",\"origen_form\":\"simae_docente\",\"tipo_compromiso\":\"docente\",\"ugel\":\"0600%02d\","
                 "\"ie\":\"%s\",\"responsable\":\"%s\",\"texto\":\"",
                 id_format(&w->people[0], author), 1 + school % UGELS, id_format(&w->schools[school], ie),
                 id_format(&w->people[roll(PEOPLE)], who));
        add_text(&w->body, 22);
        str_add(&w->body, "\",\"criterio_vinculado\":\"ef_error\",\"evidencia_esperada\":\"");
        add_text(&w->body, 8);
        str_addf(&w->body, "\",\"fecha_compromiso\":\"%s\",\"fecha_limite\":\"%s\",\"conforme\":\"conforme\",\"estado\":\"%s\"",
                 date_format(day, day_text), date_format(day + 60, due_text), states[state]);
        if (state)
                str_addf(&w->body, ",\"seguimientos\":[{\"seg_fecha\":\"%s\",\"seg_estado\":\"%s\",\"seg_avance\":%d}]", due_text,
                         states[state], state == 1 ? 100 : 50);
        if (state == 2)
                str_add(&w->body, ",\"motivo_no_cumplido\":\"Faltó tiempo en las semanas de gestión\"");
        return end_body(w, &record, "compromiso", form, day, err);
}

static enum err_code fill(struct store *store, int64_t n, struct err *err)
{
        struct world *w = xcalloc(1, sizeof *w);
        struct hash form;
        w->store = store;
        str_init(&w->body);
        enum err_code rc = store_form_current(store, "compromiso", &form, err);
        if (rc == ERR_OK)
                rc = store_begin(store, err);
        if (rc == ERR_OK)
                rc = add_directory(w, err);
        for (int64_t i = SCHOOLS + PEOPLE; rc == ERR_OK && i < n; i++)
                rc = add_one(w, &form, err);
        str_release(&w->body);
        free(w);
        return rc == ERR_OK ? store_commit(store, err) : rc;
}

int main(int argc, char **argv)
{
        struct app *app;
        struct err err;
        if (argc != 3)
                return 2;
        struct app_options options = {.dir = argv[1], .create = true};
        if (app_open(&options, &app, &err) != ERR_OK || fill(app_store(app), atoll(argv[2]), &err) != ERR_OK) {
                fprintf(stderr, "%s\n", err.text);
                return 1;
        }
        app_close(app);
        return 0;
}
