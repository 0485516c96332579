/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ustar subset (contract in tar.h).  Reading a header means: take name and
 * size out of it, write the header that we would have written for them, and
 * compare all 512 bytes.
 */
#include "tar.h"

#include <stdio.h>
#include <string.h>

#include "damage.h"

static const char zeros[2 * TAR_BLOCK];

/* A ustar header is fields at fixed places; those left out are NUL. */
enum {
        AT_NAME = 0, AT_MODE = 100, AT_UID = 108, AT_GID = 116, AT_SIZE = 124, AT_MTIME = 136,
        AT_SUM = 148, AT_TYPE = 156, AT_MAGIC = 257, SUM_LEN = 8, SIZE_DIGITS = 11,
};

static void make_header(char block[TAR_BLOCK], const char *name, uint64_t size)
{
        unsigned sum = 0;
        memset(block, 0, TAR_BLOCK);
        memcpy(block + AT_NAME, name, strlen(name));
        memcpy(block + AT_MODE, "0000644", 7);
        memcpy(block + AT_UID, "0000000", 7);
        memcpy(block + AT_GID, "0000000", 7);
        for (int i = SIZE_DIGITS - 1; i >= 0; i--, size >>= 3)
                block[AT_SIZE + i] = (char)('0' + (size & 7));
        memcpy(block + AT_MTIME, "00000000000", 11);
        memset(block + AT_SUM, ' ', SUM_LEN);
        block[AT_TYPE] = '0';
        memcpy(block + AT_MAGIC, "ustar\00000", 8);
        for (int i = 0; i < TAR_BLOCK; i++)
                sum += (unsigned char)block[i];
        snprintf(block + AT_SUM, SUM_LEN, "%06o", sum); /* six digits, NUL, and the blank left */
}

static size_t padding(uint64_t size)
{
        return (size_t)(-size & (TAR_BLOCK - 1));
}

uint64_t tar_cost(uint64_t size)
{
        return TAR_BLOCK + size + padding(size);
}

enum err_code tar_write_begin(struct tar_writer *tar, const char *name, uint64_t size, struct err *err)
{
        char block[TAR_BLOCK];
        make_header(block, name, size);
        tar->at += tar_cost(size);
        return tar->out->write(tar->out, block, sizeof block, err);
}

enum err_code tar_write_padding(struct tar_writer *tar, uint64_t size, struct err *err)
{
        return tar->out->write(tar->out, zeros, padding(size), err);
}

enum err_code tar_write(struct tar_writer *tar, const char *name, const void *data, size_t len,
                        struct err *err)
{
        enum err_code rc = tar_write_begin(tar, name, len, err);
        if (rc == ERR_OK)
                rc = tar->out->write(tar->out, data, len, err);
        if (rc == ERR_OK)
                rc = tar_write_padding(tar, len, err);
        return rc;
}

enum err_code tar_write_end(struct tar_writer *tar, struct err *err)
{
        tar->at += sizeof zeros;
        return tar->out->write(tar->out, zeros, sizeof zeros, err);
}

/* Read exactly `len` bytes of the archive; `where` if it ends before. */
static enum err_code read_exactly(struct tar_reader *tar, void *buf, size_t len, const char *where,
                                  struct err *err)
{
        size_t got;
        enum err_code rc = tar->source->read(tar->source, buf, len, &got, err);
        if (rc != ERR_OK)
                return rc;
        tar->at += got;
        return got == len ? ERR_OK : damaged(err, where);
}

static bool is_name_letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (c != '\0' && strchr("./_-", c));
}

/* Name and size of a header; false if they could not be ours. */
static bool take_header(const char block[TAR_BLOCK], char name[TAR_NAME], uint64_t *ret_size)
{
        size_t len = 0;
        uint64_t size = 0;
        while (len < TAR_NAME && is_name_letter(block[len]))
                len++;
        if (len == 0 || len == TAR_NAME || block[len] != '\0')
                return false;
        for (int i = 0; i < SIZE_DIGITS; i++) {
                unsigned digit = (unsigned char)block[AT_SIZE + i] - (unsigned)'0';
                if (digit > 7)
                        return false;
                size = size << 3 | digit;
        }
        char expected[TAR_BLOCK];
        memcpy(name, block, len + 1);
        make_header(expected, name, size);
        *ret_size = size;
        return memcmp(block, expected, TAR_BLOCK) == 0;
}

/* The zeros after an entry's data: a place to hide bytes, so they are looked at. */
static enum err_code read_padding(struct tar_reader *tar, struct err *err)
{
        char block[TAR_BLOCK];
        size_t len = padding(tar->size);
        tar->size = 0;
        enum err_code rc = len ? read_exactly(tar, block, len, tar->name, err) : ERR_OK;
        if (rc == ERR_OK && memcmp(block, zeros, len) != 0)
                rc = damaged(err, tar->name);
        return rc;
}

/* After one block of zeros: another, and then nothing. */
static enum err_code read_end(struct tar_reader *tar, bool *ret_end, struct err *err)
{
        char block[TAR_BLOCK + 1];
        size_t got;
        enum err_code rc = tar->source->read(tar->source, block, sizeof block, &got, err);
        if (rc != ERR_OK)
                return rc;
        if (got != TAR_BLOCK || memcmp(block, zeros, TAR_BLOCK) != 0)
                return damaged(err, _("su final"));
        *ret_end = true;
        return ERR_OK;
}

static enum err_code bad_header(const struct tar_reader *tar, struct err *err)
{
        char where[TAR_NAME + 64];
        if (tar->at == TAR_BLOCK)
                return err_set(err, ERR_INVALID,
                               _("no es un paquete de simae, o está dañado desde el principio; "
                                 "revise que sea el archivo correcto"));
        snprintf(where, sizeof where, _("lo que sigue a %s"), tar->name);
        return damaged(err, where);
}

enum err_code tar_next(struct tar_reader *tar, bool *ret_end, struct err *err)
{
        char block[TAR_BLOCK], name[TAR_NAME];
        uint64_t size;
        enum err_code rc = read_padding(tar, err);
        if (rc == ERR_OK)
                rc = read_exactly(tar, block, sizeof block, tar->at ? _("su final") : _("el comienzo"), err);
        if (rc != ERR_OK)
                return rc;
        if (tar->at > TAR_BLOCK && memcmp(block, zeros, TAR_BLOCK) == 0)
                return read_end(tar, ret_end, err);
        if (!take_header(block, name, &size))
                return bad_header(tar, err);
        memcpy(tar->name, name, sizeof name);
        tar->size = tar->left = size;
        *ret_end = false;
        return ERR_OK;
}

enum err_code tar_read(struct tar_reader *tar, void *buf, size_t len, struct err *err)
{
        enum err_code rc = read_exactly(tar, buf, len, tar->name, err);
        if (rc == ERR_OK)
                tar->left -= len;
        return rc;
}

enum err_code tar_read_all(struct tar_reader *tar, size_t max, struct str *ret, struct err *err)
{
        char chunk[16384];
        str_clear(ret);
        if (tar->size > max)
                return oversized(err, tar->name);
        while (tar->left > 0) {
                size_t len = tar->left < sizeof chunk ? (size_t)tar->left : sizeof chunk;
                enum err_code rc = tar_read(tar, chunk, len, err);
                if (rc != ERR_OK)
                        return rc;
                str_addn(ret, chunk, len);
        }
        return ERR_OK;
}
