/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Views of many records in one transaction: of what an import brought, of all.
 * A walk over the revisions that arrived after a mark, those of the directory
 * first, since titles of visits name schools.
 *
 * Most records have one revision, and the walk has it at hand: nothing is looked
 * up or merged for them.  Those with a past are derived where their first of these
 * revisions comes; those that look for records that theirs does not name
 * (previous(), count-records()) are put off until all are there.  Of whom others
 * name before it is there itself, note is taken, and those others are derived
 * again.
 */
#include "derive_many.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "store/facts.h"
#include "store/incoming.h"

/*
 * How many will be derived is not known: several revisions may be of one record.
 * When as much was spent on some as the other way costs for all, the other way begins.
 */
enum {
        GATHER_SHARE = 100, /* summing all facts again costs about as much as moving totals for one record in so many */
        NAMED_BITS = 1 << 24,
        LOOK_SHARE = 50,    /* looking for one record costs about as much as walking over so many */
};

static enum err_code begin(struct deriving *all, struct err *err)
{
        struct app *app = all->app;
        struct store_counts counts = {0};
        bool pending = false;
        app->deriving = all;
        app_cache_clear(app);
        app_indicators(app);
        enum err_code rc = store_bulk(app->store, err);
        if (rc == ERR_OK)
                rc = store_counts(app->store, &counts, err);
        if (rc == ERR_OK)
                rc = store_facts_pending(app->store, &pending, err);
        all->gathers = pending;
        all->records = counts.records + counts.entities;
        return rc;
}

/* ---- Few or many ---- */

/* `more` are about to be derived. */
static enum err_code gather_if_many(struct deriving *all, int64_t more, struct err *err)
{
        if (all->gathers || (all->n + more) * GATHER_SHARE < all->records)
                return ERR_OK;
        all->gathers = all->finishes = true;
        return store_facts_pause(all->app->store, err);
}

/* Two bits for each id say whether it may have been named. */
static uint32_t bit_of(const struct id *id, int which)
{
        uint32_t bits;
        memcpy(&bits, id->bytes + 4 * which, sizeof bits);
        return bits % NAMED_BITS;
}

static void add_named_bits(void *ctx, const struct id *id)
{
        unsigned char *bits = ctx;
        for (int which = 0; which < 2; which++)
                bits[bit_of(id, which) / 8] |= (unsigned char)(1u << bit_of(id, which) % 8);
}

static enum err_code loosen_if_many(struct deriving *all, struct err *err)
{
        if (all->named_bits || !store_loose_pays(all->n, all->records))
                return ERR_OK;
        all->named_bits = xcalloc(NAMED_BITS / 8, 1);
        enum err_code rc = store_records_named(all->app->store, add_named_bits, all->named_bits, err);
        return rc == ERR_OK ? store_records_loosen(all->app->store, err) : rc;
}

static enum err_code tighten(struct deriving *all, struct err *err)
{
        if (!all->named_bits)
                return ERR_OK;
        free(all->named_bits);
        all->named_bits = NULL;
        return store_records_tighten(all->app->store, err);
}

void deriving_saw(struct deriving *all, const struct record_derived *derived)
{
        for (int i = 0; all->named_bits && i < derived->links_n; i++)
                add_named_bits(all->named_bits, &derived->links[i].to);
}

/* Maybe, where that is cheap: then it is only derived once more. */
static enum err_code is_named(struct deriving *all, const struct id *id, bool *ret, struct err *err)
{
        const unsigned char *bits = all->named_bits;
        if (!bits)
                return store_record_named(all->app->store, id, ret, err);
        *ret = true;
        for (int which = 0; which < 2; which++)
                *ret = *ret && bits[bit_of(id, which) / 8] >> bit_of(id, which) % 8 & 1;
        return ERR_OK;
}

static void note_named(struct deriving *all, const struct id *record)
{
        if (all->named_n == all->named_room) {
                all->named_room = all->named_room ? 2 * all->named_room : 64;
                all->named = xrealloc(all->named, (size_t)all->named_room * sizeof *all->named);
        }
        all->named[all->named_n++] = *record;
}

/* ---- One revision, the only one of its record ---- */

static enum err_code add_view(struct deriving *all, const struct form *form, const struct store_revision *revision,
                              const json_t *answers, struct record_derived *derived, struct err *err)
{
        struct store *store = all->app->store;
        struct fact_origin origin = {.revision = revision->id, .date = revision->date, .only = true};
        enum err_code rc = store_record_add(store, &derived->view, form->kind == FORM_ENTITY, revision->arrival, derived->links,
                                            derived->links_n, &origin.pk, err);
        if (rc != ERR_OK)
                return rc;
        return facts_put_new(all->app, form, answers, &derived->view, all->gathers ? &origin : NULL, err);
}

/* Of a record that had no revision before this one, of the first generation. */
static enum err_code derive_first(struct deriving *all, const struct store_revision *revision, const json_t *body, struct err *err)
{
        const struct form *form;
        struct app *app = all->app;
        bool named;
        const json_t *answers = json_object_get(body, "f");
        arena_clear(&all->one);
        enum err_code rc = app_form_version(app, &revision->form_hash, &form, err);
        if (rc == ERR_OK && app_looks_around(app, form)) {
                id_set_add(&all->later, &revision->record);
                return ERR_OK;
        }
        if (rc == ERR_OK)
                rc = gather_if_many(all, 1, err);
        if (rc == ERR_OK)
                rc = loosen_if_many(all, err);
        if (rc == ERR_OK)
                rc = is_named(all, &revision->record, &named, err);
        if (rc != ERR_OK)
                return rc;
        if (named)
                note_named(all, &revision->record);
        struct record_derived derived = record_derive(app, form, answers, &revision->record, revision, &all->one);
        view_read_parent(body, &derived.view, &all->one);
        derived.view.heads = 1;
        deriving_saw(all, &derived);
        app_cache_forget(app, &revision->record);
        all->n++;
        return add_view(all, form, revision, answers, &derived, err);
}

/* ---- The others ---- */

static enum err_code derive_later(struct deriving *all, struct err *err)
{
        enum err_code rc = all->later.n > 0 ? gather_if_many(all, (int64_t)all->later.n, err) : ERR_OK;
        all->n += (int64_t)all->later.n;
        for (size_t i = 0; rc == ERR_OK && i < all->later.room; i++)
                if (!id_is_none(&all->later.slots[i]))
                        rc = view_derive(all->app, &all->later.slots[i], NULL, err);
        for (size_t i = 0; rc == ERR_OK && i < all->later.room; i++)
                if (!id_is_none(&all->later.slots[i]))
                        rc = view_refresh_readers(all->app, &all->later.slots[i], err);
        return rc;
}

static enum err_code refresh_named(struct deriving *all, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < all->named_n; i++)
                rc = view_refresh_readers(all->app, &all->named[i], err);
        all->named_n = 0;
        return rc;
}

static enum err_code end(struct deriving *all, struct err *err)
{
        enum err_code rc = derive_later(all, err);
        return rc == ERR_OK && all->finishes ? store_facts_finish(all->app->store, err) : rc;
}

static void release(struct deriving *all)
{
        id_set_release(&all->later);
        id_set_release(&all->revised);
        id_set_release(&all->done);
        free(all->named);
        free(all->named_bits);
        arena_release(&all->one);
        all->app->deriving = NULL;
        app_cache_clear(all->app);
}

/* ---- The walk ---- */

static void add_revised(void *ctx, const struct id *record)
{
        id_set_add(ctx, record);
}

static enum err_code learn_pasts(struct deriving *all, struct err *err)
{
        struct store *store = all->app->store;
        enum err_code rc = store_last_arrival(store, &all->last, err);
        all->looks_up = (all->last - all->after) * LOOK_SHARE < all->last;
        if (rc != ERR_OK || all->looks_up)
                return rc;
        rc = store_viewed_after(store, all->after, &all->viewed, err);
        return rc == ERR_OK ? store_records_revised(store, all->after, add_revised, &all->revised, err) : rc;
}

/* Is there more to its record than this revision? */
static enum err_code has_past(struct deriving *all, const struct store_revision *revision, bool *ret, struct err *err)
{
        *ret = revision->gen > 1 || id_set_has(&all->revised, &revision->record);
        if (*ret || (!all->looks_up && !all->viewed))
                return ERR_OK;
        return store_record_past(all->app->store, &revision->record, revision->arrival, ret, err);
}

static enum err_code derive_past(struct deriving *all, const struct id *record, const struct form *form, struct err *err)
{
        bool named = false;
        if (id_set_has(&all->done, record))
                return ERR_OK;
        id_set_add(&all->done, record);
        if (app_looks_around(all->app, form)) {
                id_set_add(&all->later, record);
                return ERR_OK;
        }
        enum err_code rc = gather_if_many(all, 1, err);
        if (rc == ERR_OK)
                rc = loosen_if_many(all, err);
        if (rc == ERR_OK)
                rc = is_named(all, record, &named, err);
        if (named)
                note_named(all, record);
        all->n++;
        return rc == ERR_OK ? view_derive(all->app, record, NULL, err) : rc;
}

static enum err_code derive_one(struct deriving *all, const struct store_revision *revision, struct err *err)
{
        json_t *body = NULL;
        const struct form *form;
        bool past = false;
        if (revision->state == RECORD_PURGADO) /* view_derive() says what is left */
                return view_derive(all->app, &revision->record, NULL, err);
        enum err_code rc = app_form_version(all->app, &revision->form_hash, &form, err);
        if (rc == ERR_OK)
                rc = has_past(all, revision, &past, err);
        if (rc != ERR_OK || past)
                return rc == ERR_OK ? derive_past(all, &revision->record, form, err) : rc;
        rc = json_read(revision->body, strlen(revision->body), _("la ficha guardada"), &body, err);
        if (rc == ERR_OK)
                rc = derive_first(all, revision, body, err);
        json_decref(body);
        return rc;
}

static enum err_code tell(struct deriving *all, struct err *err)
{
        int64_t of = all->last - all->after;
        if (++all->told % DERIVE_OFTEN || all->told == of || !all->progress || all->progress(all->ctx, all->told, of))
                return ERR_OK;
        return err_set(err, ERR_CANCELLED, _("Las listas y el Balance todavía no tienen lo último que llegó; se pondrán al día "
                                             "la próxima vez."));
}

static enum err_code each_of_kind(struct deriving *all, bool entities, struct err *err)
{
        enum { PAGE = 500 };
        struct arena arena = {0};
        int64_t after = all->after;
        int n = PAGE;
        enum err_code rc = ERR_OK;
        while (rc == ERR_OK && n == PAGE) {
                struct store_revision *page;
                arena_clear(&arena);
                rc = store_revisions_of_kind(all->app->store, entities, after, PAGE, &arena, &page, &n, err);
                for (int i = 0; rc == ERR_OK && i < n; i++) {
                        rc = derive_one(all, &page[i], err);
                        if (rc == ERR_OK)
                                rc = tell(all, err);
                }
                after = rc == ERR_OK && n > 0 ? page[n - 1].arrival : after;
        }
        arena_release(&arena);
        return rc;
}

enum err_code views_derive_after(struct app *app, int64_t after, derive_progress *progress, void *ctx, int64_t *ret_n, struct err *err)
{
        struct deriving all = {.app = app, .after = after, .progress = progress, .ctx = ctx};
        enum err_code rc = begin(&all, err);
        if (rc == ERR_OK)
                rc = learn_pasts(&all, err);
        for (int records = 0; rc == ERR_OK && records < 2; records++) {
                rc = each_of_kind(&all, !records, err);
                if (rc == ERR_OK && records && progress)
                        progress(ctx, all.last - after, all.last - after);
                if (rc == ERR_OK)
                        rc = tighten(&all, err);
                if (rc == ERR_OK)
                        rc = refresh_named(&all, err);
        }
        if (rc == ERR_OK)
                rc = end(&all, err);
        *ret_n = all.n;
        release(&all);
        return rc;
}
