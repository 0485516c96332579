/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom an export is sealed for (contract in seal.h). */
#include "seal.h"

#include <string.h>
#include <unistd.h>

#include "app/keys.h"
#include "app/passphrase.h"
#include "app_priv.h"

static enum err_code add_recipient(struct app_seal *seal, const char *text, struct err *err)
{
        struct age_recipient recipient;
        enum err_code rc = age_recipient_parse(text, &recipient, err);
        if (rc != ERR_OK)
                return rc;
        for (int i = 0; i < seal->bundle.recipients_n; i++)
                if (memcmp(&seal->recipients[i], &recipient, sizeof recipient) == 0)
                        return ERR_OK;
        if (seal->bundle.recipients_n == BUNDLE_RECIPIENTS_MAX)
                return err_set(err, ERR_LIMIT, _("son demasiadas claves: un paquete va para %d como máximo; quite alguna"),
                               BUNDLE_RECIPIENTS_MAX);
        seal->recipients[seal->bundle.recipients_n++] = recipient;
        return ERR_OK;
}

static enum err_code add_offices(const struct export_options *options, struct app_seal *seal, struct err *err)
{
        const struct keyring *ring = &seal->known.ring;
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < ring->n; i++)
                if (ring->items[i].kind == KNOWN_OFFICE)
                        rc = add_recipient(seal, ring->items[i].text, err);
        seal->offices = seal->bundle.recipients_n;
        for (int i = 0; rc == ERR_OK && i < options->keys_n; i++)
                rc = add_recipient(seal, options->keys[i], err);
        if (rc == ERR_OK && seal->bundle.recipients_n == 0)
                rc = err_set(err, ERR_REFUSED,
                             _("falta para quién cifrar: acepte la clave de su UGEL («simae claves aceptar ARCHIVO») o use una "
                               "frase de contraseña («--frase»)"));
        return rc;
}

static enum err_code add_receivers(const struct export_options *options, struct app_seal *seal, struct err *err)
{
        struct back_target targets[BUNDLE_RECIPIENTS_MAX];
        int n = 0;
        enum err_code rc = back_targets(&seal->known, options->back, targets, &n, err);
        seal->back = true;
        for (int i = 0; rc == ERR_OK && i < n; i++)
                rc = add_recipient(seal, targets[i].opens, err);
        return rc;
}

/* What each of them said that it holds. */
static enum err_code find_peers(struct app *app, struct app_seal *seal, struct err *err)
{
        char text[AGE_RECIPIENT_TEXT];
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < seal->bundle.recipients_n; i++) {
                age_recipient_text(&seal->recipients[i], text);
                const struct store_peer *peer = peer_opening(&seal->known, text);
                if (!peer)
                        continue;
                rc = store_peer_have(app->store, &seal->known.items[peer - seal->known.items], &seal->known.arena, err);
                seal->peers[i] = peer;
        }
        return rc;
}

static bool is_dre(const struct app_seal *seal, int i)
{
        char text[AGE_RECIPIENT_TEXT];
        age_recipient_text(&seal->recipients[i], text);
        const struct known_key *key = keyring_find_key(&seal->known.ring, text);
        return i < seal->offices && key && office_is_dre(key->name);
}

/* A DRE that has said nothing here hears from the UGEL below it, if one of the offices has said what it has. */
static void find_served(struct app_seal *seal)
{
        bool answered = false;
        for (int i = 0; i < seal->offices; i++)
                answered = answered || (seal->peers[i] && !is_dre(seal, i));
        for (int i = 0; i < seal->offices; i++)
                seal->served[i] = answered && !seal->peers[i] && is_dre(seal, i);
}

static enum err_code add_recipients(struct app *app, const struct export_options *options, struct app_seal *seal,
                                    struct err *err)
{
        enum err_code rc = peers_load(app, &seal->known, err);
        if (rc == ERR_OK)
                rc = options->back ? add_receivers(options, seal, err) : add_offices(options, seal, err);
        if (rc == ERR_OK)
                rc = find_peers(app, seal, err);
        if (rc == ERR_OK)
                find_served(seal);
        return rc;
}

/* How many may compress beside the one that reads the store: with two processors two as well, for reading is less than half. */
static int helpers(void)
{
        return sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 2 : 0;
}

enum err_code app_seal_init(struct app *app, const struct export_options *options, struct app_seal *seal, struct err *err)
{
        const char *weak = options->passphrase ? passphrase_problem(options->passphrase) : NULL;
        enum err_code rc = weak ? err_set(err, ERR_REFUSED, "%s", weak) : ERR_OK;
        *seal = (struct app_seal){.bundle = {.passphrase = options->passphrase, .threads = helpers(), .stored = true}};
        if (rc == ERR_OK && !options->passphrase)
                rc = add_recipients(app, options, seal, err);
        if (rc == ERR_OK)
                rc = app_signing_key(app, &seal->key, err);
        seal->bundle.recipients = seal->recipients;
        seal->bundle.key = &seal->key;
        return rc;
}

void app_seal_wipe(struct app_seal *seal)
{
        sign_key_wipe(&seal->key);
        peers_release(&seal->known);
}

bool app_seal_only_offices(const struct app_seal *seal)
{
        return !seal->back && seal->offices > 0 && seal->offices == seal->bundle.recipients_n;
}
