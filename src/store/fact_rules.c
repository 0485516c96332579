/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which entries count in a period (contracts in facts_priv.h and store/facts.h).
 *
 * Entries are put in order of what makes one count instead of another (who,
 * indicator, side, by) and then of time.  The last of a period counts, so an
 * entry gives way when the next of its kind is still within that period.  Other
 * rules look at the whole group of a who and indicator.
 */
#include <stdlib.h>

#include "facts_priv.h"

enum { SIDES = FACT_NUM | FACT_DEN, KIND = SIDES | FACT_LAST, RULES = FACT_TWICE | FACT_BOTH | FACT_AFTER | FACT_TEAM };

static int order(int64_t a, int64_t b)
{
        return (a > b) - (a < b);
}

static int by_kind(const struct entry *a, const struct entry *b)
{
        int found = order(a->who, b->who);
        found = found ? found : order(a->indicator, b->indicator);
        found = found ? found : order(a->flags & KIND, b->flags & KIND);
        return found ? found : order(a->by, b->by);
}

static int by_kind_and_time(const void *one, const void *other)
{
        const struct entry *a = one, *b = other;
        int found = by_kind(a, b);
        found = found ? found : order(a->day, b->day);
        found = found ? found : order(a->stamp, b->stamp);
        found = found ? found : order(a->tie, b->tie);
        found = found ? found : order(a->seq, b->seq);
        return found ? found : order(a->at, b->at);
}

void entries_order(struct entry *entries, int n)
{
        if (n > 1)
                qsort(entries, (size_t)n, sizeof *entries, by_kind_and_time);
}

int entries_group(const struct entry *entries, int n)
{
        int same = 1;
        while (same < n && entries[same].who == entries->who && entries[same].indicator == entries->indicator)
                same++;
        return same;
}

bool entry_reaches_far(const struct entry *entry)
{
        return entry->flags & (FACT_BOTH | FACT_AFTER);
}

/* The next of its kind counts in that period instead. */
static bool gives_way(const struct entry *group, int n, int at, const struct period *period)
{
        const struct entry *entry = &group[at], *next = at + 1 < n ? &group[at + 1] : NULL;
        return next && entry->flags & FACT_LAST && entry->who != 0 && by_kind(entry, next) == 0 && period_holds(period, next->day);
}

/* Of all of a kind: no later one in the period, one of a day before, and one of the denominator's side. */
static bool is_second(const struct entry *group, int n, int at, const struct period *period)
{
        const struct entry *entry = &group[at];
        bool before = false, expected = false;
        for (int i = 0; i < n; i++) {
                const struct entry *other = &group[i];
                if (!period_holds(period, other->day))
                        continue;
                expected |= (other->flags & FACT_DEN) != 0;
                if (by_kind(entry, other) != 0)
                        continue;
                if (i > at)
                        return false;
                before |= other->day < entry->day;
        }
        return before && expected && entry->who != 0;
}

/* The last of the denominator's side has one. */
static bool has_den(const struct entry *group, int n)
{
        for (int i = n - 1; i >= 0; i--)
                if (group[i].flags & FACT_DEN)
                        return group[i].den > 0;
        return false;
}

static bool counts_after(const struct entry *group, int at, struct entry *ret)
{
        if (at == 0 || ret->who == 0 || group[at - 1].partial == 0)
                return false;
        ret->num = ret->day <= group[at - 1].partial / FACT_UNIT ? FACT_UNIT : 0;
        ret->den = FACT_UNIT;
        ret->partial = 0;
        return true;
}

/* ---- Teams ---- */

/* Is this the first entry of that person in that role of that team, and is she in it still? */
static bool is_member(const struct entry *group, int n, int at)
{
        const struct entry *entry = &group[at];
        int64_t there = 0;
        for (int i = 0; i < n; i++) {
                if (group[i].by != entry->by || group[i].num != entry->num || group[i].partial != entry->partial)
                        continue;
                if (i < at)
                        return false;
                there += group[i].den;
        }
        return there > 0;
}

static bool has_team(const struct entry *group, int n, int64_t team)
{
        static const int least[TEAM_ROLES] = {[TEAM_COORDINATOR] = 1, [TEAM_MONITOR] = 2, [TEAM_TRAINER] = 1};
        int people[TEAM_ROLES] = {0};
        for (int i = 0; i < n; i++) {
                int64_t role = group[i].num / FACT_UNIT;
                if (group[i].by == team && role >= 0 && role < TEAM_ROLES)
                        people[role] += is_member(group, n, i);
        }
        for (int role = 0; role < TEAM_ROLES; role++)
                if (people[role] < least[role])
                        return false;
        return true;
}

/* The first entry stands for all of them. */
static bool counts_team(const struct entry *group, int n, int at, int64_t nothing, struct entry *ret)
{
        bool complete = false;
        for (int i = 0; at == 0 && i < n && !complete; i++)
                complete = has_team(group, n, group[i].by);
        ret->by = nothing;
        ret->num = ret->den = FACT_UNIT;
        ret->partial = 0;
        return complete;
}

bool entry_counts(const struct entry *group, int n, int at, const struct period *period, int64_t nothing, struct entry *ret)
{
        *ret = group[at];
        switch (ret->flags & RULES) {
        case FACT_TWICE:
                return ret->flags & FACT_NUM ? is_second(group, n, at, period) : !gives_way(group, n, at, period);
        case FACT_BOTH:
                return !gives_way(group, n, at, period) && has_den(group, n);
        case FACT_AFTER:
                return counts_after(group, at, ret);
        case FACT_TEAM:
                return counts_team(group, n, at, nothing, ret);
        default:
                return !gives_way(group, n, at, period);
        }
}
