/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts and totals of the store: 500 random histories (2,000 with $SIMAE_TEST_FULL) of records that come,
 * change, are annulled and wait for their day, each compared with a rebuild and
 * with a plain count over what the records contribute.
 */
#include "base/date.h"
#include "store/facts.h"
#include "test_store_help.h"

enum { RECORDS = 9, FACTS = 6, HISTORIES = 500, HISTORIES_FULL = 2000, TODAY = 20560 }; /* 2026-04-17 */

static const struct fact_block blocks[] = {{"b1", 20520, 20560}, {"b2", 20563, 20600}};
static const char *const periods[] = {"2025", "2026", "2025-T4", "2026-T1", "2026-T2", "2026-T3", "b1", "b2", ""};
static const struct fact_place places[] = {
        {{"060001", "B0", "rural", "", "", "R1"}}, {{"060001", "F0", "rural", "multigrado", "", ""}}, {{"060002", "", "", "", "", ""}}};

/* What a record contributes now, and when that was written. */
struct known { struct fact facts[FACTS]; int n, place; int64_t stamp; bool there; };
struct plain { struct known records[RECORDS]; int64_t today; };

/* ---- The plain count ---- */

struct line { char key[96]; int64_t num, den, partial, n; };
struct lines { struct line items[4000]; int n; };

static void line_add(struct lines *lines, const char *key, const struct fact *fact)
{
        int i = 0;
        while (i < lines->n && strcmp(lines->items[i].key, key) != 0)
                i++;
        if (i == lines->n) {
                assert_true(++lines->n < (int)ARRAY_LEN(lines->items));
                lines->items[i] = (struct line){{0}, 0, 0, 0, 0};
                snprintf(lines->items[i].key, sizeof lines->items[i].key, "%s", key);
        }
        lines->items[i].num += fact->num;
        lines->items[i].den += fact->den;
        lines->items[i].partial += fact->partial;
        lines->items[i].n += fact->flags & FACT_COUNTS ? 1 : 0;
}

static bool day_in(const struct fact *fact, const char *period, int64_t today)
{
        int year, quarter;
        if (fact->flags & FACT_STOCK || !*period)
                return fact->flags & FACT_STOCK && !*period;
        struct civil civil = date_to_civil(fact->day);
        if (fact->day > today)
                return false;
        for (size_t b = 0; b < ARRAY_LEN(blocks); b++)
                if (strcmp(blocks[b].code, period) == 0)
                        return blocks[b].first <= fact->day && fact->day <= blocks[b].last;
        if (sscanf(period, "%d-T%d", &year, &quarter) == 2)
                return civil.year == year && (civil.month + 2) / 3 == quarter;
        return civil.year == atoi(period);
}

/* Does `b` come after `a` where only the last counts? */
static bool later(const struct plain *plain, int ra, int a, int rb, int b)
{
        const struct known *one = &plain->records[ra], *other = &plain->records[rb];
        int64_t day = one->facts[a].flags & FACT_STOCK ? 0 : one->facts[a].day;
        int64_t other_day = other->facts[b].flags & FACT_STOCK ? 0 : other->facts[b].day;
        if (day != other_day)
                return other_day > day;
        if (one->stamp != other->stamp)
                return other->stamp > one->stamp;
        return b > a;
}

static bool replaced(const struct plain *plain, int r, int f, const char *period)
{
        const struct fact *fact = &plain->records[r].facts[f];
        if (!(fact->flags & FACT_LAST) || !*fact->who)
                return false;
        for (int k = 0; k < RECORDS; k++)
                for (int g = 0; plain->records[k].there && g < plain->records[k].n; g++) {
                        const struct fact *other = &plain->records[k].facts[g];
                        if (strcmp(other->indicator, fact->indicator) == 0 && strcmp(other->who, fact->who) == 0 &&
                            strcmp(other->by, fact->by) == 0 && day_in(other, period, plain->today) && (k != r || g != f) &&
                            later(plain, r, f, k, g))
                                return true;
                }
        return false;
}

static void plain_count(const struct plain *plain, struct lines *out)
{
        for (int r = 0; r < RECORDS; r++)
                for (int f = 0; plain->records[r].there && f < plain->records[r].n; f++)
                        for (size_t p = 0; p < ARRAY_LEN(periods); p++) {
                                const struct fact *fact = &plain->records[r].facts[f];
                                const struct fact_place *place = &places[plain->records[r].place];
                                if (!day_in(fact, periods[p], plain->today) || replaced(plain, r, f, periods[p]))
                                        continue;
                                for (int d = 0; d < DIMENSIONS; d++) {
                                        char key[96];
                                        if (d && (!*place->values[d] || fact->flags & FACT_UGEL_ONLY))
                                                continue;
                                        snprintf(key, sizeof key, "%d %s %s %s %s %s", d, periods[p], fact->indicator,
                                                 place->values[0], d ? place->values[d] : "", fact->by);
                                        line_add(out, key, fact);
                                }
                        }
}

/* ---- The totals kept ---- */

struct kept { struct lines *lines; int dimension; };

static void keep(void *ctx, const struct total *total)
{
        struct kept *kept = ctx;
        struct fact fact = {.num = total->num, .den = total->den, .partial = total->partial};
        char key[96];
        snprintf(key, sizeof key, "%d %s %s %s %s %s", kept->dimension, total->period, total->indicator, total->ugel,
                 total->value, total->by);
        line_add(kept->lines, key, &fact);
        kept->lines->items[kept->lines->n - 1].n = total->n;
}

static void totals(struct world *w, struct lines *out)
{
        for (int d = 0; d < DIMENSIONS; d++) {
                struct kept kept = {out, d};
                OK(store_totals(w->store, (enum dimension)d, periods, (int)ARRAY_LEN(periods), NULL, keep, &kept, &w->err));
        }
}

static int by_key(const void *a, const void *b)
{
        return strcmp(((const struct line *)a)->key, ((const struct line *)b)->key);
}

/* All that is not nothing, in order. */
static void settle(struct lines *lines)
{
        int n = 0;
        for (int i = 0; i < lines->n; i++)
                if (lines->items[i].num || lines->items[i].den || lines->items[i].partial || lines->items[i].n)
                        lines->items[n++] = lines->items[i];
        lines->n = n;
        qsort(lines->items, (size_t)n, sizeof *lines->items, by_key);
}

static void check_same(struct lines *a, struct lines *b, const char *what, int history)
{
        settle(a);
        settle(b);
        for (int i = 0; i < a->n || i < b->n; i++)
                if (i >= a->n || i >= b->n || memcmp(&a->items[i].num, &b->items[i].num, 4 * sizeof(int64_t)) != 0 ||
                    strcmp(a->items[i].key, b->items[i].key) != 0)
                        fail_msg("history %d, %s: «%s» %lld/%lld n %lld, «%s» %lld/%lld n %lld", history, what,
                                 i < a->n ? a->items[i].key : "", (long long)a->items[i].num, (long long)a->items[i].den,
                                 (long long)a->items[i].n, i < b->n ? b->items[i].key : "", (long long)b->items[i].num,
                                 (long long)b->items[i].den, (long long)b->items[i].n);
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
        static const char *const whos[] = {"x", "y", ""}, *const bys[] = {"", "p"};
        static const struct { const char *key; unsigned flags; } kinds[] = {
                {"a", FACT_LAST | FACT_COUNTS}, {"b", FACT_COUNTS}, {"c", FACT_LAST | FACT_STOCK | FACT_COUNTS},
                {"d", FACT_LAST | FACT_NUM}, {"r", FACT_COUNTS | FACT_UGEL_ONLY}, {"e", FACT_DEN | FACT_COUNTS | FACT_LAST}};
        int kind = roll((int)ARRAY_LEN(kinds));
        struct fact fact = {.indicator = kinds[kind].key, .flags = kinds[kind].flags, .who = whos[roll(3)], .by = bys[roll(2)],
                            .day = TODAY - 120 + roll(150), .num = roll(3) * (int64_t)FACT_UNIT,
                            .den = FACT_UNIT, .partial = roll(4) ? 0 : fact_number(1.0 / 3)};
        if (!roll(5))
                fact.num = fact_number(roll(100000) / 7.0 - 3000);
        if (fact.flags & FACT_STOCK)
                fact.day = 0;
        return fact;
}

/* A revision of the record, with a time of its own. */
static void revise(struct world *w, struct plain *plain, int r, int64_t stamp)
{
        struct datetime when = datetime_from_utc_ms(1700000000000 + stamp * 60000, -300);
        char date[DATETIME_TEXT], *body = xasprintf("{\"n\":%d}", ++w->revisions);
        struct store_record view = view_of(r + 1, "visita", "Visita");
        struct store_revision revision = {.id = hash_text(body), .record = view.id, .body = body, .form = "visita",
                                          .form_hash = view.form_hash, .gen = 1, .author = "", .device = "",
                                          .date = datetime_format(&when, date)};
        view.revision = revision.id;
        OK(store_revision_add(w->store, &revision, &view, NULL, 0, &w->err));
        struct known *known = &plain->records[r];
        known->stamp = stamp;
        OK(store_facts_set(w->store, &view.id, &places[known->place], known->facts, known->n, &w->err));
        free(body);
}

static void step(struct world *w, struct plain *plain, int64_t stamp)
{
        struct known *known;
        int r = roll(RECORDS);
        if (!roll(12)) {
                plain->today += roll(9);
                OK(store_facts_today(w->store, plain->today, &w->err));
                return;
        }
        known = &plain->records[r];
        known->there = true;
        known->n = roll(5) ? 1 + roll(FACTS) : 0; /* 0: annulled */
        if (roll(3))
                known->place = roll((int)ARRAY_LEN(places));
        for (int f = 0; f < known->n; f++)
                known->facts[f] = random_fact();
        revise(w, plain, r, stamp);
}

static void check_history(struct world *w, const struct plain *plain, int history)
{
        static struct lines counted, kept, again;
        bool pending;
        counted.n = kept.n = again.n = 0;
        plain_count(plain, &counted);
        totals(w, &kept);
        check_same(&counted, &kept, "kept", history);
        OK(store_facts_finish(w->store, &w->err));
        OK(store_facts_pending(w->store, &pending, &w->err));
        assert_false(pending);
        totals(w, &again);
        check_same(&kept, &again, "summed again", history);
}

static void test_random_histories(void **state)
{
        struct world *w = *state;
        for (int h = 0, n = getenv("SIMAE_TEST_FULL") ? HISTORIES_FULL : HISTORIES; h < n; h++) {
                struct plain plain = {.today = TODAY};
                dice = (uint32_t)h * 2654435761u + 17;
                OK(store_begin(w->store, &w->err));
                OK(store_facts_begin(w->store, blocks, (int)ARRAY_LEN(blocks), "uno", TODAY, &w->err));
                if (h % 4) /* one in four is computed without totals, as a recomputation does */
                        OK(store_facts_finish(w->store, &w->err));
                for (int s = 0, steps = 3 + roll(20); s < steps; s++)
                        step(w, &plain, roll(1000) * 100 + s);
                if (h % 4 == 0)
                        OK(store_facts_finish(w->store, &w->err));
                check_history(w, &plain, h);
                store_rollback(w->store);
        }
}

/* Numbers survive being packed, also the greatest and those below zero. */
static void test_numbers(void **state)
{
        struct world *w = *state;
        static const double values[] = {0, 1, -1, 0.5, -0.000001, 999999999, -1e12, 1e300, 123456.789};
        static struct lines lines;
        int64_t sum = 0;
        OK(store_facts_begin(w->store, blocks, 2, "uno", TODAY, &w->err));
        OK(store_facts_finish(w->store, &w->err));
        add(w, 1, "visita", "Visita");
        struct fact facts[ARRAY_LEN(values)];
        for (size_t i = 0; i < ARRAY_LEN(values); i++) {
                facts[i] = (struct fact){.indicator = "a", .who = "", .by = "", .day = TODAY, .num = fact_number(values[i])};
                sum += facts[i].num;
        }
        struct id id = id_n(1);
        OK(store_facts_set(w->store, &id, &places[2], facts, (int)ARRAY_LEN(values), &w->err));
        totals(w, &lines);
        settle(&lines);
        assert_int_equal(lines.n, 3); /* year, quarter, block */
        for (int i = 0; i < lines.n; i++)
                assert_true(lines.items[i].num == sum);
        OK(store_facts_set(w->store, &id, &places[2], NULL, 0, &w->err));
        lines.n = 0;
        totals(w, &lines);
        assert_int_equal(lines.n, 0);
}

struct sums_seen { int64_t n, num; };

static void add_seen(void *ctx, const struct total *total)
{
        struct sums_seen *seen = ctx;
        seen->n += total->n;
        seen->num += total->num;
}

/* More sums than are kept in memory at once are the same: three periods of 80 records in a UGEL each, with 800 parts. */
static void test_many_sums(void **state)
{
        enum { RECORDS_MANY = 80, PARTS = 800 };
        struct world *w = *state;
        static char names[PARTS][8];
        static struct fact facts[PARTS];
        int64_t n = 0, num = 0;
        OK(store_begin(w->store, &w->err));
        OK(store_facts_begin(w->store, blocks, 2, "uno", TODAY, &w->err));
        for (int i = 0; i < PARTS; i++) {
                snprintf(names[i], sizeof names[i], "p%d", i);
                facts[i] = (struct fact){.indicator = "a", .who = "", .by = names[i], .day = TODAY, .num = i * (int64_t)FACT_UNIT,
                                         .flags = FACT_COUNTS};
        }
        for (int r = 0; r < RECORDS_MANY; r++) {
                struct id id = id_n(r + 1);
                struct fact_place place = {{r % 2 ? "060001" : "060002", names[r]}};
                add(w, r + 1, "visita", "Visita");
                OK(store_facts_set(w->store, &id, &place, facts, PARTS, &w->err));
        }
        OK(store_facts_finish(w->store, &w->err));
        struct sums_seen seen = {0};
        static const char *const year[] = {"2026"};
        OK(store_totals(w->store, DIMENSION_LEVEL, year, 1, "a", add_seen, &seen, &w->err));
        for (int i = 0; i < PARTS; i++)
                num += RECORDS_MANY * facts[i].num;
        n = (int64_t)RECORDS_MANY * PARTS;
        assert_true(seen.n == n && seen.num == num);
        seen = (struct sums_seen){0};
        OK(store_totals(w->store, DIMENSION_NONE, year, 1, "a", add_seen, &seen, &w->err));
        assert_true(seen.n == n && seen.num == num);
        store_rollback(w->store);
}

static enum err_code count_record(void *ctx, const struct fact_record *record, const char *body, struct err *err)
{
        (void)err;
        ++*(int *)ctx;
        assert_true(record->origin.pk > 0);
        assert_true(*body == '{');
        return ERR_OK;
}

/* A recomputation goes on where it was left. */
static void test_steps(void **state)
{
        struct world *w = *state;
        int n = 0;
        int64_t left;
        for (int i = 1; i <= 5; i++)
                add(w, i, "visita", "Visita");
        OK(store_facts_begin(w->store, blocks, 2, "dos", TODAY, &w->err));
        OK(store_facts_left(w->store, &left, &w->err));
        assert_int_equal(left, 5);
        OK(store_facts_next(w->store, 3, count_record, &n, &w->err));
        assert_int_equal(n, 3);
        world_reopen(w);
        OK(store_facts_left(w->store, &left, &w->err));
        assert_int_equal(left, 2);
        OK(store_facts_next(w->store, 3, count_record, &n, &w->err));
        assert_int_equal(n, 5);
        const char *stamp;
        OK(store_facts_stamp(w->store, &w->arena, &stamp, &w->err));
        assert_string_equal(stamp, "dos");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_random_histories, world_open, world_free),
                cmocka_unit_test_setup_teardown(test_numbers, world_open, world_free),
                cmocka_unit_test_setup_teardown(test_many_sums, world_open, world_free),
                cmocka_unit_test_setup_teardown(test_steps, world_open, world_free),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
