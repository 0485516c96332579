/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that are not forms, or are made to hurt: each gives a sentence, in
 * little time and memory, and never a form.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "form/catalog.h"
#include "../scratch.h"

#define HEAD "form: prueba\nversion: \"1\"\ntitle: T\ninstance_name: \"'x'\"\n"

static char dir[64];

static int make_dir(void **state)
{
        (void)state;
        return scratch_folder(dir, sizeof dir, "form") ? 0 : -1;
}

static int remove_dir(void **state)
{
        (void)state;
        char *command = xasprintf("rm -rf '%s'", dir);
        int status = system(command);
        free(command);
        return status;
}

static char *path_of(const char *name)
{
        return xasprintf("%s/%s", dir, name);
}

static void write_file(const char *name, const char *text, size_t len)
{
        char *path = path_of(name);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_int_equal(fwrite(text, 1, len, file), len);
        fclose(file);
        free(path);
}

/* The first sentence holds `words`; there are at most `most`. */
static void check_list(struct err_list *list, const char *words, int most)
{
        assert_true(list->n >= 1);
        if (list->n > most || !strstr(list->items[0].text, words))
                fail_msg("%d: %s", list->n, list->items[0].text);
        err_list_release(list);
}

static void assert_refused(const char *text, size_t len, const char *words, int most)
{
        struct err_list list = {0};
        assert_null(form_load_text(text, len, "x.yaml", NULL, &list));
        check_list(&list, words, most);
}

static void assert_file_refused(const char *name, const char *words)
{
        struct err_list list = {0};
        char *path = path_of(name);
        assert_null(form_load_file(path, NULL, &list));
        check_list(&list, words, 1);
        free(path);
}

static void test_not_a_file(void **state)
{
        (void)state;
        char *path = path_of("tuberia.yaml");
        assert_int_equal(mkfifo(path, 0600), 0);
        free(path);
        assert_file_refused("tuberia.yaml", "no es un archivo común");
        assert_file_refused("", "es una carpeta");
        assert_file_refused("nada.yaml", "no existe el archivo");
        struct err_list list = {0};
        assert_null(form_load_file("/dev/zero", NULL, &list));
        check_list(&list, "dispositivo", 1);
}

static void test_huge_file(void **state)
{
        (void)state;
        char *path = path_of("enorme.yaml");
        int fd = open(path, O_WRONLY | O_CREAT, 0600);
        assert_int_equal(ftruncate(fd, 1 << 30), 0);
        close(fd);
        free(path);
        assert_file_refused("enorme.yaml", "más de 16 MiB");
}

static void test_not_text(void **state)
{
        (void)state;
        assert_refused("", 0, "x.yaml: el archivo está vacío", 1);
        assert_refused(" \n\n", 3, "vacío", 1);
        assert_refused("# nada\n", 7, "comentarios", 1);
        assert_refused("form: a\0b\n", 10, "x.yaml:1:8: hay un byte nulo", 1);
        assert_refused("form: x\ntitle: A\xF1o\n", 19, "x.yaml:2:9: hay un byte (0xF1) que no es UTF-8", 1);
        assert_refused("\xFF\xFE" "f\0o\0", 6, "x.yaml:1:1: ", 1);
        assert_refused("form: \x01\n", 8, "x.yaml:1:7: hay un carácter de control", 1);
        assert_refused("form: a\n\ttitle: b\n", 18, "tabulador", 1);
        assert_refused("%TAG ! x:\n---\nform: a\n", 22, "%TAG", 6);
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

static void assert_repeated_refused(const char *head, const char *piece, int n, const char *tail,
                                    const char *words,
                                    int most)
{
        char *text = repeated(head, piece, n, tail);
        assert_refused(text, strlen(text), words, most);
        free(text);
}

static void test_nesting(void **state)
{
        (void)state;
        assert_repeated_refused("form: ", "[", 10000, "", "más de 60 niveles", 1);
        assert_repeated_refused("form: ", "{a: ", 10000, "", "más de 60 niveles", 1);
        assert_repeated_refused("", "- ", 10000, "x", "más de 60 niveles", 1);
        assert_repeated_refused("", "? ", 10000, "x", "más de 60 niveles", 1);
}

static void test_many_nodes(void **state)
{
        (void)state;
        assert_repeated_refused("form: [", "1,", 2100000, "1]\n", "2 000 000", 1);
        assert_repeated_refused("", "a: 1\n", 300000, "", "x.yaml:", 501);
        assert_repeated_refused(HEAD "survey:\n", "  - {type: txt, name: A}\n", 50000, "", "x.yaml:", 501);
        assert_repeated_refused(HEAD "survey:\n  - {type: calculate, name: a, calculation: '0", " + ${nadie}",
                                50000, "'}\n",
                                "no existe la pregunta", 1);
}

/* Nine levels of nine aliases each: a thousand million if they were followed. */
static void test_alias_bomb(void **state)
{
        struct str text = STR_INIT;
        (void)state;
        str_add(&text, HEAD "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
                str_addf(&text, "a%d: &a%d [", i, i);
                for (int k = 0; k < 9; k++)
                        str_addf(&text, "*a%d%s", i - 1, k < 8 ? ", " : "]\n");
        }
        struct err_list list = {0};
        int anchors = 0;
        assert_null(form_load_text(text.text, text.len, "x.yaml", NULL, &list));
        for (int i = 0; i < list.n; i++)
                anchors += strstr(list.items[i].text, "las anclas") != NULL;
        assert_int_equal(anchors, 1);
        assert_true(list.n < 20);
        err_list_release(&list);
        str_release(&text);
}

/* Each fragment includes the next a hundred times. */
static void test_fragment_bomb(void **state)
{
        struct err_list list = {0};
        struct form_library library = {.dir = dir};
        (void)state;
        char *fragments = path_of("fragmentos");
        assert_int_equal(mkdir(fragments, 0700), 0);
        free(fragments);
        for (int i = 0; i < 6; i++) {
                char *piece = xasprintf("  - include: b%d\n",
                                        i + 1), *head = xasprintf("fragment: b%d\nsurvey:\n", i);
                char *text = repeated(head, i < 5 ? piece : "  - {type: note, label: N}\n", 100, "");
                char *name = xasprintf("fragmentos/b%d.yaml", i);
                write_file(name, text, strlen(text));
                free(piece);
                free(head);
                free(text);
                free(name);
        }
        static const char form[] = HEAD "survey:\n  - include: b0\n";
        assert_null(form_load_text(form, strlen(form), "x.yaml", &library, &list));
        check_list(&list, "2 000 000", 10);
}

static void test_deep_groups(void **state)
{
        struct str text = STR_INIT;
        (void)state;
        str_add(&text, HEAD "survey: [");
        for (int i = 0; i < 28; i++)
                str_addf(&text, "{group: g%d, survey: [", i);
        str_add(&text, "{type: note, label: N}");
        for (int i = 0; i < 28; i++)
                str_add(&text, "]}");
        str_add(&text, "]\n");
        struct err_list list = {0};
        struct form *form = form_load_text(text.text, text.len, "x", NULL, &list);
        assert_non_null(form);
        str_clear(&text);
        form_write(form, &text);
        form_free(form);
        form = form_load_text(text.text, text.len, "x", NULL, &list);
        assert_non_null(form);
        form_free(form);
        err_list_release(&list);
        str_release(&text);
}

/* Every cut of a form, and a byte changed here and there: a sentence or a form, nothing else. */
static void test_damaged(void **state)
{
        static const char form[] = HEAD
                "choices: {l: [{name: '1', label: \"a\\u00f1\"}]}\n"
                "survey:\n  - {type: rating l, name: r, label: 'R ${r2}', evidence: true}\n"
                "  - type: text\n    name: r2\n    label: >\n      x\n      ${r}\n    relevant: |\n      ${rr} = 1 and\n      x\n";
        char copy[sizeof form];
        (void)state;
        for (size_t i = 0; i < 4 * sizeof form; i++) {
                struct err_list list = {0};
                size_t len = i < sizeof form ? i : sizeof form - 1;
                memcpy(copy, form, sizeof form);
                if (i >= sizeof form)
                        copy[(i * 7919) % (sizeof form - 1)] = "{}[]:-\"'$#\n &*!|>%@`\\,.?x"[i % 26];
                struct form *loaded = form_load_text(copy, len, "x.yaml", NULL, &list);
                assert_true((loaded == NULL) == (list.n > 0));
                form_free(loaded);
                err_list_release(&list);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_not_a_file), cmocka_unit_test(test_huge_file), cmocka_unit_test(test_not_text),
                cmocka_unit_test(test_nesting), cmocka_unit_test(test_many_nodes), cmocka_unit_test(test_alias_bomb),
                cmocka_unit_test(test_fragment_bomb), cmocka_unit_test(test_deep_groups), cmocka_unit_test(test_damaged),
        };
        return cmocka_run_group_tests_name("formularios hostiles", tests, make_dir, remove_dir);
}
