/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys of age as text, and the list of those that a reader tries (contract in
 * sync/age.h).  Every identity and passphrase of the list stands in locked
 * memory of its own.
 */
#include "age_priv.h"

#include <stdlib.h>
#include <string.h>

#include "age_bech32.h"
#include "base/mem.h"

#define IDENTITY_PREFIX "age-secret-key-"
#define RECIPIENT_PREFIX "age"

struct age_keys {
        struct age_identity **identities; /* each from age_secret_alloc() */
        char **passphrases;
        int identities_n, passphrases_n;
};

/* ---- As text ---- */

static enum err_code wrong_key(enum bech32_result why, const char *what, struct err *err)
{
        static const char *const words[] = {
                [BECH32_LENGTH] = _("le faltan o le sobran letras"),
                [BECH32_LETTER] = _("tiene un signo que no corresponde, o mayúsculas y minúsculas mezcladas"),
                [BECH32_CHECKSUM] = _("alguna letra está cambiada"),
        };
        return err_set(err, ERR_INVALID, _("%s está mal copiada: %s; cópiela otra vez"), what, words[why]);
}

void age_recipient_text(const struct age_recipient *recipient, char out[AGE_RECIPIENT_TEXT])
{
        bech32_write(RECIPIENT_PREFIX, recipient->point, out);
}

enum err_code age_recipient_parse(const char *text, struct age_recipient *ret, struct err *err)
{
        enum bech32_result result = bech32_read(text, RECIPIENT_PREFIX, ret->point);
        if (result == BECH32_OTHER)
                return err_set(err, ERR_INVALID, _("no es una clave pública: debe empezar con age1"));
        return result == BECH32_OK ? ERR_OK : wrong_key(result, _("la clave pública"), err);
}

void age_identity_make(struct age_identity *ret)
{
        randombytes_buf(ret->scalar, sizeof ret->scalar);
        crypto_scalarmult_base(ret->recipient.point, ret->scalar);
}

void age_identity_wipe(struct age_identity *identity)
{
        sodium_memzero(identity, sizeof *identity);
}

void age_identity_text(const struct age_identity *identity, char out[AGE_IDENTITY_TEXT])
{
        bech32_write(IDENTITY_PREFIX, identity->scalar, out);
        for (; *out; out++)
                if (*out >= 'a' && *out <= 'z')
                        *out = (char)(*out - 'a' + 'A');
}

enum err_code age_identity_parse(const char *text, struct age_identity *ret, struct err *err)
{
        enum bech32_result result = bech32_read(text, IDENTITY_PREFIX, ret->scalar);
        if (result == BECH32_OTHER && str_starts(text, "age1"))
                return err_set(
                        err, ERR_INVALID,
                        _("es una clave pública, que solo sirve para cifrar; aquí hace falta la secreta, que "
                          "empieza con AGE-SECRET-KEY-1"));
        if (result == BECH32_OTHER)
                return err_set(err, ERR_INVALID,
                               _("no es una clave secreta: debe empezar con AGE-SECRET-KEY-1"));
        if (result != BECH32_OK)
                return wrong_key(result, _("la clave secreta"), err);
        crypto_scalarmult_base(ret->recipient.point, ret->scalar);
        return ERR_OK;
}

/* ---- The list ---- */

struct age_keys *age_keys_new(void)
{
        return xcalloc(1, sizeof(struct age_keys));
}

void age_keys_free(struct age_keys *keys)
{
        if (!keys)
                return;
        for (int i = 0; i < keys->identities_n; i++)
                sodium_free(keys->identities[i]);
        for (int i = 0; i < keys->passphrases_n; i++)
                sodium_free(keys->passphrases[i]);
        free(keys->identities);
        free(keys->passphrases);
        free(keys);
}

void age_keys_add_identity(struct age_keys *keys, const struct age_identity *identity)
{
        struct age_identity *copy = age_secret_alloc(sizeof *copy);
        *copy = *identity;
        keys->identities =
                xrealloc(keys->identities, ((size_t)keys->identities_n + 1) * sizeof *keys->identities);
        keys->identities[keys->identities_n++] = copy;
}

enum err_code age_keys_add_passphrase(struct age_keys *keys, const char *passphrase, struct err *err)
{
        size_t len = strlen(passphrase);
        if (len == 0)
                return err_set(err, ERR_INVALID,
                               _("la frase de contraseña está vacía; escríbala en la primera línea"));
        if (len > AGE_PASSPHRASE_MAX)
                return err_set(err, ERR_INVALID,
                               _("la frase de contraseña pasa de %d letras; use una más corta"),
                               AGE_PASSPHRASE_MAX);
        char *copy = age_secret_alloc(len + 1);
        memcpy(copy, passphrase, len + 1);
        keys->passphrases =
                xrealloc(keys->passphrases, ((size_t)keys->passphrases_n + 1) * sizeof *keys->passphrases);
        keys->passphrases[keys->passphrases_n++] = copy;
        return ERR_OK;
}

int age_keys_identities(const struct age_keys *keys)
{
        return keys->identities_n;
}

const struct age_identity *age_keys_identity(const struct age_keys *keys, int i)
{
        return keys->identities[i];
}

int age_keys_passphrases(const struct age_keys *keys)
{
        return keys->passphrases_n;
}

const char *age_keys_passphrase(const struct age_keys *keys, int i)
{
        return keys->passphrases[i];
}
