/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Encodings: told apart by what they make of the bytes, and decoded.
 *
 * Bytes that are valid UTF-8 beyond a few accidents are UTF-8.  Otherwise each
 * byte above 127 beside a letter is read both ways, and speaks for the way
 * that gives a letter of Spanish of its neighbour's case: "Jard\xA1n" is Jardín
 * in CP850 and nothing in CP1252; \xE9 is é in CP1252 and Ú in CP850, so its
 * neighbours decide.
 */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "intake_priv.h"

/* ---- Telling them apart ---- */

enum { ENOUGH = 4000 };

struct evidence {
        long utf8, not_utf8, cp850, cp1252;
};

static bool is_letter(unsigned char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_lower(unsigned char c)
{
        return c >= 'a' && c <= 'z';
}

/* á é í ó ú ñ ü and their capitals, as these encodings write them. */
static const struct {
        unsigned char cp850, cp1252;
        bool lower;
} spanish[] = {
        {0xA0, 0xE1, true},  {0x82, 0xE9, true},  {0xA1, 0xED, true},  {0xA2, 0xF3, true},
        {0xA3, 0xFA, true},  {0xA4, 0xF1, true},  {0x81, 0xFC, true},  {0xB5, 0xC1, false},
        {0x90, 0xC9, false}, {0xD6, 0xCD, false}, {0xE0, 0xD3, false}, {0xE9, 0xDA, false},
        {0xA5, 0xD1, false}, {0x9A, 0xDC, false},
};

static void weigh_letter(struct evidence *evidence, unsigned char c, unsigned char beside)
{
        bool lower = is_lower(beside);
        if (!is_letter(beside))
                return;
        for (size_t i = 0; i < ARRAY_LEN(spanish); i++) {
                evidence->cp850 += spanish[i].cp850 == c && spanish[i].lower == lower;
                evidence->cp1252 += spanish[i].cp1252 == c && spanish[i].lower == lower;
        }
}

/* Bytes of the sequence that begins here if it is well-formed UTF-8, else 0. */
static size_t sequence(const unsigned char *p, size_t left)
{
        size_t n = *p >= 0xF0 ? 4 : *p >= 0xE0 ? 3 : 2;
        if (*p < 0xC2 || *p > 0xF4 || left < n)
                return 0;
        for (size_t i = 1; i < n; i++)
                if ((p[i] & 0xC0) != 0x80)
                        return 0;
        return n;
}

static void weigh_block(struct evidence *evidence, const unsigned char *block, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                if (block[i] < 0x80)
                        continue;
                size_t step = sequence(block + i, n - i);
                if (step)
                        evidence->utf8++;
                else
                        evidence->not_utf8++;
                for (size_t k = i; k < i + (step ? step : 1); k++) {
                        unsigned char before = k ? block[k - 1] : ' ', after = k + 1 < n ? block[k + 1] : ' ';
                        weigh_letter(evidence, block[k], is_letter(before) ? before : after);
                }
                i += step ? step - 1 : 0;
        }
}

const char *charset_guess(FILE *file, int64_t from, const char *otherwise)
{
        static const unsigned char mark[] = {0xEF, 0xBB, 0xBF};
        unsigned char block[1 << 15];
        struct evidence sum = {0};
        size_t n;
        bool first = true;
        if (fseeko(file, (off_t)from, SEEK_SET) != 0)
                return otherwise;
        while (sum.utf8 + sum.not_utf8 < ENOUGH && (n = fread(block, 1, sizeof block, file)) > 0) {
                if (first && from == 0 && n >= sizeof mark && memcmp(block, mark, sizeof mark) == 0)
                        return "UTF-8";
                first = false;
                weigh_block(&sum, block, n);
        }
        if (sum.utf8 > 10 * sum.not_utf8)
                return "UTF-8";
        return sum.cp850 > sum.cp1252 ? "CP850" : sum.cp1252 > sum.cp850 ? "CP1252" : otherwise;
}

/* ---- Decoding ---- */

static bool is_name_of_utf8(const char *name)
{
        return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0;
}

/* True if the encoding gives `byte` one letter of its own. */
static bool letter_of(iconv_t conversion, unsigned char byte, char ret[5])
{
        char in[1] = {(char)byte}, *from = in, *to = ret;
        size_t in_left = 1, out_left = 4;
        iconv(conversion, NULL, NULL, NULL, NULL);
        if (iconv(conversion, &from, &in_left, &to, &out_left) == (size_t)-1)
                return false;
        iconv(conversion, NULL, NULL, &to, &out_left);
        *to = '\0';
        return true;
}

enum err_code charset_init(struct charset *charset, const char *name, struct err *err)
{
        *charset = (struct charset){.is_utf8 = is_name_of_utf8(name)};
        snprintf(charset->name, sizeof charset->name, "%s", charset->is_utf8 ? "UTF-8" : name);
        if (charset->is_utf8)
                return ERR_OK;
        iconv_t conversion = iconv_open("UTF-8", name);
        if (conversion == (iconv_t)-1)
                return err_set(err, ERR_INVALID,
                               _("no se conoce la codificación «%.30s»; pruebe UTF-8, CP850 o CP1252"), name);
        int letters = 0;
        for (int byte = 0; byte < 256; byte++)
                if (!letter_of(conversion, (unsigned char)byte, charset->letters[byte]))
                        charset->letters[byte][0] = '\0';
                else
                        letters += byte >= 'A' && byte <= 'z' && charset->letters[byte][0] == (char)byte;
        iconv_close(conversion);
        if (letters < 'z' - 'A' + 1)
                return err_set(err, ERR_INVALID,
                               _("«%.30s» no escribe cada letra en un byte; convierta el archivo a UTF-8"),
                               name);
        return ERR_OK;
}

static bool is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What the cell is: up to its first NUL, without blanks around. */
static void trim(const char **bytes, size_t *len)
{
        const char *end = memchr(*bytes, '\0', *len);
        if (end)
                *len = (size_t)(end - *bytes);
        while (*len && is_blank((*bytes)[*len - 1]))
                --*len;
        while (*len && is_blank(**bytes)) {
                ++*bytes;
                --*len;
        }
}

static bool is_plain(const char *bytes, size_t len)
{
        for (size_t i = 0; i < len; i++)
                if ((unsigned char)bytes[i] < ' ' || (unsigned char)bytes[i] >= 0x7F)
                        return false;
        return true;
}

const char *charset_decode(const struct charset *charset, const char *bytes, size_t len, struct arena *arena)
{
        trim(&bytes, &len);
        if (is_plain(bytes, len))
                return len ? arena_strndup(arena, bytes, len) : "";
        if (charset->is_utf8 && !utf8_valid(bytes, len, NULL))
                return NULL;
        char *out = arena_alloc(arena, 4 * len + 1), *to = out;
        for (size_t i = 0; i < len; i++) {
                unsigned char byte = (unsigned char)bytes[i];
                if (is_blank((char)byte))
                        *to++ = ' ';
                else if (byte < ' ' || byte == 0x7F)
                        return NULL;
                else if (charset->is_utf8)
                        *to++ = (char)byte;
                else if (!charset->letters[byte][0])
                        return NULL;
                else
                        to = stpcpy(to, charset->letters[byte]);
        }
        *to = '\0';
        return out;
}
