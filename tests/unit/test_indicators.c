/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of indicators: planted mistakes, each at its place and none else; what is read; the file of forms/. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/str.h"
#include "test_forms.h"
#include "../scratch.h"

static char dir[64];

/* Runs the command and frees it. */
static void shell(char *command)
{
        assert_int_equal(system(command), 0);
        free(command);
}

static int make_dir(void **state)
{
        (void)state;
        if (!scratch_folder(dir, sizeof dir, "indicators"))
                return -1;
        shell(xasprintf("mkdir '%s/listas' && cp -R '%s/tests/vectors/indicadores/fichas' '%s'", dir, tree(), dir));
        return 0;
}

static int remove_dir(void **state)
{
        (void)state;
        shell(xasprintf("rm -rf '%s'", dir));
        return 0;
}

/* ---- Planted mistakes ---- */

struct expected { char *place, *word; bool met; };
struct vector { struct expected items[64]; int n; bool good; };

static void read_vector(const char *name, struct vector *v)
{
        char line[4096], *path = xasprintf("%s/tests/vectors/indicadores/%s", tree(), name);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        while (fgets(line, sizeof line, file)) {
                v->good |= str_starts(line, "# sin errores");
                if (!str_starts(line, "# espera: "))
                        continue;
                const char *text = line + strlen("# espera: ");
                int len = (int)strcspn(text, " ");
                bool own = text[0] >= '0' && text[0] <= '9';
                assert_true(v->n < 64);
                v->items[v->n++] = (struct expected){
                        .place = xasprintf("%s/%s%.*s: ", dir, own ? "indicadores.yaml:" : "", len, text),
                        .word = xstrndup(text + len + 1, strcspn(text + len + 1, "\n"))};
        }
        fclose(file);
        free(path);
        assert_true(v->good != (v->n > 0));
}

static bool meets(struct vector *v, const char *sentence)
{
        for (int i = 0; i < v->n; i++) {
                struct expected *e = &v->items[i];
                if (e->met || !str_starts(sentence, e->place) || !strstr(sentence, e->word))
                        continue;
                return e->met = true;
        }
        return false;
}

static int compare(struct vector *v, const struct err_list *list)
{
        int wrong = 0;
        for (int i = 0; i < list->n; i++)
                if (!meets(v, list->items[i].text)) {
                        print_error("sobra: %s\n", list->items[i].text);
                        wrong++;
                }
        for (int i = 0; i < v->n; i++) {
                if (!v->items[i].met) {
                        print_error("falta: %s%s\n", v->items[i].place, v->items[i].word);
                        wrong++;
                }
                free(v->items[i].place);
                free(v->items[i].word);
        }
        return wrong;
}

static void use_vector(const char *name)
{
        shell(xasprintf("cp '%s/tests/vectors/indicadores/%s' '%s/indicadores.yaml'", tree(), name, dir));
}

/* Of the whole folder, and of the file by its own path. */
static int run_vector(const char *name)
{
        int wrong = 0;
        char *path = xasprintf("%s/indicadores.yaml", dir);
        use_vector(name);
        for (int alone = 0; alone < 2; alone++) {
                struct vector v = {0};
                struct err_list list = {0};
                struct form_catalog catalog;
                struct err err;
                read_vector(name, &v);
                assert_int_equal(form_catalog_load(alone ? path : dir, &catalog, &list, &err), ERR_OK);
                wrong += compare(&v, &list);
                form_catalog_release(&catalog);
                err_list_release(&list);
        }
        if (wrong)
                print_error("en %s\n", name);
        free(path);
        return wrong;
}

static void planted_mistakes(void **state)
{
        char *path = xasprintf("%s/tests/vectors/indicadores", tree());
        int files = 0, wrong = 0;
        (void)state;
        DIR *stream = opendir(path);
        assert_non_null(stream);
        for (struct dirent *entry; (entry = readdir(stream)); files++)
                if (str_ends(entry->d_name, ".yaml"))
                        wrong += run_vector(entry->d_name);
        closedir(stream);
        free(path);
        assert_true(files >= 5);
        assert_int_equal(wrong, 0);
}

/* ---- What is read ---- */

static void an_indicator_is_read_whole(void **state)
{
        struct err_list list = {0};
        (void)state;
        use_vector("bueno.yaml");
        struct indicators *all = indicators_load(dir, &list);
        assert_int_equal(list.n, 0);
        assert_int_equal(all->n, 10);
        const struct indicator *a = &all->items[indicators_find(all, "logra_a")];
        assert_int_equal(a->unit, INDICATOR_PERCENT);
        assert_int_equal(a->counted, COUNTED_PERSON);
        assert_int_equal(a->direction, DIRECTION_UP);
        assert_int_equal(a->mark, 'N');
        assert_int_equal(a->minimum, 5);
        assert_int_equal(a->part_of, -1);
        assert_string_equal(a->sources[0].texts[PART_NUM], "${a} >= logra");
        assert_null(a->sources[0].texts[PART_DEN]);
        assert_true(a->sources[0].last);
        assert_float_equal(a->baselines[0].value, 46.5, 0);
        assert_int_equal(a->baselines[0].year, 2022);
        assert_string_equal(a->baselines[0].source, "S2:1");
        assert_string_equal(a->baselines[0].note, "Ambigua");
        assert_int_equal(a->baselines[0].unit, INDICATOR_PERCENT);
        assert_int_equal(a->baselines[1].unit, INDICATOR_COUNT);
        assert_float_equal(a->complements[0].value, 53.5, 0);
        assert_string_equal(a->warnings[0], "Una advertencia");
        const struct indicator *part = &all->items[indicators_find(all, "logra_b")];
        assert_int_equal(part->part_of, indicators_find(all, "los_dos"));
        assert_int_equal(all->items[indicators_find(all, "los_dos")].objective, 2);
        assert_int_equal(all->items[indicators_find(all, "alcanzadas")].minimum, 0);
        assert_true(all->items[indicators_find(all, "ctx")].context);
        assert_int_equal(all->items[indicators_find(all, "vencidos")].computed, COMPUTED_TEAMS);
        assert_int_equal(indicators_find(all, "nada"), -1);
        indicators_free(all);
}

static void parameters_can_be_set(void **state)
{
        struct err_list list = {0};
        (void)state;
        use_vector("bueno.yaml");
        struct indicators *all = indicators_load(dir, &list);
        assert_float_equal(indicators_parameter(all, "logra")->value, 3, 0);
        assert_true(indicators_set(all, "logra", 2.5));
        assert_string_equal(indicators_parameter(all, "logra")->text, "2.5");
        assert_false(indicators_set(all, "otro", 1));
        assert_null(indicators_parameter(all, "otro"));
        indicators_free(all);
}

static void no_file_is_no_indicator(void **state)
{
        struct err_list list = {0};
        (void)state;
        struct indicators *all = indicators_load("/no/existe", &list);
        assert_int_equal(all->n, 0);
        assert_int_equal(list.n, 0);
        indicators_free(all);
        indicators_free(NULL);
}

/* A form without a question loses the sources that need it, and no others. */
static void an_older_form_is_served_as_far_as_it_goes(void **state)
{
        static const char text[] =
                "form: visita\nversion: \"0\"\ntitle: V\ninstance_name: \"'V'\"\ndate: fecha\nsurvey:\n"
                "  - group: g\n    label: G\n    survey:\n      - {type: date, name: fecha, label: F}\n"
                "      - {type: text, name: docente, label: D}\n      - {type: integer, name: a, label: A}\n";
        struct err_list list = {0};
        struct indicator_binding binding;
        (void)state;
        use_vector("bueno.yaml");
        struct indicators *all = indicators_load(dir, &list);
        struct form *form = form_load_text(text, strlen(text), "vieja", NULL, &list);
        assert_non_null(form);
        indicators_bind(all, form, &binding, &list);
        assert_int_equal(binding.n, 1);
        assert_int_equal(binding.rules[0].indicator, indicators_find(all, "logra_a"));
        assert_true(list.n >= 6);
        indicator_binding_release(&binding);
        form_free(form);
        indicators_free(all);
        err_list_release(&list);
}

/* ---- The file of forms/ ---- */

static void the_balance_has_its_indicators(void **state)
{
        int whole = 0, context = 0, bases = 0;
        (void)state;
        for (int i = 0; i < real.indicators->n; i++) {
                const struct indicator *one = &real.indicators->items[i];
                bool principle = str_starts(one->key, "mgea_principio_");
                whole += one->part_of < 0 || principle || str_starts(one->key, "doc_rubrica_r");
                context += one->context;
                bases += one->baselines_n > 0;
        }
        assert_int_equal(whole, 143); /* 137 rows, one of which stands for seven principles */
        assert_int_equal(context, 4);
        assert_true(bases >= 53);
}

static void people_and_reserved_have_a_minimum(void **state)
{
        static const char *const reserved[] = {"doc_marcas", "ale_criticas", "ale_violencia", "ale_siseve_plazo"};
        (void)state;
        for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
                const struct indicator *one = &real.indicators->items[indicators_find(real.indicators, reserved[i])];
                assert_true(one->reserved);
                assert_int_equal(one->minimum, 5);
        }
        assert_int_equal(real.indicators->items[indicators_find(real.indicators, "doc_caracteriza")].minimum, 5);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(planted_mistakes),
                cmocka_unit_test(an_indicator_is_read_whole),
                cmocka_unit_test(parameters_can_be_set),
                cmocka_unit_test(no_file_is_no_indicator),
                cmocka_unit_test(an_older_form_is_served_as_far_as_it_goes),
        };
        const struct CMUnitTest over_forms[] = {
                cmocka_unit_test(the_balance_has_its_indicators),
                cmocka_unit_test(people_and_reserved_have_a_minimum),
        };
        int failed = cmocka_run_group_tests(tests, make_dir, remove_dir);
        return failed + cmocka_run_group_tests(over_forms, load_real, release_real);
}
