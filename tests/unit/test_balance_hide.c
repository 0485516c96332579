/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the Balance hides of small counts cannot be had by subtraction: in tables
 * of UGEL and levels made by chance, no row and no column has a single hidden
 * cell, its sum included.
 */
#include "report/balance.h"
#include "store/facts.h"
#include "test_store_help.h"

enum { TABLES = 3000, UGELS = 3, LEVELS = 3, DAY = 20600 };

static const char *const ugels[UGELS] = {"060001", "060002", "060003"}, *const levels[LEVELS] = {"A2", "B0", "F0"};
static struct indicators *indicators;

/* With the sums at the end. */
struct shown { bool hidden[UGELS + 1][LEVELS + 1]; };

static void put(struct world *w, int at, int n)
{
        struct fact facts[16];
        struct id id = id_n(at + 1);
        struct fact_place place = {{ugels[at / LEVELS], levels[at % LEVELS]}};
        for (int i = 0; i < n; i++)
                facts[i] = (struct fact){.indicator = "personas", .by = "", .who = "", .flags = FACT_COUNTS, .day = DAY,
                                         .num = FACT_UNIT, .den = FACT_UNIT};
        OK(store_facts_set(w->store, &id, &place, facts, n, &w->err));
}

/* One row: of a UGEL, or of all together. */
static void look(struct world *w, int ugel, struct shown *ret)
{
        static const char *const period = "2026";
        for (int whole = 0; whole < 2; whole++) {
                struct balance_query query = {.periods = &period, .periods_n = 1, .dimension = whole ? DIMENSION_NONE : DIMENSION_LEVEL,
                                              .ugels = ugel < UGELS ? &ugels[ugel] : NULL, .ugels_n = ugel < UGELS};
                struct balance balance;
                OK(balance_make(w->store, indicators, &query, &balance, &w->err));
                for (int v = 0; v < balance.values_n; v++)
                        for (int level = 0; level <= LEVELS; level++)
                                if (whole ? level == LEVELS : level < LEVELS && strcmp(balance.values[v], levels[level]) == 0)
                                        ret->hidden[ugel][level] = balance_cell(&balance, 0, 0, 0, v)->flags & BALANCE_SECRET;
                balance_release(&balance);
        }
}

static void check(const struct shown *shown, int table)
{
        for (int u = 0; u <= UGELS; u++) {
                int n = 0;
                for (int level = 0; level <= LEVELS; level++)
                        n += shown->hidden[u][level];
                if (n == 1)
                        fail_msg("table %d: one cell of UGEL %d is hidden", table, u);
        }
        for (int level = 0; level <= LEVELS; level++) {
                int n = 0;
                for (int u = 0; u <= UGELS; u++)
                        n += shown->hidden[u][level];
                if (n == 1)
                        fail_msg("table %d: one cell of level %d is hidden", table, level);
        }
}

static int counted_new(void **state)
{
        struct err_list mistakes = {0};
        if (world_open(state) != 0)
                return -1;
        struct world *w = *state;
        char *path = xasprintf("%s/indicadores.yaml", w->data);
        FILE *file = fopen(path, "w");
        free(path);
        if (!file)
                return -1;
        fputs("title: Prueba\nindicators: [{key: personas, label: Personas, unit: conteo, counts: persona, mark: N, minimum: 5, "
              "numerator: personas, sources: [{form: visita}]}]\n", file);
        fclose(file);
        indicators = indicators_load(w->data, &mistakes);
        bool sound = mistakes.n == 0;
        if (!sound)
                print_error("%s\n", mistakes.items[0].text);
        err_list_release(&mistakes);
        if (store_facts_begin(w->store, NULL, 0, "uno", DAY, &w->err) != ERR_OK || store_facts_finish(w->store, &w->err) != ERR_OK)
                return -1;
        for (int at = 0; at < UGELS * LEVELS; at++)
                add(w, at + 1, "visita", "Visita");
        return sound ? 0 : -1;
}

static int counted_free(void **state)
{
        indicators_free(indicators);
        return world_free(state);
}

/* One table, from UGEL to level and back: where it falls apart, what is told of the UGEL of a part tells its levels too. */
static bool holds_together(const int sizes[UGELS * LEVELS])
{
        bool in[UGELS + LEVELS] = {0}, all = true;
        int first = 0;
        while (first < UGELS * LEVELS - 1 && sizes[first] == 0)
                first++;
        in[first / LEVELS] = true;
        for (int round = 0; round < UGELS + LEVELS; round++)
                for (int at = 0; at < UGELS * LEVELS; at++)
                        if (sizes[at] > 0 && (in[at / LEVELS] || in[UGELS + at % LEVELS]))
                                in[at / LEVELS] = in[UGELS + at % LEVELS] = true;
        for (int at = 0; at < UGELS * LEVELS; at++)
                all &= sizes[at] == 0 || in[at / LEVELS];
        return all;
}

static void nothing_by_subtraction(void **state)
{
        static const int kinds[] = {0, 0, 0, 2, 4, 6, 9};
        struct world *w = *state;
        uint32_t dice = 5;
        OK(store_begin(w->store, &w->err));
        for (int table = 0; table < TABLES; table++) {
                struct shown shown = {0};
                int sizes[UGELS * LEVELS];
                for (int at = 0; at < UGELS * LEVELS; at++) {
                        dice = dice * 1664525u + 1013904223u;
                        sizes[at] = kinds[(dice >> 8) % ARRAY_LEN(kinds)];
                }
                if (!holds_together(sizes))
                        continue;
                for (int at = 0; at < UGELS * LEVELS; at++)
                        put(w, at, sizes[at]);
                for (int u = 0; u <= UGELS; u++)
                        look(w, u, &shown);
                check(&shown, table);
        }
        store_rollback(w->store);
}

/* A UGEL with one level, whose other UGEL is below the minimum: the sum of the level goes, as that of the UGEL is told. */
static void a_ugel_of_one_level(void **state)
{
        struct world *w = *state;
        struct shown shown = {0};
        put(w, 1, 8);
        put(w, 4, 4);
        put(w, 5, 2);
        put(w, 6, 2);
        for (int u = 0; u <= UGELS; u++)
                look(w, u, &shown);
        check(&shown, 0);
        assert_false(shown.hidden[0][1]);
        assert_true(shown.hidden[UGELS][1]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(nothing_by_subtraction, counted_new, counted_free),
                cmocka_unit_test_setup_teardown(a_ugel_of_one_level, counted_new, counted_free),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
