/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts of all records computed again, when what they depend on changed: the
 * file of indicators (with its parameters) or the periods that are no quarter
 * and no year (facts_periods.c).
 *
 *      meta facts_seen    how the files of both looked, and COUNTING, when that was last asked
 *           facts_stamp   what the facts were computed from (store/facts.h)
 *           facts_stale   a period of the directory changed since that was compared
 *
 * A start compares one text.  The computing goes in steps of one transaction
 * each, and goes on where it was left.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "store/facts.h"

/* Of records: soon something to show, then as many as take about STEP_MS, so that keys are heard and commits cost little. */
enum { STEP_FIRST = 200, STEP_MOST = 50000, STEP_MS = 300, STEP_GROWS = 5 };
/* Changes when the program counts otherwise with the same file. */
#define COUNTING "4"

static void add_file(const char *path, struct str *out)
{
        char block[16384];
        FILE *file = fopen(path, "rb");
        size_t n;
        while (file && (n = fread(block, 1, sizeof block, file)) > 0)
                str_addn(out, block, n);
        if (file)
                fclose(file);
}

static void add_indicators(struct app *app, struct str *out)
{
        char *path = xasprintf("%s/indicadores.yaml", app->forms_dir), *own = own_indicators(app->dir);
        add_file(path, out);
        add_file(own, out);
        free(path);
        free(own);
}

static void make_stamp(struct app *app, const struct fact_block *blocks, int n, char ret[HASH_TEXT])
{
        struct str all = STR_INIT;
        str_add(&all, COUNTING "\n");
        add_indicators(app, &all);
        for (int i = 0; i < n; i++)
                str_addf(&all, "\n%s %lld %lld", blocks[i].code, (long long)blocks[i].first, (long long)blocks[i].last);
        struct hash hash = hash_of(all.text, all.len);
        hash_format(&hash, ret);
        str_release(&all);
}

/* What a start compares: the folder of forms, the UGEL's own file and this program. */
static const char *print_of(struct app *app, struct arena *arena)
{
        struct stat st;
        char *own = own_indicators(app->dir);
        bool there = stat(own, &st) == 0;
        free(own);
        if (!there)
                return arena_printf(arena, "%s %s", app->forms_print, COUNTING);
        return arena_printf(arena, "%s %s %lld %lld.%09ld", app->forms_print, COUNTING, (long long)st.st_size,
                            (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

static enum err_code begin(struct app *app, bool if_changed, struct err *err)
{
        struct arena arena = {0};
        char stamp[HASH_TEXT];
        const char *before = NULL;
        int n;
        struct datetime now = clock_now();
        struct fact_block *blocks;
        enum err_code rc = periods_read(app, &arena, &blocks, &n, err);
        if (rc == ERR_OK)
                rc = store_facts_stamp(app->store, &arena, &before, err);
        if (rc == ERR_OK)
                make_stamp(app, blocks, n, stamp);
        if (rc == ERR_OK && !(if_changed && before && strcmp(before, stamp) == 0))
                rc = store_facts_begin(app->store, blocks, n, stamp, now.days, err);
        if (rc == ERR_OK)
                rc = store_meta_set(app->store, "facts_stale", NULL, err);
        arena_release(&arena);
        return rc;
}

enum err_code facts_begin(struct app *app, struct err *err)
{
        return begin(app, false, err);
}

/* Without its folder the program knows no indicators: what is concluded meanwhile is computed when it is back. */
static enum err_code look(struct app *app, struct err *err)
{
        int64_t left;
        if (!app->forms_print[0])
                return store_meta_set(app->store, "facts_stamp", NULL, err);
        enum err_code rc = begin(app, true, err);
        if (rc == ERR_OK)
                rc = app_facts_left(app, &left, err);
        return rc == ERR_OK && left == 0 ? app_facts_compute(app, NULL, NULL, err) : rc;
}

static enum err_code today(struct app *app, int64_t day, struct err *err)
{
        return app->clock_ok ? store_facts_today(app->store, day, err) : ERR_OK;
}

static enum err_code look_and_keep(struct app *app, const char *print, int64_t day, struct err *err)
{
        enum err_code rc = store_begin_bulk(app->store, err);
        if (rc != ERR_OK)
                return rc;
        app_indicators(app);
        bool sound = !app->warning[0]; /* else what is wrong is told at the next start too */
        rc = look(app, err);
        if (rc == ERR_OK)
                rc = store_meta_set(app->store, "facts_seen", sound ? print : "", err);
        if (rc == ERR_OK)
                rc = today(app, day, err);
        if (rc == ERR_OK)
                return store_commit(app->store, err);
        store_rollback(app->store);
        return rc;
}

enum err_code facts_look(struct app *app, struct err *err)
{
        struct arena arena = {0};
        const char *seen = NULL;
        struct datetime now = clock_now();
        const char *print = print_of(app, &arena);
        enum err_code rc = store_meta_get(app->store, "facts_seen", &arena, &seen, err);
        bool same = rc == ERR_OK && seen && strcmp(seen, print) == 0;
        if (rc == ERR_OK)
                rc = same ? today(app, now.days, err) : look_and_keep(app, print, now.days, err);
        arena_release(&arena);
        return rc;
}

/* ---- Computing ---- */

/* A period that changed: begin, if it is another than facts were computed with. */
static enum err_code look_again(struct app *app, struct err *err)
{
        struct arena arena = {0};
        const char *stale = NULL;
        enum err_code rc = store_meta_get(app->store, "facts_stale", &arena, &stale, err);
        bool changed = stale != NULL;
        arena_release(&arena);
        if (rc != ERR_OK || !changed)
                return rc;
        rc = store_begin(app->store, err);
        if (rc == ERR_OK)
                rc = begin(app, true, err);
        if (rc == ERR_OK)
                return store_commit(app->store, err);
        store_rollback(app->store);
        return rc;
}

enum err_code app_facts_left(struct app *app, int64_t *ret, struct err *err)
{
        enum err_code rc = look_again(app, err);
        return rc == ERR_OK ? store_facts_left(app->store, ret, err) : rc;
}

static enum err_code compute_one(void *ctx, const struct fact_record *record, const char *body, struct err *err)
{
        struct app *app = ctx;
        struct store_record view = {.id = record->id, .state = record->state, .sensitive = record->sensitive};
        const struct form *form;
        json_t *answers = NULL;
        enum err_code rc = app_form_version(app, &record->form_hash, &form, err);
        if (rc == ERR_OK)
                rc = revision_answers(body, &answers, err);
        if (rc == ERR_OK)
                rc = facts_put_new(app, form, answers, &view, &record->origin, err);
        json_decref(answers);
        return rc;
}

static enum err_code compute_step(struct app *app, int most, int64_t *ret_left, struct err *err)
{
        enum err_code rc = store_facts_next(app->store, most, compute_one, app, err);
        if (rc == ERR_OK)
                rc = store_facts_left(app->store, ret_left, err);
        return rc == ERR_OK && *ret_left == 0 ? store_facts_finish(app->store, err) : rc;
}

/* After a step of `most` records that took so long. */
static int step_after(int most, int64_t ms)
{
        int64_t next = ms > 0 ? most * (int64_t)STEP_MS / ms : STEP_MOST;
        next = next > (int64_t)most * STEP_GROWS ? (int64_t)most * STEP_GROWS : next;
        return next > STEP_MOST ? STEP_MOST : next < STEP_FIRST ? STEP_FIRST : (int)next;
}

enum err_code app_facts_compute(struct app *app, facts_progress *progress, void *ctx, struct err *err)
{
        int64_t all, left = 1;
        bool pending;
        enum err_code rc = app_facts_left(app, &all, err);
        if (rc == ERR_OK)
                rc = store_facts_pending(app->store, &pending, err);
        while (rc == ERR_OK && pending && left > 0) {
                int64_t begun = clock_monotonic_ms();
                int most = app->facts_step ? app->facts_step : STEP_FIRST;
                rc = store_begin_bulk(app->store, err);
                if (rc == ERR_OK)
                        rc = compute_step(app, most, &left, err);
                if (rc == ERR_OK)
                        rc = store_commit(app->store, err);
                else
                        store_rollback(app->store);
                app->facts_step = step_after(most, clock_monotonic_ms() - begun);
                if (rc == ERR_OK && progress && !progress(ctx, all - left, all) && left > 0)
                        rc = err_set(err, ERR_CANCELLED, _("Falta calcular el aporte de %lld registros al Balance; "
                                                           "la próxima vez sigue desde allí."), (long long)left);
        }
        return rc;
}
