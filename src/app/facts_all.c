/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts of all records computed again, when what they depend on changed: the
 * file of indicators (with its parameters) or the periods that are no quarter
 * and no year (facts_periods.c).
 *
 *      meta facts_seen    how the forms folder looked, and COUNTING, when that was last asked
 *           facts_stamp   what the facts were computed from (store/facts.h)
 *           facts_stale   a period of the directory changed since that was compared
 *
 * A start compares one text.  The computing goes in steps of one transaction
 * each, and goes on where it was left.
 */
#include "app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/facts.h"

enum { STEP = 200 };
/* Changes when the program counts otherwise with the same file. */
#define COUNTING "3"

static void add_file(struct app *app, const char *name, struct str *out)
{
        char *path = xasprintf("%s/%s", app->forms_dir, name), block[16384];
        FILE *file = fopen(path, "rb");
        size_t n;
        while (file && (n = fread(block, 1, sizeof block, file)) > 0)
                str_addn(out, block, n);
        if (file)
                fclose(file);
        free(path);
}

static void make_stamp(struct app *app, const struct fact_block *blocks, int n, char ret[HASH_TEXT])
{
        struct str all = STR_INIT;
        str_add(&all, COUNTING "\n");
        add_file(app, "indicadores.yaml", &all);
        for (int i = 0; i < n; i++)
                str_addf(&all, "\n%s %lld %lld", blocks[i].code, (long long)blocks[i].first, (long long)blocks[i].last);
        struct hash hash = hash_of(all.text ? all.text : "", all.len);
        hash_format(&hash, ret);
        str_release(&all);
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

enum err_code facts_look(struct app *app, struct err *err)
{
        struct arena arena = {0};
        const char *seen = NULL;
        struct datetime now = clock_now();
        char print[sizeof app->forms_print + sizeof COUNTING + 1];
        snprintf(print, sizeof print, "%s %s", app->forms_print, COUNTING);
        enum err_code rc = store_meta_get(app->store, "facts_seen", &arena, &seen, err);
        bool same = rc == ERR_OK && seen && strcmp(seen, print) == 0;
        arena_release(&arena);
        if (rc != ERR_OK)
                return rc;
        if (same)
                return app->clock_ok ? store_facts_today(app->store, now.days, err) : ERR_OK;
        rc = store_begin(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = look(app, err);
        if (rc == ERR_OK)
                rc = store_meta_set(app->store, "facts_seen", print, err);
        if (rc == ERR_OK && app->clock_ok)
                rc = store_facts_today(app->store, now.days, err);
        if (rc == ERR_OK)
                return store_commit(app->store, err);
        store_rollback(app->store);
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
        struct arena arena = {0};
        struct id *ids;
        int n;
        enum err_code rc = look_again(app, err);
        if (rc == ERR_OK)
                rc = store_facts_next(app->store, 1, &arena, &ids, &n, ret, err);
        arena_release(&arena);
        return rc;
}

static enum err_code compute_one(struct app *app, const struct id *id, struct err *err)
{
        struct arena arena = {0};
        struct store_record view;
        const struct form *form;
        json_t *answers = NULL;
        enum err_code rc = store_record_get(app->store, id, &arena, &view, err);
        if (rc == ERR_OK)
                rc = app_form_version(app, &view.form_hash, &form, err);
        if (rc == ERR_OK)
                rc = record_answers(app, &view, &answers, err);
        if (rc == ERR_OK)
                rc = facts_put(app, form, answers, &view, err);
        json_decref(answers);
        arena_release(&arena);
        return rc;
}

static enum err_code compute_step(struct app *app, int64_t *ret_left, struct err *err)
{
        struct arena arena = {0};
        struct id *ids;
        int n = 0;
        enum err_code rc = store_facts_next(app->store, STEP, &arena, &ids, &n, ret_left, err);
        for (int i = 0; rc == ERR_OK && i < n; i++)
                rc = compute_one(app, &ids[i], err);
        if (rc == ERR_OK && n > 0)
                rc = store_facts_reached(app->store, &ids[n - 1], err);
        *ret_left -= n;
        if (rc == ERR_OK && *ret_left == 0)
                rc = store_facts_finish(app->store, err);
        arena_release(&arena);
        return rc;
}

enum err_code app_facts_compute(struct app *app, facts_progress *progress, void *ctx, struct err *err)
{
        int64_t all, left = 1;
        bool pending;
        enum err_code rc = app_facts_left(app, &all, err);
        if (rc == ERR_OK)
                rc = store_facts_pending(app->store, &pending, err);
        while (rc == ERR_OK && pending && left > 0) {
                rc = store_begin(app->store, err);
                if (rc == ERR_OK)
                        rc = compute_step(app, &left, err);
                if (rc == ERR_OK)
                        rc = store_commit(app->store, err);
                else
                        store_rollback(app->store);
                if (rc == ERR_OK && progress && !progress(ctx, all - left, all) && left > 0)
                        rc = err_set(err, ERR_CANCELLED, _("Falta calcular el aporte de %lld registros al Balance; "
                                                           "la próxima vez sigue desde allí."), (long long)left);
        }
        return rc;
}
