/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form screen on canvases, without a terminal: every widget at every size,
 * and the walks that a specialist makes over a form.
 */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/attached.h"
#include "base/utf8.h"
#include "ui/form_screen.h"
#include "../scratch.h"

static const char todo_yaml[] =
        "form: todo\n"
        "version: \"1\"\n"
        "title: Ficha con todo\n"
        "short_title: Todo\n"
        "kind: record\n"
        "instance_name: concat('Todo ', ${nombre})\n"
        "subject: persona\n"
        "date: dia\n"
        "choices:\n"
        "  si_no: [{name: si, label: Sí}, {name: no, label: No}]\n"
        "  areas:\n"
        "    - {name: com, label: Comunicación}\n"
        "    - {name: mat, label: Matemática}\n"
        "    - {name: cyt, label: Ciencia y Tecnología}\n"
        "  largas:\n"
        "    - {name: a, label: Cajamarca}\n    - {name: b, label: Cajabamba}\n"
        "    - {name: c, label: Celendín}\n    - {name: d, label: Chota}\n"
        "    - {name: e, label: Contumazá}\n    - {name: f, label: Cutervo}\n"
        "    - {name: g, label: Hualgayoc}\n    - {name: h, label: Jaén}\n"
        "    - {name: i, label: San Ignacio}\n    - {name: j, label: San Marcos}\n"
        "    - {name: k, label: San Miguel}\n"
        "  nivel:\n"
        "    - {name: '1', label: Nivel I, hint: No tiene información de sus estudiantes.}\n"
        "    - {name: '2', label: Nivel II, hint: Tiene información incompleta.}\n"
        "    - {name: '3', label: Nivel III, hint: Tiene información de cada estudiante.}\n"
        "    - {name: '4', label: Nivel IV, hint: Usa esa información para decidir.}\n"
        "    - {name: no_obs, label: No observado, hint: No se observó}\n"
        "survey:\n"
        "  - group: datos\n"
        "    label: A. Datos\n"
        "    survey:\n"
        "      - {type: note, label: Lea esto antes de empezar.}\n"
        "      - {type: text, name: nombre, label: Nombre, hint: El que figura en el acta, required: true}\n"
        "      - {type: text, name: notas, label: Notas largas, appearance: multiline}\n"
        "      - {type: integer, name: edad, label: Edad, required: true,\n"
        "         constraint: '. >= 0 and . <= 120',\n"
        "         constraint_message: De 0 a 120 años, warning: '. < 100', warning_message: Es mucha edad}\n"
        "      - {type: decimal, name: peso, label: Peso}\n"
        "      - {type: date, name: dia, label: Fecha}\n"
        "      - {type: time, name: hora, label: Hora}\n"
        "      - {type: datetime, name: momento, label: Momento}\n"
        "      - {type: calculate, name: doble, label: El doble de la edad, calculation: '${edad} * 2'}\n"
        "  - group: elegir\n"
        "    label: B. Elegir\n"
        "    survey:\n"
        "      - {type: select_one si_no, name: participa, label: ¿Participa?, required: true}\n"
        "      - {type: select_one largas, name: lugar, label: Lugar}\n"
        "      - {type: rating nivel, name: caracteriza, label: Caracteriza a sus estudiantes, required: "
        "true}\n"
        "      - {type: select_multiple areas, name: cuales, label: ¿Cuáles?}\n"
        "      - {type: rank areas, name: orden, label: Póngalas en orden}\n"
        "      - {type: text, name: por_que, label: ¿Por qué no?, relevant: \"${participa} = 'no'\", "
        "required: true}\n"
        "  - group: nunca\n"
        "    label: C. Nunca\n"
        "    relevant: \"${participa} = 'no'\"\n"
        "    survey:\n"
        "      - {type: text, name: motivo, label: Motivo}\n"
        "  - group: otros\n"
        "    label: D. Otros\n"
        "    survey:\n"
        "      - {type: reference, name: persona, to: persona, label: Persona}\n"
        "      - repeat: filas\n"
        "        label: Participantes\n"
        "        survey:\n"
        "          - {type: text, name: quien, label: Quién, required: true}\n"
        "          - {type: select_one si_no, name: asistio, label: Asistió, default: \"'si'\"}\n"
        "      - {type: children, name: tareas, to: tarea, label: Tareas}\n"
        "      - {type: log, name: bitacora, label: Bitácora}\n"
        "      - {type: acknowledge, name: acepto, label: Leí el acta}\n"
        "      - {type: file, name: archivo, label: Acta escaneada}\n";

static const char tarea_yaml[] =
        "form: tarea\nversion: \"1\"\ntitle: Tarea\nkind: record\ninstance_name: ${texto}\n"
        "survey:\n"
        "  - {type: text, name: texto, label: Qué hará, required: true}\n"
        "  - {type: date, name: plazo, label: Plazo}\n";

static const char persona_yaml[] =
        "form: persona\nversion: \"1\"\ntitle: Persona\nkind: entity\n"
        "instance_name: concat(${apellidos}, ', ', ${nombres})\n"
        "survey:\n"
        "  - {type: text, name: apellidos, label: Apellidos, appearance: quick, required: true}\n"
        "  - {type: text, name: nombres, label: Nombres, appearance: quick, required: true}\n"
        "  - {type: text, name: correo, label: Correo}\n";

struct world {
        char dir[64];
        struct app *app;
        struct ui ui;
        struct draft *draft;
        struct session *session;
        struct str dump;
};

/* ---- The world ---- */

static void write_file(const char *dir, const char *name, const char *text)
{
        char path[128];
        snprintf(path, sizeof path, "%s/%s", dir, name);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(text, file);
        assert_int_equal(fclose(file), 0);
}

static int remove_one(const char *path, const struct stat *info, int flag, struct FTW *ftw)
{
        (void)info, (void)flag, (void)ftw;
        return remove(path);
}

static void open_app(struct world *w)
{
        char forms[80], data[80];
        struct err err = {.text = ""};
        snprintf(forms, sizeof forms, "%s/f", w->dir);
        snprintf(data, sizeof data, "%s/d", w->dir);
        struct app_options options = {.dir = data, .forms_dir = forms, .create = true};
        if (app_open(&options, &w->app, &err) != ERR_OK)
                fail_msg("%s", err.text);
        assert_null(app_warning(w->app));
}

static int set_up(void **state)
{
        struct world *w = calloc(1, sizeof *w);
        char forms[80];
        setenv("SIMAE_TEST_NOW", "2026-03-10T08:05:00-05:00", 1);
        assert_true(scratch_folder(w->dir, sizeof w->dir, "form"));
        snprintf(forms, sizeof forms, "%s/f", w->dir);
        assert_int_equal(mkdir(forms, 0700), 0);
        write_file(forms, "todo.yaml", todo_yaml);
        write_file(forms, "tarea.yaml", tarea_yaml);
        write_file(forms, "persona.yaml", persona_yaml);
        open_app(w);
        str_init(&w->dump);
        *state = w;
        return 0;
}

static int tear_down(void **state)
{
        struct world *w = *state;
        app_close(w->app);
        str_release(&w->dump);
        nftw(w->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
        free(w);
        return 0;
}

static void home_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        (void)screen;
        canvas_text(canvas, area.row, area.col, area.cols, STYLE_NORMAL, "INICIO");
}

static enum handled home_key(struct screen *screen, const struct key *key, int action)
{
        (void)screen, (void)key, (void)action;
        return IGNORED;
}

/* The screen that a form was opened from. */
static const struct screen_class home_class = {.name = "casa", .draw = home_draw, .key = home_key};

static void begin(struct world *w, int rows, int cols)
{
        struct err err;
        ui_init(&w->ui, w->app, rows, cols);
        ui_push(&w->ui, &home_class, NULL);
        assert_int_equal(draft_begin(w->app, "todo", NULL, &w->draft, &err), ERR_OK);
        w->session = draft_session(w->draft);
        screen_form_open(&w->ui, w->draft);
        ui_draw(&w->ui);
}

static void finish(struct world *w)
{
        ui_release(&w->ui);
}

static const char *screen_text(struct world *w)
{
        ui_draw(&w->ui);
        str_clear(&w->dump);
        canvas_dump(&w->ui.canvas, &w->dump);
        return w->dump.text;
}

static void press(struct world *w, uint32_t code)
{
        struct key key = {.kind = KEY_KIND_CODE, .code = code};
        ui_key(&w->ui, &key);
        ui_draw(&w->ui);
}

static void type(struct world *w, const char *text)
{
        while (*text) {
                struct key key = {.kind = KEY_KIND_CHAR};
                text += utf8_decode(text, &key.code);
                ui_key(&w->ui, &key);
                ui_draw(&w->ui);
        }
}

static void check_shows(struct world *w, const char *words, bool wanted, int line)
{
        const char *text = screen_text(w);
        if ((strstr(text, words) != NULL) != wanted)
                fail_msg("line %d: «%s» should%s be in:\n%s", line, words, wanted ? "" : " not", text);
}

#define shows(w, words) check_shows(w, words, true, __LINE__)
#define hides(w, words) check_shows(w, words, false, __LINE__)

static struct place place_of(struct world *w, const char *name)
{
        return (struct place){form_find(session_form(w->session), name), 0};
}

static void answer_is(struct world *w, const char *name, const char *typed)
{
        assert_string_equal(session_typed(w->session, place_of(w, name)), typed);
}

static void here_is(struct world *w, const char *name)
{
        assert_string_equal(session_form(w->session)->nodes[session_here(w->session).node].name, name);
}

/* By «Ir a…», as a person would. */
static void go_to(struct world *w, const char *label, const char *name)
{
        press(w, K_F5);
        type(w, label);
        press(w, K_ENTER);
        here_is(w, name);
}

/* ---- The contract of every widget ---- */

static void every_type_has_a_widget(void **state)
{
        (void)state;
        for (int type = 0; type <= NODE_REPEAT; type++) {
                struct node node = {.type = (enum node_type)type};
                assert_non_null(widget_class_for(&node));
        }
}

static void every_class_is_complete(void **state)
{
        int n;
        const struct widget_class *const *classes = widget_classes(&n);
        (void)state;
        for (int i = 0; i < n; i++) {
                const struct widget_class *class = classes[i];
                assert_true(class->types != 0);
                assert_non_null(class->height);
                assert_non_null(class->draw);
                assert_true(class->passive || class->key);
                assert_true(str_ends(class->about, "."));
                if (utf8_width(class->hint) > WIDGET_HINT_COLS)
                        fail_msg("%s: its keys take %d columns", class->name, utf8_width(class->hint));
                for (int k = 0; k < i; k++)
                        assert_string_not_equal(class->name, classes[k]->name);
        }
}

/* Cells outside the rectangle were blank and stay blank. */
static bool stays_inside(const struct canvas *canvas, struct rect area)
{
        for (int row = 0; row < canvas->rows; row++)
                for (int col = 0; col < canvas->cols; col++) {
                        bool inside = row >= area.row && row < area.row + area.rows && col >= area.col &&
                                      col < area.col + area.cols;
                        const char *text = canvas_cell(canvas, row, col)->text;
                        if (!inside && *text && strcmp(text, " ") != 0)
                                return false;
                }
        return true;
}

static void draw_alone(struct world *w, struct place place, int cols, int room)
{
        struct widget widget;
        struct canvas canvas;
        canvas_init(&canvas, 50, 140);
        canvas_clear(&canvas);
        widget_enter(&widget, &w->ui, NULL, w->draft, place);
        int rows = widget.class->height(&widget, cols, room);
        assert_in_range(rows, 1, room);
        struct rect area = {3, 5, rows, cols};
        widget.class->draw(&widget, &canvas, area);
        if (!stays_inside(&canvas, area))
                fail_msg("%s draws outside its %d rows of %d columns", widget.class->name, rows, cols);
        bool cursor = canvas.cursor_row >= 3 && canvas.cursor_row < 3 + rows && canvas.cursor_col >= 5;
        if (!cursor)
                fail_msg("%s does not place the cursor", widget.class->name);
        widget_leave(&widget);
        canvas_release(&canvas);
}

static void every_widget_stays_in_its_place(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        const struct form *form = session_form(w->session);
        session_answer(w->session, place_of(w, "participa"), "no");
        session_answer(w->session, place_of(w, "lugar"), "c");
        session_answer(w->session, place_of(w, "bitacora"), "08:00 Uno\n08:01 Dos");
        session_row_add(w->session, place_of(w, "filas"));
        for (int i = 1; i < form->nodes_n; i++) {
                if (form->nodes[i].scope != 0 || form->nodes[i].type == NODE_GROUP)
                        continue;
                for (int room = 1; room <= 12; room += room < 3 ? 1 : 3) {
                        draw_alone(w, (struct place){i, 0}, 53, room);
                        draw_alone(w, (struct place){i, 0}, 104, room);
                        draw_alone(w, (struct place){i, 0}, 57, room);
                }
        }
        finish(w);
}

/* ---- Whole screens ---- */

/* The focus shows as a bar beside the label, and its last line is on the screen. */
static void check_focus_shows(struct world *w, int rows, int cols)
{
        const char *text = screen_text(w);
        struct place here = session_here(w->session);
        const char *label = session_label(w->session, here, &w->ui.frame);
        char wanted[64];
        snprintf(wanted, sizeof wanted, "%.12s", label);
        const char *bar = strstr(text, "▌");
        if (!bar || !strstr(bar, wanted))
                fail_msg("%dx%d: «%s» has the focus and is not marked in:\n%s", cols, rows, label, text);
        if (w->ui.canvas.cursor_row < 0)
                fail_msg("%dx%d: no cursor on «%s»", cols, rows, label);
}

static void the_focus_is_always_visible(void **state)
{
        static const struct {
                int rows, cols;
        } sizes[] = {{24, 80}, {15, 60}, {43, 132}};
        struct world *w = *state;
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
                begin(w, sizes[i].rows, sizes[i].cols);
                session_answer(w->session, place_of(w, "participa"), "no");
                for (int step = 0; step < 40 && w->ui.top->class == &screen_form; step++) {
                        check_focus_shows(w, sizes[i].rows, sizes[i].cols);
                        press(w, K_TAB);
                }
                assert_ptr_equal(w->ui.top->class, &screen_review);
                finish(w);
        }
}

static void narrow_terminals_name_the_section(void **state)
{
        struct world *w = *state;
        begin(w, 15, 60);
        shows(w, "Sección 1 de 3: A. Datos");
        finish(w);
        begin(w, 24, 80);
        shows(w, "C. Nunca");
        shows(w, "—");
        finish(w);
}

/* ---- Walks ---- */

static void answers_are_saved_on_leaving(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        here_is(w, "nombre");
        type(w, "Ñusta Quispe");
        answer_is(w, "nombre", "");
        shows(w, "escribiendo…");
        press(w, K_ENTER);
        answer_is(w, "nombre", "Ñusta Quispe");
        shows(w, "Guardado");
        here_is(w, "notas");
        press(w, K_BACKTAB);
        here_is(w, "nombre");
        finish(w);
}

static void a_wrong_answer_never_blocks_going_back(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        go_to(w, "edad", "edad");
        type(w, "200");
        press(w, K_BACKTAB);
        here_is(w, "notas");
        press(w, K_TAB);
        shows(w, "De 0 a 120 años");
        finish(w);
}

static void a_wrong_answer_stops_once_going_forward(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        go_to(w, "edad", "edad");
        type(w, "200");
        press(w, K_ENTER);
        here_is(w, "edad");
        shows(w, "! De 0 a 120 años");
        press(w, K_ENTER);
        here_is(w, "peso");
        press(w, K_UP);
        type(w, "20"); /* over what was there */
        press(w, K_ENTER);
        answer_is(w, "edad", "20");
        here_is(w, "peso");
        finish(w);
}

static void letters_and_digits_choose(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        go_to(w, "participa", "participa");
        type(w, "s");
        answer_is(w, "participa", "si");
        press(w, K_DELETE);
        answer_is(w, "participa", "");
        press(w, K_ENTER); /* passing over answers nothing */
        answer_is(w, "participa", "");
        here_is(w, "lugar");
        type(w, "celen");
        shows(w, "1 de 11");
        press(w, K_ENTER);
        answer_is(w, "lugar", "c");
        here_is(w, "caracteriza");
        press(w, K_DOWN);
        press(w, K_DOWN);
        shows(w, "Tiene información incompleta.");
        answer_is(w, "caracteriza", "");
        type(w, "n");
        answer_is(w, "caracteriza", "no_obs");
        type(w, "4");
        answer_is(w, "caracteriza", "4");
        press(w, K_ENTER);
        type(w, "31");
        answer_is(w, "cuales", "com cyt");
        shows(w, "2 marcadas");
        press(w, K_ENTER);
        type(w, "213+");
        press(w, K_ENTER);
        answer_is(w, "orden", "mat cyt com");
        finish(w);
}

static void dates_and_times_have_shortcuts(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        go_to(w, "fecha", "dia");
        type(w, "h");
        shows(w, "martes 10 de marzo de 2026 (hoy)");
        press(w, K_ENTER);
        answer_is(w, "dia", "10/03/2026");
        type(w, "a");
        press(w, K_ENTER);
        answer_is(w, "hora", "08:05");
        type(w, "x");
        shows(w, "A para ahora");
        type(w, "a");
        press(w, K_ENTER);
        answer_is(w, "momento", "10/03/2026 08:05");
        finish(w);
}

static void a_file_is_taken_in(void **state)
{
        struct world *w = *state;
        char path[100];
        struct hash hash;
        const char *name;
        snprintf(path, sizeof path, "%s/acta 1.pdf", w->dir);
        write_file(w->dir, "acta 1.pdf", "el acta");
        begin(w, 24, 80);
        go_to(w, "escaneada", "archivo");
        type(w, path);
        shows(w, "con Enter se guarda una copia");
        press(w, K_ENTER);
        assert_true(attached_parse(session_typed(w->session, place_of(w, "archivo")), &hash, &name));
        assert_string_equal(name, "acta 1.pdf");
        remove(path);     /* the copy stays */
        press(w, K_ESC);  /* it was the last question: back from the review */
        go_to(w, "escaneada", "archivo");
        shows(w, "guardado en la laptop (1 KB)");
        press(w, K_BACKSPACE);
        type(w, "/no/hay");
        press(w, K_ENTER);
        answer_is(w, "archivo", "/no/hay");
        shows(w, "no hay un archivo /no/hay");
        shows(w, "El archivo no está guardado en la laptop");
        finish(w);
}

static void rows_are_added_one_after_the_other(void **state)
{
        struct world *w = *state;
        int n;
        begin(w, 24, 80);
        go_to(w, "participantes", "filas");
        type(w, "+");
        type(w, "Ana");
        press(w, K_ENTER);
        press(w, K_ENTER); /* asistió: its default */
        shows(w, "Fila nueva");
        type(w, "Beto");
        press(w, K_ENTER);
        type(w, "n");
        press(w, K_ENTER);
        press(w, K_ENTER); /* a blank row ends the list */
        session_rows(w->session, place_of(w, "filas"), &n);
        assert_int_equal(n, 2);
        shows(w, "Ana");
        shows(w, "Beto");
        shows(w, "+ Agregar");
        press(w, K_UP);
        press(w, K_DELETE);
        type(w, "2");
        session_rows(w->session, place_of(w, "filas"), &n);
        assert_int_equal(n, 1);
        press(w, K_F8);
        session_rows(w->session, place_of(w, "filas"), &n);
        assert_int_equal(n, 2);
        shows(w, "Deshecho");
        finish(w);
}

static void a_new_person_is_made_on_the_way(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        go_to(w, "persona", "persona");
        type(w, "Quispe");
        shows(w, "+ Nueva ficha: Persona");
        press(w, K_ENTER);
        shows(w, "Nueva ficha: Persona");
        hides(w, "Correo");
        press(w, K_ENTER); /* apellidos: what was searched for */
        type(w, "Rosa");
        press(w, K_ENTER);
        shows(w, "Quispe, Rosa");
        assert_true(*session_typed(w->session, place_of(w, "persona")));
        press(w, K_DELETE);
        type(w, "ros");
        shows(w, "▸ Quispe, Rosa");
        press(w, K_ENTER);
        assert_true(*session_typed(w->session, place_of(w, "persona")));
        here_is(w, "filas");
        finish(w);
}

static void children_are_opened_and_come_back(void **state)
{
        struct world *w = *state;
        int n;
        begin(w, 24, 80);
        go_to(w, "tareas", "tareas");
        type(w, "+");
        shows(w, "Qué hará");
        type(w, "Revisar las unidades");
        press(w, K_ENTER);
        press(w, K_ENTER); /* past its last question: back */
        here_is(w, "tareas");
        shows(w, "Revisar las unidades");
        shows(w, "✓ completo");
        session_children(w->session, place_of(w, "tareas"), &n);
        assert_int_equal(n, 1);
        finish(w);
}

static void notes_carry_the_time(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        go_to(w, "bit", "bitacora");
        type(w, "Saluda");
        press(w, K_ENTER);
        type(w, "Forma grupos");
        press(w, K_TAB);
        answer_is(w, "bitacora", "08:05 Saluda\n08:05 Forma grupos");
        press(w, K_BACKTAB);
        press(w, K_UP);
        press(w, K_UP);
        press(w, K_ENTER);
        type(w, " y canta");
        press(w, K_ENTER);
        answer_is(w, "bitacora", "08:05 Saluda y canta\n08:05 Forma grupos");
        finish(w);
}

static void escape_keeps_the_text(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        struct id id = *draft_id(w->draft);
        struct err err;
        type(w, "Ana");
        press(w, K_ESC);
        answer_is(w, "nombre", "Ana");
        assert_non_null(w->ui.top);
        press(w, K_ESC);
        shows(w, "INICIO");
        finish(w);
        ui_init(&w->ui, w->app, 24, 80);
        assert_int_equal(draft_resume(w->app, &id, &w->draft, &err), ERR_OK);
        w->session = draft_session(w->draft);
        screen_form_open(&w->ui, w->draft);
        shows(w, "Ana");
        finish(w);
}

static void pending_text_comes_back(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        struct id id = *draft_id(w->draft);
        struct err err;
        type(w, "Ana");
        press(w, K_ENTER);
        type(w, "A medio escri");
        w->ui.top->class->idle(w->ui.top);
        /* As after a power cut: another reader finds it. */
        struct draft *again;
        struct place place;
        assert_int_equal(draft_resume(w->app, &id, &again, &err), ERR_OK);
        assert_string_equal(draft_pending(again, &place), "A medio escri");
        assert_int_equal(place.node, place_of(w, "notas").node);
        struct ui other;
        ui_init(&other, w->app, 24, 80);
        screen_form_open(&other, again);
        ui_draw(&other);
        str_clear(&w->dump);
        canvas_dump(&other.canvas, &w->dump);
        assert_non_null(strstr(w->dump.text, "A medio escri"));
        ui_release(&other);
        finish(w);
}

static void undo_says_what_it_undid(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        type(w, "Ana");
        press(w, K_ENTER);
        press(w, K_CTRL + 'z');
        here_is(w, "nombre");
        answer_is(w, "nombre", "");
        shows(w, "Deshecho. ");
        press(w, K_CTRL + 'y');
        answer_is(w, "nombre", "Ana");
        finish(w);
}

static void the_review_jumps_and_concludes(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        type(w, "Ana");
        press(w, K_F7);
        shows(w, "Falta o hay que corregir");
        press(w, K_F2);
        shows(w, "Todavía no se puede concluir");
        press(w, K_ENTER);
        here_is(w, "edad");
        type(w, "30");
        press(w, K_F6);
        here_is(w, "participa");
        type(w, "s");
        press(w, K_F6);
        here_is(w, "caracteriza");
        type(w, "3");
        press(w, K_F7);
        shows(w, "No falta nada");
        shows(w, "Nivel III");
        press(w, K_F2);
        shows(w, "Seguir revisando");
        type(w, "2");
        shows(w, "INICIO"); /* closed down to where it came from */
        assert_non_null(strstr(w->ui.message, "Su código es"));
        finish(w);
}

static void what_is_missing_is_a_list(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        press(w, K_CTRL + 'p');
        shows(w, "Lo que falta");
        shows(w, "Caracteriza a sus estudiantes");
        type(w, "caract");
        hides(w, "Edad");
        press(w, K_ENTER);
        here_is(w, "caracteriza");
        press(w, K_F3);
        here_is(w, "nombre");
        finish(w);
}

static void hidden_questions_come_and_go(void **state)
{
        struct world *w = *state;
        begin(w, 24, 80);
        go_to(w, "participa", "participa");
        hides(w, "¿Por qué no?");
        type(w, "n");
        shows(w, "¿Por qué no?");
        type(w, "s");
        hides(w, "¿Por qué no?");
        finish(w);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
        const struct CMUnitTest tests[] = {
                T(every_type_has_a_widget),
                T(every_class_is_complete),
                T(every_widget_stays_in_its_place),
                T(the_focus_is_always_visible),
                T(narrow_terminals_name_the_section),
                T(answers_are_saved_on_leaving),
                T(a_wrong_answer_never_blocks_going_back),
                T(a_wrong_answer_stops_once_going_forward),
                T(letters_and_digits_choose),
                T(dates_and_times_have_shortcuts),
                T(a_file_is_taken_in),
                T(rows_are_added_one_after_the_other),
                T(a_new_person_is_made_on_the_way),
                T(children_are_opened_and_come_back),
                T(notes_carry_the_time),
                T(escape_keeps_the_text),
                T(pending_text_comes_back),
                T(undo_says_what_it_undid),
                T(the_review_jumps_and_concludes),
                T(what_is_missing_is_a_list),
                T(hidden_questions_come_and_go),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
