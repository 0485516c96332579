/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists: one page at a time, by key, over any combination of filters.
 *
 * Exactly one condition drives the walk; the others are written with a unary
 * plus, which forbids SQLite to use an index for them.  The driver is the
 * narrowest one given: few words, parent, subject, school, being in conflict or observed, form, and else the
 * kind (records or directory).  For a page, words that many records hold are
 * better tested while walking the list in its order, so they are looked up as
 * a set.  Counts of whole forms come from the tally.
 *
 * Parameters have fixed numbers, so that every text binds the same way:
 *   1 form  2 school  3 subject  4 parent  5 words  6 kind  7, 8 key  9 limit  10 skip
 *   11 ugel  12 author  13, 14 date from, to  15, 16 due from, to; 17… the answers of a walk,
 *   or the form and the words of each part (list_named.c)
 */
#include <stdlib.h>

#include "list_priv.h"

enum { FEW_WORDS = 1000 };

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
               : query->conflict_only  ? BY_CONFLICT
               : query->observed_only || query->corrected_only ? BY_OBSERVED
               : given(query->form)    ? BY_FORM
                                       : BY_KIND;
}

enum err_code listing_choose_driver(struct store *store, struct listing *list, struct err *err)
{
        bool few = false;
        enum err_code rc = ERR_OK;
        if (list->words.len)
                rc = words_are_few(store, list->words.text, &few, err);
        list->driver = few ? BY_WORDS : narrowest(list->query);
        return rc;
}

void listing_add_from(struct listing *list)
{
        const char *bodies = list->bodies ? " CROSS JOIN revision AS v ON v.id = r.revision" : "";
        if (list->driver == BY_WORDS)
                str_addf(&list->sql,
                         " FROM words CROSS JOIN record AS r ON r.pk = words.rowid%s WHERE words MATCH ?%d", bodies, list->words_at);
        else if (list->words.len)
                str_addf(&list->sql,
                         " FROM record AS r%s WHERE +r.pk IN (SELECT rowid FROM words WHERE words MATCH ?%d)", bodies, list->words_at);
        else
                str_addf(&list->sql, " FROM record AS r%s WHERE 1", bodies);
}

static void add_condition(struct listing *list, enum driver driver, const char *column, const char *value)
{
        str_addf(&list->sql, " AND %sr.%s = %s", driver == list->driver ? "" : "+", column, value);
}

/*
 * The index of open records serves the whole form in order of what is due; the
 * one of dates, a form between dates.  Elsewhere these only pass over rows.
 */
static void add_filters(struct listing *list)
{
        const struct store_query *query = list->query;
        bool by_form = list->driver == BY_FORM;
        if (query->conflict_only) /* the index of those alone serves it */
                str_add(&list->sql, " AND r.conflict <> 0");
        if (query->observed_only || query->corrected_only) /* so does theirs */
                str_addf(&list->sql, " AND r.state IN (2, 4)%s", !query->corrected_only ? " AND r.state = 2"
                                                               : !query->observed_only ? " AND r.state = 4" : "");
        if (query->open_only)
                str_add(&list->sql, by_form ? " AND r.open = 1" : " AND +r.open = 1");
        if (query->done_only)
                str_add(&list->sql, " AND r.done = 1");
        if (given(query->ugel))
                str_add(&list->sql, " AND r.ugel = ?11");
        if (given(query->author))
                str_add(&list->sql, " AND r.author = ?12");
        if (given(query->date_from))
                str_add(&list->sql, by_form ? " AND r.date >= ?13" : " AND +r.date >= ?13");
        if (given(query->date_to))
                str_add(&list->sql, by_form ? " AND r.date <= ?14" : " AND +r.date <= ?14");
        if (given(query->due_from))
                str_add(&list->sql, by_form ? " AND r.due >= ?15" : " AND +r.due >= ?15");
        if (given(query->due_to))
                str_add(&list->sql, by_form ? " AND r.due <= ?16" : " AND +r.due <= ?16");
}

void listing_add_conditions(struct listing *list)
{
        const struct store_query *query = list->query;
        if (query->parent)
                add_condition(list, BY_PARENT, "parent", "?4");
        if (given(query->subject))
                add_condition(list, BY_SUBJECT, "subject", "?3 AND r.subject <> ''");
        if (given(query->school))
                add_condition(list, BY_SCHOOL, "school", "?2 AND r.school <> ''");
        if (given(query->form))
                str_addf(&list->sql, " AND %sr.form = ?%d", list->driver == BY_FORM ? "" : "+", list->form_at);
        else
                add_condition(list, BY_KIND, "entity", "?6");
        for (int i = 0; !given(query->form) && i < list->named_n; i++)
                str_addf(&list->sql, "%s?%d%s", i ? ", " : " AND +r.form NOT IN (", FIRST_MORE + 2 * i, i == list->named_n - 1 ? ")" : "");
        add_filters(list);
        if (!query->annulled || query->open_only)
                str_add(&list->sql, " AND r.state <> 3");
        if (!query->sensitive)
                str_add(&list->sql, " AND r.sensitive = 0");
}

const struct listing_order listing_orders[] = {
        [ORDER_DATE_DESC] = {"date", " AND (r.date, r.id) < (?7, ?8)", " ORDER BY r.date DESC, r.id DESC"},
        [ORDER_TITLE] = {"title_key", " AND (r.title_key, r.id) > (?7, ?8)", " ORDER BY r.title_key, r.id"},
        [ORDER_ARRIVAL_DESC] =
                {"arrival", " AND (r.arrival, r.id) < ((SELECT arrival FROM record WHERE id = ?8), ?8)",
                 " ORDER BY r.arrival DESC, r.id DESC"},
        [ORDER_DUE] = {"due", " AND (r.due, r.id) > (?7, ?8)", " ORDER BY r.due, r.id"},
};

void listing_add_after(struct listing *list)
{
        if (list->query->after)
                str_add(&list->sql, listing_orders[list->query->order].after);
}

static void add_order(struct listing *list)
{
        listing_add_after(list);
        str_add(&list->sql, listing_orders[list->query->order].by);
}

void listing_bind(struct sql *q, struct listing *list, int64_t limit)
{
        const struct store_query *query = list->query;
        const struct store_record *after = query->after;
        sql_text(q, query->form);
        sql_ref(q, query->school);
        sql_ref(q, query->subject);
        sql_id(q, query->parent);
        sql_text(q, list->words.text);
        sql_int(q, query->entities);
        sql_text(q, !after ? "" : list->after_key ? list->after_key : query->order == ORDER_DUE ? after->due : after->date);
        sql_id(q, after ? &after->id : NULL);
        sql_int(q, limit);
        sql_int(q, query->skip);
        const char *const more[] = {query->ugel, query->author, query->date_from, query->date_to, query->due_from,
                                    query->due_to};
        /* A statement has no parameters after the last that it names. */
        for (size_t i = 0; i < ARRAY_LEN(more) && q->bound < sqlite3_bind_parameter_count(q->stmt); i++)
                sql_ref(q, more[i]);
        for (int i = 0; i < 2 * list->named_n && q->bound < sqlite3_bind_parameter_count(q->stmt); i++)
                sql_text(q, i % 2 ? list->named[i / 2].match : list->named[i / 2].form);
}

void listing_init(struct listing *list, const struct store_query *query)
{
        *list = (struct listing){.query = query, .words = STR_INIT, .sql = STR_INIT, .form_at = 1, .words_at = 5};
        if (query->text)
                search_expression(query->text, &list->words);
        if (query->after && query->order == ORDER_TITLE)
                list->after_key = title_key(query->after->title);
}

void listing_release(struct listing *list)
{
        str_release(&list->words);
        str_release(&list->sql);
        free(list->after_key);
}

static enum err_code page_read(struct store *store, struct listing *list, struct rows *rows, struct err *err)
{
        str_add(&list->sql, "SELECT " RECORD_COLUMNS);
        listing_add_from(list);
        listing_add_conditions(list);
        add_order(list);
        str_add(&list->sql, " LIMIT ?9 OFFSET ?10");
        struct sql q = sql_make(store, list->sql.text);
        listing_bind(&q, list, list->query->limit);
        while (sql_next(&q))
                record_read(&q, rows->arena, rows_add(rows));
        return sql_end(&q, err);
}

enum err_code store_record_list(struct store *store, const struct store_query *query, struct arena *arena,
                                struct store_record **ret, int *ret_n, struct err *err)
{
        struct listing list;
        struct rows rows = {.arena = arena, .size = sizeof(struct store_record)};
        listing_init(&list, query);
        enum err_code rc = listing_named(store, query, arena, &list.named, &list.named_n, err);
        if (rc == ERR_OK && list.named_n)
                rc = listing_parts_read(store, &list, &rows, err);
        else if (rc == ERR_OK && (rc = listing_choose_driver(store, &list, err)) == ERR_OK)
                rc = page_read(store, &list, &rows, err);
        listing_release(&list);
        if (rc != ERR_OK)
                return rc;
        *ret = rows.items;
        *ret_n = rows.n;
        return ERR_OK;
}

/* ---- Walks ---- */

struct walking {
        struct sql q;
        const char **answers;
        int names_n;
        store_each *each;
        void *ctx;
};

static enum err_code walk_rows(struct walking *walking, struct err *err)
{
        struct arena row = {0};
        enum err_code rc = ERR_OK;
        while (rc == ERR_OK && sql_next(&walking->q)) {
                struct store_record record;
                record_read(&walking->q, &row, &record);
                for (int i = 0; i < walking->names_n; i++)
                        walking->answers[i] = sql_read_text(&walking->q, RECORD_COLUMNS_N + i, &row);
                rc = walking->each(walking->ctx, &record, walking->answers, err);
                arena_clear(&row);
        }
        arena_release(&row);
        return rc;
}

static enum err_code walk_read(struct store *store, struct listing *list, const char *const *names, struct walking *walking,
                               struct err *err)
{
        enum { FIRST_NAME = 17 };
        struct arena paths = {0};
        walking->answers = ARENA_ARRAY(&paths, const char *, walking->names_n);
        list->bodies = walking->names_n > 0;
        str_add(&list->sql, "SELECT " RECORD_COLUMNS);
        for (int i = 0; i < walking->names_n; i++)
                str_addf(&list->sql, ", json_extract(coalesce(r.merged, v.body), ?%d)", FIRST_NAME + i);
        listing_add_from(list);
        listing_add_conditions(list);
        add_order(list);
        str_add(&list->sql, " LIMIT ?9 OFFSET ?10");
        walking->q = sql_make(store, list->sql.text);
        listing_bind(&walking->q, list, list->query->limit ? list->query->limit : -1);
        for (int i = 0; i < walking->names_n; i++)
                sql_text(&walking->q, arena_printf(&paths, "$.f.%s", names[i]));
        enum err_code rc = walk_rows(walking, err), end = sql_end(&walking->q, rc == ERR_OK ? err : NULL);
        arena_release(&paths);
        return rc != ERR_OK ? rc : end;
}

enum err_code store_walk(struct store *store, const struct store_query *query, const char *const *names, int names_n,
                         store_each *each, void *ctx, struct err *err)
{
        struct walking walking = {.names_n = names_n, .each = each, .ctx = ctx};
        struct listing list;
        listing_init(&list, query);
        enum err_code rc = listing_choose_driver(store, &list, err);
        if (rc == ERR_OK)
                rc = walk_read(store, &list, names, &walking, err);
        listing_release(&list);
        return rc;
}

/* ---- Counts ---- */

static bool is_filtered(const struct store_query *query)
{
        return query->conflict_only || query->observed_only || query->corrected_only || query->open_only || query->done_only || given(query->ugel) || given(query->author) ||
               given(query->date_from) || given(query->date_to) || given(query->due_from) || given(query->due_to);
}

static enum err_code count_read(struct store *store, struct listing *list, int64_t *ret, struct err *err)
{
        str_add(&list->sql, "SELECT count(*)");
        listing_add_from(list);
        listing_add_conditions(list);
        str_add(&list->sql, " LIMIT ?9 OFFSET ?10");
        struct sql q = sql_make(store, list->sql.text);
        listing_bind(&q, list, 1);
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

static enum err_code count_list(struct store *store, struct listing *list, int64_t *ret, struct err *err)
{
        const struct store_query *query = list->query;
        list->driver = narrowest(query);
        if (list->words.len && list->driver >= BY_FORM) /* nothing is ordered: the words are the shorter way */
                list->driver = BY_WORDS;
        return list->driver >= BY_FORM && !is_filtered(query) ? count_tally(store, query, ret, err) : count_read(store, list, ret, err);
}

enum err_code store_record_count(struct store *store, const struct store_query *query, int64_t *ret,
                                 struct err *err)
{
        struct store_query all = *query;
        struct arena arena = {0};
        struct listing list;
        int64_t count = 0, part;
        all.skip = 0;
        all.after = NULL;
        listing_init(&list, &all);
        enum err_code rc = listing_named(store, &all, &arena, &list.named, &list.named_n, err);
        for (int i = 0; rc == ERR_OK && i < list.named_n; i++) {
                struct store_query one = listing_part_query(&list, i);
                rc = store_record_count(store, &one, &part, err);
                count += rc == ERR_OK ? part : 0;
        }
        if (rc == ERR_OK)
                rc = count_list(store, &list, &part, err);
        if (rc == ERR_OK)
                *ret = count + part;
        listing_release(&list);
        arena_release(&arena);
        return rc;
}
