/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_bundle FOLDER N: make a data folder of N revisions of about 1.2 KB, in
 * one transaction, for exports timed from outside.  The texts are chains of
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

static void make_body(struct str *body, const struct id *record, const char *form_hash, int64_t i)
{
        char hex[ID_TEXT];
        str_clear(body);
        str_addf(body, "{\"r\":\"%s\",\"g\":1,\"v\":\"%s\",\"s\":\"concluido\",\"d\":\"2026-03-%02dT08:05:00.000-05:00\",\"f\":{",
                 id_format(record, hex), form_hash, (int)(1 + roll(28)));
        for (int k = 0; k < 16; k++)
                str_addf(body, "\"indicador_%d\":%d,", k, (int)roll(4) + 1);
        for (int k = 0; k < 3; k++) {
                str_addf(body, "\"evidencia_%d\":\"", k);
                add_text(body, 30);
                str_add(body, "\",");
        }
        str_addf(body, "\"numero\":%lld}}", (long long)i);
}

static enum err_code fill(struct store *store, int64_t n, struct err *err)
{
        char hex[HASH_TEXT];
        struct hash form;
        struct str body = STR_INIT;
        enum err_code rc = store_form_current(store, "persona", &form, err);
        if (rc == ERR_OK)
                rc = store_begin(store, err);
        hash_format(&form, hex);
        for (int64_t i = 0; rc == ERR_OK && i < n; i++) {
                struct store_revision revision = {.record = id_new(), .form = "persona", .form_hash = form, .gen = 1,
                                                  .author = "", .device = "", .date = "2026-03-02T08:05:00.000-05:00"};
                make_body(&body, &revision.record, hex, i);
                revision.body = body.text;
                revision.id = hash_of(body.text, body.len);
                rc = store_revision_add(store, &revision, NULL, NULL, 0, err);
        }
        str_release(&body);
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
