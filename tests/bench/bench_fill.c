/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long one answer takes, as "name value unit" lines.
 *
 * A form of N questions and one calculation, `total`, that sums the first half;
 * nothing reads the second half.  Answering there must cost the same at 1,000
 * and at 10,000 questions; answering in the first half costs one sum.  Then a
 * repeat of 500 rows of 20 fields with calculations that read it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "bench.h"
#include "fill/session.h"

static struct form *load(struct str *text)
{
        struct err_list mistakes = {0};
        struct form *form = form_load_text(text->text, text->len, "bench", NULL, &mistakes);
        for (int i = 0; i < mistakes.n && i < 5; i++)
                fprintf(stderr, "%s\n", mistakes.items[i].text);
        if (!form)
                exit(1);
        err_list_release(&mistakes);
        str_release(text);
        return form;
}

static void head(struct str *text)
{
        str_add(text, "form: bench\nversion: \"1\"\ntitle: Bench\nkind: record\n"
                      "instance_name: concat(${q0}, '')\nsurvey:\n");
}

static struct form *big_form(int n)
{
        struct str text = STR_INIT;
        head(&text);
        for (int i = 0; i < n; i++) {
                if (i % 100 == 0)
                        str_addf(&text, "  - group: g%d\n    label: G%d\n    survey:\n", i / 100, i / 100);
                str_addf(&text, "      - {type: integer, name: q%d, label: Q%d, constraint: \". >= 0\"}\n",
                         i, i);
        }
        str_add(&text, "  - {type: calculate, name: total, calculation: \"sum(");
        for (int i = 0; i < n / 2; i++)
                str_addf(&text, "%s${q%d}", i ? ", " : "", i);
        str_add(&text, ")\"}\n");
        return load(&text);
}

static double one_answer(struct session *s, int first, int count, int times)
{
        char name[32];
        struct place *places = xcalloc((size_t)count, sizeof *places);
        for (int i = 0; i < count; i++) {
                snprintf(name, sizeof name, "q%d", first + i);
                places[i] = place_parse(s, name);
                session_answer(s, places[i], "3");
        }
        session_log_taken(s);
        double begin = now_us();
        for (int i = 0; i < times; i++) {
                session_answer(s, places[i % count], i / count % 2 ? "7" : "8");
                if (i % 100 == 99)
                        session_log_taken(s);
        }
        double took = now_us() - begin;
        free(places);
        return took * 1e3 / times;
}

static void bench_answers(int n)
{
        struct form *form = big_form(n);
        double begin = now_us();
        struct session *s = session_new(form, NULL);
        printf("session_new_%d %.0f us\n", n, now_us() - begin);
        printf("answer_read_by_total_%d %.0f ns\n", n, one_answer(s, 0, n / 2, n < 5000 ? 2000 : 500));
        printf("answer_read_by_nobody_%d %.0f ns\n", n, one_answer(s, n / 2, n / 2, 20000));
        session_free(s);
        form_free(form);
}

static struct form *rows_form(void)
{
        struct str text = STR_INIT;
        head(&text);
        str_add(&text, "  - {type: text, name: q0, label: Q}\n"
                       "  - repeat: filas\n    label: Filas\n    survey:\n");
        for (int i = 0; i < 17; i++)
                str_addf(&text, "      - {type: integer, name: c%d, label: C, default: \"1\", "
                                "constraint: \". < 50\"}\n", i);
        str_add(&text, "      - {type: calculate, name: n, calculation: position(..)}\n"
                       "      - {type: calculate, name: suma, calculation: \"${c0} + ${c1} + ${c2}\"}\n"
                       "      - {type: select_one si_no, name: ok, label: Ok, relevant: \"${suma} > 2\"}\n"
                       "  - {type: calculate, name: total, calculation: \"sum(${suma})\"}\n"
                       "choices:\n  si_no:\n    - {name: \"si\", label: \"Sí\"}\n");
        return load(&text);
}

static void bench_rows(void)
{
        struct form *form = rows_form();
        struct session *s = session_new(form, NULL);
        struct place repeat = place_parse(s, "filas");
        double begin = now_us();
        for (int i = 0; i < 500; i++)
                session_row_add(s, repeat);
        printf("add_500_rows_of_20 %.1f ms\n", (now_us() - begin) / 1e3);
        struct place cell = place_parse(s, "c0@250");
        begin = now_us();
        for (int i = 0; i < 1000; i++)
                session_answer(s, cell, i % 2 ? "7" : "8");
        printf("answer_in_500_rows %.0f ns\n", (now_us() - begin) * 1e3 / 1000);
        begin = now_us();
        char *snapshot = session_snapshot(s);
        printf("snapshot_500_rows %.1f ms\n", (now_us() - begin) / 1e3);
        struct session *again = session_new(form, NULL);
        begin = now_us();
        session_replay(again, snapshot, NULL);
        printf("resume_500_rows %.1f ms\n", (now_us() - begin) / 1e3);
        free(snapshot);
        session_free(again);
        session_free(s);
        form_free(form);
}

int main(void)
{
        bench_answers(1000);
        bench_answers(10000);
        bench_rows();
        return 0;
}
