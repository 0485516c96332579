/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words that name forms (store_query.form_names).
 *
 * People look for «docente» or «cap» among all records and mean those of that
 * form, whose names are in no record.  What they find is cut into disjoint
 * parts, so that each is an ordinary list with its own index and its own tally:
 *
 *      one for each form that some word names      that form, and the words that do not name it
 *      the rest                                    all the other forms, and every word
 *
 * A word names a form if a word of its titles or of its id begins with it, as
 * in the search of records.  Short ones («de», «ie») do not: they are on their
 * way to be something else.
 */
#include "list_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { NAMING_LETTERS = 3 };

/* Does a word of the folded text begin with it? */
static bool has_word(const char *folded, const char *word, size_t len)
{
        for (const char *at = folded; *at;) {
                at += search_word_gap(at);
                size_t n = search_word_len(at);
                if (n >= len && strncmp(at, word, len) == 0)
                        return true;
                at += n;
        }
        return false;
}

static bool names(const char *folded, const char *word, size_t len, struct arena *arena)
{
        return utf8_length(arena_strndup(arena, word, len)) >= NAMING_LETTERS && has_word(folded, word, len);
}

/* Of the words (folded), those that do not name it; NULL if none does. */
static const char *words_left(const char *words, const char *folded, struct arena *arena)
{
        struct str left = STR_INIT;
        bool named = false;
        for (const char *at = words; *at;) {
                at += search_word_gap(at);
                size_t len = search_word_len(at);
                bool names_it = len && names(folded, at, len, arena);
                named |= names_it;
                if (len && !names_it)
                        str_addf(&left, "%.*s ", (int)len, at);
                at += len;
        }
        const char *kept = named ? arena_strdup(arena, left.text) : NULL;
        str_release(&left);
        return kept;
}

static const char *match_of(const char *words, struct arena *arena)
{
        struct str match = STR_INIT;
        search_expression(words, &match);
        const char *kept = arena_strdup(arena, match.text);
        str_release(&match);
        return kept;
}

static const char *fold(const char *text, struct arena *arena)
{
        char *folded = utf8_fold(text);
        const char *kept = arena_strdup(arena, folded);
        free(folded);
        return kept;
}

enum err_code listing_named(struct store *store, const struct store_query *query, struct arena *arena, const struct named **ret,
                         int *ret_n, struct err *err)
{
        struct rows rows = {.arena = arena, .size = sizeof(struct named)};
        *ret_n = 0;
        if (!query->form_names || (query->form && *query->form) || !query->text || !*query->text)
                return ERR_OK;
        const char *words = fold(query->text, arena);
        struct sql q = sql_use(store, SQL_FORM_NAMES);
        sql_int(&q, query->entities);
        while (sql_next(&q) && rows.n < NAMED_MAX) {
                const char *form = sql_read_text(&q, 0, arena);
                const char *folded = fold(sql_read_text(&q, 1, arena), arena), *left = words_left(words, folded, arena);
                if (left)
                        *(struct named *)rows_add(&rows) = (struct named){form, left, match_of(left, arena)};
        }
        enum err_code rc = sql_end(&q, err);
        *ret = rows.items;
        *ret_n = rc == ERR_OK ? rows.n : 0;
        return rc;
}

/* ---- Parts ---- */

struct store_query listing_part_query(const struct listing *list, int at)
{
        struct store_query query = *list->query;
        query.form = list->named[at].form;
        query.text = list->named[at].words;
        return query;
}

/* Of one of the named, or (`at` the last) the rest: their places in the order, unordered. */
static enum err_code add_part(struct store *store, struct listing *list, int at, struct err *err)
{
        bool rest = at == list->named_n;
        struct store_query query = rest ? *list->query : listing_part_query(list, at);
        struct listing part;
        listing_init(&part, &query);
        part.named = list->named;
        part.named_n = list->named_n;
        if (!rest) {
                part.form_at = FIRST_MORE + 2 * at;
                part.words_at = part.form_at + 1;
        }
        enum err_code rc = listing_choose_driver(store, &part, err);
        str_addf(&part.sql, "%sSELECT r.pk AS pk, r.%s AS k, r.id AS i", at ? " UNION ALL " : "", listing_orders[query.order].key);
        listing_add_from(&part);
        listing_add_conditions(&part);
        listing_add_after(&part);
        str_add(&list->sql, part.sql.text);
        listing_release(&part);
        return rc;
}

/* They are merged in order, each by its own index, and only the rows of the page are looked up. */
enum err_code listing_parts_read(struct store *store, struct listing *list, struct rows *rows, struct err *err)
{
        enum record_order order = list->query->order;
        const char *way = order == ORDER_DATE_DESC || order == ORDER_ARRIVAL_DESC ? " DESC" : "";
        enum err_code rc = ERR_OK;
        str_add(&list->sql, "SELECT " RECORD_COLUMNS " FROM (");
        for (int i = 0; rc == ERR_OK && i <= list->named_n; i++)
                rc = add_part(store, list, i, err);
        if (rc != ERR_OK)
                return rc;
        str_addf(&list->sql, " ORDER BY k%s, i%s LIMIT ?9 OFFSET ?10) AS p CROSS JOIN record AS r ON r.pk = p.pk%s", way, way,
                 listing_orders[order].by);
        struct sql q = sql_make(store, list->sql.text);
        listing_bind(&q, list, list->query->limit);
        while (sql_next(&q))
                record_read(&q, rows->arena, rows_add(rows));
        return sql_end(&q, err);
}
