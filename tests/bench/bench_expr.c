/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speed of the expression layer: short expressions parsed, checked and
 * evaluated one by one as `simae expresion --lote` does, evaluation alone as
 * the filling of a form does, and one sum of 10,000 terms.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "expr/json_env.h"
#include "expr/report.h"

static const char *const texts[] = {
        "1 + 2 * 3",
        "${edad} >= 6 and ${edad} <= 12",
        "if(${edad} > 5, 'sí', 'no')",
        "concat(${nombre}, ' (', ${edad}, ')')",
        "round(100 * ${edad} div 28, 1)",
        "selected(${marcas}, 'b') and not(selected(${marcas}, 'z'))",
        "${fecha} >= '2026-03-01'",
        "coalesce(${vacia}, 0) + 1",
        "sum(${notas}) div count(${notas})",
        "string-length(normalize-space(${nombre})) > 3",
};
enum { TEXTS = ARRAY_LEN(texts), ROUNDS = 60000 };

static struct json_env world;

static const struct expr *parse(const char *text, struct arena *arena)
{
        struct err err;
        const struct expr *expr;
        if (expr_parse(text, strlen(text), &world.names, arena, &expr, &err) != ERR_OK) {
                fprintf(stderr, "%s: %s\n", text, err.text);
                exit(1);
        }
        return expr;
}

static void show(const char *what, double count, int64_t start)
{
        double seconds = (double)(clock_monotonic_ms() - start) / 1000;
        printf("%-32s %12.0f per second\n", what, count / (seconds > 0 ? seconds : 0.001));
}

static void bench_batch(void)
{
        struct arena arena = {0};
        struct str out = STR_INIT;
        int64_t start = clock_monotonic_ms();
        for (int i = 0; i < ROUNDS; i++)
                for (int j = 0; j < TEXTS; j++) {
                        struct value value = expr_eval(parse(texts[j], &arena), &world.env, &arena);
                        str_clear(&out);
                        expr_report(&out, &value, &arena);
                        arena_clear(&arena);
                }
        show("parse, check, evaluate, print", (double)ROUNDS * TEXTS, start);
        str_release(&out);
        arena_release(&arena);
}

static void bench_evaluation(void)
{
        struct arena form = {0}, arena = {0};
        const struct expr *parsed[TEXTS];
        for (int j = 0; j < TEXTS; j++)
                parsed[j] = parse(texts[j], &form);
        int64_t start = clock_monotonic_ms();
        for (int i = 0; i < 5 * ROUNDS; i++)
                for (int j = 0; j < TEXTS; j++) {
                        expr_eval(parsed[j], &world.env, &arena);
                        arena_clear(&arena);
                }
        show("evaluate alone", 5.0 * ROUNDS * TEXTS, start);
        arena_release(&arena);
        arena_release(&form);
}

static void bench_long_sum(void)
{
        enum { TERMS = 10000, TIMES = 200 };
        struct arena arena = {0};
        struct str text = STR_INIT;
        str_add(&text, "0");
        for (int i = 0; i < TERMS; i++)
                str_add(&text, " + ${edad}");
        int64_t start = clock_monotonic_ms();
        for (int i = 0; i < TIMES; i++) {
                expr_eval(parse(text.text, &arena), &world.env, &arena);
                arena_clear(&arena);
        }
        show("terms of a sum of 10,000", (double)TERMS * TIMES, start);
        str_release(&text);
        arena_release(&arena);
}

int main(void)
{
        struct err err;
        json_t *answers = json_loads("{\"edad\": 9, \"nombre\": \"Ana Núñez\", \"marcas\": \"a b c\","
                                     " \"vacia\": null, \"fecha\": {\"date\": \"2026-03-15\"},"
                                     " \"notas\": [14, 12, 17, null]}", 0, NULL);
        if (json_env_init(&world, answers, &err) != ERR_OK)
                return 1;
        json_decref(answers);
        bench_batch();
        bench_evaluation();
        bench_long_sum();
        json_env_release(&world);
        return 0;
}
