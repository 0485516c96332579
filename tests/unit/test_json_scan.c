/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The quick look at JSON beside the slow reading of it: what the first lets
 * pass, the second reads as an object.  Both look at eight bytes at a time, so
 * the pieces are of all lengths around that.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/sync/json_scan.h"
#include "base/err.h"
#include "base/json.h"
#include "base/utf8.h"

static uint64_t dice = 88172645463325252u;

static unsigned roll(unsigned n)
{
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        return (unsigned)((dice >> 11) % n);
}

static const char *const pieces[] = {"a", "bcdefgh", "yz", " ", "Casa de la señora", "\\\\", "\\n", "\\\"", "\\u0041", "\"", "ñ", "€", "🙂",
                                     "\x1f", "\x7f", "\xff", "\x80", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80"};
enum { PIECES = sizeof pieces / sizeof *pieces, HARMLESS = 5 };

static size_t make_text(char *text)
{
        size_t len = 6;
        memcpy(text, "{\"k\":\"", len);
        for (unsigned n = roll(9); n > 0; n--) {
                const char *piece = pieces[roll(3) ? roll(HARMLESS) : roll(PIECES)];
                memcpy(text + len, piece, strlen(piece));
                len += strlen(piece);
        }
        if (roll(30) == 0)
                text[6 + roll((unsigned)len - 5)] = '\0';
        memcpy(text + len, "\"}", 2);
        return len + 2;
}

/* One byte after another, by the table of the Unicode standard (3-7). */
static bool is_utf8(const char *text, size_t len)
{
        const unsigned char *at = (const unsigned char *)text, *end = at + len;
        while (at < end) {
                int more = *at < 0x80 ? 0 : *at < 0xc2 ? -1 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : *at < 0xf5 ? 3 : -1;
                if (*at == 0 || more < 0 || end - at <= more)
                        return false;
                if ((*at == 0xe0 && at[1] < 0xa0) || (*at == 0xed && at[1] > 0x9f) || (*at == 0xf0 && at[1] < 0x90) ||
                    (*at == 0xf4 && at[1] > 0x8f))
                        return false;
                for (at++; more > 0; more--, at++)
                        if ((*at & 0xc0) != 0x80)
                                return false;
        }
        return true;
}

static void what_the_quick_look_lets_pass_is_an_object(void **state)
{
        int passed = 0, valid = 0;
        char text[400];
        (void)state;
        for (int i = 0; i < 200000; i++) {
                size_t len = make_text(text), bad = 0;
                json_t *value;
                bool utf8 = utf8_valid(text, len, &bad);
                assert_int_equal(utf8, is_utf8(text, len));
                assert_true(utf8 || (bad < len && is_utf8(text, bad)));
                valid += utf8;
                if (!json_scan_object(text, len))
                        continue;
                passed++;
                assert_int_equal(json_read(text, len, "", &value, NULL), ERR_OK);
                assert_true(json_is_object(value));
                json_decref(value);
        }
        assert_true(passed > 50000 && valid > passed && valid < 190000);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(what_the_quick_look_lets_pass_is_an_object)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
