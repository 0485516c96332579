/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as an expression, over a small world; what parses is evaluated. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "expr/json_env.h"
#include "expr/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char answers_text[] =
        "{\"a\":1,\"b\":\"dos\",\"c\":null,\"d\":{\"date\":\"2026-03-01\"},\"e\":[1,null,3],\"s\":{\"set\":\"x y\"},"
        "\"f\":[{\"g\":1,\"h\":\"p\"},{\"g\":2}],\".\":5,\"@position\":{\"..\":1,\"f\":1},"
        "\"@lists\":{\"l\":[{\"name\":\"1\",\"label\":\"Uno\"}]},\"@previous\":{\"a\":\"7\"},\"@columns\":{\"k\":\"v\"}}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static struct json_env world;
        static struct arena arena;
        const struct expr *expr;
        struct err err = {0};
        if (!world.answers) {
                struct datetime now = {.days = 20513, .ms = 29100000, .offset = -300};
                json_t *answers = json_loads(answers_text, 0, NULL);
                if (!answers || json_env_init(&world, answers, &err) != ERR_OK)
                        abort();
                json_decref(answers);
                clock_test_set(&now);
                random_seed("fuzz");
        }
        arena_clear(&arena);
        if (expr_parse((const char *)data, size, &world.names, &arena, &expr, &err) != ERR_OK) {
                if (err.column < 1 || !err.text[0])
                        abort();
                return 0;
        }
        struct value value = expr_eval(expr, &world.env, &arena);
        struct str out = STR_INIT;
        expr_report(&out, &value, &arena);
        if (!out.len || memchr(out.text, '\n', out.len))
                abort();
        str_release(&out);
        return 0;
}
