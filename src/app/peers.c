/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others said they hold (contract in peers.h). */
#include "peers.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/str.h"
#include "base/utf8.h"
#include "store/outgoing.h"

enum err_code peers_load(struct app *app, struct peers *ret, struct err *err)
{
        struct peers peers = {.arena = {0}};
        enum err_code rc = keyring_load(app->dir, &peers.ring, err);
        if (rc == ERR_OK)
                rc = store_peer_list(app->store, &peers.arena, &peers.items, &peers.n, err);
        if (rc == ERR_OK)
                *ret = peers;
        else
                peers_release(&peers);
        return rc;
}

void peers_release(struct peers *peers)
{
        keyring_release(&peers->ring);
        arena_release(&peers->arena);
        *peers = (struct peers){0};
}

bool peer_is_known(const struct peers *peers, const struct store_peer *peer)
{
        const struct known_key *signer = NULL;
        for (int i = 0; !signer && i < peers->ring.n; i++)
                if (str_equal(peers->ring.items[i].text, peer->key))
                        signer = &peers->ring.items[i];
        return signer && signer->kind != KNOWN_OFFICE && signer->kind != KNOWN_REVOKED;
}

const struct store_peer *peer_opening(const struct peers *peers, const char *recipient)
{
        for (int i = peers->n - 1; i >= 0; i--)
                if (str_equal(peers->items[i].opens, recipient) && peer_is_known(peers, &peers->items[i]))
                        return &peers->items[i];
        return NULL;
}

const struct store_peer *peer_signing(const struct peers *peers, const char *key)
{
        for (int i = peers->n - 1; i >= 0; i--)
                if (str_equal(peers->items[i].key, key) && peer_is_known(peers, &peers->items[i]))
                        return &peers->items[i];
        return NULL;
}

bool office_is_dre(const char *name)
{
        static const char *const words[] = {"dre", "gre", "direccion regional", "gerencia regional"};
        char *folded = utf8_fold(name);
        bool found = false;
        for (size_t i = 0; !found && i < ARRAY_LEN(words); i++) {
                size_t len = strlen(words[i]);
                found = str_starts(folded, words[i]) && (folded[len] == ' ' || folded[len] == '\0');
        }
        free(folded);
        return found;
}

bool have_has(const void *have, int64_t have_n, const struct hash *id)
{
        const unsigned char *items = have;
        int64_t from = 0, to = have_n;
        while (from < to) {
                int64_t middle = from + (to - from) / 2;
                int order = memcmp(items + middle * HAVE_BYTES, id->bytes, HAVE_BYTES);
                if (order == 0)
                        return true;
                if (order < 0)
                        from = middle + 1;
                else
                        to = middle;
        }
        return false;
}

/* ---- Noting ---- */

static enum err_code count_common(void *ctx, const struct hash *id, int64_t arrival, struct err *err)
{
        struct store_peer *peer = ctx;
        (void)arrival;
        (void)err;
        peer->common += have_has(peer->have, peer->have_n, id);
        return ERR_OK;
}

/* A laptop's key is the X25519 form of the one it signs with; an office tells its own. */
static void read_opens(const struct bundle_info *info, char out[AGE_RECIPIENT_TEXT])
{
        struct sign_public key;
        struct age_recipient recipient;
        snprintf(out, AGE_RECIPIENT_TEXT, "%s", info->opens);
        if (!*out && sign_public_parse(info->key, &key, NULL) == ERR_OK && sign_public_recipient(&key, &recipient))
                age_recipient_text(&recipient, out);
}

enum err_code peer_note(struct app *app, const struct bundle_info *info, const char *at, const void *have, int64_t have_n,
                        struct err *err)
{
        char opens[AGE_RECIPIENT_TEXT];
        struct store_peer peer = {.device = info->from, .key = info->key, .opens = opens, .office = info->opens[0] != '\0',
                                  .ugel = info->ugel, .bundle = info->bundle, .made = info->when, .at = at,
                                  .sent = info->revisions, .have = have, .have_n = have_n};
        read_opens(info, opens);
        enum err_code rc = store_last_arrival(app->store, &peer.arrival, err);
        if (rc == ERR_OK && peer.office)
                rc = store_revision_ids(app->store, count_common, &peer, err);
        return rc == ERR_OK ? store_peer_set(app->store, &peer, err) : rc;
}
