/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading an age file (contract in sync/age.h).
 *
 *   from → sealed (one chunk and its tag; first of all the header) → plain
 *
 * A chunk leaves `plain` only after its tag was right.  A full one is tried as
 * one that others follow, then as the last; a short one can only be the last.
 * After a last chunk nothing may follow, which is looked at with the next call:
 * what was authentic has been given out by then, and the file is refused still.
 */
#include <assert.h>
#include <string.h>

#include "age_priv.h"
#include "base/mem.h"

struct age_reader {
        struct byte_source base; /* the plain side */
        struct byte_source *from;
        enum { AT_HEADER, AT_CHUNKS, AT_LAST, AT_END, FAILED } stage;
        enum age_failure failure;
        bool opened;        /* `key` is the file's */
        bool by_identity;   /* opened by the key of `recipient`, not with a passphrase */
        struct age_recipient recipient;
        struct err error;   /* of the failure, given again to whoever goes on */
        uint64_t number;    /* of the next chunk */
        uint64_t given;     /* plain bytes */
        size_t before;      /* header and nonce */
        size_t sealed_n;    /* bytes waiting in `sealed` */
        size_t at, plain_n; /* of `plain`: taken by source_read(), and there */
        unsigned char key[32];
        unsigned char sealed[AGE_SEALED_CHUNK], plain[AGE_CHUNK];
};

_Static_assert(AGE_HEADER_MAX + AGE_NONCE <= AGE_SEALED_CHUNK, "header and nonce fit into one buffer");

/* ---- Failing ---- */

static enum err_code fail(struct age_reader *reader, enum age_failure failure, const struct err *why,
                          struct err *err)
{
        reader->stage = FAILED;
        reader->failure = failure;
        reader->error = *why;
        if (err)
                *err = *why;
        return why->code;
}

static enum err_code fail_payload(struct age_reader *reader, const char *what, struct err *err)
{
        struct err why;
        err_set(&why, ERR_CORRUPT,
                _("el archivo cifrado %s (después de %llu bytes buenos); pida que lo copien otra vez"), what,
                (unsigned long long)reader->given);
        return fail(reader, AGE_BAD_PAYLOAD, &why, err);
}

/* ---- The header ---- */

/* Fill `sealed` as far as the source goes. */
static enum err_code fill(struct age_reader *reader, struct err *err)
{
        struct err why;
        size_t got, room = sizeof reader->sealed - reader->sealed_n;
        enum err_code rc = ERR_OK;
        if (room > 0)
                rc = reader->from->read(reader->from, reader->sealed + reader->sealed_n, room, &got, &why);
        if (rc != ERR_OK)
                return fail(reader, AGE_UNREADABLE, &why, err);
        reader->sealed_n += room > 0 ? got : 0;
        return ERR_OK;
}

static void drop(struct age_reader *reader, size_t n)
{
        reader->sealed_n -= n;
        memmove(reader->sealed, reader->sealed + n, reader->sealed_n);
}

static enum err_code check_mac(const struct age_header *header, const unsigned char *file_key,
                               struct err *err)
{
        unsigned char mac[32];
        age_header_mac(file_key, header->text, header->maced, mac);
        if (sodium_memcmp(mac, header->mac, sizeof mac) == 0)
                return ERR_OK;
        return err_set(
                err, ERR_CORRUPT,
                _("alguien cambió el encabezado del archivo cifrado, o está dañado; no lo use y pida que lo "
                  "copien otra vez"));
}

static enum err_code unwrap(struct age_reader *reader, const struct age_header *header,
                            const struct age_keys *keys, unsigned char *file_key, enum age_failure *ret_failure,
                            struct err *err)
{
        const struct age_identity *own;
        enum err_code rc = age_unwrap(header, keys, file_key, &own, ret_failure, err);
        if (rc == ERR_OK && own) {
                reader->by_identity = true;
                reader->recipient = own->recipient;
        }
        return rc;
}

/* `keys` NULL: `file_key` is known already. */
static enum err_code open_header(struct age_reader *reader, const struct age_keys *keys,
                                 unsigned char *file_key, enum age_failure *ret_failure, struct err *err)
{
        struct age_header header;
        *ret_failure = AGE_BAD_HEADER;
        enum err_code rc = age_header_read((const char *)reader->sealed, reader->sealed_n, &header, err);
        if (rc == ERR_OK && keys)
                rc = unwrap(reader, &header, keys, file_key, ret_failure, err);
        if (rc != ERR_OK)
                return rc;
        *ret_failure = AGE_BAD_MAC;
        if ((rc = check_mac(&header, file_key, err)) != ERR_OK)
                return rc;
        *ret_failure = AGE_BAD_HEADER;
        reader->before = header.len + AGE_NONCE;
        if (reader->sealed_n < reader->before)
                return age_header_damaged(err, _("está cortado"));
        age_payload_key(file_key, reader->sealed + header.len, reader->key);
        return ERR_OK;
}

static enum err_code open_with(struct age_reader *reader, const struct age_keys *keys, unsigned char *file_key,
                               struct err *err)
{
        enum age_failure failure;
        struct err why;
        enum err_code rc = fill(reader, err);
        if (rc != ERR_OK)
                return rc;
        rc = open_header(reader, keys, file_key, &failure, &why);
        if (rc != ERR_OK)
                return fail(reader, failure, &why, err);
        drop(reader, reader->before);
        reader->opened = true;
        reader->stage = AT_CHUNKS;
        return ERR_OK;
}

enum err_code age_reader_open(struct age_reader *reader, const struct age_keys *keys, struct err *err)
{
        unsigned char file_key[AGE_FILE_KEY];
        enum err_code rc = open_with(reader, keys, file_key, err);
        sodium_memzero(file_key, sizeof file_key);
        return rc;
}

enum err_code age_reader_open_own(struct age_reader *reader, const struct age_writer *writer, struct err *err)
{
        unsigned char file_key[AGE_FILE_KEY];
        age_writer_file_key(writer, file_key);
        enum err_code rc = open_with(reader, NULL, file_key, err);
        sodium_memzero(file_key, sizeof file_key);
        return rc;
}

const struct age_recipient *age_reader_recipient(const struct age_reader *reader)
{
        return reader->by_identity ? &reader->recipient : NULL;
}

/* ---- Chunks ---- */

static bool open_chunk(struct age_reader *reader, bool last)
{
        return age_chunk_open(reader->key, reader->number, last, reader->sealed, reader->sealed_n,
                              reader->plain);
}

static enum err_code take_chunk(struct age_reader *reader, struct err *err)
{
        bool full = reader->sealed_n == sizeof reader->sealed;
        if (reader->sealed_n < AGE_TAG)
                return fail_payload(reader, _("está cortado"), err);
        if (reader->sealed_n == AGE_TAG && reader->number > 0)
                return fail_payload(reader, _("no termina como debe"), err);
        bool last = !(full && open_chunk(reader, false));
        if (last && !open_chunk(reader, true))
                return fail_payload(reader, _("está cortado o dañado"), err);
        reader->plain_n = reader->sealed_n - AGE_TAG;
        reader->given += reader->plain_n;
        reader->sealed_n = 0;
        reader->number++;
        reader->stage = !last ? AT_CHUNKS : full ? AT_LAST : AT_END;
        return ERR_OK;
}

/* Into `plain`; plain_n 0 at the end. */
static enum err_code next(struct age_reader *reader, struct err *err)
{
        enum err_code rc;
        assert(reader->stage != AT_HEADER);
        reader->at = reader->plain_n = 0;
        if (reader->stage == FAILED)
                return fail(reader, reader->failure, &reader->error, err);
        if (reader->stage == AT_END)
                return ERR_OK;
        if ((rc = fill(reader, err)) != ERR_OK)
                return rc;
        if (reader->stage == AT_CHUNKS)
                return take_chunk(reader, err);
        if (reader->sealed_n > 0)
                return fail_payload(reader, _("sigue después de su final"), err);
        reader->stage = AT_END;
        return ERR_OK;
}

enum err_code age_reader_next(struct age_reader *reader, const unsigned char **ret, size_t *ret_len,
                              struct err *err)
{
        enum err_code rc = next(reader, err);
        if (rc == ERR_OK) {
                *ret = reader->plain;
                *ret_len = reader->plain_n;
        }
        return rc;
}

/* ---- As a source ---- */

static enum err_code source_read(struct byte_source *base, void *buf, size_t len, size_t *ret_got,
                                 struct err *err)
{
        struct age_reader *reader = (struct age_reader *)base;
        size_t got = 0;
        while (got < len) {
                enum err_code rc = reader->at == reader->plain_n ? next(reader, err) : ERR_OK;
                if (rc != ERR_OK)
                        return rc;
                if (reader->plain_n == 0)
                        break;
                size_t n = reader->plain_n - reader->at;
                n = n < len - got ? n : len - got;
                memcpy((char *)buf + got, reader->plain + reader->at, n);
                reader->at += n;
                got += n;
        }
        *ret_got = got;
        return ERR_OK;
}

/* The key stays: if the file is another one by now, its chunks do not open. */
static enum err_code source_rewind(struct byte_source *base, struct err *err)
{
        struct age_reader *reader = (struct age_reader *)base;
        struct err why;
        if (!reader->opened)
                return next(reader, err);
        reader->failure = AGE_OK;
        reader->number = reader->given = 0;
        reader->sealed_n = reader->at = reader->plain_n = 0;
        reader->stage = AT_CHUNKS;
        enum err_code rc = reader->from->rewind(reader->from, &why);
        if (rc != ERR_OK)
                return fail(reader, AGE_UNREADABLE, &why, err);
        if ((rc = fill(reader, err)) != ERR_OK)
                return rc;
        if (reader->sealed_n < reader->before)
                return fail_payload(reader, _("está cortado"), err);
        drop(reader, reader->before);
        return ERR_OK;
}

struct byte_source *age_reader_source(struct age_reader *reader)
{
        return &reader->base;
}

struct age_reader *age_reader_new(struct byte_source *from)
{
        struct age_reader *reader = age_secret_alloc(sizeof *reader);
        memset(reader, 0, sizeof *reader);
        reader->base = (struct byte_source){source_read, source_rewind};
        reader->from = from;
        return reader;
}

void age_reader_free(struct age_reader *reader)
{
        sodium_free(reader);
}

enum age_failure age_reader_failure(const struct age_reader *reader)
{
        return reader->failure;
}
