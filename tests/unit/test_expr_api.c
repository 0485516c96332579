/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What vectors cannot say about the expression layer: limits, hostile bytes,
 * what an expression reads, how often it evaluates what it does not need, and
 * the values and worlds around it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "expr/json_env.h"
#include "expr/report.h"

/* Names a to z are answers 0 to 25; r is a repeat; s is a sequence. */
static int answers_read;

static bool answer_name(void *ctx, const char *name, int *ret_ref, enum expr_name_kind *ret_kind)
{
        (void)ctx;
        if (name[0] < 'a' || name[0] > 'z' || name[1])
                return false;
        *ret_ref = name[0] - 'a';
        *ret_kind = name[0] == 'r' ? EXPR_NAME_REPEAT : name[0] == 's' ? EXPR_NAME_SEQUENCE : EXPR_NAME_VALUE;
        return true;
}

static struct value answer(void *ctx, int ref, struct arena *arena)
{
        (void)ctx;
        (void)arena;
        answers_read++;
        return value_number(ref);
}

static const struct expr_names names = {.answer = answer_name, .current = true};
static const struct expr_env env = {.answer = answer};
static struct arena arena;

static int clear_arena(void **state)
{
        (void)state;
        arena_release(&arena);
        answers_read = 0;
        return 0;
}

static const struct expr *parse(const char *text)
{
        struct err err;
        const struct expr *expr = NULL;
        if (expr_parse(text, strlen(text), &names, &arena, &expr, &err) != ERR_OK)
                fail_msg("%s: %d: %s", text, err.column, err.text);
        return expr;
}

static enum err_code parse_bytes(const char *text, size_t len, struct err *err)
{
        const struct expr *expr;
        return expr_parse(text, len, &names, &arena, &expr, err);
}

static char *repeated(const char *head, const char *piece, int n, const char *tail)
{
        struct str text = STR_INIT;
        str_add(&text, head);
        for (int i = 0; i < n; i++)
                str_add(&text, piece);
        str_add(&text, tail);
        return str_detach(&text);
}

static void test_long_chains(void **state)
{
        (void)state;
        static const struct { const char *head, *piece, *tail; double result; } cases[] = {
                {"1", " + 1", "", 10001}, {"10000", " - 1", "", 0}, {"1", " * 1", "", 1},
                {"sum(0", ", 1", ")", 10000}, {"string-length(concat('x'", ", 'y'", "))", 10001},
                {"number(true()", " and true()", ")", 1}, {"number(false()", " or false()", ")", 0},
                {"1", " = 1", "", 1}, {"${b}", " + ${c}", "", 20001},
        };
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                char *text = repeated(cases[i].head, cases[i].piece, 10000, cases[i].tail);
                struct value value = expr_eval(parse(text), &env, &arena);
                assert_float_equal(value_to_number(&value), cases[i].result, 0);
                free(text);
        }
}

static void check_depth(const char *open, const char *close, int n, enum err_code expected)
{
        struct err err;
        struct str text = STR_INIT;
        for (int i = 0; i < n; i++)
                str_add(&text, open);
        str_add(&text, "1");
        for (int i = 0; i < n; i++)
                str_add(&text, close);
        assert_int_equal(parse_bytes(text.text, text.len, &err), expected);
        str_release(&text);
}

static void test_depth(void **state)
{
        (void)state;
        static const char *const pairs[][2] = {
                {"(", ")"}, {"abs(", ")"}, {"-", ""}, {"if(1,2,", ")"}, {"(1+", ")"}};
        for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
                check_depth(pairs[i][0], pairs[i][1], EXPR_DEPTH_MAX, ERR_OK);
                check_depth(pairs[i][0], pairs[i][1], EXPR_DEPTH_MAX + 1, ERR_LIMIT);
                check_depth(pairs[i][0], pairs[i][1], 100000, ERR_LIMIT);
        }
}

static void test_size(void **state)
{
        (void)state;
        struct err err;
        char *text = repeated("'", "x", EXPR_TEXT_MAX - 2, "'");
        assert_int_equal(parse_bytes(text, EXPR_TEXT_MAX, &err), ERR_OK);
        assert_int_equal(parse_bytes(text, EXPR_TEXT_MAX + 1, &err), ERR_LIMIT);
        free(text);
}

static void test_hostile_bytes(void **state)
{
        (void)state;
        static const struct { const char *bytes; size_t len; int column; } cases[] = {
                {"1 + \xFF", 5, 5}, {"'\xC3\x28'", 4, 2}, {"'\xE2\x82", 3, 2}, {"1\0002", 3, 2},
                {"'\xC3\xB1' \x80", 6, 5}, {"\xED\xA0\x80", 3, 1}, {"", 0, 1}, {"1\n+ \xFF", 5, 3},
        };
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                struct err err;
                /* The exact bytes in their own allocation, for the address sanitizer. */
                char *bytes = xmalloc(cases[i].len);
                memcpy(bytes, cases[i].bytes, cases[i].len);
                assert_int_equal(parse_bytes(bytes, cases[i].len, &err), ERR_INVALID);
                assert_int_equal(err.column, cases[i].column);
                free(bytes);
        }
}

/* Every beginning of a rich expression either parses or is refused; none breaks. */
static void test_every_beginning(void **state)
{
        (void)state;
        static const char text[] =
                "if(${a} >= 3.5 and not(regex('ñ', '[a-zñ]+')), concat(\"x\", -${b}, count(${r})), "
                "jr:choice-name('1', '${c}')) != format-date(today() - 1, '%d') or position(..) mod 2 = 1";
        for (size_t len = 0; len <= sizeof text - 1; len++) {
                struct err err = {.column = -1};
                if (parse_bytes(text, len, &err) == ERR_OK)
                        continue;
                assert_true(err.column >= 1 && err.text[0]);
        }
        parse(text);
}

static void test_lines(void **state)
{
        (void)state;
        struct err err;
        const char *text = "1 +\n  2 == 3";
        assert_int_equal(parse_bytes(text, strlen(text), &err), ERR_INVALID);
        assert_int_equal(err.line, 2);
        assert_int_equal(err.column, 5);
}

static void test_untouched_on_failure(void **state)
{
        (void)state;
        const struct expr *expr = (const struct expr *)&arena;
        assert_int_equal(expr_parse("1 +", 3, NULL, &arena, &expr, NULL), ERR_INVALID);
        assert_ptr_equal(expr, &arena);
}

static void check_refs(const char *text, const char *expected)
{
        int n;
        const int *refs = expr_refs(parse(text), &n);
        assert_int_equal(n, strlen(expected));
        for (int i = 0; i < n; i++)
                assert_int_equal(refs[i], expected[i] - 'a');
}

static void test_refs(void **state)
{
        (void)state;
        check_refs("1", "");
        check_refs("${a}", "a");
        check_refs("${c} + ${a} * ${b} - ${a}", "abc");
        check_refs("if(${z} = 1, ${b}, concat(${s}, ${b}))", "bsz");
        check_refs("count(${r})", "r");
        check_refs("indexed-repeat(${s}, ${r}, ${a})", "ars");
        check_refs("previous(a) + previous(${b})", "");
        check_refs("jr:choice-name(${a}, '${b}')", "a");
        check_refs("attribute(${d}, b)", "d");
}

static void test_what_it_reads(void **state)
{
        (void)state;
        assert_true(expr_reads_current(parse(". > 1")));
        assert_true(expr_reads_current(parse("once(1)")));
        assert_false(expr_reads_current(parse("${a} > 1")));
        assert_true(expr_is_volatile(parse("1 + concat('a', today())")));
        assert_true(expr_is_volatile(parse("now()")));
        assert_true(expr_is_volatile(parse("random()")));
        assert_true(expr_is_volatile(parse("uuid()")));
        assert_true(expr_is_volatile(parse("age-in-days(${a})")));
        assert_false(expr_is_volatile(parse("date('2026-03-01')")));
        assert_true(expr_reads_position(parse("position(..)")));
        assert_true(expr_reads_position(parse("indexed-repeat(${s}, ${r}, 1)")));
        assert_false(expr_reads_position(parse("count(${r})")));
        assert_true(expr_reads_previous(parse("previous(a)")));
        assert_false(expr_reads_previous(parse("${a}")));
        assert_true(expr_reads_records(parse("previous(a)")));
        assert_true(expr_reads_records(parse("attribute(${a}, 'b') = 1")));
        assert_true(expr_reads_records(parse("count-records(x, b, ${a})")));
        assert_false(expr_reads_records(parse("concat(${a}, record-id())")));
}

static void test_constant_boolean(void **state)
{
        (void)state;
        assert_int_equal(expr_constant_boolean(parse("true()")), 1);
        assert_int_equal(expr_constant_boolean(parse("(false())")), 0);
        assert_int_equal(expr_constant_boolean(parse("1")), -1);
        assert_int_equal(expr_constant_boolean(parse("'true'")), -1);
        assert_int_equal(expr_constant_boolean(parse("${a}")), -1);
}

static void check_reads(const char *text, int reads)
{
        answers_read = 0;
        expr_eval(parse(text), &env, &arena);
        if (answers_read != reads)
                fail_msg("%s: read %d answers, not %d", text, answers_read, reads);
}

static void test_laziness(void **state)
{
        (void)state;
        check_reads("if(true(), ${a}, ${b})", 1);
        check_reads("if(${b}, 1, ${c})", 1);
        check_reads("coalesce('x', ${a})", 0);
        check_reads("coalesce('', ${a})", 1);
        check_reads("false() and ${a}", 0);
        check_reads("true() or ${a}", 0);
        check_reads("${b} or ${c} or ${d}", 1);
        check_reads("${b} and ${c} and ${d}", 3);
        check_reads("${a} and ${c} and ${d}", 1);
        check_reads("${a} + ${b} + ${c}", 3);
}

/* No world at all: everything is empty, nothing breaks. */
static void test_empty_world(void **state)
{
        (void)state;
        static const char *const texts[] = {
                "${a}", ".", "previous(a)", "attribute('x', b)", "jr:choice-name('1', '${a}')",
                "indexed-repeat(${s}, ${r}, 1)", "position(..)", "join(',', ${s})", "sum(${s})",
        };
        for (size_t i = 0; i < ARRAY_LEN(texts); i++)
                assert_int_equal(expr_eval(parse(texts[i]), NULL, &arena).kind, VALUE_EMPTY);
        assert_false(expr_eval_boolean(parse("${a} > 1"), NULL, &arena));
        assert_true(expr_eval_boolean(parse("${a} = ''"), NULL, &arena));
}

/* A pattern with exponential backtracking on a long text ends within the limits. */
static void test_catastrophic_regex(void **state)
{
        (void)state;
        char *text = repeated("regex('", "a", 5000, "b', '((a+)*)*(x+x+)+y')");
        int64_t start = clock_monotonic_ms();
        assert_false(expr_eval_boolean(parse(text), NULL, &arena));
        assert_true(clock_monotonic_ms() - start < 2000);
        free(text);
}

static void test_long_regex_subject(void **state)
{
        (void)state;
        char *text = repeated("regex('", "ñ a1 ", 4000, "', '(\\p{L}+ ?[a-z]\\d ?)*')");
        assert_true(expr_eval_boolean(parse(text), NULL, &arena));
        free(text);
}

static void check_number(double number, const char *expected)
{
        const char *text = value_number_text(number, &arena);
        assert_string_equal(text, expected);
        if (isfinite(number))
                assert_true(value_parse_number(text) == number);
}

static void test_number_text(void **state)
{
        (void)state;
        check_number(0, "0");
        check_number(-0.0, "0");
        check_number(5e-324, value_number_text(5e-324, &arena));
        check_number(1.7976931348623157e308, value_number_text(1.7976931348623157e308, &arena));
        check_number(9007199254740991, "9007199254740991");
        check_number(-9007199254740993.0, "-9007199254740992");
        check_number(0.1, "0.1");
        check_number(-12.375, "-12.375");
        check_number(1e22, "10000000000000000000000");
        check_number(1e23, "100000000000000000000000");
        check_number(123456.123456, "123456.123456");
        check_number(0.1234567, "0.1234567");
        check_number(1e-7, "0.0000001");
        check_number(NAN, "NaN");
        check_number(-INFINITY, "-Infinity");
}

/* Random bit patterns print and read back the same. */
static void test_number_round_trip(void **state)
{
        (void)state;
        random_seed("round trip");
        for (int i = 0; i < 20000; i++) {
                double number;
                random_bytes(&number, sizeof number);
                if (isnan(number) || isinf(number))
                        continue;
                double small = (double)(int64_t)(random_unit() * 1e9) / 100;
                assert_true(value_parse_number(value_number_text(number, &arena)) == number);
                assert_true(value_parse_number(value_number_text(small, &arena)) == small);
                arena_clear(&arena);
        }
}

static void test_values(void **state)
{
        (void)state;
        struct value nan = value_number(NAN), one = value_number(1);
        struct value text = value_string("1"), blank = value_string(" ");
        struct value items[] = {one, text, VALUE_NONE};
        struct value sequence = {.kind = VALUE_SEQUENCE, .count = 3, .items = items};
        struct value empties = {.kind = VALUE_SEQUENCE, .count = 1, .items = &items[2]};
        struct value copy = value_copy(&sequence, &arena);
        assert_true(value_same(&nan, &nan));
        assert_false(value_same(&one, &text));
        assert_true(value_same(&copy, &sequence));
        assert_ptr_not_equal(copy.items, sequence.items);
        assert_ptr_not_equal(copy.items[1].string, text.string);
        assert_true(value_is_empty(&blank) && value_is_empty(&empties));
        assert_false(value_is_empty(&sequence) || value_is_empty(&nan));
        assert_int_equal(value_string("").kind, VALUE_EMPTY);
        assert_int_equal(value_string(NULL).kind, VALUE_EMPTY);
        assert_float_equal(value_to_number(&sequence), 1, 0);
        assert_true(value_to_boolean(&blank));
}

static void test_functions_table(void **state)
{
        (void)state;
        int n;
        const struct expr_function_info *functions = expr_functions(&n);
        assert_true(n >= 70);
        for (int i = 0; i < n; i++) {
                assert_true(functions[i].about[0] && strlen(functions[i].about) <= 80);
                assert_true(str_starts(functions[i].signature, functions[i].name));
                assert_true(str_ends(functions[i].signature, ")"));
                if (str_equal(functions[i].name, "round"))
                        assert_string_equal(functions[i].signature, "round(número[, número])");
        }
}

static void check_bad_world(const char *text, enum err_code expected)
{
        struct err err;
        struct json_env world;
        json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
        assert_non_null(json);
        assert_int_equal(json_env_init(&world, json, &err), expected);
        json_decref(json);
}

static void test_json_refused(void **state)
{
        (void)state;
        check_bad_world("[1]", ERR_INVALID);
        check_bad_world("{\"a\": 1, \"g\": {\"a\": 2}}", ERR_INVALID);
        check_bad_world("{\"a\": [{\"b\": 1}, 2]}", ERR_INVALID);
        char *deep = repeated("", "{\"a\":", 100, "1"), *text = repeated(deep, "}", 100, "");
        check_bad_world(text, ERR_LIMIT);
        free(deep);
        free(text);
}

static void test_json_none(void **state)
{
        (void)state;
        struct err err;
        struct json_env world;
        const struct expr *expr;
        assert_int_equal(json_env_init(&world, NULL, &err), ERR_OK);
        assert_int_equal(expr_parse("${x}", 4, &world.names, &arena, &expr, &err), ERR_INVALID);
        assert_int_equal(expr_parse("position(..)", 12, &world.names, &arena, &expr, &err), ERR_OK);
        assert_float_equal(expr_eval(expr, &world.env, &arena).number, 0, 0);
        json_env_release(&world);
}

static void test_report_is_one_line(void **state)
{
        (void)state;
        struct str out = STR_INIT;
        struct value value = value_string("a\nb\r\nc\\d");
        expr_report(&out, &value, &arena);
        assert_string_equal(out.text, "string a\\nb\\r\\nc\\d");
        str_release(&out);
}

#define TEST(function) cmocka_unit_test_teardown(function, clear_arena)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_long_chains), TEST(test_depth), TEST(test_size), TEST(test_hostile_bytes),
                TEST(test_every_beginning), TEST(test_lines), TEST(test_untouched_on_failure),
                TEST(test_refs), TEST(test_what_it_reads), TEST(test_constant_boolean), TEST(test_laziness),
                TEST(test_empty_world), TEST(test_catastrophic_regex), TEST(test_long_regex_subject),
                TEST(test_number_text), TEST(test_number_round_trip), TEST(test_values),
                TEST(test_functions_table), TEST(test_json_refused), TEST(test_json_none),
                TEST(test_report_is_one_line),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
