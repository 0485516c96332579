/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists: one page at a time, by key, over any combination of filters.
 *
 * Exactly one condition drives the walk; the others are written with a unary
 * plus, which forbids SQLite to use an index for them.  The driver is the
 * narrowest one given: few words, parent, subject, school, form, and else the
 * kind (records or directory).  For a page, words that many records hold are
 * better tested while walking the list in its order, so they are looked up as
 * a set.  Counts of whole forms come from the tally.
 *
 * Parameters have fixed numbers, so that every text binds the same way:
 *   1 form  2 school  3 subject  4 parent  5 words  6 kind  7, 8 key  9 limit  10 skip
 */
#include <stdlib.h>

#include "store_priv.h"

enum { FEW_WORDS = 1000 };

enum driver { BY_WORDS, BY_PARENT, BY_SUBJECT, BY_SCHOOL, BY_FORM, BY_KIND };

struct list {
        const struct store_query *query;
        enum driver driver;
        struct str words; /* FTS5 expression, or empty */
        struct str sql;
        char *after_key; /* of the title order; owned */
};

static bool given(const char *text)
{
        return text && *text;
}

static enum err_code words_are_few(struct store *store, const char *words, bool *ret, struct err *err)
{
        struct sql q = sql_use(store, SQL_WORDS_FEW);
        sql_text(&q, words);
        sql_int(&q, FEW_WORDS);
        bool few = sql_next(&q) && sql_read_int(&q, 0) < FEW_WORDS;
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = few;
        return rc;
}

static enum driver narrowest(const struct store_query *query)
{
        return query->parent           ? BY_PARENT
               : given(query->subject) ? BY_SUBJECT
               : given(query->school)  ? BY_SCHOOL
               : given(query->form)    ? BY_FORM
                                       : BY_KIND;
}

static enum err_code choose_driver(struct store *store, struct list *list, struct err *err)
{
        bool few = false;
        enum err_code rc = ERR_OK;
        if (list->words.len)
                rc = words_are_few(store, list->words.text, &few, err);
        list->driver = few ? BY_WORDS : narrowest(list->query);
        return rc;
}

static void add_from(struct list *list)
{
        if (list->driver == BY_WORDS)
                str_add(&list->sql,
                        " FROM words CROSS JOIN record AS r ON r.pk = words.rowid WHERE words MATCH ?5");
        else if (list->words.len)
                str_add(&list->sql,
                        " FROM record AS r WHERE +r.pk IN (SELECT rowid FROM words WHERE words MATCH ?5)");
        else
                str_add(&list->sql, " FROM record AS r WHERE 1");
}

static void add_condition(struct list *list, enum driver driver, const char *column, const char *value)
{
        str_addf(&list->sql, " AND %sr.%s = %s", driver == list->driver ? "" : "+", column, value);
}

static void add_conditions(struct list *list)
{
        const struct store_query *query = list->query;
        if (query->parent)
                add_condition(list, BY_PARENT, "parent", "?4");
        if (given(query->subject))
                add_condition(list, BY_SUBJECT, "subject", "?3 AND r.subject <> ''");
        if (given(query->school))
                add_condition(list, BY_SCHOOL, "school", "?2 AND r.school <> ''");
        if (given(query->form))
                add_condition(list, BY_FORM, "form", "?1");
        else
                add_condition(list, BY_KIND, "entity", "?6");
        if (!query->annulled)
                str_add(&list->sql, " AND r.state <> 3");
        if (!query->sensitive)
                str_add(&list->sql, " AND r.sensitive = 0");
}

static void add_order(struct list *list)
{
        static const struct {
                const char *after, *by;
        } orders[] = {
                [ORDER_DATE_DESC] = {" AND (r.date, r.id) < (?7, ?8)", " ORDER BY r.date DESC, r.id DESC"},
                [ORDER_TITLE] = {" AND (r.title_key, r.id) > (?7, ?8)", " ORDER BY r.title_key, r.id"},
                [ORDER_ARRIVAL_DESC] =
                        {" AND (r.arrival, r.id) < ((SELECT arrival FROM record WHERE id = ?8), ?8)",
                         " ORDER BY r.arrival DESC, r.id DESC"},
        };
        if (list->query->after)
                str_add(&list->sql, orders[list->query->order].after);
        str_add(&list->sql, orders[list->query->order].by);
}

static void bind_all(struct sql *q, struct list *list, int64_t limit)
{
        const struct store_query *query = list->query;
        const struct store_record *after = query->after;
        sql_text(q, query->form);
        sql_ref(q, query->school);
        sql_ref(q, query->subject);
        sql_id(q, query->parent);
        sql_text(q, list->words.text);
        sql_int(q, query->entities);
        sql_text(q, !after ? "" : list->after_key ? list->after_key : after->date);
        sql_id(q, after ? &after->id : NULL);
        sql_int(q, limit);
        sql_int(q, query->skip);
}

static void list_init(struct list *list, const struct store_query *query)
{
        *list = (struct list){.query = query, .words = STR_INIT, .sql = STR_INIT};
        if (query->text)
                search_expression(query->text, &list->words);
        if (query->after && query->order == ORDER_TITLE)
                list->after_key = title_key(query->after->title);
}

static void list_release(struct list *list)
{
        str_release(&list->words);
        str_release(&list->sql);
        free(list->after_key);
}

static enum err_code page_read(struct store *store, struct list *list, struct rows *rows, struct err *err)
{
        str_add(&list->sql, "SELECT " RECORD_COLUMNS);
        add_from(list);
        add_conditions(list);
        add_order(list);
        str_add(&list->sql, " LIMIT ?9 OFFSET ?10");
        struct sql q = sql_make(store, list->sql.text);
        bind_all(&q, list, list->query->limit);
        while (sql_next(&q))
                record_read(&q, rows->arena, rows_add(rows));
        return sql_end(&q, err);
}

enum err_code store_record_list(struct store *store, const struct store_query *query, struct arena *arena,
                                struct store_record **ret, int *ret_n, struct err *err)
{
        struct list list;
        struct rows rows = {.arena = arena, .size = sizeof(struct store_record)};
        list_init(&list, query);
        enum err_code rc = choose_driver(store, &list, err);
        if (rc == ERR_OK)
                rc = page_read(store, &list, &rows, err);
        list_release(&list);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}

static enum err_code count_read(struct store *store, struct list *list, int64_t *ret, struct err *err)
{
        str_add(&list->sql, "SELECT count(*)");
        add_from(list);
        add_conditions(list);
        str_add(&list->sql, " LIMIT ?9 OFFSET ?10");
        struct sql q = sql_make(store, list->sql.text);
        bind_all(&q, list, 1);
        int64_t count = sql_next(&q) ? sql_read_int(&q, 0) : 0;
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = count;
        return rc;
}

static enum err_code count_tally(struct store *store, const struct store_query *query, int64_t *ret,
                                 struct err *err)
{
        struct sql q = sql_use(store, SQL_RECORD_TALLY);
        sql_text(&q, query->form);
        sql_int(&q, query->entities);
        sql_int(&q, query->annulled);
        sql_int(&q, query->sensitive);
        int64_t count = sql_next(&q) ? sql_read_int(&q, 0) : 0;
        enum err_code rc = sql_end(&q, err);
        if (rc == ERR_OK)
                *ret = count;
        return rc;
}

enum err_code store_record_count(struct store *store, const struct store_query *query, int64_t *ret,
                                 struct err *err)
{
        struct store_query all = *query;
        struct list list;
        all.skip = 0;
        all.after = NULL;
        list_init(&list, &all);
        list.driver = narrowest(&all);
        if (list.words.len && list.driver >= BY_FORM) /* nothing is ordered: the words are the shorter way */
                list.driver = BY_WORDS;
        enum err_code rc = list.driver >= BY_FORM ? count_tally(store, &all, ret, err)
                                                  : count_read(store, &list, ret, err);
        list_release(&list);
        return rc;
}
