/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of bundles share: a scratch folder, commands run in it, and
 * sample bundles.  Included once by each test program.
 */
#ifndef SIMAE_TESTS_BUNDLE_H
#define SIMAE_TESTS_BUNDLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "sync/bundle.h"

#define HELPER __attribute__((unused)) static

/* The scratch folder; in_scratch("x") lives until the fourth call after it. */
static char scratch[64];

HELPER const char *in_scratch(const char *name)
{
        static char paths[4][256];
        static int next;
        next = (next + 1) % 4;
        snprintf(paths[next], sizeof paths[next], "%s/%s", scratch, name);
        return paths[next];
}

HELPER int make_scratch(void **state)
{
        (void)state;
        strcpy(scratch, "/tmp/simae-bundle-XXXXXX");
        return mkdtemp(scratch) ? 0 : -1;
}

HELPER int remove_scratch(void **state)
{
        char command[128];
        (void)state;
        snprintf(command, sizeof command, "rm -rf '%s'", scratch);
        return system(command);
}

/* Run a shell command in the scratch folder; returns its exit status. */
HELPER __attribute__((format(printf, 1, 2))) int run(const char *format, ...)
{
        struct str command = STR_INIT;
        va_list args;
        va_start(args, format);
        char *text = NULL;
        int n = vasprintf(&text, format, args);
        va_end(args);
        assert_true(n >= 0);
        str_addf(&command, "cd '%s' && %s", scratch, text);
        int status = system(command.text);
        str_release(&command);
        free(text);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

HELPER char *slurp(const char *path, size_t *ret_len)
{
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        struct str text = STR_INIT;
        char chunk[8192];
        for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
                str_addn(&text, chunk, n);
        fclose(file);
        if (ret_len)
                *ret_len = text.len;
        return str_detach(&text);
}

HELPER void spill(const char *path, const void *bytes, size_t len)
{
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, len, file), len);
        assert_int_equal(fclose(file), 0);
}

HELPER struct bundle_info sample_info(int forms, int revisions)
{
        struct bundle_info info = {
                .bundle = "8badf00d00112233445566778899aabb", .from = "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                .to = "UGEL Bagua", .when = "2026-03-01T08:05:00.000-05:00", .clock_ok = true,
                .program = "simae 0.1.0", .number = 12,
        };
        info.forms = forms;
        info.revisions = info.records = revisions;
        return info;
}

/* The body of the i-th sample revision, with `extra` letters that do not compress well. */
HELPER char *sample_body(int i, int extra)
{
        struct str body = STR_INIT;
        uint64_t x = (uint64_t)i * 2654435761u + 1;
        str_addf(
                &body,
                "{\"record\":\"%032x\",\"gen\":1,\"answers\":{\"n\":%d,\"nota\":\"Niño %d: «bien»\",\"x\":\"",
                i, i, i);
        for (; extra > 0; extra--) {
                x = x * 6364136223846793005u + 1442695040888963407u;
                str_addc(&body, (char)('A' + (x >> 33) % 26));
        }
        str_add(&body, "\"}}");
        return str_detach(&body);
}

static const char sample_form[] = "form: visita\ntitle: Visita de monitoreo\nquestions: []\n";

/* A bundle at `path` with one form and n sample revisions. */
HELPER enum err_code sample_bundle(const char *path, int n, int extra, struct err *err)
{
        struct bundle_info info = sample_info(1, n);
        struct bundle_writer *writer;
        struct hash hash = hash_of(sample_form, strlen(sample_form));
        enum err_code rc = bundle_writer_new(path, &info, &writer, err);
        if (rc != ERR_OK)
                return rc;
        rc = bundle_add_form(writer, &hash, sample_form, err);
        for (int i = 0; i < n && rc == ERR_OK; i++) {
                char *body = sample_body(i, extra);
                hash = hash_of(body, strlen(body));
                rc = bundle_add_revision(writer, &hash, body, err);
                free(body);
        }
        if (rc == ERR_OK)
                rc = bundle_finish(writer, err);
        bundle_writer_free(writer);
        return rc;
}

/* A sink that counts and checks that what it gets is the sample. */
struct counter {
        int forms, revisions, extra;
        int stop_at; /* refuse this revision, from 1; 0 for none */
};

HELPER enum err_code count_form(void *ctx, const struct hash *hash, const char *yaml, size_t len,
                                struct err *err)
{
        struct hash really = hash_of(yaml, len);
        (void)err;
        assert_true(hash_equal(hash, &really));
        assert_string_equal(yaml, sample_form);
        ((struct counter *)ctx)->forms++;
        return ERR_OK;
}

HELPER enum err_code count_revision(void *ctx, const struct hash *id, const char *body, size_t len,
                                    struct err *err)
{
        struct counter *counter = ctx;
        char *expected = sample_body(counter->revisions, counter->extra);
        struct hash really = hash_of(body, len);
        assert_int_equal(len, strlen(body));
        assert_string_equal(body, expected);
        assert_true(hash_equal(id, &really));
        free(expected);
        if (++counter->revisions == counter->stop_at)
                return err_set(err, ERR_CANCELLED, "basta");
        return ERR_OK;
}

HELPER enum err_code read_counting(const char *path, struct counter *counter, struct bundle_info *info,
                                   struct err *err)
{
        struct bundle_sink sink = {.ctx = counter, .form = count_form, .revision = count_revision};
        return bundle_read(path, &sink, info, err);
}

#endif
