/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * minisign's file of a secret key without a password (contract in
 * sync/minisign.h).  Its last field, a checksum, is left zero by
 * `minisign -W` and looked at by nobody.
 */
#include <fcntl.h>
#include <string.h>

#include <sodium.h>

#include "age_priv.h"
#include "base64.h"
#include "io.h"
#include "stream.h"
#include "sync/minisign.h"

enum {
        AT_KDF = 2, AT_ID = 54, AT_SECRET = AT_ID + SIGN_ID, PACKED = AT_SECRET + SIGN_SECRET + 32,
        FILE_MAX = 1024,
};

#define COMMENT "untrusted comment: "

static void pack(const struct sign_key *key, unsigned char out[PACKED])
{
        memset(out, 0, PACKED);
        memcpy(out, "Ed\0\0B2", 6);
        memcpy(out + AT_ID, key->public.id, SIGN_ID);
        memcpy(out + AT_SECRET, key->secret, SIGN_SECRET);
}

static bool unpack(const unsigned char bytes[PACKED], struct sign_key *ret)
{
        unsigned char point[SIGN_POINT];
        if (memcmp(bytes, "Ed\0\0B2", 6) != 0)
                return false;
        sign_key_from_seed(bytes + AT_SECRET, ret);
        memcpy(ret->public.id, bytes + AT_ID, SIGN_ID);
        memcpy(point, bytes + AT_SECRET + SIGN_SEED, sizeof point);
        return memcmp(point, ret->public.point, sizeof point) == 0;
}

enum err_code sign_key_save(const char *path, const struct sign_key *key, struct err *err)
{
        unsigned char bytes[PACKED];
        char text[FILE_MAX] = COMMENT "clave secreta de firma de simae\n";
        struct file_sink file;
        enum err_code rc = file_sink_init(&file, path, err);
        if (rc != ERR_OK)
                return rc;
        pack(key, bytes);
        size_t at = strlen(text);
        base64_write(bytes, sizeof bytes, text + at, sizeof text - at - 1);
        strcat(text + at, "\n");
        rc = file.base.write(&file.base, text, strlen(text), err);
        sodium_memzero(text, sizeof text);
        sodium_memzero(bytes, sizeof bytes);
        if (rc == ERR_OK)
                rc = file_sink_close(&file, err);
        file_sink_release(&file);
        if (rc != ERR_OK)
                sync_io->unlinkat(AT_FDCWD, path, 0);
        return rc;
}

/* The second line of the text, if the first is a comment. */
static bool take_key(const char *text, size_t len, struct sign_key *ret)
{
        unsigned char bytes[PACKED];
        const char *end = text + len, *line = memchr(text, '\n', len);
        if (!line || len < sizeof COMMENT || memcmp(text, COMMENT, sizeof COMMENT - 1) != 0)
                return false;
        line++;
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        bool good = stop && base64_read(line, (size_t)(stop - line), bytes, sizeof bytes) && unpack(bytes, ret);
        sodium_memzero(bytes, sizeof bytes);
        return good;
}

enum err_code sign_key_load(const char *path, struct sign_key *ret, struct err *err)
{
        struct file_source source;
        char text[FILE_MAX];
        size_t len;
        enum err_code rc = file_source_init(&source, path, err);
        if (rc != ERR_OK)
                return rc;
        rc = source.base.read(&source.base, text, sizeof text, &len, err);
        file_source_release(&source);
        if (rc == ERR_OK && (len == sizeof text || !take_key(text, len, ret)))
                rc = err_set(err, ERR_INVALID,
                             _("«%s» no es una clave de firma sin contraseña; use la copia que hizo simae"), path);
        sodium_memzero(text, sizeof text);
        return rc;
}
