/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages of the table of revisions damaged on the disk, in ways that lose rows
 * without a word from SQLite, and in others.  No bundle may come of it: what is
 * missing in one would be taken for what never was.
 */
#include "test_digest.h"

#include <fcntl.h>
#include <unistd.h>

enum { PAGE = 4096, PEOPLE = 60 };

struct page { int number; unsigned char bytes[PAGE]; };

static sqlite3 *db_of(struct world *w)
{
        return app_store(w->app)->db;
}

static int number(struct world *w, const char *sql)
{
        sqlite3_stmt *stmt;
        assert_int_equal(sqlite3_prepare_v2(db_of(w), sql, -1, &stmt, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
        int n = sqlite3_column_int(stmt, 0);
        sqlite3_finalize(stmt);
        return n;
}

static int open_database(struct world *w)
{
        int fd = open(arena_printf(&w->arena, "%s/simae.db", w->data), O_RDWR);
        assert_true(fd >= 0);
        return fd;
}

static struct page read_page(struct world *w, int n)
{
        struct page page = {.number = n};
        int fd = open_database(w);
        assert_int_equal(pread(fd, page.bytes, PAGE, (off_t)(n - 1) * PAGE), PAGE);
        close(fd);
        return page;
}

/* On the disk, and forgotten in memory. */
static void write_page(struct world *w, const struct page *page)
{
        int fd = open_database(w);
        assert_int_equal(pwrite(fd, page->bytes, PAGE, (off_t)(page->number - 1) * PAGE), PAGE);
        close(fd);
        sqlite3_db_release_memory(db_of(w));
}

static int get(const unsigned char *at, int bytes)
{
        int n = 0;
        for (int i = 0; i < bytes; i++)
                n = n << 8 | at[i];
        return n;
}

static void set(unsigned char *at, int bytes, int n)
{
        for (int i = bytes - 1; i >= 0; i--, n >>= 8)
                at[i] = (unsigned char)n;
}

/* Cells of an interior page, and where the one begins that leads to the k-th leaf. */
static int cells(const struct page *page)
{
        return get(page->bytes + 3, 2);
}

static int child(const struct page *page, int k)
{
        return get(page->bytes + get(page->bytes + 12 + 2 * k, 2), 4);
}

/* The root of the table, above its leaves: page type 5. */
static struct page root_of(struct world *w)
{
        assert_int_equal(sqlite3_exec(db_of(w), "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL), SQLITE_OK);
        struct page root = read_page(w, number(w, "SELECT rootpage FROM sqlite_schema WHERE name = 'revision'"));
        assert_int_equal(root.bytes[0], 5);
        assert_true(cells(&root) > 3);
        return root;
}

static void fill(struct world *w)
{
        for (int i = 0; i < PEOPLE; i++)
                make(w, "persona", answers_of(w, "{'apellidos':'Mamani','nombres':'Rosa','ie':'%s','ugel':'bagua','dni':'%08d'}",
                                              w->school, 1000 + i));
}

static void no_bundle_comes_of_it(struct world *w, enum err_code expected)
{
        struct export_result result;
        enum err_code rc = export_to(w, w->out, false, &result);
        if (rc != expected || strlen(w->err.text) < 20)
                fail_msg("code %d: «%s»", rc, w->err.text);
        assert_int_equal(shell("test -z \"$(find '%s' '%s/spool' -name '*.simae' 2>/dev/null)\"", w->out, w->data), 0);
}

static void a_lost_leaf(void **state)
{
        struct world *w = *state;
        fill(w);
        struct page root = root_of(w), damaged = root;
        memmove(damaged.bytes + 12 + 2, damaged.bytes + 12 + 4, (size_t)(2 * (cells(&root) - 2)));
        set(damaged.bytes + 3, 2, cells(&root) - 1);
        write_page(w, &damaged);
        assert_true(number(w, "SELECT count(*) FROM revision NOT INDEXED") < number(w, "SELECT max(arrival) FROM revision"));
        no_bundle_comes_of_it(w, ERR_CORRUPT);
        write_page(w, &root);
        struct export_result result;
        OK(export_to(w, w->out, false, &result));
}

/* The greatest arrival is lost with it: only the index knows of more. */
static void the_last_leaf_lost(void **state)
{
        struct world *w = *state;
        fill(w);
        int before = number(w, "SELECT max(arrival) FROM revision");
        struct page damaged = root_of(w);
        int last = cells(&damaged) - 1;
        set(damaged.bytes + 8, 4, child(&damaged, last));
        set(damaged.bytes + 3, 2, last);
        write_page(w, &damaged);
        assert_true(number(w, "SELECT max(arrival) FROM revision") < before);
        no_bundle_comes_of_it(w, ERR_CORRUPT);
}

static void a_leaf_in_two_places(void **state)
{
        struct world *w = *state;
        fill(w);
        struct page damaged = root_of(w);
        set(damaged.bytes + get(damaged.bytes + 12 + 2, 2), 4, child(&damaged, 2));
        write_page(w, &damaged);
        no_bundle_comes_of_it(w, ERR_CORRUPT);
}

static void a_row_lost_in_a_leaf(void **state)
{
        struct world *w = *state;
        fill(w);
        struct page root = root_of(w), damaged = read_page(w, child(&root, 1));
        assert_int_equal(damaged.bytes[0], 13);
        set(damaged.bytes + 3, 2, cells(&damaged) - 1);
        write_page(w, &damaged);
        no_bundle_comes_of_it(w, ERR_CORRUPT);
}

static void a_leaf_of_zeros(void **state)
{
        struct world *w = *state;
        fill(w);
        struct page root = root_of(w), damaged = {.number = child(&root, 1)};
        write_page(w, &damaged);
        no_bundle_comes_of_it(w, ERR_CORRUPT);
}

/* Its form is not one of those that the bundle brings. */
static void another_form_in_a_row(void **state)
{
        struct world *w = *state;
        fill(w);
        assert_int_equal(sqlite3_exec(db_of(w), "INSERT INTO meta VALUES ('purge', ''); UPDATE revision SET form_hash = zeroblob(32) "
                                                "WHERE arrival = 9; DELETE FROM meta WHERE name = 'purge'", NULL, NULL, NULL), SQLITE_OK);
        no_bundle_comes_of_it(w, ERR_CORRUPT);
}

static void the_runs_of_forms_lost(void **state)
{
        struct world *w = *state;
        fill(w);
        assert_int_equal(sqlite3_exec(db_of(w), "DELETE FROM form_run WHERE first = 1", NULL, NULL, NULL), SQLITE_OK);
        no_bundle_comes_of_it(w, ERR_CORRUPT);
}

/* The one from which it is known how many there are. */
static void an_index_that_lacks_one(void **state)
{
        struct world *w = *state;
        fill(w);
        root_of(w);
        struct page damaged = read_page(w, number(w, "SELECT rootpage FROM sqlite_schema WHERE name = 'revision_record'"));
        set(damaged.bytes + 3, 2, cells(&damaged) - 1);
        write_page(w, &damaged);
        no_bundle_comes_of_it(w, ERR_CORRUPT);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(a_lost_leaf),
                CASE(the_last_leaf_lost),
                CASE(a_leaf_in_two_places),
                CASE(a_row_lost_in_a_leaf),
                CASE(a_leaf_of_zeros),
                CASE(another_form_in_a_row),
                CASE(the_runs_of_forms_lost),
                CASE(an_index_that_lacks_one),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
