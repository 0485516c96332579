/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the list said the last time, in the hidden question `padron` of each
 * school: eight letters a value, from 16 bits of its question and 32 of it.
 * That tells a list that changed from a person who did, wherever the record
 * has been since, and costs a quarter of keeping the values.
 */
#include "padron_priv.h"

#include <sodium.h>
#include <string.h>

/* FNV-1a: nobody is to be kept from making two values alike, only chance. */
static uint64_t digest(uint64_t hash, const char *text)
{
        for (; *text; text++)
                hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
        return hash;
}

static const uint64_t SEED = UINT64_C(14695981039346656037);

static void letters_of(const char *question, const char *value, char out[SAID_LETTERS + 1])
{
        uint64_t which = digest(SEED, question), what = digest(which, value);
        unsigned char bytes[6];
        which ^= which >> 32;
        what ^= what >> 32;
        bytes[0] = (unsigned char)(which ^ which >> 16);
        bytes[1] = (unsigned char)((which ^ which >> 16) >> 8);
        for (int i = 0; i < 4; i++)
                bytes[2 + i] = (unsigned char)(what >> 8 * i);
        sodium_bin2base64(out, SAID_LETTERS + 1, bytes, sizeof bytes,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void padron_said(const struct padron_map *map, const struct padron_row *row, struct str *out)
{
        char letters[SAID_LETTERS + 1];
        for (int i = 0; i < map->slots_n; i++) {
                if (!*row->values[i] || map->slots[i].flags & UNDATED)
                        continue;
                letters_of(map->slots[i].question, row->values[i], letters);
                str_addn(out, letters, SAID_LETTERS);
        }
}

/* The first 16 bits are two letters and a part of the third: compared as bytes. */
static unsigned which_of(const char *letters)
{
        unsigned char bytes[6];
        size_t n;
        if (sodium_base642bin(bytes, sizeof bytes, letters, SAID_LETTERS, NULL, &n, NULL,
                              sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
            n != sizeof bytes)
                return 1u << 16; /* not ours: the question of nobody */
        return bytes[0] | (unsigned)bytes[1] << 8;
}

static const char *find(const char *said, size_t len, unsigned which)
{
        for (size_t at = 0; at + SAID_LETTERS <= len; at += SAID_LETTERS)
                if (which_of(said + at) == which)
                        return said + at;
        return NULL;
}

const char *padron_said_find(const char *said, const char *question)
{
        char letters[SAID_LETTERS + 1];
        letters_of(question, "", letters);
        return find(said, strlen(said), which_of(letters));
}

bool padron_said_is(const char *letters, const char *question, const char *value)
{
        char wanted[SAID_LETTERS + 1];
        letters_of(question, value, wanted);
        return strncmp(letters, wanted, SAID_LETTERS) == 0;
}

void padron_said_merge(struct str *out, const char *before, const char *now)
{
        size_t own = strlen(before) / SAID_LETTERS * SAID_LETTERS, len = strlen(now);
        str_addn(out, before, own);
        for (size_t at = 0; at + SAID_LETTERS <= len; at += SAID_LETTERS) {
                const char *old = find(out->text, own, which_of(now + at));
                if (old)
                        str_splice(out, (size_t)(old - out->text), SAID_LETTERS, now + at, SAID_LETTERS);
                else
                        str_addn(out, now + at, SAID_LETTERS);
        }
}

uint64_t padron_said_digest(const char *said)
{
        return digest(SEED, said) | 1; /* 0 is "never" */
}
