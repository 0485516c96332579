/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids, hashes and readable codes (contract in base/id.h). */
#include "base/id.h"

#include <ctype.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "base/clock.h"

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { CODE_LETTERS = 7 };

struct id id_new(void)
{
        struct id id;
        random_bytes(id.bytes, sizeof id.bytes);
        return id;
}

bool id_equal(const struct id *a, const struct id *b)
{
        return memcmp(a->bytes, b->bytes, ID_BYTES) == 0;
}

bool id_is_none(const struct id *id)
{
        return id_equal(id, &(struct id){0});
}

char *id_format(const struct id *id, char out[ID_TEXT])
{
        return sodium_bin2hex(out, ID_TEXT, id->bytes, ID_BYTES);
}

static bool parse_hex(const char *text, unsigned char *out, size_t bytes)
{
        size_t len;
        return strlen(text) == 2 * bytes &&
               sodium_hex2bin(out, bytes, text, 2 * bytes, NULL, &len, NULL) == 0 && len == bytes;
}

bool id_parse(const char *text, struct id *ret)
{
        struct id id;
        if (!parse_hex(text, id.bytes, ID_BYTES))
                return false;
        *ret = id;
        return true;
}

struct id id_from(const void *bytes, size_t len)
{
        struct id id;
        crypto_generichash(id.bytes, ID_BYTES, bytes, len, NULL, 0);
        return id;
}

struct hash hash_of(const void *bytes, size_t len)
{
        struct hash hash;
        crypto_generichash(hash.bytes, HASH_BYTES, bytes, len, NULL, 0);
        return hash;
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
        return memcmp(a->bytes, b->bytes, HASH_BYTES) == 0;
}

char *hash_format(const struct hash *hash, char out[HASH_TEXT])
{
        return sodium_bin2hex(out, HASH_TEXT, hash->bytes, HASH_BYTES);
}

bool hash_parse(const char *text, struct hash *ret)
{
        struct hash hash;
        if (!parse_hex(text, hash.bytes, HASH_BYTES))
                return false;
        *ret = hash;
        return true;
}

/*
 * The letters as a polynomial over GF(32), at a root of x^5 + x^2 + 1: each place
 * weighs a different power of it, so any wrong letter, and any two swapped, give
 * another value.  (A sum mod 32 cannot: neighbours 16 apart may trade places.)
 */
static unsigned check_value(const unsigned char values[CODE_LETTERS])
{
        unsigned sum = 0;
        for (unsigned i = 0; i < CODE_LETTERS; i++) {
                sum = (sum ^ values[i]) << 1;
                if (sum & 32)
                        sum ^= 0x25;
        }
        return sum;
}

char *id_code(const struct id *id, char out[CODE_TEXT])
{
        unsigned char values[CODE_LETTERS];
        uint64_t bits = 0;
        for (int i = 0; i < 5; i++)
                bits = bits << 8 | id->bytes[i];
        for (int i = 0; i < CODE_LETTERS; i++) {
                values[i] = (unsigned char)(bits >> (35 - 5 * i) & 31);
                out[i] = crockford[values[i]];
        }
        out[CODE_LETTERS] = crockford[check_value(values)];
        out[CODE_LETTERS + 1] = '\0';
        return out;
}

/* The value of a letter as people write it, or -1. */
static int letter_value(char c)
{
        c = (char)toupper((unsigned char)c);
        if (c == 'I' || c == 'L')
                c = '1';
        if (c == 'O')
                c = '0';
        const char *at = c ? strchr(crockford, c) : NULL;
        return at ? (int)(at - crockford) : -1;
}

bool id_code_check(const char *text, char ret[CODE_TEXT])
{
        unsigned char values[CODE_LETTERS + 1];
        int n = 0;
        for (; *text; text++) {
                if (*text == ' ' || *text == '-')
                        continue;
                int value = letter_value(*text);
                if (value < 0 || n > CODE_LETTERS)
                        return false;
                values[n++] = (unsigned char)value;
        }
        if (n != CODE_LETTERS + 1 || values[CODE_LETTERS] != check_value(values))
                return false;
        for (int i = 0; ret && i < n; i++)
                ret[i] = crockford[values[i]];
        if (ret)
                ret[n] = '\0';
        return true;
}
