/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Base64 (contract in base64.h).  libsodium 1.0.18 takes a byte from 128 on as
 * if it were a slash where char is signed, so what was read is written again
 * and compared.
 */
#include "base64.h"

#include <sodium.h>
#include <string.h>

char *base64_write(const unsigned char *bytes, size_t len, char *out, size_t room)
{
        return sodium_bin2base64(out, room, bytes, len, sodium_base64_VARIANT_ORIGINAL);
}

bool base64_read(const char *text, size_t len, unsigned char *ret, size_t want)
{
        unsigned char bytes[BASE64_MAX];
        char again[sodium_base64_ENCODED_LEN(BASE64_MAX, sodium_base64_VARIANT_ORIGINAL)];
        size_t got;
        bool good = want <= sizeof bytes &&
                    sodium_base642bin(bytes, want, text, len, NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
                    got == want && strlen(base64_write(bytes, got, again, sizeof again)) == len &&
                    memcmp(again, text, len) == 0;
        if (good)
                memcpy(ret, bytes, want);
        sodium_memzero(bytes, sizeof bytes);
        sodium_memzero(again, sizeof again);
        return good;
}
