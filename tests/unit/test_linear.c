/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The linear mode as a person uses it through a pipe: scripts of lines go in,
 * plain lines come out, and the records say what was answered.  One laptop
 * goes through the whole test of a visit: each script begins where the one
 * before left it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>
#include <signal.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/str.h"
#include "base/mem.h"
#include "../scratch.h"

struct laptop {
        char dir[64];
        char *said;
};

/* ---- Running ---- */

static const char *path_of(const char *variable, const char *otherwise)
{
        const char *value = getenv(variable);
        return value ? value : otherwise;
}

__attribute__((format(printf, 1, 2))) static char *output_of(const char *format, ...)
{
        char *command = NULL, part[4096];
        va_list args;
        va_start(args, format);
        assert_true(vasprintf(&command, format, args) >= 0);
        va_end(args);
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        struct str text = STR_INIT;
        for (size_t n; (n = fread(part, 1, sizeof part, pipe)) > 0;)
                str_addn(&text, part, n);
        int status = pclose(pipe);
        if (status != 0)
                fail_msg("%s: status %d", command, status);
        free(command);
        return str_detach(&text);
}

static int laptop_new(void **state)
{
        struct laptop *laptop = xcalloc(1, sizeof *laptop);
        char *forms = xasprintf("%s/forms", path_of("SIMAE_TREE", "."));
        if (!scratch_folder(laptop->dir, sizeof laptop->dir, "linear"))
                return -1;
        setenv("SIMAE_FORMS", forms, 1);
        setenv("SIMAE_TEST_NOW", "2026-04-14T09:30:00.000-05:00", 1);
        free(forms);
        *state = laptop;
        return 0;
}

static int laptop_free(void **state)
{
        struct laptop *laptop = *state;
        free(output_of("rm -rf '%s'", laptop->dir));
        free(laptop->said);
        free(laptop);
        return 0;
}

static void check_plain(const char *said)
{
        for (const char *c = said; *c; c++)
                if ((unsigned char)*c < 0x20 && *c != '\n')
                        fail_msg("byte %d in: %.40s", *c, c);
}

/* Lines in; what was said is in laptop->said. It must end well. */
static void run(struct laptop *laptop, const char *lines)
{
        char *path = xasprintf("%s/lines", laptop->dir);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(lines, file);
        fclose(file);
        free(laptop->said);
        laptop->said = output_of("'%s/simae' --texto --datos '%s/datos' <'%s' 2>&1",
                                 path_of("SIMAE_BUILD", "build"), laptop->dir, path);
        check_plain(laptop->said);
        free(path);
}

static void check_said(const struct laptop *laptop, const char *words)
{
        if (strstr(laptop->said, words))
                return;
        fputs(laptop->said, stderr);
        fail_msg("«%s» was not said", words);
}

/* Every one of these, in this order. */
static void check_in_order(const struct laptop *laptop, const char *const *words, size_t n)
{
        const char *from = laptop->said;
        for (size_t i = 0; i < n; i++) {
                from = strstr(from, words[i]);
                if (from)
                        continue;
                fputs(laptop->said, stderr);
                fail_msg("«%s» was not said after «%s»", words[i], i ? words[i - 1] : "");
        }
}

/* ---- What is stored ---- */

static json_t *parsed(char *text)
{
        json_error_t error;
        json_t *json = json_loads(text, 0, &error);
        if (!json)
                fail_msg("%s: %s", error.text, text);
        free(text);
        return json;
}

/* The answers of the record whose code is `code`. */
static json_t *answers_of(const struct laptop *laptop, const char *code)
{
        json_t *body = parsed(output_of("'%s/simae' registro ver '%s' --json --datos '%s/datos'",
                                        path_of("SIMAE_BUILD", "build"), code, laptop->dir));
        json_t *answers = json_incref(json_object_get(body, "f"));
        json_decref(body);
        return answers;
}

/* The code that concluding said last. */
static const char *code_said(const struct laptop *laptop)
{
        static const char words[] = "Su código es ";
        static char code[9];
        const char *at = laptop->said, *last = NULL;
        while ((at = strstr(at, words)))
                last = at += strlen(words);
        assert_non_null(last);
        snprintf(code, sizeof code, "%.8s", last);
        return code;
}

static void check_answer(const json_t *answers, const char *question, const char *expected)
{
        char *found = json_dumps(json_object_get(answers, question), JSON_ENCODE_ANY | JSON_COMPACT);
        if (!str_equal(found, expected))
                fail_msg("%s: %s, not %s", question, found ? found : "(nothing)",
                         expected ? expected : "(nothing)");
        free(found);
}

/* ---- A visit ---- */

/* Who she is; then a school, its code wrong at first. */
static const char first_day[] =
        "Rojas Díaz\nAna María\nespecialista mae\ncajamarca\n"
        "directorio\n1\n+\nPeñón Añejo\n123\n0123456\n\nprimaria\n.ir distrito\nUtco\n"
        ".revisar\nconcluir\nsí\n.salir\nsalir\n";

/* The visit, with a teacher who is not in the directory, left in the middle. */
static const char visit_begins[] =
        "nueva\ndocente\n1\n"
        "peñon\n1\n\nmultigrado\nrural\n"
        ".ir hora de inicio\n8:00\n9:00\n"
        ".ir tipo de visita\ninopinada\n\nsi\n\n"
        "quispe\n+ Quispe Ñahui\n\nRosa\ndocente\n\n"
        "\nnombrado\n\n1 2\nU\ncomunicacion\n"
        "..y contó\nDicen..\n..y cuentan\n\n" /* one line; several; both begin with a point */
        "24\n30\n\n.salir\nsalir\n";

/* Taken up again: the wrong answer is corrected; the rest up to the commitments. */
static const char visit_goes_on[] =
        "sí\n.donde\n.atras\n25\n\n2\nno\n"
        ".ir asistentes\n23\n"
        ".ir sección plan\n3\n1, familiar\n3\n3\n1\nNo lleva registro\nni portafolio\n\n"
        "3\n3\n3\n3\n"
        "3\n3\n3\n3\n3\n3\n2\nSolo usa el aula\n\npatio biblioteca\n.atras\n+ hogar\n"
        ".salir\nsalir\n";

static const char visit_ends[] =
        "sí\n.ir socializa\n3\n3\n3\n3\nno\ndescriptiva\nsi\nsi\n3\n"
        "3\n3\nsi\nno\n"
        "3\n3\n3\n"
        "1\n1\n1\nno\n\n"
        "no\n"
        "si\nhoy\nDomina los contenidos\n\nDar más tiempo\n\nHabla mucho\n\nPreguntará más\n\n\n"
        "+\nRevisar juntos las unidades\n\n.ir verificar\nUnidades corregidas\n30/4/2026\n\nconforme\n\n"
        "+\n\nen proceso\n40\n\n\n\n" /* a follow-up, its date as proposed */
        "\n\n\n"                      /* a blank one ends them; so ends the commitment */
        "\n\nno\n\n\n\n\n"            /* the conformity is left for the review */
        "1\nconforme\n\nno\nconcluir\nsí\n.salir\nsalir\n";

static void test_visit(void **state)
{
        struct laptop *laptop = *state;
        run(laptop, first_day);
        check_said(laptop, "Por corregir: El código modular tiene 7 dígitos");
        check_said(laptop, "Ficha concluida. Su código es ");

        run(laptop, visit_begins);
        static const char *const skipped[] = {
                "2 de 21. Institución educativa (obligatoria, del directorio)",
                "Guardado: Peñón Añejo · Utco · 0123456.",
                "3 de 20. Nivel",
                "Sección: B. Docente y grupo",
                "Agregado al directorio.",
                "Guardado: 1.º de primaria, 2.º de primaria.",
                "Por corregir: No pueden asistir más estudiantes que los matriculados",
                "Queda por corregir.",
                "Estudiantes con NEE",
                "Todo está guardado"};
        check_in_order(laptop, skipped, ARRAY_LEN(skipped));

        run(laptop, visit_goes_on);
        static const char *const resumed[] = {"Quedó una ficha sin concluir: ",
                                              "¿Continuarla?",
                                              "Estudiantes con NEE",
                                              "Estudiantes asistentes",
                                              "Respuesta: 30",
                                              "Guardado.",
                                              "¿Qué ámbitos incluye la caracterización?",
                                              "Guardado: Patio, Biblioteca, Hogar."};
        check_in_order(laptop, resumed, ARRAY_LEN(resumed));

        run(laptop, visit_ends);
        check_said(laptop, "Fila 2, nueva. Enter con la fila en blanco termina la lista.");
        check_said(laptop, "Falta 1 para concluir:\n1. El docente declara");
}

static void check_visit(const struct laptop *laptop)
{
        static const char *const expected[][2] = {
                {"nivel", "\"B0\""},
                {"tipo_ie", "\"multigrado\""},
                {"hora_inicio", "\"08:00\""},
                {"visita_tipo", "\"inopinada\""},
                {"docente_condicion", "\"nombrado\""},
                {"modulos_ser", NULL},
                {"grados", "[\"p1\",\"p2\"]"},
                {"seccion", "\"U\""},
                {"titulo_sesion", "\".y contó\""},
                {"proposito", "\"Dicen..\\n.y cuentan\""},
                {"matriculados", "24"},
                {"asistentes", "23"},
                {"tiene_planificacion", "\"no\""},
                {"caracteriza", "\"3\""},
                {"info_competencias", "\"1\""},
                {"info_competencias_evidencia", "\"No lleva registro\\nni portafolio\""},
                {"espacios_usados", "[\"patio\",\"biblioteca\",\"hogar\"]"},
                {"aplica_rubricas", "\"no\""},
                {"retro_fecha", "\"2026-04-14\""},
                {"motivo_no", NULL},
                {"conforme_docente", "\"conforme\""},
        };
        json_t *answers = answers_of(laptop, code_said(laptop));
        for (size_t i = 0; i < ARRAY_LEN(expected); i++)
                check_answer(answers, expected[i][0], expected[i][1]);
        const char *child = json_string_value(json_array_get(json_object_get(answers, "compromisos"), 0));
        assert_non_null(child);
        json_t *commitment = answers_of(laptop, child);
        check_answer(commitment, "texto", "\"Revisar juntos las unidades\"");
        assert_int_equal(json_array_size(json_object_get(commitment, "seguimientos")), 1);
        check_answer(json_array_get(json_object_get(commitment, "seguimientos"), 0), "seg_avance", "40");
        json_decref(commitment);
        json_decref(answers);
}

static void test_stored(void **state)
{
        check_visit(*state);
}

/* ---- Small journeys, with the small forms ---- */

static int small_new(void **state)
{
        int rc = laptop_new(state);
        char *forms = xasprintf("%s/tests/vectors/flows/fichas", path_of("SIMAE_TREE", "."));
        setenv("SIMAE_FORMS", forms, 1);
        free(forms);
        if (rc == 0)
                run(*state, "Quispe\nRosa\nSan José\n\n.salir\nsalir\n");
        return rc;
}

static void test_help(void **state)
{
        struct laptop *laptop = *state;
        run(laptop, ".\n.nada\n.revisar\n99\nnueva\nvisita\n1\n.\n.salir\n.salir\n");
        static const char *const said[] = {"Órdenes:",
                                           ".salir: vuelve al menú",
                                           "No se entiende «.nada»",
                                           "Aquí no se usa «.revisar»",
                                           "Escriba un número del 1 al ",
                                           "Escriba unas letras del nombre o del código",
                                           ".deshacer: deshace",
                                           "No se guardó nada",
                                           "Hasta luego."};
        check_in_order(laptop, said, ARRAY_LEN(said));
}

/* Boards are lists like the others; what they show is in tests/unit/test_boards_*.c. */
static void test_boards(void **state)
{
        struct laptop *laptop = *state;
        run(laptop, "tableros\ncalend\n1\n\n\nagenda\n\nsalir\n");
        static const char *const said[] = {"Tableros", "Agenda, Visitas, plazos", "Calendario escolar", "Calendario escolar. Hoy, martes 14",
                                           "Menú", "Agenda. Hoy: 0 visitas", "No hay nada en estas semanas", "Hasta luego."};
        check_in_order(laptop, said, ARRAY_LEN(said));
}

static void test_back_and_undo(void **state)
{
        struct laptop *laptop = *state;
        run(laptop, "nueva\nvisita\n1\n\n\n\nno\nllovió\n.atras\n.atras\n.deshacer\n.rehacer\n.borrar\n."
                    "deshacer\n.salir\nsalir\n");
        static const char *const said[] = {"¿Se realizó?",
                                           "Guardado: No.",
                                           "Motivo",
                                           "Guardado.",
                                           "Áreas",
                                           "Motivo",
                                           "Respuesta: llovió",
                                           "¿Se realizó?",
                                           "Respuesta: No",
                                           "Deshecho. Motivo: llovió → (vacío)",
                                           "Rehecho.",
                                           "Borrado.",
                                           "Deshecho. Motivo: (vacío) → llovió",
                                           "Respuesta: llovió",
                                           "Todo está guardado"};
        check_in_order(laptop, said, ARRAY_LEN(said));
}

static void test_discard(void **state)
{
        struct laptop *laptop = *state;
        run(laptop, "nueva\nvisita\n1\n.ir motivo\n\n.ir realizo\nno\n.salir\nsalir\n");
        check_said(laptop, "Nada coincide con «motivo»");
        run(laptop, "no\ncontinuar\n.quitar 1\n\n.quitar 1\nsí\n\nsalir\n");
        check_said(laptop, "Se conserva.");
        check_said(laptop, "Borrador eliminado.");
        check_said(laptop, "No hay fichas sin concluir.");
}

static void test_rows(void **state)
{
        struct laptop *laptop = *state;
        run(laptop, "nueva\nvisita\n1\n.ir presentes\n+\nAna\n30\nEva\n\nLuz\n9\n\n.subir 3\nluz\n.quitar "
                    "1\nsí\n2\n.saltar\n31\n"
                    ".donde\n.salir\nsalir\n");
        static const char *const said[] = {"Fila 1, nueva.",
                                           "Fila 1 de 1, 1 de 2. Nombre",
                                           "Fila 2, nueva.",
                                           "Fila 3, nueva.",
                                           "Fila 4, nueva.",
                                           "3 filas.",
                                           "3. Luz · 9",
                                           "Ahora es la fila 2.",
                                           "2. Luz · 9\n3. Eva",
                                           "2. Luz · 9\n",
                                           "Quitada.",
                                           "2 filas.",
                                           "Respuesta: Eva",
                                           "Guardado.",
                                           "1. Luz · 9\n2. Eva · 31"};
        check_in_order(laptop, said, ARRAY_LEN(said));
}

/* What a cut leaves half written is an answer. */
static void test_cut_text(void **state)
{
        struct laptop *laptop = *state;
        run(laptop, "nueva\nvisita\n1\n.ir notas\nuna línea\notra");
        run(laptop, "sí\n.ir notas\n.agregar\ny una más\n\n.atras\n.salir\nsalir\n");
        check_said(laptop, "Respuesta:\nuna línea\notra\n");
        check_said(laptop, "Respuesta:\nuna línea\notra\ny una más\n");
}

static void test_odd_bytes(void **state)
{
        struct laptop *laptop = *state;
        run(laptop,
            "nueva\nvisita\n1\n.ir realizo\nno\n\033[A\tllo\a\302\205vi\377\033Oó\r\n.atras\n.salir\nsalir\n");
        check_said(laptop, "Respuesta: llo  vi\357\277\275Oó\n");
}

/* Concluded, read, corrected, and annulled; in between, a school made on the way. */
static void test_record(void **state)
{
        struct laptop *laptop = *state;
        run(laptop, "nueva\nvisita\n1\n+\n\n16004\n\n\nno\nllovió\n.revisar\nconcluir\nno\n\nsí\nsalir\n");
        check_said(laptop,
                   "Datos de: IE\n1 de 1. Nombre (obligatoria)\nQueda pendiente.\nNombre: Falta responder.");
        check_said(laptop, "Sigue sin concluir.");
        check_said(laptop, "Ficha concluida.");
        run(laptop, "registros\n1\n1\n1\n.ir motivo\nhubo huelga\n.revisar\nconcluir\nsí\n"
                    "2\n3\nse repitió\nsí\n1\n\n\n\nsalir\n");
        static const char *const said[] = {"16004 · 2026-04-14",
                                           "Motivo: llovió",
                                           "Respuesta: llovió",
                                           "Ficha concluida.",
                                           "Motivo: antes «llovió», después «hubo huelga»",
                                           "¿Por qué se anula?",
                                           "La ficha quedó anulada.",
                                           "Está anulada: ya no se corrige."};
        check_in_order(laptop, said, ARRAY_LEN(said));
        run(laptop, "exportar\n/no/existe\ncorta\n+\nuna frase larga\nuna frase laga\nuna frase larga\nuna frase larga\n"
                    "exportar\n\n\nexportar\n\nuna frase larga\nuna frase larga\nsalir\n");
        check_said(laptop, "La frase es muy corta");
        check_said(laptop, "Por ejemplo: ");
        check_said(laptop, "No es igual a la primera");
        check_said(laptop, "No existe la carpeta «/no/existe»");
        check_said(laptop, "Sin frase no se exporta");
        check_said(laptop, "copiado y comprobado");
        free(output_of("cd '%s' && P='%s/simae'; \"$P\" claves crear --salida k 2>/dev/null && \"$P\" --datos datos claves aceptar $(\"$P\" "
                       "claves mostrar k)", laptop->dir, path_of("SIMAE_BUILD", "build")));
        run(laptop, "exportar\n\nsalir\n");
        check_said(laptop, "copiado y comprobado");
}

/* ---- An office ---- */

/* An office makes its key, a laptop takes it and exports, and what it sent waits until the words were compared. */
static void an_office_makes_its_key_and_receives(void **state)
{
        struct laptop *laptop = *state, office = {0};
        char *lines;
        snprintf(office.dir, sizeof office.dir, "%.40s/of", laptop->dir);
        free(output_of("mkdir -p '%s' '%s/usb'", office.dir, laptop->dir));
        lines = xasprintf(".salir\nclaves\n+\n2\nno\n+\n2\nsí\n\n+\n2\nsí\nUGEL Ejemplo\n%s\n+\n4\n+\n2\n%s/usb\n+\n9\n\nsalir\n",
                          office.dir, laptop->dir);
        run(&office, lines);
        free(lines);
        static const char *const made[] = {"+ agrega las claves de una oficina, o hace las suyas", "2. Hacer la clave de una oficina", "No se hace.",
                                           "Sin nombre no se hace", "Hecha y probada", "Lleva la clave secreta", "imprímala y borre el archivo",
                                           "o entrega, imprime y prueba las de esta", "Probada: abre lo que cifra", "copiadas y comprobadas",
                                           "Eso no es ninguno de los números"};
        check_in_order(&office, made, ARRAY_LEN(made));
        lines = xasprintf("claves\n+\n1\n%s/usb\nsí\n\nexportar\n%s/usb\nsalir\n", laptop->dir, laptop->dir);
        run(laptop, lines);
        free(lines);
        check_said(laptop, "Claves de UGEL Ejemplo, del 14/04/2026");
        check_said(laptop, "copiado y comprobado");
        lines = xasprintf(".salir\nimportar\n%s/usb\nno\nimportar\n+\n1\n+\n%s/espera.ndjson\n\nclaves\n1\nsí\n\nimportar\n\nsí\n2\n%s/usb\nsalir\n",
                          laptop->dir, office.dir, laptop->dir);
        run(&office, lines);
        free(lines);
        static const char *const received[] = {"en espera: laptop nueva", "+ dice lo que espera", "¿Hacer la constancia", "Motivo: laptop nueva",
                                               "sin límite de tiempo", "espera.ndjson (1 línea)", "Aceptada: ", "1 ya recibido, 0 en espera",
                                               "¿Hacer la constancia", "Guardada: "};
        check_in_order(&office, received, ARRAY_LEN(received));
        if (strstr(office.said, "otros motivos"))
                fail_msg("one reason is told as several");
        free(output_of("grep -q 'Constancia de recepción' '%s'/usb/constancia-*.txt", laptop->dir));
        free(office.said);
}

/* ---- Signals and terminals ---- */

struct talk {
        pid_t pid;
        int in, out;
        struct str said;
};

static void talk_start(struct talk *talk, const struct laptop *laptop)
{
        int in[2], out[2];
        char *program = xasprintf("%s/simae", path_of("SIMAE_BUILD", "build"));
        char *data = xasprintf("%s/datos", laptop->dir);
        assert_int_equal(pipe2(in, O_CLOEXEC), 0);
        assert_int_equal(pipe2(out, O_CLOEXEC), 0);
        talk->pid = fork();
        if (talk->pid == 0) {
                alarm(30); /* a test that goes wrong must not wait for ever */
                dup2(in[0], STDIN_FILENO);
                dup2(out[1], STDOUT_FILENO);
                execl(program, program, "--texto", "--datos", data, (char *)NULL);
                _exit(127);
        }
        close(in[0]);
        close(out[1]);
        talk->in = in[1];
        talk->out = out[0];
        str_init(&talk->said);
        free(program);
        free(data);
}

/* Writes the lines and waits until `words` are said. */
static void talk_say(struct talk *talk, const char *lines, const char *words)
{
        char part[4096];
        assert_int_equal(write(talk->in, lines, strlen(lines)), (ssize_t)strlen(lines));
        while (!strstr(talk->said.text, words)) {
                ssize_t n = read(talk->out, part, sizeof part);
                if (n <= 0)
                        fail_msg("«%s» was not said in: %s", words, talk->said.text);
                str_addn(&talk->said, part, (size_t)n);
        }
}

/* The exit status, or 256 plus the signal that killed it. */
static int talk_end(struct talk *talk)
{
        int status;
        waitpid(talk->pid, &status, 0);
        close(talk->in);
        close(talk->out);
        str_release(&talk->said);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

static void check_signal(struct laptop *laptop, int number)
{
        struct talk talk;
        talk_start(&talk, laptop);
        talk_say(&talk, "nueva\nvisita\n1\n.ir realizo\nno\nse cayó el puente\n", "Áreas");
        kill(talk.pid, number);
        assert_int_equal(talk_end(&talk), 0);
        run(laptop, "sí\n.ir motivo\n.salir\ncontinuar\n.quitar 1\nsí\n\nsalir\n");
        check_said(laptop, "Respuesta: se cayó el puente");
}

static void test_signals(void **state)
{
        check_signal(*state, SIGTERM);
        check_signal(*state, SIGHUP);
        check_signal(*state, SIGINT);
}

/* Nobody reads any more: it leaves, and what was answered stays. */
static void test_deaf(void **state)
{
        struct laptop *laptop = *state;
        struct talk talk;
        talk_start(&talk, laptop);
        talk_say(&talk, "nueva\nvisita\n1\n.ir realizo\nno\nel río creció\n", "Áreas");
        close(talk.out);
        talk.out = open("/dev/null", O_RDONLY);
        assert_int_equal(write(talk.in, "1\n\n", 3), 3);
        assert_int_equal(talk_end(&talk), 0);
        run(laptop, "sí\n.ir motivo\n.salir\ncontinuar\n.quitar 1\nsí\n\nsalir\n");
        check_said(laptop, "Respuesta: el río creció");
}

static void test_guide(void **state)
{
        struct laptop *laptop = *state;
        run(laptop, "ayuda\nxyzzy\nviolencia siseve\n1\n\nsalir\n");
        static const char *const said[] = {"Ayuda y glosario: escriba palabras para buscar",
                                           "Nada coincide con «xyzzy»",
                                           "1. Violencia escolar: SíseVe y sus protocolos, Visitas y alertas",
                                           "Verifique la norma",
                                           "Menú",
                                           "Hasta luego."};
        check_in_order(laptop, said, ARRAY_LEN(said));
}

#define SMALL(test) cmocka_unit_test_setup_teardown(test, small_new, laptop_free)

int main(void)
{
        const struct CMUnitTest visit[] = {cmocka_unit_test(test_visit), cmocka_unit_test(test_stored),
                                              cmocka_unit_test(test_guide)};
        const struct CMUnitTest small[] = {
                SMALL(test_help), SMALL(test_boards),    SMALL(test_back_and_undo), SMALL(test_discard),
                SMALL(test_rows),    SMALL(test_cut_text),      SMALL(test_odd_bytes),
                SMALL(test_signals), SMALL(test_deaf),          SMALL(test_record),
                SMALL(an_office_makes_its_key_and_receives)};
        int failed = cmocka_run_group_tests(visit, laptop_new, laptop_free);
        return failed + cmocka_run_group_tests(small, NULL, NULL);
}
