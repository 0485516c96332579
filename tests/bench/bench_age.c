/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_age PLAIN SEALED: seal a file for a new key, kept in SEALED.key, which
 * must not exist.  It is timed from outside, like the age program.
 */
#include <stdio.h>

#include "base/clock.h"
#include "sync/age.h"

struct stdio_sink {
        struct byte_sink base;
        FILE *file;
};

static enum err_code write_file(struct byte_sink *sink, const void *bytes, size_t len, struct err *err)
{
        size_t n = fwrite(bytes, 1, len, ((struct stdio_sink *)sink)->file);
        return n == len ? ERR_OK : err_set(err, ERR_IO, "cannot write");
}

static enum err_code seal(FILE *from, struct stdio_sink *to, const struct age_recipient *recipient,
                          struct err *err)
{
        static char block[256 << 10];
        struct age_seal seal = {.recipients = recipient, .recipients_n = 1};
        struct age_writer *writer;
        size_t n;
        enum err_code rc = age_writer_new(&to->base, &seal, &writer, err);
        if (rc != ERR_OK)
                return rc;
        while (rc == ERR_OK && (n = fread(block, 1, sizeof block, from)) > 0)
                rc = age_writer_sink(writer)->write(age_writer_sink(writer), block, n, err);
        if (rc == ERR_OK)
                rc = age_writer_finish(writer, err);
        age_writer_free(writer);
        return rc;
}

int main(int argc, char **argv)
{
        struct age_identity identity;
        struct datetime when = clock_now();
        struct err err;
        char key[256];
        if (argc != 3)
                return 2;
        FILE *from = fopen(argv[1], "rb");
        struct stdio_sink to = {.base = {write_file}, .file = fopen(argv[2], "wb")};
        if (!from || !to.file)
                return 1;
        snprintf(key, sizeof key, "%s.key", argv[2]);
        age_identity_make(&identity);
        if (age_identity_save(key, &identity, &when, &err) != ERR_OK)
                return 1;
        if (seal(from, &to, &identity.recipient, &err) != ERR_OK || fclose(to.file) != 0)
                return 1;
        fclose(from);
        return 0;
}
