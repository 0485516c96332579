/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The grammar of age's header, to the letter:
 *
 *   header   = "age-encryption.org/v1" LF  1*stanza  "--- " 43base64 LF
 *   stanza   = "-> " argument *(SP argument) LF  *(64base64 LF)  *63base64 LF
 *   argument = 1*VCHAR
 *
 * age_header_read() walks over all of it once, so that age_header_next(), which
 * takes the stanzas out later, meets nothing that it does not know.  The text is
 * never written again from what was read: the MAC is over the bytes as they are.
 */
#include "age_priv.h"

#include <string.h>

#define ARMOR "-----BEGIN AGE ENC"

enum { COLUMNS = 64, COLUMN_BYTES = 48 };

enum err_code age_header_damaged(struct err *err, const char *what)
{
        return err_set(err, ERR_CORRUPT,
                       _("el encabezado del archivo cifrado está dañado (%s); pida que lo copien otra vez"),
                       what);
}

static bool starts(const char *bytes, size_t len, const char *with)
{
        return len >= strlen(with) && memcmp(bytes, with, strlen(with)) == 0;
}

bool age_begins(const void *bytes, size_t len)
{
        return starts(bytes, len, AGE_MAGIC) || starts(bytes, len, ARMOR);
}

bool age_span_is(const struct age_span *span, const char *text)
{
        return span->len == strlen(text) && memcmp(span->text, text, span->len) == 0;
}

/* Why a stanza does not hold, when it is not the stanza's fault. */
static const char *const cut = _("está cortado");

/* The text ended first: by our limit, or as the file does. */
static enum err_code ends_early(size_t len, struct err *err)
{
        if (len < AGE_HEADER_MAX)
                return age_header_damaged(err, cut);
        return err_set(
                err, ERR_LIMIT,
                _("el encabezado del archivo cifrado pasa de 64 KiB; no lo use y avise a quien se lo dio"));
}

/*
 * libsodium takes no padding here and no spare bits that are not 0; but, where char is signed, any
 * byte from 128 on as if it were a slash (1.0.18), so those are looked for first.
 */
static bool from_base64(const struct age_span *span, unsigned char *ret, size_t max, size_t *ret_len)
{
        for (size_t i = 0; i < span->len; i++)
                if ((unsigned char)span->text[i] >= 0x80)
                        return false;
        return sodium_base642bin(ret, max, span->text, span->len, NULL, ret_len, NULL,
                                 sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0;
}

bool age_span_bytes(const struct age_span *span, unsigned char *ret, size_t len)
{
        size_t got;
        return from_base64(span, ret, len, &got) && got == len;
}

/* The line at *at without its end; false if it has none. */
static bool take_line(const char *text, size_t len, size_t *at, struct age_span *ret)
{
        const char *begin = text + *at, *end = memchr(begin, '\n', len - *at);
        if (!end)
                return false;
        *ret = (struct age_span){begin, (size_t)(end - begin)};
        *at += ret->len + 1;
        return true;
}

static bool take_args(const struct age_span *line, struct age_stanza *stanza)
{
        const char *at = line->text + 3, *end = line->text + line->len;
        stanza->args_n = 0;
        for (const char *begin = at;; at++) {
                if (at < end && *at != ' ') {
                        if (*at < 0x21 || *at > 0x7e)
                                return false;
                        continue;
                }
                if (at == begin)
                        return false;
                if (stanza->args_n < 3)
                        stanza->args[stanza->args_n] = (struct age_span){begin, (size_t)(at - begin)};
                stanza->args_n++;
                if (at == end)
                        return true;
                begin = at + 1;
        }
}

/* One line of a body; what does not fit into `body` is checked and counted. */
static bool take_body_line(const struct age_span *line, struct age_stanza *stanza)
{
        unsigned char bytes[COLUMN_BYTES];
        size_t got, room;
        if (line->len > COLUMNS || !from_base64(line, bytes, sizeof bytes, &got))
                return false;
        room = stanza->body_len < AGE_WRAPPED ? AGE_WRAPPED - stanza->body_len : 0;
        memcpy(stanza->body + AGE_WRAPPED - room, bytes, got < room ? got : room);
        stanza->body_len += got;
        return true;
}

/* The stanza at *at; NULL, or what is wrong with it. */
static const char *take_stanza(const char *text, size_t len, size_t *at, struct age_stanza *ret)
{
        struct age_span line;
        if (!take_line(text, len, at, &line))
                return cut;
        if (line.len < 3 || memcmp(line.text, "-> ", 3) != 0 || !take_args(&line, ret))
                return _("una línea de destinatario");
        ret->body_len = 0;
        do {
                if (!take_line(text, len, at, &line))
                        return cut;
                if (!take_body_line(&line, ret))
                        return _("la clave de un destinatario");
        } while (line.len == COLUMNS);
        return NULL;
}

static bool is_end(const char *text, size_t len, size_t at)
{
        return len - at >= 3 && memcmp(text + at, "---", 3) == 0;
}

/* The text does not begin with the line of version 1, whole or cut. */
static enum err_code other_version(const char *text, size_t len, struct err *err)
{
        if (starts(text, len, ARMOR))
                return err_set(
                        err, ERR_INVALID,
                        _("está cifrado con age en forma de texto, que simae no lee; pida que lo cifren sin "
                          "--armor"));
        if (starts(text, len, AGE_MAGIC "v1\r"))
                return age_header_damaged(err, _("se copió como si fuera texto"));
        if (age_begins(text, len))
                return err_set(err, ERR_NEWER,
                               _("está cifrado con una versión de age que simae no conoce; pida que lo "
                                 "cifren con la "
                                 "versión 1"));
        return err_set(err, ERR_INVALID,
                       _("no es un archivo cifrado con age; revise que sea el archivo que le dieron"));
}

static enum err_code check_version(const char *text, size_t len, struct err *err)
{
        size_t line = strlen(AGE_VERSION_LINE), common = len < line ? len : line;
        if (len == 0 || memcmp(text, AGE_VERSION_LINE, common) != 0)
                return other_version(text, len, err);
        return common == line ? ERR_OK : ends_early(len, err);
}

static enum err_code take_mac(const char *text, size_t len, size_t at, struct age_header *header,
                              struct err *err)
{
        struct age_span line, mac;
        header->maced = at + 3;
        if (!take_line(text, len, &at, &line))
                return ends_early(len, err);
        if (line.len < 4 || line.text[3] != ' ')
                return age_header_damaged(err, _("su última línea"));
        mac = (struct age_span){line.text + 4, line.len - 4};
        if (!age_span_bytes(&mac, header->mac, sizeof header->mac))
                return age_header_damaged(err, _("su última línea"));
        header->len = at;
        return ERR_OK;
}

static enum err_code take_header(const char *text, size_t len, struct age_header *header, struct err *err)
{
        struct age_stanza stanza;
        enum err_code rc = check_version(text, len, err);
        if (rc != ERR_OK)
                return rc;
        size_t at = header->stanzas = strlen(AGE_VERSION_LINE);
        while (!is_end(text, len, at)) {
                const char *wrong = take_stanza(text, len, &at, &stanza);
                if (wrong)
                        return wrong == cut ? ends_early(len, err) : age_header_damaged(err, wrong);
                header->stanzas_n++;
        }
        if (header->stanzas_n == 0)
                return age_header_damaged(err, _("no nombra destinatarios"));
        return take_mac(text, len, at, header, err);
}

enum err_code age_header_read(const char *text, size_t len, struct age_header *ret, struct err *err)
{
        struct age_header header = {.text = text};
        enum err_code rc = take_header(text, len < AGE_HEADER_MAX ? len : AGE_HEADER_MAX, &header, err);
        if (rc == ERR_OK)
                *ret = header;
        return rc;
}

bool age_header_next(const struct age_header *header, size_t *at, struct age_stanza *ret)
{
        if (is_end(header->text, header->len, *at))
                return false;
        return take_stanza(header->text, header->len, at, ret) == NULL;
}
