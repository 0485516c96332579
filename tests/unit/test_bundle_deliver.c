/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing and carrying bundles while each system call in turn fails: either
 * everything is well or nothing with the final name is left, and the spool
 * file is as it was.
 */
#include "test_bundle.h"

#include <errno.h>
#include <sys/mount.h>

#include "base/clock.h"
#include "faults.h"
#include "sync/deliver.h"

static struct err err;
static const char final_name[] = "SIMAE-X.simae";

static char *spool_bytes;
static size_t spool_len;

static const char *spool(void)
{
        return in_scratch("spool.simae");
}

static const char *target(void)
{
        return in_scratch("stick/SIMAE-X.simae");
}

static int make_spool(void **state)
{
        scratch_on_disk();
        if (make_scratch(state))
                return -1;
        mkdir(in_scratch("stick"), 0777);
        /* Beyond the 8 MiB after which a slow stick is flushed, and no multiple of anything. */
        assert_int_equal(sample_sealed(spool(), 2000, 7001, &err), ERR_OK);
        spool_bytes = slurp(spool(), &spool_len);
        return spool_len > (8u << 20) ? 0 : -1;
}

static int remove_spool(void **state)
{
        free(spool_bytes);
        return remove_scratch(state);
}

static int empty_stick(void **state)
{
        (void)state;
        faults_remove();
        return run("rm -rf stick && mkdir stick");
}

static void assert_same_as_spool(const char *path)
{
        size_t len;
        char *bytes = slurp(path, &len);
        assert_int_equal(len, spool_len);
        assert_memory_equal(bytes, spool_bytes, len);
        free(bytes);
}

static void assert_delivered(void)
{
        assert_same_as_spool(target());
        assert_int_equal(run("[ \"$(ls -A stick)\" = %s ]", final_name), 0);
}

static void assert_nothing_left(void)
{
        assert_int_equal(run("[ -z \"$(ls -A stick)\" ]"), 0);
        assert_same_as_spool(spool());
        assert_true(strlen(err.text) > 20);
}

static void test_deliver(void **state)
{
        (void)state;
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_OK);
        assert_delivered();
        assert_same_as_spool(spool());
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_EXISTS); /* never replaced */
        assert_delivered();
}

static void test_deliver_beside(void **state)
{
        char before[4096];
        (void)state;
        assert_non_null(getcwd(before, sizeof before));
        assert_int_equal(chdir(in_scratch("stick")), 0);
        assert_int_equal(bundle_deliver("../spool.simae", final_name, &err), ERR_OK);
        assert_int_equal(chdir(before), 0);
        assert_delivered();
}

/* These fail without harm: advice, and closing what was only read. */
static bool may_fail(const char *name)
{
        return strcmp(name, "fadvise") == 0 || strcmp(name, "close") == 0;
}

static void test_each_call_fails(void **state)
{
        (void)state;
        faults_install();
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_OK);
        int calls = faults_calls();
        int harmless = 0;
        assert_in_range(calls, 20, 1000);
        for (int n = 1; n <= calls; n++) {
                empty_stick(NULL);
                faults_install();
                faults_fail_at(n, EIO);
                err.text[0] = '\0';
                enum err_code rc = bundle_deliver(spool(), target(), &err);
                faults_remove();
                assert_string_not_equal(faults_hit(), "");
                if (rc == ERR_OK) {
                        harmless++;
                        assert_true(may_fail(faults_hit()));
                        assert_delivered();
                } else {
                        assert_int_equal(rc, err.code);
                        assert_nothing_left();
                }
        }
        assert_int_equal(harmless, 4); /* advice, and closing spool, folder and the copy read back */
}

static void test_sentences(void **state)
{
        static const struct {
                const char *name;
                int errnum;
                enum err_code code;
                const char *words;
        } cases[] = {
                {"write", ENOSPC, ERR_NO_SPACE, "no queda espacio; borre"},
                {"openat", EROFS, ERR_IO, "protegido contra escritura"},
                {"write", EIO, ERR_IO, "no responde; vuelva a conectar"},
                {"fsync", ENODEV, ERR_IO, "ya no está"},
                {"renameat2", EEXIST, ERR_EXISTS, "use otro nombre"},
                {"openat", EACCES, ERR_IO, "no hay permiso"},
                {"syncfs", ELOOP, ERR_IO, "repita o use otra memoria"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                faults_install();
                faults_fail_always(cases[i].name, cases[i].errnum);
                assert_int_equal(bundle_deliver(spool(), target(), &err), cases[i].code);
                assert_non_null(strstr(err.text, cases[i].words));
                faults_remove();
                assert_nothing_left();
        }
}

static void test_no_folder(void **state)
{
        (void)state;
        assert_int_equal(bundle_deliver(spool(), in_scratch("gone/x.simae"), &err), ERR_NOT_FOUND);
        assert_non_null(strstr(err.text, "siga conectada"));
        assert_int_equal(bundle_deliver(spool(), in_scratch("stick/"), &err), ERR_INVALID);
        assert_int_equal(bundle_deliver(in_scratch("no-spool"), target(), &err), ERR_NOT_FOUND);
}

static void test_no_room(void **state)
{
        (void)state;
        faults_install();
        faults_pretend_room(spool_len + spool_len / 20 - 1);
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_NO_SPACE);
        assert_non_null(strstr(err.text, "hacen falta"));
        faults_pretend_room(spool_len + spool_len / 20);
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_OK);
}

static void test_file_systems_without_the_newer_calls(void **state)
{
        (void)state;
        faults_install();
        faults_fail_always("renameat2", EINVAL); /* links instead */
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_OK);
        assert_delivered();
        empty_stick(NULL);
        faults_install();
        faults_fail_always("renameat2", ENOSYS);
        faults_fail_always("linkat", EPERM); /* as FAT: looks and renames */
        faults_short_writes(70000);
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_OK);
        assert_delivered();
}

static void test_a_stick_that_lies(void **state)
{
        (void)state;
        faults_install();
        faults_spoil_medium();
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_CORRUPT);
        assert_non_null(strstr(err.text, "use otra"));
        faults_remove();
        assert_nothing_left();
}

static void test_fat_takes_no_file_of_4_gib(void **state)
{
        (void)state;
        assert_int_equal(run("truncate -s 4294967296 huge"), 0);
        faults_install();
        faults_pretend_fat();
        faults_pretend_room(UINT64_C(1) << 40);
        assert_int_equal(bundle_deliver(in_scratch("huge"), target(), &err), ERR_LIMIT);
        assert_non_null(strstr(err.text, "demasiado grande"));
        assert_nothing_left();
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_OK); /* FAT itself is fine */
}

/* Where the cache cannot be passed by, it is asked to forget. */
static void test_without_direct_reading(void **state)
{
        (void)state;
        faults_install();
        faults_refuse_direct();
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_OK);
        assert_delivered();
        empty_stick(NULL);
        faults_install();
        faults_refuse_direct();
        faults_spoil_medium();
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_CORRUPT);
        assert_nothing_left();
}

/* Steps until `most`, or the end; how many there were. */
static int steps(struct delivery *delivery, int most)
{
        double share = 0;
        int n = 0;
        for (; n < most && delivery_stage(delivery) != DELIVERY_DONE; n++) {
                assert_int_equal(delivery_step(delivery, &err), ERR_OK);
                assert_true(delivery_share(delivery) >= share && delivery_share(delivery) <= 1);
                share = delivery_share(delivery);
        }
        return n;
}

static void test_stopped_after_any_step(void **state)
{
        (void)state;
        struct delivery *delivery = delivery_new(spool(), target(), false);
        int all = steps(delivery, 1000);
        assert_in_range(all, 2 * (int)(spool_len >> 20), 1000);
        assert_int_equal(delivery_size(delivery), spool_len);
        delivery_free(delivery);
        assert_delivered();
        for (int n = 0; n < all; n++) {
                empty_stick(NULL);
                delivery = delivery_new(spool(), target(), false);
                steps(delivery, n);
                delivery_free(delivery);
                err.text[0] = '\0';
                strcat(err.text, "nobody needs a sentence of this");
                assert_nothing_left();
        }
}

static void test_makes_its_folder(void **state)
{
        (void)state;
        struct delivery *delivery = delivery_new(spool(), in_scratch("stick/SIMAE/a.simae"), true);
        steps(delivery, 1000);
        delivery_free(delivery);
        assert_same_as_spool(in_scratch("stick/SIMAE/a.simae"));
        for (int n = 1; n < 30; n++) { /* and unmakes it */
                empty_stick(NULL);
                faults_install();
                faults_fail_at(n, EIO);
                delivery = delivery_new(spool(), in_scratch("stick/SIMAE/a.simae"), true);
                enum err_code rc = ERR_OK;
                while (rc == ERR_OK && delivery_stage(delivery) != DELIVERY_DONE)
                        rc = delivery_step(delivery, &err);
                delivery_free(delivery);
                faults_remove();
                if (rc != ERR_OK)
                        assert_nothing_left();
        }
        delivery = delivery_new(spool(), in_scratch("gone/SIMAE/a.simae"), true);
        assert_int_equal(delivery_step(delivery, &err), ERR_NOT_FOUND); /* the stick was pulled out */
        delivery_free(delivery);
}

static void test_what_cannot_be_removed_is_told(void **state)
{
        (void)state;
        faults_install();
        faults_fail_always("syncfs", EIO);
        faults_fail_always("unlinkat", EIO);
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_IO);
        assert_non_null(strstr(err.text, "Además quedó «SIMAE-X.simae» a medias: bórrelo"));
}

static void test_a_part_of_somebody_else_is_left_alone(void **state)
{
        uint32_t bits;
        char name[64];
        (void)state;
        random_seed("part");
        random_bytes(&bits, sizeof bits);
        snprintf(name, sizeof name, "stick/%s.%08x.part", final_name, bits);
        spill(in_scratch(name), "x", 1);
        random_seed("part");
        assert_int_equal(bundle_deliver(spool(), target(), &err), ERR_OK);
        assert_same_as_spool(target());
        assert_int_equal(run("[ $(cat %s) = x ]", name), 0);
}

static void test_a_small_full_disk(void **state)
{
        (void)state;
        if (mount("tmpfs", in_scratch("stick"), "tmpfs", 0, "size=1m") != 0) {
                print_message("OMITIDO: no se puede montar un tmpfs aquí (%s)\n", strerror(errno));
                skip();
        }
        enum err_code checked = bundle_deliver(spool(), target(), &err);
        faults_install();
        faults_pretend_room(1u << 30); /* past the check, into the wall */
        enum err_code hit = bundle_deliver(spool(), target(), &err);
        faults_remove();
        int left = run("[ -z \"$(ls -A stick)\" ]");
        umount2(in_scratch("stick"), MNT_DETACH);
        assert_int_equal(checked, ERR_NO_SPACE);
        assert_int_equal(hit, ERR_NO_SPACE);
        assert_int_equal(left, 0);
}

static void test_a_disk_for_reading_only(void **state)
{
        (void)state;
        if (mount("tmpfs", in_scratch("stick"), "tmpfs", MS_RDONLY, "size=64m") != 0) {
                print_message("OMITIDO: no se puede montar un tmpfs aquí (%s)\n", strerror(errno));
                skip();
        }
        enum err_code rc = bundle_deliver(spool(), target(), &err);
        umount2(in_scratch("stick"), MNT_DETACH);
        assert_int_equal(rc, ERR_IO);
        assert_non_null(strstr(err.text, "protegido contra escritura"));
        assert_nothing_left();
}

static void test_each_call_of_the_writer_fails(void **state)
{
        (void)state;
        faults_install();
        assert_int_equal(sample_sealed(in_scratch("stick/w.simae"), 3, 10, &err), ERR_OK);
        for (int n = 1, calls = faults_calls(); n <= calls; n++) {
                empty_stick(NULL);
                faults_install();
                faults_fail_at(n, ENOSPC);
                err.text[0] = '\0';
                enum err_code rc = sample_sealed(in_scratch("stick/w.simae"), 3, 10, &err);
                assert_string_not_equal(faults_hit(), "");
                bool harmless = strcmp(faults_hit(), "close") == 0; /* of what was already copied */
                faults_remove();
                assert_true(rc == ERR_NO_SPACE || (rc == ERR_OK && harmless));
                if (rc != ERR_OK)
                        assert_nothing_left();
        }
}

static void test_each_call_of_the_reader_fails(void **state)
{
        struct counter counter = {.extra = 10};
        struct bundle_info info;
        const char *path = in_scratch("stick/r.simae");
        (void)state;
        assert_int_equal(sample_sealed(path, 3, 10, &err), ERR_OK);
        faults_install();
        assert_int_equal(read_counting(path, &(struct counter){.extra = 10}, NULL, &err), ERR_OK);
        for (int n = 1, calls = faults_calls(); n < calls; n++) {
                faults_install();
                faults_fail_at(n, EIO);
                enum err_code rc = read_counting(path, &counter, &info, &err);
                assert_true(rc == ERR_IO || rc == ERR_INVALID); /* fstat: no telling what it is */
        }
        assert_int_equal(counter.revisions, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, empty_stick, empty_stick)
        const struct CMUnitTest tests[] = {
                CASE(test_deliver),
                CASE(test_deliver_beside),
                CASE(test_each_call_fails),
                CASE(test_sentences),
                CASE(test_no_folder),
                CASE(test_no_room),
                CASE(test_file_systems_without_the_newer_calls),
                CASE(test_fat_takes_no_file_of_4_gib),
                CASE(test_without_direct_reading),
                CASE(test_stopped_after_any_step),
                CASE(test_makes_its_folder),
                CASE(test_a_stick_that_lies),
                CASE(test_what_cannot_be_removed_is_told),
                CASE(test_a_part_of_somebody_else_is_left_alone),
                CASE(test_a_small_full_disk),
                CASE(test_a_disk_for_reading_only),
                CASE(test_each_call_of_the_writer_fails),
                CASE(test_each_call_of_the_reader_fails),
        };
        return cmocka_run_group_tests(tests, make_spool, remove_spool);
}
