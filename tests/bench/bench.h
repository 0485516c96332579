/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What benches of the library share: the clock, the median, and ending with a sentence. */
#ifndef SIMAE_TESTS_BENCH_H
#define SIMAE_TESTS_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/err.h"

static struct err err;

static inline void must(enum err_code rc, const char *what)
{
        if (rc == ERR_OK)
                return;
        fprintf(stderr, "%s: %s\n", what, err.text);
        exit(1);
}

static inline double now_us(void)
{
        struct timespec ts;
        clock_gettime(CLOCK_MONOTONIC, &ts);
        return (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
}

static inline double now_ms(void)
{
        return now_us() / 1e3;
}

static inline int by_value(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;
        return (x > y) - (x < y);
}

/* Of n > 0; puts them in order. */
static inline double median(double *times, int n)
{
        qsort(times, (size_t)n, sizeof *times, by_value);
        return times[n / 2];
}

#endif
