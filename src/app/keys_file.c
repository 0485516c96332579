/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of keys: written by an office, accepted by a laptop (contract in app/keys_file.h). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "app_priv.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "keys_file_priv.h"
#include "keys_priv.h"
#include "store/laptops.h"

void keys_file_comment(int64_t number, char out[64])
{
        snprintf(out, 64, "simae-claves/1 numero=%lld", (long long)number);
}

/* ---- Writing ---- */

static const char number_setting[] = "keys_number";

static enum err_code read_number(struct app *app, const char *setting, int64_t *ret, struct err *err)
{
        struct arena arena = {0};
        const char *text = NULL;
        enum err_code rc = store_meta_get(app->store, setting, &arena, &text, err);
        if (rc == ERR_OK)
                *ret = text ? strtoll(text, NULL, 10) : 0;
        arena_release(&arena);
        return rc;
}

/* One more than the last; from the clock, so that an office restored from an old copy goes on above what it gave out. */
static enum err_code next_number(struct app *app, int64_t *ret, struct err *err)
{
        struct datetime now = clock_now();
        int64_t last = 0, seconds = datetime_utc_ms(&now) / 1000;
        char text[24];
        enum err_code rc = read_number(app, number_setting, &last, err);
        *ret = seconds > last ? seconds : last + 1;
        snprintf(text, sizeof text, "%lld", (long long)*ret);
        return rc == ERR_OK ? store_meta_set(app->store, number_setting, text, err) : rc;
}

static void add_known(const struct keyring *ring, enum known_kind kind, const char *word, const char *but, struct str *out)
{
        for (int i = 0; i < ring->n; i++)
                if (ring->items[i].kind == kind && strcmp(ring->items[i].text, but) != 0)
                        str_addf(out, "%s %s%s%s\n", word, ring->items[i].text, kind == KNOWN_OFFICE && *ring->items[i].name ? " " : "",
                                 kind == KNOWN_OFFICE ? ring->items[i].name : "");
}

static void add_signature(const struct sign_key *key, int64_t number, struct str *out)
{
        unsigned char sum[SIGN_SUM];
        char comment[64];
        crypto_generichash(sum, sizeof sum, (const unsigned char *)out->text, out->len, NULL, 0);
        keys_file_comment(number, comment);
        minisig_write(key, sum, "simae", comment, out);
}

static enum err_code write_text(struct app *app, int64_t number, struct str *out, struct err *err)
{
        char recipient[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT], name[KNOWN_NAME], now_text[DATETIME_TEXT];
        struct datetime now = clock_now();
        struct keyring ring = {0};
        struct sign_key key;
        enum err_code rc = office_public(app->dir, recipient, signer, err);
        if (rc == ERR_OK)
                rc = keyring_load(app->dir, &ring, err);
        if (rc == ERR_OK && keyring_offices(&ring) >= BUNDLE_RECIPIENTS_MAX && !keyring_find_key(&ring, recipient))
                rc = err_set(err, ERR_LIMIT, _("hay demasiadas oficinas aceptadas para entregarlas todas; quite alguna"));
        if (rc == ERR_OK)
                rc = office_signing_key(app->dir, &key, err);
        if (rc == ERR_OK) {
                app_own_name(app, name);
                str_addf(out, KEYS_FILE_FIRST "\nfirma %s %s\nnumero %lld\nfecha %.10s\noficina %s %s\n", signer, name,
                         (long long)number, datetime_format(&now, now_text), recipient, name);
                add_known(&ring, KNOWN_OFFICE, "oficina", recipient, out);
                add_known(&ring, KNOWN_SIGNER, "acepta", "", out);
                add_known(&ring, KNOWN_REVOKED, "retira", "", out);
                add_signature(&key, number, out);
                sign_key_wipe(&key);
        }
        keyring_release(&ring);
        return rc;
}

static enum err_code target(struct app *app, const char *folder, int64_t number, char path[KEYS_FILE_PATH], struct err *err)
{
        struct stat st;
        char recipient[AGE_RECIPIENT_TEXT], signer[SIGN_PUBLIC_TEXT], mark[9];
        bool own = !folder || !*folder;
        char *where = own ? xasprintf("%s/salida", app->dir) : xstrdup(folder);
        enum err_code rc = office_public(app->dir, recipient, signer, err);
        if (rc == ERR_OK && own)
                mkdir(where, 0700);
        if (rc == ERR_OK && (stat(where, &st) != 0 || !S_ISDIR(st.st_mode)))
                rc = err_set(err, ERR_NOT_FOUND, _("no existe la carpeta «%.300s»"), where);
        if (rc == ERR_OK) {
                struct hash hash = hash_of(signer, strlen(signer));
                for (int i = 0; i < 4; i++)
                        snprintf(mark + 2 * i, 3, "%02X", hash.bytes[i]);
                if (snprintf(path, KEYS_FILE_PATH, "%s/" KEYS_FILE_PREFIX "%s-%lld.txt", where, mark, (long long)number) >= KEYS_FILE_PATH)
                        rc = err_set(err, ERR_INVALID, _("el nombre de la carpeta de destino es demasiado largo"));
        }
        free(where);
        return rc;
}

enum err_code keys_file_save(struct app *app, const char *folder, char ret_path[KEYS_FILE_PATH], struct err *err)
{
        struct str text = STR_INIT;
        char path[KEYS_FILE_PATH];
        char *spool = xasprintf("%s/keys/entrega.txt", app->dir);
        int64_t number = 0;
        enum err_code rc = next_number(app, &number, err);
        if (rc == ERR_OK)
                rc = target(app, folder, number, path, err);
        if (rc == ERR_OK)
                rc = write_text(app, number, &text, err);
        if (rc == ERR_OK)
                rc = file_write(spool, text.text, text.len, err);
        if (rc == ERR_OK)
                rc = bundle_deliver(spool, path, err);
        if (rc == ERR_OK)
                memcpy(ret_path, path, sizeof path);
        unlink(spool);
        free(spool);
        str_release(&text);
        return rc;
}

/* ---- Accepting ---- */

static void seen_setting(const char *issuer, char out[96])
{
        snprintf(out, 96, "keys_seen.%s", issuer);
}

enum err_code keys_file_last(struct app *app, const char *issuer, int64_t *ret, struct err *err)
{
        char setting[96];
        seen_setting(issuer, setting);
        return read_number(app, setting, ret, err);
}

static const char enrolment_setting[] = "enrolment";

/* "acepta DATE NAME", or "retira DATE NAME". */
static enum err_code set_enrolment(struct app *app, bool revoked, const char *date, const char *name, struct err *err)
{
        char *text = xasprintf("%s %.10s %s", revoked ? "retira" : "acepta", date, name);
        enum err_code rc = store_meta_set(app->store, enrolment_setting, text, err);
        free(text);
        return rc;
}

static enum err_code note_enrolment(struct app *app, const struct keys_file *file, struct err *err)
{
        return file->accepts || file->revokes ? set_enrolment(app, file->revokes, file->date, file->name, err) : ERR_OK;
}

/* Is it sealed for the key of this device? */
static bool is_for_device(struct app *app, const struct bundle_info *info)
{
        struct sign_key key;
        struct age_recipient recipient;
        char text[AGE_RECIPIENT_TEXT] = "";
        if (app_signing_key(app, &key, NULL) != ERR_OK)
                return false;
        if (sign_public_recipient(&key.public, &recipient))
                age_recipient_text(&recipient, text);
        sign_key_wipe(&key);
        return *text && strstr(info->to, text);
}

static bool is_said(struct app *app)
{
        struct arena arena = {0};
        bool said = *app_enrolment_words(app, &arena);
        arena_release(&arena);
        return said;
}

enum err_code app_enrolment_seen(struct app *app, const struct bundle_info *info, struct err *err)
{
        struct keyring ring;
        if (office_exists(app->dir) || is_said(app) || !is_for_device(app, info))
                return ERR_OK;
        enum err_code rc = keyring_load(app->dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        const struct known_key *signer = keyring_find_key(&ring, info->key);
        if (signer && signer->kind == KNOWN_ISSUER)
                rc = set_enrolment(app, false, info->when, signer->name, err);
        keyring_release(&ring);
        return rc;
}

static enum err_code note_number(struct app *app, const struct keys_file *file, struct err *err)
{
        char setting[96], number[24];
        seen_setting(file->issuer, setting);
        snprintf(number, sizeof number, "%lld", (long long)file->number);
        return store_meta_set(app->store, setting, number, err);
}

static enum err_code revoke_all(struct app *app, const struct keys_file *file, struct keyring *ring, struct err *err)
{
        char now_text[DATETIME_TEXT];
        struct datetime now = clock_now();
        enum err_code rc = ERR_OK;
        datetime_format(&now, now_text);
        for (int i = 0; rc == ERR_OK && i < file->revoked_n; i++) {
                const struct known_key *known = keyring_find_key(ring, file->revoked[i]);
                if (app_is_own_key(app, file->revoked[i]) || (known && (known->kind == KNOWN_ISSUER || known->kind == KNOWN_REVOKED)))
                        continue;
                rc = keyring_add(ring, file->revoked[i], "", false, err);
                if (rc == ERR_OK) {
                        ring->items[keyring_find_key(ring, file->revoked[i]) - ring->items].kind = KNOWN_REVOKED;
                        rc = store_laptop_mark(app->store, file->revoked[i], now_text, false, err);
                }
        }
        return rc;
}

static enum err_code take_keys(struct app *app, const struct keys_file *file, struct keyring *ring, struct err *err)
{
        char recipient[AGE_RECIPIENT_TEXT] = "", signer[SIGN_PUBLIC_TEXT], now_text[DATETIME_TEXT];
        struct datetime now = clock_now();
        bool office = office_exists(app->dir) && office_public(app->dir, recipient, signer, NULL) == ERR_OK;
        enum err_code rc = keyring_add(ring, file->issuer, file->name, true, err);
        for (int i = 0; rc == ERR_OK && i < file->offices_n; i++)
                if (strcmp(file->offices[i].text, recipient) != 0)
                        rc = keyring_add(ring, file->offices[i].text, file->offices[i].name, false, err);
        if (rc == ERR_OK)
                rc = store_laptop_mark(app->store, file->issuer, datetime_format(&now, now_text), true, err);
        return rc == ERR_OK && !office ? revoke_all(app, file, ring, err) : rc;
}

static enum err_code accept_all(struct app *app, const struct keys_file *file, struct keyring *ring, struct err *err)
{
        enum err_code rc = store_begin(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = take_keys(app, file, ring, err);
        if (rc == ERR_OK)
                rc = note_number(app, file, err);
        if (rc == ERR_OK)
                rc = note_enrolment(app, file, err);
        if (rc == ERR_OK) /* last: what the ring says counts at once */
                rc = keyring_save(app->dir, ring, err);
        if (rc == ERR_OK)
                rc = store_commit(app->store, err);
        if (rc != ERR_OK)
                store_rollback(app->store);
        return rc;
}

enum err_code keys_file_accept(struct app *app, const struct keys_file *file, struct err *err)
{
        struct keyring ring;
        enum err_code rc = keyring_load(app->dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        rc = accept_all(app, file, &ring, err);
        keyring_release(&ring);
        return rc == ERR_OK ? take_waiting(app, err) : rc;
}

/* ---- Words ---- */

/* Folded, with one blank between words. */
static char *plain_words(const char *text)
{
        char *folded = utf8_fold(text), *rest;
        struct str words = STR_INIT;
        for (char *word = strtok_r(folded, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest))
                str_addf(&words, "%s%s", words.len ? " " : "", word);
        free(folded);
        return str_detach(&words);
}

bool keys_file_words_equal(const struct keys_file *file, const char *typed)
{
        char *said = plain_words(typed), *meant = plain_words(file->words);
        bool equal = *meant && strcmp(said, meant) == 0;
        free(said);
        free(meant);
        return equal;
}

const char *app_enrolment_words(struct app *app, struct arena *arena)
{
        const char *text = NULL;
        int64_t days;
        char day[DATETIME_TEXT], date[KEYS_DATE];
        if (store_meta_get(app->store, enrolment_setting, arena, &text, NULL) != ERR_OK || !text || strlen(text) < 18)
                return "";
        snprintf(date, sizeof date, "%s", text + 7);
        const char *when = date_parse(date, &days) ? date_format_person(days, day) : date;
        return arena_printf(arena, str_starts(text, "acepta") ? _("%s aceptó esta laptop (%s).") : _("%s quitó esta laptop (%s): averigüe por qué."),
                            *(text + 18) ? text + 18 : _("La oficina"), when);
}
