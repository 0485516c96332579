/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents for paper: the two writers, conditions in words, and the blank of every form that is shipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "export/paper.h"
#include "expr/words.h"
#include "form/catalog.h"
#include "page.h"

/* ---- Conditions in words ---- */

/* a to z are answers; the choices of b are si and no. */
static bool answer_name(void *ctx, const char *name, int *ret_ref, enum expr_name_kind *ret_kind)
{
        (void)ctx;
        *ret_ref = name[0] - 'a';
        *ret_kind = EXPR_NAME_VALUE;
        return true;
}

static const char *label(void *ctx, int ref, struct arena *arena)
{
        (void)ctx;
        return arena_printf(arena, "%c", 'A' + ref);
}

static const char *choice(void *ctx, int ref, const char *name, struct arena *arena)
{
        (void)ctx;
        (void)arena;
        return ref != 1 ? NULL : strcmp(name, "si") == 0 ? "Sí" : strcmp(name, "no") == 0 ? "No" : NULL;
}

static const struct expr *parse(const char *text, struct arena *arena)
{
        static const struct expr_names names = {.answer = answer_name, .current = true};
        const struct expr *expr = NULL;
        struct err err;
        if (expr_parse(text, strlen(text), &names, arena, &expr, &err) != ERR_OK)
                fail_msg("%s: %s", text, err.text);
        return expr;
}

static void a_condition_is_told_in_words(void **state)
{
        static const struct { const char *text, *words; } cases[] = {
                {"${b} = 'no'", "“B” es No"},
                {"${b} != 'no'", "“B” no es No"},
                {"not(${b} = 'no')", "“B” no es No"},
                {"${a} = ''", "“A” está sin responder"},
                {"not(${a} = '')", "“A” tiene respuesta"},
                {"${b} = 'si' or ${b} = 'no' or ${c} = 'x'", "“B” es Sí o No o “C” es x"},
                {"${b} != 'si' and ${b} != 'no'", "“B” no es Sí ni No"},
                {"selected(${b}, 'si')", "en “B” se marcó Sí"},
                {"not(selected(${b}, 'si')) and ${a} > -3", "en “B” no se marcó Sí y “A” es mayor que -3"},
                {"${a} >= 2", "“A” es por lo menos 2"},
                {"${a} <= 2", "“A” no pasa de 2"},
                {"not(${a} >= 2)", "“A” es menor que 2"},
                /* What is more than that is not told. */
                {"${a} = ${b}", NULL},
                {"${a} = 1 or (${b} = 'si' and ${c} = 2)", NULL},
                {"contains(${a}, 'x')", NULL},
                {"${a} + 1 > 2", NULL},
                {"not(${a} < 2)", NULL},
        };
        static const struct expr_speaker speaker = {NULL, label, choice};
        struct arena arena = {0};
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                const char *words = expr_words(parse(cases[i].text, &arena), &speaker, &arena);
                if (!str_equal(words, cases[i].words))
                        fail_msg("%s: «%s»", cases[i].text, words ? words : "nothing");
        }
        arena_release(&arena);
}

static void bounds_and_digits_are_read_from_a_constraint(void **state)
{
        struct arena arena = {0};
        double min, max;
        (void)state;
        expr_bounds(parse(". >= 0 and . <= 60", &arena), &min, &max);
        assert_true(min == 0 && max == 60);
        expr_bounds(parse(". > 0", &arena), &min, &max);
        assert_true(min == 1 && isnan(max));
        expr_bounds(parse(". >= 0 and (${a} = '' or . <= ${a})", &arena), &min, &max);
        assert_true(min == 0 && isnan(max));
        expr_bounds(parse(". >= 0 or . <= -5", &arena), &min, &max);
        assert_true(isnan(min) && isnan(max));
        assert_int_equal(expr_digits(parse("regex(., '[0-9]{7}')", &arena)), 7);
        assert_int_equal(expr_digits(parse("regex(., '[0-9]')", &arena)), 1);
        assert_int_equal(expr_digits(parse("regex(., '[0-9]{7}x')", &arena)), 0);
        assert_int_equal(expr_digits(parse(". > 3", &arena)), 0);
        arena_release(&arena);
}

/* ---- The writers ---- */

static const char nasty[] = "</td><script>alert('x')</script> & \"comillas\" \x1b[2J\x07 \xc2\x9b ñandú 日本語";

static struct doc nasty_doc(void)
{
        static const struct doc_column columns[] = {{nasty, 1}, {"Otra", 20}, {"", 3}};
        static const struct doc_option options[] = {{"1", nasty, nasty}, {"", "Palabra-larguísima-que-no-cabe-en-una-línea-"
                                                                          "de-ochenta-columnas-porque-nadie-la-partió-antes", ""}};
        struct doc doc;
        doc_init(&doc, "x", nasty);
        doc.subtitle = doc.facts = doc.footer = nasty;
        doc.mark = "Reservado";
        doc_heading(&doc, 1, nasty, nasty);
        doc_note(&doc, nasty);
        for (int room = DOC_TEXT; room <= DOC_LEVELS; room++)
                for (int span = 3; span <= DOC_SPAN; span += 3)
                        doc_field(&doc, &(struct doc_field){.room = (enum doc_room)room, .label = nasty, .text = nasty,
                                                            .hint = nasty, .only = nasty, .span = span, .n = 9,
                                                            .options = options, .options_n = 2, .required = true});
        doc_table(&doc, columns, 3);
        doc_row(&doc, (const char *const[]){nasty, nasty, nasty});
        doc_row(&doc, NULL);
        doc_signature(&doc, nasty, nasty);
        doc_signature(&doc, "", nasty);
        return doc;
}

static void nothing_in_a_text_becomes_markup_or_steers(void **state)
{
        struct doc doc = nasty_doc();
        (void)state;
        char *html = page_text(&doc, "html"), *text = page_text(&doc, "texto");
        assert_null(strstr(html, "<script"));
        assert_non_null(strstr(html, "&lt;script&gt;alert(&#39;x&#39;)"));
        page_is_well_formed(html);
        page_is_clean(html, 0);
        page_is_clean(text, DOC_COLUMNS);
        free(html);
        free(text);
        doc_release(&doc);
}

static void columns_get_what_they_need(void **state)
{
        static const struct doc_column columns[] = {{"N.º", 1}, {"Texto", 5}, {"Fecha", 5}};
        int widths[DOC_TABLE_MAX];
        struct doc doc;
        (void)state;
        doc_init(&doc, "x", "x");
        doc_table(&doc, columns, 3);
        doc_row(&doc, NULL);
        doc_table_widths(&doc, 0, 80, 3, widths);
        assert_int_equal(widths[0] + widths[1] + widths[2], 74);
        assert_in_range(widths[2], 25, 40);
        doc_row(&doc, (const char *const[]){"1", "Una frase que es más larga que las demás", "12/12/2026"});
        doc_table_widths(&doc, 0, 80, 3, widths);
        assert_int_equal(widths[0], 3);
        assert_int_equal(widths[2], 10);
        assert_int_equal(widths[1], 61);
        /* On a line where nothing fits, all keep something and the line is not passed. */
        doc_table_widths(&doc, 0, 15, 3, widths);
        assert_int_equal(widths[0] + widths[1] + widths[2], 9);
        doc_release(&doc);
}

/* ---- The forms that are shipped ---- */

static struct form_catalog catalog;

static int load_forms(void **state)
{
        const char *tree = getenv("SIMAE_TREE");
        char *path = xasprintf("%s/forms", tree ? tree : ".");
        struct err_list mistakes = {0};
        struct err err;
        (void)state;
        enum err_code rc = form_catalog_load(path, &catalog, &mistakes, &err);
        free(path);
        err_list_release(&mistakes);
        return rc == ERR_OK && catalog.n > 0 ? 0 : -1;
}

static int free_forms(void **state)
{
        (void)state;
        form_catalog_release(&catalog);
        return 0;
}

static const struct form *find_form(void *ctx, const char *id)
{
        (void)ctx;
        return form_catalog_find(&catalog, id);
}

/* On paper there is a place for each question that a person answers. */
static void has_every_question(const struct form *form, const char *html)
{
        for (int i = 1; i < form->nodes_n; i++) {
                const struct node *node = &form->nodes[i];
                bool derived = (node->flags & NODE_READ_ONLY_ALWAYS) && node->calculation;
                bool asked = node_is_question(node) && node->type != NODE_HIDDEN && node->scope == 0;
                if (!asked || derived || node->label.n || node->flags & (NODE_EVIDENCE | NODE_PENDING))
                        continue;
                size_t len = strcspn(node->label.plain, "\"'&<>(");
                char *words = xstrndup(node->label.plain, len);
                while (len && words[len - 1] == ' ')
                        words[--len] = '\0';
                if (!strstr(html, words))
                        fail_msg("%s: there is no «%s»", form->id, words);
                free(words);
        }
}

static void every_form_has_its_blank(void **state)
{
        (void)state;
        for (int i = 0; i < catalog.n; i++) {
                struct doc doc;
                paper_blank(catalog.forms[i], find_form, NULL, &doc);
                char *html = page_text(&doc, "html"), *text = page_text(&doc, "texto");
                page_is_well_formed(html);
                page_is_clean(text, DOC_COLUMNS);
                has_every_question(catalog.forms[i], html);
                free(html);
                free(text);
                doc_release(&doc);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_condition_is_told_in_words),
                cmocka_unit_test(bounds_and_digits_are_read_from_a_constraint),
                cmocka_unit_test(nothing_in_a_text_becomes_markup_or_steers),
                cmocka_unit_test(columns_get_what_they_need),
                cmocka_unit_test_setup_teardown(every_form_has_its_blank, load_forms, free_forms),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
