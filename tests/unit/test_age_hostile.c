/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Damage of every kind to age files: whatever is done to one, reading fails with
 * a sentence, and what was let through is a beginning of what was written.
 */
#include "test_age.h"

#include "../../src/sync/age_priv.h"

static struct age_identity own, other;
static struct age_keys *keys;

static struct str sealed_sample(const char *plain, size_t len)
{
        struct age_recipient both[] = {other.recipient, own.recipient};
        struct age_seal seal = {.recipients = both, .recipients_n = 2};
        return seal_bytes(plain, len, len + 1, &seal);
}

/* It fails, and nothing but whole chunks of the truth came out. */
static void expect_refused(const char *bytes, size_t len, const char *plain, size_t plain_len)
{
        struct outcome outcome = open_bytes(bytes, len, keys);
        assert_int_not_equal(outcome.failure, AGE_OK);
        assert_int_not_equal(outcome.failure, AGE_UNREADABLE);
        assert_true(outcome.err.text[0]);
        assert_true(outcome.plain.len <= plain_len);
        assert_true(outcome.plain.len % AGE_CHUNK == 0 || outcome.plain.len == plain_len);
        assert_memory_equal(outcome.plain.text, plain, outcome.plain.len);
        assert_true(outcome.failure == AGE_BAD_PAYLOAD || outcome.plain.len == 0);
        str_release(&outcome.plain);
}

static void test_every_byte_flipped(void **state)
{
        char *plain = sample_bytes(300);
        struct str sealed = sealed_sample(plain, 300);
        (void)state;
        for (size_t i = 0; i < sealed.len; i++) {
                for (int bit = 0; bit < 8; bit++) {
                        sealed.text[i] ^= (char)(1 << bit);
                        expect_refused(sealed.text, sealed.len, plain, 300);
                        sealed.text[i] ^= (char)(1 << bit);
                }
        }
        str_release(&sealed);
        free(plain);
}

static void test_every_truncation(void **state)
{
        char *plain = sample_bytes(300);
        struct str sealed = sealed_sample(plain, 300);
        (void)state;
        for (size_t len = 0; len < sealed.len; len++) {
                char *cut = xmalloc(len); /* so that reading beyond its end is seen */
                memcpy(cut, sealed.text, len);
                expect_refused(cut, len, plain, 300);
                free(cut);
        }
        str_release(&sealed);
        free(plain);
}

/* Every length near an edge of a large one, and bytes flipped all over it. */
static void test_large(void **state)
{
        enum { LEN = 3 * AGE_CHUNK + 1000 };
        char *plain = sample_bytes(LEN);
        struct str sealed = sealed_sample(plain, LEN);
        size_t payload = sealed.len - (LEN + 4 * AGE_TAG);
        (void)state;
        for (int chunk = 0; chunk <= 3; chunk++)
                for (int near = -20; near <= 20; near++) {
                        size_t len = payload + (size_t)chunk * AGE_SEALED_CHUNK;
                        expect_refused(sealed.text, (size_t)((int64_t)len + near), plain, LEN);
                }
        for (size_t i = 0; i < sealed.len; i += 997) {
                sealed.text[i] ^= 1;
                expect_refused(sealed.text, sealed.len, plain, LEN);
                sealed.text[i] ^= 1;
        }
        str_release(&sealed);
        free(plain);
}

static void test_bytes_after_the_end(void **state)
{
        static const size_t lens[] = {0, 1, 300, AGE_CHUNK - 1, AGE_CHUNK, AGE_CHUNK + 1, 2 * AGE_CHUNK};
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(lens); i++) {
                char *plain = sample_bytes(lens[i]);
                struct str sealed = sealed_sample(plain, lens[i]);
                for (int n = 1; n < 40; n++) {
                        str_addc(&sealed, (char)(n * 7));
                        expect_refused(sealed.text, sealed.len, plain, lens[i]);
                }
                str_release(&sealed);
                free(plain);
        }
}

/* Chunks dropped, repeated, exchanged, and put into another file. */
static void test_chunks_moved(void **state)
{
        enum { LEN = 3 * AGE_CHUNK };
        char *plain = sample_bytes(LEN), *kept = xmalloc(AGE_SEALED_CHUNK);
        struct str sealed = sealed_sample(plain, LEN), second = sealed_sample(plain, LEN);
        char *payload = sealed.text + sealed.len - 3 * AGE_SEALED_CHUNK;
        (void)state;
        assert_int_equal(second.len, sealed.len);
        for (int from = 0; from < 3; from++)
                for (int to = 0; to < 3; to++) {
                        char *there = payload + (size_t)to * AGE_SEALED_CHUNK;
                        char *source = from == to ? second.text + (there - sealed.text)
                                                  : payload + (size_t)from * AGE_SEALED_CHUNK;
                        memcpy(kept, there, AGE_SEALED_CHUNK);
                        memcpy(there, source, AGE_SEALED_CHUNK);
                        expect_refused(sealed.text, sealed.len, plain, LEN);
                        memcpy(there, kept, AGE_SEALED_CHUNK);
                }
        for (int cut = 1; cut <= 3; cut++)
                expect_refused(sealed.text, sealed.len - (size_t)cut * AGE_SEALED_CHUNK, plain, LEN);
        free(plain);
        free(kept);
        str_release(&sealed);
        str_release(&second);
}

static enum err_code read_header(const struct str *text)
{
        struct age_header header;
        struct err err;
        return age_header_read(text->text, text->len, &header, &err);
}

/* As large as is read, then one byte more; many small stanzas; a line without end. */
static void test_large_headers(void **state)
{
        struct str text = STR_INIT;
        (void)state;
        str_add(&text, AGE_VERSION_LINE "-> ");
        while (text.len < AGE_HEADER_MAX - 2 - 48)
                str_addc(&text, 'x');
        str_add(&text, "\n\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
        assert_int_equal(text.len, AGE_HEADER_MAX);
        assert_int_equal(read_header(&text), ERR_OK);
        str_splice(&text, 30, 0, "x", 1);
        assert_int_equal(read_header(&text), ERR_LIMIT);
        str_clear(&text);
        str_add(&text, AGE_VERSION_LINE);
        while (text.len < 60000)
                str_add(&text, "-> a\n\n");
        size_t len = text.len;
        str_add(&text, "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
        assert_int_equal(read_header(&text), ERR_OK);
        text.len = len;
        assert_int_equal(read_header(&text), ERR_CORRUPT);
        while (text.len < 1 << 20)
                str_add(&text, "-> a\n\n");
        assert_int_equal(read_header(&text), ERR_LIMIT);
        str_release(&text);
}

/* What a person is told is about what happened. */
static void expect_says(const char *bytes, enum err_code code, const char *word)
{
        struct outcome outcome = open_bytes(bytes, strlen(bytes), keys);
        assert_int_equal(outcome.code, code);
        if (!strstr(outcome.err.text, word))
                fail_msg("«%s» does not say «%s»", outcome.err.text, word);
        str_release(&outcome.plain);
}

static void test_sentences(void **state)
{
        (void)state;
        expect_says("", ERR_INVALID, "no es un archivo cifrado");
        expect_says("hola", ERR_INVALID, "no es un archivo cifrado");
        expect_says("age-encryption.org/v1", ERR_CORRUPT, "cortado");
        expect_says("age-encryption.org/v9\n", ERR_NEWER, "versión");
        expect_says("age-encryption.org/v1\r\n", ERR_CORRUPT, "como si fuera texto");
        expect_says("-----BEGIN AGE ENCRYPTED FILE-----\n", ERR_INVALID, "--armor");
        expect_says("age-encryption.org/v1\n-> X25519\n", ERR_CORRUPT, "cortado");
}

static int set_up(void **state)
{
        (void)state;
        age_identity_make(&own);
        age_identity_make(&other);
        keys = age_keys_new();
        age_keys_add_identity(keys, &own);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        age_keys_free(keys);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_every_byte_flipped),
                cmocka_unit_test(test_every_truncation),
                cmocka_unit_test(test_large),
                cmocka_unit_test(test_bytes_after_the_end),
                cmocka_unit_test(test_chunks_moved),
                cmocka_unit_test(test_large_headers),
                cmocka_unit_test(test_sentences),
        };
        return cmocka_run_group_tests(tests, set_up, tear_down);
}
