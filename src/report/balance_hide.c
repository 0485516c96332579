/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may not be told of small counts of people (report/balance_priv.h).
 *
 * A cell below the minimum is hidden.  Where it is the only hidden one of a line
 * whose sum is told, the sum less the others would give it: the smallest of the
 * others is hidden too.  Lines are, for each indicator:
 *
 *      UGEL of the region, in a period                 sum: all together
 *      values of the region, in a period               sum: all together
 *      values of a UGEL, in a period                   sum: that UGEL
 *      UGEL of one value, in a period                  sum: that value in the region
 *      periods that make up another (balance_tiles.c)  sum: that one; of each of the above,
 *                                                      where a figure is the sum of its periods'
 *
 * Sums of UGEL and of periods are settled first, then those of values in the
 * region, and each alone decides about its cells, so that every dimension and
 * the whole hide the same UGEL and periods.  Then cells of a UGEL and a value are
 * hidden until no line of them has a single hidden one; a sum that is hidden
 * counts as one of its line.  A cell alone in another line would be told by the
 * sum of that: another goes before it, however large, and where there is none, the
 * sum of that value in the region or over the periods; the lines of values are then
 * looked at again.
 */
#include "balance_priv.h"

enum line_kind { OF_UGELS, OF_VALUES, OF_PERIODS };
struct cell_place { int ugel, span, value; };
/* Through `at`, whose position in the line's own direction does not matter. */
struct line { const struct grid *grid; int indicator; enum line_kind kind; struct cell_place at; const struct tiling *tiling; };

static int line_n(const struct line *line)
{
        return line->kind == OF_UGELS ? line->grid->ugels_n : line->kind == OF_VALUES ? line->grid->values_n : line->tiling->n;
}

/* At n: the sum. */
static struct cell_place place_of(const struct line *line, int i)
{
        struct cell_place at = line->at;
        if (line->kind == OF_UGELS)
                at.ugel = i;
        else if (line->kind == OF_VALUES)
                at.value = i;
        else
                at.span = i < line->tiling->n ? line->tiling->parts[i] : line->tiling->sum;
        return at;
}

static struct sum_cell *cell_of(const struct line *line, struct cell_place at)
{
        return grid_at(line->grid, line->indicator, at.ugel, at.span, at.value);
}

static struct sum_cell *line_at(const struct line *line, int i)
{
        return cell_of(line, place_of(line, i));
}

static bool is_told(const struct sum_cell *cell)
{
        return !(cell->flags & (BALANCE_SECRET | BALANCE_NOTHING));
}

/* Nothing of the line but `self` is hidden, or could be. */
static bool is_only(const struct line *line, const struct sum_cell *self)
{
        int n = line_n(line);
        for (int i = 0; i <= n; i++) {
                const struct sum_cell *cell = line_at(line, i);
                if (cell != self && (cell->flags & BALANCE_SECRET || (i < n && is_told(cell))))
                        return false;
        }
        return true;
}

static bool adds_up(const struct grid *grid, int indicator)
{
        return grid->tilings_n > 0 && indicator_adds_up(&grid->of->items[grid->indicators[indicator]]);
}

static bool is_part(const struct tiling *tiling, int span)
{
        for (int i = 0; i < tiling->n; i++)
                if (tiling->parts[i] == span)
                        return true;
        return false;
}

static bool is_alone(const struct line *line, int i);

/* Periods of a value: where one is hidden that is all of another, that one goes as well, unless it is told elsewhere. */
static bool sum_follows(const struct line *line)
{
        return line->at.value < line->grid->values_n && !is_alone(line, line->tiling->n);
}

/* Is the cell the only one of another of the lines in which it is no sum, so that it would be told by that sum? */
static bool is_alone(const struct line *line, int i)
{
        const struct grid *grid = line->grid;
        struct line other = {grid, line->indicator, OF_UGELS, place_of(line, i), NULL};
        const struct sum_cell *self = cell_of(line, other.at);
        if (line->kind != OF_UGELS && other.at.ugel < grid->ugels_n && is_only(&other, self))
                return true;
        other.kind = OF_VALUES;
        if (line->kind != OF_VALUES && other.at.value < grid->values_n && is_only(&other, self))
                return true;
        other.kind = OF_PERIODS;
        for (int t = 0; line->kind != OF_PERIODS && adds_up(grid, line->indicator) && t < grid->tilings_n; t++) {
                other.tiling = &grid->tilings[t];
                if (is_part(other.tiling, other.at.span) && is_only(&other, self) && !sum_follows(&other))
                        return true;
        }
        return false;
}

/* The sum of a value in the region is told by its parts: each is all that there is of its UGEL. */
static bool is_sum_of_alone(const struct line *line, int i)
{
        const struct grid *grid = line->grid;
        struct line parts = {grid, line->indicator, OF_UGELS, place_of(line, i), NULL};
        bool of_value = line->kind != OF_UGELS && parts.at.ugel == grid->ugels_n && parts.at.value < grid->values_n;
        for (int u = 0; of_value && u < grid->ugels_n; u++)
                if (line_at(&parts, u)->flags & BALANCE_SECRET || (is_told(line_at(&parts, u)) && !is_alone(&parts, u)))
                        return false;
        return of_value;
}

/* The sum of periods is told by them: each that has something is all that there is of its UGEL or value. */
static bool is_told_by_periods(const struct line *line, int i)
{
        const struct grid *grid = line->grid;
        struct line parts = {grid, line->indicator, OF_PERIODS, place_of(line, i), NULL};
        for (int t = 0; adds_up(grid, line->indicator) && t < grid->tilings_n; t++) {
                int of = 0, alone = 0;
                parts.tiling = &grid->tilings[t];
                for (int p = 0; parts.tiling->sum == parts.at.span && p < parts.tiling->n; p++) {
                        of += !(line_at(&parts, p)->flags & BALANCE_NOTHING);
                        alone += is_told(line_at(&parts, p)) && is_alone(&parts, p);
                }
                if (of > 0 && alone == of)
                        return true;
        }
        return false;
}

/* Would it be told all the same? */
static bool is_vain(const struct line *line, int i)
{
        return is_alone(line, i) || is_sum_of_alone(line, i) || is_told_by_periods(line, i);
}

/* Should `at` be hidden before `best` (-1: none yet)? */
static bool is_better(const struct line *line, int at, int best)
{
        if (best < 0)
                return true;
        bool vain = is_vain(line, at), other = is_vain(line, best);
        return vain != other ? other : line_at(line, at)->n < line_at(line, best)->n;
}

/*
 * What is hidden instead of a cell that would be told all the same: the sum of a value, over UGEL or periods.  Not of a
 * UGEL or the whole, which other dimensions show.
 */
static bool sum_goes(const struct line *line, int best)
{
        int n = line_n(line);
        bool of_value = line->kind != OF_VALUES && line->at.value < line->grid->values_n;
        return of_value && is_told(line_at(line, n)) && (best < 0 || is_vain(line, best)) && (line->kind == OF_UGELS || !is_alone(line, n));
}

/* One more is hidden if exactly one is; false if nothing changed. */
static bool hide_another(const struct line *line)
{
        int hidden = 0, best = -1, n = line_n(line);
        for (int i = 0; i <= n; i++)
                hidden += (line_at(line, i)->flags & BALANCE_SECRET) != 0;
        for (int i = 0; hidden == 1 && i < n; i++)
                if (is_told(line_at(line, i)) && is_better(line, i, best))
                        best = i;
        if (hidden == 1 && sum_goes(line, best))
                best = n;
        if (best >= 0)
                line_at(line, best)->flags |= BALANCE_COMPLEMENT;
        return best >= 0;
}

/* The lines of periods of a UGEL and a value. */
static bool hide_periods(const struct grid *grid, int indicator, int ugel, int value)
{
        bool changed = false;
        for (int t = 0; adds_up(grid, indicator) && t < grid->tilings_n; t++)
                changed |= hide_another(&(struct line){grid, indicator, OF_PERIODS, {ugel, 0, value}, &grid->tilings[t]});
        return changed;
}

/* The whole: UGEL by UGEL, and all together. */
static bool hide_whole(const struct grid *grid, int indicator)
{
        bool changed = false;
        for (int s = 0; s < grid->spans_n; s++)
                changed |= hide_another(&(struct line){grid, indicator, OF_UGELS, {0, grid->by_code[s], grid->values_n}, NULL});
        for (int u = 0; u <= grid->ugels_n; u++)
                changed |= hide_periods(grid, indicator, u, grid->values_n);
        return changed;
}

static bool hide_values(const struct grid *grid, int indicator)
{
        bool changed = false;
        for (int s = 0; s < grid->spans_n; s++)
                changed |= hide_another(&(struct line){grid, indicator, OF_VALUES, {grid->ugels_n, grid->by_code[s], 0}, NULL});
        for (int v = 0; v < grid->values_n; v++)
                changed |= hide_periods(grid, indicator, grid->ugels_n, v);
        return changed;
}

static bool hide_inside(const struct grid *grid, int indicator)
{
        bool changed = false;
        for (int s = 0; s < grid->spans_n; s++) {
                int span = grid->by_code[s];
                for (int u = 0; u < grid->ugels_n; u++)
                        changed |= hide_another(&(struct line){grid, indicator, OF_VALUES, {u, span, 0}, NULL});
                for (int v = 0; v < grid->values_n; v++)
                        changed |= hide_another(&(struct line){grid, indicator, OF_UGELS, {0, span, v}, NULL});
        }
        for (int u = 0; u < grid->ugels_n; u++)
                for (int v = 0; v < grid->values_n; v++)
                        changed |= hide_periods(grid, indicator, u, v);
        return changed | hide_values(grid, indicator);
}

void grid_hide(struct grid *grid)
{
        for (int i = 0; i < grid->indicators_n; i++) {
                if (grid->of->items[grid->indicators[i]].minimum <= 1)
                        continue;
                while (hide_whole(grid, i))
                        ;
                while (hide_values(grid, i))
                        ;
                while (hide_inside(grid, i))
                        ;
        }
}
