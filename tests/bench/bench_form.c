/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speed of the form layer: a form of 10,000 questions, each with a relevant, a
 * constraint and messages, and one sum of them all.  The peer is libyaml alone,
 * which reads the same text and throws it away, in turns within the same run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "bench.h"
#include "form/form.h"

enum { QUESTIONS = 10000, ROUNDS = 15 };

static char *large_form(void)
{
        struct str text = STR_INIT;
        str_add(&text, "form: grande\nversion: \"1\"\ntitle: Grande\ninstance_name: ${q0}\n"
                       "choices:\n  si_no: [{name: si, label: Sí}, {name: no, label: No}]\nsurvey:\n");
        for (int i = 0; i < QUESTIONS; i++)
                str_addf(&text, "  - type: %s\n    name: q%d\n    label: Pregunta número %d de la ficha\n"
                         "    required: true\n    relevant: %s%d%s\n    constraint: . != ''\n"
                         "    constraint_message: Revise la respuesta\n", i % 2 ? "integer" : "select_one si_no",
                         i, i,
                         i ? "${q" : "", i ? i - 1 : 1, i ? "} != ''" : " = 1");
        str_add(&text, "  - type: calculate\n    name: total\n    calculation: 0");
        for (int i = 0; i < QUESTIONS; i++)
                str_addf(&text, " + ${q%d}", i);
        str_add(&text, "\n");
        return str_detach(&text);
}

static double load_ms(const char *text)
{
        struct err_list list = {0};
        double start = now_ms();
        struct form *form = form_load_text(text, strlen(text), "grande.yaml", NULL, &list);
        double taken = now_ms() - start;
        if (!form) {
                fprintf(stderr, "%s\n", list.items[0].text);
                exit(1);
        }
        form_free(form);
        return taken;
}

static double libyaml_ms(const char *text)
{
        yaml_parser_t parser;
        yaml_event_t event;
        bool end = false;
        double start = now_ms();
        yaml_parser_initialize(&parser);
        yaml_parser_set_input_string(&parser, (const unsigned char *)text, strlen(text));
        while (!end && yaml_parser_parse(&parser, &event)) {
                end = event.type == YAML_STREAM_END_EVENT;
                yaml_event_delete(&event);
        }
        yaml_parser_delete(&parser);
        return now_ms() - start;
}

static void show(const char *name, double *times)
{
        double middle = median(times, ROUNDS);
        printf("%-28s %8.1f ms (median of %d; least %.1f)\n", name, middle, ROUNDS, times[0]);
}

int main(void)
{
        double ours[ROUNDS], peer[ROUNDS];
        char *text = large_form();
        for (int i = 0; i < ROUNDS; i++) {
                ours[i] = load_ms(text);
                peer[i] = libyaml_ms(text);
        }
        printf("%d questions, %.1f MB\n", QUESTIONS, (double)strlen(text) / 1e6);
        show("form_load_text", ours);
        show("libyaml alone", peer);
        free(text);
        return 0;
}
