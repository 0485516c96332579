/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys and their files, writing and reading back, and the `age` program as the
 * judge of what we write.  What others write is in test_age_vectors.c.
 */
#include "test_age.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include "base/date.h"
#include "../scratch.h"
#include "../../src/sync/age_priv.h"
#include "../../src/sync/tar.h"

static struct age_identity own, other;

static char folder[64];

static const char *in_folder(const char *name)
{
        static char paths[4][128];
        static int turn;
        turn = (turn + 1) % 4;
        snprintf(paths[turn], sizeof paths[turn], "%s/%s", folder, name);
        return paths[turn];
}

static void spill(const char *name, const char *bytes, size_t len)
{
        FILE *file = fopen(in_folder(name), "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, len, file), len);
        assert_int_equal(fclose(file), 0);
}

static int run(const char *command)
{
        char *whole = xasprintf("cd '%s' && %s", folder, command);
        int status = system(whole);
        free(whole);
        return status;
}

static struct age_keys *keys_of(const struct age_identity *identity)
{
        struct age_keys *keys = age_keys_new();
        age_keys_add_identity(keys, identity);
        return keys;
}

/* ---- Keys as text ---- */

/* The pair that the specification prints. */
static const char spec_identity[] =
        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
static const char spec_recipient[] = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

static void test_key_text(void **state)
{
        struct age_identity identity;
        struct age_recipient recipient;
        char text[AGE_IDENTITY_TEXT], public[AGE_RECIPIENT_TEXT];
        (void)state;
        assert_int_equal(age_identity_parse(spec_identity, &identity, NULL), ERR_OK);
        age_recipient_text(&identity.recipient, public);
        assert_string_equal(public, spec_recipient);
        age_identity_text(&identity, text);
        assert_string_equal(text, spec_identity);
        assert_int_equal(age_recipient_parse(spec_recipient, &recipient, NULL), ERR_OK);
        assert_memory_equal(recipient.point, identity.recipient.point, AGE_KEY);
        for (int i = 0; i < 200; i++) {
                age_identity_make(&identity);
                age_identity_text(&identity, text);
                assert_int_equal(strlen(text), AGE_IDENTITY_TEXT - 1);
                struct age_identity again;
                assert_int_equal(age_identity_parse(text, &again, NULL), ERR_OK);
                assert_memory_equal(&again, &identity, sizeof again);
        }
}

/* Any one letter changed is noticed, and any one capital among small letters. */
static void test_key_slips(void **state)
{
        static const char letters[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l1bioQPZ- \n";
        struct age_recipient recipient, kept;
        char text[AGE_RECIPIENT_TEXT];
        struct err err;
        (void)state;
        memset(&kept, 7, sizeof kept);
        recipient = kept;
        for (size_t i = 0; i < AGE_RECIPIENT_TEXT - 1; i++) {
                for (const char *letter = letters; *letter; letter++) {
                        strcpy(text, spec_recipient);
                        if (text[i] == *letter)
                                continue;
                        text[i] = *letter;
                        assert_int_equal(age_recipient_parse(text, &recipient, &err), ERR_INVALID);
                }
                strcpy(text, spec_recipient);
                text[i] = '\0';
                assert_int_equal(age_recipient_parse(text, &recipient, &err), ERR_INVALID);
        }
        assert_memory_equal(&recipient, &kept, sizeof kept);
}

static void expect_identity_refused(const char *text, const char *word)
{
        struct age_identity identity;
        struct err err;
        assert_int_equal(age_identity_parse(text, &identity, &err), ERR_INVALID);
        if (!strstr(err.text, word))
                fail_msg("«%s» does not say «%s»", err.text, word);
}

static void test_key_sentences(void **state)
{
        (void)state;
        expect_identity_refused(spec_recipient, "clave pública");
        expect_identity_refused("AGE-SECRET-KEY-1", "letras");
        expect_identity_refused("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEXX",
                                "sobran");
        expect_identity_refused("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEQ",
                                "cambiada");
        expect_identity_refused("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAex",
                                "mayúsculas");
        expect_identity_refused("AGE-SECRET-KEY-PQ-1XX76JR", "AGE-SECRET-KEY-1");
        expect_identity_refused("", "AGE-SECRET-KEY-1");
}

/* ---- Files of keys ---- */

static enum err_code add_file(const char *text, size_t len, int *ret_n, struct err *err)
{
        struct age_keys *keys = age_keys_new();
        spill("claves.txt", text, len);
        enum err_code rc = age_keys_add_file(keys, in_folder("claves.txt"), err);
        *ret_n = age_keys_identities(keys);
        age_keys_free(keys);
        return rc;
}

static void test_key_files(void **state)
{
        struct err err;
        char *text = xasprintf("# de la oficina\r\n\r\n%s\r\n\n  \n#%s\n%s", spec_identity, spec_recipient,
                               spec_identity);
        int n;
        (void)state;
        assert_int_equal(add_file(text, strlen(text), &n, &err), ERR_OK);
        assert_int_equal(n, 2);
        free(text);
        text = xasprintf("# a\n%s\nAGE-SECRET-KEY-1QQQ\n", spec_identity);
        assert_int_equal(add_file(text, strlen(text), &n, &err), ERR_INVALID);
        assert_int_equal(n, 0);
        assert_non_null(strstr(err.text, "claves.txt», línea 3"));
        free(text);
        assert_int_equal(add_file("# nada\n", 7, &n, &err), ERR_INVALID);
        assert_non_null(strstr(err.text, "ninguna clave"));
        assert_int_equal(add_file("", 0, &n, &err), ERR_INVALID);
        assert_int_equal(add_file("a\0b", 3, &n, &err), ERR_INVALID);
        assert_int_equal(add_file("age-encryption.org/v1\n", 22, &n, &err), ERR_INVALID);
        assert_non_null(strstr(err.text, "está cifrado"));
        text = xmalloc(70000);
        memset(text, '#', 70000);
        assert_int_equal(add_file(text, 70000, &n, &err), ERR_LIMIT);
        free(text);
        struct age_keys *keys = age_keys_new();
        assert_int_equal(age_keys_add_file(keys, in_folder("no"), &err), ERR_NOT_FOUND);
        assert_int_equal(age_keys_add_file(keys, folder, &err), ERR_INVALID);
        age_keys_free(keys);
}

static void test_identity_save(void **state)
{
        struct datetime when = {.days = 20514, .ms = 29100000, .offset = -300};
        struct age_keys *keys = age_keys_new();
        struct stat st;
        struct err err;
        (void)state;
        assert_int_equal(age_identity_save(in_folder("own.txt"), &own, &when, &err), ERR_OK);
        assert_int_equal(stat(in_folder("own.txt"), &st), 0);
        assert_int_equal(st.st_mode & 07777, 0600);
        assert_int_equal(age_identity_save(in_folder("own.txt"), &other, &when, &err), ERR_EXISTS);
        assert_int_equal(age_keys_add_file(keys, in_folder("own.txt"), &err), ERR_OK);
        assert_memory_equal(age_keys_identity(keys, 0), &own, sizeof own);
        age_keys_free(keys);
}

static enum err_code add_phrase(const char *text, size_t len, struct err *err)
{
        struct age_keys *keys = age_keys_new();
        spill("frase.txt", text, len);
        enum err_code rc = age_keys_add_passphrase_file(keys, in_folder("frase.txt"), err);
        if (rc == ERR_OK)
                assert_string_equal(age_keys_passphrase(keys, 0), "pan con ñandú ");
        age_keys_free(keys);
        return rc;
}

static void test_phrase_files(void **state)
{
        struct err err;
        char *text = xmalloc(AGE_PASSPHRASE_MAX + 1);
        (void)state;
        assert_int_equal(add_phrase("pan con ñandú \r\notra\n", 23, &err), ERR_OK);
        assert_int_equal(add_phrase("pan con ñandú ", 16, &err), ERR_OK);
        assert_int_equal(add_phrase("\nsegunda\n", 9, &err), ERR_INVALID);
        assert_int_equal(add_phrase("", 0, &err), ERR_INVALID);
        assert_int_equal(add_phrase("a\0b", 3, &err), ERR_INVALID);
        memset(text, 'x', AGE_PASSPHRASE_MAX + 1);
        assert_int_equal(add_phrase(text, AGE_PASSPHRASE_MAX + 1, &err), ERR_INVALID);
        free(text);
}

/* ---- Round trips ---- */

static const size_t sizes[] = {0,     1,     15,    16,     17,     65519,  65520, 65535,
                               65536, 65537, 65552, 131071, 131072, 131073, 500000};

static void expect_opens(const struct str *sealed, const struct age_keys *keys, const char *plain, size_t len)
{
        struct outcome outcome = open_bytes(sealed->text, sealed->len, keys);
        assert_int_equal(outcome.failure, AGE_OK);
        assert_int_equal(outcome.plain.len, len);
        assert_memory_equal(outcome.plain.text, plain, len);
        str_release(&outcome.plain);
}

static void test_round_trip(void **state)
{
        struct age_recipient both[] = {other.recipient, own.recipient};
        struct age_seal seal = {.recipients = both, .recipients_n = 2};
        struct age_keys *keys = keys_of(&own);
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
                static const size_t pieces[] = {1000, 65536, 65537, 1 << 20};
                char *plain = sample_bytes(sizes[i]);
                for (size_t k = 0; k < ARRAY_LEN(pieces); k++) {
                        struct str sealed = seal_bytes(plain, sizes[i], pieces[k], &seal);
                        size_t chunks = sizes[i] ? (sizes[i] + AGE_CHUNK - 1) / AGE_CHUNK : 1;
                        assert_int_equal(sealed.len, 22 + 2 * 98 + 48 + 16 + sizes[i] + 16 * chunks);
                        expect_opens(&sealed, keys, plain, sizes[i]);
                        str_release(&sealed);
                }
                free(plain);
        }
        age_keys_free(keys);
}

static void test_passphrase(void **state)
{
        struct age_seal seal = {.passphrase = "pan con ñandú", .work_factor = 10};
        struct str sealed = seal_bytes("hola", 4, 4, &seal), dear;
        struct age_keys *keys = age_keys_new(), *wrong = keys_of(&own);
        (void)state;
        age_keys_add_passphrase(keys, "otra", NULL);
        age_keys_add_passphrase(keys, "pan con ñandú", NULL);
        expect_opens(&sealed, keys, "hola", 4);
        struct outcome outcome = open_bytes(sealed.text, sealed.len, wrong);
        assert_int_equal(outcome.failure, AGE_NO_MATCH);
        assert_non_null(strstr(outcome.err.text, "frase"));
        seal.work_factor = 0;
        dear = seal_bytes("hola", 4, 4, &seal);
        assert_non_null(strstr(dear.text, " 16\n"));
        str_release(&outcome.plain);
        str_release(&sealed);
        str_release(&dear);
        age_keys_free(keys);
        age_keys_free(wrong);
}

static void test_never_twice_the_same(void **state)
{
        struct age_seal seal = {.recipients = &own.recipient, .recipients_n = 1};
        (void)state;
        setenv("SIMAE_TEST_SEED", "fija", 1);
        struct str a = seal_bytes("hola", 4, 4, &seal), b = seal_bytes("hola", 4, 4, &seal);
        assert_int_equal(a.len, b.len);
        assert_memory_not_equal(a.text + 22, b.text + 22, 60);
        assert_memory_not_equal(a.text + a.len - 36, b.text + b.len - 36, 16);
        str_release(&a);
        str_release(&b);
        unsetenv("SIMAE_TEST_SEED");
}

static void expect_not_written(struct age_seal seal, enum err_code code)
{
        struct memory_sink sink = memory_sink();
        struct age_writer *writer = NULL;
        struct err err;
        assert_int_equal(age_writer_new(&sink.base, &seal, &writer, &err), code);
        assert_null(writer);
        assert_int_equal(sink.got.len, 0);
        str_release(&sink.got);
}

static void test_not_for_nobody(void **state)
{
        struct age_recipient zero = {{0}}, *many = xcalloc(700, sizeof *many);
        (void)state;
        expect_not_written((struct age_seal){0}, ERR_INVALID);
        expect_not_written((struct age_seal){.passphrase = ""}, ERR_INVALID);
        expect_not_written(
                (struct age_seal){.passphrase = "a", .recipients = &own.recipient, .recipients_n = 1},
                ERR_INVALID);
        expect_not_written((struct age_seal){.passphrase = "a", .work_factor = 21}, ERR_INVALID);
        expect_not_written((struct age_seal){.recipients = &zero, .recipients_n = 1}, ERR_INVALID);
        for (int i = 0; i < 700; i++)
                many[i] = own.recipient;
        expect_not_written((struct age_seal){.recipients = many, .recipients_n = 700}, ERR_LIMIT);
        free(many);
}

/* A sink that fails once: nothing after it, and the end does not come either. */
static void test_failing_sink(void **state)
{
        struct age_seal seal = {.recipients = &own.recipient, .recipients_n = 1};
        char *plain = sample_bytes(200000);
        struct err err;
        (void)state;
        for (int fail_in = 1; fail_in <= 5; fail_in++) {
                struct memory_sink sink = memory_sink();
                struct age_writer *writer = NULL;
                sink.fail_in = fail_in;
                enum err_code rc = age_writer_new(&sink.base, &seal, &writer, &err);
                for (size_t at = 0; rc == ERR_OK && at < 200000; at += 40000)
                        rc = age_writer_sink(writer)->write(age_writer_sink(writer), plain + at, 40000, &err);
                if (rc == ERR_OK)
                        rc = age_writer_finish(writer, &err);
                assert_int_equal(rc, ERR_NO_SPACE);
                size_t len = sink.got.len;
                if (writer) {
                        assert_int_equal(age_writer_finish(writer, &err), ERR_REFUSED);
                        assert_int_equal(
                                age_writer_sink(writer)->write(age_writer_sink(writer), "x", 1, &err),
                                ERR_REFUSED);
                }
                assert_int_equal(sink.got.len, len);
                age_writer_free(writer);
                str_release(&sink.got);
        }
        free(plain);
}

/* ---- As a source ---- */

static void test_source_and_rewind(void **state)
{
        struct age_seal seal = {.recipients = &own.recipient, .recipients_n = 1};
        char *plain = sample_bytes(200000), *got = xmalloc(200001);
        struct str sealed = seal_bytes(plain, 200000, 200000, &seal);
        struct memory_source memory = memory_source(sealed.text, sealed.len);
        struct age_reader *reader = age_reader_new(&memory.base);
        struct byte_source *source = age_reader_source(reader);
        struct age_keys *keys = keys_of(&own);
        struct err err;
        (void)state;
        assert_int_equal(age_reader_open(reader, keys, &err), ERR_OK);
        age_keys_free(keys);
        static const size_t steps[] = {512, 70000, 200001, 1};
        for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
                size_t at = 0, n = 0;
                do {
                        size_t step = steps[i] < 200001 - at ? steps[i] : 200001 - at;
                        assert_int_equal(source->read(source, got + at, step, &n, &err), ERR_OK);
                        at += n;
                } while (n > 0);
                assert_int_equal(at, 200000);
                assert_memory_equal(got, plain, 200000);
                assert_int_equal(source->rewind(source, &err), ERR_OK);
        }
        /* The file becomes another one between two readings. */
        sealed.text[sealed.len - 1] ^= 1;
        assert_int_equal(source->read(source, got, 200000, &(size_t){0}, &err), ERR_CORRUPT);
        assert_int_equal(source->read(source, got, 1, &(size_t){0}, &err), ERR_CORRUPT);
        assert_int_equal(age_reader_failure(reader), AGE_BAD_PAYLOAD);
        /* And is whole again. */
        sealed.text[sealed.len - 1] ^= 1;
        assert_int_equal(source->rewind(source, &err), ERR_OK);
        assert_int_equal(source->read(source, got, 200001, &(size_t){0}, &err), ERR_OK);
        assert_int_equal(age_reader_failure(reader), AGE_OK);
        age_reader_free(reader);
        str_release(&sealed);
        free(plain);
        free(got);
}

/* A file that did not open stays so, whatever is asked of it. */
static void test_source_of_other(void **state)
{
        struct age_seal seal = {.recipients = &other.recipient, .recipients_n = 1};
        struct str sealed = seal_bytes("hola", 4, 4, &seal);
        struct memory_source memory = memory_source(sealed.text, sealed.len);
        struct age_reader *reader = age_reader_new(&memory.base);
        struct byte_source *source = age_reader_source(reader);
        struct age_keys *keys = keys_of(&own);
        char got[8];
        size_t n;
        (void)state;
        assert_int_equal(age_reader_open(reader, keys, NULL), ERR_REFUSED);
        assert_int_equal(source->read(source, got, sizeof got, &n, NULL), ERR_REFUSED);
        assert_int_equal(source->rewind(source, NULL), ERR_REFUSED);
        assert_int_equal(source->read(source, got, sizeof got, &n, NULL), ERR_REFUSED);
        assert_int_equal(age_reader_failure(reader), AGE_NO_MATCH);
        age_reader_free(reader);
        age_keys_free(keys);
        str_release(&sealed);
}

static void test_failing_source(void **state)
{
        struct age_seal seal = {.recipients = &own.recipient, .recipients_n = 1};
        char *plain = sample_bytes(200000);
        struct str sealed = seal_bytes(plain, 200000, 200000, &seal);
        struct age_keys *keys = keys_of(&own);
        (void)state;
        for (int fail_in = 1; fail_in <= 4; fail_in++) {
                struct memory_source memory = memory_source(sealed.text, sealed.len);
                struct age_reader *reader = age_reader_new(&memory.base);
                const unsigned char *got;
                struct err err;
                size_t n = 1;
                memory.fail_in = fail_in;
                enum err_code rc = age_reader_open(reader, keys, &err);
                while (rc == ERR_OK && n > 0)
                        rc = age_reader_next(reader, &got, &n, &err);
                assert_int_equal(rc, ERR_IO);
                assert_int_equal(age_reader_failure(reader), AGE_UNREADABLE);
                age_reader_free(reader);
        }
        age_keys_free(keys);
        str_release(&sealed);
        free(plain);
}

/* What the streams are for: an archive that knows nothing of being sealed, read twice. */
static void test_tar_inside(void **state)
{
        struct age_seal seal = {.recipients = &own.recipient, .recipients_n = 1};
        struct memory_sink sink = memory_sink();
        struct age_keys *keys = keys_of(&own);
        struct age_writer *writer;
        struct err err;
        char *plain = sample_bytes(150000);
        (void)state;
        assert_int_equal(age_writer_new(&sink.base, &seal, &writer, &err), ERR_OK);
        struct tar_writer out = {.out = age_writer_sink(writer)};
        assert_int_equal(tar_write(&out, "header.json", "{}", 2, &err), ERR_OK);
        assert_int_equal(tar_write(&out, "records/000001.ndjson.zst", plain, 150000, &err), ERR_OK);
        assert_int_equal(tar_write_end(&out, &err), ERR_OK);
        assert_int_equal(age_writer_finish(writer, &err), ERR_OK);
        age_writer_free(writer);

        struct memory_source memory = memory_source(sink.got.text, sink.got.len);
        struct age_reader *reader = age_reader_new(&memory.base);
        assert_int_equal(age_reader_open(reader, keys, &err), ERR_OK);
        for (int round = 0; round < 2; round++) {
                struct byte_source *source = age_reader_source(reader);
                struct tar_reader in = {.source = source};
                struct str got = STR_INIT;
                bool end = false;
                assert_int_equal(source->rewind(source, &err), ERR_OK);
                assert_int_equal(tar_next(&in, &end, &err), ERR_OK);
                assert_int_equal(tar_read_all(&in, 10, &got, &err), ERR_OK);
                assert_string_equal(got.text, "{}");
                assert_int_equal(tar_next(&in, &end, &err), ERR_OK);
                assert_int_equal(tar_read_all(&in, 200000, &got, &err), ERR_OK);
                assert_memory_equal(got.text, plain, 150000);
                assert_int_equal(tar_next(&in, &end, &err), ERR_OK);
                assert_true(end);
                str_release(&got);
        }
        age_reader_free(reader);
        age_keys_free(keys);
        str_release(&sink.got);
        free(plain);
}

/* ---- The other program ---- */

static void test_age_opens_ours(void **state)
{
        struct age_recipient both[] = {other.recipient, own.recipient};
        struct age_seal seal = {.recipients = both, .recipients_n = 2};
        (void)state;
        if (system("command -v age >/dev/null") != 0) {
                printf("skipped: there is no age program here\n");
                skip();
        }
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
                char *plain = sample_bytes(sizes[i]);
                struct str sealed = seal_bytes(plain, sizes[i], 4096, &seal);
                spill("plain", plain, sizes[i]);
                spill("sealed", sealed.text, sealed.len);
                assert_int_equal(run("age -d -i own.txt sealed | cmp - plain"), 0);
                str_release(&sealed);
                free(plain);
        }
        /* Its keys are ours and ours its. */
        assert_int_equal(run("[ \"# clave pública: $(age-keygen -y own.txt)\" = \"$(sed -n 2p own.txt)\" ]"),
                         0);
}

static int set_up(void **state)
{
        (void)state;
        age_identity_make(&own);
        age_identity_make(&other);
        return scratch_folder(folder, sizeof folder, "age") ? 0 : -1;
}

static int tear_down(void **state)
{
        (void)state;
        return run("rm -rf \"$PWD\"");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_key_text),
                cmocka_unit_test(test_key_slips),
                cmocka_unit_test(test_key_sentences),
                cmocka_unit_test(test_key_files),
                cmocka_unit_test(test_identity_save),
                cmocka_unit_test(test_phrase_files),
                cmocka_unit_test(test_round_trip),
                cmocka_unit_test(test_passphrase),
                cmocka_unit_test(test_never_twice_the_same),
                cmocka_unit_test(test_not_for_nobody),
                cmocka_unit_test(test_failing_sink),
                cmocka_unit_test(test_source_and_rewind),
                cmocka_unit_test(test_source_of_other),
                cmocka_unit_test(test_failing_source),
                cmocka_unit_test(test_tar_inside),
                cmocka_unit_test(test_age_opens_ours),
        };
        return cmocka_run_group_tests(tests, set_up, tear_down);
}
