/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of records, links and facts without their indexes and triggers, or
 * that of revisions without the index of their records, while many rows come
 * (contract in store/store.h).  A row goes into a dozen indexes, each at another
 * page; sorted once at the end they cost a fifth of that, and the tally is counted
 * once.  The schema is part of the transaction: if it is undone,
 * or cut short, all of it is there again.
 *
 * A link's row stands by the record that it is of, which is anywhere: links are
 * gathered in a table of their own and go to their places in order.
 *
 * Sorting many rows takes room that is not memory: see store_begin_bulk().
 */
#include "store_priv.h"

bool store_loose_pays(int64_t came, int64_t were_there)
{
        enum { SHARE = 8, LEAST = 500 };
        return came >= LEAST && came * SHARE >= were_there;
}

static enum err_code things_list(struct store *store, const char *which, struct arena *arena, struct rows *names, struct rows *texts,
                                 struct err *err)
{
        *names = *texts = (struct rows){.arena = arena, .size = sizeof(const char *)};
        struct sql q = sql_make(store, arena_printf(arena, "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
                                                           "AND (%s) ORDER BY name", which));
        while (sql_next(&q)) {
                *(const char **)rows_add(names) = sql_read_text(&q, 0, arena);
                *(const char **)rows_add(texts) = sql_read_text(&q, 1, arena);
        }
        return sql_end(&q, err);
}

/* `which`: a condition on the rows of the schema. */
static enum err_code drop(struct store *store, const char *which, struct err *err)
{
        struct arena arena = {0};
        struct rows names, texts;
        enum err_code rc = things_list(store, which, &arena, &names, &texts, err);
        for (int i = 0; rc == ERR_OK && i < names.n; i++) {
                const char *name = ((const char **)names.items)[i];
                rc = store_meta_set(store, arena_printf(&arena, "loose %s", name), ((const char **)texts.items)[i], err);
                if (rc == ERR_OK)
                        rc = sql_exec(store, arena_printf(&arena, "DROP %s", name), err);
        }
        pages_set(store, PAGES_LOOSE);
        arena_release(&arena);
        return rc;
}

/* As it was; `first` is done before. */
static enum err_code make_again(struct store *store, const char *first, struct err *err)
{
        struct arena arena = {0};
        struct rows texts = {.arena = &arena, .size = sizeof(const char *)};
        struct sql q = sql_make(store, "SELECT value FROM meta WHERE name LIKE 'loose %' ORDER BY name");
        while (sql_next(&q))
                *(const char **)rows_add(&texts) = sql_read_text(&q, 0, &arena);
        enum err_code rc = sql_end(&q, err);
        pages_set(store, PAGES_SORTING);
        if (rc == ERR_OK)
                rc = sql_exec(store, first, err);
        for (int i = 0; rc == ERR_OK && i < texts.n; i++)
                rc = sql_exec(store, ((const char **)texts.items)[i], err);
        pages_set(store, PAGES_USUAL);
        if (rc == ERR_OK)
                rc = sql_exec(store, "DELETE FROM meta WHERE name LIKE 'loose %'", err);
        arena_release(&arena);
        return rc;
}

enum err_code store_records_loosen(struct store *store, struct err *err)
{
        enum err_code rc = drop(store, "type = 'index' AND tbl_name IN ('record', 'link', 'fact') "
                                       "OR type = 'trigger' AND tbl_name = 'record'", err);
        if (rc == ERR_OK)
                rc = sql_exec(store, "CREATE TABLE link_loose AS SELECT source, place, question, target FROM link WHERE 0", err);
        store->loose = rc == ERR_OK;
        return rc;
}

enum err_code store_records_tighten(struct store *store, struct err *err)
{
        if (!store->loose)
                return ERR_OK;
        store->loose = false;
        enum err_code rc = make_again(store, "INSERT INTO link (source, place, question, target) SELECT source, place, question, target "
                                             "FROM link_loose ORDER BY source, place; DROP TABLE link_loose", err);
        return rc == ERR_OK ? sql_exec(store, "DELETE FROM tally; INSERT INTO tally (form, entity, annulled, sensitive, records) "
                                              "SELECT form, entity, state = 3, sensitive, count(*) FROM record GROUP BY 1, 2, 3, 4", err)
                            : rc;
}

enum err_code store_revisions_loosen(struct store *store, struct err *err)
{
        return drop(store, "name = 'revision_record'", err);
}

enum err_code store_revisions_tighten(struct store *store, struct err *err)
{
        return make_again(store, "", err);
}
