/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People with two records: which pairs are proposed, and that joining them loses nothing. */
#include "test_app.h"

#include "app/people.h"

static int people_world(void **state)
{
        const char *tree = getenv("SIMAE_TREE");
        if (world_new(state) != 0)
                return -1;
        struct world *w = *state;
        snprintf(w->forms, sizeof w->forms, "%s/forms", tree ? tree : ".");
        return open_app(w) == ERR_OK ? 0 : -1;
}

static struct id person(struct world *w, const char *surnames, const char *names, const char *more)
{
        return make(w, "persona", answers_of(w, "{'apellidos':'%s','nombres':'%s','cargo':'docente'%s}", surnames, names, more));
}

/* The pairs as "title + title: why" lines. */
static const char *proposed(struct world *w)
{
        const struct people_pair *pairs;
        const char *out = "";
        int n;
        OK(people_duplicates(w->app, NULL, &w->arena, &pairs, &n, &w->err));
        for (int i = 0; i < n; i++)
                out = arena_printf(&w->arena, "%s%s + %s: %s\n", out, pairs[i].a_title, pairs[i].b_title, pairs[i].why);
        return out;
}

static const char *answer_text(struct world *w, const struct id *id, const char *question)
{
        struct record_view view;
        OK(record_open(w->app, id, &view, &w->err));
        const char *text = json_string_value(json_object_get(view.answers, question));
        const char *kept = arena_strdup(&w->arena, text ? text : "");
        record_view_release(&view);
        return kept;
}

/* ---- Proposing ---- */

static void check_pair(struct world *w, const char *first, const char *second, bool alike, const char *why)
{
        struct id ids[2];
        const char *const texts[] = {first, second};
        for (int i = 0; i < 2; i++) { /* "surnames|names|more" */
                char *text = arena_strdup(&w->arena, texts[i]), *names = strchr(text, '|'), *more = strchr(names + 1, '|');
                *names++ = *more++ = '\0';
                ids[i] = person(w, text, names, more);
        }
        const char *found = proposed(w);
        if (!alike && *found)
                fail_msg("%s and %s: %s", first, second, found);
        if (alike)
                assert_has(found, why);
        OK(record_annul(w->app, &ids[0], "prueba", &w->err));
        OK(record_annul(w->app, &ids[1], "prueba", &w->err));
}

static void pairs_that_may_be_one_person(void **state)
{
        static const struct { const char *a, *b, *why; } cases[] = {
                {"Uno|Ana|,'dni':'12345678'", "Otro|Luz|,'dni':'12345678'", "el mismo documento"},
                {"Ejemplo Peñón|José|", "EJEMPLO PEÑON|JOSE|", "los mismos apellidos y nombres"},
                {"Ejemplo Peñón|José|,'dni':'12345678'", "Ejemplo Peñón|José|", "los mismos apellidos y nombres"},
                {"Ejemplo Peñón|Rosa María|,'ugel':'060001'", "Ejemplo Peñón|R. M.|,'ugel':'060001'", "abreviados"},
                {"Ejemplo Peñón|Rosa María|,'ugel':'060001'", "Ejemplo Peñón|María|", "abreviados"},
                {"Ficticio Retama|Ana|", "Fictisio Retamas|Ana|", "una o dos letras"},
                {"Ejemplo|José|,'ugel':'060001'", "Ejemplo|José|,'ugel':'060002'", "los mismos apellidos y nombres"},
                /* and those that are not */
                {"Ejemplo Peñón|José|,'dni':'12345678'", "Ejemplo Peñón|José|,'dni':'12345679'", NULL},
                {"Ejemplo Peñón|Rosa María|,'ugel':'060001'", "Ejemplo Peñón|R. M.|,'ugel':'060002'", NULL},
                {"Ejemplo Peñón|Rosa|", "Ejemplo Peñón|Lucía|", NULL},
                {"Ejemplo Peñón|María Rosa|", "Ejemplo Peñón|Rosa María|", NULL},
                {"Ficticio Retama|Ana|,'ugel':'060001'", "Fictisio Retamas|Ana|,'ugel':'060002'", NULL},
                {"Rí|A|", "Ra|A|", NULL},
        };
        struct world *w = *state;
        for (size_t i = 0; i < ARRAY_LEN(cases); i++)
                check_pair(w, cases[i].a, cases[i].b, cases[i].why != NULL, cases[i].why);
}

static struct id assignment(struct world *w, const struct id *who, const char *since)
{
        return make(w, "asignacion", answers_of(w, "{'persona':'%s','rol':'soporte_tic','ugel':'060001','desde':'%s'}", id_text(w, who), since));
}

static void each_pair_once_and_the_surest_first(void **state)
{
        struct world *w = *state;
        person(w, "Ficticio Retama", "Ana", "");
        struct id known = person(w, "Fictisio Retama", "Ana", "");
        assignment(w, &known, "2026-03-01"); /* the one that more records name is proposed to stay */
        person(w, "Ejemplo Peñón", "José", "");
        person(w, "Ejemplo Peñón", "José", "");
        person(w, "Muestra", "Luz", ",'dni':'12345678'");
        person(w, "Muestra", "Luz", ",'dni':'12345678'");
        assert_string_equal(proposed(w), "Muestra, Luz + Muestra, Luz: el mismo documento\n"
                                         "Ejemplo Peñón, José + Ejemplo Peñón, José: los mismos apellidos y nombres\n"
                                         "Fictisio Retama, Ana + Ficticio Retama, Ana: una o dos letras de diferencia\n");
}

static void who_is_told_apart_is_not_proposed_again(void **state)
{
        struct world *w = *state;
        struct id a = person(w, "Ejemplo Peñón", "José", ""), b = person(w, "Ejemplo Peñón", "José", "");
        struct id c = person(w, "Ejemplo Peñón", "José", "");
        OK(people_tell_apart(w->app, &a, &b, &w->err));
        OK(people_tell_apart(w->app, &a, &c, &w->err));
        OK(people_tell_apart(w->app, &c, &b, &w->err));
        assert_string_equal(proposed(w), "");
        assert_string_equal(answer_text(w, &a, "nombres"), "José");
}

/* ---- Joining ---- */

static const char *subject_of(struct world *w, const struct id *record)
{
        struct store_record view;
        OK(store_record_get(app_store(w->app), record, &w->arena, &view, &w->err));
        return view.subject;
}

static void joining_loses_nothing(void **state)
{
        struct world *w = *state;
        struct id keep = person(w, "Ejemplo Peñón", "Rosa María", ",'condicion':'nombrado'");
        struct id drop = person(w, "Ejemplo Peñón", "R. M.", ",'condicion':'contratado','ugel':'060001','tipo_doc':'ce','dni':'123456789'");
        struct id old = assignment(w, &drop, "2026-03-01");
        struct store_record view, before;
        struct store_revision *history;
        char code[CODE_TEXT];
        int n;
        OK(people_join(w->app, &keep, &drop, &w->err));
        assert_string_equal(answer_text(w, &keep, "condicion"), "nombrado"); /* what it had */
        assert_string_equal(answer_text(w, &keep, "ugel"), "060001");        /* what it lacked */
        assert_string_equal(answer_text(w, &keep, "dni"), "123456789");
        assert_string_equal(answer_text(w, &keep, "tipo_doc"), "ce");
        OK(store_record_get(app_store(w->app), &drop, &w->arena, &view, &w->err));
        assert_int_equal(view.state, RECORD_ANULADO);
        OK(store_history(app_store(w->app), &drop, &w->arena, &history, &n, &w->err));
        assert_has(history[n - 1].body, arena_printf(&w->arena, "\"reason\":\"unida con %s\"", id_code(&keep, code)));
        assert_string_equal(answer_text(w, &drop, "condicion"), "contratado");
        /* What named the other still does, and counts for the one that stays. */
        assert_string_equal(answer_text(w, &old, "persona"), id_text(w, &drop));
        assert_string_equal(subject_of(w, &old), id_text(w, &keep));
        OK(store_record_previous(app_store(w->app), "asignacion", id_text(w, &keep), "", &keep, &w->arena, &before, &w->err));
        assert_true(id_equal(&before.id, &old));
        struct id later = assignment(w, &drop, "2026-04-01"); /* from a laptop that had not heard of it */
        assert_string_equal(subject_of(w, &later), id_text(w, &keep));
        assert_string_equal(proposed(w), "");
        /* All of it can be derived again. */
        int64_t records;
        OK(app_rebuild(w->app, &records, &w->err));
        assert_string_equal(subject_of(w, &old), id_text(w, &keep));
}

static void joins_follow_each_other(void **state)
{
        struct world *w = *state;
        struct id a = person(w, "Ejemplo", "Ana", ""), b = person(w, "Ejemplo", "Ana", ""), c = person(w, "Ejemplo", "Ana", "");
        struct id record = assignment(w, &a, "2026-03-01");
        OK(people_join(w->app, &b, &a, &w->err));
        OK(people_join(w->app, &c, &b, &w->err));
        int64_t records;
        OK(app_rebuild(w->app, &records, &w->err));
        assert_string_equal(subject_of(w, &record), id_text(w, &c));
}

static void what_cannot_be_joined(void **state)
{
        struct world *w = *state;
        struct id a = person(w, "Ejemplo", "Ana", ""), b = person(w, "Ejemplo", "Ana", ""), c = person(w, "Ejemplo", "Luz", "");
        struct id school = make(w, "institucion", answers_of(w, "{'nombre':'Peñón','cod_mod':'0123456','nivel':'B0','distrito':'X'}"));
        struct store_counts before = counts(w);
        REFUSES(ERR_REFUSED, "son el mismo registro", people_join(w->app, &a, &a, &w->err));
        REFUSES(ERR_REFUSED, "no es una persona", people_join(w->app, &a, &school, &w->err));
        OK(app_profile_adopt(w->app, &b, &w->err));
        REFUSES(ERR_REFUSED, "es quien usa esta laptop", people_join(w->app, &a, &b, &w->err));
        assert_int_equal(counts(w).revisions, before.revisions);
        OK(record_annul(w->app, &c, "No existe", &w->err));
        REFUSES(ERR_REFUSED, "ya está anulada", people_join(w->app, &a, &c, &w->err));
        REFUSES(ERR_REFUSED, "ya está anulada", people_tell_apart(w->app, &c, &a, &w->err));
}

static void both_are_shown_side_by_side(void **state)
{
        struct world *w = *state;
        struct id a = person(w, "Ejemplo Peñón", "Rosa", ",'dni':'12345678'"), b = person(w, "Ejemplo Peñón", "R.", ",'condicion':'nombrado'");
        struct table table;
        struct str out = STR_INIT;
        OK(people_compare(w->app, &a, &b, false, &table, &w->err));
        for (int i = 0; i < table.rows_n; i++)
                str_addf(&out, "%s|%s|%s\n", table_cell(&table, i, 0), table_cell(&table, i, 1), table_cell(&table, i, 2));
        assert_has(out.text, "Nombres|Rosa|R.\n");
        assert_has(out.text, "Condición||Nombrado(a)\n");
        assert_null(strstr(out.text, "12345678"));
        str_release(&out);
        table_release(&table);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, people_world, world_free)
        const struct CMUnitTest tests[] = {
                TEST(pairs_that_may_be_one_person),
                TEST(each_pair_once_and_the_surest_first),
                TEST(who_is_told_apart_is_not_proposed_again),
                TEST(joining_loses_nothing),
                TEST(joins_follow_each_other),
                TEST(what_cannot_be_joined),
                TEST(both_are_shown_side_by_side),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
