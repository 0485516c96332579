/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importing the padrón and joining people on their screens, without a terminal. */
#include "test_app.h"

#include "app/padron.h"
#include "ui/screens.h"

static struct ui ui;
static char list_path[128];

static int open_screens(void **state)
{
        const char *tree = getenv("SIMAE_TREE");
        if (world_new(state) != 0)
                return -1;
        struct world *w = *state;
        snprintf(w->forms, sizeof w->forms, "%s/forms", tree ? tree : ".");
        snprintf(list_path, sizeof list_path, "%s/padron.csv", w->dir);
        if (open_app(w) != ERR_OK)
                return -1;
        ui_init(&ui, w->app, 24, 80);
        screen_directory_open(&ui);
        return 0;
}

static int close_screens(void **state)
{
        ui_release(&ui);
        return world_free(state);
}

static void put_list(const char *text)
{
        FILE *file = fopen(list_path, "wb");
        assert_non_null(file);
        fputs(text, file);
        assert_int_equal(fclose(file), 0);
}

static void press(const char *name)
{
        struct key key = key_of_code(key_code_of(name));
        assert_true(ui_key(&ui, &key));
}

static void type(const char *text)
{
        for (; *text; text++) {
                struct key key = {.kind = KEY_KIND_CHAR, .code = (unsigned char)*text};
                assert_true(ui_key(&ui, &key));
        }
}

/* Time passes until there is no more work. */
static void work(void)
{
        struct key idle = {.kind = KEY_KIND_IDLE};
        while (ui.top->working)
                assert_true(ui_key(&ui, &idle));
}

/* True if the words are on the screen; lines joined by one blank, so that wrapped sentences are found. */
static bool look_for(const char *words, bool loud)
{
        struct str dump = STR_INIT, line = STR_INIT;
        ui_draw(&ui);
        canvas_dump(&ui.canvas, &dump);
        for (const char *c = dump.text; *c; c++)
                if (*c != '\n' && (*c != ' ' || (line.len && line.text[line.len - 1] != ' ')))
                        str_addc(&line, *c);
                else if (line.len && line.text[line.len - 1] != ' ')
                        str_addc(&line, ' ');
        bool found = strstr(line.text, words) != NULL;
        if (!found && loud)
                print_error("«%s» is not in:\n%s\n", words, dump.text);
        str_release(&dump);
        str_release(&line);
        return found;
}

static bool shows(const char *words)
{
        return look_for(words, true);
}

static int64_t revisions(struct world *w)
{
        return counts(w).revisions;
}

#define HEAD "COD_MOD;ANEXO;CEN_EDU;NIV_MOD;D_DIST;CODOOII;TELEFONO\n"
#define ONE "0234567;0;Cerro Peñón;B0;Alto Chirimoyo;060001;900000001\n"
#define TWO "0234568;0;Villa Retama;F0;Puerto Quinual;060002;900000002\n"

static void try_list(const char *list)
{
        put_list(list);
        press("F8");
        press("^U");
        type(list_path);
        press("Enter");
}

static void a_padron_is_tried_and_then_imported(void **state)
{
        struct world *w = *state;
        try_list(HEAD ONE TWO "x;0;;;;060001;\n");
        work();
        assert_true(shows("CSV en UTF-8, 3 filas. Entra: todas las UGEL del archivo (3 filas)."));
        assert_true(shows("Si importa: 2 nuevas, 0 iguales, 1 fila con error."));
        assert_true(shows("fila 4: COD_MOD «x» no es un código de 7 dígitos"));
        assert_true(shows("datos personales que se dejaron fuera: TELEFONO."));
        assert_int_equal(revisions(w), 0);
        press("F4");
        type("060001");
        press("Enter");
        work();
        assert_true(shows("Entra: solo la UGEL 060001 (2 filas)."));
        press("F5");
        work();
        assert_true(shows("con datos personales"));
        press("Enter");
        work();
        assert_true(shows("Importado: 1 nueva, 0 iguales, 1 fila con error."));
        assert_int_equal(revisions(w), 1);
        press("Enter");
        assert_true(shows("Cerro Peñón · Alto Chirimoyo · 0234567"));
}

static void a_file_that_cannot_be_is_said(void **state)
{
        struct world *w = *state;
        try_list("nada\n");
        assert_true(shows("la primera línea no nombra columnas"));
        assert_string_equal(ui.top->class->name, "padron");
        press("Esc");
        assert_string_equal(ui.top->class->name, "directory");
        assert_int_equal(revisions(w), 0);
}

static void lost_zeros_are_asked_about(void **state)
{
        struct world *w = *state;
        try_list("COD_MOD;ANEXO\n234567;0\n");
        assert_true(shows("1 código tiene menos dígitos"));
        press("Enter"); /* the safe answer */
        assert_true(shows("Archivo del padrón"));
        press("Enter");
        type("2");
        work();
        assert_true(shows("Si importa: 1 nueva"));
        press("Enter");
        work();
        assert_int_equal(revisions(w), 1);
}

static void esc_stops_and_repeating_finishes(void **state)
{
        struct world *w = *state;
        struct key idle = {.kind = KEY_KIND_IDLE};
        struct str list = STR_INIT;
        str_add(&list, "COD_MOD;ANEXO\n");
        for (int i = 0; i < 1500; i++)
                str_addf(&list, "1%06d;0\n", i);
        try_list(list.text);
        str_release(&list);
        assert_true(shows("todavía no se guarda nada"));
        work();
        press("Enter");
        assert_true(ui_key(&ui, &idle));
        assert_true(shows("Se importa"));
        press("Esc");
        assert_true(shows("Lo importado hasta aquí quedó"));
        assert_int_equal(revisions(w), 1000);
        press("Enter");
        work();
        press("Enter");
        work();
        assert_true(shows("Importado: 500 nuevas, 1 000 iguales."));
        assert_int_equal(revisions(w), 1500);
}

static struct id person(struct world *w, const char *surnames, const char *names)
{
        return make(w, "persona", answers_of(w, "{'apellidos':'%s','nombres':'%s','cargo':'docente'}", surnames, names));
}

static void people_are_joined_by_a_person(void **state)
{
        struct world *w = *state;
        struct store_record view;
        struct id a = person(w, "Ejemplo Retama", "Ana"), b = person(w, "Ejemplo Retama", "Ana");
        person(w, "Muestra Sauce", "Luz");
        person(w, "Muestra Sauce", "Luz");
        press("F4");
        press("F7");
        assert_true(shows("Ejemplo Retama, Ana Ejemplo Retama, Ana los mismos apellidos"));
        press("Enter");
        assert_true(shows("¿Es la misma persona?"));
        press("Enter"); /* not yet */
        assert_int_equal(revisions(w), 4);
        press("Enter");
        type("2");
        assert_true(shows("Unidas."));
        int annulled = 0;
        const struct id *both[] = {&a, &b};
        for (int i = 0; i < 2; i++) {
                OK(store_record_get(app_store(w->app), both[i], &w->arena, &view, &w->err));
                annulled += view.state == RECORD_ANULADO;
        }
        assert_int_equal(annulled, 1);
        press("Enter");
        type("4");
        assert_true(shows("No se encontró a nadie que parezca estar dos veces."));
        press("Esc");
        assert_string_equal(ui.top->class->name, "directory");
}

/* Every screen here fits the smallest window and a large one. */
static void they_fit_any_window(void **state)
{
        static const struct { int rows, cols; } sizes[] = {{15, 60}, {24, 80}, {43, 132}};
        struct world *w = *state;
        person(w, "Ejemplo Retama", "Ana");
        person(w, "Ejemplo Retama", "Ana");
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
                canvas_resize(&ui.canvas, sizes[i].rows, sizes[i].cols);
                try_list(HEAD ONE TWO);
                ui_draw(&ui);
                work();
                assert_true(shows("Si importa: "));
                press("Esc");
                press("Esc");
                press("F4");
                press("F7");
                assert_true(shows("Ejemplo Retama, Ana"));
                press("Esc");
                while (!strstr(ui.top->class->name, "directory"))
                        press("Esc");
                for (int k = 0; k < 40 && !look_for("[Institución educativa]", false); k++)
                        press("F4");
        }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_screens, close_screens)
        const struct CMUnitTest tests[] = {
                TEST(a_padron_is_tried_and_then_imported),
                TEST(a_file_that_cannot_be_is_said),
                TEST(lost_zeros_are_asked_about),
                TEST(esc_stops_and_repeating_finishes),
                TEST(people_are_joined_by_a_person),
                TEST(they_fit_any_window),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
