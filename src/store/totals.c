/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of totals: sums written into it, and read back (contract in store/facts.h). */
#include <stdlib.h>
#include <string.h>

#include "facts_priv.h"

enum err_code word_number(struct store *store, const char *text, int64_t *ret, struct err *err)
{
        enum err_code rc = ERR_OK;
        *ret = memo_word(memo_of(store), text);
        for (int add = 0; rc == ERR_OK && *ret == 0 && add < 2; add++) {
                struct sql q = sql_use(store, add ? SQL_FACT_WORD_ADD : SQL_FACT_WORD);
                sql_text(&q, text);
                while (sql_next(&q))
                        *ret = sql_read_int(&q, 0);
                rc = sql_end(&q, err);
                if (rc == ERR_OK && *ret)
                        memo_add_word(memo_of(store), text, *ret);
        }
        return rc;
}

/* ---- Writing ---- */

static enum err_code drop(struct store *store, const struct sum *sum, struct err *err)
{
        struct sql q = sql_use(store, SQL_TOTAL_DROP);
        for (int i = 0; i < 6; i++)
                sql_int(&q, sum->key[i]);
        return sql_run(&q, err);
}

static bool is_nothing(const struct sum *sum)
{
        return sum->num == 0 && sum->den == 0 && sum->partial == 0 && sum->n == 0;
}

static void bind_sum(struct sql *q, const struct sum *sum)
{
        for (int i = 0; i < 6; i++)
                sql_int(q, sum->key[i]);
        sql_int(q, sum->num);
        sql_int(q, sum->den);
        sql_int(q, sum->partial);
        sql_int(q, sum->n);
}

static enum err_code write_one(struct store *store, const struct sum *sum, struct err *err)
{
        bool empty = false;
        if (!sum->used || is_nothing(sum))
                return ERR_OK;
        struct sql q = sql_use(store, SQL_TOTAL_ADD);
        bind_sum(&q, sum);
        while (sql_next(&q))
                empty = sql_read_int(&q, 0);
        enum err_code rc = sql_end(&q, err);
        return rc == ERR_OK && empty ? drop(store, sum, err) : rc;
}

struct place { int64_t pk, words[DIMENSIONS]; };

static enum err_code place_read(struct store *store, int64_t pk, struct place *ret, struct err *err)
{
        if (ret->pk == pk)
                return ERR_OK;
        struct sql q = sql_use(store, SQL_FACT_PLACE_GET);
        sql_int(&q, pk);
        while (sql_next(&q))
                for (int i = 0; i < DIMENSIONS; i++)
                        ret->words[i] = sql_read_int(&q, i);
        ret->pk = pk;
        return sql_end(&q, err);
}

/* A sum of a place (key[0]: that counts in its UGEL only) into those of its UGEL as a whole and of each of its values. */
static enum err_code spread(struct store *store, const struct sum *sum, int64_t nothing, struct place *place,
                            struct sums *out, struct err *err)
{
        enum err_code rc = place_read(store, sum->key[3], place, err);
        for (int d = 0; rc == ERR_OK && d < DIMENSIONS; d++) {
                if (d != DIMENSION_NONE && (place->words[d] == nothing || sum->key[0]))
                        continue;
                int64_t value = d == DIMENSION_NONE ? nothing : place->words[d];
                struct sum *to = sums_at(out, (int64_t[6]){d, sum->key[1], sum->key[2], place->words[0], value, sum->key[5]});
                to->num += sum->num;
                to->den += sum->den;
                to->partial += sum->partial;
                to->n += sum->n;
        }
        return rc;
}

static int by_key(const void *a, const void *b)
{
        const struct sum *one = a, *other = b;
        for (int i = 0; i < 6; i++)
                if (one->key[i] != other->key[i])
                        return one->key[i] < other->key[i] ? -1 : 1;
        return 0;
}

static enum err_code put_one(struct store *store, const struct sum *sum, struct err *err)
{
        if (!sum->used || is_nothing(sum))
                return ERR_OK;
        struct sql q = sql_use(store, SQL_TOTAL_PUT);
        bind_sum(&q, sum);
        return sql_run(&q, err);
}

enum err_code sums_write(const struct sums *sums, struct store *store, bool fresh, struct err *err)
{
        struct sums out = {0};
        struct place place = {0};
        int64_t nothing;
        enum err_code rc = word_number(store, "", &nothing, err);
        for (size_t i = 0; rc == ERR_OK && i < sums->room; i++)
                if (sums->slots[i].used && !is_nothing(&sums->slots[i]))
                        rc = spread(store, &sums->slots[i], nothing, &place, &out, err);
        if (out.room) /* in the order of the table: neighbours share a page */
                qsort(out.slots, out.room, sizeof *out.slots, by_key);
        for (size_t i = 0; rc == ERR_OK && i < out.room; i++)
                rc = fresh ? put_one(store, &out.slots[i], err) : write_one(store, &out.slots[i], err);
        sums_release(&out);
        return rc;
}

/* ---- Reading ---- */

struct words { const char **texts; int64_t n; struct arena arena; };

static enum err_code words_read(struct store *store, struct words *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_FACT_WORDS);
        while (sql_next(&q)) {
                int64_t pk = sql_read_int(&q, 0);
                if (pk >= ret->n) {
                        int64_t n = pk + 256;
                        ret->texts = xrealloc(ret->texts, (size_t)n * sizeof *ret->texts);
                        for (; ret->n < n; ret->n++)
                                ret->texts[ret->n] = "";
                }
                ret->texts[pk] = sql_read_text(&q, 1, &ret->arena);
        }
        return sql_end(&q, err);
}

static const char *word_text(const struct words *words, int64_t pk)
{
        return pk > 0 && pk < words->n ? words->texts[pk] : "";
}

/* 0: no total has that word. */
static int64_t word_known(const struct words *words, const char *text)
{
        for (int64_t i = 1; i < words->n; i++)
                if (strcmp(words->texts[i], text) == 0)
                        return i;
        return 0;
}

static void total_read(struct sql *q, const struct words *words, struct total *ret)
{
        ret->indicator = word_text(words, sql_read_int(q, 0));
        ret->ugel = word_text(words, sql_read_int(q, 1));
        ret->value = word_text(words, sql_read_int(q, 2));
        ret->by = word_text(words, sql_read_int(q, 3));
        ret->num = sql_read_int(q, 4);
        ret->den = sql_read_int(q, 5);
        ret->partial = sql_read_int(q, 6);
        ret->n = sql_read_int(q, 7);
}

enum err_code store_totals(struct store *store, enum dimension dimension, const char *const *periods, int periods_n,
                           const char *indicator, store_total_each *each, void *ctx, struct err *err)
{
        struct words words = {0};
        enum err_code rc = words_read(store, &words, err);
        for (int i = 0; rc == ERR_OK && i < periods_n; i++) {
                struct total total = {.period = periods[i]};
                struct sql q = sql_use(store, indicator ? SQL_TOTALS_OF : SQL_TOTALS);
                sql_int(&q, dimension);
                sql_int(&q, word_known(&words, periods[i]));
                if (indicator)
                        sql_int(&q, word_known(&words, indicator));
                while (sql_next(&q)) {
                        total_read(&q, &words, &total);
                        each(ctx, &total);
                }
                rc = sql_end(&q, err);
        }
        free(words.texts);
        arena_release(&words.arena);
        return rc;
}
