/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may not be told of small counts of people (report/balance_priv.h).
 *
 * A cell below the minimum is hidden.  Where it is the only hidden one of a line
 * whose sum is told, the sum less the others would give it: the smallest of the
 * others is hidden too.  Lines are, for each indicator and period:
 *
 *      UGEL of the region       sum: all together
 *      values of the region     sum: all together
 *      values of a UGEL         sum: that UGEL
 *      UGEL of one value        sum: that value in the region
 *
 * The first two are settled first and alone decide about their cells, so that
 * every dimension and the whole hide the same UGEL.  Then cells of a UGEL and a
 * value are hidden until no line of them has a single hidden one; a sum that is
 * hidden counts as one of its line.  A cell alone in its other line would be
 * told by the sum of that: another goes before it, however large, and where there
 * is none, the sum of that value in the region; the second line is then looked at
 * again.
 */
#include "balance_priv.h"

struct line { const struct grid *grid; int indicator, span, ugel, value, n; bool across; };

/* across: the UGEL of a value; else the values of a UGEL. At n: the sum. */
static struct sum_cell *line_at(const struct line *line, int i)
{
        return line->across ? grid_at(line->grid, line->indicator, i, line->span, line->value)
                            : grid_at(line->grid, line->indicator, line->ugel, line->span, i);
}

static bool is_told(const struct sum_cell *cell)
{
        return !(cell->flags & (BALANCE_SECRET | BALANCE_NOTHING));
}

/* Nothing else of its other line is hidden, or could be. */
static bool is_alone(const struct line *line, int at)
{
        const struct grid *grid = line->grid;
        struct line other = {grid, line->indicator, line->span, at, at, line->across ? grid->values_n : grid->ugels_n, !line->across};
        int self = line->across ? line->value : line->ugel;
        if (self == (line->across ? grid->values_n : grid->ugels_n))
                return false; /* a line of sums */
        for (int i = 0; i <= other.n; i++)
                if (i != self && (line_at(&other, i)->flags & BALANCE_SECRET || (i < other.n && is_told(line_at(&other, i)))))
                        return false;
        return true;
}

/* The sum of a value in the region is told by its parts: each is all that there is of its UGEL. */
static bool is_sum_of_alone(const struct line *line, int at)
{
        const struct grid *grid = line->grid;
        struct line parts = {grid, line->indicator, line->span, at, at, grid->ugels_n, true};
        bool of_value = !line->across && line->ugel == grid->ugels_n;
        for (int u = 0; of_value && u < parts.n; u++)
                if (line_at(&parts, u)->flags & BALANCE_SECRET || (is_told(line_at(&parts, u)) && !is_alone(&parts, u)))
                        return false;
        return of_value;
}

/* Should `at` be hidden before `best` (-1: none yet)? */
static bool is_better(const struct line *line, int at, int best)
{
        if (best < 0)
                return true;
        bool alone = is_alone(line, at) || is_sum_of_alone(line, at), other = is_alone(line, best) || is_sum_of_alone(line, best);
        return alone != other ? other : line_at(line, at)->n < line_at(line, best)->n;
}

/* What is hidden instead of a cell that would be told all the same: the sum of a value. Not of a UGEL, which other dimensions show. */
static bool sum_goes(const struct line *line, int best)
{
        bool of_value = line->across && line->value < line->grid->values_n;
        return of_value && is_told(line_at(line, line->n)) && (best < 0 || is_alone(line, best));
}

/* One more is hidden if exactly one is; false if nothing changed. */
static bool hide_another(const struct line *line)
{
        int hidden = 0, best = -1;
        for (int i = 0; i <= line->n; i++)
                hidden += (line_at(line, i)->flags & BALANCE_SECRET) != 0;
        for (int i = 0; hidden == 1 && i < line->n; i++)
                if (is_told(line_at(line, i)) && is_better(line, i, best))
                        best = i;
        if (hidden == 1 && sum_goes(line, best))
                best = line->n;
        if (best >= 0)
                line_at(line, best)->flags |= BALANCE_COMPLEMENT;
        return best >= 0;
}

static void hide_inside(const struct grid *grid, int indicator, int span)
{
        bool changed = true;
        while (changed) {
                changed = false;
                for (int u = 0; u < grid->ugels_n; u++)
                        changed |= hide_another(&(struct line){grid, indicator, span, u, 0, grid->values_n, false});
                for (int v = 0; v < grid->values_n; v++)
                        changed |= hide_another(&(struct line){grid, indicator, span, 0, v, grid->ugels_n, true});
                changed |= hide_another(&(struct line){grid, indicator, span, grid->ugels_n, 0, grid->values_n, false});
        }
}

void grid_hide(struct grid *grid)
{
        for (int i = 0; i < grid->indicators_n; i++)
                for (int s = 0; grid->of->items[grid->indicators[i]].minimum > 1 && s < grid->spans_n; s++) {
                        hide_another(&(struct line){grid, i, s, 0, grid->values_n, grid->ugels_n, true});
                        hide_another(&(struct line){grid, i, s, grid->ugels_n, 0, grid->values_n, false});
                        hide_inside(grid, i, s);
                }
}
