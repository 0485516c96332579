/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A key as six words that two people read to each other (contract in
 * app/keys.h): the first 66 bits of the BLAKE2b of its text and a label.  Nobody
 * finds another key with the same six.  The same words make phrases.
 */
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "app/keys.h"
#include "app/passphrase.h"
#include "base/mem.h"

enum { WORDS = 6, BITS = 11 };

static const char *const words[] = {
#include "key_words.def"
};
_Static_assert(ARRAY_LEN(words) == 1 << BITS, "as many words as eleven bits have values");

static bool is_key(const char *text)
{
        struct age_recipient recipient;
        struct sign_public signer;
        return age_recipient_parse(text, &recipient, NULL) == ERR_OK || sign_public_parse(text, &signer, NULL) == ERR_OK;
}

static unsigned bits_at(const struct hash *hash, unsigned bit)
{
        const unsigned char *at = hash->bytes + bit / 8;
        unsigned three = (unsigned)at[0] << 16 | (unsigned)at[1] << 8 | at[2];
        return three >> (24 - BITS - bit % 8) & ((1u << BITS) - 1);
}

void key_words(const char *text, char out[WORDS_TEXT])
{
        char label[128];
        size_t len = 0;
        out[0] = '\0';
        if (!is_key(text))
                return;
        int n = snprintf(label, sizeof label, "simae huella %s", text);
        struct hash hash = hash_of(label, (size_t)n);
        for (unsigned i = 0; i < WORDS; i++)
                len += (size_t)snprintf(out + len, WORDS_TEXT - len, "%s%s", i ? " " : "", words[bits_at(&hash, BITS * i)]);
}

/* True chance, in tests too: a phrase that a test knows would be known to others. */
void passphrase_make(char out[PASSPHRASE_TEXT])
{
        size_t len = 0;
        for (int i = 0; i < PASSPHRASE_WORDS; i++)
                len += (size_t)snprintf(out + len, PASSPHRASE_TEXT - len, "%s%s", i ? " " : "", words[randombytes_uniform(1u << BITS)]);
}
