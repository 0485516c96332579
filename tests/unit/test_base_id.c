/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids and readable codes, hashes, canonical JSON, clock and randomness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/hash_many.h"
#include "base/id.h"
#include "base/json.h"
#include "base/mem.h"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void ids_round_trip_as_hexadecimal(void **state)
{
        struct id id = id_new(), other = id_new(), back;
        char text[ID_TEXT];
        (void)state;
        assert_false(id_equal(&id, &other));
        assert_false(id_is_none(&id));
        assert_true(id_is_none(&(struct id){0}));
        assert_int_equal(strlen(id_format(&id, text)), 32);
        assert_true(id_parse(text, &back));
        assert_true(id_equal(&id, &back));
        assert_true(id_parse("000102030405060708090A0B0C0D0E0F", &back));
        assert_string_equal(id_format(&back, text), "000102030405060708090a0b0c0d0e0f");
        assert_false(id_parse("", &back));
        assert_false(id_parse("000102030405060708090a0b0c0d0e0", &back));
        assert_false(id_parse("000102030405060708090a0b0c0d0e0f0", &back));
        assert_false(id_parse("000102030405060708090a0b0c0d0e0g", &back));
        assert_false(id_parse("00010203 405060708090a0b0c0d0e0f", &back));
        assert_string_equal(id_format(&back, text), "000102030405060708090a0b0c0d0e0f");
}

static void hashes_are_blake2b(void **state)
{
        struct hash hash = hash_of("abc", 3), back;
        char text[HASH_TEXT];
        (void)state;
        assert_string_equal(hash_format(&hash, text),
                            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
        assert_true(hash_parse(text, &back));
        assert_true(hash_equal(&hash, &back));
        text[63] = '\0';
        assert_false(hash_parse(text, &back));
}

/* Of every length around the ends of blocks, in every lane beside longer and shorter ones. */
static void many_hashes_are_each_its_own(void **state)
{
        enum { MOST = 700 };
        unsigned char text[MOST + HASH_LANES];
        struct hash many[HASH_LANES];
        (void)state;
        random_seed("hashes");
        random_bytes(text, sizeof text);
        for (size_t len = 0; len <= MOST; len++) {
                const void *texts[HASH_LANES];
                size_t lens[HASH_LANES];
                for (size_t k = 0; k < HASH_LANES; k++) {
                        texts[k] = text + k;
                        lens[k] = (len + 131 * ((k + len) % HASH_LANES)) % (MOST + 1);
                }
                if (!hash_many(texts, lens, many)) {
                        print_message("OMITIDO: este procesador no tiene AVX2\n");
                        skip();
                }
                for (size_t k = 0; k < HASH_LANES; k++) {
                        struct hash one = hash_of(texts[k], lens[k]);
                        assert_true(hash_equal(&one, &many[k]));
                }
        }
}

/* For many ids, every wrong letter in every place, and every two letters swapped, are noticed. */
static void codes_notice_a_wrong_letter_and_two_swapped(void **state)
{
        (void)state;
        random_seed("codes");
        for (int round = 0; round < 300; round++) {
                struct id id = id_new();
                char code[CODE_TEXT], wrong[CODE_TEXT], back[CODE_TEXT];
                id_code(&id, code);
                assert_int_equal(strlen(code), 8);
                assert_true(id_code_check(code, back));
                assert_string_equal(back, code);
                for (int i = 0; i < 8; i++) {
                        for (int k = 0; k < 32; k++) {
                                memcpy(wrong, code, sizeof wrong);
                                wrong[i] = letters[k];
                                if (letters[k] != code[i] && id_code_check(wrong, NULL))
                                        fail_msg("%s pasa por %s", wrong, code);
                        }
                        for (int k = i + 1; k < 8; k++) {
                                memcpy(wrong, code, sizeof wrong);
                                wrong[i] = code[k];
                                wrong[k] = code[i];
                                if (code[i] != code[k] && id_code_check(wrong, NULL))
                                        fail_msg("%s pasa por %s", wrong, code);
                        }
                }
        }
}

static void codes_are_read_as_people_write_them(void **state)
{
        struct id id = {{0x08, 0x42, 0x00, 0x00, 0x00}};
        char code[CODE_TEXT], back[CODE_TEXT] = "", typed[32];
        (void)state;
        id_code(&id, code); /* 1 1 0 0 0 0 0 and its check */
        assert_int_equal(strncmp(code, "1110000", 7) == 0 || strncmp(code, "1100000", 7) == 0, 1);
        snprintf(typed, sizeof typed, " il%c-%s ", code[2] == '1' ? 'I' : 'o', code + 3);
        assert_true(id_code_check(typed, back));
        assert_string_equal(back, code);
        for (char *p = code; *p; p++)
                if (*p >= 'A' && *p <= 'Z')
                        *p = (char)(*p - 'A' + 'a');
        assert_true(id_code_check(code, NULL));
        assert_false(id_code_check("", NULL));
        assert_false(id_code_check("1100000", NULL));
        assert_false(id_code_check("UUUUUUUU", NULL));
        assert_false(id_code_check("ññññ", NULL));
        strcat(typed, "0");
        assert_false(id_code_check(typed, NULL));
}

static json_t *read(const char *text)
{
        json_t *value;
        struct err err;
        if (json_read(text, strlen(text), "prueba", &value, &err) != ERR_OK)
                fail_msg("%s", err.text);
        return value;
}

static void json_is_written_always_the_same(void **state)
{
        static const char *const same[] = {
                "{}", "[]", "null", "true", "0", "-7", "9007199254740993", "9223372036854775807", "0.1", "3.5", "1e+22",
                "1e-07", "123456.789", "2.2250738585072014e-308", "1.7976931348623157e+308", "\"\"",
                "{\"b\":1,\"a\":[null,true,false,{\"ñ\":\"漢 😀\"}]}", "\"\\\"\\\\\\n\\t\\r\\u0001\\u001f/\"",
                "[0.30000000000000004]", "\"\x7f\"",
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(same); i++) {
                json_t *value = read(same[i]);
                struct str text = STR_INIT;
                json_write(&text, value);
                assert_string_equal(text.text, same[i]);
                str_release(&text);
                json_decref(value);
        }
}

/* Whatever is read, what is written reads back to the same bytes. */
static void json_settles_at_the_first_writing(void **state)
{
        static const char *const texts[] = {" { \"a\" : 1.0 , \"b\":[ 2e0 ] } ", "-0.0", "-0", "1E5", "100000000000000000000.0",
                                            "\"\\u00f1\\/\\b\\f\"", "1e15", "1e16", "123456789012345678.0", "5e-324"};
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
                json_t *value = read(texts[i]), *again;
                struct str first = STR_INIT, second = STR_INIT;
                json_write(&first, value);
                again = read(first.text);
                json_write(&second, again);
                assert_string_equal(first.text, second.text);
                str_release(&first);
                str_release(&second);
                json_decref(value);
                json_decref(again);
        }
}

static void json_refuses_what_is_doubtful(void **state)
{
        static const char *const bad[] = {
                "", "{", "{\"a\":1,\"a\":2}", "[1,]", "{\"a\":1} x", "'a'", "\"\\u0000\"", "\"\xFF\"", "\"\xC0\x80\"", "01",
                "1e999", "99999999999999999999", "NaN", "[1 2]", "\"\\ud800\"", "\"a\nb\"", "\xEF\xBB\xBF{}", "// x\n1",
                "{\"a\\u0000b\":1}",
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                json_t *value = NULL;
                struct err err = {0};
                if (json_read(bad[i], strlen(bad[i]), "a.json", &value, &err) != ERR_INVALID)
                        fail_msg("«%s»", bad[i]);
                assert_null(value);
                assert_int_equal(strncmp(err.text, "a.json:", 7), 0);
        }
        struct str deep = STR_INIT;
        json_t *value = NULL;
        struct err err;
        for (int i = 0; i < 100000; i++)
                str_addc(&deep, '[');
        assert_int_equal(json_read(deep.text, deep.len, "a.json", &value, &err), ERR_INVALID);
        str_release(&deep);
        assert_int_equal(json_read("\"a\0b\"", 5, "a.json", &value, &err), ERR_INVALID);
}

static void the_clock_stands_where_tests_put_it(void **state)
{
        struct datetime when;
        char text[DATETIME_TEXT];
        (void)state;
        assert_true(datetime_parse("2026-03-01T08:05:00-05:00", -300, &when));
        clock_test_set(&when);
        when = clock_now();
        assert_string_equal(datetime_format(&when, text), "2026-03-01T08:05:00.000-05:00");
        setenv("SIMAE_TEST_NOW", "2025-12-31T23:59", 1);
        clock_test_set(NULL);
        when = clock_now();
        assert_string_equal(datetime_format(&when, text), "2025-12-31T23:59:00.000-05:00");
        setenv("SIMAE_TEST_NOW", "nunca", 1);
        clock_test_set(NULL);
        when = clock_now();
        assert_true(datetime_utc_ms(&when) > 1700000000000);
        assert_int_equal(when.offset, -300); /* TZ is <-05>5 in every test */
        unsetenv("SIMAE_TEST_NOW");
        int64_t before = clock_monotonic_ms();
        assert_true(clock_monotonic_ms() >= before);
}

static void chance_follows_its_seed(void **state)
{
        unsigned char a[100], b[100], c[100];
        (void)state;
        random_seed("uno");
        random_bytes(a, sizeof a);
        double first = random_unit();
        random_seed("uno");
        random_bytes(b, sizeof b);
        assert_memory_equal(a, b, sizeof a);
        assert_true(first == random_unit());
        random_bytes(b, sizeof b);
        assert_memory_not_equal(a, b, sizeof a);
        random_seed("dos");
        random_bytes(c, sizeof c);
        assert_memory_not_equal(a, c, sizeof a);
        for (int i = 0; i < 10000; i++) {
                double unit = random_unit();
                assert_true(unit >= 0 && unit < 1);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(ids_round_trip_as_hexadecimal),
                cmocka_unit_test(hashes_are_blake2b),
                cmocka_unit_test(many_hashes_are_each_its_own),
                cmocka_unit_test(codes_notice_a_wrong_letter_and_two_swapped),
                cmocka_unit_test(codes_are_read_as_people_write_them),
                cmocka_unit_test(json_is_written_always_the_same),
                cmocka_unit_test(json_settles_at_the_first_writing),
                cmocka_unit_test(json_refuses_what_is_doubtful),
                cmocka_unit_test(the_clock_stands_where_tests_put_it),
                cmocka_unit_test(chance_follows_its_seed),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
