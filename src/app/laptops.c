/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laptops known, accepted and revoked (contract in app/laptops.h); import_hold.c judges their bundles. */
#include "app/laptops.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/clock.h"
#include "base/str.h"
#include "import_priv.h"

static const char hold_setting[] = "hold_unknown";

bool app_holds(struct app *app)
{
        struct arena arena = {0};
        const char *set = NULL;
        bool holds = office_exists(app->dir) ||
                     (store_meta_get(app->store, hold_setting, &arena, &set, NULL) == ERR_OK && set && *set);
        arena_release(&arena);
        return holds;
}

enum err_code app_hold_set(struct app *app, bool hold, struct err *err)
{
        enum err_code rc = store_meta_set(app->store, hold_setting, hold ? "si" : NULL, err);
        return rc == ERR_OK ? take_waiting(app, err) : rc;
}

/* ---- The list ---- */

static const char *words_of(const char *key, struct arena *arena)
{
        char words[WORDS_TEXT];
        key_words(key, words);
        return arena_strdup(arena, words);
}

static enum laptop_state state_of(const struct known_key *known, bool confirmed, bool holds)
{
        if (known && known->kind == KNOWN_REVOKED)
                return LAPTOP_REVOKED;
        if (!confirmed || (!known && holds))
                return LAPTOP_PENDING;
        return !known ? LAPTOP_NOTED : known->kind == KNOWN_ISSUER ? LAPTOP_ISSUER : LAPTOP_ACCEPTED;
}

static enum err_code from_row(struct app *app, const struct keyring *ring, const struct store_laptop *row, bool holds,
                              struct arena *arena, struct laptop *ret, struct err *err)
{
        const struct known_key *known = keyring_find_key(ring, row->key);
        const char *rival = NULL;
        *ret = (struct laptop){.state = state_of(known, row->confirmed, holds), .key = row->key, .words = words_of(row->key, arena),
                               .name = known && *known->name ? arena_strdup(arena, known->name) : row->name,
                               .device = row->device, .since = *row->since ? row->since : row->first, .last = row->last,
                               .waiting = row->waiting};
        enum err_code rc = ERR_OK;
        if (ret->state == LAPTOP_PENDING)
                rc = store_laptop_rival(app->store, row->key, row->device, arena, &rival, err);
        ret->rival = rival;
        return rc;
}

/* A key of the file that no bundle and no date is known of. */
static struct laptop from_file(const struct known_key *known, struct arena *arena)
{
        static const enum laptop_state states[] = {[KNOWN_OFFICE] = LAPTOP_OFFICE, [KNOWN_ISSUER] = LAPTOP_ISSUER,
                                                   [KNOWN_SIGNER] = LAPTOP_ACCEPTED, [KNOWN_REVOKED] = LAPTOP_REVOKED};
        return (struct laptop){.state = states[known->kind], .key = arena_strdup(arena, known->text),
                               .words = words_of(known->text, arena), .name = arena_strdup(arena, known->name), .device = "",
                               .since = "", .last = ""};
}

static bool has_key(const struct laptop *list, int n, const char *key)
{
        for (int i = 0; i < n; i++)
                if (strcmp(list[i].key, key) == 0)
                        return true;
        return false;
}

/* Pending before the others, offices after them; within each as they were. */
static void put_in_order(struct laptop *list, int n)
{
        static const int rank[] = {[LAPTOP_PENDING] = 0, [LAPTOP_ACCEPTED] = 1, [LAPTOP_REVOKED] = 1, [LAPTOP_NOTED] = 1,
                                   [LAPTOP_ISSUER] = 2, [LAPTOP_OFFICE] = 2};
        for (int i = 1; i < n; i++)
                for (int k = i; k > 0 && rank[list[k].state] < rank[list[k - 1].state]; k--) {
                        struct laptop swap = list[k];
                        list[k] = list[k - 1];
                        list[k - 1] = swap;
                }
}

enum err_code app_laptops(struct app *app, struct arena *arena, struct laptop **ret, int *ret_n, struct err *err)
{
        struct store_laptop *rows = NULL;
        struct keyring ring;
        bool holds = app_holds(app);
        int rows_n = 0, n = 0;
        enum err_code rc = keyring_load(app->dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        rc = store_laptop_list(app->store, arena, &rows, &rows_n, err);
        struct laptop *list = ARENA_ARRAY(arena, struct laptop, rows_n + ring.n + 1);
        for (int i = 0; rc == ERR_OK && i < rows_n; i++)
                rc = from_row(app, &ring, &rows[i], holds, arena, &list[n++], err);
        for (int i = 0; rc == ERR_OK && i < ring.n; i++)
                if (!has_key(list, n, ring.items[i].text))
                        list[n++] = from_file(&ring.items[i], arena);
        keyring_release(&ring);
        if (rc != ERR_OK)
                return rc;
        put_in_order(list, n);
        *ret = list;
        *ret_n = n;
        return ERR_OK;
}

int app_laptops_pending(struct app *app)
{
        struct arena arena = {0};
        struct laptop *list;
        int n = 0, pending = 0;
        if (app_laptops(app, &arena, &list, &n, NULL) != ERR_OK)
                n = 0;
        while (pending < n && list[pending].state == LAPTOP_PENDING)
                pending++;
        arena_release(&arena);
        return pending;
}

enum err_code app_laptop_find(struct app *app, const char *text, struct arena *arena, struct laptop *ret, struct err *err)
{
        struct laptop *list;
        int n = 0, found = -1, matches = 0;
        size_t len = strlen(text);
        enum err_code rc = app_laptops(app, arena, &list, &n, err);
        if (rc != ERR_OK)
                return rc;
        for (int i = 0; i < n && len; i++) {
                if (strcmp(list[i].key, text) != 0 && strcmp(list[i].name, text) != 0 &&
                    (len < 4 || strncmp(list[i].device, text, len) != 0))
                        continue;
                matches += found < 0 || strcmp(list[found].key, list[i].key) != 0;
                found = found < 0 ? i : found;
        }
        if (matches != 1)
                return err_set(err, ERR_NOT_FOUND, matches ? _("hay varias «%s»: diga cuál con su clave (RW… o age1…)")
                                                           : _("no hay ninguna «%s»; vea cuáles hay con «simae claves laptops»"), text);
        *ret = list[found];
        return ERR_OK;
}

/* ---- Names ---- */

static const char *name_of_key(struct app *app, const char *key, const char *own_name, struct arena *arena)
{
        struct keyring ring;
        const char *name = own_name;
        if (keyring_load(app->dir, &ring, NULL) != ERR_OK)
                return name;
        const struct known_key *known = keyring_find_key(&ring, key);
        if (known && *known->name)
                name = arena_strdup(arena, known->name);
        else if (known && known->kind == KNOWN_ISSUER)
                name = _("la oficina");
        keyring_release(&ring);
        return name;
}

const char *app_device_name(struct app *app, const char *device, struct arena *arena)
{
        struct store_laptop laptop;
        const char *key = NULL;
        bool found = false;
        /* Any key of it but "": the confirmed one. */
        if (store_laptop_rival(app->store, "", device, arena, &key, NULL) != ERR_OK || !key ||
            store_laptop_get(app->store, key, device, arena, &laptop, &found, NULL) != ERR_OK || !found)
                return "";
        return name_of_key(app, key, laptop.name, arena);
}

const char *app_device_words(struct app *app, const char *device, struct arena *arena)
{
        char own[ID_TEXT];
        struct id mine = store_device(app->store);
        bool is_own = str_equal(device, id_format(&mine, own));
        if (is_own && !office_exists(app->dir))
                return _("esta laptop");
        const char *name = is_own ? app_office_name(app, arena) : app_device_name(app, device, arena);
        if (*name)
                return name;
        return is_own ? _("la oficina") : arena_printf(arena, _("laptop %.8s"), device);
}

/* ---- Accepting and revoking ---- */

static enum err_code waiting_for(struct app *app, const char *key, int64_t *ret, struct err *err)
{
        struct arena arena = {0};
        struct store_laptop *rows;
        int n = 0;
        *ret = 0;
        enum err_code rc = store_waiting_laptops(app->store, &arena, &rows, &n, err);
        for (int i = 0; rc == ERR_OK && i < n; i++)
                *ret += strcmp(rows[i].key, key) == 0 ? rows[i].waiting : 0;
        arena_release(&arena);
        return rc;
}

/* The file first: if the program ends in between, the next import or start releases what waits. */
static enum err_code accept_signer(struct app *app, const char *key, const char *name, int64_t *ret_released, struct err *err)
{
        char now_text[DATETIME_TEXT];
        struct datetime now = clock_now();
        int64_t before = 0, after = 0;
        if (app_is_own_key(app, key))
                return err_set(err, ERR_INVALID, _("esa es la clave de este mismo equipo: no hace falta aceptarla"));
        enum err_code rc = keyring_accept(app->dir, key, name, err);
        if (rc == ERR_OK)
                rc = store_laptop_mark(app->store, key, datetime_format(&now, now_text), true, err);
        if (rc == ERR_OK)
                rc = waiting_for(app, key, &before, err);
        if (rc == ERR_OK)
                rc = take_waiting(app, err);
        if (rc == ERR_OK)
                rc = waiting_for(app, key, &after, err);
        if (rc == ERR_OK && ret_released)
                *ret_released = before - after;
        return rc;
}

enum err_code app_laptop_accept(struct app *app, const char *key, const char *name, int64_t *ret_released, struct err *err)
{
        struct arena arena = {0};
        struct laptop known = {.name = ""};
        if (!name && app_laptop_find(app, key, &arena, &known, NULL) == ERR_OK)
                name = known.name;
        if (ret_released)
                *ret_released = 0;
        enum err_code rc = str_starts(key, "RW") ? accept_signer(app, key, name ? name : "", ret_released, err)
                                                 : keyring_accept(app->dir, key, name ? name : "", err);
        arena_release(&arena);
        return rc;
}

enum err_code app_laptop_revoke(struct app *app, const char *key, struct err *err)
{
        char now_text[DATETIME_TEXT];
        struct datetime now = clock_now();
        struct keyring ring;
        bool signs = str_starts(key, "RW");
        enum err_code rc = keyring_load(app->dir, &ring, err);
        if (rc != ERR_OK)
                return rc;
        /* One that was never accepted is noted all the same, so that nobody accepts it later by mistake. */
        bool known = keyring_find_key(&ring, key) != NULL;
        keyring_release(&ring);
        if (!known && signs)
                rc = keyring_accept(app->dir, key, "", err);
        if (rc == ERR_OK)
                rc = keyring_drop(app->dir, key, err);
        if (rc == ERR_OK && signs)
                rc = store_laptop_mark(app->store, key, datetime_format(&now, now_text), false, err);
        return rc;
}
