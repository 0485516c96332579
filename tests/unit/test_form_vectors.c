/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms with planted mistakes: each file of tests/vectors/form says, in
 * comments at its end, which mistakes must be told, where, and no others
 * (tests/vectors/form/README.txt).
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "form/form.h"

struct expected {
        char *place; /* "file:line:column: " */
        char *word;
        bool met;
};

struct vector {
        char *path;
        const char *dir;
        struct expected *expected;
        int n;
        bool good; /* "# sin errores" */
};

static const char *tree(void)
{
        const char *dir = getenv("SIMAE_TREE");
        return dir ? dir : ".";
}

/* "12:5 words" or "fragmentos/x.yaml:3:4 words" */
static void add_expected(struct vector *v, const char *line)
{
        v->expected = xrealloc(v->expected, (size_t)(v->n + 1) * sizeof *v->expected);
        struct expected *e = &v->expected[v->n++];
        memset(e, 0, sizeof *e);
        int len = (int)strcspn(line, " ");
        if (line[0] >= '0' && line[0] <= '9')
                e->place = xasprintf("%s:%.*s: ", v->path, len, line);
        else
                e->place = xasprintf("%s/%.*s: ", v->dir, len, line);
        e->word = xstrndup(line + len + 1, strcspn(line + len + 1, "\n"));
}

static void read_vector(struct vector *v)
{
        char line[4096];
        FILE *file = fopen(v->path, "r");
        assert_non_null(file);
        while (fgets(line, sizeof line, file)) {
                if (str_starts(line, "# espera: "))
                        add_expected(v, line + strlen("# espera: "));
                v->good |= str_starts(line, "# sin errores");
        }
        fclose(file);
        if (!v->n && !v->good)
                fail_msg("%s: no dice qué errores se esperan", v->path);
}

static bool meets(struct vector *v, const char *sentence)
{
        for (int i = 0; i < v->n; i++) {
                struct expected *e = &v->expected[i];
                if (!e->met && str_starts(sentence, e->place) &&
                    strstr(sentence + strlen(e->place), e->word)) {
                        e->met = true;
                        return true;
                }
        }
        return false;
}

static int compare(struct vector *v, const struct err_list *list)
{
        int wrong = 0;
        for (int i = 0; i < list->n; i++) {
                if (meets(v, list->items[i].text))
                        continue;
                print_error("sobra: %s\n", list->items[i].text);
                wrong++;
        }
        for (int i = 0; i < v->n; i++) {
                if (v->expected[i].met)
                        continue;
                print_error("falta: %s%s\n", v->expected[i].place, v->expected[i].word);
                wrong++;
        }
        return wrong;
}

static void free_vector(struct vector *v)
{
        for (int i = 0; i < v->n; i++) {
                free(v->expected[i].place);
                free(v->expected[i].word);
        }
        free(v->expected);
        free(v->path);
}

static int run_vector(const char *dir, const char *name)
{
        static const char *const known[] = {"institucion", "persona", "compromiso"};
        struct form_library library = {.dir = dir, .known_forms = known, .known_forms_n = 3};
        struct err_list list = {0};
        struct vector v = {.dir = dir, .path = xasprintf("%s/%s", dir, name)};
        read_vector(&v);
        struct form *form = form_load_file(v.path, &library, &list);
        int wrong = compare(&v, &list);
        if ((form != NULL) != (v.n == 0)) {
                print_error("%s: %s\n", v.path, form ? "se cargó" : "no se cargó");
                wrong++;
        }
        form_free(form);
        err_list_release(&list);
        free_vector(&v);
        return wrong;
}

static void test_planted_mistakes(void **state)
{
        char *dir = xasprintf("%s/tests/vectors/form", tree());
        int files = 0, wrong = 0;
        (void)state;
        DIR *stream = opendir(dir);
        assert_non_null(stream);
        for (struct dirent *entry; (entry = readdir(stream));) {
                if (!str_ends(entry->d_name, ".yaml"))
                        continue;
                wrong += run_vector(dir, entry->d_name);
                files++;
        }
        closedir(stream);
        free(dir);
        assert_true(files > 20);
        if (wrong)
                fail_msg("%d diferencias", wrong);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_planted_mistakes)};
        return cmocka_run_group_tests_name("errores de formularios", tests, NULL, NULL);
}
