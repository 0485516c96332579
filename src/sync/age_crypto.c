/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cryptography of age from libsodium's primitives.  HKDF (RFC 5869) is
 * made of HMAC here, since libsodium has none before 1.0.19: one block of
 * output is all that age ever asks for, so expanding is one HMAC.
 */
#include "age_priv.h"

#include <stdlib.h>
#include <string.h>

void *age_secret_alloc(size_t size)
{
        /* Where locking memory is not allowed sodium_malloc() still gives it, guarded and wiped. */
        void *secret = sodium_init() < 0 ? NULL : sodium_malloc(size);
        if (!secret)
                abort();
        return secret;
}

void age_hkdf(const void *secret, size_t secret_len, const void *salt, size_t salt_len, const char *info,
              unsigned char ret[32])
{
        unsigned char extracted[crypto_auth_hmacsha256_BYTES];
        crypto_auth_hmacsha256_state state;
        /* A missing salt is 32 zero bytes, which HMAC pads an empty key to by itself. */
        crypto_auth_hmacsha256_init(&state, salt, salt_len);
        crypto_auth_hmacsha256_update(&state, secret, secret_len);
        crypto_auth_hmacsha256_final(&state, extracted);
        crypto_auth_hmacsha256_init(&state, extracted, sizeof extracted);
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)info, strlen(info));
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)"\1", 1);
        crypto_auth_hmacsha256_final(&state, ret);
        sodium_memzero(extracted, sizeof extracted);
        sodium_memzero(&state, sizeof state);
}

void age_header_mac(const unsigned char file_key[AGE_FILE_KEY], const char *header, size_t len,
                    unsigned char ret[32])
{
        unsigned char key[32];
        age_hkdf(file_key, AGE_FILE_KEY, "", 0, "header", key);
        crypto_auth_hmacsha256(ret, (const unsigned char *)header, len, key);
        sodium_memzero(key, sizeof key);
}

void age_payload_key(const unsigned char file_key[AGE_FILE_KEY], const unsigned char nonce[AGE_NONCE],
                     unsigned char ret[32])
{
        age_hkdf(file_key, AGE_FILE_KEY, nonce, AGE_NONCE, "payload", ret);
}

/* 11 bytes of chunk number, big-endian, and one that marks the last. */
static void chunk_nonce(uint64_t number, bool last, unsigned char nonce[12])
{
        memset(nonce, 0, 12);
        for (int i = 10; number > 0; i--, number >>= 8)
                nonce[i] = (unsigned char)number;
        nonce[11] = last;
}

void age_chunk_seal(const unsigned char key[32], uint64_t number, bool last, const unsigned char *plain,
                    size_t len, unsigned char *sealed)
{
        unsigned char nonce[12];
        chunk_nonce(number, last, nonce);
        crypto_aead_chacha20poly1305_ietf_encrypt(sealed, NULL, plain, len, NULL, 0, NULL, nonce, key);
}

bool age_chunk_open(const unsigned char key[32], uint64_t number, bool last, const unsigned char *sealed,
                    size_t len, unsigned char *plain)
{
        unsigned char nonce[12];
        chunk_nonce(number, last, nonce);
        return crypto_aead_chacha20poly1305_ietf_decrypt(plain, NULL, NULL, sealed, len, NULL, 0, nonce,
                                                         key) == 0;
}
