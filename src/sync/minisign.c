/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * minisign's signatures and public keys (contract in sync/minisign.h).  Base64
 * that comes in is decoded, written again and compared: libsodium takes bytes
 * from 128 on as slashes, and there must be one text only for each signature.
 */
#include "sync/minisign.h"

#include <sodium.h>
#include <string.h>

#include "base64.h"

enum {
        ALG = 2,
        SIGNATURE = crypto_sign_BYTES,
        FIRST = ALG + SIGN_ID + SIGNATURE, /* what the second line holds */
        PUBLIC = ALG + SIGN_ID + SIGN_POINT,
        TRUSTED_MAX = MINISIG_MAX / 2,
};

/* ---- Keys ---- */

static void id_of_point(const unsigned char point[SIGN_POINT], unsigned char id[SIGN_ID])
{
        unsigned char sum[32];
        crypto_generichash_blake2b(sum, sizeof sum, point, SIGN_POINT, NULL, 0);
        memcpy(id, sum, SIGN_ID);
}

void sign_key_from_seed(const unsigned char seed[SIGN_SEED], struct sign_key *ret)
{
        crypto_sign_seed_keypair(ret->public.point, ret->secret, seed);
        id_of_point(ret->public.point, ret->public.id);
}

void sign_key_make(struct sign_key *ret)
{
        unsigned char seed[SIGN_SEED];
        randombytes_buf(seed, sizeof seed);
        sign_key_from_seed(seed, ret);
        sodium_memzero(seed, sizeof seed);
}

void sign_key_wipe(struct sign_key *key)
{
        sodium_memzero(key, sizeof *key);
}

bool sign_public_equal(const struct sign_public *a, const struct sign_public *b)
{
        return memcmp(a->id, b->id, SIGN_ID) == 0 && memcmp(a->point, b->point, SIGN_POINT) == 0;
}

void sign_public_text(const struct sign_public *key, char out[SIGN_PUBLIC_TEXT])
{
        unsigned char bytes[PUBLIC] = {'E', 'd'};
        memcpy(bytes + ALG, key->id, SIGN_ID);
        memcpy(bytes + ALG + SIGN_ID, key->point, SIGN_POINT);
        base64_write(bytes, sizeof bytes, out, SIGN_PUBLIC_TEXT);
}

enum err_code sign_public_parse(const char *text, struct sign_public *ret, struct err *err)
{
        unsigned char bytes[PUBLIC];
        if (strncmp(text, "RW", 2) != 0)
                return err_set(err, ERR_INVALID, _("no es una clave de firma: debe empezar con RW"));
        if (!base64_read(text, strlen(text), bytes, sizeof bytes) || memcmp(bytes, "Ed", ALG) != 0)
                return err_set(err, ERR_INVALID,
                               _("la clave de firma está mal copiada: debe tener %d signos; cópiela otra vez"),
                               SIGN_PUBLIC_TEXT - 1);
        memcpy(ret->id, bytes + ALG, SIGN_ID);
        memcpy(ret->point, bytes + ALG + SIGN_ID, SIGN_POINT);
        return ERR_OK;
}

bool sign_public_recipient(const struct sign_public *key, struct age_recipient *ret)
{
        struct age_recipient recipient;
        if (crypto_sign_ed25519_pk_to_curve25519(recipient.point, key->point) != 0)
                return false;
        *ret = recipient;
        return true;
}

void sign_key_identity(const struct sign_key *key, struct age_identity *ret)
{
        crypto_sign_ed25519_sk_to_curve25519(ret->scalar, key->secret);
        crypto_scalarmult_base(ret->recipient.point, ret->scalar);
}

/* ---- Signatures ---- */

static const char untrusted_start[] = "untrusted comment: ", trusted_start[] = "trusted comment: ";

/* What the second signature is over: the first one and the trusted comment. */
static size_t second_text(const unsigned char first[SIGNATURE], const char *trusted,
                          unsigned char out[SIGNATURE + TRUSTED_MAX])
{
        size_t len = strlen(trusted);
        memcpy(out, first, SIGNATURE);
        memcpy(out + SIGNATURE, trusted, len);
        return SIGNATURE + len;
}

void minisig_write(const struct sign_key *key, const unsigned char sum[SIGN_SUM], const char *untrusted,
                   const char *trusted, struct str *out)
{
        unsigned char first[FIRST] = {'E', 'D'}, second[SIGNATURE], text[SIGNATURE + TRUSTED_MAX];
        char line[sodium_base64_ENCODED_LEN(FIRST, sodium_base64_VARIANT_ORIGINAL)];
        memcpy(first + ALG, key->public.id, SIGN_ID);
        crypto_sign_detached(first + ALG + SIGN_ID, NULL, sum, SIGN_SUM, key->secret);
        size_t len = second_text(first + ALG + SIGN_ID, trusted, text);
        crypto_sign_detached(second, NULL, text, len, key->secret);
        str_addf(out, "%s%s\n%s\n", untrusted_start, untrusted, base64_write(first, FIRST, line, sizeof line));
        str_addf(out, "%s%s\n%s\n", trusted_start, trusted, base64_write(second, SIGNATURE, line, sizeof line));
}

/* Takes `before` and then `line` with its end off the text; false if it does not begin so. */
static bool skip_line(const char **at, const char *end, const char *before, const char *line)
{
        size_t a = strlen(before), b = strlen(line);
        if ((size_t)(end - *at) < a + b + 1 || memcmp(*at, before, a) != 0 || memcmp(*at + a, line, b) != 0 ||
            (*at)[a + b] != '\n')
                return false;
        *at += a + b + 1;
        return true;
}

static bool take_base64(const char **at, const char *end, unsigned char *ret, size_t len)
{
        const char *stop = memchr(*at, '\n', (size_t)(end - *at));
        if (!stop || !base64_read(*at, (size_t)(stop - *at), ret, len))
                return false;
        *at = stop + 1;
        return true;
}

bool minisig_check(const char *text, size_t len, const struct sign_public *key,
                   const unsigned char sum[SIGN_SUM], const char *untrusted, const char *trusted)
{
        unsigned char first[FIRST], second[SIGNATURE], signed_text[SIGNATURE + TRUSTED_MAX];
        const char *at = text, *end = text + len;
        if (strlen(trusted) >= TRUSTED_MAX || !skip_line(&at, end, untrusted_start, untrusted) ||
            !take_base64(&at, end, first, FIRST) || !skip_line(&at, end, trusted_start, trusted) ||
            !take_base64(&at, end, second, SIGNATURE) || at != end)
                return false;
        if (memcmp(first, "ED", ALG) != 0 || memcmp(first + ALG, key->id, SIGN_ID) != 0)
                return false;
        size_t signed_len = second_text(first + ALG + SIGN_ID, trusted, signed_text);
        return crypto_sign_verify_detached(first + ALG + SIGN_ID, sum, SIGN_SUM, key->point) == 0 &&
               crypto_sign_verify_detached(second, signed_text, signed_len, key->point) == 0;
}
