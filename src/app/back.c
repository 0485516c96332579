/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom a bundle may go back to (contract in app/back.h, and peers.h). */
#include "app/back.h"

#include <string.h>

#include "app_priv.h"
#include "base/str.h"
#include "peers.h"

enum { DEVICE_LETTERS = 4 }; /* of a device, at least, to name it */

/* An office above signs too: it has the name of a key that bundles are sealed for, since both were accepted together. */
static bool is_above(const struct keyring *ring, const struct known_key *signer)
{
        for (int i = 0; i < ring->n; i++)
                if (ring->items[i].kind == KNOWN_OFFICE && *signer->name && str_equal(ring->items[i].name, signer->name))
                        return true;
        return false;
}

/* False: nobody can seal for it. */
static bool read_target(const struct peers *peers, const struct known_key *signer, struct back_target *ret)
{
        const struct store_peer *peer = peer_signing(peers, signer->text);
        struct sign_public key;
        struct age_recipient recipient;
        *ret = (struct back_target){.key = signer->text, .name = signer->name, .device = peer ? peer->device : ""};
        if (peer)
                snprintf(ret->opens, sizeof ret->opens, "%s", peer->opens);
        else if (sign_public_parse(signer->text, &key, NULL) == ERR_OK && sign_public_recipient(&key, &recipient))
                age_recipient_text(&recipient, ret->opens);
        return ret->opens[0] && (!peer || !peer->office || keyring_find(&peers->ring, peer->opens) == NULL);
}

static bool is_called(const struct back_target *target, const char *who)
{
        bool device = strlen(who) >= DEVICE_LETTERS && str_starts(target->device, who);
        return str_equal(target->key, who) || str_equal(target->name, who) || device;
}

static enum err_code add_target(struct back_target *targets, int *n, const struct back_target *target, struct err *err)
{
        if (*n == BUNDLE_RECIPIENTS_MAX)
                return err_set(err, ERR_LIMIT, _("son más de %d laptops, y un paquete no va para más; hágalo para cada una con «simae "
                                                 "exportar --para LAPTOP»"), BUNDLE_RECIPIENTS_MAX);
        targets[(*n)++] = *target;
        return ERR_OK;
}

enum err_code back_targets(const struct peers *peers, const char *who, struct back_target targets[BUNDLE_RECIPIENTS_MAX], int *ret_n,
                           struct err *err)
{
        struct back_target target;
        bool all = str_equal(who, BACK_ALL);
        enum err_code rc = ERR_OK;
        *ret_n = 0;
        for (int i = 0; rc == ERR_OK && i < peers->ring.n; i++) {
                const struct known_key *signer = &peers->ring.items[i];
                if (signer->kind == KNOWN_SIGNER && !is_above(&peers->ring, signer) && read_target(peers, signer, &target) &&
                    (all || is_called(&target, who)))
                        rc = add_target(targets, ret_n, &target, err);
        }
        if (rc == ERR_OK && *ret_n == 0 && all)
                return err_set(err, ERR_REFUSED, _("todavía no se aceptó ninguna laptop; acepte su clave con «simae claves aceptar»"));
        if (rc == ERR_OK && *ret_n == 0)
                return err_set(err, ERR_NOT_FOUND, _("no hay ninguna laptop aceptada «%s»; vea cuáles hay con «simae claves mostrar»"), who);
        if (rc == ERR_OK && *ret_n > 1 && !all)
                return err_set(err, ERR_INVALID, _("hay %d laptops «%s»; diga cuál con su clave RW…, que muestra «simae claves mostrar»"),
                               *ret_n, who);
        return rc;
}

/* ---- For people ---- */

enum err_code app_back_targets(struct app *app, struct arena *arena, struct back_target **ret, int *ret_n, struct err *err)
{
        struct peers peers;
        struct back_target *targets;
        int n = 0;
        enum err_code rc = peers_load(app, &peers, err);
        if (rc != ERR_OK)
                return rc;
        targets = ARENA_ARRAY(arena, struct back_target, peers.ring.n);
        for (int i = 0; i < peers.ring.n; i++) {
                const struct known_key *signer = &peers.ring.items[i];
                if (signer->kind != KNOWN_SIGNER || is_above(&peers.ring, signer) || !read_target(&peers, signer, &targets[n]))
                        continue;
                targets[n].key = arena_strdup(arena, targets[n].key);
                targets[n].name = arena_strdup(arena, targets[n].name);
                targets[n].device = arena_strdup(arena, targets[n].device);
                n++;
        }
        peers_release(&peers);
        *ret = targets;
        *ret_n = n;
        return ERR_OK;
}

const char *back_target_words(const struct back_target *target, struct arena *arena)
{
        if (*target->name)
                return target->name;
        return *target->device ? arena_printf(arena, "%.8s", target->device) : arena_printf(arena, "%.12s…", target->key);
}
