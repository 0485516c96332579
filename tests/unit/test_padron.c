/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The padrón into the directory: what it adds, what it leaves as people wrote it, what it refuses. */
#include "test_app.h"

#include "app/padron.h"

static char list_path[128];

static int padron_world(void **state)
{
        const char *tree = getenv("SIMAE_TREE");
        if (world_new(state) != 0)
                return -1;
        struct world *w = *state;
        snprintf(w->forms, sizeof w->forms, "%s/forms", tree ? tree : ".");
        snprintf(list_path, sizeof list_path, "%s/padron.csv", w->dir);
        return open_app(w) == ERR_OK ? 0 : -1;
}

/* ---- A list, and an import of it ---- */

static void put_list(const char *text)
{
        FILE *file = fopen(list_path, "wb");
        assert_non_null(file);
        fputs(text, file);
        assert_int_equal(fclose(file), 0);
}

static struct padron_result done; /* of the last import; its notes are gone */
static char told[4096];           /* its notes, "fila tipo clave motivo" a line */
static char remarks[2048];

static void keep_notes(const struct padron *padron)
{
        const struct table *notes = &padron_result(padron)->notes;
        struct arena arena = {0};
        size_t len = 0;
        *told = '\0';
        for (int i = 0; i < notes->rows_n && len < sizeof told - 300; i++)
                len += (size_t)snprintf(told + len, sizeof told - len, "%s %s %s-%s %.200s\n", table_cell(notes, i, 0), table_cell(notes, i, 1),
                                        table_cell(notes, i, 2), table_cell(notes, i, 3), table_cell(notes, i, 4));
        snprintf(remarks, sizeof remarks, "%s", padron_remarks(padron, &arena));
        arena_release(&arena);
}

static enum err_code import_with(struct world *w, struct padron_options options)
{
        struct padron *padron;
        int percent = 0;
        options.path = list_path;
        enum err_code rc = padron_open(w->app, &options, &padron, &w->err);
        if (rc != ERR_OK)
                return rc;
        while (rc == ERR_OK && percent < 100)
                rc = padron_step(padron, &percent, &w->err);
        done = *padron_result(padron);
        keep_notes(padron);
        padron_close(padron);
        return rc;
}

static void import(struct world *w, const char *list)
{
        put_list(list);
        OK(import_with(w, (struct padron_options){0}));
}

#define DONE(n_added, n_updated, n_same, n_bad) \
        do { \
                assert_int_equal(done.added, n_added); \
                assert_int_equal(done.updated, n_updated); \
                assert_int_equal(done.same, n_same); \
                assert_int_equal(done.bad, n_bad); \
        } while (0)

/* An answer of a school as text; "" if it has none. In the world's arena. */
static const char *answer_of(struct world *w, const struct id *id, const char *question)
{
        struct record_view view;
        struct str out = STR_INIT;
        OK(record_open(w->app, id, &view, &w->err));
        const json_t *answer = json_object_get(view.answers, question);
        if (json_is_string(answer))
                str_add(&out, json_string_value(answer));
        else if (answer)
                json_write(&out, answer);
        record_view_release(&view);
        const char *kept = arena_strdup(&w->arena, out.text);
        str_release(&out);
        return kept;
}

static const char *school(struct world *w, const char *cod_mod, const char *question)
{
        struct id id = padron_school_id(cod_mod, "0");
        return answer_of(w, &id, question);
}

static int64_t revisions(struct world *w)
{
        struct store_counts counts;
        OK(store_counts(app_store(w->app), &counts, &w->err));
        return counts.revisions;
}

static void correct(struct world *w, const struct id *id, const char *question, const char *typed)
{
        struct draft *draft;
        struct id same;
        OK(draft_edit(w->app, id, &draft, &w->err));
        struct session *session = draft_session(draft);
        session_answer(session, (struct place){form_find(session_form(session), question), 0}, typed);
        OK(draft_save(draft, &w->err));
        OK(draft_finalise(draft, &same, &w->err));
}

#define HEAD "COD_MOD;ANEXO;CEN_EDU;NIV_MOD;D_DIST;CODOOII;ESTADO;TALUMNO;D_COD_CAR\n"
#define ONE "0234567;0;Cerro Peñón;B0;Alto Chirimoyo;060001;1;24;Unidocente\n"
#define TWO "0234568;0;Villa Retama;F0;Puerto Quinual;060002;2;80;Polidocente Completo\n"

/* ---- Adding ---- */

static void rows_become_schools(void **state)
{
        struct world *w = *state;
        struct store_record view;
        import(w, HEAD ONE TWO);
        DONE(2, 0, 0, 0);
        assert_int_equal(done.inactive, 1);
        assert_string_equal(school(w, "0234567", "nombre"), "Cerro Peñón");
        assert_string_equal(school(w, "0234567", "nivel"), "B0");
        assert_string_equal(school(w, "0234567", "modalidad"), "ebr"); /* the form's own calculation */
        assert_string_equal(school(w, "0234567", "tipo_ie"), "unidocente");
        assert_string_equal(school(w, "0234567", "matricula"), "24");
        assert_string_equal(school(w, "0234567", "ugel"), "060001");
        assert_string_equal(school(w, "0234568", "estado"), "inactiva");
        struct id id = padron_school_id("0234568", "0");
        OK(store_record_get(app_store(w->app), &id, &w->arena, &view, &w->err));
        assert_string_equal(view.title, "Villa Retama · Puerto Quinual · 0234568 · inactiva");
        assert_string_equal(view.author, "");
}

static void only_the_key_is_compulsory(void **state)
{
        struct world *w = *state;
        struct store_record view;
        import(w, "anexo,cod_mod\n0,0234567\n");
        DONE(1, 0, 0, 0);
        struct id id = padron_school_id("0234567", "0");
        OK(store_record_get(app_store(w->app), &id, &w->arena, &view, &w->err));
        assert_string_equal(view.title, "0234567");
        put_list("COD_MOD;X\n0234567;1\n");
        REFUSES(ERR_INVALID, "no tiene la columna ANEXO", import_with(w, (struct padron_options){0}));
}

static void schools_are_found_by_words_at_once(void **state)
{
        struct world *w = *state;
        struct store_query query = {.form = "institucion", .text = "penon chirim"};
        int64_t found;
        import(w, HEAD ONE TWO);
        OK(store_record_count(app_store(w->app), &query, &found, &w->err));
        assert_int_equal(found, 1);
        OK(store_check(app_store(w->app), &w->err)); /* the index of words agrees with the records */
        OK(app_rebuild(w->app, &found, &w->err));
        OK(store_check(app_store(w->app), &w->err));
}

/* Whoever imports the same list has the same revisions, whatever the laptop, the day and the person. */
static void two_laptops_have_the_same(void **state)
{
        struct world *w = *state;
        struct store_revision *mine, *theirs;
        int mine_n, theirs_n;
        import(w, HEAD ONE TWO);
        import(w, HEAD "0234567;0;Cerro Peñón Alto;B0;Alto Chirimoyo;060001;1;24;Unidocente\n" TWO);
        DONE(0, 1, 1, 0);
        OK(store_revisions_after(app_store(w->app), 0, 10, &w->arena, &mine, &mine_n, &w->err));
        close_app(w);
        assert_int_equal(shell("rm -rf '%s'", w->data), 0);
        fix_clock("2026-06-01T08:00:00.000-05:00");
        random_seed("other");
        OK(open_app(w));
        import(w, HEAD ONE TWO);
        import(w, HEAD "0234567;0;Cerro Peñón Alto;B0;Alto Chirimoyo;060001;1;24;Unidocente\n" TWO);
        OK(store_revisions_after(app_store(w->app), 0, 10, &w->arena, &theirs, &theirs_n, &w->err));
        assert_int_equal(mine_n, 3);
        assert_int_equal(theirs_n, 3);
        for (int i = 0; i < 3; i++)
                assert_true(hash_equal(&mine[i].id, &theirs[i].id));
        assert_int_equal(mine[2].gen, 2);
        assert_true(hash_equal(&mine[2].parents[0], &mine[0].id));
}

/* ---- Again ---- */

static void a_second_import_changes_nothing(void **state)
{
        struct world *w = *state;
        import(w, HEAD ONE TWO);
        int64_t before = revisions(w);
        import(w, HEAD ONE TWO);
        DONE(0, 0, 2, 0);
        assert_int_equal(done.inactive, 0);
        assert_int_equal(revisions(w), before);
        import(w, HEAD TWO ONE); /* the order does not matter, nor columns that are left out */
        import(w, "COD_MOD;ANEXO;CEN_EDU\n0234567;0;Cerro Peñón\n");
        DONE(0, 0, 1, 0);
        assert_int_equal(revisions(w), before);
}

static void empty_cells_change_nothing(void **state)
{
        struct world *w = *state;
        import(w, HEAD ONE);
        import(w, HEAD "0234567;0;Cerro Peñón;B0;Alto Chirimoyo;060001;1;;\n");
        DONE(0, 0, 1, 0);
        assert_string_equal(school(w, "0234567", "matricula"), "24");
        assert_string_equal(school(w, "0234567", "tipo_ie"), "unidocente");
        import(w, HEAD ONE); /* said before the empty one: not news */
        DONE(0, 0, 1, 0);
        assert_int_equal(revisions(w), 1);
}

static void a_new_cut_corrects_what_it_said(void **state)
{
        struct world *w = *state;
        import(w, HEAD ONE);
        import(w, HEAD "0234567;0;Cerro Peñón II;B0;Alto Chirimoyo;060001;2;30;Unidocente\n");
        DONE(0, 1, 0, 0);
        assert_int_equal(done.inactive, 1);
        assert_string_equal(school(w, "0234567", "nombre"), "Cerro Peñón II");
        assert_string_equal(school(w, "0234567", "matricula"), "30");
        assert_string_equal(school(w, "0234567", "estado"), "inactiva");
}

/* ---- What people wrote ---- */

static void what_people_corrected_stays(void **state)
{
        struct world *w = *state;
        struct id id = padron_school_id("0234567", "0");
        import(w, HEAD ONE);
        correct(w, &id, "tipo_ie", "multigrado");
        correct(w, &id, "matricula", "31");
        import(w, HEAD ONE); /* the list says the same as before */
        DONE(0, 0, 1, 0);
        assert_int_equal(done.kept, 0);
        assert_int_equal(revisions(w), 3);
        import(w, HEAD "0234567;0;Cerro Peñón;B0;Puerto Quinual;060001;1;29;Unidocente\n"); /* and now something else */
        DONE(0, 1, 0, 0);
        assert_int_equal(done.kept, 1);
        assert_has(told, "2 se_conserva 0234567-0 Estudiantes matriculados: aquí dice «31» y el padrón «29»");
        assert_string_equal(school(w, "0234567", "matricula"), "31");
        assert_string_equal(school(w, "0234567", "tipo_ie"), "multigrado");
        assert_string_equal(school(w, "0234567", "distrito"), "Puerto Quinual");
        import(w, HEAD "0234567;0;Cerro Peñón;B0;Puerto Quinual;060001;1;29;Unidocente\n");
        DONE(0, 0, 1, 0);
        assert_int_equal(done.kept, 0); /* told once */
}

/* A school that somebody added in the field is the same school, under its own id. */
static void a_school_added_by_hand_is_found(void **state)
{
        struct world *w = *state;
        struct err_list problems = {0};
        struct id id, usual = padron_school_id("0234567", "0");
        struct store_record view;
        json_t *answers = answers_of(w, "{'nombre':'Peñón','cod_mod':'0234567','nivel':'B0','distrito':'Alto Chirimoyo','estado':'activa'}");
        OK(record_create(w->app, "institucion", answers, true, &problems, &id, &w->err));
        json_decref(answers);
        import(w, HEAD "0234567;0;Cerro Peñón;B0;Alto Chirimoyo;060001;2;24;Unidocente\n");
        DONE(0, 1, 0, 0);
        assert_int_equal(store_record_get(app_store(w->app), &usual, &w->arena, &view, &w->err), ERR_NOT_FOUND);
        assert_string_equal(answer_of(w, &id, "nombre"), "Peñón");
        assert_string_equal(answer_of(w, &id, "matricula"), "24");
        assert_string_equal(answer_of(w, &id, "ugel"), "060001");
        assert_string_equal(answer_of(w, &id, "estado"), "inactiva");
        assert_has(told, "Nombre o número de la IE: aquí dice «Peñón» y el padrón «Cerro Peñón»");
        import(w, HEAD "0234567;0;Cerro Peñón;B0;Alto Chirimoyo;060001;2;24;Unidocente\n");
        DONE(0, 0, 1, 0);
}

static void an_annulled_school_stays_annulled(void **state)
{
        struct world *w = *state;
        struct id id = padron_school_id("0234567", "0");
        import(w, HEAD ONE);
        OK(record_annul(w->app, &id, "No existe", &w->err));
        import(w, HEAD "0234567;0;Otro nombre;B0;Alto Chirimoyo;060001;1;24;Unidocente\n");
        DONE(0, 0, 1, 0);
        assert_int_equal(revisions(w), 2);
}

/* ---- Which rows ---- */

static void only_the_ugel_asked_for(void **state)
{
        struct world *w = *state;
        put_list(HEAD ONE TWO "0234569;0;Lejos;B0;Otro;150101;1;10;\n");
        OK(import_with(w, (struct padron_options){.ugels = {"060002"}, .ugels_n = 1}));
        DONE(1, 0, 0, 0);
        assert_int_equal(done.outside, 2);
        OK(import_with(w, (struct padron_options){.ugels = {"060000"}, .ugels_n = 1})); /* the DRE: all of its own */
        DONE(1, 0, 1, 0);
        REFUSES(ERR_REFUSED, "el archivo trae 060001 (1), 060002 (1), 150101 (1)",
                import_with(w, (struct padron_options){.ugels = {"060009"}, .ugels_n = 1}));
        REFUSES(ERR_INVALID, "no es un código de UGEL", import_with(w, (struct padron_options){.ugels = {"Chota"}, .ugels_n = 1}));
        put_list("COD_MOD;ANEXO\n0234567;0\n");
        REFUSES(ERR_REFUSED, "no tiene la columna CODOOII", import_with(w, (struct padron_options){.ugels = {"060009"}, .ugels_n = 1}));
}

static void the_profile_proposes_its_ugel(void **state)
{
        struct world *w = *state;
        struct err_list problems = {0};
        struct id id;
        json_t *answers = answers_of(w, "{'apellidos':'Ejemplo','nombres':'Ana','cargo':'mae','ugel':'060002'}");
        OK(record_create(w->app, "persona", answers, true, &problems, &id, &w->err));
        json_decref(answers);
        OK(app_profile_adopt(w->app, &id, &w->err));
        import(w, HEAD ONE TWO);
        DONE(1, 0, 0, 0);
        OK(import_with(w, (struct padron_options){.all = true}));
        DONE(1, 0, 1, 0);
        assert_string_equal(school(w, "0234567", "usuario"), ""); /* nobody wrote it */
}

/* UGEL 02 has a key of ours: nobody has told its code in the padrón. */
static void a_ugel_without_a_code_must_be_told(void **state)
{
        struct world *w = *state;
        struct id id = make(w, "persona", answers_of(w, "{'apellidos':'Ejemplo','nombres':'Ana','cargo':'mae','ugel':'ugel02'}"));
        OK(app_profile_adopt(w->app, &id, &w->err));
        put_list(HEAD ONE TWO);
        REFUSES(ERR_REFUSED, "no se sabe qué código tiene su UGEL", import_with(w, (struct padron_options){0}));
        OK(import_with(w, (struct padron_options){.all = true}));
        DONE(2, 0, 0, 0);
        import(w, HEAD ONE); /* of one UGEL only: nothing to choose */
        DONE(0, 0, 1, 0);
}

static void inactive_and_gone(void **state)
{
        struct world *w = *state;
        put_list(HEAD ONE TWO);
        OK(import_with(w, (struct padron_options){.active_only = true}));
        DONE(1, 0, 0, 0);
        assert_int_equal(done.skipped_inactive, 1);
        import(w, HEAD ONE TWO);
        import(w, HEAD TWO);
        DONE(0, 0, 1, 0);
        assert_int_equal(done.gone, 1);
        assert_has(told, " ya_no_figura 0234567-0 ");
        assert_string_equal(school(w, "0234567", "estado"), "activa");
        put_list(HEAD TWO);
        OK(import_with(w, (struct padron_options){.ugels = {"060002"}, .ugels_n = 1}));
        assert_int_equal(done.gone, 0); /* the other is of a UGEL that was not asked for */
}

static void personal_columns_only_when_asked_for(void **state)
{
        struct world *w = *state;
        put_list("COD_MOD;ANEXO;DIRECTOR;TELEFONO;EMAIL;RARA\n0234567;0;Ejemplo, Ana;900000001;ana@ejemplo.invalid;x\n");
        OK(import_with(w, (struct padron_options){0}));
        assert_string_equal(school(w, "0234567", "director_padron"), "");
        assert_has(remarks, "datos personales que se dejaron fuera: DIRECTOR, TELEFONO, EMAIL.");
        assert_has(remarks, "no se usan: RARA.");
        OK(import_with(w, (struct padron_options){.personal = true}));
        DONE(0, 1, 0, 0);
        assert_string_equal(school(w, "0234567", "director_padron"), "Ejemplo, Ana");
        assert_string_equal(school(w, "0234567", "telefono"), "900000001");
        OK(import_with(w, (struct padron_options){0}));
        DONE(0, 0, 1, 0);
        assert_string_equal(school(w, "0234567", "telefono"), "900000001");
}

/* ---- What is wrong with rows ---- */

static void bad_rows_are_told_and_the_rest_goes_in(void **state)
{
        struct world *w = *state;
        import(w, "COD_MOD;ANEXO;NIV_MOD;CODLOCAL;TDOCENTE;D_COD_TUR;EMAIL\n"
                  "A234567;0;B0;;;;\n"
                  "0234561;;B0;;;;\n"
                  "0234562;0;Z9;;;;\n"
                  "0234563;0;B0;12x;;;\n"
                  "0234564;0;B0;000123;500;De madrugada;\n"
                  "0234564;0;B0;000123;;;\n"
                  "0234565;0\n"
                  "0234566;0;B0;000000;12;Mañana;\n");
        DONE(2, 0, 0, 6);
        assert_has(told, "2 error - COD_MOD «A234567» no es un código de 7 dígitos\n");
        assert_has(told, "3 error 0234561- ANEXO está vacío\n");
        assert_has(told, "4 error 0234562-0 NIV_MOD: «Z9» no es un valor conocido\n");
        assert_has(told, "5 error 0234563-0 CODLOCAL: «12x» no es un valor conocido\n");
        assert_has(told, "6 sin_traduccion 0234564-0 turno: «De madrugada»\n");
        assert_has(told, "6 sin_traduccion 0234564-0 n_docentes: De 0 a 300 docentes\n");
        assert_has(told, "7 error 0234564-0 repite el código modular");
        assert_has(told, "8 error - tiene 2 celdas y debería tener 7\n");
        assert_string_equal(school(w, "0234564", "n_docentes"), "");
        assert_string_equal(school(w, "0234566", "cod_local"), ""); /* all zeros: there is none */
        assert_string_equal(school(w, "0234566", "turno"), "m");
        assert_int_equal(done.ignored, 2);
}

static void lost_zeros_are_not_repaired_silently(void **state)
{
        struct world *w = *state;
        static const char list[] = "COD_MOD;ANEXO;CODOOII;CODGEO\n234567;0;60001;60101\n1234567;0;60001;60101\n";
        put_list(list);
        REFUSES(ERR_REFUSED, "5 códigos tienen menos dígitos de los debidos, por ejemplo COD_MOD 234567",
                import_with(w, (struct padron_options){0}));
        assert_int_equal(revisions(w), 0);
        OK(import_with(w, (struct padron_options){.zeros = true, .ugels = {"060001"}, .ugels_n = 1}));
        DONE(2, 0, 0, 0);
        assert_string_equal(school(w, "0234567", "ubigeo"), "060101");
        assert_string_equal(school(w, "0234567", "ugel"), "060001");
        import(w, "COD_MOD;ANEXO\n=\"0234567\";0\n'0234569;0\n"); /* how spreadsheets are made to keep one */
        DONE(1, 0, 1, 0);
        put_list("COD_MOD;ANEXO\n234570.0;0\n"); /* and how a program that took it for a number leaves it */
        REFUSES(ERR_REFUSED, "COD_MOD 234570.0", import_with(w, (struct padron_options){0}));
        OK(import_with(w, (struct padron_options){.zeros = true}));
        assert_string_equal(school(w, "0234570", "cod_mod"), "0234570");
}

/* One short code among hundreds is damage, and costs its row alone. */
static void one_short_code_is_a_bad_row(void **state)
{
        struct world *w = *state;
        struct str list = STR_INIT;
        str_add(&list, "COD_MOD;ANEXO\n234567;0\n");
        for (int i = 0; i < 200; i++)
                str_addf(&list, "1%06d;0\n", i);
        import(w, list.text);
        str_release(&list);
        DONE(200, 0, 0, 1);
        assert_has(told, "COD_MOD «234567» tiene menos de 7 dígitos; si perdió ceros, importe con --ceros");
}

static void the_ubigeo_of_the_reniec_is_noticed(void **state)
{
        struct world *w = *state;
        import(w, "COD_MOD;ANEXO;CODGEO;D_DPTO;D_PROV;D_DIST\n"
                  "0000001;0;060401;CAJAMARCA;CHOTA;CHOTA\n"      /* the INEI's */
                  "0000002;0;060618;CAJAMARCA;CHOTA;TOCMOCHE\n"   /* the RENIEC's: 0606 is Cutervo here */
                  "0000003;0;060803;CAJAMARCA;JAEN;COLASAY\n"     /* the same province, another district */
                  "0000004;0;060803;CAJAMARCA;JAÉN;CHONTALI\n"
                  "0000005;0;060803;LIMA;LIMA;LIMA\n"
                  "0000006;0;150101;CAJAMARCA;CHOTA;CHOTA\n"
                  "0000007;0;150101;LIMA;LIMA;LIMA\n"
                  "0000008;0;060901;;;\n");
        DONE(4, 0, 0, 4);
        assert_has(told, "3 error 0000002-0 el ubigeo 060618 es de Cutervo según el INEI y la fila dice CHOTA: es el código del RENIEC\n");
        assert_has(told, "4 error 0000003-0 el ubigeo 060803 es de Chontalí según el INEI y la fila dice COLASAY: es el código del RENIEC\n");
        assert_has(told, "6 error 0000005-0 ");
        assert_has(told, "7 error 0000006-0 ");
}

static void dates_and_degrees_in_their_ways(void **state)
{
        struct world *w = *state;
        import(w, "COD_MOD;ANEXO;FECHA_ACT;NLAT_IE;NLONG_IE\n"
                  "0000001;0;14/08/2026;-7.16378;-78.5\n"
                  "0000002;0;2026-08-14;-7,16378;0\n"
                  "0000003;0;46248;-7;x\n"
                  "0000004;0;08/14/2026;-700;\n");
        DONE(4, 0, 0, 0);
        assert_string_equal(school(w, "0000001", "fecha_padron"), "2026-08-14");
        assert_string_equal(school(w, "0000001", "latitud"), "-7.16378");
        assert_string_equal(school(w, "0000002", "fecha_padron"), "2026-08-14");
        assert_string_equal(school(w, "0000002", "latitud"), "-7.16378");
        assert_string_equal(school(w, "0000002", "longitud"), "");
        assert_string_equal(school(w, "0000003", "fecha_padron"), "2026-08-14");
        assert_string_equal(school(w, "0000004", "fecha_padron"), "");
        assert_string_equal(school(w, "0000004", "latitud"), "");
        assert_int_equal(done.ignored, 3);
        import(w, "COD_MOD;ANEXO;FECHA_ACT;NLAT_IE;NLONG_IE\n0000001;0;21/08/2026;-7.16378;-78.5\n");
        DONE(0, 0, 1, 0); /* a date alone is no news */
        assert_string_equal(school(w, "0000001", "fecha_padron"), "2026-08-14");
}

/* ---- Trying, and stopping half-way ---- */

static void trying_stores_nothing(void **state)
{
        struct world *w = *state;
        put_list(HEAD ONE TWO);
        OK(import_with(w, (struct padron_options){.dry_run = true}));
        DONE(2, 0, 0, 0);
        assert_int_equal(revisions(w), 0);
}

static void what_was_stopped_is_finished_by_repeating(void **state)
{
        struct world *w = *state;
        struct padron *padron;
        struct padron_options options = {.path = list_path};
        struct str list = STR_INIT;
        int percent;
        str_add(&list, "COD_MOD;ANEXO\n");
        for (int i = 0; i < 1500; i++)
                str_addf(&list, "1%06d;0\n", i);
        put_list(list.text);
        str_release(&list);
        OK(padron_open(w->app, &options, &padron, &w->err));
        OK(padron_step(padron, &percent, &w->err));
        padron_close(padron);
        assert_true(percent < 100);
        assert_int_equal(revisions(w), 1000);
        OK(store_check(app_store(w->app), &w->err));
        reopen(w);
        OK(import_with(w, options));
        DONE(500, 0, 1000, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, padron_world, world_free)
        const struct CMUnitTest tests[] = {
                TEST(rows_become_schools),
                TEST(only_the_key_is_compulsory),
                TEST(schools_are_found_by_words_at_once),
                TEST(two_laptops_have_the_same),
                TEST(a_second_import_changes_nothing),
                TEST(empty_cells_change_nothing),
                TEST(a_new_cut_corrects_what_it_said),
                TEST(what_people_corrected_stays),
                TEST(a_school_added_by_hand_is_found),
                TEST(an_annulled_school_stays_annulled),
                TEST(only_the_ugel_asked_for),
                TEST(the_profile_proposes_its_ugel),
                TEST(a_ugel_without_a_code_must_be_told),
                TEST(inactive_and_gone),
                TEST(personal_columns_only_when_asked_for),
                TEST(bad_rows_are_told_and_the_rest_goes_in),
                TEST(lost_zeros_are_not_repaired_silently),
                TEST(one_short_code_is_a_bad_row),
                TEST(the_ubigeo_of_the_reniec_is_noticed),
                TEST(dates_and_degrees_in_their_ways),
                TEST(trying_stores_nothing),
                TEST(what_was_stopped_is_finished_by_repeating),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
