/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing an age file (contract in sync/age.h).
 *
 * A full chunk waits in `plain` until one more byte comes, since only then is
 * it known not to be the last: so the last chunk is empty only in an empty
 * file.  After a failed write nothing more is written.
 */
#include <string.h>

#include "age_priv.h"
#include "base/mem.h"

struct age_writer {
        struct byte_sink base; /* the plain side */
        struct byte_sink *out;
        uint64_t number; /* of the next chunk */
        size_t plain_n;
        bool finished, broken;
        unsigned char key[32], file_key[AGE_FILE_KEY];
        unsigned char plain[AGE_CHUNK], sealed[AGE_SEALED_CHUNK];
};

static enum err_code put_chunk(struct age_writer *writer, const unsigned char *plain, size_t len, bool last,
                               struct err *err)
{
        age_chunk_seal(writer->key, writer->number++, last, plain, len, writer->sealed);
        enum err_code rc = writer->out->write(writer->out, writer->sealed, len + AGE_TAG, err);
        writer->broken |= rc != ERR_OK;
        return rc;
}

static enum err_code refuse(struct err *err)
{
        return err_set(err, ERR_REFUSED,
                       _("el archivo cifrado quedó a medias por un fallo anterior; empiece otra vez"));
}

/* What is more than a chunk is sealed from where it is, without a copy. */
static enum err_code write_plain(struct byte_sink *base, const void *bytes, size_t len, struct err *err)
{
        struct age_writer *writer = (struct age_writer *)base;
        const unsigned char *at = bytes;
        enum err_code rc = writer->broken || writer->finished ? refuse(err) : ERR_OK;
        while (rc == ERR_OK && len > 0) {
                size_t n = AGE_CHUNK - writer->plain_n;
                if (writer->plain_n == 0 && len > AGE_CHUNK) {
                        rc = put_chunk(writer, at, AGE_CHUNK, false, err);
                } else if (n == 0) {
                        rc = put_chunk(writer, writer->plain, AGE_CHUNK, false, err);
                        writer->plain_n = 0;
                } else {
                        n = n < len ? n : len;
                        memcpy(writer->plain + writer->plain_n, at, n);
                        writer->plain_n += n;
                }
                at += n;
                len -= n;
        }
        return rc;
}

static enum err_code check_seal(const struct age_seal *seal, struct err *err)
{
        if (seal->passphrase && seal->recipients_n > 0)
                return err_set(err, ERR_INVALID,
                               _("un archivo se cifra para claves o con una frase, no con ambas"));
        if (!seal->passphrase && seal->recipients_n <= 0)
                return err_set(err, ERR_INVALID,
                               _("no se dijo para quién cifrar; indique una clave pública o una frase"));
        if (seal->passphrase && !seal->passphrase[0])
                return err_set(err, ERR_INVALID, _("la frase de contraseña está vacía; escriba una"));
        if (seal->work_factor < 0 || seal->work_factor > AGE_WORK_FACTOR_MAX)
                return err_set(err, ERR_INVALID, _("el costo de la frase debe estar entre 1 y %d"),
                               AGE_WORK_FACTOR_MAX);
        return ERR_OK;
}

static void add_mac(struct str *header, const unsigned char file_key[AGE_FILE_KEY])
{
        unsigned char mac[32];
        char text[sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
        str_add(header, "---");
        age_header_mac(file_key, header->text, header->len, mac);
        sodium_bin2base64(text, sizeof text, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
        str_addf(header, " %s\n", text);
}

/* Header, nonce, and the key of the payload. */
static enum err_code begin(struct age_writer *writer, const struct age_seal *seal, struct err *err)
{
        unsigned char *file_key = writer->file_key, nonce[AGE_NONCE];
        struct str header = STR_INIT;
        randombytes_buf(file_key, AGE_FILE_KEY);
        randombytes_buf(nonce, sizeof nonce);
        str_add(&header, AGE_VERSION_LINE);
        enum err_code rc = age_wrap(seal, file_key, &header, err);
        if (rc == ERR_OK) {
                add_mac(&header, file_key);
                str_addn(&header, (const char *)nonce, sizeof nonce);
                age_payload_key(file_key, nonce, writer->key);
                if (header.len > AGE_HEADER_MAX)
                        rc = err_set(err, ERR_LIMIT,
                                     _("son demasiados destinatarios; divídalos en varios archivos"));
                else
                        rc = writer->out->write(writer->out, header.text, header.len, err);
        }
        str_release(&header);
        return rc;
}

enum err_code age_writer_new(struct byte_sink *out, const struct age_seal *seal, struct age_writer **ret,
                             struct err *err)
{
        enum err_code rc = check_seal(seal, err);
        if (rc != ERR_OK)
                return rc;
        struct age_writer *writer = age_secret_alloc(sizeof *writer);
        writer->base.write = write_plain;
        writer->out = out;
        writer->number = 0;
        writer->plain_n = 0;
        writer->finished = writer->broken = false;
        rc = begin(writer, seal, err);
        if (rc == ERR_OK)
                *ret = writer;
        else
                age_writer_free(writer);
        return rc;
}

struct byte_sink *age_writer_sink(struct age_writer *writer)
{
        return &writer->base;
}

void age_writer_file_key(const struct age_writer *writer, unsigned char ret[AGE_FILE_KEY])
{
        memcpy(ret, writer->file_key, AGE_FILE_KEY);
}

enum err_code age_writer_finish(struct age_writer *writer, struct err *err)
{
        if (writer->broken || writer->finished)
                return refuse(err);
        writer->finished = true;
        return put_chunk(writer, writer->plain, writer->plain_n, true, err);
}

void age_writer_free(struct age_writer *writer)
{
        sodium_free(writer);
}
