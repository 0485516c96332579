/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What records contribute, against values computed by hand: small records of
 * tests/vectors/indicadores/bueno.yaml, and those of tests/fichas over forms/.
 */
#include <math.h>

#include "test_session.h"

#include "fill/contributions.h"
#include "test_forms.h"
#include "../scratch.h"

static struct arena arena;
static const struct contribution *all;
static int all_n;
static const struct indicators *indicators;

/* The nth contribution to an indicator; NULL if there are not so many. */
static const struct contribution *nth(const char *key, int n)
{
        int indicator = indicators_find(indicators, key);
        assert_true(indicator >= 0);
        for (int i = 0; i < all_n; i++)
                if (all[i].indicator == indicator && n-- == 0)
                        return &all[i];
        return NULL;
}

static void expect(const char *key, int n, const char *who, double num, double partial, double den)
{
        const struct contribution *one = nth(key, n);
        if (!one)
                fail_msg("%s no aporta", key);
        bool good = fabs(one->num - num) < 1e-9 && one->partial == partial && one->den == den && (!who || str_equal(one->who, who));
        if (!good)
                fail_msg("%s: %g + %g de %g, de «%s»", key, one->num, one->partial, one->den, one->who);
}

static int64_t day_of(const char *text)
{
        int64_t days;
        assert_true(date_parse(text, &days));
        return days;
}

static void nothing(const char *key)
{
        if (nth(key, 0))
                fail_msg("%s aporta", key);
}

/* ---- Small records ---- */

static struct indicators *small;
static struct form *visit, *school;
static struct indicator_binding visits, schools;

static struct form *load_form(const char *name)
{
        struct err_list list = {0};
        char *path = xasprintf("%s/tests/vectors/indicadores/fichas/%s.yaml", tree(), name);
        struct form *form = form_load_file(path, NULL, &list);
        assert_non_null(form);
        free(path);
        return form;
}

static int set_up(void **state)
{
        char dir[64];
        struct err_list list = {0};
        (void)state;
        if (!scratch_folder(dir, sizeof dir, "contributions"))
                return -1;
        char *command = xasprintf("cp '%s/tests/vectors/indicadores/bueno.yaml' '%s/indicadores.yaml'", tree(), dir);
        int status = system(command);
        free(command);
        small = indicators_load(dir, &list);
        command = xasprintf("rm -rf '%s'", dir);
        status = status || system(command) || list.n;
        free(command);
        visit = load_form("visita");
        school = load_form("escuela");
        indicators_bind(small, visit, &visits, &list);
        indicators_bind(small, school, &schools, &list);
        return status || list.n;
}

static int tear_down(void **state)
{
        (void)state;
        indicator_binding_release(&visits);
        indicator_binding_release(&schools);
        indicators_free(small);
        form_free(visit);
        form_free(school);
        arena_release(&arena);
        return 0;
}

static json_t *answers;

static int forget(void **state)
{
        (void)state;
        json_decref(answers);
        answers = NULL;
        indicators_set(small, "logra", 3);
        return 0;
}

static void of_answers(const struct indicator_binding *binding, const char *text)
{
        struct err err;
        json_decref(answers);
        if (json_read(text, strlen(text), "prueba", &answers, &err) != ERR_OK)
                fail_msg("%s", err.text);
        indicators = binding->indicators;
        all_n = contributions(binding, answers, "abc", &arena, &all);
}

#define WHOLE "{\"fecha\": \"2026-04-10\", \"docente\": \"d1\", \"a\": \"3\", \"b\": \"2\", \"asistentes\": 18," \
        "\"matriculados\": 24, \"temas\": [\"lectura\", \"calculo\"], \"usa\": \"si\", \"personas\": [" \
        "{\"quien\": \"p1\", \"asiste\": \"si\", \"horas\": 2}, {\"quien\": \"p2\", \"asiste\": \"no\", \"horas\": 3}," \
        "{\"asiste\": \"si\"}]}"

static void a_whole_record(void **state)
{
        int64_t day = day_of("2026-04-10");
        (void)state;
        of_answers(&visits, WHOLE);
        expect("logra_a", 0, "d1", 1, 0, 1);
        assert_int_equal(nth("logra_a", 0)->day, day);
        assert_true(nth("logra_a", 0)->last);
        assert_string_equal(nth("logra_a", 0)->by, "");
        expect("los_dos", 0, "d1", 0, 0, 1);
        expect("logra_b", 0, "d1", 0, 0, 1);
        expect("asistencia", 0, "", 18, 0, 24);
        assert_false(nth("asistencia", 0)->last);
        expect("usa_material", 0, "", 1, 0, 1);
        expect("horas", 0, "", 5, 0, 1);
        assert_int_equal(nth("horas", 0)->day, day + 30);
        nothing("vencidos");
        nothing("ctx");
        assert_int_equal(all_n, 10);
}

static void several_choices_count_in_each(void **state)
{
        (void)state;
        of_answers(&visits, WHOLE);
        expect("por_tema", 0, "", 1, 0, 1);
        assert_string_equal(nth("por_tema", 0)->by, "lectura");
        assert_string_equal(nth("por_tema", 1)->by, "calculo");
        assert_null(nth("por_tema", 2));
}

static void rows_count_each(void **state)
{
        (void)state;
        of_answers(&visits, WHOLE);
        expect("alcanzadas", 0, "p1", 1, 0, 0);
        assert_int_equal(nth("alcanzadas", 0)->side, SIDE_NUM);
        expect("alcanzadas", 1, "", 1, 0, 0); /* nobody knows who: the row itself */
        assert_false(nth("alcanzadas", 1)->last);
        assert_null(nth("alcanzadas", 2));
}

static void what_was_not_observed_leaves_the_denominator(void **state)
{
        (void)state;
        of_answers(&visits, "{\"fecha\": \"2026-04-10\", \"docente\": \"d1\", \"a\": \"no_obs\", \"b\": \"4\", \"usa\": \"parcial\"}");
        nothing("logra_a");
        nothing("los_dos");
        expect("logra_b", 0, "d1", 1, 0, 1);
        expect("usa_material", 0, "", 0, 1, 1); /* partly is no achievement */
        nothing("asistencia");
        nothing("horas");
        nothing("por_tema");
        assert_int_equal(all_n, 2);
}

static void no_day_and_bad_numbers_count_nothing(void **state)
{
        (void)state;
        of_answers(&visits, "{\"docente\": \"d1\", \"a\": \"3\", \"asistentes\": 18, \"matriculados\": 24}");
        assert_int_equal(all_n, 0);
        of_answers(&visits, "{\"fecha\": \"2026-04-10\", \"asistentes\": 18, \"matriculados\": 0}");
        assert_int_equal(all_n, 0);
        of_answers(&visits, "{\"fecha\": 7, \"a\": {\"b\": 1}, \"personas\": [1, null], \"temas\": \"x\"}");
        assert_int_equal(all_n, 0);
        of_answers(&visits, "{}");
        assert_int_equal(all_n, 0);
}

static void a_stock_has_no_day(void **state)
{
        (void)state;
        of_answers(&schools, "{\"nombre\": \"Una\"}");
        assert_int_equal(all_n, 1);
        expect("alcanzadas", 0, "", 0, 0, 2);
        assert_int_equal(nth("alcanzadas", 0)->side, SIDE_DEN);
        assert_true(nth("alcanzadas", 0)->day == CONTRIBUTION_NO_DAY);
}

static void a_threshold_can_change(void **state)
{
        (void)state;
        indicators_set(small, "logra", 4);
        of_answers(&visits, WHOLE);
        expect("logra_a", 0, "d1", 0, 0, 1);
        indicators_set(small, "logra", 2);
        of_answers(&visits, WHOLE);
        expect("logra_a", 0, "d1", 1, 0, 1);
        expect("los_dos", 0, "d1", 1, 0, 1);
}

/* ---- The records of tests/fichas ---- */

static int real_set_up(void **state)
{
        fix_clock("2026-11-26T10:15:00-05:00");
        return load_real(state);
}

static int real_tear_down(void **state)
{
        arena_release(&arena);
        return release_real(state);
}

static json_t *read_record(const char *form)
{
        json_t *json = real_record(form, "completa.json");
        assert_non_null(json);
        return json;
}

static void of_record(const char *id)
{
        const struct form *form = form_catalog_find(&real, id);
        struct indicator_binding binding;
        struct err_list list = {0};
        json_t *json = read_record(id);
        struct session *session = session_new(form, NULL);
        session_load_answers(session, json, NULL);
        indicators = real.indicators;
        indicators_bind(real.indicators, form, &binding, &list);
        assert_int_equal(list.n, 0);
        all_n = session_contributions(session, &binding, "abc", &arena, &all);
        indicator_binding_release(&binding);
        session_free(session);
        json_decref(json);
}

static void a_visit_to_a_teacher(void **state)
{
        (void)state;
        of_record("simae_docente");
        expect("doc_caracteriza", 0, "@docente_ana", 1, 0, 1);
        expect("doc_propone_estrategias", 0, "@docente_ana", 0, 0, 1);
        expect("doc_media_aprendizaje", 0, "@docente_ana", 1, 0, 1);
        nothing("doc_retos_compuesto"); /* one of the four was not observed */
        expect("doc_reto_situaciones", 0, NULL, 1, 0, 1);
        expect("doc_deja_pensar", 0, NULL, 0, 0, 1);
        nothing("doc_altas_expectativas");
        expect("doc_atiende_diversidad", 0, NULL, 0, 0, 1);
        expect("doc_evaluacion_formativa", 0, NULL, 1, 0, 1);
        expect("doc_ef_no_precisa", 0, NULL, 0, 1, 1);
        expect("doc_retro_oportuna", 0, NULL, 0, 0, 1);
        expect("doc_retro_es_consistente", 0, NULL, 0, 1, 1);
        expect("doc_sin_comunidad_virtual", 0, NULL, 1, 0, 1);
        expect("doc_etica_observada", 0, "", 0, 0, 1);
        expect("doc_rubrica_iii_iv", 0, "@docente_ana", 0, 0, 1);
        expect("doc_rubrica_r2", 0, NULL, 1, 0, 1);
        expect("doc_rubrica_r5", 0, NULL, 0, 0, 1);
        expect("doc_marcas", 0, "", 1, 0, 1);
        expect("est_asistencia", 0, "", 20, 0, 24);
        expect("articula_familia_comunidad", 0, "@docente_ana", 1, 0, 1);
        expect("cob_docente_2visitas", 0, "@docente_ana", 1, 0, 0);
        expect("cob_ie_visitada", 0, "@ie_a", 1, 0, 0);
        expect("cob_visitas_no_logradas", 0, "", 0, 0, 1);
        assert_string_equal(nth("cob_visitas_monitor", 0)->by, "@esp");
        nothing("dir_cge1");
}

/* Of the six: 3 3 2 3 1 3, so the average is 2.5. */
static void the_rule_of_rubrics_can_change(void **state)
{
        (void)state;
        indicators_set(real.indicators, "rubricas_todas", 0);
        of_record("simae_docente");
        expect("doc_rubrica_iii_iv", 0, NULL, 0, 0, 1);
        indicators_set(real.indicators, "logra", 2.5);
        of_record("simae_docente");
        expect("doc_rubrica_iii_iv", 0, NULL, 1, 0, 1);
        indicators_set(real.indicators, "logra", 3);
        indicators_set(real.indicators, "rubricas_todas", 1);
}

static void a_visit_to_a_head(void **state)
{
        (void)state;
        of_record("simae_directivo");
        expect("articula_familia_comunidad", 0, "@directora_luz", 0, 0, 1);
        expect("ie_desvinculada", 0, "@ie_b", 1, 0, 1);
        expect("dir_cge1", 0, NULL, 0, 0, 1);       /* 3 and 2 */
        expect("dir_cge3", 0, NULL, 1, 0, 1);       /* 4, 3 and 3 */
        expect("dir_cge4", 0, NULL, 0, 0, 1);       /* 3 and 2 */
        expect("dir_competencias", 0, NULL, 3, 0, 1); /* 3 4 3 2 3, one not observed */
        expect("dir_cobertura_monitoreo", 0, "@ie_b", 15, 0, 22);
        expect("dir_material_ser", 0, NULL, 0, 1, 1);
        expect("dir_mejoras_ser", 0, NULL, 1, 0, 1);
        expect("dir_pat_avance", 0, "@ie_b", 70, 0, 1);
        expect("dir_varios_niveles", 0, NULL, 1, 0, 1);
        expect("est_asistencia", 0, "", 288, 0, 310);
        expect("est_no_retornados", 0, "@ie_b", 6, 0, 1);
        expect("est_promocion_guiada_sec", 0, "@ie_b", 14, 0, 310);
        nothing("est_promocion_guiada_pri");
        expect("ie_asistencia_docente", 0, "", 20, 0, 22);
        expect("ie_comites", 0, "@ie_b", 1, 0, 1);
        expect("ie_iigg_vigentes", 0, "@ie_b", 0, 0, 1);
        expect("ie_participa_ser", 0, "@ie_b", 0, 0, 1);
        expect("ie_sin_internet", 0, "@ie_b", 0, 0, 1);
        expect("ie_sin_equipamiento", 0, "@ie_b", 0, 1, 1);
        expect("cap_ie_activa", 0, "@ie_b", 1, 0, 1);
        expect("mae_retro_oportuna", 0, "", 1, 0, 1);
}

static void other_records(void **state)
{
        (void)state;
        of_record("mgea_checklist"); /* of 25: 12 done, 5 begun, 21 that apply */
        expect("mgea_practicas_logradas", 0, NULL, 12, 5, 21);
        expect("mgea_principio_col", 0, NULL, 3, 1, 5);
        expect("mgea_principio_exi", 0, NULL, 2, 1, 4);
        expect("mgea_con_evidencia", 0, NULL, 12, 0, 12);
        expect("mgea_participacion", 0, NULL, 17, 0, 17);
        assert_string_equal(nth("mgea_ie_por_fase", 0)->by, "sonar");
        of_record("cap_sesion");
        expect("cap_asistencia", 0, "", 2, 0, 5);
        expect("cap_con_agenda", 0, "", 1, 0, 1);
        nothing("cap_directivos_alcanzados"); /* the only head did not come */
        of_record("cap_plan");
        expect("cap_directivos_alcanzados", 0, NULL, 0, 0, 40);
        assert_int_equal(nth("cap_avance_plan", 0)->num, 1);
        of_record("demanda_formativa");
        expect("dir_percibe_escaso_compromiso", 0, "", 0, 0, 1);
        expect("dir_percibe_actitud", 0, "", 1, 0, 1);
        expect("dir_percibe_limitaciones", 0, "", 45, 0, 1);
        assert_string_equal(nth("dem_temas", 1)->by, "familia_comunidad");
        nothing("dem_participantes_gf");
        of_record("compromiso");
        expect("com_cumplidos", 0, "", 0, 0, 1);
        assert_int_equal(nth("com_cumplidos", 0)->day, day_of("2026-12-11"));
        of_record("iluminar");
        expect("ilu_practicas", 0, "", 1, 0, 1);
        assert_true(fabs(nth("ilu_puntaje", 0)->num - 24.0 / 7) < 0.1);
}

/* Nothing reserved says to whom it refers. */
static void reserved_contributions_name_nobody(void **state)
{
        (void)state;
        of_record("alerta");
        for (int i = 0; i < all_n; i++)
                if (indicators->items[all[i].indicator].reserved)
                        assert_string_equal(all[i].who, "");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_teardown(a_whole_record, forget),
                cmocka_unit_test_teardown(several_choices_count_in_each, forget),
                cmocka_unit_test_teardown(rows_count_each, forget),
                cmocka_unit_test_teardown(what_was_not_observed_leaves_the_denominator, forget),
                cmocka_unit_test_teardown(no_day_and_bad_numbers_count_nothing, forget),
                cmocka_unit_test_teardown(a_stock_has_no_day, forget),
                cmocka_unit_test_teardown(a_threshold_can_change, forget),
        };
        const struct CMUnitTest records[] = {
                cmocka_unit_test(a_visit_to_a_teacher),
                cmocka_unit_test(the_rule_of_rubrics_can_change),
                cmocka_unit_test(a_visit_to_a_head),
                cmocka_unit_test(other_records),
                cmocka_unit_test(reserved_contributions_name_nobody),
        };
        int failed = cmocka_run_group_tests(tests, set_up, tear_down);
        return failed + cmocka_run_group_tests(records, real_set_up, real_tear_down);
}
