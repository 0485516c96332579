/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guide: how its files are read, what is wrong with them, and what words find. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "form/catalog.h"
#include "form/guide.h"
#include "../scratch.h"

static char dir[64];
static struct guide guide;
static struct err_list list;
static struct arena arena;

static int make_dir(void **state)
{
        (void)state;
        if (!scratch_folder(dir, sizeof dir, "guia"))
                return -1;
        char *path = xasprintf("%s/ayuda", dir), *lists = xasprintf("%s/listas", dir);
        int status = mkdir(path, 0700) || mkdir(lists, 0700);
        free(path);
        free(lists);
        return status;
}

static int remove_dir(void **state)
{
        (void)state;
        char *command = xasprintf("rm -rf '%s'", dir);
        int status = system(command);
        free(command);
        return status;
}

static int forget(void **state)
{
        (void)state;
        char *command = xasprintf("find '%s' -type f -delete", dir);
        int status = system(command);
        free(command);
        guide_release(&guide);
        err_list_release(&list);
        list = (struct err_list){0};
        arena_release(&arena);
        return status;
}

static void put(const char *name, const char *text)
{
        char *path = xasprintf("%s/ayuda/%s", dir, name);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(text, file);
        fclose(file);
        free(path);
}

#define HEAD "guide: prueba\ntitle: Prueba\narticles:\n"

static void load(const char *text)
{
        put("prueba.yaml", text);
        guide_load(dir, &guide, &list);
}

/* The only mistake is at that place and says so. */
static void wrong(const char *text, int line, int column, const char *words)
{
        load(text);
        assert_int_equal(list.n, 1);
        assert_non_null(strstr(list.items[0].text, words));
        assert_int_equal(list.items[0].line, line);
        assert_int_equal(list.items[0].column, column);
        forget(NULL);
}

static void texts_become_paragraphs_and_items(void **state)
{
        (void)state;
        load(HEAD "  - id: uno\n    title: Uno\n    source: \"S2:1\"\n    text: |\n      Primera\n      línea.\n\n"
                  "      Otra.\n\n      - Un punto\n        largo.\n      - Otro.\n"
                  "  - {id: dos, title: Dos, text: \"Una sola línea.\"}\n"
                  "  - id: tres\n    title: Tres\n    text: >-\n      Doblada\n      en una.\n\n      Y otra.\n");
        assert_int_equal(list.n, 0);
        assert_int_equal(guide.n, 3);
        assert_string_equal(guide.articles[0].text, "Primera línea.\n\nOtra.\n\n- Un punto largo.\n- Otro.");
        assert_string_equal(guide.articles[0].topic, "Prueba");
        assert_string_equal(guide.articles[0].source, "S2:1");
        assert_string_equal(guide.articles[1].text, "Una sola línea.");
        assert_string_equal(guide.articles[1].source, "");
        assert_string_equal(guide.articles[2].text, "Doblada en una.\n\nY otra.");
}

static void no_folder_is_an_empty_guide(void **state)
{
        (void)state;
        guide_load("/no/existe", &guide, &list);
        assert_int_equal(guide.n, 0);
        assert_int_equal(list.n, 0);
        int n;
        guide_search(&guide, "algo", &arena, &n);
        assert_int_equal(n, 0);
        assert_null(guide_find(&guide, "algo"));
}

static void mistakes_have_their_place(void **state)
{
        (void)state;
        wrong(HEAD "  - id: uno\n    titel: Uno\n    title: Uno\n    text: Algo.\n", 5, 5, "¿quiso decir «title»?");
        wrong(HEAD "  - id: uno\n    title: Uno\n", 4, 5, "falta la clave text");
        wrong(HEAD "  - id: Uno\n    title: Uno\n    text: Algo.\n", 4, 9, "no sirve como id");
        wrong(HEAD "  - id: uno\n    title: Uno\n    text: [a, b]\n", 6, 11, "text es un texto");
        wrong(HEAD "  - id: uno\n    title: ''\n    text: Algo.\n", 5, 12, "title está vacío");
        wrong(HEAD "  - {id: uno, title: Uno, text: Algo.}\n  - {id: uno, title: Dos, text: Algo.}\n", 5, 10,
              "prueba.yaml:4");
        wrong(HEAD "  - {id: uno, title: Uno, text: Algo., title: Dos}\n", 4, 40, "se repite");
        wrong("guide: prueba\ntitle: Prueba\narticles: nada\n", 3, 11, "una lista");
        wrong("guide: prueba\ntitle: Prueba\n", 1, 1, "falta la clave articles");
        wrong(HEAD "  - suelto\n", 4, 5, "se esperaba un artículo");
        wrong("- a\n", 1, 1, "se esperaban las claves");
        wrong(HEAD "  - id: uno\n    title: \"Uno\n", 5, 12, "");
}

static void a_wrong_article_does_not_take_the_others(void **state)
{
        (void)state;
        load(HEAD "  - {id: uno, title: Uno}\n  - {id: dos, title: Dos, text: Algo.}\n");
        assert_int_equal(list.n, 1);
        assert_int_equal(guide.n, 1);
        assert_string_equal(guide.articles[0].id, "dos");
}

static void the_catalog_checks_it(void **state)
{
        struct form_catalog catalog;
        struct err err;
        (void)state;
        put("prueba.yaml", HEAD "  - {id: uno, title: Uno}\n");
        assert_int_equal(form_catalog_load(dir, &catalog, &list, &err), ERR_OK);
        assert_int_equal(list.n, 1);
        assert_non_null(strstr(list.items[0].text, "/ayuda/prueba.yaml:4:5: falta la clave text"));
        assert_int_equal(catalog.files, 1);
        form_catalog_release(&catalog);
        err_list_release(&list);
        list = (struct err_list){0};
        char *path = xasprintf("%s/ayuda/prueba.yaml", dir);
        assert_int_equal(form_catalog_load(path, &catalog, &list, &err), ERR_OK);
        assert_int_equal(list.n, 1);
        form_catalog_release(&catalog);
        free(path);
}

/* ---- Finding ---- */

/* The ids that the words find, in order, with blanks. */
static const char *found(const char *words)
{
        static char ids[256];
        int n;
        const struct guide_article **articles = guide_search(&guide, words, &arena, &n);
        *ids = '\0';
        for (int i = 0; i < n; i++)
                snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%s", i ? " " : "", articles[i]->id);
        return ids;
}

static void words_find_whole_beginnings(void **state)
{
        (void)state;
        load(HEAD "  - {id: lema, title: Un lema, text: \"La CAP crece con la práctica.\"}\n"
                  "  - {id: capacidad, title: Capacidad instalada, also: equipos, text: \"Recursos.\"}\n"
                  "  - {id: cap, title: CAP, text: \"Comunidad de Aprendizaje Profesional; tildes: Peñón.\"}\n");
        assert_string_equal(found(""), "lema capacidad cap");
        assert_string_equal(found("cap"), "cap capacidad lema");
        assert_string_equal(found("  CÁP "), "cap capacidad lema");
        assert_string_equal(found("apacidad"), "");
        assert_string_equal(found("practica crece"), "lema");
        assert_string_equal(found("cap crece nada"), "");
        assert_string_equal(found("EQUIPOS"), "capacidad");
        assert_string_equal(found("penon"), "cap");
        assert_string_equal(guide_find(&guide, "cap")->id, "cap");
        assert_null(guide_find(&guide, "capaci"));
}

static void lines_are_cut_between_words(void **state)
{
        struct str text = STR_INIT;
        (void)state;
        load(HEAD "  - id: uno\n    title: Uno\n    source: D\n    text: |\n      Una línea más larga que veinte.\n\n"
                  "      - Punto largo que también se parte.\n      Sin fin: ñññññññññññññññññññññññññ.\n");
        guide_write(&guide.articles[0], 20, &text);
        assert_string_equal(text.text, "Uno\n\nUna línea más larga\nque veinte.\n\n- Punto largo que\n  también se parte.\n"
                                       "  Sin fin:\n  ññññññññññññññññññ\n  ñññññññ.\n\n(Prueba · D)\n");
        for (const char *line = text.text; *line; line += strcspn(line, "\n") + 1)
                assert_true(utf8_width_n(line, strcspn(line, "\n")) <= 20);
        str_release(&text);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_teardown(texts_become_paragraphs_and_items, forget),
                cmocka_unit_test_teardown(no_folder_is_an_empty_guide, forget),
                cmocka_unit_test_teardown(mistakes_have_their_place, forget),
                cmocka_unit_test_teardown(a_wrong_article_does_not_take_the_others, forget),
                cmocka_unit_test_teardown(the_catalog_checks_it, forget),
                cmocka_unit_test_teardown(words_find_whole_beginnings, forget),
                cmocka_unit_test_teardown(lines_are_cut_between_words, forget),
        };
        return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
