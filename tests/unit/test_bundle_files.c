/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attached files in bundles: as they were, opened by ordinary tools, and what the writer refuses. */
#include "test_bundle.h"

#include "base/attached.h"

static struct err err;

static struct bundle_writer *begin(const char *name, int files, int have)
{
        struct bundle_info info = sample_info(1, 2);
        struct bundle_writer *writer;
        info.have = have;
        info.files = files;
        assert_int_equal(sample_writer(in_scratch(name), &info, &writer, &err), ERR_OK);
        assert_int_equal(add_samples(writer, 2, 10, have, &err), ERR_OK);
        return writer;
}

static enum err_code add(struct bundle_writer *writer, const char *name, const char *bytes, size_t len)
{
        char file[ATTACHED_FILE];
        struct hash hash = hash_of(bytes, len);
        return bundle_add_file(writer, attached_file(&hash, name, file), bytes, len, &err);
}

struct seen {
        int n;
        size_t bytes;
        char last[ATTACHED_FILE];
};

static enum err_code see(void *ctx, const char *name, const void *bytes, size_t len, struct err *e)
{
        struct seen *seen = ctx;
        struct hash named, really = hash_of(bytes, len);
        (void)e;
        assert_true(attached_is_file(name, &named));
        assert_true(hash_equal(&named, &really));
        snprintf(seen->last, sizeof seen->last, "%s", name);
        seen->bytes += len;
        seen->n++;
        return ERR_OK;
}

static enum err_code read_seeing(const char *path, struct seen *seen, struct bundle_info *info)
{
        struct bundle_sink sink = {.ctx = seen, .file = see};
        struct age_keys *keys = sample_keys();
        enum err_code rc = bundle_read_with(path, keys, &sink, info, &err);
        age_keys_free(keys);
        return rc;
}

static void files_travel_as_they_are(void **state)
{
        struct bundle_info info;
        struct seen seen = {0};
        char *large = malloc(ATTACHED_MAX);
        (void)state;
        for (size_t i = 0; i < ATTACHED_MAX; i++)
                large[i] = (char)(i * 31 >> 3);
        struct bundle_writer *writer = begin("f.simae", 3, 3);
        assert_int_equal(add(writer, "acta.pdf", "x", 1), ERR_OK);
        assert_int_equal(add(writer, "foto.JPG", large, ATTACHED_MAX), ERR_OK);
        assert_int_equal(add(writer, "nota", "una nota", 8), ERR_OK);
        assert_int_equal(bundle_finish(writer, &err), ERR_OK);
        assert_int_equal(bundle_writer_verify(writer, &info, &err), ERR_OK);
        bundle_writer_free(writer);
        assert_int_equal(read_seeing(in_scratch("f.simae"), &seen, &info), ERR_OK);
        assert_int_equal(seen.n, 3);
        assert_int_equal(info.files, 3);
        assert_int_equal(seen.bytes, 9 + (size_t)ATTACHED_MAX);
        assert_true(str_ends(seen.last, ".bin"));
        open_sealed(in_scratch("f.simae"), in_scratch("f.tar"));
        assert_int_equal(run("mkdir f && tar xf f.tar -C f && cd f && b2sum --strict --quiet -c B2SUMS"), 0);
        assert_int_equal(run("cd f/files && [ $(ls | wc -l) = 3 ] && [ \"$(cat *.bin)\" = 'una nota' ]"), 0);
        assert_int_equal(run("cd f/files && for x in *; do [ \"$(b2sum -l 256 $x | cut -c 1-64)\" = \"${x%%.*}\" ] || exit 1; done"), 0);
        assert_int_equal(run("cd f && [ $(jq .counts.files header.json) = 3 ]"), 0);
        free(large);
}

static void the_writer_refuses_others(void **state)
{
        char *large = calloc(1, ATTACHED_MAX + 1);
        (void)state;
        struct bundle_writer *writer = begin("r.simae", 1, 0);
        assert_int_equal(bundle_add_file(writer, "acta.pdf", "x", 1, &err), ERR_CORRUPT);
        assert_int_equal(add(writer, "vacio.pdf", "", 0), ERR_CORRUPT);
        assert_int_equal(add(writer, "largo.pdf", large, (size_t)ATTACHED_MAX + 1), ERR_CORRUPT);
        assert_int_equal(add(writer, "acta.pdf", "x", 1), ERR_OK);
        struct hash hash = hash_of("y", 1);
        assert_int_equal(bundle_add_revision(writer, &hash, "{\"a\":1}", &err), ERR_REFUSED);
        assert_int_equal(bundle_add_have(writer, &hash, &err), ERR_REFUSED);
        bundle_writer_free(writer);
        free(large);
}

static void the_promise_is_kept(void **state)
{
        (void)state;
        struct bundle_writer *few = begin("p.simae", 2, 0);
        assert_int_equal(add(few, "acta.pdf", "x", 1), ERR_OK);
        assert_int_equal(bundle_finish(few, &err), ERR_INVALID);
        bundle_writer_free(few);
        struct bundle_writer *twice = begin("p.simae", 2, 0);
        assert_int_equal(add(twice, "acta.pdf", "x", 1), ERR_OK);
        assert_int_equal(add(twice, "acta.txt", "x", 1), ERR_OK);
        assert_int_equal(bundle_finish(twice, &err), ERR_INVALID);
        bundle_writer_free(twice);
        assert_int_not_equal(access(in_scratch("p.simae"), F_OK), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(files_travel_as_they_are),
                cmocka_unit_test(the_writer_refuses_others),
                cmocka_unit_test(the_promise_is_kept),
        };
        return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
