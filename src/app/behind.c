/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists, words to search by and facts that lag behind the revisions (contract in
 * app/app.h): an import of many keeps what is true in its own transaction, and
 * what follows from it is derived in another.
 *
 *      meta derive_after    the arrival after which nothing is derived; absent: all of it is
 *
 * The mark is set with the revisions and goes with their views, so that whatever
 * ends the program between, or within, the next to open the folder begins the
 * second transaction again.  What is derived is a function of the revisions alone,
 * and until then what lists show is what they showed before.
 */
#include "behind.h"

#include <stdlib.h>

#include "derive_many.h"
#include "store/incoming.h"

static const char mark[] = "derive_after";

int64_t behind_many(void)
{
        enum { MANY = 5000 }; /* so many are derived in about a second */
        const char *test = getenv("SIMAE_TEST_MANY");
        return test && *test ? strtoll(test, NULL, 10) : MANY;
}

/* -1: it does not stand. */
static enum err_code read_mark(struct app *app, int64_t *ret, struct err *err)
{
        struct arena arena = {0};
        const char *text = NULL;
        enum err_code rc = store_meta_get(app->store, mark, &arena, &text, err);
        *ret = rc == ERR_OK && text ? strtoll(text, NULL, 10) : -1;
        arena_release(&arena);
        return rc;
}

enum err_code behind_stands(struct app *app, bool *ret, struct err *err)
{
        int64_t after;
        enum err_code rc = read_mark(app, &after, err);
        *ret = after >= 0;
        return rc;
}

enum err_code behind_note(struct app *app, int64_t after, struct err *err)
{
        char text[32];
        bool stands;
        enum err_code rc = behind_stands(app, &stands, err);
        if (rc != ERR_OK || stands)
                return rc;
        snprintf(text, sizeof text, "%lld", (long long)after);
        return store_meta_set(app->store, mark, text, err);
}

enum err_code behind_forget(struct app *app, struct err *err)
{
        return store_meta_set(app->store, mark, NULL, err);
}

/* `*ret_after`: of the mark, if it stands. */
static enum err_code lag(struct app *app, int64_t *ret_after, int64_t *ret, struct err *err)
{
        int64_t last = 0;
        enum err_code rc = read_mark(app, ret_after, err);
        if (rc == ERR_OK && *ret_after >= 0)
                rc = store_last_arrival(app->store, &last, err);
        *ret = *ret_after >= 0 ? last - *ret_after : 0;
        return rc;
}

enum err_code app_behind(struct app *app, int64_t *ret, struct err *err)
{
        int64_t after;
        return lag(app, &after, ret, err);
}

void app_leave_behind(struct app *app, bool leave)
{
        app->leaves = leave;
}

static enum err_code derive(struct app *app, int64_t after, derive_progress *progress, void *ctx, struct err *err)
{
        int64_t derived;
        enum err_code rc = views_derive_after(app, after, progress, ctx, &derived, err);
        if (rc == ERR_OK)
                rc = behind_forget(app, err);
        return rc == ERR_OK ? store_commit(app->store, err) : rc;
}

enum err_code app_catch_up(struct app *app, derive_progress *progress, void *ctx, struct err *err)
{
        int64_t after, n;
        enum err_code rc = lag(app, &after, &n, err);
        if (rc != ERR_OK || after < 0)
                return rc;
        rc = n >= behind_many() ? store_begin_vast(app->store, err) : store_begin_bulk(app->store, err);
        if (rc != ERR_OK)
                return rc;
        rc = derive(app, after, progress, ctx, err);
        if (rc != ERR_OK)
                store_rollback(app->store);
        app->revisions++;
        return rc;
}
