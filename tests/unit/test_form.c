/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms as they are once loaded: structure, names, templates, lists, order,
 * and the text that a form writes of itself.  Mistakes are in
 * test_form_vectors.c, hostile files in test_form_hostile.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form/catalog.h"

#define HEAD "form: prueba\nversion: \"1\"\ntitle: Ficha de prueba\ninstance_name: \"'x'\"\n"

static struct form *load(const char *text)
{
        struct err_list list = {0};
        struct form *form = form_load_text(text, strlen(text), "prueba.yaml", NULL, &list);
        for (int i = 0; i < list.n; i++)
                print_error("%s\n", list.items[i].text);
        assert_int_equal(list.n, 0);
        assert_non_null(form);
        err_list_release(&list);
        return form;
}

static const struct node *named(const struct form *form, const char *name)
{
        int index = form_find(form, name);
        assert_true(index > 0);
        return &form->nodes[index];
}

static const char *tree(void)
{
        const char *dir = getenv("SIMAE_TREE");
        return dir ? dir : ".";
}

static const char nested[] = HEAD
        "school: ie\ndate: fecha\nkind: entity\n"
        "choices:\n"
        "  si_no: [{name: si, label: Sí}, {name: no, label: No, hint: Nunca, orden: '2'}]\n"
        "  sin_uso: [{name: a, label: A}]\n"
        "survey:\n"
        "  - group: datos\n"
        "    label: Datos\n"
        "    sensitive: true\n"
        "    survey:\n"
        "      - {type: reference, name: ie, to: institucion, label: IE, required: true}\n"
        "      - {type: date, name: fecha, label: Fecha, default: today()}\n"
        "  - repeat: filas\n"
        "    label: Filas\n"
        "    survey:\n"
        "      - {type: select_one si_no, name: va, label: ¿Va?}\n"
        "      - group: dentro\n"
        "        survey:\n"
        "          - {type: integer, name: n, label: N, constraint: '. > position(..)'}\n"
        "      - repeat: otras\n"
        "        survey: [{type: text, name: t, label: T}]\n"
        "  - {type: calculate, name: suma, calculation: 'sum(${n})'}\n"
        "  - {type: note, label: 'Van ${suma} en ${ie}.'}\n";

static void test_preorder(void **state)
{
        static const struct { const char *name; int parent, end, depth; } expected[] = {
                {"prueba", -1, 12, 0}, {"datos", 0, 4, 1}, {"ie", 1, 3, 2}, {"fecha", 1, 4, 2}, {"filas", 0,
                                                                                                 10, 1},
                {"va", 4, 6, 2}, {"dentro", 4, 8, 2}, {"n", 6, 8, 3}, {"otras", 4, 10, 2}, {"t", 8, 10, 3},
                {"suma", 0, 11, 1}, {"nota_1", 0, 12, 1},
        };
        (void)state;
        struct form *form = load(nested);
        assert_int_equal(form->nodes_n, 12);
        assert_int_equal(form->nodes[0].end, 12);
        for (int i = 1; i < form->nodes_n; i++) {
                const struct node *node = &form->nodes[i];
                assert_string_equal(node->name, expected[i].name);
                assert_int_equal(node->index, i);
                assert_int_equal(node->parent, expected[i].parent);
                assert_int_equal(node->end, expected[i].end);
                assert_int_equal(node->depth, expected[i].depth);
                assert_int_equal(form_find(form, node->name), i);
        }
        assert_int_equal(form_find(form, "prueba"), -1);
        assert_int_equal(form_section_of(form, 7), 4);
        assert_int_equal(form_section_of(form, 0), 0);
        form_free(form);
}

static void test_scopes(void **state)
{
        (void)state;
        struct form *form = load(nested);
        assert_int_equal(form->scopes_n, 3);
        assert_int_equal(form->scopes[0].parent, -1);
        assert_int_equal(form->scopes[1].node, named(form, "filas")->index);
        assert_int_equal(form->scopes[2].parent, 1);
        assert_int_equal(named(form, "filas")->scope, 0);
        assert_int_equal(named(form, "filas")->opens_scope, 1);
        assert_int_equal(named(form, "n")->scope, 1);
        assert_int_equal(named(form, "t")->scope, 2);
        assert_int_equal(form->nodes[0].opens_scope, -1);
        for (int i = 0; i < form->nodes_n; i++)
                assert_int_equal(form->scopes[form->nodes[i].scope].slots[form->nodes[i].slot], i);
        form_free(form);
}

static void test_flags_and_types(void **state)
{
        (void)state;
        struct form *form = load(nested);
        assert_int_equal(form->kind, FORM_ENTITY);
        assert_int_equal(form->school, form_find(form, "ie"));
        assert_int_equal(form->subject, -1);
        assert_true(named(form, "ie")->flags & NODE_REQUIRED_ALWAYS);
        assert_true(named(form, "ie")->flags & NODE_SENSITIVE);
        assert_false(named(form, "suma")->flags & NODE_SENSITIVE);
        assert_true(node_is_question(named(form, "ie")));
        assert_false(node_is_question(named(form, "suma")));
        assert_true(node_has_answer(named(form, "suma")));
        assert_true(node_has_answer(named(form, "filas")));
        assert_false(node_has_answer(named(form, "datos")));
        assert_false(node_has_answer(named(form, "nota_1")));
        assert_string_equal(form->short_title, "Ficha de prueba");
        form_free(form);
}

static void test_lists(void **state)
{
        (void)state;
        struct form *form = load(nested);
        assert_int_equal(form->lists_n, 1);
        const struct choice_list *list = form_find_list(form, "si_no");
        assert_ptr_equal(list, named(form, "va")->list);
        const struct choice *no = choice_list_find(list, "no");
        assert_string_equal(choice_column(no, "orden"), "2");
        assert_string_equal(choice_column(no, "hint"), "Nunca");
        assert_string_equal(choice_column(&list->choices[0], "hint"), "");
        assert_null(choice_column(&list->choices[0], "orden"));
        assert_null(choice_list_find(list, "tal vez"));
        assert_null(form_find_list(form, "sin_uso"));
        form_free(form);
}

static void test_templates(void **state)
{
        (void)state;
        struct form *form = load(nested);
        const struct template *label = &named(form, "nota_1")->label;
        assert_int_equal(label->n, 5);
        assert_string_equal(label->parts[0].text, "Van ");
        assert_non_null(label->parts[1].expr);
        assert_string_equal(label->parts[2].text, " en ");
        assert_string_equal(label->parts[4].text, ".");
        assert_string_equal(label->plain, "Van ${suma} en ${ie}.");
        assert_int_equal(named(form, "ie")->label.n, 0);
        assert_string_equal(named(form, "ie")->hint.plain, "");
        form_free(form);
}

static bool depends(const struct form *form, const char *read, const char *reader)
{
        const struct node *node = named(form, read);
        for (int i = 0; i < node->dependents_n; i++)
                if (node->dependents[i] == form_find(form, reader))
                        return true;
        return false;
}

static void test_dependents_and_order(void **state)
{
        (void)state;
        struct form *form = load(HEAD
                "survey:\n"
                "  - {type: calculate, name: c, calculation: '${b} + ${b} + ${a}'}\n"
                "  - {type: calculate, name: b, calculation: '${a} * 2', relevant: \"${g1} != ''\"}\n"
                "  - {type: integer, name: a, label: A, constraint: '. > ${c} and ${a} > 0'}\n"
                "  - group: g\n"
                "    relevant: ${c} > 3\n"
                "    survey: [{type: text, name: d, label: D}]\n"
                "  - {type: text, name: g1, label: G}\n"
                "  - {type: date, name: e, label: E, default: today()}\n"
                "  - {type: date, name: f, label: F, constraint: '. <= today()', trigger: d, calculation: '1'}\n");
        assert_true(depends(form, "a", "b"));
        assert_true(depends(form, "b", "c"));
        assert_true(depends(form, "c", "a"));
        assert_false(depends(form, "a", "a"));
        assert_true(depends(form, "c", "g"));
        assert_false(depends(form, "c", "d"));
        assert_true(depends(form, "d", "f"));
        assert_int_equal(named(form, "b")->dependents_n, 1);
        assert_true(named(form, "a")->rank < named(form, "b")->rank);
        assert_true(named(form, "b")->rank < named(form, "c")->rank);
        assert_true(named(form, "g1")->rank < named(form, "b")->rank);
        assert_true(named(form, "c")->rank < named(form, "g")->rank);
        assert_true(named(form, "g")->rank < named(form, "d")->rank);
        assert_true(named(form, "d")->rank < named(form, "f")->rank);
        assert_int_equal(form->volatiles_n, 1);
        assert_int_equal(form->volatiles[0], form_find(form, "f"));
        form_free(form);
}

static void test_evidence(void **state)
{
        (void)state;
        struct form *form = load(HEAD
                "choices:\n"
                "  n4: [{name: '1', label: I}, {name: '2', label: II}, {name: '3', label: III}, {name: '4', label: IV}, {name: na, label: NA}]\n"
                "survey:\n"
                "  - {type: rating n4, name: r, label: Promueve el interés de los estudiantes y propicia que participen en la sesión, evidence: true, sensitive: true}\n"
                "  - {type: text, name: z, label: Z}\n");
        const struct node *node = named(form, "r_evidencia");
        assert_int_equal(node->index, named(form, "r")->index + 1);
        assert_int_equal(node->type, NODE_TEXT);
        assert_int_equal(node->flags, NODE_MULTILINE | NODE_EVIDENCE | NODE_SENSITIVE);
        assert_string_equal(node->hint.plain, "Anote el hecho observado que sustenta el nivel.");
        assert_string_equal(node->label.plain,
                            "Evidencia: Promueve el interés de los estudiantes y propicia que…");
        assert_null(node->required);
        assert_non_null(node->relevant);
        assert_true(depends(form, "r", "r_evidencia"));
        struct str text = STR_INIT;
        form_write(form, &text);
        assert_null(strstr(text.text, "r_evidencia"));
        str_release(&text);
        form_free(form);
}

static void test_languages(void **state)
{
        (void)state;
        struct form *form = load(HEAD
                "survey:\n"
                "  - type: text\n"
                "    name: a\n"
                "    label::English (en): Name\n"
                "    label::Español (es): Nombre\n"
                "    label: Otro\n"
                "    hint::Quechua (qu): Suti\n");
        assert_string_equal(named(form, "a")->label.plain, "Nombre");
        assert_string_equal(named(form, "a")->hint.plain, "");
        struct str text = STR_INIT;
        form_write(form, &text);
        assert_non_null(strstr(text.text, "\"label::English (en)\": \"Name\"\n"));
        assert_non_null(strstr(text.text, "\"hint::Quechua (qu)\": \"Suti\"\n"));
        str_release(&text);
        form_free(form);
}

/* The same nodes, whatever file they come from. */
static void assert_same(const struct form *a, const struct form *b)
{
        assert_int_equal(a->nodes_n, b->nodes_n);
        assert_int_equal(a->lists_n, b->lists_n);
        assert_int_equal(a->volatiles_n, b->volatiles_n);
        assert_string_equal(a->id, b->id);
        for (int i = 0; i < a->nodes_n; i++) {
                const struct node *x = &a->nodes[i], *y = &b->nodes[i];
                assert_string_equal(x->name, y->name);
                assert_string_equal(x->label.plain, y->label.plain);
                assert_string_equal(x->hint.plain, y->hint.plain);
                assert_int_equal(x->type, y->type);
                assert_int_equal(x->flags, y->flags);
                assert_int_equal(x->parent, y->parent);
                assert_int_equal(x->end, y->end);
                assert_int_equal(x->rank, y->rank);
                assert_int_equal(x->slot, y->slot);
                assert_int_equal(x->trigger, y->trigger);
                assert_int_equal(x->feeds_n, y->feeds_n);
                assert_int_equal(x->parameters_n, y->parameters_n);
                assert_int_equal(x->dependents_n, y->dependents_n);
                assert_int_equal(x->list ? x->list->n : -1, y->list ? y->list->n : -1);
                assert_int_equal(!x->relevant, !y->relevant);
                assert_int_equal(!x->constraint, !y->constraint);
                assert_int_equal(!x->calculation, !y->calculation);
        }
}

static void assert_round_trip(const struct form *form)
{
        struct str once = STR_INIT, twice = STR_INIT;
        form_write(form, &once);
        struct form *again = load(once.text);
        form_write(again, &twice);
        assert_string_equal(once.text, twice.text);
        assert_same(form, again);
        struct hash a = form_hash(form), b = form_hash(again);
        assert_true(hash_equal(&a, &b));
        form_free(again);
        str_release(&once);
        str_release(&twice);
}

static void test_round_trip(void **state)
{
        (void)state;
        struct form *form = load(nested);
        assert_round_trip(form);
        form_free(form);
        form = load(HEAD
                "note: |\n  Dos líneas\n  \"entre comillas\" y \\ barra\n"
                "survey:\n"
                "  - {type: text, name: a, label: \"tabulador \\t y NEL \\N y \\u2028 fin\", required: yes}\n"
                "  - {type: text, name: yes, label: 'true', hint: '- no: es # nada'}\n"
                "  - {type: note, label: '   ñ   '}\n"
                "  - {type: range, name: r, label: R, parameters: {start: -1, step: .5}}\n");
        assert_round_trip(form);
        form_free(form);
}

/* Spaces, quotes, comments and the order of keys do not change what a form is. */
static void test_hash(void **state)
{
        (void)state;
        struct form *a = load(HEAD "survey:\n  - {type: text, name: a, label: A, required: true}\n");
        struct form *b = load("# nota\ntitle: 'Ficha de prueba'\r\nversion: 1\r\ninstance_name: \"'x'\"\r\nform: prueba\r\n"
                              "survey:\r\n  - name: a\r\n    type: text\r\n    required: yes\r\n    label: \"A\"\r\n");
        struct form *c = load(HEAD "survey:\n  - {type: text, name: a, label: B, required: true}\n");
        struct hash ha = form_hash(a), hb = form_hash(b), hc = form_hash(c);
        assert_true(hash_equal(&ha, &hb));
        assert_false(hash_equal(&ha, &hc));
        form_free(a);
        form_free(b);
        form_free(c);
}

static void test_byte_order_mark(void **state)
{
        (void)state;
        struct form *form = load("\xEF\xBB\xBF" HEAD "survey:\n  - {type: note, label: N}\n");
        form_free(form);
}

/* A form of 10,000 questions, each relevant on the one before, and a sum of them all. */
static char *large_form(int questions)
{
        struct str text = STR_INIT;
        str_add(&text, HEAD "survey:\n");
        for (int i = 0; i < questions; i++)
                str_addf(&text,
                         "  - type: integer\n    name: q%d\n    label: Pregunta %d\n    relevant: %s%d%s\n"
                         "    constraint: . >= 0\n    constraint_message: No puede ser negativo\n", i, i,
                         i ? "${q" : "", i ? i - 1 : 1, i ? "} > 0" : " = 1");
        str_add(&text, "  - type: calculate\n    name: total\n    calculation: 0");
        for (int i = 0; i < questions; i++)
                str_addf(&text, " + ${q%d}", i);
        str_add(&text, "\n");
        return str_detach(&text);
}

static void test_large(void **state)
{
        enum { QUESTIONS = 10000 };
        (void)state;
        char *text = large_form(QUESTIONS);
        struct form *form = load(text);
        free(text);
        assert_int_equal(form->nodes_n, QUESTIONS + 2);
        assert_int_equal(named(form, "total")->rank, QUESTIONS + 1);
        assert_int_equal(named(form, "q0")->dependents_n, 2);
        assert_round_trip(form);
        form_free(form);
}

/* The forms of this tree, when they are there. */
static void test_real_forms(void **state)
{
        struct form_catalog catalog;
        struct err_list list = {0};
        struct err err = {0};
        char *dir = xasprintf("%s/forms", tree());
        (void)state;
        enum err_code code = form_catalog_load(dir, &catalog, &list, &err);
        free(dir);
        if (code == ERR_NOT_FOUND)
                skip();
        for (int i = 0; i < list.n; i++)
                print_error("%s\n", list.items[i].text);
        assert_int_equal(list.n, 0);
        for (int i = 0; i < catalog.n; i++) {
                assert_round_trip(catalog.forms[i]);
                assert_ptr_equal(form_catalog_find(&catalog, catalog.forms[i]->id), catalog.forms[i]);
        }
        form_catalog_release(&catalog);
        err_list_release(&list);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_preorder), cmocka_unit_test(test_scopes), cmocka_unit_test(test_flags_and_types),
                cmocka_unit_test(test_lists), cmocka_unit_test(test_templates),
                cmocka_unit_test(test_dependents_and_order), cmocka_unit_test(test_evidence),
                cmocka_unit_test(test_languages), cmocka_unit_test(test_round_trip), cmocka_unit_test(test_hash),
                cmocka_unit_test(test_byte_order_mark), cmocka_unit_test(test_large), cmocka_unit_test(test_real_forms),
        };
        return cmocka_run_group_tests_name("formularios", tests, NULL, NULL);
}
