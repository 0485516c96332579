/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of age share: bytes in memory as source and sink, and files
 * sealed and opened there.  Included once by each test program.
 */
#ifndef SIMAE_TESTS_AGE_H
#define SIMAE_TESTS_AGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "sync/age.h"

#define HELPER __attribute__((unused)) static

struct memory_source {
        struct byte_source base;
        const char *bytes;
        size_t len, at;
        int fail_in; /* reads until one fails; 0: never */
};

HELPER enum err_code memory_read(struct byte_source *base, void *buf, size_t len, size_t *ret_got,
                                 struct err *err)
{
        struct memory_source *source = (struct memory_source *)base;
        size_t left = source->len - source->at;
        if (source->fail_in > 0 && --source->fail_in == 0)
                return err_set(err, ERR_IO, "la memoria no responde");
        *ret_got = len < left ? len : left;
        memcpy(buf, source->bytes + source->at, *ret_got);
        source->at += *ret_got;
        return ERR_OK;
}

HELPER enum err_code memory_rewind(struct byte_source *base, struct err *err)
{
        (void)err;
        ((struct memory_source *)base)->at = 0;
        return ERR_OK;
}

HELPER struct memory_source memory_source(const char *bytes, size_t len)
{
        return (struct memory_source){.base = {memory_read, memory_rewind}, .bytes = bytes, .len = len};
}

struct memory_sink {
        struct byte_sink base;
        struct str got;
        int fail_in; /* writes until one fails; 0: never */
};

HELPER enum err_code memory_write(struct byte_sink *base, const void *bytes, size_t len, struct err *err)
{
        struct memory_sink *sink = (struct memory_sink *)base;
        if (sink->fail_in > 0 && --sink->fail_in == 0)
                return err_set(err, ERR_NO_SPACE, "no queda espacio");
        str_addn(&sink->got, bytes, len);
        return ERR_OK;
}

HELPER struct memory_sink memory_sink(void)
{
        return (struct memory_sink){.base = {memory_write}, .got = STR_INIT};
}

/* What reading a file gave: the kind of failure, its sentence, and all that was let through. */
struct outcome {
        enum age_failure failure;
        enum err_code code;
        struct err err;
        struct str plain;
};

HELPER struct outcome open_bytes(const char *bytes, size_t len, const struct age_keys *keys)
{
        struct memory_source source = memory_source(bytes, len);
        struct age_reader *reader = age_reader_new(&source.base);
        struct outcome outcome = {.plain = STR_INIT};
        const unsigned char *plain;
        size_t n = 0;
        outcome.code = age_reader_open(reader, keys, &outcome.err);
        while (outcome.code == ERR_OK) {
                outcome.code = age_reader_next(reader, &plain, &n, &outcome.err);
                if (outcome.code != ERR_OK || n == 0)
                        break;
                str_addn(&outcome.plain, (const char *)plain, n);
        }
        outcome.failure = age_reader_failure(reader);
        assert_int_equal(outcome.failure == AGE_OK, outcome.code == ERR_OK);
        age_reader_free(reader);
        return outcome;
}

/* Bytes that look like any file's. */
HELPER char *sample_bytes(size_t len)
{
        char *bytes = xmalloc(len + 1);
        uint64_t x = 88172645463325252u + len;
        for (size_t i = 0; i < len; i++) {
                x = x * 6364136223846793005u + 1442695040888963407u;
                bytes[i] = (char)(x >> 56);
        }
        bytes[len] = '\0';
        return bytes;
}

/* Sealed in pieces of `piece` bytes. */
HELPER struct str seal_bytes(const char *plain, size_t len, size_t piece, const struct age_seal *seal)
{
        struct memory_sink sink = memory_sink();
        struct age_writer *writer;
        struct err err;
        assert_int_equal(age_writer_new(&sink.base, seal, &writer, &err), ERR_OK);
        for (size_t at = 0; at < len; at += piece) {
                size_t n = len - at < piece ? len - at : piece;
                assert_int_equal(age_writer_sink(writer)->write(age_writer_sink(writer), plain + at, n, &err),
                                 ERR_OK);
        }
        assert_int_equal(age_writer_finish(writer, &err), ERR_OK);
        age_writer_free(writer);
        return sink.got;
}

#endif
