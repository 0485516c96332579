/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Set union: revisions that were not here go in, and which records they touch.
 *
 * Of many, neither who they were nor their records are kept in memory: both are
 * asked of the index of records, which is made again after them.
 */
#include "import_priv.h"

#include "behind.h"
#include "derive_many.h"
#include "store/outgoing.h"

enum { TOUCHED_MOST = 20000 }; /* looking for one record costs about as much as walking over fifty */

enum err_code intake_begin(struct intake *intake, struct app *app, struct err *err)
{
        *intake = (struct intake){.app = app};
        return store_last_arrival(app->store, &intake->mark, err);
}

static enum err_code loosen_if_many(struct intake *intake, struct err *err)
{
        if (intake->loose || !store_loose_pays(intake->fresh, intake->mark))
                return ERR_OK;
        intake->loose = true;
        return store_revisions_loosen(intake->app->store, err);
}

static void note_touched(struct intake *intake, const struct id *record)
{
        if (!intake->many)
                id_set_add(&intake->touched, record);
        intake->many = intake->many || intake->touched.n > TOUCHED_MOST;
        if (intake->many)
                id_set_release(&intake->touched);
}

enum err_code intake_add(struct intake *intake, const struct store_revision *revision, struct err *err)
{
        int64_t arrival = 0;
        enum err_code rc = loosen_if_many(intake, err);
        if (rc == ERR_OK)
                rc = store_revision_take(intake->app->store, revision, &arrival, err);
        if (rc != ERR_OK || arrival == 0)
                return rc;
        intake->fresh++;
        note_touched(intake, &revision->record);
        return ERR_OK;
}

/* ---- Counts ---- */

/* Revisions of one record come one after another. */
struct walk {
        const struct here *here;
        struct import_counts *counts;
        struct id record;
        bool came, before, after; /* of its revisions, some */
};

static void count_one(struct walk *walk)
{
        if (walk->after)
                *(walk->before ? &walk->counts->updated : &walk->counts->added) += 1;
        else
                walk->counts->known += walk->came;
        walk->came = walk->before = walk->after = false;
}

static enum err_code walk_on(void *ctx, const struct id *record, int64_t arrival, struct err *err)
{
        struct walk *walk = ctx;
        const struct here *here = walk->here;
        (void)err;
        if (!id_equal(record, &walk->record))
                count_one(walk);
        walk->record = *record;
        walk->before = walk->before || arrival <= here->mark;
        walk->after = walk->after || arrival > here->mark;
        walk->came = walk->came || (arrival <= here->mark && here->came[arrival / 8] >> arrival % 8 & 1);
        return ERR_OK;
}

/* Of many compared with many. */
static enum err_code count_walking(struct intake *intake, const struct here *here, struct import_counts *counts, struct err *err)
{
        struct walk walk = {.here = here, .counts = counts};
        enum err_code rc = store_revision_records(intake->app->store, walk_on, &walk, err);
        count_one(&walk);
        return rc;
}

struct changed { const struct id_set *known; struct import_counts *counts; };

static void count_changed(void *ctx, const struct id *record)
{
        struct changed *changed = ctx;
        changed->counts->updated++;
        changed->counts->known -= id_set_has(changed->known, record);
}

static enum err_code count_few(struct intake *intake, struct changed *changed, struct err *err)
{
        const struct id_set *touched = &intake->touched;
        enum err_code rc = ERR_OK;
        for (size_t i = 0; rc == ERR_OK && i < touched->room; i++) {
                bool is_new = false;
                if (id_is_none(&touched->slots[i]))
                        continue;
                rc = store_record_new(intake->app->store, &touched->slots[i], intake->mark, &is_new, err);
                if (is_new)
                        changed->counts->added++;
                else
                        count_changed(changed, &touched->slots[i]);
        }
        return rc;
}

enum err_code intake_count(struct intake *intake, const struct here *here, struct import_counts *counts, struct err *err)
{
        struct changed changed = {&here->records, counts};
        enum err_code rc = intake->loose ? store_revisions_tighten(intake->app->store, err) : ERR_OK;
        intake->loose = false;
        counts->added = counts->updated = counts->known = 0;
        if (rc != ERR_OK)
                return rc;
        if (here->n > 0)
                return count_walking(intake, here, counts, err);
        counts->known = (int64_t)here->records.n;
        return intake->many ? store_records_touched(intake->app->store, intake->mark, &counts->added, count_changed, &changed, err)
                            : count_few(intake, &changed, err);
}

/* ---- The end ---- */

enum err_code intake_end(struct intake *intake, int64_t before, struct err *err)
{
        int64_t derived;
        bool leave = intake->app->defers || before + intake->fresh >= behind_many();
        if (intake->fresh == 0)
                return ERR_OK;
        enum err_code rc = leave ? ERR_OK : behind_stands(intake->app, &leave, err);
        if (rc != ERR_OK)
                return rc;
        return leave ? behind_note(intake->app, intake->mark, err)
                     : views_derive_after(intake->app, intake->mark, NULL, NULL, &derived, err);
}

void intake_release(struct intake *intake)
{
        id_set_release(&intake->touched);
}
