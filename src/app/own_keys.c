/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys of this laptop while it has its store open (contract in app/keys.h):
 * the device's, and when the office's were tested last.
 */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "app/keys.h"
#include "app_priv.h"
#include "base/clock.h"
#include "base/mem.h"
#include "keys_priv.h"

/* ---- The device's key ---- */

static const char seed_name[] = "signing_seed";

static enum err_code make_seed(struct app *app, unsigned char seed[SIGN_SEED], struct err *err)
{
        char hex[2 * SIGN_SEED + 1];
        randombytes_buf(seed, SIGN_SEED);
        sodium_bin2hex(hex, sizeof hex, seed, SIGN_SEED);
        enum err_code rc = store_meta_set(app->store, seed_name, hex, err);
        sodium_memzero(hex, sizeof hex);
        return rc;
}

static enum err_code device_key(struct app *app, struct sign_key *ret, struct err *err)
{
        unsigned char seed[SIGN_SEED];
        struct arena arena = {0};
        const char *hex;
        size_t len;
        enum err_code rc = store_meta_get(app->store, seed_name, &arena, &hex, err);
        if (rc == ERR_OK && !hex)
                rc = make_seed(app, seed, err);
        else if (rc == ERR_OK && (sodium_hex2bin(seed, sizeof seed, hex, strlen(hex), NULL, &len, NULL) != 0 || len != SIGN_SEED))
                rc = err_set(err, ERR_CORRUPT, _("la clave de firma de esta laptop está dañada; ejecute simae diagnostico"));
        if (rc == ERR_OK)
                sign_key_from_seed(seed, ret);
        sodium_memzero(seed, sizeof seed);
        arena_release(&arena);
        return rc;
}

enum err_code app_signing_key(struct app *app, struct sign_key *ret, struct err *err)
{
        return office_exists(app->dir) ? office_signing_key(app->dir, ret, err) : device_key(app, ret, err);
}

/* Takes the key. */
static void add_signing(struct age_keys *keys, struct sign_key *key)
{
        struct age_identity identity;
        sign_key_identity(key, &identity);
        age_keys_add_identity(keys, &identity);
        age_identity_wipe(&identity);
        sign_key_wipe(key);
}

enum err_code app_reading_keys(struct app *app, struct age_keys *keys, struct err *err)
{
        struct sign_key key;
        enum err_code rc = office_reading_keys(app->dir, keys, err);
        if (rc == ERR_OK)
                rc = device_key(app, &key, err);
        if (rc != ERR_OK)
                return rc;
        add_signing(keys, &key);
        /* An office that never sent anything is known to the one above by its signing key alone. */
        if (office_exists(app->dir) && office_signing_key(app->dir, &key, NULL) == ERR_OK)
                add_signing(keys, &key);
        return ERR_OK;
}

enum err_code app_ensure_device_key(struct app *app, struct err *err)
{
        struct sign_key key;
        enum err_code rc = device_key(app, &key, err);
        if (rc == ERR_OK)
                sign_key_wipe(&key);
        return rc;
}

void app_signer(struct app *app, char out[SIGN_PUBLIC_TEXT])
{
        struct sign_key key;
        out[0] = '\0';
        if (app_signing_key(app, &key, NULL) != ERR_OK)
                return;
        sign_public_text(&key.public, out);
        sign_key_wipe(&key);
}

bool app_is_own_key(struct app *app, const char *key)
{
        char text[SIGN_PUBLIC_TEXT];
        struct sign_key device;
        app_signer(app, text);
        if (strcmp(text, key) == 0)
                return true;
        if (device_key(app, &device, NULL) != ERR_OK)
                return false;
        sign_public_text(&device.public, text);
        sign_key_wipe(&device);
        return strcmp(text, key) == 0;
}

/* ---- What the office is called, and when it was tested ---- */

static const char name_setting[] = "office_name", tested_setting[] = "office_tested";

const char *app_office_name(struct app *app, struct arena *arena)
{
        const char *name = NULL;
        return store_meta_get(app->store, name_setting, arena, &name, NULL) == ERR_OK && name ? name : "";
}

enum err_code app_office_set_name(struct app *app, const char *name, struct err *err)
{
        char clean[KNOWN_NAME];
        keys_clean_name(name, clean);
        return store_meta_set(app->store, name_setting, clean, err);
}

void app_own_name(struct app *app, char out[KNOWN_NAME])
{
        struct arena arena = {0};
        const char *name = office_exists(app->dir) ? app_office_name(app, &arena) : "";
        keys_clean_name(*name ? name : app->profile.name ? app->profile.name : "", out);
        arena_release(&arena);
}

enum err_code app_office_test(struct app *app, struct err *err)
{
        char text[DATETIME_TEXT];
        struct datetime now = clock_now();
        enum err_code rc = office_test(app->dir, err);
        return rc == ERR_OK ? store_meta_set(app->store, tested_setting, datetime_format(&now, text), err) : rc;
}

int app_office_tested(struct app *app)
{
        struct arena arena = {0};
        struct datetime when;
        const char *text = NULL;
        bool known = store_meta_get(app->store, tested_setting, &arena, &text, NULL) == ERR_OK && text && datetime_parse(text, 0, &when);
        int64_t days = known ? clock_now().days - when.days : -1;
        arena_release(&arena);
        return days < 0 || days > INT32_MAX ? -1 : (int)days; /* a test to come is none */
}

bool app_office_due(struct app *app)
{
        int days = office_exists(app->dir) ? app_office_tested(app) : 0;
        return days < 0 || days > OFFICE_TEST_DAYS;
}
