/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far what is here has come (contract in app/sent.h). */
#include "app/sent.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "base/str.h"
#include "peers.h"

struct office { const struct store_peer *peer; bool dre; };

struct sent {
        struct app *app;
        struct peers peers;
        struct office offices[BUNDLE_RECIPIENTS_MAX];
        int offices_n;
        enum sent_state here; /* what is in an office has come to it */
        int64_t up_to; /* every revision up to there is in an export, or was not needed */
};

/* One for each office that bundles are sealed for and that has said something. */
static void find_offices(struct sent *sent)
{
        const struct keyring *ring = &sent->peers.ring;
        for (int i = 0; i < ring->n && sent->offices_n < BUNDLE_RECIPIENTS_MAX; i++) {
                const struct store_peer *peer = ring->items[i].kind == KNOWN_OFFICE ? peer_opening(&sent->peers, ring->items[i].text) : NULL;
                if (peer)
                        sent->offices[sent->offices_n++] = (struct office){peer, office_is_dre(ring->items[i].name)};
        }
}

static enum sent_state own_state(struct app *app)
{
        struct arena arena = {0};
        enum sent_state state = !office_exists(app->dir) ? SENT_NO : office_is_dre(app_office_name(app, &arena)) ? SENT_DRE : SENT_UGEL;
        arena_release(&arena);
        return state;
}

static enum err_code read_up_to(struct app *app, int64_t *ret, struct err *err)
{
        struct store_counts counts;
        enum err_code rc = store_counts(app->store, &counts, err);
        if (rc == ERR_OK)
                *ret = counts.revisions - counts.unexported;
        return rc;
}

enum err_code sent_load(struct app *app, struct sent **ret, struct err *err)
{
        struct sent *sent = xcalloc(1, sizeof *sent);
        sent->app = app;
        enum err_code rc = peers_load(app, &sent->peers, err);
        if (rc == ERR_OK)
                find_offices(sent);
        for (int i = 0; rc == ERR_OK && i < sent->offices_n; i++)
                rc = store_peer_have(app->store, &sent->peers.items[sent->offices[i].peer - sent->peers.items], &sent->peers.arena, err);
        if (rc == ERR_OK)
                rc = read_up_to(app, &sent->up_to, err);
        sent->here = own_state(app);
        if (rc == ERR_OK)
                *ret = sent;
        else
                sent_free(sent);
        return rc;
}

void sent_free(struct sent *sent)
{
        if (!sent)
                return;
        peers_release(&sent->peers);
        free(sent);
}

/* ---- One record ---- */

/* Of one whose revisions branch, all of them must be there; else its last stands for those before it. */
static bool office_has(const struct sent *sent, const struct office *office, const struct store_record *record)
{
        const struct store_peer *peer = office->peer;
        struct arena arena = {0};
        struct store_revision *revisions;
        int n = 0;
        bool all = have_has(peer->have, peer->have_n, &record->revision);
        if (!all || record->heads <= 1)
                return all;
        if (store_history(sent->app->store, &record->id, &arena, &revisions, &n, NULL) != ERR_OK)
                all = false;
        for (int i = 0; all && i < n; i++)
                all = have_has(peer->have, peer->have_n, &revisions[i].id);
        arena_release(&arena);
        return all;
}

enum sent_state sent_of(const struct sent *sent, const struct store_record *record)
{
        enum sent_state state = sent->here;
        bool later = true;
        for (int i = 0; i < sent->offices_n && state != SENT_DRE; i++)
                if (office_has(sent, &sent->offices[i], record))
                        state = sent->offices[i].dre ? SENT_DRE : SENT_UGEL;
        if (state == SENT_NO && store_record_touched(sent->app->store, &record->id, sent->up_to, &later, NULL) == ERR_OK && !later)
                state = SENT_EXPORTED;
        return state;
}

const char *sent_word(enum sent_state state)
{
        static const char *const words[] = {[SENT_NO] = _("sin enviar"), [SENT_EXPORTED] = _("exportado"),
                                            [SENT_UGEL] = _("recibido UGEL"), [SENT_DRE] = _("recibido DRE")};
        return words[state];
}

const char *app_sent_word(struct app *app, const struct store_record *record)
{
        struct sent *sent;
        if (sent_load(app, &sent, NULL) != ERR_OK)
                return "";
        const char *word = sent_word(sent_of(sent, record));
        sent_free(sent);
        return word;
}

/* ---- All of them ---- */

static int64_t at_least_none(int64_t n)
{
        return n > 0 ? n : 0;
}

enum err_code app_sent_counts(struct app *app, struct sent_counts *ret, struct err *err)
{
        struct sent sent = {.app = app};
        struct store_counts counts;
        enum err_code rc = store_counts(app->store, &counts, err);
        if (rc == ERR_OK)
                rc = peers_load(app, &sent.peers, err);
        if (rc != ERR_OK)
                return rc;
        find_offices(&sent);
        int64_t common = 0;
        for (int i = 0; i < sent.offices_n; i++)
                if (sent.offices[i].peer->common > common)
                        common = sent.offices[i].peer->common;
        *ret = (struct sent_counts){.answered = sent.offices_n > 0, .unconfirmed = at_least_none(counts.revisions - common),
                                    .unsent = at_least_none(counts.unexported)};
        if (ret->unsent > ret->unconfirmed)
                ret->unsent = ret->unconfirmed;
        ret->top = office_exists(app->dir) && keyring_offices(&sent.peers.ring) == 0;
        if (ret->top)
                ret->unsent = ret->unconfirmed = 0;
        peers_release(&sent.peers);
        return ERR_OK;
}

const char *sent_count_words(const struct sent_counts *counts, struct arena *arena)
{
        const char *more = counts->answered && counts->unconfirmed > counts->unsent
                                   ? arena_printf(arena, _(" Sin confirmar: %lld."), (long long)counts->unconfirmed) : "";
        if (counts->top)
                return _("Aquí se recibe: no hay una oficina más arriba.");
        if (counts->unsent == 1)
                return arena_printf(arena, _("1 cambio sin exportar.%s"), more);
        if (counts->unsent > 0)
                return arena_printf(arena, _("%lld cambios sin exportar.%s"), (long long)counts->unsent, more);
        if (*more)
                return arena_printf(arena, _("Todo exportado.%s"), more);
        return counts->answered ? _("La oficina tiene todo lo concluido.") : _("Todo lo concluido está exportado.");
}
