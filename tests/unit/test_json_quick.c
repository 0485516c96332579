/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What json_quick() takes, jansson takes too and gives the same; the rest it leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/base/json_quick.h"
#include "base/json.h"
#include "base/mem.h"

static json_t *strictly(const char *text, size_t len)
{
        return json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
}

/* `taken`: 1 it must be, 0 it must not, -1 as it likes. */
static void try(const char *text, size_t len, int taken)
{
        json_t *quick = json_quick(text, len), *strict = strictly(text, len);
        if (taken >= 0 && (quick != NULL) != (taken == 1))
                fail_msg("%s: %s", quick ? "taken" : "left", text);
        if (quick && (!strict || !json_equal(quick, strict)))
                fail_msg("not the same: %s", text);
        json_decref(quick);
        json_decref(strict);
}

static void plain_objects(void **state)
{
        static const char *const good[] = {
                "{}", "{\"a\":1}", "{\"a\":-0}", "{\"a\":[]}", "{\"a\":[1,\"b\",null,true,false,{\"c\":{}}]}", "{\"ñ\":\"Peñón\"}",
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "{\"a\":-7.25,\"b\":-78.5123,\"c\":0.1}", "{\"a\":999999999999999}",
                "{\"\":\"\"}",
        };
        static const char *const left[] = {
                "", "[]", "1", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":1}x", "{\"a\":1 }", " {}", "{\"a\":01}",
                "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e3}", "{\"a\":-}", "{\"a\":\"\\u0041\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\",
                "{\"a\":\"\n\"}", "{\"a\":\"b}", "{\"a\":nul}", "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":{\"c\":1,\"c\":2}}", "{\"a\":[1,]}",
                "{\"a\":\"\xff\"}", "{\"a\":\"\xc3\"}", "{\"a\":1234567890123456}", "{\"a\":123456789012345.999999999999999}",
                "{\"a\\n\":1}", "{\"a\":[[[[[[1]]]]]]}",
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(good); i++)
                try(good[i], strlen(good[i]), 1);
        for (size_t i = 0; i < ARRAY_LEN(left); i++)
                try(left[i], strlen(left[i]), 0);
        try("{\"a\":\"b\0c\"}", 11, 0);
}

/* Bytes changed, taken out and put in, anywhere. */
static void damaged_objects(void **state)
{
        static const char text[] = "{\"rec\":\"00ff\",\"par\":[\"a\",\"b\"],\"gen\":12,\"f\":{\"nombre\":\"Peñón \\\"Alto\\\"\","
                                   "\"latitud\":-7.25,\"filas\":[{\"x\":1},{\"x\":null}],\"si\":true}}";
        static const char bytes[] = "{}[]\",:\\01-.eEun \n\xc3\xb1";
        uint64_t dice = 88172645463325252u;
        (void)state;
        for (int i = 0; i < 200000; i++) {
                char changed[sizeof text + 4];
                size_t len = sizeof text - 1;
                memcpy(changed, text, sizeof text);
                for (int k = 0; k < 1 + i % 3; k++) {
                        dice ^= dice << 13;
                        dice ^= dice >> 7;
                        dice ^= dice << 17;
                        size_t at = (size_t)(dice >> 20) % len;
                        if (dice % 3 == 0)
                                changed[at] = bytes[(dice >> 8) % (sizeof bytes - 1)];
                        else if (dice % 3 == 1)
                                memmove(changed + at, changed + at + 1, len-- - at);
                        else
                                changed[at] = changed[(size_t)(dice >> 40) % len];
                }
                changed[len] = '\0';
                try(changed, len, -1);
        }
}

/* Each byte, at each place of runs of each length, stops it or not as the bytes of a string of JSON say. */
static void runs_stop_where_they_must(void **state)
{
        enum { LONGEST = 20 };
        (void)state;
        for (int byte = 0; byte < 256; byte++)
                for (size_t len = 0; len <= LONGEST; len++)
                        for (size_t at = 0; at < len; at++) {
                                char text[LONGEST];
                                memset(text, at % 2 ? '~' : 0xC3, sizeof text);
                                text[at] = (char)byte;
                                bool stops = byte < 0x20 || byte == '"' || byte == '\\';
                                assert_int_equal(json_plain_run(text, len), stops ? at : len);
                        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(plain_objects), cmocka_unit_test(damaged_objects),
                                           cmocka_unit_test(runs_stop_where_they_must)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
