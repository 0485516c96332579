/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All facts: computed again from the records in steps that may be interrupted,
 * summed in one walk, and those that waited for their day.
 *
 *      meta facts_cursor   the last record computed; there only while some are left
 *           facts_stamp    what the facts were computed from
 *           facts_day      the day up to which facts count
 *
 * While facts are computed again nothing asks for those of a who: the table has
 * no indexes then, and has them again (as the migrations made them) at the end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "facts_priv.h"

static enum err_code blocks_write(struct store *store, const struct fact_block *blocks, int n, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                int64_t word;
                rc = word_number(store, blocks[i].code, &word, err);
                if (rc != ERR_OK)
                        break;
                struct sql q = sql_use(store, SQL_FACT_BLOCK_ADD);
                sql_int(&q, word);
                sql_int(&q, blocks[i].first);
                sql_int(&q, blocks[i].last);
                rc = sql_run(&q, err);
        }
        return rc;
}

enum err_code store_facts_blocks(struct store *store, struct arena *arena, struct fact_block **ret, int *ret_n,
                                 struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct fact_block)};
        struct sql q = sql_use(store, SQL_FACT_BLOCK_LIST);
        while (sql_next(&q)) {
                struct fact_block *block = rows_add(&rows);
                block->code = sql_read_text(&q, 0, arena);
                block->first = sql_read_int(&q, 1);
                block->last = sql_read_int(&q, 2);
        }
        *ret = rows.items;
        *ret_n = rows.n;
        return sql_end(&q, err);
}

enum err_code store_facts_begin(struct store *store, const struct fact_block *blocks, int n, const char *stamp,
                                int64_t today, struct err *err)
{
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = sql_exec(store, "DROP INDEX IF EXISTS fact_who; DROP INDEX IF EXISTS fact_waiting; DELETE FROM fact; DELETE FROM total; DELETE FROM fact_place; DELETE FROM fact_block; "
                             "DELETE FROM fact_word", err);
        memo_clear(store);
        if (rc == ERR_OK)
                rc = blocks_write(store, blocks, n, err);
        if (rc == ERR_OK)
                rc = store_meta_set(store, "facts_cursor", "0", err);
        if (rc == ERR_OK)
                rc = store_meta_set(store, "facts_stamp", stamp, err);
        if (rc == ERR_OK)
                rc = facts_day_set(store, today, err);
        return write_end(store, rc, err);
}

enum err_code store_facts_pause(struct store *store, struct err *err)
{
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)INT64_MAX); /* should the program end here, none is left to compute */
        return store_meta_set(store, "facts_cursor", text, err);
}

/* The last record computed; INT64_MAX: nothing is being computed. */
static enum err_code cursor_read(struct store *store, int64_t *ret, struct err *err)
{
        struct arena arena = {0};
        const char *text = NULL;
        enum err_code rc = store_meta_get(store, "facts_cursor", &arena, &text, err);
        *ret = text ? strtoll(text, NULL, 10) : INT64_MAX;
        arena_release(&arena);
        return rc;
}

enum err_code store_facts_left(struct store *store, int64_t *ret, struct err *err)
{
        int64_t cursor;
        enum err_code rc = cursor_read(store, &cursor, err);
        if (rc != ERR_OK)
                return rc;
        struct sql q = sql_use(store, SQL_FACT_LEFT);
        int64_t last = sql_next(&q) ? sql_read_int(&q, 0) : 0;
        rc = sql_end(&q, err);
        *ret = last > cursor ? last - cursor : 0;
        return rc;
}

/* What was set meanwhile of records that are still to come. */
static enum err_code forget_from(struct store *store, int64_t cursor, struct err *err)
{
        struct sql q = sql_use(store, SQL_FACT_FORGET_FROM);
        sql_int(&q, cursor);
        return sql_run(&q, err);
}

/* Only if its newest revision does not speak for it (parallel changes), or its answers are merged, are they looked for. */
static enum err_code body_read(struct sql *q, const struct fact_record *record, struct arena *arena, const char **ret,
                               struct err *err)
{
        bool at_hand = sql_is_null(q, 5) && !sql_is_null(q, 8);
        if (!at_hand && sql_is_null(q, 5))
                return store_revision_body(q->store, &record->origin.revision, arena, ret, err);
        *ret = (const char *)sqlite3_column_text(q->stmt, at_hand ? 8 : 5);
        return *ret ? ERR_OK : sql_fail(q->store, SQLITE_NOMEM, err);
}

static enum err_code next_one(struct sql *q, store_facts_each *each, void *ctx, struct arena *arena, int64_t *ret_pk, struct err *err)
{
        const char *body;
        struct fact_record record = {.id = sql_read_id(q, 1), .form_hash = sql_read_hash(q, 2),
                                     .state = (enum record_state)sql_read_int(q, 3), .sensitive = sql_read_int(q, 4),
                                     .origin = {.pk = sql_read_int(q, 0), .revision = sql_read_hash(q, 6),
                                                .date = sql_read_text(q, 7, arena)}};
        *ret_pk = record.origin.pk;
        enum err_code rc = body_read(q, &record, arena, &body, err);
        return rc == ERR_OK ? each(ctx, &record, body, err) : rc;
}

enum err_code store_facts_next(struct store *store, int most, store_facts_each *each, void *ctx, struct err *err)
{
        struct arena arena = {0};
        char text[32];
        int64_t cursor;
        enum err_code rc = cursor_read(store, &cursor, err);
        if (rc == ERR_OK)
                rc = forget_from(store, cursor, err);
        struct sql q = sql_use(store, SQL_FACT_NEXT);
        sql_int(&q, cursor);
        sql_int(&q, most);
        while (rc == ERR_OK && sql_next(&q)) {
                arena_clear(&arena);
                rc = next_one(&q, each, ctx, &arena, &cursor, err);
        }
        enum err_code end = sql_end(&q, rc == ERR_OK ? err : NULL);
        arena_release(&arena);
        rc = rc == ERR_OK ? end : rc;
        snprintf(text, sizeof text, "%lld", (long long)cursor);
        return rc == ERR_OK ? store_meta_set(store, "facts_cursor", text, err) : rc;
}

/* What was counted goes to the table before it takes too much memory (50 MB), and at the end. */
enum { SUMS_MOST = 120000 };
struct summing { struct store *store; struct sums sums; struct periods periods; bool written; };

static enum err_code summing_write(struct summing *s, struct err *err)
{
        enum err_code rc = sums_write(&s->sums, s->store, !s->written, err);
        s->written = true;
        sums_release(&s->sums);
        return rc;
}

static enum err_code summing_count(struct summing *s, struct entries *entries, struct err *err)
{
        enum err_code rc = sums_count(&s->sums, &s->periods, entries->items, entries->n, 1, err);
        entries->n = 0;
        return rc == ERR_OK && s->sums.n > SUMS_MOST ? summing_write(s, err) : rc;
}

/* Those about nothing but their record count one by one. */
static enum err_code sum_alone(struct summing *s, struct err *err)
{
        struct entries entries = {0};
        enum err_code rc = ERR_OK;
        struct sql q = sql_use(s->store, SQL_FACT_ALONE);
        while (rc == ERR_OK && sql_next(&q)) {
                entries_row(&entries, &q);
                rc = summing_count(s, &entries, err);
        }
        entries_release(&entries);
        enum err_code read = sql_end(&q, rc == ERR_OK ? err : NULL);
        return rc == ERR_OK ? read : rc;
}

/* The others come by who: those of one who are counted together. */
static enum err_code sum_together(struct summing *s, struct err *err)
{
        struct entries entries = {0};
        enum err_code rc = ERR_OK;
        int64_t who = 0;
        struct sql q = sql_use(s->store, SQL_FACT_TOGETHER);
        while (rc == ERR_OK && sql_next(&q)) {
                int64_t next = sql_read_int(&q, 2);
                if (next != who)
                        rc = summing_count(s, &entries, err);
                who = next;
                entries_row(&entries, &q);
        }
        if (rc == ERR_OK)
                rc = summing_count(s, &entries, err);
        entries_release(&entries);
        enum err_code read = sql_end(&q, rc == ERR_OK ? err : NULL);
        return rc == ERR_OK ? read : rc;
}

enum err_code store_facts_finish(struct store *store, struct err *err)
{
        struct summing s = {.store = store};
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = sql_exec(store, "DELETE FROM total; CREATE INDEX IF NOT EXISTS fact_who ON fact (who, day) WHERE who <> 0; "
                             "CREATE INDEX IF NOT EXISTS fact_waiting ON fact (day) WHERE waits = 1", err);
        if (rc == ERR_OK)
                rc = periods_init(&s.periods, store, err);
        if (rc == ERR_OK)
                rc = sum_alone(&s, err);
        if (rc == ERR_OK)
                rc = sum_together(&s, err);
        if (rc == ERR_OK)
                rc = summing_write(&s, err);
        if (rc == ERR_OK)
                rc = store_meta_set(store, "facts_cursor", NULL, err);
        sums_release(&s.sums);
        periods_release(&s.periods);
        return write_end(store, rc, err);
}

/* ---- Days that come ---- */

static enum err_code come(struct store *store, int64_t pk, int64_t today, bool pending, struct err *err)
{
        struct entries before = {0}, after = {0};
        enum err_code rc = facts_read(store, pk, &before, err);
        struct sql q = sql_use(store, SQL_FACT_COME);
        sql_int(&q, pk);
        sql_int(&q, today);
        enum err_code written = sql_run(&q, rc == ERR_OK ? err : NULL);
        rc = rc == ERR_OK ? written : rc;
        if (rc == ERR_OK)
                rc = facts_read(store, pk, &after, err);
        if (rc == ERR_OK && !pending)
                rc = totals_move(store, pk, &before, &after, err);
        entries_release(&before);
        entries_release(&after);
        return rc;
}

static enum err_code come_all(struct store *store, int64_t today, struct err *err)
{
        struct arena arena = {0};
        struct rows rows = {.arena = &arena, .size = sizeof(int64_t)};
        bool pending;
        enum err_code rc = store_facts_pending(store, &pending, err);
        struct sql q = sql_use(store, SQL_FACT_DUE);
        sql_int(&q, today);
        while (sql_next(&q))
                *(int64_t *)rows_add(&rows) = sql_read_int(&q, 0);
        enum err_code read = sql_end(&q, rc == ERR_OK ? err : NULL);
        rc = rc == ERR_OK ? read : rc;
        for (int i = 0; rc == ERR_OK && i < rows.n; i++)
                rc = come(store, ((int64_t *)rows.items)[i], today, pending, err);
        arena_release(&arena);
        return rc == ERR_OK ? facts_day_set(store, today, err) : rc;
}

enum err_code store_facts_today(struct store *store, int64_t today, struct err *err)
{
        int64_t day;
        enum err_code rc = facts_day(store, &day, err);
        if (rc != ERR_OK || today <= day)
                return rc;
        rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        return write_end(store, come_all(store, today, err), err);
}
