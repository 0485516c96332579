/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bech32 (contract in age_bech32.h).  A text is a prefix, a "1" and letters of
 * five bits each; the last six are a checksum over all the rest, computed in
 * small letters.  What passes through here may be a secret: copies are wiped.
 */
#include "age_bech32.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { DATA = 52, CHECKSUM = 6 };

static const char letters[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/* One more letter of five bits into the checksum's polynomial. */
static uint32_t step(uint32_t sum, unsigned five)
{
        static const uint32_t generator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
        uint32_t top = sum >> 25;
        sum = (sum & 0x1ffffff) << 5 ^ five;
        for (unsigned i = 0; i < 5; i++)
                if (top >> i & 1)
                        sum ^= generator[i];
        return sum;
}

static uint32_t sum_of(const char *prefix, const unsigned char *fives, size_t n)
{
        uint32_t sum = 1;
        for (const char *at = prefix; *at; at++)
                sum = step(sum, (unsigned char)*at >> 5);
        sum = step(sum, 0);
        for (const char *at = prefix; *at; at++)
                sum = step(sum, (unsigned char)*at & 31);
        for (size_t i = 0; i < n; i++)
                sum = step(sum, fives[i]);
        return sum;
}

/* 32 bytes as 52 groups of five bits: the last group ends in four zero bits. */
static void to_fives(const unsigned char *bytes, unsigned char *fives)
{
        for (size_t i = 0; i < DATA; i++) {
                size_t bit = 5 * i, byte = bit / 8;
                unsigned pair = (unsigned)bytes[byte] << 8 | (byte + 1 < BECH32_BYTES ? bytes[byte + 1] : 0);
                fives[i] = pair >> (11 - bit % 8) & 31;
        }
}

static bool from_fives(const unsigned char *fives, unsigned char *bytes)
{
        memset(bytes, 0, BECH32_BYTES);
        for (size_t i = 0; i < DATA; i++) {
                size_t bit = 5 * i, byte = bit / 8;
                unsigned pair = (unsigned)fives[i] << (11 - bit % 8);
                bytes[byte] |= (unsigned char)(pair >> 8);
                if (byte + 1 < BECH32_BYTES)
                        bytes[byte + 1] |= (unsigned char)pair;
        }
        return (fives[DATA - 1] & 15) == 0;
}

void bech32_write(const char *prefix, const unsigned char bytes[BECH32_BYTES], char *out)
{
        unsigned char fives[DATA + CHECKSUM] = {0};
        size_t at = strlen(prefix);
        to_fives(bytes, fives);
        uint32_t sum = sum_of(prefix, fives, DATA + CHECKSUM) ^ 1;
        for (unsigned i = 0; i < CHECKSUM; i++)
                fives[DATA + i] = sum >> 5 * (CHECKSUM - 1 - i) & 31;
        memcpy(out, prefix, at);
        out[at++] = '1';
        for (size_t i = 0; i < DATA + CHECKSUM; i++)
                out[at++] = letters[fives[i]];
        out[at] = '\0';
        sodium_memzero(fives, sizeof fives);
}

static bool is_capital(char c)
{
        return c >= 'A' && c <= 'Z';
}

static char small(char c)
{
        return is_capital(c) ? (char)(c + 'a' - 'A') : c;
}

static bool mixes_cases(const char *text)
{
        bool capital = false, small_one = false;
        for (; *text; text++) {
                capital |= is_capital(*text);
                small_one |= *text >= 'a' && *text <= 'z';
        }
        return capital && small_one;
}

static bool begins(const char *text, const char *prefix)
{
        while (*prefix && small(*text) == *prefix)
                text++, prefix++;
        return !*prefix && *text == '1';
}

static enum bech32_result read_tail(const char *tail, const char *prefix, unsigned char *fives,
                                    unsigned char *bytes)
{
        for (size_t i = 0; i < DATA + CHECKSUM; i++) {
                const char *found = memchr(letters, small(tail[i]), sizeof letters - 1);
                if (!found)
                        return BECH32_LETTER;
                fives[i] = (unsigned char)(found - letters);
        }
        if (sum_of(prefix, fives, DATA + CHECKSUM) != 1)
                return BECH32_CHECKSUM;
        return from_fives(fives, bytes) ? BECH32_OK : BECH32_CHECKSUM;
}

enum bech32_result bech32_read(const char *text, const char *prefix, unsigned char ret[BECH32_BYTES])
{
        unsigned char fives[DATA + CHECKSUM], bytes[BECH32_BYTES];
        if (!begins(text, prefix))
                return BECH32_OTHER;
        const char *tail = text + strlen(prefix) + 1;
        if (mixes_cases(text))
                return BECH32_LETTER;
        if (strlen(tail) != DATA + CHECKSUM)
                return BECH32_LENGTH;
        enum bech32_result result = read_tail(tail, prefix, fives, bytes);
        if (result == BECH32_OK)
                memcpy(ret, bytes, BECH32_BYTES);
        sodium_memzero(fives, sizeof fives);
        sodium_memzero(bytes, sizeof bytes);
        return result;
}
