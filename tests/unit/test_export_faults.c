/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole export, with one system call of it failing in turn: full, read-only,
 * gone, for once or from then on.  Whatever happens, what has a final name can
 * be opened and is whole, the store is as it was unless the bundle is out, and
 * there is a sentence.
 */
#include "test_digest.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "faults.h"
#include "test_full_disk.h"

/* How many files in the folder have a final name; each must be a bundle that the office can read. */
static int finals(struct world *w)
{
        struct dirent *entry;
        DIR *dir = opendir(w->out);
        int n = 0;
        assert_non_null(dir);
        while ((entry = readdir(dir))) {
                if (!str_ends(entry->d_name, ".simae"))
                        continue;
                OK(read_exported(w, arena_printf(&w->arena, "%s/%s", w->out, entry->d_name), NULL, NULL));
                n++;
        }
        closedir(dir);
        return n;
}

static void empty(struct world *w)
{
        assert_int_equal(shell("rm -rf '%s' '%s/spool' && mkdir '%s'", w->out, w->data, w->out), 0);
        arena_clear(&w->arena);
}

static void check_sentence(struct world *w, enum err_code rc)
{
        if (w->err.code != rc || strlen(w->err.text) < 20 || strchr(w->err.text, '%') || strchr(w->err.text, '\n'))
                fail_msg("code %d, said %d: «%s»", rc, w->err.code, w->err.text);
}

/* A visit, and an alert that stays here, so that the list of what stays is written too. */
static void fill(struct world *w)
{
        make_visit(w, NULL);
        make(w, "alerta", answers_of(w, "{'ie':'%s','fecha':'2026-04-10','rama':'violencia','hechos':'Ñandú'}", w->school));
}

struct mishap { int errnum; bool stays; };

/* True if the n-th call was reached. */
static bool export_with(struct world *w, const struct mishap *mishap, int n)
{
        struct export_result result;
        struct hash before = store_digest(w);
        empty(w);
        faults_install();
        if (mishap->stays)
                faults_fail_from(n, mishap->errnum);
        else
                faults_fail_at(n, mishap->errnum);
        w->err.text[0] = '\0';
        enum err_code rc = export_to(w, w->out, false, &result);
        bool hit = *faults_hit();
        faults_remove();
        if (rc == ERR_OK) {
                assert_int_equal(finals(w), 1); /* a call whose failure does no harm */
                return hit;
        }
        check_sentence(w, rc);
        finals(w);
        assert_same_store(w, &before);
        if (!mishap->stays) /* what could be removed was: at most the name that is still its own */
                assert_int_equal(shell("test -z \"$(ls -A '%s/spool' 2>/dev/null)\" && ! ls '%s' | grep -q simae$", w->data, w->out), 0);
        return hit;
}

static void whatever_call_fails(struct world *w, const struct mishap *mishap)
{
        int n = 1;
        struct export_result result;
        fill(w);
        while (export_with(w, mishap, n))
                assert_true(++n < 1000);
        print_message("%d calls\n", n - 1);
        assert_true(n > 30); /* the writer's, the reader's, and the delivery's */
        empty(w);
        OK(export_to(w, w->out, false, &result));
        assert_int_equal(finals(w), 1);
}

#define MISHAP(name, errnum, stays)                                           \
        static void name(void **state)                                        \
        {                                                                     \
                whatever_call_fails(*state, &(struct mishap){errnum, stays}); \
        }
MISHAP(a_call_fails, EIO, false)
MISHAP(the_disk_is_full_for_once, ENOSPC, false)
MISHAP(the_disk_is_full_from_then_on, ENOSPC, true)
MISHAP(the_disk_becomes_read_only, EROFS, true)
MISHAP(the_stick_is_pulled_out, ENODEV, true)

/* The database's own disk, at each of its writes. */
static void the_database_cannot_be_written(void **state)
{
        static const enum crash_fault faults[] = {CRASH_FULL, CRASH_FULL_ON, CRASH_FAIL, CRASH_FAIL_ON};
        struct world *w = *state;
        struct export_result result;
        fill(w);
        for (int i = 0; i < 4; i++) {
                enum err_code rc = ERR_IO;
                for (int n = 1; rc != ERR_OK; n++) {
                        struct hash before = store_digest(w);
                        assert_true(n < 200);
                        empty(w);
                        crash_vfs_arm(faults[i], n);
                        rc = export_to(w, w->out, false, &result);
                        bool fired = crash_vfs_fired();
                        crash_vfs_arm(CRASH_NONE, 0);
                        assert_true(fired || rc == ERR_OK);
                        if (rc == ERR_OK) {
                                assert_int_equal(finals(w), 1);
                                continue;
                        }
                        check_sentence(w, rc);
                        finals(w);
                        assert_same_store(w, &before);
                }
        }
}

/* A folder that lets nothing be made in it, and one that is a file. */
static void there_is_no_place(void **state)
{
        struct world *w = *state;
        struct export_result result;
        fill(w);
        struct hash before = store_digest(w);
        REFUSES(ERR_NOT_FOUND, "no existe la carpeta", export_to(w, "/no-existe/", false, &result));
        REFUSES(ERR_NOT_FOUND, "/no-existe", export_to(w, "/no-existe/a.simae", false, &result));
        assert_int_equal(shell("touch '%s/archivo'", w->dir), 0);
        enum err_code rc = export_to(w, arena_printf(&w->arena, "%s/archivo/a.simae", w->dir), false, &result);
        assert_int_not_equal(rc, ERR_OK);
        check_sentence(w, rc);
        assert_same_store(w, &before);
}

static void change(struct world *w, const char *sql)
{
        char *said = NULL;
        if (sqlite3_exec(app_store(w->app)->db, sql, NULL, NULL, &said) != SQLITE_OK)
                fail_msg("%s: %s", sql, said);
}

/* One letter of one answer turned on the disk: what the database does not see, the revision's own hash does. */
static void a_damaged_store_is_not_spread(void **state)
{
        struct world *w = *state;
        struct export_result result;
        fill(w);
        change(w, "INSERT INTO meta VALUES ('purge', ''); UPDATE revision SET body = replace(body, 'Peñón', 'Peñon'); "
                  "DELETE FROM meta WHERE name = 'purge'");
        struct hash before = store_digest(w);
        empty(w);
        REFUSES(ERR_CORRUPT, "está dañada; ejecute simae diagnostico", export_to(w, w->out, false, &result));
        assert_int_equal(shell("test -z \"$(find '%s' '%s/spool' -name '*.simae')\"", w->out, w->data), 0);
        assert_same_store(w, &before);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(a_call_fails),
                CASE(the_disk_is_full_for_once),
                CASE(the_disk_is_full_from_then_on),
                CASE(the_disk_becomes_read_only),
                CASE(the_stick_is_pulled_out),
                cmocka_unit_test_setup_teardown(the_database_cannot_be_written, full_world, full_free),
                CASE(there_is_no_place),
                CASE(a_damaged_store_is_not_spread),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
