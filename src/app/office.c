/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An office's own keys (contract in app/keys.h). */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "app/keys.h"
#include "app_priv.h"
#include "base/clock.h"
#include "base/mem.h"
#include "keys_priv.h"

static char *identity_path(const char *dir)
{
        return xasprintf("%s/keys/oficina.txt", dir);
}

static char *signing_path(const char *dir)
{
        return xasprintf("%s/keys/oficina.firma", dir);
}

bool office_exists(const char *dir)
{
        char *path = identity_path(dir);
        bool exists = access(path, F_OK) == 0;
        free(path);
        return exists;
}

/* ---- Making ---- */

enum err_code office_make(const char *dir, const struct age_identity *identity, struct err *err)
{
        struct age_identity own;
        struct sign_key key;
        struct datetime now = clock_now();
        char *first = identity_path(dir), *second = signing_path(dir);
        if (identity)
                own = *identity;
        else
                age_identity_make(&own);
        sign_key_make(&key);
        enum err_code rc = keys_folder(dir, err);
        if (rc == ERR_OK && access(first, F_OK) == 0)
                rc = err_set(err, ERR_EXISTS, _("esta oficina ya tiene su clave, en %s; consérvela: sin ella no se abre lo que "
                                                "le enviaron"), first);
        /* The one whose presence counts is the last; what an interrupted attempt left is of no use. */
        if (rc == ERR_OK) {
                unlink(second);
                rc = sign_key_save(second, &key, err);
        }
        if (rc == ERR_OK)
                rc = age_identity_save(first, &own, &now, err);
        age_identity_wipe(&own);
        sign_key_wipe(&key);
        free(first);
        free(second);
        return rc;
}

/* ---- Using ---- */

enum err_code office_reading_keys(const char *dir, struct age_keys *keys, struct err *err)
{
        char *path = identity_path(dir);
        enum err_code rc = office_exists(dir) ? age_keys_add_file(keys, path, err) : ERR_OK;
        free(path);
        return rc;
}

enum err_code office_signing_key(const char *dir, struct sign_key *ret, struct err *err)
{
        char *path = signing_path(dir);
        enum err_code rc = sign_key_load(path, ret, err);
        free(path);
        return rc;
}

static enum err_code no_office(struct err *err)
{
        return err_set(err, ERR_NOT_FOUND, _("este equipo no tiene clave de oficina; si es el de la UGEL o la DRE, créela con "
                                             "«simae claves crear»"));
}

/* The office's first identity, kept in `keys`. */
static enum err_code load_identity(const char *dir, struct age_keys *keys, const struct age_identity **ret, struct err *err)
{
        if (!office_exists(dir))
                return no_office(err);
        enum err_code rc = office_reading_keys(dir, keys, err);
        if (rc == ERR_OK)
                *ret = age_keys_identity(keys, 0);
        return rc;
}

enum err_code office_public(const char *dir, char recipient[AGE_RECIPIENT_TEXT], char signer[SIGN_PUBLIC_TEXT],
                            struct err *err)
{
        struct age_keys *keys = age_keys_new();
        const struct age_identity *own;
        struct sign_key key;
        enum err_code rc = load_identity(dir, keys, &own, err);
        if (rc == ERR_OK)
                rc = office_signing_key(dir, &key, err);
        if (rc == ERR_OK) {
                age_recipient_text(&own->recipient, recipient);
                sign_public_text(&key.public, signer);
                sign_key_wipe(&key);
        }
        age_keys_free(keys);
        return rc;
}

/* ---- The test ---- */

struct memory {
        struct byte_sink sink;
        struct byte_source source;
        struct str bytes;
        size_t at;
};

static enum err_code memory_write(struct byte_sink *sink, const void *bytes, size_t len, struct err *err)
{
        (void)err;
        str_addn(&((struct memory *)sink)->bytes, bytes, len);
        return ERR_OK;
}

static enum err_code memory_read(struct byte_source *source, void *buf, size_t len, size_t *ret_got, struct err *err)
{
        struct memory *memory = (struct memory *)((char *)source - offsetof(struct memory, source));
        size_t left = memory->bytes.len - memory->at;
        (void)err;
        *ret_got = len < left ? len : left;
        memcpy(buf, memory->bytes.text + memory->at, *ret_got);
        memory->at += *ret_got;
        return ERR_OK;
}

static const char sample[] = "Prueba de que la clave abre lo que cifra.";

static enum err_code seal_sample(struct memory *memory, const struct age_recipient *recipient, struct err *err)
{
        struct age_seal seal = {.recipients = recipient, .recipients_n = 1};
        struct age_writer *writer;
        enum err_code rc = age_writer_new(&memory->sink, &seal, &writer, err);
        if (rc != ERR_OK)
                return rc;
        struct byte_sink *plain = age_writer_sink(writer);
        rc = plain->write(plain, sample, sizeof sample, err);
        if (rc == ERR_OK)
                rc = age_writer_finish(writer, err);
        age_writer_free(writer);
        return rc;
}

static bool opens_sample(struct memory *memory, const struct age_keys *keys)
{
        struct age_reader *reader = age_reader_new(&memory->source);
        const unsigned char *plain;
        size_t len = 0;
        bool good = age_reader_open(reader, keys, NULL) == ERR_OK && age_reader_next(reader, &plain, &len, NULL) == ERR_OK &&
                    len == sizeof sample && memcmp(plain, sample, sizeof sample) == 0;
        age_reader_free(reader);
        return good;
}

static bool signs_sample(const struct sign_key *key)
{
        unsigned char sum[SIGN_SUM];
        struct str text = STR_INIT;
        crypto_generichash(sum, sizeof sum, (const unsigned char *)sample, sizeof sample, NULL, 0);
        minisig_write(key, sum, "simae", "prueba", &text);
        bool good = minisig_check(text.text, text.len, &key->public, sum, "simae", "prueba");
        str_release(&text);
        return good;
}

enum err_code office_test(const char *dir, struct err *err)
{
        struct memory memory = {.sink = {memory_write}, .source = {.read = memory_read}, .bytes = STR_INIT};
        struct age_keys *keys = age_keys_new();
        const struct age_identity *own;
        struct sign_key key;
        enum err_code rc = load_identity(dir, keys, &own, err);
        if (rc == ERR_OK)
                rc = office_signing_key(dir, &key, err);
        if (rc == ERR_OK)
                rc = seal_sample(&memory, &own->recipient, err);
        if (rc == ERR_OK && (!opens_sample(&memory, keys) || !signs_sample(&key)))
                rc = err_set(err, ERR_CORRUPT, _("la clave de la oficina no abre lo que cifra; reponga su copia de papel antes de "
                                                 "recibir nada"));
        sign_key_wipe(&key);
        str_release(&memory.bytes);
        age_keys_free(keys);
        return rc;
}

enum err_code office_test_paper(const char *dir, const char *path, struct err *err)
{
        struct age_keys *keys = age_keys_new(), *typed = age_keys_new();
        const struct age_identity *own;
        enum err_code rc = load_identity(dir, keys, &own, err);
        if (rc == ERR_OK)
                rc = age_keys_add_file(typed, path, err);
        if (rc == ERR_OK && memcmp(&age_keys_identity(typed, 0)->recipient, &own->recipient, sizeof own->recipient) != 0)
                rc = err_set(err, ERR_REFUSED, _("%s es una clave bien escrita, pero no la de esta oficina; imprima de nuevo la copia de "
                                                 "papel y guárdela en lugar de esa"), path);
        age_keys_free(typed);
        age_keys_free(keys);
        return rc;
}

/* ---- On paper ---- */

static void add_key(struct str *out, const char *label, const char *text)
{
        char words[WORDS_TEXT];
        key_words(text, words);
        str_addf(out, "%s\n  %s\n  %s\n\n", label, text, words);
}

enum err_code office_paper(const char *dir, const char *name, struct str *out, struct err *err)
{
        char recipient[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT], secret[AGE_IDENTITY_TEXT], date[DATETIME_TEXT];
        struct age_keys *keys = age_keys_new();
        const struct age_identity *own;
        struct datetime now = clock_now();
        enum err_code rc = office_public(dir, recipient, signer, err);
        if (rc == ERR_OK)
                rc = load_identity(dir, keys, &own, err);
        if (rc == ERR_OK) {
                age_identity_text(own, secret);
                str_addf(out, _("CLAVE DE LA OFICINA PARA ABRIR PAQUETES DE SIMAE%s%s\n"
                                "Impresa el %.10s. Guárdela bajo llave, en sobre cerrado, y no la fotografíe:\n"
                                "quien la tiene lee todo lo que se envió a esta oficina, y sin ella nadie lo lee.\n\n"
                                "Secreta\n  %s\n\n"), *name ? "\n" : "", name, datetime_format(&now, date), secret);
                add_key(out, _("Pública, para las laptops"), recipient);
                add_key(out, _("De firma, para las laptops"), signer);
                str_add(out, _("Para reponerla en otro equipo: escriba la clave secreta en un archivo de texto,\n"
                               "ejecute «simae claves crear --identidad ARCHIVO» y borre el archivo.\n"
                               "Sin simae, los paquetes se abren con «age -d -i ARCHIVO paquete.simae | tar x».\n"));
                sodium_memzero(secret, sizeof secret);
        }
        age_keys_free(keys);
        return rc;
}

int app_offices_known(const struct app *app)
{
        struct keyring ring = {0};
        int n = keyring_load(app->dir, &ring, NULL) == ERR_OK ? keyring_offices(&ring) : 0;
        keyring_release(&ring);
        return n;
}

const char *app_offices_words(struct app *app, struct arena *arena)
{
        struct keyring ring = {0};
        const char *words = "";
        if (keyring_load(app->dir, &ring, NULL) != ERR_OK)
                return _("la oficina");
        for (int i = 0, n = keyring_offices(&ring), found = 0; i < ring.n; i++) {
                const char *name = *ring.items[i].name ? ring.items[i].name : _("la oficina");
                if (ring.items[i].kind == KNOWN_OFFICE)
                        words = arena_printf(arena, "%s%s%s", words, found == 0 ? "" : found == n - 1 ? _(" y ") : ", ", name), found++;
        }
        keyring_release(&ring);
        return *words ? words : _("la oficina");
}

enum err_code app_office_begin(struct app *app, const char *name, struct err *err)
{
        if (str_blank(name))
                return err_set(err, ERR_INVALID, _("Sin nombre no se hace: es el que verán las laptops."));
        enum err_code rc = office_make(app->dir, NULL, err);
        if (rc == ERR_OK)
                rc = app_office_set_name(app, name, err);
        return rc == ERR_OK ? app_office_test(app, err) : rc;
}
