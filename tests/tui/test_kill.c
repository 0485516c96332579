/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kill -9 at any moment.  A script of keys is typed into a draft: some of them
 * one at a time, waiting for the program's answer to each, then a burst without
 * waiting, and in the middle of that the program is killed.  Afterwards
 *
 *   - it opens, and offers to go on with that form in that school;
 *   - the draft is as it was after one of the keys between the last one that
 *     was answered and the last one sent: every answer whose question had been
 *     left is there, and nothing that was never typed;
 *   - the text under the cursor is what had been typed of it, or nothing;
 *   - sqlite3 finds nothing wrong in the file.
 *
 * What is being typed is kept after a second without keys.  Nothing on the
 * screen tells, so that test waits for the program to write its file (inotify)
 * and then for the answer to a key that changes nothing.
 *
 * 100 times; 300 with $SIMAE_TEST_FULL, 40 under AddressSanitizer; $SIMAE_TEST_KILLS asks for another number.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "flow.h"

#ifdef __SANITIZE_ADDRESS__
enum { KILLS = 40, KILLS_FULL = 40 }; /* each start is slow there */
#else
enum { KILLS = 100, KILLS_FULL = 300 };
#endif
enum { BURST = 40, ROWS = 24, COLS = 80 };

/* ---- Scripts ---- */

/* When the draft takes the answer: leaving the question, choosing, or mark after mark. */
enum moment { LEAVING, CHOOSING, MARKING };

/* Keys as they are sent (\r Enter, \t Tab); an answer as it must be in the draft, or NULL. */
struct step { const char *question, *keys, *answer; enum moment moment; };

static const struct step visit_steps[] = {
        {"seccion", "Única\r", "\"Única\"", LEAVING},
        {"area_curricular", "matem\r", "\"mat\"", LEAVING},
        {"titulo_sesion", "¿Por qué flota el huevo?\r", "\"¿Por qué flota el huevo?\"", LEAVING},
        {"proposito", "Indaga\rExplica el mundo físico\t", "\"Indaga\\nExplica el mundo físico\"", LEAVING},
        {"matriculados", "24\r", "24", LEAVING},
        {"asistentes", "20\r", "20", LEAVING},
        {"est_nee", "1\r", "1", LEAVING},
        {"tiene_planificacion", "1\r", "\"si\"", CHOOSING},
        {"caracteriza", "3\r", "\"3\"", CHOOSING},
        {"caracteriza_ambitos", "125\r", "[\"pedagogica\",\"socio_familiar\",\"lengua_cultura\"]", MARKING},
        {"concreta_curriculo", "3\r", "\"3\"", CHOOSING},
        {"propone_estrategias", "4\r", "\"4\"", CHOOSING},
        {"propone_estrategias_evidencia", "Los niños proponen cómo medir 🙂\t", "\"Los niños proponen cómo medir 🙂\"", LEAVING},
        {"info_competencias", "2\r", "\"2\"", CHOOSING},
        {"info_competencias_evidencia", "Registro auxiliar sin conclusiones\t", "\"Registro auxiliar sin conclusiones\"", LEAVING},
        {"med_motivacion", "3\r", "\"3\"", CHOOSING},
        {"med_situaciones", "3\r", "\"3\"", CHOOSING},
        {"med_recursos", "n\r", "\"no_obs\"", CHOOSING},
        {"med_acompanamiento", "1\r", "\"1\"", CHOOSING},
        {"med_acompanamiento_evidencia", "No se acercó a los del fondo\t", "\"No se acercó a los del fondo\"", LEAVING},
};

static const struct step session_steps[] = {
        {NULL, "+", NULL, LEAVING},
        {"agenda/agenda_momento", "1\r", "\"inicio\"", CHOOSING},
        {"agenda/agenda_actividad", "Saludo y acuerdos\r", "\"Saludo y acuerdos\"", LEAVING},
        {"agenda/agenda_minutos", "15\r", "15", LEAVING},
        {"agenda/agenda_responsable", "Luz\r", "\"Luz\"", LEAVING},
        {"agenda/agenda_momento", "2\r", "\"desarrollo\"", CHOOSING},
        {"agenda/agenda_actividad", "Análisis de «tres» cuadernos\r", "\"Análisis de «tres» cuadernos\"", LEAVING},
        {"agenda/agenda_minutos", "70\r", "70", LEAVING},
        {"agenda/agenda_responsable", "\r", NULL, LEAVING},
        {"agenda/agenda_momento", "3\r", "\"cierre\"", CHOOSING},
        {"agenda/agenda_actividad", "Acuerdos\r", "\"Acuerdos\"", LEAVING},
        {"agenda/agenda_minutos", "35\r", "35", LEAVING},
        {"agenda/agenda_responsable", "Rosa\r", "\"Rosa\"", LEAVING},
        {NULL, "\r\t", NULL, LEAVING}, /* a blank row ends the list */
        {"conocian_agenda", "1\r", "\"si\"", CHOOSING},
        {"revisa_anteriores", "3\r", "\"na\"", CHOOSING},
};

static const struct step commitment_steps[] = {
        {NULL, "+", NULL, LEAVING},
        {"compromisos/texto", "Elaborar fichas para 3.º y 4.º\t", "\"Elaborar fichas para 3.º y 4.º\"", LEAVING},
        {"compromisos/criterio_vinculado", "atiende\r", "\"atiende_diversidad\"", LEAVING},
        {"compromisos/objetivo_ser", "2\r", "\"2\"", CHOOSING},
        {"compromisos/evidencia_esperada", "Dos fichas archivadas\r", "\"Dos fichas archivadas\"", LEAVING},
        {"compromisos/fecha_limite", "15/05/2026\r", "\"2026-05-15\"", LEAVING},
        {"compromisos/apoyo_requerido", "Papel y «plumones»\r", "\"Papel y «plumones»\"", LEAVING},
        {"compromisos/conforme", "1\r", "\"conforme\"", CHOOSING},
        {NULL, "\r\t", NULL, LEAVING}, /* the state as it is, no follow-ups: back in the visit */
        {NULL, "\t", NULL, LEAVING},
        {"sugerencias", "Visitar a Luz Alva\t", "\"Visitar a Luz Alva\"", LEAVING},
        {"iluminar_candidato", "2\r", "\"no\"", CHOOSING},
};

struct script {
        const char *name, *form, *seen; /* what the question about the draft must say */
        const char *keys;               /* from the home screen to the first question */
        const char *first;              /* its label */
        const struct step *steps;
        int n;
};

#define STEPS(steps) steps, sizeof steps / sizeof *steps
static const struct script scripts[] = {
        {"visita", "simae_docente", "Peñón Añejo", "Enter F5 \"sección\" Enter", "Sección", STEPS(visit_steps)},
        {"sesión", "cap_sesion", "Bitácora de sesión", "Enter F5 \"agenda\" Enter", "Agenda", STEPS(session_steps)},
        {"compromiso", "simae_docente", "Peñón Añejo", "Enter F5 \"compromisos del\" Enter",
         "Compromisos del docente y del especialista", STEPS(commitment_steps)},
};

/* ---- The draft after each key ---- */

/* Keys in order: the bytes of each, and the draft once it has been taken. */
struct key_sent { char bytes[5]; json_t *after; };
struct tape { struct key_sent *keys; int n; json_t *before; };

static void put(json_t *draft, const char *question, json_t *answer)
{
        const char *slash = strchr(question, '/');
        if (!slash) {
                json_object_set_new(draft, question, answer);
                return;
        }
        char *list = xstrndup(question, (size_t)(slash - question));
        json_t *rows = json_object_get(draft, list);
        if (!rows)
                json_object_set_new(draft, list, rows = json_array());
        json_t *last = json_array_get(rows, json_array_size(rows) - 1);
        bool another = !last || (json_object_get(last, slash + 1) && strcmp(slash + 1, "agenda_momento") == 0);
        if (another)
                json_array_append_new(rows, last = json_object());
        json_object_set_new(last, slash + 1, answer);
        free(list);
}

/* The answer after the key `i` of `n` of the step; NULL: nothing changes at this one. */
static json_t *answer_at(const struct step *step, int i, int n)
{
        bool now = step->moment == LEAVING ? i == n - 1 : step->moment == CHOOSING ? i == 0 : i < n - 1;
        if (!step->answer || !now)
                return NULL;
        json_t *answer = json_loads(step->answer, JSON_DECODE_ANY, NULL);
        assert_non_null(answer);
        while (step->moment == MARKING && (int)json_array_size(answer) > i + 1)
                json_array_remove(answer, json_array_size(answer) - 1);
        return answer;
}

static int characters(const char *text)
{
        uint32_t code;
        int n = 0;
        for (size_t len; (len = utf8_decode(text, &code)) > 0; text += len)
                n++;
        return n;
}

static void record_step(struct tape *tape, json_t *draft, const struct step *step)
{
        const char *keys = step->keys;
        int n = characters(keys);
        for (int i = 0; i < n; i++) {
                uint32_t code;
                size_t len = utf8_decode(keys, &code);
                json_t *answer = answer_at(step, i, n);
                if (answer)
                        put(draft, step->question, answer);
                tape->keys = xrealloc(tape->keys, (size_t)(tape->n + 1) * sizeof *tape->keys);
                struct key_sent *key = &tape->keys[tape->n++];
                memset(key->bytes, 0, sizeof key->bytes);
                memcpy(key->bytes, keys, len);
                key->after = json_deep_copy(draft);
                keys += len;
        }
}

static struct tape tape_of(const struct script *script)
{
        struct tape tape = {.before = json_object()};
        json_t *draft = json_object();
        for (int i = 0; i < script->n; i++)
                record_step(&tape, draft, &script->steps[i]);
        json_decref(draft);
        return tape;
}

static void tape_release(struct tape *tape)
{
        for (int i = 0; i < tape->n; i++)
                json_decref(tape->keys[i].after);
        free(tape->keys);
        json_decref(tape->before);
}

static const json_t *after_keys(const struct tape *tape, int n)
{
        return n > 0 ? tape->keys[n - 1].after : tape->before;
}

/* ---- What is on disk ---- */

static bool is_scripted(const struct script *script, const char *list, const char *question)
{
        for (int i = 0; i < script->n; i++) {
                const char *name = script->steps[i].question;
                const char *slash = name ? strchr(name, '/') : NULL;
                if (!name || (list && (!slash || strncmp(name, list, (size_t)(slash - name)) != 0)))
                        continue;
                if (strcmp(list ? slash + 1 : name, question) == 0)
                        return true;
        }
        return false;
}

/* Only the answers that the script gives; rows in which there is none are left out. */
static json_t *only_scripted(const struct script *script, const char *list, json_t *answers)
{
        json_t *kept = json_object(), *value;
        const char *name;
        json_object_foreach(answers, name, value)
                if (is_scripted(script, list, name))
                        json_object_set(kept, name, value);
        return kept;
}

static void add_rows(const struct script *script, const char *list, json_t *draft, json_t *rows)
{
        size_t i;
        json_t *row, *kept = json_array();
        json_array_foreach(rows, i, row) {
                json_t *answers = only_scripted(script, list, row);
                if (json_object_size(answers))
                        json_array_append(kept, answers);
                json_decref(answers);
        }
        if (json_array_size(kept))
                json_object_set(draft, list, kept);
        json_decref(kept);
}

static json_t *child_rows(struct draft *draft, struct place place)
{
        struct arena arena = {0};
        struct err err;
        int n;
        json_t *rows = json_array();
        const struct draft_child *children = draft_children(draft, place, &arena, &n);
        for (int i = 0; i < n; i++) {
                struct draft *child;
                assert_true(children[i].is_draft);
                if (draft_open_child(draft, &children[i], &child, &err) != ERR_OK)
                        fail_msg("%s", err.text);
                json_array_append_new(rows, session_answers(draft_session(child)));
                draft_close(child, NULL);
        }
        arena_release(&arena);
        return rows;
}

static json_t *read_draft(const struct script *script, struct draft *draft)
{
        json_t *answers = session_answers(draft_session(draft)), *kept = only_scripted(script, NULL, answers);
        struct place place = place_parse(draft_session(draft), "compromisos");
        add_rows(script, "agenda", kept, json_object_get(answers, "agenda"));
        if (place.node >= 0) {
                json_t *rows = child_rows(draft, place);
                add_rows(script, "compromisos", kept, rows);
                json_decref(rows);
        }
        json_decref(answers);
        return kept;
}

static char *forms_dir(void)
{
        const char *tree = getenv("SIMAE_TREE");
        return xasprintf("%s/forms", tree ? tree : ".");
}

static json_t *read_disk(const struct place_of_test *at, const struct script *script)
{
        char *forms = forms_dir();
        struct app_options options = {.dir = at->data, .forms_dir = forms};
        struct arena arena = {0};
        struct store_draft *list;
        struct draft *draft;
        struct app *app;
        struct err err;
        json_t *found = NULL;
        int n;
        if (app_open(&options, &app, &err) != ERR_OK || store_draft_list(app_store(app), NULL, &arena, &list, &n, &err) != ERR_OK)
                fail_msg("%s", err.text);
        for (int i = 0; !found && i < n; i++) {
                if (strcmp(list[i].form, script->form) != 0)
                        continue;
                if (draft_resume(app, &list[i].id, &draft, &err) != ERR_OK)
                        fail_msg("%s", err.text);
                found = read_draft(script, draft);
                draft_close(draft, NULL);
        }
        assert_non_null(found);
        arena_release(&arena);
        app_close(app);
        free(forms);
        return found;
}

/* ---- The laptop, the same before each kill ---- */

static void copy_file(const char *from, const char *to)
{
        char block[65536];
        ssize_t n;
        int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        assert_true(in >= 0 && out >= 0);
        while ((n = read(in, block, sizeof block)) > 0)
                assert_int_equal(write(out, block, (size_t)n), n);
        close(in);
        close(out);
}

static void restore(const struct place_of_test *at)
{
        static const char *const files[] = {"simae.db", "id"}, *const traces[] = {"simae.db-wal", "simae.db-shm"};
        for (size_t i = 0; i < 2; i++) {
                char *from = xasprintf("%s/semilla/%s", at->dir, files[i]), *to = xasprintf("%s/%s", at->data, files[i]);
                char *trace = xasprintf("%s/%s", at->data, traces[i]);
                unlink(trace);
                copy_file(from, to);
                free(trace);
                free(from);
                free(to);
        }
}

/* The draft of a session with its community, so that the newest is the one that the script goes on with. */
static void begin_session(const struct place_of_test *at)
{
        flow_start(at, ROWS, COLS);
        flow_keys("Esc F2 \"sesi\" Enter F5 \"ámbito\" Enter \"1\" Enter Esc Esc");
        flow_quit();
}

static void prepare(const struct place_of_test *at, const struct script *script)
{
        assert_int_equal(flow_shell(NULL, "rm -rf '%s' '%s/semilla'", at->data, at->dir), 0);
        flow_seed(at);
        flow_start(at, ROWS, COLS);
        flow_keys("Esc");
        flow_quit();
        if (strcmp(script->form, "cap_sesion") == 0)
                begin_session(at);
        assert_int_equal(flow_shell(NULL, "cp -R '%s' '%s/semilla'", at->data, at->dir), 0);
}

/* ---- Typing, and killing ---- */

/* The other end of the program's terminal: among the open files of this test, the one that has a name as one. */
static int terminal(void)
{
        char name[64];
        for (int fd = 3; fd < 64; fd++)
                if (ptsname_r(fd, name, sizeof name) == 0)
                        return fd;
        fail_msg("no terminal");
        return -1;
}

static uint64_t now_us(void)
{
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* Some of what the program paints, then some moments more: anywhere between two keys, or inside one. */
static void let_it_work(int fd, int bytes, uint64_t us)
{
        char block[256];
        while (bytes > 0) {
                struct pollfd wait = {.fd = fd, .events = POLLIN};
                if (poll(&wait, 1, 200) <= 0)
                        break;
                ssize_t n = read(fd, block, bytes < (int)sizeof block ? (size_t)bytes : sizeof block);
                if (n <= 0)
                        break;
                bytes -= (int)n;
        }
        for (uint64_t end = now_us() + us; now_us() < end;)
                ;
}

/* All keys of the burst in one write, then the kill. */
static void burst_and_kill(const struct tape *tape, int from, int to)
{
        struct str bytes = STR_INIT;
        int fd = terminal(), work = (int)(random_unit() * 4 * (to - from)), hurry = (int)(random_unit() * 3);
        for (int i = from; i < to; i++)
                str_add(&bytes, tape->keys[i].bytes);
        assert_int_equal(write(fd, bytes.text, bytes.len), bytes.len);
        str_release(&bytes);
        let_it_work(fd, hurry ? work : 0, hurry == 1 ? (uint64_t)(random_unit() * 3000) : 0);
        vt_kill(SIGKILL);
        assert_int_equal(vt_wait_exit(), 128 + SIGKILL);
}

/* The keys answered one by one. */
static void type_answered(const struct tape *tape, int n)
{
        for (int i = 0; i < n; i++)
                vt_send(tape->keys[i].bytes, strlen(tape->keys[i].bytes));
}

static void go_to_first(const struct place_of_test *at, const struct script *script)
{
        flow_start(at, ROWS, COLS);
        vt_expect_has(script->seen);
        flow_keys(script->keys);
        if (!flow_on(script->first))
                vt_expect_has("(la primera pregunta)");
}

/* ---- Afterwards ---- */

static void check_offer(const struct place_of_test *at, const struct script *script)
{
        flow_start(at, ROWS, COLS);
        vt_expect_has("Quedó una ficha sin concluir");
        vt_expect_has(script->seen);
        vt_keys("Enter");
        vt_expect_has("▌");
        vt_expect_lacks("Quedó una ficha");
        vt_end();
}

static void check_file(const struct place_of_test *at)
{
        char *said = NULL;
        assert_int_equal(flow_shell(&said, "sqlite3 '%s/simae.db' 'PRAGMA integrity_check'", at->data), 0);
        assert_string_equal(said, "ok\n");
        free(said);
}

static void check_draft(const struct place_of_test *at, const struct script *script, const struct tape *tape, int answered,
                        int sent)
{
        json_t *found = read_disk(at, script);
        bool known = false;
        for (int n = answered; n <= sent && !known; n++)
                known = json_equal(found, (json_t *)(uintptr_t)after_keys(tape, n));
        if (!known) {
                char *is = json_dumps(found, JSON_COMPACT), *was = json_dumps(after_keys(tape, answered), JSON_COMPACT);
                print_error("%s: %d keys were answered and %d sent, and the draft is\n  %s\nafter the first it was\n  %s\n",
                            script->name, answered, sent, is, was);
                free(is);
                free(was);
                fail();
        }
        json_decref(found);
}

static void kill_once(const struct place_of_test *at, const struct script *script, const struct tape *tape)
{
        int answered = (int)(random_unit() * tape->n), sent = answered + 1 + (int)(random_unit() * BURST);
        if (sent > tape->n)
                sent = tape->n;
        restore(at);
        go_to_first(at, script);
        type_answered(tape, answered);
        burst_and_kill(tape, answered, sent);
        check_offer(at, script);
        check_file(at);
        check_draft(at, script, tape, answered, sent);
}

static int kills(void)
{
        const char *asked = getenv("SIMAE_TEST_KILLS");
        int n = asked ? atoi(asked) : KILLS;
        return n > 0 ? n : getenv("SIMAE_TEST_FULL") ? KILLS_FULL : KILLS;
}

static void run_script(void **state, int script, int share)
{
        struct place_of_test *at = *state;
        struct tape tape = tape_of(&scripts[script]);
        prepare(at, &scripts[script]);
        random_seed(scripts[script].name);
        for (int n = kills() * share / 100; n > 0; n--)
                kill_once(at, &scripts[script], &tape);
        /* And once to the end, so that the script is known to be what it says. */
        restore(at);
        go_to_first(at, &scripts[script]);
        type_answered(&tape, tape.n);
        vt_kill(SIGKILL);
        check_draft(at, &scripts[script], &tape, tape.n, tape.n);
        tape_release(&tape);
}

static void killed_in_a_visit(void **state)
{
        run_script(state, 0, 50);
}

static void killed_among_rows(void **state)
{
        run_script(state, 1, 25);
}

static void killed_in_a_commitment(void **state)
{
        run_script(state, 2, 25);
}

/* ---- What is being typed ---- */

static int watch_folder(const struct place_of_test *at)
{
        int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        assert_true(watch >= 0 && inotify_add_watch(watch, at->data, IN_MODIFY) >= 0);
        return watch;
}

/* Until the program writes by itself, and then until it has finished: it answers one key after another. */
static void wait_for_saving(int watch)
{
        char events[4096];
        struct pollfd wait = {.fd = watch, .events = POLLIN};
        assert_int_equal(poll(&wait, 1, 5000), 1);
        assert_true(read(watch, events, sizeof events) > 0);
        close(watch);
        vt_keys("^L");
}

struct typed { const char *keys, *label, *typed, *more; };

static void what_is_being_typed_is_kept_after_a_second(void **state)
{
        static const struct typed cases[] = {
                {"Enter F5 \"título de la ses\" Enter", "Título de la sesión o experiencia", "¿Por qué flota", " el huevo"},
                {"Enter F5 \"fortalezas\" Enter", "Fortalezas observadas", "Parte de una pregunta 🙂 de Ñandú", " y de"},
                {"Enter F5 \"compromisos del\" Enter \"+\"", "Compromiso (qué hará)", "Elaborar fichas para 3.º", " y 4"},
        };
        struct place_of_test *at = *state;
        prepare(at, &scripts[0]);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                restore(at);
                flow_start(at, ROWS, COLS);
                flow_keys(cases[i].keys);
                assert_true(flow_on(cases[i].label));
                int watch = watch_folder(at);
                vt_type(cases[i].typed);
                wait_for_saving(watch);
                vt_type(cases[i].more);
                vt_kill(SIGKILL);
                flow_start(at, ROWS, COLS);
                vt_keys("Enter");
                if (i == 2) /* a commitment is opened from its visit */
                        flow_keys("F5 \"compromisos del\" Enter Down Enter");
                vt_expect_has(cases[i].typed);
                assert_true(flow_on(cases[i].label));
                vt_end();
                check_file(at);
        }
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, flow_place, flow_leave)
        const struct CMUnitTest tests[] = {
                CASE(killed_in_a_visit),
                CASE(killed_among_rows),
                CASE(killed_in_a_commitment),
                CASE(what_is_being_typed_is_kept_after_a_second),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
