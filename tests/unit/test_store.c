/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening, refusing and closing; settings, transactions, forms, exports,
 * counts, copies and migrations.
 */
#include "test_store_help.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "store/store_test.h"

static mode_t mode_of(const char *path)
{
        struct stat st;
        return stat(path, &st) == 0 ? st.st_mode & 0777 : 0;
}

static bool there(const char *path)
{
        return access(path, F_OK) == 0;
}

static void write_file(const char *path, const void *bytes, size_t len)
{
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, len, file), len);
        fclose(file);
}

/* Overwrite four bytes of a closed database, most significant first. */
static void patch(const char *path, long at, uint32_t value)
{
        unsigned char bytes[4] = {(unsigned char)(value >> 24), (unsigned char)(value >> 16),
                                  (unsigned char)(value >> 8), (unsigned char)value};
        FILE *file = fopen(path, "r+b");
        assert_non_null(file);
        fseek(file, at, SEEK_SET);
        assert_int_equal(fwrite(bytes, 1, 4, file), 4);
        fclose(file);
}

static uint32_t peek(const char *path, long at)
{
        unsigned char bytes[4];
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        fseek(file, at, SEEK_SET);
        assert_int_equal(fread(bytes, 1, 4, file), 4);
        fclose(file);
        return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void close_store(struct world *w)
{
        store_close(w->store);
        w->store = NULL;
}

/* ---- Opening ---- */

static void test_open_makes_private_files(void **state)
{
        struct world *w = *state;
        FAILS(ERR_NOT_FOUND, store_open(w->data, 0, &w->store, &w->err));
        assert_false(there(w->data));
        OK(store_open(w->data, STORE_CREATE, &w->store, &w->err));
        assert_int_equal(mode_of(w->data), 0700);
        assert_int_equal(mode_of(world_path(w, "simae.db")), 0600);
        assert_int_equal(mode_of(world_path(w, "simae.db-wal")), 0600);
        assert_int_equal(mode_of(world_path(w, "id")), 0600);
        assert_false(there(world_path(w, "simae.db-shm")));
        struct id device = store_device(w->store);
        assert_false(id_is_none(&device));
        world_reopen(w);
        struct id again = store_device(w->store);
        assert_true(id_equal(&device, &again));
        close_store(w);
        assert_false(there(world_path(w, "simae.db-wal")));
        store_close(NULL);
}

static void test_open_makes_parents(void **state)
{
        struct world *w = *state;
        const char *deep = world_path(w, "a/b/");
        OK(store_open(deep, STORE_CREATE, &w->store, &w->err));
        assert_true(there(world_path(w, "a/b/simae.db")));
        const char *file = world_path(w, "archivo");
        write_file(file, "x", 1);
        struct store *other;
        FAILS(ERR_IO, store_open(arena_printf(&w->arena, "%s/datos", file), STORE_CREATE, &other, &w->err));
        FAILS(ERR_IO, store_open(file, STORE_CREATE, &other, &w->err));
}

static void test_second_program_is_told_at_once(void **state)
{
        struct world *w = *state;
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
                struct store *second;
                struct err err;
                int64_t start = clock_monotonic_ms();
                enum err_code rc = store_open(w->data, STORE_CREATE, &second, &err);
                bool good = rc == ERR_BUSY && strstr(err.text, "ya está abierto") &&
                            strstr(err.text, w->data) && clock_monotonic_ms() - start < 500;
                _exit(good ? 0 : 1);
        }
        int status;
        waitpid(child, &status, 0);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
        OK(store_meta_set(w->store, "a", "b", &w->err));
}

static void test_missing_database_is_not_started_afresh(void **state)
{
        struct world *w = *state;
        close_store(w);
        assert_int_equal(rename(world_path(w, "simae.db"), world_path(w, "guardado")), 0);
        FAILS(ERR_REFUSED, store_open(w->data, STORE_CREATE, &w->store, &w->err));
        assert_non_null(strstr(w->err.text, "los datos no están"));
        assert_non_null(strstr(w->err.text, "backups/"));
        assert_false(there(world_path(w, "simae.db")));
        write_file(world_path(w, "simae.db"), "", 0);
        FAILS(ERR_REFUSED, store_open(w->data, STORE_CREATE, &w->store, &w->err));
        assert_int_equal(rename(world_path(w, "guardado"), world_path(w, "simae.db")), 0);
        OK(store_open(w->data, STORE_CREATE, &w->store, &w->err));
}

static void test_lost_mark_is_written_again(void **state)
{
        struct world *w = *state;
        close_store(w);
        assert_int_equal(unlink(world_path(w, "id")), 0);
        OK(store_open(w->data, 0, &w->store, &w->err));
        assert_true(there(world_path(w, "id")));
}

/* A cut while the store was being made: an empty file, no mark. */
static void test_half_made_store_is_made(void **state)
{
        struct world *w = *state;
        assert_int_equal(mkdir(w->data, 0700), 0);
        write_file(world_path(w, "simae.db"), "", 0);
        FAILS(ERR_NOT_FOUND, store_open(w->data, 0, &w->store, &w->err));
        OK(store_open(w->data, STORE_CREATE, &w->store, &w->err));
        OK(store_check(w->store, &w->err));
}

static void test_refuses_what_is_not_ours(void **state)
{
        struct world *w = *state;
        const char *path = world_path(w, "simae.db");
        close_store(w);
        patch(path, 68, 0x12345678); /* application_id */
        FAILS(ERR_REFUSED, store_open(w->data, STORE_CREATE, &w->store, &w->err));
        patch(path, 68, 0);
        FAILS(ERR_REFUSED, store_open(w->data, STORE_CREATE, &w->store, &w->err));
        patch(path, 68, 0x53494D41);
        uint32_t version = peek(path, 60); /* user_version */
        patch(path, 60, 99);
        FAILS(ERR_NEWER, store_open(w->data, 0, &w->store, &w->err));
        patch(path, 60, version);
        OK(store_open(w->data, 0, &w->store, &w->err));
}

static void test_refuses_damaged(void **state)
{
        struct world *w = *state;
        const char *path = world_path(w, "simae.db");
        close_store(w);
        patch(path, 4096 * 3, 0xDEADBEEF); /* the head of some tree page */
        FAILS(ERR_CORRUPT, store_open(w->data, 0, &w->store, &w->err));
        assert_non_null(strstr(w->err.text, path));
        assert_non_null(strstr(w->err.text, "backups/"));
        char noise[8192];
        memset(noise, 'x', sizeof noise);
        write_file(path, noise, sizeof noise);
        FAILS(ERR_CORRUPT, store_open(w->data, STORE_CREATE, &w->store, &w->err));
}

static void test_read_only(void **state)
{
        struct world *w = *state;
        add(w, 1, "visita", "Una");
        close_store(w);
        OK(store_open(w->data, STORE_READ_ONLY, &w->store, &w->err));
        struct store_counts counts;
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.records, 1);
        FAILS(ERR_REFUSED, store_meta_set(w->store, "a", "b", &w->err));
        OK(store_check(w->store, &w->err));
        OK(store_keep_backup(w->store, &w->err));
        assert_false(there(world_path(w, "backups")));
        OK(store_backup(w->store, world_path(w, "copia.db"), &w->err));
        close_store(w);
        FAILS(ERR_NOT_FOUND, store_open(w->dir, STORE_READ_ONLY | STORE_CREATE, &w->store, &w->err));
}

/* ---- Settings and transactions ---- */

static const char *meta(struct world *w, const char *name)
{
        const char *value = "untouched";
        OK(store_meta_get(w->store, name, &w->arena, &value, &w->err));
        return value;
}

static void test_meta(void **state)
{
        struct world *w = *state;
        assert_null(meta(w, "falta"));
        OK(store_meta_set(w->store, "usuario", "Ñusta Pérez", &w->err));
        assert_string_equal(meta(w, "usuario"), "Ñusta Pérez");
        OK(store_meta_set(w->store, "usuario", "", &w->err));
        world_reopen(w);
        assert_string_equal(meta(w, "usuario"), "");
        OK(store_meta_set(w->store, "usuario", NULL, &w->err));
        assert_null(meta(w, "usuario"));
}

static void test_transactions_nest(void **state)
{
        struct world *w = *state;
        OK(store_begin(w->store, &w->err));
        OK(store_begin(w->store, &w->err));
        OK(store_meta_set(w->store, "a", "1", &w->err));
        OK(store_commit(w->store, &w->err));
        OK(store_commit(w->store, &w->err));
        assert_string_equal(meta(w, "a"), "1");

        OK(store_begin(w->store, &w->err));
        OK(store_meta_set(w->store, "a", "2", &w->err));
        OK(store_begin(w->store, &w->err));
        store_rollback(w->store);
        FAILS(ERR_REFUSED, store_commit(w->store, &w->err));
        assert_string_equal(meta(w, "a"), "1");
        store_rollback(w->store);

        OK(store_begin(w->store, &w->err));
        OK(store_meta_set(w->store, "a", "3", &w->err));
        world_reopen(w); /* closing undoes what nobody committed */
        assert_string_equal(meta(w, "a"), "1");
}

/* A part that fails is undone alone; the caller decides over the rest. */
static void test_failure_inside_a_transaction(void **state)
{
        struct world *w = *state;
        struct store_record view = view_of(1, "visita", "Una");
        struct store_link bad = {.question = "colegio"}; /* names nobody: the last statement refuses it */
        OK(store_begin(w->store, &w->err));
        OK(store_meta_set(w->store, "a", "1", &w->err));
        FAILS(ERR_INVALID, add_view(w, &view, &bad, 1));
        OK(store_commit(w->store, &w->err));
        assert_string_equal(meta(w, "a"), "1");
        struct store_counts counts;
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.revisions, 0);
        assert_int_equal(counts.records, 0);
        FAILS(ERR_INVALID, add_view(w, &view, &bad, 1));
        FAILS(ERR_NOT_FOUND, store_record_get(w->store, &view.id, &w->arena, &view, &w->err));
}

/* ---- Forms ---- */

static void test_forms(void **state)
{
        struct world *w = *state;
        struct store_form one = form_of("ficha_visita", "1", false),
                          two = form_of("ficha_visita", "2", false);
        struct store_form school = form_of("institucion", "1", true);
        struct hash hash;
        one.title = "Ñandú";
        two.title = "Zapallo";
        school.title = "ánfora";
        OK(store_form_put(w->store, &one, "id: uno\n", &w->err));
        OK(store_form_put(w->store, &two, "id: dos\n", &w->err));
        OK(store_form_put(w->store, &school, "id: colegio\n", &w->err));
        OK(store_form_current(w->store, "ficha_visita", &hash, &w->err));
        assert_true(hash_equal(&hash, &two.hash));
        OK(store_form_put(w->store, &one, "otro texto", &w->err));
        OK(store_form_put(w->store, &one, "otro texto", &w->err));
        OK(store_form_current(w->store, "ficha_visita", &hash, &w->err));
        assert_true(hash_equal(&hash, &one.hash));

        const char *text;
        OK(store_form_text(w->store, &one.hash, &w->arena, &text, &w->err));
        assert_string_equal(text, "id: uno\n");
        OK(store_form_text(w->store, &two.hash, &w->arena, &text, &w->err));
        assert_string_equal(text, "id: dos\n");
        struct hash other = hash_text("otro");
        FAILS(ERR_NOT_FOUND, store_form_text(w->store, &other, &w->arena, &text, &w->err));
        FAILS(ERR_NOT_FOUND, store_form_current(w->store, "ficha_visit", &hash, &w->err));
        assert_non_null(strstr(w->err.text, "¿Quiso decir «ficha_visita»?"));
        FAILS(ERR_NOT_FOUND, store_form_current(w->store, "zzzzzzz", &hash, &w->err));
        assert_null(strstr(w->err.text, "Quiso"));
}

static void test_form_list_counts_records(void **state)
{
        struct world *w = *state;
        struct store_form *forms;
        int n;
        OK(store_form_list(w->store, &w->arena, &forms, &n, &w->err));
        assert_int_equal(n, 0);
        add(w, 1, "institucion", "Llegó antes que su formulario");
        struct store_form visit = form_of("visita", "1", false), school = form_of("institucion", "1", true);
        visit.title = "Ñandú";
        visit.sensitive = true;
        school.title = "nutria";
        OK(store_form_put(w->store, &visit, "a", &w->err));
        OK(store_form_put(w->store, &school, "b", &w->err));
        add(w, 2, "visita", "Dos");
        add(w, 3, "visita", "Tres");
        struct store_record gone = view_of(3, "visita", "Tres");
        gone.state = RECORD_ANULADO;
        OK(add_view(w, &gone, NULL, 0));
        OK(store_form_list(w->store, &w->arena, &forms, &n, &w->err));
        assert_int_equal(n, 2);
        assert_string_equal(forms[0].id, "institucion");
        assert_int_equal(forms[0].records, 1);
        assert_true(forms[0].is_entity && forms[0].current && !forms[0].sensitive);
        assert_string_equal(forms[1].title, "Ñandú");
        assert_int_equal(forms[1].records, 1);
        assert_true(forms[1].sensitive && !forms[1].is_entity);

        struct store_counts counts;
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.entities, 1);
        assert_int_equal(counts.records, 1);
        assert_int_equal(counts.revisions, 4);
        assert_true(counts.bytes > 4096);
}

/* ---- Exports ---- */

static void test_exports(void **state)
{
        struct world *w = *state;
        struct store_export last;
        struct store_counts counts;
        int64_t number;
        FAILS(ERR_NOT_FOUND, store_export_last(w->store, &w->arena, &last, &w->err));
        for (int i = 1; i <= 3; i++) {
                OK(store_bundle_number(w->store, &number, &w->err));
                assert_int_equal(number, i);
        }
        world_reopen(w);
        OK(store_bundle_number(w->store, &number, &w->err));
        assert_int_equal(number, 4);
        for (int i = 0; i < 5; i++)
                add(w, i, "visita", "Una");
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.unexported, 5);
        struct store_export done = {"2026-03-01T08:00:00.000-05:00", "/media/USB", "ab12", 3, 3};
        OK(store_export_add(w->store, &done, &w->err));
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.unexported, 2);
        done.bundle = "cd34";
        done.up_to = 5;
        OK(store_export_add(w->store, &done, &w->err));
        OK(store_export_last(w->store, &w->arena, &last, &w->err));
        assert_string_equal(last.bundle, "cd34");
        assert_string_equal(last.path, "/media/USB");
        assert_string_equal(last.when, done.when);
        assert_int_equal(last.revisions, 3);
        assert_int_equal(last.up_to, 5);
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.unexported, 0);
}

/* ---- Copies ---- */

static void test_backup_is_a_store(void **state)
{
        struct world *w = *state;
        add(w, 1, "visita", "Cuñumbuque");
        OK(store_check(w->store, &w->err));
        char *copy = world_path(w, "copia.db");
        write_file(arena_printf(&w->arena, "%s.part", copy), "a medias", 8);
        OK(store_backup(w->store, copy, &w->err));
        OK(store_backup(w->store, copy, &w->err)); /* over the one before */
        assert_int_equal(mode_of(copy), 0600);
        assert_false(there(arena_printf(&w->arena, "%s.part", copy)));
        FAILS(ERR_IO, store_backup(w->store, world_path(w, "no/hay/copia.db"), &w->err));
        OK(store_begin(w->store, &w->err));
        FAILS(ERR_REFUSED, store_backup(w->store, copy, &w->err));
        store_rollback(w->store);
        close_store(w);
        assert_int_equal(rename(copy, world_path(w, "simae.db")), 0);
        OK(store_open(w->data, 0, &w->store, &w->err));
        OK(store_check(w->store, &w->err));
        struct store_query query = {.text = "cunum", .limit = 10};
        int64_t count;
        OK(store_record_count(w->store, &query, &count, &w->err));
        assert_int_equal(count, 1);
}

static void set_day(const char *day)
{
        struct datetime now;
        char *text = xasprintf("%sT08:00:00.000-05:00", day);
        assert_true(datetime_parse(text, -300, &now));
        clock_test_set(&now);
        free(text);
}

static ino_t inode(const char *path)
{
        struct stat st;
        return stat(path, &st) == 0 ? st.st_ino : 0;
}

static void keep(struct world *w, const char *day)
{
        set_day(day);
        OK(store_keep_backup(w->store, &w->err));
        world_reopen(w);
}

static void test_safety_copies(void **state)
{
        struct world *w = *state;
        const char *one = world_path(w, "backups/simae-1.db"), *two = world_path(w, "backups/simae-2.db");
        const char *three = world_path(w, "backups/simae-3.db");
        keep(w, "2026-03-01");
        ino_t first = inode(one);
        assert_int_not_equal(first, 0);
        assert_int_equal(mode_of(one), 0600);
        keep(w, "2026-03-02"); /* nothing changed */
        assert_int_equal(inode(one), first);
        OK(store_meta_set(w->store, "a", "1", &w->err));
        keep(w, "2026-03-02");
        assert_int_equal(inode(two), first);
        ino_t second = inode(one);
        OK(store_meta_set(w->store, "a", "2", &w->err));
        keep(w, "2026-03-02"); /* once a day */
        assert_int_equal(inode(one), second);
        keep(w, "2026-03-03"); /* but what changed yesterday is not forgotten */
        assert_int_equal(inode(two), second);
        assert_int_equal(inode(three), first);
        keep(w, "2026-03-04");
        assert_int_equal(inode(two), second);
        OK(store_meta_set(w->store, "a", "3", &w->err));
        keep(w, "1970-01-01"); /* a clock gone wrong pushes out only the oldest */
        assert_int_equal(inode(three), second);
        assert_false(there(world_path(w, "backups/simae-4.db")));
        assert_false(there(world_path(w, "backups/simae-0.db")));
        clock_test_set(NULL);
}

/* ---- Migrations ---- */

static void test_migration(void **state)
{
        struct world *w = *state;
        const char *copy = world_path(w, "backups/antes-de-0010.db");
        add(w, 1, "visita", "Una");
        close_store(w);
        store_test_migration("0010_mala.sql", "CREATE TABLE nueva (a TEXT) STRICT; SELECT no_hay;");
        FAILS(ERR_IO, store_open(w->data, 0, &w->store, &w->err));
        assert_non_null(strstr(w->err.text, "0010_mala.sql"));
        FAILS(ERR_REFUSED, store_open(w->data, STORE_READ_ONLY, &w->store, &w->err));
        store_test_migration("0010_buena.sql", "CREATE TABLE nueva (a TEXT) STRICT;");
        OK(store_open(w->data, 0, &w->store, &w->err));
        assert_true(there(copy));
        struct store_counts counts;
        OK(store_counts(w->store, &counts, &w->err));
        assert_int_equal(counts.records, 1);
        world_reopen(w);
        close_store(w);
        store_test_migration(NULL, NULL);
        FAILS(ERR_NEWER, store_open(w->data, 0, &w->store, &w->err));
        assert_int_equal(rename(copy, world_path(w, "simae.db")), 0);
        OK(store_open(w->data, 0, &w->store, &w->err)); /* the copy is the old store, whole */
        OK(store_check(w->store, &w->err));
}

static void test_new_store_needs_no_copy(void **state)
{
        struct world *w = *state;
        store_test_migration("0010_buena.sql", "CREATE TABLE nueva (a TEXT) STRICT;");
        OK(store_open(w->data, STORE_CREATE, &w->store, &w->err));
        assert_false(there(world_path(w, "backups")));
        store_test_migration(NULL, NULL);
}

int main(void)
{
#define NEW(test) cmocka_unit_test_setup_teardown(test, world_new, world_free)
#define OPEN(test) cmocka_unit_test_setup_teardown(test, world_open, world_free)
        const struct CMUnitTest tests[] = {
                NEW(test_open_makes_private_files),
                NEW(test_open_makes_parents),
                OPEN(test_second_program_is_told_at_once),
                OPEN(test_missing_database_is_not_started_afresh),
                OPEN(test_lost_mark_is_written_again),
                NEW(test_half_made_store_is_made),
                OPEN(test_refuses_what_is_not_ours),
                OPEN(test_refuses_damaged),
                OPEN(test_read_only),
                OPEN(test_meta),
                OPEN(test_transactions_nest),
                OPEN(test_failure_inside_a_transaction),
                OPEN(test_forms),
                OPEN(test_form_list_counts_records),
                OPEN(test_exports),
                OPEN(test_backup_is_a_store),
                OPEN(test_safety_copies),
                OPEN(test_migration),
                NEW(test_new_store_needs_no_copy),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
