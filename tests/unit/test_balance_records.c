/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every figure of the Balance opens the records that make it: over the demo, what
 * they add is the figure, for every indicator, in quarters, years and blocks,
 * UGEL by UGEL and told apart in every way; what is hidden tells no records.
 * Of those told apart every fifth, or with $SIMAE_TEST_FULL all.
 */
#include <math.h>
#include <stdlib.h>

#include "report/balance_view.h"
#include "test_boards.h"

static struct world *w;

static int demo_new(void **state)
{
        if (world_new(state) != 0)
                return -1;
        w = *state;
        fix_clock("2026-10-14T09:30:00.000-05:00");
        return demo_copy(w, "2026-10-14T09:30:00-05:00") == 0 ? (int)open_app(w) : -1;
}

struct sum { double num, den, partial; int64_t n; };

static struct sum sum_of(const struct board *board)
{
        struct sum sum = {0};
        for (int i = 0; i < board->table.rows_n; i++) {
                sum.num += atof(cell_of(board, i, "numerador"));
                sum.den += atof(cell_of(board, i, "denominador"));
                sum.partial += atof(cell_of(board, i, "en_parte"));
                sum.n += atoll(cell_of(board, i, "n"));
        }
        return sum;
}

static struct board records_of(const struct balance_view *view)
{
        struct arena arena = {0};
        struct board board;
        struct board_options options = {.argument = balance_view_write(view, &arena), .sensitive = true};
        if (app_board(w->app, "balance-registros", &options, &board, &w->err) != ERR_OK)
                fail_msg("%s: %s", options.argument, w->err.text);
        arena_release(&arena);
        return board;
}

static void compare(const struct indicator *indicator, const struct balance_view *view, const struct balance_cell *cell)
{
        struct board board = records_of(view);
        bool hidden = indicator->context || indicator->reserved || indicator->computed == COMPUTED_CATALOGUE || cell->flags & BALANCE_SECRET;
        struct sum sum = sum_of(&board);
        bool weeks = indicator->computed == COMPUTED_WEEKS, same = fabs(sum.num - cell->num) < 1e-6 && fabs(sum.partial - cell->partial) < 1e-6;
        if (!weeks)
                same = same && fabs(sum.den - cell->den) < 1e-6 && sum.n == cell->n;
        if (hidden ? board.table.rows_n > 0 || !*board.empty : !same)
                fail_msg("%s: the records add %g of %g (n %lld, in part %g), the figure is %g of %g (n %lld, in part %g)",
                         balance_view_write(view, &w->arena), sum.num, sum.den, (long long)sum.n, sum.partial, cell->num, cell->den,
                         (long long)cell->n, cell->partial);
        board_release(&board);
}

static int every = 1, turn;

static void compare_all(const char *period, int split)
{
        const struct indicators *all = app_indicators(w->app);
        struct balance balance;
        struct balance_query query = {.periods = &period, .periods_n = 1, .each_ugel = true,
                                      .dimension = split < DIMENSIONS ? (enum dimension)split : DIMENSION_NONE, .each_part = split == SPLIT_PARTS};
        OK(balance_make(app_store(w->app), all, &query, &balance, &w->err));
        for (int i = 0; i < all->n; i++)
                for (int u = 0; u < balance.ugels_n; u++)
                        for (int v = 0; v < balance.values_n; v++) {
                                const struct balance_cell *cell = balance_cell(&balance, i, u, 0, v);
                                struct balance_view view = {.indicator = all->items[i].key, .period = period,
                                                            .ugel = *balance.ugels[u] ? balance.ugels[u] : BALANCE_NO_UGEL,
                                                            .split = split, .value = split == DIMENSION_NONE ? NULL : balance.values[v]};
                                bool told = cell->n > 0 || cell->num != 0 || cell->flags & BALANCE_SECRET || split == DIMENSION_NONE;
                                if (told && turn++ % every == 0)
                                        compare(&all->items[i], &view, cell);
                        }
        balance_release(&balance);
}

static void records_add_up_to_the_figures(void **state)
{
        (void)state;
        compare_all("2026-T3", DIMENSION_NONE);
        compare_all("2026", DIMENSION_NONE);
        compare_all("2026_l2", DIMENSION_NONE);
}

static void also_told_apart(void **state)
{
        (void)state;
        every = getenv("SIMAE_TEST_FULL") ? 1 : 5;
        for (int split = DIMENSION_NONE + 1; split < SPLITS; split++)
                compare_all("2026", split);
        every = 1;
}

static void all_of_them_open(void **state)
{
        struct board board = records_of(&(struct balance_view){.indicator = "doc_caracteriza", .period = "2026-T3"});
        (void)state;
        assert_true(board.table.rows_n > 10);
        for (int i = 0; i < board.table.rows_n; i++)
                assert_false(id_is_none(&board.rows[i].record));
        const char *mark = cell_of(&board, 0, "cuenta");
        assert_true(strcmp(mark, "sí: 1 de 1") == 0 || strcmp(mark, "no: 0 de 1") == 0);
        assert_non_null(strstr(board.summary, "todas las UGEL"));
        board_release(&board);
}

static void what_is_not_understood_is_refused(void **state)
{
        static const struct { const char *argument, *sentence; } bad[] = {
                {"", "necesita"},
                {"indicador=doc_caracterisa", "doc_caracteriza"},
                {"periodo=2026-T3", "Diga de qué indicador"},
                {"indicador=doc_caracteriza;periodo=2026-T7", "no es un periodo"},
                {"indicador=doc_caracteriza;por=nibel", "nivel"},
                {"indicador=doc_caracteriza;zzz", "no se entiende"},
                {"doc_caracteriza", "no se entiende"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                struct board_options options = {.argument = bad[i].argument};
                struct board board;
                assert_int_equal(app_board(w->app, "balance-registros", &options, &board, &w->err), ERR_USAGE);
                if (!strstr(w->err.text, bad[i].sentence))
                        fail_msg("%s: %s", bad[i].argument, w->err.text);
        }
}

static void views_come_back_as_they_were(void **state)
{
        static const char *const views[] = {"", "indicador=a", "periodo=2026;ugel=todas", "indicador=a;periodo=2026-T1;ugel=060001;por=nivel;valor=B0",
                                            "por=red;valor=Red Alto Jequetepeque", "por=desglose;valor="};
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(views); i++) {
                struct balance_view view;
                OK(balance_view_read(views[i], &w->arena, &view, &w->err));
                assert_string_equal(balance_view_write(&view, &w->arena), views[i]);
        }
}

static void periods_follow_one_another(void **state)
{
        static const char *const pairs[][2] = {{"2026-T1", "2026-T2"}, {"2026-T4", "2027-T1"}, {"2026", "2027"}, {"2026_l1", "2026_l2"}};
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
                const char *after, *before;
                OK(balance_after(app_store(w->app), pairs[i][0], &w->arena, &after, &w->err));
                assert_string_equal(after, pairs[i][1]);
                OK(balance_before(app_store(w->app), after, &w->arena, &before, &w->err));
                assert_string_equal(before, pairs[i][0]);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(records_add_up_to_the_figures),
                cmocka_unit_test(also_told_apart),
                cmocka_unit_test(all_of_them_open),
                cmocka_unit_test(what_is_not_understood_is_refused),
                cmocka_unit_test(views_come_back_as_they_were),
                cmocka_unit_test(periods_follow_one_another),
        };
        return cmocka_run_group_tests(tests, demo_new, world_free);
}
