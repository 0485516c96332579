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
#include "../scratch.h"

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
        return scratch_folder(scratch, sizeof scratch, "bundle") ? 0 : -1;
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
                .when = "2026-03-01T08:05:00.000-05:00", .clock_ok = true,
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
        while (extra > 0) {
                char letters[64];
                int n = extra < (int)sizeof letters ? extra : (int)sizeof letters;
                for (int k = 0; k < n; k++) {
                        x = x * 6364136223846793005u + 1442695040888963407u;
                        letters[k] = (char)('A' + (x >> 33) % 26);
                }
                str_addn(&body, letters, (size_t)n);
                extra -= n;
        }
        str_add(&body, "\"}}");
        return str_detach(&body);
}

static const char sample_form[] = "form: visita\ntitle: Visita de monitoreo\nquestions: []\n";

/* The key that signs the samples; the same key opens them. */
HELPER const struct sign_key *sample_key(void)
{
        static const unsigned char seed[SIGN_SEED] = "the seed of the sample's keys";
        static struct sign_key key;
        sign_key_from_seed(seed, &key);
        return &key;
}

HELPER struct age_identity sample_identity(void)
{
        struct age_identity identity;
        sign_key_identity(sample_key(), &identity);
        return identity;
}

/* To be freed with age_keys_free(). */
HELPER struct age_keys *sample_keys(void)
{
        struct age_keys *keys = age_keys_new();
        struct age_identity identity = sample_identity();
        age_keys_add_identity(keys, &identity);
        return keys;
}

/* In how many threads samples are compressed. */
static int sample_threads = 2;

HELPER enum err_code sample_writer(const char *path, const struct bundle_info *info, struct bundle_writer **ret,
                                   struct err *err)
{
        struct age_identity identity = sample_identity();
        struct bundle_seal seal = {.recipients = &identity.recipient, .recipients_n = 1, .key = sample_key(),
                                   .threads = sample_threads};
        return bundle_writer_new(path, info, &seal, ret, err);
}

HELPER enum err_code add_samples(struct bundle_writer *writer, int n, int extra, int have, struct err *err)
{
        struct hash hash = hash_of(sample_form, strlen(sample_form));
        enum err_code rc = bundle_add_form(writer, &hash, sample_form, err);
        for (int i = 0; i < n && rc == ERR_OK; i++) {
                char *body = sample_body(i, extra);
                hash = hash_of(body, strlen(body));
                rc = bundle_add_revision(writer, &hash, body, err);
                free(body);
        }
        for (int i = 0; i < have && rc == ERR_OK; i++) {
                hash = hash_of(&i, sizeof i);
                rc = bundle_add_have(writer, &hash, err);
        }
        return rc;
}

/* A sealed bundle at `path` with one form, n sample revisions and a have-list; as it is delivered. */
HELPER enum err_code sample_sealed_with(const char *path, int n, int extra, int have, struct err *err)
{
        struct bundle_info info = sample_info(1, n);
        struct bundle_writer *writer;
        info.have = have;
        enum err_code rc = sample_writer(path, &info, &writer, err);
        if (rc != ERR_OK)
                return rc;
        rc = add_samples(writer, n, extra, have, err);
        if (rc == ERR_OK)
                rc = bundle_finish(writer, err);
        bundle_writer_free(writer);
        return rc;
}

HELPER enum err_code sample_sealed(const char *path, int n, int extra, struct err *err)
{
        return sample_sealed_with(path, n, extra, 3, err);
}

struct file_out {
        struct byte_sink base;
        FILE *file;
};

HELPER enum err_code write_file(struct byte_sink *base, const void *bytes, size_t len, struct err *err)
{
        (void)err;
        assert_int_equal(fwrite(bytes, 1, len, ((struct file_out *)base)->file), len);
        return ERR_OK;
}

/* What is inside an age file for the sample's key. */
HELPER void open_sealed(const char *sealed, const char *plain)
{
        struct file_out out = {{write_file}, fopen(plain, "wb")};
        struct age_keys *keys = sample_keys();
        enum age_failure failure;
        assert_non_null(out.file);
        assert_int_equal(age_open_file(sealed, keys, &out.base, &failure, NULL), ERR_OK);
        assert_int_equal(fclose(out.file), 0);
        age_keys_free(keys);
}

/* The same bundle as a plain tar, as somebody who opened it by hand has it. */
HELPER enum err_code sample_bundle(const char *path, int n, int extra, struct err *err)
{
        char *sealed = xasprintf("%s.age", path);
        enum err_code rc = sample_sealed(sealed, n, extra, err);
        if (rc == ERR_OK)
                open_sealed(sealed, path);
        unlink(sealed);
        free(sealed);
        return rc;
}

/* A sink that counts and checks that what it gets is the sample. */
struct counter {
        int forms, revisions, ids, held, begun, extra;
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

HELPER enum err_code count_id(void *ctx, const struct hash *id, struct err *err)
{
        struct counter *counter = ctx;
        struct hash expected = hash_of(&counter->ids, sizeof counter->ids);
        (void)err;
        /* First of all those of the revisions, each after it. */
        if (!hash_equal(id, &expected)) {
                char *body = sample_body(counter->held, counter->extra);
                expected = hash_of(body, strlen(body));
                assert_int_equal(++counter->held, counter->revisions);
                assert_true(hash_equal(id, &expected));
                free(body);
        } else {
                counter->ids++;
        }
        return ERR_OK;
}

HELPER enum err_code count_begin(void *ctx, const struct bundle_info *info, struct err *err)
{
        struct counter *counter = ctx;
        (void)err;
        assert_int_equal(strlen(info->from), 32);
        assert_int_equal(counter->forms + counter->revisions, 0);
        counter->begun++;
        return ERR_OK;
}

/* Sealed for the sample's key or not at all. */
HELPER enum err_code read_counting(const char *path, struct counter *counter, struct bundle_info *info,
                                   struct err *err)
{
        struct bundle_sink sink = {.ctx = counter, .form = count_form, .revision = count_revision, .have = count_id,
                                   .begin = count_begin};
        struct age_keys *keys = sample_keys();
        enum err_code rc = bundle_read_with(path, keys, &sink, info, err);
        age_keys_free(keys);
        return rc;
}

#endif
