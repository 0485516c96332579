/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records and the Balance: what is concluded, corrected and annulled counts at
 * once, as a plain count over the records says, and as a rebuild does.
 */
#include "app/review.h"
#include "report/balance.h"
#include "test_app_facts.h"

/* ---- Figures ---- */

static struct balance_cell figure(struct world *w, const char *key, const char *period, const char *ugel)
{
        int indicator = indicators_find(app_indicators(w->app), key);
        struct balance_query query = {.indicators = &indicator, .indicators_n = 1, .periods = &period, .periods_n = 1};
        struct balance balance;
        assert_true(indicator >= 0);
        if (ugel) {
                query.ugels = &ugel;
                query.ugels_n = 1;
        }
        OK(balance_make(app_store(w->app), app_indicators(w->app), &query, &balance, &w->err));
        struct balance_cell cell = *balance_cell(&balance, 0, 0, 0, 0);
        balance_release(&balance);
        return cell;
}

static struct id practice(struct world *w, const char *school, const char *day, int points)
{
        return make(w, "practica", answers_of(w, "{'ie':'%s','titulo':'%d','dia':'%s','ugel':'060001','nivel':'B0','puntos':%d}",
                                              school, points, day, points));
}

/* ---- What counts ---- */

static void test_last_counts(void **state)
{
        struct world *w = *state;
        make_directory(w);
        practice(w, w->school, "2026-01-20", 25);
        assert_true(figure(w, "basta", "2026-T1", NULL).value == 100);
        struct id second = practice(w, w->school, "2026-02-20", 5);
        struct balance_cell cell = figure(w, "basta", "2026-T1", NULL);
        assert_true(cell.value == 0 && cell.n == 1);
        assert_true(figure(w, "asistencia", "2026-T1", NULL).num == 30); /* of all, not of the last */
        struct draft *draft;
        OK(draft_edit(w->app, &second, &draft, &w->err));
        answer(w, draft, "puntos", "21");
        OK(draft_finalise(draft, &second, &w->err));
        assert_true(figure(w, "basta", "2026-T1", "060001").value == 100);
        assert_true(figure(w, "basta", "2026-T1", "060002").flags == BALANCE_NOTHING);
        OK(record_annul(w->app, &second, "Se repitió", &w->err));
        cell = figure(w, "basta", "2026", NULL);
        assert_true(cell.value == 100 && cell.n == 1);
        assert_true(figure(w, "asistencia", "2026-T1", NULL).den == 30);
        check_rebuild(w);
}

static struct id assignment(struct world *w, const char *ugel, const char *day)
{
        return make(w, "practica", answers_of(w, "{'docente':'%s','dia':'%s','ugel':'%s'}", w->teacher, day, ugel));
}

static void check_assigned(struct world *w, double first, double second)
{
        assert_true(figure(w, "asignadas", "2026-T1", NULL).num == 1);
        assert_true(figure(w, "asignadas", "2026-T1", "060001").num == first);
        assert_true(figure(w, "asignadas", "2026-T1", "060002").num == second);
}

/* Who is in two UGEL as things are now counts once, where it was written down (or corrected) last, whatever its day. */
static void test_in_two_ugel(void **state)
{
        struct world *w = *state;
        make_directory(w);
        struct id one = assignment(w, "060001", "2026-02-01");
        fix_clock("2026-04-15T08:00:00.000-05:00");
        struct id other = assignment(w, "060002", "2026-01-01");
        check_assigned(w, 0, 1);
        check_rebuild(w);
        struct draft *draft;
        fix_clock("2026-04-16T08:00:00.000-05:00");
        OK(draft_edit(w->app, &one, &draft, &w->err));
        answer(w, draft, "puntos", "3");
        OK(draft_finalise(draft, &one, &w->err));
        check_assigned(w, 1, 0);
        OK(record_annul(w->app, &one, "Ya no está allí", &w->err));
        check_assigned(w, 0, 1);
        check_rebuild(w);
        OK(record_annul(w->app, &other, "Tampoco", &w->err));
        assert_true(figure(w, "asignadas", "2026-T1", NULL).flags == BALANCE_NOTHING);
}

/* Of a reserved indicator there are totals of UGEL, and no part, place or text. */
static void test_reserved(void **state)
{
        struct world *w = *state;
        make_directory(w);
        make(w, "alerta", answers_of(w, "{'ie':'%s','rama':'violencia','hechos':'Algo reservado','fecha':'2026-02-01'}", w->school));
        assert_true(figure(w, "reservadas", "2026-T1", "060001").flags == BALANCE_BELOW);
        assert_true(figure(w, "reservadas", "2026-T1", "060001").n == 0);
        make(w, "alerta", answers_of(w, "{'rama':'violencia','hechos':'Otra cosa','fecha':'2026-02-02'}"));
        assert_true(figure(w, "reservadas", "2026-T1", "060001").value == 2);
        char *all = totals(w);
        assert_null(strstr(all, "Algo reservado"));
        assert_null(strstr(all, "1 2026-T1 reservadas"));
        free(all);
        check_rebuild(w);
}

static void alerts(struct world *w, const char *month, int n)
{
        for (int i = 0; i < n; i++)
                make(w, "alerta", answers_of(w, "{'ie':'%s','rama':'violencia','hechos':'Algo','fecha':'2025-%s-%02d'}", w->school, month, i + 1));
}

/* A quarter of few is not the year less the others, whichever of them is asked for, and of one UGEL or of all. */
static void test_quarters_and_their_year(void **state)
{
        static const struct { const char *period; unsigned flags; int n; } wanted[] = {
                {"2025-T1", BALANCE_NOTHING, 0}, {"2025-T2", BALANCE_BELOW, 0}, {"2025-T3", BALANCE_COMPLEMENT, 0},
                {"2025-T4", 0, 5}, {"2025", 0, 9},
        };
        struct world *w = *state;
        make_directory(w);
        alerts(w, "05", 1);
        alerts(w, "08", 3);
        alerts(w, "11", 5);
        for (size_t i = 0; i < 2 * ARRAY_LEN(wanted); i++) {
                size_t at = i / 2;
                struct balance_cell cell = figure(w, "reservadas", wanted[at].period, i % 2 ? "060001" : NULL);
                if (cell.flags != wanted[at].flags || cell.n != wanted[at].n)
                        fail_msg("%s: flags %x, n %d", wanted[at].period, cell.flags, (int)cell.n);
        }
        alerts(w, "06", 1); /* two are enough: nothing is hidden any more */
        assert_true(figure(w, "reservadas", "2025-T2", NULL).value == 2);
        assert_true(figure(w, "reservadas", "2025-T3", NULL).value == 3);
}

/* What has a later day waits for it. */
static void test_day_to_come(void **state)
{
        struct world *w = *state;
        make_directory(w);
        practice(w, w->school, "2026-04-20", 25);
        assert_true(figure(w, "basta", "2026-T2", NULL).flags == BALANCE_NOTHING);
        fix_clock("2026-04-20T08:00:00.000-05:00");
        reopen(w);
        assert_true(figure(w, "basta", "2026-T2", NULL).value == 100);
        check_rebuild(w);
}

static bool stop_at_once(void *ctx, int64_t done, int64_t all)
{
        (*(int *)ctx)++;
        assert_true(done <= all);
        return false;
}

/* Another parameter asks for everything again, in steps that can be stopped. */
static void test_change_of_indicators(void **state)
{
        struct world *w = *state;
        int64_t left;
        int calls = 0;
        make_directory(w);
        OK(store_begin(app_store(w->app), &w->err));
        for (int i = 0; i < 230; i++)
                practice(w, w->school, "2026-03-01", i % 30);
        OK(store_commit(app_store(w->app), &w->err));
        char *before = totals(w), *changed = xstrdup(indicators_text);
        memcpy(strstr(changed, "value: 20"), "value: 19", 9);
        write_text(w, "indicadores.yaml", changed);
        reopen(w);
        OK(app_facts_left(w->app, &left, &w->err));
        assert_true(left > 200);
        REFUSES(ERR_CANCELLED, "la próxima vez", app_facts_compute(w->app, stop_at_once, &calls, &w->err));
        practice(w, w->school, "2026-03-02", 19); /* meanwhile */
        reopen(w);
        assert_true(figure(w, "basta", "2026-T1", NULL).flags == BALANCE_NOTHING);
        OK(app_facts_compute(w->app, NULL, NULL, &w->err));
        assert_true(figure(w, "basta", "2026-T1", NULL).value == 100);
        check_rebuild(w);
        char *after = totals(w);
        assert_string_not_equal(before, after);
        free(before);
        free(after);
        free(changed);
}

/* ---- Histories ---- */

enum { PRACTICES = 12, SCHOOLS = 3, STEPS = 40 };
struct plain { struct id id; int school, month, points; bool there; };

static uint32_t dice;

static int roll(int sides)
{
        dice = dice * 1664525u + 1013904223u;
        return (int)((dice >> 8) % (uint32_t)sides);
}

/* Of each school the last month counts (days differ by practice), of those of the quarter. */
static void check_plain(struct world *w, const struct plain *all)
{
        int schools = 0, enough = 0, sum = 0, n = 0;
        for (int s = 0; s < SCHOOLS; s++) {
                const struct plain *last = NULL;
                for (int i = 0; i < PRACTICES; i++)
                        if (all[i].there && all[i].school == s && (!last || all[i].month >= last->month))
                                last = &all[i];
                schools += last != NULL;
                enough += last && last->points >= 20;
        }
        for (int i = 0; i < PRACTICES; i++)
                if (all[i].there) {
                        sum += all[i].points;
                        n++;
                }
        struct balance_cell basta = figure(w, "basta", "2026-T1", NULL), asistencia = figure(w, "asistencia", "2026-T1", NULL);
        assert_int_equal(basta.n, schools);
        assert_int_equal((int)basta.num, enough);
        assert_int_equal(asistencia.n, n);
        assert_int_equal((int)asistencia.num, sum);
}

static void change(struct world *w, struct plain *one, int number, const char *const *schools)
{
        char day[32], points[16];
        one->month = 1 + roll(3);
        one->points = roll(40);
        snprintf(day, sizeof day, "2026-%02d-%02d", one->month, number + 1);
        snprintf(points, sizeof points, "%d", one->points);
        if (!one->there) {
                one->school = roll(SCHOOLS);
                one->id = practice(w, schools[one->school], day, one->points);
                one->there = true;
                return;
        }
        struct draft *draft;
        char typed[32];
        snprintf(typed, sizeof typed, "%02d/%02d/2026", number + 1, one->month);
        OK(draft_edit(w->app, &one->id, &draft, &w->err));
        session_answer(draft_session(draft), at(draft, "dia"), typed);
        session_answer(draft_session(draft), at(draft, "puntos"), points);
        session_answer(draft_session(draft), at(draft, "titulo"), points);
        OK(draft_finalise(draft, &one->id, &w->err));
}

/* The office's word counts nowhere. */
static void review_as(struct world *w, const struct id *chief, const struct id *id)
{
        struct id writer = id_of(app_persona(w->app));
        OK(app_profile_adopt(w->app, chief, &w->err));
        enum err_code rc = record_review(w->app, id, roll(2) ? RECORD_OBSERVADO : RECORD_VALIDADO, "Vea", &w->err);
        assert_true(rc == ERR_OK || rc == ERR_REFUSED);
        OK(app_profile_adopt(w->app, &writer, &w->err));
}

static void test_histories(void **state)
{
        struct world *w = *state;
        make_directory(w);
        struct id writer = id_of(w->teacher);
        struct id chief = make(w, "persona", answers_of(w, "{'apellidos':'Soto','nombres':'Ana','ie':'%s','ugel':'bagua',"
                                                           "'dni':'87654321'}", w->school));
        OK(app_profile_adopt(w->app, &writer, &w->err));
        const char *schools[SCHOOLS];
        for (int s = 0; s < SCHOOLS; s++) {
                struct id school = make(w, "institucion", answers_of(w, "{'nombre':'Escuela %d','cod_mod':'000000%d'}", s, s));
                schools[s] = id_text(w, &school);
        }
        for (int history = 0; history < 25; history++) {
                struct plain all[PRACTICES] = {0};
                dice = (uint32_t)history + 7;
                OK(store_begin(app_store(w->app), &w->err));
                for (int step = 0; step < STEPS; step++) {
                        int i = roll(PRACTICES);
                        if (all[i].there && !roll(3)) {
                                OK(record_annul(w->app, &all[i].id, "Prueba", &w->err));
                                all[i].there = false;
                        } else if (all[i].there && !roll(3)) {
                                review_as(w, &chief, &all[i].id);
                        } else {
                                change(w, &all[i], i, schools);
                        }
                }
                check_plain(w, all);
                check_rebuild(w);
                check_plain(w, all);
                store_rollback(app_store(w->app));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_last_counts, world_counted, world_free),
                cmocka_unit_test_setup_teardown(test_in_two_ugel, world_counted, world_free),
                cmocka_unit_test_setup_teardown(test_reserved, world_counted, world_free),
                cmocka_unit_test_setup_teardown(test_quarters_and_their_year, world_counted, world_free),
                cmocka_unit_test_setup_teardown(test_day_to_come, world_counted, world_free),
                cmocka_unit_test_setup_teardown(test_change_of_indicators, world_counted, world_free),
                cmocka_unit_test_setup_teardown(test_histories, world_counted, world_free),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
