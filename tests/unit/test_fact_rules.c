/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules of facts that look at several records (FACT_TWICE to FACT_TEAM) and
 * stock from a day on: 1,000 random histories, each compared with a plain count
 * and with everything summed again.
 */
#include "base/date.h"
#include "store/facts.h"
#include "test_store_help.h"

enum { RECORDS = 8, FACTS = 5, HISTORIES = 1000, PERIODS = 5, STOCK = 3, TODAY = 20560 }; /* 2026-04-17 */

static const char *const periods[] = {"2026", "2026-T1", "2026-T2", "", "2025"};
static const int64_t spans[][2] = {{20454, 20818}, {20454, 20543}, {20544, 20634}, {INT64_MIN, INT64_MAX}, {20089, 20453}};
static const struct fact_place places[] = {{{"060001", "B0", "", "", "", ""}}, {{"060002", "", "", "", "", ""}}};

struct known { struct fact facts[FACTS]; int n, place; int64_t stamp; };
struct plain { struct known records[RECORDS]; int64_t today; };

/* One fact with what orders it. */
struct seen { const struct fact *fact; int64_t stamp; int at, place; };

/* ---- The plain count ---- */

static bool is_now(const struct fact *fact)
{
        return fact->flags & FACT_STOCK;
}

static bool counts_in(const struct seen *seen, int period, int64_t today)
{
        const struct fact *fact = seen->fact;
        bool stock = period == STOCK;
        return fact->day <= today && is_now(fact) == stock && fact->day >= spans[period][0] && fact->day <= spans[period][1];
}

static bool is_after(const struct seen *a, const struct seen *b)
{
        if (a->fact->day != b->fact->day)
                return a->fact->day > b->fact->day;
        return a->stamp != b->stamp ? a->stamp > b->stamp : a->at > b->at;
}

/* Those of an indicator and a who that have come. */
static int gather(const struct plain *plain, const char *indicator, const char *who, struct seen *out)
{
        int n = 0;
        for (int r = 0; r < RECORDS; r++)
                for (int f = 0; f < plain->records[r].n; f++) {
                        const struct fact *fact = &plain->records[r].facts[f];
                        if (fact->day <= plain->today && strcmp(fact->indicator, indicator) == 0 && strcmp(fact->who, who) == 0)
                                out[n++] = (struct seen){fact, plain->records[r].stamp, f, plain->records[r].place};
                }
        return n;
}

struct sum { int64_t num, den, n; };

static void count(struct sum sums[2], const struct seen *seen, int64_t num, int64_t den, int64_t n)
{
        sums[seen->place].num += num;
        sums[seen->place].den += den;
        sums[seen->place].n += n;
}

/* The latest of one side in a period; NULL. */
static const struct seen *latest(const struct seen *all, int n, unsigned side, int period, int64_t today)
{
        const struct seen *found = NULL;
        for (int i = 0; i < n; i++)
                if (all[i].fact->flags & side && counts_in(&all[i], period, today) && (!found || is_after(&all[i], found)))
                        found = &all[i];
        return found;
}

static void count_twice(const struct seen *all, int n, int period, int64_t today, struct sum sums[2])
{
        const struct seen *den = latest(all, n, FACT_DEN, period, today), *num = latest(all, n, FACT_NUM, period, today);
        bool twice = false;
        for (int i = 0; num && i < n; i++)
                twice |= all[i].fact->flags & FACT_NUM && counts_in(&all[i], period, today) && all[i].fact->day < num->fact->day;
        if (den)
                count(sums, den, 0, FACT_UNIT, 1);
        if (den && twice)
                count(sums, num, FACT_UNIT, 0, 0);
}

static void count_both(const struct seen *all, int n, int period, int64_t today, struct sum sums[2])
{
        const struct seen *den = latest(all, n, FACT_DEN, STOCK, today), *num = latest(all, n, FACT_NUM, period, today);
        if (!den || den->fact->den <= 0)
                return;
        if (period == STOCK)
                count(sums, den, 0, den->fact->den, 1);
        else if (num)
                count(sums, num, FACT_UNIT, 0, 0);
}

static void count_after(const struct seen *all, int n, int period, int64_t today, struct sum sums[2])
{
        for (int i = 0; i < n; i++) {
                const struct seen *before = NULL;
                for (int k = 0; k < n; k++)
                        if (is_after(&all[i], &all[k]) && (!before || is_after(&all[k], before)))
                                before = &all[k];
                if (before && before->fact->partial && counts_in(&all[i], period, today))
                        count(sums, &all[i], all[i].fact->day <= before->fact->partial / FACT_UNIT ? FACT_UNIT : 0, FACT_UNIT, 1);
        }
}

/* How many people are in a role of a team. */
static int people(const struct seen *all, int n, const char *team, int role)
{
        int found = 0;
        for (int person = 1; person <= 3; person++) {
                int64_t there = 0;
                for (int i = 0; i < n; i++) {
                        const struct fact *fact = all[i].fact;
                        bool same = strcmp(fact->by, team) == 0 && fact->num == (int64_t)role * FACT_UNIT && fact->partial == (int64_t)person * FACT_UNIT;
                        there += same ? fact->den : 0;
                }
                found += there > 0;
        }
        return found;
}

static void count_team(const struct seen *all, int n, int period, struct sum sums[2])
{
        static const char *const teams[] = {"m1", "m2"};
        bool complete = false;
        for (int t = 0; t < 2; t++)
                complete |= people(all, n, teams[t], TEAM_COORDINATOR) >= 1 && people(all, n, teams[t], TEAM_MONITOR) >= 2 &&
                            people(all, n, teams[t], TEAM_TRAINER) >= 1;
        if (complete && period == STOCK)
                count(sums, &all[0], FACT_UNIT, FACT_UNIT, 1);
}

static void plain_count(const struct plain *plain, const char *indicator, int period, struct sum sums[2])
{
        static const char *const whos[] = {"x", "y"};
        struct seen all[RECORDS * FACTS];
        for (int w = 0; w < 2; w++) {
                int n = gather(plain, indicator, whos[w], all);
                switch (n > 0 ? indicator[0] : 0) {
                case 't': count_twice(all, n, period, plain->today, sums); break;
                case 'b': count_both(all, n, period, plain->today, sums); break;
                case 'a': count_after(all, n, period, plain->today, sums); break;
                case 'e': count_team(all, n, period, sums); break;
                case 's':
                        for (int i = 0; i < n; i++)
                                if (counts_in(&all[i], period, plain->today))
                                        count(sums, &all[i], FACT_UNIT, FACT_UNIT, 1);
                }
        }
}

/* ---- The totals kept ---- */

struct asked { const char *indicator; int period; struct sum sums[2]; };

static void keep(void *ctx, const struct total *total)
{
        struct asked *asked = ctx;
        int place = strcmp(total->ugel, "060002") == 0;
        asked->sums[place].num += total->num;
        asked->sums[place].den += total->den;
        asked->sums[place].n += total->n;
}

/* A team is of no place but its UGEL: where its first assignment stands is of no matter here. */
static bool same(const struct sum a[2], const struct sum b[2], bool anywhere)
{
        if (!anywhere)
                return memcmp(a, b, 2 * sizeof *a) == 0;
        return a[0].num + a[1].num == b[0].num + b[1].num && a[0].n + a[1].n == b[0].n + b[1].n;
}

static void check(struct world *w, const struct plain *plain, const char *when, int history)
{
        static const char *const indicators[] = {"twice", "both", "after", "ensemble", "since"};
        for (size_t i = 0; i < ARRAY_LEN(indicators); i++)
                for (int p = 0; p < PERIODS; p++) {
                        struct asked asked = {indicators[i], p, {{0, 0, 0}, {0, 0, 0}}};
                        struct sum sums[2] = {{0, 0, 0}, {0, 0, 0}};
                        OK(store_totals(w->store, DIMENSION_NONE, &periods[p], 1, indicators[i], keep, &asked, &w->err));
                        plain_count(plain, indicators[i], p, sums);
                        if (!same(asked.sums, sums, indicators[i][0] == 'e'))
                                fail_msg("history %d, %s: %s of «%s»: kept %lld/%lld n %lld, counted %lld/%lld n %lld", history, when,
                                         indicators[i], periods[p], (long long)asked.sums[0].num, (long long)asked.sums[0].den,
                                         (long long)asked.sums[0].n, (long long)sums[0].num, (long long)sums[0].den, (long long)sums[0].n);
                }
}

/* ---- Histories ---- */

static uint32_t dice = 1;

static int roll(int sides)
{
        dice = dice * 1664525u + 1013904223u;
        return (int)((dice >> 8) % (uint32_t)sides);
}

static struct fact random_fact(void)
{
        static const struct { const char *key; unsigned flags; } kinds[] = {
                {"twice", FACT_TWICE | FACT_NUM}, {"twice", FACT_TWICE | FACT_DEN | FACT_LAST | FACT_COUNTS},
                {"both", FACT_BOTH | FACT_NUM | FACT_LAST}, {"both", FACT_BOTH | FACT_DEN | FACT_LAST | FACT_STOCK | FACT_COUNTS},
                {"after", FACT_AFTER | FACT_COUNTS}, {"since", FACT_STOCK | FACT_COUNTS},
                {"ensemble", FACT_TEAM | FACT_STOCK | FACT_COUNTS | FACT_UGEL_ONLY}, {"ensemble", FACT_TEAM | FACT_STOCK | FACT_COUNTS | FACT_UGEL_ONLY}};
        int kind = roll((int)ARRAY_LEN(kinds));
        struct fact fact = {.indicator = kinds[kind].key, .flags = kinds[kind].flags, .who = roll(2) ? "x" : "y", .by = "",
                            .day = TODAY - 180 + roll(200), .num = FACT_UNIT, .den = FACT_UNIT};
        if (fact.flags & FACT_NUM)
                fact.den = 0;
        if (fact.flags & FACT_DEN)
                fact.num = 0;
        if (fact.flags & FACT_BOTH && fact.flags & FACT_DEN)
                fact.den = roll(2) * (int64_t)FACT_UNIT;
        if (fact.flags & FACT_AFTER)
                fact.partial = roll(3) ? (fact.day + roll(30)) * FACT_UNIT : 0;
        if (fact.flags & FACT_TEAM) {
                fact.by = roll(3) ? "m1" : "m2";
                fact.num = roll(TEAM_ROLES) * (int64_t)FACT_UNIT;
                fact.den = roll(6) ? FACT_UNIT : -FACT_UNIT;
                fact.partial = (1 + roll(3)) * (int64_t)FACT_UNIT;
        }
        return fact;
}

static void revise(struct world *w, struct plain *plain, int r, int64_t stamp)
{
        struct datetime when = datetime_from_utc_ms(1700000000000 + stamp * 60000, -300);
        char date[DATETIME_TEXT], *body = xasprintf("{\"n\":%d}", ++w->revisions);
        struct store_record view = view_of(r + 1, "visita", "Visita");
        struct store_revision revision = {.id = hash_text(body), .record = view.id, .body = body, .form = "visita",
                                          .form_hash = view.form_hash, .gen = 1, .author = "", .device = "",
                                          .date = datetime_format(&when, date)};
        struct known *known = &plain->records[r];
        view.revision = revision.id;
        known->stamp = stamp;
        OK(store_revision_add(w->store, &revision, &view, NULL, 0, &w->err));
        OK(store_facts_set(w->store, &view.id, &places[known->place], known->facts, known->n, &w->err));
        free(body);
}

static void step(struct world *w, struct plain *plain, int64_t stamp)
{
        struct known *known = &plain->records[roll(RECORDS)];
        if (!roll(10)) {
                plain->today += roll(9);
                OK(store_facts_today(w->store, plain->today, &w->err));
                return;
        }
        known->n = roll(6) ? 1 + roll(FACTS) : 0;
        known->place = roll(2);
        for (int f = 0; f < known->n; f++)
                known->facts[f] = random_fact();
        revise(w, plain, (int)(known - plain->records), stamp);
}

static void test_random_histories(void **state)
{
        struct world *w = *state;
        for (int h = 0; h < HISTORIES; h++) {
                struct plain plain = {.today = TODAY};
                dice = (uint32_t)h * 2654435761u + 5;
                OK(store_begin(w->store, &w->err));
                OK(store_facts_begin(w->store, NULL, 0, "uno", TODAY, &w->err));
                OK(store_facts_finish(w->store, &w->err));
                for (int s = 0, steps = 4 + roll(20); s < steps; s++)
                        step(w, &plain, roll(1000) * 100 + s);
                check(w, &plain, "kept", h);
                OK(store_facts_finish(w->store, &w->err));
                check(w, &plain, "summed again", h);
                store_rollback(w->store);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_random_histories, world_open, world_free),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
