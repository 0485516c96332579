/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Damaged bundles on their way into a store: every byte of a small one flipped
 * and every length of it, and places all over a large one.  Each is refused
 * with a sentence that says what to do, and nothing in the store or its folder
 * changes.
 *
 * The large one has 2 MB; $SIMAE_TEST_MEGABYTES asks for another size (make
 * hostile-check: 50).  $SIMAE_TEST_FLIPS=all flips each of the eight bits.
 */
#include "test_digest.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "app/incoming.h"

#ifdef __SANITIZE_ADDRESS__
enum { PLACES = 60, STEP = 7 }; /* the other build tries them all */
#else
enum { PLACES = 240, STEP = 1 };
#endif

struct victim {
        struct world *w;
        struct age_keys *keys;
        char path[160];
        int fd;
        off_t size;
};

static const char *const advice[] = {"; pida que lo copien otra vez", "revise que sea el archivo correcto", "no lo use", "actualice",
                                     "Pida", "pida"};

static bool says_what_to_do(const char *text)
{
        for (size_t i = 0; i < sizeof advice / sizeof *advice; i++)
                if (strstr(text, advice[i]))
                        return true;
        return false;
}

/* Taken in as a person would; refused, and nothing was written, not even to be undone. */
static void refused(struct victim *v, const char *what, off_t where)
{
        struct world *w = v->w;
        struct import_result result;
        sqlite3 *db = app_store(w->app)->db;
        int changes = sqlite3_total_changes(db);
        w->err.text[0] = '\0';
        enum err_code rc = app_import(w->app, v->path, v->keys, NULL, NULL, &result, &w->err);
        if (rc == ERR_OK)
                fail_msg("%s %lld: taken in", what, (long long)where);
        if (rc != w->err.code || !strstr(w->err.text, "entrada.simae") || !says_what_to_do(w->err.text))
                fail_msg("%s %lld: code %d, «%s»", what, (long long)where, rc, w->err.text);
        if (sqlite3_total_changes(db) != changes)
                fail_msg("%s %lld: something was written", what, (long long)where);
}

static void flip(struct victim *v, off_t at, unsigned char mask)
{
        unsigned char byte, flipped;
        assert_int_equal(pread(v->fd, &byte, 1, at), 1);
        flipped = byte ^ mask;
        assert_int_equal(pwrite(v->fd, &flipped, 1, at), 1);
        refused(v, "byte", at);
        assert_int_equal(pwrite(v->fd, &byte, 1, at), 1);
}

static void open_victim(struct victim *v)
{
        struct stat st;
        v->keys = office_keys();
        v->fd = open(v->path, O_RDWR | O_CLOEXEC);
        assert_true(v->fd >= 0 && fstat(v->fd, &st) == 0);
        v->size = st.st_size;
}

static void close_victim(struct victim *v)
{
        close(v->fd);
        age_keys_free(v->keys);
        assert_int_equal(shell("test -z \"$(ls -A '%s/spool')\"", v->w->data), 0);
}

static void every_byte_and_every_length_of_a_small_one(void **state)
{
        struct victim v = {.w = *state};
        struct world *w = v.w;
        struct app_options options = {.dir = arena_printf(&w->arena, "%s/otra", w->dir), .forms_dir = w->forms, .create = true};
        struct export_result sent;
        struct import_result got;
        const char *asked = getenv("SIMAE_TEST_FLIPS");
        bool all = asked && strcmp(asked, "all") == 0;
        snprintf(v.path, sizeof v.path, "%s/entrada.simae", w->out);
        struct app *own = w->app;
        OK(app_open(&options, &w->app, &w->err));
        make(w, "institucion", answers_of(w, "{'nombre':'Utco','cod_mod':'7654321'}"));
        OK(export_to(w, v.path, false, &sent));
        app_close(w->app);
        w->app = own;
        open_victim(&v);
        assert_in_range(v.size, 4096, 8192);
        struct hash before = store_digest(w);
        for (off_t at = 0; at < v.size; at += STEP)
                for (int bit = 0; bit < 8; bit++)
                        if (all || bit == (int)(at % 8))
                                flip(&v, at, (unsigned char)(1 << bit));
        OK(app_import(w->app, v.path, v.keys, NULL, NULL, &got, &w->err)); /* whole again */
        assert_int_equal(got.total.added, 1);
        import_release(&got);
        struct hash after = store_digest(w);
        assert_false(hash_equal(&before, &after));
        for (off_t len = v.size - 1; len >= 0; len -= STEP) {
                assert_int_equal(ftruncate(v.fd, len), 0);
                refused(&v, "length", len);
        }
        assert_same_store(w, &after);
        close_victim(&v);
}

/* ---- A large one, written as a stream ---- */

static enum err_code write_large(struct world *w, const char *path, int64_t size)
{
        enum { LETTERS = 20000 };
        static const unsigned char seed[SIGN_SEED] = "a laptop of the tests";
        struct age_identity office = office_identity();
        struct bundle_writer *writer;
        struct sign_key key;
        uint64_t x = 11;
        int64_t n = size / (LETTERS * 6 / 10); /* letters at random pack to some six tenths */
        struct bundle_info info = {.bundle = "8badf00d00112233445566778899aabb", .from = "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                                   .when = "2026-03-01T08:05:00.000-05:00", .clock_ok = true, .program = "simae", .number = 1,
                                   .revisions = n, .records = n};
        sign_key_from_seed(seed, &key);
        struct bundle_seal seal = {.recipients = &office.recipient, .recipients_n = 1, .key = &key, .threads = 2};
        enum err_code rc = bundle_writer_new(path, &info, &seal, &writer, &w->err);
        if (rc != ERR_OK)
                return rc;
        char *letters = xmalloc(LETTERS + 1);
        for (int64_t i = 0; rc == ERR_OK && i < n; i++) {
                for (int k = 0; k < LETTERS; k++) {
                        x = x * 6364136223846793005u + 1442695040888963407u;
                        letters[k] = (char)('A' + (x >> 33) % 26);
                }
                letters[LETTERS] = '\0';
                char *body = xasprintf("{\"n\":%lld,\"x\":\"%s\"}", (long long)i, letters);
                struct hash id = hash_of(body, strlen(body));
                rc = bundle_add_revision(writer, &id, body, &w->err);
                free(body);
        }
        free(letters);
        if (rc == ERR_OK)
                rc = bundle_finish(writer, &w->err);
        bundle_writer_free(writer);
        return rc;
}

static void places_all_over_a_large_one(void **state)
{
        struct victim v = {.w = *state};
        struct world *w = v.w;
        const char *asked = getenv("SIMAE_TEST_MEGABYTES");
        int64_t size = (asked ? atoll(asked) : 2) * 1000000;
        uint64_t x = 7;
        snprintf(v.path, sizeof v.path, "%s/entrada.simae", w->out);
        OK(write_large(w, v.path, size));
        open_victim(&v);
        assert_true(v.size > size && v.size < size * 5 / 4);
        print_message("%lld bytes\n", (long long)v.size);
        struct hash before = store_digest(w);
        OK(bundle_read_with(v.path, v.keys, NULL, NULL, &w->err));
        for (int i = 0; i < PLACES; i++) { /* one in each of as many stretches, so the beginning and the end too */
                x = x * 6364136223846793005u + 1442695040888963407u;
                off_t begin = v.size * i / PLACES, end = v.size * (i + 1) / PLACES;
                flip(&v, begin + (off_t)((x >> 20) % (uint64_t)(end - begin)), (unsigned char)(1 << (x >> 17) % 8));
        }
        OK(bundle_read_with(v.path, v.keys, NULL, NULL, &w->err)); /* whole again */
        for (int i = PLACES; i-- > 0;) {
                x = x * 6364136223846793005u + 1442695040888963407u;
                off_t begin = v.size * i / PLACES, end = v.size * (i + 1) / PLACES;
                off_t len = begin + (off_t)((x >> 20) % (uint64_t)(end - begin));
                assert_int_equal(ftruncate(v.fd, len), 0);
                refused(&v, "length", len);
        }
        assert_same_store(w, &before);
        close_victim(&v);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_filled, world_free)
        const struct CMUnitTest tests[] = {
                CASE(every_byte_and_every_length_of_a_small_one),
                CASE(places_all_over_a_large_one),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
