/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coverage: how many of those that the directory has today a figure is about
 * (report/balance_priv.h).  The directory has no past, so that of an old period
 * is set against the schools and people of today too.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "balance_priv.h"

void directory_take(struct grid *grid, const struct total *total, bool whole)
{
        if (grid->directory_n == grid->directory_room) {
                grid->directory_room = grid->directory_room ? 2 * grid->directory_room : 64;
                grid->directory = xrealloc(grid->directory, (size_t)grid->directory_room * sizeof *grid->directory);
        }
        grid->directory[grid->directory_n++] = (struct directory){
                arena_strdup(grid->arena, total->indicator + strlen(FACT_DIRECTORY)), arena_strdup(grid->arena, total->by),
                arena_strdup(grid->arena, total->ugel), whole ? NULL : arena_strdup(grid->arena, total->value), total->n};
}

/* Is it of the population, "institucion" or "persona docente …"? */
static bool is_of(const struct directory *one, const char *population)
{
        size_t len = strcspn(population, " "), by = strlen(one->by);
        if (strlen(one->form) != len || strncmp(one->form, population, len) != 0)
                return false;
        if (!population[len])
                return true;
        for (const char *post = population + len; *post;) {
                post += strspn(post, " ");
                len = strcspn(post, " ");
                if (len && len == by && strncmp(post, one->by, len) == 0)
                        return true;
                post += len;
        }
        return false;
}

static bool has_value(const struct grid *grid, const struct directory *one, int value)
{
        if (value == grid->values_n)
                return !one->value;
        return one->value && strcmp(one->value, grid->values[value]) == 0;
}

double coverage_of(const struct grid *grid, int indicator, int ugel, int value, int64_t n)
{
        const char *population = grid->of->items[grid->indicators[indicator]].population;
        int64_t all = 0;
        if (!*population || grid->query->each_part || grid->query->by)
                return NAN;
        for (int i = 0; i < grid->directory_n; i++) {
                const struct directory *one = &grid->directory[i];
                bool there = ugel == grid->ugels_n || strcmp(one->ugel, grid->ugels[ugel]) == 0;
                if (there && has_value(grid, one, value) && is_of(one, population))
                        all += one->n;
        }
        return all > 0 && n > 0 ? 100 * (double)n / (double)all : (double)NAN;
}
