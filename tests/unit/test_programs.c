/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Boards of CAP, MGEA and Programa SER over small stores: records are put
 * straight into the store with what the boards read of them, and the forms are
 * the real ones.  Today is Wednesday 20 May 2026.
 */
#include "test_store_help.h"

#include "base/date.h"
#include "base/err.h"
#include "report/board.h"

static const char HOME[] = "060001", ELSEWHERE[] = "060004", OFFICE[] = "060000";

static struct {
        const char *id, *path;
        struct form *form;
} forms[] = {
        {"ata_asistencia", "comun/ata_asistencia", NULL},  {"cap", "directorio/cap", NULL},
        {"cap_sesion", "cap/cap_sesion", NULL},            {"cap_plan", "cap/cap_plan", NULL},
        {"mgea_checklist", "mgea/mgea_checklist", NULL},   {"pser_participante", "pser/pser_participante", NULL},
        {"pser_formador", "pser/pser_formador", NULL},     {"pser_reporte_modulo", "pser/pser_reporte_modulo", NULL},
        {"institucion", "directorio/institucion", NULL},   {"persona", "directorio/persona", NULL},
        {"asignacion", "directorio/asignacion", NULL},     {"modulo", "directorio/modulo", NULL},
        {"compromiso", "comun/compromiso", NULL},          {"pser_reemplazo", "pser/pser_reemplazo", NULL},
        {"alerta", "comun/alerta", NULL},
};

static int load_forms(void **state)
{
        const char *tree = getenv("SIMAE_TREE");
        char *dir = xasprintf("%s/forms", tree ? tree : ".");
        struct form_library library = {.dir = dir};
        struct err_list mistakes = {0};
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
                char *path = xasprintf("%s/%s.yaml", dir, forms[i].path);
                forms[i].form = form_load_file(path, &library, &mistakes);
                free(path);
        }
        for (int i = 0; i < mistakes.n; i++)
                print_error("%s\n", mistakes.items[i].text);
        int n = mistakes.n;
        err_list_release(&mistakes);
        free(dir);
        return n;
}

static int free_forms(void **state)
{
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(forms); i++)
                form_free(forms[i].form);
        return 0;
}

static const struct form *form_named(void *ctx, const char *id)
{
        (void)ctx;
        for (size_t i = 0; i < ARRAY_LEN(forms); i++)
                if (strcmp(forms[i].id, id) == 0)
                        return forms[i].form;
        return NULL;
}

/* ---- Records ---- */

static const char *hex(struct world *w, int n)
{
        struct id id = id_n(n);
        char text[ID_TEXT];
        return arena_strdup(&w->arena, id_format(&id, text));
}

/* What a test says of a record; the rest is empty. `answers` is JSON with ' for ". */
struct put {
        int n;
        const char *form, *title, *ugel, *school, *subject, *date, *due, *answers;
        int parent;
        bool open, sensitive;
        enum record_state state;
};

static const char *or_empty(const char *text)
{
        return text ? text : "";
}

static void put_form(struct world *w, const char *id)
{
        bool entity = strcmp(id, "cap") == 0 || strcmp(id, "persona") == 0 || strcmp(id, "institucion") == 0 ||
                      strcmp(id, "asignacion") == 0 || strcmp(id, "modulo") == 0;
        struct store_form form = form_of(id, "1", entity);
        form.hash = hash_text(id);
        OK(store_form_put(w->store, &form, "x", &w->err));
}

static void put(struct world *w, struct put put)
{
        char *body = xasprintf("{\"n\":%d,\"f\":%s}", ++w->revisions, put.answers ? put.answers : "{}");
        for (char *c = body; *c; c++)
                if (*c == '\'')
                        *c = '"';
        struct store_record view = view_of(put.n, put.form, or_empty(put.title));
        view.ugel = put.ugel ? put.ugel : HOME;
        view.school = or_empty(put.school);
        view.school_title = *view.school ? "IE 90001 Cerro Peñón · 0123456" : "";
        view.subject = or_empty(put.subject);
        view.date = or_empty(put.date);
        view.due = or_empty(put.due);
        view.unique_key = "";
        view.open = put.open;
        view.done = true;
        view.sensitive = put.sensitive;
        view.state = put.state;
        if (put.parent)
                view.parent = id_n(put.parent);
        struct store_revision revision = {.id = hash_text(body), .record = view.id, .body = body, .form = put.form,
                .form_hash = view.form_hash, .state = put.state, .gen = 1, .author = "", .device = "equipo",
                .date = "2026-03-01T08:00:00.000-05:00"};
        view.revision = revision.id;
        put_form(w, put.form);
        OK(store_revision_add(w->store, &revision, &view, NULL, 0, &w->err));
        free(body);
}

#define PUT(...) put(w, (struct put){__VA_ARGS__})
#define TEXT(...) arena_printf(&w->arena, __VA_ARGS__)

static void put_person(struct world *w, int n, const char *title)
{
        PUT(.n = n, .form = "persona", .title = title, .answers = "{'dni':'87654321'}");
}

/* ---- Boards ---- */

static struct board_host host;

static struct board make(struct world *w, const char *name, struct board_options options)
{
        struct board board;
        int64_t today = 0;
        date_parse("2026-05-20", &today);
        host = (struct board_host){.store = w->store, .form = form_named, .today = today, .ugel = HOME, .persona = ""};
        OK(board_make(board_find(name), &host, &options, &board, &w->err));
        for (int i = 0; i < board.table.rows_n * board.table.columns_n; i++)
                assert_null(strstr(board.table.cells[i], "87654321"));
        return board;
}

static const char *cell(const struct board *board, int row, const char *column)
{
        for (int i = 0; i < board->table.columns_n; i++)
                if (strcmp(board->table.columns[i].name, column) == 0)
                        return table_cell(&board->table, row, i);
        fail_msg("no column %s", column);
        return "";
}

/* The row that has that text in that column. */
static int row_of(const struct board *board, const char *column, const char *text)
{
        for (int i = 0; i < board->table.rows_n; i++)
                if (strcmp(cell(board, i, column), text) == 0)
                        return i;
        fail_msg("no row with %s = «%s»", column, text);
        return -1;
}

static void check_summary(const struct board *board, const char *words)
{
        if (!strstr(board->summary, words))
                fail_msg("«%s» is not in «%s»", words, board->summary);
}

#define CELL(row, column, text) assert_string_equal(cell(&board, row, column), text)

/* ---- CAP route ---- */

static void event(struct world *w, int n, const char *ugel, const char *kind, const char *number, const char *date)
{
        PUT(.n = n, .form = "ata_asistencia", .title = TEXT("Evento %d", n), .ugel = ugel, .date = date,
            .answers = TEXT("{'programa':'cap_dif','tipo_evento':'%s'%s}", kind, *number ? TEXT(",'numero':%s", number) : ""));
}

static void route_is_done_by_lists_and_sessions(void **state)
{
        struct world *w = *state;
        event(w, 1, OFFICE, "ata", "1", "2026-04-08");    /* a plenary of the office above */
        event(w, 2, HOME, "taller", "", "2026-04-27");    /* by its day; the weeks of Taller 1 had gone by */
        event(w, 3, ELSEWHERE, "ata", "2", "2026-05-05"); /* of another UGEL */
        event(w, 4, HOME, "acompanamiento", "1", "2025-05-05"); /* last year's route */
        PUT(.n = 5, .form = "ata_asistencia", .date = "2026-05-05", .state = RECORD_ANULADO,
            .answers = "{'programa':'cap_dif','tipo_evento':'ata','numero':2}");
        PUT(.n = 6, .form = "cap_sesion", .title = "CAP Norte · sesión 3", .date = "2026-04-21", .answers = "{'estrategia_dif':'autogestionada'}");
        PUT(.n = 7, .form = "cap_sesion", .date = "2026-04-23", .answers = "{'estrategia_dif':'autogestionada'}");
        PUT(.n = 8, .form = "cap_sesion", .date = "2026-04-23", .answers = "{'estrategia_dif':'no'}");
        PUT(.n = 9, .form = "ata_asistencia", .date = "2026-04-29", .answers = "{'programa':'mgea','tipo_evento':'ata','numero':2}");
        struct board board = make(w, "cap-ruta", (struct board_options){0});
        assert_int_equal(board.table.rows_n, 15); /* 13 milestones, and two weeks without any */
        check_summary(&board, "Cajamarca: 3 de 13 hitos (23 %); atrasados: 2; sigue Autogestionada 2. Desde el 06/04/2026, semana 7 de 15.");
        int row = row_of(&board, "hito", "ATA 1");
        CELL(row, "situacion", "hecho");
        CELL(row, "registro", "Evento 1");
        CELL(row, "fechas", "6 al 10 abr");
        row = row_of(&board, "hito", "Taller 1: Metodología CAP");
        CELL(row, "situacion", "hecho, 8 días tarde");
        row = row_of(&board, "hito", "Autogestionada 1");
        CELL(row, "registros", "2");
        CELL(row, "hecho", "2026-04-21");
        row = row_of(&board, "hito", "ATA 2");
        assert_int_equal(board.rows[row].tone, TONE_OVERDUE);
        CELL(row, "situacion", "atrasado hace 12 días");
        row = row_of(&board, "hito", "Autogestionada 2");
        assert_int_equal(board.rows[row].tone, TONE_NOW);
        row = row_of(&board, "semana", "9");
        CELL(row, "hito", "(sin hito)");
        board_release(&board);
}

static void route_begins_when_asked(void **state)
{
        struct world *w = *state;
        struct board board = make(w, "cap-ruta", (struct board_options){0});
        check_summary(&board, "0 de 13 hitos (0 %); atrasados: 13. Desde el 05/09/2022, terminó su plazo.");
        board_release(&board);
        event(w, 1, HOME, "ata", "1", "2022-09-06");
        board = make(w, "cap-ruta", (struct board_options){.from = "2022-09-07"}); /* a Wednesday: its week */
        check_summary(&board, "1 de 13 hitos (8 %); atrasados: 12. Desde el 05/09/2022");
        board_release(&board);
        board = make(w, "cap-ruta", (struct board_options){.argument = "18/05/2026"});
        check_summary(&board, "0 de 13 hitos (0 %); atrasados: 0; sigue ATA 1. Desde el 18/05/2026, semana 1 de 15.");
        board_release(&board);
        FAILS(ERR_USAGE, board_make(board_find("cap-ruta"), &host, &(struct board_options){.argument = "ayer"}, &board, &w->err));
}

/* ---- Communities ---- */

static void put_community(struct world *w)
{
        put_person(w, 10, "Quispe Ñahui, Ana");
        put_person(w, 11, "Rojas Paz, Beto");
        PUT(.n = 20, .form = "cap", .title = "CAP Norte", .answers = TEXT("{'nombre':'CAP Norte','ambito':'red','estado':'activa','coordinador':'%s'}", hex(w, 10)));
        PUT(.n = 21, .form = "cap", .title = "CAP Sur", .ugel = ELSEWHERE, .answers = "{'nombre':'CAP Sur','estado':'activa'}");
        static const struct { int n; const char *date, *next; bool came; } sessions[] = {
                {30, "2026-03-02", "2026-03-16", true}, {31, "2026-03-20", "2026-04-01", false}, {32, "2026-04-20", "2026-05-04", true}};
        for (size_t i = 0; i < ARRAY_LEN(sessions); i++)
                PUT(.n = sessions[i].n, .form = "cap_sesion", .subject = hex(w, 20), .date = sessions[i].date,
                    .answers = TEXT("{'sesion_numero':%d,'proxima_fecha':'%s','convocados':4,'participantes':["
                                    "{'part_persona':'%s','part_asistio':'si'},{'part_persona':'%s','part_asistio':'%s'}]}",
                                    (int)i + 1, sessions[i].next, hex(w, 10), hex(w, 11), sessions[i].came ? "si" : "no"));
        PUT(.n = 33, .form = "cap_sesion", .subject = hex(w, 20), .date = "2026-05-05", .state = RECORD_ANULADO, .answers = "{'proxima_fecha':'2026-06-01'}");
        PUT(.n = 40, .form = "compromiso", .parent = 30, .answers = "{'estado':'cumplido'}");
        PUT(.n = 41, .form = "compromiso", .parent = 31, .open = true, .due = "2026-05-01", .answers = "{'estado':'pendiente'}");
        PUT(.n = 42, .form = "compromiso", .parent = 99, .open = true, .due = "2026-05-01", .answers = "{'estado':'pendiente'}");
}

static void communities_show_how_regular_they_are(void **state)
{
        struct world *w = *state;
        put_community(w);
        struct board board = make(w, "cap", (struct board_options){.ugel = HOME});
        assert_int_equal(board.table.rows_n, 1);
        CELL(0, "sesiones", "3");
        CELL(0, "ultima_sesion", "2026-04-20");
        CELL(0, "regularidad", "50 % (1 de 2)"); /* four days late is in time; 19 are not */
        CELL(0, "participantes", "2");
        CELL(0, "asistencia_pct", "42"); /* 5 of 12 that were called */
        CELL(0, "acuerdos_abiertos", "1");
        CELL(0, "acuerdos_cumplidos", "1");
        CELL(0, "situacion", "no se reunió: hace 16 días");
        assert_int_equal(board.rows[0].tone, TONE_OVERDUE);
        assert_string_equal(board.rows[0].board, "cap-comunidad");
        board_release(&board);
        board = make(w, "cap", (struct board_options){0});
        assert_int_equal(board.table.rows_n, 2);
        CELL(row_of(&board, "comunidad", "CAP Sur"), "situacion", "sin sesiones");
        board_release(&board);
        board = make(w, "cap", (struct board_options){.persona = hex(w, 11)});
        assert_int_equal(board.table.rows_n, 0);
        board_release(&board);
}

static void one_community_tells_its_sessions(void **state)
{
        struct world *w = *state;
        put_community(w);
        struct board board = make(w, "cap-comunidad", (struct board_options){.argument = hex(w, 20)});
        assert_int_equal(board.table.rows_n, 4);
        CELL(0, "en_fecha", "");
        CELL(1, "en_fecha", "sí: 4 días después");
        CELL(1, "asistencia", "1 de 4");
        CELL(1, "acuerdos", "0 de 1 cumplidos, 1 vencidos");
        CELL(2, "en_fecha", "no: 19 días después");
        CELL(3, "fecha", "2026-05-04"); /* what is announced */
        check_summary(&board, "Sesiones: 3, en fecha 1 de 2. Personas distintas: 2. Acuerdos: abiertos 1, cumplidos 1.");
        board_release(&board);
}

/* ---- The plan of CAP ---- */

static void plan_shows_its_twenty_questions(void **state)
{
        struct world *w = *state;
        PUT(.n = 1, .form = "cap_plan", .date = "2026-03-01", .answers = "{'version_plan':1,'estado_q01':'respondida'}");
        PUT(.n = 2, .form = "cap_plan", .date = "2026-03-10",
            .answers = "{'version_plan':2,'estado_q01':'respondida','q01_presupuesto':'parcial','q01_monto':1500,'estado_q02':'en_consulta',"
                       "'estado_q10':'respondida','q10_formato':['visitas','sesiones'],'estado_q17':'respondida','q17_cronograma':["
                       "{'act_estado':'ejecutada','act_fin':'2026-04-01'},{'act_estado':'pendiente','act_fin':'2026-05-01'},"
                       "{'act_estado':'pendiente','act_fin':'2026-09-01'}]}");
        PUT(.n = 3, .form = "cap_plan", .date = "2026-03-10", .answers = "{'version_plan':1}");
        PUT(.n = 4, .form = "cap_plan", .date = "2026-05-10", .ugel = ELSEWHERE, .answers = "{'version_plan':1}");
        struct board board = make(w, "cap-plan", (struct board_options){0});
        assert_int_equal(board.table.rows_n, 20);
        CELL(0, "estado", "respondida");
        CELL(0, "respuesta", "En parte · 1500");
        CELL(1, "estado", "en consulta");
        CELL(2, "estado", "falta");
        CELL(9, "respuesta", "Visitas, Sesiones");
        CELL(16, "respuesta", "1 de 3 actividades ejecutadas (33 %); atrasadas: 1");
        check_summary(&board, "Cajamarca: 3 de 20 respondidas; en consulta 1, faltan 16. Cronograma: 1 de 3 actividades; atrasadas 1.");
        board_release(&board);
        board = make(w, "cap-plan", (struct board_options){.argument = hex(w, 4)});
        check_summary(&board, "Chota: 0 de 20");
        board_release(&board);
}

/* ---- MGEA ---- */

static void put_checklists(struct world *w)
{
        PUT(.n = 20, .form = "mgea_checklist", .school = hex(w, 5), .date = "2026-03-01", .title = "marzo",
            .answers = "{'fase_actual':'sonar','red':'Norte','aut_1_estado':'logrado','aut_2_estado':'en_proceso','col_1_estado':'logrado'}");
        PUT(.n = 21, .form = "mgea_checklist", .school = hex(w, 5), .date = "2026-05-02", .title = "mayo",
            .answers = "{'fase_actual':'implementar','red':'Norte','aut_1_estado':'logrado','aut_2_estado':'logrado','aut_2_responsable':'La directora',"
                       "'aut_2_evidencia':'Actas firmadas','aut_2_evidencia_tipo':['acta','norma'],'col_1_estado':'en_proceso',"
                       "'col_1_fecha_meta':'2026-05-10','ter_1_estado':'na','ter_2_estado':'logrado','ter_2_fecha_meta':'2026-05-01'}");
        PUT(.n = 22, .form = "mgea_checklist", .school = hex(w, 6), .date = "2026-04-01", .ugel = ELSEWHERE,
            .answers = "{'fase_actual':'sonar','red':''}");
        PUT(.n = 23, .form = "mgea_checklist", .school = hex(w, 5), .date = "2026-05-19", .state = RECORD_ANULADO, .answers = "{}");
        PUT(.n = 24, .form = "mgea_checklist", .date = "2026-04-02", .answers = "{'fase_actual':'sonar','red':'Norte','cod_mod':'7654321','nombre_ie':'Sin padrón'}");
        PUT(.n = 25, .form = "mgea_checklist", .date = "2026-02-02", .answers = "{'fase_actual':'sonar','cod_mod':'7654321','nombre_ie':'Sin padrón','aut_1_estado':'logrado'}");
}

static void schools_are_compared_with_their_last_checklist(void **state)
{
        struct world *w = *state;
        put_checklists(w);
        struct board board = make(w, "mgea", (struct board_options){.ugel = HOME});
        assert_int_equal(board.table.rows_n, 2);
        int row = row_of(&board, "escuela", "IE 90001 Cerro Peñón");
        CELL(row, "logradas", "3/24");
        CELL(row, "cambio", "↑ 1 más");
        CELL(row, "aut", "2/2");
        CELL(row, "col", "0/6");
        CELL(row, "ter", "1/3");
        CELL(row, "fecha", "2026-05-02");
        CELL(row, "corte_anterior", "2026-03-01");
        assert_string_equal(board.rows[row].argument, hex(w, 5));
        row = row_of(&board, "escuela", "Sin padrón · 7654321"); /* not in the directory: the code as typed */
        CELL(row, "cambio", "↓ 1 menos");
        assert_null(board.rows[row].board);
        board_release(&board);
        board = make(w, "mgea", (struct board_options){.to = "2026-04-30", .argument = "060001 Norte"});
        row = row_of(&board, "escuela", "IE 90001 Cerro Peñón");
        CELL(row, "cambio", "primero");
        assert_int_equal(board.table.rows_n, 2);
        board_release(&board);
        board = make(w, "mgea", (struct board_options){.argument = ELSEWHERE});
        assert_int_equal(board.table.rows_n, 1);
        board_release(&board);
}

static void one_school_shows_its_practices(void **state)
{
        struct world *w = *state;
        put_checklists(w);
        struct board board = make(w, "mgea-ie", (struct board_options){.argument = hex(w, 5)});
        assert_int_equal(board.table.rows_n, 25);
        int row = row_of(&board, "clave", "aut_2");
        CELL(row, "practica", "Actualizar los instrumentos de gestión");
        CELL(row, "principio", "Autonomía");
        CELL(row, "estado", "↑ Logrado");
        CELL(row, "estado_anterior", "En proceso");
        CELL(row, "responsable", "La directora");
        CELL(row, "evidencia_tipo", "Acta, RD o resolución");
        row = row_of(&board, "clave", "col_1");
        CELL(row, "estado", "↓ En proceso");
        CELL(row, "plazo", "venció 10/05");
        assert_int_equal(board.rows[row].tone, TONE_OVERDUE);
        assert_int_equal(board.rows[row_of(&board, "clave", "ter_2")].tone, TONE_DONE); /* achieved: its date is past and does not matter */
        check_summary(&board, "Corte del 02/05: 3 de 24 prácticas logradas (eran 2 el 01/03/2026); en proceso 1, vencidas 1.");
        board_release(&board);
        board = make(w, "mgea-ie", (struct board_options){.argument = hex(w, 7)});
        assert_int_equal(board.table.rows_n, 0);
        board_release(&board);
}

static void phases_are_counted_and_dated(void **state)
{
        struct world *w = *state;
        put_checklists(w);
        struct board board = make(w, "mgea-fases", (struct board_options){0});
        assert_int_equal(board.table.rows_n, 2);
        CELL(0, "red", "Norte");
        CELL(0, "implementar", "1");
        CELL(0, "sonar", "1");
        assert_string_equal(board.rows[0].argument, "060001 Norte");
        CELL(1, "red", "(sin red)");
        check_summary(&board, "Escuelas: 3. Soñar 2, Generar condiciones 0, Implementar 1, Evaluar 0.");
        board_release(&board);
        PUT(.n = 30, .form = "mgea_checklist", .date = "2023-07-03", .answers = "{}");
        board = make(w, "mgea-calendario", (struct board_options){0});
        assert_int_equal(board.table.rows_n, 13);
        CELL(7, "mes", "julio");
        CELL(7, "implementar", "X");
        CELL(7, "evaluar", "X");
        CELL(7, "sonar", "");
        CELL(7, "fichas", "1");
        assert_int_equal(board.rows[5].tone, TONE_NOW); /* May of the last year there is */
        check_summary(&board, "Hoy, mayo de 2026: no hay cronograma de este año; en el de 2023 toca Implementar.");
        board_release(&board);
}

/* ---- Programa SER ---- */

enum { ANA = 10, BETO, CARLA, DINA, PARTICIPANTS = 100 };

static void enrol(struct world *w, int n, int trainer, const char *edition, const char *ugel, const char *status)
{
        put_person(w, PARTICIPANTS + n, TEXT("Persona %d, Nombre", n));
        PUT(.n = 2 * PARTICIPANTS + n, .form = "pser_participante", .subject = hex(w, PARTICIPANTS + n), .ugel = ugel, .date = "2026-03-02",
            .answers = TEXT("{'persona':'%s','modulo':'convive','edicion':'%s','formador':'%s','estado':'%s','asistencia_pct':80,"
                            "'productos':[{'prod_nivel':'3'},{'prod_nombre':'x'}],'motivo_retiro':'87654321'}",
                            hex(w, PARTICIPANTS + n), edition, hex(w, trainer), status));
}

static void replace(struct world *w, int n, int trainer, int by, const char *kind, const char *from, const char *to)
{
        PUT(.n = n, .form = "pser_reemplazo", .subject = hex(w, trainer), .date = from,
            .answers = TEXT("{'formador':'%s','reemplaza':'%s','modulo':'convive','edicion':'2026-I','tipo':'%s','desde':'%s','hasta':'%s',"
                            "'motivo':'salud'}", hex(w, trainer), hex(w, by), kind, from, to));
}

static void put_programme(struct world *w)
{
        put_person(w, ANA, "Quispe Ñahui, Ana");
        put_person(w, BETO, "Rojas Paz, Beto");
        put_person(w, CARLA, "Luna Sol, Carla");
        put_person(w, DINA, "Torres Mar, Dina");
        enrol(w, 1, ANA, "2026-I", HOME, "activo");
        enrol(w, 2, ANA, "2026-I", HOME, "en_riesgo");
        enrol(w, 3, ANA, "2026-I", HOME, "retirado");
        enrol(w, 4, BETO, "2026-I", HOME, "certificado");
        enrol(w, 5, BETO, "2026-I", HOME, "inscrito");
        enrol(w, 6, ANA, "2025-II", HOME, "evaluado");
        enrol(w, 7, ANA, "2026-I", ELSEWHERE, "activo");
        PUT(.n = 50, .form = "asignacion", .subject = hex(w, DINA),
            .answers = TEXT("{'modulo':'convive','edicion':'2026-I','rol':'mae','desde':'2026-01-01','formadores':[{'formador':'%s'}]}", hex(w, BETO)));
        PUT(.n = 51, .form = "asignacion", .subject = hex(w, DINA), .answers = "{'modulo':'convive','edicion':'2026-I','rol':'mae','desde':'2026-04-01'}");
        PUT(.n = 52, .form = "asignacion", .subject = hex(w, CARLA),
            .answers = "{'modulo':'convive','edicion':'2026-I','rol':'coordinador_local','desde':'2026-01-01','hasta':'2026-02-01'}");
        PUT(.n = 53, .form = "pser_reporte_modulo", .date = "2026-04-20", .subject = hex(w, CARLA),
            .answers = "{'modulo':'convive','edicion':'2026-I','etapa':'desarrollo','inscritos':99,'sesiones_previstas':16,'sesiones_realizadas':6}");
        PUT(.n = 54, .form = "pser_reporte_modulo", .date = "2026-04-13", .answers = "{'modulo':'convive','edicion':'2026-I','etapa':'inscripcion'}");
        PUT(.n = 55, .form = "pser_reporte_modulo", .date = "2026-05-11",
            .answers = "{'modulo':'equilibrio','edicion':'2026-I','etapa':'desarrollo','inscritos':30,'activos':20,'certificados':0}");
        PUT(.n = 56, .form = "modulo", .answers = "{'clave':'convive','edicion':'2025-II','etapa':'cerrado','inicio':'2025-08-01','fin':'2025-12-20'}");
        PUT(.n = 57, .form = "alerta", .open = true, .answers = "{'rama':'operativa'}");
        PUT(.n = 58, .form = "alerta", .open = true, .sensitive = true, .answers = "{'rama':'operativa'}");
}

static void modules_are_counted_by_edition_and_ugel(void **state)
{
        struct world *w = *state;
        put_programme(w);
        struct board board = make(w, "ser", (struct board_options){.ugel = HOME});
        assert_int_equal(board.table.rows_n, 3);
        CELL(0, "edicion", "2026-I");
        CELL(0, "inscritos", "5"); /* the records say, not the report */
        CELL(0, "activos", "1");
        CELL(0, "en_riesgo", "1");
        CELL(0, "retirados", "1");
        CELL(0, "certificados", "1");
        CELL(0, "sesiones", "6/16");
        CELL(0, "etapa", "Desarrollo");
        CELL(0, "mae", "1"); /* the same person twice */
        CELL(0, "coordinadores", "0"); /* no longer */
        CELL(0, "formadores", "2");
        CELL(0, "alertas_ugel", "1");
        CELL(0, "situacion", "sin reporte 3 sem.");
        assert_int_equal(board.rows[0].tone, TONE_OVERDUE);
        assert_string_equal(board.rows[0].argument, "convive/2026-I/060001");
        CELL(1, "inscritos", "30"); /* only the report knows */
        CELL(1, "situacion", "al día");
        CELL(2, "situacion", "cerrado");
        board_release(&board);
        board = make(w, "ser", (struct board_options){.persona = hex(w, DINA)});
        assert_int_equal(board.table.rows_n, 1);
        board_release(&board);
}

static void a_replacement_in_force_has_the_participants(void **state)
{
        struct world *w = *state;
        put_programme(w);
        replace(w, 60, ANA, BETO, "definitivo", "2026-03-20", "");
        replace(w, 61, BETO, CARLA, "temporal", "2026-05-15", "2026-05-25");
        struct board board = make(w, "ser-formadores", (struct board_options){.argument = "convive/2026-I/060001"});
        assert_int_equal(board.table.rows_n, 3);
        int row = row_of(&board, "formador", "Luna Sol, Carla");
        CELL(row, "a_cargo", "3"); /* Ana's two and Beto's one that are still open */
        CELL(row, "reemplazo", "de Rojas, B. hasta 25/05; de Quispe, A. hasta 25/05");
        row = row_of(&board, "formador", "Quispe Ñahui, Ana");
        CELL(row, "a_cargo", "0");
        CELL(row, "inscribio", "3");
        CELL(row, "reemplazo", "por Luna, C. hasta 25/05");
        board_release(&board);
        board = make(w, "ser-participantes", (struct board_options){.argument = hex(w, CARLA), .ugel = HOME});
        row = row_of(&board, "participante", "Persona 1, Nombre");
        CELL(row, "reemplazo", "de Quispe, A. hasta 25/05");
        CELL(row, "formadores", "Quispe, A. → Rojas, B. desde 20/03 → Luna, C. desde 15/05 hasta 25/05");
        check_summary(&board, "Luna, C.: a cargo hoy 3 (de otra persona: 3); con quien reemplaza: 0. En riesgo 1, certificados 1.");
        board_release(&board);
}

static void a_temporary_replacement_ends(void **state)
{
        struct world *w = *state;
        put_programme(w);
        replace(w, 60, ANA, BETO, "temporal", "2026-04-01", "2026-05-19");
        replace(w, 61, ANA, CARLA, "temporal", "2026-06-01", "2026-06-19"); /* not yet */
        struct board board = make(w, "ser-formadores", (struct board_options){.argument = "convive/2026-I/060001"});
        assert_int_equal(board.table.rows_n, 2);
        int row = row_of(&board, "formador", "Quispe Ñahui, Ana");
        CELL(row, "a_cargo", "2");
        CELL(row, "reemplazo", "");
        board_release(&board);
        board = make(w, "ser-participantes", (struct board_options){.argument = hex(w, ANA)});
        assert_int_equal(board.table.rows_n, 5); /* the other edition and UGEL too */
        board_release(&board);
        board = make(w, "ser-formadores", (struct board_options){.argument = "convive", .persona = hex(w, DINA)});
        assert_int_equal(board.table.rows_n, 1); /* the trainer that she accompanies */
        CELL(0, "formador", "Rojas Paz, Beto");
        board_release(&board);
}

static void trainers_show_their_last_monitoring(void **state)
{
        struct world *w = *state;
        put_programme(w);
        PUT(.n = 70, .form = "pser_formador", .subject = hex(w, ANA), .date = "2026-04-30",
            .answers = TEXT("{'modulo':'convive','edicion':'2026-I','monitor':'%s','inscritos':20,'asistentes_sesion':15,'participo_ff':'no',"
                            "'directorio_al_dia':'parcial','asistencia_al_dia':'si','necesita_reemplazo':'no','soporte_tic':'na',"
                            "'actitud_cambio':'2','syllabus':'3','horizonte':'no_obs'}", hex(w, DINA)));
        PUT(.n = 71, .form = "pser_formador", .subject = hex(w, ANA), .date = "2026-03-30",
            .answers = "{'modulo':'convive','edicion':'2026-I','actitud_cambio':'4'}");
        struct board board = make(w, "ser-formadores", (struct board_options){.argument = "convive/2026-I/060001"});
        int row = row_of(&board, "formador", "Quispe Ñahui, Ana");
        CELL(row, "nivel", "2,5 en proceso");
        CELL(row, "asistencia_pct", "75");
        CELL(row, "ultimo_monitoreo", "2026-04-30");
        CELL(row, "necesidades", "desempeño, formación de formadores, directorio");
        CELL(row_of(&board, "formador", "Rojas Paz, Beto"), "necesidades", "sin monitoreo");
        board_release(&board);
}

static void listed(struct world *w, int n, const char *date, const char *edition, const char *ugel, int giver, const char *people)
{
        PUT(.n = n, .form = "ata_asistencia", .ugel = ugel, .date = date,
            .answers = TEXT("{'programa':'ser','modulo':'convive'%s,'ponentes':[{'pon_persona':'%s'}],'participantes':[%s]}",
                            *edition ? TEXT(",'edicion':'%s'", edition) : "", hex(w, giver), people));
}

static void attendance_comes_from_the_lists(void **state)
{
        struct world *w = *state;
        put_programme(w);
        const char *came = TEXT("{'part_persona':'%s','part_asistio':'si','part_dni':'87654321'}", hex(w, PARTICIPANTS + 1));
        const char *missed = TEXT("{'part_persona':'%s','part_asistio':'no'}", hex(w, PARTICIPANTS + 1));
        listed(w, 80, "2026-03-10", "2026-I", HOME, ANA, came);
        listed(w, 81, "2026-03-17", "2026-I", HOME, ANA, missed);
        listed(w, 82, "2026-03-24", "2026-I", HOME, ANA, "");        /* her trainer's, and she is not in it: absent */
        listed(w, 83, "2026-03-24", "2026-I", HOME, BETO, "");       /* another trainer's: not hers */
        listed(w, 84, "2026-03-24", "2025-II", HOME, ANA, came);     /* another edition */
        listed(w, 85, "2026-03-25", "", HOME, ANA, came);            /* does not say; of the latest inscription */
        listed(w, 86, "2026-03-01", "2026-I", HOME, ANA, came);      /* before she was inscribed */
        listed(w, 87, "2026-03-26", "2026-I", ELSEWHERE, ANA, "");   /* of another UGEL */
        PUT(.n = 88, .form = "ata_asistencia", .date = "2026-03-28", .state = RECORD_ANULADO,
            .answers = TEXT("{'programa':'ser','modulo':'convive','edicion':'2026-I','participantes':[%s]}", came));
        struct board board = make(w, "ser-participantes", (struct board_options){.argument = hex(w, ANA), .ugel = HOME});
        int row = row_of(&board, "participante", "Persona 1, Nombre");
        CELL(row, "asistencia", "50 % (2 de 4)");
        CELL(row, "asistencia_ficha_pct", "80");
        CELL(row, "productos", "1 de 2");
        row = row_of(&board, "participante", "Persona 6, Nombre"); /* the edition whose dates the directory knows */
        CELL(row, "edicion", "2025-II");
        CELL(row, "asistencia", "0 % (0 de 1)");
        board_release(&board);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_free)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(route_is_done_by_lists_and_sessions), TEST(route_begins_when_asked), TEST(communities_show_how_regular_they_are),
                TEST(one_community_tells_its_sessions), TEST(plan_shows_its_twenty_questions),
                TEST(schools_are_compared_with_their_last_checklist), TEST(one_school_shows_its_practices),
                TEST(phases_are_counted_and_dated), TEST(modules_are_counted_by_edition_and_ugel),
                TEST(a_replacement_in_force_has_the_participants), TEST(a_temporary_replacement_ends),
                TEST(trainers_show_their_last_monitoring), TEST(attendance_comes_from_the_lists)};
        return cmocka_run_group_tests(tests, load_forms, free_forms);
}
