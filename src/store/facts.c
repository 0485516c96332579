/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each record contributes (contract in store/facts.h): from facts to
 * entries, their rows in `fact`, and whether anything changed at all.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "facts_priv.h"

int64_t fact_number(double value)
{
        double cut = value > FACT_MOST ? FACT_MOST : value < -FACT_MOST ? -FACT_MOST : value;
        return isfinite(cut) ? llround(cut * FACT_UNIT) : 0;
}

/* ---- Settings of the facts, in meta ---- */

static enum err_code meta_number(struct store *store, const char *name, int64_t otherwise, int64_t *ret, struct err *err)
{
        struct arena arena = {0};
        const char *text = NULL;
        enum err_code rc = store_meta_get(store, name, &arena, &text, err);
        *ret = text ? strtoll(text, NULL, 10) : otherwise;
        arena_release(&arena);
        return rc;
}

enum err_code facts_day_set(struct store *store, int64_t day, struct err *err)
{
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)day);
        return store_meta_set(store, "facts_day", text, err);
}

/* Both settings, read once; a change of any setting forgets them. */
static enum err_code settings(struct store *store, struct memo **ret, struct err *err)
{
        struct memo *memo = memo_of(store);
        int64_t cursor = 0;
        enum err_code rc = ERR_OK;
        if (!memo->settings) {
                rc = meta_number(store, "facts_cursor", -1, &cursor, err);
                if (rc == ERR_OK)
                        rc = meta_number(store, "facts_day", 0, &memo->today, err);
                memo->pending = cursor >= 0;
                memo->settings = rc == ERR_OK;
        }
        *ret = memo;
        return rc;
}

enum err_code store_facts_pending(struct store *store, bool *ret, struct err *err)
{
        struct memo *memo;
        enum err_code rc = settings(store, &memo, err);
        *ret = memo->pending;
        return rc;
}

enum err_code facts_day(struct store *store, int64_t *ret, struct err *err)
{
        struct memo *memo;
        enum err_code rc = settings(store, &memo, err);
        *ret = memo->today;
        return rc;
}

enum err_code store_facts_stamp(struct store *store, struct arena *arena, const char **ret, struct err *err)
{
        return store_meta_get(store, "facts_stamp", arena, ret, err);
}

/* ---- From facts to entries ---- */

/* The first 8 bytes of a hash, never 0: that is the record itself. */
static int64_t hash_number(const struct hash *hash)
{
        int64_t number;
        memcpy(&number, hash->bytes, sizeof number);
        return number ? number : 1;
}

static int64_t who_number(const char *who)
{
        if (!who || !*who)
                return 0;
        struct hash hash = hash_of(who, strlen(who));
        return hash_number(&hash);
}

/* What a record's row says about its facts. */
struct source { int64_t pk, stamp, tie, place, today; };

static enum err_code source_read(struct store *store, const struct id *record, struct source *ret, struct err *err)
{
        struct arena arena = {0};
        bool found = false;
        struct sql q = sql_use(store, SQL_FACT_RECORD);
        sql_id(&q, record);
        while (sql_next(&q)) {
                struct datetime when;
                struct hash head = sql_read_hash(&q, 2);
                found = true;
                ret->pk = sql_read_int(&q, 0);
                ret->stamp = datetime_parse(sql_read_text(&q, 1, &arena), 0, &when) ? datetime_utc_ms(&when) : 0;
                ret->tie = hash_number(&head);
        }
        enum err_code rc = sql_end(&q, err);
        arena_release(&arena);
        if (rc == ERR_OK && !found)
                rc = err_set(err, ERR_NOT_FOUND, _("no hay tal registro"));
        return rc == ERR_OK ? facts_day(store, &ret->today, err) : rc;
}

static enum err_code place_number(struct store *store, const struct fact_place *place, int64_t *ret, struct err *err)
{
        int64_t words[DIMENSIONS];
        enum err_code rc = ERR_OK;
        *ret = 0;
        for (int i = 0; rc == ERR_OK && i < DIMENSIONS; i++)
                rc = word_number(store, place->values[i] ? place->values[i] : "", &words[i], err);
        struct memo_place *known = memo_place(memo_of(store), words);
        if (rc == ERR_OK && known->pk && memcmp(known->words, words, sizeof words) == 0)
                *ret = known->pk;
        for (int add = 0; rc == ERR_OK && *ret == 0 && add < 2; add++) {
                struct sql q = sql_use(store, add ? SQL_FACT_PLACE_ADD : SQL_FACT_PLACE);
                for (int i = 0; i < DIMENSIONS; i++)
                        sql_int(&q, words[i]);
                while (sql_next(&q))
                        *ret = sql_read_int(&q, 0);
                rc = sql_end(&q, err);
        }
        memcpy(known->words, words, sizeof words);
        known->pk = rc == ERR_OK ? *ret : 0;
        return rc;
}

/* What a record's row and its revision say, when whoever writes them has them at hand. */
static enum err_code source_of(struct store *store, const struct fact_origin *origin, struct source *ret, struct err *err)
{
        struct datetime when;
        *ret = (struct source){.pk = origin->pk, .tie = hash_number(&origin->revision),
                               .stamp = datetime_parse(origin->date, 0, &when) ? datetime_utc_ms(&when) : 0};
        return facts_day(store, &ret->today, err);
}

static enum err_code entry_of(struct store *store, const struct source *source, const struct fact *fact, int64_t who,
                              struct entry *ret, struct err *err)
{
        *ret = (struct entry){.record = source->pk, .who = who, .flags = fact->flags, .stamp = source->stamp,
                              .tie = source->tie, .place = source->place, .num = fact->num, .den = fact->den,
                              .partial = fact->partial,
                              .day = fact->flags & FACT_STOCK && fact->day == 0 ? STOCK_DAY : fact->day};
        ret->waits = ret->day > source->today;
        enum err_code rc = word_number(store, fact->indicator, &ret->indicator, err);
        return rc == ERR_OK ? word_number(store, fact->by ? fact->by : "", &ret->by, err) : rc;
}

static int by_row(const void *one, const void *other)
{
        const struct entry *a = one, *b = other;
        if (a->who != b->who)
                return a->who < b->who ? -1 : 1;
        if (a->day != b->day)
                return a->day < b->day ? -1 : 1;
        return (a->at > b->at) - (a->at < b->at);
}

/* A row holds what is about the same who and day; of the record itself, all that does not wait. */
static bool share_row(const struct entry *a, const struct entry *b)
{
        return a->who == b->who && (a->day == b->day || (a->who == 0 && !a->waits && !b->waits));
}

/* In the order of their rows: seq is that of the row, at the place within it. */
static enum err_code entries_of(struct store *store, const struct source *source, const struct fact *facts, int n,
                                struct entries *ret, struct err *err)
{
        enum err_code rc = ERR_OK;
        for (int i = 0; rc == ERR_OK && i < n; i++) {
                struct entry entry;
                const struct fact *before = i > 0 ? &facts[i - 1] : NULL; /* mostly about the same */
                int64_t who = before && before->who && facts[i].who && strcmp(before->who, facts[i].who) == 0
                                      ? ret->items[i - 1].who : who_number(facts[i].who);
                rc = entry_of(store, source, &facts[i], who, &entry, err);
                entry.at = i;
                entries_add(ret, &entry);
        }
        if (ret->n > 1)
                qsort(ret->items, (size_t)ret->n, sizeof *ret->items, by_row);
        for (int i = 0; i < ret->n; i++) {
                struct entry *entry = &ret->items[i], *before = i > 0 ? entry - 1 : NULL;
                bool same = before && share_row(before, entry);
                entry->seq = before ? before->seq + !same : 0;
                entry->at = same ? before->at + 1 : 0;
        }
        return rc;
}

/* ---- Rows ---- */

static enum err_code row_write(struct store *store, const struct entry *first, int n, struct str *text, struct err *err)
{
        items_pack(first, n, text);
        struct sql q = sql_use(store, SQL_FACT_ADD);
        sql_int(&q, first->record);
        sql_int(&q, first->seq);
        sql_int(&q, first->who);
        sql_int(&q, first->day);
        sql_int(&q, first->stamp);
        sql_int(&q, first->tie);
        sql_int(&q, first->place);
        sql_int(&q, first->waits);
        if (q.rc == SQLITE_OK)
                q.rc = sqlite3_bind_blob(q.stmt, ++q.bound, text->text, (int)text->len, SQLITE_STATIC);
        return sql_run(&q, err);
}

static enum err_code rows_add_all(struct store *store, const struct entries *entries, struct err *err)
{
        struct str text = STR_INIT;
        enum err_code rc = ERR_OK;
        for (int i = 0, n; rc == ERR_OK && i < entries->n; i += n) {
                for (n = 1; i + n < entries->n && entries->items[i + n].seq == entries->items[i].seq; n++)
                        ;
                rc = row_write(store, &entries->items[i], n, &text, err);
        }
        str_release(&text);
        return rc;
}

static enum err_code rows_write(struct store *store, int64_t pk, const struct entries *entries, struct err *err)
{
        struct sql q = sql_use(store, SQL_FACT_FORGET);
        sql_int(&q, pk);
        enum err_code rc = sql_run(&q, err);
        return rc == ERR_OK ? rows_add_all(store, entries, err) : rc;
}

enum err_code facts_read(struct store *store, int64_t pk, struct entries *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_FACT_OF);
        sql_int(&q, pk);
        while (sql_next(&q))
                entries_row(ret, &q);
        return sql_end(&q, err);
}

/* ---- Setting ---- */

static bool entry_same(const struct entry *a, const struct entry *b)
{
        return a->who == b->who && a->day == b->day && a->stamp == b->stamp && a->tie == b->tie && a->place == b->place &&
               a->waits == b->waits && a->indicator == b->indicator && a->by == b->by && a->flags == b->flags &&
               a->num == b->num && a->den == b->den && a->partial == b->partial && a->seq == b->seq;
}

static bool entries_same(const struct entries *a, const struct entries *b)
{
        for (int i = 0; a->n == b->n && i < a->n; i++)
                if (!entry_same(&a->items[i], &b->items[i]))
                        return false;
        return a->n == b->n;
}

static enum err_code replace(struct store *store, const struct source *source, struct entries *before,
                             struct entries *after, struct err *err)
{
        bool pending;
        if (entries_same(before, after))
                return ERR_OK;
        enum err_code rc = rows_write(store, source->pk, after, err);
        if (rc == ERR_OK)
                rc = store_facts_pending(store, &pending, err);
        return rc == ERR_OK && !pending ? totals_move(store, source->pk, before, after, err) : rc;
}

enum err_code store_facts_set(struct store *store, const struct id *record, const struct fact_place *place,
                              const struct fact *facts, int n, struct err *err)
{
        struct source source = {0};
        struct entries before = {0}, after = {0};
        enum err_code rc = write_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = source_read(store, record, &source, err);
        if (rc == ERR_OK)
                rc = facts_read(store, source.pk, &before, err);
        if (rc == ERR_OK && n > 0)
                rc = place_number(store, place, &source.place, err);
        if (rc == ERR_OK)
                rc = entries_of(store, &source, facts, n, &after, err);
        if (rc == ERR_OK)
                rc = replace(store, &source, &before, &after, err);
        entries_release(&before);
        entries_release(&after);
        return write_end(store, rc, err);
}

enum err_code store_facts_gather(struct store *store, const struct fact_origin *origin, const struct fact_place *place,
                                 const struct fact *facts, int n, struct err *err)
{
        struct source source;
        struct entries entries = {0};
        enum err_code rc = source_of(store, origin, &source, err);
        if (rc == ERR_OK)
                rc = place_number(store, place, &source.place, err);
        if (rc == ERR_OK)
                rc = entries_of(store, &source, facts, n, &entries, err);
        if (rc == ERR_OK)
                rc = rows_add_all(store, &entries, err);
        entries_release(&entries);
        return rc;
}
