/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of forms: what is read, what is told and once only, what is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "form/catalog.h"
#include "../scratch.h"

static char dir[64];
static struct form_catalog catalog;
static struct err_list list;

static int make_dir(void **state)
{
        static const char *const folders[] = {"fragmentos", "listas", "simae", "directorio"};
        (void)state;
        if (!scratch_folder(dir, sizeof dir, "catalogo"))
                return -1;
        for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
                char *path = xasprintf("%s/%s", dir, folders[i]);
                mkdir(path, 0700);
                free(path);
        }
        return 0;
}

static int remove_dir(void **state)
{
        (void)state;
        char *command = xasprintf("rm -rf '%s'", dir);
        int status = system(command);
        free(command);
        return status;
}

static int empty_dir(void **state)
{
        (void)state;
        char *command = xasprintf("find '%s' -type f -delete", dir);
        int status = system(command);
        free(command);
        form_catalog_release(&catalog);
        err_list_release(&list);
        return status;
}

static void put(const char *name, const char *text)
{
        char *path = xasprintf("%s/%s", dir, name);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(text, file);
        fclose(file);
        free(path);
}

static void put_form(const char *name, const char *id, const char *survey)
{
        char *text = xasprintf("form: %s\nversion: \"1\"\ntitle: T\ninstance_name: \"'x'\"\nsurvey:\n%s", id,
                               survey);
        put(name, text);
        free(text);
}

static void load(const char *name)
{
        struct err err = {0};
        char *path = xasprintf("%s%s%s", dir, *name ? "/" : "", name);
        assert_int_equal(form_catalog_load(path, &catalog, &list, &err), ERR_OK);
        free(path);
}

/* Exactly these, in this order, each after the folder's name. */
static void assert_told(const char *const *sentences, int n)
{
        for (int i = 0; i < list.n || i < n; i++) {
                if (i < list.n && i < n && strncmp(list.items[i].text + strlen(dir) + 1, sentences[i],
                                                   strlen(sentences[i])) == 0)
                        continue;
                fail_msg("%s\n  se esperaba %s", i < list.n ? list.items[i].text : "(nada)", i < n
                         ? sentences[i] : "(nada)");
        }
}

static void test_good(void **state)
{
        (void)state;
        put("listas/l.yaml", "choices:\n  si_no: [{name: si, label: Sí}]\n");
        put("fragmentos/f.yaml",
            "fragment: f\nparams: [p]\nsurvey:\n  - {type: text, name: '{p}', label: P}\n");
        put("normas.yaml", "normas: [uno]\n");
        put(".oculto.yaml", "form: x\n");
        put_form("directorio/persona.yaml", "persona", "  - {type: text, name: nombre, label: N}\n");
        put_form("simae/a.yaml", "a", "  - {type: reference, name: p, to: persona, label: P}\n"
                 "  - {type: children, name: c, to: b, label: C, parameters: {si: '${p}'}}\n");
        put_form("simae/b.yaml", "b",
                 "  - {type: select_one si_no, name: si, label: S}\n  - {include: f, with: {p: q}}\n");
        load("");
        assert_told(NULL, 0);
        assert_int_equal(catalog.n, 3);
        assert_int_equal(catalog.files, 5);
        assert_string_equal(catalog.forms[0]->id, "persona");
        assert_ptr_equal(form_catalog_find(&catalog, "b"), catalog.forms[2]);
        assert_null(form_catalog_find(&catalog, "c"));
}

static void test_one_file(void **state)
{
        (void)state;
        put("fragmentos/f.yaml", "fragment: f\nsurvey:\n  - {type: note, label: P}\n");
        put_form("directorio/persona.yaml", "persona", "  - {type: text, name: nombre, label: N}\n");
        put_form("simae/a.yaml", "a",
                 "  - {include: f}\n  - {type: reference, name: p, to: persona, label: P}\n");
        load("simae/a.yaml");
        assert_told(NULL, 0);
        assert_int_equal(catalog.n, 1);
        assert_int_equal(catalog.forms[0]->nodes_n, 3);
}

static void test_between_forms(void **state)
{
        static const char *const expected[] = {
                "a.yaml:6:67: el formulario b no tiene la pregunta «nombr»; ¿quiso decir «nombre»?",
                "a.yaml:7:46: no existe el formulario «ninguno»",
                "c.yaml:1:7: el formulario «b» ya está en",
                "fragmentos/f.yaml:3:72: el formulario b no tiene la pregunta «nadie» (incluido desde",
        };
        (void)state;
        put("fragmentos/f.yaml",
            "fragment: f\nsurvey:\n  - {type: children, name: d, to: b, label: C, parameters: {nombre: 1, nadie: 1}}\n");
        put_form("a.yaml", "a",
                 "  - {type: children, name: c, to: b, label: C, parameters: {n: 1, nombr: 2}}\n"
                 "  - {type: reference, name: p, label: P, to: ninguno}\n");
        put_form("b.yaml", "b",
                 "  - {type: text, name: nombre, label: N}\n  - {type: text, name: n, label: N}\n");
        put_form("c.yaml", "b", "  - {type: note, label: N}\n");
        put_form("d.yaml", "d", "  - include: f\n");
        load("");
        /* `to: ninguno` leaves a.yaml out, and so its parameters unchecked. */
        assert_told(expected + 1, 3);
        assert_int_equal(catalog.n, 1);
        empty_dir(state);
        put_form("a.yaml", "a",
                 "  - {type: children, name: c, to: b, label: C, parameters: {n: 1, nombr: 2}}\n");
        put_form("b.yaml", "b",
                 "  - {type: text, name: nombre, label: N}\n  - {type: text, name: n, label: N}\n");
        load("");
        assert_told(expected, 1);
        assert_int_equal(catalog.n, 1);
}

static void test_told_once(void **state)
{
        static const char *const expected[] = {
                "fragmentos/f.yaml:3:12: no existe el tipo «txt»; ¿quiso decir «text»? (incluido desde",
                "listas/l.yaml:2:46: la opción «a» se repite",
        };
        (void)state;
        put("fragmentos/f.yaml", "fragment: f\nsurvey:\n  - {type: txt, name: f, label: P}\n");
        put("listas/l.yaml", "choices:\n  li: [{name: a, label: A}, {name: a, label: B}]\n");
        put_form("a.yaml", "a", "  - include: f\n  - {type: select_one li, name: l, label: L}\n");
        put_form("b.yaml", "b", "  - include: f\n  - {type: select_one li, name: l, label: L}\n");
        put_form("c.yaml", "c", "  - {type: note, label: N}\n");
        put("listas/l.yaml", "choices:\n  li: [{name: a, label: A}, {label: B, name: a}]\n");
        load("");
        assert_told(expected, 2);
        assert_int_equal(catalog.n, 1);
}

static void test_unused_parts(void **state)
{
        static const char *const expected[] = {
                "fragmentos/f.yaml:4:30: {q} no está en params de este fragmento; ¿quiso decir «p»?",
                "fragmentos/f.yaml:5:40: no existe la función sum_()",
                "fragmentos/roto.yaml:2:1: ",
                "listas/a.yaml:2:3: la lista «vacia» no tiene opciones",
                "listas/b.yaml:2:3: la lista «doble» ya está en",
        };
        (void)state;
        put("fragmentos/f.yaml",
            "fragment: f\nparams: [p]\nsurvey:\n  - {type: note, label: '{p} {q} ${de_la_ficha}'}\n"
            "  - {type: text, name: t, calculation: sum_(1), label: '{p}'}\n  - {type: select_one ajena, name: '{p}', label: P, relevant: '. > {p}'}\n");
        put("fragmentos/roto.yaml", "fragment: roto\n}\n");
        put("listas/a.yaml", "choices:\n  vacia: []\n  doble: [{name: a, label: A}]\n");
        put("listas/b.yaml", "choices:\n  doble: [{name: a, label: A}]\n");
        load("");
        assert_int_equal(catalog.n, 0);
        assert_told(expected, ARRAY_LEN(expected));
}

static void test_nothing_there(void **state)
{
        struct err err = {0};
        (void)state;
        assert_int_equal(form_catalog_load("/no/existe", &catalog, &list, &err), ERR_NOT_FOUND);
        assert_non_null(strstr(err.text, "/no/existe"));
        load("simae");
        assert_int_equal(catalog.n, 0);
        assert_told(NULL, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_teardown(test_good, empty_dir),
                cmocka_unit_test_teardown(test_one_file, empty_dir),
                cmocka_unit_test_teardown(test_between_forms, empty_dir),
                cmocka_unit_test_teardown(test_told_once, empty_dir),
                cmocka_unit_test_teardown(test_unused_parts, empty_dir),
                cmocka_unit_test_teardown(test_nothing_there, empty_dir),
        };
        return cmocka_run_group_tests_name("catálogos de formularios", tests, make_dir, remove_dir);
}
