/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole age files, recognised and opened (contract in sync/age.h). */
#include <string.h>

#include "age_priv.h"
#include "base/mem.h"
#include "stream.h"

enum { BEGIN = 32 };

static enum err_code read_begin(const char *path, char begin[BEGIN], size_t *ret, struct err *err)
{
        struct file_source source;
        enum err_code rc = file_source_init(&source, path, err);
        if (rc != ERR_OK)
                return rc;
        rc = source.base.read(&source.base, begin, BEGIN, ret, err);
        file_source_release(&source);
        return rc;
}

enum err_code age_is_sealed(const char *path, bool *ret, struct err *err)
{
        char begin[BEGIN];
        size_t got;
        enum err_code rc = read_begin(path, begin, &got, err);
        if (rc == ERR_OK)
                *ret = age_begins(begin, got);
        return rc;
}

/* A stanza of a passphrase stands alone, so it is the first or there is none. */
bool age_asks_passphrase(const char *path)
{
        static const char first[] = AGE_VERSION_LINE "-> scrypt ";
        _Static_assert(sizeof first <= BEGIN + 1, "the beginning is read whole");
        char begin[BEGIN];
        size_t got = 0;
        return read_begin(path, begin, &got, NULL) == ERR_OK && got >= sizeof first - 1 && memcmp(begin, first, sizeof first - 1) == 0;
}

static enum err_code copy_chunks(struct age_reader *reader, struct byte_sink *out, struct err *err)
{
        const unsigned char *plain;
        size_t len;
        enum err_code rc;
        while ((rc = age_reader_next(reader, &plain, &len, err)) == ERR_OK && len > 0) {
                rc = out->write(out, plain, len, err);
                if (rc != ERR_OK)
                        return rc;
        }
        return rc;
}

enum err_code age_open_file(const char *path, const struct age_keys *keys, struct byte_sink *out,
                            enum age_failure *ret_failure, struct err *err)
{
        struct file_source source;
        const char *slash = strrchr(path, '/');
        *ret_failure = AGE_UNREADABLE;
        enum err_code rc = file_source_init(&source, path, err);
        if (rc != ERR_OK)
                return rc;
        struct age_reader *reader = age_reader_new(&source.base);
        rc = age_reader_open(reader, keys, err);
        if (rc == ERR_OK)
                rc = copy_chunks(reader, out, err);
        *ret_failure = age_reader_failure(reader);
        /* What the system says of a file names it already. */
        if (*ret_failure != AGE_OK && *ret_failure != AGE_UNREADABLE)
                err_wrap(err, "%s", slash ? slash + 1 : path);
        age_reader_free(reader);
        file_source_release(&source);
        return rc;
}
