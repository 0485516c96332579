/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles written and read back, and judged by programs that know nothing of
 * ours: tar, b2sum, zstd, jq and Python's tarfile.
 */
#include "test_bundle.h"

#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif
#ifndef UNDER_ASAN
#define UNDER_ASAN 0
#endif

static void test_round_trip(void **state)
{
        struct err err;
        struct counter counter = {.extra = 10};
        struct bundle_info info = {0}, expected = sample_info(1, 25);
        (void)state;
        assert_int_equal(sample_bundle(in_scratch("a.simae"), 25, 10, &err), ERR_OK);
        assert_int_equal(read_counting(in_scratch("a.simae"), &counter, &info, &err), ERR_OK);
        assert_int_equal(counter.forms, 1);
        assert_int_equal(counter.revisions, 25);
        assert_string_equal(info.bundle, expected.bundle);
        assert_string_equal(info.from, expected.from);
        assert_int_equal(counter.ids, 3);
        assert_int_equal(counter.held, 25);
        assert_int_equal(counter.begun, 1);
        assert_int_equal(info.have, 3);
        assert_true(info.is_signed);
        assert_false(info.sealed);
        assert_int_equal(strncmp(info.to, "age1", 4), 0);
        assert_int_equal(strlen(info.to), AGE_RECIPIENT_TEXT - 1);
        assert_int_equal(strncmp(info.key, "RW", 2), 0);
        assert_string_equal(info.when, expected.when);
        assert_string_equal(info.program, expected.program);
        assert_true(info.clock_ok);
        assert_int_equal(info.number, expected.number);
        assert_int_equal(info.revisions, 25);
        assert_int_equal(info.records, 25);
        assert_int_equal(info.forms, 1);
        assert_int_equal(bundle_read(in_scratch("a.simae"), NULL, NULL, NULL), ERR_OK);
        assert_int_equal(bundle_read(in_scratch("a.simae"), &(struct bundle_sink){0}, NULL, NULL), ERR_OK);
}

static void test_empty_bundle(void **state)
{
        struct bundle_info info = sample_info(0, 0);
        struct bundle_writer *writer;
        struct err err;
        (void)state;
        assert_int_equal(sample_writer(in_scratch("empty.simae"), &info, &writer, &err), ERR_OK);
        assert_int_equal(bundle_finish(writer, &err), ERR_OK);
        assert_int_equal(bundle_writer_verify(writer, &info, &err), ERR_OK);
        assert_true(info.sealed);
        bundle_writer_free(writer);
        assert_int_equal(bundle_read(in_scratch("empty.simae"), NULL, &info, &err), ERR_REFUSED);
        open_sealed(in_scratch("empty.simae"), in_scratch("empty.tar"));
        assert_int_equal(bundle_read(in_scratch("empty.tar"), NULL, &info, &err), ERR_OK);
        assert_int_equal(run("tar tf empty.tar | tr '\\n' ' ' | grep -qx 'header.json B2SUMS B2SUMS.minisig '"), 0);
}

static void test_same_input_same_bytes(void **state)
{
        struct err err;
        (void)state;
        /* However many threads, and more segments than the ring holds. */
        for (sample_threads = 0; sample_threads <= 2; sample_threads++) {
                char name[] = "b0.simae";
                name[1] = (char)('0' + sample_threads);
                assert_int_equal(sample_bundle(in_scratch(name), 6000, 5000, &err), ERR_OK);
        }
        sample_threads = 2;
        assert_int_equal(run("tar tf b0.simae | grep -c records | grep -qx 8"), 0);
        assert_int_equal(run("cmp b0.simae b1.simae && cmp b0.simae b2.simae && rm b?.simae"), 0);
}

static void test_ordinary_tools(void **state)
{
        struct err err;
        (void)state;
        assert_int_equal(sample_bundle(in_scratch("t.simae"), 9000, 1000, &err), ERR_OK);
        assert_int_equal(
                run("tar tf t.simae | sed 's/[0-9a-f]\\{64\\}/HASH/' | tr '\\n' ' ' | grep -qx "
                    "'header.json forms/HASH.yaml.zst records/000001.ndjson.zst records/000002.ndjson.zst "
                    "records/000003.ndjson.zst have.ndjson.zst B2SUMS B2SUMS.minisig '"),
                0);
        assert_int_equal(run("mkdir t && tar xf t.simae -C t 2>tar.err && ! [ -s tar.err ]"), 0);
        assert_int_equal(run("cd t && b2sum --strict --quiet -c B2SUMS"), 0);
        assert_int_equal(
                run("cd t && zstd -dc records/*.zst | jq -r '\"\\(.answers.n) \\(.id|length)\"' >got && "
                    "seq 0 8999 | sed 's/$/ 64/' | cmp - got"),
                0);
        assert_int_equal(
                run("cd t && [ \"$(jq -r '.from + (.to|length|tostring) + (.counts.revisions|tostring)' header.json)\" = "
                    "'0a1b2c3d4e5f60718293a4b5c6d7e8f9629000' ]"),
                0);
        assert_int_equal(
                run("cd t && for f in records/*.zst; do [ $(zstd -dc $f | wc -c) -le 4194304 ] || exit 1; "
                    "zstd -lv $f 2>&1 | grep -q XXH64 || exit 1; done"),
                0);
        assert_int_equal(run("cd t && zstd -dc forms/*.zst | grep -q 'Visita de monitoreo'"), 0);
        assert_int_equal(run("cd t && [ \"$(zstd -dc have.ndjson.zst | jq -r length | tr '\\n' ' ')\" = '64 64 64 ' ]"), 0);
        assert_int_equal(run("cd t && minisign -qVm B2SUMS -P $(jq -r .key header.json)"), 0);
        assert_int_equal(run("cd t && echo >>B2SUMS && ! minisign -qVm B2SUMS -P $(jq -r .key header.json) 2>/dev/null"), 0);
}

/* More ids than one frame holds, in a file that never has a name for long. */
static void test_a_long_list_of_ids(void **state)
{
        struct err err;
        struct counter counter = {.extra = 1};
        struct bundle_info info;
        (void)state;
        assert_int_equal(sample_sealed_with(in_scratch("h.simae"), 2, 1, 200000, &err), ERR_OK);
        assert_int_equal(read_counting(in_scratch("h.simae"), &counter, &info, &err), ERR_OK);
        assert_int_equal(counter.ids, 200000);
        assert_true(info.sealed);
        assert_int_not_equal(access(in_scratch("h.simae.have"), F_OK), 0);
        open_sealed(in_scratch("h.simae"), in_scratch("h.tar"));
        assert_int_equal(run("tar xf h.tar have.ndjson.zst && zstd -dc have.ndjson.zst | grep -cx '\"[0-9a-f]*\"' | grep -qx 200000"), 0);
        assert_int_equal(run("rm h.simae h.tar have.ndjson.zst"), 0);
}

static void test_python_reads_it(void **state)
{
        static const char script[] =
                "import tarfile, hashlib, sys\n"
                "t = tarfile.open('p.simae')\n"
                "ms = t.getmembers()\n"
                "assert [m.name.split('/')[0] for m in ms] == ['header.json', 'forms', 'records', 'have.ndjson.zst', 'B2SUMS', 'B2SUMS.minisig']\n"
                "assert all(m.isreg() and m.mode == 0o644 and m.mtime == m.uid == m.gid == 0 for m in ms)\n"
                "assert all(m.uname == m.gname == '' and not m.pax_headers for m in ms)\n"
                "lines = ''.join(hashlib.blake2b(t.extractfile(m).read()).hexdigest() + '  ' + m.name + "
                "'\\n'\n"
                "                for m in ms[:-2])\n"
                "assert t.extractfile('B2SUMS').read().decode() == lines\n";
        struct err err;
        (void)state;
        assert_int_equal(sample_bundle(in_scratch("p.simae"), 50, 5, &err), ERR_OK);
        spill(in_scratch("judge.py"), script, strlen(script));
        assert_int_equal(run("python3 judge.py"), 0);
}

static void test_a_revision_as_large_as_a_segment(void **state)
{
        struct err err;
        struct counter counter = {.extra = (4 << 20) - 300};
        struct bundle_info info;
        (void)state;
        assert_int_equal(sample_bundle(in_scratch("big.simae"), 2, counter.extra, &err), ERR_OK);
        assert_int_equal(read_counting(in_scratch("big.simae"), &counter, &info, &err), ERR_OK);
        assert_int_equal(counter.revisions, 2);
        assert_int_equal(sample_bundle(in_scratch("too-big.simae"), 1, 4 << 20, &err), ERR_LIMIT);
        assert_non_null(strstr(err.text, "4 MiB"));
        assert_int_not_equal(access(in_scratch("too-big.simae"), F_OK), 0);
}

/* 100 MB go through, with $SIMAE_TEST_FULL 200. */
static void test_memory_is_bounded(void **state)
{
        int revisions = getenv("SIMAE_TEST_FULL") ? 100000 : 50000;
        struct err err;
        struct counter counter = {.extra = 2000};
        struct bundle_info info;
        struct rusage before, after;
        (void)state;
        getrusage(RUSAGE_SELF, &before);
        assert_int_equal(sample_sealed(in_scratch("m.simae"), revisions, 2000, &err), ERR_OK);
        assert_int_equal(read_counting(in_scratch("m.simae"), &counter, &info, &err), ERR_OK);
        getrusage(RUSAGE_SELF, &after);
        assert_int_equal(counter.revisions, revisions);
        /* Four segments remain, packed and not. The sanitizer keeps freed memory. */
        if (!UNDER_ASAN)
                assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 72 * 1024);
        unlink(in_scratch("m.simae"));
}

static void test_sink_stops_the_reading(void **state)
{
        struct err err;
        struct counter counter = {.extra = 10, .stop_at = 7};
        struct bundle_info info = {.number = 99};
        (void)state;
        assert_int_equal(sample_bundle(in_scratch("s.simae"), 25, 10, &err), ERR_OK);
        assert_int_equal(read_counting(in_scratch("s.simae"), &counter, &info, &err), ERR_CANCELLED);
        assert_string_equal(err.text, "basta");
        assert_int_equal(counter.revisions, 7);
        assert_int_equal(info.number, 99);
}

/* A bundle must hold what its header says; else the spool file goes away. */
static void expect_unfinished(const struct bundle_info *info, int forms, int revisions)
{
        struct bundle_writer *writer;
        struct err err;
        struct hash hash = hash_of(sample_form, strlen(sample_form));
        assert_int_equal(sample_writer(in_scratch("u.simae"), info, &writer, &err), ERR_OK);
        for (int i = 0; i < forms; i++)
                assert_int_equal(bundle_add_form(writer, &hash, sample_form, &err), ERR_OK);
        for (int i = 0; i < revisions; i++) {
                char *body = sample_body(i, 0);
                hash = hash_of(body, strlen(body));
                assert_int_equal(bundle_add_revision(writer, &hash, body, &err), ERR_OK);
                free(body);
        }
        assert_int_equal(bundle_finish(writer, &err), ERR_INVALID);
        assert_int_equal(bundle_finish(writer, &err), ERR_REFUSED);
        bundle_writer_free(writer);
        assert_int_not_equal(access(in_scratch("u.simae"), F_OK), 0);
}

static void test_counts_must_match(void **state)
{
        struct bundle_info info = sample_info(1, 2);
        (void)state;
        expect_unfinished(&info, 1, 1);
        expect_unfinished(&info, 1, 3);
        expect_unfinished(&info, 0, 2);
        info.forms = 2;
        expect_unfinished(&info, 2, 2); /* the same form twice */
}

/* Told when it is added, or at the end at the latest; and then no file is left. */
static void refuse_body(const struct hash *hash, const char *body, int good_before)
{
        struct bundle_info info = sample_info(1, 1 + good_before);
        struct bundle_writer *writer;
        struct err err;
        assert_int_equal(sample_writer(in_scratch("r.simae"), &info, &writer, &err), ERR_OK);
        assert_int_equal(add_samples(writer, good_before, 10, 0, &err), ERR_OK);
        enum err_code rc = bundle_add_revision(writer, hash, body, &err);
        if (rc == ERR_OK)
                rc = bundle_finish(writer, &err);
        assert_int_equal(rc, ERR_CORRUPT);
        assert_non_null(strstr(err.text, "está dañada; ejecute simae diagnostico"));
        bundle_writer_free(writer);
        assert_int_not_equal(access(in_scratch("r.simae"), F_OK), 0);
}

static void test_writer_refuses_what_the_reader_would(void **state)
{
        static const char *const bodies[] = {
                "{}",          "[1]",         "{\"a\":1,\"a\":2}", "{\"id\":\"x\"}",
                "{\"a\":\n1}", "{\"a\":1} x", "{\"a\":\"\xff\"}",  "",
                "x",
        };
        struct bundle_info info = sample_info(1, 1);
        struct bundle_writer *writer;
        struct err err;
        struct hash hash, other = {{1}};
        (void)state;
        assert_int_equal(sample_writer(in_scratch("r.simae"), &info, &writer, &err), ERR_OK);
        assert_int_equal(bundle_add_form(writer, &other, sample_form, &err), ERR_CORRUPT);
        bundle_writer_free(writer);
        bundle_writer_free(NULL);
        assert_int_not_equal(access(in_scratch("r.simae"), F_OK), 0);
        for (sample_threads = 0; sample_threads <= 2; sample_threads++) {
                for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
                        hash = hash_of(bodies[i], strlen(bodies[i]));
                        refuse_body(&hash, bodies[i], (int)i * 3);
                }
                refuse_body(&other, "{\"a\":1}", 2);
        }
        sample_threads = 2;
}

/* One wrong in the midst of more than the ring holds: told before the end, and by its name. */
static void test_a_wrong_revision_among_many_is_named(void **state)
{
        struct bundle_info info = sample_info(1, 20000);
        struct bundle_writer *writer;
        struct err err;
        struct hash wrong = {{0xab, 0xcd, 0xef, 0x01}};
        int added = 0;
        (void)state;
        assert_int_equal(sample_writer(in_scratch("n.simae"), &info, &writer, &err), ERR_OK);
        assert_int_equal(add_samples(writer, 5000, 1000, 0, &err), ERR_OK);
        enum err_code rc = bundle_add_revision(writer, &wrong, "{\"a\":1}", &err);
        for (; rc == ERR_OK && added < 100000; added++) {
                char *body = sample_body(added, 1000);
                struct hash hash = hash_of(body, strlen(body));
                rc = bundle_add_revision(writer, &hash, body, &err);
                free(body);
        }
        assert_int_equal(rc, ERR_CORRUPT);
        assert_true(added < 25000);
        assert_non_null(strstr(err.text, "la revisión guardada abcdef01… está dañada"));
        bundle_writer_free(writer);
        assert_int_not_equal(access(in_scratch("n.simae"), F_OK), 0);
}

static void test_writer_checks_the_header(void **state)
{
        struct bundle_info info = sample_info(0, 0);
        struct bundle_writer *writer = NULL;
        struct err err;
        (void)state;
        strcpy(info.program, "a\033[2J");
        assert_int_equal(sample_writer(in_scratch("h.simae"), &info, &writer, &err), ERR_INVALID);
        info = sample_info(0, 0);
        strcpy(info.from, "laptop");
        assert_int_equal(sample_writer(in_scratch("h.simae"), &info, &writer, &err), ERR_INVALID);
        assert_null(writer);
        assert_int_not_equal(access(in_scratch("h.simae"), F_OK), 0);
        spill(in_scratch("there.simae"), "x", 1);
        assert_int_equal(sample_writer(in_scratch("there.simae"), &info, &writer, &err), ERR_EXISTS);
        assert_int_equal(access(in_scratch("there.simae"), F_OK), 0);
}

static void test_file_name(void **state)
{
        char name[BUNDLE_NAME];
        struct bundle_info info = sample_info(0, 0);
        (void)state;
        bundle_file_name(&info, name);
        assert_string_equal(name, "SIMAE-0A1B2C3D-12-8BADF00D.simae");
        info.number = INT64_MAX;
        bundle_file_name(&info, name);
        assert_string_equal(name, "SIMAE-0A1B2C3D-9223372036854775807-8BADF00D.simae");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_memory_is_bounded),
                cmocka_unit_test(test_round_trip),
                cmocka_unit_test(test_empty_bundle),
                cmocka_unit_test(test_same_input_same_bytes),
                cmocka_unit_test(test_ordinary_tools),
                cmocka_unit_test(test_a_long_list_of_ids),
                cmocka_unit_test(test_python_reads_it),
                cmocka_unit_test(test_a_revision_as_large_as_a_segment),
                cmocka_unit_test(test_sink_stops_the_reading),
                cmocka_unit_test(test_counts_must_match),
                cmocka_unit_test(test_writer_refuses_what_the_reader_would),
                cmocka_unit_test(test_a_wrong_revision_among_many_is_named),
                cmocka_unit_test(test_writer_checks_the_header),
                cmocka_unit_test(test_file_name),
        };
        return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
