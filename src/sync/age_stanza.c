/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two kinds of stanza that wrap the file key.
 *
 *   X25519   wrap key = HKDF(X25519(ephemeral, recipient), salt = both points)
 *   scrypt   wrap key = scrypt(passphrase, salt), alone in its header
 *
 * All stanzas of our kinds must be well formed before any key is tried, and a
 * body of another length is never decrypted.  A share that gives a secret of
 * zeros is refused outright: everybody would know that secret.
 */
#include "age_priv.h"

#include <string.h>

#include "base/mem.h"

#define SCRYPT_LABEL "age-encryption.org/v1/scrypt"

enum { SCRYPT_BLOCK = 8 };

static const unsigned char zero_nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];

/* ---- The key that wraps ---- */

/* False if the secret is all zeros. `own` is a scalar; `share` and `recipient` are the file's two points. */
static bool x25519_key(const unsigned char *own, const unsigned char *theirs, const unsigned char *share,
                       const unsigned char *recipient, unsigned char ret[32])
{
        unsigned char secret[32], salt[2 * AGE_KEY];
        bool good = crypto_scalarmult(secret, own, theirs) == 0;
        memcpy(salt, share, AGE_KEY);
        memcpy(salt + AGE_KEY, recipient, AGE_KEY);
        if (good)
                age_hkdf(secret, sizeof secret, salt, sizeof salt, "age-encryption.org/v1/X25519", ret);
        sodium_memzero(secret, sizeof secret);
        return good;
}

/* False if there is not enough memory for it. */
static bool scrypt_key(const char *passphrase, const unsigned char salt[AGE_SALT], int work_factor,
                       unsigned char ret[32])
{
        unsigned char labelled[sizeof SCRYPT_LABEL - 1 + AGE_SALT];
        memcpy(labelled, SCRYPT_LABEL, sizeof SCRYPT_LABEL - 1);
        memcpy(labelled + sizeof SCRYPT_LABEL - 1, salt, AGE_SALT);
        return crypto_pwhash_scryptsalsa208sha256_ll((const uint8_t *)passphrase, strlen(passphrase),
                                                     labelled, sizeof labelled, (uint64_t)1 << work_factor,
                                                     SCRYPT_BLOCK, 1, ret, 32) == 0;
}

static enum err_code no_memory(int work_factor, struct err *err)
{
        return err_set(
                err, ERR_REFUSED,
                _("la frase de contraseña necesita %d MiB de memoria y no los hay; cierre otros programas "
                  "y repita"),
                (1 << work_factor) / 1024);
}

/* ---- Wrapping ---- */

static void add_base64(struct str *out, const unsigned char *bytes, size_t len)
{
        char text[sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
        str_add(out,
                sodium_bin2base64(text, sizeof text, bytes, len, sodium_base64_VARIANT_ORIGINAL_NO_PADDING));
}

static void add_body(struct str *out, const unsigned char key[32], const unsigned char file_key[AGE_FILE_KEY])
{
        unsigned char body[AGE_WRAPPED];
        crypto_aead_chacha20poly1305_ietf_encrypt(body, NULL, file_key, AGE_FILE_KEY, NULL, 0, NULL,
                                                  zero_nonce, key);
        str_addc(out, '\n');
        add_base64(out, body, sizeof body);
        str_addc(out, '\n');
}

static enum err_code wrap_x25519(const struct age_recipient *recipient, const unsigned char *file_key,
                                 struct str *header, struct err *err)
{
        unsigned char secret[32], share[AGE_KEY], key[32];
        randombytes_buf(secret, sizeof secret);
        crypto_scalarmult_base(share, secret);
        bool good = x25519_key(secret, recipient->point, share, recipient->point, key);
        if (good) {
                str_add(header, "-> X25519 ");
                add_base64(header, share, sizeof share);
                add_body(header, key, file_key);
        }
        sodium_memzero(secret, sizeof secret);
        sodium_memzero(key, sizeof key);
        return good ? ERR_OK
                    : err_set(err, ERR_INVALID,
                              _("la clave pública de un destinatario no sirve para cifrar; pídala otra vez"));
}

static enum err_code wrap_scrypt(const struct age_seal *seal, const unsigned char *file_key,
                                 struct str *header, struct err *err)
{
        unsigned char salt[AGE_SALT], key[32];
        int work_factor = seal->work_factor ? seal->work_factor : AGE_WORK_FACTOR;
        randombytes_buf(salt, sizeof salt);
        if (!scrypt_key(seal->passphrase, salt, work_factor, key))
                return no_memory(work_factor, err);
        str_add(header, "-> scrypt ");
        add_base64(header, salt, sizeof salt);
        str_addf(header, " %d", work_factor);
        add_body(header, key, file_key);
        sodium_memzero(key, sizeof key);
        return ERR_OK;
}

enum err_code age_wrap(const struct age_seal *seal, const unsigned char file_key[AGE_FILE_KEY],
                       struct str *header, struct err *err)
{
        enum err_code rc = ERR_OK;
        if (seal->passphrase)
                return wrap_scrypt(seal, file_key, header, err);
        for (int i = 0; i < seal->recipients_n && rc == ERR_OK; i++)
                rc = wrap_x25519(&seal->recipients[i], file_key, header, err);
        return rc;
}

/* ---- What stanzas of our kinds must be ---- */

/* ^[1-9][0-9]*$; a number too long to matter is 1000. 0 if it is no such number. */
static int read_work_factor(const struct age_span *arg)
{
        int n = 0;
        for (size_t i = 0; i < arg->len; i++) {
                if (arg->text[i] < '0' || arg->text[i] > '9' || (n == 0 && arg->text[i] == '0'))
                        return 0;
                n = n < 100 ? 10 * n + arg->text[i] - '0' : 1000;
        }
        return n;
}

static enum err_code check_scrypt(const struct age_stanza *stanza, int stanzas_n, struct err *err)
{
        unsigned char salt[AGE_SALT];
        int work_factor;
        if (stanzas_n != 1)
                return age_header_damaged(err, _("una frase no puede ir junto a otras claves"));
        if (stanza->args_n != 3 || !age_span_bytes(&stanza->args[1], salt, sizeof salt) ||
            stanza->body_len != AGE_WRAPPED || (work_factor = read_work_factor(&stanza->args[2])) == 0)
                return age_header_damaged(err, _("los datos de la frase de contraseña"));
        if (work_factor > AGE_WORK_FACTOR_MAX)
                return err_set(
                        err, ERR_LIMIT,
                        _("la frase de contraseña se protegió con un costo que simae no admite (2^%d, más de "
                          "2^%d); pida que lo cifren con uno menor"),
                        work_factor, AGE_WORK_FACTOR_MAX);
        return ERR_OK;
}

static enum err_code check_stanza(const struct age_stanza *stanza, int stanzas_n, struct err *err)
{
        unsigned char share[AGE_KEY];
        if (age_span_is(&stanza->args[0], "scrypt"))
                return check_scrypt(stanza, stanzas_n, err);
        if (!age_span_is(&stanza->args[0], "X25519"))
                return ERR_OK;
        if (stanza->args_n != 2 || !age_span_bytes(&stanza->args[1], share, sizeof share) ||
            stanza->body_len != AGE_WRAPPED)
                return age_header_damaged(err, _("la clave de un destinatario"));
        return ERR_OK;
}

static enum err_code check_stanzas(const struct age_header *header, struct err *err)
{
        struct age_stanza stanza;
        size_t at = header->stanzas;
        enum err_code rc = ERR_OK;
        while (rc == ERR_OK && age_header_next(header, &at, &stanza))
                rc = check_stanza(&stanza, header->stanzas_n, err);
        return rc;
}

/* ---- Unwrapping ---- */

/* What became of trying keys on a file. */
struct attempt {
        const struct age_keys *keys;
        unsigned char *file_key;
        bool opened, asks_phrase, asks_key;
        const struct age_identity *own; /* that opened it */
};

static bool open_body(const struct age_stanza *stanza, const unsigned char key[32], unsigned char *file_key)
{
        return crypto_aead_chacha20poly1305_ietf_decrypt(file_key, NULL, NULL, stanza->body, AGE_WRAPPED,
                                                         NULL, 0, zero_nonce, key) == 0;
}

static enum err_code try_identities(const struct age_stanza *stanza, struct attempt *attempt, struct err *err)
{
        unsigned char share[AGE_KEY], key[32];
        enum err_code rc = ERR_OK;
        attempt->asks_key = true;
        age_span_bytes(&stanza->args[1], share, sizeof share);
        for (int i = 0; rc == ERR_OK && !attempt->opened && i < age_keys_identities(attempt->keys); i++) {
                const struct age_identity *own = age_keys_identity(attempt->keys, i);
                if (x25519_key(own->scalar, share, share, own->recipient.point, key))
                        attempt->opened = open_body(stanza, key, attempt->file_key);
                else
                        rc = age_header_damaged(err, _("una clave que no protege nada"));
                if (attempt->opened)
                        attempt->own = own;
        }
        sodium_memzero(key, sizeof key);
        return rc;
}

static enum err_code try_passphrases(const struct age_stanza *stanza, struct attempt *attempt,
                                     struct err *err)
{
        unsigned char salt[AGE_SALT], key[32];
        int work_factor = read_work_factor(&stanza->args[2]);
        enum err_code rc = ERR_OK;
        attempt->asks_phrase = true;
        age_span_bytes(&stanza->args[1], salt, sizeof salt);
        for (int i = 0; rc == ERR_OK && !attempt->opened && i < age_keys_passphrases(attempt->keys); i++) {
                if (scrypt_key(age_keys_passphrase(attempt->keys, i), salt, work_factor, key))
                        attempt->opened = open_body(stanza, key, attempt->file_key);
                else
                        rc = no_memory(work_factor, err);
        }
        sodium_memzero(key, sizeof key);
        return rc;
}

static enum err_code no_match(const struct attempt *attempt, struct err *err)
{
        if (attempt->asks_phrase && age_keys_passphrases(attempt->keys) > 0)
                return err_set(
                        err, ERR_REFUSED,
                        _("la frase de contraseña no es la de este archivo; revise mayúsculas, tildes y "
                          "espacios"));
        if (attempt->asks_phrase)
                return err_set(
                        err, ERR_REFUSED,
                        _("está cifrado con una frase de contraseña; para abrirlo hace falta esa frase"));
        if (attempt->asks_key && age_keys_identities(attempt->keys) > 0)
                return err_set(
                        err, ERR_REFUSED,
                        _("ninguna de sus claves abre este archivo; use la clave para la que lo cifraron o "
                          "pida que lo cifren para la suya"));
        if (attempt->asks_key)
                return err_set(
                        err, ERR_REFUSED,
                        _("está cifrado para una clave; indique el archivo donde usted guarda la suya"));
        return err_set(
                err, ERR_REFUSED,
                _("está cifrado para un tipo de clave que simae no conoce; pida que lo cifren para una clave "
                  "age1…"));
}

enum err_code age_unwrap(const struct age_header *header, const struct age_keys *keys,
                         unsigned char ret_file_key[AGE_FILE_KEY], const struct age_identity **ret_own,
                         enum age_failure *ret_failure, struct err *err)
{
        struct age_stanza stanza;
        struct attempt attempt = {.keys = keys, .file_key = ret_file_key};
        size_t at = header->stanzas;
        *ret_failure = AGE_BAD_HEADER;
        enum err_code rc = check_stanzas(header, err);
        while (rc == ERR_OK && !attempt.opened && age_header_next(header, &at, &stanza)) {
                if (age_span_is(&stanza.args[0], "X25519"))
                        rc = try_identities(&stanza, &attempt, err);
                else if (age_span_is(&stanza.args[0], "scrypt"))
                        rc = try_passphrases(&stanza, &attempt, err);
        }
        *ret_own = attempt.own;
        if (rc != ERR_OK || attempt.opened)
                return rc;
        *ret_failure = AGE_NO_MATCH;
        return no_match(&attempt, err);
}
