/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs every file of tests/vectors/expr (format in its README.txt) and names
 * each line that does not give what it says.  Also: that there are enough of
 * them, and that no function is without any.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "expr/json_env.h"
#include "expr/report.h"

enum { VECTORS_MIN = 600, FUNCTIONS_MAX = 200 };

static struct {
        const char *file;
        int line, vectors, failures;
        struct json_env world;
        bool used[FUNCTIONS_MAX];
} run;

static void complain(const char *expression, const char *expected, const char *found)
{
        run.failures++;
        print_error("%s:%d: %s\n        expected: %s\n        found:    %s\n", run.file, run.line, expression,
                    expected, found);
}

static void set_answers(const char *text)
{
        json_error_t bad;
        struct err err;
        json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &bad);
        if (!json)
                fail_msg("%s:%d: JSON: %s", run.file, run.line, bad.text);
        json_env_release(&run.world);
        if (json_env_init(&run.world, json, &err) != ERR_OK)
                fail_msg("%s:%d: %s", run.file, run.line, err.text);
        json_decref(json);
}

static void set_now(const char *text)
{
        struct datetime now;
        if (!datetime_parse(text, -300, &now))
                fail_msg("%s:%d: not a datetime", run.file, run.line);
        clock_test_set(&now);
}

static const char name_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-:";

/* `name(` not preceded by a letter of a longer name. */
static bool calls(const char *expression, const char *name)
{
        size_t len = strlen(name);
        for (const char *p = strstr(expression, name); p; p = strstr(p + 1, name))
                if (p[len] == '(' && (p == expression || !strchr(name_letters, p[-1])))
                        return true;
        return false;
}

static void note_functions(const char *expression)
{
        int n;
        const struct expr_function_info *functions = expr_functions(&n);
        for (int i = 0; i < n; i++)
                if (!run.used[i])
                        run.used[i] = calls(expression, functions[i].name);
}

/* `\n` and `\t` in a vector stand for the characters. */
static void unescape(char *text)
{
        char *out = text;
        for (; *text; text++) {
                if (text[0] == '\\' && (text[1] == 'n' || text[1] == 't'))
                        *out++ = *++text == 'n' ? '\n' : '\t';
                else
                        *out++ = *text;
        }
        *out = '\0';
}

static void check_error(const char *expression, const char *expected, const struct err *err)
{
        char found[ERR_TEXT_MAX + 32], *words = NULL;
        long column = strncmp(expected, "error ", 6) == 0 ? strtol(expected + 6, &words, 10) : -1;
        snprintf(found, sizeof found, "error %d %s", err->column, err->text);
        if (column != err->column || !strstr(err->text, words + strspn(words, " ")))
                complain(expression, expected, found);
}

static void check_vector(char *expression, const char *expected)
{
        struct arena arena = {0};
        struct str line = STR_INIT;
        const struct expr *expr;
        struct err err;
        unescape(expression);
        run.vectors++;
        note_functions(expression);
        if (expr_parse(expression, strlen(expression), &run.world.names, &arena, &expr, &err) != ERR_OK) {
                check_error(expression, expected, &err);
        } else {
                struct value value = expr_eval(expr, &run.world.env, &arena);
                expr_report(&line, &value, &arena);
                if (strcmp(line.text, expected) != 0)
                        complain(expression, expected, line.text);
        }
        str_release(&line);
        arena_release(&arena);
}

static void run_line(char *line)
{
        if (line[0] == '#' || line[0] == '\0')
                return;
        if (strncmp(line, "@answers ", 9) == 0) {
                set_answers(line + 9);
        } else if (strncmp(line, "@now ", 5) == 0) {
                set_now(line + 5);
        } else {
                char *mark = NULL;
                for (char *p = strstr(line, " :: "); p; p = strstr(p + 1, " :: "))
                        mark = p;
                if (!mark)
                        fail_msg("%s:%d: no ' :: ' in the line", run.file, run.line);
                const char *expected = mark + 4;
                *mark = '\0';
                while (mark > line && mark[-1] == ' ')
                        *--mark = '\0';
                check_vector(line, expected);
        }
}

static void run_file(const char *path)
{
        char *line = NULL;
        size_t room = 0;
        ssize_t len;
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        set_answers("{}");
        run.file = path;
        run.line = 0;
        while ((len = getline(&line, &room, file)) >= 0) {
                run.line++;
                if (len > 0 && line[len - 1] == '\n')
                        line[len - 1] = '\0';
                run_line(line);
        }
        free(line);
        fclose(file);
}

static void test_vectors(void **state)
{
        (void)state;
        glob_t files;
        assert_int_equal(glob("tests/vectors/expr/*.txt", 0, NULL, &files), 0);
        random_seed("vectors");
        for (size_t i = 0; i < files.gl_pathc; i++)
                if (!strstr(files.gl_pathv[i], "README"))
                        run_file(files.gl_pathv[i]);
        globfree(&files);
        json_env_release(&run.world);
        clock_test_set(NULL);
        print_message("%d expression vectors\n", run.vectors);
        assert_int_equal(run.failures, 0);
        assert_true(run.vectors >= VECTORS_MIN);
}

static void test_every_function_has_vectors(void **state)
{
        (void)state;
        int n, missing = 0;
        const struct expr_function_info *functions = expr_functions(&n);
        assert_true(n <= FUNCTIONS_MAX);
        for (int i = 0; i < n; i++) {
                if (!run.used[i])
                        print_error("no vector calls %s()\n", functions[i].name);
                missing += !run.used[i];
        }
        assert_int_equal(missing, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_vectors),
                cmocka_unit_test(test_every_function_has_vectors),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
